"""Ratings of two coders: item by item, and all items of a tier together.

What is rated is a segment of a session. The interval takes segments as independent only where each session gave
one, or fewer than three sessions were rated; else it is a jackknife over sessions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.model.agreement import Agreement, Tally
from coder.model.coding import CodingPass, Event
from coder.model.scheme import NOT_RATED, RATING, Tier
from coder.model.statistic import (
    AC2,
    ALPHA,
    EXACT,
    ICC,
    ICC_ONE_WAY,
    KAPPA,
    MEAN_DIFFERENCE,
    WEIGHTED_KAPPA,
    WITHIN_ONE,
)
from coder.model.time import SECOND_US, Span
from coder.reliability.agreements import Maker, shared_counts
from coder.reliability.linking import linked
from coder.reliability.words import RATINGS

_OF_RATINGS = (ICC, ICC_ONE_WAY, WEIGHTED_KAPPA, ALPHA, AC2, EXACT, WITHIN_ONE, MEAN_DIFFERENCE)

Rated = tuple[Event | None, Event | None]


def of_ratings(make: Maker, pass_a: CodingPass, pass_b: CodingPass) -> Iterator[Agreement]:
    """Every agreement of one tier of ratings of one session: of all its items, then of each.

    ICC(A,1) is for coders who both rated every session, ICC(1) where they are not the same two in each. Weighted
    kappa and AC2 have quadratic weights, alpha is that for ordered categories, the mean difference is B - A.
    """
    both = make.both
    # of ratings "kappa" is the weighted one: plain kappa would take 1 and 7 for no further apart than 1 and 2
    targets = (
        replace(target, statistic=WEIGHTED_KAPPA) if target.statistic == KAPPA else target
        for target in both.tier.targets
    )
    make = replace(make, targets=tuple(targets))
    names = ratings_of(both.tier)
    pairs = [*rated_pairs(pass_a, pass_b, both.tier, both.window)]
    of_item = {
        item: [pair for pair in pairs if _item(pair) == item] for item in (code.id for code in both.tier.codes)
    }
    whole, counts = _counted(make, pairs, names)
    counts["items"] = len(of_item)
    for statistic in _OF_RATINGS:
        yield make(statistic, whole, counts, names=names, unit=RATINGS)
    counted = {item: _counted(make, found, names) for item, found in of_item.items()}
    for statistic in _OF_RATINGS:
        for item, (tally, of_one) in counted.items():
            yield make(statistic, tally, of_one, names=names, unit=RATINGS, code=item)


def rated_pairs(pass_a: CodingPass, pass_b: CodingPass, tier: Tier, window: Span) -> Iterator[Rated]:
    """Each item of each segment that either coder rated, with what each has; item by item.

    Segments of two coders are the same one if they share the most time.
    """
    for code in tier.codes:
        a, b = (
            [one for one in coding.row(tier.id) if one.code == code.id and one.span.overlaps(window)]
            for coding in (pass_a, pass_b)
        )
        links = linked(*([(one.code, one.onset_us, one.offset_us) for one in row] for row in (a, b)))
        yield from ((a[i], b[j]) for i, j in links)
        paired_a, paired_b = {i for i, _ in links}, {j for _, j in links}
        yield from ((one, None) for i, one in enumerate(a) if i not in paired_a)
        yield from ((None, one) for j, one in enumerate(b) if j not in paired_b)


def rating_of(event: Event | None, names: Sequence[str]) -> str:
    """The rating, if it is a number of the scale; `NOT_RATED`, or "" if there is none."""
    value = "" if event is None else event.modifier(RATING) or ""
    return value if value in names or value == NOT_RATED else ""


def _item(pair: Rated) -> str:
    return next(event.code for event in pair if event is not None)


def ratings_of(tier: Tier) -> tuple[str, ...]:
    """The numbers of the scale, in order."""
    scale = tier.scale
    return () if scale is None else tuple(str(number) for number in range(scale.low, scale.high + 1))


def _counted(make: Maker, pairs: Sequence[Rated], names: Sequence[str]) -> tuple[Tally, dict[str, float]]:
    place = {name: at for at, name in enumerate(names)}
    both, given = make.both, [(pair, tuple(rating_of(event, names) for event in pair)) for pair in pairs]
    compared = [(pair, values) for pair, values in given if all(value in place for value in values)]
    tally = Tally(
        unit_us=SECOND_US,
        units=-(-both.window.duration_us // SECOND_US),
        at=tuple(max(_onset_us(pair) - both.window.start_us, 0) // SECOND_US for pair, _ in compared),
        cell=tuple(place[a] * len(names) + place[b] for _, (a, b) in compared),
        values=tuple((float(a), float(b)) for _, (a, b) in compared),
    )
    others = [sorted(values) for _, values in given if not all(value in place for value in values)]
    counts = shared_counts(both) | {
        "rated": len(compared),
        "one_not_rated": sum(
            NOT_RATED in values and (values[0] in place or values[1] in place) for values in others
        ),
        "both_not_rated": others.count([NOT_RATED, NOT_RATED]),
        "one_missing": sum("" in values for values in others),
    }
    return tally, counts


def _onset_us(pair: Rated) -> int:
    return min(event.onset_us for event in pair if event is not None)
