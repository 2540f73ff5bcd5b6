"""The inspector: certainty, reaction time, several events, a note that could not be saved; and what fits."""

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from coder.annotate.view.chips import Chip
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.model.coding import Certainty, Event
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.view.conftest import Laid, Table
from tests.annotate.view.hands import press

SHARED = Event("shared", "engage", "shared", Span(S, 7 * S))


def note(table: Table) -> QLineEdit:
    shown = table.bench.inspector.shown()
    return next(field for field in shown.findChildren(QLineEdit) if field.accessibleName() == "Note")


def labels(table: Table) -> list[str]:
    shown = table.bench.inspector.shown()
    return [label.text() for label in shown.findChildren(QLabel)]


def chip(table: Table, text: str) -> Chip:
    shown = table.bench.inspector.shown()
    return next(one for one in shown.findChildren(Chip) if one.text() == text)


def only(table: Table) -> Event:
    (event,) = table.desk.coding
    return event


def test_how_sure_one_is_goes_round_by_key_and_is_set_by_a_click(laid: Laid, qtbot: QtBot) -> None:
    table = laid(SHARED)
    press(table.bench, "Down")
    assert chip(table, "Certain").isChecked()
    seen = []
    for _ in range(3):
        press(table.bench, "Ctrl+U")
        seen.append(only(table).certainty)
    assert seen == [Certainty.LIKELY, Certainty.GUESS, Certainty.CERTAIN]
    qtbot.waitUntil(lambda: chip(table, "A guess").isVisible())
    qtbot.mouseClick(chip(table, "A guess"), Qt.MouseButton.LeftButton)
    assert only(table).certainty is Certainty.GUESS
    assert chip(table, "A guess").isChecked()


def test_a_correction_for_reaction_time_is_shown(laid: Laid) -> None:
    table = laid(Event("b", "bids", "bid_c", Span.moment(3 * S), reaction_us=200_000), SHARED)
    table.bench.select(table.desk.coding.row("bids")[0])
    assert "Put 0.200 s earlier for reaction time" in labels(table)
    table.bench.select(SHARED)
    assert not any("reaction" in text for text in labels(table))


def test_several_events_are_summed_up_with_what_can_be_done(laid: Laid) -> None:
    table = laid(
        Event("a", "bids", "bid_c", Span.moment(2 * S)),
        Event("b", "bids", "bid_c", Span.moment(3 * S)),
        Event("c", "bids", "bid_p", Span.moment(4 * S)),
    )
    bids = table.desk.coding.row("bids")
    table.bench.selection.choose(bids[0], bids)
    assert labels(table)[:3] == [
        "3 events",
        "2 × Child invites\n1 × Parent invites",
        "00:00:02.000 to 00:00:04.000",
    ]
    assert "Delete" in labels(table)
    table.bench.select(bids[1])
    assert labels(table)[0] == "Child invites"


def test_a_note_that_could_not_be_saved_stays_in_its_field_and_is_saved_with_enter(laid: Laid) -> None:
    table = laid(SHARED)
    press(table.bench, "Down", "Return")
    table.writer.broken = True
    QTest.keyClicks(note(table), "Sneezes, laughs")
    QTest.keyClick(note(table), Qt.Key.Key_Return)
    assert len(table.errors) == 1
    assert note(table).text() == "Sneezes, laughs"
    assert "Note – not saved yet, Enter tries again" in labels(table)
    press(table.bench, "Esc", "Down")  # away and back
    assert note(table).text() == "Sneezes, laughs"
    table.bench.timeline.setFocus()
    assert len(table.errors) == 1  # looking away is no attempt
    table.writer.broken = False
    press(table.bench, "Return")
    QTest.keyClick(note(table), Qt.Key.Key_Return)
    assert only(table).note == "Sneezes, laughs"
    assert "Note" in labels(table)
    assert table.bench.timeline.hasFocus()


def test_a_note_that_is_being_typed_stays_with_its_event(laid: Laid) -> None:
    talk = Event("talk", "self", "talk", Span(2 * S, 3 * S))
    table = laid(SHARED, talk)
    table.bench.select(SHARED)
    press(table.bench, "Return")
    QTest.keyClicks(note(table), "smiles")
    table.bench.select(talk)
    assert [(event.id, event.note) for event in table.desk.coding] == [("shared", "smiles"), ("talk", "")]
    assert table.bench.selected.value is not None
    assert table.bench.selected.value.id == "talk"


@pytest.mark.parametrize("typed", ["99:00", "0.999"])
@pytest.mark.parametrize("edge", ["Onset", "Offset"])
def test_a_typed_time_outside_the_coded_window_is_refused(laid: Laid, edge: str, typed: str) -> None:
    table = laid(replace(SHARED, span=Span(2 * S, 6 * S)))
    press(table.bench, "Down")
    shown = table.bench.inspector.shown()
    field = next(one for one in shown.findChildren(QLineEdit) if one.accessibleName() == edge)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "lies outside the coded window" in table.bench.strip.text
    assert only(table).span == Span(2 * S, 6 * S)
    assert table.bench.timeline.hasFocus()


def test_the_times_of_a_rating_can_be_read_and_not_typed(laid: Laid) -> None:
    rating = Event("warm", "rated", "warm", Span(S, 7 * S))
    table = laid(SHARED, rating)
    for event, fixed in ((rating, True), (SHARED, False)):
        table.bench.select(event)
        fields = table.bench.inspector.shown().findChildren(QLineEdit)
        times = [one for one in fields if one.accessibleName() in ("Onset", "Offset")]
        assert [one.isReadOnly() for one in times] == [fixed, fixed]


def test_esc_drops_a_note_that_could_not_be_saved(laid: Laid) -> None:
    table = laid(SHARED)
    press(table.bench, "Down", "Return")
    table.writer.broken = True
    QTest.keyClicks(note(table), "Sneezes")
    QTest.keyClick(note(table), Qt.Key.Key_Return)
    press(table.bench, "Return")
    QTest.keyClick(note(table), Qt.Key.Key_Escape)
    press(table.bench, "Esc", "Down")
    assert note(table).text() == ""
    assert "Note" in labels(table)


@pytest.mark.parametrize("text_pt", [8, 10, 13, 16])
def test_nothing_is_cut_at_any_size_of_text(laid: Laid, qtbot: QtBot, qapp: QApplication, text_pt: int) -> None:
    apply_theme(qapp, LIGHT, text_pt=text_pt)
    table = laid(SHARED, Event("o", "engage", "object", Span(7 * S - 40_000, 7 * S)))
    for event in (SHARED, table.desk.coding.row("engage")[-1]):
        table.bench.select(event)
        shown = table.bench.inspector.shown()
        view = table.bench.inspector.viewport()
        assert view is not None
        qtbot.waitUntil(lambda shown=shown: all(one.isVisible() for one in shown.findChildren(Chip)))
        qtbot.wait(20)
        assert shown.width() <= view.width()
        for label in shown.findChildren(QLabel):
            assert label.heightForWidth(label.width()) <= label.height() + 1, label.text()
        for field in shown.findChildren(QLineEdit):
            if field.accessibleName() in ("Onset", "Offset"):
                assert field.fontMetrics().horizontalAdvance(field.text()) + 20 <= field.width()
        for one in shown.findChildren(Chip):
            assert one.geometry().right() <= shown.width(), one.text()
            assert one.width() >= one.sizeHint().width()


def test_what_was_settled_to_be_as_right_is_read_beside_the_event(laid: Laid) -> None:
    table = laid(SHARED, Event("b", "bids", "bid_c", Span.moment(3 * S), either=("", "bid_p")))
    table.bench.select(table.desk.coding.row("bids")[0])
    assert "As right here: nothing, Parent invites" in labels(table)
    table.bench.select(table.desk.coding.row("engage")[0])
    assert not [text for text in labels(table) if text.startswith("As right here")]
