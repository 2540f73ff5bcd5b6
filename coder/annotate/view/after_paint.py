"""Work that a key press brings with it and that can wait until its first picture has been painted."""

from collections.abc import Callable

from PyQt6.QtCore import QObject, QTimer

_WAIT_MS = 15  # a frame of the screen


class AfterPaint:
    """Does `work` once, a moment after it was last asked for. owner: it ends with it."""

    def __init__(self, owner: QObject, work: Callable[[], None]) -> None:
        self._work = work
        self._timer = QTimer(owner)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(work)

    def ask(self) -> None:
        """Do it soon; several times before then is once."""
        if not self._timer.isActive():
            self._timer.start()

    def now(self) -> None:
        """Do it now if it is still to be done."""
        if self._timer.isActive():
            self._timer.stop()
            self._work()
