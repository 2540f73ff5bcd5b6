"""Reasons for the codes of distance and touch."""

import numpy as np

from coder.model.time import Span
from studio.acts import CHILD, PARENT
from studio.masters.frames import Run
from studio.masters.material import Material
from studio.masters.why.words import at, does, during, told

_HANDS = ("touch", "tickle", "take", "offer", "put_down", "clap")
_OVER = ("take", "offer")
_TOUCH = {
    "t_kind": "it shows warmth and asks for nothing: “Affectionate”, not “Caring”",
    "t_play": "it is meant to amuse: “Playful”, not “Affectionate”",
    "t_care": "it serves a purpose: “Caring”, not “Affectionate”",
    "t_hold": "it holds the child against what it wants: “Holding or forcing”, the first in the scheme’s order",
}


def distance_reason(material: Material, run: Run, reach_mm: float) -> str:
    """Why a stretch of distance has its code. reach_mm: between the heads, at an arm's length."""
    span = material.frames.span(run)
    begin = at(span.start_us)
    heads_cm = float(np.median(material.truth.head_distance_mm[run.first : run.stop])) / 10
    if run.label == "d_touch":
        return told(
            f"at {begin} {_contact(material, span)}",
            "contact counts, whatever it is for: “Touching”, not “Within reach”",
        )
    if run.label == "d_out":
        return told(
            f"at {begin} nothing of the head is in the picture any more",
            "who cannot be seen is “out of view”, not “Further apart”",
        )
    nobody, arm = "nobody’s hand is on the other", f"the {reach_mm / 10:.0f} cm of an arm’s length"
    if run.label == "d_room":
        most_cm = float(np.max(material.truth.head_distance_mm[run.first : run.stop])) / 10
        return told(
            f"{nobody}, and the heads are up to {most_cm:.0f} cm apart, more than {arm}: “Further apart”",
            "a change is marked when the movement has ended",
        )
    return told(f"{nobody}, and the heads are about {heads_cm:.0f} cm apart, less than {arm}: “Within reach”")


def touch_reason(material: Material, run: Run, brushed: bool) -> str:
    """Why a stretch of the parent's touch has its code. brushed: a hand of the parent meets the child in it."""
    span = material.frames.span(run)
    if run.label == "t_none":
        brush = "hands that meet over a thing that changes hands are no touch" if brushed else ""
        return told("no hand of the parent is laid on the child", brush)
    acts = [one for one in during(material, span, PARENT) if one.verb in ("touch", "tickle")]
    what = does(acts[0]) if acts else "the parent’s hand is on the child"
    return told(
        f"at {at(span.start_us)} the hand is on the child: {what}",
        _TOUCH[run.label],
    )


def _contact(material: Material, span: Span) -> str:
    acts = [one for who in (PARENT, CHILD) for one in during(material, span, who) if one.verb in _HANDS]
    for one in acts:
        if one.verb in ("touch", "tickle"):
            return f"hand and body meet: {does(one)}"
    if any(one.verb in _OVER for one in acts):
        return f"their hands meet over the {acts[0].target} as it changes hands"
    return "a hand of the one meets the other’s body"
