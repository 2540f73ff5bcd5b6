"""The lines of the table of agreement: per tier its headline statistics, then each of its codes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from coder.desktop.reliability_texts import WORST_FIRST, Standing, standing
from coder.desktop.reliability_words import said, statistic_name
from coder.language import tr
from coder.model.agreement import Agreement
from coder.model.scheme import RATING, Scheme, Tier, TierKind
from coder.model.statistic import (
    ACCURACY,
    AGREEMENT,
    BIAS,
    EVENT_KAPPA,
    EXACT,
    F1,
    ICC,
    ICC_ONE_WAY,
    KAPPA,
    MEAN_DIFFERENCE,
    MEDIAN_LAG,
    PRECISION,
    SENSITIVITY,
    SPECIFIC,
    TIME_UNIT_KAPPA,
    WITHIN_ONE,
)

HEADLINES = {
    TierKind.STATE: (TIME_UNIT_KAPPA, EVENT_KAPPA, ACCURACY, AGREEMENT, BIAS),
    TierKind.INTERVAL: (TIME_UNIT_KAPPA, ACCURACY, AGREEMENT),
    TierKind.POINT: (F1, BIAS, MEDIAN_LAG),
    TierKind.RATING: (ICC, ICC_ONE_WAY, EXACT, WITHIN_ONE, MEAN_DIFFERENCE),
}
"""What is shown of a tier at once, in this order; all else is shown on demand, and what has a target always."""
AGAINST_MASTER = (SENSITIVITY, PRECISION)
OF_A_CODE = (F1, TIME_UNIT_KAPPA, SPECIFIC, ICC, WITHIN_ONE)
OF_A_DETAIL = (KAPPA, ACCURACY, AGREEMENT)


class Depth(Enum):
    """How deep a line stands: a tier, what is said of it, one of its codes."""

    TIER = 0
    STATISTIC = 1
    HEAD = 2
    CODE = 3


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One line. agreement: None for a heading. worst: of a tier, how the worst of its lines stands.

    place: a code's place among the codes of its tier, for its colour; -1 for none.
    """

    depth: Depth
    tier: Tier
    label: str
    agreement: Agreement | None = None
    worst: Standing | None = None
    place: int = -1

    @property
    def stands(self) -> Standing | None:
        """How the line stands against its target; None for a heading without one."""
        return standing(self.agreement) if self.agreement is not None else self.worst


def rows_of(scheme: Scheme, agreements: Sequence[Agreement], *, master: bool = False) -> tuple[AgreementRow, ...]:
    """The lines of a scheme's agreements, tier by tier in the scheme's order.

    master: A is what was agreed on, so that events missed and added mean something each.
    """
    by_tier: dict[str, list[Agreement]] = defaultdict(list)
    for one in agreements:
        by_tier[one.tier].append(one)
    return tuple(row for tier in scheme.tiers for row in _of_tier(scheme, tier, by_tier[tier.id], master))


def all_numbers(agreements: Sequence[Agreement], row: AgreementRow) -> tuple[Agreement, ...]:
    """Every statistic of a line's code or detail, or of the tier as a whole; of a heading all of its tier."""
    mine = [one for one in agreements if one.tier == row.tier.id]
    one = row.agreement
    if one is None:
        return tuple(mine)
    return tuple(each for each in mine if (each.code, each.detail) == (one.code, one.detail))


def table_of(agreements: Sequence[Agreement], row: AgreementRow) -> Agreement | None:
    """The agreement whose confusion table is shown for a line: its own, else the first of its tier."""
    if row.agreement is not None and _has_table(row.agreement):
        return row.agreement
    mine = [one for one in agreements if one.tier == row.tier.id and _has_table(one) and not one.detail]
    return next((one for one in mine if one.code is None), mine[0] if mine else None)


def detail_label(scheme: Scheme, tier: Tier, detail: str) -> str:
    """What a detail of a tier's codes is called; its id if the scheme has no such detail."""
    link = scheme.link_of(tier.id)
    named = [modifier for code in tier.codes for modifier in code.modifiers]
    named += list(link.details) if link is not None else []
    return next((one.label for one in named if one.id == detail), detail)


def _of_tier(scheme: Scheme, tier: Tier, agreements: Sequence[Agreement], master: bool) -> Iterator[AgreementRow]:
    if not agreements:
        return
    lines = [
        *_statistics(tier, agreements, master),
        *_codes(tier, agreements),
        *_details(scheme, tier, agreements),
    ]
    stand = [row.stands for row in lines if row.stands is not None]
    worst = min(stand, key=WORST_FIRST.index, default=None)
    yield AgreementRow(Depth.TIER, tier, tier.label, worst=worst)
    yield from lines


def _statistics(tier: Tier, agreements: Sequence[Agreement], master: bool) -> Iterator[AgreementRow]:
    """The headline statistics of the whole tier, then whatever else has a target."""
    whole = [one for one in agreements if one.code is None and not one.detail]
    wanted = (*HEADLINES[tier.kind], *(AGAINST_MASTER if master else ()))
    first: dict[str, Agreement] = {}
    for one in whole:
        first.setdefault(one.statistic, one)
    shown = [first[name] for name in wanted if name in first]
    shown += [one for one in whole if one.target is not None and one not in shown]
    for one in shown:
        yield AgreementRow(Depth.STATISTIC, tier, _named(one, whole), one)


def _named(one: Agreement, others: Sequence[Agreement]) -> str:
    """A statistic's name, and its unit if it is there in several."""
    name = statistic_name(one.statistic)
    several = sum(other.statistic == one.statistic for other in others) > 1
    return f"{name}, {said(one.unit)}" if several else name


def _codes(tier: Tier, agreements: Sequence[Agreement]) -> Iterator[AgreementRow]:
    places = {code.id: at for at, code in enumerate(one for one in tier.codes if not one.uncodable)}
    by_code = [one for one in agreements if one.code is not None and not one.detail]
    with_target = [one.statistic for one in by_code if one.target is not None]
    wanted = (SPECIFIC,) if tier.exclusive and tier.kind is not TierKind.POINT else OF_A_CODE
    for statistic in dict.fromkeys((*wanted, *with_target)):
        mine = {one.code: one for one in reversed(by_code) if one.statistic == statistic}
        if not mine:
            continue
        yield AgreementRow(Depth.HEAD, tier, _each(tier, statistic))
        for code in tier.codes:
            if code.id in mine:
                yield AgreementRow(Depth.CODE, tier, code.label, mine[code.id], place=places.get(code.id, -1))


def _each(tier: Tier, statistic: str) -> str:
    name = statistic_name(statistic)
    if tier.kind is TierKind.RATING:
        return tr("{statistic}, item by item", statistic=name)
    return tr("{statistic}, code by code", statistic=name)


def _details(scheme: Scheme, tier: Tier, agreements: Sequence[Agreement]) -> Iterator[AgreementRow]:
    """Agreement on details of matched events: modifiers, and outcomes of links."""
    of_details = [one for one in agreements if one.detail and one.detail != RATING and one.code is None]
    for statistic in OF_A_DETAIL:
        mine = [one for one in of_details if one.statistic == statistic]
        wanted = [one for one in mine if statistic == KAPPA or one.target is not None]
        if wanted:
            name = statistic_name(statistic)
            yield AgreementRow(Depth.HEAD, tier, tr("{statistic}, details of matched events", statistic=name))
            for one in wanted:
                yield AgreementRow(Depth.CODE, tier, detail_label(scheme, tier, one.detail), one)


def _has_table(one: Agreement) -> bool:
    return one.confusion is not None and any(any(row) for row in one.confusion.table)
