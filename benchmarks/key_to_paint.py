"""From a key to its paint on the whole bench: passes of 20, 2,000 and 20,000 events, with the same few in sight.

    python benchmarks/key_to_paint.py [--short]

A real key event on a real bench with a real film: check, save (a line forced to the disk; `commit.py` times the
study's own saving), tell every part of the bench, paint all that changed. In the review of answers: from the key
of an outcome until it is saved and the next cue is shown.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from timeline import coded

from coder.annotate.desk import Desk
from coder.annotate.keymap import Do
from coder.annotate.view.bench import Bench
from coder.annotate.view.content import BenchContent, Camera
from coder.annotate.view.scale import Scale
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.formats.scheme_file import read_scheme
from coder.media import open_index
from coder.model.edit import Edit
from coder.model.scheme import Scheme, Tier
from coder.model.study import Fingerprint, Media, Session
from coder.model.time import SECOND_US, Span

ROOT = Path(__file__).parents[1]
FILM = ROOT / "sample_media" / "first-practice.mp4"
EVERY_US = 2 * SECOND_US


class Case:
    """A bench over a pass of `count` events; those behind the end of the film are there as well."""

    def __init__(self, scheme: Scheme, count: int, folder: Path) -> None:
        index = open_index(FILM)
        window = Span(0, max(count * EVERY_US // 4, index.duration_us))
        self.file = (folder / f"{count}.log").open("ab")
        self.desk = Desk(coded(scheme, count, window.end_us), self._save, scheme)
        media = Media("m", FILM.name, Fingerprint("", 0), "", index.duration_us, index.frame_count)
        content = BenchContent(
            desk=self.desk,
            scheme=scheme,
            session=Session("s", "", window, (media,)),
            cameras=(Camera(media, FILM),),
        )
        self.bench = Bench(content, print)
        self.bench.resize(1366, 768)
        self.bench.show()
        while self.bench.painted.value is None or not self.bench.timeline.sound.wave:
            QTest.qWait(20)
        self.bench._scale.set(Scale.fitting(Span(0, 40 * SECOND_US), self.bench._scale.value.width_px))
        self.bench.go_to(17 * SECOND_US)
        QTest.qWait(500)

    def _save(self, edit: Edit) -> None:
        """As a journal does: written and forced to the disk."""
        self.file.write(f"{edit.id} {edit.label} {len(edit.changes)}\n".encode())
        self.file.flush()
        os.fsync(self.file.fileno())

    def two_keys(self, tier: Tier) -> list[Qt.Key]:
        """The keys of two codes that do not hold at the frame on the screen."""
        assert self.bench.painted.value is not None
        held = self.desk.coding.state_at(tier.id, self.bench.painted.value.at_us)
        others = [code for code in tier.codes if held is None or code.id != held.code]
        return [Qt.Key(ord(code.key.upper())) for code in others[:2]]

    def review(self) -> None:
        """Begin the review of answers."""
        self.bench.do(Do.ANSWERS)
        QTest.qWait(300)

    def judge(self, key: Qt.Key) -> tuple[float, float]:
        """As `press`, with the key of an outcome; the next cue is then to be played, which is stopped."""
        taken = self.press(key)
        self.bench.player.pause()
        QTest.qWait(60)
        return taken

    def press(self, key: Qt.Key) -> tuple[float, float]:
        """Milliseconds until it is saved, and until it is painted."""
        saved: list[float] = []
        forget = self.desk.listen(lambda _: saved.append(time.perf_counter()))
        started = time.perf_counter()
        QTest.keyClick(self.bench.timeline, key)
        QApplication.processEvents()
        painted = time.perf_counter()
        forget()
        assert len(saved) == 1, self.bench.strip.text
        return (saved[0] - started) * 1000, (painted - started) * 1000


def main() -> None:
    """Print medians and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="fewer repeats")
    repeats = 20 if parser.parse_args().short else 100
    app = QApplication([])
    apply_theme(app, LIGHT)
    scheme = read_scheme(ROOT / "schemes" / "gaze-near.toml")
    tier = next(tier for tier in scheme.tiers if tier.exclusive and tier.kind == "state")
    with tempfile.TemporaryDirectory() as folder:
        cases = {count: Case(scheme, count, Path(folder)) for count in (20, 2_000, 20_000)}
        # the same frame is coded now with one key, now with another; neither is the code that held there
        keys = {count: case.two_keys(tier) for count, case in cases.items()}
        found: dict[int, list[tuple[float, float]]] = {count: [] for count in cases}
        for n in range(repeats + 2):
            for count, case in cases.items():
                taken = case.press(keys[count][n % 2])
                if n >= 2:
                    found[count].append(taken)
        for case in cases.values():
            case.bench.shut()
            case.file.close()
        told("key to paint", found)
        judged(Path(folder), repeats)


def judged(folder: Path, repeats: int) -> None:
    """The same for the key of an outcome; the longest pass has a quarter of its events as cues."""
    scheme = read_scheme(ROOT / "schemes" / "cue-response.toml")
    outcome = next(one for one in scheme.links[0].outcomes if not one.has_answer)
    cases = {count: Case(scheme, count, folder) for count in (400, 2_000, 20_000)}
    found: dict[int, list[tuple[float, float]]] = {count: [] for count in cases}
    for case in cases.values():
        case.review()
    for n in range(min(repeats, 80) + 2):
        for count, case in cases.items():
            taken = case.judge(Qt.Key(ord(outcome.key.upper())))
            if n >= 2:
                found[count].append(taken)
    for case in cases.values():
        case.bench.shut()
        case.file.close()
    told("outcome to paint", found)


def told(name: str, found: dict[int, list[tuple[float, float]]]) -> None:
    """Print what keys took, and how it grows."""
    fewest, most = min(found), max(found)
    print(f"{name}: medians of {len(found[fewest])} keys, in turns")
    medians = {}
    for count, times in found.items():
        saved, painted = (float(np.median(column)) for column in zip(*times, strict=True))
        late = float(np.percentile([one for _, one in times], 95))
        medians[count] = painted
        print(f"  {count:6,} events: told {saved:6.2f} ms, painted {painted:6.2f} ms (95 %: {late:6.2f} ms)")
    print(f"{name}, {most:,} events / {fewest} events: {medians[most] / medians[fewest]:.2f}")


if __name__ == "__main__":
    main()
