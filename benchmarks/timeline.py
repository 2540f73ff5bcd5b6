"""What a full timeline costs: frames of panning and zooming, and a stroke until it is painted.

    python benchmarks/timeline.py [--short]

A pass of 100,000 events over two hours, with four measured curves of 25 samples a second, the outline of the sound
and its spectrogram, against 20 events without any, and against a bare QPainter that draws as many boxes and lines
as are in sight. Each frame is drawn offscreen in the size of a large window. Strokes are timed on passes of 20,
2,000 and 20,000 events: check, swap, tell, paint, with saving left out (`commit.py` has it).
"""

import argparse
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PyQt6.QtCore import QLineF, QPoint, QRectF
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PyQt6.QtWidgets import QApplication, QWidget

from coder.annotate import strokes
from coder.annotate.desk import Desk
from coder.annotate.families import InPlay
from coder.annotate.view.canvas import TimelineState
from coder.annotate.view.content import BenchContent, Camera, Painted
from coder.annotate.view.culling import boxes
from coder.annotate.view.frames import FrameMark
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import SoundRows, parted, row_tiers
from coder.annotate.view.pointer import PointerWishes
from coder.annotate.view.scale import Scale
from coder.annotate.view.selection import Selection
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.annotate.view.timeline import Timeline, TimelineWishes
from coder.annotate.view.watched import Watched
from coder.annotate.view.wave import Spectrum, Wave
from coder.formats.scheme_file import read_scheme
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import Scheme, TierKind
from coder.model.study import Fingerprint, Media, Purpose, Session
from coder.model.time import SECOND_US, Span
from coder.model.track import FeatureTrack, Provenance, Signal

SCHEMES = Path(__file__).parents[1] / "schemes"
WIDTH_PX, HEIGHT_PX = 1380, 520
FRAME_US = 40_000
LONG_US = 7200 * SECOND_US
MADE = Provenance("benchmark", "1", "", {}, {}, {}, 0, 0)


def coded(scheme: Scheme, count: int, window_us: int) -> CodingPass:
    """`count` events over all tiers of states and moments, spread over the window."""
    rng, events = random.Random(7), []
    tiers = [tier for tier in scheme.tiers if tier.kind in (TierKind.STATE, TierKind.POINT)]
    for tier in tiers:
        rows = [[code] for code in tier.codes] if parted(tier) else [list(tier.codes)]
        share = max(count // len(tiers) // len(rows), 1)
        for r, codes in enumerate(rows):
            for n in range(share):
                start, end = window_us * n // share, window_us * (n + 1) // share
                span = Span.moment(start) if tier.kind is TierKind.POINT else Span(start, end)
                events.append(Event(f"{tier.id}{r}-{n}", tier.id, rng.choice(codes).id, span))
    head = PassHeader("p", "s", scheme.id, "c", Purpose.MAIN, Span(0, window_us))
    return CodingPass.of(head, events)


def measured(seed: int) -> FeatureTrack:
    """Two hours at 25 Hz that wander, with gaps."""
    rng = np.random.default_rng(seed)
    times = np.arange(0, LONG_US, FRAME_US)
    values = np.cumsum(rng.normal(size=len(times))) % 60
    valid = np.repeat(rng.uniform(size=len(times) // 100 + 1) < 0.85, 100)[: len(times)]
    return FeatureTrack(Signal(f"s{seed}", f"Signal {seed}", "deg", 0, 60), times, values, valid, MADE)


class Case:
    """One timeline over one pass. full: with curves, sound and spectrogram."""

    def __init__(self, scheme: Scheme, count: int, window_us: int, shown: Span, *, full: bool = False) -> None:
        self.desk = Desk(coded(scheme, count, window_us), lambda _: None, scheme)
        media = Media("m", "", Fingerprint("", 0), "", window_us, window_us // FRAME_US)
        content = BenchContent(
            desk=self.desk,
            scheme=scheme,
            session=Session("s", "", Span(0, window_us), (media,)),
            cameras=(Camera(media, Path()),),
            tracks=tuple(measured(n) for n in range(4)) if full else (),
        )
        self.bounds = content.bounds
        self.scale = Watched(Scale.fitting(shown, WIDTH_PX - 160))
        self.painted: Watched[Painted | None] = Watched(Painted(0, shown.start_us))
        self.in_play = Watched(InPlay(frozenset(tier.id for tier in scheme.tiers)))
        state = TimelineState(self.scale, Selection(), self.painted, self.in_play, Watched(None))
        pointer = PointerWishes(lambda _: None, lambda *_: None, lambda _: None, lambda at: at)
        self.lanes = Lanes(self.desk)
        self.widget = Timeline(content, state, self.lanes, TimelineWishes(pointer, lambda *_: None, frame_at))
        if full:
            rng = np.random.default_rng(3)
            outline = rng.integers(-20_000, 20_000, (LONG_US // 10_000, 2), dtype=np.int16)
            self.widget.set_wave(Wave(outline, 0.0, 10_000.0))
            levels = [rng.integers(0, 255, (LONG_US // 16_000, 128), dtype=np.uint8)]
            while len(levels[-1]) > 1024:
                levels.append(levels[-1][::4].copy())
            self.widget.set_spectrum(Spectrum(tuple(levels), 4, 0.0, 16_000.0))
            self.widget.show_sound(SoundRows(wave=True, spectrum=True))
        self.widget.resize(WIDTH_PX, HEIGHT_PX)
        self.widget.show()
        self.target = QPixmap(WIDTH_PX, HEIGHT_PX)

    def paint(self) -> None:
        viewport = self.widget.viewport()
        if viewport is not None:
            viewport.render(self.target, QPoint())

    def panning(self, frames: int) -> Iterator[Callable[[], None]]:
        """Drawn along as with the wheel, a tenth of the width a frame, with one minute in sight."""
        start = Span(LONG_US // 3, LONG_US // 3 + 60 * SECOND_US)
        self.scale.set(Scale.fitting(start, WIDTH_PX - 160))
        for n in range(frames):
            yield lambda n=n: self._to(self.scale.value.panned(120 if n % 40 < 20 else -120, self.bounds))  # type: ignore[misc]  # a default binds n

    def zooming(self, frames: int) -> Iterator[Callable[[], None]]:
        """From all of it to single frames and out again, a notch of the wheel each."""
        self.scale.set(Scale.fitting(self.bounds, WIDTH_PX - 160))
        for n in range(frames):
            factor = 1.2 if n % 110 < 55 else 1 / 1.2
            yield lambda factor=factor: self._to(self.scale.value.zoomed(factor, 500, self.bounds))  # type: ignore[misc]  # as above

    def _to(self, scale: Scale) -> None:
        self.scale.set(scale)
        self.paint()

    def drawn(self) -> int:
        """How many boxes the events in sight are drawn as."""
        return sum(
            1
            for tier in row_tiers(self.desk.scheme)
            for row in self.lanes.rows(tier)
            for _ in boxes(row, self.scale.value)
        )

    def stroke(self) -> None:
        """A code in the middle, painted, and taken back."""
        coding, scheme = self.desk.coding, self.desk.scheme
        tier = next(one for one in scheme.tiers if one.kind is TierKind.STATE and one.exclusive)
        state = coding.state_at(tier.id, coding.window.end_us // 2)
        assert state is not None
        wanted = next(code.id for code in tier.codes if code.id != state.code)
        self.desk.apply(strokes.code(coding, scheme, tier.id, wanted, (state.onset_us + state.offset_us) // 2))
        self.paint()
        self.desk.undo()


def frame_at(at_us: int) -> FrameMark:
    """A film of 25 frames a second."""
    number = at_us // FRAME_US
    return FrameMark(number, Span(number * FRAME_US, (number + 1) * FRAME_US))


class Bare(QWidget):
    """As many rounded boxes with their text, and as many upright lines as curves and sound have; no more."""

    def __init__(self, count: int, lines: int) -> None:
        super().__init__()
        self.count, self.lines = count, lines
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.target = QPixmap(WIDTH_PX, HEIGHT_PX)

    def repaint_all(self) -> None:
        self.render(self.target, QPoint())

    def paintEvent(self, _: QPaintEvent | None) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(LIGHT.surface))
        rows = 6
        each = WIDTH_PX * rows / max(self.count, 1)
        for n in range(self.count):
            row, at = n % rows, n // rows
            box = QRectF(at * each, 30 + row * 40, max(each - 1, 1), 26)
            painter.setBrush(QColor(LIGHT.codes[n % len(LIGHT.codes)]))
            painter.drawRoundedRect(box, 3, 3) if each > 6 else painter.fillRect(box, QColor(LIGHT.codes[0]))
            if each > 36:
                painter.drawText(box, "Other object")
        painter.setPen(QColor(LIGHT.curve))
        for n in range(self.lines):
            painter.drawLine(QLineF(n % WIDTH_PX, 300, n % WIDTH_PX, 340))
        painter.end()


def times_ms(runs: Iterator[Callable[[], None]]) -> list[float]:
    """How long each run took."""
    taken = []
    for run in runs:
        started = time.perf_counter()
        run()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def told(name: str, taken: list[float]) -> tuple[float, float]:
    """Print the median and the 95th percentile, and give them back."""
    median, late = (float(np.percentile(taken, share)) for share in (50, 95))
    over = sum(one > 16 for one in taken) / len(taken)
    print(f"  {median:7.2f} ms  95 %: {late:7.2f} ms  over 16 ms: {over:6.1%}  {name}")
    return median, late


def main() -> None:
    """Print frame times and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="fewer repeats")
    rounds = 1 if parser.parse_args().short else 5
    app = QApplication([])
    apply_theme(app, LIGHT)
    scheme = read_scheme(SCHEMES / "cue-response.toml")
    full = Case(scheme, 100_000, LONG_US, Span(0, LONG_US), full=True)
    few = Case(scheme, 20, LONG_US, Span(0, LONG_US))
    next(full.panning(1))
    bare = Bare(full.drawn(), 5 * (WIDTH_PX - 160))
    samples = f"{LONG_US // FRAME_US:,}"
    print(f"{len(full.desk.coding):,} events, 4 curves of {samples} samples, {WIDTH_PX} × {HEIGHT_PX} px")
    found: dict[str, list[float]] = {}
    for _ in range(rounds):  # in turns, so that a busy moment meets all of them
        for name, runs in (
            ("panning, 100,000 events, curves, sound, spectrogram", full.panning(80)),
            ("zooming, the same", full.zooming(110)),
            ("panning, 20 events alone", few.panning(80)),
            ("bare painter, as many boxes and lines as in sight while panning", iter([bare.repaint_all] * 40)),
        ):
            found.setdefault(name, []).extend(times_ms(runs))
    medians = {name: told(name, taken)[0] for name, taken in found.items()}
    values = list(medians.values())
    print(f"panning / bare painter: {values[0] / values[3]:.2f}, zooming: {values[1] / values[3]:.2f}")
    strokes_of(read_scheme(SCHEMES / "gaze-near.toml"), 40 * rounds)


def strokes_of(scheme: Scheme, repeats: int) -> None:
    """A stroke until it is painted, with the same few events in sight of ever larger passes."""
    cases = {}
    for count in (20, 2_000, 20_000):
        window_us = count * 10 * SECOND_US
        middle = window_us // 2
        cases[count] = Case(scheme, count, window_us, Span(middle - 100 * SECOND_US, middle + 100 * SECOND_US))
    taken: dict[int, list[float]] = {count: [] for count in cases}
    for _ in range(repeats):
        for count, case in cases.items():
            taken[count] += times_ms(iter([case.stroke]))
    print("stroke, painted, and taken back")
    medians = [told(f"{count:,} events", each)[0] for count, each in taken.items()]
    print(f"20,000 events / 20 events: {medians[-1] / medians[0]:.2f}")


if __name__ == "__main__":
    main()
