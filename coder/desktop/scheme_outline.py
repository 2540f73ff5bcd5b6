"""The parts of a scheme as a tree: chosen by arrows, with their keys and how much is wrong with them."""

from collections.abc import Callable, Iterator, Mapping

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QKeyEvent
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from coder.annotate.keycaps import shown
from coder.desktop.look import scaled, theme_now
from coder.desktop.scheme_field_words import GROUPS
from coder.desktop.tables import TONE_ROLE, BadgeDelegate
from coder.formats.scheme_draft import SchemeDraft
from coder.formats.scheme_keys import normal_key
from coder.formats.scheme_node import Node
from coder.formats.toml_places import Path
from coder.language import plural, tr

INNER = {
    "modifiers": ("options",),
    "tiers": ("codes", "targets"),
    "codes": ("evidence",),
    "links": ("outcomes", "targets"),
    "derived": ("targets", "evidence"),
}
"""The lists that the parts of a list have."""

_NAME, _KEY, _WRONG = range(3)
_KEY_PX, _WRONG_PX, _INDENT_PX = 40, 38, 14
_PATH_ROLE = Qt.ItemDataRole.UserRole + 1
Keys = Mapping[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]]


class Outline(QTreeWidget):
    """chosen(path): a part was chosen. keys: what keys do here, besides choosing."""

    chosen = pyqtSignal(object)

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self._items: dict[Path, QTreeWidgetItem] = {}
        self.setAccessibleName(tr("Parts of the scheme"))
        self.setProperty("role", "bare")
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setIndentation(scaled(_INDENT_PX))
        self.setTabKeyNavigation(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(BadgeDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shape()
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit(self.path))

    @property
    def path(self) -> Path:
        """The chosen part: () for the scheme, ("tiers",) for all tiers, ("tiers", 0) for one."""
        item = self.currentItem()
        return tuple(item.data(_NAME, _PATH_ROLE)) if item is not None else ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """All parts, from top to bottom."""
        return tuple(self._items)

    def show_draft(self, draft: SchemeDraft, wrong: Mapping[Path, int]) -> None:
        """Show the parts of a draft. wrong: how many problems each part has, those of its inner parts included."""
        rows = list(_rows(draft))
        if [path for path, _ in rows] != list(self._items):
            self._build([path for path, _ in rows])
        for path, name in rows:
            self._fill(self._items[path], draft, path, name, wrong.get(path, 0))

    def choose(self, path: Path) -> None:
        """Choose the part at a path, or the nearest one around it."""
        while path and path not in self._items:
            path = path[:-1]
        if path in self._items:
            self.setCurrentItem(self._items[path])

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Keys that change the chosen part; else arrows and letters choose."""
        do = None
        if event is not None:
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            do = self._keys.get((Qt.Key(event.key()), held))
        if do is not None:
            do()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent | None) -> None:
        """Columns grow with the text."""
        super().changeEvent(event)
        if event is not None and event.type() is QEvent.Type.FontChange:
            self._shape()

    def _build(self, paths: list[Path]) -> None:
        """Make the tree anew, with the same part chosen and the same ones open as far as they are still there."""
        path, focus = self.path, self.hasFocus()
        opened = {known for known, item in self._items.items() if item.isExpanded()}
        known_before = set(self._items)
        self._items = {}
        self.clear()
        for one in paths:
            around = _owner(one)
            owner = self._items[around] if around is not None else None
            item = QTreeWidgetItem(owner) if owner is not None else QTreeWidgetItem(self)
            item.setData(_NAME, _PATH_ROLE, one)
            item.setTextAlignment(_KEY, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._items[one] = item
        for one, item in self._items.items():
            item.setExpanded(one in opened if one in known_before else _is_open_at_first(one))
        if known_before:
            self.choose(path)
        if focus:
            self.setFocus()

    def _fill(self, item: QTreeWidgetItem, draft: SchemeDraft, path: Path, name: str, wrong: int) -> None:
        table = draft.value(path)
        key = Node(path, table).text("key") if isinstance(table, dict) and path else ""
        item.setText(_NAME, name)
        item.setText(_KEY, shown(normal_key(key)) if key else "")
        item.setText(_WRONG, str(wrong) if wrong else "")
        item.setData(_WRONG, TONE_ROLE, "error" if wrong else "")
        told = plural("{count} problem", "{count} problems", wrong) if wrong else ""
        item.setToolTip(_NAME, name)
        item.setData(_NAME, Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (name, key, told))))
        item.setForeground(_KEY, QColor(theme_now().muted))
        if len(path) == 1 or not path:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            item.setFont(_NAME, font)

    def _shape(self) -> None:
        header = self.header()
        if header is None:
            return
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_KEY, _KEY_PX), (_WRONG, _WRONG_PX)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, scaled(width))

    def sizeHint(self) -> QSize:
        """Narrow: the page gives what is there."""
        return QSize(240, 200)


def name_of(draft: SchemeDraft, path: Path) -> str:
    """What a part is called: by its label, else by what it is about."""
    if not path:
        return str(draft.value(("title",)) or tr("Scheme"))
    if len(path) == 1:
        group = GROUPS.get(str(path[0]))
        return tr(group) if group else str(path[0])
    table = draft.value(path)
    node = Node(path, table if isinstance(table, dict) else {})
    if path[-2] == "targets":
        target = node.number("target")
        number = f"{target:g}" if target is not None else "?"
        return f"{node.text('statistic') or '?'} ≥ {number}"
    if path[-2] == "evidence":
        return tr("Evidence: {signal}", signal=node.text("feature") or "?")
    return " ".join(node.text("label").split()) or node.text("id") or "–"


def _rows(draft: SchemeDraft) -> Iterator[tuple[Path, str]]:
    """Every part with its name, from top to bottom."""
    yield (), name_of(draft, ())
    for group in GROUPS:
        yield (group,), name_of(draft, (group,))
        yield from _parts(draft, (group,))


def _parts(draft: SchemeDraft, list_path: Path) -> Iterator[tuple[Path, str]]:
    entries = draft.value(list_path)
    for at, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            path = (*list_path, at)
            yield path, name_of(draft, path)
            for inner in INNER.get(str(list_path[-1]), ()):
                yield from _parts(draft, (*path, inner))


def _owner(path: Path) -> Path | None:
    """The part under which another stands; None for the scheme and its lists."""
    if len(path) <= 1:
        return None
    return path[:-1] if len(path) == 2 else path[:-2]


def _is_open_at_first(path: Path) -> bool:
    return path == ("tiers",) or (len(path) == 2 and path[0] == "tiers")
