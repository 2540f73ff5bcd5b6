"""The start page: recent studies by keyboard, missing ones, remarks; and what a study refuses to open."""

import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from coder.desktop.errors import ErrorBox
from coder.desktop.forms import NewStudyForm, folder_name
from coder.desktop.recent_list import ENTRY_ROLE
from coder.desktop.wording import when_text
from coder.desktop.workstation import Workstation
from coder.settings.preferences import LastPass, PreferencesFile, preferences_path
from coder.workflows.studies import new_study, open_study
from tests.desktop.conftest import nameless
from tests.desktop.hands import CTRL, back_to, none_shown, press, shown, write

ENTER = Qt.Key.Key_Return


def listed(workstation: Workstation) -> list[tuple[str, str]]:
    recent = workstation.start.recent
    entries = [recent.item(row).data(ENTRY_ROLE) for row in range(recent.count())]
    return [(entry.name, entry.when) for entry in entries]


def test_with_no_recent_study_the_keyboard_is_on_new_study(workstation: Workstation) -> None:
    assert QApplication.focusWidget() is workstation.start.new_button
    assert not workstation.start.recent.isVisible()
    assert not nameless(workstation.window)


def test_a_recent_study_opens_with_enter(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    workstation.open_study(coded)
    workstation.close_study()
    assert listed(workstation) == [("Play at home", "today")]
    assert QApplication.focusWidget() is workstation.start.recent
    press(ENTER)
    assert workstation.study is not None
    assert workstation.window.windowTitle().startswith("Play at home")
    assert not nameless(workstation.window)


def test_a_study_that_is_gone_is_marked_says_so_and_can_be_taken_off(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    workstation.open_study(coded)
    workstation.close_study()
    shutil.rmtree(coded)
    workstation.start.show_recent(workstation.preferences.value.recent)
    assert listed(workstation) == [("Play at home", "not found")]
    press(ENTER)
    box = shown(qtbot, ErrorBox)
    assert str(coded) in box.details
    press(ENTER)
    back_to(qtbot, workstation.window)
    press(Qt.Key.Key_Delete)
    assert listed(workstation) == []
    assert PreferencesFile().value.recent == ()


def test_a_study_open_elsewhere_says_its_sentence_and_the_open_one_stays(
    workstation: Workstation, qtbot: QtBot, coded: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    workstation.open_study(coded)
    with new_study(other, "Other"):
        workstation.open_study(other)
        box = shown(qtbot, ErrorBox)
        assert "open in another window or program" in box.details
        press(ENTER)
        qtbot.waitUntil(lambda: none_shown(ErrorBox))
    assert workstation.study is not None
    assert workstation.window.windowTitle().startswith("Play at home")


def test_opening_the_study_that_is_open_shows_it(workstation: Workstation, coded: Path) -> None:
    workstation.open_study(coded)
    study = workstation.study
    workstation.open_study(coded / "study.sqlite")
    assert workstation.study is study
    assert none_shown(ErrorBox)


def test_a_folder_that_is_no_study_gets_one_sentence(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "holiday").mkdir()
    workstation.open_study(tmp_path / "holiday")
    box = shown(qtbot, ErrorBox)
    assert str(tmp_path / "holiday") in box.details
    assert len(box.details.splitlines()) == 1
    assert workstation.study is None


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")
def test_the_folder_is_chosen_by_keyboard(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    press(Qt.Key.Key_O, CTRL)
    dialog = shown(qtbot, QFileDialog)
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setFocus()
    write(str(coded))
    press(ENTER)
    qtbot.waitUntil(lambda: workstation.study is not None)


def test_a_folder_that_is_taken_is_said_in_the_form(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    press(Qt.Key.Key_N, CTRL)
    form = shown(qtbot, NewStudyForm)
    assert not form.accept_button.isEnabled()
    write("Play at home")
    press(Qt.Key.Key_Tab)
    write(str(coded.parent))
    press(ENTER)
    assert form.isVisible()
    assert form.strip.isVisible()
    assert str(coded) in form.strip.text()
    assert not nameless(form)
    with open_study(coded) as store:
        assert store.sessions()


def test_a_study_name_becomes_a_folder_name_everywhere() -> None:
    assert folder_name("Visits 2026") == "Visits 2026"
    assert folder_name("A/B: “play”?") == "AB play"
    assert folder_name("Spielstudie für Ältere") == "Spielstudie für Ältere"
    assert folder_name(" ../.. ") == ""


def test_damaged_preferences_cost_a_remark_only(qtbot: QtBot) -> None:
    path = preferences_path()
    path.parent.mkdir(parents=True)
    path.write_text("{ not json", "utf-8")
    workstation = Workstation(PreferencesFile())
    qtbot.addWidget(workstation.window)
    workstation.window.show()
    assert workstation.start.remark.isVisible()
    assert str(path) in workstation.start.remark.text()
    workstation.set_theme("dark")
    assert PreferencesFile().value.theme == "dark"
    assert workstation.window.close()


def test_days_are_named_as_people_do() -> None:
    today = date(2026, 11, 22)
    noon = "2026-11-{:02}T12:00:00+00:00"
    assert when_text(noon.format(22), today) == "today"
    assert when_text(noon.format(21), today) == "yesterday"
    assert when_text(noon.format(18), today) == "4 days ago"
    assert when_text(noon.format(1), today) == "2026-11-01"
    assert when_text("some day", today) == ""


def test_in_a_small_window_all_that_can_be_begun_has_room(workstation: Workstation, qtbot: QtBot) -> None:
    page = workstation.start
    page.show_last(LastPass(study="study", pass_id="pass", name="Play at home – Anna"))
    workstation.window.resize(1280, 720)
    cards = (
        page.go_on_button,
        page.new_button,
        page.open_button,
        page.demo_button,
        page.training_button,
        page.schemes_button,
    )
    qtbot.waitUntil(lambda: all(card.isVisible() for card in cards))
    for above, below in pairwise(cards):
        assert above.geometry().bottom() < below.geometry().top()
    inner = page.schemes_button.parentWidget()
    assert inner is not None
    assert page.schemes_button.geometry().bottom() < inner.height()
