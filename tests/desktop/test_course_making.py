"""A supervisor makes a course of a study's sessions, by keys: clips, zones, texts, folder; and what goes wrong."""

from collections import Counter
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coder.desktop.course_making_forms import AddClipForm, EditClipForm, EventForm
from coder.desktop.course_making_page import CourseMakingPage
from coder.desktop.course_making_pages import NewCourseForm, WriteCourseForm
from coder.desktop.course_master_page import CourseMasterPage
from coder.desktop.forms import Form
from coder.desktop.menus import MENUS
from coder.desktop.workstation import Workstation
from coder.formats.course_file import read_course
from coder.model.time import Span
from coder.settings.shipped import shipped
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from coder.workflows.training.kept_draft import FILE, kept_draft
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CLIP, back_to, none_shown, press, shown, until, write
from tests.desktop.test_windows import mnemonics
from tests.workflows.twice_coded import coded

ENTER, TAB, DOWN, UP, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Delete
OFF, WATCH = "en_off", "en_watch"


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """A study with one session of eight seconds, which Robin has coded."""
    folder = tmp_path / "studies" / "Visits"
    with new_study(folder, "Visits") as store:
        add_session(store, CLIP, "visit", window=Span(0, 8_000_000))
        coded(store, "visit", "Robin", bids=(1, 2, 6, 7), engage=[(OFF, 0, 3), (WATCH, 3, 6), (OFF, 6, 8)])
    return folder


class Maker:
    """The person who makes a course."""

    def __init__(self, qtbot: QtBot, workstation: Workstation, study: Path) -> None:
        self.qtbot, self.workstation, self.window = qtbot, workstation, workstation.window
        workstation.open_study(study)
        self.ask()

    def ask(self) -> None:
        """The line of the menu."""
        self.workstation.menus.actions["make-course"].trigger()

    @property
    def page(self) -> CourseMakingPage:
        training = self.workstation.training
        assert training is not None
        page = training.making.page
        assert isinstance(page, CourseMakingPage)
        return page

    @property
    def master(self) -> CourseMasterPage:
        training = self.workstation.training
        assert training is not None
        until(self.qtbot, lambda: isinstance(training.making.page, CourseMasterPage))
        page = training.making.page
        assert isinstance(page, CourseMasterPage)
        return page

    def begin(self, title: str = "Our course") -> None:
        """The first question, answered."""
        shown(self.qtbot, NewCourseForm)
        write(title)
        self.accept()

    def accept(self) -> None:
        press(ENTER)
        back_to(self.qtbot, self.window)

    def add(self, place: int, start: str, end: str) -> None:
        """A clip: place 0 watch, 1 practice, 2 test; times as they are typed."""
        press("a", ALT)
        shown(self.qtbot, AddClipForm)
        press("o", ALT)
        for _ in range(place):
            press(DOWN)
        press("r", ALT)
        write(start)
        press("t", ALT)
        write(end)
        press(ENTER)
        if none_shown(AddClipForm):
            back_to(self.qtbot, self.window)

    def settled(self) -> list[str]:
        """What is wrong once the keyboard rests."""
        page = self.page
        until(self.qtbot, lambda: page.fine.isVisible() or page.wrong.isVisible())
        self.qtbot.waitUntil(lambda: not page._later.isActive())
        return page.wrong.text().splitlines() if page.wrong.isVisible() else []


@pytest.fixture
def maker(qtbot: QtBot, workstation: Workstation, visits: Path) -> Maker:
    return Maker(qtbot, workstation, visits)


def clips(page: CourseMakingPage) -> list[tuple[str, str]]:
    return [
        (step.kind.value, f"{step.master.window.start_us / 1e6:g}-{step.master.window.end_us / 1e6:g}")
        for step in page.draft.steps
    ]


def test_a_course_is_made_by_keys_from_the_first_question_to_its_folder(
    maker: Maker, qtbot: QtBot, tmp_path: Path
) -> None:
    maker.begin()
    assert maker.page.none.isVisible()
    maker.add(0, "0", "2.5")
    maker.add(1, "0", "4")
    maker.add(2, "4", "8")
    assert clips(maker.page) == [("guided", "0-2.5"), ("practice", "0-4"), ("test", "4-8")]
    assert maker.settled() == ["The course does not say what it is. Write a sentence or two for trainees."]
    assert not maker.page.write_button.isEnabled()
    press("c", ALT)
    write("What it is.")
    assert maker.settled() == []
    press("w", ALT)
    form = shown(qtbot, WriteCourseForm)
    assert form.folder.text() == "Our course 1-0"
    press("i", ALT)
    write(str(tmp_path))
    maker.accept()
    until(qtbot, lambda: "is written" in maker.workstation.strip.text)
    course = read_course(tmp_path / "Our course 1-0" / "course.toml", shipped("schemes")).course
    assert (course.id.name, course.summary, len(course.steps)) == ("our-course", "What it is.", 3)
    # what was being made is done with
    store = maker.workstation.store
    assert store is not None
    qtbot.waitUntil(lambda: kept_draft(store) is None)


def test_what_was_set_is_there_after_the_program_was_closed(maker: Maker, qtbot: QtBot, visits: Path) -> None:
    maker.begin("Early looks")
    maker.add(2, "1", "5")
    press("c", ALT)
    write("Half a sente")
    maker.workstation.close_study()
    assert "sente" not in (visits / FILE).read_text("utf-8")
    maker.workstation.open_study(visits)
    maker.ask()
    qtbot.waitUntil(lambda: maker.page.title.text() == "Early looks")
    assert clips(maker.page) == [("test", "1-5")]
    assert maker.page.summary.toPlainText() == "Half a sente"


def test_a_test_that_shows_what_was_practised_is_told_at_once(maker: Maker) -> None:
    maker.begin()
    maker.add(1, "0", "5")
    maker.add(2, "4", "8")
    told = maker.settled()
    assert (
        "step test-1, film: The test shows 1.000 s of film, from 00:00:04.000 on, that step “practice-1” shows "
        "too. Choose another film, or a stretch that only the test shows."
    ) in told


def test_the_rule_follows_the_clips_but_for_what_was_set_by_hand(maker: Maker, qtbot: QtBot) -> None:
    maker.begin()
    maker.add(2, "0", "3")
    maker.add(2, "3", "6")
    page = maker.page
    assert (page.clips.value(), page.draft.rule.codes) == (2, ())
    page.clips.setFocus()
    write("1")
    page.min_events.setFocus()
    write("2")
    assert page.draft.rule.codes == (("bids", "bid_c"),)
    maker.add(2, "6", "8")
    assert (page.draft.rule.clips, page.draft.rule.min_events) == (1, 2)
    maker.settled()
    assert page.clips.value() == 1


def test_clips_are_moved_edited_and_taken_out_by_keys(maker: Maker, qtbot: QtBot) -> None:
    maker.begin()
    maker.add(1, "0", "2")
    maker.add(1, "2", "4")
    maker.add(2, "4", "8")
    page = maker.page
    page.table.setFocus()
    page.table.choose(1)
    press(UP, ALT)
    assert clips(page) == [("practice", "2-4"), ("practice", "0-2"), ("test", "4-8")]
    press("e", ALT)
    shown(qtbot, EditClipForm)
    write("By the window")
    press("o", ALT)
    press(UP)  # to be watched
    maker.accept()
    assert (page.draft.steps[0].kind.value, page.draft.steps[0].title) == ("guided", "By the window")
    page.table.setFocus()
    page.table.choose(1)
    press(DELETE)
    assert clips(page) == [("guided", "2-4"), ("test", "4-8")]


def test_zones_other_codes_and_reasons_are_set_beside_the_film(maker: Maker, qtbot: QtBot) -> None:
    maker.begin()
    maker.add(2, "0", "8")
    maker.page.table.setFocus()
    press(ENTER)
    master = maker.master
    until(qtbot, lambda: master.viewer.shown is not None)
    assert [row.event.code for row in master.table.lines.rows][:3] == [OFF, WATCH, OFF]
    master.table.setFocus()
    press(DOWN)
    until(qtbot, lambda: master.viewer.at_us == 3_000_000)
    # three frames on is right, too
    master.viewer.picture.setFocus()
    for _ in range(3):
        press(Qt.Key.Key_Right)
    until(qtbot, lambda: master.viewer.at_us == 3_120_000)
    press("m")
    assert zones(master) == [("onset", 3.0, 3.12)]
    assert master.viewer.at_us == 3_120_000  # the frame that was marked stays
    # and nothing, or the neighbour’s code, is as right
    master.table.setFocus()
    press(ENTER)
    form = shown(qtbot, EventForm)
    write("she looks on")
    form.either[OFF].setFocus()
    press(Qt.Key.Key_Space)
    press("e", ALT)
    write("5.9")
    press("t", ALT)
    write("6,2")
    form.accept_button.setFocus()
    maker.accept()
    event = master.table.lines.rows[1].event
    assert (event.note, event.either) == ("she looks on", (OFF,))
    assert zones(master) == [("onset", 3.0, 3.12), ("onset", 5.9, 6.2)]
    press("z", ALT)
    qtbot.waitUntil(lambda: zones(master) == [])
    press("b", ALT)
    qtbot.waitUntil(
        lambda: isinstance(maker.workstation.training and maker.workstation.training.making.page, CourseMakingPage)
    )
    kept = maker.page.draft.steps[0].master.events
    assert [one.note for one in kept if one.code == WATCH] == ["she looks on"]


def zones(page: CourseMasterPage) -> list[tuple[str, float, float]]:
    return [(one.edge.value, one.span.start_us / 1e6, one.span.end_us / 1e6) for one in page.step.master.zones]


def test_a_zone_that_misses_its_edge_is_told_in_the_form_and_changes_nothing(maker: Maker, qtbot: QtBot) -> None:
    maker.begin()
    maker.add(2, "0", "8")
    maker.page.table.setFocus()
    press(ENTER)
    master = maker.master
    master.table.setFocus()
    press(DOWN)
    press(ENTER)
    form = shown(qtbot, EventForm)
    for earliest, latest, told in (
        ("3.5", "3.9", "The zone does not hold the edge itself, 00:00:03.000."),
        ("4", "2", "The zone ends before it begins."),
        ("soon", "4", "Begins at the earliest: “soon” is not a time"),
    ):
        press("b", ALT)
        write(earliest)
        press("l", ALT)
        write(latest)
        press(ENTER)
        assert form.strip.isVisible()
        assert told in form.strip.text()
    form.reject()
    assert zones(master) == []


def test_a_clip_that_leaves_what_was_coded_is_told_in_the_form(maker: Maker, qtbot: QtBot) -> None:
    maker.begin()
    maker.add(2, "0", "99")
    form = shown(qtbot, AddClipForm)
    assert "The clip leaves the stretch that was coded." in form.strip.text()
    write("0")
    press(ENTER)
    assert "The clip ends where it begins, or before." in form.strip.text()
    form.reject()
    assert maker.page.draft.steps == ()


def test_the_next_version_of_a_course_begins_with_what_it_has(maker: Maker, qtbot: QtBot, tmp_path: Path) -> None:
    form = shown(qtbot, NewCourseForm)
    file = shipped("sample_media") / "courses" / "gaze-near.toml"
    press("n", ALT)
    write(str(file))
    assert not form.title.isEnabled()
    maker.accept()
    course = read_course(file, shipped("schemes")).course
    until(
        qtbot,
        lambda: maker.workstation.training is not None and maker.workstation.training.making.page is not None,
    )
    assert len(maker.page.draft.steps) == len(course.steps)
    assert maker.page.draft.rule == course.rule
    assert maker.page.version.text() != course.id.version
    maker.page.table.setFocus()
    press(DELETE)
    assert len(maker.page.draft.steps) == len(course.steps) - 1
    assert maker.page.draft.rule == course.rule  # which somebody wrote


def test_what_was_being_made_is_discarded_only_after_a_question(maker: Maker, qtbot: QtBot, visits: Path) -> None:
    maker.begin()
    press("i", ALT)
    form = shown(qtbot, Form)
    form.reject()
    back_to(qtbot, maker.window)
    assert (visits / FILE).exists()
    press("i", ALT)
    shown(qtbot, Form)
    maker.accept()
    assert not (visits / FILE).exists()


def test_a_study_without_codes_says_so(qtbot: QtBot, workstation: Workstation, tmp_path: Path) -> None:
    folder = tmp_path / "studies" / "Empty"
    new_study(folder, "Empty").close()
    Maker(qtbot, workstation, folder)
    form = shown(qtbot, NewCourseForm)
    assert "Nothing is coded in this study yet." in form.strip.text()
    assert not form.accept_button.isEnabled()


def test_every_part_has_a_name_and_no_letter_stands_for_two(maker: Maker, qtbot: QtBot) -> None:
    maker.begin()
    maker.add(2, "0", "8")
    assert not nameless(maker.window)
    strip = [maker.workstation.strip.cancel_button, maker.workstation.strip.dismiss_button]

    def texts() -> Counter[str]:
        buttons = [one.text() for one in {*maker.window.findChildren(QPushButton), *strip} if one.isVisible()]
        waiting = [one.text() for one in strip if not one.isVisible()]
        labels = [one.text() for one in maker.window.findChildren(QLabel) if one.isVisible() and one.buddy()]
        return mnemonics([*buttons, *waiting, *labels, *(menu.label for menu in MENUS)])

    assert max(texts().values()) == 1
    maker.page.table.setFocus()
    press(ENTER)
    until(qtbot, maker.master.isVisible)
    assert not nameless(maker.window)
    assert max(texts().values()) == 1
    assert QApplication.focusWidget() is maker.master.table
