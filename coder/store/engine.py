"""One connection to one study file: settings, transactions, and errors in a person's words."""

import contextlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from coder.language import later, tr
from coder.model.problem import Problem, StoreError, StudyLockedError
from coder.store.schema import APPLICATION_ID

_BUSY_S = 1.0  # a killed program's locks may linger a moment on some systems

# FULL, not the usual NORMAL: with NORMAL a power cut loses codes that were already shown as saved.
# fullfsync does something on macOS only, where fsync alone does not reach the disk.
# recursive_triggers makes INSERT OR REPLACE fire the triggers that keep the journal append-only.
SETTINGS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
)


def memory_engine() -> sa.Engine:
    """An empty database in memory: what `check` compares the tables of a study with."""
    return _engine(dbapi2.connect(":memory:", isolation_level=None), "BEGIN")


def _engine(connection: Any, begin: str) -> sa.Engine:
    engine = sa.create_engine("sqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool)
    # The driver's own notion of transactions would commit before each DDL statement; with our BEGIN a migration
    # that fails half way is rolled back whole.
    sa.event.listen(engine, "begin", lambda opened: opened.exec_driver_sql(begin))
    return engine


# SQLite would apply a log that a crash left behind to whatever study file lies beside it
RESTORE = later(
    "Keep it, and put a copy of the newest file in “snapshots” in its place, as study.sqlite; "
    "if there is a study.sqlite-wal, move that away too."
)
# What a damaged row makes of the code that reads it.
MISREAD = (ValueError, KeyError, TypeError, AttributeError, IndexError)


def damaged(what: str, path: Path) -> Problem:
    """A problem that says the study file is damaged, and what to do."""
    return Problem(tr("The study file is damaged: {what}.", what=what), str(path), tr(RESTORE))


class Database:
    """A study file that is open. Any thread may use it; they take turns."""

    def __init__(self, path: Path, *, readonly: bool = False, new: bool = False) -> None:
        """Open `path`, for writing as the only one who has it open.

        Raises StudyLockedError if another window or program has it, StoreError if it is no study, damaged, gone or
        may not be read. new: make the file.
        """
        self.path = path
        self.readonly = readonly
        self.changed = False
        self.was_interrupted = not readonly and _size(_wal(path)) > 0
        self._turn = threading.RLock()
        self._identities: dict[Path, tuple[int, int]] = {}
        mode = "rwc" if new else "ro" if readonly else "rw"
        # Without a place for the -shm file a reader can only take the file as it stands.
        still = (
            "&immutable=1" if readonly and not os.access(path.parent, os.W_OK) and not _size(_wal(path)) else ""
        )
        self._raw: Any = None
        self._logging = False
        try:
            self._raw = dbapi2.connect(
                f"{path.absolute().as_uri()}?mode={mode}{still}",
                uri=True,
                isolation_level=None,
                timeout=_BUSY_S,
                check_same_thread=False,
            )
            self._settle(new)
        except (dbapi2.Error, UnicodeDecodeError) as error:
            self.close()
            raise in_words(error, path) from error
        except StoreError:
            self.close()
            raise
        self._engine = _engine(self._raw, "BEGIN" if readonly else "BEGIN IMMEDIATE")
        self._identities[path] = _identity(path)

    def _settle(self, new: bool) -> None:
        if not self.readonly:
            # The guard against a second window: whoever comes second finds the file locked. It stands first,
            # because it must hold before the file is read for the first time.
            self._raw.execute("PRAGMA locking_mode=EXCLUSIVE")
        for setting in SETTINGS:
            self._raw.execute(setting)
        if new:
            self._raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
        elif self._raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreError(Problem(tr("This database is not a study of this program."), str(self.path)))

    def log_ahead(self) -> None:
        """Keep a write-ahead log from now on; until then the file is byte for byte as it was found."""
        with self._in_words():
            self._logging = self._raw.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal"
        if not self._logging:
            where = str(self.path)
            raise StoreError(
                Problem(tr("The study cannot be written safely here."), where, tr("Copy it to a local disk."))
            )

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the study; a row that makes no sense is damage."""
        with self._turn, self._in_words():
            try:
                with self._engine.begin() as connection:
                    yield connection
            except MISREAD as error:
                raise StoreError(damaged(f"a row cannot be read ({error})", self.path)) from error

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that is on the disk when the block is left, or, after any error, never was."""
        if self.readonly:
            raise StoreError(Problem(tr("The study is open for reading only."), str(self.path)))
        with self._turn, self._in_words():
            self._still_there()
            with self._engine.begin() as connection:
                yield connection
            self._remember(_wal(self.path))
            self.changed = True

    @contextmanager
    def migrating(self) -> Iterator[sa.Connection]:
        """Like `writing`, with foreign keys checked at the end only: tables may be rebuilt."""
        self.run("PRAGMA foreign_keys=OFF")
        try:
            with self.writing() as connection:
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise StoreError(
                        Problem(
                            tr("{count} rows refer to something that is gone.", count=len(broken)), str(self.path)
                        )
                    )
        finally:
            self.run("PRAGMA foreign_keys=ON")

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement outside of a transaction (PRAGMA, VACUUM) and give its rows."""
        with self._turn, self._in_words():
            self._still_there()
            rows: list[tuple[Any, ...]] = self._raw.execute(statement, values).fetchall()
            return rows

    def close(self) -> None:
        """Close the file; its locks are released. Closing twice does nothing."""
        with self._turn:
            if self._raw is None:
                return
            if self._logging:
                # A closed study is one plain file: it can be copied, and read where nothing may be written.
                with contextlib.suppress(dbapi2.Error):  # else it stays as it is, which loses nothing
                    self._raw.execute("PRAGMA journal_mode=DELETE")
            self._raw.close()
            self._raw = None

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        if self._raw is None:
            raise StoreError(Problem(tr("The study is closed."), str(self.path), tr("Open it again.")))
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise in_words(error.orig or error, self.path) from error
        except (dbapi2.Error, UnicodeDecodeError) as error:  # the driver trips over a damaged name in its message
            raise in_words(error, self.path) from error
        except (OverflowError, UnicodeEncodeError) as error:
            problem = Problem(
                tr("A value cannot be stored: it is too large or holds a broken character."), str(error)
            )
            raise StoreError(problem) from error

    def _remember(self, path: Path) -> None:
        if path not in self._identities:
            self._identities[path] = _identity(path)

    def _still_there(self) -> None:
        """A file that is deleted while open still takes writes, on some systems, and they are lost: ask first."""
        for path, identity in self._identities.items():
            if _identity(path) != identity:
                raise StoreError(
                    Problem(
                        tr("The study file was moved, replaced or deleted while it was open; nothing was saved."),
                        str(path),
                        tr("Close the study, put the folder back and open it again."),
                    )
                )


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


_SENTENCES = {
    "SQLITE_FULL": (
        later("The disk is full; nothing was changed."),
        later("Make room on the disk, then do it again."),
    ),
    "SQLITE_IOERR": (
        later("The disk could not be read or written (it may be full or gone); nothing was changed."),
        later("Check the disk, then do it again."),
    ),
    "SQLITE_READONLY": (
        later("The study may only be read here; nothing was changed."),
        later("Ask for permission to write to the folder, or copy the study to a folder of your own."),
    ),
    "SQLITE_PERM": (later("The study file may not be opened."), later("Ask for permission to use the folder.")),
    "SQLITE_CANTOPEN": (later("There is no study file that can be opened here."), later("Check the folder.")),
    "SQLITE_CORRUPT": (later("The study file is damaged."), RESTORE),
    "SQLITE_NOTADB": (
        later("This file is damaged or is not a study."),
        later(
            "If it was one, keep it, and put a copy of the newest file in “snapshots” in its place, as "
            "study.sqlite; if there is a study.sqlite-wal, move that away too."
        ),
    ),
    "SQLITE_CONSTRAINT": (later("This does not fit what the study holds; nothing was changed."), ""),
}


def in_words(error: BaseException, path: Path) -> StoreError:
    """The driver's error as a sentence."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StudyLockedError(
            Problem(
                tr("This study is open in another window or program."),
                str(path.parent),
                tr("Close it there, then open it again."),
            )
        )
    for start, (what, hint) in _SENTENCES.items():
        if name.startswith(start):
            detail = f" ({error})" if start in {"SQLITE_CONSTRAINT", "SQLITE_IOERR"} else ""
            return StoreError(Problem(tr(what) + detail, str(path), tr(hint)))
    # our statements are right: if SQLite cannot make sense of one, the tables are not what they were
    return StoreError(damaged(str(error), path))
