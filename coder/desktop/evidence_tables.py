"""The tables of the page of evidence: what was seen, what rules found, pass by pass, by code, by two coders."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import QModelIndex, QRectF
from PyQt6.QtGui import QPainter
from PyQt6.QtWidgets import QStyleOptionViewItem, QWidget

from coder.annotate.view.signal_names import feature_name
from coder.desktop.agreement_table import LowTable
from coder.desktop.evidence_texts import (
    DASH,
    expected_text,
    lag_text,
    limits_text,
    of_all,
    p_text,
    plain,
    signed,
    silence_short,
    silence_text,
)
from coder.desktop.evidence_words import seen_sentence
from coder.desktop.evidence_work import PartRow, RuleRow, SeenRow
from coder.desktop.look import scaled
from coder.desktop.share_bar import paint_share
from coder.desktop.tables import CELL_PX, Column, Rows, Table
from coder.desktop.walk_cells import TWO_LINES_PX, TwoLines
from coder.desktop.wording import share_text
from coder.language import grouped, later, plural, tr
from coder.model.evidence import CodeCoverage, Contrast, FeatureErrors, Figure, Silence
from coder.model.time import SECOND_US

_GAP = "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Bar:
    """What a cell draws. chance, top: of shifted time."""

    figure: Figure
    chance: float | None = None
    top: float | None = None


class BarDelegate(TwoLines):
    """Cells of one or two lines, and in one column a share as a bar."""

    def __init__(self, parent: QWidget, column: int, bar: Callable[[Any], Bar | None]) -> None:
        super().__init__(parent)
        self._column, self._bar = column, bar

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """One cell."""
        model = index.model()
        if painter is None or index.column() != self._column or not isinstance(model, Rows):
            super().paint(painter, option, index)
            return
        self._paint_bare(painter, option, index)
        bar = self._bar(model.rows[index.row()])
        if bar is not None:
            cell = QRectF(option.rect).adjusted(CELL_PX, 0, -CELL_PX, 0)
            cell.setHeight(min(cell.height(), 29.0))
            cell.moveCenter(QRectF(option.rect).center())
            paint_share(painter, cell, bar.figure, chance=bar.chance, top=bar.top)


class RulesTable(Table):
    """What each rule found over the chosen passes; two lines a row."""

    def __init__(self, name: str) -> None:
        super().__init__(Rows[RuleRow](RULE_COLUMNS), name)
        self.lines.setParent(self)
        self.setItemDelegate(BarDelegate(self, RULE_BAR, rule_bar))

    def _shape(self, model: Rows[Any]) -> None:
        super()._shape(model)
        rows = self.verticalHeader()
        if rows is not None:
            rows.setDefaultSectionSize(scaled(TWO_LINES_PX))

    @property
    def chosen_row(self) -> RuleRow | None:
        """The chosen line."""
        rows = self.lines.rows
        row = rows[self.row] if 0 <= self.row < len(rows) else None
        return row if isinstance(row, RuleRow) else None


class BarTable(LowTable):
    """A table of low rows with a share as a bar in one column."""

    def __init__(self, model: Rows[Any], name: str, column: int, bar: Callable[[Any], Bar | None]) -> None:
        super().__init__(model, name)
        self.setItemDelegate(BarDelegate(self, column, bar))


def rule_bar(row: RuleRow) -> Bar | None:
    """The share of events that are as the rule expects, and the mean of shifted time."""
    return Bar(row.sum.share, row.sum.baseline) if row.why is Silence.SPEAKS else None


def part_bar(row: PartRow) -> Bar | None:
    """The same of one pass, with the 95th percentile."""
    one = row.concordance
    return Bar(one.share, one.chance.mean, one.chance.top) if one.why is Silence.SPEAKS else None


def error_bar(one: FeatureErrors) -> Bar | None:
    """How often a signal was found wrong."""
    return Bar(one.rate) if one.judged else None


def gap_text(row: SeenRow) -> str:
    """`10.0 s`."""
    return DASH if row.coverage is None else f"{row.coverage.longest_gap_us / SECOND_US:.1f}{_GAP}s"


def _seen_text(row: SeenRow, name: str) -> str:
    return share_text(getattr(row.coverage, name)) if row.coverage is not None else DASH


def _seen_tip(row: SeenRow) -> str:
    return seen_sentence(row)


def _gap_tip(row: SeenRow) -> str:
    return tr("The longest stretch without both faces: {length}", length=gap_text(row))


def _asked_tip(row: SeenRow) -> str:
    return plural("{count} open question", "{count} open questions", row.asked)


SEEN_COLUMNS: tuple[Column[SeenRow], ...] = (
    Column(later("Session"), lambda row: row.name, tip=lambda row: row.name, wide=True),
    Column(later("Child"), lambda row: _seen_text(row, "child"), right=True, width_px=66, least_px=54),
    Column(later("Parent"), lambda row: _seen_text(row, "parent"), right=True, width_px=66, least_px=54),
    Column(
        later("Both"),
        lambda row: _seen_text(row, "both"),
        tone=lambda row: "warning" if row.silent else "",
        tip=_seen_tip,
        right=True,
        width_px=76,
        least_px=60,
    ),
    Column(
        later("Heads"),
        lambda row: _seen_text(row, "both_heads"),
        tip=_seen_tip,
        right=True,
        width_px=66,
        least_px=54,
    ),
    Column(later("Gap"), gap_text, tip=_gap_tip, right=True, width_px=76, least_px=60),
    Column(later("Open"), lambda row: grouped(row.asked), tip=_asked_tip, right=True, width_px=58, least_px=44),
)


def _rule_name(row: RuleRow) -> str:
    return f"{row.label}\n{feature_name(row.sum.rule.feature)}"


def _rule_tip(row: RuleRow) -> str:
    rule = row.sum.rule
    return "\n".join(
        part
        for part in (f"{row.label}: {feature_name(rule.feature)}", expected_text(rule), silence_text(row.why))
        if part
    )


def _consistent_text(row: RuleRow) -> str:
    """`27 of 33`, below it how many events there are in all."""
    if row.why is not Silence.SPEAKS:
        return silence_short(row.why)
    events = plural("{count} event in all", "{count} events in all", row.sum.events)
    return f"{of_all(row.sum.consistent, row.sum.covered)}\n{events}"


def _available_text(row: RuleRow) -> str:
    """What was never measured was not seen in 0 % of the time: nobody looked."""
    return DASH if row.why is Silence.UNMEASURED else share_text(row.sum.available)


def _wrong_text(row: RuleRow) -> str:
    if row.errors is None or not row.errors.judged:
        return DASH
    return of_all(row.errors.wrong, row.errors.judged)


def _wrong_tip(row: RuleRow) -> str:
    if row.errors is None or not row.errors.judged:
        return tr("Nobody has judged this feature in front of the film yet.")
    return tr("The feature was wrong in {wrong} of the judged moments.", wrong=_wrong_text(row))


RULE_COLUMNS: tuple[Column[RuleRow], ...] = (
    Column(later("Code and feature"), _rule_name, tip=_rule_tip, wide=True),
    Column(later("Seen"), _available_text, tip=_rule_tip, right=True, width_px=62, least_px=50),
    Column(
        later("Consistent"),
        _consistent_text,
        tone=lambda row: "" if row.why is Silence.SPEAKS else "muted",
        tip=_rule_tip,
        width_px=126,
        least_px=88,
    ),
    Column(
        later("95 % interval"),
        lambda row: limits_text(row.sum.share, share=True),
        tip=_rule_tip,
        width_px=124,
        least_px=84,
    ),
    Column(later("Wrong"), _wrong_text, tip=_wrong_tip, right=True, width_px=64, least_px=50),
)
RULE_BAR = 3


def _part_tip(row: PartRow) -> str:
    return silence_text(row.concordance.why) or row.name


def _part_share(row: PartRow) -> str:
    one = row.concordance
    return of_all(one.consistent, one.covered) if one.why is Silence.SPEAKS else silence_short(one.why)


PART_COLUMNS: tuple[Column[PartRow], ...] = (
    Column(later("Pass"), lambda row: row.name, tip=lambda row: row.name, wide=True),
    Column(
        later("Consistent"),
        _part_share,
        tone=lambda row: "" if row.concordance.why is Silence.SPEAKS else "muted",
        tip=_part_tip,
        width_px=96,
        least_px=72,
    ),
    Column(
        later("And by chance"),
        lambda row: limits_text(row.concordance.share, share=True),
        tip=_part_tip,
        width_px=96,
        least_px=76,
    ),
    Column(
        later("p"),
        lambda row: p_text(row.concordance.chance.p),
        tip=_part_tip,
        right=True,
        width_px=68,
        least_px=66,
    ),
    Column(
        later("AUC"),
        lambda row: plain(row.concordance.auc.value),
        tip=_part_tip,
        right=True,
        width_px=56,
        least_px=44,
    ),
    Column(
        later("Kappa, 1 s"), lambda row: plain(row.concordance.kappa.value), tip=_part_tip, right=True, width_px=84
    ),
    Column(
        later("Lag"),
        lambda row: lag_text(row.concordance.lag_us),
        tip=_part_tip,
        right=True,
        width_px=84,
        least_px=76,
    ),
)
PART_BAR = 2


def code_columns(name: Callable[[CodeCoverage], str]) -> tuple[Column[CodeCoverage], ...]:
    """How much could be seen while each code held. name: what the code is called."""
    return (
        Column(later("While this held"), name, tip=name, wide=True),
        Column(later("Coded"), lambda one: f"{one.coded_us / SECOND_US:.1f}{_GAP}s", right=True, width_px=80),
        Column(later("Child"), lambda one: share_text(one.child), right=True, width_px=66, least_px=54),
        Column(later("Parent"), lambda one: share_text(one.parent), right=True, width_px=66, least_px=54),
        Column(later("Both"), lambda one: share_text(one.both), right=True, width_px=66, least_px=54),
        Column(later("Heads"), lambda one: share_text(one.both_heads), right=True, width_px=66, least_px=54),
    )


def _difference(one: Contrast) -> str:
    return DASH if one.difference.value is None else signed(one.difference.value)


def _difference_limits(one: Contrast) -> str:
    low, high = one.difference.low, one.difference.high
    if low is None or high is None:
        return silence_short(one.difference.why) or DASH
    return tr("{low} to {high}", low=signed(low), high=signed(high))


CONTRAST_COLUMNS: tuple[Column[Contrast], ...] = (
    Column(later("Coders"), lambda one: tr("{a} and {b}", a=one.coder_a, b=one.coder_b), wide=True),
    Column(later("First"), lambda one: share_text(one.share_a.value), right=True, width_px=66, least_px=54),
    Column(later("Second"), lambda one: share_text(one.share_b.value), right=True, width_px=66, least_px=54),
    Column(later("Difference"), _difference, right=True, width_px=88),
    Column(later("95 % interval"), _difference_limits, width_px=130, least_px=90),
    Column(later("Sessions"), lambda one: grouped(one.sessions), right=True, width_px=76),
)


def error_columns(name: Callable[[FeatureErrors], str]) -> tuple[Column[FeatureErrors], ...]:
    """How often signals were found wrong. name: code and signal."""
    return (
        Column(later("Code and feature"), name, tip=name, wide=True),
        Column(later("Wrong"), lambda one: of_all(one.wrong, one.judged), right=True, width_px=84),
        Column(later("95 % interval"), lambda one: limits_text(one.rate, share=True), width_px=130, least_px=80),
        Column(later("Undecided"), lambda one: grouped(one.undecided), right=True, width_px=84),
        Column(later("Outdated"), lambda one: grouped(one.outdated), right=True, width_px=84),
    )


ERROR_BAR = 2
