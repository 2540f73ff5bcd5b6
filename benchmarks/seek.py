"""How long a frame takes, beside bare PyAV doing the same decoding in the same run.

    python benchmarks/seek.py [--short]

A film of 1280 × 720 px is made for it (H.264, 25 frames a second, a key frame every 250, three B-frames in a row).
Ours and bare PyAV take turns on the same frames; the table gives medians and their ratio. Bare PyAV seeks to the
key frame and decodes up to the frame's time stamp: right for this film, wrong for many others (see tests/media).
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from coder.media import FrameIndex, FrameSource, open_index


def make_film(path: Path, count: int) -> None:
    """A still room with a ball that moves about and the noise of a camera, three B-frames always."""
    chance = np.random.default_rng(3)
    room = np.kron(chance.integers(60, 180, (45, 80), np.uint8), np.ones((16, 16), np.uint8))
    ball = chance.integers(20, 230, (200, 200), np.uint8)
    coding = {"preset": "veryfast", "g": "250", "x264-params": "bframes=3:b-adapt=0"}
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options=coding)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        for i in range(count):
            picture = room + chance.integers(0, 8, room.shape, np.uint8)
            down, right = round(260 + 250 * np.sin(i / 40)), round(540 + 500 * np.cos(i / 55))
            picture[down : down + 200, right : right + 200] = ball
            container.mux(
                stream.encode(VideoFrame.from_ndarray(picture, format="gray").reformat(format="yuv420p"))
            )
        container.mux(stream.encode(None))


class Bare:
    """PyAV by itself: seek to the key frame before the time stamp, decode until it comes."""

    def __init__(self, film: FrameIndex) -> None:
        self._film = film
        self._container: InputContainer = av.open(str(film.path))
        self._stream = self._container.streams.video[0]
        self._frames = self._container.decode(self._stream)

    def frame(self, i: int) -> VideoFrame:
        pts = self._film.pts(i)
        self._container.seek(pts, stream=self._stream, backward=True)
        self._frames = self._container.decode(self._stream)
        return next(frame for frame in self._frames if frame.pts is not None and frame.pts >= pts)

    def next(self) -> VideoFrame:
        return next(self._frames)

    def close(self) -> None:
        self._container.close()


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def row(what: str, ours: list[float], other: str, theirs: list[float]) -> None:
    mine, its = statistics.median(ours), statistics.median(theirs)
    print(f"{what:34} {mine:9.3f} ms   {other:28} {its:9.3f} ms   ratio {mine / its:7.2g}   n {len(ours)}")


def random_seeks(film: FrameIndex, repeats: int) -> list[float]:
    """Ours and bare in turn on the same frames; returns our times."""
    ours, theirs, bare, chance = [], [], Bare(film), random.Random(1)
    with FrameSource(film, cache_bytes=1) as source:  # keeps one frame: nothing is found ready
        for _ in range(repeats):
            i = chance.randrange(film.frame_count)
            ours.append(milliseconds(lambda i=i: source.frame(i)))
            theirs.append(milliseconds(lambda i=i: bare.frame(i)))
    bare.close()
    row("random seek", ours, "bare PyAV, same frames", theirs)
    return ours


def steps(film: FrameIndex, seeks: list[float], stretches: int) -> None:
    """One frame forward (mean of 12: B-frames come in bursts), and one back inside the frames that are kept.

    Ours keeps every frame on the way, in memory that is new to it; bare PyAV uses one buffer again and again.
    """
    forward, bare_forward, back, bare = [], [], [], Bare(film)
    at = film.frame_count // 3
    with FrameSource(film) as source:
        source.frame(at)
        bare.frame(at)
        for _ in range(stretches):
            stretch = range(at + 1, at + 13)
            forward.append(milliseconds(lambda stretch=stretch: [source.frame(i) for i in stretch]) / 12)
            bare_forward.append(milliseconds(lambda: [bare.next() for _ in range(12)]) / 12)
            at = stretch[-1]
        back += [milliseconds(lambda i=i: source.frame(i)) for i in range(at - 1, at - 60, -1)]
    bare.close()
    row("step forward", forward, "bare PyAV, next frame", bare_forward)
    row("step back, frame kept", back, "our seek, nothing kept", seeks)


def opening(film: FrameIndex, repeats: int) -> None:
    """Indexing the film, and bare PyAV reading the same packets and decoding the last frame."""

    def read() -> None:
        with av.open(str(film.path)) as container:
            for _ in container.demux(video=0):
                pass
        bare = Bare(film)
        bare.frame(film.frame_count - 1)
        bare.close()

    ours, theirs = [], []
    for _ in range(repeats):
        ours.append(milliseconds(lambda: open_index(film.path)))
        theirs.append(milliseconds(read))
    row("open: index, last frame decodes", ours, "bare PyAV, the same", theirs)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time of a frame, beside bare PyAV")
    parser.add_argument("--short", action="store_true", help="fewer frames and repeats")
    short = parser.parse_args().short
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        make_film(path, 300 if short else 1000)
        film = open_index(path)
        print(f"720p H.264, key frame every 250, {film.frame_count} frames; medians, ours on the left")
        seeks = random_seeks(film, 10 if short else 40)
        steps(film, seeks, 12 if short else 40)
        opening(film, 3 if short else 7)


if __name__ == "__main__":
    main()
