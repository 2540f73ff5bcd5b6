"""The studio's one door: `python -m studio make first-practice`, or one step of it.

Every step is a function `run(clip: str) -> None` in the module that the table names, loaded only when wanted.
The steps that need the studio's own environment run there as `-m studio.stage <step> <clip>`.
"""

import argparse
import importlib
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.model.problem import CoderError, Problem
from studio.heard import HeardError
from studio.masters.table import schemes_of
from studio.places import STOPPED
from studio.scenario import ScenarioError, load, names
from studio.truth import TruthError

_ROOT = Path(__file__).resolve().parent.parent
_TOLD = 1  # how the stage ends when it has said what is wrong


@dataclass(frozen=True)
class Step:
    """One sub-command. `module` None: it runs on the stage, in the studio's environment."""

    module: str | None
    help: str


STEPS = {
    "sound": Step("studio.sound", "speak and sing the script, and list who is heard when"),
    "truth": Step(None, "move the figures and write the truth table"),
    "render": Step(None, "draw the frames; what is drawn already is kept"),
    "film": Step("studio.film", "put frames and sound together"),
    "masters": Step("studio.masters", "derive the master codes by the schemes' rules"),
    "passes": Step("studio.coders", "let the simulated coders code the clip"),
    "catalogue": Step("studio.catalogue", "enter the clip in the catalogue"),
}
MAKE = ("sound", "truth", "render", "film", "masters")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code. What a person can mend is said in one sentence."""
    parser = argparse.ArgumentParser(prog="python -m studio", description="Sample films with known truth.")
    commands = parser.add_subparsers(dest="step", required=True, metavar="step")
    about = {name: step.help for name, step in STEPS.items()} | {"make": f"all of it: {', '.join(MAKE)}"}
    for name, text in about.items():
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("clips", nargs="*", metavar="clip", help="a clip's name; every clip if none is given")
    chosen = parser.parse_args(arguments)
    try:
        for clip in chosen.clips or names():
            schemes_of(load(clip))  # a wrong script stops before anything is made
            for name in MAKE if chosen.step == "make" else (chosen.step,):
                if code := _run(name, clip):
                    return code
    except (CoderError, HeardError, ScenarioError, TruthError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; what is finished is kept.\n")
        return STOPPED
    return 0


def _run(name: str, clip: str) -> int:
    """Run one step; not 0 if the stage ended with a fault of which it has told itself."""
    module = STEPS[name].module
    if module is None:
        return _on_stage(name, clip)
    importlib.import_module(module).run(clip)
    return 0


def stage_python() -> Path:
    """The interpreter of the studio's environment: $STUDIO_PYTHON, or .venv-studio in the checkout."""
    inside = Path("Scripts", "python.exe") if os.name == "nt" else Path("bin", "python")
    return Path(os.environ.get("STUDIO_PYTHON") or _ROOT / ".venv-studio" / inside)


def _on_stage(name: str, clip: str) -> int:
    python = stage_python()
    if not python.is_file():
        hint = "Run `make studio`, or name another interpreter in STUDIO_PYTHON."
        raise CoderError(Problem(f"The studio's environment is not there: {python}.", hint=hint))
    ended = subprocess.run([python, "-m", "studio.stage", name, clip], cwd=_ROOT, check=False)
    if ended.returncode not in (0, _TOLD, STOPPED):
        hint = "What it finished is kept; run the step again."
        raise CoderError(Problem(f"The stage ended with {ended.returncode} at “{name}”.", clip, hint))
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
