"""From a key press to a code that is on the disk, with 20, 2,000 and 20,000 events in the pass.

    python benchmarks/commit.py [--short]

Our side is what a code key does: the stroke cuts the state that holds and begins a new one, the desk checks the
edit, the store writes it with its journal entry and hash in one transaction, and the live review reads again
what the stroke touched. Every event here is too short for the scheme, so the review holds as many findings as
the pass has events. The same strokes without a disk show what the review costs by itself. The bare side makes
the same three writes (one event changed, one added, one journal row) with sqlcipher3, WAL, synchronous=FULL,
into a copy of the same study, and checks and hashes nothing. All sides take turns, so that they meet the same
load and disk.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from sqlcipher3 import dbapi2

from coder.annotate import strokes
from coder.annotate.desk import Desk
from coder.annotate.live import LiveReview
from coder.formats import read_scheme, scheme_text
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.edit import Edit
from coder.model.study import Coder, Purpose, Role, Session
from coder.model.time import Span
from coder.settings.shipped import shipped
from coder.store import StudyStore

SCHEME_FILE = shipped("schemes") / "gaze-near.toml"
SCHEME = read_scheme(SCHEME_FILE)
HOUR = Span(0, 3_600_000_000)
CODES = ("cg_face", "cg_shared")
COUNTS = (20, 2_000, 20_000)

EVENT_CUT = "UPDATE event SET end_us = ? WHERE pass_id = 'main' AND id = ?"
EVENT_ROW = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL)"
EDIT_ROW = "INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

Press = Callable[[int], None]


def look(at_us: int, end_us: int) -> Event:
    """A look of the child."""
    return Event(str(uuid4()), "cg", CODES[at_us // 1000 % 2], Span(at_us, end_us))


def study(folder: Path, count: int) -> StudyStore:
    """A study with one pass of `count` events, the last of which lasts to the end of the hour; open."""
    store = StudyStore.create(folder, "Bench")
    store.add_coder(Coder("ada", "Ada", Role.CLINICIAN))
    store.add_session(Session("visit", "Visit", HOUR, ()))
    store.add_scheme(SCHEME.id, scheme_text(SCHEME_FILE))
    store.new_pass(PassHeader("main", "visit", SCHEME.id, "ada", Purpose.MAIN, HOUR))
    looks = [look(at * 1000, (at + 1) * 1000) for at in range(count - 1)]
    events = [*looks, look((count - 1) * 1000, HOUR.end_us)]
    store.save_edit("main", Edit.adding("Import", events), actor="ada")
    return store


def ours(store: StudyStore) -> Press:
    """What a code key does."""
    desk = Desk(
        store.load_pass("main"),
        lambda edit: store.save_edit("main", edit, actor="ada"),
        SCHEME,
        store.edits("main"),
    )
    LiveReview(desk)
    return pressing(desk)


def without_disk(coding: CodingPass, *, live: bool) -> Press:
    """The same on a desk that saves nothing, with or without the live review."""
    desk = Desk(coding, lambda _: None, SCHEME)
    if live:
        LiveReview(desk)
    return pressing(desk)


def pressing(desk: Desk) -> Press:
    """A code key, pressed on this desk."""

    def press(at_us: int) -> None:
        held = desk.coding.state_at("cg", at_us)
        code = CODES[1] if held is not None and held.code == CODES[0] else CODES[0]
        desk.apply(strokes.code(desk.coding, SCHEME, "cg", code, at_us))

    return press


def bare(file: Path) -> Press:
    """The three writes of a stroke and nothing else."""
    connection = dbapi2.connect(file, isolation_level=None)
    for setting in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {setting}")
    counted = iter(range(2, 1_000_000))
    held = [connection.execute("SELECT id FROM event ORDER BY start_us DESC LIMIT 1").fetchone()[0]]
    changes = '[{"before":null,"after":{"id":"00000000-0000-0000-0000-000000000000","tier":"cg"}}]' * 2

    def press(at_us: int) -> None:
        new = str(uuid4())
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(EVENT_CUT, (at_us, held[0]))
        connection.execute(EVENT_ROW, ("main", new, "cg", CODES[0], at_us, HOUR.end_us, "[]", ""))
        entry = (next(counted), new, "do", None, "Code", changes, "ada", "here", "now", "0" * 64, "0" * 64)
        connection.execute(EDIT_ROW, ("main", *entry))
        connection.execute("COMMIT")
        held[0] = new

    return press


def measure(sides: dict[str, Press], first_us: int, repeats: int) -> dict[str, list[float]]:
    """Milliseconds of each press of each side; the sides take turns."""
    took: dict[str, list[float]] = {name: [] for name in sides}
    for at in range(repeats):
        for name, press in sides.items():
            start = time.perf_counter()
            press(first_us + at * 40_000)
            took[name].append((time.perf_counter() - start) * 1000)
    return took


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--short", action="store_true", help="fewer repeats")
    repeats = 80 if asked.parse_args().short else 600
    with tempfile.TemporaryDirectory() as above:
        sides: dict[str, Press] = {}
        stores = []
        memory: dict[str, Press] = {}
        for count in COUNTS:
            folder = Path(above) / str(count)
            study(folder, count).close()
            shutil.copy(folder / "study.sqlite", folder / "bare.sqlite")
            store = StudyStore.open(folder)
            stores.append(store)
            sides[f"key press, {count:,} events"] = ours(store)
            sides[f"bare,      {count:,} events"] = bare(folder / "bare.sqlite")
            memory[f"no disk, live review, {count:,}"] = without_disk(store.load_pass("main"), live=True)
            memory[f"no disk, no review,   {count:,}"] = without_disk(store.load_pass("main"), live=False)
        measure(sides, 1_000_000_000, 5)
        took = measure(sides, 2_000_000_000, repeats)
        measure(memory, 1_000_000_000, 5)
        took |= measure(memory, 2_000_000_000, repeats)
        for store in stores:
            store.close()
    print(f"{repeats} interleaved repeats          median ms   p95 ms")
    medians = {}
    for name, values in took.items():
        medians[name] = statistics.median(values)
        print(f"{name:<32} {medians[name]:9.3f} {statistics.quantiles(values, n=20)[18]:9.3f}")
    pressed = {count: medians[f"key press, {count:,} events"] for count in COUNTS}
    for count in COUNTS:
        ratio = pressed[count] / medians[f"bare,      {count:,} events"]
        live = medians[f"no disk, live review, {count:,}"] - medians[f"no disk, no review,   {count:,}"]
        growth = pressed[count] / pressed[20]
        print(
            f"{count:>6,} events: key press / bare {ratio:.2f}; / at 20 events {growth:.2f}; review {live:.3f} ms"
        )


if __name__ == "__main__":
    main()
