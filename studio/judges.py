"""How simulated coders judge answers in the review: as the master, but for what they lost or mix up."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from coder.model.answers import proposals
from coder.model.coding import CodingPass, Event
from coder.model.scheme import OUTCOME, Answered, Link, Scheme
from studio.habits import SimulatedCoder
from studio.slips import JUDGED, Slip


def judged(
    master: CodingPass, coding: CodingPass, scheme: Scheme, coder: SimulatedCoder, draw: np.random.Generator
) -> tuple[CodingPass, tuple[Slip, ...]]:
    """The coder's pass with its own judgements of answers, and every judgement that is not the master's.

    coding: the pass as it was marked, its cues with the master's judgements. An answer that the coder did not
    mark, or marked before the cue or after its window, is replaced by what the program proposes; if it proposes
    nothing, there was no act. `coder.misjudges` is how often fitting and fitting loosely are mixed up.
    """
    slips: list[Slip] = []
    masters = {event.id: event for event in master}
    for link in scheme.links:
        lost = {cue.id for cue in coding.row(link.cues) if not _stands(cue, coding, scheme, link)}
        opened = [_open(cue, link) if cue.id in lost else cue for cue in coding.row(link.cues)]
        found = proposals(_with(coding, link, opened), scheme, link)
        replaced = [
            _replaced(cue, found.get(cue.id), link) if cue.id in lost else cue for cue in coding.row(link.cues)
        ]
        made = [_mixed_up(cue, link, coder, draw) for cue in replaced]
        coding = _with(coding, link, made)
        slips += [
            Slip(JUDGED, masters[cue.id], cue)
            for cue in made
            if (cue.answer, _judgement(cue, link)) != (masters[cue.id].answer, _judgement(masters[cue.id], link))
        ]
    return coding, tuple(slips)


def _stands(cue: Event, coding: CodingPass, scheme: Scheme, link: Link) -> bool:
    """True if the cue's answer is where the coder can take it for one, or if there is none to lose."""
    if not cue.answer:
        return True
    at_us = next((act.onset_us for act in coding.row(link.acts) if act.id == cue.answer), None)
    window_us = link.window_of(scheme.code(cue.tier, cue.code))
    return at_us is not None and cue.onset_us < at_us <= cue.onset_us + window_us


def _judgement(cue: Event, link: Link) -> dict[str, str]:
    names = {OUTCOME, *(detail.id for detail in link.details)}
    return {name: value for name, value in cue.modifiers if name in names}


def _open(cue: Event, link: Link) -> Event:
    """The cue before it was judged."""
    judgement = _judgement(cue, link)
    return replace(cue, answer="", modifiers=tuple(pair for pair in cue.modifiers if pair[0] not in judgement))


def _replaced(cue: Event, act: Event | None, link: Link) -> Event:
    """The cue with another answer, judged as the one that was lost; without one there was no act."""
    nothing = link.outcome_for(Answered.NONE)
    if act is not None or nothing is None:
        return replace(cue, answer="" if act is None else act.id)
    return _with_outcome(_open(cue, link), nothing.id)


def _mixed_up(cue: Event, link: Link, coder: SimulatedCoder, draw: np.random.Generator) -> Event:
    slips = draw.random() < coder.misjudges
    fits, loosely = link.outcome_for(Answered.FITS), link.outcome_for(Answered.LOOSELY)
    if not slips or fits is None or loosely is None:
        return cue
    other = {fits.id: loosely.id, loosely.id: fits.id}
    outcome = cue.modifier(OUTCOME)
    return _with_outcome(cue, other[outcome]) if outcome in other else cue


def _with_outcome(cue: Event, outcome: str) -> Event:
    return replace(cue, modifiers=tuple(sorted((dict(cue.modifiers) | {OUTCOME: outcome}).items())))


def _with(coding: CodingPass, link: Link, cues: Iterable[Event]) -> CodingPass:
    return CodingPass.of(coding.header, [*(event for event in coding if event.tier != link.cues), *cues])
