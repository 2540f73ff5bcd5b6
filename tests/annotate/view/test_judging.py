"""Intervals, ratings, certainty and reaction time at the bench, by its keys."""

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coder.annotate.families import InPlay
from coder.annotate.view.by_interval import IntervalLine
from coder.annotate.view.chips import Chip
from coder.model.coding import Certainty, Event
from coder.model.scheme import Scheme
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.judged import JUDGED
from tests.annotate.view.conftest import Laid, Table
from tests.annotate.view.hands import number_on_screen, press, show_frame, wait_for_frame

# The film has 25 frames a second and lies from 1 s to 7 s on the session clock, and so do the intervals.


def only(*tiers: str) -> Scheme:
    return replace(JUDGED, tiers=tuple(tier for tier in JUDGED.tiers if tier.id in tiers))


def line(table: Table, tier: str) -> IntervalLine:
    return table.bench.by_interval._lines[tier]


def coded(table: Table, tier: str) -> list[tuple[str, float, float]]:
    return [(event.code, event.onset_us / S, event.offset_us / S) for event in table.desk.coding.row(tier)]


def play_to_the_end(qtbot: QtBot, table: Table, frame: int) -> None:
    """Press Space and wait until the film stands on a frame."""
    press(table.bench, "Space")
    assert table.bench.player.playing
    qtbot.waitUntil(lambda: not table.bench.player.playing, timeout=20_000)
    assert table.bench.painted.value is not None
    assert table.bench.painted.value.index == frame
    assert number_on_screen(table.bench) == frame


def test_space_plays_to_the_end_of_the_interval_and_the_line_asks(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=only("plays"))
    bench = table.bench
    assert line(table, "plays").text == "Plays together: interval 1 of 3, for what is seen in some of it"
    play_to_the_end(qtbot, table, 49)
    assert line(table, "plays").text == "Plays together: interval 1 of 3. What was seen in some of it?"
    press(bench, "Q")
    assert coded(table, "plays") == [("plays_yes", 1, 3)]
    assert bench.strip.text == "Saved · Code “Yes” for interval 1 of 3"
    assert line(table, "plays").text == "Plays together: interval 1 of 3. Space plays the next."
    play_to_the_end(qtbot, table, 99)
    press(bench, "Q", "W")
    assert coded(table, "plays") == [("plays_yes", 1, 3), ("plays_no", 3, 5)]
    play_to_the_end(qtbot, table, 149)
    press(bench, "0")
    assert line(table, "plays").text == "Plays together: interval 3 of 3, the last"
    assert bench.side.mending.count == 0
    press(bench, "Ctrl+Z")
    assert bench.strip.text == "Undone · Code “Not codable” for interval 3 of 3"
    assert bench.side.mending.count == 1


def test_a_key_that_is_pressed_while_it_runs_answers_for_the_running_interval(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=only("plays"))
    show_frame(qtbot, table.bench, 60)
    press(table.bench, "Space")
    press(table.bench, "W")
    assert coded(table, "plays") == [("plays_no", 3, 5)]
    qtbot.waitUntil(lambda: not table.bench.player.playing, timeout=20_000)
    wait_for_frame(qtbot, table.bench, 99)


def test_pausing_in_an_interval_gives_up_nothing(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=only("plays"))
    show_frame(qtbot, table.bench, 20)
    press(table.bench, "Space", "Space")
    assert not table.bench.player.playing
    play_to_the_end(qtbot, table, 49)


def test_several_tiers_stop_at_each_ones_end(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=only("plays", "seen"))
    play_to_the_end(qtbot, table, 49)
    assert line(table, "seen").text == "Seen in the interval: interval 1 of 1, for what lasts all through it"
    play_to_the_end(qtbot, table, 99)
    assert line(table, "seen").text == "Seen in the interval: interval 1 of 1. What lasted all through it?"
    press(table.bench, "E", "R", "E")
    assert coded(table, "seen") == [("rocks", 1, 5)]
    assert coded(table, "plays") == []


def test_a_moment_is_judged_at_the_last_frame_of_its_interval(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=only("looks"))
    assert line(table, "looks").text == "Looks where: interval 1 of 3, judged at its last frame"
    play_to_the_end(qtbot, table, 49)
    assert line(table, "looks").text == "Looks where: interval 1 of 3. What is seen at this very frame?"
    press(table.bench, "Ctrl+Shift+PgDown")
    wait_for_frame(qtbot, table.bench, 99)
    press(table.bench, "A")
    assert coded(table, "looks") == [("at_face", 3, 5)]
    press(table.bench, "Ctrl+Shift+PgUp")
    wait_for_frame(qtbot, table.bench, 49)


def test_from_interval_to_interval(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=only("plays"))
    for keys, frame in (("PgDown", 50), ("PgDown", 100), ("PgDown", 100), ("PgUp", 50), ("PgUp", 0), ("PgUp", 0)):
        press(table.bench, f"Ctrl+Shift+{keys}")
        wait_for_frame(qtbot, table.bench, frame)


def test_a_tier_that_is_not_in_play_asks_nothing(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=JUDGED)
    table.bench.in_play.set(InPlay(frozenset({"looks"})))
    assert [name for name in ("plays", "seen", "looks") if line(table, name).isVisible()] == ["looks"]
    table.bench.in_play.set(InPlay(frozenset({"mood"})))
    show_frame(qtbot, table.bench, 140)
    press(table.bench, "Space")
    qtbot.waitUntil(lambda: not table.bench.player.playing, timeout=20_000)
    wait_for_frame(qtbot, table.bench, 149)


def test_a_click_on_a_code_answers_and_shows_what_is_saved(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=only("plays"))
    chips = [chip for chip in line(table, "plays").findChildren(Chip) if chip.text() in ("Yes", "No")]
    for chip, ticked in ((0, [True, False]), (1, [False, True]), (1, [False, True])):
        QTest.mouseClick(chips[chip], Qt.MouseButton.LeftButton)
        assert [one.isChecked() for one in chips] == ticked
    assert coded(table, "plays") == [("plays_no", 1, 3)]
    table.writer.broken = True
    QTest.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert [one.isChecked() for one in chips] == [False, True]
    assert len(table.errors) == 1


def test_nothing_is_coded_by_interval_in_a_submitted_pass(qtbot: QtBot, laid: Laid) -> None:
    table = laid(Event("1", "plays", "plays_yes", Span(S, 3 * S)), scheme=only("plays"), submitted=True)
    chips = line(table, "plays").findChildren(Chip)
    assert [chip.isEnabled() for chip in chips] == [False] * 3
    press(table.bench, "W")
    assert coded(table, "plays") == [("plays_yes", 1, 3)]


# Certainty


def test_certainty_goes_round_and_undo_names_it(qtbot: QtBot, laid: Laid) -> None:
    table = laid()
    press(table.bench, "A", "Ctrl+U")
    (event,) = table.desk.coding
    assert event.certainty is Certainty.LIKELY
    assert table.bench.strip.text == "Saved · “Child invites” at 00:00:01.000: likely"
    press(table.bench, "Ctrl+U")
    assert next(iter(table.desk.coding)).certainty is Certainty.GUESS
    press(table.bench, "Ctrl+U")
    assert next(iter(table.desk.coding)).certainty is Certainty.CERTAIN
    press(table.bench, "Ctrl+Z")
    assert table.bench.strip.text == "Undone · “Child invites” at 00:00:01.000: certain"
    assert next(iter(table.desk.coding)).certainty is Certainty.GUESS


# Reaction time


def freeze(table: Table, rate: float) -> None:
    """Let the bench believe that the film plays while it stands: the frame on the screen is then known."""
    table.bench.editing._rate = lambda: rate


@pytest.mark.parametrize(("rate", "frame"), [(1.0, 95), (2.0, 90), (0.25, 99), (-1.0, 100), (0.0, 100)])
def test_a_stroke_in_the_playing_film_is_put_earlier_at_its_speed(
    qtbot: QtBot, laid: Laid, rate: float, frame: int
) -> None:
    table = laid(reaction_us=200_000)
    show_frame(qtbot, table.bench, 100)
    freeze(table, rate)
    press(table.bench, "A")
    (event,) = table.desk.coding
    assert event.onset_us == table.onset(frame)
    assert event.reaction_us == table.onset(100) - table.onset(frame)
    said = f"put {event.reaction_us / S:.2f} s earlier for reaction time"
    assert (said in table.bench.strip.text) is (frame != 100)


def test_the_corrected_stroke_cuts_the_running_state_at_the_same_frame(qtbot: QtBot, laid: Laid) -> None:
    table = laid(reaction_us=200_000)
    press(table.bench, "1")
    show_frame(qtbot, table.bench, 100)
    freeze(table, 1.0)
    press(table.bench, "2")
    first, second = table.desk.coding.row("engage")
    assert first.offset_us == second.onset_us == table.onset(95)
    assert (first.reaction_us, second.reaction_us) == (0, 200_000)
    show_frame(qtbot, table.bench, 98)
    press(table.bench, "3")
    third = table.desk.coding.row("engage")[-1]
    assert (third.onset_us, third.reaction_us) == (table.onset(98), 0)
    assert table.bench.strip.text.endswith("not put earlier for reaction time")


def test_while_it_is_on_the_bench_says_so(qtbot: QtBot, laid: Laid) -> None:
    table = laid(reaction_us=200_000)
    badge = table.bench.strip.badge
    assert badge is not None
    assert badge.isVisible()
    assert badge.text() == "Reaction time: 0.20 s earlier while playing"
    assert laid().bench.strip.badge is None


def test_in_the_running_film_the_stroke_goes_before_the_frame_on_the_screen(qtbot: QtBot, laid: Laid) -> None:
    table = laid(reaction_us=200_000)
    press(table.bench, "Space")
    qtbot.waitUntil(lambda: table.bench.painted.value is not None and table.bench.painted.value.index > 20)
    seen = table.bench.painted.value
    press(table.bench, "A")
    press(table.bench, "Space", "S")
    assert seen is not None
    first, second = sorted(table.desk.coding, key=lambda event: event.onset_us)
    assert first.onset_us == table.onset(seen.index - 5)
    assert (first.reaction_us, second.reaction_us) == (200_000, 0)
    painted = table.bench.painted.value
    assert painted is not None
    assert second.onset_us == painted.at_us
