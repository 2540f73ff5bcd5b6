"""Judging answers: which act answers a cue, and how well. What the review of answers does to a pass.

Pure functions like those in `amend`: each makes one `Edit` of one cue, or raises `CodingError` with a sentence.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from coder.annotate import amend
from coder.language import tr
from coder.model.answers import answer_window
from coder.model.codable import uncodable
from coder.model.coding import CodingPass, Event, Modifiers
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import OUTCOME, Answered, Link, Outcome, Scheme
from coder.model.time import SECOND_US, Span, clock

if TYPE_CHECKING:
    from coder.annotate.linked import Linked


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the answer to a cue. hinders: the pass cannot be submitted like this."""

    what: str
    hint: str
    hinders: bool = True


def judge(
    coding: CodingPass, scheme: Scheme, linked: "Linked", cue: Event, outcome_id: str, act: Event | None
) -> Edit:
    """Give a cue its outcome, and link it to the act that answers it. linked: of the same pass.

    An outcome without an answer takes no act, and the details of an answer go with it; another act takes them
    away, too. Raises CodingError if nothing answers such a cue, if the link has no such outcome, if an outcome
    with an answer comes without an act in the cue's window, if the act answers another cue, or if the cue is
    judged so already.
    """
    link = _link(scheme, cue)
    outcome = link.outcome(outcome_id)
    if outcome is None:
        raise CodingError(Problem(tr("“{link}” has no outcome “{outcome}”.", link=link.label, outcome=outcome_id)))
    if outcome.has_answer:
        act = _answering(coding, scheme, linked, cue, outcome, act)
    answer = act.id if act is not None and outcome.has_answer else ""
    if (outcome.id, answer) == (cue.modifier(OUTCOME), cue.answer):
        raise CodingError(Problem(tr("This cue is judged “{outcome}” already.", outcome=outcome.label)))
    after = cue if answer and answer == cue.answer else unjudged(scheme, cue)
    others = tuple(pair for pair in after.modifiers if pair[0] != OUTCOME)
    modifiers: Modifiers = tuple(sorted((*others, (OUTCOME, outcome.id))))
    label = tr("“{cue}” at {time}: {outcome}", **_named(scheme, cue), outcome=outcome.label)
    return Edit.of(label, Change(cue, replace(after, modifiers=modifiers, answer=answer)))


def unjudge(scheme: Scheme, cue: Event) -> Edit:
    """Take back what was judged of a cue: outcome, act and details. Raises CodingError if nothing was."""
    _link(scheme, cue)
    after = unjudged(scheme, cue)
    if after == cue:
        raise CodingError(Problem(tr("“{cue}” at {time} is not judged.", **_named(scheme, cue))))
    return Edit.of(tr("Take back the outcome of “{cue}” at {time}", **_named(scheme, cue)), Change(cue, after))


def set_detail(scheme: Scheme, cue: Event, detail_id: str, value: str) -> Edit:
    """Choose a value of a detail of the answer, or take it back if it is chosen.

    Raises CodingError if there is no such detail or value, or no answer.
    """
    outcome = _link(scheme, cue).outcome(cue.modifier(OUTCOME))
    if outcome is None or not outcome.has_answer:
        what = tr("“{cue}” at {time} has no answer to say more about.", **_named(scheme, cue))
        raise CodingError(Problem(what, hint=tr("Choose an outcome with an answer first.")))
    return amend.toggle_option(scheme, cue, detail_id, value)


def unjudged(scheme: Scheme, event: Event) -> Event:
    """The event without what a review of answers has said about it; any event may be asked for."""
    link = scheme.link_of(event.tier)
    if link is None:
        return event
    judged = {OUTCOME, *(detail.id for detail in link.details)}
    return replace(event, answer="", modifiers=tuple(pair for pair in event.modifiers if pair[0] not in judged))


def act_of(coding: CodingPass, link: Link, cue: Event) -> Event | None:
    """The act that a cue is linked to; None if it is linked to none, or to one that is not in the pass."""
    if not cue.answer:
        return None
    row = coding.row(link.acts)
    first = bisect_left(row, cue.onset_us, key=lambda act: act.onset_us)
    near = row[first : first + _NEAR]  # nearly always there, so that reading a whole pass does not take its square
    return next((act for act in chain(near, row) if act.id == cue.answer), None)


_NEAR = 16


def in_window(scheme: Scheme, link: Link, window: Span, cue: Event, act: Event) -> bool:
    """True if an act begins while an answer to the cue may begin. window: the coded one."""
    last_us = min(cue.onset_us + link.window_of(scheme.code(cue.tier, cue.code)), window.end_us)
    return cue.onset_us < act.onset_us <= last_us


def cues_near(coding: CodingPass, scheme: Scheme, link: Link, act: Event) -> tuple[Event, ...]:
    """The cues that an act could answer, by its time alone."""
    longest_us = max(map(link.window_of, scheme.tier(link.cues).codes), default=0)
    row = coding.row(link.cues)
    first = bisect_left(row, act.onset_us - longest_us, key=lambda cue: cue.onset_us)
    last = bisect_left(row, act.onset_us, key=lambda cue: cue.onset_us)
    return row[first:last]


def cues(coding: CodingPass, scheme: Scheme) -> tuple[Event, ...]:
    """Everything that a review of answers goes through: link by link, in order of time."""
    return tuple(cue for link in scheme.links for cue in coding.row(link.cues))


def is_open(scheme: Scheme, event: Event) -> bool:
    """True for a cue that has no outcome yet."""
    link = scheme.link_of(event.tier)
    return link is not None and link.outcome(event.modifier(OUTCOME)) is None


def hidden_share(coding: CodingPass, scheme: Scheme, link: Link, window: Span) -> float:
    """Share (0 to 1) of a cue's window in which those who act could not be seen or heard."""
    rows = {
        tier.id: tuple(coding.within(tier.id, window)) if tier.exclusive else coding.row(tier.id)
        for tier in scheme.tiers
    }
    blind = uncodable(CodingPass(coding.header, rows), scheme, scheme.tier(link.acts), window)
    return sum(span.duration_us for span in blind) / window.duration_us if window.duration_us else 0.0


def without_act(coding: CodingPass, scheme: Scheme, link: Link, cue: Event) -> Outcome | None:
    """The outcome that is proposed for a cue that no act answers; None if the link has none for it.

    Nobody can tell where the window is cut by the end of the coded one, or half of it or more is not codable.
    """
    window = answer_window(coding, scheme, link, cue)
    whole_us = link.window_of(scheme.code(cue.tier, cue.code))
    dark = window.duration_us < whole_us or hidden_share(coding, scheme, link, window) >= 0.5
    return (link.outcome_for(Answered.UNKNOWN) if dark else None) or link.outcome_for(Answered.NONE)


def faults(coding: CodingPass, scheme: Scheme, cue: Event) -> Iterator[Fault]:
    """What is missing or contradictory in the judgement of a cue; nothing for any other event."""
    link = scheme.link_of(cue.tier)
    if link is None:
        return
    outcome, named = link.outcome(cue.modifier(OUTCOME)), _named(scheme, cue)
    judge_it = tr("Judge it in the review of answers.")
    judge_again = tr("Judge it again in the review of answers.")
    if outcome is None:
        if cue.modifier(OUTCOME) is None:
            yield Fault(tr("“{cue}” has no outcome yet.", cue=named["cue"]), judge_it, link.required)
        return
    words = {"cue": named["cue"], "outcome": outcome.label}
    act = act_of(coding, link, cue)
    if not outcome.has_answer:
        if cue.answer:
            yield Fault(tr("“{cue}” is “{outcome}” and has an act that answers it.", **words), judge_again)
        return
    if act is None:
        yield Fault(tr("“{cue}” is “{outcome}”, and no act answers it.", **words), judge_again)
        return
    if not in_window(scheme, link, coding.window, cue, act):
        yield Fault(tr("The act that answers “{cue}” does not begin in its window.", **words), judge_again)
    elif _rival(cues_near(coding, scheme, link, act), cue) is not None:
        yield Fault(tr("The act that answers “{cue}” answers another cue, too.", **words), judge_again)
    for detail in link.details:
        if detail.required and cue.modifier(detail.id) is None:
            yield Fault(tr("The answer to “{cue}” lacks “{detail}”.", **words, detail=detail.label), judge_it)


def broken_links(coding: CodingPass, scheme: Scheme, linked: "Linked", edit: Edit) -> Iterator[Problem]:
    """Why an edit must not link cues as it does, seen in the pass after it. linked: of either pass."""
    torn = {cue.id for cue in linked.torn(edit)}
    for change in edit.changes:
        cue, before = change.after, change.before
        if cue is None or not cue.answer or (before is not None and before.answer == cue.answer):
            continue
        link, named = scheme.link_of(cue.tier), _named(scheme, cue)
        if link is None or act_of(coding, link, cue) is None:
            what = tr("“{cue}” would be answered by an event that is not there.", cue=named["cue"])
            yield Problem(what, named["time"])
        elif cue.id in torn:
            what = tr("What answers “{cue}” answers another cue already.", cue=named["cue"])
            yield Problem(what, named["time"])


def latency_text(latency_us: int, link: Link) -> str:
    """`1.24 s · prompt`."""
    seconds = f"{latency_us / SECOND_US:.2f}"
    if 0 < latency_us <= link.prompt_us:
        return tr("{seconds} s · prompt", seconds=seconds)
    return tr("{seconds} s", seconds=seconds)


def _answering(
    coding: CodingPass, scheme: Scheme, linked: "Linked", cue: Event, outcome: Outcome, act: Event | None
) -> Event:
    link = _link(scheme, cue)
    window = answer_window(coding, scheme, link, cue)
    if act is None or not in_window(scheme, link, coding.window, cue, act):
        words = {"outcome": outcome.label, "seconds": f"{window.duration_us / SECOND_US:g}"}
        what = tr("“{outcome}” needs an act that begins within {seconds} s after the cue.", **words)
        raise CodingError(Problem(what, hint=tr("Choose another outcome, or code the act first.")))
    other = linked.rival(act.id, cue)
    if other is not None:
        what = tr(
            "“{act}” answers “{cue}” at {time} already.",
            act=scheme.name_of(act.tier, act.code),
            **_named(scheme, other),
        )
        raise CodingError(Problem(what, hint=tr("Choose another act, or judge that cue again first.")))
    return act


def _rival(row: Iterable[Event], cue: Event) -> Event | None:
    """Another cue that the same act answers."""
    return next((one for one in row if one.answer == cue.answer and one.id != cue.id), None)


def _link(scheme: Scheme, cue: Event) -> Link:
    link = scheme.link_of(cue.tier)
    if link is None:
        name = scheme.name_of(cue.tier, cue.code)
        hint = tr("Select a cue first.")
        raise CodingError(Problem(tr("“{code}” is nothing that is answered.", code=name), hint=hint))
    return link


def _named(scheme: Scheme, cue: Event) -> dict[str, str]:
    return {"cue": scheme.name_of(cue.tier, cue.code), "time": clock(cue.onset_us)}
