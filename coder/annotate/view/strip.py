"""The line at the bottom: what was saved last, what could not be done and why."""

from PyQt6.QtCore import QEasingCurve, QEvent, Qt, QVariantAnimation
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from coder.annotate.view.ink import theme
from coder.language import tr
from coder.model.problem import CoderError
from coder.model.time import SECOND_US

_INSIDE_PX = 11  # padding and frame of the message in the style sheet


def sentence(error: CoderError) -> str:
    """What to tell a person about an error, on one line."""
    return "  ".join(str(problem) for problem in error.problems)


def reaction_badge(reaction_us: int) -> str:
    """Says that strokes are corrected; "" if they are not."""
    if not reaction_us:
        return ""
    return tr("Reaction time: {seconds} s earlier while playing", seconds=f"{reaction_us / SECOND_US:.2f}")


class Strip(QWidget):
    """Shows one message at a time; badge: stands there for good."""

    def __init__(self, badge: str) -> None:
        super().__init__()
        self._text = ""
        self._passing = False
        self._message = QLabel()
        self._message.setAccessibleName(tr("What happened"))
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self._message, 1)
        self.badge = QLabel(badge) if badge else None
        if self.badge is not None:
            self.badge.setProperty("role", "badge-warning")
            row.addWidget(self.badge)
        self._shake = QVariantAnimation(self)
        self._shake.setDuration(240)
        for at, px in ((0.0, 0.0), (0.2, 8.0), (0.45, 2.0), (0.7, 6.0), (1.0, 0.0)):
            self._shake.setKeyValueAt(at, px)
        self._shake.setEasingCurve(QEasingCurve.Type.OutQuad)
        self._shake.valueChanged.connect(self._lean)  # no lambda: it would outlive a strip that is torn down
        self.say("")

    @property
    def text(self) -> str:
        """What is written now."""
        return self._text

    def begin_with(self, part: QWidget) -> None:
        """Put something before the message, which gets what room is left."""
        self._row.insertWidget(0, part)

    def say(self, text: str) -> None:
        """Tell what happened."""
        self._passing = False
        self._write(text, "strip-ok")

    def calm(self) -> None:
        """Something else is done: a refusal that does not last is no longer true."""
        if self._passing:
            self.say("")

    def refuse(self, text: str, *, lasts: bool = False) -> None:
        """Tell what could not be done, with a short shake. lasts: until something succeeds."""
        self._passing = not lasts
        self._write(text, "strip-error")
        self._shake.stop()
        self._shake.start()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(theme().line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._cut()

    def event(self, a0: QEvent | None) -> bool:
        done = super().event(a0)
        if a0 is not None and a0.type() == QEvent.Type.LayoutRequest:
            self._cut()
        return done

    def _lean(self, px: float) -> None:
        self._row.setContentsMargins(8 + round(px), 4, 16, 4)

    def _cut(self) -> None:
        """What does not fit ends in dots; all of it is in the tool tip."""
        room = self._message.contentsRect().width() - 2 * _INSIDE_PX
        text = self._message.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        if text != self._message.text():
            self._message.setText(text)

    def _write(self, text: str, role: str) -> None:
        self._text = text
        self._message.setToolTip(text)
        self._message.setAccessibleDescription(text)
        if self._message.property("role") != role:
            self._message.setProperty("role", role)
            style = self._message.style()
            if style is not None:
                style.polish(self._message)
        self._cut()
