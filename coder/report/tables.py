"""The rows of the tables of agreement, every cell already in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coder.model.agreement import Agreement, Confusion, Estimate, Status
from coder.model.scheme import Tier, TierKind
from coder.model.statistic import (
    ACCURACY,
    AGREEMENT,
    BIAS,
    EVENT_KAPPA,
    F1,
    MEDIAN_LAG,
    SPECIFIC,
)
from coder.report import statistic_words, words

NO_PARTNER = "no partner"
_OUTSIDE_THE_CODES = {"—": NO_PARTNER, "other": "not given"}


@dataclass(frozen=True)
class Cell:
    """An estimate in words. value: as printed, or "" where it is undefined; then `why` stands in its place.

    weak: there is a value, but too little behind it.
    """

    value: str
    limits: str
    approximate: bool
    why: str
    weak: bool = False


@dataclass(frozen=True)
class TierRow:
    """One line of the tables of agreement, for one tier and time unit."""

    tier: str
    unit: str
    headline: Cell
    event_kappa: Cell | None
    accuracy: Cell | None
    agreed: str
    bias: Cell | None
    later: str
    lag: str
    n: str
    counted: str
    uncodable: str
    target: str
    verdict: str
    verdict_words: str


@dataclass(frozen=True)
class CodeRow:
    """What both coders gave one code."""

    code: str
    a: str
    b: str
    both: str
    estimate: Cell
    verdict: str
    verdict_words: str


@dataclass(frozen=True)
class HeatCell:
    """One cell of a confusion table. heat: 0 … 1, its share of its row's total."""

    count: str
    heat: float
    agreed: bool
    empty: bool


@dataclass(frozen=True)
class Heat:
    """A confusion table. names: the columns; rows: (name, cells, total)."""

    unit: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...], str], ...]
    totals: tuple[str, ...]


@dataclass(frozen=True)
class TierDetail:
    """Everything about one tier."""

    id: str
    label: str
    is_point: bool
    heat: Heat | None
    codes: tuple[CodeRow, ...]


def find(
    agreements: Sequence[Agreement], statistic: str, tier: str, code: str | None = None, unit: str | None = None
) -> Agreement | None:
    """The agreement with that statistic, tier, code and, if asked for, unit."""
    for one in agreements:
        if (one.statistic, one.tier, one.code, one.detail) == (statistic, tier, code, "") and unit in (
            None,
            one.unit,
        ):
            return one
    return None


def cell(agreement: Agreement) -> Cell:
    """An estimate in words."""
    return estimate_cell(agreement.estimate, statistic_words.printed(agreement))


def estimate_cell(found: Estimate, how: statistic_words.Printed) -> Cell:
    """The same for an estimate that stands alone."""
    if found.value is None:
        return Cell("", "", False, found.sentence)
    value, between = statistic_words.value(found, how), statistic_words.limits(found, how)
    return Cell(value, between, words.is_approximate(found), found.sentence, found.status is not Status.OK)


def headlines(agreements: Sequence[Agreement], tier: Tier) -> list[Agreement]:
    """The agreements that stand for a tier: one for each time unit; where codes may overlap, one for each code."""
    overlapping = tier.kind in (TierKind.STATE, TierKind.INTERVAL) and not tier.exclusive
    for statistic in statistic_words.stands_for(tier.kind):
        found = [
            one
            for one in agreements
            if (one.statistic, one.tier, one.detail) == (statistic, tier.id, "")
            and (one.code is None or overlapping)
        ]
        if found:
            return found
    return []


def judged(agreements: Sequence[Agreement], tier: Tier, headline: Agreement) -> Agreement:
    """The agreement that has the target for a headline: itself, the accuracy or the event kappa of its tier."""
    unit = headline.unit
    beside = (find(agreements, ACCURACY, tier.id, unit=unit), find(agreements, EVENT_KAPPA, tier.id))
    return next((one for one in (headline, *beside) if one is not None and one.target is not None), headline)


def tier_row(agreements: Sequence[Agreement], tier: Tier, headline: Agreement, names: tuple[str, str]) -> TierRow:
    """One line of the tables of agreement. names: who A and B are."""
    unit, counts = headline.unit, headline.counts
    agreed, lag = find(agreements, AGREEMENT, tier.id, unit=unit), find(agreements, MEDIAN_LAG, tier.id)
    events, accuracy = find(agreements, EVENT_KAPPA, tier.id), find(agreements, ACCURACY, tier.id, unit=unit)
    once = headlines(agreements, tier)[0] is headline  # linked states have no unit of time
    bias = find(agreements, BIAS, tier.id)
    goal = judged(agreements, tier, headline)
    verdict, verdict_words = words.verdict(goal)
    of_code = f": {tier.code(headline.code).label}" if headline.code else ""
    window_s = counts.get("window_s", 0)
    return TierRow(
        tier=tier.label + of_code,
        unit=unit,
        headline=cell(headline),
        event_kappa=cell(events) if events and once else None,
        accuracy=cell(accuracy) if accuracy else None,
        agreed=words.percent(agreed.estimate.value) if agreed and agreed.estimate.value is not None else "",
        bias=cell(bias) if bias else None,
        later=words.later(bias.estimate, *names) if bias else "",
        lag=words.signed(lag.estimate.value) if lag and lag.estimate.value is not None else "",
        n=words.count(headline.estimate.n),
        counted=_counted(headline),
        uncodable=words.percent(counts.get("uncodable_s", 0) / window_s) if window_s else "",
        target="" if goal.target is None else f"{words.coefficient(goal.target)} for {goal.statistic}",
        verdict=verdict,
        verdict_words=verdict_words,
    )


def _counted(headline: Agreement) -> str:
    counts = headline.counts
    if headline.statistic == F1:
        parts = (counts.get(name, 0) for name in ("events_a", "events_b", "matched"))
        return "A {}, B {}, matched {}".format(*map(words.count, parts))
    left_out = counts.get("uncoded", 0)
    return f"{words.count(left_out)} left uncoded" if left_out else ""


def detail(agreements: Sequence[Agreement], tier: Tier) -> TierDetail | None:
    """The confusion table and the codes of a tier; None if nothing was compared on it."""
    found = headlines(agreements, tier)
    if not found or all(one.confusion is None for one in found):
        return None
    first = found[0]
    heat = _heat(first.confusion, first.unit, tier) if first.code is None and first.confusion is not None else None
    codes = [
        one
        for one in agreements
        if one.tier == tier.id and one.code and not one.detail and one.statistic in (SPECIFIC, F1)
    ]
    is_point = tier.kind is TierKind.POINT
    said = first.estimate.sentence
    return TierDetail(tier.id, tier.label, is_point, heat, tuple(_code_row(one, tier, said) for one in codes))


def _code_row(one: Agreement, tier: Tier, said: str) -> CodeRow:
    """said: what the tier's own line says already, not to be repeated on every code."""
    counts, label = one.counts, tier.code(one.code or "").label
    verdict, verdict_words = words.verdict(one)
    if tier.kind is TierKind.POINT:
        a, b, both = (words.count(counts[name]) for name in ("events_a", "events_b", "matched"))
    else:
        a, b, both = (words.seconds(counts[name]) for name in ("seconds_a", "seconds_b", "seconds_shared"))
    shown = cell(one)
    shown = replace(shown, why="") if shown.value and shown.why == said else shown
    return CodeRow(label, a, b, both, shown, verdict, verdict_words if one.target is not None else "")


def _heat(confusion: Confusion, unit: str, tier: Tier) -> Heat:
    names = tuple(_name(code, tier) for code in confusion.categories)
    rows = []
    for place, row in enumerate(confusion.table):
        total = sum(row)
        cells = tuple(
            HeatCell(_in_cell(number, names, place, column), number / (total or 1), place == column, number == 0)
            for column, number in enumerate(row)
        )
        rows.append((names[place], cells, words.count(total)))
    totals = tuple(words.count(sum(column)) for column in zip(*confusion.table, strict=True))
    return Heat(unit, names, tuple(rows), totals)


def _in_cell(number: float, names: Sequence[str], row: int, column: int) -> str:
    """Nobody can count what neither coder marked, so that cell stays empty."""
    return "" if names[row] == names[column] == NO_PARTNER else words.count(number)


def _name(code: str, tier: Tier) -> str:
    known = next((one.label for one in tier.codes if one.id == code), None)
    return known or _OUTSIDE_THE_CODES.get(code, code)
