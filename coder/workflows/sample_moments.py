"""Moments of the sample films that show what a code looks like, chosen from the master passes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from coder.formats import read_events
from coder.model.coding import Certainty, Event
from coder.model.problem import CoderError
from coder.model.scheme import Scheme, TierKind
from coder.model.study import Fingerprint, Media
from coder.model.time import SECOND_US, Span
from coder.settings.shipped import shipped

MOST = 2
"""How many moments are shown of a code."""

_SHORTEST_US, _PLENTY_US = 700_000, 3_000_000
# Made to be hard to see: good for what nothing else shows.
_LAST_CHOICE = "hard-to-see"
# A moment near a film's end cannot be seen to go on.
_MARGIN_US = SECOND_US


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch or moment of a sample film that a code was given to. event: in the master pass."""

    clip: str
    event: Event
    span: Span


def chosen_moments(scheme: Scheme) -> tuple[Moment, ...]:
    """Up to `MOST` clear moments of each code, in the order of the scheme; the same ones every time.

    Clear is what its coder was certain of, and what is neither too short nor at an end of the film. They come from
    different films where there are several.
    """
    found: dict[tuple[str, str], list[Moment]] = {}
    for moment in _moments(scheme):
        found.setdefault((moment.event.tier, moment.event.code), []).append(moment)
    return tuple(
        moment for tier, code in scheme.codes() for moment in _clearest(found.get((tier.id, code.id), []))
    )


def _clearest(moments: list[Moment]) -> list[Moment]:
    """The best of each film, then the second best …, and of those the first ones."""
    ranked = sorted(
        moments,
        key=lambda one: (
            one.clip == _LAST_CHOICE,
            -min(one.span.duration_us, _PLENTY_US),
            one.clip,
            start_of(one),
        ),
    )
    turn: dict[str, int] = {}
    rounds = []
    for moment in ranked:
        turn[moment.clip] = turn.get(moment.clip, 0) + 1
        rounds.append((turn[moment.clip], moment))
    others = sorted(rounds, key=lambda pair: (pair[1].clip == _LAST_CHOICE, pair[0]))
    chosen: list[Moment] = []
    for _, moment in others:
        if len(chosen) < MOST and not any(_is_near(moment, other) for other in chosen):
            chosen.append(moment)
    return chosen


def _is_near(one: Moment, other: Moment) -> bool:
    """True for two moments that would be seen in the same clip."""
    return one.clip == other.clip and abs(start_of(one) - start_of(other)) < _PLENTY_US


def start_of(moment: Moment) -> int:
    """Where a moment begins on its session's clock."""
    return moment.span.start_us


def _moments(scheme: Scheme) -> Iterator[Moment]:
    folder = shipped("sample_media")
    for path in sorted(folder.glob(f"*.{scheme.id.name}.master.csv")):
        clip = path.name.removesuffix(f".{scheme.id.name}.master.csv")
        try:
            events = read_events(path, scheme)
        except CoderError:
            continue  # the masters are of another version of the scheme: its codes need not mean the same
        end_us = max((event.offset_us for event in events), default=0)
        whole = Span(0, end_us)
        for event in events:
            kind = scheme.tier(event.tier).kind
            spans = event.moments if kind is TierKind.RATING else (event.span,)
            yield from (Moment(clip, event, span) for span in spans if _is_clear(event, span, whole))


def _is_clear(event: Event, span: Span, whole: Span) -> bool:
    if event.certainty is not Certainty.CERTAIN:
        return False
    if span.is_moment:
        return whole.start_us + _MARGIN_US <= span.start_us <= whole.end_us - _MARGIN_US
    return span.duration_us >= _SHORTEST_US and span.start_us + _SHORTEST_US <= whole.end_us - _MARGIN_US


def sample_film(clip: str) -> Media:
    """The film of a sample, the first camera's where there are several: where it lies, and its place in time."""
    folder = shipped("sample_media")
    cameras = folder / f"{clip}.json"
    first = json.loads(cameras.read_bytes())["cameras"][0] if cameras.is_file() else {}
    path = folder / first.get("film", f"{clip}.mp4")
    return Media(
        id=clip,
        path=str(path),
        fingerprint=Fingerprint("", 0),
        role="",
        duration_us=0,
        frame_count=0,
        offset_us=first.get("offset_us", 0),
        skew_ppm=first.get("skew_ppm", 0),
    )
