"""From one format to the next: whole or not at all, with a snapshot before and the triggers after."""

import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from coder.model.coding import Certainty
from coder.model.edit import Change, Edit
from coder.model.problem import StoreError
from coder.model.time import Span
from coder.store import StudyStore, columns
from coder.store.migrations import SHIPPED, Migrations
from tests.store.raw import raw
from tests.store.small_study import MARK, RULED, SETTLED, TASK, added, everything, look
from tests.store.trained import TRIED, WATCHED, trained

FORMAT_1 = Path(__file__).parent / "format_1.sqlite.gz"
FORMAT_3 = Path(__file__).parent / "format_3.sqlite.gz"
FORMAT_4 = Path(__file__).parent / "format_4.sqlite.gz"
FORMAT_5 = Path(__file__).parent / "format_5.sqlite.gz"
NEXT = '''
"""A format that does not exist: a column more, and a rule on the journal, whose table is rebuilt for it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("coder", sa.Column("language", sa.Text))
    with op.batch_alter_table("edit") as batch:
        batch.create_check_constraint("edit_counts_from_1", "n >= 1")
    with op.batch_alter_table("coding_pass") as batch:
        batch.alter_column("rev", new_column_name="revision_number")
    with op.batch_alter_table("coding_pass") as batch:
        batch.alter_column("revision_number", new_column_name="rev")
'''
FAILING = NEXT + "    raise RuntimeError('the power is gone, in a manner of speaking')\n"


def formats(folder: Path, next_one: str) -> Migrations:
    """The shipped formats and one more."""
    shutil.copytree(SHIPPED.scripts, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "r0007_next.py").write_text(next_one)
    return Migrations(folder, 7)


@pytest.fixture
def study(closed: Path) -> Path:
    """A closed study of the shipped format, with something coded."""
    with StudyStore.open(closed) as store:
        store.save_edit("main", added(look(1, 2)), actor="ada")
    shutil.rmtree(closed / "snapshots")
    return closed


def test_the_migrations_make_the_tables_of_the_schema(study: Path) -> None:
    with raw(study) as connection:
        engine = sa.create_engine("sqlite://", creator=lambda: connection, poolclass=sa.pool.StaticPool)
        with engine.connect() as opened:
            assert compare_metadata(MigrationContext.configure(opened), columns.METADATA) == []
            assert (
                opened.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == f"{SHIPPED.head:04}"
            )


def test_an_older_study_is_brought_up_to_date_after_a_snapshot(study: Path, tmp_path: Path) -> None:
    with StudyStore.open(study, readonly=True) as store:
        held = everything(store)
    newer = formats(tmp_path / "versions", NEXT)
    with StudyStore.open(study, migrations=newer) as store:
        assert store.study.format_version == 7
        assert everything(store)[1:] == held[1:]
        assert store.check() == ()
        store.save_edit("main", added(look(3, 4)), actor="ada")
        with pytest.raises(StoreError, match="append-only"), store._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM edit")
        assert store.check() == ()
        assert [row[0] for row in store._database.run("PRAGMA foreign_keys")] == [1]
    (before,) = [path for path in (study / "snapshots").iterdir() if "before-format-7" in path.name]
    (tmp_path / "old").mkdir()
    shutil.copy(before, tmp_path / "old" / "study.sqlite")
    with StudyStore.open(tmp_path / "old") as store:
        assert everything(store) == held


def test_a_migration_that_fails_half_way_leaves_the_study_as_it_was(study: Path, tmp_path: Path) -> None:
    with StudyStore.open(study, readonly=True) as store:
        held = everything(store)
    with pytest.raises(StoreError, match="could not be brought up to date: the power is gone"):
        StudyStore.open(study, migrations=formats(tmp_path / "versions", FAILING))
    assert any("before-format-7" in path.name for path in (study / "snapshots").iterdir())
    with StudyStore.open(study) as store:
        assert everything(store) == held
        assert store.check() == ()  # its tables and triggers are those of the shipped format, to the letter
        store.save_edit("main", added(look(3, 4)), actor="ada")


def test_a_newer_study_is_refused_and_left_as_it_is(study: Path, tmp_path: Path) -> None:
    StudyStore.open(study, migrations=formats(tmp_path / "versions", NEXT)).close()
    before = (study / "study.sqlite").read_bytes()
    with pytest.raises(StoreError, match=r"newer version of the program \(format 7"):
        StudyStore.open(study)
    with pytest.raises(StoreError, match=r"newer version of the program \(format 7"):
        StudyStore.open(study, readonly=True)
    assert (study / "study.sqlite").read_bytes()[100:] == before[100:]  # all but the header's counters


def test_an_older_study_cannot_be_opened_for_reading_only(study: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="older format"):
        StudyStore.open(study, readonly=True, migrations=formats(tmp_path / "versions", NEXT))


def unpacked(file: Path, folder: Path) -> Path:
    """A study as an older program wrote it.

    Format 1: imported, recoded, undone, reopened. Format 3: an answer with moments, a viewing, one pass submitted
    and one open. Format 4: one pass submitted, one open with a code that is as right; a group, a settlement, a
    withdrawn assignment. Format 5: the same with a viewing, a mark of identity and a ruling.
    """
    folder.mkdir()
    (folder / "study.sqlite").write_bytes(gzip.decompress(file.read_bytes()))
    return folder


def test_a_study_of_the_first_format_opens_whole_and_goes_on(tmp_path: Path) -> None:
    old = unpacked(FORMAT_1, tmp_path / "old")
    with raw(old) as connection:
        (before,) = connection.execute("SELECT head FROM coding_pass WHERE id = 'main'").fetchone()
    with StudyStore.open(old) as store:
        assert store.study.format_version == SHIPPED.head
        assert store.check() == ()
        assert [entry.kind for entry in store.journal("main")] == ["do", "do", "undo", "do", "submit", "reopen"]
        assert store.journal("main")[-1].hash == before
        coding = store.load_pass("main")
        assert [event.note for event in coding] == [f"look {at}" for at in (0, 1, 2, 3, 4, 5, 6, 8)]
        assert {(event.certainty, event.reaction_us) for event in coding} == {(Certainty.CERTAIN, 0)}
        assert [coder.reaction_us for coder in store.coders()] == [0, 0]
        first = coding.row("gaze")[0]
        sure = replace(
            first,
            certainty=Certainty.GUESS,
            reaction_us=200_000,
            answer="another",
            moments=(Span(1_000_000, 2_000_000),),
            either=("", "object"),
        )
        store.save_edit("main", Edit.of("Doubt", Change(first, sure)), actor="ada")
        store.set_reaction("ada", 200_000)
        store.add_viewing("main", coding.window, actor="ada")
        assert store.check() == ()
    with StudyStore.open(old, readonly=True) as store:
        assert store.load_pass("main").row("gaze")[0] == sure
        assert store.coder("ada").reaction_us == 200_000
        assert [viewing.span for viewing in store.viewings("main")] == [coding.window]
    assert any("before-format-6" in path.name for path in (old / "snapshots").iterdir())


def test_a_study_of_format_3_gains_what_reliability_needs_and_keeps_its_hashes(tmp_path: Path) -> None:
    old = unpacked(FORMAT_3, tmp_path / "old")
    with raw(old) as connection:
        hashes = connection.execute("SELECT hash FROM edit ORDER BY pass_id, n").fetchall()
        seals = connection.execute("SELECT seal FROM session UNION ALL SELECT seal FROM assignment").fetchall()
    with StudyStore.open(old) as store:
        assert store.study.format_version == SHIPPED.head
        assert store.check() == ()
        assert [event.either for event in store.load_pass("main")] == [(), ()]
        assert [session.group for session in store.sessions()] == [""]
        assert store.assignments() == (TASK,)
        assert store.settlements() == store.assignments(withdrawn=True) == ()
    with raw(old) as connection:
        assert connection.execute("SELECT hash FROM edit ORDER BY pass_id, n").fetchall() == hashes
        kept = connection.execute("SELECT seal FROM session UNION ALL SELECT seal FROM assignment").fetchall()
        assert kept == seals
    with StudyStore.open(old) as store:
        (event,) = store.load_pass("second").row("gaze")
        taken = replace(event, either=("", "object"))
        store.save_edit("second", Edit.of("As right", Change(event, taken)), actor="ben")
        store.set_group("visit", "north")
        store.remove_assignment("task", "withdrawn on 2026-11-22: ill")
        store.add_settlement(SETTLED)
        assert store.check() == ()
    with StudyStore.open(old, readonly=True) as store:
        assert store.load_pass("second").row("gaze") == (taken,)
        assert store.session("visit").group == "north"
        assert store.assignments(withdrawn=True) == (replace(TASK, withdrawn="withdrawn on 2026-11-22: ill"),)
        assert store.settlements() == (SETTLED,)
    snapshots = [path.name for path in (old / "snapshots").iterdir()]
    assert any("before-format-6" in name for name in snapshots)


def test_a_study_of_format_4_gains_what_evidence_needs_and_keeps_its_seals(tmp_path: Path) -> None:
    old = unpacked(FORMAT_4, tmp_path / "old")
    kept = "SELECT hash FROM edit UNION ALL SELECT seal FROM settlement UNION ALL SELECT seal FROM media"
    with raw(old) as connection:
        before = connection.execute(kept).fetchall()
    with StudyStore.open(old) as store:
        assert store.study.format_version == SHIPPED.head
        assert store.check() == ()
        assert store.settlements() == (SETTLED,)
        assert store.session("visit").group == "north"
        assert store.identity_marks() == store.rulings() == ()
    with raw(old) as connection:
        assert connection.execute(kept).fetchall() == before
    with StudyStore.open(old) as store:
        store.add_identity_mark(MARK)
        store.add_ruling(RULED)
        assert store.check() == ()
    with StudyStore.open(old, readonly=True) as store:
        assert store.identity_marks("film") == (MARK,)
        assert store.rulings("visit") == (RULED,)
    assert any("before-format-6" in path.name for path in (old / "snapshots").iterdir())


def test_a_study_of_format_5_gains_what_training_needs_and_keeps_its_seals(tmp_path: Path) -> None:
    old = unpacked(FORMAT_5, tmp_path / "old")
    kept = " UNION ALL ".join(
        ["SELECT hash FROM edit", *(f"SELECT seal FROM {table}" for table in ("ruling", "identity_mark", "media"))]
    )
    with raw(old) as connection:
        before = connection.execute(kept).fetchall()
    with StudyStore.open(old) as store:
        assert store.study.format_version == SHIPPED.head
        assert store.check() == ()
        assert (store.rulings(), store.identity_marks()) == ((RULED,), (MARK,))
        assert store.training.courses() == store.training.attempts() == store.training.certificates() == ()
    with raw(old) as connection:
        assert connection.execute(kept).fetchall() == before
    with StudyStore.open(old) as store:
        trained(store)
        held = everything(store)
        assert store.check() == ()
    with StudyStore.open(old, readonly=True) as store:
        assert everything(store) == held
        assert store.training.attempts() == (WATCHED, TRIED)
    assert any("before-format-6" in path.name for path in (old / "snapshots").iterdir())
