"""The pages of training in German: no letter stands for two buttons."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coder.desktop.menus import MENUS
from coder.desktop.speaking import speak
from coder.desktop.training_pages import Trained
from coder.desktop.workstation import Workstation
from coder.language import tr
from coder.model.study import Role
from coder.workflows.passes import add_coder
from coder.workflows.training.attempts import begin_attempt, begin_guided, finish_guided
from coder.workflows.training.courses import take_course, training_study
from tests.desktop.hands import press, until
from tests.desktop.test_training import ALT, CTRL, ENTER, SHIFT, Qt, code, on_bench, training
from tests.desktop.training_course import course_in


@pytest.fixture
def german() -> Iterator[None]:
    """The windows of the test speak German."""
    speak("de")
    yield
    speak("en")


def twice(window: QWidget) -> dict[str, int]:
    """Letters that stand for two buttons in sight, or for a button and a menu, in the language that is spoken."""
    texts = [one.text() for one in window.findChildren(QPushButton) if one.isVisible()]
    texts += [tr(menu.label) for menu in MENUS]
    letters = Counter(found[1].upper() for text in texts for found in re.finditer(r"&(\w)", text))
    return {letter: count for letter, count in letters.items() if count > 1}


@pytest.mark.usefixtures("german")
def test_no_letter_stands_for_two_buttons(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> None:
    workstation: Workstation = request.getfixturevalue("workstation")  # made after the language was chosen
    with training_study() as store:
        taken = take_course(store, course_in(tmp_path / "course"))
        anna = add_coder(store, "Anna", Role.TRAINEE)
        finish_guided(store, begin_guided(store, taken, "watch", anna.id).id, 2, 2)
        tried = begin_attempt(store, taken, "try", anna.id)
        code(store, tried, wrong="cg_face")
        code(store, begin_attempt(store, taken, "test-1", anna.id), wrong="cg_face")
        code(store, begin_attempt(store, taken, "test-2", anna.id))
    found: dict[str, dict[str, int]] = {}

    def look(name: str) -> None:
        found[name] = twice(workstation.window)

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
    look("decision")
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
