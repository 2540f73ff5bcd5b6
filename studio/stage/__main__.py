"""`python -m studio.stage truth|render <clip>`: the steps that need the stage's own environment.

`render` draws with one process a core; `--part i/n` draws one share alone, so that several machines can help.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

from studio.heard import Heard
from studio.places import SAMPLES, build_folder
from studio.scenario import load
from studio.truth import write_truth


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m studio.stage", description=__doc__)
    parser.add_argument("step", choices=["truth", "render"])
    parser.add_argument("clip")
    parser.add_argument("--part", metavar="i/n", help="draw the i-th of n shares (from 0) in this process")
    chosen = parser.parse_args(arguments)
    # each step loads what it needs: the truth is measured without Blender
    if chosen.step == "truth":
        _measure(chosen.clip)
        return 0
    if chosen.part is None:
        return _together(chosen.clip, os.cpu_count() or 1)
    part, parts = (int(number) for number in chosen.part.split("/"))
    _keep_to_one_core(part)
    from studio.stage.shooting import shoot  # noqa: PLC0415  # see above

    missing = shoot(chosen.clip, part, parts)
    if missing:
        sys.stdout.write(f"{missing} frames wait for the other parts\n")
    return 0


def _measure(clip: str) -> None:
    """Write the truth table of each camera's film."""
    from studio.stage.measure import measure, truth_path  # noqa: PLC0415  # see main

    scenario = load(clip)
    heard = Heard.from_json((build_folder(clip) / "sound.json").read_text())
    for camera in scenario.cameras:
        write_truth(measure(scenario, camera, heard), truth_path(SAMPLES, scenario, camera))


def _keep_to_one_core(part: int) -> None:
    """Before Blender is loaded: its idle worker threads would spin on the cores of the other parts."""
    if sys.platform == "linux":
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[part % len(cores)]})


def _together(clip: str, parts: int) -> int:
    """One process for each share; the last to end links the last frames."""
    command = [sys.executable, "-m", "studio.stage", "render", clip, "--part"]
    running = [subprocess.Popen([*command, f"{part}/{parts}"]) for part in range(parts)]
    return max(process.wait() for process in running)


if __name__ == "__main__":
    sys.exit(main())
