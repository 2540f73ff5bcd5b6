"""Qt's key events as the keymap writes keys; menus as records."""

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent

from coder.annotate.keycaps import shown
from coder.annotate.keymap import COMMAND, COMMANDS, Do, KeyChoices, Keymap
from coder.annotate.view.key_places import MAC, SET_1
from coder.annotate.view.keyhelp import sections, spread
from coder.annotate.view.keys import key_text, key_texts
from coder.annotate.view.menu import Item, MenuWishes, event_menu
from coder.annotate.view.selection import Selection
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


ALT, META = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier
A_PLACE, DIGIT_2, BRACKET, SEMICOLON = 30, 3, 26, 39  # evdev and set 1 alike


def pressed(
    key: int, typed: str, place: int, modifiers: Qt.KeyboardModifier = NONE, platform: str = "xcb"
) -> tuple[str, ...]:
    """What a key press reads as: Qt's key, what it typed, and where it lies."""
    code = place if platform in ("windows", "cocoa") else place + 8
    return key_texts(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, code, code, 0, typed), platform)


@pytest.mark.parametrize("platform", ["xcb", "wayland", "windows"])
@pytest.mark.parametrize(
    ("name", "key", "typed", "place", "modifiers", "readings"),
    [
        ("a letter means what is on its cap: German Z", Qt.Key.Key_Z, "z", 21, NONE, ("Z",)),
        ("French A lies where Q lies elsewhere", Qt.Key.Key_A, "a", 16, NONE, ("A",)),
        ("with Ctrl nothing readable is typed", Qt.Key.Key_Z, "\x1a", 21, CTRL, ("Ctrl+Z",)),
        ("Cyrillic", 0x0424, "ф", A_PLACE, NONE, ("A",)),
        ("Cyrillic with Shift", 0x0424, "Ф", A_PLACE, SHIFT, ("Shift+A",)),
        ("Cyrillic with Ctrl", 0x042F, "", 44, CTRL, ("Ctrl+Z",)),
        ("Greek", 0x0391, "α", A_PLACE, NONE, ("A",)),
        ("Hebrew", 0x05E9, "ש", A_PLACE, NONE, ("A",)),
        ("Arabic", 0x0634, "ش", A_PLACE, NONE, ("A",)),
        ("Arabic digits are digits", 0x0662, "٢", DIGIT_2, NONE, ("2",)),
        ("Cyrillic at the place of a bracket", 0x0425, "х", BRACKET, NONE, ("[",)),
        ("German ö at the place of ;", 0xD6, "ö", SEMICOLON, NONE, (";",)),
        ("German ; needs Shift", Qt.Key.Key_Semicolon, ";", 51, SHIFT, (";",)),
        ("French é at the place of 2", 0xC9, "é", DIGIT_2, NONE, ("2",)),
        ("French & at the place of 1", Qt.Key.Key_Ampersand, "&", 2, NONE, ("&", "1")),
        ("French digits need Shift", Qt.Key.Key_2, "2", DIGIT_2, SHIFT, ("2",)),
        ("a sign that was shifted is no other key", Qt.Key.Key_Less, "<", 51, SHIFT, ("<",)),
        ("an accented Latin letter is not the letter below it", 0x104, "ą", A_PLACE, NONE, ()),
        ("German ? needs Shift", Qt.Key.Key_Question, "?", 12, SHIFT, ("?",)),
        ("German + needs none", Qt.Key.Key_Plus, "+", 27, NONE, ("+", "]")),
        ("a dead key", Qt.Key.Key_Dead_Circumflex, "", 41, NONE, ("^", "`")),
        ("the number pad", Qt.Key.Key_7, "7", 71, PAD, ("7",)),
        ("the system's own key", Qt.Key.Key_Q, "q", 16, META, ()),
        ("Ctrl and Alt that typed nothing are meant", Qt.Key.Key_J, "", 36, CTRL | ALT, ("Ctrl+Alt+J",)),
    ],
)
def test_keyboards_of_the_world(
    platform: str,
    name: str,
    key: int,
    typed: str,
    place: int,
    modifiers: Qt.KeyboardModifier,
    readings: tuple[str, ...],
) -> None:
    assert pressed(key, typed, place, modifiers, platform) == readings


def test_a_sign_that_needs_altgr_is_that_sign() -> None:
    assert pressed(Qt.Key.Key_BracketLeft, "[", 9, CTRL | ALT, "windows")[0] == "["
    assert pressed(Qt.Key.Key_BracketLeft, "[", 9, NONE, "xcb")[0] == "["
    assert pressed(Qt.Key.Key_5, "[", 23, ALT, "cocoa")[0] == "["
    assert pressed(Qt.Key.Key_0, "º", 29, ALT, "cocoa")[0] == "Alt+0"


def test_places_on_a_mac_are_counted_otherwise() -> None:
    assert pressed(0x0424, "ф", 0, platform="cocoa") == ("A",)
    assert pressed(0x0425, "х", 33, platform="cocoa") == ("[",)
    assert sorted(MAC.values()) == sorted(SET_1.values())


def test_keys_are_shown_as_they_stand_on_the_keyboard() -> None:
    assert [shown(key) for key in ("Ctrl+Shift+Left", "+", "Alt++", "Return")] == [
        "Ctrl+Shift+←",
        "+",
        "Alt++",
        "Enter",
    ]


def test_the_overview_lists_every_key() -> None:
    listed = {key for _, entries in sections(SCHEME, Keymap(SCHEME)) for keys, _ in entries for key in keys}
    assert listed >= {key for command in COMMANDS for key in command.keys}
    assert listed >= {code.key for tier, code in SCHEME.codes() if tier.id != "rated"}
    assert listed >= {"Z", "X", "V", "B", "Ctrl+1"}


def menu(
    *events: Event, done: list[object] | None = None, locked: bool = False, keymap: Keymap | None = None
) -> dict[str, Item]:
    """The menu of the first of these events, all of them selected."""
    told = done if done is not None else []
    selection = Selection()
    selection.choose(events[0], events)
    wishes = MenuWishes(told.append, told.append, lambda tier, code: told.append((tier, code)))
    items = event_menu(SCHEME, keymap or Keymap(SCHEME), selection, events[0], wishes, locked=locked)
    return {item.label: item for item in items}


def test_the_menu_of_an_event_shows_the_keys_in_force() -> None:
    changed = Keymap(SCHEME, KeyChoices({Do.DELETE: ("F7",)}, {("gaze", "toy"): "F8"}))
    items = menu(Event("e", "gaze", "face", Span(0, 1)), keymap=changed)
    assert items["Delete"].key == "F7"
    assert [(item.label, item.key) for item in items["Change the code"].items] == [
        ("Parent's face", "Q"),
        ("The toy", "F8"),
    ]


def test_the_overview_shows_the_keys_in_force() -> None:
    keymap = Keymap(SCHEME, KeyChoices({Do.PLAY: ("F7",)}, {("engage", "shared"): "F8"}))
    keys = {label: keys for _, entries in sections(SCHEME, keymap) for keys, label in entries}
    assert keys["Play or pause"] == ("F7",)
    assert keys["Sharing, parent carries it"] == ("F8",)


@pytest.mark.parametrize(
    ("lengths", "columns", "places"),
    [
        ([5, 5, 5], 3, [range(1), range(1, 2), range(2, 3)]),
        ([9, 2, 2, 2], 2, [range(1), range(1, 4)]),
        ([3, 3], 1, [range(2)]),
        ([], 3, [range(0)]),
    ],
)
def test_sections_are_spread_over_columns_in_their_order(
    lengths: list[int], columns: int, places: list[range]
) -> None:
    assert spread(lengths, columns) == places


def test_the_menu_of_an_event_offers_what_can_be_done_with_it() -> None:
    done: list[object] = []
    state, moment = Event("1", "engage", "off", Span(0, 9)), Event("2", "bids", "bid_c", Span(5, 5))
    items = menu(state, done=done)
    split = items[COMMAND[Do.SPLIT].label]
    assert split.enabled
    assert split.run is not None
    split.run()
    codes = items["Change the code"].items
    assert [code.enabled for code in codes] == [False, True, True, True, True]
    assert codes[1].run is not None
    codes[1].run()
    tiers = items["Copy to"].items
    assert [tier.label for tier in tiers] == ["Child gaze", "Parent acts"]  # the others have no states
    assert tiers[0].items[1].run is not None
    tiers[0].items[1].run()
    assert done == [Do.SPLIT, "person", ("gaze", "toy")]
    point = menu(moment)
    assert not point[COMMAND[Do.SPLIT].label].enabled
    assert not point[COMMAND[Do.SET_OFFSET].label].enabled


def test_the_menu_of_several_events_says_how_many_and_offers_what_goes_for_all() -> None:
    one, two = Event("1", "engage", "off", Span(0, 9)), Event("2", "engage", "person", Span(9, 12))
    items = menu(one, two)
    assert next(iter(items)) == "2 events selected"
    assert COMMAND[Do.SET_ONSET].label not in items
    assert all(code.enabled for code in items["Change the code"].items)
    across = menu(one, Event("3", "bids", "bid_c", Span(5, 5)))
    assert not across["Change the code"].enabled
    assert not across[COMMAND[Do.MERGE].label].enabled


def test_a_locked_pass_offers_only_to_look() -> None:
    items = menu(Event("1", "engage", "off", Span(0, 9)), locked=True)
    assert [label for label, item in items.items() if item.enabled and label] == ["Go to its onset", "Copy"]
