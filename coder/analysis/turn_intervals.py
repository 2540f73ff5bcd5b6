"""Turn intervals: what lies between the voices of two people, and where both are heard at once.

Each moment is nobody's, the first's, the second's or both's. A silence between two voices of one person is a pause
within the turn; between one's voice and the other's it is a gap, the switching pause. Time in which both are heard
is an overlap: with a change of turn if one was heard alone before it and the other alone after it, else within the
turn.
(Jaffe et al. 2001: switching pause, pause, simultaneous speech; Heldner & Edlund 2010: gaps, pauses, overlaps
between and within speakers.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise

from coder.analysis.material import Material
from coder.analysis.number import NOTHING_CODABLE, Number, counted, median_seconds
from coder.analysis.spans import Spans, shared, total_us
from coder.model.scheme import Derived
from coder.model.time import Span


class Interval(Enum):
    """What a stretch is that lies between voices, or in which there are two."""

    PAUSE = "pauses within the turn"
    GAP = "gaps"
    CHANGING = "overlaps with a change of turn"
    WITHIN = "overlaps within the turn"


@dataclass(frozen=True, slots=True)
class Between:
    """One such stretch. before, after: 0 or 1, whose voice was heard alone before and after it."""

    interval: Interval
    before: int
    after: int
    span: Span


def turn_intervals(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """Number and median length of pauses, gaps and overlaps of two terms of states; see `intervals`.

    With the parameter `most_us` longer silences are nobody's answer and nobody's pause: an encounter that rests.
    `pp..cc.c` with one letter a second: a gap of 2 s from p to c, and a pause of 1 s within c's turn.
    """
    ground = shared(material.codable(*derived.of), where)
    whole_us = total_us(ground)
    names = [material.label(term) for term in derived.of]
    first, second = (material.holds(term) for term in derived.of)
    found = intervals(first, second, ground, derived.parameters.get("most_us"))
    for interval in Interval:
        for before in (0, 1):
            after = before if interval in (Interval.PAUSE, Interval.WITHIN) else 1 - before
            lengths = [one.span.duration_us for one in found if one.interval is interval and one.before == before]
            of = names[before] if before == after else f"{names[before]} to {names[after]}"
            yield counted((interval.value, of), len(lengths), whole_us)
            why = NOTHING_CODABLE if not ground else f"There are no {interval.value} of this kind."
            yield median_seconds((f"median of {interval.value}", of), lengths, why)


def intervals(first: Spans, second: Spans, ground: Spans, most_us: int | None = None) -> tuple[Between, ...]:
    """The stretches between and of both voices, in order.

    first, second: when each is heard. ground: where both can be known; what touches its ends, or has no voice that
    was heard alone before and after it, is left out. most_us: silences that are longer are left out.
    """
    return tuple(one for span in ground for one in _within(first, second, span, most_us))


def _within(first: Spans, second: Spans, ground: Span, most_us: int | None) -> Iterator[Between]:
    states = list(_states(first, second, ground))
    for before, (heard, span), after in zip(states, states[1:], states[2:], strict=False):
        if len(before[0]) != 1 or len(after[0]) != 1:
            continue  # two who fell silent, or began, in one moment: nobody can say whose turn it was
        if not heard and most_us is not None and span.duration_us > most_us:
            continue
        (one,), (other,) = before[0], after[0]
        if not heard:
            kind = Interval.PAUSE if one == other else Interval.GAP
        elif len(heard) == 2:
            kind = Interval.WITHIN if one == other else Interval.CHANGING
        else:
            continue
        yield Between(kind, one, other, span)


def _states(first: Spans, second: Spans, ground: Span) -> Iterator[tuple[frozenset[int], Span]]:
    """Who is heard from when to when, without gaps."""
    voices: Sequence[Spans] = (shared(first, (ground,)), shared(second, (ground,)))
    edges = {ground.start_us, ground.end_us}
    edges |= {edge for spans in voices for span in spans for edge in (span.start_us, span.end_us)}
    at = [0, 0]
    pieces: list[tuple[frozenset[int], Span]] = []
    for start_us, end_us in pairwise(sorted(edges)):
        heard = set()
        for who, spans in enumerate(voices):
            while at[who] < len(spans) and spans[at[who]].end_us <= start_us:
                at[who] += 1
            if at[who] < len(spans) and spans[at[who]].start_us <= start_us:
                heard.add(who)
        pieces.append((frozenset(heard), Span(start_us, end_us)))
    for who_is_heard, same in groupby(pieces, key=lambda piece: piece[0]):
        run = [span for _, span in same]
        yield who_is_heard, Span(run[0].start_us, run[-1].end_us)
