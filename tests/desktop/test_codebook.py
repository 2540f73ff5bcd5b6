"""The codebook from the page of schemes, by keys: as a page for browsers, as a PDF."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from coder.desktop.errors import ErrorBox
from coder.desktop.scheme_forms import ExportForm
from coder.desktop.workstation import Workstation
from tests.desktop.hands import back_to, press, shown, write
from tests.desktop.test_schemes_page import choose, more, opened

ENTER = Qt.Key.Key_Return

# what the offscreen platform says of every menu
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")


def saved(
    workstation: Workstation, qtbot: QtBot, letter: str, folder: Path, title: str = "Segment Ratings"
) -> str:
    """Save the codebook of a scheme in a folder; what the form said it will be."""
    page = opened(workstation)
    choose(page, title)
    more(qtbot, page, letter)
    form = shown(qtbot, ExportForm)
    write(str(folder))
    said = form.outcome.text()
    press(ENTER)
    back_to(qtbot, workstation.window)
    return said


def test_a_page_for_browsers_is_saved(workstation: Workstation, qtbot: QtBot, tmp_path: Path) -> None:
    assert "ratings-1.0.html" in saved(workstation, qtbot, "w", tmp_path)
    out = tmp_path / "ratings-1.0.html"
    qtbot.waitUntil(lambda: "The codebook is in" in workstation.strip.text)
    assert str(out) in workstation.strip.text
    assert "Warm regard" in out.read_text("utf-8")


def test_a_pdf_with_pictures_is_saved(workstation: Workstation, qtbot: QtBot, tmp_path: Path) -> None:
    saved(workstation, qtbot, "f", tmp_path, "Shared Play")
    out = tmp_path / "shared-play-1.1.pdf"
    qtbot.waitUntil(lambda: "The codebook is in" in workstation.strip.text)
    read = QPdfDocument(None)
    assert read.load(str(out)) is QPdfDocument.Error.None_
    text = " ".join(read.getAllText(page).text() for page in range(read.pageCount()))
    assert "Sample film first-practice" in " ".join(text.split())
    assert "Sample film shared-play" not in " ".join(text.split()), "the course of the scheme tests on it"


def test_cancelling_leaves_nothing(workstation: Workstation, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    saved(workstation, qtbot, "w", folder, "Shared Play")
    qtbot.waitUntil(lambda: workstation.strip.busy)
    workstation.strip.cancel_button.click()
    qtbot.waitUntil(lambda: not workstation.strip.busy)
    assert "The codebook was not made." in workstation.strip.text
    assert list(folder.iterdir()) == []


def test_a_folder_that_has_gone_is_told(workstation: Workstation, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    page = opened(workstation)
    choose(page, "Segment Ratings")
    more(qtbot, page, "f")
    shown(qtbot, ExportForm)
    write(str(folder))
    folder.rmdir()
    press(ENTER)
    box = shown(qtbot, ErrorBox)
    assert "cannot be written" in box.accessibleDescription()
    press(ENTER)
