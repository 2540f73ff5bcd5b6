"""What a full timeline costs: 20,000 events against 20, and against a bare QPainter with as many rectangles.

    python benchmarks/timeline.py [--short]

Each case is repainted in turns on the same widget size, offscreen; figures are medians. A stroke is timed on the
same two passes: check, swap and tell, with saving left out (the study's own benchmark has it).
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PyQt6.QtWidgets import QApplication, QWidget

from coder.annotate import strokes
from coder.annotate.desk import Desk
from coder.annotate.view.content import BenchContent, Camera, Painted
from coder.annotate.view.culling import boxes
from coder.annotate.view.scale import Scale
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.annotate.view.timeline import Timeline, TimelineWishes
from coder.annotate.view.watched import Watched
from coder.formats.scheme_file import read_scheme
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import Scheme
from coder.model.study import Fingerprint, Media, Purpose, Session
from coder.model.time import SECOND_US, Span

SCHEME = Path(__file__).parents[1] / "schemes" / "gaze-near.toml"
WIDTH_PX, HEIGHT_PX = 1040, 260
FRAME_US = 40_000


def coded(scheme: Scheme, count: int, hour_us: int) -> CodingPass:
    """`count` states over four tiers, spread over `hour_us`."""
    rng, events = random.Random(7), []
    tiers = [tier for tier in scheme.tiers if tier.kind == "state"]
    for tier in tiers:
        share = count // len(tiers)
        for n in range(share):
            start, end = hour_us * n // share, hour_us * (n + 1) // share
            events.append(Event(f"{tier.id}{n}", tier.id, rng.choice(tier.codes).id, Span(start, end)))
    head = PassHeader("p", "s", scheme.id, "c", Purpose.MAIN, Span(0, hour_us))
    return CodingPass.of(head, events)


class Case:
    """One timeline over one pass."""

    def __init__(self, scheme: Scheme, count: int, hour_us: int, shown: Span) -> None:
        self.desk = Desk(coded(scheme, count, hour_us), lambda _: None, scheme)
        media = Media("m", "", Fingerprint("", 0), "", hour_us, hour_us // FRAME_US)
        session = Session("s", "", Span(0, hour_us), (media,))
        camera = Camera(media, Path())
        content = BenchContent(desk=self.desk, scheme=scheme, session=session, cameras=(camera,))
        self.scale = Watched(Scale.fitting(shown, WIDTH_PX))
        wishes = TimelineWishes(lambda _: None, lambda _: None, lambda *_: None, lambda at: at, lambda *_: None)
        self.painted: Watched[Painted | None] = Watched(Painted(0, shown.start_us))
        self.widget = Timeline(content, self.scale, Watched(None), self.painted, wishes)
        self.widget.resize(WIDTH_PX, HEIGHT_PX)
        self.widget.show()
        self.target = QPixmap(WIDTH_PX, HEIGHT_PX)

    def repaint(self) -> None:
        self.widget.repaint_rows()
        self._now()

    def move_playhead(self) -> None:
        at_us = self.painted.value.at_us if self.painted.value else 0
        self.painted.set(Painted(0, at_us + FRAME_US))
        self._now()

    def drawn(self) -> int:
        coding = self.desk.coding
        return sum(1 for tier in coding.tiers for _ in boxes(coding.row(tier), self.scale.value))

    def stroke(self) -> None:
        scheme, coding = self.desk.scheme, self.desk.coding
        state = coding.state_at("cg", coding.window.end_us // 2)
        at_us = coding.window.end_us // 2 if state is None else (state.onset_us + state.offset_us) // 2
        wanted = "cg_face" if state is None or state.code != "cg_face" else "cg_obj"
        self.desk.apply(strokes.code(coding, scheme, "cg", wanted, at_us))
        self.desk.undo()

    def _now(self) -> None:
        viewport = self.widget.viewport()
        if viewport is not None:
            viewport.render(self.target)


class Bare(QWidget):
    """As many rounded rectangles with their text, and nothing else."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.target = QPixmap(WIDTH_PX, HEIGHT_PX)

    def repaint_all(self) -> None:
        self.render(self.target)

    def paintEvent(self, _: QPaintEvent | None) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(LIGHT.surface))
        rows = 4
        each = WIDTH_PX * rows / max(self.count, 1)
        for n in range(self.count):
            row, at = n % rows, n // rows
            box = QRectF(at * each, 30 + row * 40, max(each - 1, 1), 26)
            painter.setBrush(QColor(LIGHT.codes[n % len(LIGHT.codes)]))
            painter.drawRoundedRect(box, 3, 3) if each > 6 else painter.fillRect(box, QColor(LIGHT.codes[0]))
            if each > 36:
                painter.drawText(box, "Other object")
        painter.end()


def interleaved(cases: dict[str, Callable[[], None]], repeats: int) -> dict[str, float]:
    """Median milliseconds of each case, taken in turns."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(repeats):
        for name, run in cases.items():
            started = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> None:
    """Print the medians and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="fewer repeats")
    repeats = 15 if parser.parse_args().short else 101
    app = QApplication([])
    apply_theme(app, LIGHT)
    scheme = read_scheme(SCHEME)
    hour = 3600 * SECOND_US
    many_whole = Case(scheme, 20_000, hour, Span(0, hour))
    # The same twenty states fill the screen: all there are, or those in sight out of 20,000.
    step = hour * 4 // 20_000
    many_near = Case(scheme, 20_000, hour, Span(hour // 2, hour // 2 + 5 * step))
    few = Case(scheme, 20, 5 * step, Span(0, 5 * step))
    bare_whole, bare_near = Bare(20_000), Bare(many_near.drawn())
    cases = {
        "20,000 events, twenty in sight": many_near.repaint,
        "20 events, all in sight": few.repaint,
        "bare painter, as many boxes as are in sight": bare_near.repaint_all,
        "20,000 events, all in sight": many_whole.repaint,
        "bare painter, 20,000 boxes": bare_whole.repaint_all,
        "playhead one frame on, 20,000 events": many_whole.move_playhead,
        "stroke and undo, 20,000 events": many_near.stroke,
        "stroke and undo, 20 events": few.stroke,
    }
    found = interleaved(cases, repeats)
    print(f"medians of {repeats} interleaved repeats, {WIDTH_PX} × {HEIGHT_PX} px")
    for name, taken in found.items():
        print(f"  {taken:8.3f} ms  {name}")
    values = list(found.values())
    print(f"boxes drawn: {many_near.drawn()} near, {few.drawn()} of twenty, {many_whole.drawn()} of 20,000")
    print(f"20,000 events / 20 events, same sight:    {values[0] / values[1]:.2f}")
    print(f"20,000 events near / bare painter:        {values[0] / values[2]:.2f}")
    print(f"20,000 events whole / bare painter of all: {values[3] / values[4]:.2f}")
    print(f"stroke at 20,000 events / at 20 events:   {values[6] / values[7]:.2f}")


if __name__ == "__main__":
    main()
