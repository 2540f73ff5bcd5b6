"""Which act answers which cue: what the program proposes, and what the coder has judged."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coder.model.coding import CodingPass, Event, order
from coder.model.scheme import OUTCOME, Link, Outcome, Scheme
from coder.model.time import Span


@dataclass(frozen=True, slots=True)
class Answer:
    """One cue with what came of it.

    window: from the cue to the end of the time in which an answer may begin, never beyond the coded window. act:
    the answering act; as judged, or as proposed while the cue has no outcome. more: later acts in the window that
    answer no cue. outcome: as judged; None while it is not.
    """

    cue: Event
    window: Span
    act: Event | None
    more: tuple[Event, ...]
    outcome: Outcome | None

    @property
    def latency_us(self) -> int | None:
        """From the cue to the act that answers it; None without one."""
        return None if self.act is None else self.act.onset_us - self.cue.onset_us


def answers(coding: CodingPass, scheme: Scheme, link: Link) -> tuple[Answer, ...]:
    """Every cue of a link with its answer, in order of time."""
    by_id = {act.id: act for act in coding.row(link.acts)}
    judged = {
        cue.id: by_id.get(cue.answer) for cue in coding.row(link.cues) if link.outcome(cue.modifier(OUTCOME))
    }
    proposed = proposals(coding, scheme, link)
    taken = {act.id for act in (*judged.values(), *proposed.values()) if act is not None}
    found = []
    for cue in coding.row(link.cues):
        window = answer_window(coding, scheme, link, cue)
        act = judged[cue.id] if cue.id in judged else proposed.get(cue.id)
        more = tuple(one for one in acts_within(coding, link, cue, window) if one.id not in taken)
        found.append(Answer(cue, window, act, more, link.outcome(cue.modifier(OUTCOME))))
    return tuple(found)


def proposals(coding: CodingPass, scheme: Scheme, link: Link) -> Mapping[str, Event]:
    """Id of a cue -> the act that would answer it, for cues without an outcome.

    An act answers at most one cue, the nearest earlier one without an answer; a cue has one answer, the first act
    after it in its window. An act that begins with the cue does not answer it. What has been judged stands: an
    act that a judged cue has taken is not proposed again.
    """
    judged = (cue.answer for cue in coding.row(link.cues) if not _is_open(link, cue))
    taken = {act_id for act_id in judged if act_id}
    return _proposed(scheme, link, coding.row(link.cues), coding.row(link.acts), lambda act: act.id in taken)


def proposal(
    coding: CodingPass, scheme: Scheme, link: Link, cue: Event, taken: Callable[[Event], bool]
) -> Event | None:
    """What `proposals` says of one cue of the pass. taken: True for an act that a judged cue has taken.

    Reads the pass from where open cues begin to be near enough to matter, to the end of the window of this one.
    """
    row, longest_us = coding.row(link.cues), _longest_us(scheme, link)
    at = first = bisect_left(row, order(cue), key=order)
    while at > 0 and row[at - 1].onset_us >= row[first].onset_us - longest_us:
        at -= 1
        first = at if _is_open(link, row[at]) else first
    reach = Span(row[first].onset_us, answer_window(coding, scheme, link, cue).end_us)
    last = bisect_left(row, reach.end_us, key=lambda one: one.onset_us)
    acts = acts_within(coding, link, row[first], reach)
    return _proposed(scheme, link, row[first:last], acts, taken).get(cue.id)


def _proposed(
    scheme: Scheme, link: Link, cues: Sequence[Event], acts: Sequence[Event], taken: Callable[[Event], bool]
) -> Mapping[str, Event]:
    longest_us = _longest_us(scheme, link)
    onsets, is_open = [cue.onset_us for cue in cues], [_is_open(link, cue) for cue in cues]
    found: dict[str, Event] = {}
    for act in acts:
        if taken(act):
            continue
        at = bisect_left(onsets, act.onset_us) - 1
        while at >= 0 and onsets[at] >= act.onset_us - longest_us:
            cue = cues[at]
            within = act.onset_us <= cue.onset_us + link.window_of(scheme.code(cue.tier, cue.code))
            if within and is_open[at] and cue.id not in found:
                found[cue.id] = act
                break
            at -= 1
    return found


def _is_open(link: Link, cue: Event) -> bool:
    return link.outcome(cue.modifier(OUTCOME)) is None


def _longest_us(scheme: Scheme, link: Link) -> int:
    return max((link.window_of(code) for code in scheme.tier(link.cues).codes), default=0)


def answer_window(coding: CodingPass, scheme: Scheme, link: Link, cue: Event) -> Span:
    """From a cue to the end of the time in which an answer may begin, cut at the end of the coded window."""
    end_us = cue.onset_us + link.window_of(scheme.code(cue.tier, cue.code))
    return Span(cue.onset_us, min(end_us, coding.window.end_us))


def acts_within(coding: CodingPass, link: Link, cue: Event, window: Span) -> tuple[Event, ...]:
    """The acts that begin after a cue and no later than the end of its window, in order."""
    row = coding.row(link.acts)
    first = bisect_left(row, cue.onset_us + 1, key=lambda act: act.onset_us)
    last = bisect_left(row, window.end_us + 1, key=lambda act: act.onset_us)
    return row[first:last]
