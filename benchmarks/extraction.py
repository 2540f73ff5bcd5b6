"""How fast faces are measured: the extractor in its child process against a bare loop over the same frames.

    python benchmarks/extraction.py [--short]

The bare loop is what one would write first: PyAV, the same two detectors, the mesh on a crop around each box, one
process, no identity, no signals. Both start cold, in turns; times are medians. Ratios above 1: we are faster.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from coder.features.extractor import Block
from coder.features.run import extract
from coder.features.weights import load
from coder.model.progress import Progress

FILM = Path(__file__).parents[1] / "sample_media" / "dyad-first.mp4"


def peak_mb(pid: int | str) -> float:
    """The most memory a process has held, in MB; 0 where the system does not say."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def ours(every: int) -> dict[str, float]:
    """One cold run of the extractor."""
    started = first = last = time.perf_counter()
    cpu, frames, memory = os.times(), 0, 0.0
    for message in extract(FILM, "dyad-faces", {"every": str(every)}):
        last = time.perf_counter()
        for child in multiprocessing.active_children():
            memory = max(memory, peak_mb(child.pid or 0))
        if isinstance(message, Progress) and message.text == "Measuring faces" and message.done == 0:
            first = last
        elif isinstance(message, Block):
            frames += len(message.indices)
    after = os.times()
    used = after.children_user + after.children_system - cpu.children_user - cpu.children_system
    return {"start": first - started, "steady": last - first, "cpu": used, "frames": frames, "memory": memory}


def bare_in_a_process(every: int) -> dict[str, float]:
    """One cold run of the bare loop."""
    started = time.perf_counter()
    script = [sys.executable, __file__, "--bare", str(every)]
    told = subprocess.run(script, check=True, capture_output=True, text=True).stdout
    measured: dict[str, float] = json.loads(told)
    measured["start"] = time.perf_counter() - started - measured["steady"]
    return measured


def bare(every: int) -> dict[str, float]:
    """The loop itself."""
    import av  # noqa: PLC0415  the program's own process stays free of what only the bare loop needs
    import cv2  # noqa: PLC0415  as above
    import mediapipe as mp  # noqa: PLC0415  as above
    from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415  as above

    detectors = [
        vision.FaceDetector.create_from_options(
            vision.FaceDetectorOptions(base_options=BaseOptions(model_asset_buffer=load(name)))
        )
        for name in ("face_detector_full_range.tflite", "face_detector_short_range.tflite")
    ]
    options = BaseOptions(model_asset_buffer=load("face_landmarker_full_range.task"))
    mesh = vision.FaceLandmarker.create_from_options(
        vision.FaceLandmarkerOptions(
            base_options=options,
            min_face_detection_confidence=0.3,
            min_face_presence_confidence=0.3,
            output_facial_transformation_matrixes=True,
        )
    )
    frames = faces = 0
    started = 0.0
    with av.open(str(FILM)) as container:
        for i, frame in enumerate(container.decode(video=0)):
            if i % every:
                continue
            rgb = frame.to_ndarray(format="rgb24")
            image = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
            taken: list[tuple[float, float]] = []
            for detector in detectors:
                for found in detector.detect(image).detections:
                    box = found.bounding_box
                    x, y = box.origin_x + box.width / 2, box.origin_y + box.height / 2
                    if any(abs(x - a) + abs(y - b) < box.width for a, b in taken):
                        continue
                    taken.append((x, y))
                    left, top = max(0, round(x - box.width)), max(0, round(y - box.width))
                    crop = rgb[top : round(y + box.width), left : round(x + box.width)]
                    crop = np.ascontiguousarray(cv2.resize(crop, (320, 320), interpolation=cv2.INTER_CUBIC))
                    seen = mesh.detect(mp.Image(image_format=mp.ImageFormat.SRGB, data=crop))
                    faces += len(seen.face_landmarks)
            frames += 1
            started = started or time.perf_counter()  # the first frame warms the models up, as in our own count
    used = sum(os.times()[:2])
    steady = time.perf_counter() - started
    return {"steady": steady, "cpu": used, "frames": frames, "faces": faces, "memory": peak_mb("self")}


def main() -> None:
    """Run both in turns and print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="every fourth frame, two repeats")
    parser.add_argument("--bare", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.bare:
        print(json.dumps(bare(asked.bare)))
        return
    every, repeats = (4, 2) if asked.short else (1, 5)
    runs = [(ours(every), bare_in_a_process(every)) for _ in range(repeats)]
    ours_, bare_ = ({key: statistics.median(run[i][key] for run in runs) for key in runs[0][0]} for i in (0, 1))
    print(
        f"{FILM.name}, {int(ours_['frames'])} frames, {os.cpu_count()} cores, median of {repeats} interleaved runs"
    )
    for name, run in (("extractor", ours_), ("bare loop", bare_)):
        print(
            f"{name}: {(run['frames'] - 1) / run['steady']:.1f} frames/s once running, "
            f"{run['start']:.1f} s to start, {run['memory']:.0f} MB, "
            f"{1000 * run['cpu'] / run['frames']:.1f} CPU ms/frame (start included)"
        )
    print(f"ratio, once running: {bare_['steady'] / ours_['steady']:.2f}")
    whole = [run["start"] + run["steady"] for run in (bare_, ours_)]
    print(f"ratio, start included: {whole[0] / whole[1]:.2f}")


if __name__ == "__main__":
    main()
