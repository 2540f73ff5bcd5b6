"""The pages of training in German: no letter stands for two buttons, and nothing is cut."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QDialog, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from coder.desktop.course_making_forms import AddClipForm, EditClipForm, EventForm
from coder.desktop.course_making_page import CourseMakingPage
from coder.desktop.course_making_pages import NewCourseForm
from coder.desktop.course_master_page import CourseMasterPage
from coder.desktop.menus import MENUS
from coder.desktop.rule_form import RuleForm
from coder.desktop.speaking import speak
from coder.desktop.training_pages import Trained
from coder.desktop.workstation import Workstation
from coder.language import tr
from coder.model.study import Role
from coder.model.time import Span
from coder.workflows.passes import add_coder
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from coder.workflows.training.attempts import begin_attempt, begin_guided, finish_guided
from coder.workflows.training.courses import take_course, training_study
from tests.desktop.hands import CLIP, press, shown, until
from tests.desktop.test_training import ALT, CTRL, ENTER, SHIFT, Qt, code, on_bench, training
from tests.desktop.training_course import course_in
from tests.workflows.twice_coded import coded


@pytest.fixture
def german() -> Iterator[None]:
    """The windows of the test speak German."""
    speak("de")
    yield
    speak("en")


def twice(window: QWidget) -> dict[str, int]:
    """Letters that stand for two buttons or fields in sight, or for one and a menu, in the language spoken."""
    texts = [one.text() for one in window.findChildren(QPushButton) if one.isVisible()]
    texts += [one.text() for one in window.findChildren(QLabel) if one.isVisible() and one.buddy() is not None]
    texts += [] if isinstance(window, QDialog) else [tr(menu.label) for menu in MENUS]
    letters = Counter(found[1].upper() for text in texts for found in re.finditer(r"&(\w)", text))
    return {letter: count for letter, count in letters.items() if count > 1}


def cut(window: QWidget) -> list[str]:
    """What cannot be read whole: buttons, paragraphs, and whatever would have to be moved sideways."""
    buttons = [one for one in window.findChildren(QPushButton) if one.isVisible()]
    found = [f"button {one.text()}" for one in buttons if one.width() < one.minimumSizeHint().width()]
    texts = [one for one in window.findChildren(QLabel) if one.isVisible() and one.wordWrap() and one.text()]
    found += [f"text {one.text()}" for one in texts if one.height() < one.heightForWidth(one.width())]
    for area in window.findChildren(QScrollArea):
        bar, inside = area.horizontalScrollBar(), area.widget()
        if area.isVisible() and inside is not None and bar is not None and bar.maximum() > 0:
            found.append(f"sideways {area.accessibleName()}")
    return found


@pytest.mark.usefixtures("german")
def test_no_letter_stands_for_two_buttons_and_nothing_is_cut(
    request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path
) -> None:
    workstation: Workstation = request.getfixturevalue("workstation")  # made after the language was chosen
    with training_study() as store:
        taken = take_course(store, course_in(tmp_path / "course"))
        bert = add_coder(store, "Bert", Role.TRAINEE)
        finish_guided(store, begin_guided(store, taken, "watch", bert.id).id, 2, 2)
        for step in ("try", "test-1", "test-2"):
            code(store, begin_attempt(store, taken, step, bert.id))
        anna = add_coder(store, "Anna", Role.TRAINEE)
        finish_guided(store, begin_guided(store, taken, "watch", anna.id).id, 2, 2)
        tried = begin_attempt(store, taken, "try", anna.id)
        code(store, tried, wrong="cg_face")
        code(store, begin_attempt(store, taken, "test-1", anna.id), wrong="cg_face")
        code(store, begin_attempt(store, taken, "test-2", anna.id))
    workstation.window.resize(1366, 768)
    found: dict[str, dict[str, int]] = {}
    not_whole: dict[str, list[str]] = {}

    def look(name: str, window: QWidget = workstation.window) -> None:
        QTest.qWait(50)  # paragraphs take their height after they are shown
        found[name], not_whole[name] = twice(window), cut(window)

    press(Qt.Key.Key_C, CTRL | SHIFT)
    look("who learns")
    press(ENTER)
    look("courses")
    pages = training(workstation)
    pages.show_course(taken.id)
    look("course")
    pages.try_step(taken, "watch")
    look("to watch")
    pages.show_attempt(taken, tried.id)
    look("feedback")
    pages.show_decision(taken, 1)
    look("failed")
    pages.coder = bert
    pages.show_decision(taken, 1)
    look("passed")
    pages.show_course(taken.id)
    look("certified")
    press(Qt.Key.Key_N, ALT)
    form = shown(qtbot, RuleForm)
    look("rule", form)
    below = form.targets[-1].mapTo(form, QPoint(0, form.targets[-1].height()))
    assert below.y() <= form.clips.y(), "the last target is under the next field"
    form.reject()
    pages.coder = anna
    pages.show_learning(taken)
    until(qtbot, lambda: type(pages.page).__name__ == "LearningPage")
    look("learning")
    pages.show_course(taken.id)
    pages.try_step(taken, "try")
    on_bench(workstation, qtbot)
    look("practice")
    press(Qt.Key.Key_Z, ALT)
    assert workstation.study is not None
    workstation.train(Trained.COHORT.value)
    until(qtbot, lambda: not workstation.strip.busy)
    look("all trainees")
    assert not {name: letters for name, letters in found.items() if letters}
    assert not {name: texts for name, texts in not_whole.items() if texts}


@pytest.mark.usefixtures("german")
def test_the_pages_on_which_a_course_is_made(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> None:
    workstation: Workstation = request.getfixturevalue("workstation")
    with new_study(tmp_path / "Visits", "Visits") as store:
        add_session(store, CLIP, "visit", window=Span(0, 8_000_000))
        coded(store, "visit", "Robin", bids=(1, 2, 6, 7), engage=[("en_off", 0, 3), ("en_watch", 3, 8)])
    workstation.window.resize(1366, 768)
    workstation.open_study(tmp_path / "Visits")
    workstation.train(Trained.MAKE.value)
    found: dict[str, tuple[dict[str, int], list[str]]] = {}

    def look(name: str, window: QWidget = workstation.window) -> None:
        QTest.qWait(50)
        found[name] = twice(window), cut(window)

    new = shown(qtbot, NewCourseForm)
    look("new", new)
    new.title.setText("Unser Kurs")
    new.accept_button.click()
    making = training(workstation).making
    until(qtbot, lambda: isinstance(making.page, CourseMakingPage))
    page = making.page
    assert isinstance(page, CourseMakingPage)
    look("nothing yet")
    page.add_button.click()
    add = shown(qtbot, AddClipForm)
    look("a clip", add)
    add.accept_button.click()
    until(qtbot, lambda: len(page.draft.steps) == 1)
    until(qtbot, page.wrong.isVisible)
    look("a course")
    page.edit_button.click()
    edit = shown(qtbot, EditClipForm)
    look("edit", edit)
    edit.reject()
    page.master_button.click()
    until(qtbot, lambda: isinstance(making.page, CourseMasterPage))
    master = making.page
    assert isinstance(master, CourseMasterPage)
    look("the master")
    master.edit_button.click()
    event = shown(qtbot, EventForm)
    look("a code", event)
    event.reject()
    assert not {name: both for name, both in found.items() if any(both)}
