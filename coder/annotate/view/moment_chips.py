"""The evidence moments of a rating, each a chip: a click or Enter plays it, its cross or Delete takes it away."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from coder.annotate.view.flow import FlowLayout
from coder.annotate.view.small_button import small_button
from coder.language import tr
from coder.model.time import SECOND_US, Span

_TAKES_AWAY = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class MomentChips(QWidget):
    """Shows the moments of one item; owns none. Hidden while there are none.

    leave: give the keys back, when the chip that had them is gone and none is left.
    """

    def __init__(
        self,
        item: str,
        play: Callable[[Span], None],
        remove: Callable[[Span], None],
        leave: Callable[[], None],
        *,
        locked: bool,
    ) -> None:
        super().__init__()
        self._item = item
        self._leave = leave
        self._play = play
        self._remove = remove
        self._locked = locked
        self._shown: tuple[Span, ...] = ()
        self.chips: list[MomentChip] = []
        self._flow = FlowLayout(3)
        self.setLayout(self._flow)
        self.hide()

    def show_moments(self, moments: tuple[Span, ...]) -> None:
        """Show these from now on."""
        if moments == self._shown:
            return
        focus = QApplication.focusWidget()
        focused = next((n for n, chip in enumerate(self.chips) if chip.isAncestorOf(focus)), None)
        self._shown = moments
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [
            MomentChip(self._item, one, self._play, self._remove, locked=self._locked) for one in moments
        ]
        for chip in self.chips:
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(moments))
        if focused is not None and moments:
            self.chips[min(focused, len(moments) - 1)].play.setFocus(Qt.FocusReason.OtherFocusReason)
        elif focused is not None:
            self._leave()


class MomentChip(QWidget):
    """One moment."""

    def __init__(
        self,
        item: str,
        moment: Span,
        play: Callable[[Span], None],
        remove: Callable[[Span], None],
        *,
        locked: bool,
    ) -> None:
        super().__init__()
        self.moment = moment
        self._remove = None if locked else partial(remove, moment)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        times = times_text(moment)
        self.play = small_button(f"▸ {times}", tr("{item}: play the moment {times}", item=item, times=times))
        self.play.clicked.connect(lambda: play(moment))
        row.addWidget(self.play)
        self.cross: QToolButton | None = None
        if self._remove is not None:
            self.cross = small_button("×", tr("{item}: take away the moment {times}", item=item, times=times))
            self.cross.clicked.connect(self._remove)
            row.addWidget(self.cross)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """Keys that the buttons leave alone come here."""
        if a0 is not None and a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.play.hasFocus():
            self.play.click()
        elif a0 is not None and a0.key() in _TAKES_AWAY and self._remove is not None:
            self._remove()
        else:
            super().keyPressEvent(a0)


def times_text(moment: Span) -> str:
    """`1:02.4–1:07.4`: minutes, seconds and tenths (cut, not rounded)."""
    return f"{_time(moment.start_us)}–{_time(moment.end_us)}"


def _time(at_us: int) -> str:
    tenths = at_us * 10 // SECOND_US
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"
