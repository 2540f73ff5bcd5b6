"""The bench as a person uses it: real keys, a real film, a real desk."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent, QPoint, Qt
from PyQt6.QtGui import QKeyEvent, QKeySequence
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from coder.annotate.commands import COMMANDS
from coder.annotate.view.bench import Bench
from coder.annotate.view.chips import Chip
from coder.annotate.view.code_button import CodeButton
from coder.annotate.view.strip import sentence
from coder.media import FrameIndex, open_index
from coder.model.coding import Event
from coder.model.problem import MediaError
from coder.model.scheme import TierKind
from coder.model.time import SECOND_US as S
from coder.model.time import Span, clock
from tests.annotate.example import SCHEME
from tests.annotate.view.conftest import OFFSET_US, Laid, Table
from tests.annotate.view.hands import drag, number_on_screen, point, press, show_frame, wait_for_frame

END_US = OFFSET_US + 6 * S


def state(code: str, start_s: float, end_s: float, tier: str = "engage", **more: object) -> Event:
    return Event(f"{code}{start_s}", tier, code, Span(int(start_s * S), int(end_s * S)), **more)  # type: ignore[arg-type]  # a note or modifiers


def spans(table: Table, tier: str = "engage") -> list[tuple[str, int, int]]:
    return [(event.code, event.onset_us, event.offset_us) for event in table.desk.coding.row(tier)]


def _field(bench: Bench, name: str) -> QLineEdit:
    shown = bench.inspector.shown()
    return next(field for field in shown.findChildren(QLineEdit) if field.accessibleName() == name)


# ---- what is on the screen is what is written


def test_the_first_picture_is_the_start_of_the_coded_window(laid: Laid) -> None:
    table = laid()
    assert number_on_screen(table.bench) == 0
    assert table.bench.transport.frame_text == f"frame 0 of 150 · {clock(OFFSET_US)}"


@pytest.mark.parametrize("frame", [1, 49, 50, 51, 137, 149])
def test_a_stroke_is_stamped_with_the_frame_on_the_screen(laid: Laid, qtbot: QtBot, frame: int) -> None:
    table = laid()
    show_frame(qtbot, table.bench, frame)
    assert number_on_screen(table.bench) == frame
    press(table.bench, "2")
    assert spans(table) == [("person", table.onset(frame), END_US)]
    assert len(table.writer.saved) == 1


def test_steps_go_frame_by_frame_and_wait_for_the_picture(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    for key, frame in [
        ("Right", 1),
        (".", 2),
        ("Right", 3),
        ("Left", 2),
        (",", 1),
        ("Shift+Right", 26),
        ("Shift+Left", 1),
    ]:
        press(table.bench, key)
        wait_for_frame(qtbot, table.bench, frame)
        assert number_on_screen(table.bench) == frame
    press(table.bench, "End")
    wait_for_frame(qtbot, table.bench, 149)
    press(table.bench, "Right", "Home")
    wait_for_frame(qtbot, table.bench, 0)


def test_a_stroke_before_the_next_frame_is_painted_belongs_to_the_one_still_on_the_screen(
    laid: Laid, qtbot: QtBot
) -> None:
    table = laid()
    show_frame(qtbot, table.bench, 10)
    press(table.bench, "Right", "2")  # no picture can have been painted in between
    assert spans(table) == [("person", table.onset(10), END_US)]
    wait_for_frame(qtbot, table.bench, 11)


def test_a_held_step_key_shows_every_frame(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    seen: list[int] = []
    table.bench.painted.listen(lambda painted: seen.append(painted.index if painted else -1))
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, autorep=True)
    press(table.bench, "Right")
    for _ in range(20_000):  # a minute at most
        QApplication.sendEvent(table.bench.timeline, again)
        qtbot.wait(3)
        if len(seen) > 20:
            break
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) > 20


def test_a_held_second_key_waits_for_each_picture(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    seen: list[int] = []
    table.bench.painted.listen(lambda painted: seen.append(painted.index if painted else -1))
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, "", autorep=True)
    press(table.bench, "Shift+Right")
    for _ in range(20_000):  # a minute at most
        QApplication.sendEvent(table.bench.timeline, again)
        QApplication.sendEvent(table.bench.timeline, again)  # no picture can have been painted in between
        qtbot.wait(3)
        if seen and seen[-1] == 149:
            break
    assert seen == [25, 50, 75, 100, 125, 149]


def test_a_held_code_key_codes_once(laid: Laid) -> None:
    table = laid()
    press(table.bench, "Y")
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Y, Qt.KeyboardModifier.NoModifier, "y", autorep=True)
    QApplication.sendEvent(table.bench.timeline, again)
    assert len(table.writer.saved) == 1


def test_while_playing_strokes_belong_to_the_painted_frame_and_pausing_keeps_it(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    bench = table.bench
    press(bench, "Space")
    for key, code in [("2", "person"), ("1", "off"), ("3", "object")]:
        before = bench.painted.value
        assert before is not None
        qtbot.waitUntil(lambda before=before: bench.painted.value.index > before.index + 4, timeout=20_000)
        press(bench, key, "Space")
        assert not bench.player.playing
        qtbot.wait(60)  # frames that were under way arrive now and must not be shown
        number = number_on_screen(bench)
        assert number is not None
        assert spans(table)[-1] == (code, table.onset(number), END_US)
        assert bench.painted.value.index == number
        press(bench, "Space")
        assert bench.player.playing
    press(bench, "K")


def test_frames_are_painted_in_order_and_the_film_stops_at_its_last_frame(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    seen: list[int] = []
    show_frame(qtbot, table.bench, 100)
    table.bench.painted.listen(lambda painted: seen.append(painted.index if painted else -1))
    press(table.bench, "Space")
    qtbot.waitUntil(lambda: not table.bench.player.playing, timeout=20_000)
    assert seen == sorted(set(seen))
    assert seen[-1] == 149
    assert number_on_screen(table.bench) == 149


def test_a_typed_time_shows_the_frame_there(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "Ctrl+G")
    field = table.bench.transport.time_field
    QTest.keyClicks(field, "2.999")
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait_for_frame(qtbot, table.bench, 49)  # the film begins at 1.000: 1.999 s into it frame 49 is on
    assert table.bench.timeline.hasFocus()
    QTest.keyClicks(field, "soon")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "“soon” is not a time" in table.bench.strip.text


# ---- coding


def test_the_event_just_coded_is_selected_and_takes_its_details_by_key(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    show_frame(qtbot, table.bench, 20)
    press(table.bench, "4", "X", "V", "B")
    (event,) = table.desk.coding.row("engage")
    assert event.modifiers == (("play_kind", "build,music"), ("who_started", "parent"))
    assert table.bench.definition.title == "Sharing, parent carries it"
    press(table.bench, "3", "Ctrl+2")
    assert table.bench.selected.value is not None
    assert table.bench.selected.value.modifier("level") == "2"


def test_a_refused_stroke_says_why_and_changes_nothing(laid: Laid) -> None:
    table = laid(state("off", 1, 7))
    press(table.bench, "1")
    assert table.bench.strip.text.startswith("“Not engaged” begins at this very frame already.")
    assert table.writer.saved == []
    assert table.errors == []


def test_a_refusal_goes_when_something_else_is_done_but_not_by_stopping_to_read_it(laid: Laid) -> None:
    table = laid(state("off", 1, 7))
    press(table.bench, "1", "Space", "Space", "Right")
    assert table.bench.strip.text.startswith("“Not engaged” begins at this very frame already.")
    press(table.bench, "Down")
    assert table.bench.selected.value is not None
    assert table.bench.strip.text == ""


def test_what_a_disk_refused_stays_until_something_is_saved(laid: Laid) -> None:
    table = laid(state("off", 1, 7))
    table.writer.broken = True
    press(table.bench, "2", "Down", "Home")
    assert "the disk is full" in table.bench.strip.text
    table.writer.broken = False
    press(table.bench, "2")
    assert table.bench.strip.text.startswith("Saved · ")


def test_undo_and_redo_go_through_the_same_door(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 7))
    show_frame(qtbot, table.bench, 50)
    press(table.bench, "2")
    after = spans(table)
    press(table.bench, "Ctrl+Z")
    assert spans(table) == [("off", OFFSET_US, END_US)]
    assert table.bench.strip.text == "Undone · Code “With the person” at 00:00:03.000"
    press(table.bench, "Ctrl+Shift+Z")
    assert spans(table) == after
    assert [edit.kind for edit in table.writer.saved] == ["do", "undo", "redo"]
    press(table.bench, "Ctrl+Y")
    assert table.bench.strip.text == "There is nothing to redo."


def test_if_saving_fails_the_timeline_stays_and_the_sentence_is_shown(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 7))
    show_frame(qtbot, table.bench, 50)
    before = table.bench.timeline.grab().toImage()
    table.writer.broken = True
    press(table.bench, "2")
    assert table.bench.strip.text == "The study could not be written: the disk is full."
    assert spans(table) == [("off", OFFSET_US, END_US)]
    assert table.bench.timeline.grab().toImage() == before
    assert [sentence(error) for error in table.errors] == ["The study could not be written: the disk is full."]
    table.writer.broken = False
    press(table.bench, "2")
    assert table.bench.strip.text.startswith("Saved")
    assert table.bench.timeline.grab().toImage() != before


def test_the_film_stands_still_on_a_frame_whose_code_could_not_be_saved(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "Space")
    qtbot.waitUntil(lambda: table.bench.painted.value.index > 3, timeout=20_000)
    table.writer.broken = True
    press(table.bench, "2")
    assert not table.bench.player.playing
    here = table.bench.painted.value
    table.writer.broken = False
    press(table.bench, "2")
    assert here is not None
    assert spans(table) == [("person", here.at_us, END_US)]


def test_keys_select_and_mend_the_selected_event(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 3), state("person", 3, 5), state("object", 5, 7))
    show_frame(qtbot, table.bench, 40)
    press(table.bench, "Down")
    assert table.bench.selected.value.code == "off"  # the one at the frame on the screen
    press(table.bench, "Down", "[")
    assert spans(table)[:2] == [("off", OFFSET_US, table.onset(40)), ("person", table.onset(40), 5 * S)]
    press(table.bench, "Ctrl+Right", "Ctrl+Shift+Left")
    assert spans(table)[1] == ("person", table.onset(41), 5 * S - 40_000)
    press(table.bench, "Down", "Delete")
    assert [code for code, *_ in spans(table)] == ["off", "person"]
    press(table.bench, "Up", "Down", "Shift+Delete")
    assert spans(table) == [("off", OFFSET_US, 5 * S - 40_000)]


def test_a_note_is_written_by_keyboard(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 7))
    press(table.bench, "Down", "Return")
    note = _field(table.bench, "Note")
    QTest.keyClicks(note, "Sneezes; 1 2 J")
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert table.desk.coding.row("engage")[0].note == "Sneezes; 1 2 J"
    assert len(table.writer.saved) == 1
    assert table.bench.timeline.hasFocus()


@pytest.mark.parametrize("key", ["Down", "Ctrl+Down", "Ctrl+T", "Ctrl+Return"])
def test_a_key_that_a_text_field_does_not_use_neither_codes_nor_selects(
    laid: Laid, qtbot: QtBot, key: str
) -> None:
    table = laid(state("off", 1, 3), state("person", 3, 7))
    show_frame(qtbot, table.bench, 25)
    table.bench.select(table.desk.coding.row("engage")[0])
    press(table.bench, "Return")
    note = _field(table.bench, "Note")
    QTest.keyClicks(note, "Sneezes")
    chord = QKeySequence(key)[0]
    QTest.keyClick(note, chord.key(), chord.keyboardModifiers())
    table.bench.timeline.setFocus()
    assert [event.note for event in table.desk.coding.row("engage")] == ["Sneezes", ""]
    assert table.bench.selected.value == table.desk.coding.row("engage")[0]
    assert table.bench.player._wanted == 25


def test_enter_leaves_a_text_field_while_an_event_is_selected(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 7))
    press(table.bench, "Down", "Return")
    QTest.keyClick(_field(table.bench, "Note"), Qt.Key.Key_Return)
    assert table.bench.timeline.hasFocus()
    for typed in ("99:99", "3"):
        press(table.bench, "Ctrl+G")
        QTest.keyClicks(table.bench.transport.time_field, typed)
        QTest.keyClick(table.bench.transport.time_field, Qt.Key.Key_Return)
        assert table.bench.timeline.hasFocus()
    wait_for_frame(qtbot, table.bench, 50)


def test_a_typed_onset_goes_to_the_nearest_frame(laid: Laid) -> None:
    table = laid(state("off", 1, 3), state("person", 3, 7))
    table.bench.select(table.desk.coding.row("engage")[1])
    onset = _field(table.bench, "Onset")
    onset.selectAll()
    QTest.keyClicks(onset, "4.01")
    QTest.keyClick(onset, Qt.Key.Key_Return)
    assert spans(table) == [("off", OFFSET_US, 4 * S), ("person", 4 * S, END_US)]


def test_an_offset_at_the_end_of_the_film_goes_back_by_one_frame_and_there_again(laid: Laid) -> None:
    table = laid(state("off", 1, 7))
    press(table.bench, "Down", "Ctrl+Shift+Left")
    assert spans(table) == [("off", OFFSET_US, table.onset(149))]
    press(table.bench, "Ctrl+Shift+Right")
    assert spans(table) == [("off", OFFSET_US, END_US)]
    for typed, offset in [("6.2", 6 * S + 200_000), (clock(END_US), END_US)]:
        field = _field(table.bench, "Offset")
        field.selectAll()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert spans(table) == [("off", OFFSET_US, offset)]


def test_an_edge_between_two_frames_goes_to_the_nearest_border(laid: Laid) -> None:
    table = laid(state("off", 2.01, 4.01))
    press(table.bench, "Down", "Ctrl+Left", "Ctrl+Shift+Left")
    assert spans(table) == [("off", 2 * S, 4 * S)]


def test_a_submitted_pass_is_shown_and_not_changed(laid: Laid) -> None:
    table = laid(state("off", 1, 7), submitted=True)
    press(table.bench, "2", "Down", "Delete")
    assert table.writer.saved == []
    assert table.bench.strip.text == "This pass is submitted and can no longer be changed."
    assert not table.bench.palette_of_codes.button("engage", "off").isEnabled()


def test_the_palette_marks_what_holds_at_the_frame_on_the_screen(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 3), state("person", 3, 7), state("talk", 2, 6, tier="self"))
    show_frame(qtbot, table.bench, 49)
    buttons = [("engage", "off"), ("engage", "person"), ("self", "talk")]
    palette = table.bench.palette_of_codes
    assert [palette.button(*each).holds for each in buttons] == [True, False, True]
    press(table.bench, "Right")
    wait_for_frame(qtbot, table.bench, 50)
    assert [palette.button(*each).holds for each in buttons] == [False, True, True]


def test_a_click_on_a_code_codes_like_its_key(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    show_frame(qtbot, table.bench, 30)
    button = table.bench.palette_of_codes.button("engage", "person")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert spans(table) == [("person", table.onset(30), END_US)]


# ---- the mouse on the timeline


def test_dragging_a_shared_edge_is_one_edit_and_snaps_to_a_frame(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 3), state("person", 3, 7))
    edge, target = point(table.bench, "engage", 3 * S), point(table.bench, "engage", 4 * S + 11_000)
    drag(table.bench, edge + QPoint(1, 0), target + QPoint(1, 0))
    (edit,) = table.writer.saved
    assert edit.label == f"Onset of “With the person” to {clock(table.desk.coding.row('engage')[1].onset_us)}"
    (_, _, boundary), (_, onset, _) = spans(table)
    assert boundary == onset
    assert (onset - OFFSET_US) % 40_000 == 0
    assert abs(onset - 4 * S) <= 40_000


def test_dragging_shows_a_draft_and_esc_puts_it_back(laid: Laid) -> None:
    table = laid(state("off", 1, 3), state("person", 3, 7))
    strip = table.bench.timeline.viewport()
    start = point(table.bench, "engage", 3 * S) + QPoint(1, 0)
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
    before = table.bench.timeline.grab().toImage()
    QTest.mouseMove(strip, start + QPoint(60, 0))
    assert table.bench.timeline.grab().toImage() != before
    QTest.keyClick(table.bench.timeline, Qt.Key.Key_Escape)
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert table.writer.saved == []


def test_a_click_selects_and_a_double_click_goes_to_the_onset(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 3), state("person", 3, 7))
    strip = table.bench.timeline.viewport()
    middle = point(table.bench, "engage", 5 * S)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=middle)
    assert table.bench.selected.value == table.desk.coding.row("engage")[1]
    assert table.writer.saved == []
    qtbot.mouseDClick(strip, Qt.MouseButton.LeftButton, pos=middle)
    wait_for_frame(qtbot, table.bench, 50)
    assert number_on_screen(table.bench) == 50


def test_a_point_event_is_dragged_whole(laid: Laid) -> None:
    table = laid(Event("b", "bids", "bid_c", Span.moment(3 * S)))
    drag(table.bench, point(table.bench, "bids", 3 * S), point(table.bench, "bids", 5 * S))
    (_, onset, offset) = spans(table, "bids")[0]
    assert onset == offset
    assert abs(onset - 5 * S) <= 40_000
    assert (onset - OFFSET_US) % 40_000 == 0


def test_a_drag_that_would_swallow_a_neighbour_is_refused(laid: Laid) -> None:
    table = laid(state("off", 1, 3), state("person", 3, 4), state("object", 4, 7))
    grip = point(table.bench, "engage", 4 * S) + QPoint(1, 0)
    drag(table.bench, grip, point(table.bench, "engage", 2 * S))
    assert table.writer.saved == []
    assert "would cover all of “With the person”" in table.bench.strip.text


def test_the_ruler_seeks(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    strip = table.bench.timeline.viewport()
    at = QPoint(table.bench.timeline.x_of(table.onset(100)) + 2, 8)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=at)
    wait_for_frame(qtbot, table.bench, 100)
    assert number_on_screen(table.bench) == 100


# ---- around it


def test_without_room_the_number_of_frames_goes_and_the_frame_stays(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    transport = table.bench.transport
    assert transport.frame_text == f"frame 0 of 150 · {clock(OFFSET_US)}"
    transport.setParent(None)
    qtbot.addWidget(transport)
    transport.resize(transport.minimumSizeHint())
    transport.show()
    assert transport.frame_text == f"frame 0 · {clock(OFFSET_US)}"
    label = next(one for one in transport.findChildren(QLabel) if one.text() == transport.frame_text)
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()


def test_sizes_are_given_and_taken_back(laid: Laid) -> None:
    table = laid()
    left = table.bench.player.cameras.wall
    usual_px = left.width()
    table.bench.findChildren(QSplitter)[0].setSizes([700, 660])
    assert left.width() < usual_px
    kept = table.bench.sizes()
    other = laid()
    other.bench.set_sizes(kept | {"left": "damaged"})
    assert other.bench.player.cameras.wall.width() == left.width()


def test_all_keys_are_shown_and_put_away(laid: Laid) -> None:
    table = laid(state("off", 1, 7))
    press(table.bench, "Down", "F1")
    assert table.bench.key_help.isVisible()
    press(table.bench, "Esc")
    assert not table.bench.key_help.isVisible()
    assert table.bench.selected.value is not None


def test_nothing_is_coded_unseen_behind_the_sheet_of_keys(laid: Laid) -> None:
    table = laid()
    press(table.bench, "F1", "2", "Space")
    assert table.writer.saved == []
    assert not table.bench.player.playing
    press(table.bench, "F1", "2")
    assert len(table.writer.saved) == 1


@pytest.mark.parametrize(
    "clicked",
    [
        lambda bench: bench.player.picture,
        lambda bench: bench.definition.viewport(),
        lambda bench: bench.inspector.viewport(),
        lambda bench: bench.overview,
        lambda bench: bench.strip,
    ],
    ids=["picture", "definition", "inspector", "overview", "strip"],
)
def test_a_click_beside_a_text_field_gives_the_keys_back_to_coding(
    laid: Laid, clicked: Callable[[Bench], QWidget]
) -> None:
    table = laid()
    for held in (table.bench.timeline, table.bench.transport.time_field):
        held.setFocus()
        QTest.mouseClick(clicked(table.bench), Qt.MouseButton.LeftButton)
        assert table.bench.timeline.hasFocus()


def test_a_note_that_is_being_typed_is_kept_when_a_value_is_clicked(laid: Laid) -> None:
    table = laid(state("shared", 1, 7))
    press(table.bench, "Down", "Return")
    QTest.keyClicks(_field(table.bench, "Note"), "Sneezes")
    chip = next(chip for chip in table.bench.inspector.shown().findChildren(Chip) if chip.text() == "Child")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    (event,) = table.desk.coding.row("engage")
    assert (event.note, event.modifier("who_started")) == ("Sneezes", "child")
    assert table.bench.selected.value == event
    assert _field(table.bench, "Note").text() == "Sneezes"


def test_every_control_has_a_name(laid: Laid) -> None:
    table = laid(state("shared", 1, 7))
    table.bench.select(table.desk.coding.row("engage")[0])
    controls = [
        control
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for control in table.bench.findChildren(kind)
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(controls) > 20
    assert [type(control) for control in controls if not control.accessibleName()] == []
    assert [
        type(control) for control in controls if not control.toolTip() and not isinstance(control, QLineEdit)
    ] == []


def test_a_film_that_cannot_be_read_is_told_once_and_nothing_can_be_coded(
    qtbot: QtBot, tmp_path: Path, film_index: FrameIndex
) -> None:
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(b"not a film at all")
    table = Table(torn, film_index, (), submitted=False)
    qtbot.addWidget(table.bench)
    table.bench.show()
    qtbot.waitUntil(lambda: bool(table.errors), timeout=20_000)
    assert [type(error) for error in table.errors] == [MediaError]
    assert table.bench.strip.text.startswith("torn.mp4:")
    press(table.bench, "Space", "Right", "2")
    assert table.writer.saved == []
    assert table.bench.strip.text.startswith("There is no picture to code.")
    table.bench.shut()


def test_a_stroke_on_a_damaged_frame_is_refused_and_not_given_to_the_frame_before(
    qtbot: QtBot, film: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.mp4"
    whole = film.read_bytes()
    begin, end = len(whole) * 4 // 10, len(whole) * 6 // 10
    damaged.write_bytes(whole[:begin] + bytes(end - begin) + whole[end:])
    table = Table(damaged, open_index(damaged), (), submitted=False)
    bench = table.bench
    qtbot.addWidget(bench)
    bench.resize(1366, 768)
    bench.show()
    wait_for_frame(qtbot, bench, 0)
    bench.go_to(table.onset(75))
    qtbot.waitUntil(lambda: bench.painted.value is None, timeout=20_000)
    press(bench, "2")
    assert table.writer.saved == []
    assert bench.strip.text.startswith("There is no picture to code.")
    assert not any(button.holds for button in bench.palette_of_codes.findChildren(CodeButton))
    press(bench, "Home")
    wait_for_frame(qtbot, bench, 0)
    press(bench, "2")
    assert spans(table) == [("person", table.onset(0), END_US)]
    bench.shut()


def test_a_bench_that_is_shut_while_the_film_is_being_read_leaves_no_thread(
    qtbot: QtBot, film: Path, film_index: FrameIndex
) -> None:
    threads = set(threading.enumerate())
    table = Table(film, film_index, (), submitted=False)
    qtbot.addWidget(table.bench)
    table.bench.shut()
    assert set(threading.enumerate()) <= threads
    qtbot.wait(50)
    assert table.bench.painted.value is None


def test_shutting_twice_leaves_no_thread(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "Space")
    table.bench.shut()
    table.bench.shut()
    press(table.bench, "2", "Right", "Space")  # nothing breaks when keys still come


# ---- no command breaks, whatever the scheme and the state of the pass


WITHOUT_RATINGS = replace(SCHEME, tiers=tuple(t for t in SCHEME.tiers if t.kind is not TierKind.RATING))


@pytest.mark.parametrize("submitted", [False, True])
def test_every_command_does_something_or_says_why_not(laid: Laid, qtbot: QtBot, submitted: bool) -> None:
    table = laid(state("person", 1.5, 3), submitted=submitted, scheme=WITHOUT_RATINGS)
    before = spans(table)
    for event in (None, *table.desk.coding.row("engage")):
        for command in COMMANDS:
            table.bench.select(event)
            table.bench.do(command.do)
            qtbot.wait(1)
    assert submitted <= (spans(table) == before and not table.writer.saved)
    assert not table.errors


def test_a_note_needs_one_event_and_another_camera_must_be_there(laid: Laid) -> None:
    table = laid(state("person", 1.5, 3), state("person", 3, 4), scheme=WITHOUT_RATINGS)
    press(table.bench, "Return")
    assert table.bench.strip.text.startswith("No event is selected.")
    press(table.bench, "Down", "Ctrl+A", "Return")
    assert table.bench.strip.text.startswith("Several events are selected, and a note belongs to one.")
    assert table.bench.timeline.hasFocus()
    press(table.bench, "Ctrl+E")
    assert table.bench.strip.text == "There is no other camera that can be shown."


def test_without_intervals_their_keys_say_so(laid: Laid) -> None:
    table = laid(scheme=WITHOUT_RATINGS)
    press(table.bench, "Ctrl+Alt+K")
    assert table.bench.strip.text == "No tier in play has intervals or segments to go to."
