"""Training in the study file: what is written comes back to the bit, for good; what is senseless is refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from coder.model.coding import PassStatus
from coder.model.problem import StoreError
from coder.model.training import Certificate, Course, Rule
from coder.store import StudyStore
from coder.store.frozen import of_text, plain, text_of
from coder.store.schema_training import TRAINING
from tests.store.raw import raw, without_triggers
from tests.store.small_study import everything
from tests.store.trained import (
    CERTIFICATE,
    CHANGED,
    COURSE,
    DONE,
    MASTERS,
    RECORD,
    RULE,
    TAKEN,
    TRIED,
    TRIED_PASS,
    WATCHED,
    trained,
)

TABLES = [table.name for table in TRAINING]


def test_all_comes_back_field_by_field(closed: Path) -> None:
    with StudyStore.open(closed) as store:
        trained(store)
    with StudyStore.open(closed, readonly=True) as store:
        assert store.training.courses() == (TAKEN,)
        assert store.training.masters() == store.training.masters("course") == MASTERS
        assert store.training.sealed("m-try") == "sealed m-try"
        assert store.training.attempts("course", "ada") == store.training.attempts() == (WATCHED, TRIED)
        assert store.training.finished() == {"watched": DONE}
        assert store.training.rule_changes("course") == (CHANGED,)
        assert store.training.certificates("course", "ada") == (CERTIFICATE,)
        assert store.training.records("ada") == (RECORD,)
        for found in (
            store.training.masters("x"),
            store.training.attempts("x"),
            store.training.attempts(coder_id="ben"),
            store.training.certificates(coder_id="ben"),
            store.training.records("ben"),
        ):
            assert found == ()
        assert store.check() == ()


def test_an_attempt_begins_with_its_pass_and_what_was_kept(store: StudyStore) -> None:
    trained(store)
    coding = store.load_pass("tried-pass")
    assert coding.header.status is PassStatus.OPEN
    assert [event.code for event in coding] == ["parent"]
    assert store.journal("tried-pass")[0].actor == "ada"


def test_the_days_of_coding_are_counted_for_a_scheme_in_any_version(store: StudyStore) -> None:
    assert store.training.days_coded("ada", "play") == ()
    trained(store)
    (day,) = store.training.days_coded("ada", "play")
    assert store.journal("tried-pass")[0].at.startswith(day)
    assert store.training.days_coded("ada", "other") == store.training.days_coded("ben", "play") == ()


def test_a_test_has_one_certificate_however_often_it_is_issued(store: StudyStore) -> None:
    trained(store)
    again = store.training.issue("course", replace(CERTIFICATE, id="another"))
    assert again == CERTIFICATE
    other = store.training.issue("course", replace(CERTIFICATE, id="later", test_set=3))
    assert store.training.certificates() == (CERTIFICATE, other)


def test_a_newer_version_is_a_row_of_its_own(store: StudyStore) -> None:
    trained(store)
    newer = replace(TAKEN, id="newer", course=replace(COURSE, id=replace(COURSE.id, version="1.1")))
    master = replace(MASTERS[1], id="m-try-2", version=2)
    store.training.take(newer, [(master, "sealed anew")])
    assert store.training.courses() == (TAKEN, newer)
    assert store.training.masters() == (*MASTERS, master)
    assert store.training.sealed("m-try") == "sealed m-try"


@pytest.mark.parametrize("table", TABLES)
def test_nobody_takes_it_away(closed: Path, table: str) -> None:
    with StudyStore.open(closed) as store:
        trained(store)
    with raw(closed) as connection:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = ''"):
            with pytest.raises(dbapi2.IntegrityError, match=f"{table} is append-only"):
                connection.execute(statement)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("course", "text"),
        ("master", "sealed"),
        ("attempt", "first_view"),
        ("attempt_done", "answered"),
        ("rule_change", "why"),
        ("certificate", "text"),
        ("training_record", "text"),
    ],
)
def test_check_sees_what_was_changed(closed: Path, table: str, column: str) -> None:
    with StudyStore.open(closed) as store:
        trained(store)
    with without_triggers(closed) as connection:
        connection.execute(f"UPDATE {table} SET {column} = 5")
    with StudyStore.open(closed, readonly=True) as store:
        assert f"a row of “{table}” is not as it was written" in str(store.check()[0])


NEXT = replace(TRIED, id="next", number=2, pass_id="next-pass")
NEXT_PASS = replace(TRIED_PASS, id="next-pass")
REFUSED: dict[str, tuple[Callable[[StudyStore], object], str]] = {
    "the same version twice": (
        lambda store: store.training.take(replace(TAKEN, id="x"), []),
        "does not fit what the study holds",
    ),
    "a course of an unknown scheme": (
        lambda store: store.training.take(
            replace(TAKEN, id="x", course=replace(COURSE, scheme=replace(COURSE.scheme, version="9"))), []
        ),
        "does not have the scheme",
    ),
    "a master of no session": (
        lambda store: store.training.take(
            replace(TAKEN, id="x", course=replace(COURSE, id=replace(COURSE.id, version="2"))),
            [(replace(MASTERS[0], id="x", session_id="x"), "")],
        ),
        "no session “x”",
    ),
    "an attempt twice": (lambda store: store.training.begin(TRIED, None), "already has the attempt"),
    "an attempt of the same number": (
        lambda store: store.training.begin(replace(NEXT, number=1), NEXT_PASS),
        "does not fit what the study holds",
    ),
    "a pass of two attempts": (
        lambda store: store.training.begin(replace(NEXT, pass_id="tried-pass"), None),
        "does not fit what the study holds",
    ),
    "an attempt of nobody": (
        lambda store: store.training.begin(replace(NEXT, coder_id="zoe"), NEXT_PASS),
        "no coder “zoe”",
    ),
    "an attempt beside no master": (
        lambda store: store.training.begin(replace(NEXT, master_id="x"), NEXT_PASS),
        "no master “x”",
    ),
    "finishing twice": (lambda store: store.training.finish(DONE), "already has the attempt"),
    "finishing nothing": (
        lambda store: store.training.finish(replace(DONE, attempt_id="x")),
        "no attempt “x”",
    ),
    "a rule changed by nobody": (
        lambda store: store.training.change_rule(replace(CHANGED, id="x", actor="zoe")),
        "no coder “zoe”",
    ),
    "a rule of no course": (
        lambda store: store.training.change_rule(replace(CHANGED, id="x", course_id="x")),
        "no course “x”",
    ),
    "a certificate of no course": (lambda store: store.training.issue("x", CERTIFICATE), "no course “x”"),
    "a record twice": (lambda store: store.training.keep_record(replace(RECORD, id="x")), "record already"),
    "no such master": (lambda store: store.training.sealed("x"), "no master “x”"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused_and_changes_nothing(store: StudyStore, case: str) -> None:
    trained(store)
    held = everything(store)
    attempt, words = REFUSED[case]
    with pytest.raises(StoreError, match=words):
        attempt(store)
    assert everything(store) == held
    assert store.check() == ()


@pytest.mark.parametrize("value", [COURSE, RULE, CERTIFICATE])
def test_a_frozen_value_comes_back_from_its_text_and_has_one_text(value: object) -> None:
    text = text_of(value)
    assert of_text(type(value), text) == value
    assert text_of(of_text(type(value), text)) == text


def test_what_is_as_its_default_says_is_left_out() -> None:
    assert plain(Rule(())) == {"requirements": []}
    assert "language" not in plain(COURSE)


@pytest.mark.parametrize(
    ("kind", "text"),
    [(Rule, '{"clips": "three", "requirements": []}'), (Course, "{}"), (Certificate, "["), (Rule, '{"x": 1}')],
)
def test_a_damaged_text_is_no_value(kind: type, text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        of_text(kind, text)


def test_a_row_that_makes_no_sense_is_damage_in_a_sentence(closed: Path) -> None:
    with StudyStore.open(closed) as store:
        trained(store)
    with without_triggers(closed) as connection:
        connection.execute("UPDATE certificate SET text = '{}'")
    with (
        StudyStore.open(closed, readonly=True) as store,
        pytest.raises(StoreError, match="The study file is damaged"),
    ):
        store.training.certificates()
