"""All keys at a glance, over the bench: the scheme's codes, their details, the commands, with their keys now."""

from collections.abc import Iterable, Iterator, Sequence

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.keymap import Keymap, detail_keys, option_keys
from coder.annotate.view.layout import timeline_tiers
from coder.language import tr
from coder.model.scheme import Scheme

Entry = tuple[tuple[str, ...], str]
Section = tuple[str, list[Entry]]
COLUMN_PT = 26  # how wide a column is at least, in heights of a line
_SCROLLING = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


def sections(scheme: Scheme, keymap: Keymap) -> Iterator[Section]:
    """What the overview lists: headings with their keys."""
    details: dict[str, list[Entry]] = {}
    for tier in timeline_tiers(scheme):
        keyed = [(keymap.key_of(tier.id, code.id), code.label) for code in tier.codes]
        yield tier.label, [((key,), name) for key, name in keyed if key]
        for code in tier.codes:
            for option in option_keys(code):
                entries = details.setdefault(option.modifier.label, [])
                if ((option.key,), option.label) not in entries:
                    entries.append(((option.key,), option.label))
    for name, entries in details.items():
        yield tr("Detail: {name}", name=name), entries
    for link in scheme.links:
        judged: list[Entry] = [((one.key,), one.label) for one in link.outcomes]
        for detail in link.details:
            judged += [((one.key,), f"{detail.label}: {one.label}") for one in detail_keys(detail)]
        yield tr("In the review of answers: {name}", name=link.label), judged
    for name, commands in keymap.groups():
        yield tr(name), [(one.keys, tr(one.label)) for one in commands if one.keys]


def spread(lengths: Sequence[int], columns: int) -> list[range]:
    """Which sections stand in which column, in their order, so that the longest column is as short as can be."""

    def packed(limit: int) -> list[range]:
        ends, height = [0], 0
        for at, length in enumerate(lengths):
            if height and height + length > limit:
                ends.append(at)
                height = 0
            height += length
        return [range(start, end) for start, end in zip(ends, [*ends[1:], len(lengths)], strict=True)]

    limit = max([*lengths, -(-sum(lengths) // columns)], default=0)
    while len(packed(limit)) > columns:
        limit += 1
    return packed(limit)


class KeyHelp(QFrame):
    """Covers its parent while it is shown. Typing searches; the key that showed it, or Esc, puts it away."""

    def __init__(self, parent: QWidget, listed: Iterable[Section]) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("All keys"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Type to search"))
        self.search.setAccessibleName(tr("Search the keys"))
        self.search.textChanged.connect(lambda _text: self._arrange())
        self.search.installEventFilter(self)
        self._groups = [_Group(name, entries) for name, entries in listed if entries]
        self._columns: list[QVBoxLayout] = []
        self._inside = QWidget()
        self._row = QHBoxLayout(self._inside)
        self._row.setSpacing(32)
        self._row.setContentsMargins(0, 0, 12, 0)
        self.area = QScrollArea()
        self.area.setWidget(self._inside)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for behind in (self._inside, self.area.viewport()):
            if behind is not None:
                behind.setAutoFillBackground(False)
        self._lay_out()
        self.hide()

    def toggle(self) -> None:
        """Show it, or put it away."""
        parent = self.parentWidget()
        if parent is None or self.isVisible():
            self.hide()
            if parent is not None:
                parent.setFocus()
            return
        self.setGeometry(parent.rect().adjusted(24, 24, -24, -24))
        self.search.clear()
        self.show()
        self.raise_()
        self.search.setFocus()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._arrange()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        """Arrows scroll; a "?" with nothing typed puts the sheet away, as it came."""
        if isinstance(a1, QKeyEvent) and a1.type() is QEvent.Type.KeyPress:
            bar = self.area.verticalScrollBar()
            step = _SCROLLING.get(Qt.Key(a1.key()))
            if step is not None and bar is not None:
                bar.setValue(bar.value() + step * bar.singleStep())
                return True
            if a1.text() == "?" and not self.search.text():
                self.toggle()
                return True
        return super().eventFilter(a0, a1)

    def _arrange(self) -> None:
        words = self.search.text().casefold().split()
        found = [group for group in self._groups if group.choose(words)]
        wide = self.fontMetrics().height() * COLUMN_PT
        places = spread([group.length for group in found], max(self.width() // wide, 1))
        while self._row.count():
            column = self._row.takeAt(0)
            inner = column.layout() if column is not None else None
            while inner is not None and inner.count():
                inner.takeAt(0)
        for place in places:
            stack = QVBoxLayout()
            stack.setSpacing(14)
            for at in place:
                stack.addWidget(found[at])
            stack.addStretch(1)
            self._row.addLayout(stack, 1)

    def _lay_out(self) -> None:
        title = QLabel(tr("All keys"))
        title.setProperty("role", "title")
        hint = QLabel(tr("Esc puts this away."))
        hint.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(title)
        head.addWidget(self.search, 1)
        head.addWidget(hint)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 16)
        whole.setSpacing(16)
        whole.addLayout(head)
        whole.addWidget(self.area, 1)
        for group in self._groups:
            group.setParent(self._inside)


class _Group(QWidget):
    """A heading with its keys below."""

    def __init__(self, name: str, entries: list[Entry]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        title = QLabel(name)
        title.setProperty("role", "heading")
        column.addWidget(title)
        self._rows = [
            (f"{name} {label} {' '.join(keys)}".casefold(), _line(keys, label)) for keys, label in entries
        ]
        for _, line in self._rows:
            column.addWidget(line)
        self.length = len(entries) + 2

    def choose(self, words: Sequence[str]) -> bool:
        """Show the lines with all the words; False if there is none."""
        found = [line for text, line in self._rows if all(word in text for word in words)]
        for _, line in self._rows:
            line.setVisible(line in found)
        self.length = len(found) + 2
        self.setVisible(bool(found))
        return bool(found)


def _line(keys: tuple[str, ...], label: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    what = QLabel(label)
    what.setWordWrap(True)
    row.addWidget(what, 1)
    for key in keys:
        cap = QLabel(shown(key))
        cap.setProperty("role", "key")
        row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
    return line
