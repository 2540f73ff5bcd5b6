"""Ratings at the bench, with the shipped scheme: by digits from anywhere, one item after the other."""

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coder.annotate.families import InPlay
from coder.annotate.moments import MOST
from coder.annotate.view.content import Painted
from coder.annotate.view.rating_keys import rating_key
from coder.annotate.view.rating_panel import RatingPanel
from coder.formats import read_scheme
from coder.model.coding import Event
from coder.model.scheme import Code, Scheme, Stream, Tier, TierKind
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from coder.settings.shipped import shipped
from tests.annotate.view.conftest import Laid, Table
from tests.annotate.view.hands import press, show_frame, wait_for_frame

RATINGS = read_scheme(shipped("schemes") / "ratings.toml")


def in_segments(seconds: int) -> Scheme:
    """The shipped scheme, rated every so many seconds."""
    (tier,) = RATINGS.tiers
    return replace(RATINGS, tiers=(replace(tier, every_us=seconds * S),))


def panel(table: Table) -> RatingPanel:
    found = table.bench.side.rating.panel
    assert found is not None
    return found


def rated(table: Table) -> dict[str, str | None]:
    return {event.code: event.modifier("rating") for event in table.desk.coding}


def type_reason(text: str) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_each_digit_rates_the_current_item_and_goes_on(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    assert panel(table).code.id == "r_tuned"
    press(table.bench, "5", "3", "4", "Alt+5", "N")
    assert rated(table) == {"r_tuned": "5", "r_impose": "3", "r_warm": "4", "r_mutual": "5", "r_child": "na"}
    assert {event.span for event in table.desk.coding} == {Span(S, 7 * S)}
    assert panel(table).code.id == "r_flat"
    assert table.bench.strip.text == "Saved · Rate “Child involvement with parent”: No opportunity"
    assert panel(table).row("r_child").button("na").isChecked()
    assert table.bench.side.mending.hindering == 1


def strokes(*keys: Qt.Key) -> None:
    """Real keys, to whatever has the focus when each is pressed."""
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)


def asked(table: Table, item: str) -> str | None:
    """What the empty field of an item's reason says; None if the item shows no field."""
    field = panel(table).row(item).field
    return field.placeholderText() if field is not None and field.isVisible() else None


def lacking(table: Table) -> list[str]:
    found = (finding.problem.what for finding in table.bench.side.mending.first(20))
    return [what for what in found if "without a reason" in what]


def test_digits_go_on_rating_where_a_reason_is_wanted_and_the_reason_comes_later(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    strokes(Qt.Key.Key_1)
    assert table.bench.timeline.hasFocus()
    assert panel(table).code.id == "r_impose"
    assert asked(table, "r_tuned") == "Enter: write the reason"
    strokes(Qt.Key.Key_5, Qt.Key.Key_3)
    assert rated(table) == {"r_tuned": "1", "r_impose": "5", "r_warm": "3"}
    assert [event.note for event in table.desk.coding] == ["", "", ""]
    assert asked(table, "r_tuned") == "Reason for this rating (needed)"  # Enter is for what was rated last
    assert lacking(table) == ["“Tuned responding” is rated 1 without a reason."]

    strokes(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert asked(table, "r_tuned") == "Enter: write the reason"
    strokes(Qt.Key.Key_Return)
    assert panel(table).row("r_tuned").field is QApplication.focusWidget()
    type_reason("Turns away at 0:02.")
    assert table.bench.timeline.hasFocus()
    assert lacking(table) == []
    strokes(Qt.Key.Key_4)
    assert rated(table) == {"r_tuned": "1", "r_impose": "5", "r_warm": "3", "r_mutual": "4"}
    assert {event.note for event in table.desk.coding} == {"Turns away at 0:02.", ""}

    said = []
    for _ in range(5):
        press(table.bench, "Ctrl+Z")
        said.append(table.bench.strip.text)
    assert said == [
        "Undone · Rate “Dyadic mutuality”: 4",
        "Undone · Reason for the rating of “Tuned responding”",
        "Undone · Rate “Warm regard”: 3",
        "Undone · Rate “Imposing control”: 5",
        "Undone · Rate “Tuned responding”: 1",
    ]
    assert rated(table) == {}


def test_enter_writes_the_reason_of_the_item_rated_last(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    strokes(Qt.Key.Key_4, Qt.Key.Key_6, Qt.Key.Key_Return)
    type_reason("Laughs at 0:04.")
    assert panel(table).code.id == "r_warm"  # the item that was the next stays the next
    strokes(Qt.Key.Key_3)
    assert [(one.code, one.note) for one in table.desk.coding if one.note] == [("r_impose", "Laughs at 0:04.")]
    assert rated(table) == {"r_tuned": "4", "r_impose": "6", "r_warm": "3"}


def test_esc_leaves_a_reason_unwritten_and_the_item_lacking_it(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    strokes(Qt.Key.Key_6, Qt.Key.Key_Return, Qt.Key.Key_A, Qt.Key.Key_Escape, Qt.Key.Key_4)
    assert rated(table) == {"r_tuned": "6", "r_impose": "4"}
    assert {event.note for event in table.desk.coding} == {""}
    assert asked(table, "r_tuned") == "Reason for this rating (needed)"
    assert lacking(table) == ["“Tuned responding” is rated 6 without a reason."]


def test_enter_on_an_item_without_a_rating_says_so(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    strokes(Qt.Key.Key_Return)
    assert table.bench.timeline.hasFocus()
    assert "“Tuned responding” is not rated, so it has no reason yet. Rate it first." in table.bench.strip.text


def test_the_next_thing_to_mend_is_a_reason_that_enter_opens(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    press(table.bench, "4", "6", "2", "Ctrl+F")
    assert panel(table).code.id == "r_impose"
    assert table.bench.timeline.hasFocus()
    strokes(Qt.Key.Key_Return)
    type_reason("Points for her, 0:03.")
    press(table.bench, "Ctrl+F")
    strokes(Qt.Key.Key_Return)
    type_reason("Flat voice, 0:05.")
    assert lacking(table) == []
    assert {event.code: event.note for event in table.desk.coding if event.note} == {
        "r_impose": "Points for her, 0:03.",
        "r_warm": "Flat voice, 0:05.",
    }


def test_a_reason_that_cannot_be_saved_stays_in_its_field(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    strokes(Qt.Key.Key_6, Qt.Key.Key_Return)
    table.writer.broken = True
    type_reason("Laughs.")
    field = panel(table).row("r_tuned").field
    assert field is not None
    assert field.text() == "Laughs."
    table.writer.broken = False
    strokes(Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert [event.note for event in table.desk.coding] == ["Laughs."]


def test_enter_writes_the_note_of_another_event_that_is_selected(qtbot: QtBot, laid: Laid) -> None:
    points = Tier("bids", "Bids", Stream.DYAD, TierKind.POINT, (Code("bid", "Bid", "B", "A bid."),))
    table = laid(scheme=replace(RATINGS, tiers=(points, *RATINGS.tiers)))
    press(table.bench, "6")
    assert asked(table, "r_tuned") == "Enter: write the reason"
    press(table.bench, "B")
    assert asked(table, "r_tuned") == "Reason for this rating (needed)"
    strokes(Qt.Key.Key_Return)
    type_reason("Reaches.")
    assert {event.code: event.note for event in table.desk.coding} == {"bid": "Reaches.", "r_tuned": ""}


def test_whoever_selects_a_rating_looks_at_its_item(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    press(table.bench, "4", "5", "3")
    table.bench.select(next(event for event in table.desk.coding if event.code == "r_impose"))
    assert panel(table).code.id == "r_impose"


def test_undo_takes_a_rating_back_and_the_panel_shows_it(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    press(table.bench, "5", "Ctrl+Z")
    assert rated(table) == {}
    assert not panel(table).row("r_tuned").button("5").isChecked()
    assert table.bench.strip.text == "Undone · Rate “Tuned responding”: 5"


def test_up_and_down_choose_the_item_where_nothing_else_is_coded(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    press(table.bench, "Down", "Down", "Up", "4", "Up", "Up", "Up", "3")
    assert rated(table) == {"r_impose": "4", "r_tuned": "3"}


def test_a_rating_is_changed_and_taken_back_by_its_button(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    row = panel(table).row("r_warm")
    for value, after in (("5", {"r_warm": "5"}), ("4", {"r_warm": "4"}), ("4", {})):
        QTest.mouseClick(row.button(value), Qt.MouseButton.LeftButton)
        assert rated(table) == after
        assert row.button(value).isChecked() is bool(after)
    assert len({edit.changes[0].after for edit in table.writer.saved}) == 3


def test_arrow_keys_go_from_item_to_item_at_the_same_number(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    panel(table).row("r_tuned").button("5").setFocus()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Down)
    assert panel(table).row("r_impose").button("5").hasFocus()
    assert panel(table).code.id == "r_impose"
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Space)
    assert rated(table) == {"r_impose": "5"}


def test_the_current_item_is_always_in_sight(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    table.bench.resize(1000, 500)
    for step in ["Down"] * 5 + ["Up"] * 5:
        press(table.bench, step)
        row = panel(table).row(panel(table).code.id)
        qtbot.waitUntil(lambda row=row: row.visibleRegion().boundingRect().height() >= row.height())


def test_segments_are_gone_through_by_key(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=in_segments(2))
    assert panel(table).segment == Span(S, 3 * S)
    press(table.bench, "4", "Ctrl+Shift+PgDown", "Ctrl+Shift+PgDown", "Ctrl+Shift+PgDown", "3")
    assert panel(table).segment == Span(5 * S, 7 * S)
    press(table.bench, "Ctrl+Shift+PgUp", "5")
    assert [(event.onset_us // S, event.modifier("rating")) for event in table.desk.coding] == [
        (1, "4"),
        (3, "5"),
        (5, "3"),
    ]
    assert table.bench.painted.value is not None
    assert table.bench.painted.value.index == 0


@pytest.mark.parametrize("go_on", ["Ctrl+Shift+PgDown", "Ctrl+F", "Down"])
def test_a_reason_that_is_being_typed_belongs_to_what_is_left(qtbot: QtBot, laid: Laid, go_on: str) -> None:
    """Whoever goes on without leaving the field, as a program that reads the screen may."""
    table = laid(scheme=in_segments(3))
    press(table.bench, "6", "4", "4", "4", "4", "4")
    strokes(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
    strokes(Qt.Key.Key_Return, *map(Qt.Key, b"LAUGHS"))
    press(table.bench, go_on, "Ctrl+F", "7")
    told = [(event.onset_us // S, event.code, event.note) for event in table.desk.coding if event.note]
    assert told == [(1, "r_tuned", "laughs")]


def test_the_next_thing_to_mend_is_the_item_to_rate(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=in_segments(3))
    press(table.bench, "5", "4", "4", "4", "4", "4", "Ctrl+F")
    assert (panel(table).segment, panel(table).code.id) == (Span(4 * S, 7 * S), "r_tuned")
    press(table.bench, "3")
    assert len(table.desk.coding) == 7


def test_a_digit_that_codes_does_not_rate(qtbot: QtBot, laid: Laid) -> None:
    points = Tier("bids", "Bids", Stream.DYAD, TierKind.POINT, (Code("bid", "Bid", "5", "A bid."),))
    table = laid(scheme=replace(RATINGS, tiers=(points, *RATINGS.tiers)))
    press(table.bench, "5", "Alt+5", "4")
    assert rated(table) == {"bid": None, "r_tuned": "5", "r_impose": "4"}
    assert "Alt+1 to Alt+7" in panel(table)._hint.text()
    assert "Keys: 1 to 7" in panel(laid(scheme=RATINGS))._hint.text()


def test_a_submitted_pass_shows_its_ratings_and_takes_none(qtbot: QtBot, laid: Laid) -> None:
    held = Event("1", "segment", "r_warm", Span(S, 7 * S), (("rating", "6"),), "Laughs.")
    table = laid(held, scheme=RATINGS, submitted=True)
    assert panel(table).row("r_warm").button("6").isChecked()
    press(table.bench, "5")
    assert list(table.desk.coding) == [held]
    panel(table).choose(RATINGS.code("segment", "r_warm"))
    field = panel(table).row("r_warm").field
    assert field is not None
    assert (field.text(), field.isReadOnly()) == ("Laughs.", True)


def test_a_disk_that_fails_leaves_the_panel_as_it_was(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    table.writer.broken = True
    QTest.mouseClick(panel(table).row("r_tuned").button("5"), Qt.MouseButton.LeftButton)
    assert rated(table) == {}
    assert not panel(table).row("r_tuned").button("5").isChecked()
    assert len(table.errors) == 1


@pytest.mark.parametrize(
    ("key", "value"), [("5", "5"), ("Alt+0", "0"), ("N", "na"), ("Alt+N", "na"), ("Ctrl+5", None), ("Q", None)]
)
def test_what_a_key_rates(key: str, value: str | None) -> None:
    assert rating_key(key) == value


def moments(table: Table, item: str = "r_tuned") -> list[tuple[float, float]]:
    held = next(event for event in table.desk.coding if event.code == item)
    return [(one.start_us / S, one.end_us / S) for one in held.moments]


def test_a_key_attaches_what_was_just_seen_to_the_item_rated_last(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    show_frame(qtbot, table.bench, 149)
    press(table.bench, "Ctrl+H")
    assert (
        "“Tuned responding” is not rated, so it cannot have evidence yet. Rate it first." in table.bench.strip.text
    )
    press(table.bench, "5", "Ctrl+H")
    assert moments(table) == [(2.0, 7.0)]  # five seconds, up to the end of the last frame
    assert panel(table).code.id == "r_impose"
    show_frame(qtbot, table.bench, 24)
    press(table.bench, "Ctrl+H")
    assert moments(table) == [(1.0, 2.0), (2.0, 7.0)]  # cut at the start of the segment
    assert table.bench.strip.text == "Saved · Evidence for “Tuned responding”: 00:00:01.000 to 00:00:02.000"
    press(table.bench, "4", "Up", "Ctrl+H")
    assert moments(table, "r_impose") == [(1.0, 2.0)]
    press(table.bench, "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert moments(table) == [(2.0, 7.0)]


def test_a_loop_is_the_moment_exactly(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    press(table.bench, "5")
    show_frame(qtbot, table.bench, 50)
    press(table.bench, "Ctrl+Home")
    show_frame(qtbot, table.bench, 74)
    press(table.bench, "Ctrl+End", "Ctrl+H")
    assert moments(table) == [(3.0, 4.0)]


def test_a_moment_is_played_and_taken_away_at_its_chip(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=RATINGS)
    press(table.bench, "5")
    show_frame(qtbot, table.bench, 24)
    press(table.bench, "Ctrl+H")
    show_frame(qtbot, table.bench, 149)
    chips = panel(table).row("r_tuned").moments
    (chip,) = chips.chips
    assert chip.play.text() == "▸ 0:01.0–0:02.0"
    assert chip.play.isVisible()
    chip.play.setFocus(Qt.FocusReason.TabFocusReason)
    strokes(Qt.Key.Key_Return)
    assert table.bench.player.playing
    qtbot.waitUntil(lambda: not table.bench.player.playing, timeout=20_000)
    wait_for_frame(qtbot, table.bench, 24)
    strokes(Qt.Key.Key_Delete)
    assert moments(table) == []
    assert chips.isHidden()
    assert table.bench.timeline.hasFocus()
    press(table.bench, "Ctrl+Z")
    assert moments(table) == [(1.0, 2.0)]
    cross = chips.chips[0].cross
    assert cross is not None
    cross.click()
    assert moments(table) == []


def test_a_moment_outside_the_segment_is_refused_and_a_full_rating_takes_no_more(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=in_segments(3))
    press(table.bench, "5")
    show_frame(qtbot, table.bench, 149)
    for _ in range(2):
        press(table.bench, "Ctrl+H")  # of the last five seconds, what lies in the first three of the film
    assert moments(table) == [(2.0, 4.0)]
    assert "“Tuned responding” has this moment already." in table.bench.strip.text
    table.bench.player.options.set(replace(table.bench.player.options.value, replay_us=S))
    press(table.bench, "Ctrl+H")
    assert "What is on the screen lies outside the segment that is rated." in table.bench.strip.text
    for frame in range(MOST - 1):
        show_frame(qtbot, table.bench, frame)
        press(table.bench, "Ctrl+H")
    show_frame(qtbot, table.bench, 40)
    press(table.bench, "Ctrl+H")
    assert len(moments(table)) == MOST
    assert "“Tuned responding” has 20 moments, and no rating can have more." in table.bench.strip.text


def test_where_no_ratings_are_in_play_evidence_belongs_to_nothing(qtbot: QtBot, laid: Laid) -> None:
    table = laid()
    table.bench.in_play.set(InPlay(frozenset({"engage"}), hidden=False))
    press(table.bench, "Ctrl+H")
    assert "Evidence belongs to a rating, and no ratings are in play." in table.bench.strip.text


def viewed(laid: Laid) -> tuple[Table, list[Span]]:
    """A bench whose one segment, the whole film, is to be watched twice; and what it told its host."""
    (tier,) = RATINGS.tiers
    kept: list[Span] = []
    table = laid(scheme=replace(RATINGS, tiers=(replace(tier, viewings=2),)), keep_viewing=kept.append)
    return table, kept


def watched(table: Table) -> str:
    return panel(table).head.watched.text()


def stand(qtbot: QtBot, table: Table) -> None:
    qtbot.waitUntil(lambda: not table.bench.player.playing, timeout=20_000)


def test_a_segment_that_was_watched_to_its_end_is_told_and_counted(qtbot: QtBot, laid: Laid) -> None:
    table, kept = viewed(laid)
    table.bench.player.set_rate(2.0)
    assert watched(table) == "Watched 0 of 2 times from start to end"
    press(table.bench, "Space")
    stand(qtbot, table)
    assert kept == [Span(S, 7 * S)]
    assert watched(table) == "Watched 1 of 2 times from start to end"
    press(table.bench, "Home")
    wait_for_frame(qtbot, table.bench, 0)
    press(table.bench, "Space")
    stand(qtbot, table)
    assert kept == [Span(S, 7 * S)] * 2
    assert watched(table) == "✓ Watched 2 times from start to end"


def test_who_plays_faster_or_leaves_something_out_has_not_watched(qtbot: QtBot, laid: Laid) -> None:
    table, kept = viewed(laid)
    table.bench.player.set_rate(4.0)
    press(table.bench, "Space")
    stand(qtbot, table)
    table.bench.player.set_rate(2.0)
    show_frame(qtbot, table.bench, 30)
    press(table.bench, "Space")
    stand(qtbot, table)
    assert kept == []
    show_frame(qtbot, table.bench, 0)
    press(table.bench, "Space")
    qtbot.waitUntil(lambda: (table.bench.painted.value or Painted(0, 0)).index > 20, timeout=20_000)
    table.bench.go_to(table.onset(100))
    stand(qtbot, table)
    assert kept == []
    assert watched(table) == "Watched 0 of 2 times from start to end"


CHECKLIST = read_scheme(shipped("schemes") / "templates" / "checklist.toml")


def test_a_checklist_is_scored_by_keys(qtbot: QtBot, laid: Laid) -> None:
    table = laid(scheme=CHECKLIST)
    assert [button.value for button in panel(table).row("a1").buttons] == ["0", "1", "2", "na"]
    press(table.bench, "2", "0", "1", "N", "3", "2", "0")
    assert rated(table) == {"a1": "2", "a2": "0", "a3": "1", "b1": "na", "b2": "2", "b3": "0"}
    assert "What 2 looks like." in panel(table).row("a1").button("2").toolTip()
    assert "Seen clearly or often." in panel(table).row("b3").button("2").toolTip()
    assert table.bench.side.mending.hindering == 0
