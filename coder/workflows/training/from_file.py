"""An attempt that was coded elsewhere and comes as a file: read and checked whole before the attempt begins."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from coder.annotate.rules import review
from coder.formats import event_formats, find_format
from coder.formats.master_cut import cut
from coder.language import tr
from coder.model.coding import Event
from coder.model.edit import Edit
from coder.model.problem import CodingError, Problem
from coder.model.time import Span
from coder.model.training import Attempt, StepKind, TakenCourse
from coder.store import StudyStore
from coder.workflows.schemes import frozen_scheme
from coder.workflows.training.attempts import begin_attempt
from coder.workflows.training.certifying import certify_after
from coder.workflows.training.progress import progress


def attempt_from_file(
    store: StudyStore, taken: TakenCourse, step_id: str, coder_id: str, file: Path
) -> tuple[Attempt, tuple[Problem, ...]]:
    """An attempt at a practice or test step with the events of a file, submitted; and what the scheme still asks.

    The file may hold more than the clip: it is cut to its stretch. Only the tiers in play are taken. Nothing is
    begun if anything is wrong with the file. Raises FormatError for the file, CodingError for a step that is
    locked or that was begun on the bench.
    """
    step = next((one for one in taken.course.steps if one.id == step_id), None)
    if step is None:
        names = ", ".join(one.id for one in taken.course.steps)
        what = tr("The course has no step “{step}”.", step=step_id)
        raise CodingError(Problem(what, taken.course.title, tr("Steps: {names}.", names=names)))
    if step.kind is StepKind.GUIDED:
        raise CodingError(Problem(tr("“{step}” is watched, not coded.", step=step.title), taken.course.title))
    scheme = frozen_scheme(store, taken.course.scheme)
    session = store.session(taken.sessions[step_id])
    events = find_format(str(file), event_formats()).read(file, scheme, None)
    inside, _ = cut(answered_inside(events, session.window), (), scheme, session.window, file.name)
    inside = tuple(event for event in inside if not step.tiers or event.tier in step.tiers)
    begun = progress(store, taken, coder_id).of(step_id).begun
    if begun is not None and len(store.load_pass(begun.pass_id)):
        what = tr("“{step}” was begun on the bench.", step=step.title)
        raise CodingError(Problem(what, taken.course.title, tr("Finish it there.")))
    attempt = begin_attempt(store, taken, step_id, coder_id)
    if inside:
        store.save_edit(attempt.pass_id, Edit.adding(f"Import {file.name}", inside), actor=coder_id)
    coding = store.load_pass(attempt.pass_id)
    store.submit(attempt.pass_id, actor=coder_id)
    certify_after(store, attempt.pass_id)
    return attempt, tuple(one.problem for one in review(coding, scheme) if one.hinders)


def answered_inside(events: Sequence[Event], window: Span) -> Iterator[Event]:
    """The events, those of which the answer lies outside the clip without it."""
    there = {event.id for event in events if window.contains(event.onset_us)}
    for event in events:
        yield event if not event.answer or event.answer in there else replace(event, answer="")
