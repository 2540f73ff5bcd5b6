"""What the transport says: which frame is on the screen, and what a person should know while it lasts."""

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QLabel, QSizePolicy

from coder.annotate.view.content import Options, Painted
from coder.language import grouped, plural, tr
from coder.model.time import Span, clock


def frame_text(painted: Painted | None, count: int | None = None) -> str:
    """`frame 412 of 17,981 · 00:00:13.747`, counted from 0 as everywhere; a dash before the first is painted."""
    if painted is None:
        return "–"
    frame, at = grouped(painted.index), clock(painted.at_us)
    if count is None:
        return tr("frame {frame} · {clock}", frame=frame, clock=at)
    return tr("frame {frame} of {count} · {clock}", frame=frame, count=grouped(count), clock=at)


def state_text(options: Options, loop: Span | None, left_out: int) -> str:
    """What a person should know while it lasts: `loop · no sound · brightness +2 · 3 frames left out`."""
    parts = (
        tr("loop") if loop is not None else "",
        tr("no sound") if options.muted else "",
        tr("steps are heard") if options.step_sound and not options.muted else "",
        tr("brightness +{steps}", steps=options.brightness) if options.brightness else "",
        plural("{count} frame left out", "{count} frames left out", left_out) if left_out else "",
    )
    return " · ".join(part for part in parts if part)


class FrameLabel(QLabel):
    """Which frame is on the screen; leaves out the number of frames where there is no room for it."""

    def __init__(self) -> None:
        super().__init__()
        self._texts = ("", "")
        self._longest = ""
        self.setAccessibleName(tr("Frame on the screen"))
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def write(self, painted: Painted | None, count: int) -> None:
        """Show another frame, of a film with `count` frames."""
        self._texts = (frame_text(painted, count), frame_text(painted))
        longest = frame_text(Painted(max(count - 1, 0), 0), count)
        if longest != self._longest:
            self._longest = longest
            self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._longest) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        short = self.fontMetrics().horizontalAdvance(self._texts[1])
        return QSize(short, super().minimumSizeHint().height())

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._fit()

    def _fit(self) -> None:
        full, short = self._texts
        fits = self.fontMetrics().horizontalAdvance(full) <= self.width()
        self.setText(full if fits else short)


class StateLabel(QLabel):
    """A few quiet words below the frame's number while there is something to say; all of them in the tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setProperty("role", "muted")
        self.setAccessibleName(tr("State of the player"))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def write(self, text: str) -> None:
        """Say something else."""
        self._whole = text
        self.setToolTip(text)
        self.setVisible(bool(text))
        self._fit()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideLeft, self.width()))
