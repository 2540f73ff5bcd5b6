"""The rows of the tables about one session: what to look at again, and both coders' time budgets."""

from dataclasses import dataclass

from coder.model.budget import CodeBudget, TimeBudget
from coder.model.disagreement import Disagreement, DisagreementKind, Settlement, Verdict
from coder.model.scheme import Modifier, Scheme
from coder.model.time import clock
from coder.report import words
from coder.report.data import SessionPart

LISTED = 20


@dataclass(frozen=True)
class DisagreementRow:
    """One moment to look at again."""

    at: str
    length: str
    tier: str
    a: str
    b: str
    kind: str
    settled: str


@dataclass(frozen=True)
class BudgetRow:
    """One code in both coders' budgets: share or rate, count, mean and longest bout of A, then of B."""

    code: str
    a: tuple[str, str, str, str]
    b: tuple[str, str, str, str]


@dataclass(frozen=True)
class BudgetTable:
    """One tier in both coders' budgets. notes: time left out or left open, in words."""

    label: str
    is_point: bool
    rows: tuple[BudgetRow, ...]
    notes: str


_KINDS = {
    DisagreementKind.CODE: "different codes",
    DisagreementKind.EARLY: "same change, {b} earlier",
    DisagreementKind.LATE: "same change, {b} later",
    DisagreementKind.MODIFIER: "other detail",
    DisagreementKind.RATING: "other rating",
    DisagreementKind.MISSED: "only {a}",
    DisagreementKind.EXTRA: "only {b}",
}
VERDICTS = {
    Verdict.A: "{a} is right",
    Verdict.B: "{b} is right",
    Verdict.EITHER: "both are right",
    Verdict.NEITHER: "neither is right",
    Verdict.UNCLEAR: "the scheme does not say",
    Verdict.UNKNOWN: "the film does not show",
}


def disagreement_rows(part: SessionPart, scheme: Scheme) -> tuple[DisagreementRow, ...]:
    """The largest disagreements of a session, at most LISTED."""
    return tuple(_disagreement_row(one, part, scheme) for one in part.disagreements[:LISTED])


def _disagreement_row(one: Disagreement, part: SessionPart, scheme: Scheme) -> DisagreementRow:
    a, b = (_given(one, code, value, scheme) for code, value in _sides(one))
    kind = _KINDS[one.kind].format(a=part.a.coder, b=part.b.coder)
    if one.kind is DisagreementKind.RATING and one.apart:
        kind = f"{abs(one.apart)} point{'s' if abs(one.apart) > 1 else ''} apart"
    return DisagreementRow(
        clock(one.span.start_us),
        "a moment" if one.span.is_moment else words.duration(one.span.duration_us),
        scheme.tier(one.tier).label,
        a,
        b,
        kind,
        settled_words(part.settled.get(one.key), part.a.coder, part.b.coder),
    )


def settled_words(settled: Settlement | None, a: str, b: str) -> str:
    """What was decided, with the coders' names; "" for nothing."""
    return "" if settled is None or settled.verdict is None else VERDICTS[settled.verdict].format(a=a, b=b)


def _sides(one: Disagreement) -> tuple[tuple[str | None, str], tuple[str | None, str]]:
    return (one.code_a, one.value_a), (one.code_b, one.value_b)


def _given(one: Disagreement, code: str | None, value: str, scheme: Scheme) -> str:
    """What one coder has there: the code, and where the two differ in a detail or rating, that."""
    if code is None:
        return "nothing"
    label = scheme.code(one.tier, code).label
    if one.kind is DisagreementKind.RATING:
        return f"{label}: {value or 'not rated'}"
    if one.kind is DisagreementKind.MODIFIER:
        return f"{label}: {_options(one, code, value, scheme)}"
    return label


def _options(one: Disagreement, code: str, value: str, scheme: Scheme) -> str:
    """The labels of what was chosen for a detail."""
    asked: tuple[Modifier, ...] = scheme.code(one.tier, code).modifiers
    labels = {option.id: option.label for known in asked if known.id == one.detail for option in known.options}
    return ", ".join(labels.get(each, each) for each in value.split(",")) if value else "nothing chosen"


def budget_tables(part: SessionPart, scheme: Scheme) -> tuple[BudgetTable, ...]:
    """Both coders' budgets side by side, tier by tier."""
    return tuple(
        _budget_table(a, b, part, scheme) for a, b in zip(part.a.budgets, part.b.budgets, strict=True) if a.codes
    )


def _budget_table(a: TimeBudget, b: TimeBudget, part: SessionPart, scheme: Scheme) -> BudgetTable:
    is_point = all(code.total_us is None for code in a.codes)
    notes = []
    for who, budget in ((part.a.coder, a), (part.b.coder, b)):
        lost_us = budget.window.duration_us - budget.codable_us
        if lost_us:
            notes.append(f"{who}: {words.duration(lost_us)} not codable, left out.")
        if budget.uncoded_us:
            notes.append(f"{who}: {words.duration(budget.uncoded_us)} without a code.")
    rows = tuple(
        BudgetRow(_budget_name(mine.code, a, scheme), _budget_cells(mine), _budget_cells(theirs))
        for mine, theirs in zip(a.codes, b.codes, strict=True)
    )
    return BudgetTable(a.label, is_point, rows, " ".join(notes))


def _budget_name(code: str, budget: TimeBudget, scheme: Scheme) -> str:
    return scheme.code(budget.name, code).label if scheme.has_tier(budget.name) else budget.label


def _budget_cells(code: CodeBudget) -> tuple[str, str, str, str]:
    if code.total_us is None:
        rate = "no codable time" if code.per_minute is None else f"{code.per_minute:.1f}"
        return rate, words.count(code.count), "", ""
    mean, longest = (
        "–" if length is None else words.duration(length) for length in (code.mean_us, code.longest_us)
    )
    return words.share_or_words(code.share, "no codable time"), words.count(code.count), mean, longest
