"""A small scheme, a pass drawn as text, and a desk whose saving goes to a list.

`drawn("..oooopp")`: one letter a second on the tier "engage"; "." is a gap.
"""

from collections.abc import Iterator
from itertools import groupby

from coder.annotate.desk import Desk
from coder.model.coding import CodingPass, Event, PassHeader, PassStatus
from coder.model.edit import Edit
from coder.model.problem import Problem, StoreError
from coder.model.scheme import Code, Modifier, Option, Scheme, SchemeId, Stream, Tier, TierKind
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span

STARTED = Modifier(
    "who_started",
    "Who started",
    "single",
    (Option("child", "Child", "Z"), Option("parent", "Parent", "X")),
    required=True,
)
KINDS = Modifier(
    "play_kind", "Kind of play", "multi", (Option("build", "Building", "V"), Option("music", "Music", "B"))
)
LEVEL = Modifier("level", "Level", "number", low=1, high=3)

ENGAGE = Tier(
    "engage",
    "Engagement",
    Stream.CHILD,
    TierKind.STATE,
    (
        Code("off", "Not engaged", "1", "Looks around; no sustained focus.", ("Wanders.",), ("A brief glance.",)),
        Code("person", "With the person", "2", "Face to face.", min_us=SECOND_US),
        Code("object", "With an object", "3", "Plays alone.", modifiers=(LEVEL,)),
        Code("shared", "Sharing, parent carries it", "4", "Both act on it.", modifiers=(STARTED, KINDS)),
        Code("unc", "Not codable", "0", "Face not seen.", uncodable=True),
    ),
    exclusive=True,
    exhaustive=True,
)
GAZE = Tier(
    "gaze",
    "Child gaze",
    Stream.CHILD,
    TierKind.STATE,
    (Code("face", "Parent's face", "Q", "Eyes on face."), Code("toy", "The toy", "W", "Eyes on toy.")),
    exclusive=True,
)
SELF = Tier(
    "self",
    "Parent acts",
    Stream.PARENT,
    TierKind.STATE,
    (Code("talk", "Talks", "Y", "Speech to child."), Code("touch", "Touches", "U", "Hand on child.")),
)
BIDS = Tier(
    "bids",
    "Invitations",
    Stream.DYAD,
    TierKind.POINT,
    (Code("bid_c", "Child invites", "A", "Offers."), Code("bid_p", "Parent invites", "S", "Offers.")),
)
RATED = Tier(
    "rated", "Ratings", Stream.SESSION, TierKind.RATING, (Code("warm", "Warmth", "", "Enjoyment is plain."),)
)

SCHEME = Scheme(
    SchemeId("example", "1.0", "ab" * 32),
    "Example",
    "A small scheme.",
    "CC-BY-4.0",
    "en",
    "3-36 months",
    (ENGAGE, GAZE, SELF, BIDS, RATED),
)

LETTERS = {"o": "off", "p": "person", "j": "object", "s": "shared", "u": "unc"}


def header(seconds: float = 10, *, status: PassStatus = PassStatus.OPEN) -> PassHeader:
    """The head of a pass whose window is the first `seconds` of the session."""
    window = Span(0, int(seconds * SECOND_US))
    return PassHeader("pass-1", "session-1", SCHEME.id, "coder-1", Purpose.MAIN, window, status)


def drawn(states: str, *, tier: str = "engage") -> CodingPass:
    """A pass with one letter a second, e.g. "oo..pp"; its window is as long as the drawing."""
    return CodingPass.of(header(len(states)), _events(states, tier))


def _events(states: str, tier: str) -> Iterator[Event]:
    at = 0
    for letter, run in groupby(states):
        length = len(list(run))
        if letter != ".":
            span = Span(at * SECOND_US, (at + length) * SECOND_US)
            yield Event(f"{letter}{at}", tier, LETTERS[letter], span)
        at += length


def picture(coding: CodingPass, tier: str = "engage") -> str:
    """The drawing of a pass: the inverse of `drawn` for whole seconds."""
    names = {code: letter for letter, code in LETTERS.items()}
    states = (coding.state_at(tier, at) for at in range(0, coding.window.end_us, SECOND_US))
    return "".join(names[state.code] if state else "." for state in states)


class Writer:
    """Saves edits to a list; with `broken` set it refuses, as a full disk does."""

    def __init__(self) -> None:
        self.saved: list[Edit] = []
        self.broken = False

    def __call__(self, edit: Edit) -> None:
        if self.broken:
            raise StoreError(Problem("The study could not be written: the disk is full."))
        self.saved.append(edit)


def desk_of(coding: CodingPass) -> tuple[Desk, Writer]:
    """A desk for a pass, and the writer it saves to."""
    writer = Writer()
    return Desk(coding, writer, SCHEME), writer
