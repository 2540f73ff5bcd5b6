"""What a trainee found of a master's states: sensitivity, precision and F1, as `tier_points` has of points.

A state is found if it is linked with one of the same code, as for event kappa; each state counts once. In a tier
that is coded by intervals an interval counts, and in one whose codes may overlap each code is linked by itself.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from coder.model.agreement import Agreement, Tally
from coder.model.scheme import TierKind
from coder.model.statistic import F1, PRECISION, SENSITIVITY
from coder.model.time import SECOND_US
from coder.reliability.agreements import Maker, shared_counts
from coder.reliability.linking import linked_of_code
from coder.reliability.rows import Rows
from coder.reliability.tier_states import unit_counts, whole_units
from coder.reliability.units import State
from coder.reliability.words import LINKED_STATES, NOBODY
from coder.reliability.yardsticks import unit_of

_FOUND = (F1, SENSITIVITY, PRECISION)
_Pairs = Sequence[tuple[int, int]]


def of_found_states(make: Maker) -> Iterator[Agreement]:
    """Of one tier of states or intervals of one session, A being a master: of the tier, then of each code."""
    both = make.both
    if both.tier.kind is TierKind.INTERVAL:
        units = whole_units(both, unit_of(both.tier))
        for code in (None, *both.categories):
            for statistic in _FOUND:
                yield make(statistic, units.tally, unit_counts(both, units), names=units.categories, code=code)
        return
    a, b = both.codable_states()
    pairs, confusions = _linked(both, a, b)
    names, tally = (*both.categories, NOBODY), _tally(both, a, b, pairs, confusions)
    times_a, times_b, found = (Counter(states) for states in (_codes(a), _codes(b), (a[i][0] for i, _ in pairs)))
    for code in (None, *both.categories):
        counts = shared_counts(both) | {
            "states_a": times_a.total() if code is None else times_a[code],
            "states_b": times_b.total() if code is None else times_b[code],
            "matched": found.total() if code is None else found[code],
        }
        for statistic in _FOUND:
            yield make(statistic, tally, counts, names=names, unit=LINKED_STATES, code=code)


def _codes(row: Sequence[State]) -> Iterator[str]:
    return (code for code, _, _ in row)


def _linked(both: Rows, a: Sequence[State], b: Sequence[State]) -> tuple[_Pairs, _Pairs]:
    """Indices of the states of one code that are linked, and of those of two codes."""
    if both.tier.exclusive:
        return both.links.pairs, both.links.confusions
    return [pair for code in both.categories for pair in linked_of_code(a, b, code)], ()


def _tally(both: Rows, a: Sequence[State], b: Sequence[State], pairs: _Pairs, confusions: _Pairs) -> Tally:
    number = {name: place for place, name in enumerate((*both.categories, NOBODY))}
    nobody, two = number[NOBODY], (*pairs, *confusions)
    left_a, left_b = set(range(len(a))) - {i for i, _ in two}, set(range(len(b))) - {j for _, j in two}
    counts = sorted(
        [
            *((min(a[i][1], b[j][1]), number[a[i][0]], number[b[j][0]]) for i, j in two),
            *((a[i][1], number[a[i][0]], nobody) for i in left_a),
            *((b[j][1], nobody, number[b[j][0]]) for j in left_b),
        ]
    )
    return Tally(
        unit_us=SECOND_US,
        units=-(-both.window.duration_us // SECOND_US),
        at=tuple((at_us - both.window.start_us) // SECOND_US for at_us, _, _ in counts),
        cell=tuple(row * len(number) + column for _, row, column in counts),
    )
