"""Codes that are as right (`Event.either`): where one pass allows several, the other's choice among them agrees.

Before anything is compared, an event that allows more than its own code takes over what the other coder has there,
if that is allowed. So every comparison, of units, links or matched events, sees the same two rows.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, product

from coder.model.coding import NOTHING, Event
from coder.reliability.matching import Point, match_points
from coder.reliability.units import State


@dataclass(frozen=True)
class Allowed:
    """A state with all the codes that are right there, its own first; `NOTHING` among them if none is needed."""

    codes: tuple[str, ...]
    onset_us: int
    offset_us: int

    @property
    def state(self) -> State:
        """The state with its own code."""
        return self.codes[0], self.onset_us, self.offset_us


def allowed(event: Event) -> tuple[str, ...]:
    """All the codes that are right for an event, its own first."""
    return (event.code, *(code for code in event.either if code != event.code))


def agreed_states(
    a: Sequence[Allowed], b: Sequence[Allowed], *, exclusive: bool
) -> tuple[list[State], list[State], frozenset[int]]:
    """Both rows of states with what is allowed made alike, in order of onset, and onsets that nobody marked."""
    if all(len(one.codes) == 1 for one in (*a, *b)):
        return _sorted(a), _sorted(b), frozenset()
    beside_a, mine = _Beside(b), list[Allowed]()
    for one in a:
        mine += _adapted(one, beside_a, exclusive)
    beside_b, theirs = _Beside(mine), list[Allowed]()
    for one in b:
        theirs += _adapted(one, beside_b, exclusive)
    marked = {one.onset_us for one in a}, {one.onset_us for one in b}
    made = {piece.onset_us for piece in mine} - marked[0] | {piece.onset_us for piece in theirs} - marked[1]
    return _joined(_sorted(mine)), _joined(_sorted(theirs)), frozenset(made)


def _sorted(row: Sequence[Allowed]) -> list[State]:
    return sorted((one.state for one in row if one.codes[0] != NOTHING), key=lambda state: state[1:])


def _joined(row: list[State]) -> list[State]:
    """A row in which no two states of one code share time.

    Codes may overlap, but a code does not hold twice: what became the other code may lie on a state of that code.
    """
    last: dict[str, State] = {}
    found: list[State] = []
    for code, onset, offset in row:
        before = last.get(code)
        if before is not None and onset < before[2]:
            last[code] = code, before[1], max(before[2], offset)
        else:
            found += [before] if before is not None else []
            last[code] = code, onset, offset
    return sorted((*found, *last.values()), key=lambda state: state[1:])


class _Beside:
    """A row of states, asked which of them share time with a state of the other coder."""

    def __init__(self, row: Iterable[Allowed]) -> None:
        self._row = sorted(row, key=lambda state: state.onset_us)
        self._onsets = [state.onset_us for state in self._row]
        self._reached = list(accumulate((state.offset_us for state in self._row), max))

    def near(self, one: Allowed) -> list[Allowed]:
        """Those that share time with `one`, in order of onset. A row of any length is not gone through."""
        first = bisect_right(self._reached, one.onset_us)
        last = bisect_left(self._onsets, one.offset_us)
        return [state for state in self._row[first:last] if one.onset_us < state.offset_us]


def _adapted(one: Allowed, other: _Beside, exclusive: bool) -> list[Allowed]:
    """The state in pieces, each with the code that agrees with the other coder there, if one is allowed.

    Where the other's code is not allowed a piece keeps the code of the piece before it, or after: which boundary
    the other coder missed is a question apart.
    """
    if len(one.codes) == 1:
        return [one]
    near = other.near(one)
    cuts = {one.onset_us, one.offset_us}
    cuts.update(max(state.onset_us, one.onset_us) for state in near)
    cuts.update(min(state.offset_us, one.offset_us) for state in near)
    edges = sorted(cuts)
    chosen = [_choice(one, near, start, exclusive) for start in edges[:-1]]
    known = [code for code in chosen if code is not None]
    if not known:
        return [one]
    code = known[0]
    pieces: list[Allowed] = []
    for (start, end), choice in zip(pairwise(edges), chosen, strict=True):
        code = choice if choice is not None else code or one.codes[0]
        rest = tuple(other_code for other_code in one.codes if other_code != code)
        if pieces and pieces[-1].codes[0] == code:
            pieces[-1] = Allowed(pieces[-1].codes, pieces[-1].onset_us, end)
        else:
            pieces.append(Allowed((code, *rest), start, end))
    return pieces


def _choice(one: Allowed, near: Sequence[Allowed], at_us: int, exclusive: bool) -> str | None:
    """The allowed code that agrees with the other coder at a time; None if none does."""
    there = [state for state in near if state.onset_us <= at_us < state.offset_us]
    if not exclusive:
        # codes that may overlap are compared one by one: its own where the other has it, else another allowed one
        held = {state.codes[0] for state in there}
        return next((code for code in one.codes if code in held), NOTHING if NOTHING in one.codes else None)
    if not there:
        return NOTHING if NOTHING in one.codes else None
    theirs = there[-1].codes
    if theirs[0] in one.codes:
        return theirs[0]
    return next((code for code in one.codes if code in theirs), None)


def agreed_points(
    a: Sequence[Event], b: Sequence[Event], tolerance_us: int
) -> tuple[list[tuple[str, Event]], list[tuple[str, Event]]]:
    """Both rows of point events as (code that counts, event).

    Events that allow one code only are matched first, those that need not be there last. Of the rest, each takes
    over an allowed code of an event that is still free within the tolerance; if it finds none and nothing is
    needed there, it is left out.
    """
    codes_a, codes_b = [allowed(event) for event in a], [allowed(event) for event in b]
    if all(len(codes) == 1 for codes in (*codes_a, *codes_b)):
        return [(event.code, event) for event in a], [(event.code, event) for event in b]
    count_a, count_b = _matched_codes(a, codes_a, b, codes_b, tolerance_us)
    return (
        [(count_a[i], event) for i, event in enumerate(a) if count_a[i] != NOTHING],
        [(count_b[j], event) for j, event in enumerate(b) if count_b[j] != NOTHING],
    )


_Codes = Sequence[tuple[str, ...]]


def _matched_codes(
    a: Sequence[Event], codes_a: _Codes, b: Sequence[Event], codes_b: _Codes, tolerance_us: int
) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """Index -> the code that counts, `NOTHING` for an event that is left out."""
    found_a: dict[int, str] = {}
    found_b: dict[int, str] = {}

    def match(place_a: int, place_b: int, may_take_part: Callable[[tuple[str, ...]], bool]) -> None:
        """Among events that are free and may take part, by their codes at these places."""
        free_a = [i for i, codes in enumerate(codes_a) if i not in found_a and may_take_part(codes)]
        free_b = [j for j, codes in enumerate(codes_b) if j not in found_b and may_take_part(codes)]
        free_a = [i for i in free_a if _nth(codes_a[i], place_a)]
        free_b = [j for j in free_b if _nth(codes_b[j], place_b)]
        points_a: list[Point] = [(_nth(codes_a[i], place_a), a[i].onset_us) for i in free_a]
        points_b: list[Point] = [(_nth(codes_b[j], place_b), b[j].onset_us) for j in free_b]
        for i, j in match_points(points_a, points_b, tolerance_us).pairs:
            found_a[free_a[i]] = found_b[free_b[j]] = points_a[i][0]

    match(0, 0, lambda codes: len(codes) == 1)
    places = range(max(map(len, (*codes_a, *codes_b))))
    # what need not be marked at all comes last, so that it takes nobody's partner
    for may_take_part in (lambda codes: NOTHING not in codes, lambda _: True):
        for place_a, place_b in product(places, places):
            match(place_a, place_b, may_take_part)
    left_a = {i: NOTHING if NOTHING in codes else codes[0] for i, codes in enumerate(codes_a)}
    left_b = {j: NOTHING if NOTHING in codes else codes[0] for j, codes in enumerate(codes_b)}
    return left_a | found_a, left_b | found_b


def _nth(codes: tuple[str, ...], place: int) -> str:
    """The code at a place among those that are right; "" (`NOTHING`) where there is none."""
    return codes[place] if place < len(codes) else NOTHING
