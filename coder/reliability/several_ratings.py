"""Three and more coders who rated the same sessions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from coder.model.agreement import Agreement, Estimate, Several, Tally
from coder.model.coding import CodingPass
from coder.model.scheme import NOT_RATED, Tier
from coder.model.statistic import ALPHA, ICC, ICC_ONE_WAY
from coder.model.time import SECOND_US, Span
from coder.reliability.alpha import krippendorff_alpha
from coder.reliability.estimates import value_estimate
from coder.reliability.intraclass import icc
from coder.reliability.tier_ratings import rating_of, ratings_of
from coder.reliability.words import RATINGS

_Row = list[float | None]


def several_ratings(
    sessions: Sequence[Mapping[str, CodingPass]], tier: Tier, names: Sequence[str]
) -> Iterator[Several]:
    """One `Several`: ordinal alpha and ICC of all items together, then of each item; the pairs by ICC(A,1).

    ICC(A,1) takes segments that every coder rated, ICC(1) and alpha take all. Their intervals take segments as
    independent.
    """
    rated = {item: [_segments(one, tier, item, names) for one in sessions] for item in _items(tier)}
    agreements: list[Agreement] = []
    for code, items in ((None, list(rated)), *((item, [item]) for item in rated)):
        values = [row for item in items for session in rated[item] for row in session]
        agreements += _agreements(tier, code, values, len(sessions))
    pairwise = {}
    for i, j in combinations(range(len(names)), 2):
        tallies = [_tally(rated, session, i, j) for session in range(len(sessions))]
        pairwise[i, j] = value_estimate(ICC, tallies, RATINGS)
    matrix = tuple(
        tuple(pairwise.get((min(i, j), max(i, j))) for j in range(len(names))) for i in range(len(names))
    )
    yield Several(tier.id, tuple(names), len(sessions), tuple(agreements), ICC, matrix)


def _items(tier: Tier) -> list[str]:
    return [code.id for code in tier.codes]


def _segments(session: Mapping[str, CodingPass], tier: Tier, item: str, names: Sequence[str]) -> list[_Row]:
    """What each coder gave an item of each segment; segments are one if they share most of the time."""
    scale = ratings_of(tier)
    spans: list[Span] = []
    found: list[_Row] = []
    for place, name in enumerate(names):
        for event in session[name].row(tier.id) if name in session else ():
            value = rating_of(event, scale)
            if event.code != item or value in ("", NOT_RATED):
                continue
            at = next((at for at, span in enumerate(spans) if _same(span, event.span)), len(spans))
            if at == len(spans):
                spans.append(event.span)
                found.append([None] * len(names))
            found[at][place] = float(value)
    return found


def _same(one: Span, other: Span) -> bool:
    shared = one.intersection(other)
    return shared is not None and 2 * shared.duration_us > max(one.duration_us, other.duration_us)


def _agreements(tier: Tier, code: str | None, values: Sequence[_Row], sessions: int) -> Iterator[Agreement]:
    forms = icc(values)
    estimates: dict[str, Estimate] = {
        ALPHA: krippendorff_alpha(values, "ordinal"),
        ICC: forms[ICC],
        ICC_ONE_WAY: forms[ICC_ONE_WAY],
    }
    counts = {"sessions": sessions, "ratings": sum(value is not None for row in values for value in row)}
    for statistic, found in estimates.items():
        method = f"{found.method}, {RATINGS} taken as independent" if found.method else ""
        note = (
            f"Over all items together. {found.note}".strip()
            if code is None and found.value is not None
            else found.note
        )
        shown = Estimate(**{name: getattr(found, name) for name in Estimate.__dataclass_fields__})
        shown = replace(shown, method=method, note=note)
        yield Agreement(statistic=statistic, tier=tier.id, unit=RATINGS, estimate=shown, code=code, counts=counts)


def _tally(rated: Mapping[str, Sequence[Sequence[_Row]]], session: int, i: int, j: int) -> Tally:
    rows = [row for of_item in rated.values() for row in of_item[session]]
    both = tuple((row[i], row[j]) for row in rows)
    values = tuple((a, b) for a, b in both if a is not None and b is not None)
    return Tally(unit_us=SECOND_US, units=0, at=(), cell=(), values=values)
