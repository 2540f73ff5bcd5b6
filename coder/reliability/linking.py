"""Event kappa: whole states of two coders linked by their overlap (Holle & Rein 2015)."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from coder.model.agreement import Estimate, Tally
from coder.model.statistic import EVENT_KAPPA
from coder.model.time import SECOND_US
from coder.reliability import formulas
from coder.reliability.by_code import CodeAgreement, by_code
from coder.reliability.estimates import estimate
from coder.reliability.formulas import known
from coder.reliability.given import plain_number
from coder.reliability.intervals import LEAST_US, as_rows, tables_of
from coder.reliability.units import State, as_states, as_window, codes_in

_ROUNDING = 1e-12
_EMPTY = "Coder {} has no state here, so nothing could be linked."


@dataclass(frozen=True, kw_only=True)
class EventKappa(Estimate):
    """Kappa of linked states. A link counts twice, once for each coder's state; n is the sum of the table.

    table: rows coder A, columns coder B, in the order of `categories`, then "neither". links: pairs that share
    enough time. linked: the share of all states that are in one. po, pe: observed and expected agreement.
    kappa_max: the greatest kappa of these margins. without_nil: Cohen's kappa of linked states alone, which asks
    for the code only. each: every code against all else, in the order of `categories`.
    """

    categories: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    links: int
    linked: float | None
    po: float | None
    pe: float | None
    kappa_max: float | None
    without_nil: float | None
    each: tuple[CodeAgreement, ...]
    tally: Tally


def event_kappa(
    a: Sequence[State],
    b: Sequence[State],
    overlap: float = 0.6,
    *,
    window: tuple[int, int] | None = None,
    categories: Sequence[str] | None = None,
    cuts: Collection[int] = (),
) -> EventKappa:
    """Link states (code, onset_us, offset_us) by the largest overlap, then count them.

    overlap: shared time as a share (0 … 1) of the longer state; linked states that share less count as seen by one
    coder only. window: what both coded (default: from the first onset to the last offset), for the interval.
    categories: the scheme's codes (default: all that occur, sorted). cuts: where states are cut off rather than
    begun; the tally's lags, B - A of the onsets of linked states of one code, leave such onsets out.
    Re-implemented from the published description with its two faults mended: 0/0 in the expected counts is 0, and
    a kappa below chance is shown as it is. Raises ValueError for an unknown code, an overlap beyond 0 … 1, what is
    no state, or a window that ends before it starts.
    """
    a, b = as_states(a), as_states(b)
    window = None if window is None else as_window(window)
    found = link_states(a, b, overlap, window=window, categories=categories, cuts=cuts)
    size = len(found.categories) + 1
    table = tables_of((found.tally,), size)[0]
    made = estimate(EVENT_KAPPA, (found.tally,), size, compared_us=LEAST_US)
    if made.n and not (a and b):
        made = replace(made, note=_EMPTY.format("B" if a else "A"))
    return EventKappa(
        **vars(made),
        categories=found.categories,
        table=as_rows(table),
        links=found.links,
        linked=2 * found.links / (len(a) + len(b)) if made.n else None,
        po=known(formulas.po(table)),
        pe=known(formulas.event_chance(table)),
        kappa_max=known(formulas.event_kappa_max(table)),
        without_nil=known(formulas.kappa(table[:-1, :-1])),
        each=by_code(table)[:-1],
        tally=found.tally,
    )


@dataclass(frozen=True)
class Links:
    """Linked states, counted. links: pairs that share enough time. pairs: those of one code, as indices.

    confusions: those of two codes.
    """

    categories: tuple[str, ...]
    tally: Tally
    links: int
    pairs: tuple[tuple[int, int], ...]
    confusions: tuple[tuple[int, int], ...]


def link_states(
    a: Sequence[State],
    b: Sequence[State],
    overlap: float = 0.6,
    *,
    window: tuple[int, int] | None = None,
    categories: Sequence[str] | None = None,
    cuts: Collection[int] = (),
) -> Links:
    """The counts of `event_kappa`, with the same parameters."""
    if not 0 < plain_number(overlap) <= 1:
        raise ValueError("an overlap is a share above 0 and up to 1")
    names = tuple(categories) if categories is not None else codes_in(a, b)
    nil = len(names)
    number = {code: place for place, code in enumerate(names)}
    ends = [time for _, onset, offset in (*a, *b) for time in (onset, offset)] or [0]
    start_us, end_us = window or (min(ends), max(ends))
    least = overlap - _ROUNDING  # so that a pair that shares exactly the asked overlap is linked
    counts: list[tuple[int, int]] = []

    def count(at_us: int, row: int, column: int) -> None:
        counts.append((max(at_us - start_us, 0) // SECOND_US, row * (nil + 1) + column))

    unknown = {state[0] for state in (*a, *b)} - number.keys()
    if unknown:
        raise ValueError(f"codes that the scheme's tier does not have: {', '.join(sorted(map(str, unknown)))}")
    candidates = linked(a, b)
    links = 0
    pairs: list[tuple[int, int]] = []
    confusions: list[tuple[int, int]] = []
    lags_us: list[int] = []
    begun_by_cut = {start_us, *cuts}
    for i, j in candidates:
        code_a, code_b = number[a[i][0]], number[b[j][0]]
        longest = max(a[i][2] - a[i][1], b[j][2] - b[j][1])
        if _shared(a[i], b[j]) / longest >= least:
            count(a[i][1], code_a, code_b)
            count(b[j][1], code_a, code_b)
            links += 1
            if code_a != code_b:
                confusions.append((i, j))
            else:
                pairs.append((i, j))
                if not {a[i][1], b[j][1]} & begun_by_cut:
                    lags_us.append(b[j][1] - a[i][1])
        else:
            count(a[i][1], code_a, nil)
            count(b[j][1], nil, code_b)
    for i in set(range(len(a))) - {i for i, _ in candidates}:
        count(a[i][1], number[a[i][0]], nil)
    for j in set(range(len(b))) - {j for _, j in candidates}:
        count(b[j][1], nil, number[b[j][0]])
    units = max(-(-(end_us - start_us) // SECOND_US), 1)
    counts.sort()
    at, cells = tuple(min(unit, units - 1) for unit, _ in counts), tuple(cell for _, cell in counts)
    tally = Tally(unit_us=SECOND_US, units=units, at=at, cell=cells, lags_us=tuple(lags_us))
    return Links(names, tally, links, tuple(pairs), tuple(confusions))


def linked_of_code(a: Sequence[State], b: Sequence[State], code: str) -> Iterator[tuple[int, int]]:
    """The indices of the states of one code that are linked, in a tier whose codes may overlap."""
    of_a, of_b = ([at for at, state in enumerate(row) if state[0] == code] for row in (a, b))
    found = link_states([a[at] for at in of_a], [b[at] for at in of_b], categories=(code,))
    return ((of_a[i], of_b[j]) for i, j in found.pairs)


def _shared(a: State, b: State) -> int:
    return min(a[2], b[2]) - max(a[1], b[1])


def linked(a: Sequence[State], b: Sequence[State]) -> list[tuple[int, int]]:
    """(index in A, index in B): the largest overlap first, each state once; ties go to the earlier B, then A."""
    order = sorted(range(len(b)), key=lambda j: b[j][1])
    onsets = [b[j][1] for j in order]
    latest = list(accumulate((b[j][2] for j in order), max))
    found = []
    for i, state in enumerate(a):
        # from the first of B that ends after this one begins, to the last that begins before it ends
        for j in order[bisect_right(latest, state[1]) : bisect_left(onsets, state[2])]:
            shared = _shared(state, b[j])
            if shared > 0:
                share = shared / max(state[2] - state[1], b[j][2] - b[j][1])
                found.append((-share, b[j][1], state[1], i, j))
    links, taken_a, taken_b = [], set(), set()
    for _, _, _, i, j in sorted(found):
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            links.append((i, j))
    return sorted(links)
