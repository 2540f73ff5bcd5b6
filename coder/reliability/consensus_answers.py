"""The answers of a consensus: judgements of cues, with the ids of the acts that are there now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coder.model.coding import Event, Modifiers, order
from coder.model.disagreement import Verdict
from coder.model.scheme import OUTCOME, Link, Scheme
from coder.model.time import Span
from coder.reliability.rulings import Rulings


@dataclass(frozen=True, slots=True)
class Mark:
    """A point event of a consensus, a cue or not. a, b: what the coders marked. taken: id of the one it is."""

    event: Event
    a: Event | None
    b: Event | None
    taken: str


def with_answers(marks: Sequence[Mark], scheme: Scheme, window: Span, rulings: Rulings) -> Iterator[Event]:
    """All point events; cues keep a judgement that still holds, and others wait to be judged.

    An outcome is taken as it was ruled, with that coder's act and details. It holds if the act is in the
    consensus, begins while an answer may, and answers no earlier cue.
    """
    acts = {one.id: mark.event for mark in marks for one in (mark.a, mark.b) if one and _stands(one, mark)}
    cues_of = {link.cues for link in scheme.links}
    yield from (mark.event for mark in marks if mark.event.tier not in cues_of)
    for link in scheme.links:
        taken: set[str] = set()
        cues = (mark for mark in marks if mark.event.tier == link.cues)
        for mark in sorted(cues, key=lambda mark: order(mark.event)):
            judged = _judged(mark, scheme, link, window, rulings, acts, taken)
            taken.add(judged.answer)
            yield judged


def _stands(one: Event, mark: Mark) -> bool:
    """Of two that were confused only the one that was taken is the act that a cue may name."""
    return one.id == mark.taken or one.code == mark.event.code


def _judged(
    mark: Mark,
    scheme: Scheme,
    link: Link,
    window: Span,
    rulings: Rulings,
    acts: Mapping[str, Event],
    taken: Collection[str],
) -> Event:
    details = {detail.id for detail in link.details}
    kept = tuple(pair for pair in mark.event.modifiers if pair[0] not in details | {OUTCOME})
    cue = replace(mark.event, modifiers=kept, answer="")
    last_us = min(cue.onset_us + link.window_of(scheme.code(cue.tier, cue.code)), window.end_us)
    for judge in _judges(mark, rulings):
        outcome = link.outcome(judge.modifier(OUTCOME))
        if outcome is None:
            continue
        if not outcome.has_answer:
            return replace(cue, modifiers=tuple(sorted((*kept, (OUTCOME, outcome.id)))))
        act = acts.get(judge.answer)
        if act is None or act.tier != link.acts or act.id in taken:
            continue
        if cue.onset_us < act.onset_us <= last_us:
            said = [pair for pair in _details(mark, judge, link, rulings) if pair[0] in details]
            return replace(cue, modifiers=tuple(sorted((*kept, *said, (OUTCOME, outcome.id)))), answer=act.id)
    return cue


def _judges(mark: Mark, rulings: Rulings) -> list[Event]:
    """The coders' own cues whose judgement may stand, the first one first."""
    a, b = mark.a, mark.b
    if a is None or b is None or a.code != b.code:
        return [one for one in (a, b) if one is not None and one.id == mark.taken]
    ruling = rulings.between(a, b, OUTCOME)
    if ruling is None:
        return []
    if a.modifier(OUTCOME) == b.modifier(OUTCOME) or ruling is Verdict.EITHER:
        return [a, b]
    return [b if ruling is Verdict.B else a]


def _details(mark: Mark, judge: Event, link: Link, rulings: Rulings) -> Modifiers:
    """What is said of the answer: as ruled where both coders saw one, else by who saw it."""
    a, b = mark.a, mark.b
    if a is None or b is None or a.code != b.code:
        return judge.modifiers
    outcomes = (link.outcome(one.modifier(OUTCOME)) for one in (a, b))
    both = all(outcome is not None and outcome.has_answer for outcome in outcomes)
    return rulings.details(a, b) if both else judge.modifiers
