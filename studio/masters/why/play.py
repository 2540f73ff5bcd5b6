"""Reasons for the codes of shared play: engagement, invitations, turns."""

from collections import Counter
from collections.abc import Callable, Sequence

from coder.model.time import SECOND_US, Span
from studio.acts import CHILD, PARENT, Act, other
from studio.masters.frames import UNCODABLE, Run
from studio.masters.looks import FACE_SEEN, looks
from studio.masters.material import Material
from studio.masters.sharing import Sharing
from studio.masters.why.words import at, deed, does, during, lasting, listed, told

AT_MOST_NAMED = 3
"""So many acts or signs are named; the rest can be seen."""

_HANDS = ("play", "take", "offer", "put_down", "show", "roll", "reach", "hide", "clap", "point")


def engagement_reason(material: Material, run: Run, stretch: Sharing | None, signs: Sequence[Span]) -> str:
    """Why the child's engagement has its code. stretch: the sharing that the run lies in. signs: of awareness."""
    span = material.frames.span(run)
    if run.label == UNCODABLE:
        return told(
            f"for {lasting(span.duration_us)} less than {100 * FACE_SEEN:.0f} % of the child’s face is in sight"
        )
    if run.label in ("en_shared", "en_mutual") and stretch is not None:
        return _sharing_reason(span, stretch, signs)
    return _ALONE[run.label](material, span)


def _sharing_reason(span: Span, stretch: Sharing, signs: Sequence[Span]) -> str:
    begun = _builds_on(stretch)
    if span.start_us >= stretch.span.start_us + SECOND_US:
        begun = f"the sharing that began at {at(stretch.span.start_us)} goes on"
    shown = sorted(sign for sign in signs if sign.start_us < span.end_us and span.start_us <= sign.end_us)
    times = list(dict.fromkeys(at(max(sign.start_us, span.start_us)) for sign in shown))
    if times:
        named = times[:AT_MOST_NAMED] + (["later"] if len(times) > AT_MOST_NAMED else [])
        shows = (
            f"a look up, a giving, a word or a turn shows that the child knows of the parent: at {listed(named)}"
        )
        return told(begun, f"{shows}, so never ten seconds without: “Sharing, child shows it too”")
    alone = f"in these {lasting(span.duration_us)} the child looks up to no face, gives and shows nothing"
    return told(begun, f"{alone}: “Sharing, parent carries it”")


def _builds_on(stretch: Sharing) -> str:
    """Which act of the child built on which act of the parent."""
    for place, act in enumerate(stretch.acts):
        before = [one for one in stretch.acts[:place] if one.who == PARENT]
        if act.who == CHILD and before:
            first = before[-1]
            return (
                f"at {at(act.start_us)} {does(act)}, and that builds on what the parent did: "
                f"{does(first)} at {at(first.start_us)}"
            )
    return ""


def _off(material: Material, span: Span) -> str:
    body = [act for act in during(material, span, CHILD) if act.verb in ("lean_back", "turn_away", "fuss", "cry")]
    moves = f"{does(body[0])} and is" if body else "the child is"
    return told(
        f"at {at(span.start_us)} the child’s eyes leave what they were on",
        f"for {lasting(span.duration_us)} {moves} at nobody and nothing: “Not engaged”, as it lasts a second",
    )


def _watching(material: Material, span: Span) -> str:
    acts = [act for act in during(material, span, PARENT) if act.verb in _HANDS]
    what = (
        f"the child keeps its eyes on what the parent does ({deed(acts[0])})"
        if acts
        else ("the child looks at the parent, who attends to something else")
    )
    return told(f"from {at(span.start_us)} on {what}", "its own hands take no part: “Watching”, not sharing")


def _with_person(material: Material, span: Span) -> str:
    left = ("put_down", "take", "turn_away")
    childs = [deed(act) for act in during(material, span, CHILD) if act.verb not in left]
    parents = [deed(act) for act in during(material, span, PARENT)]
    doing = f" (the child {listed(childs[:AT_MOST_NAMED])})" if childs else ""
    answer = f"the parent {listed(parents[:AT_MOST_NAMED])}" if parents else "the parent looks at the child"
    return told(
        f"from {at(span.start_us)} on the child is turned to the parent{doing}, and {answer}",
        "no thing plays a part: “With the person”",
    )


def _with_object(material: Material, span: Span) -> str:
    acts = [act for act in during(material, span, CHILD) if act.verb in _HANDS and act.target is not None]
    what = "the child is at a thing"
    if acts:
        what += f": it {listed([deed(act) for act in acts[:AT_MOST_NAMED]])}"
    else:
        labels = [looks(material, CHILD).labels[index] for index in material.during(span)]
        things = Counter(label for label in labels if label in material.truth.holder)
        thing = f"the {things.most_common(1)[0][0]}" if things else "a thing"
        what = f"the child’s eyes rest on {thing} and examine it"
    return told(
        f"from {at(span.start_us)} on {what}",
        "nothing that the parent does changes it: “With an object alone”, not sharing",
    )


_ALONE: dict[str, Callable[[Material, Span], str]] = {
    "en_off": _off,
    "en_watch": _watching,
    "en_person": _with_person,
    "en_object": _with_object,
}


def bid_reason(group: Sequence[Act], result: str, answer: str) -> str:
    """Why acts are an invitation, and why that came of it. answer: what showed it, in words."""
    who, asked = group[0].who, other(group[0].who)
    what = listed([deed(act) for act in group[:AT_MOST_NAMED]])
    came = {
        "taken": f"taken up: within five seconds {answer}",
        "declined": f"declined: {answer}",
        "ignored": f"ignored: for five seconds nothing shows that the {asked} has noticed",
        "": f"what came of it stays open: the {asked} cannot be seen long enough, or the film ends",
    }[result]
    return told(f"the {who} {what}: that asks the {asked} to join, look or go on", came)


def turn_reason(act: Act, before: Act | None, after: Act | None) -> str:
    """Why an act is a turn. before, after: the moves of the other that it answers, and that answers it."""
    answers = f"it answers the {before.who}’s move at {at(before.start_us)} ({deed(before)})" if before else ""
    leaves = (
        f"it leaves room for the {after.who}’s next move, at {at(after.start_us)} ({deed(after)})" if after else ""
    )
    return told(
        does(act), answers or leaves, "it is a move in a game that runs, so no invitation" if before else ""
    )
