"""`python -m studio.stage truth|render <clip>`: the steps that need the stage's own environment.

`render` draws with one process a core. It may be ended at any time and goes on where it was.
"""

import argparse
import os
import shutil
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
    parser.add_argument("--core", type=int, help="draw in this process, on this core (what render starts itself)")
    chosen = parser.parse_args(arguments)
    # each step loads what it needs: the truth is measured without Blender
    if chosen.step == "truth":
        _measure(chosen.clip)
        return 0
    if chosen.core is None:
        return _together(chosen.clip)
    if hasattr(os, "sched_setaffinity"):
        # Blender's idle threads spin in the kernel unless the process is kept to one core
        os.sched_setaffinity(0, {chosen.core})
    from studio.stage.shooting import shoot  # noqa: PLC0415  # see above

    missing = shoot(chosen.clip)
    if missing:
        sys.stdout.write(f"{missing} frames wait for the other processes\n")
    return 0


def _measure(clip: str) -> None:
    """Write the truth table of each camera's film."""
    from studio.stage.measure import measure, truth_path  # noqa: PLC0415  # see main

    scenario = load(clip)
    heard = Heard.from_json((build_folder(clip) / "sound.json").read_text())
    for camera in scenario.cameras:
        write_truth(measure(scenario, camera, heard), truth_path(SAMPLES, scenario, camera))


def _together(clip: str) -> int:
    """One process a core; the last to end links the last frames."""
    for claims in build_folder(clip).glob("pictures/*/claims"):
        shutil.rmtree(claims)
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    command = [sys.executable, "-m", "studio.stage", "render", clip, "--core"]
    running = [subprocess.Popen([*command, str(core)]) for core in cores]
    return max(process.wait() for process in running)


if __name__ == "__main__":
    sys.exit(main())
