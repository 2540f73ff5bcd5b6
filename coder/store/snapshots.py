"""Copies of the study file, made while it is open; each is a study file of its own."""

import contextlib
import re
from datetime import UTC, datetime
from pathlib import Path

from coder.model.problem import StoreError
from coder.staging import staged
from coder.store.engine import Database

KEEP = 20
_NAME = re.compile(r"\d{8}T\d{12}Z-[\w-]+\.sqlite")


def make_snapshot(database: Database, folder: Path, reason: str) -> Path:
    """Copy the study to `folder`, named by time (UTC) and reason; the oldest beyond `KEEP` are removed.

    Raises StoreError if it cannot be written; the study goes on as it was.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    ending = re.sub(r"[^\w-]+", "-", reason, flags=re.ASCII).strip("-") or "snapshot"
    path = folder / f"{stamp}-{ending}.sqlite"
    with staged(path, StoreError) as aside:
        folder.mkdir(exist_ok=True)
        database.run("VACUUM INTO ?", str(aside))
    for old in list_snapshots(folder)[:-KEEP]:
        with contextlib.suppress(OSError):  # one that cannot be removed now goes next time
            old.unlink()
    return path


def list_snapshots(folder: Path) -> list[Path]:
    """The snapshots in a folder, oldest first."""
    return sorted(path for path in folder.glob("*.sqlite") if _NAME.fullmatch(path.name))
