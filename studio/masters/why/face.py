"""Reasons for the codes of face to face: parts, the two persons' phases, self-comfort, breaches."""

from coder.model.time import Span
from studio.acts import CHILD, PARENT, Act
from studio.masters.material import Material, span_of
from studio.masters.why.words import at, deed, does, during, listed, told

_PARTS = {
    "ep_play": "the session begins with play",
    "ep_pause": "here the pause begins, by the protocol: from now on the parent keeps a still face",
    "ep_again": "here the pause ends, by the protocol: the parent comes back",
    "ep_other": "no part of the protocol runs",
}
_INFANT = {
    "cp_cry": "it cries without pause: “Cries”, not “Fusses”",
    "cp_fuss": "it is unhappy and does not cry fully; mood comes before attention: “Fusses or withdraws”",
    "cp_thing": "the face is calm, and the eyes are not on the parent’s face: “Occupied with things”",
    "cp_watch": "the eyes are on the parent’s face, without a smile or a sound of joy: “Watches the parent”",
    "cp_joy": "the face is turned to the parent’s, with a smile, a coo or a laugh: “Joy toward the parent”",
    "cp_doze": "the lids are down for two seconds or longer: “Dozes”",
    "unc": "for a second or longer the infant’s face cannot be made out",
}
_PARENT = {
    "p_joy": "a smile, a laugh, a play face, or play with the infant’s body: “Joy in play”, with or without voice",
    "p_voice": "there is a voice and no smile: “Voice”, not “Joy in play”",
    "p_quiet": "neither smile nor voice, and the face moves as in anyone who looks on: “Watches quietly”",
    "p_still": "neither smile nor voice, and face and body do not move: “Still face”, not “Watches quietly”",
    "p_else": "the eyes are elsewhere: “Elsewhere”",
    "unc": "for a second or longer the parent’s face cannot be made out",
}
_SELF = {
    "s_none": "nothing that it does calms it or gets it away; one look aside is none",
    "s_scan": "it looks away again and again, each time for two seconds or longer",
    "s_escape": "it strains away from where it sits",
}
_SEEN = {
    CHILD: ("smile", "laugh", "coo", "fuss", "cry", "sad", "wave"),
    PARENT: ("smile", "laugh", "play_face", "say", "tickle", "touch", "still_face"),
}
"""Acts that show in face, voice and hands."""


def part_reason(span: Span, code: str) -> str:
    """Why a part of the session begins here."""
    return told(f"at {at(span.start_us)}: {_PARTS[code]}" if span.start_us else _PARTS[code])


def phase_reason(material: Material, who: str, code: str, span: Span) -> str:
    """Why a person's phase has its code."""
    name = "infant" if who == CHILD else "parent"
    acts = [act for act in during(material, span, who, leave=("look",)) if act.verb in _SEEN[who]]
    doing = f": the {name} {listed([deed(act) for act in acts[:3]])}" if acts else ""
    return told(f"from {at(span.start_us)} on{doing}", (_INFANT if who == CHILD else _PARENT)[code])


def brief_smile_reason(span: Span, smile: Act) -> str:
    """Why a smile of hardly a second makes no phase, and why to count it is as right."""
    return told(
        f"from {at(span.start_us)} on: {does(smile)}",
        "the smile shows for hardly a second, so it makes no phase; to call it “Joy in play” is as right",
    )


def self_reason(code: str) -> str:
    """Why a stretch of self-comfort has its code."""
    return told(_SELF[code])


def breach_reason(act: Act) -> str:
    """Why a moment of the pause is a breach."""
    how = f"{does(act)} at {at(act.start_us)}, until {at(span_of(act).end_us)}"
    return told(f"in the pause {how}", "one breach, however long it goes on")
