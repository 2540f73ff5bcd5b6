"""A text to read like a manual: headings to go to, words to look for."""

from collections.abc import Callable

from PyQt6.QtCore import Qt, QUrl
from PyQt6.QtGui import (
    QDesktopServices,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextCursor,
    QTextDocument,
)
from PyQt6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from coder.desktop.forms import Choice
from coder.desktop.look import scaled
from coder.desktop.pieces import button, label
from coder.language import tr

_MARGIN_PX, _LINE_PX = 20, 860


class Reading(QWidget):
    """Shows HTML in lines that can be read; Ctrl+F looks for words, F3 goes on, Esc goes back to the text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.text = _Text()
        self.text.setAccessibleName(name)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.contents = Choice[int](())
        self.contents.setAccessibleName(tr("Contents"))
        self.contents.activated.connect(self._go_to)
        self.look_for = _Field(self.find_next, self.find_before, self.text.setFocus)
        self.look_for.setAccessibleName(tr("Look for words in the text"))
        self.look_for.setPlaceholderText(tr("Look for … (Ctrl+F)"))
        self.look_for.textChanged.connect(self._begin)
        self.before_button = button("‹", self.find_before)
        self.next_button = button("›", self.find_next)
        self.before_button.setAccessibleName(tr("Found before"))
        self.next_button.setAccessibleName(tr("Found next"))
        self.found = label("", "muted")
        self._blocks: list[int] = []
        self._html = ""
        self.setFocusProxy(self.text)
        self._lay_out()
        for key, do in (("Ctrl+F", self._look), ("F3", self.find_next), ("Shift+F3", self.find_before)):
            QShortcut(QKeySequence(key), self).activated.connect(do)

    def show_html(self, html: str) -> None:
        """Show another text from its beginning; the same one stays where it is."""
        if html == self._html:
            return
        self._html = html
        self.text.setHtml(html)
        self._list_headings()
        self.found.setText("")
        if self.look_for.text():
            self._begin()

    def find_next(self) -> None:
        """Go to the next place with the words; after the last comes the first."""
        self._find(QTextDocument.FindFlag(0), QTextCursor.MoveOperation.Start)

    def find_before(self) -> None:
        """Go to the place before; before the first comes the last."""
        self._find(QTextDocument.FindFlag.FindBackward, QTextCursor.MoveOperation.End)

    def _find(self, way: QTextDocument.FindFlag, beginning: QTextCursor.MoveOperation) -> None:
        words = self.look_for.text()
        if not words or self.text.find(words, way):
            return
        here = self.text.textCursor()
        self.text.moveCursor(beginning)
        if not self.text.find(words, way):
            self.text.setTextCursor(here)

    def _begin(self) -> None:
        words, document = self.look_for.text(), self.text.document()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        count, at = 0, QTextCursor(document)
        while words and document is not None and not (at := document.find(words, at)).isNull():
            count += 1
        self.found.setText(tr("found {count}×", count=count) if words else "")
        self.found.setProperty("found", count)
        if count:
            self.find_next()

    def _look(self) -> None:
        self.look_for.setFocus()
        self.look_for.selectAll()

    def _follow(self, link: QUrl) -> None:
        """Places in the text are gone to; addresses of the world open in the browser."""
        if link.isRelative() and link.hasFragment():
            self.text.scrollToAnchor(link.fragment())
        elif link.scheme() in ("http", "https"):
            QDesktopServices.openUrl(link)

    def _list_headings(self) -> None:
        self.contents.clear()
        self._blocks = []
        document = self.text.document()
        block = document.begin() if document is not None else None
        while block is not None and block.isValid():
            level = block.blockFormat().headingLevel()
            if 1 < level < 4 and block.text().strip():
                self.contents.addItem("    " * (level - 2) + block.text())
                self._blocks.append(block.position())
            block = block.next()
        self.contents.setEnabled(bool(self._blocks))

    def _go_to(self, row: int) -> None:
        cursor = self.text.textCursor()
        cursor.setPosition(self._blocks[row])
        self.text.moveCursor(QTextCursor.MoveOperation.End)  # so that the heading comes to the top
        self.text.setTextCursor(cursor)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.contents.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.contents.setMinimumContentsLength(16)
        row.addWidget(self.contents, 2)
        row.addStretch(1)
        row.addWidget(self.found)
        row.addWidget(self.look_for, 2)
        row.addWidget(self.before_button)
        row.addWidget(self.next_button)
        document = self.text.document()
        if document is not None:
            document.setDocumentMargin(_MARGIN_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.text, 1)


class _Text(QTextBrowser):
    """However wide the window, a line has no more letters than the eye can find its way back from."""

    def __init__(self) -> None:
        super().__init__()
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """As wide as there is room, up to a limit that grows with the text."""
        super().resizeEvent(event)
        viewport = self.viewport()
        if viewport is not None:
            self.setLineWrapColumnOrWidth(min(viewport.width(), scaled(_LINE_PX)))


class _Field(QLineEdit):
    """Enter goes on, Shift+Enter back, Esc to the text."""

    def __init__(self, on: Callable[[], object], back: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self._on, self._back, self._leave = on, back, leave

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._back()
        elif enter:
            self._on()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
