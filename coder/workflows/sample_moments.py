"""Moments of the sample films that show what a code looks like, chosen from the master passes.

What a course tests is left out: whoever leafs through a codebook must not read there what a test asks.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.formats import read_events
from coder.formats.course_file import course_files, read_course
from coder.model.coding import Certainty, Event
from coder.model.problem import CoderError
from coder.model.scheme import Scheme, TierKind
from coder.model.study import Fingerprint, Media
from coder.model.time import SECOND_US, Span
from coder.model.training import StepKind
from coder.settings.shipped import shipped

MOST = 2
"""How many moments are shown of a code."""

_SHORTEST_US, _PLENTY_US = 700_000, 3_000_000
# Made to be hard to see: good for what nothing else shows.
_LAST_CHOICE = "hard-to-see"
# A moment near a film's end cannot be seen to go on.
_MARGIN_US = SECOND_US
# Beyond the end of every sample film: a test of a whole film.
_EVER_US = 24 * 3600 * SECOND_US


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
    tested = _tested(scheme)
    for path in sorted(folder.glob(f"*.{scheme.id.name}.master.csv")):
        clip = path.name.removesuffix(f".{scheme.id.name}.master.csv")
        try:
            events = read_events(path, scheme)
        except CoderError:
            continue  # the masters are of another version of the scheme: its codes need not mean the same
        end_us = max((event.offset_us for event in events), default=0)
        whole = Span(0, end_us)
        hidden = tested.get(Path(sample_film(clip).path).resolve(), [])
        for event in events:
            kind = scheme.tier(event.tier).kind
            spans = event.moments if kind is TierKind.RATING else (event.span,)
            for span in spans:
                if _is_clear(event, span, whole) and not any(span.overlaps(test) for test in hidden):
                    yield Moment(clip, event, span)


def _tested(scheme: Scheme) -> Mapping[Path, Sequence[Span]]:
    """The stretches that the courses of the program test with a scheme, by their films."""
    found: dict[Path, list[Span]] = defaultdict(list)
    for path in course_files(shipped("sample_media") / "courses"):
        try:
            course = read_course(path, shipped("schemes")).course
        except CoderError:
            continue  # whoever wants to take it is told
        for step in course.steps if course.scheme.name == scheme.id.name else ():
            if step.kind is StepKind.TEST:
                film = (path.parent / step.clip.film).resolve()
                found[film].append(step.clip.span or Span(0, _EVER_US))
    return found


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
