"""The pad: large buttons that code like the keys and never take the keyboard."""

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coder.annotate.view.pad import FINGER_PX, PadButton, shelves
from coder.model.time import SECOND_US as S
from tests.annotate.example import SCHEME
from tests.annotate.view.conftest import OFFSET_US, Laid, Table
from tests.annotate.view.hands import press, show_frame

END_US = OFFSET_US + 6 * S


def visible(table: Table) -> list[PadButton]:
    return [one for one in table.bench.side.pad.findChildren(PadButton) if one.isVisible()]


@pytest.mark.parametrize(
    ("counts", "columns", "places"),
    [
        ((), 3, ()),
        ((2, 1), 3, ((0, 0, 2), (0, 2, 1))),
        ((2, 2), 3, ((0, 0, 2), (1, 0, 2))),
        ((7, 1), 3, ((0, 0, 3), (1, 0, 1))),
        ((1, 1, 1), 1, ((0, 0, 1), (1, 0, 1), (2, 0, 1))),
    ],
)
def test_groups_stand_side_by_side_while_they_fit(
    counts: tuple[int, ...], columns: int, places: tuple[tuple[int, int, int], ...]
) -> None:
    assert shelves(counts, columns) == places


def test_the_key_shows_the_pad_in_place_of_the_palette_and_back(laid: Laid) -> None:
    table = laid()
    press(table.bench, "Ctrl+P")
    assert not table.bench.palette_of_codes.isVisible()
    timed = {code.label for tier, code in SCHEME.codes() if tier.id != "rated"}
    assert {button.text() for button in visible(table)} == timed
    assert min(button.height() for button in visible(table)) >= FINGER_PX
    assert min(button.width() for button in visible(table)) >= FINGER_PX
    press(table.bench, "Ctrl+P")
    assert table.bench.palette_of_codes.isVisible()


def test_a_click_codes_at_the_frame_on_the_screen_and_leaves_the_keyboard_alone(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "Ctrl+P")
    show_frame(qtbot, table.bench, 30)
    pad = table.bench.side.pad
    qtbot.mouseClick(pad.button("engage", "person"), Qt.MouseButton.LeftButton)
    (event,) = table.desk.coding.row("engage")
    assert (event.code, event.onset_us, event.offset_us) == ("person", table.onset(30), END_US)
    assert table.bench.timeline.hasFocus()
    assert pad.button("engage", "person").holds
    press(table.bench, "1")
    assert [pad.button("engage", code).holds for code in ("person", "off")] == [False, True]


def test_details_are_asked_for_in_large_buttons_and_no_code_moves(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "Ctrl+P")
    pad = table.bench.side.pad
    button = pad.button("engage", "shared")
    before = button.mapTo(table.bench, button.rect().topLeft())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(one.text() == "Child" for one in visible(table)))
    child = next(one for one in visible(table) if one.text() == "Child")
    assert button.mapTo(table.bench, button.rect().topLeft()) == before
    qtbot.waitUntil(lambda: child.height() >= FINGER_PX)
    qtbot.mouseClick(child, Qt.MouseButton.LeftButton)
    (event,) = table.desk.coding.row("engage")
    assert event.modifier("who_started") == "child"
    qtbot.waitUntil(lambda: {"Building", "Music"} <= {one.text() for one in visible(table)})
    assert table.bench.timeline.hasFocus()


def test_it_shows_what_is_in_play(laid: Laid) -> None:
    table = laid()
    press(table.bench, "Ctrl+P", "Ctrl+R", "Ctrl+R")
    assert {button.text() for button in visible(table)} == {"Talks", "Touches"}


def test_every_button_has_a_name_with_its_key(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    press(table.bench, "Ctrl+P", "4")
    qtbot.waitUntil(lambda: any(one.text() == "Child" for one in visible(table)))
    names = {button.text(): button.accessibleName() for button in visible(table)}
    assert names["Not engaged"] == "Not engaged, key 1"
    assert names["Child"] == "Who started: Child, key Z"
    assert all(button.focusPolicy() is Qt.FocusPolicy.NoFocus for button in visible(table))


def test_a_locked_pass_shows_it_and_takes_nothing(laid: Laid) -> None:
    table = laid(submitted=True)
    press(table.bench, "Ctrl+P")
    assert not any(button.isEnabled() for button in visible(table))
