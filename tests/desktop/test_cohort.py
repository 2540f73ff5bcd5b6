"""All trainees of a study by real keys: simulated coders in a shipped course, records, visits coded twice."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from coder.annotate.view.theme import DARK, apply_theme
from coder.desktop.cohort_page import CohortPage
from coder.desktop.cohort_rows import COHORT_COLUMNS, cohort_rows
from coder.desktop.courses_page import CoursesPage
from coder.desktop.errors import ErrorBox
from coder.desktop.feedback_page import FeedbackPage
from coder.desktop.learning_page import LearningPage
from coder.desktop.paper_form import PaperForm
from coder.desktop.record_actions import BringForm
from coder.desktop.reliability_page import ReliabilityPage
from coder.desktop.trainee_page import TraineePage
from coder.desktop.workstation import Workstation
from coder.model.study import Role
from coder.store import StudyStore
from coder.workflows.studies import new_study, open_study
from coder.workflows.training.attempts import begin_guided
from coder.workflows.training.cohort import cohort
from coder.workflows.training.history import attempts
from coder.workflows.training.records import SUFFIX, read_record, record_bytes, records, write_record
from coder.workflows.training.taken import taken_courses
from tests.desktop.cohort_study import supervised, today
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CTRL, back_to, press, shown, until
from tests.store.raw import without_triggers

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")
ENTER, SHIFT = Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier
Page = TypeVar("Page", bound=QWidget)
Open = Callable[[], CohortPage]
VISITS_OF_KIM = """SELECT coding_pass.id FROM coding_pass JOIN coder ON coder.id = coder_id
    WHERE coder.name = 'Kim' AND purpose = 'reliability'"""
URGENT_FIRST = ["Eve", "Gil", "Kim", "Ben", "Cleo", "Dora", "Ada", "Fin"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The study and the records that were brought to it, made once."""
    folder = tmp_path_factory.mktemp("supervised")
    with pytest.MonkeyPatch.context() as own:
        own.setenv("CODER_DATA_DIR", str(folder / "data"))
        own.setenv("CODER_CACHE_DIR", str(folder / "cache"))
        yield supervised(folder)


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    """The study's folder, the test's own."""
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture
def opened(workstation: Workstation, qtbot: QtBot, study: Path) -> Open:
    """`opened()`: all trainees, from the study's page, once everybody was looked at."""

    def page() -> CohortPage:
        workstation.open_study(study)
        press(Qt.Key.Key_O, CTRL | SHIFT)
        found = arrived(qtbot, workstation, CohortPage)
        until(qtbot, lambda: found.found is not None)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is found.list)
        return found

    return page


def arrived(qtbot: QtBot, workstation: Workstation, kind: type[Page]) -> Page:
    """The supervisor's page, once it is of that kind and in sight."""
    training = workstation.training
    assert training is not None
    until(qtbot, lambda: isinstance(training.cohort.page, kind))
    page = training.cohort.page
    assert isinstance(page, kind)
    assert workstation.window.pages.currentWidget() is page
    return page


def the_store(workstation: Workstation) -> StudyStore:
    assert workstation.store is not None
    return workstation.store


def damage(study: Path, statement: str) -> None:
    """Change what can only be added to, as a bad disk does."""
    with without_triggers(study) as connection:
        connection.execute(statement)


def names(page: CohortPage) -> list[str]:
    return [row.coder.name for row in page.list.lines.rows]


def cells(page: CohortPage, name: str) -> list[str]:
    """What the columns say of somebody, line breaks as bars."""
    row = next(row for row in page.list.lines.rows if row.coder.name == name)
    return [column.text(row).replace("\n", " | ") for column in page.list.lines.columns]


def choose(page: CohortPage, name: str) -> None:
    """Choose somebody with the arrow keys."""
    page.list.setFocus()
    press(Qt.Key.Key_Home, CTRL)
    for _ in range(names(page).index(name)):
        press(Qt.Key.Key_Down)
    assert page.row is not None
    assert page.row.coder.name == name


def written(page: QWidget) -> str:
    """Everything that a page says."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def name_file(qtbot: QtBot, file: Path) -> None:
    """Write a path into the dialog that asks for a file, and accept."""
    dialog = shown(qtbot, QFileDialog)
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setFocus()
    field.selectAll()
    for sign in str(file):
        press(sign)
    press(ENTER)


def record_of_zoe(made: Path, folder: Path) -> Path:
    """A record of somebody whom the study does not know, with what Gil reached."""
    gil = read_record(made.parent / f"Gil{SUFFIX}")
    file = folder / f"zoe{SUFFIX}"
    (course,) = gil.courses
    papers = tuple(replace(paper, coder_id="z", coder="Zoe") for paper in course.certificates)
    hers = (replace(course, certificates=papers),)
    zoe = replace(gil, coder_id="z", coder="Zoe", study_id="second", study="Second room", courses=hers)
    file.write_bytes(record_bytes(zoe))
    return file


def test_who_is_due_comes_first_then_who_drifts_failed_or_is_stuck(opened: Open) -> None:
    page = opened()
    day = today()
    assert names(page) == URGENT_FIRST
    course = "Who looks where, how near: first course"
    assert cells(page, "Eve") == [
        f"Eve | {course}",
        "expired",
        str(day - timedelta(400 - 91)),  # absent before the certificate ended
        "–",
        f"Re-check now | held until {day - timedelta(400 - 364)}",
    ]
    assert cells(page, "Gil")[1:] == ["due soon", str(day + timedelta(25)), "–", "Re-check soon"]
    assert cells(page, "Kim")[1:2] == ["certified"]
    assert cells(page, "Kim")[4].startswith("Drifts | Child looks at")
    assert cells(page, "Ben")[1:] == ["not passed", "", "8 of 8", "Stuck on | Child looks at"]
    assert cells(page, "Cleo")[1:] == ["in training", "", "5 of 8", "Stuck on | Object both use"]
    assert cells(page, "Dora")[1:] == ["in training", "", "3 of 8", ""]
    assert cells(page, "Ada")[1:] == ["certified", str(day + timedelta(91)), "8 of 8", ""]
    assert cells(page, "Fin") == ["Fin | no course yet", "not begun", "", "", ""]
    assert "8 trainees · 2 re-checks due · 1 drifting · 2 not getting on" in written(page)


def test_whoever_was_away_too_long_is_due_by_the_day(study: Path) -> None:
    with open_study(study, looking=True) as store:
        rows = {row.coder.name: row for row in cohort_rows(cohort(store, today() + timedelta(91)))}
        assert rows["Ada"].urgency < rows["Ben"].urgency
        stands = [column.text(rows["Ada"]) for column in COHORT_COLUMNS[1:]]
    assert stands == ["absent", str(today() + timedelta(91)), "8 of 8", f"Re-check now\nlast coded {today()}"]


def test_who_drifts_is_told_in_sentences_that_lead_to_reliability(
    opened: Open, workstation: Workstation, qtbot: QtBot
) -> None:
    page = opened()
    choose(page, "Kim")
    said = written(page.detail)
    assert "Child looks at: 0.32 s later than Robin over the last three double-coded sessions." in said
    assert "Counted in: the training record from “Training room”; what was coded stays there." in said
    press(Qt.Key.Key_I, ALT)
    until(qtbot, lambda: isinstance(workstation.window.pages.currentWidget(), ReliabilityPage))
    until(qtbot, lambda: not workstation.strip.busy)  # the desk compares the coders at once
    assert workstation.training is not None
    assert workstation.training.cohort.page is None


def test_what_somebody_failed_and_is_stuck_on_is_told(opened: Open) -> None:
    page = opened()
    choose(page, "Ben")
    said = written(page.detail)
    assert "Test not passed." in said
    assert "8 of 8 steps are done." in said
    assert "The course has no further test" in said
    assert page.row is not None
    assert page.row.member is not None
    worst = page.row.member.stuck[0]
    mean = f"{worst.mean:.2f}"
    assert worst.mean < 0.85
    name = "Child looks at: estimated accuracy (units of 1 s)"
    assert f"{name}: {mean} over the last three attempts; needed is 0.85." in said
    assert "You have not passed: 7 things that the rule asks were not reached." in said
    first = page.detail.numbers.lines.rows[0]
    figures = [column.text(first) for column in page.detail.numbers.lines.columns]
    newest = f"{worst.curve.points[-1].estimate.value:.2f}"
    assert figures == ["Child looks at\nEstimated accuracy, 1 s units", newest, mean, "≥ 0.85", "not yet"]
    assert not page.detail.reliability_button.isVisible()
    assert not page.detail.certificate_button.isVisible()
    choose(page, "Fin")
    assert "Fin has not begun a course yet." in written(page.detail)
    assert not page.detail.learning_button.isEnabled()


def test_enter_leads_to_the_curve_and_an_attempt_which_nobody_else_tries_again(
    opened: Open, workstation: Workstation, qtbot: QtBot
) -> None:
    page = opened()
    choose(page, "Cleo")
    before = attempts(the_store(workstation))
    press(ENTER)
    learning = arrived(qtbot, workstation, LearningPage)
    assert learning.learning.coder.name == "Cleo"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is learning.curves)
    press(ENTER)
    press(ENTER)
    feedback = arrived(qtbot, workstation, FeedbackPage)
    until(qtbot, lambda: feedback.view.painted.value is not None)
    assert "As Cleo sees it" in written(feedback)
    assert not feedback.again_button.isVisible()
    press("t")
    press("T", SHIFT)
    assert attempts(the_store(workstation)) == before
    back_to(qtbot, workstation.window)
    press(Qt.Key.Key_B, ALT)
    arrived(qtbot, workstation, LearningPage)
    press(Qt.Key.Key_B, ALT)
    again = arrived(qtbot, workstation, CohortPage)
    assert again.found is not None
    assert again.row is not None
    assert again.row.coder.name == "Cleo"
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is workstation.study)


def test_of_who_was_trained_elsewhere_there_are_figures_but_no_attempts(
    opened: Open, workstation: Workstation, qtbot: QtBot
) -> None:
    page = opened()
    choose(page, "Gil")
    assert page.detail.numbers.isVisible()
    assert page.detail.numbers.lines.rows
    press(ENTER)
    arrived(qtbot, workstation, CohortPage)
    assert not workstation.strip.busy
    assert not page.detail.learning_button.isEnabled()
    assert not page.detail.record_button.isEnabled()


def test_a_certificate_is_saved_from_here(opened: Open, workstation: Workstation, qtbot: QtBot) -> None:
    page = opened()
    choose(page, "Ada")
    press(Qt.Key.Key_E, ALT)
    assert "Save the certificate" in shown(qtbot, PaperForm).windowTitle()
    press(Qt.Key.Key_Escape)
    back_to(qtbot, workstation.window)


def test_a_record_goes_out_by_keys(opened: Open, workstation: Workstation, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened()
    choose(page, "Cleo")
    press(Qt.Key.Key_O, ALT)
    dialog = shown(qtbot, QFileDialog)
    assert dialog.selectedFiles()[0].endswith(f"Cleo{SUFFIX}")
    name_file(qtbot, tmp_path / "sent")
    until(qtbot, lambda: "The training record is in" in workstation.strip.text)
    found = read_record(tmp_path / f"sent{SUFFIX}")
    assert (found.coder, found.study, len(found.courses[0].scores)) == ("Cleo", "Home visits", 6)


def test_a_record_comes_in_by_keys_and_its_trainee_is_chosen(
    opened: Open, workstation: Workstation, qtbot: QtBot, tmp_path: Path, made: Path
) -> None:
    page = opened()
    file = record_of_zoe(made, tmp_path)
    press(Qt.Key.Key_R, ALT)
    name_file(qtbot, file)
    form = shown(qtbot, BringForm)
    assert "A record of Zoe from the study “Second room”" in written(form)
    assert form.whose.currentText() == "Zoe, entered as a trainee"
    assert not nameless(form)
    press(ENTER)
    back_to(qtbot, workstation.window)
    until(qtbot, lambda: "Zoe" in names(page))
    assert page.row is not None
    assert page.row.coder.name == "Zoe"
    assert page.row.coder.role is Role.TRAINEE
    assert "The training record of Zoe is counted in." in workstation.strip.text


def test_a_record_may_be_of_somebody_who_is_known_by_another_name(
    opened: Open, workstation: Workstation, qtbot: QtBot, tmp_path: Path, made: Path
) -> None:
    opened()
    file = record_of_zoe(made, tmp_path)
    press(Qt.Key.Key_R, ALT)
    name_file(qtbot, file)
    form = shown(qtbot, BringForm)
    while form.whose.currentText() != "Fin":
        press(Qt.Key.Key_Down)
    press(ENTER)
    back_to(qtbot, workstation.window)
    store = the_store(workstation)
    assert "Zoe" not in [one.name for one in store.coders()]
    kept = next(one for one in records(store) if one.record.coder == "Zoe")
    assert store.coder(kept.coder_id).name == "Fin"
    until(qtbot, lambda: not workstation.strip.busy)  # everybody is looked at again


@pytest.mark.parametrize("wrong", ["edited", "no record", "gone"])
def test_a_file_that_is_no_sound_record_gets_one_sentence_and_keeps_nothing(
    opened: Open, workstation: Workstation, qtbot: QtBot, tmp_path: Path, made: Path, wrong: str
) -> None:
    opened()
    store = the_store(workstation)
    before = records(store)
    file = tmp_path / f"gil{SUFFIX}"
    text = (made.parent / f"Gil{SUFFIX}").read_text("utf-8")
    if wrong != "gone":
        file.write_text(text.replace('"Gil"', '"Zoe"') if wrong == "edited" else "a poem", "utf-8")
    assert workstation.training is not None
    workstation.training.cohort.bring(file)
    box = shown(qtbot, ErrorBox)
    told = {"edited": "was changed after it was written", "no record": "no training record", "gone": file.name}
    assert told[wrong] in box.accessibleDescription()
    press(ENTER)
    back_to(qtbot, workstation.window)
    assert records(store) == before


def test_a_record_of_this_very_study_is_refused_in_the_form(
    opened: Open, workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    opened()
    store = the_store(workstation)
    ada = next(one for one in store.coders() if one.name == "Ada")
    file = tmp_path / f"ada{SUFFIX}"
    write_record(store, ada.id, file)
    press(Qt.Key.Key_R, ALT)
    name_file(qtbot, file)
    form = shown(qtbot, BringForm)
    assert form.whose.currentText() == "Ada"
    press(ENTER)
    assert form.isVisible()
    assert "is of this very study" in form.strip.text()


def test_only_who_needs_somebody_or_one_course_is_shown(opened: Open) -> None:
    page = opened()
    press(Qt.Key.Key_T, ALT)
    press(Qt.Key.Key_Down)
    assert names(page) == ["Eve", "Gil", "Kim", "Ben", "Cleo"]
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_C, ALT)
    press(Qt.Key.Key_Down)
    assert names(page) == URGENT_FIRST[:-1]  # Fin is in no course


def test_f5_looks_again_and_who_was_chosen_stays(opened: Open, workstation: Workstation, qtbot: QtBot) -> None:
    page = opened()
    choose(page, "Cleo")
    store = the_store(workstation)
    fin = next(one for one in store.coders() if one.name == "Fin")
    (taken,) = taken_courses(store)
    begin_guided(store, taken, taken.course.steps[0].id, fin.id)
    press(Qt.Key.Key_F5)
    until(qtbot, lambda: cells(page, "Fin")[1] == "in training")
    assert cells(page, "Fin")[3] == "0 of 8"
    assert page.row is not None
    assert page.row.coder.name == "Cleo"


def test_a_study_without_trainees_says_how_they_come_here(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    new_study(tmp_path / "empty", "Empty").close()
    workstation.open_study(tmp_path / "empty")
    press(Qt.Key.Key_O, CTRL | SHIFT)
    page = arrived(qtbot, workstation, CohortPage)
    until(qtbot, lambda: page.found is not None)
    assert "Nobody is in training here yet" in written(page)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.courses_button)
    assert not nameless(page)
    press(ENTER)
    assert workstation.training is not None
    assert isinstance(workstation.training.page, TraineePage | CoursesPage)


def test_without_a_study_it_is_the_training_study_and_back_leads_to_the_start(
    workstation: Workstation, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_O, CTRL | SHIFT)
    page = arrived(qtbot, workstation, CohortPage)
    until(qtbot, lambda: page.found is not None)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.study is None)
    assert workstation.window.pages.currentWidget() is workstation.start


def test_from_who_learns_to_all_trainees_and_back(workstation: Workstation, qtbot: QtBot, study: Path) -> None:
    workstation.open_study(study)
    press(Qt.Key.Key_C, CTRL | SHIFT)
    press(Qt.Key.Key_A, ALT)
    page = arrived(qtbot, workstation, CohortPage)
    until(qtbot, lambda: page.found is not None)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(
        lambda: workstation.training is not None and isinstance(workstation.training.page, TraineePage)
    )


def test_what_cannot_be_read_is_told_on_the_page(workstation: Workstation, qtbot: QtBot, study: Path) -> None:
    damage(study, f"UPDATE event SET modifiers = 'x' WHERE pass_id IN ({VISITS_OF_KIM})")
    workstation.open_study(study)
    press(Qt.Key.Key_O, CTRL | SHIFT)
    page = arrived(qtbot, workstation, CohortPage)
    until(qtbot, lambda: "The trainees cannot be shown" in written(page))
    assert page.found is None
    assert not page.list.isVisible()
    assert "The study file is damaged" in page.empty_text.text()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.back_button)


def test_leaving_while_everybody_is_looked_at_ends_it(workstation: Workstation, qtbot: QtBot, study: Path) -> None:
    workstation.open_study(study)
    press(Qt.Key.Key_O, CTRL | SHIFT)
    assert workstation.strip.busy
    arrived(qtbot, workstation, CohortPage)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: not workstation.strip.busy, timeout=60_000)
    assert workstation.window.pages.currentWidget() is workstation.study


def test_everything_has_a_name_and_fits_a_low_screen_in_the_dark(opened: Open, qapp: QApplication) -> None:
    apply_theme(qapp, DARK)
    page = opened()
    for name in URGENT_FIRST:
        choose(page, name)
        assert nameless(page) == []
    assert page.minimumSizeHint().width() <= 1366
    assert page.minimumSizeHint().height() <= 700


def test_damage_costs_one_row_which_says_so_and_everybody_else_is_shown(opened: Open, study: Path) -> None:
    damage(
        study,
        "UPDATE certificate SET text = '' WHERE coder_id = (SELECT id FROM coder WHERE name = 'Ada')",
    )
    page = opened()
    assert names(page) == ["Ada", *(name for name in URGENT_FIRST if name != "Ada")]
    assert cells(page, "Ada") == [
        "Ada | Who looks where, how near: first course",
        "cannot be read",
        "",
        "",
        "Damaged | nothing of it is counted",
    ]
    assert "1 damaged" in page._line.text()
    choose(page, "Ada")
    said = page.detail.stands.text()
    assert "Something of Ada in “Who looks where, how near: first course” is damaged" in said
    assert "The study file is damaged" in said
    for dead in (page.detail.learning_button, page.detail.record_button):
        assert not dead.isEnabled()
    assert not page.detail.certificate_button.isVisible()
    page.who.setCurrentIndex(1)
    page.who.activated.emit(1)
    assert names(page)[0] == "Ada"
    assert "Fin" not in names(page)
