"""The form that draws a second coding: of how many, within what, for whom; what comes of it is shown at once."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from coder.desktop.forms import Form
from coder.desktop.look import scaled
from coder.desktop.pieces import button, label, scrolled
from coder.desktop.tables import Column, Rows, Table
from coder.language import later, plural, tr
from coder.model.problem import CoderError, CodingError, Problem
from coder.model.study import Coder
from coder.workflows.drawing import STRATUM_NAMES, Draw, Drawn, Stratum, new_seed

_SHARE = 20
_SEEDS = 2_000_000_000
_STRATA_NAMED = 8
_CODERS_PX = 132

DRAWN_COLUMNS: tuple[Column[Drawn], ...] = (
    Column(later("Session"), lambda one: one.session.name, wide=True),
    Column(later("Main coder"), lambda one: one.main.name, width_px=140),
    Column(later("Second coder"), lambda one: one.coder.name, width_px=140),
)
Preview = Callable[[Fraction, Sequence[str], int, Sequence[Stratum]], Draw]


class DrawForm(Form):
    """Asks for share, strata, coders and seed, and shows the draw before it is written (`found`).

    preview(share, coder ids, seed, strata): the draw. write(draw): keep it.
    """

    def __init__(
        self,
        parent: QWidget | None,
        scheme: str,
        coders: Sequence[Coder],
        preview: Preview,
        write: Callable[[Draw], object],
    ) -> None:
        lead = tr(
            "“{scheme}”. Sessions that have a main coder are drawn at random for somebody else to code, blind. "
            "What is coded twice already counts.",
            scheme=scheme,
        )
        super().__init__(parent, tr("Draw a second coding…"), tr("Assign what was drawn"), lead)
        self.setMinimumWidth(scaled(620))
        self.found: Draw | None = None
        self._preview = preview
        self.share = _spin(0, 100, _SHARE, tr(" %"))
        self.seed = _spin(0, _SEEDS, new_seed())
        self.other_button = button(tr("&Other seed"), lambda: self.seed.setValue(new_seed()))
        self.other_button.setAutoDefault(False)
        self.within = {one: QCheckBox(tr(STRATUM_NAMES[one])) for one in Stratum}
        self.coders = {coder.id: QCheckBox(coder.name) for coder in coders}
        self.table = Table(Rows[Drawn](DRAWN_COLUMNS, self), tr("Sessions that are drawn"))
        self.outcome = label("", wrap=True)
        self.remark = label("", "strip-warning", wrap=True)
        self._lay_out()
        for spin in (self.share, self.seed):
            spin.valueChanged.connect(lambda _value: self._draw())
        for box in (*self.within.values(), *self.coders.values()):
            box.toggled.connect(lambda _on: self._draw())
        self.do = lambda: write(self._wanted())
        self._draw()

    def _lay_out(self) -> None:
        self.add(tr("&Share"), self.share)
        self._add_with(tr("Coded &by"), _listed(self.coders.values(), tr("Who codes a second time")))
        self._add_with(tr("&Within"), _side_by_side(self.within.values()))
        seeds = QWidget()
        row = QHBoxLayout(seeds)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.seed, 1)
        row.addWidget(self.other_button)
        seeds.setFocusProxy(self.seed)
        self._add_with(tr("S&eed"), seeds)
        self.seed.setAccessibleName(tr("Seed"))
        self.share.setFocus()
        self.fields.addRow(self.outcome)
        self.table.setMinimumHeight(90 + scaled(40))
        self.fields.addRow(self.table)
        self.fields.addRow(self.remark)
        tabs = (self.share, *self.coders.values(), *self.within.values(), self.seed, self.other_button, self.table)
        last: QWidget = tabs[0]
        for one in (*tabs[1:], self.cancel_button, self.accept_button):
            self.setTabOrder(last, one)
            last = one

    def _add_with(self, name: str, field: QWidget) -> None:
        """A field of several parts: its mnemonic leads to the first of them, for the whole takes no keyboard."""
        self.add(name, field)
        text, first = self.fields.labelForField(field), field.focusProxy()
        if isinstance(text, QLabel) and first is not None:
            text.setBuddy(first)

    def _draw(self) -> None:
        """Draw with what is chosen now; a mistake is said where the outcome would stand."""
        chosen = [coder_id for coder_id, box in self.coders.items() if box.isChecked()]
        within = [one for one, box in self.within.items() if box.isChecked()]
        try:
            self.found = self._preview(Fraction(self.share.value(), 100), chosen, self.seed.value(), within)
        except CoderError as error:
            self.found = None
            self.outcome.setText("\n".join(str(problem) for problem in error.problems))
        else:
            self.outcome.setText(outcome_text(self.found))
        drawn = self.found.drawn if self.found is not None else ()
        self.table.lines.show(drawn)
        remarks = self.found.remarks if self.found is not None else ()
        self.remark.setText("\n".join(remarks))
        self.remark.setVisible(bool(remarks))
        self.accept_button.setEnabled(bool(drawn))
        self.strip.hide()
        self._make_room()

    def _make_room(self) -> None:
        """As high as the texts need that were just written: Qt does not ask wrapped ones again."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def showEvent(self, event: QShowEvent | None) -> None:
        """The width is known now."""
        super().showEvent(event)
        self._make_room()

    def _wanted(self) -> Draw:
        if self.found is None:
            raise CodingError(Problem(tr("Nothing is drawn.")))
        return self.found


def outcome_text(found: Draw) -> str:
    """What a draw comes to: how many sessions, of which strata, for whom."""
    already = sum(one.already for one in found.strata)
    said = [
        plural(
            "{wanted} of {count} session is to be coded twice: {already} is already, {drawn} is drawn.",
            "{wanted} of {count} sessions are to be coded twice: {already} are already, {drawn} are drawn.",
            found.sessions,
            wanted=found.wanted,
            already=already,
            drawn=len(found.drawn),
        )
    ]
    if found.within:
        named = [
            tr("{stratum}: {wanted} of {all}", stratum=one.label, wanted=one.wanted, all=one.sessions)
            for one in found.strata[:_STRATA_NAMED]
        ]
        more = len(found.strata) - _STRATA_NAMED
        named += [plural("{count} more", "{count} more", more)] * (more > 0)
        said.append(tr("{strata}.", strata="; ".join(named)))
    loads = [tr("{coder} gets {count}", coder=coder.name, count=count) for coder, count in found.by_coder]
    said.append(tr("{loads}.", loads="; ".join(loads)))
    return " ".join(said)


def _spin(low: int, high: int, value: int, suffix: str = "") -> QSpinBox:
    made = QSpinBox()
    made.setRange(low, high)
    made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    made.setSuffix(suffix)
    made.setValue(value)
    return made


def _side_by_side(boxes: Iterable[QCheckBox]) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    _fill(made, row, boxes)
    return made


def _listed(boxes: Iterable[QCheckBox], name: str) -> QWidget:
    """One below the other; many coders scroll."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    _fill(inside, column, boxes)
    area = scrolled(inside, name)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFixedHeight(min(inside.sizeHint().height() + 4, scaled(_CODERS_PX)))
    area.setFocusProxy(inside.focusProxy())
    return area


def _fill(inside: QWidget, layout: QBoxLayout, boxes: Iterable[QCheckBox]) -> None:
    for box in boxes:
        layout.addWidget(box)
        if inside.focusProxy() is None:
            inside.setFocusProxy(box)
    layout.addStretch(1)
