"""Making a course: from chosen clips with their masters to a folder that can be handed on.

The folder holds the course's file, its scheme, the films under names that say nothing, and the masters, sealed. It
appears whole or not at all. A new version is a new folder: the old one stays as it was.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from coder.formats.course_file import CourseFile, course_text, read_course
from coder.formats.course_steps import clip_name
from coder.formats.master_file import SEALED_SUFFIX, sealed_text
from coder.language import tr
from coder.model.problem import CoderError, FormatError, Problem
from coder.model.progress import Progress
from coder.model.study import Fingerprint
from coder.model.training import Clip, Course, CourseId, Step
from coder.settings.shipped import shipped
from coder.staging import staged, write_whole
from coder.workflows.cameras import fingerprint_steps
from coder.workflows.steps import Steps, sharing
from coder.workflows.training.course_draft import CourseDraft, DraftStep

COURSE_FILE = "course.toml"
SCHEME_FILE = "scheme.toml"

_ASIDE = ".part"
_CHUNK = 1 << 20


def draft_problems(draft: CourseDraft) -> tuple[Problem, ...]:
    """All that is wrong with a draft, as reading the course would tell it; places name the step, not a line."""
    if not draft.steps:
        what = tr("The course has no clip yet.")
        return (Problem(what, hint=tr("Add clips to watch, to practise on, and for the test.")),)
    told = tuple(_missing(draft))
    whole = replace(draft, title="–", summary="–", version="–") if told else draft
    course, films = _course(whole)
    try:
        with tempfile.TemporaryDirectory(prefix="coder-course-") as folder:
            for name, step in films.items():
                _place(Path(folder), name).write_text(step.fingerprint.sha256, "utf-8")
            _write_texts(draft, course, Path(folder))
            read_course(Path(folder) / COURSE_FILE, shipped("schemes"))
    except CoderError as error:
        found = (replace(one, where=_without_line(one.where)) for one in error.problems)
        told += tuple(one for one in found if draft.rule.requirements or one.where != "rule, requirements")
    except OSError as error:
        told += (_unwritten(error, Path(tempfile.gettempdir())),)
    return told


def _missing(draft: CourseDraft) -> Iterator[Problem]:
    """What every course has, in the words of those who make one."""
    if not draft.title.strip():
        yield Problem(tr("The course has no title."), hint=tr("Give it one."))
    if not draft.version.strip():
        yield Problem(tr("The course has no version."), hint=tr("Write e.g. 1.0."))
    if not draft.summary.strip():
        yield Problem(tr("The course does not say what it is."), hint=tr("Write a sentence or two for trainees."))
    if not draft.rule.requirements:
        what = tr("The rule asks for nothing yet.")
        yield Problem(what, hint=tr("Add a test clip of a line that has a target in the scheme."))


def write_course_steps(draft: CourseDraft, folder: Path, *, copy: bool = False) -> Steps[CourseFile]:
    """Write a course as a new folder. copy: films are copied even where a second name for the same file would do.

    What a writing to the same place left that was killed is cleared away first.
    Raises FormatError with all that is wrong with the draft, if a film is not the one that was coded, if something
    is at `folder` already, or if it cannot be written; then nothing is there that was not there before.
    """
    problems = draft_problems(draft)
    if problems:
        raise FormatError(*problems)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        what = tr("There is something at this place already.")
        raise FormatError(Problem(what, str(folder), tr("Choose a folder that is new or empty.")))
    course, films = _course(draft)
    aside = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}{_ASIDE}")
    try:
        _sweep(folder)
        for number, (name, step) in enumerate(films.items()):
            yield Progress(number, len(films), tr("Taking in {film}", film=step.film.name))
            yield from _film(step, _place(aside, name), copy=copy)
        _write_texts(draft, course, aside)
        read_course(aside / COURSE_FILE, shipped("schemes"))
        if folder.exists():
            folder.rmdir()
        aside.replace(folder)
    except OSError as error:
        raise FormatError(_unwritten(error, folder)) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    yield Progress(len(films), len(films), tr("“{course}” is written", course=course.title))
    return read_course(folder / COURSE_FILE, shipped("schemes"))


def _unwritten(error: OSError, place: Path) -> Problem:
    what = tr("The course cannot be written: {reason}.", reason=error.strerror or error)
    return Problem(what, str(place), tr("Choose another folder, or make room."))


def _sweep(folder: Path) -> None:
    """Clear away what lies aside for that folder: copies of films, left where the program was killed."""
    for left in folder.parent.iterdir() if folder.parent.is_dir() else ():
        rest = left.name.removeprefix(f".{folder.name}.")
        if rest != left.name and rest.endswith(_ASIDE) and len(rest) == 8 + len(_ASIDE) and left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


def _course(draft: CourseDraft) -> tuple[Course, dict[str, DraftStep]]:
    """The course, and a step that shows each film, by the film's new name."""
    names: dict[Fingerprint, str] = {}
    films: dict[str, DraftStep] = {}
    for step in draft.steps:
        if step.fingerprint not in names:
            names[step.fingerprint] = f"films/film-{len(names) + 1}{step.film.suffix.lower()}"
            films[names[step.fingerprint]] = step
    steps = tuple(
        Step(
            step.id,
            step.kind,
            _clip(step, names[step.fingerprint]),
            f"masters/{step.id}{SEALED_SUFFIX}",
            step.title,
            step.text,
            step.tiers,
            step.exercises,
            step.test_set,
        )
        for step in draft.steps
    )
    course = Course(
        CourseId(draft.name, draft.version, ""),
        draft.title,
        draft.summary,
        draft.scheme.id,
        steps,
        draft.rule,
        draft.language,
        draft.authors,
        draft.licence,
        draft.notice,
    )
    return course, films


def _clip(step: DraftStep, film: str) -> Clip:
    return Clip(step.clip or clip_name(film, step.span), film, step.span, step.fingerprint)


def _write_texts(draft: CourseDraft, course: Course, folder: Path) -> None:
    for step in draft.steps:
        path = _place(folder, f"masters/{step.id}{SEALED_SUFFIX}")
        write_whole(path, sealed_text(step.sealed).encode(), FormatError)
    write_whole(_place(folder, SCHEME_FILE), draft.scheme_text.encode(), FormatError)
    write_whole(folder / COURSE_FILE, course_text(course, SCHEME_FILE).encode(), FormatError)


def _place(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _film(step: DraftStep, target: Path, *, copy: bool) -> Steps[None]:
    """The film under its new name: a second name of the same file, or a copy where the disk has no such thing."""
    found = yield from fingerprint_steps(step.film)
    if found != step.fingerprint:
        what = tr("The film of “{step}” is not the one that was coded.", step=step.title)
        raise FormatError(Problem(what, str(step.film), tr("Put the original film back.")))
    if not copy:
        try:
            target.hardlink_to(step.film.resolve())
        except OSError:
            pass  # another disk, or one that knows no second names
        else:
            return
    yield from sharing(lambda tell: _copied(step, target, tell), tr("Copying {film}", film=step.film.name))


def _copied(step: DraftStep, target: Path, tell: Callable[[float], None]) -> None:
    digest, done, size = sha256(), 0, max(step.fingerprint.size, 1)
    with staged(target, FormatError) as aside:
        with step.film.open("rb") as source, aside.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                copy.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                tell(done / size)
        if digest.hexdigest() != step.fingerprint.sha256:
            raise OSError("the film changed while it was copied")


def _without_line(where: str) -> str:
    """`step test-1, film` of `course.toml:45 step test-1, film`."""
    return where.partition(" ")[2] if where.startswith(COURSE_FILE) else where
