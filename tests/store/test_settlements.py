"""Settlements, assignments and groups in the study file: kept for good, refused where they make no sense."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from coder.model.disagreement import DisagreementKind, Verdict
from coder.model.problem import StoreError
from coder.model.study import Purpose
from coder.model.time import Span
from coder.store import StudyStore
from tests.store.raw import raw, without_triggers
from tests.store.small_study import ABOUT, MAIN, SETTLED, TASK, VISIT

RATED = replace(
    ABOUT,
    kind=DisagreementKind.RATING,
    code_b="warmth",
    detail="r",
    value_a="2",
    value_b="5",
    apart=3,
    weight_us=0,
)
LATER = replace(SETTLED, id="later", about=RATED, verdict=None, note="")


def test_settlements_come_back_field_by_field_oldest_first(closed: Path) -> None:
    with StudyStore.open(closed) as store:
        store.add_settlement(SETTLED)
        store.add_settlement(LATER)
    with StudyStore.open(closed, readonly=True) as store:
        assert store.settlements() == (SETTLED, LATER)
        assert store.settlements("visit") == store.settlements(passes=("main", "second")) == (SETTLED, LATER)
        assert store.settlements("elsewhere") == store.settlements(passes=("second", "main")) == ()


def test_nobody_takes_a_settlement_away(closed: Path) -> None:
    with StudyStore.open(closed) as store:
        store.add_settlement(SETTLED)
    with raw(closed) as connection:
        for statement in ("DELETE FROM settlement", "UPDATE settlement SET note = ''"):
            with pytest.raises(dbapi2.IntegrityError, match="settlement is append-only"):
                connection.execute(statement)


@pytest.mark.parametrize("column", ["verdict", "note", "weight_us", "code_b", "at"])
def test_check_sees_a_settlement_that_was_changed(closed: Path, column: str) -> None:
    with StudyStore.open(closed) as store:
        store.add_settlement(SETTLED)
    with without_triggers(closed) as connection:
        connection.execute(f"UPDATE settlement SET {column} = 5")
    with StudyStore.open(closed, readonly=True) as store:
        assert "a row of “settlement” is not as it was written" in str(store.check()[0])


REFUSED: dict[str, tuple[Callable[[StudyStore], object], str]] = {
    "twice": (lambda store: store.add_settlement(SETTLED), "already has the settlement"),
    "of nobody": (lambda store: store.add_settlement(replace(LATER, actor="zoe")), "no coder “zoe”"),
    "of no pass": (lambda store: store.add_settlement(replace(LATER, pass_b="x")), "no pass “x”"),
    "of one pass": (
        lambda store: store.add_settlement(replace(LATER, pass_b="main")),
        "two passes of one session",
    ),
    "of two sessions": (
        lambda store: store.add_settlement(replace(LATER, pass_b="far")),
        "two passes of one session",
    ),
    "group of no session": (lambda store: store.set_group("x", "north"), "no session “x”"),
    "no such assignment": (lambda store: store.remove_assignment("x", "why"), "no assignment “x”"),
    "one of two assignments twice": (
        lambda store: store.add_assignments((replace(TASK, id="new"), TASK)),
        "already has the assignment",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused_and_changes_nothing(store: StudyStore, case: str) -> None:
    store.add_session(replace(VISIT, id="other", name="Other", media=()))
    store.new_pass(replace(MAIN, id="far", session_id="other"))
    store.add_settlement(SETTLED)
    attempt, words = REFUSED[case]
    with pytest.raises(StoreError, match=words):
        attempt(store)
    assert store.settlements() == (SETTLED,)
    assert store.assignments() == (TASK,)
    assert store.check() == ()


def test_a_draw_is_kept_with_its_words_and_a_withdrawn_assignment_stays_to_be_read(store: StudyStore) -> None:
    drawn = [
        replace(TASK, id=name, coder_id="ben", purpose=Purpose.RELIABILITY, origin="drawn, seed 417")
        for name in ("one", "two")
    ]
    store.add_assignments(drawn)
    assert store.assignments() == (TASK, *drawn)
    store.remove_assignment("one", "withdrawn: film lost")
    assert store.assignments() == (TASK, drawn[1])
    assert store.assignments(withdrawn=True) == (replace(drawn[0], withdrawn="withdrawn: film lost"),)
    with pytest.raises(StoreError, match="no assignment “one”"):
        store.remove_assignment("one", "once more")
    assert store.check() == ()


def test_a_group_can_be_set_changed_and_taken_away(store: StudyStore) -> None:
    store.add_session(replace(VISIT, id="grouped", name="Grouped", media=(), group="south"))
    assert store.session("grouped").group == "south"
    store.set_group("visit", "north")
    assert store.session("visit") == replace(VISIT, group="north")
    store.set_group("visit", "")
    assert store.session("visit") == VISIT
    assert store.check() == ()


def test_a_verdict_of_each_kind_comes_back(store: StudyStore) -> None:
    for verdict in Verdict:
        about = replace(ABOUT, span=Span(0, len(verdict)))
        store.add_settlement(replace(SETTLED, id=str(verdict), about=about, verdict=verdict))
    assert [one.verdict for one in store.settlements()] == list(Verdict)
