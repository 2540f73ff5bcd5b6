"""A pass is moved to a newer version of its scheme by keys: every change is read, every missing code decided."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coder.desktop.errors import ErrorBox
from coder.desktop.marked_words import marked
from coder.desktop.move_page import MovePage
from coder.desktop.study_page import StudyPage
from coder.desktop.workstation import Workstation
from coder.model.coding import PassStatus
from coder.model.time import SECOND_US, Span
from coder.store import StudyStore
from coder.workflows.exchange import import_events
from coder.workflows.scheme_versions import adopt
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CLIP, press, shown
from tests.workflows.versions import PLAY, changed

ENTER, SPACE, DOWN, ESCAPE, DELETE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Space,
    Qt.Key.Key_Down,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Delete,
)
NO_SAD = (
    ('[[tiers.codes]]\nid = "sad"\nlabel = "Sad"\nkey = "3"\ndefinition = "The child cries."\n\n', ""),
    ('"The child smiles."', '"The child smiles or laughs."'),
)
EVENTS = """tier,code,onset,offset,modifiers,answer
mood,glad,0,2,,
mood,calm,2,4,,
mood,sad,4,6,,
calls,call,1,1,outcome=fits,reply_talk
replies,talk,2,2,,
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """One pass made with version 1.0, and version 1.1 in the study: without “Sad”, with a wider “Glad”."""
    folder, events = tmp_path / "study", tmp_path / "events.csv"
    events.write_text(EVENTS.replace(",reply_talk", ",talk@2"), "utf-8")
    with new_study(folder, "Play at home") as store:
        add_session(store, CLIP, "First meeting", window=Span(0, 8 * SECOND_US))
        adopt(store, PLAY)
        import_events(store, events, session="First meeting", coder="Kim", scheme="play")
        adopt(store, changed("1.1", *NO_SAD))
    return folder


def opened(workstation: Workstation, folder: Path) -> StudyPage:
    workstation.open_study(folder)
    assert workstation.study is not None
    workstation.study.passes.setFocus()
    return workstation.study


def reviewing(workstation: Workstation, qtbot: QtBot) -> MovePage:
    """The review, opened by its key; a button's key presses it a moment later."""
    press(Qt.Key.Key_N, ALT)
    qtbot.waitUntil(lambda: isinstance(workstation.window.pages.currentWidget(), MovePage))
    page = workstation.window.pages.currentWidget()
    assert isinstance(page, MovePage)
    return page


def next_open(review: MovePage, qtbot: QtBot, code: str) -> None:
    """Go on by key to the next word that is open, which is this one."""
    press(Qt.Key.Key_N, ALT)
    qtbot.waitUntil(lambda: review.row is not None and review.row.step.old.code == code)


def cells(page: QWidget, table: str = "table") -> list[list[str]]:
    model = getattr(page, table).model()
    return [
        [str(model.index(row, column).data()).strip() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def store_of(page: StudyPage) -> StudyStore:
    return page.verbs.store


def test_a_pass_is_moved_by_keys_alone(workstation: Workstation, qtbot: QtBot, study: Path) -> None:
    page = opened(workstation, study)
    assert cells(page, "passes")[0][2] == "1.0 · 1.1 is there"
    review = reviewing(workstation, qtbot)
    assert cells(review) == [
        ["Glad", "1", "Glad", "to be confirmed"],
        ["Sad", "1", "?", "to be decided"],
    ]
    assert not nameless(workstation.window)
    assert not review.move_button.isEnabled()
    assert "2 words are to be decided" in review.status.text()
    press(SPACE)
    next_open(review, qtbot, "sad")
    press(ENTER)
    press(DOWN)  # leave it out
    press(DOWN)  # Mood: Glad
    press(DOWN)  # Mood: Calm
    assert cells(review)[1] == ["Sad", "1", "Calm", "to be confirmed"]
    press(Qt.Key.Key_I, ALT)
    qtbot.waitUntil(lambda: cells(review)[1][3] == "confirmed")
    assert review.status.text() == "5 events move, 1 is joined to the state before."
    press(Qt.Key.Key_M, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is page)
    old, new = store_of(page).passes()
    assert (old.scheme.version, old.status) == ("1.0", PassStatus.SUBMITTED)
    assert (new.scheme.version, new.status, new.made_from) == ("1.1", PassStatus.OPEN, (old.id,))
    assert cells(page, "passes")[1][2] == "1.1 · was 1.0"
    assert page.coding is not None
    assert page.coding.header.id == new.id
    made = store_of(page).load_pass(new.id)
    (call,), (talk,) = made.row("calls"), made.row("replies")
    assert call.answer == talk.id
    press(ENTER)
    assert workstation.bench is not None
    assert workstation.bench.opened.header.id == new.id


def test_escape_goes_back_and_keeps_nothing(workstation: Workstation, qtbot: QtBot, study: Path) -> None:
    page = opened(workstation, study)
    reviewing(workstation, qtbot)
    press(SPACE)
    press(ESCAPE)
    assert workstation.window.pages.currentWidget() is page
    assert len(store_of(page).passes()) == 1
    assert workstation.window.pages.count() == workstation.window.pages.indexOf(page) + 1


def test_delete_leaves_a_code_out_and_the_summary_says_so(
    workstation: Workstation, qtbot: QtBot, study: Path
) -> None:
    opened(workstation, study)
    review = reviewing(workstation, qtbot)
    press(SPACE)
    next_open(review, qtbot, "sad")
    press(DELETE)
    assert cells(review)[1] == ["Sad", "1", "left out", "settled"]
    assert review.status.text() == "4 events move, 1 is left out."
    assert review.move_button.isEnabled()
    press(Qt.Key.Key_C, ALT)
    qtbot.waitUntil(lambda: len(cells(review)) > 2)


def test_overlaps_are_told_with_their_places_before_anything_is_done(
    workstation: Workstation, qtbot: QtBot, study: Path, tmp_path: Path
) -> None:
    text = changed(
        "1.2",
        *NO_SAD,
        ('id = "floor"\nlabel = "On the floor"', 'id = "bench"\nlabel = "Elsewhere"'),
        ("Sits on the floor.", "Sits on a bench."),
    )
    events, old = tmp_path / "more.csv", tmp_path / "old.toml"
    old.write_text(PLAY, "utf-8")
    events.write_text("tier,code,onset,offset\nmood,calm,0,4\nplace,floor,2,6\n", "utf-8")
    page = opened(workstation, study)
    import_events(store_of(page), events, session="First meeting", coder="Lou", scheme=str(old))
    adopt(store_of(page), text)
    press(Qt.Key.Key_F5)
    page.passes.setFocus()
    press(DOWN)
    review = reviewing(workstation, qtbot)
    assert cells(review) == [["On the floor", "1", "?", "to be decided"]]
    press(ENTER)
    for _ in range(3):
        press(DOWN)
    press(Qt.Key.Key_I, ALT)
    qtbot.waitUntil(review.problems.isVisible)
    assert "00:00:02.000: “Calm” would overlap another event of “Mood”." in review.problems.text()
    assert review.status.text() == "The pass cannot be moved like this."
    assert not review.move_button.isEnabled()


def test_a_pass_that_was_moved_already_says_so(workstation: Workstation, qtbot: QtBot, study: Path) -> None:
    page = opened(workstation, study)
    review = reviewing(workstation, qtbot)
    press(SPACE)
    next_open(review, qtbot, "sad")
    press(DELETE)
    press(Qt.Key.Key_M, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is page)
    page.choose_pass(store_of(page).passes()[0].id)
    press(Qt.Key.Key_N, ALT)
    box = shown(qtbot, ErrorBox)
    assert "Kim already has a main pass" in box.accessibleDescription()
    assert len(store_of(page).passes()) == 2


def test_what_differs_is_struck_out_on_one_side_and_underlined_on_the_other() -> None:
    assert marked("The child <smiles>.", "The child smiles & laughs.") == (
        "The child <s>&lt;</s>smiles<s>&gt;</s>.",
        "The child smiles<u> &amp; laughs</u>.",
    )
    assert marked("same", "same") == ("same", "same")
    assert marked("", "new") == ("–", "<u>new</u>")
