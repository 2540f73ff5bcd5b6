"""Where the pages of a text document end: no heading alone at the foot of a page, no box cut in two.

Qt breaks pages wherever a line ends. What is to stay together is written as a table of one cell, at the top level.
"""

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import (
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextTable,
    QTextTableFormat,
)

_BREAK = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore

# A paragraph or table up to this share of a page is not cut either.
_SHORT = 0.15

Item = QTextFrame | QTextBlock


def keep_together(document: QTextDocument) -> None:
    """Begin a new page before each box that a page would cut, and before headings whose text would be cut off.

    A table with rows may be cut between them, but not after its head; the short text above it stays with it.
    A box that is taller than a page is left to be cut. The document must know its page size.
    """
    height = document.pageSize().height()
    items = _items(document)
    for at, item in enumerate(items):
        box = _box(document, item)
        first = at
        if box.height() > (height if _is_box(item) else height * _SHORT):
            if not isinstance(item, QTextTable) or _is_box(item):
                continue
            box = _beginning(document, item)
        if isinstance(item, QTextTable) and not _is_box(item) and at and _is_short(document, items[at - 1]):
            first -= 1
        while first and _is_heading(items[first - 1]):
            first -= 1
        top = _box(document, items[first]).top()
        if int(top // height) != int((box.bottom() - 1) // height) and _room_used(top, height):
            _break_before(items[first])
            # what is laid out anew from a changed place on is not always laid out rightly
            document.markContentsDirty(0, document.characterCount())


def _items(document: QTextDocument) -> list[Item]:
    """The blocks and tables of the top level, in order."""
    root = document.rootFrame()
    assert root is not None
    found: list[Item] = []
    parts = root.begin()
    while not parts.atEnd():
        frame = parts.currentFrame()
        found.append(parts.currentBlock() if frame is None else frame)
        parts += 1
    return found


def _is_box(item: Item) -> bool:
    return isinstance(item, QTextTable) and item.rows() == item.columns() == 1


def _is_short(document: QTextDocument, item: Item) -> bool:
    """True for a paragraph of a few lines, such as stands above a table."""
    return isinstance(item, QTextBlock) and _box(document, item).height() < document.pageSize().height() * _SHORT


def _beginning(document: QTextDocument, table: QTextTable) -> QRectF:
    """The head of a table and its first row."""
    box, row = _box(document, table), min(1, table.rows() - 1)
    cells = [table.cellAt(row, column) for column in range(table.columns())]
    bottom = max(_box(document, cell.lastCursorPosition().block()).bottom() for cell in cells)
    return QRectF(box.left(), box.top(), box.width(), max(bottom - box.top(), 1))


def _is_heading(item: Item) -> bool:
    return isinstance(item, QTextBlock) and item.blockFormat().headingLevel() > 0


def _box(document: QTextDocument, item: Item) -> QRectF:
    layout = document.documentLayout()
    assert layout is not None
    return layout.frameBoundingRect(item) if isinstance(item, QTextFrame) else layout.blockBoundingRect(item)


def _room_used(top: float, height: float) -> bool:
    """False at the very top of a page, where another break would leave it empty."""
    return top % height > 1


def _break_before(item: Item) -> None:
    if isinstance(item, QTextTable):
        form = QTextTableFormat(item.format())
        form.setPageBreakPolicy(_BREAK)
        item.setFormat(form)
    elif isinstance(item, QTextBlock):
        cursor = QTextCursor(item)
        block = item.blockFormat()
        block.setPageBreakPolicy(_BREAK)
        cursor.setBlockFormat(block)
