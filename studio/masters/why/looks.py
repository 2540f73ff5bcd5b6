"""Reasons for the codes of where somebody looks."""

from collections import Counter
from collections.abc import Mapping

from coder.model.time import SECOND_US
from studio.acts import PARENT, other
from studio.masters.frames import UNCODABLE, Run
from studio.masters.looks import FACE_SEEN, Looks, last_end_us
from studio.masters.material import Material
from studio.masters.why.words import at, lasting, told

Hands = Mapping[str, list[bool]]
_BOTH, _OTHER = "“Object both use”", "“Other object”"


def look_reason(
    material: Material, who: str, before: Run | None, run: Run, seen: Mapping[str, Looks], hands: Hands
) -> str:
    """Why a look has its code. hands: toy -> for each frame, has the partner a hand on it?"""
    target = _target(seen[who], run)
    last = "" if before is None else _target(seen[who], before)
    from_head = seen[who].judged_from(run) == "head" and run.label not in (UNCODABLE, "closed")
    hidden = "the eyes cannot be seen here: “Judged from: Head”" if from_head else ""
    if run.label == UNCODABLE:
        seen_at_most = f"less than {100 * FACE_SEEN:.0f} % of the face is in sight"
        length = lasting(material.frames.length_us(run))
        return told(f"for {length} neither eyes nor head of the {who} can be made out: {seen_at_most}", hidden)
    sign = "head" if from_head else "eyes"
    arrives = _arrives(material, who, target, last, before, run, sign)
    return told(arrives, _why_not_its_neighbour(material, who, target, run, seen, hands), hidden)


def _target(looks: Looks, run: Run) -> str:
    return Counter(looks.labels[run.first : run.stop]).most_common(1)[0][0]


def _arrives(material: Material, who: str, target: str, last: str, before: Run | None, run: Run, sign: str) -> str:
    """sign: "eyes", or "head" where only that can be seen."""
    begin, length = at(material.frames.edges_us[run.first]), lasting(material.frames.length_us(run))
    if target == "away":
        place = "from the first frame on" if before is None else f"at {begin}"
        return f"{place} the eyes of the {who} leave what they were on and rest on nothing for {length}"
    if target == "closed":
        return f"at {begin} the lids of the {who} go down, and stay down for {length}"
    thing = _thing(who, target)
    theirs, rest, came = f"the {sign} of the {who}", "rest on", "come to rest on"
    if sign == "head":
        rest, came = "points at", "turns to"
    if before is None:
        return f"from the first frame on {theirs} {rest} {thing}"
    if last == target:
        return f"at {begin} the {who} goes on looking at {thing}"
    if last == UNCODABLE:
        return f"when the {who} can be seen again, at {begin}, {theirs} {rest} {thing}"
    until = "nothing" if last in ("away", "closed") else _thing(who, last)
    return f"at {begin} {theirs} {came} {thing} (before: {until})"


def _thing(who: str, target: str) -> str:
    partner = other(who)
    names = {f"{partner}_face": f"the {partner}’s face", f"{partner}_hands": f"the {partner}’s hands"}
    return names.get(target, f"the {target}")


def _why_not_its_neighbour(
    material: Material, who: str, target: str, run: Run, seen: Mapping[str, Looks], hands: Hands
) -> str:
    partner = other(who)
    toy = _in_hand(material, partner, run)
    why = {
        "body": f"the hand is looked at, not the {toy} in it" if toy else "no thing in the hands is looked at",
        "face": f"the face counts, not the {toy} in the {partner}’s hand" if toy else "",
        "away": f"there is nothing to look at there: “Elsewhere”, not {_OTHER}",
        "closed": "it is longer than a blink",
    }.get(run.label, "")
    if target == "closed" and who == PARENT:
        why = "it is longer than a blink, and the parent’s line has no code for closed eyes: “Elsewhere”"
    elif target == "camera":
        why = f"the camera is a thing like others: {_OTHER}"
    elif run.label == "shared" and target in hands:
        how = _joined(material, partner, target, run.first, seen[partner], hands)
        why = f"{how}: so both use it, and it is {_BOTH}, not {_OTHER}"
    elif run.label == "obj":
        why = (
            f"the {partner} has no hand on it and has not looked at it in the two seconds before: "
            f"{_OTHER}, not {_BOTH}"
        )
    return why


def _in_hand(material: Material, who: str, run: Run) -> str:
    for toy, holder in material.truth.holder.items():
        held = sum(str(one) in (who, "both") for one in holder[run.first : run.stop])
        if 2 * held >= run.stop - run.first:
            return toy
    return ""


def _joined(material: Material, partner: str, toy: str, first: int, look: Looks, hands: Hands) -> str:
    """What of the partner makes a thing one that both use, in a frame."""
    if hands[toy][first]:
        return f"the {partner} has a hand on it"
    if look.labels[first] == toy:
        return f"the {partner} looks at it too"
    ended = last_end_us(material, look.on(toy))[first]
    ago = 0 if ended is None else material.frames.edges_us[first] - ended
    return f"the {partner} looked at it until {max(ago, 0) / SECOND_US:.1f} s ago, less than two seconds"
