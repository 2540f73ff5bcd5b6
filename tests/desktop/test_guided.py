"""A guided step, gone through by real keys: a real film, a real study that has taken a course."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coder.annotate.view.code_button import CodeButton
from coder.annotate.view.layout import RULER_PX
from coder.annotate.view.theme import DARK, LIGHT, apply_theme
from coder.desktop.guided_page import GuidedPage
from coder.desktop.guided_words import GRADES
from coder.desktop.main_window import MainWindow
from coder.desktop.shared import Tools
from coder.desktop.strip import Strip
from coder.model.coding import Event
from coder.model.problem import CoderError
from coder.model.scheme import RATING, TierKind
from coder.model.time import clock
from coder.model.training import Ask, Edge, Zone
from coder.settings.preferences import PreferencesFile
from coder.store import StudyStore
from coder.training.exercises import Grade
from coder.workflows.training.results import Watched
from tests.desktop.conftest import nameless
from tests.desktop.guided_course import guided_step
from tests.desktop.hands import ALT, press, until

GAZE = """tier,code,onset,offset,modifiers,note
cg,cg_obj,0.000,2.200,,The eyes rest on the ball from the first frame on.
cg,cg_face,2.200,7.400,,The eyes come to rest on his face.
cg,cg_obj,7.400,8.000,,Back to the ball for a moment.
cg,cg_away,8.000,30.000,,Nothing is looked at.
pg,pg_face,0.000,30.000,,He watches all the time.
"""
ASKED = (("code", "cg", "2.2"), ("onset", "cg", "7.4"))
ANSWER = """tier,code,onset,offset,modifiers,note,answer
cues,cue_look,2.200,2.200,channel=face; follows=keeps; outcome=o_match; tone=warm,She looks up.,act_warm@3.160000
cues,cue_voice,9.000,9.000,outcome=o_none,She calls.,
acts,act_warm,3.160,3.160,,He smiles back.,
"""

SHIFT = Qt.KeyboardModifier.ShiftModifier
FRAME_US = 40_000
JUDGED = Path(__file__).parents[1] / "workflows" / "judged.toml"
INTERVALS = """tier,code,onset,offset,modifiers,note
plays,plays_yes,0.000,2.000,,The ball goes from hand to hand.
plays,plays_no,2.000,4.000,,Each is busy alone.
plays,plays_yes,4.000,6.000,,Both hold the ball.
seen,hums,0.000,4.000,,One breath of song.
"""


@dataclass
class Step:
    """A guided step in a window of its own, and what was told to whoever shows it."""

    page: GuidedPage
    window: MainWindow
    done: list[tuple[int, int]] = field(default_factory=list)
    backs: list[str] = field(default_factory=list)

    @property
    def here(self) -> QWidget:
        """The panel beside the film."""
        panel = self.page.watching.parentWidget()
        assert panel is not None
        return next(one for one in (self.page.watching, self.page.asking, self.page.end) if one.isVisible())

    @property
    def words(self) -> str:
        """Everything that is written beside the film."""
        seen = [one.text() for one in self.here.findChildren(QLabel) if one.isVisible()]
        return "\n".join(seen)

    @property
    def told(self) -> str:
        """What is written below the film."""
        return self.page.view.strip.text

    @property
    def rows(self) -> set[str]:
        """The ids of the tiers that have a row below the film."""
        return {row.tier.id for row in self.page.view.timeline._canvas.layout if row.tier is not None}

    @property
    def event(self) -> Event:
        """The one that is explained."""
        return self.page.stops[self.page.watching.at].event

    def standing(self, qtbot: QtBot, at_us: int) -> None:
        """Wait until the film stands still on the frame at a time."""
        view = self.page.view
        until(
            qtbot,
            lambda: view.ready and not view.player.playing and _index(view.painted.value) == view.frame_of(at_us),
        )

    def code(self, label: str) -> None:
        """Press the key of a code, as it is shown on its button."""
        assert self.page.asking.choices is not None
        buttons = [one for one in self.page.asking.choices.buttons if isinstance(one, CodeButton)]
        press(next(one._key for one in buttons if one.code.label == label))


def _index(painted: object) -> int | None:
    return getattr(painted, "index", None)


Begin = Callable[..., Step]


@pytest.fixture
def begin(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Begin]:
    """`begin()` takes a course into a study, opens its step to watch and waits for the first picture.

    change: makes another `Watched` of it. film: False for a film that is not there. The rest as for `guided_step`,
    with GAZE as the master.
    """
    apply_theme(qapp, LIGHT)
    threads = set(threading.enumerate())
    steps: list[Step] = []
    stores: list[StudyStore] = []

    def opened(
        *, change: Callable[[Watched], Watched] = lambda same: same, film: bool = True, **course: object
    ) -> Step:
        if "scheme" not in course:
            course["master"] = GAZE
        store, watched = guided_step(tmp_path / "here", **course)  # type: ignore[arg-type]  # as the caller wrote them
        stores.append(store)
        if not film:
            watched.films[0][1].unlink()
        errors: list[CoderError] = []
        strip = Strip(errors.append)
        done: list[tuple[int, int]] = []
        backs: list[str] = []
        tools = Tools(strip, errors.append, PreferencesFile())
        page = GuidedPage(
            change(watched), tools, lambda: backs.append("back"), lambda right, asked: done.append((right, asked))
        )
        window = MainWindow(strip, lambda: True)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.show_page(page)
        page.setFocus()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        step = Step(page, window, done, backs)
        steps.append(step)
        if film:
            until(qtbot, lambda: page.view.painted.value is not None)
        return step

    yield opened
    for step in steps:
        step.page.shut()
        step.window.close()
    for store in stores:
        store.close()
    assert set(threading.enumerate()) <= threads, "a thread of the page is still running"


def hurry() -> None:
    """Let the film run at four times its speed."""
    for _ in range(4):
        press(Qt.Key.Key_L, SHIFT)


def one_frame_on(step: Step, qtbot: QtBot) -> None:
    view = step.page.view
    before = _index(view.painted.value)
    assert before is not None
    press(Qt.Key.Key_Right)
    until(qtbot, lambda: _index(view.painted.value) == before + 1)


def seen_through(step: Step) -> None:
    """Look at every card, without the film."""
    for _ in step.page.stops:
        press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_Return)


# watching


def test_it_says_first_what_it_is_and_what_to_press(begin: Begin) -> None:
    step = begin(tiers=("cg",), stretch=("2", "9"), exercises=ASKED)
    for words in ("Watch a clip", "A father and his child of two", "Space", "PageDown", "2 short questions"):
        assert words in step.words
    assert step.page.watching.primary.text() == "Begin (Space)"
    assert step.page.watching.count.text() == "4 still to see"
    assert step.rows == {"cg"}


def test_the_film_stops_on_the_first_frame_of_each_code_and_says_what_and_why(begin: Begin, qtbot: QtBot) -> None:
    step = begin(tiers=("cg",), stretch=("2", "9"), exercises=ASKED)
    hurry()
    scheme = step.page.watched.scheme
    for n, event in enumerate(step.page.watched.coding.row("cg"), start=1):
        press(Qt.Key.Key_Space)
        step.standing(qtbot, event.onset_us)
        code = scheme.code("cg", event.code)
        assert step.page.view.shown.value == event
        assert f"Code {n} of 4" in step.page.watching.count.text()
        assert event.note
        for words in (code.label, event.note, code.definition[:40]):
            assert words in step.words.replace("<br>", "")
    assert "all seen" in step.page.watching.count.text()
    assert step.page.watching.primary.text() == "To the questions (Enter)"
    press(Qt.Key.Key_Space)  # the rest of the clip
    step.standing(qtbot, step.page.watched.coding.window.end_us - 1)
    press(Qt.Key.Key_Space)
    assert step.told == "This was the last code. Enter goes on."


def test_without_stops_the_film_runs_through_and_the_cards_go_along(begin: Begin, qtbot: QtBot) -> None:
    step = begin(tiers=("cg",), stretch=("6", "9"))
    hurry()
    press(Qt.Key.Key_E, ALT)
    until(qtbot, lambda: not step.page.watching.each.isChecked())
    press(Qt.Key.Key_Space)  # the state that holds at the start is explained at once
    press(Qt.Key.Key_Space)
    until(qtbot, lambda: step.page.view.player.playing)
    assert step.page.watching.primary.text() == "Pause (Space)"
    step.standing(qtbot, step.page.watched.coding.window.end_us - 1)
    assert step.page.watching.seen == {0, 1, 2}
    assert step.page.watching.at == 2


def test_space_stands_still_while_the_film_runs_and_goes_on_to_the_same_code(begin: Begin, qtbot: QtBot) -> None:
    step = begin(tiers=("cg",), stretch=("2", "9"))
    hurry()
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_PageDown)
    step.standing(qtbot, step.event.onset_us)
    press(Qt.Key.Key_Space)
    until(qtbot, lambda: step.page.view.player.playing)
    press(Qt.Key.Key_Space)
    assert not step.page.view.player.playing
    assert step.page.watching.at == 1
    press(Qt.Key.Key_Space)
    step.standing(qtbot, 7_400_000)
    assert step.page.watching.at == 2


def test_what_is_explained_can_be_looked_at_again_and_space_comes_back_to_it(begin: Begin, qtbot: QtBot) -> None:
    step = begin(tiers=("cg",))
    press(Qt.Key.Key_Space, SHIFT)
    assert step.told == "Nothing is explained yet."
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_PageDown)
    step.standing(qtbot, 2_200_000)
    press(Qt.Key.Key_Space, SHIFT)
    until(qtbot, lambda: step.page.view.player.playing)
    assert step.page.view.player.loop.value == step.page.stops[1].around
    until(qtbot, lambda: 1_300_000 < (step.page.view.at_us or 0) < 2_100_000)
    press(Qt.Key.Key_Space)
    step.standing(qtbot, 2_200_000)
    assert step.page.watching.at == 1
    press(Qt.Key.Key_Space)
    step.standing(qtbot, 7_400_000)
    assert step.page.watching.at == 2


def test_keys_and_a_click_on_the_timeline_go_to_any_code(begin: Begin, qtbot: QtBot) -> None:
    step = begin(tiers=("cg",))
    press(Qt.Key.Key_PageUp)
    assert "no code before" in step.told
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_PageDown)
    assert step.page.watching.at == 1
    press(Qt.Key.Key_Up)
    assert step.page.watching.at == 0
    timeline = step.page.view.timeline
    wanted = step.page.stops[3].event
    row = next(row for row in timeline._canvas.layout if row.tier is not None)
    at = QPoint(timeline.x_of((wanted.onset_us + wanted.offset_us) // 2), RULER_PX + row.top_px + 8)
    QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert step.event == wanted
    step.standing(qtbot, wanted.onset_us)


def test_enter_at_the_end_with_codes_unseen_shows_the_first_of_them(begin: Begin, qtbot: QtBot) -> None:
    step = begin(tiers=("cg",), stretch=("6", "9"))
    press(Qt.Key.Key_End)
    step.standing(qtbot, step.page.watched.coding.window.end_us - 1)
    press(Qt.Key.Key_Return)
    assert step.told == "This code was not shown yet."
    assert step.page.watching.at == 0
    assert step.page.watching.isVisible()


def test_several_codes_in_one_frame_are_explained_one_after_the_other(begin: Begin, qtbot: QtBot) -> None:
    step = begin()
    hurry()
    first = [stop for stop in step.page.stops if stop.at_us == 0]
    assert len(first) == 2
    for n in range(2):
        press(Qt.Key.Key_Space)
        assert step.page.watching.at == n
        step.standing(qtbot, 0)
    press(Qt.Key.Key_Space)
    step.standing(qtbot, 2_200_000)
    assert step.page.watching.at == 2


# questions


def test_a_question_hides_the_tier_and_a_right_key_is_said_to_be_right(begin: Begin, qtbot: QtBot) -> None:
    step = begin(exercises=ASKED)
    seen_through(step)
    asked = step.page.questions[0].stop
    step.standing(qtbot, asked.event.onset_us)
    assert "cg" not in step.rows
    assert step.page.view.shown.value is None
    assert "Question 1 of 2" in step.words
    assert asked.event.note not in step.words
    step.code(asked.code.label)
    assert step.page.asking.grade.text() == GRADES[Grade.RIGHT]
    assert asked.event.note in step.words
    assert "cg" in step.rows
    assert step.page.view.shown.value == asked.event


def test_a_wrong_key_is_told_the_reason_and_what_both_codes_mean(begin: Begin, qtbot: QtBot) -> None:
    step = begin(exercises=ASKED)
    seen_through(step)
    asked, elsewhere = step.page.questions[0].stop, step.page.watched.scheme.code("cg", "cg_away")
    step.code(elsewhere.label)
    assert step.page.asking.grade.text() == GRADES[Grade.WRONG]
    for words in (asked.code.label, asked.event.note, f"Your answer, “{elsewhere.label}”, means"):
        assert words in step.words
    assert elsewhere.definition.strip()[:40] in step.words
    step.code(asked.code.label)  # too late: the first answer stays
    assert [one.grade for one in step.page.asking.given] == [Grade.WRONG]


def test_the_key_of_another_tier_is_no_answer(begin: Begin) -> None:
    step = begin(exercises=ASKED)
    seen_through(step)
    press("q")
    assert "is asked about" in step.told
    assert not step.page.asking.given
    press(Qt.Key.Key_Return)
    assert "Press the key of the code" in step.told
    assert not step.page.asking.given


def test_what_is_asked_can_be_played_again_and_again(begin: Begin, qtbot: QtBot) -> None:
    step = begin(exercises=ASKED)
    seen_through(step)
    player, question = step.page.view.player, step.page.questions[0]
    press(Qt.Key.Key_Space)
    until(qtbot, lambda: player.playing)
    assert player.loop.value == question.loop
    press(Qt.Key.Key_Space)
    assert not player.playing
    step.code(question.stop.code.label)
    press(Qt.Key.Key_Space)
    until(qtbot, lambda: player.playing)
    assert player.loop.value == question.stop.around


@pytest.mark.parametrize(
    ("frames", "grade"),
    [(0, Grade.RIGHT), (4, Grade.RIGHT), (-12, Grade.NEAR), (30, Grade.WRONG)],
)
def test_an_onset_is_found_frame_by_frame(begin: Begin, qtbot: QtBot, frames: int, grade: Grade) -> None:
    step = begin(exercises=ASKED[1:])
    seen_through(step)
    page, view = step.page, step.page.view
    event = page.questions[0].stop.event
    step.standing(qtbot, page.questions[0].begin_us)
    assert page.asking.question.text() == "Child looks at: where does “Other object” begin?"
    wanted = view.frame_of(event.onset_us) + frames
    for _ in range(wanted - view.frame_of(page.questions[0].begin_us)):
        press(Qt.Key.Key_Right)
    until(qtbot, lambda: _index(view.painted.value) == wanted)
    press(Qt.Key.Key_Return)
    assert page.asking.given[0].grade is grade
    assert page.asking.grade.text() == GRADES[grade]
    assert page.asking.given[0].off_us == frames * FRAME_US
    step.standing(qtbot, event.onset_us)


def test_enter_before_anything_was_looked_for_is_no_answer(begin: Begin, qtbot: QtBot) -> None:
    step = begin(exercises=ASKED[1:])
    seen_through(step)
    step.standing(qtbot, step.page.questions[0].begin_us)
    press(Qt.Key.Key_Return)
    assert not step.page.asking.given
    assert step.told == step.page.asking.hint.text()


def test_an_onset_inside_its_zone_is_right(begin: Begin, qtbot: QtBot) -> None:
    def zoned(watched: Watched) -> Watched:
        event = next(one for one in watched.coding.row("cg") if one.onset_us == 7_400_000)
        zone = Zone(event.id, Edge.ONSET, replace(event.span, start_us=5_000_000, end_us=7_500_000))
        return replace(watched, master=replace(watched.master, zones=(zone,)))

    step = begin(exercises=ASKED[1:], change=zoned)
    seen_through(step)
    page, view = step.page, step.page.view
    for _ in range(30):
        press(Qt.Key.Key_Right)
    until(qtbot, lambda: (view.at_us or 0) > 5_100_000)
    press(Qt.Key.Key_Return)
    assert page.asking.given[0].grade is Grade.RIGHT
    assert "Anywhere in 00:00:05.000 – 00:00:07.500 is right" in step.words


def test_a_zone_that_was_cut_to_a_moment_is_not_told(begin: Begin) -> None:
    def zoned(watched: Watched) -> Watched:
        zones = [Zone(one.id, Edge.ONSET, replace(one.span, end_us=one.onset_us)) for one in watched.coding]
        return replace(watched, master=replace(watched.master, zones=tuple(zones)))

    step = begin(exercises=ASKED[1:], change=zoned)
    press(Qt.Key.Key_PageDown)
    assert step.event.onset_us == step.page.watched.master.zones[0].span.start_us
    assert "Anywhere in" not in step.words


def test_the_end_counts_the_first_answers_and_leads_on(begin: Begin, qtbot: QtBot) -> None:
    step = begin(exercises=ASKED)
    seen_through(step)
    page = step.page
    step.code(page.questions[0].stop.code.label)
    press(Qt.Key.Key_Return)
    step.standing(qtbot, page.questions[1].begin_us)
    one_frame_on(step, qtbot)
    press(Qt.Key.Key_Return)  # seconds too early
    press(Qt.Key.Key_Return)
    assert page.end.isVisible()
    assert "1 of 2 right" in step.words
    first, second = (question.stop for question in page.questions)
    assert f"“{first.code.label}”\n" in step.words, "what would have been right: a code,"
    assert f"\n{clock(second.event.onset_us)}\n" in step.words, "and a moment"
    press(Qt.Key.Key_A, ALT)  # ask me again
    until(qtbot, page.asking.isVisible)
    step.code("Elsewhere")
    press(Qt.Key.Key_Return)
    step.standing(qtbot, page.questions[1].begin_us)
    one_frame_on(step, qtbot)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert "0 of 2 right" in step.words
    assert not step.done
    press(Qt.Key.Key_Return)
    assert step.done == [(1, 2)]


def test_at_the_end_everything_can_be_looked_at_again(begin: Begin, qtbot: QtBot) -> None:
    step = begin(exercises=ASKED[:1])
    seen_through(step)
    step.code("Elsewhere")
    press(Qt.Key.Key_Return)
    again = next(
        one for one in step.page.end.findChildren(QPushButton) if one.accessibleName().startswith("Look again")
    )
    again.click()
    until(qtbot, lambda: step.page.view.player.playing)
    assert step.page.view.player.loop.value == step.page.questions[0].stop.around
    press(Qt.Key.Key_W, ALT)
    until(qtbot, step.page.watching.isVisible)
    assert "How it works" in step.words
    press(Qt.Key.Key_PageDown)
    assert step.page.watching.at == 0


def test_a_step_without_questions_ends_when_all_codes_were_seen(begin: Begin) -> None:
    step = begin(tiers=("cg",), stretch=("6", "9"), change=lambda watched: replace(watched, exercises=()))
    seen_through(step)
    assert "You have seen all 3 codes" in step.words
    press(Qt.Key.Key_Return)
    assert step.done == [(0, 0)]


# other kinds of tiers


def test_ratings_are_shown_with_reasons_and_asked_for_one_by_one(begin: Begin, qtbot: QtBot) -> None:
    step = begin(scheme="ratings")
    page = step.page
    assert len(page.stops) == len(page.questions) == 6
    press(Qt.Key.Key_PageDown)
    event = step.event
    step.standing(qtbot, page.watched.coding.window.end_us - 1)
    assert f"{event.modifier(RATING)} on the scale from 1 to 7" in step.words
    assert event.note in step.words
    seen_through(step)
    assert "How would you rate “Tuned responding”" in step.words
    press("9")
    assert "not on the scale" in step.told
    grades: list[Grade] = []
    for question in page.questions:
        right = int(question.stop.event.modifier(RATING) or 0)
        press(str(right if len(grades) < 3 else right - 1 if right > 2 else right + 3))
        grades.append(page.asking.given[-1].grade)
        assert question.stop.event.note in step.words
        press(Qt.Key.Key_Return)
    assert grades[:3] == [Grade.RIGHT] * 3
    assert set(grades[3:]) <= {Grade.NEAR, Grade.WRONG}
    assert "3 of 6 right" in step.words
    ratings = [f"{one.stop.event.modifier(RATING)} on the scale from 1 to 7" for one in page.questions]
    assert [line for line in step.words.split("\n") if line.endswith("1 to 7")] == ratings


def test_a_cue_says_what_answered_it_and_the_act_says_which_cue(begin: Begin) -> None:
    step = begin(
        scheme="cue-response",
        master=ANSWER,
        test_master=ANSWER,
        exercises=(("code", "cues", "9"),),
    )
    page, scheme = step.page, step.page.watched.scheme
    link = scheme.links[0]
    answered = next(n for n, stop in enumerate(page.stops) if stop.tier.id == link.cues and stop.event.answer)
    page.view.shown.set(page.stops[answered].event)
    cue = step.event
    outcome = link.outcome(cue.modifier("outcome"))
    act = next(one for one in page.watched.coding.row(link.acts) if one.id == cue.answer)
    assert outcome is not None
    assert f"What came of it: {outcome.label}, by “{scheme.name_of(act.tier, act.code)}” after " in step.words
    page.view.shown.set(act)
    assert f"Answers “{scheme.name_of(cue.tier, cue.code)}” at 00:00:" in step.words


def test_intervals_are_explained_when_they_were_seen_and_asked_for_as_a_whole(begin: Begin, qtbot: QtBot) -> None:
    step = begin(
        scheme="judged",
        scheme_file=JUDGED,
        master=INTERVALS,
        test_master=INTERVALS,
        stretch=("0", "6"),
        exercises=(("code", "plays", "2"), ("code", "seen", "0")),
        rule='statistic = "estimated accuracy", tier = "plays", target = 0.85',
    )
    page = step.page
    press(Qt.Key.Key_PageDown)
    assert step.event.note == "The ball goes from hand to hand."
    step.standing(qtbot, 1_999_999)
    seen_through(step)
    assert page.questions[0].stop.tier.kind is TierKind.INTERVAL
    assert page.asking.question.text() == "Plays together: what is coded in this stretch?"
    step.standing(qtbot, 2_000_000)
    assert page.view.player.loop.value == page.questions[0].stop.event.span
    press("w")
    assert page.asking.given[0].grade is Grade.RIGHT
    assert "Each is busy alone." in step.words
    press(Qt.Key.Key_Return)
    press("e")
    assert page.asking.given[1].grade is Grade.RIGHT


def test_what_is_as_right_is_told_and_taken_as_right(begin: Begin) -> None:
    def either(watched: Watched) -> Watched:
        def wider(event: Event) -> Event:
            return (
                replace(event, either=("cg_away",))
                if event.onset_us == 2_200_000 and event.tier == "cg"
                else event
            )

        events = tuple(map(wider, watched.master.events))
        coding = type(watched.coding).of(watched.coding.header, map(wider, watched.coding))
        return replace(watched, master=replace(watched.master, events=events), coding=coding)

    step = begin(exercises=ASKED[:1], change=either)
    seen_through(step)
    step.code("Elsewhere")
    assert step.page.asking.given[0].grade is Grade.RIGHT
    assert (
        "“Child looks at: Elsewhere” is as right here." in step.words
        or "“Elsewhere” is as right here." in step.words
    )


# the page around it


def test_without_its_film_the_codes_can_still_be_read(begin: Begin, qtbot: QtBot) -> None:
    step = begin(film=False, tiers=("cg",), stretch=("2", "9"))
    until(qtbot, lambda: step.page.view.player.front.failed)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)
    assert step.page.watching.at == 1
    assert step.event.note in step.words


def test_every_control_has_a_name_and_f1_lists_the_keys(begin: Begin, qtbot: QtBot) -> None:
    step = begin(exercises=ASKED)
    page = step.page
    assert not nameless(step.window)
    press(Qt.Key.Key_F1)
    assert page.key_help.isVisible()
    assert {"In this step", "Answer: Child looks at"} <= {
        one.text() for one in page.key_help.findChildren(QLabel) if one.isVisible()
    }
    press(Qt.Key.Key_Escape)
    assert not page.key_help.isVisible()
    seen_through(step)
    assert not nameless(step.window)
    step.code("Elsewhere")
    assert not nameless(step.window)
    press(Qt.Key.Key_Return)
    step.standing(qtbot, page.questions[1].begin_us)
    one_frame_on(step, qtbot)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert page.end.isVisible()
    assert not nameless(step.window)
    press(Qt.Key.Key_B, ALT)
    until(qtbot, lambda: step.backs == ["back"])


def test_the_codes_can_be_reached_by_tab_and_arrows_and_say_what_they_mean(
    begin: Begin, qapp: QApplication
) -> None:
    step = begin(exercises=ASKED)
    seen_through(step)
    assert step.page.asking.choices is not None
    buttons = step.page.asking.choices.buttons
    while QApplication.focusWidget() is not buttons[0]:
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is buttons[1]
    code = buttons[1].code  # type: ignore[attr-defined]  # the buttons of this question are of codes
    assert code.definition.strip()[:30] in step.words
    press(Qt.Key.Key_Return)
    assert step.page.asking.given[0].exercise.ask is Ask.CODE
    assert step.page.asking.answered


def test_in_the_dark_and_in_little_room_nothing_is_wider_than_the_window(begin: Begin, qapp: QApplication) -> None:
    apply_theme(qapp, DARK, text_pt=12)
    step = begin(exercises=ASKED)
    step.window.resize(1100, 700)
    seen_through(step)
    step.code("Elsewhere")
    panel = step.page.asking
    assert step.window.width() == 1100
    for one in panel.findChildren(QLabel):
        if one.isVisible():
            assert one.mapTo(panel, QPoint(one.width(), 0)).x() <= panel.width(), one.text()
