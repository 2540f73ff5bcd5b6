"""What stands beside the table of rules: concordance, coverage, coders, errors, sources, known limits."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from coder.annotate.view.asked import code_label
from coder.annotate.view.signal_names import feature_name
from coder.desktop.agreement_table import LowTable
from coder.desktop.evidence_tables import (
    CONTRAST_COLUMNS,
    ERROR_BAR,
    PART_BAR,
    PART_COLUMNS,
    BarTable,
    code_columns,
    error_bar,
    error_columns,
    part_bar,
)
from coder.desktop.evidence_texts import expected_text
from coder.desktop.evidence_words import (
    MISSES,
    concordance_words,
    contrast_words,
    error_words,
    part_sentences,
    rule_sentence,
    source_sentence,
)
from coder.desktop.evidence_work import (
    Chosen,
    PartRow,
    RuleRow,
    code_rows,
    contrasts_of,
    errors_of,
    part_rows,
    sources_of,
)
from coder.desktop.pieces import Card, label, scrolled
from coder.desktop.tables import Rows
from coder.language import tr
from coder.model.evidence import CodeCoverage, Contrast, FeatureErrors
from coder.workflows.evidence import StudyEvidence


class EvidenceDetail(Card):
    """The chosen rule from all sides, and what holds for all rules."""

    def __init__(self) -> None:
        super().__init__("")
        self._row: RuleRow | None = None
        self.sentence = label("", wrap=True)
        self.tabs = QTabWidget()
        self.parts = BarTable(
            Rows[PartRow](PART_COLUMNS, self), tr("Concordance, pass by pass"), PART_BAR, part_bar
        )
        self.numbers = label("", wrap=True)
        self.codes = LowTable(
            Rows[CodeCoverage](code_columns(lambda one: self._name(one.tier, one.code)), self),
            tr("What could be seen while each code held"),
        )
        self.contrasts = LowTable(Rows[Contrast](CONTRAST_COLUMNS, self), tr("Two coders beside one signal"))
        self.errors = BarTable(
            Rows[FeatureErrors](error_columns(self._error_name), self),
            tr("How often features were found wrong"),
            ERROR_BAR,
            error_bar,
        )
        self.sources, self.misses = label("", wrap=True), label("", wrap=True)
        for one in (self.numbers, self.sources, self.misses):
            one.setAlignment(Qt.AlignmentFlag.AlignTop)
            one.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.misses.setText("\n\n".join(tr(one) for one in MISSES))
        self._lay_out()
        self.parts.chosen.connect(lambda _row: self._show_numbers())

    def show_rule(self, evidence: StudyEvidence, chosen: Chosen, row: RuleRow | None) -> None:
        """Show a rule; None where the scheme has none."""
        self._row = row
        self.sources.setText(self._sources(evidence, chosen))
        if row is None:
            return
        self.heading.setText(f"{row.label} · {feature_name(row.sum.rule.feature)}")
        self.sentence.setText(rule_sentence(row))
        self.codes.lines.show(code_rows(evidence, chosen))
        self.contrasts.lines.show(contrasts_of(evidence, chosen, row))
        errors = errors_of(evidence, chosen)
        self.errors.lines.show(errors)
        self._no_errors.setVisible(not errors)
        self.errors.setVisible(bool(errors))
        many = bool(self.contrasts.lines.rows)
        self._no_contrasts.setVisible(not many)
        self.contrasts.setVisible(many)
        for table in (self.codes, self.contrasts, self.errors):
            table.choose(0)
        self.parts.lines.show(part_rows(evidence, chosen, row))
        self.parts.choose(0)
        self._show_numbers()

    def show_misses(self) -> None:
        """Bring what features miss to the front and give it the keyboard."""
        self.tabs.setCurrentIndex(self.tabs.count() - 1)
        self._misses_area.setFocus()

    def enter(self) -> None:
        """Give the keyboard to what is in front."""
        page = self.tabs.currentWidget()
        first = next((one for one in self._first if page is not None and page.isAncestorOf(one)), None)
        if first is not None:
            first.setFocus()

    def _show_numbers(self) -> None:
        rows = self.parts.lines.rows
        row = rows[self.parts.row] if 0 <= self.parts.row < len(rows) else None
        self.numbers.setText("\n".join(part_sentences(row)) if isinstance(row, PartRow) else "")

    def _name(self, tier: str, code: str) -> str:
        return code_label(self._row.scheme, tier, code) if self._row is not None else code

    def _error_name(self, one: FeatureErrors) -> str:
        name = self._name(one.tier, one.code)
        return f"{name}: {feature_name(one.feature)}" if one.feature else name

    def _sources(self, evidence: StudyEvidence, chosen: Chosen) -> str:
        """Models, versions and settings, then the thresholds of the scheme's rules and the program's own."""
        made = "\n\n".join(source_sentence(one) for one in sources_of(evidence, chosen))
        scheme = self._row.scheme if self._row is not None else None
        rules: list[str] = []
        if scheme is not None:
            of_codes = [(tier.id, code.id, code.evidence) for tier in scheme.tiers for code in tier.codes]
            of_codes += [("", derived.id, derived.evidence) for derived in scheme.derived]
            rules = [
                f"{code_label(scheme, tier, code)} · {feature_name(rule.feature)}: {expected_text(rule)}"
                for tier, code, found in of_codes
                for rule in found
            ]
        limits = tr(
            "Below 30 % of a session with both faces, and below 50 % of a code’s own time with a value, features "
            "cannot speak. Events are asked about from 70 % on. Thresholds stand in the scheme and were not "
            "fitted to these sessions."
        )
        return "\n\n".join(part for part in (made, "\n".join(rules), limits) if part)

    def _lay_out(self) -> None:
        self._no_errors = label(tr("Nobody has judged a question of evidence yet."), "muted", wrap=True)
        self._no_contrasts = label(tr("No two coders have coded the same measured session."), "muted", wrap=True)
        numbers, sources = scrolled(self.numbers, tr("All numbers")), scrolled(self.sources, tr("Measured by"))
        self._misses_area = scrolled(self.misses, tr("What features miss"))
        told = label(concordance_words(), "muted", wrap=True)
        pages = (
            (tr("Concord&ance"), (told, self.parts, numbers)),
            (tr("By &code"), (self.codes,)),
            (tr("&Two coders"), (label(contrast_words(), "muted", wrap=True), self._no_contrasts, self.contrasts)),
            (tr("Feature err&ors"), (label(error_words(), "muted", wrap=True), self._no_errors, self.errors)),
            (tr("&Measured by"), (sources,)),
            (tr("L&imits"), (self._misses_area,)),
        )
        self._first = (self.parts, self.codes, self.contrasts, self.errors, sources, self._misses_area)
        for name, parts in pages:
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 8, 0, 0)
            column.setSpacing(8)
            for part in parts:
                column.addWidget(part, 1 if part in self._first or part is numbers else 0)
            if parts[-1] not in (numbers, sources, self._misses_area):
                column.addStretch(0)
            self.tabs.addTab(page, name)
        self.tabs.setAccessibleName(tr("The chosen rule from all sides"))
        bar = self.tabs.tabBar()
        if bar is not None:
            bar.setAccessibleName(self.tabs.accessibleName())
        self.column.addWidget(self.sentence)
        self.column.addWidget(self.tabs, 1)
