"""The vocabulary of the scripts: what a parent and a child can do, how it is written, how long it lasts.

A phrase such as "looks at parent's face" or "takes the ball" becomes a verb and a target, in words that every part
of the studio shares. Standard library only: this module also runs where the pictures are rendered.
"""

import re
from dataclasses import dataclass

PARENT, CHILD = "parent", "child"
PEOPLE = (PARENT, CHILD)
TOYS = ("ball", "cup", "block")
SECOND_US = 1_000_000


def other(who: str) -> str:
    """The partner of `who`."""
    return CHILD if who == PARENT else PARENT


@dataclass(frozen=True)
class Act:
    """One thing one person does, with its time resolved: half-open span [start_us, end_us) of session time.

    `target` is "face" or "hands" (always the other person's), a toy's name, "away_left|right|up|down" (in the
    picture), "camera", "hand|arm|cheek" (a touch), or None. `answers` names the `id` of an act of the other person
    and `fit` is the author's judgement of that answer: "match", "part" or "mismatch".
    """

    index: int
    who: str
    verb: str
    target: str | None
    start_us: int
    end_us: int | None
    words: str | None
    kind: str | None
    where: str | None
    echo: bool
    id: str | None
    answers: str | None
    fit: str | None
    cue: bool
    note: str


@dataclass(frozen=True)
class Verb:
    """One verb: its phrases, its usual length, who may do it, and the optional fields it takes.

    In a phrase `{other}` stands for the partner and `{toy}` for a toy. `seconds` None: lasts until the next look.
    `contact` is the share of the act after which the hand meets (or lets go of) what it goes for.
    """

    name: str
    phrases: tuple[tuple[str, str | None], ...]  # phrase, canonical target ("{toy}" is filled in)
    seconds: float | None
    who: tuple[str, ...] = PEOPLE
    kinds: tuple[str, ...] = ()
    contact: float = 0.5
    cue: bool = True


WHERE = ("middle", "own", "other")
FITS = ("match", "part", "mismatch")
# measured on the synthesiser's speech of the scripts: rather too long than too short
WORD_SECONDS, COMMA_SECONDS, SAY_EXTRA_SECONDS = 0.4, 0.3, 0.2

_TOUCHED = tuple((f"touches {{other}}'s {part}", part) for part in ("hand", "arm", "cheek"))
_LOOKS = (
    ("looks at {other}'s face", "face"),
    ("looks at {other}'s hands", "hands"),
    ("looks at the camera", "camera"),
    *((f"looks away {side}", f"away_{side}") for side in ("left", "right", "up", "down")),
    ("looks at the {toy}", "{toy}"),
)


def _toy(phrase: str) -> tuple[tuple[str, str | None], ...]:
    return ((f"{phrase} the {{toy}}", "{toy}"),)


def _plain(phrase: str) -> tuple[tuple[str, str | None], ...]:
    return ((phrase, None),)


_ALL = (
    Verb("look", _LOOKS, None),
    Verb("close_eyes", _plain("closes eyes"), None),
    Verb("smile", _plain("smiles"), 2.0),
    Verb("laugh", _plain("laughs"), 1.6),
    Verb("sad", _plain("looks sad"), 2.0),
    Verb("play_face", _plain("makes a play face"), 1.5),
    Verb("still_face", _plain("keeps a still face"), 5.0),
    # kinds of speech: comfort = hushes; steer = moves the focus elsewhere; join = about what the child is at;
    # invite = asks the other to do something together; sing = a song line. None is plain talk.
    Verb("say", _plain("says"), 1.0, kinds=("comfort", "steer", "join", "invite", "sing")),
    Verb("coo", _plain("coos"), 0.8, (CHILD,)),
    Verb("babble", _plain("babbles"), 1.0, (CHILD,)),
    Verb("squeal", _plain("squeals"), 0.7, (CHILD,)),
    Verb("fuss", _plain("fusses"), 2.0, (CHILD,)),
    Verb("cry", _plain("cries"), 3.0, (CHILD,)),
    Verb("cough", _plain("coughs"), 0.5, (CHILD,), cue=False),
    Verb("reach", _toy("reaches for"), 1.4),
    # away: takes it out of the other's hand without an offer
    Verb("take", _toy("takes"), 1.2, kinds=("away",)),
    Verb("offer", _toy("offers"), 2.5, contact=0.3),
    Verb("put_down", _toy("puts down"), 0.9, contact=0.75),
    Verb("play", _toy("plays with"), 2.5, contact=0.2),
    Verb("show", _toy("shows"), 1.8, contact=0.3),
    Verb("roll", _toy("rolls"), 1.4),
    Verb("point", _toy("points at"), 1.5),
    Verb("clap", _plain("claps"), 0.7),
    Verb("wave", _plain("waves"), 1.4),
    Verb("touch", _TOUCHED, 1.6, kinds=("affectionate", "playful", "care", "holding"), contact=0.3),
    Verb("tickle", _plain("tickles"), 1.8, (PARENT,), kinds=("playful",), contact=0.25),
    # loom: comes too near, over the child's wish
    Verb("lean_in", _plain("leans in"), 2.5, kinds=("loom",)),
    Verb("lean_back", _plain("leans back"), 2.5),
    Verb("turn_away", _plain("turns away"), 2.0),
    Verb("hide", _plain("hides behind hands"), 1.8),
    Verb("nod", _plain("nods"), 0.9),
    Verb("shake", _plain("shakes head"), 1.0),
    Verb("rock", _plain("rocks"), 2.0),
    Verb("leave", _plain("leaves the picture"), 3.0),
)
VERBS = {verb.name: verb for verb in _ALL}

GAZE = frozenset({"look", "close_eyes"})
FACE = frozenset({"smile", "laugh", "sad", "play_face", "still_face"})
VOICE = frozenset({"say", "laugh", "coo", "babble", "squeal", "fuss", "cry", "cough"})
BODY = frozenset({"lean_in", "lean_back", "turn_away", "leave"})
HEAD = frozenset({"nod", "shake"})
TOY_ACTS = frozenset({"reach", "take", "offer", "put_down", "play", "show", "roll", "point"})
BOTH_HANDS = frozenset({"clap", "hide"})
DEFAULT_KIND = {"touch": "affectionate", "tickle": "playful"}


def _pattern(phrase: str) -> re.Pattern[str]:
    text = re.escape(phrase).replace(re.escape("{other}"), "(?P<whose>parent|child)")
    return re.compile(text.replace(re.escape("{toy}"), r"(?P<toy>\w+)"))


_PATTERNS = tuple((_pattern(text), verb, target) for verb in _ALL for text, target in verb.phrases)


def parse_phrase(who: str, phrase: str, toys: tuple[str, ...]) -> tuple[Verb, str | None]:
    """The verb and canonical target of a written phrase.

    Raises ValueError with the part of a sentence that says what is wrong and how to mend it.
    """
    for pattern, verb, target in _PATTERNS:
        found = pattern.fullmatch(phrase.strip())
        if found is None:
            continue
        groups = found.groupdict()
        if groups.get("whose") == who:
            raise ValueError(f"“{phrase}” turns the {who} on itself; write {other(who)}'s instead")
        if "toy" in groups and groups["toy"] not in toys:
            known = ", ".join(toys) or "none"
            raise ValueError(f"“{phrase}” names no toy of this room; the toys are: {known}")
        if who not in verb.who:
            raise ValueError(f"“{phrase}” is only for the {verb.who[0]}; choose another phrase")
        return verb, groups["toy"] if target == "{toy}" else target
    start = phrase.split(" ", maxsplit=1)[0]
    near = [text for verb in _ALL for text, _ in verb.phrases if text.startswith(start)] or [
        "looks at …, says, smiles, takes the ball"
    ]
    raise ValueError(f"“{phrase}” is not in the vocabulary; write for instance “{near[0]}”")


def usual_us(verb: Verb, words: str | None) -> int | None:
    """How long an act lasts when the script does not say; None for looks (they last until the next look)."""
    if verb.seconds is None:
        return None
    if verb.name == "say" and words:
        spoken = WORD_SECONDS * len(words.split()) + COMMA_SECONDS * words.count(",")
        return round((spoken + SAY_EXTRA_SECONDS) * SECOND_US)
    return round(verb.seconds * SECOND_US)


def contact_us(act: Act) -> int:
    """Session time at which the hand meets what it goes for: grasp of a take, release of a put_down or roll,
    palms together of a clap, first touch of a touch or tickle, arm fully out of an offer or show."""
    assert act.end_us is not None
    return act.start_us + round(VERBS[act.verb].contact * (act.end_us - act.start_us))
