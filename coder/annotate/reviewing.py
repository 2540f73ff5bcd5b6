"""One cue as the review of answers shows it: what was judged or is proposed, and what could answer it."""

from bisect import bisect_left
from dataclasses import dataclass

from coder.annotate.answering import act_of, hidden_share, in_window, is_open, without_act
from coder.annotate.keymap import OptionKey, detail_keys
from coder.annotate.linked import Linked
from coder.model.answers import acts_within, answer_window, proposal
from coder.model.coding import CodingPass, Event, order
from coder.model.scheme import OUTCOME, Code, Link, Modifier, Outcome, Scheme
from coder.model.time import Span


@dataclass(frozen=True, slots=True)
class Choice:
    """An act that could answer a cue. outside: it begins outside the window. taken_by: the cue that it answers."""

    act: Event
    latency_us: int
    prompt: bool
    outside: bool = False
    taken_by: Event | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A cue in the review. number: from 1, of all cues. window: the time in which an answer may begin.

    choices: the acts in the window, in order, and the one that the cue is linked to, wherever it lies. act: the
    one that answers, as judged, or as proposed while the cue has no outcome. outcome: as judged. proposed: the
    outcome where no act answers; None where it is for a person to judge. cut: the coded window ends before the
    cue's.
    hidden: share (0 to 1) of the window in which those who act could not be seen or heard.
    """

    link: Link
    cue: Event
    code: Code
    number: int
    window: Span
    choices: tuple[Choice, ...]
    act: Event | None
    outcome: Outcome | None
    proposed: Outcome | None
    cut: bool
    hidden: float

    @property
    def answered(self) -> bool:
        """True if the cue is judged to have an answer, of which details can be told."""
        return self.outcome is not None and self.outcome.has_answer

    def details(self) -> tuple[Modifier, ...]:
        """What else is judged of the answer; nothing where there is none."""
        return self.link.details if self.answered else ()


def case_of(coding: CodingPass, scheme: Scheme, linked: Linked, cue_id: str) -> Case | None:
    """The case of a cue; None if it is not in the pass. linked: of the same pass."""
    cue = linked.cue(cue_id)
    link = scheme.link_of(cue.tier) if cue is not None else None
    if cue is None or link is None:
        return None
    code, window = scheme.code(cue.tier, cue.code), answer_window(coding, scheme, link, cue)
    outcome, held = link.outcome(cue.modifier(OUTCOME)), act_of(coding, link, cue)
    found = list(acts_within(coding, link, cue, window))
    if held is not None and held not in found:
        found = sorted((*found, held), key=lambda act: act.onset_us)

    def taken(act: Event) -> bool:
        other = linked.cue_of(act.id, link.cues)
        return other is not None and not is_open(scheme, other)

    act = held if outcome is not None else proposal(coding, scheme, link, cue, taken)
    return Case(
        link,
        cue,
        code,
        _number(coding, scheme, link, cue),
        window,
        tuple(_choice(scheme, link, coding.window, linked, cue, one) for one in found),
        act,
        outcome,
        without_act(coding, scheme, link, cue) if outcome is None and act is None else None,
        window.duration_us < link.window_of(code),
        hidden_share(coding, scheme, link, window),
    )


def _number(coding: CodingPass, scheme: Scheme, link: Link, cue: Event) -> int:
    """Which of all cues it is, link by link, from 1."""
    before = scheme.links[: scheme.links.index(link)]
    row = coding.row(link.cues)
    return sum(len(coding.row(one.cues)) for one in before) + bisect_left(row, order(cue), key=order) + 1


def _choice(scheme: Scheme, link: Link, window: Span, linked: Linked, cue: Event, act: Event) -> Choice:
    latency_us = act.onset_us - cue.onset_us
    return Choice(
        act,
        latency_us,
        0 < latency_us <= link.prompt_us,
        not in_window(scheme, link, window, cue, act),
        linked.rival(act.id, cue),
    )


@dataclass(frozen=True, slots=True)
class Look:
    """A case as somebody looks at it. picked: the act that was picked by hand, by its id; "" for none.

    asked: which detail of the answer is asked for, by its place; None while none is.
    """

    case: Case
    picked: str = ""
    asked: int | None = None

    @property
    def act(self) -> Event | None:
        """The act that an outcome would link: picked by hand, else linked or proposed."""
        return next((one.act for one in self.case.choices if one.act.id == self.picked), self.case.act)

    @property
    def question(self) -> Modifier | None:
        """The detail that is asked for."""
        details = self.case.details()
        return details[self.asked] if self.asked is not None and self.asked < len(details) else None

    @property
    def lacking(self) -> bool:
        """True if the detail that is asked for has to be told, and is not."""
        asked = self.question
        return asked is not None and asked.required and self.case.cue.modifier(asked.id) is None

    def judged(self, outcome_id: str) -> bool:
        """True if the cue has this outcome, and the act that would be linked, already."""
        outcome = self.case.outcome
        same = outcome is not None and outcome.id == outcome_id
        return same and (not self.case.answered or self.act == self.case.act)

    def beside(self, step: int) -> Event | None:
        """The act before (-1) or after (1) the one of this look that could answer; None if no act could."""
        free = [one.act for one in self.case.choices if one.taken_by is None]
        if not free:
            return None
        at = free.index(self.act) + step if self.act in free else 0 if step > 0 else len(free) - 1
        return free[min(max(at, 0), len(free) - 1)]

    def outcome_of(self, key: str) -> Outcome | None:
        """The outcome that a key gives."""
        return next((one for one in self.case.link.outcomes if one.key.upper() == key), None)

    def option_of(self, key: str) -> OptionKey | None:
        """What a key says of a detail: of the one that is asked for, else of any other."""
        asked = (self.question,) if self.question is not None else ()
        options = (one for detail in (*asked, *self.case.details()) for one in detail_keys(detail))
        return next((one for one in options if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Tie:
    """A cue and the act that answers it, or, if `judged` is False, may answer it."""

    cue: Event
    act: Event
    judged: bool = True


def tie_of(coding: CodingPass, scheme: Scheme, linked: Linked, events: tuple[Event, ...]) -> Tie | None:
    """What ties the selected events: one to what it is linked to, or a cue and an act to each other."""
    for event in events if len(events) <= 2 else ():
        link = scheme.link_of(event.tier)
        if link is None:
            continue
        others = [one for one in events if one.tier == link.acts]
        act = others[0] if others else act_of(coding, link, event)
        return Tie(event, act, event.answer == act.id) if act is not None else None
    cue = linked.cue_of(events[0].id) if len(events) == 1 else None
    return Tie(cue, events[0]) if cue is not None else None
