"""A whole course by keys alone, on a real film: watch, practise, the sealed test, decision and certificate."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coder.annotate.view.code_button import CodeButton
from coder.desktop.bench_page import BenchPage
from coder.desktop.course_page import CoursePage
from coder.desktop.courses_page import CoursesPage
from coder.desktop.decision_page import DecisionPage
from coder.desktop.errors import ErrorBox
from coder.desktop.feedback_page import FeedbackPage
from coder.desktop.guided_page import GuidedPage
from coder.desktop.main_window import MainWindow
from coder.desktop.menus import MENUS
from coder.desktop.paper_form import PaperForm
from coder.desktop.rule_form import RuleForm
from coder.desktop.submit_form import SubmitForm
from coder.desktop.trainee_page import TraineePage
from coder.desktop.training_pages import TrainingPages
from coder.desktop.workstation import Workstation
from coder.model.coding import CodingPass, Event
from coder.model.edit import Edit
from coder.model.study import Role
from coder.model.training import Attempt, TakenCourse
from coder.store import StudyStore
from coder.training.certification import last_day
from coder.workflows.passes import add_coder, submit_pass
from coder.workflows.training.attempts import begin_attempt, begin_guided, finish_guided
from coder.workflows.training.certifying import certificates, rule_changes
from coder.workflows.training.courses import (
    course_entry,
    shipped_courses,
    take_course,
    taken_courses,
    training_study,
)
from coder.workflows.training.history import attempts
from coder.workflows.training.taken import master_of
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CTRL, back_to, none_shown, press, shown, until, write
from tests.desktop.test_masters_by_keys import code_by_keys
from tests.desktop.training_course import TITLE, course_in

ENTER, TAB, SHIFT = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier
Page = TypeVar("Page", bound=QWidget)
ACCESS = re.compile(r"&(\w)").finditer


class Strays(QObject):
    """Parts of pages that were shown as windows, if only for a moment: that takes the keyboard away."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        """Look at whatever is shown; hinder nothing."""
        if a1 is not None and a1.type() is QEvent.Type.Show and isinstance(a0, QWidget) and a0.isWindow():
            windows = QDialog | QMenu | MainWindow | QListView  # Qt's own lists of what a field could be
            self.seen += [] if isinstance(a0, windows) else [f"{type(a0).__name__} {a0.accessibleName()}"]
        return False


@pytest.fixture(autouse=True)
def no_strays(qapp: QApplication) -> Iterator[None]:
    """Nothing but windows and dialogs is shown as one."""
    strays = Strays()
    qapp.installEventFilter(strays)
    yield
    qapp.removeEventFilter(strays)
    assert not strays.seen


def training(workstation: Workstation) -> TrainingPages:
    assert workstation.training is not None
    return workstation.training


def page_of(workstation: Workstation, kind: type[Page]) -> Page:
    """The page of training that is in sight, which must be of that kind."""
    page = training(workstation).page
    assert isinstance(page, kind), type(page).__name__
    assert workstation.window.pages.currentWidget() is page
    return page


def the_course(workstation: Workstation) -> tuple[StudyStore, TakenCourse]:
    assert workstation.store is not None
    (taken,) = taken_courses(workstation.store)
    return workstation.store, taken


def written(page: QWidget) -> str:
    """Everything that a page says."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def twice(window: QWidget) -> set[str]:
    """Letters that stand for two buttons, or for a button and a menu."""
    texts = [one.text() for one in window.findChildren(QPushButton) if one.isVisible()]
    letters = [found[1].upper() for text in (*texts, *(menu.label for menu in MENUS)) for found in ACCESS(text)]
    return {one for one in letters if letters.count(one) > 1}


def on_bench(workstation: Workstation, qtbot: QtBot) -> BenchPage:
    until(qtbot, lambda: workstation.bench is not None)
    page = workstation.bench
    assert page is not None
    until(qtbot, lambda: page.bench.painted.value is not None)
    back_to(qtbot, workstation.window)
    return page


def masters_codes(store: StudyStore, attempt: Attempt) -> tuple[Event, ...]:
    """What the master has in the tier that is in play, as a trainee would code it."""
    events = master_of(store, attempt.master_id).events
    return tuple(replace(one, note="", either=()) for one in events if one.tier == "cg")


def as_the_master(qtbot: QtBot, page: BenchPage, store: StudyStore, attempt: Attempt) -> None:
    """Code the clip by keys, frame by frame, as the master did."""
    master = CodingPass.of(page.opened.header, masters_codes(store, attempt))
    code_by_keys(qtbot, page.bench, page.opened.scheme, master)


def submit(workstation: Workstation, qtbot: QtBot) -> str:
    """Submit what is on the bench by keys; what the form says of it."""
    press(Qt.Key.Key_U, ALT)
    form = shown(qtbot, SubmitForm)
    said = written(form)
    press(ENTER)
    back_to(qtbot, workstation.window)
    return said


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")
def test_a_course_is_walked_by_keys_alone_up_to_the_certificate(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    file = course_in(tmp_path / "course")
    press(Qt.Key.Key_C, CTRL | SHIFT)
    assert isinstance(page_of(workstation, TraineePage), TraineePage)
    assert not nameless(workstation.window)
    write("Anna")
    press(ENTER)
    page_of(workstation, CoursesPage)
    assert not nameless(workstation.window)
    assert not twice(workstation.window)
    press(Qt.Key.Key_L, ALT)
    dialog = shown(qtbot, QFileDialog)
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setFocus()
    write(str(file))
    press(ENTER)
    until(qtbot, lambda: isinstance(training(workstation).page, CoursePage))
    back_to(qtbot, workstation.window)

    course = page_of(workstation, CoursePage)
    assert not nameless(workstation.window)
    assert not twice(workstation.window)
    said = written(course)
    for words in (TITLE, "What you need to pass", "0.85", "2 different clips", "rendered", "Next: "):
        assert words in said
    store, taken = the_course(workstation)
    assert QApplication.focusWidget() is course.go_button

    press(ENTER)
    guided = page_of(workstation, GuidedPage)
    until(qtbot, lambda: guided.view.painted.value is not None)
    for _ in guided.stops:
        press(Qt.Key.Key_PageDown)
    press(ENTER)
    asked = guided.questions[0].stop
    buttons = [one for one in guided.asking.choices.buttons if isinstance(one, CodeButton)]  # type: ignore[union-attr]  # it asks for a code
    press(next(one._key for one in buttons if one.code.label == asked.code.label))
    press(ENTER)
    qtbot.waitUntil(lambda: "Question 2" in written(guided))
    view, begin_us = guided.view, guided.questions[1].begin_us
    until(qtbot, lambda: view.painted.value is not None and view.painted.value.index == view.frame_of(begin_us))
    press(Qt.Key.Key_Right)
    until(
        qtbot, lambda: view.painted.value is not None and view.painted.value.index == view.frame_of(begin_us) + 1
    )
    press(ENTER)  # the frame on the screen is the answer; it is too early
    press(ENTER)
    qtbot.waitUntil(guided.end.isVisible)
    press(ENTER)
    course = page_of(workstation, CoursePage)
    assert course.steps.lines.rows[0].came_of_it == "1 of 2 right"

    press(ENTER)
    bench = on_bench(workstation, qtbot)
    assert "you see each difference from the master" in written(bench)
    assert [tier.id for tier in bench.opened.scheme.tiers] == ["cg"]
    (attempt,) = [one for one in attempts(store, taken) if one.pass_id]
    as_the_master(qtbot, bench, store, attempt)
    assert "see how it differs from the master" in submit(workstation, qtbot)
    feedback = page_of(workstation, FeedbackPage)
    assert feedback.result.attempt == attempt
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: isinstance(training(workstation).page, CoursePage))

    press(ENTER)
    for number in (1, 2):
        bench = on_bench(workstation, qtbot)
        assert f"Test, clip {number} of 2" in written(bench)
        attempt = attempts(store, taken)[-1]
        assert attempt.pass_id == bench.opened.header.id
        as_the_master(qtbot, bench, store, attempt)
        submit(workstation, qtbot)
    decided = page_of(workstation, DecisionPage)
    assert "Test passed" in written(decided)
    assert not nameless(workstation.window)
    assert not twice(workstation.window)

    press(ENTER)
    shown(qtbot, PaperForm)
    press(TAB)
    write(str(tmp_path))
    press(ENTER)
    qtbot.waitUntil(lambda: none_shown(PaperForm))
    (certificate,) = certificates(store)
    (file,) = tmp_path.glob("*.pdf")
    pdf = QPdfDocument(None)
    pdf.load(str(file))
    said = " ".join(pdf.getAllText(0).text().split())
    for words in ("Anna", TITLE, "version 1.0", "looks 3, looks 4", last_day(certificate).isoformat(), "rendered"):
        assert words in said

    training(workstation).show_courses()
    assert f"The certificate holds until {last_day(certificate)}" in written(page_of(workstation, CoursesPage))


Begin = Callable[..., tuple[StudyStore, TakenCourse]]


@pytest.fixture
def begin(workstation: Workstation, tmp_path: Path) -> Begin:
    """`begin()`: the training study has the course, Anna has watched and practised; the course is in sight."""

    def opened(*, practised: bool = True) -> tuple[StudyStore, TakenCourse]:
        with training_study() as store:
            taken = take_course(store, course_in(tmp_path / "course"))
            anna = add_coder(store, "Anna", Role.TRAINEE)
            finish_guided(store, begin_guided(store, taken, "watch", anna.id).id, 2, 2)
            if practised:
                code(store, begin_attempt(store, taken, "try", anna.id))
        press(Qt.Key.Key_C, CTRL | SHIFT)
        page_of(workstation, TraineePage)
        press(ENTER)
        training(workstation).show_course(taken.id)
        return the_course(workstation)

    return opened


def without(codes: tuple[Event, ...], wrong: str) -> list[Event]:
    """The same, as somebody codes them who never sees a code."""
    return [replace(one, code="cg_away") if one.code == wrong else one for one in codes]


def code(store: StudyStore, attempt: Attempt, wrong: str = "") -> None:
    """Code an attempt as the master did, but for the code `wrong`, which is seen nowhere; then submit it."""
    codes = without(masters_codes(store, attempt), wrong)
    store.save_edit(attempt.pass_id, Edit.adding("Coded", codes), actor=attempt.coder_id)
    submit_pass(store, attempt.pass_id, settled=True)


def anna_of(store: StudyStore) -> str:
    return next(one.id for one in store.coders() if one.name == "Anna")


def test_who_has_missed_the_code_is_told_what_was_missed_and_gets_no_certificate(
    workstation: Workstation, qtbot: QtBot, begin: Begin
) -> None:
    store, taken = begin()
    anna = anna_of(store)
    code(store, begin_attempt(store, taken, "test-1", anna), wrong="cg_face")
    training(workstation).show_course(taken.id)
    course = page_of(workstation, CoursePage)
    course.steps.choose(2)
    assert course.step is not None
    assert course.step.step.id == "test-1"
    assert not course.feedback_button.isVisible(), "nothing of a test is shown before it is done"
    assert not course.decision_buttons
    press(ENTER)
    bench = on_bench(workstation, qtbot)
    attempt = attempts(store, taken)[-1]
    for one in without(masters_codes(store, attempt), "cg_face"):
        bench.opened.desk.apply(Edit.adding("Coded", [one]))
    submit(workstation, qtbot)
    decided = page_of(workstation, DecisionPage)
    said = written(decided)
    for words in (
        "Test not passed",
        "Reached: 0\u202f%",
        "✗ not reached",
        "Above all",
        "What to practise",
        "no further test",
    ):
        assert words in said
    assert not decided.save_button.isVisible()
    assert not certificates(store)
    assert not nameless(workstation.window)
    clip = next(one for one in decided.findChildren(QPushButton) if one.text().startswith("Test, first clip"))
    clip.setFocus()
    press(ENTER)
    feedback = page_of(workstation, FeedbackPage)
    assert any(one.about.code_a == "cg_face" for one in feedback.result.differences)
    assert not feedback.again_button.isVisible(), "a clip of a test is coded once"
    until(qtbot, lambda: feedback.view.painted.value is not None)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: isinstance(training(workstation).page, DecisionPage))


def test_on_the_bench_stands_what_is_to_be_done_and_the_tour_says_what_submitting_means_here(
    workstation: Workstation, qtbot: QtBot, begin: Begin
) -> None:
    workstation.preferences.change(tour_seen=False)
    _, taken = begin(practised=False)
    press(ENTER)
    bench = on_bench(workstation, qtbot)
    assert taken.course.step("try").text == "Code each look of the child."
    assert "Code each look of the child." in written(bench)
    assert bench.tour is not None
    told = " ".join(stop.text for stop in bench.tour.stops)
    assert "You can try again." in told
    assert "open it again later" not in told, "an attempt stays as it was submitted"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_U, ALT)
    assert "Nothing is coded yet. This attempt will be locked" in written(shown(qtbot, SubmitForm))


def test_who_has_looked_at_the_differences_goes_on_with_the_course(
    workstation: Workstation, qtbot: QtBot, begin: Begin
) -> None:
    store, taken = begin()
    (attempt,) = [one for one in attempts(store, taken) if one.step_id == "try"]
    training(workstation).show_attempt(taken, attempt.id)
    feedback = page_of(workstation, FeedbackPage)
    until(qtbot, lambda: feedback.view.painted.value is not None)
    assert not twice(workstation.window)
    assert feedback.course_button.property("role") == "primary", "there is no difference to look at"
    press(Qt.Key.Key_G, ALT)
    qtbot.waitUntil(lambda: isinstance(training(workstation).page, CoursePage))
    assert QApplication.focusWidget() is page_of(workstation, CoursePage).go_button


def test_practice_can_be_tried_again_from_a_difference_on(
    workstation: Workstation, qtbot: QtBot, begin: Begin
) -> None:
    store, taken = begin(practised=False)
    anna = anna_of(store)
    first = begin_attempt(store, taken, "try", anna)
    code(store, first, wrong="cg_face")
    training(workstation).show_course(taken.id)
    course = page_of(workstation, CoursePage)
    course.steps.choose(1)
    course.steps.setFocus()
    course.feedback_button.click()
    feedback = page_of(workstation, FeedbackPage)
    from_us = feedback.result.differences[0].about.span.start_us
    until(qtbot, lambda: feedback.view.painted.value is not None)
    press("t")
    bench = on_bench(workstation, qtbot)
    second = attempts(store, taken)[-1]
    assert (second.step_id, second.number) == ("try", 2)
    assert bench.opened.header.id == second.pass_id
    assert all(event.offset_us <= from_us for event in store.load_pass(second.pass_id))
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: isinstance(training(workstation).page, CoursePage))
    course = page_of(workstation, CoursePage)
    assert course.steps.lines.rows[1].came_of_it == "2 attempts"


def test_a_supervisor_changes_the_rule_with_a_reason_that_everybody_reads(
    workstation: Workstation, qtbot: QtBot, begin: Begin
) -> None:
    store, taken = begin()
    page_of(workstation, CoursePage)
    press(Qt.Key.Key_C, ALT)
    form = shown(qtbot, RuleForm)
    assert not nameless(form)
    assert QApplication.focusWidget() is form.targets[0]
    write("0.9")
    press(ENTER)
    assert form.isVisible()
    assert "name" in form.strip.text()
    form.who.setFocus()
    write("Anna")
    press(ENTER)
    assert "Only a supervisor" in form.strip.text()
    form.who.setFocus()
    write("Mika")
    press(ENTER)
    assert "needs a reason" in form.strip.text()
    assert not rule_changes(store, taken.id)
    form.why.setFocus()
    write("Our lab asks for more.")
    press(ENTER)
    qtbot.waitUntil(lambda: none_shown(RuleForm))
    (change,) = rule_changes(store, taken.id)
    assert change.rule.requirements[0].target == 0.9
    assert store.coder(change.actor).role is Role.SUPERVISOR
    said = written(page_of(workstation, CoursePage))
    assert "by Mika: Our lab asks for more." in said
    assert "0.90" in said or "0.9" in said


def test_a_file_that_is_no_course_gets_one_sentence_and_changes_nothing(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    file = course_in(tmp_path / "course")
    text = file.read_text("utf-8").replace('statistic = "estimated accuracy"', 'statistic = "luck"')
    file.write_text(text, "utf-8")
    press(Qt.Key.Key_C, CTRL | SHIFT)
    write("Anna")
    press(ENTER)
    page_of(workstation, CoursesPage)
    training(workstation).take(file)
    box = shown(qtbot, ErrorBox)
    assert "luck" in box.details
    press(ENTER)
    back_to(qtbot, workstation.window)
    page_of(workstation, CoursesPage)
    assert workstation.store is not None
    assert not taken_courses(workstation.store)
    assert not workstation.store.sessions()


def test_back_leads_to_the_start_page_and_the_name_is_offered_again(
    workstation: Workstation, qtbot: QtBot
) -> None:
    workstation.start.training_button.setFocus()
    press(ENTER)
    page_of(workstation, TraineePage)
    press(ENTER)
    assert "needs a name" in written(page_of(workstation, TraineePage))
    write("Anna")
    press(ENTER)
    page_of(workstation, CoursesPage)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.study is None)
    assert workstation.window.pages.currentWidget() is workstation.start
    press(Qt.Key.Key_C, CTRL | SHIFT)
    page = page_of(workstation, TraineePage)
    assert [one.name for one in page.known] == ["Anna"]
    press(ENTER)
    assert "Anna is learning" in written(page_of(workstation, CoursesPage))


def test_who_opens_the_training_study_from_the_list_is_asked_who_learns(
    workstation: Workstation, qtbot: QtBot
) -> None:
    with training_study() as store:
        add_coder(store, "Anna", Role.TRAINEE)
        folder = store.folder
    workstation.open_study(folder)
    workstation.close_study()
    assert QApplication.focusWidget() is workstation.start.recent
    press(ENTER)
    assert [one.name for one in page_of(workstation, TraineePage).known] == ["Anna"]
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is workstation.study)


def test_the_course_that_was_worked_at_last_is_chosen_and_only_a_newer_version_is_offered(
    workstation: Workstation, qtbot: QtBot, begin: Begin, tmp_path: Path
) -> None:
    begin()

    def courses(file: Path) -> CoursesPage:
        pages = training(workstation)
        pages._shipped = (*shipped_courses(), course_entry(file))
        pages.show_courses()
        return page_of(workstation, CoursesPage)

    page = courses(course_in(tmp_path / "other", title="Other words"))
    assert page.row is not None
    assert page.row.begun
    assert page.list.row == len(shipped_courses())
    assert not page.newer_button.isVisible(), "the same version with other words is not a newer one"
    assert courses(course_in(tmp_path / "newer", version="1.1")).newer_button.isVisible()


def test_who_looks_something_up_meanwhile_comes_back_to_the_course(
    workstation: Workstation, qtbot: QtBot, begin: Begin
) -> None:
    begin()
    press(Qt.Key.Key_E, CTRL | SHIFT)
    assert workstation.window.pages.currentWidget() is workstation.schemes.page
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.schemes.page is None)
    assert "Next: Test, first clip" in written(page_of(workstation, CoursePage))


def test_training_in_a_study_of_ones_own_leads_back_to_it(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    workstation.open_study(coded)
    press(Qt.Key.Key_C, CTRL | SHIFT)
    page = page_of(workstation, TraineePage)
    assert [one.name for one in page.known] == ["Anna"]
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: training(workstation).page is None)
    assert workstation.window.pages.currentWidget() is workstation.study


def test_a_test_that_was_cut_short_goes_on_where_it_was(
    workstation: Workstation, qtbot: QtBot, begin: Begin
) -> None:
    begin()
    press(ENTER)
    bench = on_bench(workstation, qtbot)
    pass_id = bench.opened.header.id
    workstation.close_study()  # as at the end of the program: what was on the bench is remembered
    assert workstation.window.pages.currentWidget() is workstation.start
    assert QApplication.focusWidget() is workstation.start.go_on_button
    press(ENTER)
    again = on_bench(workstation, qtbot)
    assert again.opened.header.id == pass_id
    assert "Test, clip 1 of 2" in written(again)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: isinstance(training(workstation).page, CoursePage))
    press(Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: isinstance(training(workstation).page, CoursesPage))
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.study is None)
