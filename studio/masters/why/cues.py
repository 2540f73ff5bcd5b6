"""Reasons for cues of the child, for acts of the parent, and for what came of a cue."""

from collections.abc import Sequence

from coder.model.time import SECOND_US
from studio.acts import CHILD, PARENT, Act
from studio.masters.frames import runs
from studio.masters.looks import looks
from studio.masters.material import Material, span_of
from studio.masters.signs import Sign
from studio.masters.why.words import at, deed, does, lasting, listed, told

_CUES = {
    "cue_voice": "a voiced sound without distress: “Calls or talks”",
    "cue_gesture": "arm and hand show, give or ask for something: “Shows, gives, reaches, points”",
    "cue_smile": "marked where the smile is first seen, or the laugh first heard: “Brightens”",
    "cue_distress": "there was calm for three seconds before it: “Signals distress”",
}
_FITS = {
    "match": "that meets what the child signalled",
    "part": "that means the child, and meets the signal only in part",
    "mismatch": "that is about something else, or against what the child signalled",
}
_FOLLOWS = {
    "o_match": "this kind of act fits this cue",
    "o_part": "this kind of act fits this cue loosely",
    "o_mis": "that is on something else, or against the cue",
}
_ACTS = {
    "act_talk": "words to the child, which attends to {things}; they copy nothing and are not about that: “Talks”",
    "act_warm": "the face lights up toward the child, or toward what both are at: “Smiles or lights up”",
    "act_join": "the child attends to {things}, and this leaves its focus there: “Joins”",
    "act_touch": "a touch in warmth or play; the child has not asked for a break: “Affectionate or playful touch”",
    "act_soothe": "the child is in distress, or was until less than ten seconds ago: “Comforts” comes before "
    "“Talks” and touch",
    "act_redirect": "the child attends to {things}, and this brings up something else: “Steers to something else”",
}
_CALLS = ("babble", "coo", "squeal", "say", "laugh")


def cue_reason(material: Material, cue: Sign) -> str:
    """Why there is a cue, and of this kind."""
    if cue.code == "cue_look":
        return _look_reason(material, cue.at_us)
    what = f"at {at(cue.at_us)} {_deeds(cue)}"
    if cue.code == "cue_newact":
        before = [act for act in _on(material, cue) if act.start_us < cue.acts[0].start_us]
        ended = max((span_of(act).end_us for act in before), default=None)
        rest = f"its hands were not on the {cue.acts[0].target} in the three seconds before"
        if ended is not None and cue.at_us - ended < 3 * SECOND_US:
            rest = f"until now its hands did something else with the {cue.acts[0].target} ({deed(before[-1])})"
        return told(what, f"{rest}: “Starts something new”")
    if cue.code == "cue_away":
        going = [act for act in material.acts_of(PARENT) if span_of(act).contains(cue.at_us)]
        past = [act for act in material.acts if act.who == PARENT and act.verb in ("tickle", "touch")]
        during = going or [act for act in past if act.start_us < cue.at_us][-1:]
        why = f"the parent {listed([deed(act) for act in during])}" if during else "the parent comes too near"
        return told(what, f"{why}, and the child withdraws from it: “Asks for a break”")
    return told(what, _CUES[cue.code])


def act_reason(material: Material, act: Sign, focus: set[str], plea: Act | None) -> str:
    """Why there is an act of the parent, and of this kind.

    focus: the toys that the child attends to then. plea: the child's asking for a break that still stands.
    """
    what = f"at {at(act.at_us)} {_deeds(act)}"
    things = listed([f"the {toy}" for toy in sorted(focus)]) or "no thing"
    if act.code == "act_echo":
        calls = [one for one in material.acts_of(CHILD, *_CALLS) if one.start_us < act.at_us]
        after = f"after {does(calls[-1])}, at {at(calls[-1].start_us)}" if calls else "after the child"
        return told(what, f"it takes up what came before, {after}: “Copies or expands” comes before “Talks”")
    if act.code == "act_impose":
        over = (
            f"the child asked for a break at {at(plea.start_us)} ({deed(plea)})" if plea else "the child was busy"
        )
        return told(what, f"{over}, and the parent acts on it all the same: “Imposes”")
    return told(what, _ACTS[act.code].format(things=things))


def answer_reason(cue: Sign, act: Sign, meant: Act | None, outcome: str) -> str:
    """Why an answer fits as it does. meant: the act that the author wrote as the answer, if there is one."""
    done = meant.start_us if meant is not None and meant.start_us > cue.at_us else act.at_us
    what = f"{lasting(done - cue.at_us)} later {does(meant) if meant is not None else _deeds(act)}"
    if meant is None or meant.fit is None:
        return f"{what}; {_FOLLOWS[outcome]}"
    return f"{what}; {meant.note or _FITS[meant.fit]}"


def _look_reason(material: Material, at_us: int) -> str:
    target, since_us = "", 0
    for run in runs(looks(material, CHILD).labels):
        span = material.frames.span(run)
        if span.end_us > at_us:
            break
        since_us = since_us if run.label != "parent_face" and target not in ("", "parent_face") else span.start_us
        target = run.label
    before = (
        "on nothing" if target in ("away", "closed", "") else f"on the {target.replace('parent_', 'parent’s ')}"
    )
    return told(
        f"at {at(at_us)} the child’s eyes come to rest on the parent’s face; they were elsewhere for "
        f"{lasting(at_us - since_us)}, last {before}",
        "a second elsewhere is what makes it a cue: “Looks to parent’s face”",
    )


def _deeds(sign: Sign) -> str:
    """“the parent smiles”: the first of the acts; a sign always has one, but for looks."""
    return does(sign.acts[0]) if sign.acts else "it begins"


def _on(material: Material, sign: Sign) -> Sequence[Act]:
    return [
        act
        for act in material.acts
        if act.who == CHILD and act.target == sign.acts[0].target and act.verb != "look"
    ]
