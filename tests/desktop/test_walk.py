"""The walk through disagreements, done by real keys on a real film and a real study."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coder.annotate.view.differing import KIND_NAMES, VERDICT_KEYS
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.desktop.film_forms import RelinkForm
from coder.desktop.film_watch import FilmBanner
from coder.desktop.main_window import MainWindow
from coder.desktop.reliability_pages import ReliabilityPages
from coder.desktop.shared import Tools
from coder.desktop.strip import Strip
from coder.desktop.walk_page import WalkPage
from coder.desktop.walk_rows import WALK_COLUMNS, Which
from coder.desktop.workstation import Workstation
from coder.model.disagreement import DisagreementKind, Settlement, Verdict
from coder.model.problem import CoderError, Problem, StoreError
from coder.model.study import Role
from coder.model.time import SECOND_US, Span
from coder.settings.preferences import PreferencesFile
from coder.store import StudyStore
from coder.workflows.passes import add_coder
from coder.workflows.review import review
from tests.desktop.conftest import nameless
from tests.desktop.hands import CTRL, back_to, press, shown, until, write
from tests.workflows.supervised import SAMPLES, supervised

CLIP = "phone"  # the shortest of the sample films that have everybody's passes


@dataclass
class Walked:
    """A walk in a window of its own, and what was told to whoever shows it."""

    page: WalkPage
    store: StudyStore
    window: MainWindow
    errors: list[CoderError] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    @property
    def badges(self) -> dict[str, str]:
        """By the key of a disagreement: what the column of verdicts says."""
        return {row.key: WALK_COLUMNS[-1].text(row) for row in self.page.list.rows}

    @property
    def on_disk(self) -> tuple[Settlement, ...]:
        """All settlements of the study, oldest first."""
        return tuple(self.store.settlements())

    @property
    def at(self) -> int:
        """Which of the shown rows is chosen."""
        return self.page.list.table.row


Begin = Callable[..., Walked]


@pytest.fixture
def begin(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Begin]:
    """`begin()` opens the walk of Robin's and Sasha's passes and waits for its first picture."""
    apply_theme(qapp, LIGHT)
    threads = set(threading.enumerate())
    open_ones: list[Walked] = []
    stores: list[StudyStore] = []

    def opened(
        *,
        scheme: str = "gaze-near",
        clip: str = CLIP,
        film: bool = True,
        again: StudyStore | None = None,
        supervisor: bool = True,
    ) -> Walked:
        store = again
        if store is None:
            store = supervised(
                tmp_path / "study", clips=(clip,), coders=("Robin", "Sasha"), schemes=(scheme,), name="Study"
            )
            if supervisor:
                add_coder(store, "Dr. Blau", Role.SUPERVISOR)
        stores.append(store)
        by_name = {store.coder(header.coder_id).name: header.id for header in store.passes()}
        errors: list[CoderError] = []
        strip = Strip(errors.append)
        tools = Tools(strip, errors.append, PreferencesFile())
        page = WalkPage(review(store, by_name["Robin"], by_name["Sasha"]), store, tools, lambda: None)
        window = MainWindow(strip, lambda: True)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.show_page(page)
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        walked = Walked(page, store, window, errors)
        page.consensus_wanted.connect(walked.made.append)
        open_ones.append(walked)
        if film:
            until(qtbot, lambda: page.view.painted.value is not None)
        return walked

    yield opened
    for walked in open_ones:
        walked.page.shut()
        walked.window.close()
    for store in stores:
        store.close()
    assert set(threading.enumerate()) <= threads, "a thread of the walk is still running"


def standing(qtbot: QtBot, walked: Walked, at_us: int) -> None:
    """Wait until the frame at a time is on the screen."""
    front = walked.page.view.player.front
    until(qtbot, lambda: front.ready)
    painted = walked.page.view.painted
    until(qtbot, lambda: painted.value is not None and painted.value.index == front.frame_at(at_us))


# the list


def test_the_heaviest_comes_first_and_one_choice_puts_them_in_order_of_time(begin: Begin, qtbot: QtBot) -> None:
    walked = begin()
    listed = walked.page.list
    weights = [row.about.weight_us for row in listed.rows]
    assert len(weights) > 5
    assert weights == sorted(weights, reverse=True)
    assert listed.count.text() == f"0 of {len(weights)} settled"
    listed.order.setFocus()
    press(Qt.Key.Key_Down)
    assert [row.about.span for row in listed.rows] == sorted(row.about.span for row in listed.rows)


def test_filters_show_one_class_or_tier_and_say_how_many(begin: Begin) -> None:
    walked = begin(clip="first-practice")
    listed = walked.page.list
    every = listed.rows
    kind = every[-1].about.kind
    listed.kind.setFocus()
    listed.kind.setCurrentText(KIND_NAMES[kind])
    listed.kind.activated.emit(listed.kind.currentIndex())
    wanted = [row for row in every if row.about.kind is kind]
    assert 0 < len(wanted) < len(every)
    assert list(listed.rows) == wanted
    assert listed.count.text() == f"0 of {len(every)} settled · {len(wanted)} shown"
    assert QApplication.focusWidget() is listed.table  # keys settle again at once
    listed.kind.setCurrentIndex(0)
    listed.tier.setCurrentIndex(1)
    listed.tier.activated.emit(1)
    assert {row.about.tier for row in listed.rows} == {listed.tier.value}


def test_each_row_says_class_tier_both_sides_time_and_length(begin: Begin) -> None:
    walked = begin()
    row = next(one for one in walked.page.list.rows if one.about.kind is DisagreementKind.LATE)
    about, scheme = row.about, row.scheme
    texts = [column.text(row) for column in WALK_COLUMNS]
    seconds = f"{about.span.duration_us / SECOND_US:.2f}\u202fs"
    assert texts[0] == f"Late by {seconds}\n{scheme.tier(about.tier).label}"
    assert about.code_a is not None
    assert about.code_b is not None
    labels = scheme.code(about.tier, about.code_a).label, scheme.code(about.tier, about.code_b).label
    assert texts[1] == f"A\u2002{labels[0]}\nB\u2002{labels[1]}"
    assert texts[2].endswith(f"\n{seconds}")
    assert texts[3] == ""


# the film


def test_a_chosen_moment_stands_on_its_first_frame_and_both_rows_show_it(begin: Begin, qtbot: QtBot) -> None:
    walked = begin()
    press(Qt.Key.Key_Down)
    row = walked.page.list.row
    assert row is not None
    standing(qtbot, walked, row.about.span.start_us)
    rows = walked.page.view.rows
    assert [one.tier.id for one in (*rows.rows.a, *rows.rows.b) if one.tier] == [row.about.tier] * 2
    assert rows.rows.a[0].label == "A · Robin"
    assert rows.rows.b[0].label == "B · Sasha"
    assert rows.accessibleDescription().startswith("A · Robin: ")
    assert rows.scale.side(row.about.span.start_us) == rows.scale.side(row.about.span.end_us) == 0
    middle = rows.x_of((row.about.span.start_us + row.about.span.end_us) // 2)
    for side, label in (("Robin", row.about.code_a), ("Sasha", row.about.code_b)):
        lane = (rows.rows.a if side == "Robin" else rows.rows.b)[0]
        told = rows.told_at(middle, 32 + lane.top_px + 10)
        assert label is not None
        assert told.startswith(f"{side}: {row.scheme.code(row.about.tier, label).label}, ")


def test_space_plays_the_moment_round_and_round_with_a_second_before_and_after(begin: Begin, qtbot: QtBot) -> None:
    walked = begin()
    player, painted = walked.page.view.player, walked.page.view.painted
    row = walked.page.list.row
    assert row is not None
    standing(qtbot, walked, row.about.span.start_us)
    seen: list[int] = []
    painted.listen(lambda frame: seen.append(frame.index) if frame is not None else None)
    press(Qt.Key.Key_Space)
    front = player.front
    span = Span(row.about.span.start_us - SECOND_US, row.about.span.end_us + SECOND_US)
    assert player.loop.value == span
    first, last = front.frame_at(span.start_us), front.frame_at(span.end_us - 1)
    until(qtbot, lambda: any(after < before for before, after in pairwise(seen)))
    press(Qt.Key.Key_Space)
    assert not player.playing
    start = seen.index(first)  # it begins with the lead-in
    assert last in seen[start:]
    assert seen[start:][seen[start:].index(last) + 1] == first  # and comes back to it
    assert all(first <= frame <= last for frame in seen[start:])


def test_frames_are_stepped_and_slower_speeds_chosen_by_the_keys_of_the_bench(begin: Begin, qtbot: QtBot) -> None:
    walked = begin()
    row = walked.page.list.row
    assert row is not None
    standing(qtbot, walked, row.about.span.start_us)
    frame = walked.page.view.painted.value
    assert frame is not None
    press(Qt.Key.Key_Right)
    until(qtbot, lambda: walked.page.view.painted.value.index == frame.index + 1)  # type: ignore[union-attr]  # a frame is shown
    press("J", Qt.KeyboardModifier.ShiftModifier)
    assert walked.page.view.player.rate == 0.75


def test_while_the_film_runs_the_next_moment_runs_on_with_its_lead_in(begin: Begin, qtbot: QtBot) -> None:
    walked = begin()
    press(Qt.Key.Key_Space)
    until(qtbot, lambda: walked.page.view.player.playing)
    press("A")
    row = walked.page.list.row
    assert row is not None
    assert walked.page.view.player.playing
    loop = walked.page.view.player.loop.value
    assert loop is not None
    assert loop.start_us <= row.about.span.start_us <= loop.end_us


# verdicts


def test_nobody_signs_a_verdict_who_has_not_said_so(begin: Begin) -> None:
    walked = begin(supervisor=False)
    press("a")
    assert walked.on_disk == ()
    assert walked.page.view.strip.text.startswith("Nobody has said who settles.")
    walked.page.head.consensus_button.click()
    assert not walked.page.consensus.isVisible()
    walked.page.head.actor.setCurrentText("Robin")
    walked.page.list.table.setFocus()
    press("a")
    (settlement,) = walked.on_disk
    assert walked.store.coder(settlement.actor).name == "Robin"


@pytest.mark.parametrize(("verdict", "key"), [(verdict, key) for verdict, key in VERDICT_KEYS.items()])
def test_one_key_settles_and_the_next_open_one_is_chosen(begin: Begin, verdict: Verdict, key: str) -> None:
    walked = begin()
    press(Qt.Key.Key_Down)
    before = walked.page.list.row
    assert before is not None
    press(key)
    (settlement,) = walked.on_disk
    assert (settlement.verdict, settlement.about, settlement.note) == (verdict, before.about, "")
    assert (
        walked.store.coder(settlement.actor).name == "Dr. Blau"
    )  # the supervisor, unless somebody else is chosen
    said = {
        Verdict.A: "Robin is right",
        Verdict.B: "Sasha is right",
        Verdict.EITHER: "Either acceptable",
        Verdict.NEITHER: "Both wrong",
        Verdict.UNCLEAR: "Scheme unclear",
        Verdict.UNKNOWN: "Cannot tell",
    }
    assert walked.badges[before.key] == said[verdict]
    assert walked.at == 2
    assert walked.page.list.count.text().startswith("1 of ")
    assert walked.page.view.chosen.value == walked.page.list.row.about  # type: ignore[union-attr]  # a row is chosen


def test_a_verdict_is_in_the_file_before_it_is_shown(begin: Begin, tmp_path: Path) -> None:
    walked = begin()
    seen: list[int] = []

    def look() -> None:
        copy = tmp_path / f"copy-{len(seen)}"
        shutil.copytree(walked.store.folder, copy)  # as after a power cut: nothing was closed
        with StudyStore.open(copy) as other:
            seen.append(len(other.settlements()))

    walked.page.list.table.model().dataChanged.connect(look)  # type: ignore[union-attr]  # a table has a model
    press("B")
    press("E")
    assert seen == [1, 2]


def test_settled_rows_leave_the_list_of_open_ones_one_by_one_in_order(begin: Begin) -> None:
    walked = begin()
    listed = walked.page.list
    every = [row.key for row in listed.rows]
    listed.which.setCurrentIndex(1)
    listed.which.activated.emit(1)
    assert listed.choice.which is Which.OPEN
    for done, key in enumerate("ABE", start=1):
        press(key)
        assert [row.key for row in listed.rows] == every[done:]
        assert walked.at == 0
    assert [one.about.key for one in walked.on_disk] == every[:3]
    for _ in every[3:]:
        press("C")
    assert listed.empty.text() == "Everything is settled."
    assert listed.row is None
    press("A")  # nothing is chosen: it is said, and nothing is written
    assert walked.page.view.strip.text == "Nothing is chosen."
    assert len(walked.on_disk) == len(every)


def test_a_verdict_can_be_changed_taken_back_and_undone(begin: Begin) -> None:
    walked = begin()
    first = walked.page.list.row
    assert first is not None
    press("A")
    press(Qt.Key.Key_Up)
    press("W")
    assert walked.badges[first.key] == "Both wrong"
    press("Z", CTRL)  # the verdict before holds again, and its moment is chosen
    assert walked.badges[first.key] == "Robin is right"
    assert walked.page.list.row is not None
    assert walked.page.list.row.key == first.key
    press("Z", CTRL)
    assert walked.badges[first.key] == ""
    press("Z", CTRL)
    assert walked.page.view.strip.text == "There is nothing to undo."
    press("S")
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Delete)
    assert walked.badges[first.key] == ""
    press("Z", CTRL)
    assert walked.badges[first.key] == "Scheme unclear"
    verdicts = [one.verdict for one in walked.on_disk]  # nothing is ever taken out of the file
    assert verdicts == [
        Verdict.A,
        Verdict.NEITHER,
        Verdict.A,
        None,
        Verdict.UNCLEAR,
        None,
        Verdict.UNCLEAR,
    ]


def test_undo_finds_its_moment_behind_a_filter(begin: Begin) -> None:
    walked = begin()
    listed = walked.page.list
    first = listed.row
    assert first is not None
    listed.which.setCurrentIndex(1)
    listed.which.activated.emit(1)
    press("A")
    assert all(row.key != first.key for row in listed.rows)
    press("Z", CTRL)
    assert listed.row is not None
    assert listed.row.key == first.key
    assert listed.settled_count == 0


def test_u_goes_to_the_next_one_that_is_not_settled(begin: Begin) -> None:
    walked = begin()
    press("A")
    press("A")
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert walked.at == 0
    press("U")
    assert walked.at == 2


def test_when_it_cannot_be_saved_nothing_is_shown_and_the_note_stays(begin: Begin) -> None:
    walked = begin()
    walked.page.bar.note.setText("He looks up")

    class Full:
        def __getattr__(self, name: str) -> object:
            return getattr(walked.store, name)

        def add_settlement(self, _one: Settlement) -> None:
            raise StoreError(Problem("The disk is full."))

    walked.page.decisions._store = Full()  # type: ignore[assignment]  # a store whose disk is full
    press("A")
    assert [str(error) for error in walked.errors] == ["The disk is full."]
    assert not any(walked.badges.values())
    assert walked.at == 0
    assert walked.page.bar.note.text() == "He looks up"
    assert walked.page.list.settled_count == 0


# notes


def test_a_note_is_written_by_key_and_saved_with_the_verdict(begin: Begin) -> None:
    walked = begin()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is walked.page.bar.note
    write("Bad Angle, see B")  # its letters are the keys of verdicts
    assert not walked.store.settlements()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is walked.page.list.table
    assert not walked.store.settlements()  # it waits for the verdict, and says so
    assert walked.page.view.strip.text == "The note is saved with your verdict."
    press(Qt.Key.Key_Down)
    assert walked.page.bar.note.text() == ""
    press(Qt.Key.Key_Up)
    assert walked.page.bar.note.text() == "Bad Angle, see B"
    press("S")
    assert [(one.verdict, one.note) for one in walked.on_disk] == [(Verdict.UNCLEAR, "Bad Angle, see B")]


def test_a_note_on_a_settled_moment_is_saved_at_once_and_the_verdict_stays(begin: Begin) -> None:
    walked = begin()
    press("A")
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    write("Seen twice")
    press(Qt.Key.Key_Return)
    assert [(one.verdict, one.note) for one in walked.on_disk] == [(Verdict.A, ""), (Verdict.A, "Seen twice")]
    assert walked.at == 0


def test_escape_leaves_the_note_as_it_was_and_no_key_is_a_dead_end(begin: Begin) -> None:
    walked = begin()
    press(Qt.Key.Key_Return)
    write("no")
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is walked.page.list.table
    assert walked.page.bar.note.text() == ""
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)  # a blank, not the film
    assert not walked.page.view.player.playing
    press(Qt.Key.Key_Escape)
    press("B")
    assert [(one.verdict, one.note) for one in walked.on_disk] == [(Verdict.B, "")]


# afterwards


def test_an_opened_study_has_the_same_verdicts_and_the_same_person_settles(begin: Begin) -> None:
    walked = begin()
    walked.page.head.actor.setCurrentText("Mika")
    press("A")
    press("C")
    before = walked.badges
    folder = walked.store.folder
    walked.page.shut()
    walked.store.close()
    again = begin(again=StudyStore.open(folder))
    assert again.badges == before
    assert again.page.head.actor.value.name == "Mika"
    assert again.page.list.count.text().startswith("2 of ")


def test_only_the_moments_behind_a_cell_are_shown_until_all_are_wanted(begin: Begin) -> None:
    walked = begin()
    listed = walked.page.list
    every, wanted = listed.rows, listed.rows[3].about
    press("A")
    walked.page.show_moments([wanted.span], wanted.tier, (wanted.code_a, wanted.code_b))
    assert wanted in [row.about for row in listed.rows]
    assert {(row.about.tier, row.about.code_a, row.about.code_b) for row in listed.rows} == {
        (wanted.tier, wanted.code_a, wanted.code_b)
    }
    assert walked.page.view.chosen.value == listed.rows[0].about
    listed.everywhere.click()
    assert len(listed.rows) == len(every)
    walked.page.show_moments([Span(10**12, 10**12 + 1)])
    assert listed.rows == ()
    assert listed.empty.isVisible()
    assert listed.empty.text().startswith("No disagreement lies at these moments")


def test_without_the_film_all_but_the_picture_works(begin: Begin, qtbot: QtBot, tmp_path: Path) -> None:
    walked = begin()
    walked.page.shut()
    media = walked.page.review.session.media[0]
    walked.store.update_media(replace(media, path=str(tmp_path / "gone.mp4")))
    again = begin(again=walked.store, film=False)
    picture = again.page.view.player.picture
    until(qtbot, lambda: "gone.mp4" in picture.message)
    assert not again.errors
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    press("B")
    assert [one.verdict for one in again.on_disk] == [Verdict.B]
    assert again.page.view.rows.rows.a


def test_the_keys_are_listed_on_the_page_and_every_control_has_a_name(begin: Begin) -> None:
    walked = begin()
    press(Qt.Key.Key_F1)
    sheet = walked.page.key_help
    assert sheet.isVisible()
    press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert QApplication.focusWidget() is walked.page.list.table
    assert not nameless(walked.page)


def test_a_consensus_asks_while_moments_are_open_and_is_then_wanted_on_the_bench(begin: Begin) -> None:
    walked = begin()
    every = len(walked.page.list.rows)
    press("A")
    walked.page.head.consensus_button.click()
    asked = walked.page.consensus
    assert asked.isVisible()
    assert asked.text.text().startswith(f"{every - 1} disagreements are not settled.")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)  # settle more first
    assert not asked.isVisible()
    assert walked.made == []
    walked.page.head.consensus_button.click()
    press(Qt.Key.Key_Return)
    (made,) = walked.made
    header = walked.store.header(made)
    assert header.made_from == tuple(coding.header.id for coding in walked.page.review.passes)
    assert walked.store.coder(header.coder_id).name == "Dr. Blau"


def test_ratings_show_both_numbers_with_reason_and_anchors(begin: Begin) -> None:
    walked = begin(scheme="ratings", clip="first-practice")
    row = next(one for one in walked.page.list.rows if one.about.kind is DisagreementKind.RATING)
    walked.page.list.choose_key(row.key)
    a, b = walked.page.question.shown()
    assert (a.text, b.text) == (row.about.value_a, row.about.value_b)
    assert row.about.value_a != row.about.value_b
    text = WALK_COLUMNS[0].text(row)
    assert text.startswith(f"Apart by {abs(row.about.apart)}")


def test_a_film_that_is_linked_again_from_the_walk_is_shown_there(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    film = tmp_path / "phone.mp4"
    shutil.copy(SAMPLES / "phone.mp4", film)
    folder = tmp_path / "study"
    with supervised(folder, clips=(CLIP,), coders=("Robin",), name="Study") as store:
        add_coder(store, "Dr. Blau", Role.SUPERVISOR)
        (session,) = store.sessions()
        store.update_media(replace(session.media[0], path=str(tmp_path / "gone.mp4")))
    workstation.open_study(folder)
    assert workstation.study is not None
    pages = workstation.study.findChild(ReliabilityPages)
    assert isinstance(pages, ReliabilityPages)
    pages.show()
    until(qtbot, lambda: pages.desk is not None and pages.desk.comparison is not None)
    assert pages.desk is not None
    assert pages.desk.comparison is not None
    (pair,) = pages.desk.comparison.pairs
    pages.show_walk(pair)
    lost = pages.walk
    assert lost is not None
    until(qtbot, lambda: "gone.mp4" in lost.view.player.picture.message)
    banner = lost.findChild(FilmBanner)
    assert isinstance(banner, FilmBanner)
    assert banner.isVisible()
    banner.relink_button.click()
    shown(qtbot, RelinkForm)
    write(str(film))
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: pages.walk is not None and pages.walk is not lost)
    found = pages.walk
    assert found is not None
    until(qtbot, lambda: found.view.painted.value is not None)
    again = found.findChild(FilmBanner)
    assert isinstance(again, FilmBanner)
    assert not again.isVisible()
    back_to(qtbot, workstation.window)
    press("A")
    assert found.list.settled_count == 1


def test_undo_of_a_verdict_keeps_the_note_for_the_one_that_was_meant(begin: Begin) -> None:
    walked = begin(film=False)
    first = walked.page.list.rows[0].key
    press(Qt.Key.Key_Return)
    write("ask about rule 3")
    press(Qt.Key.Key_Return)
    press("s")
    press(Qt.Key.Key_Z, CTRL)
    row = walked.page.list.row
    assert row is not None
    assert row.key == first
    assert walked.page.bar.note.text() == "ask about rule 3"
    press("a")
    newest = walked.on_disk[-1]
    assert (newest.verdict, newest.note) == (Verdict.A, "ask about rule 3")
