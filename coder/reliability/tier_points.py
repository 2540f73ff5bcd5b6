"""Point events of two coders on one tier: matched, confused, or marked by one coder only."""

from collections.abc import Iterable, Iterator, Sequence

from coder.model.agreement import Agreement, Tally
from coder.model.statistic import F1
from coder.model.time import SECOND_US
from coder.reliability.agreements import agreement, shared_counts, tolerance_us
from coder.reliability.matched import Matching
from coder.reliability.matching import Point, match_points
from coder.reliability.rows import Rows
from coder.reliability.tier_states import NOBODY
from coder.reliability.timing import TIMING


def of_points(both: Rows) -> Iterator[Agreement]:
    """Every agreement of one tier of point events of one session."""
    points_a, points_b = both.codable_points()
    matching = match_points(points_a, points_b, tolerance_us(both.tier))
    names = (*both.categories, NOBODY)
    number = {name: place for place, name in enumerate(names)}
    nobody = number[NOBODY]
    found = [
        *((points_a[i][1], number[points_a[i][0]], number[points_b[j][0]]) for i, j in matching.pairs),
        *((points_a[i][1], number[points_a[i][0]], number[points_b[j][0]]) for i, j in matching.confusions),
        *((points_a[i][1], number[points_a[i][0]], nobody) for i in matching.only_a),
        *((points_b[j][1], nobody, number[points_b[j][0]]) for j in matching.only_b),
    ]
    found.sort()
    tally = Tally(
        unit_us=SECOND_US,
        units=-(-both.window.duration_us // SECOND_US),
        at=tuple((at_us - both.window.start_us) // SECOND_US for at_us, _, _ in found),
        cell=tuple(row * len(names) + column for _, row, column in found),
        lags_us=matching.lags_us,
    )
    shared = shared_counts(both)
    yield agreement(both, F1, names, tally, counts=shared | _events(matching, points_a, points_b))
    for statistic in TIMING:
        yield agreement(both, statistic, names, tally, counts=shared | {"matched": len(matching.pairs)})
    for code in both.categories:
        yield agreement(
            both, F1, names, tally, counts=shared | _events(matching, points_a, points_b, code), code=code
        )


def _events(
    matching: Matching, a: Sequence[Point], b: Sequence[Point], code: str | None = None
) -> dict[str, float]:
    """How many events, of one code or of all, each coder marked and how they were paired."""

    def count(row: Sequence[Point], places: Iterable[int]) -> int:
        return sum(code is None or row[place][0] == code for place in places)

    return {
        "events_a": count(a, range(len(a))),
        "events_b": count(b, range(len(b))),
        "matched": count(a, (i for i, _ in matching.pairs)),
        "confused_a": count(a, (i for i, _ in matching.confusions)),
        "confused_b": count(b, (j for _, j in matching.confusions)),
        "only_a": count(a, matching.only_a),
        "only_b": count(b, matching.only_b),
    }
