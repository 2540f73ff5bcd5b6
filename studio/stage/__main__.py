"""`python -m studio.stage truth|render <clip>`: the steps that need the stage's own environment.

`render` draws with one process a core. It may be ended at any time and goes on where it was.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from studio.heard import HeardError, read_heard
from studio.places import SAMPLES, STOPPED, build_folder
from studio.scenario import ScenarioError, load
from studio.stage.data import DataError
from studio.truth import TruthError, write_truth


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; returns the exit code. What a person can mend is said in one sentence."""
    parser = argparse.ArgumentParser(prog="python -m studio.stage", description=__doc__)
    parser.add_argument("step", choices=["truth", "render"])
    parser.add_argument("clip")
    parser.add_argument("--core", type=int, help="draw in this process, on this core (what render starts itself)")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.step == "truth":
            _measure(chosen.clip)
        elif chosen.core is None:
            return _together(chosen.clip)
        else:
            _draw(chosen.clip, chosen.core)
    except (DataError, HeardError, ScenarioError, TruthError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except ModuleNotFoundError as error:
        sys.stderr.write(
            f"The studio's environment has no package {error.name}: {sys.executable}. Run `make studio`.\n"
        )
        return 1
    except KeyboardInterrupt:
        return STOPPED
    return 0


# each step loads what it needs: the truth is measured without Blender


def _measure(clip: str) -> None:
    """Write the truth table of each camera's film."""
    from studio.stage.measure import measure  # noqa: PLC0415  # see above

    scenario, heard = load(clip), read_heard(build_folder(clip) / "sound.json")
    for camera in scenario.cameras:
        write_truth(measure(scenario, camera, heard), SAMPLES / f"{scenario.film_stem(camera)}.truth.csv")


def _draw(clip: str, core: int) -> None:
    """Draw in this process, together with those of the other cores."""
    if hasattr(os, "sched_setaffinity"):
        # Blender's idle threads spin in the kernel unless the process is kept to one core
        os.sched_setaffinity(0, {core})
    from studio.stage.shooting import shoot  # noqa: PLC0415  # see above

    missing = shoot(clip)
    if missing:
        sys.stdout.write(f"{missing} frames wait for the other processes\n")


def _together(clip: str) -> int:
    """One process a core; the last to end links the last frames."""
    # asked here first, or every process would say the same of a missing file
    load(clip)
    read_heard(build_folder(clip) / "sound.json")
    for claims in build_folder(clip).glob("pictures/*/claims"):
        shutil.rmtree(claims)
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    command = [sys.executable, "-m", "studio.stage", "render", clip, "--core"]
    running = [subprocess.Popen([*command, str(core)]) for core in cores]
    # a process that is killed ends below 0: its pictures are missing, however well the others ended
    return next((code for code in [process.wait() for process in running] if code), 0)


if __name__ == "__main__":
    sys.exit(main())
