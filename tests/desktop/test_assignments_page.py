"""The page of who codes what, driven by keys: assign, draw, withdraw, group, begin; empty, blind and read-only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QDialog, QMainWindow
from pytestqt.qtbot import QtBot

from coder.desktop.assignment_forms import AssignForm, GroupForm, WithdrawForm
from coder.desktop.assignments_page import AssignmentsPage
from coder.desktop.draw_form import DrawForm
from coder.desktop.shared import Tools
from coder.desktop.strip import Strip
from coder.model.problem import CoderError
from coder.model.study import Coder, Purpose, Role, Session
from coder.model.time import Span
from coder.settings.preferences import PreferencesFile
from coder.store import StudyStore
from coder.workflows.assignments import TaskState, assign
from coder.workflows.passes import begin_pass
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CTRL, back_to, press, shown, write

SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTER, DOWN, SPACE, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Delete


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    """Ten sessions and three coders; nothing is assigned."""
    with StudyStore.create(tmp_path / "study", "Play") as opened:
        for name in ("Ada", "Ben", "Cleo"):
            opened.add_coder(Coder(name.lower(), name, Role.CLINICIAN))
        for number in range(10):
            opened.add_session(Session(f"s{number}", f"Visit {number}", Span(0, 1_000_000), ()))
        yield opened


class Desk:
    """The page in a window of its own, with what it asks the workstation for."""

    def __init__(self, qtbot: QtBot, store: StudyStore) -> None:
        self.errors: list[CoderError] = []
        self.opened: list[str] = []
        self.backs = 0
        self.qtbot, self.window = qtbot, QMainWindow()
        qtbot.addWidget(self.window)
        self.strip = Strip(self.errors.append, self.window)
        self.page = AssignmentsPage(store, Tools(self.strip, self.errors.append, PreferencesFile()), self._back)
        self.page.pass_wanted.connect(self.opened.append)
        self.window.setCentralWidget(self.page)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        self.page.setFocus()

    def _back(self) -> None:
        self.backs += 1

    def accept(self) -> None:
        """Enter, and the page has the keyboard again."""
        press(ENTER)
        back_to(self.qtbot, self.window)

    def row(self, number: int) -> list[str]:
        """What stands in a row of the sessions."""
        model = self.page.table.model()
        assert model is not None
        return [str(model.index(number, column).data()) for column in range(model.columnCount())]


@pytest.fixture
def desk(qtbot: QtBot, store: StudyStore) -> Desk:
    return Desk(qtbot, store)


def all_to_ada(store: StudyStore) -> None:
    assign(store, [session.id for session in store.sessions()], "ada", _shown_first(store))


def _shown_first(store: StudyStore) -> str:
    """The scheme that the page shows in a study that is not under way, or that it is coded with."""
    names = [one.scheme.name for one in store.assignments()]
    return names[0] if names else "shared-play"


def test_three_sessions_are_assigned_by_keys_and_the_next_offer_is_reliability(
    desk: Desk, store: StudyStore, qtbot: QtBot
) -> None:
    assert not nameless(desk.page)
    press(DOWN, SHIFT)
    press(DOWN, SHIFT)
    press(Qt.Key.Key_A, ALT)
    form = shown(qtbot, AssignForm)
    assert not nameless(form)
    assert form.purpose.value is Purpose.MAIN
    desk.accept()
    assert [(one.session_id, one.coder_id) for one in store.assignments()] == [
        ("s0", "ada"),
        ("s1", "ada"),
        ("s2", "ada"),
    ]
    assert desk.row(1)[2:4] == ["Ada", "not begun"]
    assert [line.session.id for line in desk.page.chosen] == ["s0", "s1", "s2"]
    press(Qt.Key.Key_A, ALT)
    form = shown(qtbot, AssignForm)
    assert form.purpose.value is Purpose.RELIABILITY
    press(ENTER)
    assert "Ada already codes “Visit 0”" in form.strip.text()  # the form stays, with what is wrong in it
    press("b")
    desk.accept()
    assert desk.row(0)[4:] == ["Ben", "not begun"]
    assert not desk.errors


def test_a_second_coding_is_drawn_with_a_preview_and_kept_with_its_seed(store: StudyStore, qtbot: QtBot) -> None:
    all_to_ada(store)
    desk = Desk(qtbot, store)
    press(Qt.Key.Key_D, ALT)
    form = shown(qtbot, DrawForm)
    assert not nameless(form)
    assert not form.accept_button.isEnabled()
    assert "Nobody is chosen" in form.outcome.text()
    write("30")
    for _ in range(2):
        press(Qt.Key.Key_Tab)
    press(SPACE)  # Ben
    assert form.found is not None
    assert len(form.found.drawn) == 3
    assert form.outcome.text() == (
        "3 of 10 sessions are to be coded twice: 0 are already, 3 are drawn. Ben gets 3."
    )
    press(Qt.Key.Key_Tab)
    press(SPACE)  # Cleo
    assert sorted(count for _, count in form.found.by_coder) == [1, 2]
    press(Qt.Key.Key_E, ALT)
    write("417")
    drawn = form.found
    assert drawn.seed == 417
    assert store.assignments()[10:] == ()
    desk.accept()
    made = store.assignments()[10:]
    assert [(one.session_id, one.coder_id) for one in made] == [
        (one.session.id, one.coder.id) for one in drawn.drawn
    ]
    assert all("30 % of 10 sessions, seed 417" in one.origin for one in made)
    number = int(made[0].session_id[1:])
    assert desk.row(number)[4] == store.coder(made[0].coder_id).name
    assert not desk.errors


def test_another_seed_draws_others_and_strata_are_named(store: StudyStore, qtbot: QtBot) -> None:
    all_to_ada(store)
    for number in range(4):
        store.set_group(f"s{number}", "north")
    desk = Desk(qtbot, store)
    press(Qt.Key.Key_D, ALT)
    form = shown(qtbot, DrawForm)
    form.coders["ben"].setFocus()
    press(SPACE)
    press(Qt.Key.Key_W, ALT)
    press(SPACE)
    assert "no group: 1 of 6; north: 1 of 4." in form.outcome.text()
    before = form.seed.value()
    for _ in range(3):
        press(Qt.Key.Key_O, ALT)
        qtbot.wait(120)  # a button pressed by its letter stays down for a moment
    assert form.seed.value() != before
    form.close()
    assert not desk.errors
    assert store.assignments()[10:] == ()


def test_where_nobody_is_free_it_is_said_and_nothing_can_be_written(store: StudyStore, qtbot: QtBot) -> None:
    all_to_ada(store)
    desk = Desk(qtbot, store)
    press(Qt.Key.Key_D, ALT)
    form = shown(qtbot, DrawForm)
    form.coders["ada"].setFocus()
    press(SPACE)
    assert "2 sessions are missing from the share" in form.remark.text()
    parts = (form.outcome, form.table, form.remark, form.accept_button)
    tops = [one.mapTo(form, one.rect().topLeft()).y() for one in parts]
    ends = [one.mapTo(form, one.rect().bottomLeft()).y() for one in parts]
    assert all(end < top for end, top in zip(ends, tops[1:], strict=False))  # nothing lies over anything
    assert not form.accept_button.isEnabled()
    form.close()
    assert not desk.errors


def test_a_task_is_begun_opened_and_withdrawn_from_the_keyboard(store: StudyStore, qtbot: QtBot) -> None:
    all_to_ada(store)
    assign(store, ["s0"], "ben", "shared-play", Purpose.RELIABILITY)
    desk = Desk(qtbot, store)
    press(ENTER)  # from the session to who codes it
    press(DOWN)
    assert desk.page.task.task is not None
    assert desk.page.task.task.coder.name == "Ben"
    press(ENTER)
    (header,) = store.passes()
    assert (header.coder_id, header.purpose) == ("ben", Purpose.RELIABILITY)
    assert desk.opened == [header.id]
    assert desk.page.task.task.state is TaskState.OPEN
    press(ENTER)
    assert desk.opened == [header.id, header.id]
    press(DELETE)
    form = shown(qtbot, WithdrawForm)
    press(ENTER)
    assert "needs a reason" in form.strip.text()
    write("ill")
    desk.accept()
    assert [one.withdrawn.endswith(": ill") for one in store.assignments(withdrawn=True)] == [True]
    assert desk.row(0)[4:] == ["–", ""]


def test_who_is_waited_for_is_told_beside_the_session(store: StudyStore, qtbot: QtBot) -> None:
    all_to_ada(store)
    for coder in ("ben", "cleo"):
        assign(store, ["s0"], coder, "shared-play", Purpose.RELIABILITY)
    for coder in ("ada", "ben"):
        store.submit(begin_pass(store, "s0", coder, "shared-play").id, actor=coder)
    desk = Desk(qtbot, store)
    assert desk.row(0)[2:] == ["Ada", "submitted", "Ben, Cleo", "1 of 2 submitted"]
    assert "Blind until all have submitted; missing: Cleo." in desk.page.task.remark.text()
    assert [bar.accessibleName() for bar in desk.page.progress.bars()] == [
        "1 submitted, 0 open, 9 not begun",
        "1 submitted, 0 open, 0 not begun",
        "0 submitted, 0 open, 1 not begun",
    ]
    store.submit(begin_pass(store, "s0", "cleo", "shared-play").id, actor="cleo")
    press(Qt.Key.Key_F5)
    assert desk.row(0)[5] == "2 of 2 submitted"
    assert "Blind" not in desk.page.task.remark.text()
    assert "Coded twice: 1; all have submitted: 1." in desk.page.progress.sums.text()


def test_several_sessions_are_put_into_a_group(desk: Desk, store: StudyStore, qtbot: QtBot) -> None:
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_G, ALT)
    shown(qtbot, GroupForm)
    write("north")
    desk.accept()
    assert {session.group for session in store.sessions()} == {"north"}
    assert desk.row(9)[1] == "north"


def test_each_scheme_has_its_own_coders(store: StudyStore, qtbot: QtBot) -> None:
    assign(store, ["s0"], "ada", "gaze-near")
    desk = Desk(qtbot, store)
    assert desk.page.scheme_name == "gaze-near"  # what is used is shown first
    assert desk.row(0)[2] == "Ada"
    desk.page.scheme.setFocus()
    press(Qt.Key.Key_End)
    assert desk.page.scheme_name != "gaze-near"
    assert desk.row(0)[2:] == ["–", "", "–", ""]
    assert "Nobody is to code this session" in desk.page.task.remark.text()
    assert not desk.page.task.open_button.isEnabled()


def test_a_study_without_sessions_or_coders_says_what_to_do(tmp_path: Path, qtbot: QtBot) -> None:
    with StudyStore.create(tmp_path / "empty", "Empty") as store:
        desk = Desk(qtbot, store)
        assert "no sessions yet" in desk.page.empty.text()
        for one in (desk.page.assign_button, desk.page.draw_button, desk.page.group_button):
            assert not one.isEnabled()
        store.add_session(Session("s", "Visit", Span(0, 1), ()))
        press(Qt.Key.Key_F5)
        assert "no coders yet" in desk.page.empty.text()
        store.add_coder(Coder("ada", "Ada", Role.CLINICIAN))
        press(Qt.Key.Key_F5)
        assert not desk.page.empty.isVisible()
        assert desk.page.assign_button.isEnabled()


def test_a_reader_sees_everything_and_can_change_nothing(store: StudyStore, qtbot: QtBot) -> None:
    all_to_ada(store)
    folder = store.folder
    store.close()
    with StudyStore.open(folder, readonly=True) as looking:
        desk = Desk(qtbot, looking)
        assert "reading only" in desk.page.empty.text()
        assert desk.row(3)[2] == "Ada"
        page = desk.page
        for one in (page.assign_button, page.draw_button, page.group_button, page.task.withdraw_button):
            assert not one.isEnabled()
        press(ENTER)
        press(ENTER)  # what is not begun cannot be begun
        press(DELETE)
        assert desk.opened == []
        assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def test_what_another_window_changed_is_a_sentence(store: StudyStore, qtbot: QtBot) -> None:
    all_to_ada(store)
    desk = Desk(qtbot, store)
    store.remove_assignment(store.assignments()[0].id, "elsewhere")
    press(ENTER)
    press(ENTER)
    (error,) = desk.errors
    assert "no such assignment any more" in str(error)


def test_back_leads_back(desk: Desk, qtbot: QtBot) -> None:
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: desk.backs == 1)
