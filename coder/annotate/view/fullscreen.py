"""The pictures on a screen of their own: the second one where there is one, else over the bench."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.view.theme import DARK
from coder.language import tr

_SHEET = f"QWidget#screen {{ background: {DARK.backdrop}; }} QLabel {{ color: {DARK.text}; }}"


class WallPlace(QWidget):
    """Where the wall of pictures hangs on the bench; while it is away a sentence says which key brings it back."""

    def __init__(self, wall: QWidget, key: str) -> None:
        super().__init__()
        self._away = QLabel(tr("The pictures are on the full screen. {key} brings them back.", key=shown(key)))
        self._away.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._away.setWordWrap(True)
        self._away.hide()
        self._wall = wall
        self._row = QVBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._away, 1)
        self._row.addWidget(wall, 1)
        self.setMinimumSize(wall.minimumSize())

    def give(self) -> QWidget:
        """Let the wall go."""
        self._away.show()
        self._row.removeWidget(self._wall)
        return self._wall

    def take_back(self) -> None:
        """Hang the wall up again."""
        self._away.hide()
        self._row.addWidget(self._wall, 1)
        self._wall.show()


class _Screen(QWidget):
    """The window without a border: the wall, and below it what the bench would say."""

    def __init__(self, wall: QWidget, on_key: Callable[[QKeyEvent], None], leave: Callable[[], None]) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._on_key = on_key
        self._leave = leave
        self.setObjectName("screen")
        self.setStyleSheet(_SHEET)
        self.setWindowTitle(tr("Pictures"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.said, self.frame = QLabel(), QLabel()
        self.said.setWordWrap(True)  # a long sentence must not make the window wider than the screen
        self.said.setAccessibleName(tr("What happened"))
        self.frame.setAccessibleName(tr("Frame on the screen"))
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 16, 6)
        line.addWidget(self.said, 1)
        line.addWidget(self.frame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(wall, 1)
        column.addLayout(line)
        wall.show()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_Escape:
            self._leave()
        elif a0 is not None:
            self._on_key(a0)

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        super().closeEvent(a0)
        self._leave()


class FullScreen:
    """Moves the wall there and back.

    on_key: takes the keys that are pressed there. said, frame: what the bench says, which frame is shown.
    wants_bench: True if a key has led to something that is only seen on the bench.
    """

    def __init__(
        self,
        place: WallPlace,
        on_key: Callable[[QKeyEvent], None],
        *,
        said: Callable[[], str],
        frame: Callable[[], str],
        wants_bench: Callable[[], bool],
    ) -> None:
        self._place = place
        self._on_key = on_key
        self._said, self._frame = said, frame
        self._wants_bench = wants_bench
        self._screen: _Screen | None = None

    @property
    def window(self) -> QWidget | None:
        """The window of the pictures; None while they are on the bench."""
        return self._screen

    def toggle(self) -> None:
        """Show the pictures there, or bring them back."""
        if self._screen is not None:
            self.close()
            return
        screens, own = QGuiApplication.screens(), self._place.screen()
        other = next((screen for screen in screens if screen is not own), own)
        self._screen = _Screen(self._place.give(), self._pressed, self.close)
        if other is not None:
            self._screen.setGeometry(other.geometry())
        self._screen.showFullScreen()
        self._screen.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def close(self) -> None:
        """Bring the pictures back, if they are away."""
        screen, self._screen = self._screen, None
        if screen is not None:
            self._place.take_back()
            screen.close()
            screen.deleteLater()
            self._show_bench()

    def refresh(self) -> None:
        """Say again what the bench says."""
        if self._screen is not None:
            self._screen.said.setText(self._said())
            self._screen.frame.setText(self._frame())

    def _pressed(self, event: QKeyEvent) -> None:
        self._on_key(event)
        if self._screen is not None and self._wants_bench():
            if self._screen.screen() is self._place.screen():
                self.close()
            else:
                self._show_bench()
        self.refresh()

    def _show_bench(self) -> None:
        window = self._place.window()
        if window is not None:
            window.activateWindow()
