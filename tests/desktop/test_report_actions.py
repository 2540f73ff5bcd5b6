"""The report and the agenda from the window, by keys: for browsers, as a PDF; what cannot be written is told."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from coder.desktop.errors import ErrorBox
from coder.desktop.paper_form import Paper, PaperForm
from coder.desktop.report_actions import ReportActions
from coder.desktop.workstation import Workstation
from tests.desktop.conftest import nameless
from tests.desktop.hands import back_to, press, shown, until, write
from tests.workflows.supervised import supervised

ENTER = Qt.Key.Key_Return

# what the offscreen platform says of every menu
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")


@pytest.fixture
def actions(workstation: Workstation, tmp_path: Path) -> ReportActions:
    """Of an open study that two have coded."""
    folder = tmp_path / "study"
    supervised(folder, clips=("first-practice",), coders=("Sasha",)).close()
    workstation.open_study(folder)
    assert workstation.store is not None
    return ReportActions(workstation.store, workstation.tools, workstation.window)


def read(file: Path) -> str:
    document = QPdfDocument(None)
    assert document.load(str(file)) is QPdfDocument.Error.None_
    text = " ".join(document.getAllText(page).text() for page in range(document.pageCount()))
    return " ".join(text.split())


def chosen(qtbot: QtBot, paper: Paper, folder: Path) -> PaperForm:
    """The form with a folder written in and a kind chosen by keys."""
    form = shown(qtbot, PaperForm)
    assert not nameless(form)
    for _ in range(list(Paper).index(paper)):
        press(Qt.Key.Key_Down)
    assert form.paper.value is paper
    press(Qt.Key.Key_Tab)
    write(str(folder))
    return form


def test_the_report_is_saved_for_browsers_and_as_a_pdf(
    workstation: Workstation, qtbot: QtBot, actions: ReportActions, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for paper, name in ((Paper.PAGE, "reliability.html"), (Paper.PDF, "reliability.pdf")):
        actions.report()
        form = chosen(qtbot, paper, folder)
        assert name in form.outcome.text()
        press(ENTER)
        back_to(qtbot, workstation.window)
        until(qtbot, (folder / name).exists)
        until(qtbot, lambda name=name: name in workstation.strip.text and not workstation.strip.busy)
    text = read(folder / "reliability.pdf")
    assert "Reliability report" in text
    assert "Mika and Sasha both coded one session" in text
    assert "For a paper’s method section" in text
    assert "Home visits – reliability report 1 /" in text
    assert "Mika and Sasha both coded one session" in (folder / "reliability.html").read_text("utf-8")


def test_the_agenda_is_saved_as_a_pdf(
    workstation: Workstation, qtbot: QtBot, actions: ReportActions, tmp_path: Path
) -> None:
    actions.agenda()
    chosen(qtbot, Paper.PDF, tmp_path)
    press(ENTER)
    back_to(qtbot, workstation.window)
    until(qtbot, (tmp_path / "agenda.pdf").exists)
    until(qtbot, lambda: not workstation.strip.busy)
    text = read(tmp_path / "agenda.pdf")
    assert "Agenda of a training meeting" in text
    assert "What we agree on:" in text


def test_paper_needs_no_folder_and_a_missing_one_is_said(
    workstation: Workstation, qtbot: QtBot, actions: ReportActions, tmp_path: Path
) -> None:
    del workstation
    form = actions.report()
    chosen(qtbot, Paper.PAGE, tmp_path / "nowhere")
    assert not form.accept_button.isEnabled()
    assert form.outcome.text().startswith("There is no folder")
    form.paper.setCurrentIndex(list(Paper).index(Paper.PRINT))
    assert form.accept_button.isEnabled()
    assert form.accept_button.text() == "Print…"
    assert not form.place.isEnabled()
    form.reject()


def test_a_folder_that_goes_away_in_between_is_told(
    workstation: Workstation, qtbot: QtBot, actions: ReportActions, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    actions.report()
    chosen(qtbot, Paper.PDF, folder)
    folder.rmdir()
    press(ENTER)
    box = shown(qtbot, ErrorBox)
    assert "cannot be written" in box.accessibleDescription()
    press(ENTER)
    back_to(qtbot, workstation.window)
