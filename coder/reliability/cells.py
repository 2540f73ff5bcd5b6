"""What stands behind one cell of a confusion table: the moments themselves."""

from collections.abc import Iterator

from coder.model.coding import CodingPass, Event
from coder.model.scheme import RATING, Scheme, TierKind
from coder.model.statistic import EVENT_KAPPA
from coder.model.time import Span
from coder.reliability.details import marked_by_both
from coder.reliability.pairing import not_comparable
from coder.reliability.rows import Rows, rows
from coder.reliability.sources import matched, pieces
from coder.reliability.tier_ratings import rated_pairs
from coder.reliability.words import NOBODY, NOT_CHOSEN, OTHER


def moments_of_cell(
    pass_a: CodingPass,
    pass_b: CodingPass,
    scheme: Scheme,
    tier: str,
    code_a: str | None,
    code_b: str | None,
    *,
    statistic: str = "",
    code: str | None = None,
    detail: str = "",
) -> tuple[Span, ...]:
    """The spans in which A has `code_a` and B has `code_b`, in order of time; the diagonal, too.

    code_a, code_b: categories of the table as they stand there; None is a coder who has nothing. statistic, code,
    detail: those of the agreement whose table it is. Of units of time the spans are exact, to the microsecond, and
    not the units. Of event kappa they are states, from the first onset to the last offset of the two that are
    linked; of ratings the segments; of a detail the events whose values these are. Empty if the passes cannot be
    compared. Raises KeyError if the scheme has no such tier.
    """
    window = pass_a.window.intersection(pass_b.window)
    if window is None or not_comparable(pass_a, pass_b, scheme):
        return ()
    both = rows(pass_a, pass_b, scheme, scheme.tier(tier), window)
    cell = _category(code_a), _category(code_b)
    if detail:
        found = _of_details(both, pass_a, pass_b, detail, cell)
    elif both.tier.kind is TierKind.RATING:
        found = _of_ratings(both, pass_a, pass_b, code, cell)
    elif both.tier.kind is TierKind.POINT:
        found = _of_points(both, cell)
    elif statistic == EVENT_KAPPA:
        found = _of_links(both, cell)
    else:
        found = _of_time(both, pass_a, pass_b, None if both.tier.exclusive else code, cell)
    return tuple(sorted(found))


_Cell = tuple[str | None, str | None]


def _category(code: str | None) -> str | None:
    return None if code in (NOBODY, OTHER, NOT_CHOSEN, "") else code


def _of_time(both: Rows, pass_a: CodingPass, pass_b: CodingPass, code: str | None, cell: _Cell) -> Iterator[Span]:
    """Of one code that may overlap with others: "nothing" is the time in which it does not hold."""
    running: Span | None = None
    for piece in pieces(both, pass_a, pass_b, code):
        here = (piece.a, piece.b) == cell and not piece.lost
        if here and running is not None:
            running = Span(running.start_us, piece.end_us)
        elif here:
            running = Span(piece.start_us, piece.end_us)
        elif running is not None:
            yield running
            running = None
    if running is not None:
        yield running


def _of_points(both: Rows, cell: _Cell) -> Iterator[Span]:
    matching, a, b = matched(both)
    points_a, points_b = both.codable_points()
    for i, j in (*matching.pairs, *matching.confusions):
        if (points_a[i][0], points_b[j][0]) == cell:
            yield _from_to(a[i], b[j])
    yield from (a[i].span for i in matching.only_a if (points_a[i][0], None) == cell)
    yield from (b[j].span for j in matching.only_b if (None, points_b[j][0]) == cell)


def _of_links(both: Rows, cell: _Cell) -> Iterator[Span]:
    (a, b), found = both.codable_states(), both.links
    together = (*found.pairs, *found.confusions)
    for i, j in together:
        if (a[i][0], b[j][0]) == cell:
            yield Span(min(a[i][1], b[j][1]), max(a[i][2], b[j][2]))
    paired_a, paired_b = {i for i, _ in together}, {j for _, j in together}
    yield from (Span(*one[1:]) for i, one in enumerate(a) if i not in paired_a and (one[0], None) == cell)
    yield from (Span(*one[1:]) for j, one in enumerate(b) if j not in paired_b and (None, one[0]) == cell)


def _of_ratings(
    both: Rows, pass_a: CodingPass, pass_b: CodingPass, item: str | None, cell: _Cell
) -> Iterator[Span]:
    for pair in rated_pairs(pass_a, pass_b, both.tier, both.window):
        rated = [one for one in pair if one is not None]
        values = tuple(None if one is None else one.modifier(RATING) for one in pair)
        if values == cell and item in (None, rated[0].code):
            yield _from_to(*rated)


def _of_details(both: Rows, pass_a: CodingPass, pass_b: CodingPass, detail: str, cell: _Cell) -> Iterator[Span]:
    """Of a detail with any options, a table is about one of them: chosen or not."""
    modifier, _, option = detail.partition("=")
    kinds = {one.id: one.kind for code in both.tier.codes for one in code.modifiers}
    for pair in marked_by_both(both, pass_a, pass_b).pairs:
        values = tuple(one.modifier(modifier) or None for one in pair)
        if option and kinds.get(modifier) == "multi":
            values = tuple(option if option in (value or "").split(",") else None for value in values)
        if values == cell:
            yield _from_to(*pair)


def _from_to(*events: Event) -> Span:
    return Span(min(one.onset_us for one in events), max(one.offset_us for one in events))
