"""A page of HTML on paper: as a PDF file, or on a printer. A4, title and “3 / 12” at the foot of each page."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PyQt6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PyQt6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PyQt6.QtPrintSupport import QPrintDialog, QPrinter
from PyQt6.QtWidgets import QWidget

from coder.annotate.view.theme import body_font
from coder.desktop.pages import keep_together
from coder.language import tr
from coder.model.problem import CoderError, Problem
from coder.staging import staged

_MARGINS_MM = QMarginsF(20, 18, 20, 16)
_FOOT_MM = 9.0
_DPI = 600
_CSS_DPI = 96.0
_TEXT_PT, _FOOT_PT = 9.5, 8.0
_GREY = "#5a6470"
_MM_PER_INCH = 25.4


Html = str | Sequence[str]
"""HTML of the kind that `QTextDocument` knows. Of several texts each begins on a page of its own: what is long is
laid out much faster in parts.
"""


def write_pdf(html: Html, out: Path, title: str) -> int:
    """Write HTML as an A4 PDF; returns the number of pages.

    A file at `out` is replaced only by a whole one. Works without a display, and without an application too: then
    one is made, which draws nothing on any screen. Raises CoderError if the file cannot be written.
    """
    _application()
    with staged(out) as aside:
        aside.touch()  # Qt does not say why it cannot write
        writer = QPdfWriter(str(aside))
        writer.setResolution(_DPI)
        writer.setTitle(title)
        writer.setCreator("Coder Workstation")
        writer.setPageLayout(_page_layout())
        pages = _paint(html, title, writer)
        del writer  # closes the file
        _require_whole(aside, out)
    return pages


def print_html(parent: QWidget, html: Html, title: str) -> bool:
    """Ask for a printer and print HTML on it as `write_pdf` would; False if the person thought better of it.

    Raises CoderError if the printer does not take it.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(_page_layout())
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print: {title}", title=title))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    _paint(html, title, printer, range(printer.fromPage(), printer.toPage() + 1))
    return True


_made: list[QGuiApplication] = []
"""The application that was made for want of one; Qt needs it to live as long as the process."""


def _application() -> None:
    if QGuiApplication.instance() is None:
        displays = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if sys.platform.startswith("linux") and not displays:
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _made.append(QGuiApplication(["coder"]))


def _font(text_pt: float) -> QFont:
    """The program's typeface with the plain form of each sign: of other forms a PDF does not know what they mean,
    and nobody could copy or look for the words.
    """
    font = body_font(text_pt)
    font.clearFeatures()
    for alternatives in ("calt", "ccmp"):
        font.setFeature(QFont.Tag(alternatives.encode()), 0)
    return font


def _page_layout() -> QPageLayout:
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        _MARGINS_MM,
        QPageLayout.Unit.Millimeter,
    )


def _require_whole(aside: Path, out: Path) -> None:
    """A disk that fills up while Qt writes is not told of: the end of the file is looked for."""
    with aside.open("rb") as file:
        begins = file.read(5)
        file.seek(max(aside.stat().st_size - 1024, 0))
        whole = begins == b"%PDF-" and b"%%EOF" in file.read()
    if not whole:
        hint = tr("Choose another folder, or make room.")
        raise CoderError(Problem(tr("The PDF was not written whole."), str(out), hint))


def _paint(html: Html, title: str, device: QPagedPaintDevice, wanted: Iterable[int] = ()) -> int:
    """Draw the pages on the device; wanted: their numbers, 1 is the first; all if it is range(0, 1) or empty."""
    painter = QPainter()
    if not painter.begin(device):
        raise CoderError(Problem(tr("The pages cannot be drawn."), hint=tr("Choose another printer or file.")))
    try:
        dpi = device.logicalDpiY()
        page = QRectF(0, 0, device.width(), device.height())
        foot = _FOOT_MM / _MM_PER_INCH * dpi
        body = QSizeF(page.width(), page.height() - foot)
        documents = [_document(part, device, body) for part in ([html] if isinstance(html, str) else html)]
        pages = [(document, at) for document in documents for at in range(1, document.pageCount() + 1)]
        numbers = [one for one in wanted if 0 < one <= len(pages)] or range(1, len(pages) + 1)
        for at, number in enumerate(numbers):
            if at:
                device.newPage()
            document, place = pages[number - 1]
            _paint_page(painter, document, body, place)
            _paint_foot(painter, page, title, f"{number} / {len(pages)}")
        return len(pages)
    finally:
        painter.end()


def _document(html: str, device: QPagedPaintDevice, body: QSizeF) -> QTextDocument:
    """The text laid out for the device's own metrics, so that nothing moves between layout and paper."""
    document = QTextDocument()
    document.setDefaultFont(_font(_TEXT_PT))
    document.setDocumentMargin(0)
    layout = document.documentLayout()
    assert layout is not None
    layout.setPaintDevice(device)
    document.setHtml(html)
    _size_pictures(document)
    document.setPageSize(body)
    keep_together(document)
    return document


def _size_pictures(document: QTextDocument) -> None:
    """A pixel of HTML is 1/96 of an inch here, on every system: Qt counts those of the screen, 72 on some."""
    screen = QGuiApplication.primaryScreen()
    ratio = (screen.logicalDotsPerInchY() if screen is not None else _CSS_DPI) / _CSS_DPI
    if ratio == 1:
        return
    for cursor, picture in list(_pictures(document)):
        picture.setWidth(picture.width() * ratio)
        picture.setHeight(picture.height() * ratio)
        cursor.setCharFormat(picture)


def _pictures(document: QTextDocument) -> Iterator[tuple[QTextCursor, QTextImageFormat]]:
    block = document.begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            fragment = parts.fragment()
            if fragment.charFormat().isImageFormat():
                cursor = QTextCursor(document)
                cursor.setPosition(fragment.position())
                cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                yield cursor, fragment.charFormat().toImageFormat()
            parts += 1
        block = block.next()


def _paint_page(painter: QPainter, document: QTextDocument, body: QSizeF, number: int) -> None:
    layout = document.documentLayout()
    assert layout is not None
    above = (number - 1) * body.height()
    painter.save()
    painter.translate(0, -above)
    context = QAbstractTextDocumentLayout.PaintContext()
    painter.setClipRect(QRectF(0, above, body.width(), body.height()))
    # what only touches the next page is not drawn here, unseen, as well
    context.clip = QRectF(0, above + 1, body.width(), body.height() - 2)
    # paper is white, whatever the window's theme
    context.palette.setColor(QPalette.ColorRole.Text, QColor(Qt.GlobalColor.black))
    layout.draw(painter, context)
    painter.restore()


def _paint_foot(painter: QPainter, page: QRectF, title: str, number: str) -> None:
    painter.save()
    painter.setFont(_font(_FOOT_PT))
    painter.setPen(QPen(QColor(_GREY)))
    metrics = painter.fontMetrics()
    line = QRectF(page.left(), page.bottom() - metrics.height(), page.width(), metrics.height())
    room = round(page.width() - metrics.horizontalAdvance(number) * 2)
    shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, shown)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, number)
    painter.restore()
