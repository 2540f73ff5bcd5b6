"""The numbers of an attempt: what was found of each code, and every tier against the targets of its scheme."""

from collections.abc import Mapping
from dataclasses import dataclass

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coder.desktop.agreement_table import AgreementTable
from coder.desktop.pieces import label
from coder.desktop.reliability_rows import rows_of
from coder.desktop.reliability_texts import DASH, interval_text, number_text, sentence
from coder.desktop.tables import Column, Rows
from coder.desktop.walk_cells import TallTable
from coder.language import grouped, later, tr
from coder.model.agreement import Agreement
from coder.model.scheme import Code, Scheme, Tier, TierKind
from coder.model.statistic import BIAS, F1, PRECISION, SENSITIVITY, SPECIFIC
from coder.model.training import Score


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code with what was made of it. seen: how often the master has it; found: by statistic."""

    tier: Tier
    code: Code
    seen: int
    found: Mapping[str, Agreement]


def code_rows(score: Score, scheme: Scheme) -> tuple[CodeRow, ...]:
    """Of each code that the master or the trainee has, in the scheme's order; ratings have no such rows."""
    by_code: dict[tuple[str, str], dict[str, Agreement]] = {}
    for one in score.agreements:
        if one.code is not None and not one.detail:
            by_code.setdefault((one.tier, one.code), {}).setdefault(one.statistic, one)
    return tuple(
        CodeRow(tier, code, score.seen.get((tier.id, code.id), 0), by_code.get((tier.id, code.id), {}))
        for tier in scheme.tiers
        if tier.kind is not TierKind.RATING
        for code in tier.codes
        if (tier.id, code.id) in by_code and not _absent(by_code[tier.id, code.id], score, tier.id, code.id)
    )


def _absent(found: Mapping[str, Agreement], score: Score, tier: str, code: str) -> bool:
    """True if neither the master nor the trainee has it."""
    values = (found[name].estimate.value for name in (SENSITIVITY, PRECISION, F1, SPECIFIC) if name in found)
    return not score.seen.get((tier, code), 0) and all(value is None for value in values)


def _of(*statistics: str) -> "Column[CodeRow]":
    """A column of the first of these statistics that a code has, with its limits below."""

    def one(row: CodeRow) -> Agreement | None:
        return next((row.found[name] for name in statistics if name in row.found), None)

    def text(row: CodeRow) -> str:
        found = one(row)
        if found is None:
            return DASH
        limits = interval_text(found.statistic, found.estimate)
        number = number_text(found.statistic, found.estimate.value)
        return f"{number}\n{limits}" if limits else number

    def tip(row: CodeRow) -> str:
        found = one(row)
        return sentence(found) if found is not None else ""

    return Column(_LABELS[statistics[0]], text, tip=tip, right=True, width_px=124, least_px=108)


_LABELS = {
    SENSITIVITY: later("Found"),
    PRECISION: later("Of yours right"),
    F1: later("F1"),
    BIAS: later("Later or earlier"),
}
CODE_COLUMNS: tuple[Column[CodeRow], ...] = (
    Column(later("Code and tier"), lambda row: f"{row.code.label}\n{row.tier.label}", wide=True),
    Column(later("In the master"), lambda row: grouped(row.seen), right=True, width_px=84),
    _of(SENSITIVITY),
    _of(PRECISION),
    _of(F1, SPECIFIC),
)
_BIAS_COLUMN = _of(BIAS)


class NumbersPage(QWidget):
    """Codes on the left, tiers on the right; of the chosen line all of it in words below."""

    def __init__(self, score: Score, scheme: Scheme) -> None:
        super().__init__()
        found = code_rows(score, scheme)
        timed = any(BIAS in row.found for row in found)
        columns = (*CODE_COLUMNS, _BIAS_COLUMN) if timed else CODE_COLUMNS
        self.codes = TallTable(Rows[CodeRow](columns, self), tr("Numbers by code"))
        self.codes.lines.show(found)
        self.tiers = AgreementTable(tr("Numbers by tier"))
        self.tiers.show_rows(rows_of(scheme, score.agreements, master=True))
        self.line = label("", wrap=True)
        self._lay_out()
        self.tiers.chosen.connect(lambda _row: self._tell())
        self.tiers.choose(0)

    def _tell(self) -> None:
        row = self.tiers.chosen_row
        self.line.setText(sentence(row.agreement) if row is not None and row.agreement is not None else "")

    def _lay_out(self) -> None:
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.codes, 1)
        both.addWidget(self.tiers, 1)
        if not self.codes.lines.rows:
            self.codes.hide()
        self.line.setMinimumHeight(2 * self.line.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(label(tr("A is the master, B is you."), "muted"))
        column.addLayout(both, 1)
        column.addWidget(self.line)
