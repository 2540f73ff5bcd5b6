"""What can be done at the bench, with the keys that come with the program.

A key is written the way a person reads it: modifiers in the order Ctrl, Alt, Shift, then the key, joined by "+":
"Space", "Shift+Left", "Ctrl+Shift+Z", "Q", "7", "[". Letters are upper case and mean the unshifted key. What needs
a key that small keyboards lack (PageUp, Home, F11) has a second one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coder.annotate.keycaps import shown
from coder.language import later, tr


class Do(StrEnum):
    """Every command of the bench that is not a code or an option of the scheme."""

    PLAY = "play"
    BACK_FRAME = "back_frame"
    NEXT_FRAME = "next_frame"
    BACK_SECOND = "back_second"
    NEXT_SECOND = "next_second"
    BACK_STRIDE = "back_stride"
    NEXT_STRIDE = "next_stride"
    SHUTTLE_BACK = "shuttle_back"
    PAUSE = "pause"
    SHUTTLE_ON = "shuttle_on"
    SLOWER = "slower"
    FASTER = "faster"
    REPLAY = "replay"
    LOOP = "loop"
    LOOP_FROM = "loop_from"
    LOOP_TO = "loop_to"
    MUTE = "mute"
    STEP_SOUND = "step_sound"
    GO_START = "go_start"
    GO_END = "go_end"
    GO_TIME = "go_time"
    EVENT_BACK = "event_back"
    EVENT_ON = "event_on"
    BOUNDARY_BACK = "boundary_back"
    BOUNDARY_ON = "boundary_on"
    DIFFERENCE_BACK = "difference_back"
    DIFFERENCE_ON = "difference_on"
    INTERVAL_BACK = "interval_back"
    INTERVAL_ON = "interval_on"
    FINDING = "finding"
    ANSWERS = "answers"
    BEFORE = "before"
    AFTER = "after"
    TIER_UP = "tier_up"
    TIER_DOWN = "tier_down"
    MORE_BEFORE = "more_before"
    MORE_AFTER = "more_after"
    SELECT_TIER = "select_tier"
    DESELECT = "deselect"
    GO_ONSET = "go_onset"
    SET_ONSET = "set_onset"
    SET_OFFSET = "set_offset"
    ONSET_EARLIER = "onset_earlier"
    ONSET_LATER = "onset_later"
    OFFSET_EARLIER = "offset_earlier"
    OFFSET_LATER = "offset_later"
    MOVE_EARLIER = "move_earlier"
    MOVE_LATER = "move_later"
    TO_TIER_ABOVE = "to_tier_above"
    TO_TIER_BELOW = "to_tier_below"
    COPY = "copy"
    PASTE = "paste"
    SPLIT = "split"
    MERGE = "merge"
    DELETE = "delete"
    DELETE_FILL = "delete_fill"
    NOTE = "note"
    CERTAINTY = "certainty"
    SETTLE = "settle"
    SETTLE_ALL = "settle_all"
    MOMENT = "moment"
    UNDO = "undo"
    REDO = "redo"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    ZOOM_ALL = "zoom_all"
    ZOOM_FRAMES = "zoom_frames"
    SOUND_ROW = "sound_row"
    DERIVED = "derived"
    FAMILY = "family"
    OTHERS = "others"
    PAD = "pad"
    NEXT_CAMERA = "next_camera"
    PICTURE_LARGER = "picture_larger"
    PICTURE_SMALLER = "picture_smaller"
    PICTURE_WHOLE = "picture_whole"
    BRIGHTER = "brighter"
    DARKER = "darker"
    PERSONS = "persons"
    FULL_SCREEN = "full_screen"
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
        return f"{tr(self.label)} ({shown(self.keys[0])})" if self.keys else tr(self.label)


PLAYING, GOING, LOOKING = later("Play and step"), later("Go to"), later("Select")
EDITING, VIEWING = later("Edit the selected events"), later("View")

COMMANDS: tuple[Command, ...] = (
    Command(Do.PLAY, ("Space",), later("Play or pause"), PLAYING),
    Command(Do.BACK_FRAME, ("Left", ","), later("One frame back"), PLAYING),
    Command(Do.NEXT_FRAME, ("Right", "."), later("One frame forward"), PLAYING),
    Command(Do.BACK_SECOND, ("Shift+Left",), later("One second back"), PLAYING),
    Command(Do.NEXT_SECOND, ("Shift+Right",), later("One second forward"), PLAYING),
    Command(Do.BACK_STRIDE, ("Alt+Left",), later("One stride back"), PLAYING),
    Command(Do.NEXT_STRIDE, ("Alt+Right",), later("One stride forward"), PLAYING),
    Command(Do.SHUTTLE_BACK, ("J",), later("Play backwards, again: faster"), PLAYING),
    Command(Do.PAUSE, ("K",), later("Pause"), PLAYING),
    Command(Do.SHUTTLE_ON, ("L",), later("Play, again: faster"), PLAYING),
    Command(Do.SLOWER, ("Shift+J",), later("Slower"), PLAYING),
    Command(Do.FASTER, ("Shift+L",), later("Faster"), PLAYING),
    Command(Do.REPLAY, ("Shift+Space",), later("Play the last seconds again"), PLAYING),
    Command(Do.LOOP, ("Ctrl+L",), later("Loop the selected event, or end the loop"), PLAYING),
    Command(Do.LOOP_FROM, ("Ctrl+Home", "Ctrl+I"), later("Loop from the frame on the screen"), PLAYING),
    Command(Do.LOOP_TO, ("Ctrl+End", "Ctrl+Shift+I"), later("Loop up to the frame on the screen"), PLAYING),
    Command(Do.MUTE, ("Ctrl+Shift+M",), later("Sound on or off"), PLAYING),
    Command(Do.STEP_SOUND, ("Ctrl+Shift+S",), later("A snatch of sound with each step, or none"), PLAYING),
    Command(Do.GO_START, ("Home", "Ctrl+B"), later("To the start of the coded window"), GOING),
    Command(Do.GO_END, ("End", "Ctrl+Shift+B"), later("To the last frame of the coded window"), GOING),
    Command(Do.GO_TIME, ("Ctrl+G",), later("Type a time to go to"), GOING),
    Command(Do.GO_ONSET, ("Ctrl+Return",), later("To the onset of the selected event"), GOING),
    Command(Do.EVENT_BACK, ("PageUp", "Ctrl+J"), later("To the onset of the event before"), GOING),
    Command(Do.EVENT_ON, ("PageDown", "Ctrl+K"), later("To the onset of the event after"), GOING),
    Command(Do.BOUNDARY_BACK, ("Alt+Up",), later("To the boundary before"), GOING),
    Command(Do.BOUNDARY_ON, ("Alt+Down",), later("To the boundary after"), GOING),
    Command(Do.DIFFERENCE_BACK, ("Ctrl+PageUp", "Ctrl+Shift+J"), later("To the disagreement before"), GOING),
    Command(Do.DIFFERENCE_ON, ("Ctrl+PageDown", "Ctrl+Shift+K"), later("To the disagreement after"), GOING),
    Command(
        Do.INTERVAL_BACK, ("Ctrl+Shift+PageUp", "Ctrl+Alt+J"), later("To the interval or segment before"), GOING
    ),
    Command(
        Do.INTERVAL_ON, ("Ctrl+Shift+PageDown", "Ctrl+Alt+K"), later("To the interval or segment after"), GOING
    ),
    Command(Do.FINDING, ("Ctrl+F",), later("To the next thing to mend"), GOING),
    Command(Do.ANSWERS, ("Ctrl+D",), later("Review what answers each cue, or end the review"), GOING),
    Command(Do.BEFORE, ("Up",), later("Select the event before"), LOOKING),
    Command(Do.AFTER, ("Down",), later("Select the event after"), LOOKING),
    Command(Do.TIER_UP, ("Ctrl+Up",), later("Select in the tier above"), LOOKING),
    Command(Do.TIER_DOWN, ("Ctrl+Down",), later("Select in the tier below"), LOOKING),
    Command(Do.MORE_BEFORE, ("Shift+Up",), later("Select the event before as well"), LOOKING),
    Command(Do.MORE_AFTER, ("Shift+Down",), later("Select the event after as well"), LOOKING),
    Command(Do.SELECT_TIER, ("Ctrl+A",), later("Select all events of the tier"), LOOKING),
    Command(Do.DESELECT, ("Esc",), later("Select nothing"), LOOKING),
    Command(Do.SET_ONSET, ("[", "Shift+Home"), later("Onset to the frame on the screen"), EDITING),
    Command(Do.SET_OFFSET, ("]", "Shift+End"), later("Offset to the frame on the screen"), EDITING),
    Command(Do.ONSET_EARLIER, ("Ctrl+Left",), later("Onset one frame earlier"), EDITING),
    Command(Do.ONSET_LATER, ("Ctrl+Right",), later("Onset one frame later"), EDITING),
    Command(Do.OFFSET_EARLIER, ("Ctrl+Shift+Left",), later("Offset one frame earlier"), EDITING),
    Command(Do.OFFSET_LATER, ("Ctrl+Shift+Right",), later("Offset one frame later"), EDITING),
    Command(Do.MOVE_EARLIER, ("Alt+Shift+Left",), later("Move one frame earlier"), EDITING),
    Command(Do.MOVE_LATER, ("Alt+Shift+Right",), later("Move one frame later"), EDITING),
    Command(Do.TO_TIER_ABOVE, ("Ctrl+Shift+Up",), later("Move to the tier above"), EDITING),
    Command(Do.TO_TIER_BELOW, ("Ctrl+Shift+Down",), later("Move to the tier below"), EDITING),
    Command(Do.COPY, ("Ctrl+C",), later("Copy"), EDITING),
    Command(Do.PASTE, ("Ctrl+V",), later("Paste at the frame on the screen"), EDITING),
    Command(Do.SPLIT, ("Ctrl+T",), later("Split at the frame on the screen"), EDITING),
    Command(Do.MERGE, ("Ctrl+M",), later("Merge with the next, or merge all that are selected"), EDITING),
    Command(Do.NOTE, ("Return",), later("Write a note"), EDITING),
    Command(Do.CERTAINTY, ("Ctrl+U",), later("Certain, likely, a guess"), EDITING),
    Command(Do.DELETE, ("Delete", "Backspace"), later("Delete"), EDITING),
    Command(
        Do.DELETE_FILL,
        ("Shift+Delete", "Shift+Backspace"),
        later("Delete, the state before fills the gap"),
        EDITING,
    ),
    Command(Do.SETTLE, ("Ctrl+Shift+D",), later("Apply the scheme’s rules to what is to be mended here"), EDITING),
    Command(Do.SETTLE_ALL, ("Ctrl+Shift+A",), later("Apply the scheme’s rules to the whole pass"), EDITING),
    Command(Do.MOMENT, ("Ctrl+H",), later("Mark what was just seen as evidence for a rating"), EDITING),
    Command(Do.UNDO, ("Ctrl+Z",), later("Undo"), EDITING),
    Command(Do.REDO, ("Ctrl+Shift+Z", "Ctrl+Y"), later("Redo"), EDITING),
    Command(Do.ZOOM_IN, ("+", "="), later("Zoom in"), VIEWING),
    Command(Do.ZOOM_OUT, ("-",), later("Zoom out"), VIEWING),
    Command(Do.ZOOM_ALL, ("Ctrl+0",), later("Show the whole session"), VIEWING),
    Command(Do.ZOOM_FRAMES, ("Ctrl++", "Ctrl+="), later("Show single frames"), VIEWING),
    Command(Do.SOUND_ROW, ("Ctrl+Shift+W",), later("Waveform, spectrogram, or both"), VIEWING),
    Command(Do.DERIVED, ("Ctrl+Shift+G",), later("Show or hide what is computed from the codes"), VIEWING),
    Command(Do.FAMILY, ("Ctrl+R",), later("Code the next family of tiers, or all"), VIEWING),
    Command(Do.OTHERS, ("Ctrl+Shift+R",), later("Show the other tiers faintly, or hide them"), VIEWING),
    Command(Do.PAD, ("Ctrl+P",), later("Pad with large buttons"), VIEWING),
    Command(Do.NEXT_CAMERA, ("Ctrl+E",), later("Next camera in front"), VIEWING),
    Command(Do.PICTURE_LARGER, ("Alt++", "Alt+="), later("Enlarge the picture"), VIEWING),
    Command(Do.PICTURE_SMALLER, ("Alt+-",), later("Make the picture smaller"), VIEWING),
    Command(Do.PICTURE_WHOLE, ("Alt+0",), later("Whole picture, usual brightness"), VIEWING),
    Command(Do.BRIGHTER, ("Alt+PageUp", "Ctrl+Alt+B"), later("Brighter"), VIEWING),
    Command(Do.DARKER, ("Alt+PageDown", "Ctrl+Alt+D"), later("Darker"), VIEWING),
    Command(
        Do.PERSONS, ("Ctrl+Shift+P",), later("Over the picture: nothing, who is who, where they look"), VIEWING
    ),
    Command(Do.FULL_SCREEN, ("F11", "Alt+Return"), later("Pictures on the full (second) screen"), VIEWING),
    Command(Do.KEYS, ("F1", "?"), later("Show all keys"), VIEWING),
)

COMMAND: Mapping[Do, Command] = {command.do: command for command in COMMANDS}

HOLDABLE = frozenset(
    {
        Do.BACK_FRAME,
        Do.NEXT_FRAME,
        Do.BACK_SECOND,
        Do.NEXT_SECOND,
        Do.BACK_STRIDE,
        Do.NEXT_STRIDE,
        Do.PICTURE_LARGER,
        Do.PICTURE_SMALLER,
        Do.BEFORE,
        Do.AFTER,
        Do.MORE_BEFORE,
        Do.MORE_AFTER,
        Do.EVENT_BACK,
        Do.EVENT_ON,
        Do.BOUNDARY_BACK,
        Do.BOUNDARY_ON,
        Do.MOVE_EARLIER,
        Do.MOVE_LATER,
        Do.ZOOM_IN,
        Do.ZOOM_OUT,
        Do.ONSET_EARLIER,
        Do.ONSET_LATER,
        Do.OFFSET_EARLIER,
        Do.OFFSET_LATER,
    }
)
"""Commands whose key may be held down: they repeat."""


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
