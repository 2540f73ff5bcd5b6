"""Marks of identity and rulings in the study file: kept for good, refused where they make no sense."""

from collections.abc import Callable
from dataclasses import replace
from math import inf, nan
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from coder.model.evidence import Answer, Concern
from coder.model.persons import Anchor, Role
from coder.model.problem import StoreError
from coder.model.time import Span
from coder.store import StudyStore
from tests.store.raw import raw, without_triggers
from tests.store.small_study import ASKED, FILM, MARK, RULED, VISIT

LATER = replace(MARK, id="later", span=Span(0, 9), anchors=(Anchor(3, 0.0, 1.0, Role.OTHER),), actor="ben")
NOON = "2026-11-23T12:00:00+00:00"


def test_marks_come_back_to_the_bit_oldest_first_film_by_film(closed: Path) -> None:
    other = replace(LATER, id="other", media_id="side")
    with StudyStore.open(closed) as store:
        store.add_media("visit", replace(FILM, id="side", path="media/side.mp4"))
        for mark in (LATER, MARK, other):
            store.add_identity_mark(mark)
    with StudyStore.open(closed, readonly=True) as store:
        assert store.identity_marks("film") == (LATER, MARK)
        assert store.identity_marks("side") == (other,)
        assert store.identity_marks() == (LATER, MARK, other)


def test_a_mark_that_is_withdrawn_stays_to_be_read(store: StudyStore) -> None:
    store.add_identity_mark(MARK)
    store.add_identity_mark(LATER)
    store.withdraw_identity_mark("mark", actor="ben", at=NOON)
    assert store.identity_marks("film") == (LATER,)
    assert store.identity_marks("film", withdrawn=True) == (replace(MARK, withdrawn=NOON),)
    with pytest.raises(StoreError, match="no mark “mark” that holds"):
        store.withdraw_identity_mark("mark", actor="ben", at=NOON)
    assert store.check() == ()


def test_rulings_come_back_field_by_field_oldest_first(closed: Path) -> None:
    asked = replace(
        ASKED, pass_id="second", concern=Concern.UNCODED, value=0.1 + 0.2, coverage=1, score=3, event_id=""
    )
    taken_back = replace(RULED, id="back", about=asked, answer=None, note="")
    with StudyStore.open(closed) as store:
        store.add_ruling(RULED)
        store.add_ruling(taken_back)
    with StudyStore.open(closed, readonly=True) as store:
        assert store.rulings() == store.rulings("visit") == (RULED, taken_back)
        assert store.rulings(pass_id="second") == (taken_back,)
        assert store.rulings("elsewhere") == store.rulings(pass_id="x") == ()
        assert store.check() == ()


def test_an_answer_and_a_concern_of_each_kind_come_back(store: StudyStore) -> None:
    for answer in (*Answer, None):
        store.add_ruling(replace(RULED, id=f"answer {answer}", answer=answer))
    for concern in Concern:
        store.add_ruling(replace(RULED, id=f"concern {concern}", about=replace(ASKED, concern=concern)))
    found = store.rulings()
    assert [ruling.answer for ruling in found][: len(Answer) + 1] == [*Answer, None]
    assert [ruling.about.concern for ruling in found][len(Answer) + 1 :] == list(Concern)


@pytest.mark.parametrize("table", ["identity_mark", "ruling"])
def test_nobody_takes_them_away(closed: Path, table: str) -> None:
    _with_both(closed)
    with raw(closed) as connection:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET at = ''"):
            with pytest.raises(dbapi2.IntegrityError, match=f"{table} is append-only"):
                connection.execute(statement)


@pytest.mark.parametrize(
    ("table", "column"),
    [("identity_mark", "anchors"), ("identity_mark", "end_us"), ("ruling", "answer"), ("ruling", "coverage")],
)
def test_check_sees_what_was_changed(closed: Path, table: str, column: str) -> None:
    _with_both(closed)
    with without_triggers(closed) as connection:
        connection.execute(f"UPDATE {table} SET {column} = 5")
    with StudyStore.open(closed, readonly=True) as store:
        assert f"a row of “{table}” is not as it was written" in str(store.check()[0])


REFUSED: dict[str, tuple[Callable[[StudyStore], object], str]] = {
    "mark twice": (lambda store: store.add_identity_mark(MARK), "already has the mark"),
    "mark of no film": (
        lambda store: store.add_identity_mark(replace(LATER, media_id="x")),
        "no film “x”",
    ),
    "mark of nobody": (lambda store: store.add_identity_mark(replace(LATER, actor="zoe")), "no coder “zoe”"),
    "mark without a word": (lambda store: store.add_identity_mark(replace(LATER, anchors=())), "says nothing"),
    "withdrawing none": (
        lambda store: store.withdraw_identity_mark("x", actor="ada", at=NOON),
        "no mark “x” that holds",
    ),
    "withdrawing by nobody": (
        lambda store: store.withdraw_identity_mark("mark", actor="zoe", at=NOON),
        "no coder “zoe”",
    ),
    "ruling twice": (lambda store: store.add_ruling(RULED), "already has the ruling"),
    "ruling of nobody": (
        lambda store: store.add_ruling(replace(RULED, id="new", actor="zoe")),
        "no coder “zoe”",
    ),
    "ruling on no pass": (
        lambda store: store.add_ruling(replace(RULED, id="new", about=replace(ASKED, pass_id="x"))),
        "no pass “x”",
    ),
    "no number": (
        lambda store: store.add_ruling(replace(RULED, id="new", about=replace(ASKED, value=nan))),
        "no number",
    ),
    "no finite number": (
        lambda store: store.add_ruling(replace(RULED, id="new", about=replace(ASKED, score=inf))),
        "no number",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused_and_changes_nothing(store: StudyStore, case: str) -> None:
    store.add_identity_mark(MARK)
    store.add_ruling(RULED)
    attempt, words = REFUSED[case]
    with pytest.raises(StoreError, match=words):
        attempt(store)
    assert store.identity_marks() == (MARK,)
    assert store.rulings() == (RULED,)
    assert store.session("visit") == VISIT
    assert store.check() == ()


def _with_both(folder: Path) -> None:
    with StudyStore.open(folder) as store:
        store.add_identity_mark(MARK)
        store.add_ruling(RULED)
