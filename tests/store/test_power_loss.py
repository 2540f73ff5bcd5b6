"""Power cuts: no acknowledged edit is lost, and the weaker settings that are common advice do lose some.

The statements are those of the store, recorded while it codes, and run again on a disk whose power is cut; what is
left is opened by the store itself. SQLite is apsw's there, since only apsw lets a test be the disk.
"""

import contextlib
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from coder.model.problem import StoreError
from coder.store import StudyStore, engine
from tests.store.small_study import MARK, RULED, added, group, journalled, look, recoded, removed

apsw = pytest.importorskip("apsw", reason="apsw is part of the extra “test”")
from tests.store.weak_disk import Disk, PowerCutError  # noqa: E402 - it needs apsw

EDITS = 60
WORDS, WITHIN_WORDS = 40, 600  # and the writes and syncs after which the power is cut at the latest
CUTS = int(os.environ.get("CODER_STORE_CUTS", "25"))

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Recorded:
    """The study file before, and for each edit its id and the statements that save it."""

    before: bytes
    edits: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]


def written_by(store: StudyStore) -> list[tuple[str, Any]]:
    """The statements that the store runs from now on, with their values; to be emptied after each step."""
    statements: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, values: Any, _x: object, many: bool) -> None:
        statements.extend((statement, row) for row in (values if many else [values]))

    listened = store._database._engine
    sa.event.listen(listened, "before_cursor_execute", note)
    sa.event.listen(listened, "commit", lambda _connection: statements.append(("COMMIT", ())))
    return statements


@pytest.fixture
def spoken(closed: Path) -> Recorded:
    """Marks of identity, some of them withdrawn, and rulings: forty words of people about evidence."""
    before = (closed / "study.sqlite").read_bytes()
    words = []
    with StudyStore.open(closed) as store:
        statements = written_by(store)
        for n in range(WORDS):
            statements.clear()
            word = f"word-{n}"
            if n % 2:
                store.add_ruling(replace(RULED, id=word, note="x" * 40 * n))
            else:
                store.add_identity_mark(replace(MARK, id=word, anchors=MARK.anchors * (n + 1)))
            words.append((word, tuple(statements)))
            if n % 8 == 4:
                statements.clear()
                store.withdraw_identity_mark(word, actor="ada", at="2026-11-23T12:00:00+00:00")
                words.append((f"{word} withdrawn", tuple(statements)))
    return Recorded(before, tuple(words))


@pytest.fixture
def recorded(closed: Path) -> Recorded:
    """Sixty edits of all kinds, of one event and of several."""
    before = (closed / "study.sqlite").read_bytes()
    edits = []
    with StudyStore.open(closed) as store:
        statements = written_by(store)
        chance = random.Random(3)
        for _ in range(EDITS):
            events = list(store.load_pass("main"))
            event = chance.choice(events) if events else None
            choices = [
                group(events, chance),
                added(look(chance.random()), look(chance.random(), note="x" * chance.randrange(1_400))),
            ]
            if event is not None:
                choices += [recoded(event, "object"), removed(event), store.edits("main")[-1].reversed()]
            edit = chance.choice(choices)
            statements.clear()
            store.save_edit("main", edit, actor="ada")
            edits.append((edit.id, tuple(statements)))
    return Recorded(before, tuple(edits))


def code_until_the_cut(disk: Disk, recorded: Recorded, synchronous: str) -> list[str]:
    """Run the statements on that disk; the ids of the edits whose COMMIT came back."""
    acknowledged: list[str] = []
    connection = apsw.Connection("/study.sqlite", vfs=disk.name)
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        for setting in (*engine.SETTINGS, "PRAGMA journal_mode=WAL", "PRAGMA wal_autocheckpoint=20"):
            connection.execute(setting).fetchall()
        connection.execute(f"PRAGMA synchronous={synchronous}").fetchall()
        for edit_id, statements in recorded.edits:
            for statement, values in statements:
                connection.execute(statement, values).fetchall()
            acknowledged.append(edit_id)
    except PowerCutError:
        pass
    finally:
        with contextlib.suppress(PowerCutError):
            connection.close(True)
    return acknowledged


def edits_of(store: StudyStore) -> set[str]:
    """The ids of the edits that a study has."""
    return {edit.id for edit in store.edits("main")}


def words_of(store: StudyStore) -> set[str]:
    """The ids of rulings and marks that a study has, and which marks were withdrawn."""
    withdrawn = {mark.id for mark in store.identity_marks(withdrawn=True)}
    held = {mark.id for mark in store.identity_marks()} | {ruling.id for ruling in store.rulings()}
    return held | withdrawn | {f"{word} withdrawn" for word in withdrawn}


def cut_the_power(
    recorded: Recorded,
    folder: Path,
    seed: int,
    *,
    synchronous: str = "FULL",
    lies: bool = False,
    kept: Callable[[StudyStore], set[str]] = edits_of,
    within: int = 1_400,
) -> tuple[int, int, bool]:
    """Cut it at a random moment; (steps acknowledged, of them missing, is the study damaged)."""
    chance = random.Random(seed)
    # 60 edits take some 1,350 writes and syncs; a cut after the last of them is one while the program is idle
    disk = Disk(f"weak-{seed}", {"study.sqlite": recorded.before}, cut_after=chance.randrange(within), lies=lies)
    acknowledged = code_until_the_cut(disk, recorded, synchronous)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in disk.after_the_cut(chance).items():
        (folder / name).write_bytes(content)
    disk.unregister()
    try:
        with StudyStore.open(folder) as store:
            if store.check():
                return len(acknowledged), 0, True
            if journalled(store) != set(store.load_pass("main")):
                return len(acknowledged), 0, True  # an edit of several events is there by half
            saved = kept(store)
    except StoreError:
        return len(acknowledged), 0, True
    return len(acknowledged), len(set(acknowledged) - saved), False


def test_a_power_cut_loses_no_acknowledged_edit(recorded: Recorded, tmp_path: Path) -> None:
    found = [cut_the_power(recorded, tmp_path / "cut", seed) for seed in range(CUTS)]
    assert sum(acknowledged for acknowledged, _, _ in found) > 10 * CUTS
    assert [result for result in found if result[1] or result[2]] == []


def test_a_power_cut_loses_no_acknowledged_word_about_evidence(spoken: Recorded, tmp_path: Path) -> None:
    found = [
        cut_the_power(spoken, tmp_path / "cut", seed, kept=words_of, within=WITHIN_WORDS) for seed in range(CUTS)
    ]
    assert sum(acknowledged for acknowledged, _, _ in found) > 10 * CUTS
    assert [result for result in found if result[1] or result[2]] == []


def test_with_the_weaker_setting_that_is_common_advice_edits_are_lost(recorded: Recorded, tmp_path: Path) -> None:
    found = [cut_the_power(recorded, tmp_path / "cut", seed, synchronous="NORMAL") for seed in range(CUTS)]
    assert sum(missing for _, missing, _ in found) > 0


def test_a_disk_that_lies_about_syncing_damages_the_study_and_it_is_seen(
    recorded: Recorded, tmp_path: Path
) -> None:
    found = [cut_the_power(recorded, tmp_path / "cut", seed, lies=True) for seed in range(CUTS)]
    assert any(damaged or missing for _, missing, damaged in found)
