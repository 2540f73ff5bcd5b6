"""Making a study folder, and opening one: everything that may be refused at the door."""

import os
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from coder.language import tr
from coder.model.problem import Problem, StoreError
from coder.model.study import Study
from coder.staging import staged
from coder.store import checking, folders, journal, rows, schema
from coder.store.engine import Database, damaged
from coder.store.migrations import SHIPPED, Migrations
from coder.store.snapshots import make_snapshot

STUDY_FILE = "study.sqlite"
SUBFOLDERS = ("snapshots", "tracks", "reports")
_LEFT_BY_SYSTEM = {"desktop.ini", "thumbs.db"}


def make_study(folder: Path, name: str) -> None:
    """Make a study in a folder that is new or empty; see `StudyStore.create`."""
    _refuse_unfit(folder)
    if (folder / STUDY_FILE).exists():
        raise StoreError(
            Problem(tr("There is already a study in this folder."), str(folder), tr("Open it instead."))
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(_is_foreign(path.name) for path in folder.iterdir()):
            raise StoreError(
                Problem(
                    tr("This folder is not empty."), str(folder), tr("Choose a new or empty folder for the study.")
                )
            )
        for sub in SUBFOLDERS:
            (folder / sub).mkdir(exist_ok=True)
    except OSError as error:
        problem = Problem(
            tr("The folder cannot be used: {reason}.", reason=error.strerror),
            str(folder),
            tr("Choose another folder."),
        )
        raise StoreError(problem) from error
    with staged(folder / STUDY_FILE, StoreError) as aside:
        database = Database(aside, new=True)
        try:
            database.log_ahead()
            with database.writing() as connection:
                SHIPPED.upgrade(connection)
                row = {"id": str(uuid4()), "name": name, "created_at": journal.now_text()}
                rows.add(connection, schema.study, row)
        finally:
            database.close()


def open_study(folder: Path, *, readonly: bool, migrations: Migrations) -> tuple[Database, Study]:
    """Open the study file of a folder, in the newest format; see `StudyStore.open`."""
    if not (folder / STUDY_FILE).is_file():
        raise StoreError(
            Problem(
                tr("There is no study in this folder."),
                str(folder),
                tr("Choose a folder that holds {file}.", file=STUDY_FILE),
            )
        )
    if not readonly:
        _refuse_unfit(folder)
        if not os.access(folder, os.W_OK):
            raise StoreError(
                Problem(
                    tr("This folder may not be written."),
                    str(folder),
                    tr("Open the study for reading only, or copy it to a folder of your own."),
                )
            )
    database = Database(folder / STUDY_FILE, readonly=readonly)
    try:
        _refuse_newer(database, folder, migrations)
        if not readonly:
            database.log_ahead()
        _bring_up_to_date(database, folder, migrations)
        with database.reading() as connection:
            checking.require_triggers(connection, database.path)
            row = connection.execute(sa.select(schema.study)).mappings().first()
        if row is None:
            raise StoreError(damaged("it does not say which study it is", database.path))
        if database.was_interrupted:
            make_snapshot(database, folder / "snapshots", "after-interruption")
    except BaseException:
        database.close()
        raise
    return database, Study(row["id"], row["name"], row["created_at"], migrations.head)


def _is_foreign(name: str) -> bool:
    """Hidden files and what an earlier attempt left here are nobody's work."""
    return not (name.startswith(".") or name in SUBFOLDERS or name.lower() in _LEFT_BY_SYSTEM)


def _refuse_unfit(folder: Path) -> None:
    problem = folders.unfit(folder)
    if problem is not None:
        raise StoreError(problem)


def _refuse_newer(database: Database, folder: Path, migrations: Migrations) -> None:
    version = checking.format_version(database)
    if version > migrations.head:
        raise StoreError(
            Problem(
                tr(
                    "This study was made by a newer version of the program (format {version}; "
                    "this version knows formats up to {head}).",
                    version=version,
                    head=migrations.head,
                ),
                str(folder),
                tr("Install the newer version."),
            )
        )


def _bring_up_to_date(database: Database, folder: Path, migrations: Migrations) -> None:
    version = checking.format_version(database)
    if version == migrations.head:
        return
    if database.readonly:
        raise StoreError(
            Problem(
                tr(
                    "This study has an older format ({version}) and cannot be opened for reading only.",
                    version=version,
                ),
                str(folder),
                tr("Open it for writing once: it is brought up to date, after a snapshot."),
            )
        )
    make_snapshot(database, folder / "snapshots", f"before-format-{migrations.head}")
    try:
        with database.migrating() as connection:
            migrations.upgrade(connection)
    except StoreError:
        raise
    except Exception as error:  # a migration may fail in any way; it has been rolled back
        problem = Problem(
            tr("The study could not be brought up to date: {error}.", error=error),
            str(folder),
            tr("It is as it was; report this."),
        )
        raise StoreError(problem) from error
