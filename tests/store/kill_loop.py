"""Kill a coding program at random moments and see whether an acknowledged edit is ever missing.

    python -m tests.store.kill_loop --kills 200

The child codes, links answers, marks moments, edits groups of events, undoes, imports and makes snapshots, and
writes the id of each edit to a pipe once `save_edit` has returned. The parent kills it (SIGKILL; TerminateProcess
on Windows), opens the study, and compares: no edit may be missing, and of an edit of several events all changes
must be there or none.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from coder.model.edit import Edit, EditKind
from coder.store import StudyStore
from tests.store.small_study import added, group, journalled, linked, look, recoded, removed, small_study


def code_until_killed(folder: Path, seed: int) -> None:
    """The child: every kind of edit, as fast as it goes, each acknowledged after it was saved."""
    chance = random.Random(seed)
    store = StudyStore.open(folder)
    coding = store.load_pass("main")
    done: list[Edit] = []
    while True:
        events = list(coding)
        if chance.random() < 0.02:
            store.snapshot("now and then")
        if chance.random() < 0.02:
            edit = added(*(look(chance.random() * 10) for _ in range(200)))
        elif chance.random() < 0.3:
            edit = group(events, chance)
        elif events and chance.random() < 0.3:
            edit = linked(events, chance)
        elif done and chance.random() < 0.3:
            edit = done.pop().reversed()
        elif events and chance.random() < 0.5:
            event = chance.choice(events)
            edit = removed(event) if chance.random() < 0.5 else recoded(event, chance.choice("abc"))
        else:
            edit = added(look(chance.random() * 10))
        try:
            changed = coding.applied(edit)
        except ValueError:
            continue  # an undo that no longer fits
        store.save_edit("main", edit, actor="ada")
        sys.stdout.write(f"{edit.id} {len(edit.changes)}\n")
        sys.stdout.flush()
        coding = changed
        if edit.kind is EditKind.DO:
            done = [*done[-5:], edit]


def kill_once(folder: Path, seed: int, wait_s: float) -> tuple[int, int]:
    """Start a child, kill it `wait_s` after its first acknowledgement; (acknowledged, of them missing)."""
    whole = acknowledged_until_killed("tests.store.kill_loop", folder, seed, wait_s)
    with StudyStore.open(folder) as store:
        problems = store.check()
        saved = {f"{edit.id} {len(edit.changes)}" for edit in store.edits("main")}
        half = journalled(store) != set(store.load_pass("main"))
    if problems or half:
        raise AssertionError(problems or "the events are not those that the journal tells")
    return len(whole), len(set(whole) - saved)


def acknowledged_until_killed(module: str, folder: Path, seed: int, wait_s: float) -> list[str]:
    """Run `module` as a child, kill it `wait_s` after its first line; the lines that it wrote to their end."""
    command = [sys.executable, "-m", module, "--child", str(folder), "--seed", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        acknowledged: list[str] = []
        reader = threading.Thread(target=_read, args=(child.stdout, acknowledged.append))
        reader.start()
        while not acknowledged and child.poll() is None:
            time.sleep(0.005)
        time.sleep(wait_s)
        child.kill()
        reader.join()
        errors = child.stderr.read()
    if errors:
        raise AssertionError(errors)
    return [line.strip() for line in acknowledged if line.endswith("\n")]


def _read(pipe: IO[str], take: Callable[[str], None]) -> None:
    for line in pipe:
        take(line)


def main() -> None:
    """Kill as often as asked and print what was found."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--child", type=Path)
    options = asked.parse_args()
    if options.child:
        code_until_killed(options.child, options.seed)
    chance = random.Random(options.seed)
    kept = missing = 0
    with tempfile.TemporaryDirectory() as above:
        folder = Path(above) / "study"
        small_study(folder).close()
        for kill in range(options.kills):
            acknowledged, lost = kill_once(folder, options.seed * 100_000 + kill, chance.random() * 0.3)
            kept += acknowledged
            missing += lost
    sys.stdout.write(f"{options.kills} kills, {kept} edits acknowledged, {missing} of them missing\n")


if __name__ == "__main__":
    main()
