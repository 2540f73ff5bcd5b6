"""Feedback on an attempt, looked through by real keys: a real film, a real study, simulated coders' passes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coder.annotate.view.theme import DARK, LIGHT, apply_theme
from coder.desktop.feedback_page import FeedbackPage
from coder.desktop.feedback_rows import FEEDBACK_COLUMNS
from coder.desktop.main_window import MainWindow
from coder.desktop.shared import Tools
from coder.desktop.strip import Strip
from coder.desktop.workstation import Workstation
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.disagreement import DisagreementKind
from coder.model.problem import CoderError
from coder.model.scheme import TierKind
from coder.model.study import Purpose
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from coder.model.training import StepKind
from coder.settings.preferences import PreferencesFile
from coder.store import StudyStore
from coder.training.patterns import Habit, Pattern, Place
from coder.workflows.passes import add_coder, begin_pass
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from coder.workflows.training.attempts import Again, begin_attempt
from coder.workflows.training.results import Result
from coder.workflows.training.results import result as study_result
from coder.workflows.training.words import difference_words, pattern_words
from tests.desktop.beside_master import REASON, beside_master, compared
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, back_to, press, until
from tests.workflows.supervised import MASTER, SAMPLES
from tests.workflows.training.small_course import go, training, watch

SHIFT = Qt.KeyboardModifier.ShiftModifier
JUDGED = str(Path(__file__).parents[1] / "workflows" / "judged.toml")


@dataclass
class Fed:
    """Feedback in a window of its own, and what was asked for."""

    page: FeedbackPage
    window: MainWindow
    back: list[str] = field(default_factory=list)
    again: list[tuple[str, int]] = field(default_factory=list)
    errors: list[CoderError] = field(default_factory=list)

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """The lines of each row that is shown, column by column."""
        return [tuple(column.text(row) for column in FEEDBACK_COLUMNS) for row in self.page.list.rows]

    @property
    def in_question(self) -> str:
        """All that is said about the chosen difference."""
        self.page.question.shown()
        inside = self.page.question.widget()
        assert inside is not None
        return "\n".join(one.text() for one in inside.findChildren(QLabel))


Show = Callable[[Result], Fed]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Iterator[Show]:
    """`show(result)` opens the feedback and waits for its first picture."""
    apply_theme(qapp, LIGHT)
    threads = set(threading.enumerate())
    open_ones: list[Fed] = []

    def shown(result: Result) -> Fed:
        errors: list[CoderError] = []
        back: list[str] = []
        again: list[tuple[str, int]] = []
        strip = Strip(errors.append)
        page = FeedbackPage(
            result,
            Tools(strip, errors.append, PreferencesFile()),
            lambda: back.append("back"),
            lambda attempt, at_us: again.append((attempt, at_us)),
        )
        window = MainWindow(strip, lambda: True)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.show_page(page)
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        fed = Fed(page, window, back, again, errors)
        open_ones.append(fed)
        until(qtbot, lambda: page.view.painted.value is not None)
        return fed

    yield shown
    for fed in open_ones:
        fed.page.shut()
        fed.window.close()
    assert set(threading.enumerate()) <= threads, "a thread of the feedback is still running"


Make = Callable[..., Result]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """`make(scheme=…, clip=…, coder=…)`: what came of a simulated coder's pass."""
    stores: list[StudyStore] = []

    def made(
        scheme: str = "gaze-near",
        clip: str = "phone",
        coder: str = "Sasha",
        kind: StepKind = StepKind.PRACTICE,
    ) -> Result:
        folder = tmp_path / f"study-{len(stores)}"
        store, result = beside_master(folder, scheme=scheme, clip=clip, coder=coder, kind=kind)
        stores.append(store)
        return result

    yield made
    for store in stores:
        store.close()


def standing(qtbot: QtBot, fed: Fed, at_us: int) -> None:
    """Wait until the frame at a time is on the screen."""
    front, painted = fed.page.view.player.front, fed.page.view.painted
    until(qtbot, lambda: front.ready)
    until(qtbot, lambda: painted.value is not None and painted.value.index == front.frame_at(at_us))


# the list


def test_differences_stand_in_order_of_time_each_with_class_sides_and_time(show: Show, make: Make) -> None:
    result = make()
    fed = show(result)
    assert len(result.differences) > 5
    assert [row.difference for row in fed.page.list.rows] == list(result.differences)
    starts = [one.span.start_us for one in result.differences]
    assert starts == sorted(starts)
    assert fed.page.list.count.text() == f"{len(starts)} differences"
    late = next(n for n, one in enumerate(result.differences) if one.kind is DisagreementKind.LATE)
    about = result.differences[late].about
    labels = [
        result.scheme.code(about.tier, code).label if code else "nothing" for code in (about.code_a, about.code_b)
    ]
    what, sides, _when = fed.texts[late]
    assert what == f"Late by {about.span.duration_us / S:.2f}\u202fs\n{result.scheme.tier(about.tier).label}"
    assert sides == f"Master: {labels[0]}\nYou: {labels[1]}"


def test_a_class_or_a_code_alone_is_shown_by_keys(show: Show, make: Make, qtbot: QtBot) -> None:
    result = make(clip="first-practice")
    fed = show(result)
    listed = fed.page.list
    listed.kind.setFocus()
    press(Qt.Key.Key_Down)
    kind = listed.kind.value
    wanted = [one for one in result.differences if one.kind is kind]
    assert 0 < len(wanted) < len(result.differences)
    assert [row.difference for row in listed.rows] == wanted
    assert listed.count.text() == f"{len(result.differences)} differences · {len(wanted)} shown"
    listed.show_all()
    listed.code.setFocus()
    press(Qt.Key.Key_Down)
    assert listed.code.value is not None
    tier, code = listed.code.value
    wanted = [one for one in result.differences if one.tier == tier and code in one.codes]
    assert 0 < len(wanted) < len(result.differences)
    assert [row.difference for row in listed.rows] == wanted
    press(Qt.Key.Key_A, ALT)  # Show all
    qtbot.waitUntil(lambda: len(listed.rows) == len(result.differences))
    assert QApplication.focusWidget() is listed.table


# the film


def test_down_stands_on_the_first_frame_of_the_next_one_above_the_rows_of_both(
    show: Show, make: Make, qtbot: QtBot
) -> None:
    result = make()
    fed = show(result)
    press(Qt.Key.Key_Down)
    chosen = fed.page.list.difference
    assert chosen is result.differences[1]
    standing(qtbot, fed, chosen.span.start_us)
    rows = fed.page.view.rows
    assert rows.rows.a[0].label == "Master"
    assert rows.rows.b[0].label == "You"
    assert rows.rows.shared[0].label == "Differences"
    assert rows.accessibleDescription().startswith("Master: ")


def test_space_plays_it_round_and_round_with_a_second_before_and_after(
    show: Show, make: Make, qtbot: QtBot
) -> None:
    fed = show(make())
    chosen = fed.page.list.difference
    assert chosen is not None
    standing(qtbot, fed, chosen.span.start_us)
    player, seen = fed.page.view.player, list[int]()
    fed.page.view.painted.listen(lambda frame: seen.append(frame.index) if frame is not None else None)
    press(Qt.Key.Key_Space)
    first = player.front.frame_at(max(chosen.span.start_us - S, 0))
    last = player.front.frame_at(chosen.span.end_us + S - 1)
    until(qtbot, lambda: any(after < before for before, after in pairwise(seen)))
    press(Qt.Key.Key_Space)
    assert all(first <= frame <= last for frame in seen[seen.index(first) :])


# what is said


def test_it_says_what_differs_and_why_the_master_has_it_and_what_both_codes_mean(show: Show, make: Make) -> None:
    result = make()
    fed = show(result)
    at = next(
        n for n, one in enumerate(result.differences) if one.master and one.about.code_a and one.about.code_b
    )
    for _ in range(at):
        press(Qt.Key.Key_Down)
    one = result.differences[at]
    said = fed.in_question
    assert one.master is not None
    assert difference_words(one, result.scheme) in said
    assert f"Why: the master’s reason\n{REASON} {one.master.id[:4]}" in said
    assert said.count(REASON) == 1  # above the cards, not in the master's card as well
    for code in one.codes:
        label = result.scheme.code(one.tier, code).label
        assert label in said
        assert result.scheme.code(one.tier, code).definition.split()[0] in said


def test_it_says_where_the_master_leaves_room(show: Show, make: Make) -> None:
    result = make(coder="Sasha", clip="first-practice")
    zoned = {zone.event: zone for zone in result.key.zones}
    at = next(n for n, one in enumerate(result.differences) if one.master and one.master.id in zoned)
    fed = show(result)
    for _ in range(at):
        press(Qt.Key.Key_Down)
    assert "What else would be right\nIt may begin anywhere from " in fed.in_question


def test_a_zone_that_was_cut_to_a_moment_leaves_no_room(show: Show, make: Make) -> None:
    result = make(coder="Sasha", clip="first-practice")
    cut = tuple(replace(one, span=Span(one.span.start_us, one.span.start_us)) for one in result.key.zones)
    zoned = {zone.event for zone in cut}
    at = next(n for n, one in enumerate(result.differences) if one.master and one.master.id in zoned)
    fed = show(replace(result, key=replace(result.key, zones=cut)))
    for _ in range(at):
        press(Qt.Key.Key_Down)
    assert "Why: the master’s reason" in fed.in_question
    assert "anywhere" not in fed.in_question


def test_what_stands_out_is_above_and_leads_to_the_moments_that_show_it(show: Show, make: Make) -> None:
    whole = make(coder="Sasha", clip="first-practice")
    late = [one for one in whole.differences if one.kind is DisagreementKind.LATE][:2]
    habits = (
        Pattern(
            habit=Habit.LATE,
            tier=late[0].tier,
            count=2,
            of=3,
            chance=0.001,
            by=0.4,
            places=(Place(0, late[0].span),),
        ),
        Pattern(habit=Habit.GAPS, tier=late[0].tier, count=3, of=40, chance=0.001, by=0.1),
    )
    fed = show(replaced(whole, habits))
    assert fed.page.noticed.sentences == tuple(pattern_words(one, whole.scheme) for one in habits)
    (button,) = fed.page.noticed.buttons  # there is nowhere to look for the second
    button.setFocus()
    press(Qt.Key.Key_Space)
    assert late[0] in [row.difference for row in fed.page.list.rows]
    assert len(fed.page.list.rows) < len(whole.differences)
    assert QApplication.focusWidget() is fed.page.list.table
    fed.page.list.all_button.click()
    assert len(fed.page.list.rows) == len(whole.differences)


def test_the_hasty_coder_is_told_of_lateness_by_the_habits_themselves(show: Show, make: Make) -> None:
    result = make(coder="Sasha", clip="first-practice")
    assert Habit.LATE in {one.habit for one in result.patterns}
    fed = show(result)
    assert "late" in fed.page.noticed.sentences[0]


# again


def test_t_asks_for_another_go_from_the_chosen_difference_and_shift_t_from_the_start(
    show: Show, make: Make
) -> None:
    result = make()
    fed = show(result)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press("T")
    press("T", SHIFT)
    fed.page.again_button.click()
    fed.page.start_button.click()
    here, start = ("a1", result.differences[2].span.start_us), ("a1", result.coding.window.start_us)
    assert fed.again == [here, start, here, start]


def test_in_a_course_of_a_study_another_go_keeps_what_was_coded_before(show: Show, tmp_path: Path) -> None:
    store, taken, (ada,) = training(tmp_path, "Ada")
    watch(store, taken, ada)
    first = go(store, taken, ada, "try", at_ms=(200, 1200, 1800))  # the master: 200, 500, 800, 1200, 1500, 1800
    result = study_result(store, first.id)
    fed = show(result)
    calls = [one for one in result.differences if one.tier == "calls"]
    assert [one.kind for one in calls] == [DisagreementKind.MISSED] * 3
    while fed.page.list.difference is not calls[2]:
        press(Qt.Key.Key_Down)
    assert "Why: the master’s reason\nThe parent says the name." in fed.in_question
    press("T")
    ((attempt_id, at_us),) = fed.again
    assert attempt_id == first.id
    second = begin_attempt(store, taken, "try", ada.id, Again(attempt_id, at_us))
    kept = [event.onset_us for event in store.load_pass(second.pass_id).row("calls")]
    window = store.header(first.pass_id).window
    assert kept == [window.start_us + 200_000, window.start_us + 1_200_000]
    press("T", SHIFT)
    third = begin_attempt(store, taken, "try", ada.id, Again(*fed.again[-1]))  # though the second is still open
    assert third.number == 3
    assert len(store.load_pass(third.pass_id)) == 0
    store.close()


def test_t_leads_to_the_bench_a_second_before_the_place(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    store, taken, (ada,) = training(tmp_path, "Ada")
    watch(store, taken, ada)
    first = go(store, taken, ada, "try", at_ms=(200, 500, 1200, 1800))
    window = store.header(first.pass_id).window
    store.close()
    workstation.open_study(tmp_path / "study")
    assert workstation.training is not None
    workstation.training.coder = ada
    workstation.training.show_attempt(taken, first.id)
    page = workstation.training.page
    assert isinstance(page, FeedbackPage)
    until(qtbot, lambda: page.view.painted.value is not None)
    back_to(qtbot, workstation.window)
    while page.list.difference is not page.result.differences[-1]:
        press(Qt.Key.Key_Down)
    at_us = page.result.differences[-1].span.start_us
    press("T")
    until(qtbot, lambda: workstation.bench is not None)
    assert workstation.bench is not None
    bench = workstation.bench.bench
    until(qtbot, lambda: bench.painted.value is not None)
    assert bench.painted.value is not None
    kept = [one.onset_us for one in workstation.bench.opened.desk.coding]
    assert kept
    assert max(kept) < at_us
    began_us = bench.painted.value.at_us
    assert window.start_us <= began_us <= max(kept)
    assert began_us > max(kept) - 1.1 * S


def test_a_test_is_not_taken_twice(show: Show, make: Make) -> None:
    fed = show(make(kind=StepKind.TEST))
    press("T")
    press("T", SHIFT)
    assert fed.again == []
    assert not fed.page.again_button.isVisible()
    assert not fed.page.start_button.isVisible()


def test_the_way_back_and_the_sheet_of_keys(show: Show, make: Make, qtbot: QtBot) -> None:
    fed = show(make())
    press(Qt.Key.Key_F1)
    assert fed.page.key_help.isVisible()
    assert {"Try again from here", "Again from the start"} <= {
        one.text() for one in fed.page.key_help.findChildren(QLabel)
    }
    press("T")  # typed into the search, nothing else
    assert fed.again == []
    press(Qt.Key.Key_Escape)
    assert not fed.page.key_help.isVisible()
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: fed.back == ["back"])


# the numbers


def test_numbers_stand_on_a_page_of_their_own_and_nothing_plays_behind_it(
    show: Show, make: Make, qtbot: QtBot
) -> None:
    result = make()
    fed = show(result)
    press(Qt.Key.Key_Space)
    player = fed.page.view.player
    until(qtbot, lambda: player.playing)
    press(Qt.Key.Key_N, ALT)
    assert fed.page.tabs.currentWidget() is fed.page.numbers
    assert not player.playing
    rows = fed.page.numbers.codes.lines.rows
    assert {(row.tier.id, row.code.id) for row in rows} >= {key for key, n in result.score.seen.items() if n}
    assert fed.page.numbers.tiers.rows.rows
    fed.page.numbers.tiers.setFocus()
    press(Qt.Key.Key_Down)
    assert fed.page.numbers.line.text()
    press(Qt.Key.Key_Space)
    assert not player.playing
    press(Qt.Key.Key_D, ALT)
    press(Qt.Key.Key_Down)
    assert fed.page.list.difference is result.differences[1]


# nothing differs, and every kind of tier


def test_nothing_differs_and_that_is_said_kindly(show: Show, make: Make) -> None:
    result = make()
    fed = show(without_differences(result))
    assert fed.page.list.empty.isVisible()
    assert fed.page.list.empty.text() == "There is nothing to look at again."
    assert fed.page.noticed.sentences == ("You and the master differ nowhere that matters. Well coded.",)
    assert not fed.page.again_button.isEnabled()
    press("T")
    assert fed.again == []
    assert fed.page.view.strip.text == "Nothing is chosen."
    press(Qt.Key.Key_Space)  # the film can be watched all the same
    assert fed.page.view.player.playing


@pytest.mark.parametrize(
    ("scheme", "clip", "coder"),
    [
        ("gaze-near", "first-practice", "Toni"),
        ("shared-play", "first-practice", "Sasha"),
        ("cue-response", "cues-responses", "Sasha"),
        ("face-to-face", "face-to-face", "Sasha"),
        ("ratings", "first-practice", "Sasha"),
    ],
)
def test_every_scheme_is_gone_through_from_end_to_end(
    show: Show, make: Make, qtbot: QtBot, scheme: str, clip: str, coder: str
) -> None:
    result = make(scheme=scheme, clip=clip, coder=coder)
    assert result.differences
    fed = show(result)
    for one in result.differences:
        assert fed.page.list.difference is one
        assert difference_words(one, result.scheme) in fed.in_question
        tiers = {row.tier.id for row in fed.page.view.rows.rows.a if row.tier is not None}
        assert tiers == {one.tier}
        press(Qt.Key.Key_Down)
    assert not fed.errors


def test_intervals_differ_too(show: Show, tmp_path: Path) -> None:
    with new_study(tmp_path / "study", "Judged") as store:
        result = judged(store)
        (other, missed) = result.differences
        assert (other.kind, other.codes) == (DisagreementKind.CODE, ("plays_yes", "plays_no"))
        assert (missed.kind, missed.codes) == (DisagreementKind.MISSED, ("hums",))
        assert result.scheme.tier("plays").kind is TierKind.INTERVAL
        fed = show(result)
        assert fed.texts[0][:2] == ("Other code\nPlays together", "Master: Yes\nYou: No")
        press(Qt.Key.Key_Down)
        press("T")
        assert fed.again == [("a1", 4 * S)]


# a screen reader, a low screen, the dark


def test_everything_has_a_name_and_fits_a_low_screen_in_the_dark(
    show: Show, make: Make, qapp: QApplication
) -> None:
    apply_theme(qapp, DARK)
    fed = show(make(coder="Sasha", clip="first-practice"))
    assert nameless(fed.page) == []
    assert fed.page.accessibleName() == f"Feedback: {fed.page.result.step.title}"
    hint = fed.page.minimumSizeHint()
    assert hint.width() <= 1366
    assert hint.height() <= 700


# material


def replaced(result: Result, habits: tuple[Pattern, ...]) -> Result:
    """The same with other habits."""
    return replace(result, patterns=habits)


def without_differences(result: Result) -> Result:
    """The same as if the trainee had coded as the master did."""
    return replace(result, differences=(), patterns=())


def judged(store: StudyStore) -> Result:
    """Eight seconds of intervals: one called otherwise, one missed."""
    session = add_session(store, SAMPLES / "phone.mp4", "first", window=Span(0, 8 * S))
    headers = [
        begin_pass(store, session.id, add_coder(store, name).id, JUDGED, Purpose.TRAINING)
        for name in (MASTER, "Sasha")
    ]
    master = intervals(headers[0], plays="yynn", hums=".h")
    own = intervals(headers[1], plays="ynnn", hums="..")
    return compared(store, master, own)


def intervals(header: PassHeader, *, plays: str, hums: str) -> CodingPass:
    """A letter an interval: of two seconds for `plays` (yes, no), of four for `hums` (hums or not)."""
    codes = {"y": "plays_yes", "n": "plays_no"}
    made = [
        Event(f"{header.id}-p{n}", "plays", codes[letter], Span(2 * n * S, 2 * (n + 1) * S))
        for n, letter in enumerate(plays)
    ]
    made += [
        Event(f"{header.id}-h{n}", "seen", "hums", Span(4 * n * S, 4 * (n + 1) * S))
        for n, letter in enumerate(hums)
        if letter == "h"
    ]
    return CodingPass.of(header, made)
