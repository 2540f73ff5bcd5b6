"""Every key means one thing."""

from dataclasses import replace

import pytest

from coder.annotate.keymap import (
    COMMAND,
    COMMANDS,
    RESERVED,
    CodeKey,
    Command,
    Do,
    KeyChoices,
    Keymap,
    OptionKey,
    manual,
)
from coder.model.coding import Event
from coder.model.scheme import Option, Scheme
from coder.model.time import Span
from tests.annotate.example import BIDS, ENGAGE, SCHEME, STARTED

SHARED = Event("1", "engage", "shared", Span(0, 10))
OBJECT = Event("2", "engage", "object", Span(0, 10))


def test_each_command_has_keys_of_its_own() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    assert set(COMMAND) == set(Do)


def test_the_keys_that_schemes_must_leave_alone_are_reserved() -> None:
    assert {
        "Space",
        "Left",
        "Right",
        "Up",
        "Down",
        "J",
        "K",
        "L",
        "Return",
        "Esc",
        "Tab",
        "Backspace",
        ",",
        ".",
    } <= RESERVED


@pytest.mark.parametrize(
    ("key", "meaning"),
    [("Space", Do.PLAY), ("Ctrl+Z", Do.UNDO), ("Ctrl+Y", Do.REDO), ("4", "shared"), ("A", "bid_c"), ("Z", None)],
)
def test_keys_mean_commands_and_codes(key: str, meaning: str | None) -> None:
    found = Keymap(SCHEME).meaning(key)
    name = found.do if isinstance(found, Command) else found.code.id if isinstance(found, CodeKey) else found
    assert name == meaning


def test_option_keys_apply_only_to_an_event_that_asks_for_them() -> None:
    keymap = Keymap(SCHEME)
    found = keymap.meaning("Z", SHARED)
    assert isinstance(found, OptionKey)
    assert (found.modifier.id, found.value) == ("who_started", "child")
    assert keymap.meaning("Z", OBJECT) is None


def test_a_number_is_set_with_ctrl_and_a_digit() -> None:
    keymap = Keymap(SCHEME)
    found = keymap.meaning("Ctrl+3", OBJECT)
    assert isinstance(found, OptionKey)
    assert (found.modifier.id, found.value) == ("level", "3")
    assert keymap.meaning("Ctrl+4", OBJECT) is None


def test_the_example_has_no_collision() -> None:
    assert Keymap(SCHEME).problems == []


def with_key(code_id: str, key: str) -> Scheme:
    codes = tuple(replace(code, key=key) if code.id == code_id else code for code in BIDS.codes)
    return replace(SCHEME, tiers=(ENGAGE, replace(BIDS, codes=codes)))


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("4", "“Parent invites” has the key 4, which is the key of “Sharing, parent carries it”."),
        ("J", "“Parent invites” has the key J, which is the key of “Play backwards, again: faster”."),
        ("a", "“Parent invites” has the key A, which is the key of “Child invites”."),
    ],
)
def test_a_code_key_that_is_taken_is_reported_and_keeps_its_first_meaning(key: str, what: str) -> None:
    keymap = Keymap(with_key("bid_p", key))
    assert [problem.what for problem in keymap.problems] == [what]
    assert keymap.problems[0].where == "tier bids"
    first = keymap.meaning(key.upper())
    assert not (isinstance(first, CodeKey) and first.code.id == "bid_p")


def test_an_option_key_never_hides_a_code_key() -> None:
    asking = replace(STARTED, options=(Option("child", "Child", "1"), Option("parent", "Parent", "X")))
    codes = tuple(replace(c, modifiers=(asking,)) if c.id == "shared" else c for c in ENGAGE.codes)
    keymap = Keymap(replace(SCHEME, tiers=(replace(ENGAGE, codes=codes),)))
    assert [p.what for p in keymap.problems] == [
        "“Sharing, parent carries it: Who started, Child” has the key 1, which is the key of “Not engaged”."
    ]
    assert isinstance(keymap.meaning("1", SHARED), CodeKey)


def test_the_manual_lists_every_key() -> None:
    text = manual()
    assert all(f"`{key}`" in text for command in COMMANDS for key in command.keys)


def changed(commands: dict[Do, tuple[str, ...]], codes: dict[tuple[str, str], str] | None = None) -> Keymap:
    return Keymap(SCHEME, KeyChoices(commands, codes or {}))


def test_a_changed_command_has_its_new_keys_and_no_other() -> None:
    keymap = changed({Do.PLAY: ("F7", "Ctrl+Space")})
    assert keymap.problems == []
    assert keymap.keys_of(Do.PLAY) == ("F7", "Ctrl+Space")
    assert keymap.meaning("F7") == keymap.command(Do.PLAY)
    assert keymap.meaning("Space") is None
    assert keymap.command(Do.PLAY).hint == "Play or pause (F7)"
    assert next(one for _, group in keymap.groups() for one in group if one.do is Do.PLAY).keys[0] == "F7"


def test_two_commands_can_change_places() -> None:
    keymap = changed({Do.PAUSE: ("Space",), Do.PLAY: ("K",)})
    assert keymap.problems == []
    assert (keymap.keys_of(Do.PAUSE), keymap.keys_of(Do.PLAY)) == (("Space",), ("K",))


@pytest.mark.parametrize(
    ("key", "taken_by"),
    [("K", "the key of “Pause”"), ("Ctrl+O", "a key of the window"), ("Tab", "a key of the window")],
)
def test_a_command_cannot_take_a_key_and_keeps_its_own(key: str, taken_by: str) -> None:
    keymap = changed({Do.PLAY: (key,)})
    assert [one.what for one in keymap.problems] == [f"“Play or pause” has the key {key}, which is {taken_by}."]
    assert keymap.keys_of(Do.PLAY) == ("Space",)


def test_a_changed_code_has_its_new_key_and_leaves_the_old_one_to_others() -> None:
    keymap = changed({}, {("engage", "shared"): "F8", ("engage", "object"): "4"})
    assert keymap.problems == []
    assert keymap.key_of("engage", "shared") == "F8"
    found = keymap.meaning("4")
    assert isinstance(found, CodeKey)
    assert found.code.id == "object"


def test_a_code_that_asks_for_a_taken_key_keeps_that_of_the_scheme() -> None:
    keymap = changed({}, {("engage", "shared"): "Space"})
    assert [one.what for one in keymap.problems] == [
        "“Sharing, parent carries it” has the key Space, which is the key of “Play or pause”."
    ]
    assert keymap.key_of("engage", "shared") == "4"


def test_choices_come_back_as_they_were_kept_and_unknown_ones_are_passed_over() -> None:
    choices = KeyChoices({Do.PLAY: ("F7",)}, {("engage", "shared"): "F8"})
    commands, codes = choices.kept()
    assert (commands, codes) == ({"play": ("F7",)}, {"engage/shared": "F8"})
    assert KeyChoices.read(commands | {"sparkle": ("F9",)}, codes) == choices


def test_the_first_reading_of_a_key_press_that_means_something_holds() -> None:
    keymap = Keymap(SCHEME)
    found = keymap.first_meaning(("&", "1"))
    assert isinstance(found, CodeKey)
    assert found.key == "1"
    assert keymap.first_meaning(("&", "§")) is None


def test_what_small_keyboards_lack_has_another_way() -> None:
    lacking = ("PageUp", "PageDown", "Home", "End", "Delete", "F11")
    assert not [
        command.do for command in COMMANDS if all(key.rsplit("+", 1)[-1] in lacking for key in command.keys)
    ]
