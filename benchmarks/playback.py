"""Two cameras of 720p at 25 frames a second on the real bench, beside a bare PyAV loop that decodes both.

    python benchmarks/playback.py [--short]

Films of 1280 × 720 px are made for it as in `benchmarks/seek.py` (a key frame every 250, three B-frames), the
second one 13 ms later on the session's clock and with a skew of 120 ppm. A bench without a screen (Qt's offscreen
platform) plays them; what is counted is what was painted. Bare PyAV takes turns with it: it decodes both films in
one thread in step with the clock, scales each frame to the size of its picture, and leaves out what comes more
than a frame late.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from av.video.frame import VideoFrame
from PyQt6.QtCore import QEventLoop, QTimer
from PyQt6.QtWidgets import QApplication

from benchmarks.seek import make_film
from coder.annotate.desk import Desk
from coder.annotate.keymap import Do
from coder.annotate.view.bench import Bench
from coder.annotate.view.content import BenchContent, Camera, Painted
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.media import FrameIndex, open_index
from coder.model.coding import CodingPass, PassHeader, PassStatus
from coder.model.scheme import Code, Scheme, SchemeId, Stream, Tier, TierKind
from coder.model.study import Fingerprint, Media, Purpose, Session
from coder.model.time import Span

LATER_US, SKEW_PPM = 13_000, 120
SCHEME = Scheme(
    SchemeId("bench", "1", "0" * 64),
    "Bench",
    "One tier.",
    "CC0-1.0",
    "en",
    "",
    (Tier("t", "Tier", Stream.CHILD, TierKind.STATE, (Code("c", "Code", "1", "A code."),)),),
)


@dataclass
class Run:
    """What one stretch of playing came to. apart_us: between the frame in front and the other one, each time."""

    due: int
    painted: int
    apart_us: list[int]
    cpu_s: float
    wall_s: float

    @property
    def left_out(self) -> float:
        """Share of frames that were due and not painted."""
        return 1 - self.painted / self.due


def medias(films: list[FrameIndex]) -> list[Media]:
    shifts = ((0, 0), (LATER_US, SKEW_PPM))
    return [
        Media(f"m{n}", film.path.name, Fingerprint("", 0), "", film.duration_us, film.frame_count, *shift)
        for n, (film, shift) in enumerate(zip(films, shifts, strict=True))
    ]


def laid(films: list[FrameIndex]) -> Bench:
    both = medias(films)
    window = Span(0, films[0].duration_us)
    head = PassHeader("p", "s", SCHEME.id, "c", Purpose.MAIN, window, PassStatus.OPEN)
    desk = Desk(CodingPass.of(head, ()), lambda _: None, SCHEME)
    cameras = tuple(Camera(media, film.path) for media, film in zip(both, films, strict=True))
    session = Session("s", "S", window, tuple(both))
    bench = Bench(BenchContent(desk=desk, scheme=SCHEME, session=session, cameras=cameras), print)
    bench.resize(1920, 1080)
    bench.show()
    return bench


def wait(until: Callable[[], bool], at_most_s: float = 60) -> None:
    loop, end = QEventLoop(), time.monotonic() + at_most_s
    ticker = QTimer()
    ticker.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > end else None)
    ticker.start(5)
    loop.exec()


def ours(bench: Bench, first: int, seconds: float, rate: float) -> Run:
    """Play from a frame on for so many seconds of wall time; only what was painted counts."""
    cameras = bench.player.cameras.all
    front, other = cameras
    bench.go_to(front.onset_us(first))
    wait(lambda: bench.painted.value is not None and bench.painted.value.index == first)
    wait(lambda: False, 0.5)
    seen: list[int] = []
    apart: list[int] = []

    def look(painted: Painted | None) -> None:
        if painted is not None:
            seen.append(painted.index)
            beside = other.picture.on_screen
            if beside is not None:
                apart.append(abs(beside[0].at_us - painted.at_us))

    bench.painted.listen(look)
    frames = int(seconds * 25 * abs(rate))
    last = first + frames if rate > 0 else first - frames
    bench.player.set_rate(abs(rate))
    cpu, wall = time.process_time(), time.monotonic()
    bench.do(Do.PLAY if rate > 0 else Do.SHUTTLE_BACK)
    wait(lambda: bool(seen) and (seen[-1] >= last if rate > 0 else seen[-1] <= last))
    bench.do(Do.PAUSE)
    return Run(abs(seen[-1] - first), len(seen), apart, time.process_time() - cpu, time.monotonic() - wall)


def bare(films: list[FrameIndex], first: int, seconds: float, rate: float, size: tuple[int, int]) -> Run:
    """Decode both films frame by frame, scale, and leave out what comes more than a frame late by the clock."""
    streams = [decoded(film, first) for film in films]
    count, painted, start, cpu = int(seconds * 25 * rate), 0, time.monotonic(), time.process_time()
    for n in range(1, count + 1):
        pictures = [next(stream) for stream in streams]
        due = start + n / 25 / rate
        late = time.monotonic() - due
        if late < 1 / 25 / rate:
            for picture in pictures:
                picture.reformat(*size, format="bgra").to_ndarray()
            painted += 1
        time.sleep(max(due - time.monotonic(), 0))
    return Run(count, painted, [], time.process_time() - cpu, time.monotonic() - start)


def decoded(film: FrameIndex, first: int) -> Iterator[VideoFrame]:
    with av.open(str(film.path)) as container:
        stream = container.streams.video[0]
        container.seek(film.pts(first), stream=stream, backward=True)
        for frame in container.decode(stream):
            if frame.pts is not None and frame.pts > film.pts(first):
                yield frame


def throughput(films: list[FrameIndex], seconds: float) -> float:
    """Pairs of frames a second that bare PyAV decodes on one thread, doing nothing else."""
    streams = [decoded(film, 0) for film in films]
    start, pairs = time.monotonic(), 0
    for _ in zip(*streams, strict=False):  # a quick machine comes to the films' end
        pairs += 1
        if time.monotonic() - start >= seconds:
            break
    return pairs / (time.monotonic() - start)


def row(what: str, mine: list[Run], theirs: list[Run]) -> None:
    def share(runs: list[Run]) -> str:
        return f"{statistics.median(run.left_out for run in runs):6.2%}"

    def cpu(runs: list[Run]) -> str:
        return f"{statistics.median(run.cpu_s / run.wall_s for run in runs):5.0%}"

    apart = [us for run in mine for us in run.apart_us]
    widest = f"{max(apart) / 1000:5.1f} ms" if apart else "–"
    beside = f"bare {share(theirs)} left out, {cpu(theirs)} of a core" if theirs else ""
    here = f"{share(mine)} left out, {cpu(mine)} of a core, {widest} apart at most"
    print(f"{what:6} {here}   {beside}   n {len(mine)}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Playing two cameras, beside bare PyAV")
    parser.add_argument("--short", action="store_true", help="shorter films, fewer repeats")
    short = parser.parse_args().short
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(["playback"])
    apply_theme(app, LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        films = []
        for name in ("a.mp4", "b.mp4"):
            make_film(Path(folder) / name, 600 if short else 1500)
            films.append(open_index(Path(folder) / name))
        bench = laid(films)
        compare(bench, films, 1 if short else 3, 4.0 if short else 15.0)
        bench.shut()
        bench.close()


def compare(bench: Bench, films: list[FrameIndex], repeats: int, seconds: float) -> None:
    """Ours and bare in turn, at each speed; bare PyAV does not play backwards."""
    cameras = bench.player.cameras.all
    wait(lambda: all(camera.ready for camera in cameras) and bench.painted.value is not None)
    shown = cameras[0].picture.wanted_size()
    size = (shown.width(), shown.height())
    print(f"two cameras, 720p, 25 frames a second, shown as {size[0]} × {size[1]} px; half a frame is 20.0 ms")
    print(f"bare PyAV decodes {throughput(films, 2):.0f} pairs of frames a second at most")
    for rate in (1.0, 2.0, 4.0, -1.0):
        mine, theirs = [], []
        length = min(seconds, films[0].frame_count * 0.6 / 25 / abs(rate))
        for repeat in range(repeats):
            first = 20 + 7 * repeat if rate > 0 else films[0].frame_count - 20 - 7 * repeat
            mine.append(ours(bench, first, length, rate))
            if rate > 0:
                theirs.append(bare(films, first, length, rate, size))
        row(f"{rate:+.0f} ×", mine, theirs)


if __name__ == "__main__":
    main()
