"""Agreement against tolerance: a curve for each tier, so that nobody picks the tolerance that flatters.

Point events: F1, and beside it F1 by chance, which grows with the tolerance as well. States: the lenient kappa in
units of time, the mean of both directions (A as reference, B as reference); at tolerance 0 it is the plain kappa.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from coder.model.agreement import Curve, Estimate, Tally
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.statistic import F1, F1_CHANCE, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US
from coder.reliability.catalogue import Formula
from coder.reliability.chance import SHIFTS_AT_MOST, chance, chance_counts
from coder.reliability.estimates import estimate
from coder.reliability.formulas import Floats, kappa
from coder.reliability.matching import match_points
from coder.reliability.pairing import not_comparable
from coder.reliability.rows import Rows, rows
from coder.reliability.tier_points import on_codable_time, tally_of
from coder.reliability.units import in_units
from coder.reliability.yardsticks import tolerance_us, unit_of

POINTS_US = tuple(round(seconds * SECOND_US) for seconds in (0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5))
LONGEST_US = 5 * SECOND_US
_SHIFTS_AT_LEAST = 20


def tolerance_curves(pairs: Sequence[tuple[CodingPass, CodingPass]], scheme: Scheme) -> tuple[Curve, ...]:
    """The curves of tiers of points and of exclusive states, pooled over the pairs, in the scheme's order.

    pairs: one pair of passes a session; those that cannot be compared are left out. A curve of points goes from
    0.25 to 5 s, one of states from 0 to 5 s in steps of the tier's unit; the scheme's own tolerance (of states:
    none, unless a target names one) is always among its points. Tiers without a category to compare have no curve,
    nor have codes that may overlap, intervals and ratings.
    """
    windows = [
        (a, b, window)
        for a, b in pairs
        if not not_comparable(a, b, scheme) and (window := a.window.intersection(b.window)) is not None
    ]
    found: list[Curve] = []
    for tier in scheme.tiers:
        exclusive = tier.kind is TierKind.STATE and tier.exclusive
        if not windows or not (exclusive or tier.kind is TierKind.POINT):
            continue
        sessions = [rows(a, b, scheme, tier, window) for a, b, window in windows]
        if sessions[0].categories:
            found += [_of_states(sessions, tier)] if exclusive else _of_points(sessions, tier)
    return tuple(found)


def _of_points(sessions: Sequence[Rows], tier: Tier) -> Iterator[Curve]:
    chosen_us = tolerance_us(tier)
    size = len(sessions[0].categories) + 1
    points = [both.codable_points() for both in sessions]
    codable_us = sum(both.window.duration_us - both.uncodable_us for both in sessions)
    # many sessions say as much with fewer shifts of each
    shifts = max(SHIFTS_AT_MOST * 10 // max(len(sessions), 10), _SHIFTS_AT_LEAST)
    matched: list[tuple[int, Estimate]] = []
    by_chance: list[tuple[int, Estimate]] = []
    for tolerance in sorted({*POINTS_US, chosen_us}):
        tallies: list[Tally] = []
        counts: list[Mapping[str, float]] = []
        for both, (a, b) in zip(sessions, points, strict=True):
            matching = match_points(a, b, tolerance)
            tallies.append(tally_of(both, a, b, matching))
            turned = on_codable_time(both, a), on_codable_time(both, b)
            length_us = both.window.duration_us - both.uncodable_us
            counts.append(chance_counts(*turned, len(matching.pairs), length_us, tolerance, shifts))
        matched.append((tolerance, estimate(F1, tallies, size, compared_us=codable_us)))
        by_chance.append((tolerance, chance(F1_CHANCE, counts)))
    yield Curve(tier.id, F1, tuple(matched), chosen_us)
    yield Curve(tier.id, F1_CHANCE, tuple(by_chance), chosen_us)


def _of_states(sessions: Sequence[Rows], tier: Tier) -> Curve:
    unit_us, size = unit_of(tier), len(sessions[0].categories)
    named = next((target.tolerance_us for target in tier.targets if target.tolerance_us is not None), 0)
    chosen = round(named / unit_us)
    formula = Formula(lambda tables: _mean_of_both(tables, size), low=-1.0)
    points: list[tuple[int, Estimate]] = []
    for units in sorted({*range(LONGEST_US // unit_us + 1), chosen}):
        tallies = [_both_ways(both, unit_us, units) for both in sessions]
        compared_us = sum(len(tally.cell) // 2 * unit_us for tally in tallies)
        found = estimate(TIME_UNIT_KAPPA, tallies, 2 * size, compared_us=compared_us, formula=formula)
        points.append((units * unit_us, replace(found, n=found.n // 2)))  # each unit is in both halves
    return Curve(tier.id, TIME_UNIT_KAPPA, tuple(points), chosen * unit_us, lenient=True)


def _both_ways(both: Rows, unit_us: int, tolerance_units: int) -> Tally:
    """The counts with A as reference in the first half of the table, those with B in the second."""
    window = (both.window.start_us, both.window.end_us)
    names = both.categories

    def seen_from(reference: Literal["a", "b"]) -> Tally:
        rows_ab = both.a, both.b
        return in_units(
            *rows_ab, window, unit_us, tolerance_units, reference, categories=names, excluded=both.uncodable
        ).tally

    a, b = seen_from("a"), seen_from("b")
    first, second = np.array(a.cell, dtype=np.int64), np.array(b.cell, dtype=np.int64)
    size = len(names)
    cells = [cell // size * 2 * size + cell % size for cell in (first, second)]
    cells[1] += size * 2 * size + size
    return Tally(
        unit_us=unit_us,
        units=a.units,
        at=(*a.at, *b.at),
        cell=(*cells[0].tolist(), *cells[1].tolist()),
    )


def _mean_of_both(tables: Floats, size: int) -> Floats:
    mean: Floats = (kappa(tables[..., :size, :size]) + kappa(tables[..., size:, size:])) / 2
    return mean
