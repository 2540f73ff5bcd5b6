"""What the page of evidence says where there is none to show: not measured, still being coded, or damaged."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coder.desktop.look import scaled
from coder.desktop.pieces import Card, button, label
from coder.desktop.wording import breakable
from coder.language import tr
from coder.model.problem import Problem
from coder.workflows.evidence import StudyEvidence


class Nothing(QWidget):
    """One card in the middle: why there is nothing, and the way out."""

    def __init__(self, measure: Callable[[], object]) -> None:
        super().__init__()
        self.card = Card("")
        self.card.setFixedWidth(scaled(640))
        self.text = label("", "muted", wrap=True)
        self.button: QPushButton = button(tr("Meas&ure…"), measure, "primary")
        self.card.column.addWidget(self.text)
        self.card.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()  # no alignment: with one, the card would not grow with its text
        row.addStretch(1)
        row.addWidget(self.card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def show_why(self, found: StudyEvidence) -> None:
        """Why a study that can be read shows nothing."""
        if found.damaged:
            self.show_damaged((*found.damaged, *found.withheld))
        elif found.withheld:
            self._say(
                tr("Evidence waits for the coders"),
                "\n\n".join(str(one) for one in found.withheld),
                measure=bool(found.unmeasured),
            )
        elif found.unmeasured:
            text = tr(
                "Passes are submitted, but nothing was measured in their sessions: {sessions}. "
                "Measuring goes on beside other work; afterwards this page shows how much could be seen, and what "
                "goes together with the codes.",
                sessions=", ".join(found.unmeasured),
            )
            self._say(tr("Nothing is measured yet"), text, measure=True)
        else:
            text = tr(
                "Evidence stands beside submitted passes. Until a pass is submitted its coder codes without it, "
                "so that nobody codes what a machine suggests."
            )
            self._say(tr("No pass is submitted yet"), text, measure=False)

    def show_damaged(self, problems: Sequence[Problem]) -> None:
        """What was measured cannot be read."""
        text = "\n".join(breakable(str(problem)) for problem in problems)
        hint = tr("The codes are not touched. Measure the session again to replace the damaged file.")
        self._say(tr("What was measured cannot be read"), f"{text}\n\n{hint}", measure=True)

    def take_focus(self, otherwise: QWidget) -> None:
        """Give the keyboard to the way out, or to something else where there is none here."""
        (otherwise if self.button.isHidden() else self.button).setFocus()

    def _say(self, heading: str, text: str, *, measure: bool) -> None:
        self.card.heading.setText(heading)
        self.card.setAccessibleName(heading)
        self.text.setText(text)
        self.button.setVisible(measure)
