"""Master codes of “Who Looks Where, How Near”: the two lines of gaze. Distance and touch are in `nearness`."""

from coder.model.time import SECOND_US
from studio.acts import PARENT, PEOPLE, other
from studio.masters.frames import UNCODABLE, Labels, Run, bridged, runs, without_short
from studio.masters.looks import CLOSED_US, LOOK_US, UNSEEN_US, Looks, last_end_us, looks
from studio.masters.material import Coded, Material
from studio.masters.nearness import nearness

JOINED_US = 2 * SECOND_US
"""gaze-near, Object both use: “a thing that the parent touches, or that the parent has looked at within the last 2
seconds”; and the same for the parent's line."""

TIERS = {"child": "cg", "parent": "pg"}


def gaze_near(material: Material) -> list[Coded]:
    """All four lines of the scheme."""
    seen = {who: looks(material, who) for who in PEOPLE}
    return [coded for who in PEOPLE for coded in _line(material, who, seen)] + nearness(material)


def _line(material: Material, who: str, seen: dict[str, Looks]) -> list[Coded]:
    """One exclusive line without a gap: every frame's look by the scheme's definitions, then its least lengths."""
    frames = material.frames
    codes = _codes(material, who, seen)
    codes = without_short(bridged(codes, frames, LOOK_US), frames, _least_us)
    return [_coded(material, who, run, seen[who]) for run in runs(codes)]


def _codes(material: Material, who: str, seen: dict[str, Looks]) -> Labels:
    # the parent's line has no code for closed eyes: “Elsewhere: … staring into space, eyes closed”
    closed = "away" if who == PARENT else "closed"
    plain = {f"{other(who)}_face": "face", f"{other(who)}_hands": "body", "camera": "obj", "closed": closed}
    shared = {toy: _joined(material, toy, other(who), seen[other(who)]) for toy in material.truth.holder}
    return [
        ("shared" if shared[label][index] else "obj") if label in shared else plain.get(label, label)
        for index, label in enumerate(seen[who].labels)
    ]


def _joined(material: Material, toy: str, partner: str, look: Looks) -> list[bool]:
    """For each frame: does the partner touch the toy, or look at it, or did so within the last 2 s?"""
    frames = material.frames
    held = [str(holder) in (partner, "both") for holder in material.truth.holder[toy]]
    # small taps on the table hold nothing, and touch
    taps = material.flags(act for act in material.acts_of(partner, "play") if act.target == toy)
    ends = last_end_us(material, look.on(toy))
    recent = [end is not None and at < end + JOINED_US for at, end in zip(frames.edges_us, ends, strict=False)]
    return [any(ways) for ways in zip(held, taps, recent, strict=True)]


def _least_us(code: str) -> int:
    return {"closed": CLOSED_US, UNCODABLE: UNSEEN_US}.get(code, LOOK_US)


def _coded(material: Material, who: str, run: Run, seen: Looks) -> Coded:
    span, tier = material.frames.span(run), TIERS[who]
    if run.label == UNCODABLE:
        return Coded(tier, UNCODABLE, span)
    if run.label == "closed":
        return Coded(tier, f"{tier}_closed", span)
    return Coded(tier, f"{tier}_{run.label}", span, (("from", seen.judged_from(run)),))
