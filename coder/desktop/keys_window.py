"""All keys on one page, to read up on while no pass is open; the bench has a sheet of its own with the codes."""

from collections.abc import Iterable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from coder.annotate.keymap import groups
from coder.desktop.menus import MENUS, Action
from coder.desktop.pieces import Card, button, label, scrolled
from coder.language import tr

KeyRow = tuple[tuple[str, ...], str]


class KeysWindow(QDialog):
    """An overview that may stay open beside the work."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        self.resize(920, 640)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        columns = (QVBoxLayout(), QVBoxLayout())
        lengths = [0, 0]
        for name, rows in _sections():
            shorter = lengths.index(min(lengths))
            columns[shorter].addWidget(_card(name, rows))
            lengths[shorter] += len(rows) + 2
        for column in columns:
            column.setSpacing(16)
            column.addStretch(1)
            halves.addLayout(column, 1)
        inside = QWidget()
        inside.setLayout(halves)
        self.area = scrolled(inside, tr("All keys"))
        close = button(tr("&Close"), self.close)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(self.area, 1)
        whole.addLayout(foot)
        self.area.setFocus()


def _sections() -> Iterable[tuple[str, tuple[KeyRow, ...]]]:
    for name, commands in groups():
        yield tr(name), tuple((command.keys, tr(command.label)) for command in commands)
    yield tr("Window"), tuple(_menu_keys())


def _menu_keys() -> Iterable[KeyRow]:
    for menu in MENUS:
        for entry in menu.entries:
            if isinstance(entry, Action) and entry.shortcut:
                yield (entry.shortcut,), tr(entry.label).replace("&", "").rstrip("…")
    yield ("F5",), tr("Look at the study again")


def _card(name: str, rows: tuple[KeyRow, ...]) -> Card:
    card = Card(name)
    card.column.setSpacing(6)
    for keys, what in rows:
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(label(what, wrap=True), 1)
        for key in keys:
            line.addWidget(label(key, "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        card.column.addLayout(line)
    return card
