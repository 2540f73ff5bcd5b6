"""Details are asked for right after the code, by key or by mouse, and never in the way."""

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from coder.annotate.view.chips import Chip
from tests.annotate.view.conftest import Laid, Table
from tests.annotate.view.hands import press, show_frame


def asked(table: Table) -> str:
    """What the line asks; "" while it does not."""
    line = table.bench.side.prompt.shown()
    return next(one.text() for one in line.findChildren(QLabel) if one.isVisible()) if line else ""


def chip(table: Table, text: str) -> Chip:
    line = table.bench.side.prompt.shown()
    assert line is not None
    return next(one for one in line.findChildren(Chip) if one.isVisible() and one.text() == text)


def test_after_a_code_its_details_are_asked_for_until_all_are_given(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    assert asked(table) == ""
    press(table.bench, "4")
    assert asked(table) == "Sharing, parent carries it · Who started?"
    press(table.bench, "X")
    assert asked(table) == "Sharing, parent carries it · Kind of play?"
    press(table.bench, "B")
    assert asked(table) == "Sharing, parent carries it · Kind of play?"  # several may be given
    press(table.bench, "Esc")
    assert asked(table) == ""
    (event,) = table.desk.coding.row("engage")
    assert event.modifiers == (("play_kind", "music"), ("who_started", "parent"))
    assert table.bench.selected.value == event  # the first Esc put the question away, no more
    press(table.bench, "Esc")
    assert table.bench.selected.value is None


def test_coding_on_is_never_in_the_way_and_what_is_left_is_to_be_mended(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "4")
    show_frame(qtbot, table.bench, 30)
    press(table.bench, "2")
    assert asked(table) == ""
    assert [event.code for event in table.desk.coding.row("engage")] == ["shared", "person"]
    qtbot.waitUntil(
        lambda: "“Sharing, parent carries it” lacks “Who started”." in table.bench.side.findings.sentences()
    )


def test_it_asks_while_the_film_plays(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "Space")
    qtbot.waitUntil(lambda: table.bench.painted.value.index > 3, timeout=20_000)
    press(table.bench, "4")
    assert asked(table).endswith("Who started?")
    press(table.bench, "Z")
    assert table.bench.player.playing
    (event,) = table.desk.coding.row("engage")
    assert event.modifier("who_started") == "child"
    press(table.bench, "K")


def test_a_click_answers_and_leaves_the_keys_with_coding(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "4")
    qtbot.mouseClick(chip(table, "Child"), Qt.MouseButton.LeftButton)
    (event,) = table.desk.coding.row("engage")
    assert event.modifier("who_started") == "child"
    assert asked(table).endswith("Kind of play?")
    assert table.bench.timeline.hasFocus()
    line = table.bench.side.prompt.shown()
    assert line is not None
    (later,) = line.findChildren(QToolButton)
    qtbot.mouseClick(later, Qt.MouseButton.LeftButton)
    assert asked(table) == ""


def test_on_the_full_screen_the_question_stands_with_its_keys(laid: Laid) -> None:
    table = laid()
    press(table.bench, "F11")
    screen = table.bench.full_screen.window
    assert screen is not None
    said = next(one for one in screen.findChildren(QLabel) if one.accessibleName() == "What happened")
    QTest.keyClick(screen, Qt.Key.Key_4)
    assert said.text().startswith("Sharing, parent carries it · Who started?   Z Child   X Parent    Saved · ")
    QTest.keyClick(screen, Qt.Key.Key_Z)
    assert said.text().startswith("Sharing, parent carries it · Kind of play?   V Building   B Music    Saved · ")
    QTest.keyClick(screen, Qt.Key.Key_1)
    QTest.keyClick(screen, Qt.Key.Key_Delete)
    assert said.text().startswith("Saved · Delete")
    press(table.bench, "F11")


def test_selecting_another_event_puts_the_question_away_for_good(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "Y")
    talk = table.bench.selected.value
    show_frame(qtbot, table.bench, 20)
    press(table.bench, "4")
    shared = table.bench.selected.value
    table.bench.select(talk)
    assert asked(table) == ""
    table.bench.select(shared)
    assert asked(table) == ""


def test_the_message_beside_the_question_ends_in_dots_and_is_kept_whole(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "4")
    long = "This is a sentence that does not fit beside the question. " * 5
    table.bench.strip.refuse(long)
    shown = next(one for one in table.bench.strip.findChildren(QLabel) if one.accessibleName() == "What happened")
    qtbot.waitUntil(lambda: shown.text().endswith("…"))
    assert shown.fontMetrics().horizontalAdvance(shown.text()) <= shown.width()
    assert table.bench.strip.text == long
    QTest.keyClick(table.bench.timeline, Qt.Key.Key_Escape)
    table.bench.strip.say("Short.")
    assert shown.text() == "Short."
