"""A damaged row of training is told in a sentence, and leaves everything that can do without it as it was.

Ann and Bea have passed the first test, Cay has begun the course, and a record of Dora was brought in.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coder.desktop.course_rows import course_rows
from coder.model.problem import StoreError
from coder.model.study import Coder, Role
from coder.model.training import Standing, TakenCourse
from coder.store import StudyStore
from coder.workflows.studies import overview
from coder.workflows.training.certifying import decision
from coder.workflows.training.cohort import cohort
from coder.workflows.training.courses import taken_courses
from coder.workflows.training.learning import learning
from coder.workflows.training.progress import StepState, progress
from coder.workflows.training.records import bring_record, record_of, write_record
from coder.workflows.training.results import master_to_watch, result, results
from coder.workflows.training.words import damaged_words
from tests.store.raw import without_triggers
from tests.workflows.training.small_course import go, learnt, training, watch

Route = Callable[[StudyStore, TakenCourse], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed study, undamaged."""
    folder = tmp_path_factory.mktemp("whole")
    store, taken, (ann, bea, cay) = training(folder, "Ann", "Bea", "Cay")
    elsewhere, same, (dora,) = training(folder / "elsewhere", "Dora")
    with elsewhere:
        watch(elsewhere, same, dora)
        write_record(elsewhere, dora.id, folder / "dora.record.json")
    with store:
        for coder in (ann, bea):
            learnt(store, taken, coder)
            go(store, taken, coder, "a")
            go(store, taken, coder, "b")
        watch(store, taken, cay)
        bring_record(store, folder / "dora.record.json")
    return folder / "study"


def who(store: StudyStore, name: str) -> str:
    """Their id."""
    return next(coder.id for coder in store.coders() if coder.name == name)


ROUTES: dict[str, Route] = {
    "opening the study": lambda store, _: overview(store),
    "Ann's courses": lambda store, _: course_rows(store, who(store, "Ann"), ()),
    "Ann's course": lambda store, taken: progress(store, taken, who(store, "Ann")),
    "Bea's courses": lambda store, _: course_rows(store, who(store, "Bea"), ()),
    "Bea's course": lambda store, taken: progress(store, taken, who(store, "Bea")),
    "Ann's results": lambda store, taken: results(store, taken, who(store, "Ann")),
    "Bea's results": lambda store, taken: results(store, taken, who(store, "Bea")),
    "Ann's decision": lambda store, taken: decision(store, taken, who(store, "Ann"), 1),
    "Bea's decision": lambda store, taken: decision(store, taken, who(store, "Bea"), 1),
    "Bea's learning": lambda store, taken: learning(store, taken, who(store, "Bea")),
    "Bea's record": lambda store, _: record_of(store, who(store, "Bea")),
    "watching": lambda store, taken: master_to_watch(store, taken, "watch"),
    "all trainees": lambda store, _: cohort(store),
}
RESULTS = {"Ann's results", "Bea's results", "Bea's learning", "Bea's record"}
ANN = "coder_id = (SELECT id FROM coder WHERE name = 'Ann')"
DAMAGE: dict[str, tuple[str, set[str]]] = {
    "the master of a test": (
        "UPDATE master SET sealed = substr(sealed, 1, 200) WHERE step = 'a'",
        RESULTS | {"Ann's decision", "Bea's decision"},
    ),
    "the master of practice": ("UPDATE master SET sealed = 'x' WHERE step = 'try'", RESULTS),
    "the master to watch": ("UPDATE master SET sealed = '' WHERE step = 'watch'", {"watching"}),
    "a certificate": (
        f"UPDATE certificate SET text = substr(text, 2) WHERE {ANN}",
        {"Ann's course"},
    ),
    "the day of a certificate": (
        f'UPDATE certificate SET text = replace(text, \'"issued_at":"2\', \'"issued_at":"x\') WHERE {ANN}',
        {"Ann's course"},
    ),
    "an attempt": (
        f"UPDATE attempt SET master_id = 'gone' WHERE step = 'a' AND {ANN}",
        {"Ann's results", "Ann's decision"},
    ),
    "a record": ("UPDATE training_record SET text = '{}'", set()),
    "the days of a record": (
        'UPDATE training_record SET text = replace(text, \'"written_at":"2\', \'"written_at":"x\')',
        set(),
    ),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_told_in_a_sentence_where_it_matters_and_nowhere_else(
    whole: Path, tmp_path: Path, what: str
) -> None:
    statement, expected = DAMAGE[what]
    study = shutil.copytree(whole, tmp_path / "study")
    with without_triggers(study) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement)
    told: dict[str, tuple[str, ...]] = {}
    with StudyStore.open(study) as store:
        assert store.check()
        (taken,) = taken_courses(store)
        for name, route in ROUTES.items():
            try:
                route(store, taken)
            except StoreError as error:
                told[name] = tuple(map(str, error.problems))
    assert told.keys() == expected
    for (words,) in told.values():
        assert "damaged" in words or "has no master" in words


COSTS: dict[str, set[str]] = {
    "the master of a test": {"Ann", "Bea"},
    "the master of practice": {"Ann", "Bea"},
    "the master to watch": set(),
    "a certificate": {"Ann"},
    "the day of a certificate": {"Ann"},
    "an attempt": {"Ann"},
    "a record": {"Dora"},
    "the days of a record": {"Dora"},
    "the codes of an attempt": {"Ann"},
    "a record of somebody who learns here": {"Bea"},
}
MORE_DAMAGE = {
    "the codes of an attempt": (
        "UPDATE event SET modifiers = 'x' "
        f"WHERE pass_id IN (SELECT pass_id FROM attempt WHERE step = 'a' AND {ANN})"
    ),
    "a record of somebody who learns here": (
        "UPDATE training_record SET text = '{}', coder_id = (SELECT id FROM coder WHERE name = 'Bea')"
    ),
}


@pytest.mark.parametrize("what", COSTS)
def test_damage_costs_only_the_trainees_whom_it_concerns(whole: Path, tmp_path: Path, what: str) -> None:
    statement = MORE_DAMAGE[what] if what in MORE_DAMAGE else DAMAGE[what][0]
    study = shutil.copytree(whole, tmp_path / "study")
    with StudyStore.open(study) as store:
        before = {one.coder.name: one for one in cohort(store).members}
    with without_triggers(study) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement)
    with StudyStore.open(study) as store:
        assert store.check()
        found = cohort(store)
    idle = {"Dora"} if "learns here" in what else set()  # whose record is Bea's now
    assert {one.coder.name for one in found.damaged} == COSTS[what]
    assert {one.name for one in found.idle} == idle
    shown = {one.coder.name: one for one in found.members}
    assert shown.keys() == before.keys() - COSTS[what] - idle
    for name, member in shown.items():
        assert (member.where, member.scores, member.needs_somebody) == (
            before[name].where,
            before[name].scores,
            before[name].needs_somebody,
        )
    for one in found.damaged:
        assert one.title == ("" if COSTS[what] == {"Dora"} else "Hear the calls")
        (problem,) = one.problems
        assert "damaged" in str(problem) or "has no master" in str(problem)
        assert one.coder.name in damaged_words(one)


def test_a_course_that_cannot_be_read_is_listed_with_the_reason(whole: Path, tmp_path: Path) -> None:
    study = shutil.copytree(whole, tmp_path / "study")
    with without_triggers(study) as connection:
        connection.execute(f"UPDATE certificate SET text = '' WHERE {ANN}")
    with StudyStore.open(study) as store:
        (row,) = course_rows(store, who(store, "Ann"), ())
        assert (row.title, row.taken) == ("Hear the calls", None)
        assert "The study file is damaged" in str(row.problems[0])
        (row,) = course_rows(store, who(store, "Bea"), ())
        assert row.problems == ()


def test_a_test_that_cannot_be_decided_was_not_failed(whole: Path, tmp_path: Path) -> None:
    study = shutil.copytree(whole, tmp_path / "study")
    with StudyStore.open(study) as store:
        (taken,) = taken_courses(store)
        cay = Coder(who(store, "Cay"), "Cay", Role.TRAINEE)
        go(store, taken, cay, "try")
        go(store, taken, cay, "a")
    with without_triggers(study) as connection:
        connection.execute("UPDATE master SET sealed = 'x' WHERE step = 'a'")
    with StudyStore.open(study) as store:
        attempt = go(store, taken, cay, "b")  # submitted, though no certificate can be issued
        found = progress(store, taken, cay.id)
        assert (found.where.standing, found.certificate) == (Standing.IN_TRAINING, None)
        assert [(one.state, one.passed) for one in found.tests] == [
            (StepState.DONE, None),
            (StepState.LOCKED, None),
        ]
        assert result(store, attempt.id).score.step_id == "b"


def course_of_ann(store: StudyStore) -> object:
    (taken,) = taken_courses(store)
    return progress(store, taken, who(store, "Ann"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE course SET chain = 'gone'",
        "UPDATE master SET step = 'gone' WHERE step = 'a'",
        "UPDATE edit SET at = 'soon' WHERE kind = 'submit'",
    ],
)
def test_what_contradicts_itself_is_damage_too(whole: Path, tmp_path: Path, statement: str) -> None:
    study = shutil.copytree(whole, tmp_path / "study")
    with without_triggers(study) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement)
    with StudyStore.open(study) as store:
        with pytest.raises(StoreError, match="The study file is damaged") as told:
            course_of_ann(store)
        assert len(told.value.problems) == 1
