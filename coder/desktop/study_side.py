"""The smaller cards of the study page: the next step, the coders, what was measured."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from coder.desktop.look import scaled
from coder.desktop.pieces import Card, button, label, scrolled
from coder.desktop.study_tables import Advice, Next
from coder.desktop.wording import ROLE_NAMES, share_text
from coder.language import tr
from coder.model.study import Coder
from coder.model.track import Coverage


def side_px() -> int:
    """Width of the narrow column: grows with the text, but less, for the tables need the room."""
    return 96 + scaled(192)


class AdviceCard(QFrame):
    """Offers the one step that comes next in a new study; gone once the study is under way."""

    def __init__(self, take: Callable[[Next], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._take = take
        self._step = Next.SESSION
        self._heading = label("", "heading")
        self._line = label("", "muted", wrap=True)
        self.button = button("", lambda: self._take(self._step), "primary")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._heading)
        words.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.button)

    def show_advice(self, advice: Advice | None) -> None:
        """Show a step, or nothing. The button takes the focus, so that Enter goes on."""
        self.setVisible(advice is not None)
        if advice is not None:
            self._step = advice.step
            self._heading.setText(tr(advice.heading))
            self._line.setText(tr(advice.line))
            self.button.setText(tr(advice.button))
            self.button.setAccessibleDescription(f"{tr(advice.heading)}. {tr(advice.line)}")
            self.button.setFocus()


class SideCard(Card):
    """A card of the narrow column, which grows with the text."""

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self.setFixedWidth(side_px())

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event is not None and event.type() is QEvent.Type.FontChange:
            self.setFixedWidth(side_px())


class CodersCard(SideCard):
    """Who codes in this study. edit: a coder's reaction time is to be changed."""

    def __init__(self, add: Callable[[], None], edit: Callable[[Coder], None]) -> None:
        super().__init__(tr("Coders"))
        self._edit = edit
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._list.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._list)
        column.addStretch(1)
        area = scrolled(inside, tr("Coders of this study"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(area, 1)
        self.button = button(tr("Add &coder…"), add)
        self.column.addWidget(self.button)

    def show_coders(self, coders: Sequence[Coder]) -> None:
        """List the coders with their roles."""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for coder in coders:
            self._list.addWidget(self._row(coder))
        if not coders:
            self._list.addWidget(label(tr("None yet. A pseudonym or initials will do."), "muted", wrap=True))

    def _row(self, coder: Coder) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(coder.name), 1)
        row.addWidget(label(tr(ROLE_NAMES[coder.role]), "muted"))
        change = button(tr("Edit…"), lambda: self._edit(coder), "quiet")
        change.setAccessibleName(tr("Edit {coder}", coder=coder.name))
        change.setToolTip(tr("Reaction time of {coder}", coder=coder.name))
        row.addWidget(change)
        return line


class EvidenceCard(SideCard):
    """How much of the chosen session could be measured: evidence beside the codes, never a code."""

    def __init__(
        self,
        measure: Callable[[], None],
        evidence: Callable[[], None],
        who: Callable[[], None],
        take_in: Callable[[], None],
    ) -> None:
        super().__init__(tr("Measured"))
        self._line = label("", "muted", wrap=True)
        self.column.addWidget(self._line)
        self._shares = QWidget()
        grid = QGridLayout(self._shares)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        self._rows: list[tuple[QProgressBar, QLabel]] = []
        for row, name in enumerate((tr("Child"), tr("Parent"), tr("Both"))):
            bar, text = QProgressBar(), label("", "")
            bar.setTextVisible(False)
            bar.setFixedHeight(8)
            bar.setRange(0, 1000)
            bar.setAccessibleName(tr("{person}: share of the frames that could be measured", person=name))
            grid.addWidget(label(name), row, 0)
            grid.addWidget(bar, row, 1)
            grid.addWidget(text, row, 2, Qt.AlignmentFlag.AlignRight)
            self._rows.append((bar, text))
        grid.setColumnStretch(1, 1)
        self.column.addWidget(self._shares)
        self.button = button(tr("&Measure…"), measure)
        self.evidence_button = button(tr("Evidence…"), evidence)
        self.evidence_button.setAccessibleDescription(tr("What was measured beside the codes of this session"))
        pair = QHBoxLayout()  # side by side: with large text a low screen has no room for one more row
        pair.addWidget(self.button, 1)
        pair.addWidget(self.evidence_button, 1)
        self.column.addLayout(pair)
        self.who_button = button(tr("Who is who…"), who)
        self.who_button.setAccessibleDescription(tr("Confirm or correct who is the child and who the parent"))
        self.column.addWidget(self.who_button)
        self.import_button = button(tr("Import measurements…"), take_in)
        self.import_button.setAccessibleDescription(
            tr("Take what another program measured in a film of this session")
        )
        self.column.addWidget(self.import_button)

    def show_measured(self, measured: Coverage | None, *, can_measure: bool, busy: bool) -> None:
        """Show the shares of the chosen session, or that there are none yet. busy: something is being measured."""
        self._shares.setVisible(measured is not None)
        self._line.setText(
            tr("Nothing is measured yet in this session.")
            if measured is None
            else tr("Share of the frames in which a face could be measured.")
        )
        shares = (None, None, None) if measured is None else (measured.child, measured.parent, measured.both)
        for (bar, text), share in zip(self._rows, shares, strict=True):
            bar.setValue(round((share or 0.0) * 1000))
            text.setText(share_text(share))
        self.button.setEnabled(can_measure and not busy)
        self.button.setToolTip(tr("One measuring at a time.") if busy else "")
        self.who_button.setEnabled(measured is not None)
        self.import_button.setEnabled(can_measure)
