"""The study file behind the store's back, as somebody with a database tool would open it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2


@contextmanager
def raw(folder: Path) -> Iterator[Any]:
    """A plain connection to a closed study; what was done is committed."""
    connection = dbapi2.connect(folder / "study.sqlite", isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def without_triggers(folder: Path) -> Iterator[Any]:
    """The same with the triggers dropped, and put back afterwards word for word."""
    with raw(folder) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, statement in triggers:
            connection.execute(statement)
