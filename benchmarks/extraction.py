"""What measuring in processes costs: against a bare loop of the same models, and two processes against one.

    python benchmarks/extraction.py [--short | --long]

The bare loop decodes with PyAV in one process, picks the same frames, cuts the same crops for the models and calls
the same models as often on the same pictures and crops; it does nothing else: no tracking, no geometry, no choice
of what to look at, no keeping. (What to cut and call is told by the program's own eyes, whose time does not count;
the two take turns of ten looks, so that neither finds the pictures still in the processor's cache. The crops of
hands come ready.) A stricter ratio is told besides, against models that are given every crop ready. Bare loop,
one process and two run in turns; a first segment warms each up and is not counted. CPU times are told beside wall
times, since on a computer that does other things at the same time only they compare. Beside the bare models it is
told what the same looking costs in a bare loop, that is, what processes, segments and messages add.

--long measures a film of ten minutes in 720p besides, made on the fly of the sample films, with as many processes
as the program would take, and compares with its length.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from coder.features.extractor import make
from coder.features.pool import Ended, Job, Took, measure, usual_workers

SAMPLES = Path(__file__).parents[1] / "sample_media"
WARM, FILMS = SAMPLES / "dyad-first.mp4", (SAMPLES / "shared-play.mp4", SAMPLES / "first-practice.mp4")
SEGMENTS = 3  # of each film, all that it has
MODELS = ("FaceDetector", "FaceLandmarker", "PoseLandmarker", "HandLandmarker")
MODEL_PX = (256, 320)  # sizes of crops that are cut for models
TURN = 10  # looks of the program's eyes, then as many of the bare loop
KINDS = ("wall", "cpu")
LONG_S, LONG_PX = 600, (1280, 720)


def memory_mb(pid: int | str) -> float:
    """The most that a process has ever held, in MB; 0 where the system does not say."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def cpu_s(pid: int) -> float:
    """What a process has used so far; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def jobs(every: int, films: dict[Path, int]) -> list[Job]:
    """Films with their numbers of frames."""
    made = make("people", {"every": str(every)})
    return [
        Job(f"{film}", film, "people", dict(made.settings), made.segment, 0, frames)
        for film, frames in films.items()
    ]


def pooled(every: int, workers: int, films: dict[Path, int], warm: int = 200) -> dict[str, float]:
    """One run of the pool: seconds from warm processes to the last block."""
    import multiprocessing  # noqa: PLC0415  only this part looks at children

    ready = False
    (warming,) = jobs(every, {WARM: warm})

    def waiting() -> Iterator[Job | None]:
        for number in range(workers):
            yield Job(f"warm {number}", WARM, "people", warming.settings, warming.segment, 0, warming.stop)
        while not ready:
            yield None
        yield from jobs(every, films)

    started = time.perf_counter()
    began = before_s = used_s = memory = 0.0
    warmed = looks = 0
    with closing(measure(waiting(), workers)) as messages:
        for message in messages:
            pids = [child.pid or 0 for child in multiprocessing.active_children()]
            if isinstance(message, Ended):
                if message.error is not None:
                    raise message.error
                warmed += message.job.startswith("warm")
                if warmed == workers and not ready:
                    ready, began, before_s = True, time.perf_counter(), sum(map(cpu_s, pids))
            elif isinstance(message, Took) and ready:
                looks += message.looked_at
            memory = max([memory, *map(memory_mb, pids)])
            used_s = max(used_s, sum(map(cpu_s, pids)))
        ended = time.perf_counter()
    return {
        "start": began - started,
        "wall": ended - began,
        "cpu": used_s - before_s,
        "looks": looks,
        "memory": memory,
    }


def bare_in_a_process(every: int, frames: int) -> dict[str, float]:
    """One run of the bare loop."""
    script = [sys.executable, __file__, "--bare", str(every), "--frames", str(frames)]
    told = subprocess.run(script, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    measured: dict[str, float] = json.loads(told.stdout)
    return measured


def bare(every: int, frames: int) -> dict[str, float]:
    """The loop itself, in turns of a few looks with the program's own eyes, which tell what to call."""
    if hasattr(os, "nice"):
        os.nice(5)  # as the program's own processes
    from coder.features.seeing.eyes import Eyes  # noqa: PLC0415  the program's own process stays free of the models

    noted = Noted()
    eyes, looks, asked = Eyes(), 0, 0
    decoding, looking, cutting, calling = np.zeros((4, 2))  # wall and CPU seconds
    for film in (WARM, *FILMS):
        for turn in turns(film, every, frames):
            todo = []
            for picture, took in turn:
                if picture.index % 500 < every:
                    eyes.begin(None)
                noted.begin()
                began = now()
                eyes.look(picture)
                if film != WARM:
                    decoding, looking = decoding + took, looking + now() - began
                todo.append((noted.calls, noted.cuts))
            for calls, cuts in todo:
                began = now()
                for cut in cuts:
                    cut()
                ready = now()
                for detect, model, seen, size in calls:
                    found = detect(model, image_of(seen))
                    if size_of(found) != size:
                        raise RuntimeError("the bare loop finds something else than the program does")
                if film != WARM:
                    cutting, calling = cutting + ready - began, calling + now() - ready
                    looks, asked = looks + 1, asked + len(calls)
    spent = {"": decoding + cutting + calling, "ready ": decoding + calling, "looking ": decoding + looking}
    kinds = {name + kind: float(s) for name, both in spent.items() for kind, s in zip(KINDS, both, strict=True)}
    return {**kinds, "looks": looks, "calls": asked, "memory": memory_mb("self")}


class Noted:
    """What the eyes ask of the models and which crops they cut for them, in one look."""

    def __init__(self) -> None:
        from mediapipe.tasks.python import vision  # noqa: PLC0415  loaded by the bare loop only

        from coder.features.seeing import bodies  # noqa: PLC0415  as above
        from coder.features.seeing.cutting import Cut  # noqa: PLC0415  as above

        self.begin()
        for name in MODELS:
            kind = getattr(vision, name)
            kind.detect = self._noting(kind.detect)
        of, upright = Cut.of, bodies._upright

        def cut_noted(cut: Any, rgb: Any, size_px: int) -> Any:
            if size_px in MODEL_PX:
                self.cuts.append(partial(of, cut, rgb, size_px))
            return of(cut, rgb, size_px)

        def upright_noted(*asked: Any) -> Any:
            self.cuts.append(partial(upright, *asked))
            return upright(*asked)

        Cut.of = cut_noted  # type: ignore[method-assign, assignment]  # listens in on the program
        bodies._upright = upright_noted  # type: ignore[assignment]  # as above

    def begin(self) -> None:
        """Forget the look before."""
        self.calls: list[tuple[Any, Any, Any, int]] = []
        self.cuts: list[Any] = []

    def _noting(self, detect: Any) -> Any:
        def noting(model: Any, image: Any) -> Any:
            seen = image.numpy_view().copy()  # the view does not keep the image's pixels: they are gone with it
            found = detect(model, image)
            self.calls.append((detect, model, seen, size_of(found)))
            return found

        return noting


def size_of(found: Any) -> int:
    """How many faces, bodies or hands a model found."""
    return max(len(each) for each in vars(found).values() if isinstance(each, list))


def turns(film: Path, every: int, frames: int) -> Iterator[list[tuple[Any, Any]]]:
    """The pictures of a film that are looked at, each with what decoding up to it took, a few at a time."""
    import av  # noqa: PLC0415  loaded by the bare loop only

    from coder.features.extractor import Picture  # noqa: PLC0415  as above

    turn = []
    with av.open(str(film)) as container:
        began = now()
        for i, frame in enumerate(container.decode(video=0)):
            if i >= frames:
                break
            if i % every == 0:
                rgb = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
                turn.append((Picture(i, round(frame.time * 1e6), rgb), now() - began))
                if len(turn) == TURN:
                    yield turn
                    turn = []
                began = now()
    yield turn


def image_of(seen: Any) -> Any:
    """A picture as MediaPipe takes it."""
    import mediapipe as mp  # noqa: PLC0415  loaded by the bare loop only

    return mp.Image(image_format=mp.ImageFormat.SRGB, data=seen)


def now() -> Any:
    """Wall and CPU time, seconds."""
    return np.array([time.perf_counter(), time.process_time()])


def ten_minutes(folder: Path) -> Path:
    """The sample films one after the other, again and again, in 720p and 25 frames a second."""
    import av  # noqa: PLC0415  only the long form makes a film

    path, frames = folder / "ten-minutes.mp4", 0
    with av.open(str(path), "w") as made:
        stream = made.add_stream("libx264", rate=25, options={"preset": "ultrafast", "crf": "20", "g": "250"})
        stream.width, stream.height, stream.pix_fmt = *LONG_PX, "yuv420p"
        while frames < LONG_S * 25:
            for film in (*FILMS, SAMPLES / "face-to-face.mp4", SAMPLES / "hard-to-see.mp4"):
                with av.open(str(film)) as sample:
                    for frame in sample.decode(video=0):
                        if frames < LONG_S * 25:
                            large = frame.reformat(*LONG_PX, format="yuv420p")
                            large.pts, large.time_base = frames, Fraction(1, 25)
                            made.mux(stream.encode(large))
                            frames += 1
        made.mux(stream.encode(None))
    return path


def main(words: list[str] | None = None) -> None:
    """Run all in turns and print medians and ratios. words: of the command line, the program's own if None."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few looks, once")
    parser.add_argument("--long", action="store_true", help="ten minutes in 720p besides")
    parser.add_argument("--bare", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--frames", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.bare:
        print(json.dumps(bare(asked.bare, asked.frames)))
        return
    every, repeats, frames = (50, 1, 500) if asked.short else (5, 3, SEGMENTS * 500)
    films = dict.fromkeys(FILMS, frames)
    runs = [
        (bare_in_a_process(every, frames), pooled(every, 1, films), pooled(every, 2, films))
        for _ in range(repeats)
    ]
    looks = int(runs[0][0]["looks"])
    print(
        f"{looks} looks, every {every}th frame of {len(films)} films, {os.cpu_count()} cores, medians of {repeats}"
    )
    for at, name in enumerate(("bare loop", "one process", "two processes")):
        median = {key: statistics.median(run[at][key] for run in runs) for key in runs[0][at]}
        print(
            f"{name}: {median['looks'] / median['wall']:.2f} looks/s, {median['memory']:.0f} MB each, "
            f"{1000 * median['cpu'] / median['looks']:.1f} CPU ms a look"
            + (f", {median['calls'] / median['looks']:.1f} model calls a look" if "calls" in median else "")
            + (f", {median['start']:.1f} s until warm" if "start" in median else "")
        )
    for what, key in (
        ("the bare loop", ""),
        ("bare models with crops given ready", "ready "),
        ("the same looking in a bare loop", "looking "),
    ):
        for kind in KINDS:
            ratio = statistics.median(one[kind] / bare_[key + kind] for bare_, one, _ in runs)
            print(f"one process against {what}, {kind} time: {ratio:.3f}")
    ratio = statistics.median(one["wall"] / two["wall"] for _, one, two in runs)
    print(f"two processes against one, throughput: {ratio:.2f}")
    ratio = statistics.median(two["cpu"] / one["cpu"] for _, one, two in runs)
    print(f"two processes against one, cpu time: {ratio:.3f}")
    if asked.long:
        with tempfile.TemporaryDirectory() as folder:
            film, workers = ten_minutes(Path(folder)), usual_workers()
            run = pooled(2, workers, {film: LONG_S * 25})
            whole = run["start"] + run["wall"]
        print(
            f"ten minutes of 720p, every second frame, {workers} processes: {whole:.0f} s, start included, "
            f"{whole / LONG_S:.2f} of its length; {run['memory']:.0f} MB each"
        )


if __name__ == "__main__":
    main()
