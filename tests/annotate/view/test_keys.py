"""Qt's key events as the keymap writes keys; menus as records."""

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent

from coder.annotate.keymap import COMMAND, COMMANDS, Do
from coder.annotate.view.keyhelp import columns
from coder.annotate.view.keys import key_text, shown
from coder.annotate.view.menu import event_menu
from coder.model.coding import Event
from coder.model.time import Span
from tests.annotate.example import SCHEME

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, PAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier


@pytest.mark.parametrize(
    ("key", "modifiers", "text"),
    [
        (Qt.Key.Key_Q, NONE, "Q"),
        (Qt.Key.Key_Q, SHIFT, "Shift+Q"),
        (Qt.Key.Key_4, NONE, "4"),
        (Qt.Key.Key_4, PAD, "4"),
        (Qt.Key.Key_4, SHIFT, "4"),  # a French keyboard needs Shift for digits
        (Qt.Key.Key_4, CTRL, "Ctrl+4"),
        (Qt.Key.Key_Left, CTRL | SHIFT, "Ctrl+Shift+Left"),
        (Qt.Key.Key_Enter, PAD, "Return"),
        (Qt.Key.Key_Question, SHIFT, "?"),
        (Qt.Key.Key_Plus, SHIFT, "+"),
        (Qt.Key.Key_BracketLeft, NONE, "["),
        (Qt.Key.Key_F3, NONE, "F3"),
        (Qt.Key.Key_Shift, SHIFT, ""),
        (Qt.Key.Key_MediaPlay, NONE, ""),
    ],
)
def test_a_key_event_is_written_as_the_keymap_writes_it(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str
) -> None:
    assert key_text(QKeyEvent(QEvent.Type.KeyPress, key, modifiers)) == text


def test_keys_are_shown_as_they_stand_on_the_keyboard() -> None:
    assert [shown(key) for key in ("Ctrl+Shift+Left", "+", "Return")] == ["Ctrl+Shift+←", "+", "Enter"]


def test_the_overview_lists_every_key() -> None:
    listed = {key for column in columns(SCHEME) for _, entries in column for keys, _ in entries for key in keys}
    assert listed >= {key for command in COMMANDS for key in command.keys}
    assert listed >= {code.key for tier, code in SCHEME.codes() if tier.id != "rated"}
    assert listed >= {"Z", "X", "V", "B", "Ctrl+1"}


def test_the_menu_of_an_event_offers_what_can_be_done_with_it() -> None:
    done: list[object] = []
    state, moment = Event("1", "engage", "off", Span(0, 9)), Event("2", "bids", "bid_c", Span(5, 5))
    items = {item.label: item for item in event_menu(SCHEME, state, done.append, done.append, locked=False)}
    split = items[COMMAND[Do.SPLIT].label]
    assert split.enabled
    assert split.run is not None
    split.run()
    codes = items["Change the code"].items
    assert [code.enabled for code in codes] == [False, True, True, True, True]
    assert codes[1].run is not None
    codes[1].run()
    assert done == [Do.SPLIT, "person"]
    point = {item.label: item for item in event_menu(SCHEME, moment, done.append, done.append, locked=False)}
    assert not point[COMMAND[Do.SPLIT].label].enabled
    assert not point[COMMAND[Do.SET_OFFSET].label].enabled


def test_a_locked_pass_offers_only_to_look() -> None:
    state = Event("1", "engage", "off", Span(0, 9))
    items = event_menu(SCHEME, state, lambda _: None, lambda _: None, locked=True)
    assert [item.label for item in items if item.enabled and item.label] == ["Go to its onset"]
