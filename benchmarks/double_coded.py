"""A study of many double-coded sessions, compared from its file: the tables, drift, curves, and the differences.

    python benchmarks/double_coded.py [--sessions 500]

Every session is the same minute of “Who Looks Where, How Near”, coded by a careful and a hasty simulated coder.
The baseline is reading the passes from the study, which every comparison does first. Processor time, one core.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from coder.formats import read_events
from coder.model.coding import PassHeader
from coder.model.study import Coder, Purpose, Role, Session
from coder.model.time import SECOND_US, Span
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.agenda import agenda
from coder.workflows.compared import curves_of_pairs, drifts_of, totals_of
from coder.workflows.comparison import compare_study
from coder.workflows.schemes import freeze_scheme

CLIP, SCHEME = "first-practice", "gaze-near"
WINDOW = Span(0, 60 * SECOND_US)
CODERS = {
    "careful": (Coder("careful", "Robin", Role.CLINICIAN), Purpose.MAIN),
    "hasty": (Coder("hasty", "Sasha", Role.CLINICIAN), Purpose.RELIABILITY),
}
Result = TypeVar("Result")


def double_coded(folder: Path, sessions: int) -> StudyStore:
    """A study in `folder` with so many sessions that both coders have submitted."""
    store = StudyStore.create(folder, "Many visits")
    scheme = freeze_scheme(store, SCHEME)
    for coder, _ in CODERS.values():
        store.add_coder(coder)
    for number in range(1, sessions + 1):
        session = Session(str(uuid4()), f"visit {number}", WINDOW, ())
        store.add_session(session)
        for name, (coder, purpose) in CODERS.items():
            file = shipped("sample_media") / "passes" / f"{CLIP}.{SCHEME}.{name}.csv"
            header = PassHeader(str(uuid4()), session.id, scheme.id, coder.id, purpose, WINDOW)
            store.add_coded_pass(header, "Import", read_events(file, scheme), submitted=True)
    return store


def timed(what: str, work: Callable[[], Result], beside: float = 0.0) -> tuple[Result, float]:
    """The result of some work; prints its processor time, and how many times the baseline it took."""
    begun = time.process_time()
    result = work()
    took = time.process_time() - begun
    print(f"{what:<28}{took:>9.2f} s" + (f"{took / beside:>9.1f} ×" if beside else ""))
    return result, took


def main() -> None:
    """Build the study, and time what the desk of reliability asks of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=500)
    count = parser.parse_args().sessions
    with tempfile.TemporaryDirectory() as folder, double_coded(Path(folder) / "study", count) as store:
        passes, bare = timed("reading all passes", lambda: [store.load_pass(one.id) for one in store.passes()])
        print(f"{count} sessions, {sum(map(len, passes)):,} events")
        found, _ = timed("the tables", lambda: compare_study(store), bare)
        scheme = found.pooled[0].scheme.id
        timed("drift", lambda: drifts_of(found, scheme), bare)
        timed("agreement by tolerance", lambda: curves_of_pairs(found, scheme), bare)
        timed("sums of sessions", lambda: totals_of(found, scheme), bare)
        timed("agenda", lambda: agenda(store), bare)


if __name__ == "__main__":
    main()
