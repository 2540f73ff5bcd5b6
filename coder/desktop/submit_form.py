"""Submitting a pass: what to look at first, what the scheme's rules would change, and the choice."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coder.annotate.findings import Finding
from coder.annotate.settle import Applied
from coder.desktop.forms import Form
from coder.desktop.look import scaled
from coder.desktop.pieces import button, label
from coder.desktop.tables import ROW_PX, Column, Rows, Table
from coder.language import later, plural, tr
from coder.model.time import clock
from coder.workflows.passes import RulesPreview

_MOST_ROWS = 6
_LISTING_PX = 820


class SubmitForm(Form):
    """Asks whether a pass is done. submit(settled): lock it, after applying the rules if `settled`.

    found: what to look at first; preview: what the rules would make of the pass. show(finding) goes to its place.
    lead: what submitting means, where it is not the usual.
    Where the rules change something, applying them is the first choice and leaving the pass as it is the second.
    """

    def __init__(
        self,
        parent: QWidget | None,
        what: str,
        found: Sequence[Finding],
        preview: RulesPreview,
        submit: Callable[[bool], object],
        show: Callable[[Finding], object],
        lead: str = "",
    ) -> None:
        lead = lead or tr(
            "{what} will be locked and can be compared with other submitted passes. "
            "It can be reopened later, with a reason.",
            what=what,
        )
        self._settles = preview.applied.edit is not None
        do_it = tr("Apply and submit") if self._settles else tr("Submit pass")
        super().__init__(parent, tr("Submit pass…"), do_it, lead)
        self.do = lambda: submit(self._settles)
        self._submit = submit
        self._found, self._preview, self._show = tuple(found), preview, show
        self._hindering = sum(finding.hinders for finding in found)
        columns = (*_PLACE, Column("", self._state, tone=self._tone, width_px=160))
        self.list = Table(Rows[Finding](columns, self), tr("What to look at before submitting"))
        self.whole = label("", "muted", wrap=True)  # a row has room for the beginning of a long sentence
        self.show_button = button(tr("Sho&w in the film"), self._show_it)
        self.as_it_is_button = button(tr("Submit as it &is"), self._as_it_is)
        self.as_it_is_button.setAutoDefault(False)
        self.as_it_is_button.setVisible(self._settles)
        self.as_it_is_button.setEnabled(not self._hindering)
        self.accept_button.setEnabled(not self._blocking)
        if self._settles:
            self.say(_rules_text(preview.applied))
            self._put_before_accept(self.as_it_is_button)
        if found:
            self._list_findings()
        self._give_keys()

    @property
    def _blocking(self) -> int:
        """How many things stand in the way of what the first button does."""
        if not self._settles:
            return self._hindering
        return sum(finding.hinders for finding in self._preview.left)

    def _as_it_is(self) -> None:
        self.do = lambda: self._submit(False)
        self.try_it()

    def _list_findings(self) -> None:
        self.setMinimumWidth(scaled(_LISTING_PX))
        self.say(
            plural(
                "{count} thing must be mended before the pass can be submitted.",
                "{count} things must be mended before the pass can be submitted.",
                self._blocking,
            )
            if self._blocking
            else tr("Before you submit, is this what you saw?")
        )
        rows = self.list.model()
        assert isinstance(rows, Rows)
        rows.show(self._found)
        self.list.setMinimumHeight(scaled(ROW_PX) * (min(len(self._found), _MOST_ROWS) + 1))
        self.list.opened.connect(lambda _row: self._show_it())
        self.list.chosen.connect(lambda _row: self._tell_whole())
        self.show_button.setAutoDefault(False)
        self.fields.addRow(self.list)
        self.fields.addRow(self.whole)
        shown = QHBoxLayout()
        shown.addWidget(self.show_button)
        shown.addStretch(1)
        self.fields.addRow(shown)
        self.list.choose(0)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """Say all of what the chosen row is about, and how it is mended."""
        if 0 <= self.list.row < len(self._found):
            problem = self._found[self.list.row].problem
            self.whole.setText(" ".join(filter(None, (problem.what, problem.hint))))

    def _give_keys(self) -> None:
        """Enter does what is the first choice; where nothing can be submitted it shows what is in the way."""
        usable = (self.accept_button, self.as_it_is_button)
        first = next((one for one in usable if one.isEnabled() and not one.isHidden()), None)
        if first is not None:
            first.setDefault(True)
        (first or self.list).setFocus()

    def _put_before_accept(self, extra: QPushButton) -> None:
        row = self._body.itemAt(self._body.count() - 1)
        line = row.layout() if row is not None else None
        assert isinstance(line, QHBoxLayout)
        line.insertWidget(line.count() - 1, extra)
        self.setTabOrder(self.cancel_button, extra)
        self.setTabOrder(extra, self.accept_button)

    def _by_rules(self, finding: Finding) -> bool:
        return self._settles and finding.settles and finding not in self._preview.left

    def _state(self, finding: Finding) -> str:
        if self._by_rules(finding):
            return tr("done by the rules")
        return tr("must be mended") if finding.hinders else tr("is that so?")

    def _tone(self, finding: Finding) -> str:
        return "error" if finding.hinders and not self._by_rules(finding) else "muted"

    def _show_it(self) -> None:
        if 0 <= self.list.row < len(self._found):
            self.reject()
            self._show(self._found[self.list.row])


_PLACE: tuple[Column[Finding], ...] = (
    Column(later("Where"), lambda finding: clock(finding.span.start_us), width_px=130),
    Column(
        later("What"),
        lambda finding: finding.problem.what,
        tip=lambda finding: str(finding.problem),
        wide=True,
    ),
)


def _rules_text(applied: Applied) -> str:
    """What the rules would change, in one sentence."""
    absorbed = plural(
        "{count} short interruption is absorbed", "{count} short interruptions are absorbed", applied.absorbed
    )
    filled = plural("{count} gap is filled", "{count} gaps are filled", applied.filled)
    if applied.absorbed and applied.filled:
        return tr("By the scheme’s rules, {absorbed} and {filled}.", absorbed=absorbed, filled=filled)
    return tr("By the scheme’s rules, {what}.", what=absorbed if applied.absorbed else filled)
