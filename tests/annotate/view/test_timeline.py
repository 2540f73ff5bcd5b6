"""The timeline by mouse and key: several events, going from place to place, looking elsewhere, what is shown."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QContextMenuEvent, QMouseEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from coder.annotate.families import InPlay
from coder.annotate.view.bench import Bench
from coder.annotate.view.layout import LABELS_PX, RULER_PX
from coder.annotate.view.paint_ground import away_box
from coder.annotate.view.scale import Scale
from coder.model.coding import Event
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.view.conftest import OFFSET_US, Laid, Table
from tests.annotate.view.hands import drag, number_on_screen, point, press, show_frame, wait_for_frame

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
FRAME_US = 40_000


def state(code: str, start_s: float, end_s: float, tier: str = "engage", **more: object) -> Event:
    return Event(f"{code}{start_s}", tier, code, Span(int(start_s * S), int(end_s * S)), **more)  # type: ignore[arg-type]  # a note or modifiers


def moment(code: str, at_s: float) -> Event:
    return Event(f"{code}{at_s}", "bids", code, Span.moment(int(at_s * S)))


def spans(table: Table, tier: str = "engage") -> list[tuple[str, float, float]]:
    return [(event.code, event.onset_us / S, event.offset_us / S) for event in table.desk.coding.row(tier)]


def chosen(bench: Bench) -> set[str]:
    return {event.id for event in bench.selection.events}


def click(
    bench: Bench, tier: str, at_s: float, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.mouseClick(bench.timeline.viewport(), Qt.MouseButton.LeftButton, keys, point(bench, tier, int(at_s * S)))


FOUR = (state("off", 1, 2), state("person", 2, 3), state("object", 4, 5), state("off", 5, 6))


# ---- selecting several


def test_ctrl_and_click_takes_and_leaves_shift_and_click_takes_all_between(laid: Laid) -> None:
    bench = laid(*FOUR, state("face", 2, 4, "gaze")).bench
    click(bench, "engage", 1.5)
    click(bench, "gaze", 3, CTRL)
    assert chosen(bench) == {"off1", "face2"}
    assert bench.selected.value is not None
    assert bench.selected.value.id == "face2"
    click(bench, "gaze", 3, CTRL)
    assert chosen(bench) == {"off1"}
    click(bench, "engage", 4.5, SHIFT)
    assert chosen(bench) == {"off1", "person2", "object4"}
    click(bench, "engage", 2.5)
    assert chosen(bench) == {"person2"}
    assert bench.also.value == ()


def test_a_rubber_band_catches_over_tiers_and_time(laid: Laid) -> None:
    bench = laid(*FOUR, state("face", 2, 4, "gaze"), moment("bid_c", 3.5), moment("bid_p", 6.5)).bench
    start = QPoint(bench.timeline.x_of(int(3.2 * S)), point(bench, "engage", 0).y())
    drag(bench, start, point(bench, "bids", int(4.6 * S)))
    assert chosen(bench) == {"object4", "face2", "bid_c3.5"}
    assert bench.timeline.accessibleDescription() == ("3 events selected, from 00:00:02.000 to 00:00:05.000")
    drag(bench, QPoint(bench.timeline.x_of(int(6.2 * S)), start.y()), point(bench, "bids", int(6.9 * S)))
    assert chosen(bench) == {"bid_p6.5"}
    click(bench, "engage", 3.5)
    assert chosen(bench) == set()
    assert bench.timeline.accessibleDescription() == "Nothing selected"


def test_keys_take_more_and_a_whole_tier_and_esc_lets_go(laid: Laid) -> None:
    bench = laid(*FOUR).bench
    press(bench, "Down", "Shift+Down", "Shift+Down")
    assert chosen(bench) == {"off1", "person2", "object4"}
    press(bench, "Shift+Up")
    assert chosen(bench) == {"off1", "person2"}
    press(bench, "Ctrl+A")
    assert chosen(bench) == {event.id for event in FOUR}
    press(bench, "Esc")
    assert chosen(bench) == set()
    press(bench, "Ctrl+A")
    assert bench.strip.text.startswith("No event is selected.")


# ---- editing several


def test_moving_by_a_frame_is_one_edit_and_undo_names_it_and_selects_them_again(laid: Laid) -> None:
    table = laid(*FOUR)
    click(table.bench, "engage", 2.5)
    click(table.bench, "engage", 4.5, CTRL)
    press(table.bench, "Alt+Shift+Right")
    assert spans(table) == [("off", 1, 2.04), ("person", 2.04, 3.04), ("object", 4.04, 5.04), ("off", 5.04, 6)]
    assert len(table.writer.saved) == 1
    assert table.bench.strip.text == "Saved · Move 2 events by +0.040 s"
    assert chosen(table.bench) == {"person2", "object4"}
    press(table.bench, "Alt+Shift+Left", "Ctrl+Z", "Ctrl+Z")
    assert spans(table) == [(event.code, event.onset_us / S, event.offset_us / S) for event in FOUR]
    assert table.bench.strip.text == "Undone · Move 2 events by +0.040 s"
    assert chosen(table.bench) == {"person2", "object4"}


def test_dragging_one_of_several_moves_all_and_a_click_selects_it_alone(laid: Laid) -> None:
    table = laid(*FOUR, moment("bid_c", 2.5))
    bench = table.bench
    click(bench, "engage", 4.5)
    click(bench, "bids", 2.5, CTRL)
    drag(bench, point(bench, "engage", int(4.5 * S)), point(bench, "engage", int(4.0 * S)))
    (edit,) = table.writer.saved
    assert edit.label.startswith("Move 2 events by -0.")
    by = table.desk.coding.row("bids")[0].onset_us - int(2.5 * S)
    assert table.desk.coding.row("engage")[2].onset_us == 4 * S + by
    assert by % FRAME_US == 0
    assert chosen(bench) == {"object4", "bid_c2.5"}
    click(bench, "engage", 4.2)
    assert chosen(bench) == {"object4"}
    assert len(table.writer.saved) == 1


def test_several_that_cannot_move_stay_and_one_sentence_says_why(laid: Laid) -> None:
    table = laid(*FOUR)
    click(table.bench, "engage", 2.5)
    click(table.bench, "engage", 4.5, CTRL)
    for to_s, why in [
        (3.5, "This would cover all of “Not engaged” at 00:00:01.000."),
        (2.9, "00:00:00.400 lies outside the coded window."),
    ]:
        drag(table.bench, point(table.bench, "engage", int(4.5 * S)), point(table.bench, "engage", int(to_s * S)))
        assert table.writer.saved == []
        assert table.bench.strip.text.startswith(why)


def test_copy_and_paste_at_the_frame_on_the_screen(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 1.4), state("person", 1.6, 2), moment("bid_c", 1.8))
    bench = table.bench
    press(bench, "Ctrl+V")
    assert bench.strip.text.startswith("Nothing is copied yet.")
    click(bench, "engage", 1.2)
    click(bench, "engage", 1.8, CTRL)
    click(bench, "bids", 1.8, CTRL)
    press(bench, "Ctrl+C")
    assert bench.strip.text == "3 events copied"
    show_frame(qtbot, bench, 50)
    press(bench, "Ctrl+V")
    assert spans(table)[2:] == [("off", 3, 3.4), ("person", 3.6, 4)]
    assert spans(table, "bids")[1] == ("bid_c", 3.8, 3.8)
    assert [edit.label for edit in table.writer.saved] == ["Paste 3 events at 00:00:03.000"]
    assert chosen(bench).isdisjoint({"off1", "person1.6", "bid_c1.8"})
    assert len(chosen(bench)) == 3
    press(bench, "Ctrl+Z")
    assert len(table.desk.coding) == 3


def test_delete_merge_and_split_of_several(laid: Laid, qtbot: QtBot) -> None:
    table = laid(*FOUR, state("talk", 1, 7, "self"), state("touch", 2, 7, "self"))
    bench = table.bench
    press(bench, "Ctrl+M")
    assert bench.strip.text.startswith("No event is selected.")
    click(bench, "engage", 1.5)
    press(bench, "Ctrl+M")
    assert bench.strip.text.startswith("“With the person” at 00:00:02.000 lies between.")
    click(bench, "engage", 2.5)
    click(bench, "engage", 4.5, CTRL)
    press(bench, "Delete")
    assert table.writer.saved[-1].label == "Delete 2 events"
    click(bench, "engage", 1.5)
    press(bench, "Ctrl+M")
    assert spans(table) == [("off", 1, 6)]
    assert chosen(bench) == {"off1"}
    show_frame(qtbot, bench, 100)
    click(bench, "self", 5)  # the lane of what was said
    press(bench, "Ctrl+A", "Ctrl+T")
    assert table.writer.saved[-1].label == "Split 2 states"
    assert sorted(spans(table, "self")) == [("talk", 1, 5), ("talk", 5, 7), ("touch", 2, 5), ("touch", 5, 7)]


POPUP = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


@POPUP
def test_events_go_to_another_tier_by_key_and_menu(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("face", 2, 3, "gaze"), moment("bid_c", 2))
    bench = table.bench
    click(bench, "gaze", 2.5)
    press(bench, "Ctrl+Shift+Up")
    assert bench.strip.text.startswith("“Engagement” has no code like “Parent's face”.")
    click(bench, "bids", 2)
    press(bench, "Ctrl+Shift+Down")
    assert bench.strip.text.startswith("No tier below has such events.")
    click(bench, "gaze", 2.5)
    _choose(bench, qtbot, "Copy to", "Engagement", "With the person")
    assert spans(table) == [("person", 2, 3)]
    assert len(table.desk.coding.row("gaze")) == 1
    assert table.writer.saved[-1].label == "Copy 1 event to “Engagement”"


@POPUP
def test_the_menu_recodes_all_that_are_selected(laid: Laid, qtbot: QtBot) -> None:
    table = laid(*FOUR)
    click(table.bench, "engage", 1.5)
    click(table.bench, "engage", 5.5, CTRL)
    _choose(table.bench, qtbot, "Change the code", "With an object")
    assert [code for code, *_ in spans(table)] == ["object", "person", "object", "object"]
    assert table.writer.saved[-1].label == "Change 2 events to “With an object”"
    assert chosen(table.bench) == {"off1", "off5"}


def _choose(bench: Bench, qtbot: QtBot, *path: str) -> None:
    """Open the menu of the selected event with the menu key and choose along a path."""
    by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(bench.timeline.viewport(), by_key)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    top = menu
    assert isinstance(top, QMenu)
    for name in path:
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text().split("\t")[0] == name)
        assert action.isEnabled()
        menu = action.menu() or menu
    top.close()
    action.trigger()


# ---- dragging with a snap


def test_an_edge_snaps_to_another_tier_and_not_while_alt_is_held(laid: Laid) -> None:
    table = laid(state("off", 1, 3), state("face", 2, 4.013, "gaze"))
    bench = table.bench
    edge, target = point(bench, "engage", 3 * S) - QPoint(2, 0), point(bench, "engage", int(4.013 * S))
    strip = bench.timeline.viewport()

    def pull(keys: Qt.KeyboardModifier) -> None:
        QTest.mousePress(strip, Qt.MouseButton.LeftButton, keys, edge)
        for share in (0.5, 1.0):
            at = edge + (target + QPoint(1, 0) - edge) * share
            _move(bench, at, keys)
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, keys, target + QPoint(1, 0))

    pull(Qt.KeyboardModifier.NoModifier)
    assert spans(table) == [("off", 1, 4.013)]
    press(bench, "Ctrl+Z")
    pull(ALT)
    (_, _, offset) = spans(table)[0]
    assert offset != 4.013
    assert (offset * S - OFFSET_US) % FRAME_US == 0


def _move(bench: Bench, at: QPoint, keys: Qt.KeyboardModifier) -> None:
    """QTest.mouseMove knows no keys."""
    strip = bench.timeline.viewport()
    assert strip is not None
    place, left = QPointF(at), Qt.MouseButton.LeftButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, QPointF(strip.mapToGlobal(at)), left, left, keys)
    QApplication.sendEvent(strip, event)


def test_while_a_shared_edge_is_dragged_both_states_are_shown_as_they_will_be(laid: Laid) -> None:
    table = laid(state("off", 1, 3), state("person", 3, 7))
    bench, strip = table.bench, table.bench.timeline.viewport()
    edge = point(bench, "engage", 3 * S) + QPoint(1, 0)
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(strip, point(bench, "engage", 5 * S))
    draft = bench.timeline._pointer.draft
    assert draft is not None
    assert draft.after is not None
    (off, person) = draft.after.row("engage")
    assert off.offset_us == person.onset_us
    assert abs(person.onset_us - 5 * S) <= FRAME_US
    assert spans(table) == [("off", 1, 3), ("person", 3, 7)]
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=point(bench, "engage", 5 * S))
    assert table.desk.coding.row("engage") == (off, person)


def test_a_tier_that_is_not_in_play_is_not_grabbed(laid: Laid) -> None:
    table = laid(*FOUR)
    table.bench.in_play.set(InPlay(frozenset({"gaze"})))
    click(table.bench, "engage", 1.5)
    assert chosen(table.bench) == set()
    drag(table.bench, point(table.bench, "engage", int(4.5 * S)), point(table.bench, "engage", int(4.0 * S)))
    assert table.writer.saved == []
    table.bench.in_play.set(InPlay(frozenset({"gaze"}), hidden=True))
    shown = table.bench.timeline.content_height()
    table.bench.in_play.set(InPlay(frozenset({"gaze"})))
    assert table.bench.timeline.content_height() > shown


# ---- going


def test_keys_go_to_events_and_boundaries_of_the_tiers_in_play(laid: Laid, qtbot: QtBot) -> None:
    table = laid(*FOUR, state("talk", 1.4, 6.8, "self"), state("touch", 1.6, 2.4, "self"), moment("bid_c", 3.4))
    bench = table.bench
    seen = []
    for _ in range(5):
        press(bench, "PageDown")
        assert bench.selected.value is not None
        wait_for_frame(qtbot, bench, (bench.selected.value.onset_us - OFFSET_US) // FRAME_US)
        seen.append(bench.selected.value.id)
    assert seen == ["talk1.4", "touch1.6", "person2", "bid_c3.4", "object4"]
    assert number_on_screen(bench) == 75
    press(bench, "PageUp")
    wait_for_frame(qtbot, bench, 60)
    bench.in_play.set(InPlay(frozenset({"self"})))
    frames = []
    for key in ("Alt+Up", "Alt+Up", "Alt+Up", "Alt+Down", "Alt+Down", "Alt+Down"):
        before = bench.painted.value
        press(bench, key)
        qtbot.waitUntil(lambda before=before: bench.painted.value not in (before, None), timeout=20_000)  # type: ignore[misc]  # a default binds it
        assert bench.painted.value is not None
        frames.append(bench.painted.value.index)
    assert frames == [35, 15, 10, 15, 35, 145]
    press(bench, "Alt+Down")
    assert bench.strip.text.startswith("There is no boundary after this frame.")


def test_an_onset_between_two_frames_is_passed_by(laid: Laid, qtbot: QtBot) -> None:
    bench = laid(moment("bid_c", 2.013), moment("bid_p", 3.013)).bench
    press(bench, "PageDown")
    wait_for_frame(qtbot, bench, 25)
    press(bench, "PageDown")
    wait_for_frame(qtbot, bench, 50)
    press(bench, "PageDown")
    assert bench.strip.text == "No event begins after this frame."
    press(bench, "PageUp")
    wait_for_frame(qtbot, bench, 25)


def test_without_disagreements_one_sentence_says_so(laid: Laid) -> None:
    bench = laid(*FOUR).bench
    press(bench, "Ctrl+PageDown")
    assert bench.strip.text.startswith("There are no disagreements to go to.")


@pytest.fixture
def compared(laid: Laid, qtbot: QtBot) -> Iterator[Table]:
    """A table where this pass and another differ in two places."""
    table = laid(*FOUR)
    differences = (
        Disagreement(Span(2 * S, int(2.4 * S)), "engage", "person", "off", DisagreementKind.CODE, 400_000),
        Disagreement(Span.moment(int(3.4 * S)), "bids", None, "bid_c", DisagreementKind.EXTRA, 1),
    )
    content = replace(table.content, differences=differences)
    bench = Bench(content, table.errors.append)
    table.bench.shut()
    table.bench = bench
    qtbot.addWidget(bench)
    bench.resize(1366, 768)
    bench.show()
    qtbot.waitUntil(lambda: bench.painted.value is not None, timeout=20_000)
    yield table
    bench.shut()


def test_keys_and_clicks_go_from_disagreement_to_disagreement(compared: Table, qtbot: QtBot) -> None:
    bench = compared.bench
    press(bench, "Ctrl+PageDown")
    wait_for_frame(qtbot, bench, 25)
    assert bench.strip.text == "Disagreement 1 of 2 · Engagement: “With the person” against “Not engaged”"
    press(bench, "Ctrl+PageDown")
    wait_for_frame(qtbot, bench, 60)
    assert bench.strip.text == "Disagreement 2 of 2 · Invitations: nothing against “Child invites”"
    press(bench, "Ctrl+PageDown")
    assert bench.strip.text == "There is no disagreement after this frame."
    QTest.mouseClick(
        bench.timeline.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(bench.timeline.x_of(2 * S) + 3, RULER_PX + 8),
    )
    wait_for_frame(qtbot, bench, 25)


# ---- looking


def test_while_the_film_plays_a_look_elsewhere_lasts(laid: Laid, qtbot: QtBot) -> None:
    bench = laid(*FOUR).bench
    bench.timeline.zoom(4)
    bench._scale.set(bench._scale.value.centred(6 * S, bench._content.bounds))
    elsewhere = bench._scale.value
    assert elsewhere.start_us > 4 * S
    bench.player.play()
    qtbot.waitUntil(lambda: bench.painted.value is not None and bench.painted.value.index > 12, timeout=20_000)
    assert bench._scale.value.start_us == pytest.approx(elsewhere.start_us)
    box = away_box(left=True, width_px=bench.timeline.viewport().width())
    QTest.mouseClick(bench.timeline.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    scale = bench._scale.value
    assert scale.side(bench.painted.value.at_us) == 0
    press(bench, "Space")
    bench._scale.set(elsewhere)
    press(bench, "Right")  # a step brings the person back, too
    assert bench._scale.value.side(bench.painted.value.at_us) == 0


def test_the_playhead_is_followed_again_when_it_comes_into_sight(laid: Laid, qtbot: QtBot) -> None:
    bench = laid(*FOUR).bench
    bench.timeline.zoom(8)
    bench._scale.set(Scale(int(1.4 * S), bench._scale.value.us_per_px, bench._scale.value.width_px))
    begin = bench._scale.value.start_us
    bench.player.play()
    qtbot.waitUntil(lambda: bench._scale.value.start_us > begin + S // 2, timeout=20_000)
    assert bench._scale.value.side(bench.painted.value.at_us) == 0


def test_zooming_to_the_frames_shows_each_of_them_with_its_number(laid: Laid, qtbot: QtBot) -> None:
    bench = laid(*FOUR).bench
    show_frame(qtbot, bench, 60)
    before = bench.timeline.grab().toImage()
    press(bench, "Ctrl++")
    scale = bench._scale.value
    assert FRAME_US / scale.us_per_px == pytest.approx(24)
    mark = bench.time.frame_at(bench.painted.value.at_us)
    assert mark is not None
    assert mark.number == 60
    assert mark.span == Span(OFFSET_US + 60 * FRAME_US, OFFSET_US + 61 * FRAME_US)
    assert bench.timeline.grab().toImage() != before
    press(bench, "Ctrl+0")
    assert bench._scale.value.us_per_px > scale.us_per_px


def test_the_loop_is_shown_and_edges_snap_to_it(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 3))
    bench = table.bench
    before = bench.timeline.grab().toImage()
    bench.player.loop.set(Span(int(3.513 * S), int(5.021 * S)))
    assert bench.timeline.grab().toImage() != before
    edge, target = point(bench, "engage", 3 * S) - QPoint(2, 0), point(bench, "engage", int(5.021 * S))
    drag(bench, edge, target)
    assert spans(table) == [("off", 1, 5.021)]


def test_the_key_of_the_sound_goes_round_and_the_spectrogram_is_computed_when_asked_for(
    laid: Laid, qtbot: QtBot
) -> None:
    bench = laid().bench
    timeline = bench.timeline
    qtbot.waitUntil(lambda: timeline.sound.wave, timeout=20_000)
    seen = []
    for _ in range(3):
        press(bench, "Ctrl+Shift+W")
        seen.append((timeline.sound.wave, timeline.sound.spectrum))
    assert seen == [(False, True), (True, True), (True, False)]
    qtbot.waitUntil(lambda: timeline._canvas.spectrum is not None, timeout=20_000)
    before = timeline.grab().toImage()
    press(bench, "Ctrl+Shift+W")
    assert timeline.grab().toImage() != before


def test_the_labels_stand_clear_of_the_events(laid: Laid) -> None:
    bench = laid(*FOUR).bench
    assert bench.timeline.x_of(OFFSET_US) >= LABELS_PX
