"""Kill measuring at random moments, the program or one of its processes: is a bit of the result another one?

    python -m tests.workflows.measuring_kill_loop --kills 50

A child program measures the films of a study with two processes of its own. It is killed (SIGKILL), or one of its
processes is, and it is started again until all is measured; then everything is compared with what was measured
without a kill. After each kill the study is checked, and nothing may go on running that the child had started.
"""

import argparse
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from coder.model.progress import Progress
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.store.tracks import read_track_table
from coder.workflows import one_track
from coder.workflows.extracted import Became
from coder.workflows.extraction import extract_steps
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study, open_study
from tests.features import plugins

EXTRACTOR = "change"
FILMS = ("dyad-first.mp4", "two-cameras.a.mp4")
_GONE_S = 30.0


@dataclass(slots=True)
class Tally:
    """What the kills came to. resumed: starts that found parts of an earlier one."""

    programs: int = 0
    processes: int = 0
    resumed: int = 0
    rounds: int = 0


def measure(folder: Path, tell: Callable[[str], object] = lambda _line: None) -> list[Became]:
    """Measure everything, each block put on the disk at once; `tell` hears of the processes and of the end."""
    with pytest.MonkeyPatch.context() as patch, open_study(folder) as store:
        patch.setattr(one_track, "_KEPT_S", 0.0)
        started = False
        steps = extract_steps(
            store,
            [session.id for session in store.sessions()],
            workers=2,
            extractors=[EXTRACTOR],
            told=lambda _: None,
        )

        def heard(progress: Progress) -> None:
            nonlocal started
            if not started and progress.done > 0:
                started = True
                pids = [child.pid for child in multiprocessing.active_children()]
                tell(" ".join(map(str, pids)))

        found = finish(steps, heard)
    return [outcome.became for outcome in found.outcomes]


def bits_of(store: StudyStore) -> dict[str, bytes]:
    """Every number of every track, by film."""
    return {
        store.media(record.media_id).path: b"".join(
            name.encode() + column.tobytes() for name, column in read_track_table(store, record).columns.items()
        )
        for record in store.tracks()
    }


def kill_until_measured(folder: Path, wanted: dict[str, bytes], chance: random.Random, tally: Tally) -> None:
    """Start and kill a few times, then let it come to its end; everything must be as it was wanted."""
    with new_study(folder, "Killed") as store:
        for film in FILMS:
            add_session(store, shipped("sample_media") / film)
    kills = chance.randrange(1, 4)
    while True:
        tally.resumed += bool(list(folder.glob("tracks/*/*.parts/part-*.parquet")))
        whole = _one_run(folder, chance, tally, kill=kills > 0)
        kills -= 1
        with open_study(folder) as store:
            wrong = list(map(str, store.check()))
            found = bits_of(store)
        if wrong or any(wanted[film] != bits for film, bits in found.items()):
            raise AssertionError(wrong or "other bits")
        if whole and found.keys() == wanted.keys():
            tally.rounds += 1
            return


def _one_run(folder: Path, chance: random.Random, tally: Tally, *, kill: bool) -> bool:
    """One start of the program, and perhaps a kill while it measures; whether it came to its end."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.workflows.measuring_kill_loop", "--child", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with child:
        assert child.stdout is not None
        pids = [int(pid) for pid in child.stdout.readline().split()]
        if kill:
            time.sleep(chance.random() * 2)
        if kill and chance.random() < 0.6:
            child.kill()
            tally.programs += 1
        elif kill and pids:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(pids), getattr(signal, "SIGKILL", signal.SIGTERM))
                tally.processes += 1
        child.wait()
    deadline = time.monotonic() + _GONE_S
    while any(_alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            raise AssertionError("a process has outlived its parent")
        time.sleep(0.05)
    return child.returncode == 0


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def reference(folder: Path) -> dict[str, bytes]:
    """What is measured where nothing is killed."""
    with new_study(folder, "Whole") as store:
        for film in FILMS:
            add_session(store, shipped("sample_media") / film)
    assert set(measure(folder)) == {Became.MEASURED}
    with open_study(folder) as store:
        return bits_of(store)


def main() -> None:
    """Kill as often as asked and print what was found."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--child", type=Path)
    options = asked.parse_args()
    if options.child:
        became = measure(options.child, _say)
        raise SystemExit(0 if set(became) <= {Became.MEASURED, Became.THERE} else 1)
    chance, tally = random.Random(options.seed), Tally()
    with tempfile.TemporaryDirectory() as above:
        place = Path(above)
        install(place)
        wanted = reference(place / "whole")
        while tally.programs + tally.processes < options.kills:
            kill_until_measured(place / f"study-{tally.rounds}", wanted, chance, tally)
    sys.stdout.write(
        f"{tally.programs} kills of the program, {tally.processes} of one of its processes, {tally.resumed} times "
        f"gone on with parts; {tally.rounds} times measured to the end, each time the same bits\n"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def install(place: Path) -> None:
    """Make the tests' extractors known, to child processes as well."""
    plugins.install(place)
    sys.path.insert(0, str(place))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(place), str(Path(__file__).parents[2])])


if __name__ == "__main__":
    main()
