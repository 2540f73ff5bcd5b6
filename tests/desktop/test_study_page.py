"""The study page: a film that is gone, measuring with a way out, a report, mistakes that stay in their form."""

import time
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coder.desktop.errors import ErrorBox
from coder.desktop.measure_form import MeasureForm
from coder.desktop.shared import Tools
from coder.desktop.strip import Task
from coder.desktop.study_actions import StudyActions
from coder.desktop.study_forms import AddCoderForm, AddSessionForm, StartPassForm
from coder.desktop.study_page import StudyPage
from coder.desktop.study_tables import Next, advice
from coder.desktop.workstation import Workstation
from coder.model.coding import PassHeader
from coder.model.progress import Progress
from coder.model.study import Coder, Purpose, Role
from coder.workflows.assignments import assign
from coder.workflows.passes import add_coder, begin_pass
from coder.workflows.sessions import add_session
from coder.workflows.steps import Steps
from coder.workflows.studies import new_study, open_study, overview
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CLIP, back_to, press, shown, until, write

ENTER = Qt.Key.Key_Return


def opened(workstation: Workstation, folder: Path) -> StudyPage:
    workstation.open_study(folder)
    assert workstation.study is not None
    return workstation.study


def texts(page: StudyPage) -> list[str]:
    model = page.sessions.model()
    assert model is not None
    return [str(model.index(0, column).data()) for column in range(model.columnCount())]


def test_a_session_shows_film_length_passes_and_measured(workstation: Workstation, coded: Path) -> None:
    page = opened(workstation, coded)
    assert texts(page) == ["First meeting", "dyad-first.mp4", "0:08", "1 open", "not measured"]
    assert not page.advice.isVisible()
    assert not nameless(page)


def test_a_missing_film_is_said_and_found_again_with_f5(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    film = tmp_path / "films" / "meeting.mp4"
    film.parent.mkdir()
    film.write_bytes(CLIP.read_bytes())
    with new_study(tmp_path / "study", "Study") as store:
        session = add_session(store, film)
        coder = add_coder(store, "Anna", Role.CLINICIAN)
        begin_pass(store, session.id, coder.id, "gaze-near", Purpose.MAIN)
    film.rename(tmp_path / "elsewhere.mp4")
    page = opened(workstation, tmp_path / "study")
    assert texts(page)[1] == "missing"
    assert page.missing.isVisible()
    assert str(film) in page.missing.text.replace("\u200b", "")
    assert not page.open_button.isEnabled()
    assert not page.evidence.button.isEnabled()
    (tmp_path / "elsewhere.mp4").rename(film)
    press(Qt.Key.Key_F5)
    assert texts(page)[1] == "meeting.mp4"
    assert not page.missing.isVisible()
    assert page.open_button.isEnabled()


def test_a_file_that_is_no_film_changes_nothing(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    page = opened(workstation, coded)
    notes = coded.parent / "notes.mp4"
    notes.write_text("not a film", "utf-8")
    press(Qt.Key.Key_E, ALT)
    shown(qtbot, AddSessionForm)
    write(str(notes))
    press(ENTER)
    box = shown(qtbot, ErrorBox)
    assert "notes.mp4" in box.details
    box.close()
    until(qtbot, lambda: not workstation.strip.busy)
    assert len(page.shown.sessions) == 1


def test_a_film_that_is_not_there_is_said_in_the_form(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    opened(workstation, coded)
    press(Qt.Key.Key_E, ALT)
    form = shown(qtbot, AddSessionForm)
    assert not form.accept_button.isEnabled()
    write(str(coded / "none.mp4"))
    assert form.name.text() == "none"
    press(ENTER)
    assert form.strip.isVisible()
    assert form.isVisible()


def test_a_coder_is_added_once(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    page = opened(workstation, coded)
    press(Qt.Key.Key_C, ALT)
    form = shown(qtbot, AddCoderForm)
    write("Anna")
    press(ENTER)
    assert "Anna" in form.strip.text()
    write("Ben")
    press(ENTER)
    back_to(qtbot, workstation.window)
    assert [coder.name for coder in page.shown.coders] == ["Anna", "Ben"]


def test_the_same_pass_is_not_begun_twice(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    page = opened(workstation, coded)
    press(Qt.Key.Key_P, ALT)
    form = shown(qtbot, StartPassForm)
    assert not nameless(form)
    form.scheme.setCurrentIndex(
        next(at for at in range(form.scheme.count()) if "Looks" in form.scheme.itemText(at))
    )
    press(ENTER)
    assert "already has a main pass" in form.strip.text()
    form.purpose.setCurrentText("Training")
    press(ENTER)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    workstation.close_bench()
    assert len(page.session.passes if page.session else ()) == 2


def test_measuring_can_be_cancelled_and_the_study_used_meanwhile(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    page = opened(workstation, coded)
    page.evidence.button.setFocus()
    press(Qt.Key.Key_M, ALT)
    shown(qtbot, MeasureForm)
    press(Qt.Key.Key_Return)
    back_to(qtbot, workstation.window)
    strip = workstation.tools.measuring
    assert strip.busy
    assert page.passes.hasFocus(), "Space or Enter must not cancel what has just begun"
    assert not page.evidence.button.isEnabled()
    assert page.add_session_button.isEnabled()
    assert page.open_button.isEnabled()
    add_meanwhile(page, "Ben")
    page.refresh()
    assert [coder.name for coder in page.shown.coders] == ["Anna", "Ben"]
    press(Qt.Key.Key_A, ALT)
    until(qtbot, lambda: not strip.busy)
    assert "stopped" in strip.text
    assert page.evidence.button.isEnabled()
    press(Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    assert not strip.isVisible(), "old news must not take room from the picture"


def add_meanwhile(page: StudyPage, name: str) -> Coder:
    return add_coder(page.verbs.store, name)


def test_closing_the_window_ends_a_running_job_first(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    def endless() -> Steps[None]:
        while True:
            time.sleep(0.01)
            yield Progress(0, 0, "Waiting")

    opened(workstation, coded)
    workstation.strip.run(Task("Waiting", endless, lambda _: pytest.fail("it never ends"), ""))
    assert not workstation.window.close()
    until(qtbot, lambda: not workstation.window.isVisible())
    with open_study(coded) as store:
        assert store.sessions()


@pytest.mark.slow
def test_pictures_are_measured_and_reported(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    submit_all(coded)
    page = opened(workstation, coded)
    press(Qt.Key.Key_M, ALT)
    form = shown(qtbot, MeasureForm)
    form.rate.setValue(2)
    press(Qt.Key.Key_Return)
    back_to(qtbot, workstation.window)
    qtbot.waitUntil(lambda: not workstation.tools.measuring.busy, timeout=240_000)
    assert workstation.tools.measuring.text == "1 session is measured."
    assert "child" in texts(page)[4]
    seen: list[Path] = []
    page.verbs.tools = Tools(workstation.strip, workstation.tell, workstation.preferences, show_file=seen.append)
    press(Qt.Key.Key_W, ALT)
    until(qtbot, lambda: "ready" in workstation.strip.text)
    workstation.strip.offer_button.click()
    assert seen[0].suffix == ".html"
    assert "First meeting" in seen[0].read_text("utf-8")


def submit_all(folder: Path) -> list[PassHeader]:
    with open_study(folder) as store:
        rows = overview(store).sessions[0].passes
        for row in rows:
            store.submit(row.header.id, actor=row.coder.id)
        return [row.header for row in rows]


def test_a_new_study_says_what_comes_first(tmp_path: Path) -> None:
    with new_study(tmp_path / "study", "Study") as store:
        steps = [advice(overview(store))]
        session = add_session(store, CLIP)
        steps.append(advice(overview(store)))
        coder = add_coder(store, "Anna", Role.CLINICIAN)
        steps.append(advice(overview(store)))
        begin_pass(store, session.id, coder.id, "gaze-near", Purpose.MAIN)
        assert advice(overview(store)) is None
    assert [step.step if step else None for step in steps] == [Next.SESSION, Next.CODER, Next.PASS]


def test_the_actions_say_when_the_study_has_changed(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    actions = opened(workstation, coded).verbs
    assert isinstance(actions, StudyActions)
    with qtbot.waitSignal(actions.changed, timeout=60_000):
        actions.add_coder()
        shown(qtbot, AddCoderForm)
        write("Cleo")
        press(ENTER)
    assert QApplication.activeModalWidget() is None


def test_very_long_names_leave_the_window_as_wide_as_it_was(workstation: Workstation, tmp_path: Path) -> None:
    name = "W" * 100
    folder = tmp_path / "studies" / "Long"
    with new_study(folder, name) as store:
        add_session(store, CLIP, name)
    workstation.open_study(folder)
    page = workstation.study
    assert page is not None
    assert page.minimumSizeHint().width() < 1366


def test_a_pass_that_is_blind_shows_no_count_and_is_not_looked_at(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    with open_study(coded) as store:
        (anna,) = store.passes()
        store.submit(anna.id, actor=anna.coder_id)
        ben = add_coder(store, "Ben", Role.CLINICIAN)
        assign(store, [anna.session_id], ben.id, "gaze-near", Purpose.RELIABILITY)
    page = opened(workstation, coded)
    model = page.passes.model()
    assert model is not None
    count = model.index(0, model.columnCount() - 1)
    assert count.data() == "–"
    assert "missing: Ben" in str(count.data(Qt.ItemDataRole.ToolTipRole))
    for key in (Qt.Key.Key_O, Qt.Key.Key_L):  # look at the pass, its results
        press(key, ALT)
        box = shown(qtbot, ErrorBox)
        assert "“First meeting” is coded twice with “gaze-near”" in box.details
        box.close()
        back_to(qtbot, workstation.window)
    assert workstation.bench is None
    begin_pass(page.verbs.store, anna.session_id, ben.id, "gaze-near")
    press(Qt.Key.Key_F5)
    theirs = next(row for row in page.shown.sessions[0].passes if row.coder.name == "Ben")
    page.verbs.store.submit(theirs.header.id, actor=ben.id)
    press(Qt.Key.Key_F5)
    assert model.index(0, model.columnCount() - 1).data() == "0"
    press(Qt.Key.Key_O, ALT)
    until(qtbot, lambda: workstation.bench is not None)
    assert workstation.bench is not None
    assert workstation.bench.opened.readonly
