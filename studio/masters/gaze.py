"""Master codes of “Who Looks Where, How Near”: the two lines of gaze. Distance and touch are in `nearness`."""

from coder.model.time import SECOND_US
from studio.acts import PARENT, PEOPLE, other
from studio.masters.frames import UNCODABLE, Labels, Run, bridged, runs, without_short
from studio.masters.looks import CLOSED_US, LOOK_US, UNSEEN_US, Looks, last_end_us, looks
from studio.masters.material import Coded, Material
from studio.masters.nearness import nearness
from studio.masters.why.looks import look_reason
from studio.masters.zones import eyes_on_their_way

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
    found = runs(without_short(bridged(codes, frames, LOOK_US), frames, _least_us))
    hands = {toy: _handled(material, toy, other(who)) for toy in material.truth.holder}
    return [
        _coded(material, who, before, run, seen, hands) for before, run in zip([None, *found], found, strict=False)
    ]


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
    ends = last_end_us(material, look.on(toy))
    recent = [
        end is not None and at < end + JOINED_US for at, end in zip(material.frames.edges_us, ends, strict=False)
    ]
    return [any(ways) for ways in zip(_handled(material, toy, partner), recent, strict=True)]


def _handled(material: Material, toy: str, who: str) -> list[bool]:
    """For each frame: does the person touch the toy?"""
    held = [str(holder) in (who, "both") for holder in material.truth.holder[toy]]
    # small taps on the table hold nothing, and touch
    taps = material.flags(act for act in material.acts_of(who, "play") if act.target == toy)
    return [any(ways) for ways in zip(held, taps, strict=True)]


def _least_us(code: str) -> int:
    return {"closed": CLOSED_US, UNCODABLE: UNSEEN_US}.get(code, LOOK_US)


def _coded(
    material: Material,
    who: str,
    before: Run | None,
    run: Run,
    seen: dict[str, Looks],
    hands: dict[str, list[bool]],
) -> Coded:
    span, tier = material.frames.span(run), TIERS[who]
    note = look_reason(material, who, before, run, seen, hands)
    zone = None
    if before is not None and UNCODABLE not in (before.label, run.label):
        zone = eyes_on_their_way(material, who, run.first)
    if run.label == UNCODABLE:
        return Coded(tier, UNCODABLE, span, note=note)
    if run.label == "closed":
        return Coded(tier, f"{tier}_closed", span, note=note, onset_zone=zone)
    judged = (("from", seen[who].judged_from(run)),)
    either = _as_right(material, other(who), run, tier)
    return Coded(tier, f"{tier}_{run.label}", span, judged, note, either=either, onset_zone=zone)


def _as_right(material: Material, partner: str, run: Run, tier: str) -> tuple[str, ...]:
    """Hands with a thing in them: nobody can see whether the eyes are on the hand or on the thing."""
    holding = [
        sum(str(holder) in (partner, "both") for holder in row[run.first : run.stop])
        for row in material.truth.holder.values()
    ]
    return (
        (f"{tier}_shared",) if run.label == "body" and 2 * max(holding, default=0) >= run.stop - run.first else ()
    )
