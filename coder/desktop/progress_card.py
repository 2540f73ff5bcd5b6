"""How far everybody is: a bar for each coder, with what is submitted, open and not begun."""

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt
from PyQt6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from coder.desktop.look import scaled, theme_now
from coder.desktop.pieces import Card, OneLine, label, scrolled
from coder.language import tr
from coder.workflows.assignments import Standing, Tally

_BAR_PX = 12


class TallyBar(QWidget):
    """Submitted is filled, open is hatched, not begun is empty: told apart without any colour."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self.tally = tally
        self.setAccessibleName(
            tr(
                "{submitted} submitted, {open} open, {not_begun} not begun",
                submitted=tally.submitted,
                open=tally.open,
                not_begun=tally.not_begun,
            )
        )
        self.setToolTip(self.accessibleName())
        self.setMinimumHeight(scaled(_BAR_PX))

    def sizeHint(self) -> QSize:
        """As high as a line's bar, as wide as there is room."""
        return QSize(scaled(120), scaled(_BAR_PX))

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """The parts from the left, in a frame."""
        theme, painter = theme_now(), QPainter(self)
        bar = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        bar.setTop(bar.center().y() - scaled(_BAR_PX) / 2 + 0.5)
        bar.setHeight(scaled(_BAR_PX) - 1)
        parts = (
            (self.tally.submitted, QBrush(QColor(theme.accent))),
            (self.tally.open, QBrush(QColor(theme.accent), Qt.BrushStyle.BDiagPattern)),
        )
        left = bar.left()
        for count, brush in parts:
            width = bar.width() * count / max(self.tally.total, 1)
            painter.fillRect(QRectF(left, bar.top(), width, bar.height()), brush)
            left += width
        painter.setPen(QPen(QColor(theme.line_strong), 1))
        painter.drawRect(bar)


class ProgressCard(Card):
    """All coders, and what all of it comes to."""

    def __init__(self) -> None:
        super().__init__(tr("How far everybody is"))
        self.sums = label("", "muted", wrap=True)
        self.column.addWidget(self.sums)
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._rows.addStretch(1)
        self._area = scrolled(inside, tr("How far everybody is"))
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self._area, 1)
        self.column.addWidget(label(tr("Filled: submitted. Hatched: open. Empty: not begun."), "muted", wrap=True))

    def show_standing(self, standing: Standing) -> None:
        """Show the tallies as they are now."""
        while self._rows.count() > 1:
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for at, tally in enumerate(standing.by_coder):
            self._rows.insertWidget(at, _row(tally))
        self.sums.setText(_sums(standing))

    def bars(self) -> Sequence[TallyBar]:
        """The bars that are shown, in the order of the coders."""
        return self._area.findChildren(TallyBar)

    def changeEvent(self, event: QEvent | None) -> None:
        """The bars follow the theme."""
        super().changeEvent(event)
        if event is not None and event.type() is QEvent.Type.PaletteChange:
            self.update()


def _sums(standing: Standing) -> str:
    whole = standing.whole
    if not whole.total:
        return tr("Nobody is to code anything yet.")
    return tr(
        "{submitted} of {all} passes are submitted. Coded twice: {double}; all have submitted: {compared}.",
        submitted=whole.submitted,
        all=whole.total,
        double=standing.double,
        compared=standing.compared,
    )


def _row(tally: Tally) -> QWidget:
    line = QWidget()
    grid = QGridLayout(line)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    name: QLabel = OneLine(tally.coder.name if tally.coder else "", "")
    grid.addWidget(name, 0, 0)
    counts = tr("{done} of {all}", done=tally.submitted, all=tally.total)
    grid.addWidget(label(counts, "muted"), 0, 1, Qt.AlignmentFlag.AlignRight)
    grid.addWidget(TallyBar(tally), 1, 0, 1, 2)
    return line
