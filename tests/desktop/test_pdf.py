"""PDFs, read back with Qt's own reader: everything is in them, whole, on pages that end in the right places."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt6.QtCore import QSizeF, QTimer
from PyQt6.QtGui import QImage, QPainter
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtPrintSupport import QPrintDialog, QPrinter
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coder.desktop.pdf import _page_layout, _paint, print_html, write_pdf
from coder.formats import read_scheme
from coder.model.problem import CoderError
from coder.report.codebook import Example, Made, Still, codebook_plain
from coder.settings.shipped import shipped

A4_PT = QSizeF(595, 842)


class Read:
    """A PDF as somebody sees it: the text of each page, and pictures of them."""

    def __init__(self, path: Path) -> None:
        self._document = QPdfDocument(None)
        assert self._document.load(str(path)) is QPdfDocument.Error.None_
        self.title = self._document.metaData(QPdfDocument.MetaDataField.Title)
        self.size = self._document.pagePointSize(0)
        count = self._document.pageCount()
        self.pages = [" ".join(self._document.getAllText(page).text().split()) for page in range(count)]

    def picture(self, page: int) -> QImage:
        """A page at 100 dots an inch."""
        size = (self._document.pagePointSize(page) * (100 / 72)).toSize()
        paper = QImage(size, QImage.Format.Format_RGB32)
        paper.fill(0xFFFFFFFF)
        painter = QPainter(paper)
        painter.drawImage(0, 0, self._document.render(page, size))
        painter.end()
        return paper


def written(tmp_path: Path, body: str, title: str = "A title") -> Read:
    out = tmp_path / "page.pdf"
    count = write_pdf(f"<html><body>{body}</body></html>", out, title)
    read = Read(out)
    assert len(read.pages) == count
    return read


def coloured(image: QImage) -> int:
    """How many points are neither white, grey nor black."""
    colours = (image.pixelColor(x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4))
    return sum(max(one.getRgb()[:3]) - min(one.getRgb()[:3]) > 60 for one in colours)


def paragraphs(count: int, word: str = "word") -> str:
    return "".join(f"<p>{word}{number} and so on</p>" for number in range(count))


@pytest.mark.usefixtures("qapp")
def test_every_page_is_a4_with_its_number_and_the_title(tmp_path: Path) -> None:
    read = written(tmp_path, paragraphs(150), "Who Looks – 1.0")
    assert len(read.pages) > 2
    assert (round(read.size.width()), round(read.size.height())) == (A4_PT.width(), A4_PT.height())
    assert read.title == "Who Looks – 1.0"
    for number, text in enumerate(read.pages, 1):
        assert text.endswith(f"Who Looks – 1.0 {number} / {len(read.pages)}")


@pytest.mark.usefixtures("qapp")
def test_no_line_is_lost_or_said_twice(tmp_path: Path) -> None:
    read = written(tmp_path, paragraphs(400))
    words = " ".join(read.pages).split()
    assert [one for one in words if one.startswith("word")] == [f"word{number}" for number in range(400)]


@pytest.mark.usefixtures("qapp")
def test_a_paragraph_of_several_pages_keeps_every_word(tmp_path: Path) -> None:
    read = written(tmp_path, "<p>" + " ".join(f"word{number}" for number in range(3000)) + "</p>")
    words = [one for one in " ".join(read.pages).split() if one.startswith("word")]
    # where a paragraph goes on, Qt draws the line above the page once more, out of sight
    assert list(dict.fromkeys(words)) == [f"word{number}" for number in range(3000)]
    assert 2 < len(read.pages) < 8


def box(number: int, lines: int = 6) -> str:
    inside = "".join(f"<p>box{number} line{line}</p>" for line in range(lines))
    return f'<table width="100%"><tr><td><h3>Box {number}</h3>{inside}</td></tr></table>'


@pytest.mark.usefixtures("qapp")
def test_a_page_never_cuts_a_box(tmp_path: Path) -> None:
    read = written(tmp_path, "".join(map(box, range(40))))
    for number in range(40):
        assert sum(f"box{number} line" in page for page in read.pages) == 1
    assert len(read.pages) > 3


@pytest.mark.usefixtures("qapp")
def test_a_box_that_is_taller_than_a_page_goes_on_on_the_next(tmp_path: Path) -> None:
    read = written(tmp_path, "<p>before</p>" + box(1, lines=120) + "<p>after</p>")
    assert "before" in read.pages[0]
    assert "line0" in read.pages[0]
    assert "line119" in " ".join(read.pages)
    assert "after" in read.pages[-1]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("lines", range(30, 60, 3))
def test_a_heading_is_never_alone_at_the_foot_of_a_page(tmp_path: Path, lines: int) -> None:
    read = written(
        tmp_path, paragraphs(lines) + "<h2>Chapter</h2><h3>Part</h3>" + box(7) + "<h2>Next</h2><p>told</p>"
    )
    assert sum("Chapter Part Box 7 box7 line0" in page for page in read.pages) == 1
    assert sum("Next told" in page for page in read.pages) == 1


@pytest.mark.usefixtures("qapp")
def test_paper_is_white_and_ink_is_black_in_a_dark_window_too(tmp_path: Path, qapp: QApplication) -> None:
    before, dark = qapp.palette(), qapp.palette()
    dark.setColor(dark.ColorRole.Text, dark.color(dark.ColorRole.Base))
    dark.setColor(dark.ColorRole.WindowText, dark.color(dark.ColorRole.Base))
    try:
        qapp.setPalette(dark)
        picture = written(tmp_path, paragraphs(40)).picture(0)
    finally:
        qapp.setPalette(before)
    tones = {picture.pixelColor(x, y).lightness() for x in range(60, 300) for y in range(60, 400, 2)}
    assert max(tones) == 255
    assert min(tones) < 60


@pytest.mark.usefixtures("qapp")
def test_the_codebook_is_whole_and_has_its_pictures(tmp_path: Path) -> None:
    scheme = read_scheme(shipped("schemes") / "gaze-near.toml")
    red = QImage(96, 54, QImage.Format.Format_RGB888)
    red.fill(0xFFCC2211)
    file = tmp_path / "red.jpg"
    assert red.save(str(file))
    stills = tuple(Still(label, 480, 270, file.read_bytes()) for label in ("First frame", "Middle", "Last frame"))
    shown = Example("dist", "d_touch", "Sample film x, 00:00:02.560", stills)
    out = tmp_path / "book.pdf"
    write_pdf(codebook_plain(scheme, (shown,), Made("coder 0.0")), out, scheme.title)
    read = Read(out)
    assert 6 < len(read.pages) < 20
    text = " ".join(read.pages)
    for _, code in scheme.codes():
        assert code.label in text
        assert code.definition in text
    (page,) = [number for number, one in enumerate(read.pages) if "Sample film x" in one]
    assert coloured(read.picture(page)) > 1000
    assert coloured(read.picture(page - 1)) < 100


@pytest.mark.usefixtures("qapp")
def test_a_file_that_cannot_be_written_is_told_of_and_the_old_one_stays(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="cannot be"):
        write_pdf("<p>x</p>", tmp_path / "no such folder" / "x.pdf", "x")
    out = tmp_path / "x.pdf"
    out.write_bytes(b"what was there")
    blocked = tmp_path / "y.pdf"
    blocked.mkdir()
    with pytest.raises(CoderError):
        write_pdf("<p>x</p>", blocked, "x")
    assert out.read_bytes() == b"what was there"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["x.pdf", "y.pdf"]


@pytest.mark.usefixtures("qapp")
def test_a_printer_gets_the_pages_that_were_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(out))
    printer.setPageLayout(_page_layout())
    body = "<html><body>" + paragraphs(150) + "</body></html>"
    assert _paint(body, "A title", printer, range(2, 4)) > 3
    read = Read(out)
    assert [page.split()[0] for page in read.pages] != ["word0", "word0"]
    assert [page[-5:] for page in read.pages] == ["2 / 5", "3 / 5"]


@pytest.mark.usefixtures("qapp")
def test_who_thinks_better_of_printing_prints_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QPrintDialog)
        assert dialog.windowTitle() == "Print: A title"
        dialog.reject()

    QTimer.singleShot(200, leave)
    assert not print_html(window, "<p>x</p>", "A title")


def test_without_a_display_and_without_an_application_a_pdf_is_written(tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    words = (
        "import sys, pathlib, coder.desktop.pdf as pdf; pdf.write_pdf('<p>x</p>', pathlib.Path(sys.argv[1]), 'x')"
    )
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    bare.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-c", words, str(out)], env=bare, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_bytes().startswith(b"%PDF-")
