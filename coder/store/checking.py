"""Is the study whole? Everything that can be read back is compared with something that was written beside it."""

import hashlib
import re
from collections.abc import Generator, Iterator
from pathlib import Path

import sqlalchemy as sa

from coder.language import tr
from coder.model.coding import Event, PassHeader, PassStatus
from coder.model.problem import CoderError, Problem, StoreError
from coder.model.progress import Progress
from coder.store import journal, passes, rows, schema
from coder.store.columns import SEAL
from coder.store.engine import MISREAD, RESTORE, Database, damaged, memory_engine
from coder.store.journal import Entry
from coder.store.migrations import Migrations
from coder.store.track_record import TrackRecord


def format_version(database: Database) -> int:
    """The format that the study file is in."""
    try:
        return int(database.run("SELECT version_num FROM alembic_version")[0][0])
    except (IndexError, ValueError, TypeError) as error:
        raise StoreError(damaged("it does not say which format it has", database.path)) from error


def require_triggers(connection: sa.Connection, path: Path) -> None:
    """Raise StoreError unless the journal is protected."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    if not schema.triggers().items() <= {(name, sql) for name, sql in found}:
        raise StoreError(damaged("the protection of its journal is missing", path))


def checking(
    database: Database, folder: Path, migrations: Migrations
) -> Generator[Progress, None, tuple[Problem, ...]]:
    """Check all, part by part; the generator returns the problems."""
    problems: list[Problem] = []

    def gather(part: Iterator[Problem]) -> None:
        try:
            problems.extend(part)
        except CoderError as error:
            problems.extend(error.problems)
        except MISREAD as error:
            problems.append(damaged(f"a row cannot be read ({error})", database.path))

    yield Progress(0, 0, tr("Reading the file"))
    gather(_structure(database, migrations))
    gather(_seals(database))
    headers: list[PassHeader] = []
    records: list[TrackRecord] = []
    gather(_listed(database, headers, records))
    total = len(headers) + len(records)
    for done, header in enumerate(headers):
        yield Progress(done, total, tr("Comparing each pass with its journal"))
        gather(_pass(database, header))
    for done, record in enumerate(records, start=len(headers)):
        yield Progress(done, total, tr("Reading the tracks"))
        gather(_track(folder, record))
    yield Progress(total, total, tr("Done"))
    return tuple(dict.fromkeys(problems))


def _structure(database: Database, migrations: Migrations) -> Iterator[Problem]:
    found = [str(row[0]) for row in database.run("PRAGMA integrity_check")]
    if found != ["ok"]:
        yield damaged(found[0].strip().replace("\n", " "), database.path)
    if database.run("PRAGMA foreign_key_check"):
        yield damaged("rows refer to something that is gone", database.path)
    with database.reading() as connection:
        require_triggers(connection, database.path)
        if _definitions(connection) != _expected_definitions(migrations):
            yield damaged("its tables or the protection of its journal were changed", database.path)


def _definitions(connection: sa.Connection) -> set[tuple[str, tuple[str, ...]]]:
    """The words of each definition, sorted: a rebuilt table may list its constraints in another order."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master").fetchall()
    return {(name, tuple(sorted(re.findall(r"\w+|\S", sql or "")))) for name, sql in found}


def _expected_definitions(migrations: Migrations) -> set[tuple[str, tuple[str, ...]]]:
    with memory_engine().begin() as connection:
        migrations.upgrade(connection)
        return _definitions(connection)


def _seals(database: Database) -> Iterator[Problem]:
    with database.reading() as connection:
        for table in schema.SEALED:
            for row in rows.all_rows(connection, sa.select(table)):
                if row[SEAL] != schema.seal(table.name, row):
                    yield damaged(f"a row of “{table.name}” is not as it was written", database.path)
        for row in rows.all_rows(connection, sa.select(schema.scheme)):
            if hashlib.sha256(row["text"].encode()).hexdigest() != row["sha256"]:
                yield damaged(f"the scheme “{row['name']}” is not as it was written", database.path)
        named = connection.execute(sa.select(sa.func.count()).select_from(schema.study)).scalar_one()
        if named != 1:
            yield damaged("it does not say which study it is", database.path)


def _listed(database: Database, headers: list[PassHeader], records: list[TrackRecord]) -> Iterator[Problem]:
    with database.reading() as connection:
        count = sa.select(sa.func.count()).select_from(schema.coding_pass)
        headers.extend(passes.headers(connection))
        if connection.execute(count).scalar_one() != len(headers):
            yield damaged("a pass has lost its scheme", database.path)
        records.extend(rows.tracks(connection, None))


def _pass(database: Database, header: PassHeader) -> Iterator[Problem]:
    with database.reading() as connection:
        entries = passes.entry_rows(connection, header.id)
        events = {event.id: event for event in passes.events(connection, header.id)}
        table = schema.coding_pass
        rev, head = connection.execute(sa.select(table.c.rev, table.c.head).where(table.c.id == header.id)).one()
    where = f"pass {header.id}"
    last = journal.genesis(header)
    for n, row in enumerate(entries, start=1):
        if row["n"] != n or row["prev"] != last or row["hash"] != journal.entry_hash(row):
            yield Problem(tr("Entry {n} of the journal is not as it was written.", n=n), where, tr(RESTORE))
            return
        last = row["hash"]
    if (rev, head) != (len(entries), last):
        yield Problem(tr("The journal does not end where the pass says it ends."), where, tr(RESTORE))
        return
    status, expected = _replayed([journal.entry_of(row) for row in entries])
    if status is not header.status:
        yield Problem(
            tr("The pass says it is {ours}, its journal says {theirs}.", ours=header.status, theirs=status),
            where,
            tr(RESTORE),
        )
    if events != expected:
        unlike = sum(events.get(key) != expected.get(key) for key in events.keys() | expected.keys())
        yield Problem(tr("{unlike} events are not as the journal says.", unlike=unlike), where, tr(RESTORE))


def _replayed(entries: list[Entry]) -> tuple[PassStatus, dict[str, Event]]:
    """Status and events that a journal leads to; KeyError or ValueError if it contradicts itself."""
    status, events = PassStatus.OPEN, dict[str, Event]()
    for entry in entries:
        if entry.edit is None:
            status = PassStatus.SUBMITTED if entry.kind == journal.SUBMIT else PassStatus.OPEN
        for change in entry.changes:
            if change.before is not None and events.pop(change.before.id) != change.before:
                raise ValueError(f"entry {entry.n} of the journal changes an event that was not so")
        for change in entry.changes:
            if change.after is not None and events.setdefault(change.after.id, change.after) is not change.after:
                raise ValueError(f"entry {entry.n} of the journal adds an event that was there")
    return status, events


def _track(folder: Path, record: TrackRecord) -> Iterator[Problem]:
    try:
        with (folder / record.path).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        yield record.spoiled(f"cannot be read: {error.strerror}")
        return
    if found != record.sha256:
        yield record.spoiled("is not as it was written")
