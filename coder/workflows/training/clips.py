"""The clips of a course on their films: what a course file alone cannot know, because it opens none of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.formats.course_file import CourseFile
from coder.language import tr
from coder.media import MediaFacts, probe
from coder.model.problem import CodingError, FormatError, Problem
from coder.model.progress import Progress
from coder.model.time import Span, clock
from coder.model.training import Step, StepKind
from coder.workflows.steps import Steps


@dataclass(frozen=True)
class FilmedClip:
    """A step with its film as it was found. window: its stretch, on the film's clock and the session's."""

    step: Step
    film: Path
    facts: MediaFacts
    window: Span


def clips_steps(file: CourseFile) -> Steps[tuple[FilmedClip, ...]]:
    """The steps of a course with their films, each film read once.

    Raises MediaError for a film that cannot be read, CodingError with all that does not fit: another film than
    the one that was coded, a clip or a master that leaves its film, a test that shows what another step shows in a
    copy of the film.
    """
    facts: dict[Path, MediaFacts] = {}
    films = {step.id: file.film(step.id).resolve() for step in file.course.steps}
    distinct = list(dict.fromkeys(films.values()))
    for number, film in enumerate(distinct):
        yield Progress(number, len(distinct), tr("Reading {film}", film=film.name))
        facts[film] = probe(film)
    clips = tuple(
        FilmedClip(step, films[step.id], found, step.clip.span or Span(0, found.duration_us))
        for step in file.course.steps
        for found in (facts[films[step.id]],)
    )
    problems = [problem for clip in clips for problem in _problems(file, clip)]
    problems += _copies(clips)
    if problems:
        raise CodingError(*dict.fromkeys(problems))
    return clips


def _problems(file: CourseFile, clip: FilmedClip) -> Iterator[Problem]:
    step, whole = clip.step, Span(0, clip.facts.duration_us)
    if step.clip.fingerprint is not None and clip.facts.fingerprint != step.clip.fingerprint:
        what = tr("The film of “{step}” is not the one that the master was coded on.", step=step.title)
        yield Problem(what, str(clip.film), tr("Put the original film there."))
    if whole.intersection(clip.window) != clip.window:
        what = tr("The clip of “{step}” leaves its film.", step=step.title)
        yield Problem(what, str(clip.film), tr("The film ends at {end}.", end=clock(whole.end_us)))
        return
    try:
        file.masters[step.id].over(clip.window)
    except FormatError as error:
        yield from error.problems


def _copies(clips: Sequence[FilmedClip]) -> Iterator[Problem]:
    """A course file tells films by their places; a copy of a film is found by what is in it."""
    for at, test in enumerate(clips):
        if test.step.kind is not StepKind.TEST:
            continue
        for index, other in enumerate(clips):
            later_test = other.step.kind is StepKind.TEST and index > at
            if index == at or later_test or other.facts.fingerprint != test.facts.fingerprint:
                continue
            if test.window.overlaps(other.window):
                what = tr(
                    "The test “{test}” shows what “{other}” shows too.",
                    test=test.step.title,
                    other=other.step.title,
                )
                hint = tr("Choose another film, or a stretch that only the test shows.")
                yield Problem(what, str(test.film), hint)
