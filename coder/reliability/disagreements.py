"""Where two passes differ, moment by moment: the list that two coders walk through in the video.

What a difference weighs is the time that is in dispute, so that different kinds can be put in one order:

- a state or an interval: its time;
- a point event that only one coder has, or that each calls otherwise: the tier's tolerance, since that is the time
  for which a mark stands when it is compared;
- a detail of an event on which both agree: half of what the event would weigh, since all else is settled;
- a rating: the time that was rated times the square of how far apart the ratings are as a share of the scale,
  which is how the ICC and quadratic weights count; "not rated" against a rating counts as half the scale apart;
- a boundary that lies apart by less than the tier's unit of time: a thousandth of its time. The scheme calls that
  near enough; such boundaries are listed, and come last. So does a detail of two states that only just overlap,
  which is a boundary of the detail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from coder.model.coding import CodingPass, Event
from coder.model.disagreement import Disagreement, DisagreementKind, Verdict
from coder.model.scheme import OUTCOME, RATING, Scheme, Tier, TierKind
from coder.model.time import Span
from coder.reliability.accuracy import Against
from coder.reliability.pairing import not_comparable
from coder.reliability.rows import Rows, rows
from coder.reliability.sources import Piece, matched, pieces
from coder.reliability.tier_ratings import rated_pairs
from coder.reliability.yardsticks import tolerance_us, unit_of

_BRIEFLY = 1000


def disagreements(
    pass_a: CodingPass, pass_b: CodingPass, scheme: Scheme, *, against: Against = "coder"
) -> tuple[Disagreement, ...]:
    """Every moment that two passes of one session coded differently, the most time in dispute first.

    States are compared to the microsecond, not by units, so a moment can be found again in the video. Uncodable
    time is left out. A boundary is where both coders saw the same change at different times. Point events that are
    matched within the tolerance are no disagreement, nor are codes that are as right (`Event.either`). Empty if
    the passes cannot be compared; `compare` says why. against: as there.
    """
    window = pass_a.window.intersection(pass_b.window)
    if window is None or not_comparable(pass_a, pass_b, scheme):
        return ()
    found: list[Disagreement] = []
    for tier in scheme.tiers:
        if tier.kind is TierKind.RATING:
            found += _ratings(pass_a, pass_b, tier, window)
            continue
        both = rows(pass_a, pass_b, scheme, tier, window, against)
        if tier.kind is TierKind.POINT:
            found += _points(both, scheme)
        else:
            for code in lines_of(both):
                parts = pieces(both, pass_a, pass_b, code)
                found += _states(parts, tier)
                found += _details_of_states(parts, scheme, unit_of(tier))
    return tuple(sorted(found, key=lambda one: (-one.weight_us, one.span, one.tier)))


def lines_of(both: Rows) -> tuple[str | None, ...]:
    """The codes of a tier of states that are looked at one by one, as they may overlap; (None,) if not."""
    return (None,) if both.tier.exclusive else both.categories


def is_brief(one: Disagreement) -> bool:
    """True for a boundary within the tier's unit of time, which weighs next to nothing."""
    return one.kind in _BOUNDARIES and 0 < one.span.duration_us >= _BRIEFLY * one.weight_us


def turned(one: Disagreement) -> Disagreement:
    """The same difference with A and B changed over."""
    return replace(
        one,
        code_a=one.code_b,
        code_b=one.code_a,
        kind=_TURNED.get(one.kind, one.kind),
        event_a=one.event_b,
        event_b=one.event_a,
        value_a=one.value_b,
        value_b=one.value_a,
        apart=-one.apart,
    )


_BOUNDARIES = (DisagreementKind.EARLY, DisagreementKind.LATE, DisagreementKind.MODIFIER)
_TURNED = {
    DisagreementKind.MISSED: DisagreementKind.EXTRA,
    DisagreementKind.EXTRA: DisagreementKind.MISSED,
    DisagreementKind.EARLY: DisagreementKind.LATE,
    DisagreementKind.LATE: DisagreementKind.EARLY,
}
TURNED_VERDICTS = {Verdict.A: Verdict.B, Verdict.B: Verdict.A}
"""Verdicts that name a coder, with A and B changed over."""


def _points(both: Rows, scheme: Scheme) -> Iterator[Disagreement]:
    tier, tolerance = both.tier.id, tolerance_us(both.tier)
    matching, a, b = matched(both)
    for i, j in matching.confusions:
        codes = a[i].code, b[j].code
        yield Disagreement(_between(a[i], b[j]), tier, *codes, DisagreementKind.CODE, tolerance, a[i].id, b[j].id)
    for one in (a[i] for i in matching.only_a):
        yield Disagreement(one.span, tier, one.code, None, DisagreementKind.MISSED, tolerance, event_a=one.id)
    for one in (b[j] for j in matching.only_b):
        yield Disagreement(one.span, tier, None, one.code, DisagreementKind.EXTRA, tolerance, event_b=one.id)
    for i, j in matching.pairs:
        if a[i].modifiers != b[j].modifiers:
            yield from _details(a[i], b[j], scheme, _between(a[i], b[j]), tolerance // 2)


def _between(a: Event, b: Event) -> Span:
    return Span(min(a.onset_us, b.onset_us), max(a.onset_us, b.onset_us))


def _details(a: Event, b: Event, scheme: Scheme, span: Span, weight_us: int) -> Iterator[Disagreement]:
    """The details in which two events of one code differ.

    What is judged of an answer is compared where both coders saw one: without, the outcome says it all.
    """
    if a.code != b.code:
        return
    link = scheme.link_of(a.tier)
    skipped: set[str] = set()
    if link is not None:
        outcomes = [link.outcome(event.modifier(OUTCOME)) for event in (a, b)]
        if not all(outcome is not None and outcome.has_answer for outcome in outcomes):
            skipped = {detail.id for detail in link.details}
    of_a, of_b = dict(a.modifiers), dict(b.modifiers)
    for detail in sorted((of_a.keys() | of_b.keys()) - skipped):
        value_a, value_b = of_a.get(detail, ""), of_b.get(detail, "")
        if value_a != value_b:
            yield Disagreement(
                *(span, a.tier, a.code, b.code, DisagreementKind.MODIFIER, weight_us, a.id, b.id),
                detail=detail,
                value_a=value_a,
                value_b=value_b,
            )


def _states(parts: Iterable[Piece], tier: Tier) -> Iterator[Disagreement]:
    """Of one tier, or of one code where codes may overlap."""
    runs = [*_runs(parts, by_interval=tier.kind is TierKind.INTERVAL)]
    for place, (first, span) in enumerate(runs):
        if first.lost or first.a == first.b:
            continue
        kind = _of_code(first.a, first.b)
        if tier.kind is TierKind.STATE and 0 < place < len(runs) - 1:
            kind = _boundary(first, runs[place - 1][0], runs[place + 1][0]) or kind
        a, b = ("" if event is None else event.id for event in (first.event_a, first.event_b))
        brief = kind in _BOUNDARIES and span.duration_us < unit_of(tier)
        weight_us = span.duration_us // (_BRIEFLY if brief else 1)
        yield Disagreement(span, tier.id, first.a, first.b, kind, weight_us, a, b)


def _runs(parts: Iterable[Piece], *, by_interval: bool) -> Iterator[tuple[Piece, Span]]:
    """Neighbouring pieces with the same two codes made one: the first of them, and where they lie.

    by_interval: not beyond one interval, which is where either coder's event ends.
    """

    def same(piece: Piece) -> tuple[object, ...]:
        events = (piece.event_a, piece.event_b) if by_interval else ()
        return (piece.lost, piece.a, piece.b, *(None if event is None else event.id for event in events))

    for _, run in groupby(parts, same):
        first, *rest = run
        yield first, Span(first.start_us, (rest[-1] if rest else first).end_us)


def _boundary(piece: Piece, before: Piece, after: Piece) -> DisagreementKind | None:
    """EARLY or LATE if both coders agree before and after, so that both saw the same change."""
    if before.lost or after.lost or before.a != before.b or after.a != after.b:
        return None
    if (before.a, after.a) == (piece.a, piece.b):
        return DisagreementKind.EARLY
    # what B still has of the state before says that B changes later
    return DisagreementKind.LATE if (before.a, after.a) == (piece.b, piece.a) else None


def _of_code(a: str | None, b: str | None) -> DisagreementKind:
    if a is not None and b is not None:
        return DisagreementKind.CODE
    return DisagreementKind.MISSED if b is None else DisagreementKind.EXTRA


def _details_of_states(parts: Iterable[Piece], scheme: Scheme, unit_us: int) -> Iterator[Disagreement]:
    """Of all states of one code that share time."""
    shared: dict[tuple[str, str], tuple[Event, Event, Span, int]] = {}
    for piece in parts:
        a, b = piece.event_a, piece.event_b
        if a is None or b is None or piece.lost or piece.a != piece.b or a.modifiers == b.modifiers:
            continue
        _, _, span, time_us = shared.get((a.id, b.id), (a, b, Span.moment(piece.start_us), 0))
        time_us += piece.end_us - piece.start_us
        shared[a.id, b.id] = a, b, Span(span.start_us, piece.end_us), time_us
    for a, b, span, time_us in shared.values():
        matched = 2 * time_us > min(a.span.duration_us, b.span.duration_us) or time_us >= unit_us
        yield from _details(a, b, scheme, span, time_us // 2 // (1 if matched else _BRIEFLY))


def _ratings(pass_a: CodingPass, pass_b: CodingPass, tier: Tier, window: Span) -> Iterator[Disagreement]:
    for a, b in rated_pairs(pass_a, pass_b, tier, window):
        value_a, value_b = _rating_of(a), _rating_of(b)
        code_a, code_b = (None if one is None else one.code for one in (a, b))
        kind = DisagreementKind.RATING if a and b else _of_code(code_a, code_b)
        if kind is DisagreementKind.RATING and value_a == value_b:
            continue
        rated = [one.span for one in (a, b) if one is not None]
        span = Span(min(one.start_us for one in rated), max(one.end_us for one in rated))
        apart = int(value_b) - int(value_a) if _is_number(value_a) and _is_number(value_b) else None
        yield Disagreement(
            *(span, tier.id, code_a, code_b, kind),
            weight_us=round(span.duration_us * _share(apart, tier) ** 2),
            event_a=a.id if a else "",
            event_b=b.id if b else "",
            value_a=value_a,
            value_b=value_b,
            apart=apart or 0,
        )


def _rating_of(event: Event | None) -> str:
    return "" if event is None else event.modifier(RATING) or ""


def _is_number(value: str) -> bool:
    return value.lstrip("-").isdecimal()


def _share(apart: int | None, tier: Tier) -> float:
    """How much of the scale lies between two ratings; half of it if one of them is no number."""
    if apart is None or tier.scale is None:
        return 0.5
    return abs(apart) / max(tier.scale.high - tier.scale.low, abs(apart), 1)
