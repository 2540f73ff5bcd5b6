"""A trainee's training record as one file: what was reached, out of one study and into another.

So results come back to the supervisor from another machine: scores of all attempts that may be shown, decisions,
certificates. No film, no codes, nothing of masters, and nothing of a test that is not done. The checksum shows
that a file was damaged or edited; it is no signature: whoever knows how the program makes it could make another.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from coder.formats.files import read_text
from coder.language import tr
from coder.model.agreement import Agreement, Tally
from coder.model.problem import CoderError, CodingError, FormatError, Problem
from coder.model.scheme import SchemeId
from coder.model.statistic import F1
from coder.model.study import Coder, Role
from coder.model.training import Certificate, CourseId, Decision, Rule, Score, StepKind, TakenCourse
from coder.staging import write_whole
from coder.store import StudyStore
from coder.store.frozen import of_plain, of_text, plain, text_of
from coder.store.journal import now_text
from coder.store.training import TrainingRecord
from coder.training.curve import is_told
from coder.workflows.names import one_line
from coder.workflows.training.certifying import decision
from coder.workflows.training.history import Gone, gone, set_done
from coder.workflows.training.results import scores
from coder.workflows.training.taken import taken_courses

SUFFIX = ".record.json"
MAX_BYTES = 20_000_000
_WHAT = "coder training record"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class WatchedStep:
    """A guided step that was watched to its end. right: of the exercises `asked`. at: ISO 8601, UTC."""

    title: str
    right: int
    asked: int
    at: str


@dataclass(frozen=True, slots=True)
class DecidedTest:
    """A test that was done. at: when its last clip was submitted, ISO 8601, UTC."""

    test_set: int
    at: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """What a trainee did in one course.

    scores: of all attempts that may be shown; of their agreements what
    learning curves show and the rule asks for. days_coded: with the scheme, ISO 8601, ascending.
    """

    course: CourseId
    title: str
    scheme: SchemeId
    rule: Rule
    watched: tuple[WatchedStep, ...] = ()
    scores: tuple[Score, ...] = ()
    tests: tuple[DecidedTest, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    days_coded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What one trainee did in one study. written_at: ISO 8601, UTC."""

    coder_id: str
    coder: str
    study_id: str
    study: str
    written_at: str
    courses: tuple[CourseRecord, ...]


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record that was brought into this study. coder_id: whose it is here. at: when it was brought."""

    id: str
    coder_id: str
    at: str
    record: Record


def record_of(store: StudyStore, coder_id: str) -> Record:
    """What a coder has done in the courses of this study. Raises CodingError if that is nothing."""
    coder, study = store.coder(coder_id), store.study
    done = [(taken, gone(store, taken, coder_id)) for taken in taken_courses(store)]
    courses = tuple(_course(store, taken, found) for taken, found in done if any(one.done for one in found))
    if not courses:
        what = tr("{coder} has done nothing in a course of this study yet.", coder=coder.name)
        raise CodingError(Problem(what, study.name, tr("Finish a step of a course first.")))
    return Record(coder.id, coder.name, study.id, study.name, now_text(), courses)


def write_record(store: StudyStore, coder_id: str, path: Path) -> Record:
    """Put a coder's record into a file.

    Raises CodingError, as `record_of`, or FormatError if it cannot be written.
    """
    record = record_of(store, coder_id)
    write_whole(path, record_bytes(record), FormatError)
    return record


def record_bytes(record: Record) -> bytes:
    """A record as the content of a file."""
    body = {"what": _WHAT, "version": _VERSION, "sha256": _sha256(text_of(record)), "record": plain(record)}
    return json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n"


def read_record(path: Path) -> Record:
    """The record in a file. Raises FormatError, one sentence, for what is none, or was changed."""
    text, name = read_text(path, MAX_BYTES, FormatError), path.name
    try:
        body = json.loads(text)
        what, version = body["what"], body["version"]
        known, held = body["sha256"], body["record"]
    except (ValueError, KeyError, TypeError, RecursionError) as reason:
        raise _no_record(name) from reason
    if what != _WHAT:
        raise _no_record(name)
    if version != _VERSION:
        problem = tr("This training record was written by a newer version of the program.")
        raise FormatError(Problem(problem, name, tr("Update this program, then try again.")))
    if known != _sha256(_as_text(held)):
        problem = tr("This training record was changed after it was written: its checksum does not fit.")
        raise FormatError(Problem(problem, name, tr("Ask for the file again, as it was written.")))
    try:
        record: Record = of_plain(Record, held)
        text_of(record)  # which no NaN has
        _require_sound(record)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, CoderError) as reason:
        raise _no_record(name) from reason
    return record


def bring_record(store: StudyStore, path: Path, coder_id: str | None = None) -> KeptRecord:
    """Keep the record in a file here, as it is.

    coder_id: whose it is in this study; left out, it is the coder of the same name, who is entered as a trainee
    if there is none. Raises FormatError, as `read_record`, CodingError for a record of this very study, and
    StoreError for one that is kept already.
    """
    record = read_record(path)
    if record.study_id == store.study.id:
        what = tr("This training record is of this very study.")
        raise CodingError(Problem(what, path.name, tr("Nothing needs to be brought here.")))
    text = text_of(record)
    whose = _whose(store, record) if coder_id is None else store.coder(coder_id)
    kept = TrainingRecord(str(uuid4()), whose.id, _sha256(text), text, now_text())
    store.training.keep_record(kept)
    return KeptRecord(kept.id, kept.coder_id, kept.at, record)


def records(store: StudyStore, coder_id: str | None = None) -> tuple[KeptRecord, ...]:
    """The records that hold, of a coder or all: of each study and trainee the one that was written last.

    Raises StoreError if one is damaged.
    """
    newest: dict[tuple[str, str, str], KeptRecord] = {}
    for one in store.training.records(coder_id):
        with store.training.opening("training_record"):
            kept = KeptRecord(one.id, one.coder_id, one.at, of_text(Record, one.text))
            _require_sound(kept.record)
        key = (kept.coder_id, kept.record.study_id, kept.record.coder_id)
        if key not in newest or newest[key].record.written_at <= kept.record.written_at:
            newest[key] = kept
    return tuple(newest.values())


def _whose(store: StudyStore, record: Record) -> Coder:
    for coder in store.coders():
        if coder.name == record.coder:
            return coder
    ids = {coder.id for coder in store.coders()}
    trainee = Coder(str(uuid4()) if record.coder_id in ids else record.coder_id, record.coder, Role.TRAINEE)
    store.add_coder(trainee)
    return trainee


def _course(store: StudyStore, taken: TakenCourse, found: Sequence[Gone]) -> CourseRecord:
    coder_id = found[0].attempt.coder_id
    told = tuple(_slim(one, taken.rule) for one in scores(store, taken, coder_id))
    return CourseRecord(
        taken.course.id,
        taken.course.title,
        taken.course.scheme,
        taken.rule,
        _watched(taken, found),
        told,
        _tests(store, taken, found),
        store.training.certificates(taken.id, coder_id),
        store.training.days_coded(coder_id, taken.course.scheme.name),
    )


def _watched(taken: TakenCourse, found: Iterable[Gone]) -> tuple[WatchedStep, ...]:
    titles = {step.id: step.title for step in taken.course.steps if step.kind is StepKind.GUIDED}
    return tuple(
        WatchedStep(titles[one.attempt.step_id], one.right, one.asked, one.submitted_at)
        for one in found
        if one.done and one.attempt.step_id in titles
    )


def _tests(store: StudyStore, taken: TakenCourse, found: Sequence[Gone]) -> tuple[DecidedTest, ...]:
    coder_id = found[0].attempt.coder_id
    done = [test_set for test_set in taken.course.test_sets if set_done(taken, found, test_set)]
    return tuple(
        DecidedTest(test_set, _ended(taken, found, test_set), decision(store, taken, coder_id, test_set))
        for test_set in done
    )


def _ended(taken: TakenCourse, found: Iterable[Gone], test_set: int) -> str:
    steps = {step.id for step in taken.course.tests(test_set)}
    return max(one.submitted_at for one in found if one.attempt.step_id in steps)


def _slim(score: Score, rule: Rule) -> Score:
    """The score with what curves and rule look at, and without the counts of single moments."""
    return replace(
        score, agreements=tuple(_without_moments(one) for one in score.agreements if is_told(one, rule))
    )


def _without_moments(one: Agreement) -> Agreement:
    units = tuple(Tally(unit_us=tally.unit_us, units=tally.units, at=(), cell=()) for tally in one.tallies)
    return replace(one, tallies=units, counts={}, confusion=one.confusion if one.statistic == F1 else None)


def _require_sound(record: Record) -> None:
    """Raise ValueError or CoderError where a record has what none that was written as one can have.

    A checksum that fits proves nothing: views and rules rely on every day and moment, and on whose it is.
    """
    courses = record.courses
    moments = [record.written_at]
    moments += [one.at for course in courses for one in course.watched]
    moments += [one.at for course in courses for one in course.tests]
    moments += [one.done_at for course in courses for one in course.scores]
    papers = [one for course in courses for one in course.certificates]
    days = [day for one in papers for day in (one.issued_at, one.expires_at)]
    days += [day for course in courses for day in course.days_coded]
    if any(datetime.fromisoformat(moment).utcoffset() != timedelta() for moment in moments):
        raise ValueError("a moment that is not in UTC")
    if any(date.fromisoformat(day).isoformat() != day for day in days):
        raise ValueError("a day that is not written as one")
    if not record.coder or one_line(record.coder) != record.coder:
        raise ValueError("a name that nobody can have")
    if any(one.coder_id != record.coder_id for one in papers):
        raise ValueError("a certificate of somebody else")


def _sha256(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()  # a file may hold half a letter


def _as_text(held: object) -> str:
    """As `text_of` writes it, however the file was laid out."""
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _no_record(name: str) -> FormatError:
    return FormatError(
        Problem(tr("This is no training record."), name, tr("Choose a file that was written as one."))
    )
