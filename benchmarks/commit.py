"""From a stroke to a code that is on the disk: `StudyStore.save_edit` beside the bare driver.

    python benchmarks/commit.py [--short]

The bare side inserts the same two rows (event and journal entry) with sqlcipher3, WAL, synchronous=FULL, into a
copy of the same study, and checks and hashes nothing. All sides take turns, so that they meet the same load and
disk.
"""

import argparse
import hashlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from sqlcipher3 import dbapi2

from coder.model.coding import Event, PassHeader
from coder.model.edit import Change, Edit
from coder.model.scheme import SchemeId
from coder.model.study import Coder, Purpose, Role, Session
from coder.model.time import Span
from coder.store import StudyStore

SCHEME_TEXT = "name = 'bench'\n"
SCHEME = SchemeId("bench", "1", hashlib.sha256(SCHEME_TEXT.encode()).hexdigest())
HOUR = Span(0, 3_600_000_000)
MODIFIERS = (("side", "left"),)

EVENT_ROW = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
EDIT_ROW = "INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def stroke(at_us: int) -> Event:
    """A short look."""
    return Event(str(uuid4()), "gaze", "parent", Span(at_us, at_us + 900), MODIFIERS)


def study(folder: Path, count: int) -> StudyStore:
    """A study with one pass of `count` events, open."""
    store = StudyStore.create(folder, "Bench")
    store.add_coder(Coder("ada", "Ada", Role.CLINICIAN))
    store.add_session(Session("visit", "Visit", HOUR, ()))
    store.add_scheme(SCHEME, SCHEME_TEXT)
    store.new_pass(PassHeader("main", "visit", SCHEME, "ada", Purpose.MAIN, HOUR))
    store.save_edit("main", Edit.adding("Import", [stroke(at * 1000) for at in range(count)]), actor="ada")
    return store


def bare(file: Path) -> Callable[[Edit], None]:
    """The call that writes the two rows of an edit and nothing else."""
    connection = dbapi2.connect(file, isolation_level=None)
    for setting in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {setting}")
    counted = iter(range(2, 1_000_000))

    def save(edit: Edit) -> None:
        event = edit.changes[0].after
        assert event is not None
        place = (event.span.start_us, event.span.end_us)
        changes = f'[{{"before":null,"after":{{"id":"{event.id}","tier":"gaze","code":"parent"}}}}]'
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(EVENT_ROW, ("main", event.id, event.tier, event.code, *place, '[["side","left"]]', ""))
        connection.execute(
            EDIT_ROW,
            (
                "main",
                next(counted),
                edit.id,
                "do",
                None,
                edit.label,
                changes,
                "ada",
                "here",
                "now",
                "0" * 64,
                "0" * 64,
            ),
        )
        connection.execute("COMMIT")

    return save


def measure(sides: dict[str, Callable[[Edit], None]], repeats: int) -> dict[str, list[float]]:
    """Milliseconds of each save of each side; the sides take turns."""
    took: dict[str, list[float]] = {name: [] for name in sides}
    for at in range(repeats):
        for name, save in sides.items():
            edit = Edit.of("Code", Change(None, stroke(1_000_000_000 + at * 1000)))
            start = time.perf_counter()
            save(edit)
            took[name].append((time.perf_counter() - start) * 1000)
    return took


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--short", action="store_true", help="fewer repeats")
    repeats = 80 if asked.parse_args().short else 600
    with tempfile.TemporaryDirectory() as above:
        sides: dict[str, Callable[[Edit], None]] = {}
        stores = []
        for count in (20, 20_000):
            folder = Path(above) / str(count)
            study(folder, count).close()
            shutil.copy(folder / "study.sqlite", folder / "bare.sqlite")
            store = StudyStore.open(folder)
            stores.append(store)
            sides[f"save_edit, {count:,} events"] = lambda edit, store=store: store.save_edit(
                "main", edit, actor="ada"
            )
            sides[f"bare,      {count:,} events"] = bare(folder / "bare.sqlite")
        measure(sides, 5)
        took = measure(sides, repeats)
        for store in stores:
            store.close()
    print(f"{repeats} interleaved repeats          median ms   p95 ms")
    medians = {}
    for name, values in took.items():
        medians[name] = statistics.median(values)
        print(f"{name:<32} {medians[name]:9.2f} {statistics.quantiles(values, n=20)[18]:9.2f}")
    few, bare_few, many, bare_many = medians.values()
    print(f"save_edit / bare: {few / bare_few:.2f} at 20 events, {many / bare_many:.2f} at 20,000 events")
    print(f"save_edit at 20,000 / at 20 events: {many / few:.2f} (bare: {bare_many / bare_few:.2f})")


if __name__ == "__main__":
    main()
