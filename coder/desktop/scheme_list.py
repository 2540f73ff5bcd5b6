"""All schemes in groups: those of the open study, the built-in ones, a person's own, the templates."""

from collections.abc import Iterator, Sequence

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from coder.desktop.look import scaled, theme_now
from coder.desktop.tables import TONE_ROLE, BadgeDelegate
from coder.language import later, plural, tr
from coder.workflows.scheme_library import Entry, Origin

GROUPS = {
    Origin.STUDY: later("In this study"),
    Origin.SHIPPED: later("Built in"),
    Origin.OWN: later("My own"),
    Origin.TEMPLATE: later("Templates"),
}
NONE_OWN = later("None yet: copy one, or begin from a template.")
_NONE_HERE = later("None yet: choose one and use it.")
_TITLE, _VERSION, _STATE = range(3)
_ROW_PX, _VERSION_PX, _STATE_PX, _NARROW_PX = 32, 52, 112, 300


class SchemeList(QTreeWidget):
    """Arrows choose, Enter opens what is chosen to be read. chosen(Entry or None); opened()."""

    chosen = pyqtSignal(object)
    opened = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[tuple[QTreeWidgetItem, Entry]] = []
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.setAccessibleName(tr("Schemes"))
        self.setProperty("role", "bare")
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(BadgeDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(120)
        self._shape()
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit(self.entry))

    @property
    def entry(self) -> Entry | None:
        """The chosen scheme."""
        item = self.currentItem()
        return next((entry for one, entry in self._entries if one is item), None)

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The schemes that the filter lets through, from top to bottom."""
        return tuple(entry for item, entry in self._entries if not item.isHidden())

    def show_entries(self, entries: Sequence[Entry], *, with_study: bool, chosen: Entry | None = None) -> None:
        """Replace the list; `chosen` is chosen, else what was, else the first."""
        wanted = chosen or self.entry
        self.clear()
        self._entries, self._groups = [], []
        for origin, name in GROUPS.items():
            group = [entry for entry in entries if entry.origin is origin]
            if group or origin is Origin.OWN or (origin is Origin.STUDY and with_study):
                self._add_group(tr(name), group, tr(NONE_OWN) if origin is Origin.OWN else tr(_NONE_HERE))
        self.choose(wanted)

    def choose(self, wanted: Entry | None) -> None:
        """Choose a scheme by what it is, or the first one."""
        items = [item for item, _ in self._entries]
        found = [item for item, entry in self._entries if wanted is not None and entry.key == wanted.key]
        for item in (found or items)[:1]:
            self.setCurrentItem(item)

    def narrow(self, words: str) -> None:
        """Show only what has all these words in title, name, summary or the labels of its codes."""
        wanted = words.casefold().split()
        for item, entry in self._entries:
            text = " ".join(_words(entry)).casefold()
            item.setHidden(not all(word in text for word in wanted))
        visible = [item for item, _ in self._entries if not item.isHidden()]
        for heading, inside in self._groups:
            heading.setHidden(bool(wanted) and not any(item in visible for item in inside))
        if self.currentItem() not in visible:
            self.setCurrentItem(visible[0] if visible else None)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Enter goes to the text; everything else moves in the list."""
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.entry is not None:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent | None) -> None:
        """Columns grow with the text."""
        super().changeEvent(event)
        if event is not None and event.type() is QEvent.Type.FontChange:
            self._shape()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Where there is little room titles have it: the text beside the list says the rest."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        view = self.viewport()
        self.setColumnHidden(_STATE, view is not None and view.width() < scaled(_NARROW_PX))

    def _add_group(self, name: str, group: Sequence[Entry], none: str) -> None:
        heading = self._remark(name)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        heading.setFont(_TITLE, bold)
        inside = [self._item(name, entry) for entry in group]
        self._entries += zip(inside, group, strict=True)
        self._groups.append((heading, inside))
        if not group:
            self._groups.append((self._remark(none), []))

    def _remark(self, text: str) -> QTreeWidgetItem:
        """A line that cannot be chosen; arrows pass over it."""
        item = QTreeWidgetItem(self, [text])
        item.setFirstColumnSpanned(True)
        item.setSizeHint(_TITLE, QSize(0, scaled(_ROW_PX)))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(_TITLE, QColor(theme_now().muted))
        return item

    def _item(self, group: str, entry: Entry) -> QTreeWidgetItem:
        version = entry.scheme.id.version if entry.scheme is not None else ""
        state, tone = state_of(entry)
        item = QTreeWidgetItem(self, [entry.title, version, state])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(_STATE, TONE_ROLE, tone)
        item.setSizeHint(_TITLE, QSize(0, scaled(_ROW_PX)))
        item.setForeground(_VERSION, QColor(theme_now().muted))
        item.setTextAlignment(_VERSION, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        spoken = (entry.title, tr("version {version}", version=version) if version else "", group, state)
        item.setData(_TITLE, Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, spoken)))
        item.setToolTip(_TITLE, str(entry.file or entry.title))
        return item

    def _shape(self) -> None:
        header = self.header()
        if header is None:
            return
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        for column, width_px in ((_VERSION, _VERSION_PX), (_STATE, _STATE_PX)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, scaled(width_px))
        self._make_room()


def state_of(entry: Entry) -> tuple[str, str]:
    """What stands beside a scheme in the list, and its tone."""
    if entry.problems:
        return plural("{count} problem", "{count} problems", len(entry.problems)), "error"
    if entry.passes:
        return plural("{count} pass", "{count} passes", entry.passes), "muted"
    return "", ""


def _words(entry: Entry) -> Iterator[str]:
    yield entry.title
    if entry.scheme is not None:
        yield entry.scheme.id.name
        yield entry.scheme.summary
        for tier, code in entry.scheme.codes():
            yield tier.label
            yield code.label
