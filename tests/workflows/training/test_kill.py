"""Killed in the middle of a course, the program loses nothing that it said was done, and owes no certificate."""

import os
import random
from pathlib import Path

from coder.store import StudyStore
from coder.workflows.training.certifying import certificates, decision
from coder.workflows.training.courses import taken_courses
from coder.workflows.training.history import gone, set_done
from coder.workflows.training.progress import progress
from tests.store.kill_loop import acknowledged_until_killed
from tests.workflows.training.small_course import training

KILLS = int(os.environ.get("CODER_TRAINING_KILLS", "4"))


def test_what_was_done_is_done_and_every_test_that_was_passed_has_its_certificate(tmp_path: Path) -> None:
    training(tmp_path)[0].close()
    folder, chance, papers = tmp_path / "study", random.Random(11), 0
    for seed in range(KILLS):
        told = acknowledged_until_killed("tests.workflows.training.kill_loop", folder, seed, chance.random())
        with StudyStore.open(folder) as store:
            assert store.check() == ()
            (taken,) = taken_courses(store)
            begun = {one.id for one in store.training.attempts()}
            passes = {header.id for header in store.passes()}
            assert passes == {one.pass_id for one in store.training.attempts() if one.pass_id}
            done: set[str] = set()
            for coder in store.coders():
                found = gone(store, taken, coder.id)
                done |= {one.attempt.id for one in found if one.done}
                certificate = progress(store, taken, coder.id).certificate
                tested = set_done(taken, found, 1)
                assert (certificate is not None) == (tested and decision(store, taken, coder.id, 1).passed)
            issued = {one.id for one in certificates(store)}
            held = {"begun": begun, "done": done, "certificate": issued}
            assert [line for line in told if line.split()[1] not in held[line.split()[0]]] == []
            papers = len(issued)
    assert papers
