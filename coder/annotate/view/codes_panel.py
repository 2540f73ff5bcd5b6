"""The codes beside the film: what is in play above, palette or pad below it."""

from collections.abc import Callable, Mapping
from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from coder.annotate.keymap import Do, Keymap
from coder.annotate.view.family import Families
from coder.annotate.view.pad import Pad
from coder.annotate.view.palette import Palette
from coder.annotate.view.small_button import small_button
from coder.annotate.view.watched import Watched
from coder.language import tr

_EDGE_PX = 5


class CodesPanel(QWidget):
    """Chooser of families and switch of the pad, above the palette or, while `pad_shown`, the pad.

    review: the button below the head that begins the review of answers; None where nothing answers anything.
    """

    def __init__(
        self, keymap: Keymap, families: Families, palette: Palette, pad: Pad, review: QToolButton | None
    ) -> None:
        super().__init__()
        self._families = families
        self._palette = palette
        self.pad_shown = Watched(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(palette)
        self._stack.addWidget(pad)
        self._chooser = small_button("", keymap.command(Do.FAMILY).hint)
        self._chooser.setProperty("role", "menu")
        self._chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._chooser.setMenu(self._menu())
        self._switch = small_button("", keymap.command(Do.PAD).hint)
        self._switch.setText(tr("Pad"))
        self._switch.setCheckable(True)
        self._switch.clicked.connect(self.toggle_pad)
        head = QHBoxLayout()
        head.setContentsMargins(12, _EDGE_PX, 12, 0)
        head.addWidget(self._chooser)
        head.addStretch(1)
        head.addWidget(self._switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        self._review = review
        if review is not None:
            row = QHBoxLayout()
            row.setContentsMargins(12, _EDGE_PX, 12, 0)
            row.addWidget(review)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self._stack, 1)
        self._chooser.setVisible(len(families.all) > 1)
        self._switch.setVisible(pad.useful)
        families.in_play.listen(lambda _: self._name())
        self.pad_shown.listen(self._show_pad)
        self._name()

    def toggle_pad(self) -> None:
        """Pad instead of palette, or back; there is none without codes for it."""
        if not self._switch.isHidden():
            self.pad_shown.set(not self.pad_shown.value)

    def wide_px(self) -> int:
        """The width at which the palette stands in two columns."""
        return self._palette.two_columns_px()

    def needed_px(self, most_px: int) -> int:
        """The height that the palette needs if it can have at most so much."""
        head_px = self._chooser.sizeHint().height() + 2 * _EDGE_PX
        if self._review is not None:
            head_px += self._review.sizeHint().height() + _EDGE_PX
        return self._palette.needed_px(most_px - head_px) + head_px

    def commands(self) -> Mapping[Do, Callable[[], None]]:
        """What the key of the pad does."""
        return {Do.PAD: self.toggle_pad}

    def _show_pad(self, shown: bool) -> None:
        self._stack.setCurrentIndex(int(shown))
        self._switch.setChecked(shown)

    def _name(self) -> None:
        self._chooser.setText(f"{self._families.name(self._families.current())}  ▾")

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(partial(self._fill, menu))
        return menu

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        current = self._families.current()
        for family in self._families.all:
            action = menu.addAction(self._families.name(family))
            assert action is not None
            action.setCheckable(True)
            action.setChecked(family == current)
            action.triggered.connect(partial(self._families.choose, family))
        menu.addSeparator()
        hide = menu.addAction(tr("Hide the tiers that are not in play"))
        assert hide is not None
        hide.setCheckable(True)
        hide.setChecked(self._families.in_play.value.hidden)
        hide.triggered.connect(self._families.swap_others)
