"""Errors are told with what, where and how to mend, and none is lost."""

import threading

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from coder.desktop.errors import ErrorBox, LastDefence, show_error
from coder.model.problem import CoderError, CodingError, Problem, StudyLockedError
from tests.desktop.conftest import nameless
from tests.desktop.hands import none_shown, press, shown

LOCKED = StudyLockedError(Problem("The study is open elsewhere.", "/a/study.sqlite", "Close it there."))


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """A window for the boxes to stand before."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def texts(box: ErrorBox) -> list[str]:
    return [one.text().replace("\u200b", "") for one in box.findChildren(QLabel)]


def test_one_problem_says_what_where_and_how_to_mend(host: QWidget, qtbot: QtBot) -> None:
    box = show_error(host, LOCKED)
    shown(qtbot, ErrorBox)
    assert texts(box) == ["The study is open elsewhere.", "/a/study.sqlite", "Close it there."]
    assert "open elsewhere" in box.accessibleDescription()
    assert not nameless(box)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: none_shown(ErrorBox))


def test_many_problems_are_listed_and_can_be_scrolled(host: QWidget, qtbot: QtBot) -> None:
    error = CodingError(*(Problem(f"Gap number {number}.", f"tier {number}") for number in range(40)))
    box = show_error(host, error)
    shown(qtbot, ErrorBox)
    assert texts(box)[0] == "40 things need mending"
    assert {f"Gap number {number}." for number in range(40)} <= set(texts(box))
    assert box.height() < 640
    assert len(box.findChildren(QScrollArea)) == 1
    box.close()


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # offscreen
def test_the_same_error_twice_is_one_box_and_another_error_its_own(host: QWidget, qtbot: QtBot) -> None:
    first = show_error(host, LOCKED)
    again = StudyLockedError(*LOCKED.problems)
    assert show_error(host, again) is first
    assert shown(qtbot, ErrorBox) is first
    other = show_error(host, CodingError(Problem("The disk is full.")))
    assert other is not first
    assert show_error(host, again) is first
    qtbot.waitUntil(lambda: QApplication.activeWindow() is first)
    other.close()
    first.close()
    qtbot.waitUntil(lambda: none_shown(ErrorBox))


def test_an_error_whose_box_was_closed_is_told_anew(host: QWidget, qtbot: QtBot) -> None:
    show_error(host, LOCKED).close()
    anew = show_error(host, LOCKED)
    assert shown(qtbot, ErrorBox) is anew
    anew.close()


def test_details_can_be_copied_by_key(host: QWidget, qtbot: QtBot) -> None:
    show_error(host, LOCKED)
    shown(qtbot, ErrorBox)
    press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    qtbot.waitUntil(lambda: clipboard.text() == str(LOCKED))
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: none_shown(ErrorBox))


def caught(error: BaseException) -> BaseException:
    """The error as it arrives at the hook: with a traceback."""
    try:
        raise error
    except BaseException as same:  # noqa: BLE001  whatever is given is handed back
        return same


def test_an_exception_nobody_caught_is_shown_once_and_written(
    host: QWidget, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    defence = LastDefence(lambda: host)
    error = caught(ZeroDivisionError("no coder divides by nothing"))
    for _ in range(3):
        defence(type(error), error, error.__traceback__)
    box = shown(qtbot, ErrorBox)
    assert "Traceback" in box.details
    assert "no coder divides by nothing" in box.details
    assert capsys.readouterr().err.count("ZeroDivisionError") == 3
    box.close()


def test_a_coder_error_nobody_caught_keeps_its_sentence(
    host: QWidget, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    defence = LastDefence(lambda: host)
    defence(CoderError, LOCKED, None)
    box = shown(qtbot, ErrorBox)
    assert "The study is open elsewhere." in texts(box)
    box.close()


def test_ctrl_c_in_the_terminal_opens_no_box(
    host: QWidget, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    defence = LastDefence(lambda: host)
    defence(KeyboardInterrupt, KeyboardInterrupt(), None)
    qtbot.wait(20)
    assert none_shown(ErrorBox)
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_an_exception_on_another_thread_is_shown_on_the_windows(
    host: QWidget, qtbot: QtBot, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    defence = LastDefence(lambda: host)
    monkeypatch.setattr(threading, "excepthook", defence.of_thread)
    thread = threading.Thread(target=[].pop)
    thread.start()
    box = shown(qtbot, ErrorBox)
    thread.join()
    assert "IndexError" in box.details
    assert "IndexError" in capsys.readouterr().err
    box.close()
