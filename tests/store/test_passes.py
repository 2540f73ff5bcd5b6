"""Edits, journal, submission: one transaction each, and nothing that does not fit."""

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from coder.model.coding import Certainty, CodingPass, PassStatus
from coder.model.edit import Change, Edit, EditKind
from coder.model.problem import StoreError
from coder.model.study import Purpose
from coder.model.time import Span
from coder.store import StudyStore, passes
from tests.store.raw import raw
from tests.store.small_study import ADA, BEN, MAIN, added, everything, look, recoded, removed


def test_an_edit_changes_the_events_as_it_changes_the_value(store: StudyStore) -> None:
    coding = CodingPass(MAIN)
    first, second = look(1, 2, note="„turns“ 👀"), look(3)
    for edit in (added(first, second), recoded(first, "object"), removed(second)):
        store.save_edit("main", edit, actor="ada")
        coding = coding.applied(edit)
        assert store.load_pass("main") == coding
    assert store.event_count("main") == 1
    assert store.event_count("second") == 0


def test_an_edit_may_cut_a_state_and_start_the_next(store: StudyStore) -> None:
    whole, head, tail = look(0, 10), look(0, 4), look(4, 10, code="object")
    store.save_edit("main", added(whole), actor="ada")
    cut = Edit.of("Code", Change(whole, None), Change(None, head), Change(None, tail))
    store.save_edit("main", cut, actor="ada")
    assert list(store.load_pass("main")) == [head, tail]
    store.save_edit("main", cut.reversed(), actor="ada")
    assert list(store.load_pass("main")) == [whole]


def test_the_journal_says_who_did_what_when_and_where(store: StudyStore) -> None:
    edit = added(look(1, 2))
    store.save_edit("main", edit, actor="ada")
    store.save_edit("main", edit.reversed(), actor="ada")
    store.submit("main", actor="ada")
    store.reopen("main", "the last minute was missed", actor="ben")
    entries = store.journal("main")
    assert [(entry.n, entry.kind, entry.actor) for entry in entries] == [
        (1, "do", "ada"),
        (2, "undo", "ada"),
        (3, "submit", "ada"),
        (4, "reopen", "ben"),
    ]
    assert entries[3].label == "the last minute was missed"
    assert entries[1].target == edit.id
    assert all(after.prev == before.hash for before, after in itertools.pairwise(entries))
    assert all(entry.at.endswith("+00:00") for entry in entries)
    assert [edit.kind for edit in store.edits("main")] == [EditKind.DO, EditKind.UNDO]


def test_edits_come_back_as_they_were_saved_so_that_undo_survives_a_restart(closed: Path) -> None:
    edit = added(look(1, 2))
    with StudyStore.open(closed) as store:
        store.save_edit("main", edit, actor="ada")
    with StudyStore.open(closed) as store:
        assert store.edits("main") == (edit,)
        undo = store.edits("main")[0].reversed()
        store.save_edit("main", undo, actor="ada")
        assert len(store.load_pass("main")) == 0
        store.save_edit("main", undo.reversed(), actor="ada")
        assert tuple(store.load_pass("main")) == (edit.changes[0].after,)
        assert store.check() == ()


def test_many_events_are_one_edit_that_can_be_undone(store: StudyStore) -> None:
    events = [look(second / 100, second / 100 + 0.005) for second in range(500)]
    edit = Edit.adding("Import", events)
    store.save_edit("main", edit, actor="ada")
    assert tuple(store.load_pass("main")) == tuple(events)
    assert store.edits("main") == (edit,)
    store.save_edit("main", edit.reversed(), actor="ada")
    assert store.event_count("main") == 0
    assert store.check() == ()


there, gone = look(1, 2), look(3, 4)

REFUSED: dict[str, tuple[Edit, str]] = {
    "change of an event that was never there": (recoded(gone, "object"), "changed in the meantime"),
    "removal of an event that was never there": (removed(gone), "changed in the meantime"),
    "change of an event that is other by now": (recoded(look(1, 2), "object"), "changed in the meantime"),
    "stale note": (
        Edit.of("Move", Change(look(1, 2, note="old"), None)),
        "changed in the meantime",
    ),
    "second event of that id": (added(there), "changed in the meantime"),
    "good change beside a bad one": (
        Edit.of("Both", Change(there, None), Change(None, look(5)), Change(gone, None)),
        "changed in the meantime",
    ),
    "one event twice": (added(gone, gone), "changes one event twice"),
    "undo of nothing": (
        Edit(str(uuid4()), "Undo", (Change(there, None),), EditKind.UNDO, "no such edit"),
        "no edit to undo",
    ),
    "redo without target": (Edit(str(uuid4()), "Redo", (Change(there, None),), EditKind.REDO), "no edit to redo"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_edit_that_does_not_fit_is_refused_whole(store: StudyStore, name: str) -> None:
    store.save_edit("main", added(there), actor="ada")
    before = everything(store)
    edit, sentence = REFUSED[name]
    with pytest.raises(StoreError, match=sentence):
        store.save_edit("main", edit, actor="ada")
    assert everything(store) == before
    assert store.check() == ()


def test_an_undo_must_be_of_the_same_pass(store: StudyStore) -> None:
    edit = added(look(1))
    store.save_edit("main", edit, actor="ada")
    store.save_edit("second", Edit.adding("Import", [look(2)]), actor="ben")
    with pytest.raises(StoreError, match="no edit to undo"):
        store.save_edit("second", edit.reversed(), actor="ben")


def test_the_same_edit_cannot_be_saved_twice(store: StudyStore) -> None:
    edit = Edit.of("Nothing")
    store.save_edit("main", edit, actor="ada")
    with pytest.raises(StoreError, match="does not fit"):
        store.save_edit("main", edit, actor="ada")
    assert len(store.journal("main")) == 1


def test_a_submitted_pass_is_locked_until_it_is_reopened_for_a_reason(store: StudyStore) -> None:
    store.submit("main", actor="ada")
    assert store.header("main").status is PassStatus.SUBMITTED
    locked: tuple[Callable[[], object], ...] = (
        lambda: store.save_edit("main", added(look(1)), actor="ada"),
        lambda: store.save_edit("main", Edit.adding("Import", [look(1)]), actor="ada"),
        lambda: store.submit("main", actor="ada"),
    )
    for attempt in locked:
        with pytest.raises(StoreError, match="submitted and locked"):
            attempt()
    with pytest.raises(StoreError, match="for a reason"):
        store.reopen("main", "  ", actor="ben")
    store.reopen("main", "missed the end", actor="ben")
    with pytest.raises(StoreError, match="not submitted"):
        store.reopen("main", "again", actor="ben")
    store.save_edit("main", added(look(1)), actor="ada")
    assert store.check() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edit SET label = 'nothing happened'",
        "DELETE FROM edit",
        "INSERT OR REPLACE INTO edit SELECT * FROM edit",
        "UPDATE scheme SET text = ''",
        "DELETE FROM scheme",
    ],
)
def test_journal_and_schemes_are_append_only(store: StudyStore, statement: str) -> None:
    store.save_edit("main", added(look(1)), actor="ada")
    before = everything(store)
    with pytest.raises(StoreError, match="append-only"), store._database.writing() as connection:
        connection.exec_driver_sql(statement)
    store.close()
    with raw(store.folder) as connection:
        connection.execute("PRAGMA recursive_triggers=ON")
        with pytest.raises(Exception, match="append-only"):
            connection.execute(statement)
    with StudyStore.open(store.folder) as again:
        assert everything(again) == before


def test_certainty_and_reaction_time_are_kept_changed_and_taken_back(store: StudyStore) -> None:
    seen = replace(look(1, 2), certainty=Certainty.LIKELY, reaction_us=180_000)
    sure = replace(seen, certainty=Certainty.CERTAIN)
    doubt = Edit.of("Certain", Change(seen, sure))
    for edit in (added(seen), doubt, doubt.reversed()):
        store.save_edit("main", edit, actor="ada")
    assert store.load_pass("main").row("gaze") == (seen,)
    assert [edit.changes[0].after for edit in store.edits("main")] == [seen, sure, seen]
    with pytest.raises(StoreError, match="no longer fits"):
        store.save_edit("main", doubt.reversed(), actor="ada")
    assert store.check() == ()


def test_answers_and_moments_are_kept_changed_and_taken_back(store: StudyStore) -> None:
    cue, act = look(1), look(2)
    answered = replace(cue, answer=act.id, moments=(Span(0, 5), Span(7, 9)))
    judge = Edit.of("Judge", Change(cue, answered))
    for edit in (added(cue, act), judge):
        store.save_edit("main", edit, actor="ada")
    assert store.load_pass("main").row("gaze") == (answered, act)
    store.save_edit("main", judge.reversed(), actor="ada")
    assert store.load_pass("main").row("gaze") == (cue, act)
    assert store.check() == ()


def test_what_was_watched_stands_in_the_journal_and_no_undo_touches_it(store: StudyStore) -> None:
    edit = added(look(1, 2))
    store.save_edit("main", edit, actor="ada")
    store.add_viewing("main", Span(0, 4_000_000), actor="ada")
    store.add_viewing("main", Span(4_000_000, 10_000_000), actor="ada")
    store.save_edit("main", edit.reversed(), actor="ada")
    spans = [viewing.span for viewing in store.viewings("main")]
    assert spans == [Span(0, 4_000_000), Span(4_000_000, 10_000_000)]
    assert store.viewings("second") == ()
    assert [one.kind for one in store.edits("main")] == [EditKind.DO, EditKind.UNDO]
    store.submit("main", actor="ada")
    with pytest.raises(StoreError, match="locked"):
        store.add_viewing("main", Span(0, 1), actor="ada")
    assert len(store.viewings("main")) == 2
    assert store.check() == ()


def test_a_pass_says_from_which_passes_it_was_made(store: StudyStore) -> None:
    made = replace(MAIN, id="third", purpose=Purpose.CONSENSUS, made_from=("main", "second"))
    store.add_coded_pass(made, "Consensus", [look(1, 2)], submitted=False)
    assert store.header("third") == made
    assert store.header("main").made_from == ()
    assert store.check() == ()


def test_what_is_usual_is_not_written_so_that_journals_read_as_they_did(store: StudyStore) -> None:
    store.save_edit("main", added(look(1, 2)), actor="ada")
    store.save_edit("main", added(replace(look(3, 4), reaction_us=1)), actor="ada")
    with store._database.reading() as connection:
        plain, corrected = (row["changes"] for row in passes.entry_rows(connection, "main"))
        usual = connection.exec_driver_sql("SELECT certainty, reaction_us FROM event ORDER BY start_us").fetchall()
    assert list(json.loads(plain)[0]["after"]) == ["id", "tier", "code", "start_us", "end_us", "modifiers", "note"]
    assert json.loads(corrected)[0]["after"]["reaction_us"] == 1
    assert [tuple(row) for row in usual] == [(None, None), (None, 1)]


def test_a_coders_reaction_time_is_set_and_cleared(store: StudyStore) -> None:
    store.set_reaction("ben", 250_000)
    assert [coder.reaction_us for coder in store.coders()] == [0, 250_000]
    store.set_reaction("ben", 0)
    assert store.coders() == (ADA, BEN)
    assert store.check() == ()
    with pytest.raises(StoreError, match="no coder “zoe”"):
        store.set_reaction("zoe", 250_000)
