"""Where two passes differ, moment by moment: the list that two coders walk through in the video."""

from collections.abc import Iterator
from itertools import pairwise

from coder.model.coding import CodingPass
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.scheme import Scheme, TierKind
from coder.model.time import Span
from coder.reliability.agreements import tolerance_us
from coder.reliability.matching import match_points
from coder.reliability.pairing import not_comparable
from coder.reliability.rows import Rows, rows
from coder.reliability.units import State


def disagreements(pass_a: CodingPass, pass_b: CodingPass, scheme: Scheme) -> tuple[Disagreement, ...]:
    """Every moment that two passes of one session coded differently, the most time in dispute first.

    States are compared to the microsecond, not by units, so a moment can be found again in the video. Uncodable
    time is left out. A boundary is where both coders saw the same change at different times. Empty if the passes
    cannot be compared; `compare` says why.
    """
    window = pass_a.window.intersection(pass_b.window)
    if window is None or not_comparable(pass_a, pass_b, scheme):
        return ()
    found: list[Disagreement] = []
    for tier in scheme.tiers:
        both = rows(pass_a, pass_b, scheme, tier, window)
        if tier.kind is TierKind.POINT:
            found += _points(both)
        elif tier.kind is not TierKind.RATING:
            for code in (None,) if tier.exclusive else both.categories:
                found += _states(both, code)
    return tuple(sorted(found, key=lambda one: (-one.weight_us, one.span, one.tier)))


def _points(both: Rows) -> Iterator[Disagreement]:
    tolerance = tolerance_us(both.tier)
    a, b = both.codable_points()
    matching = match_points(a, b, tolerance)
    for i, j in matching.confusions:
        span = Span(min(a[i][1], b[j][1]), max(a[i][1], b[j][1]))
        yield Disagreement(span, both.tier.id, a[i][0], b[j][0], DisagreementKind.CODE, tolerance)
    for i in matching.only_a:
        yield Disagreement(Span.moment(a[i][1]), both.tier.id, a[i][0], None, DisagreementKind.MISSED, tolerance)
    for j in matching.only_b:
        yield Disagreement(Span.moment(b[j][1]), both.tier.id, None, b[j][0], DisagreementKind.EXTRA, tolerance)


_Piece = tuple[Span, str | None, str | None]


def _states(both: Rows, code: str | None) -> Iterator[Disagreement]:
    """Of one tier, or of one code where codes may overlap."""
    pieces = [*_pieces(both, code)]
    for place, (span, a, b) in enumerate(pieces):
        if a == b:
            continue
        around = [pieces[near] for near in (place - 1, place + 1) if 0 <= near < len(pieces)]
        agreed = [one[1] for one in around if one[1] == one[2] and _touch(one[0], span)]
        yield Disagreement(span, both.tier.id, a, b, _kind(a, b, agreed), span.duration_us)


def _touch(one: Span, other: Span) -> bool:
    return one.end_us == other.start_us or other.end_us == one.start_us


def _kind(a: str | None, b: str | None, agreed_around: list[str | None]) -> DisagreementKind:
    if len(agreed_around) == 2 and set(agreed_around) == {a, b}:
        # what B still has of the state before says that B changes later
        return DisagreementKind.LATE if agreed_around[0] == b else DisagreementKind.EARLY
    if a is not None and b is not None:
        return DisagreementKind.CODE
    return DisagreementKind.MISSED if b is None else DisagreementKind.EXTRA


def _pieces(both: Rows, code: str | None) -> Iterator[_Piece]:
    """The codable window cut wherever either coder changes; neighbours with the same two codes are one piece."""
    rows_ab = [[state for state in row if code is None or state[0] == code] for row in both.codable_states()]
    cuts = {both.window.start_us, both.window.end_us}
    cuts |= {at for spans in (*rows_ab[0], *rows_ab[1]) for at in spans[1:]}
    cuts |= {at for span in both.uncodable for at in span}
    lost = [("", start, end) for start, end in both.uncodable]
    running: _Piece | None = None
    for (start, end), a, b, out in _walk(sorted(cuts), rows_ab[0], rows_ab[1], lost):
        if running and (out or running[1:] != (a, b)):
            yield running
            running = None
        if not out:
            running = (Span(running[0].start_us if running else start, end), a, b)
    if running:
        yield running


def _walk(
    cuts: list[int], *rows_of_states: list[State]
) -> Iterator[tuple[tuple[int, int], str | None, str | None, str | None]]:
    """Between each two cuts: what holds in each of the three rows."""
    places = [0] * len(rows_of_states)
    for start, end in pairwise(cuts):
        held: list[str | None] = []
        for number, row in enumerate(rows_of_states):
            while places[number] < len(row) and row[places[number]][2] <= start:
                places[number] += 1
            state = row[places[number]] if places[number] < len(row) else None
            held.append(state[0] if state and state[1] <= start else None)
        yield (start, end), held[0], held[1], held[2]
