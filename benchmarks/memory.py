"""Memory that a film of two hours takes: opened, jumped about in, played, listened to. Linux only.

    python benchmarks/memory.py [--short]

The film is 1280 × 720 px at 25 frames a second with a key frame every 250 and sound; it is a clip of ten seconds
whose packets are written again and again with later time stamps. Each row is a process of its own: what it holds
when it is done and the most it ever held, beside a bare PyAV process that decodes as many frames of the same film.
"""

import argparse
import multiprocessing
import random
import sys
import tempfile
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from coder.media import FrameSource, FrameWorker, NotShown, Shown, fingerprint, open_index, peaks, propose

CLIP_S, RATE, HZ = 10, 25, 48_000
SECOND_US = 1_000_000

# What the rows below must stay under, in MB; said in docs/limits.md.
BOUND_MB = 700


def write_clip(path: Path) -> None:
    """Ten seconds: a room with a ball that moves, and bursts of noise."""
    chance = np.random.default_rng(3)
    room = np.kron(chance.integers(60, 180, (45, 80), np.uint8), np.ones((16, 16), np.uint8))
    ball = chance.integers(20, 230, (200, 200), np.uint8)
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=RATE, options={"preset": "veryfast", "g": "250", "crf": "26"})
        sound = container.add_stream("aac", rate=HZ, layout="mono")
        assert isinstance(video, VideoStream)
        assert isinstance(sound, AudioStream)
        video.width, video.height, video.pix_fmt = 1280, 720, "yuv420p"
        for i in range(CLIP_S * RATE):
            picture = room.copy()
            down, right = round(260 + 250 * np.sin(i / 40)), round(540 + 500 * np.cos(i / 55))
            picture[down : down + 200, right : right + 200] = ball
            frame = VideoFrame.from_ndarray(picture, format="gray").reformat(format="yuv420p")
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        noise = chance.normal(0, 0.2, CLIP_S * HZ) * np.repeat(chance.random(CLIP_S * 10) > 0.5, HZ // 10)
        whole = AudioFrame.from_ndarray(noise.astype(np.float32)[None], format="flt", layout="mono")
        whole.sample_rate, whole.pts, whole.time_base = HZ, 0, Fraction(1, HZ)
        container.mux(sound.encode(whole))
        container.mux(sound.encode(None))


def write_film(clip: Path, path: Path, minutes: int) -> None:
    """The clip's packets again and again."""
    with av.open(str(clip)) as source, av.open(str(path), "w") as target:
        copies = [target.add_stream_from_template(stream) for stream in source.streams]
        for again in range(minutes * 60 // CLIP_S):
            with av.open(str(clip)) as once:
                for packet in once.demux():
                    # what reaches into the next turn (the last bit of sound) would go back in time there
                    if packet.pts is None or packet.dts is None or packet.pts * packet.time_base >= CLIP_S:
                        continue
                    if again and packet.pts < 0:
                        continue
                    later = int(again * CLIP_S / packet.time_base)
                    packet.pts, packet.dts = packet.pts + later, packet.dts + later
                    packet.stream = copies[packet.stream_index]
                    target.mux(packet)


# ---- what is measured, each in a process of its own


def opened(film: Path, _: int) -> None:
    """The index, as the player has it."""
    open_index(film)


def read(film: Path, _: int) -> None:
    """The fingerprint of the whole file."""
    fingerprint(film)


def jumped(film: Path, jumps: int) -> None:
    """Random seeks with the player's cache."""
    chance = random.Random(1)
    index = open_index(film)
    with FrameSource(index) as source:
        for _ in range(jumps):
            source.frame(chance.randrange(index.frame_count)).bgra(640, 360)


def played(film: Path, jumps: int) -> None:
    """Frames one after the other as the player asks for them, with jumps between."""
    index = open_index(film)
    there = threading.Semaphore(0)

    def painted(result: Shown | NotShown) -> None:
        assert isinstance(result, Shown)
        there.release()

    worker = FrameWorker(index, painted)
    for stretch in range(3):
        begin = index.frame_count * stretch // 3
        for i in range(begin, begin + jumps * 10):
            worker.show(i, 640, 360)
            there.acquire()
    worker.stop()


def outlined(film: Path, _: int) -> None:
    """The outline of the whole sound."""
    peaks(film)


def compared(film: Path, _: int) -> None:
    """The sound of two films of this length, one of them this one once more."""
    propose(film, film)


def bare(film: Path, jumps: int) -> None:
    """PyAV alone: as many frames decoded one after the other, none kept."""
    with av.open(str(film)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            frame.reformat(640, 360, "bgra").to_ndarray()
            if number >= jumps * 10:
                return


TASKS: tuple[Callable[[Path, int], None], ...] = (bare, opened, read, jumped, played, outlined, compared)


def memory_mb(what: str) -> float:
    """What this process holds now ("VmRSS"), or held at most ("VmHWM")."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) * 1024 / 1e6


def measure(number: int, film: Path, jumps: int) -> tuple[float, float]:
    """MB at the end, and the most. Runs in a process that has done nothing else."""
    TASKS[number](film, jumps)
    return memory_mb("VmRSS"), memory_mb("VmHWM")


def main() -> int:
    parser = argparse.ArgumentParser(description="Memory of a long film")
    parser.add_argument("--short", action="store_true", help="ten minutes of film instead of two hours")
    minutes, jumps = (10, 20) if parser.parse_args().short else (120, 150)
    if not sys.platform.startswith("linux"):
        print("Memory is measured on Linux only.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        write_clip(Path(folder) / "clip.mp4")
        write_film(Path(folder) / "clip.mp4", film, minutes)
        frames = minutes * 60 * RATE
        print(f"{minutes} minutes of 720p, {frames:,} frames, {film.stat().st_size / 1e6:,.0f} MB; {jumps} jumps")
        worst, base = 0.0, 0.0
        for number, task in enumerate(TASKS):
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                held, most = pool.apply(measure, (number, film, jumps))
            base = base or most
            worst = max(worst, most)
            what = (task.__doc__ or "").split(":")[-1].strip().rstrip(".")
            figures = f"{held:6.0f} MB held  {most:6.0f} MB at most  ratio {most / base:4.1f}"
            print(f"{task.__name__:10} {figures}  {what}")
    print(f"bound {BOUND_MB} MB: {'kept' if worst <= BOUND_MB else 'BROKEN'}")
    return int(worst > BOUND_MB)


if __name__ == "__main__":
    sys.exit(main())
