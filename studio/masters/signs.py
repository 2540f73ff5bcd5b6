"""Single moments of face and voice: when a smile begins, when a sound is first heard."""

from collections.abc import Iterable
from dataclasses import dataclass

from coder.model.time import Span
from studio.acts import Act
from studio.masters.material import Material, span_of

SMILING = 0.3
"""Strength (0..1 in the truth) from which the corners of the mouth are clearly drawn up."""


@dataclass(frozen=True)
class Sign:
    """One moment that a scheme marks, and the acts of the script that it stands for (of a look none is needed)."""

    code: str
    at_us: int
    acts: tuple[Act, ...] = ()


def grouped(acts: Iterable[tuple[Act, Span]], pause_us: int) -> list[tuple[int, tuple[Act, ...]]]:
    """Acts with less than `pause_us` of rest between them are one: when it begins, and the acts in it."""
    found: list[tuple[int, tuple[Act, ...]]] = []
    rest_from_us = 0
    for act, span in sorted(acts, key=lambda entry: (entry[1], entry[0].index)):
        if found and span.start_us - rest_from_us < pause_us:
            start_us, before = found.pop()
            found.append((start_us, (*before, act)))
            rest_from_us = max(rest_from_us, span.end_us)
        else:
            found.append((span.start_us, (act,)))
            rest_from_us = span.end_us
    return found


def heard(material: Material, act: Act) -> Span:
    """From the first sound of an act of voice to its last; the script's span if nothing of it is heard."""
    voices = material.voices_of(act)
    if not voices:
        return span_of(act)
    return Span(min(voice.start_us for voice in voices), max(voice.end_us for voice in voices))


def smiling(material: Material, who: str) -> list[bool]:
    """For each frame: is there a clear smile?"""
    return [bool(strength >= SMILING) for strength in material.seen(who).smile]


def smile_span(material: Material, act: Act) -> Span:
    """A smile or laugh from where it is first seen or, if that comes earlier, heard."""
    span, smile = span_of(act), smiling(material, act.who)
    frames = material.frames.within(span.start_us, span.end_us)
    seen = [material.frames.edges_us[index] for index in frames if smile[index]]
    sounds = [voice.start_us for voice in material.voices_of(act)]
    return Span(min([*seen[:1], *sounds], default=span.start_us), span.end_us)


def sad_face(material: Material, act: Act) -> bool:
    """A sad face counts where it can be seen: most of the act's frames show most of the face."""
    span = span_of(act)
    frames = material.frames.within(span.start_us, span.end_us)
    shown = material.seen(act.who).face_visible[frames.start : frames.stop] >= 0.5
    return bool(len(shown)) and bool(shown.mean() >= 0.5)
