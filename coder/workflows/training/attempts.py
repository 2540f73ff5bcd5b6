"""Going at a step: beginning an attempt, finishing a guided one. An attempt's pass is submitted like any."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import uuid4

from coder.language import tr
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.edit import Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme, TierKind
from coder.model.study import Purpose
from coder.model.time import Span
from coder.model.training import Attempt, Step, StepKind, TakenCourse
from coder.store import StudyStore
from coder.store.journal import now_text
from coder.store.training import GuidedDone
from coder.workflows.schemes import frozen_scheme
from coder.workflows.training.film_time import shares_film
from coder.workflows.training.history import attempts
from coder.workflows.training.progress import StepState, progress
from coder.workflows.training.taken import newest_master, taken_courses


@dataclass(frozen=True, slots=True)
class Again:
    """Try again from a place: the own codes of an attempt before `at_us` (session clock) are kept."""

    attempt_id: str
    at_us: int


def begin_attempt(
    store: StudyStore, taken: TakenCourse, step_id: str, coder_id: str, again: Again | None = None
) -> Attempt:
    """An attempt at a practice or test step, with an open pass of its own; the one that is open already, if any.

    again: only of practice, and always a new attempt; a state that holds there is cut. Raises CodingError, one
    sentence, for a step that is locked, and for a clip of a test that was coded: it counts once.
    """
    step, begun = _open(store, taken, step_id, coder_id, (StepKind.PRACTICE, StepKind.TEST))
    if again is None and begun is not None:
        return begun
    attempt = _next(store, taken, step, coder_id)
    window = store.session(attempt.session_id).window
    header = PassHeader(str(uuid4()), attempt.session_id, taken.course.scheme, coder_id, Purpose.TRAINING, window)
    kept = None if again is None else _kept(store, again, replace(attempt, pass_id=header.id))
    store.training.begin(replace(attempt, pass_id=header.id), header, kept)
    return replace(attempt, pass_id=header.id)


def begin_guided(store: StudyStore, taken: TakenCourse, step_id: str, coder_id: str) -> Attempt:
    """An attempt at a guided step; the one that is open already, if any. Raises CodingError if it is locked."""
    step, begun = _open(store, taken, step_id, coder_id, (StepKind.GUIDED,))
    if begun is not None:
        return begun
    attempt = _next(store, taken, step, coder_id)
    store.training.begin(attempt, None)
    return attempt


def finish_guided(store: StudyStore, attempt_id: str, right: int, asked: int) -> None:
    """Write down that a guided step was watched to its end, with its exercises; a second time does nothing."""
    if not 0 <= right <= asked:
        raise CodingError(Problem(tr("{right} of {asked} cannot be right.", right=right, asked=asked)))
    if attempt_id not in store.training.finished():
        store.training.finish(GuidedDone(attempt_id, right, asked, now_text()))


def _open(
    store: StudyStore, taken: TakenCourse, step_id: str, coder_id: str, kinds: tuple[StepKind, ...]
) -> tuple[Step, Attempt | None]:
    """The step, if the trainee may go at it, and the attempt that is open."""
    state = next((one for one in progress(store, taken, coder_id).steps if one.step.id == step_id), None)
    if state is None or state.step.kind not in kinds:
        what = tr("“{course}” has no such step “{step}”.", course=taken.course.title, step=step_id)
        steps = ", ".join(step.id for step in taken.course.steps if step.kind in kinds)
        raise CodingError(Problem(what, hint=tr("Steps: {names}.", names=steps)))
    if state.state is StepState.LOCKED:
        raise CodingError(Problem(tr("“{step}” is not open yet.", step=state.step.title), hint=state.why))
    if state.step.kind is StepKind.TEST and state.state is StepState.DONE:
        what = tr("You have coded “{step}”; a clip of a test is coded once.", step=state.step.title)
        raise CodingError(Problem(what, hint=tr("Go on with the next step.")))
    return state.step, state.begun


def _next(store: StudyStore, taken: TakenCourse, step: Step, coder_id: str) -> Attempt:
    """The attempt that would begin now, without a pass; nothing is written."""
    before = [one for one in attempts(store, taken, coder_id) if one.step_id == step.id]
    session_id = taken.sessions[step.id]
    return Attempt(
        id=str(uuid4()),
        course_id=taken.id,
        step_id=step.id,
        coder_id=store.coder(coder_id).id,
        session_id=session_id,
        pass_id="",
        master_id=newest_master(store, taken, step.id).id,
        number=len(before) + 1,
        first_view=_is_first_view(store, taken, session_id, coder_id),
        began_at=now_text(),
    )


def _is_first_view(store: StudyStore, taken: TakenCourse, session_id: str, coder_id: str) -> bool:
    """True if the coder has neither coded nor been shown any of this film's time with the scheme, in any version.

    In whichever course or session; that a film was seen for another scheme does not give its codes away.
    """
    here = store.session(session_id)
    scheme = taken.course.scheme.name
    courses = {one.id for one in taken_courses(store) if one.course.scheme.name == scheme}
    been = {one.session_id for one in attempts(store, coder_id=coder_id) if one.course_id in courses}
    been |= {one.session_id for one in store.passes() if (one.coder_id, one.scheme.name) == (coder_id, scheme)}
    return not any(session.id in been and shares_film(session, here) for session in store.sessions())


def _kept(store: StudyStore, again: Again, attempt: Attempt) -> Edit | None:
    """What the trainee had before the place to begin again from; None if there was nothing."""
    before = next((one for one in attempts(store) if one.id == again.attempt_id), None)
    mine = attempt.step_id, attempt.course_id, attempt.coder_id
    if before is None or (before.step_id, before.course_id, before.coder_id) != mine or not before.pass_id:
        raise CodingError(Problem(tr("There is no such attempt of yours at this step to go on from.")))
    coding = store.load_pass(before.pass_id)
    kept = tuple(_before(coding, frozen_scheme(store, coding.header.scheme), again.at_us))
    return Edit.adding(f"Kept from attempt {before.number}", kept) if kept else None


def _before(coding: CodingPass, scheme: Scheme, at_us: int) -> Iterator[Event]:
    """The events before `at_us`; states are cut there, what holds for a whole segment is kept or not at all."""
    kept = {event.id: str(uuid4()) for event in coding if event.onset_us < at_us}
    whole = {tier.id for tier in scheme.tiers if tier.kind in (TierKind.RATING, TierKind.INTERVAL)}
    for event in coding:
        if event.id in kept and (event.tier not in whole or event.offset_us <= at_us):
            span = Span(event.onset_us, min(event.offset_us, at_us))
            yield replace(event, id=kept[event.id], span=span, answer=kept.get(event.answer, ""))
