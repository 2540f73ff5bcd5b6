"""Damage, tampering and full disks: seen, said, and without loss."""

import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from coder.model.coding import Certainty
from coder.model.edit import Edit
from coder.model.problem import Problem, StoreError
from coder.model.time import Span
from coder.store import StudyStore
from tests.store.raw import raw, without_triggers
from tests.store.small_study import added, everything, look, recoded, removed, small_study

FLIPS = int(os.environ.get("CODER_STORE_FLIPS", "60"))


def coded(folder: Path) -> Path:
    """A closed study whose main pass holds 300 events with some history, and was reopened once."""
    with small_study(folder) as store:
        events = [look(at / 40, at / 40 + 0.02, note=f"look {at}") for at in range(300)]
        store.save_edit("main", Edit.adding("Import", events), actor="ada")
        recode = recoded(events[3], "object")
        doubted = replace(look(9), certainty=Certainty.GUESS, reaction_us=200_000)
        for edit in (recode, recode.reversed(), removed(events[7]), added(doubted)):
            store.save_edit("main", edit, actor="ada")
        store.submit("main", actor="ada")
        store.reopen("main", "missed the end", actor="ben")
        store.set_reaction("ada", 200_000)
        store.add_viewing("main", Span(0, 5_000_000), actor="ada")
    return folder


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The folder of such a study."""
    return coded(tmp_path / "study")


def problems(folder: Path) -> tuple[Problem, ...]:
    """What `check` finds, or what opening said."""
    try:
        with StudyStore.open(folder, readonly=True) as store:
            return store.check()
    except StoreError as error:
        return tuple(error.problems)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edit SET label = 'Nothing' WHERE n = 2",
        "UPDATE edit SET actor = 'ben' WHERE n = 2",
        "UPDATE edit SET at = '2020-01-01T00:00:00.000000+00:00' WHERE n = 2",
        "UPDATE edit SET station = 'elsewhere' WHERE n = 2",
        "UPDATE edit SET kind = 'redo' WHERE n = 3",
        "UPDATE edit SET target = NULL WHERE n = 3",
        "UPDATE edit SET changes = '[]' WHERE n = 5",
        "UPDATE edit SET id = 'x' WHERE n = 5",
        "UPDATE edit SET hash = prev WHERE n = 7",
        "UPDATE edit SET n = 99 WHERE n = 7",
        "DELETE FROM edit WHERE n = 1",
        "DELETE FROM edit WHERE n = 7",
        "DELETE FROM edit",
        "UPDATE edit SET pass_id = 'second'",
        "UPDATE coding_pass SET rev = 6",
        "UPDATE coding_pass SET status = 'submitted' WHERE id = 'main'",
        "UPDATE coding_pass SET coder_id = 'ben' WHERE id = 'main'",
        "UPDATE coding_pass SET window_end_us = 1 WHERE id = 'main'",
        "UPDATE event SET code = 'object' WHERE rowid = 1",
        "UPDATE event SET pass_id = 'second' WHERE rowid = 1",
        "DELETE FROM event WHERE rowid = 2",
        "INSERT INTO event VALUES ('main', 'new', 'gaze', 'parent', 0, 1, '[]', '', NULL, NULL, NULL, NULL, NULL)",
        "UPDATE media SET offset_us = 40000",
        "UPDATE coder SET role = 'trainee'",
        "UPDATE coder SET reaction_us = 100000 WHERE id = 'ben'",
        "UPDATE coder SET reaction_us = NULL WHERE id = 'ada'",
        "UPDATE event SET certainty = 'likely' WHERE rowid = 1",
        "UPDATE event SET certainty = 'perhaps' WHERE rowid = 1",
        "UPDATE event SET certainty = NULL WHERE certainty = 'guess'",
        "UPDATE event SET reaction_us = 1 WHERE rowid = 1",
        "UPDATE event SET reaction_us = NULL WHERE reaction_us = 200000",
        "UPDATE event SET answer = 'x' WHERE rowid = 1",
        "UPDATE event SET moments = '[[1,2]]' WHERE rowid = 1",
        "UPDATE event SET moments = 'soon' WHERE rowid = 1",
        "UPDATE event SET either = '[\"object\"]' WHERE rowid = 1",
        "UPDATE event SET either = 'all' WHERE rowid = 1",
        "UPDATE session SET group_name = 'north'",
        "UPDATE assignment SET origin = 'drawn'",
        "UPDATE assignment SET withdrawn = 'today'",
        "UPDATE coding_pass SET made_from = '[\"second\"]' WHERE id = 'main'",
        "UPDATE coding_pass SET made_from = 'main' WHERE id = 'second'",
        "UPDATE edit SET target = '0-1' WHERE kind = 'view'",
        "UPDATE session SET recorded_on = '1999-01-01'",
        "UPDATE participant SET pseudonym = 'Alex' WHERE id = 'kim'",
        "UPDATE session_participant SET position = 1 - position",
        "UPDATE assignment SET purpose = 'training'",
        "UPDATE scheme SET text = replace(text, 'Übung', 'Uebung')",
        "UPDATE study SET name = 'Other'",
        "DELETE FROM study",
        "DELETE FROM session",
        "DROP TABLE assignment",
        "CREATE TABLE extra (id)",
    ],
)
def test_what_is_changed_behind_the_stores_back_is_found(study: Path, statement: str) -> None:
    assert problems(study) == ()
    with without_triggers(study) as connection:
        connection.execute(statement)
    found = problems(study)
    assert found
    assert all(problem.what.endswith(".") and problem.hint for problem in found)


def test_a_study_without_its_triggers_is_not_opened(study: Path) -> None:
    with raw(study) as connection:
        connection.execute("DROP TRIGGER edit_no_delete")
    with pytest.raises(StoreError, match="protection of its journal is missing"):
        StudyStore.open(study)


def test_a_trigger_that_does_nothing_is_no_trigger(study: Path) -> None:
    with raw(study) as connection:
        connection.execute("DROP TRIGGER edit_no_delete")
        connection.execute("CREATE TRIGGER edit_no_delete BEFORE DELETE ON edit BEGIN SELECT 1; END")
    with pytest.raises(StoreError, match="protection of its journal is missing"):
        StudyStore.open(study)


def test_every_flipped_bit_is_found_or_changes_nothing(study: Path, tmp_path: Path) -> None:
    with StudyStore.open(study, readonly=True) as store:
        whole = everything(store)
    content = (study / "study.sqlite").read_bytes()
    chance = random.Random(20261122)
    found = 0
    for _ in range(FLIPS):
        at, bit = chance.randrange(len(content)), chance.randrange(8)
        flipped = bytearray(content)
        flipped[at] ^= 1 << bit
        folder = tmp_path / "flipped"
        folder.mkdir()
        (folder / "study.sqlite").write_bytes(flipped)
        if problems(folder):
            found += 1
        else:
            with StudyStore.open(folder, readonly=True) as store:
                assert everything(store) == whole, f"bit {bit} of byte {at} changed something unseen"
        shutil.rmtree(folder)
    assert found > FLIPS // 3  # the rest fell into unused space


def test_check_tells_how_far_it_is(study: Path) -> None:
    with StudyStore.open(study) as store:
        told = [(progress.done, progress.total) for progress in store.checking()]
    assert told == [(0, 0), (0, 2), (1, 2), (2, 2)]


def test_a_full_disk_refuses_the_edit_and_keeps_all_others(store: StudyStore) -> None:
    pages = store._database.run("PRAGMA page_count")[0][0]
    store._database.run(f"PRAGMA max_page_count={pages + 3}")
    saved: list[Edit] = []
    refusal = ""
    while not refusal:
        edit = added(look(len(saved) / 1000, note="x" * 200))
        try:
            store.save_edit("main", edit, actor="ada")
            saved.append(edit)
        except StoreError as error:
            refusal = str(error)
    assert "The disk is full; nothing was changed" in refusal
    assert saved
    assert store.edits("main") == tuple(saved)
    store._database.run("PRAGMA max_page_count=1000000")
    store.save_edit("main", edit, actor="ada")
    assert store.edits("main") == (*saved, edit)
    assert store.check() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="limits on a program's files are set otherwise there")
def test_a_write_that_the_system_refuses_loses_nothing_and_can_be_repeated(closed: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.store.full_disk", str(closed)], capture_output=True, text=True, check=False
    )
    assert told.stderr == ""
    saved, refused, after = told.stdout.splitlines()
    assert int(saved) > 3
    assert "nothing was changed" in refused
    with StudyStore.open(closed) as store:
        assert len(store.edits("main")) == int(saved) + 1 == int(after)
        assert store.check() == ()


def test_a_snapshot_is_a_study(study: Path, tmp_path: Path) -> None:
    with StudyStore.open(study) as store:
        store.save_edit("main", added(look(8)), actor="ada")
        snapshot = store.snapshot("before the meeting: día 1")
        held = everything(store)
        store.save_edit("main", added(look(9)), actor="ada")
    assert snapshot.parent == study / "snapshots"
    assert snapshot.name.endswith("-before-the-meeting-d-a-1.sqlite")
    (tmp_path / "restored").mkdir()
    shutil.copy(snapshot, tmp_path / "restored" / "study.sqlite")
    with StudyStore.open(tmp_path / "restored") as store:
        assert everything(store) == held
        assert store.check() == ()
        store.save_edit("main", added(look(9)), actor="ada")


def test_closing_makes_a_snapshot_only_if_something_changed(study: Path) -> None:
    before = list((study / "snapshots").iterdir())
    with StudyStore.open(study) as store:
        assert store.passes()
    assert list((study / "snapshots").iterdir()) == before
    with StudyStore.open(study) as store:
        store.save_edit("main", added(look(1)), actor="ada")
    assert len(list((study / "snapshots").iterdir())) == len(before) + 1


def test_only_the_newest_snapshots_are_kept_and_only_snapshots_are_removed(store: StudyStore) -> None:
    mine = store.folder / "snapshots" / "mine.sqlite"
    mine.write_bytes(b"")
    made = [store.snapshot(f"number {number}") for number in range(23)]
    assert sorted(mine.parent.iterdir()) == [*made[3:], mine]


def test_a_snapshot_that_fails_is_said_and_the_study_still_closes(study: Path) -> None:
    store = StudyStore.open(study)
    edit = added(look(1))
    store.save_edit("main", edit, actor="ada")
    shutil.rmtree(study / "snapshots")
    (study / "snapshots").write_text("a file in its place")
    with pytest.raises(StoreError):
        store.close()
    with StudyStore.open(study) as again:
        assert again.edits("main")[-1] == edit
        assert again.study == replace(store.study)
