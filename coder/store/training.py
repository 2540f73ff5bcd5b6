"""Training in a study: courses as they were taken, sealed masters, attempts, the rule's changes, certificates.

All of it is append-only. Masters are opaque here: who may open them, `workflows.training` knows.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coder.language import tr
from coder.model.coding import PassHeader, PassStatus
from coder.model.edit import Edit
from coder.model.problem import FormatError, Problem, StoreError
from coder.model.training import Attempt, Certificate, Course, Rule, RuleChange
from coder.store import passes, rows, schema
from coder.store import schema_training as tables
from coder.store.engine import MISREAD, Database, damaged
from coder.store.frozen import of_text, text_of
from coder.store.journal import SUBMIT

_course, _master, _attempt = tables.course, tables.master, tables.attempt
_certificate, _coding, _edit = tables.certificate, schema.coding_pass, schema.edit


@dataclass(frozen=True, slots=True)
class TakenVersion:
    """One version of a course as it was taken. course_id: the same for all versions. at: ISO 8601, UTC."""

    id: str
    course_id: str
    course: Course
    at: str


@dataclass(frozen=True, slots=True)
class MasterVersion:
    """One version of a step's master. course_id: of the taken course; session_id: of the step's clip."""

    id: str
    course_id: str
    step_id: str
    session_id: str
    version: int


@dataclass(frozen=True, slots=True)
class GuidedDone:
    """A guided step was watched to its end. right: of the exercises `asked`. at: ISO 8601, UTC."""

    attempt_id: str
    right: int
    asked: int
    at: str


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """What a trainee did in another study, as text. sha256: of the text. at: when it was brought here."""

    id: str
    coder_id: str
    sha256: str
    text: str
    at: str


class TrainingStore:
    """The part of an open study that training uses: `StudyStore.training`. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def opening(self, table: str) -> Iterator[None]:
        """Whoever opens a text of a row that is opaque here: one that cannot be read is damage, in a sentence."""
        try:
            yield
        except (*MISREAD, FormatError) as error:
            raise StoreError(damaged(f"a row of “{table}” cannot be read", self._database.path)) from error

    def take(self, version: TakenVersion, masters: Iterable[tuple[MasterVersion, str]]) -> None:
        """Keep a version of a course with those of its masters, sealed, that are new: all of it, or nothing."""
        course = version.course
        values: dict[str, object] = {
            "id": version.id,
            "chain": version.course_id,
            "name": course.id.name,
            "version": course.id.version,
            "sha256": course.id.sha256,
            "scheme_name": course.scheme.name,
            "scheme_version": course.scheme.version,
            "text": text_of(course),
            "at": version.at,
        }
        with self._database.writing() as connection:
            rows.scheme_text(connection, course.scheme)
            _add(connection, _course, values)
            for master, text in masters:
                rows.require(connection, schema.session, master.session_id, "session")
                values = {
                    "id": master.id,
                    "course_id": master.course_id,
                    "step": master.step_id,
                    "session_id": master.session_id,
                    "version": master.version,
                    "sealed": text,
                }
                _add(connection, _master, values)

    def courses(self) -> tuple[TakenVersion, ...]:
        """All versions of all courses, in the order in which they were taken."""
        with self._database.reading() as connection:
            found = tuple(
                TakenVersion(row["id"], row["chain"], of_text(Course, row["text"]), row["at"])
                for row in _listed(connection, _course)
            )
            if not {one.course_id for one in found} <= {one.id for one in found}:
                raise ValueError("a course that is gone")
        return found

    def masters(self, course_id: str | None = None) -> tuple[MasterVersion, ...]:
        """The masters of a taken course, or of all, in the order in which they were taken; none is opened."""
        places = [_master.c[name] for name in ("id", "course_id", "step", "session_id", "version")]
        select = sa.select(*places).order_by(_master.c.position)
        if course_id is not None:
            select = select.where(_master.c.course_id == course_id)
        with self._database.reading() as connection:
            return tuple(MasterVersion(*row) for row in connection.execute(select))

    def sealed(self, master_id: str) -> str:
        """The sealed text of one version of a master."""
        with self._database.reading() as connection:
            rows.require(connection, _master, master_id, "master")
            found = connection.execute(sa.select(_master.c.sealed).where(_master.c.id == master_id))
            text: str = found.scalar_one()
        return text

    def begin(self, attempt: Attempt, header: PassHeader | None, kept: Edit | None = None) -> None:
        """Write down that an attempt begins, with its pass, and with what is kept in it of an earlier one.

        Refused: a second attempt of the same number, a pass that is another attempt's already.
        """
        with self._database.writing() as connection:
            for table, row_id, what in (
                (_course, attempt.course_id, "course"),
                (_master, attempt.master_id, "master"),
                (schema.coder, attempt.coder_id, "coder"),
                (schema.session, attempt.session_id, "session"),
            ):
                rows.require(connection, table, row_id, what)
            if header is not None:
                passes.add(connection, header)
                if kept is not None:
                    passes.save(connection, header.id, kept, header.coder_id)
            values = {
                "id": attempt.id,
                "course_id": attempt.course_id,
                "step": attempt.step_id,
                "coder_id": attempt.coder_id,
                "session_id": attempt.session_id,
                "pass_id": attempt.pass_id or None,
                "master_id": attempt.master_id,
                "number": attempt.number,
                "first_view": int(attempt.first_view),
                "began_at": attempt.began_at,
            }
            _add(connection, _attempt, values)

    def attempts(self, course_id: str | None = None, coder_id: str | None = None) -> tuple[Attempt, ...]:
        """The attempts at a course, of a coder, or all, in the order in which they were begun."""
        with self._database.reading() as connection:
            return tuple(
                Attempt(
                    id=row["id"],
                    course_id=row["course_id"],
                    step_id=row["step"],
                    coder_id=row["coder_id"],
                    session_id=row["session_id"],
                    pass_id=row["pass_id"] or "",
                    master_id=row["master_id"],
                    number=row["number"],
                    first_view=bool(row["first_view"]),
                    began_at=row["began_at"],
                )
                for row in _listed(connection, _attempt, course_id=course_id, coder_id=coder_id)
            )

    def finish(self, done: GuidedDone) -> None:
        """Write down that a guided step was watched to its end; refused a second time."""
        values = {"id": done.attempt_id, "answered": done.right, "asked": done.asked, "at": done.at}
        with self._database.writing() as connection:
            rows.require(connection, _attempt, done.attempt_id, "attempt")
            rows.refuse_second(connection, tables.attempt_done, done.attempt_id, "attempt")
            rows.add(connection, tables.attempt_done, values)

    def finished(self) -> Mapping[str, GuidedDone]:
        """The guided steps that were watched to their end, by the id of the attempt."""
        with self._database.reading() as connection:
            found = rows.all_rows(connection, sa.select(tables.attempt_done))
        return {row["id"]: GuidedDone(row["id"], row["answered"], row["asked"], row["at"]) for row in found}

    def submitted(self, course_id: str, coder_id: str | None = None) -> Mapping[str, str]:
        """When the passes of attempts at a course that are submitted were so, by id of the pass: ISO 8601, UTC."""
        ended = sa.func.max(_edit.c.at).label("ended")
        select = (
            sa.select(_edit.c.pass_id, ended)
            .join(_coding, _coding.c.id == _edit.c.pass_id)
            .join(_attempt, _attempt.c.pass_id == _edit.c.pass_id)
            .where(
                _edit.c.kind == SUBMIT,
                _coding.c.status == PassStatus.SUBMITTED.value,
                _attempt.c.course_id == course_id,
            )
            .group_by(_edit.c.pass_id)
        )
        if coder_id is not None:
            select = select.where(_attempt.c.coder_id == coder_id)
        with self._database.reading() as connection:
            return {row.pass_id: _moment(row.ended) for row in connection.execute(select)}

    def change_rule(self, change: RuleChange) -> None:
        """Keep a change of a course's rule."""
        values = {
            "id": change.id,
            "course_id": change.course_id,
            "text": text_of(change.rule),
            "actor": change.actor,
            "at": change.at,
            "why": change.why,
        }
        with self._database.writing() as connection:
            rows.require(connection, _course, change.course_id, "course")
            rows.require(connection, schema.coder, change.actor, "coder")
            _add(connection, tables.rule_change, values)

    def rule_changes(self, course_id: str | None = None) -> tuple[RuleChange, ...]:
        """The changes of a course's rule, or of all, oldest first."""
        with self._database.reading() as connection:
            return tuple(
                RuleChange(
                    row["id"], row["course_id"], of_text(Rule, row["text"]), row["actor"], row["at"], row["why"]
                )
                for row in _listed(connection, tables.rule_change, course_id=course_id)
            )

    def issue(self, course_id: str, certificate: Certificate) -> Certificate:
        """Keep a certificate of a taken course, and give it; where the test has one already, that one."""
        values = {
            "id": certificate.id,
            "course_id": course_id,
            "coder_id": certificate.coder_id,
            "test_set": certificate.test_set,
            "text": text_of(certificate),
            "at": certificate.issued_at,
        }
        with self._database.writing() as connection:
            rows.require(connection, _course, course_id, "course")
            rows.require(connection, schema.coder, certificate.coder_id, "coder")
            for known in _certificates(connection, course_id, certificate.coder_id):
                if known.test_set == certificate.test_set:
                    return known
            _add(connection, _certificate, values)
        return certificate

    def certificates(self, course_id: str | None = None, coder_id: str | None = None) -> tuple[Certificate, ...]:
        """The certificates of a taken course, of a coder, or all, in the order in which they were issued."""
        with self._database.reading() as connection:
            return _certificates(connection, course_id, coder_id)

    def keep_record(self, record: TrainingRecord) -> None:
        """Keep what was brought from another study; refused for a text that is kept already."""
        with self._database.writing() as connection:
            rows.require(connection, schema.coder, record.coder_id, "coder")
            table = tables.training_record
            same = sa.select(table.c.id).where(table.c.sha256 == record.sha256)
            if connection.execute(same).first() is not None:
                raise StoreError(Problem(tr("The study has this training record already.")))
            _add(
                connection,
                table,
                {
                    "id": record.id,
                    "coder_id": record.coder_id,
                    "sha256": record.sha256,
                    "text": record.text,
                    "at": record.at,
                },
            )

    def records(self, coder_id: str | None = None) -> tuple[TrainingRecord, ...]:
        """What was brought from other studies, of a coder or all, in the order in which it came."""
        with self._database.reading() as connection:
            return tuple(
                TrainingRecord(row["id"], row["coder_id"], row["sha256"], row["text"], row["at"])
                for row in _listed(connection, tables.training_record, coder_id=coder_id)
            )

    def days_coded(self, coder_id: str, scheme_name: str) -> tuple[str, ...]:
        """The days (UTC, ISO 8601) on which a coder coded anything with a scheme, in any version, ascending."""
        days = (
            sa.select(sa.func.substr(_edit.c.at, 1, 10).label("day"))
            .join(_coding, _coding.c.id == _edit.c.pass_id)
            .where(_coding.c.coder_id == coder_id, _coding.c.scheme_name == scheme_name)
            .distinct()
            .order_by("day")
        )
        with self._database.reading() as connection:
            return tuple(map(_day, connection.execute(days).scalars()))


def _add(connection: sa.Connection, table: sa.Table, values: Mapping[str, object]) -> None:
    rows.refuse_second(connection, table, str(values["id"]), table.name)
    rows.add(connection, table, {**values, "position": rows.next_position(connection, table)})


def _listed(connection: sa.Connection, table: sa.Table, **asked: str | None) -> list[rows.Row]:
    """The rows of a table in the order of their making. asked: what columns must hold, None for anything."""
    same = [table.c[name] == value for name, value in asked.items() if value is not None]
    return rows.all_rows(connection, sa.select(table).where(*same).order_by(table.c.position))


def _certificates(
    connection: sa.Connection, course_id: str | None, coder_id: str | None
) -> tuple[Certificate, ...]:
    found = _listed(connection, _certificate, course_id=course_id, coder_id=coder_id)
    certificates = tuple(of_text(Certificate, row["text"]) for row in found)
    for one in certificates:
        _day(one.issued_at), _day(one.expires_at)
    return certificates


def _day(text: str) -> str:
    """The day, if it is one: whoever reckons with it relies on that. ValueError."""
    date.fromisoformat(text)
    return text


def _moment(text: str) -> str:
    """The moment, if it is one. ValueError."""
    datetime.fromisoformat(text)
    return text
