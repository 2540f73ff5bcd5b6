"""Which act of the parent answers which cue of the child, how well it fits, and how the answer is given.

Windows and outcomes are the scheme's own, and the product's proposals decide which act answers which cue. What a
person would judge is the author's judgement where the script gives one, else a rule by the kinds of cue and act.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from coder.formats.cells import seconds
from coder.formats.scheme_file import read_scheme
from coder.model.answers import proposals
from coder.model.coding import CodingPass, Event, Modifiers, PassHeader
from coder.model.scheme import OUTCOME, Link, Scheme
from coder.model.study import Purpose
from coder.model.time import MILLISECOND_US, SECOND_US, Span
from coder.settings.shipped import shipped
from studio.acts import PARENT, Act
from studio.masters.cues import point
from studio.masters.looks import unseen
from studio.masters.material import Coded, Material, span_of
from studio.masters.signs import Sign, smiling
from studio.masters.why.cues import answer_reason
from studio.masters.why.words import told

NAME = "cue-response"

UNSEEN_SHARE = 0.5
"""o_na: “neither seen nor heard well enough for half of the time or more”, or the film ends before."""

TOGETHER_US = 500 * MILLISECOND_US
"""Acts of the parent that begin within this time of the answering one are the same answer: a smile with a word."""

AUTHORS_FIT = {"match": "o_match", "part": "o_part", "mismatch": "o_mis"}
AGAINST = ("act_impose", "act_redirect")
"""Acts on something else, or against the cue, whatever the cue is."""

FITTING = {
    "cue_look": ("act_talk", "act_warm", "act_echo", "act_join"),
    "cue_voice": ("act_talk", "act_echo", "act_join"),
    "cue_gesture": ("act_join", "act_echo"),
    "cue_smile": ("act_warm", "act_talk", "act_touch", "act_join", "act_echo"),
    "cue_newact": ("act_join", "act_echo"),
    "cue_distress": ("act_soothe",),
    "cue_away": (),
}
"""Acts that fit a cue where the author has not said so; every other act fits it loosely."""

VOICE = ("say", "laugh")
FACE = ("smile", "laugh", "play_face")
TOUCH = ("touch", "tickle", "rock")
OBJECT = ("take", "offer", "put_down", "play", "show", "roll", "reach", "point")
MOVEMENT = ("lean_in", "lean_back", "nod", "shake_head", "clap", "wave", "hide", "turn_away", "rock")
CHANNELS = {"voice": VOICE, "face": FACE, "touch": TOUCH, "object": OBJECT, "movement": MOVEMENT}
"""Option of `channel` -> the verbs that answer by it."""

WARM_KINDS = ("affectionate", "playful", "comfort", "sing")
AWAY = ("take",)
"""What imposes and changes the child's focus; to hold, to loom and to tickle on do not."""


@dataclass(frozen=True)
class Answered:
    """One cue with its first answer, if there is one. reason: why the outcome is what it is, for a person."""

    cue: Sign
    act: Sign | None
    outcome: str
    reason: str
    details: Modifiers = ()

    def coded(self, why: str) -> Coded:
        """The cue as a master code; its answer stands in it by code and onset, as tables have it.

        why: why there is a cue; the reason for the outcome is put behind it.
        """
        answer = "" if self.act is None else f"{self.act.code}@{seconds(self.act.at_us)}"
        modifiers = tuple(sorted((*self.details, (OUTCOME, self.outcome))))
        (link,) = scheme().links
        outcome = link.outcome(self.outcome)
        note = told(why, f"{outcome.label if outcome else self.outcome}: {self.reason}")
        return replace(point("cues", self.cue), modifiers=modifiers, answer=answer, note=note)


@cache
def scheme() -> Scheme:
    """The scheme whose windows and outcomes hold."""
    return read_scheme(shipped("schemes") / f"{NAME}.toml")


def answers(material: Material, cues: Sequence[Sign], acts: Sequence[Sign]) -> list[Answered]:
    """Every cue with its outcome, by onset."""
    first = first_answers(cues, acts, material.frames.window)
    return [_answered(material, cue, first.get(place), acts) for place, cue in enumerate(cues)]


def first_answers(cues: Sequence[Sign], acts: Sequence[Sign], window: Span) -> dict[int, Sign]:
    """Place of a cue -> the act that the product proposes for it."""
    (link,) = scheme().links
    events = {
        f"{tier}{place:05}": Event(f"{tier}{place:05}", tier, sign.code, Span.moment(sign.at_us))
        for tier, signs in ((link.cues, cues), (link.acts, acts))
        for place, sign in enumerate(signs)
    }
    header = PassHeader("master", "film", scheme().id, "master", Purpose.MAIN, window)
    found = proposals(CodingPass.of(header, events.values()), scheme(), link)
    return {int(cue[-5:]): acts[int(act.id[-5:])] for cue, act in found.items()}


def _answered(material: Material, cue: Sign, act: Sign | None, acts: Sequence[Sign]) -> Answered:
    (link,) = scheme().links
    window = Span(cue.at_us, cue.at_us + link.window_of(scheme().code(link.cues, cue.code)))
    if act is None:
        return Answered(cue, None, *_unanswered(material, window))
    fit, why = _fit(material, cue, act, window)
    return Answered(cue, act, fit, why, _details(material, act, acts, link))


def _unanswered(material: Material, window: Span) -> tuple[str, str]:
    inside = material.frames.within(window.start_us, window.end_us)
    if window.end_us > material.frames.window.end_us:
        return "o_na", "the film ends before the time for an answer is over"
    if unseen(material, PARENT)[inside.start : inside.stop].mean() >= UNSEEN_SHARE:
        return "o_na", "the parent cannot be seen for half of the time"
    goes_on = any(act.start_us <= window.start_us < span_of(act).end_us for act in _visible(material))
    begun = "; what has begun before does not count" if goes_on else ""
    return "o_none", f"no act of the parent begins in the {window.duration_us // SECOND_US} s after it{begun}"


def _visible(material: Material) -> Iterator[Act]:
    """What the parent does that might be taken for an answer."""
    return material.acts_of(PARENT, *(verb for verbs in CHANNELS.values() for verb in verbs))


def _fit(material: Material, cue: Sign, act: Sign, window: Span) -> tuple[str, str]:
    """The author's judgement of what answers this cue in its window; else by what kind of act the first one is."""
    names = {one.id for one in cue.acts if one.id is not None}
    for one in material.acts:
        begun = window.start_us < one.start_us <= window.end_us
        if one.answers in names and one.fit is not None and begun:
            outcome = AUTHORS_FIT[one.fit]
            return outcome, answer_reason(cue, act, one, outcome)
    outcome = "o_mis" if act.code in AGAINST else "o_match" if act.code in FITTING[cue.code] else "o_part"
    return outcome, answer_reason(cue, act, None, outcome)


def _details(material: Material, act: Sign, acts: Sequence[Sign], link: Link) -> Modifiers:
    """What is told of an answer besides its outcome, as far as the truth says it."""
    given = [one for sign in acts if abs(sign.at_us - act.at_us) <= TOGETHER_US for one in sign.acts]
    told = {
        "channel": ",".join(
            sorted(name for name, verbs in CHANNELS.items() if any(a.verb in verbs for a in given))
        ),
        "tone": "warm" if _warm(material, given) else "neutral",
        "follows": "changes" if _changes(act) else "keeps",
    }
    return tuple((detail.id, told[detail.id]) for detail in link.details if told[detail.id])


def _warm(material: Material, given: Sequence[Act]) -> bool:
    """A smile that can be seen while the answer goes on, or a touch or voice that is meant kindly.

    Nothing in the vocabulary is plainly unfriendly, so no answer is negative.
    """
    frames = {frame for act in given for frame in material.during(span_of(act))}
    smile = smiling(material, PARENT)
    return any(smile[frame] for frame in frames) or any(act.kind in WARM_KINDS for act in given)


def _changes(act: Sign) -> bool:
    return act.code == "act_redirect" or (act.code == "act_impose" and any(one.verb in AWAY for one in act.acts))
