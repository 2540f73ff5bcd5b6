"""A study that cannot be read any more – a stick was pulled – is told in a sentence, and the page stays."""

import sys
from collections.abc import Callable
from types import TracebackType

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coder.desktop.course_page import CoursePage
from coder.desktop.errors import ErrorBox
from coder.desktop.training_pages import TrainingPages
from coder.desktop.workstation import Workstation
from coder.model.training import TakenCourse
from coder.workflows.training.history import attempts
from tests.desktop.hands import back_to, press, shown
from tests.desktop.test_training import Begin, begin, page_of, training

assert begin  # a fixture, used by its name

ROUTES: dict[str, Callable[[TrainingPages, TakenCourse, str], object]] = {
    "who learns": lambda pages, *_: pages.show_trainees(),
    "the courses": lambda pages, *_: pages.show_courses(),
    "a course": lambda pages, taken, _: pages.show_course(taken.id),
    "watching": lambda pages, taken, _: pages.try_step(taken, "watch"),
    "practising": lambda pages, taken, _: pages.try_step(taken, "try"),
    "a test": lambda pages, taken, _: pages.try_step(taken, "test-1"),
    "an attempt": lambda pages, taken, attempt: pages.show_attempt(taken, attempt),
    "learning": lambda pages, taken, _: pages.show_learning(taken),
    "a decision": lambda pages, taken, _: pages.show_decision(taken, 1),
    "the rule": lambda pages, *_: page_of_rule(pages),
}


def page_of_rule(pages: TrainingPages) -> None:
    assert isinstance(pages.page, CoursePage)
    pages.page.rule.change_button.click()


@pytest.mark.parametrize("route", ROUTES)
def test_a_study_that_is_gone_is_told_in_a_sentence_and_the_page_stays(
    workstation: Workstation, qtbot: QtBot, begin: Begin, route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, taken = begin()
    attempt = attempts(store, taken)[-1].id
    pages = training(workstation)
    before = page_of(workstation, CoursePage)
    crashes: list[BaseException] = []

    def crashed(_kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        crashes.append(error)

    monkeypatch.setattr(sys, "excepthook", crashed)
    with monkeypatch.context() as pulled:
        pulled.setattr(store._database, "_raw", None)  # as after a close: each reading is refused in a sentence
        ROUTES[route](pages, taken, attempt)
        box = shown(qtbot, ErrorBox)
        assert "The study is closed." in box.details
        press(Qt.Key.Key_Return)
        back_to(qtbot, workstation.window)
        assert page_of(workstation, CoursePage) is before
    assert crashes == []
    pages.show_course(taken.id)
    page_of(workstation, CoursePage)
