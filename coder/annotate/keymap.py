"""Which key means what. Menus, tool tips, the key overview and the manual all follow from this data.

A key is written the way a person reads it: modifiers in the order Ctrl, Alt, Shift, then the key, joined by "+":
"Space", "Shift+Left", "Ctrl+Shift+Z", "Q", "7", "[". Letters are upper case and mean the unshifted key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coder.model.coding import Event
from coder.model.problem import Problem
from coder.model.scheme import Code, Modifier, Scheme, Tier, TierKind


class Do(StrEnum):
    """Every command of the bench that is not a code or an option of the scheme."""

    PLAY = "play"
    BACK_FRAME = "back_frame"
    NEXT_FRAME = "next_frame"
    BACK_SECOND = "back_second"
    NEXT_SECOND = "next_second"
    SLOWER = "slower"
    PAUSE = "pause"
    FASTER = "faster"
    GO_START = "go_start"
    GO_END = "go_end"
    GO_TIME = "go_time"
    BEFORE = "before"
    AFTER = "after"
    TIER_UP = "tier_up"
    TIER_DOWN = "tier_down"
    DESELECT = "deselect"
    GO_ONSET = "go_onset"
    SET_ONSET = "set_onset"
    SET_OFFSET = "set_offset"
    ONSET_EARLIER = "onset_earlier"
    ONSET_LATER = "onset_later"
    OFFSET_EARLIER = "offset_earlier"
    OFFSET_LATER = "offset_later"
    SPLIT = "split"
    DELETE = "delete"
    DELETE_FILL = "delete_fill"
    NOTE = "note"
    UNDO = "undo"
    REDO = "redo"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    ZOOM_ALL = "zoom_all"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its keys (the first is the one that is shown), its name and the group it is listed in."""

    do: Do
    keys: tuple[str, ...]
    label: str
    group: str

    @property
    def hint(self) -> str:
        """Label and key for a tool tip: `Play or pause (Space)`."""
        return f"{self.label} ({self.keys[0]})"


PLAYING, LOOKING, EDITING, VIEWING = "Play and step", "Find and select", "Edit the selected event", "View"

COMMANDS: tuple[Command, ...] = (
    Command(Do.PLAY, ("Space",), "Play or pause", PLAYING),
    Command(Do.BACK_FRAME, ("Left", ","), "One frame back", PLAYING),
    Command(Do.NEXT_FRAME, ("Right", "."), "One frame forward", PLAYING),
    Command(Do.BACK_SECOND, ("Shift+Left",), "One second back", PLAYING),
    Command(Do.NEXT_SECOND, ("Shift+Right",), "One second forward", PLAYING),
    Command(Do.SLOWER, ("J",), "Play, or play slower", PLAYING),
    Command(Do.PAUSE, ("K",), "Pause", PLAYING),
    Command(Do.FASTER, ("L",), "Play, or play faster", PLAYING),
    Command(Do.GO_START, ("Home",), "To the start of the coded window", PLAYING),
    Command(Do.GO_END, ("End",), "To the last frame of the coded window", PLAYING),
    Command(Do.GO_TIME, ("Ctrl+G",), "Type a time to go to", PLAYING),
    Command(Do.BEFORE, ("Up",), "Select the event before", LOOKING),
    Command(Do.AFTER, ("Down",), "Select the event after", LOOKING),
    Command(Do.TIER_UP, ("Ctrl+Up",), "Select in the tier above", LOOKING),
    Command(Do.TIER_DOWN, ("Ctrl+Down",), "Select in the tier below", LOOKING),
    Command(Do.GO_ONSET, ("Ctrl+Return",), "To the onset of the selected event", LOOKING),
    Command(Do.DESELECT, ("Esc",), "Select nothing", LOOKING),
    Command(Do.SET_ONSET, ("[",), "Onset to the frame on the screen", EDITING),
    Command(Do.SET_OFFSET, ("]",), "Offset to the frame on the screen", EDITING),
    Command(Do.ONSET_EARLIER, ("Ctrl+Left",), "Onset one frame earlier", EDITING),
    Command(Do.ONSET_LATER, ("Ctrl+Right",), "Onset one frame later", EDITING),
    Command(Do.OFFSET_EARLIER, ("Ctrl+Shift+Left",), "Offset one frame earlier", EDITING),
    Command(Do.OFFSET_LATER, ("Ctrl+Shift+Right",), "Offset one frame later", EDITING),
    Command(Do.SPLIT, ("Ctrl+T",), "Split at the frame on the screen", EDITING),
    Command(Do.NOTE, ("Return",), "Write a note", EDITING),
    Command(Do.DELETE, ("Delete", "Backspace"), "Delete", EDITING),
    Command(
        Do.DELETE_FILL, ("Shift+Delete", "Shift+Backspace"), "Delete, the state before fills the gap", EDITING
    ),
    Command(Do.UNDO, ("Ctrl+Z",), "Undo", EDITING),
    Command(Do.REDO, ("Ctrl+Shift+Z", "Ctrl+Y"), "Redo", EDITING),
    Command(Do.ZOOM_IN, ("+", "="), "Zoom in", VIEWING),
    Command(Do.ZOOM_OUT, ("-",), "Zoom out", VIEWING),
    Command(Do.ZOOM_ALL, ("Ctrl+0",), "Show the whole session", VIEWING),
    Command(Do.KEYS, ("F1", "?"), "Show all keys", VIEWING),
)

COMMAND: Mapping[Do, Command] = {command.do: command for command in COMMANDS}

RESERVED = frozenset({"Tab", "Shift+Tab"} | {key for command in COMMANDS for key in command.keys})
"""Keys that a scheme cannot use: those of the commands, and Tab, which moves the focus."""


@dataclass(frozen=True, slots=True)
class CodeKey:
    """A key that codes."""

    key: str
    tier: Tier
    code: Code


@dataclass(frozen=True, slots=True)
class OptionKey:
    """A key that sets a modifier of the selected event."""

    key: str
    modifier: Modifier
    value: str
    label: str


Meaning = Command | CodeKey | OptionKey


def option_keys(code: Code) -> Iterator[OptionKey]:
    """The keys that set the modifiers of an event of this code.

    A number is set with Ctrl and its digit if all its values have one digit (a second number needs its field).
    """
    numbered = False
    for modifier in code.modifiers:
        for option in modifier.options:
            if option.key:
                yield OptionKey(option.key.upper(), modifier, option.id, option.label)
        if modifier.kind == "number" and not numbered and modifier.low is not None and modifier.high is not None:
            numbered = True
            for number in range(max(modifier.low, 1), min(modifier.high, 9) + 1):
                yield OptionKey(f"Ctrl+{number}", modifier, str(number), str(number))


class Keymap:
    """The keys of the bench for one scheme. `problems`: every key that means two things."""

    def __init__(self, scheme: Scheme) -> None:
        self._commands = {key: command for command in COMMANDS for key in command.keys}
        self._codes: dict[str, CodeKey] = {}
        self._options: dict[tuple[str, str], dict[str, OptionKey]] = {}
        self.problems: list[Problem] = []
        for tier, code in scheme.codes():
            if tier.kind in (TierKind.STATE, TierKind.POINT) and code.key:
                self._add_code(CodeKey(code.key.upper(), tier, code))
        for tier, code in scheme.codes():
            self._options[tier.id, code.id] = {}
            for option in option_keys(code):
                self._add_option(tier, code, option)

    def meaning(self, key: str, selected: Event | None = None) -> Meaning | None:
        """What a key does while an event is selected (None: no event is); None if nothing."""
        options = self._options.get((selected.tier, selected.code), {}) if selected is not None else {}
        return self._commands.get(key) or self._codes.get(key) or options.get(key)

    def _add_code(self, entry: CodeKey) -> None:
        taken = self._codes.get(entry.key)
        if entry.key in RESERVED:
            self._report(entry.tier, entry.code.label, entry.key, "a key of the player")
        elif taken is not None:
            self._report(entry.tier, entry.code.label, entry.key, f"the key of “{taken.code.label}”")
        else:
            self._codes[entry.key] = entry

    def _add_option(self, tier: Tier, code: Code, entry: OptionKey) -> None:
        options = self._options[tier.id, code.id]
        name = f"{code.label}: {entry.modifier.label}, {entry.label}"
        if entry.key in RESERVED:
            self._report(tier, name, entry.key, "a key of the player")
        elif entry.key in self._codes:
            self._report(tier, name, entry.key, f"the key of “{self._codes[entry.key].code.label}”")
        elif entry.key in options:
            self._report(tier, name, entry.key, f"the key of “{options[entry.key].label}”")
        else:
            options[entry.key] = entry

    def _report(self, tier: Tier, name: str, key: str, taken_by: str) -> None:
        self.problems.append(
            Problem(f"“{name}” has the key {key}, which is {taken_by}.", f"tier {tier.id}", "Give it another key.")
        )


def groups() -> Iterator[tuple[str, tuple[Command, ...]]]:
    """The commands by group, in the order in which they are listed."""
    for name in dict.fromkeys(command.group for command in COMMANDS):
        yield name, tuple(command for command in COMMANDS if command.group == name)


def manual() -> str:
    """All commands as Markdown tables: the text of the manual."""
    parts = []
    for name, commands in groups():
        rows = "\n".join(f"| {', '.join(f'`{key}`' for key in one.keys)} | {one.label} |" for one in commands)
        parts.append(f"**{name}**\n\n| Key | What it does |\n|---|---|\n{rows}\n")
    return "\n".join(parts)
