"""Run by a test as a program of its own: code until the system refuses to let files grow, make room, go on.

Prints how many edits were saved, what was said of the one refused, and how many there are in the end.
"""

import resource
import signal
import sys
from pathlib import Path

from coder.model.problem import StoreError
from coder.store import StudyStore
from tests.store.small_study import added, look


def main(folder: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = StudyStore.open(folder)
    size = sum(path.stat().st_size for path in folder.glob("study.sqlite*"))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 200_000, hard))
    saved = 0
    while True:
        edit = added(look(saved / 1000, note="x" * 300))
        try:
            store.save_edit("main", edit, actor="ada")
        except StoreError as error:
            refusal = error
            break
        saved += 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    store.save_edit("main", edit, actor="ada")
    sys.stdout.write(f"{saved}\n{refusal}\n{len(store.edits('main'))}\n")
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
