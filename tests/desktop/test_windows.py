"""Menus as data, the look, the small windows, what is remembered, and starting the program."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coder.annotate.keymap import COMMANDS, OF_THE_WINDOW, Do
from coder.annotate.view.theme import DARK, LIGHT
from coder.desktop.about import AboutWindow
from coder.desktop.errors import LastDefence
from coder.desktop.keys_window import KeysWindow
from coder.desktop.look import Look, theme_now
from coder.desktop.menus import MENUS, Action, Submenu
from coder.desktop.workstation import Workstation
from coder.settings.preferences import LARGEST_TEXT_PT, PreferencesFile
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CTRL, back_to, none_shown, press, shown


def actions() -> list[Action]:
    found: list[Action] = []
    for menu in MENUS:
        for entry in menu.entries:
            found += entry.entries if isinstance(entry, Submenu) else [entry] if entry else []
    return found


def mnemonics(texts: list[str]) -> Counter[str]:
    return Counter(match[1].upper() for text in texts for match in re.finditer(r"&(\w)", text))


def test_every_menu_line_names_a_command_of_the_workstation() -> None:
    assert not [action.id for action in actions() if not callable(getattr(Workstation, action.run, None))]


def test_menu_keys_are_used_once_and_leave_the_bench_its_own() -> None:
    keys = [action.shortcut for action in actions() if action.shortcut]
    assert len(keys) == len(set(keys))
    of_bench = {key: command.do for command in COMMANDS for key in command.keys}
    assert {of_bench[key] for key in keys if key in of_bench} == {Do.KEYS}  # the menu hands it on
    assert {*keys, "F5"} - {"F1"} == OF_THE_WINDOW


@pytest.mark.parametrize("place", ["start", "study", "bench"])
def test_no_letter_stands_for_two_buttons(workstation: Workstation, coded: Path, place: str) -> None:
    if place != "start":
        workstation.open_study(coded)
    if place == "bench":
        assert workstation.study is not None
        workstation.study.open_button.click()
        assert workstation.bench is not None
    buttons = [one for one in workstation.window.findChildren(QPushButton) if one.isVisible()]
    strip = [workstation.strip.cancel_button, workstation.strip.dismiss_button]
    texts = [one.text() for one in {*buttons, *strip}] + [menu.label for menu in MENUS]
    assert max(mnemonics(texts).values()) == 1


def test_the_recent_menu_lists_studies(workstation: Workstation, coded: Path) -> None:
    recent = workstation.menus.submenus["recent"]
    recent.aboutToShow.emit()
    assert [action.text() for action in recent.actions()] == ["None yet"]
    workstation.open_study(coded)
    workstation.close_study()
    recent.aboutToShow.emit()
    (line,) = recent.actions()
    line.trigger()
    assert workstation.study is not None
    assert workstation.menus.actions["close-study"].isEnabled()


def test_themes_and_text_size_hold_at_once_and_next_time(workstation: Workstation) -> None:
    workstation.menus.actions["theme-dark"].trigger()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert app.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window
    assert workstation.menus.actions["theme-dark"].isChecked()
    workstation.menus.actions["theme-light"].trigger()
    assert app.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.window
    before = app.font().pointSizeF()
    press("+", CTRL | ALT)
    assert app.font().pointSizeF() == before + 1
    for _ in range(20):
        workstation.larger_text()
    assert app.font().pointSizeF() == LARGEST_TEXT_PT
    workstation.normal_text()
    workstation.smaller_text()
    again = PreferencesFile().value
    assert (again.theme, again.text_pt) == ("light", before - 1)


def test_the_system_theme_is_followed_until_a_person_chooses(qapp: QApplication) -> None:
    dark = [True]
    look = Look("system", 10.0, system_is_dark=lambda: dark[0])
    assert theme_now() is DARK
    hints = QApplication.styleHints()
    assert hints is not None
    dark[0] = False
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme_now() is LIGHT
    look.change("light", 10.0)
    dark[0] = True
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme_now() is LIGHT
    look.deleteLater()


def test_window_and_splitters_stand_where_they_were_left(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    workstation.open_study(coded)
    assert workstation.study is not None
    workstation.study.tables.setSizes([200, 400])
    left = workstation.study.tables.sizes()
    workstation.close_study()
    workstation.open_study(coded)
    assert workstation.study is not None
    assert workstation.study.tables.sizes() == left
    workstation.study.open_button.click()
    workstation.close_bench()
    assert {"bench-whole", "study-tables"} <= set(PreferencesFile().value.splitters)
    workstation.window.close()
    assert PreferencesFile().value.window


def test_f1_shows_all_keys_and_on_the_bench_its_own_sheet(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    press(Qt.Key.Key_F1)
    window = shown(qtbot, KeysWindow)
    texts = {label.text() for label in window.findChildren(QLabel)}
    assert {command.label for command in COMMANDS} <= texts
    assert {key for command in COMMANDS for key in command.keys} <= texts
    press(Qt.Key.Key_Escape)
    back_to(qtbot, workstation.window)
    workstation.open_study(coded)
    assert workstation.study is not None
    workstation.study.open_button.click()
    assert workstation.bench is not None
    press(Qt.Key.Key_F1)
    assert workstation.bench.bench.key_help.isVisible()
    assert none_shown(KeysWindow)


def test_about_holds_the_licence(workstation: Workstation, qtbot: QtBot) -> None:
    workstation.show_about()
    window = shown(qtbot, AboutWindow)
    assert "GNU GENERAL PUBLIC LICENSE" in window.licence.toPlainText()
    assert not nameless(window)
    press(Qt.Key.Key_Escape)
    back_to(qtbot, workstation.window)


def test_the_window_fits_a_small_screen(workstation: Workstation, coded: Path) -> None:
    workstation.open_study(coded)
    least = workstation.window.minimumSizeHint().expandedTo(workstation.window.minimumSize())
    assert least.width() <= 1366
    assert least.height() <= 768 - 60  # title bar and task bar
    assert isinstance(workstation.window.pages.currentWidget(), QWidget)


START = """
import sys
from pathlib import Path
from PyQt6.QtCore import QTimer
import coder.desktop.app as app

def look():
    window = app.QApplication.activeWindow()
    print(window.windowTitle(), type(sys.excepthook).__name__)
    window.close()

QTimer_started = app.Workstation.open_study
def opened(self, folder):
    QTimer_started(self, folder)
    QTimer.singleShot(200, look)
app.Workstation.open_study = opened
sys.exit(app.run(Path(sys.argv[1])))
"""


def test_the_program_starts_on_a_study_and_ends_cleanly(coded: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", START, str(coded)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.stdout.strip() == f"Play at home – Coder Workstation {LastDefence.__name__}", ended.stderr
    assert ended.returncode == 0, ended.stderr
