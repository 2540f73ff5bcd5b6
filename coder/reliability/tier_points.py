"""Point events of two coders on one tier: matched, confused, or marked by one coder only."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from coder.model.agreement import Agreement, Tally
from coder.model.statistic import F1, PRECISION, SENSITIVITY
from coder.model.time import SECOND_US
from coder.reliability.agreements import Maker, shared_counts
from coder.reliability.chance import CHANCE, chance_counts
from coder.reliability.matched import Matching
from coder.reliability.matching import Point
from coder.reliability.rows import Rows
from coder.reliability.timing import TIMING
from coder.reliability.words import NOBODY
from coder.reliability.yardsticks import tolerance_us

_MATCHED = (F1, SENSITIVITY, PRECISION)


def of_points(make: Maker) -> Iterator[Agreement]:
    """Every agreement of one tier of point events of one session: of the tier, then of each code.

    Sensitivity and precision are those of B against A: they are to be read so if A is a master.
    """
    both = make.both
    a, b = both.codable_points()
    matching = both.matching
    names = (*both.categories, NOBODY)
    tally = tally_of(both, a, b, matching)
    shared = shared_counts(both)
    unit = f"events within {tolerance_us(both.tier) / SECOND_US:g} s"
    events = _events(matching, a, b, both.categories)
    for statistic in _MATCHED:
        yield make(statistic, tally, {**shared, **events[None]}, names=names, unit=unit)
    yield from _by_chance(make, a, b, matching, unit)
    for statistic in TIMING:
        yield make(statistic, tally, {**shared, "matched": len(matching.pairs)}, unit="s")
    for statistic in _MATCHED:
        for code in both.categories:
            yield make(statistic, tally, {**shared, **events[code]}, names=names, unit=unit, code=code)


def tally_of(both: Rows, a: Sequence[Point], b: Sequence[Point], matching: Matching) -> Tally:
    """The counts of one session's matched events; the last row and column are `NOBODY`."""
    number = {name: place for place, name in enumerate((*both.categories, NOBODY))}
    nobody = number[NOBODY]
    found = [
        *(
            (min(a[i][1], b[j][1]), number[a[i][0]], number[b[j][0]])
            for i, j in (*matching.pairs, *matching.confusions)
        ),
        *((a[i][1], number[a[i][0]], nobody) for i in matching.only_a),
        *((b[j][1], nobody, number[b[j][0]]) for j in matching.only_b),
    ]
    found.sort()
    return Tally(
        unit_us=SECOND_US,
        units=-(-both.window.duration_us // SECOND_US),
        at=tuple((at_us - both.window.start_us) // SECOND_US for at_us, _, _ in found),
        cell=tuple(row * len(number) + column for _, row, column in found),
        lags_us=matching.lags_us,
    )


def _by_chance(
    make: Maker, a: Sequence[Point], b: Sequence[Point], matching: Matching, unit: str
) -> Iterator[Agreement]:
    both = make.both
    codable_us = both.window.duration_us - both.uncodable_us
    rows = (on_codable_time(both, a), on_codable_time(both, b))
    found = chance_counts(*rows, len(matching.pairs), codable_us, tolerance_us(both.tier))
    nothing = Tally(unit_us=SECOND_US, units=0, at=(), cell=())
    for statistic in CHANCE:
        yield make(statistic, nothing, {**shared_counts(both), **found}, unit=unit)


def on_codable_time(both: Rows, row: Sequence[Point]) -> list[Point]:
    """The same points with times counted from the start of the window, with uncodable time taken out."""
    starts, lost = [start for start, _ in both.uncodable], [0]
    for start, end in both.uncodable:
        lost.append(lost[-1] + end - start)
    return [(code, at - both.window.start_us - lost[bisect_right(starts, at)]) for code, at in row]


def _events(
    matching: Matching, a: Sequence[Point], b: Sequence[Point], codes: Sequence[str]
) -> dict[str | None, dict[str, float]]:
    """Code, and None for all -> how many events each coder marked and how they were paired."""
    groups = {
        "events_a": [code for code, _ in a],
        "events_b": [code for code, _ in b],
        "matched": [a[i][0] for i, _ in matching.pairs],
        "confused_a": [a[i][0] for i, _ in matching.confusions],
        "confused_b": [b[j][0] for _, j in matching.confusions],
        "only_a": [a[i][0] for i in matching.only_a],
        "only_b": [b[j][0] for j in matching.only_b],
    }
    counted = {name: Counter(found) for name, found in groups.items()}
    of_all: dict[str, float] = {name: len(found) for name, found in groups.items()}
    return {None: of_all} | {code: {name: each[code] for name, each in counted.items()} for code in codes}
