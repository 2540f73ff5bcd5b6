"""From the key of a verdict to its paint in the walk: 20 and 5,000 disagreements of two passes, in turns.

    python benchmarks/walk.py [--short]

A real key on a real page with a real film and a real study: write the settlement (on the disk), show its badge,
choose the next disagreement, paint its rows. Beside it what writing one settlement alone takes in the same study.
"""

import argparse
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from coder.annotate.view.theme import LIGHT, apply_theme
from coder.desktop.main_window import MainWindow
from coder.desktop.shared import Tools
from coder.desktop.strip import Strip
from coder.desktop.walk_page import WalkPage
from coder.model.coding import Event
from coder.model.disagreement import Settlement, Verdict
from coder.model.scheme import Scheme
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span
from coder.settings.preferences import PreferencesFile
from coder.workflows.passes import add_coder, new_header
from coder.workflows.schemes import freeze_scheme, scheme_for
from coder.workflows.sessions import add_session
from coder.workflows.settling import walk
from coder.workflows.studies import new_study

FILM = Path(__file__).parents[1] / "sample_media" / "first-practice.mp4"
KEYS = (Qt.Key.Key_A, Qt.Key.Key_E, Qt.Key.Key_S)


def states(scheme: Scheme, count: int, *, others: bool) -> list[Event]:
    """`2 · count` states of two seconds; with `others` every second one is another code."""
    tier = next(tier for tier in scheme.tiers if tier.exclusive and tier.kind == "state")
    codes = [code.id for code in tier.codes if not code.uncodable]
    made = []
    for n in range(2 * count):
        code = codes[(n + (1 if others and n % 2 else 0)) % len(codes)]
        made.append(Event(str(uuid4()), tier.id, code, Span(2 * n * SECOND_US, 2 * (n + 1) * SECOND_US)))
    return made


class Case:
    """A walk through so many disagreements; those behind the end of the film are there as well."""

    def __init__(self, count: int, folder: Path) -> None:
        self.store = store = new_study(folder, "Walk")
        session = add_session(store, FILM, "Film")
        scheme = scheme_for(store, "gaze-near")
        freeze_scheme(store, "gaze-near")
        window = Span(0, 4 * count * SECOND_US)
        ids = []
        for name, others in (("Robin", False), ("Sasha", True)):
            made = new_header(store, session.id, add_coder(store, name), scheme, Purpose.MAIN)
            header = replace(made, window=window)
            store.add_coded_pass(header, "coded", states(scheme, count, others=others), submitted=True)
            ids.append(header.id)
        self.walk = walk(store, *ids)
        strip = Strip(print)
        self.page = WalkPage(self.walk, store, Tools(strip, print, PreferencesFile()), lambda: None)
        self.window = MainWindow(strip, lambda: True)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.show_page(self.page)
        while self.page.view.painted.value is None:
            QTest.qWait(20)
        QTest.qWait(500)

    def press(self, key: Qt.Key) -> float:
        """Milliseconds until the verdict is on the disk and painted."""
        before = self.page.list.settled_count
        started = time.perf_counter()
        QTest.keyClick(self.page.list.table, key)
        QApplication.processEvents()
        painted = time.perf_counter()
        assert self.page.list.settled_count == before + 1, self.page.view.strip.text
        QTest.qWait(60)
        return (painted - started) * 1000

    def write(self) -> float:
        """Milliseconds that writing one settlement takes."""
        a, b = self.walk.pass_a.header, self.walk.pass_b.header
        about, at = self.walk.differences[-1], "2026-01-01T00:00:00.000000+00:00"
        one = Settlement(str(uuid4()), a.id, b.id, about, Verdict.A, "", a.coder_id, at)
        started = time.perf_counter()
        self.store.add_settlement(one)
        return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print medians and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="fewer repeats")
    few, many = (8, 5_000) if parser.parse_args().short else (18, 5_000)
    app = QApplication([])
    apply_theme(app, LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CODER_CONFIG_DIR"] = str(Path(folder) / "config")
        cases = {count: Case(count, Path(folder) / str(count)) for count in (few + 2, many)}
        found: dict[int, list[float]] = {count: [] for count in cases}
        bare: dict[int, list[float]] = {count: [] for count in cases}
        for n in range(few + 1):
            for count, case in cases.items():
                taken, alone = case.press(KEYS[n % len(KEYS)]), case.write()
                if n:
                    found[count].append(taken)
                    bare[count].append(alone)
        medians = {}
        for count, times in found.items():
            medians[count], alone = float(np.median(times)), float(np.median(bare[count]))
            painted = f"{medians[count]:6.2f} ms (slowest {max(times):6.2f} ms)"
            beside = f"writing alone {alone:6.2f} ms, ratio {medians[count] / alone:.2f}"
            print(f"  {count:5,} disagreements: written and painted {painted}, {beside}")
        print(f"verdict to paint, {many:,} / {few + 2}: {medians[many] / medians[few + 2]:.2f}")
        for case in cases.values():
            case.page.shut()
            case.store.close()


if __name__ == "__main__":
    main()
