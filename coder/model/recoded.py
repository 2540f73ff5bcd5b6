"""The events of a pass in the words of another version of its scheme, as a `Recoding` says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from coder.model.coding import NOTHING, Certainty, CodingPass, Event, Modifiers, order
from coder.model.recoding import Recoding, Word, parts
from coder.model.scheme import OUTCOME, Outcome, Scheme, TierKind

_SURE = tuple(Certainty)


@dataclass(frozen=True)
class Recoded:
    """What becomes of the events of a pass. All but `events` and `unjudged` are events as they were before.

    events: as they will be, with ids of their own. before: id of a new event -> the old one, the first of those
    that were joined. left_out: those without a place. joined: states that became one with the state before. shed:
    events that lose a detail, or a code that was as right as theirs. unjudged: cues (as they will be) to judge
    again, because their answer or their outcome has no place. crowded: events of which two values would have to
    stand in a detail that can have one; such a plan cannot be carried out.
    """

    events: tuple[Event, ...]
    before: Mapping[str, Event]
    moved: int
    left_out: tuple[Event, ...]
    joined: tuple[Event, ...]
    shed: tuple[Event, ...]
    unjudged: tuple[Event, ...]
    crowded: tuple[Event, ...]


def recoded(coding: CodingPass, plan: Recoding, new_id: Callable[[], str] = lambda: str(uuid4())) -> Recoded:
    """Carry out a plan in which every word of the pass is decided. KeyError if a word of the pass is not in it.

    Span, note, certainty, reaction time and moments stay as they are. Two states that touch, and that only the
    plan made the same code with the same details, become one: under the new version they are one state. An answer
    goes on pointing at the act that it pointed at.
    """
    made: dict[str, Event] = {}
    left_out, shed, crowded = [], [], []
    for event in coding:
        step = plan.step(Word(event.tier, event.code))
        if step.new is None:
            left_out.append(event)
            continue
        modifiers, lost, full = _modifiers(event, plan)
        either, fewer = _either(event, plan)
        shed += [event] if lost or fewer else []
        crowded += [event] if full else []
        span = replace(event.span, end_us=event.onset_us) if step.onset_only else event.span
        made[event.id] = replace(
            event,
            id=new_id(),
            tier=step.new.tier,
            code=step.new.code,
            span=span,
            modifiers=modifiers,
            either=either,
        )
    joined = _join(made, coding, plan.new)
    unjudged = _answer(made, coding, plan)
    events = tuple({event.id: event for event in made.values()}.values())
    before = {made[event.id].id: event for event in reversed([*coding]) if event.id in made}
    return Recoded(events, before, len(made), tuple(left_out), joined, tuple(shed), unjudged, tuple(crowded))


def _modifiers(event: Event, plan: Recoding) -> tuple[Modifiers, bool, bool]:
    """The details of an event in new words, whether one is lost, and whether one would have two values."""
    old = plan.old.code(event.tier, event.code)
    target = plan.step(Word(event.tier, event.code)).new
    assert target is not None
    kinds = {one.id: one.kind for one in plan.new.code(target.tier, target.code).modifiers}
    found: dict[str, set[str]] = {}
    lost = False
    for name, value in event.modifiers:
        for part in parts(next((one for one in old.modifiers if one.id == name), None), value):
            new = plan.step(Word(event.tier, event.code, name, part)).new
            lost |= new is None
            if new is not None:
                found.setdefault(new.modifier, set()).add(new.value)
    full = any(len(values) > 1 and kinds[name] != "multi" for name, values in found.items())
    return tuple(sorted((name, ",".join(sorted(values))) for name, values in found.items())), lost, full


def _either(event: Event, plan: Recoding) -> tuple[tuple[str, ...], bool]:
    """The codes as right as an event's own in new words, and whether one has no place beside it any more."""
    own = plan.step(Word(event.tier, event.code)).new
    found, lost = set[str](), False
    for code in event.either:
        if code == NOTHING:
            found.add(NOTHING)
            continue
        new = plan.step(Word(event.tier, code)).new
        if new is None or own is None or new.tier != own.tier:
            lost = True
        elif new.code != own.code:  # two codes that became one: there is nothing left to choose between
            found.add(new.code)
    return tuple(sorted(found)), lost


def _join(made: dict[str, Event], coding: CodingPass, new: Scheme) -> tuple[Event, ...]:
    """Make one of states that touch and that the plan gave one code; `made` then names it for each of them."""
    joined: list[Event] = []
    rows: dict[str, list[Event]] = {}
    for event in coding:
        if event.id in made:
            rows.setdefault(made[event.id].tier, []).append(event)
    for tier in new.tiers:
        if tier.kind is not TierKind.STATE or not tier.exclusive:
            continue
        row = sorted(rows.get(tier.id, ()), key=lambda one: order(made[one.id]))
        first = 0
        for at in range(1, len(row)):
            whole, after = made[row[first].id], made[row[at].id]
            if _was(row[at - 1]) == _was(row[at]) or not _touch(whole, after):
                first = at
                continue
            made[row[first].id] = _whole(whole, after)
            joined.append(row[at])
            made.update({one.id: made[row[first].id] for one in row[first + 1 : at + 1]})
    return tuple(joined)


def _was(event: Event) -> tuple[str, str, Modifiers, tuple[str, ...]]:
    return event.tier, event.code, event.modifiers, event.either


def _touch(one: Event, after: Event) -> bool:
    """True if the second state goes on where the first ends, and says the same."""
    same = (one.code, one.modifiers, one.either) == (after.code, after.modifiers, after.either)
    return same and one.offset_us == after.onset_us


def _whole(one: Event, after: Event) -> Event:
    """Two states as one: from the first onset to the last offset, with both notes, no surer than the less sure."""
    return replace(
        one,
        span=replace(one.span, end_us=after.offset_us),
        note="; ".join(dict.fromkeys(note for note in (one.note, after.note) if note)),
        certainty=max(one.certainty, after.certainty, key=_SURE.index),
        moments=tuple(sorted({*one.moments, *after.moments})),
    )


def _answer(made: dict[str, Event], coding: CodingPass, plan: Recoding) -> tuple[Event, ...]:
    """Let answers point at the new acts; a cue whose judgement no longer holds together loses it."""
    unjudged: list[Event] = []
    for cue in coding:
        new = made.get(cue.id)
        if new is None:
            continue
        old_link, link = plan.old.link_of(cue.tier), plan.new.link_of(new.tier)
        act = made.get(cue.answer)
        answer = act.id if act is not None and link is not None and act.tier == link.acts else ""
        was = None if old_link is None else old_link.outcome(cue.modifier(OUTCOME))
        now = None if link is None else link.outcome(new.modifier(OUTCOME))
        whole = bool(answer) == bool(cue.answer) and _answers(was) == _answers(now)
        if whole:
            made[cue.id] = replace(new, answer=answer)
        else:
            made[cue.id] = replace(new, answer="", modifiers=_unjudged(new.modifiers, plan.new, new))
            unjudged.append(made[cue.id])
    return tuple(unjudged)


def _answers(outcome: Outcome | None) -> bool | None:
    return None if outcome is None else outcome.has_answer


def _unjudged(modifiers: Modifiers, scheme: Scheme, event: Event) -> Modifiers:
    judged = {one.id for one in scheme.code(event.tier, event.code).modifiers if one.judged}
    return tuple((name, value) for name, value in modifiers if name not in judged)
