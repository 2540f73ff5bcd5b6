"""A small scheme in which one thing answers another, and a pass drawn as text.

`lines("C..c", "..T.")`: one sign for every half second on the tiers of cues and acts; "." is nothing. An event's
id is its letter with its place: the C above is "C0", the T is "T2" and begins at one second.
"""

from coder.annotate.desk import Desk
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import (
    OUTCOME,
    Answered,
    Code,
    Link,
    Modifier,
    Option,
    Outcome,
    Scheme,
    SchemeId,
    Stream,
    Tier,
    TierKind,
)
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span

HALF_US = SECOND_US // 2

OUTCOMES = (
    Outcome("fits", "Fits", "1", "The reply is about the call.", Answered.FITS),
    Outcome("loose", "Loosely", "2", "The reply is near the call.", Answered.LOOSELY),
    Outcome("misses", "Misses", "3", "The reply is about something else.", Answered.MISSES),
    Outcome("none", "No reply", "4", "Nobody replies.", Answered.NONE),
    Outcome("dark", "Cannot tell", "5", "The parent cannot be seen.", Answered.UNKNOWN),
)
CHANNEL = Modifier(
    "channel",
    "Channel",
    "multi",
    (Option("voice", "Voice", "Q", "It can be heard."), Option("face", "Face", "W")),
    judged=True,
)
TONE = Modifier(
    "tone",
    "Tone",
    "single",
    (Option("warm", "Warm", "A"), Option("cold", "Cold", "S")),
    required=True,
    judged=True,
)
_OUTCOME = Modifier(
    OUTCOME,
    "Reply",
    "single",
    tuple(Option(one.id, one.label, one.key, one.definition) for one in OUTCOMES),
    required=True,
    judged=True,
)
_JUDGED = (_OUTCOME, CHANNEL, TONE)

CALLS = Tier(
    "calls",
    "Calls",
    Stream.CHILD,
    TierKind.POINT,
    (
        Code("call", "Call", "1", "A call, in any voice.", modifiers=_JUDGED),
        Code("cry", "Cry", "2", "A cry.", window_us=5 * SECOND_US, modifiers=_JUDGED),
    ),
)
REPLIES = Tier(
    "replies",
    "Replies",
    Stream.PARENT,
    TierKind.POINT,
    (Code("talk", "Talk", "E", "A word."), Code("hug", "Hug", "R", "Arms around the child.")),
)
NOISES = Tier("noises", "Noises", Stream.SESSION, TierKind.POINT, (Code("talk", "Talk", "T", "On the radio."),))
VIEW = Tier(
    "view",
    "View of the parent",
    Stream.PARENT,
    TierKind.STATE,
    (Code("unc", "Not codable", "0", "Not seen.", uncodable=True),),
    exclusive=True,
)
REPLY = Link(
    "reply",
    "Reply",
    "calls",
    "replies",
    3 * SECOND_US,
    2 * SECOND_US,
    OUTCOMES,
    (CHANNEL, TONE),
    "Judge what the reply is about, not how soon it comes.",
    required=True,
)
LINKED = Scheme(
    SchemeId("linked", "1.0", "ef" * 32),
    "Linked",
    "Calls and replies.",
    "CC0",
    "en",
    "any",
    (CALLS, REPLIES, NOISES, VIEW),
    links=(REPLY,),
)

_CODES = {"C": ("calls", "call"), "Y": ("calls", "cry"), "T": ("replies", "talk"), "H": ("replies", "hug")}


def lines(*drawn: str, dark: Span | None = None, start_us: int = 0) -> CodingPass:
    """A pass whose window is as long as the longest line. dark: where the parent cannot be seen."""
    events = [moment(letter, n, start_us) for line in drawn for n, letter in enumerate(line) if letter != "."]
    if dark is not None:
        events.append(Event("dark", "view", "unc", dark))
    window = Span(start_us, start_us + max(map(len, drawn)) * HALF_US)
    return CodingPass.of(PassHeader("pass-1", "session-1", LINKED.id, "coder-1", Purpose.MAIN, window), events)


def moment(letter: str, place: int, start_us: int = 0) -> Event:
    """The event that `lines` makes of a letter."""
    tier, code = _CODES[letter]
    return Event(f"{letter}{place}", tier, code, Span.moment(start_us + place * HALF_US))


def event(coding: CodingPass, name: str) -> Event:
    """The event of that id; StopIteration if there is none."""
    return next(one for one in coding if one.id == name)


def at_desk(coding: CodingPass) -> Desk:
    """A desk whose saving goes nowhere."""
    return Desk(coding, lambda _: None, LINKED)


def judgement(coding: CodingPass, name: str) -> str:
    """`fits T2 channel=voice`: what was judged of a cue; "" if nothing was."""
    cue = event(coding, name)
    details = [f"{modifier}={value}" for modifier, value in cue.modifiers if modifier != OUTCOME]
    return " ".join(filter(None, (cue.modifier(OUTCOME) or "", cue.answer, *details)))
