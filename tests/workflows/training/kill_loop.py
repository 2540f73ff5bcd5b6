"""Trainees go through the small course, one after the other, until the program is killed.

    python -m tests.workflows.training.kill_loop --child FOLDER --seed 1

Each writes what it has done to a pipe once the program said so; whoever killed it compares.
"""

import argparse
import random
import sys
from pathlib import Path
from uuid import uuid4

from coder.model.study import Coder, Role
from coder.model.training import TakenCourse
from coder.store import StudyStore
from coder.workflows.training.attempts import begin_guided, finish_guided
from coder.workflows.training.certifying import certificates
from coder.workflows.training.courses import taken_courses
from tests.workflows.training.small_course import AT_MS, go


def tell(what: str) -> None:
    """Acknowledge it."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def learn(store: StudyStore, taken: TakenCourse, coder: Coder, passes: bool) -> None:
    """One trainee's way to the end of the first test."""
    attempt = begin_guided(store, taken, "watch", coder.id)
    tell(f"begun {attempt.id}")
    finish_guided(store, attempt.id, 1, 1)
    tell(f"done {attempt.id}")
    for step in ("try", "a", "b"):
        attempt = go(store, taken, coder, step, AT_MS if passes else ())
        tell(f"done {attempt.id}")
    for paper in certificates(store, coder.id):
        tell(f"certificate {paper.id}")


def until_killed(folder: Path, seed: int) -> None:
    """The child: one trainee after the other."""
    chance = random.Random(seed)
    store = StudyStore.open(folder)
    (taken,) = taken_courses(store)
    while True:
        coder = Coder(str(uuid4()), str(uuid4()), Role.TRAINEE)
        store.add_coder(coder)
        learn(store, taken, coder, passes=chance.random() < 0.7)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--child", type=Path, required=True)
    asked.add_argument("--seed", type=int, required=True)
    options = asked.parse_args()
    until_killed(options.child, options.seed)
