"""Learning, records and cohorts, over the small course: what was coded is what is told."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from coder.model.problem import CodingError, FormatError, StoreError
from coder.model.scheme import SchemeId
from coder.model.statistic import BIAS, F1, SENSITIVITY
from coder.model.study import Coder, Purpose, Role
from coder.model.training import Certificate, CourseId, Decision, Rule, Standing, TakenCourse
from coder.store import StudyStore
from coder.workflows.exchange import import_events
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from coder.workflows.training.cohort import cohort
from coder.workflows.training.learning import learning
from coder.workflows.training.records import (
    CourseRecord,
    Record,
    bring_record,
    read_record,
    record_bytes,
    record_of,
    records,
    write_record,
)
from tests.workflows.supervised import SAMPLES
from tests.workflows.training.small_course import go, learnt, training, watch

Study = tuple[StudyStore, TakenCourse, tuple[Coder, ...]]
LATE = tuple(at + 40 for at in (200, 500, 800))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Ann passes, Ben is late, misses, and stays so; Cay has begun a test; Dan has begun nothing."""
    store, taken, coders = training(tmp_path_factory.mktemp("course"), "Ann", "Ben", "Cay", "Dan")
    ann, ben, cay, _ = coders
    with store:
        for who in (ann, cay):
            learnt(store, taken, who)
            go(store, taken, who, "a")
        go(store, taken, ann, "b")
        watch(store, taken, ben)
        for at_ms in ((240,), (240, 540), (240,), (240,)):
            go(store, taken, ben, "try", at_ms)
        yield store, taken, coders


def values(study: Study, who: int, statistic: str, code: str | None) -> list[float | None]:
    store, taken, coders = study
    found = learning(store, taken, coders[who].id)
    (curve,) = [one for one in found.curves if (one.statistic, one.tier, one.code) == (statistic, "calls", code)]
    return [point.estimate.value for point in curve.points]


def test_the_curve_of_who_learns_nothing(course: Study) -> None:
    # "try" lasts two seconds with three calls in each, of which Ben marks one or two in all
    assert values(course, 1, SENSITIVITY, "call") == [1 / 6, 2 / 6, 1 / 6, 1 / 6]
    assert values(course, 1, F1, "call") == [2 / 7, 4 / 8, 2 / 7, 2 / 7]
    assert values(course, 1, BIAS, None) == pytest.approx([0.04] * 4)


def test_a_test_that_is_not_done_has_no_point(course: Study) -> None:
    store, taken, (ann, _, cay, dan) = course
    assert [one.step_id for one in learning(store, taken, cay.id).scores] == ["try"]
    assert [one.step_id for one in learning(store, taken, ann.id).scores] == ["try", "a", "b"]
    nobody = learning(store, taken, dan.id)
    assert (nobody.scores, nobody.curves, nobody.confusions, nobody.habits) == ((), (), (), ())


def test_confusions_are_counts_of_events_over_all_attempts(course: Study) -> None:
    store, taken, coders = course
    found = learning(store, taken, coders[1].id)
    (table,) = [one.confusion for one in found.confusions if one.tier == "calls"]
    assert table is not None
    # five calls found of 24, none marked that was not there
    assert table.categories == ("call", "—")
    assert table.table == ((5, 19), (0, 0))


def test_habits_over_all_attempts_say_where(course: Study) -> None:
    store, taken, coders = course
    found = learning(store, taken, coders[1].id).habits
    assert "missed" in [one.habit.value for one in found]
    assert all(0 <= place.clip < 4 for one in found for place in one.places)


# Records


def test_a_record_goes_out_and_comes_in_the_same(course: Study, tmp_path: Path) -> None:
    store, _, (ann, *_) = course
    path = tmp_path / "ann.record.json"
    written = write_record(store, ann.id, path)
    assert read_record(path) == written
    with new_study(tmp_path / "main", "Home visits") as other:
        kept = bring_record(other, path)
        assert other.coder(kept.coder_id).name == "Ann"
        assert other.coder(kept.coder_id).role is Role.TRAINEE
        assert [one.record for one in records(other)] == [written]
        with pytest.raises(StoreError, match="has this training record already"):
            bring_record(other, path)


def test_what_a_record_tells(course: Study) -> None:
    store, taken, (ann, _, cay, dan) = course
    (told,) = record_of(store, ann.id).courses
    assert told.course == taken.course.id
    assert [(one.right, one.asked) for one in told.watched] == [(1, 1)]
    assert [one.step_id for one in told.scores] == ["try", "a", "b"]
    assert [(one.test_set, one.decision.passed) for one in told.tests] == [(1, True)]
    assert [one.id for one in told.certificates] == [
        one.id for one in store.training.certificates(taken.id, ann.id)
    ]
    (of_cay,) = record_of(store, cay.id).courses
    assert [one.step_id for one in of_cay.scores] == ["try"], "nothing of a test that is not done"
    assert of_cay.tests == ()
    with pytest.raises(CodingError, match="has done nothing"):
        record_of(store, dan.id)


def test_a_record_holds_no_codes_and_nothing_of_masters(course: Study, tmp_path: Path) -> None:
    store, taken, (ann, *_) = course
    path = tmp_path / "ann.record.json"
    write_record(store, ann.id, path)
    text = path.read_text(encoding="utf-8")
    assert "The parent says the name" not in text, "the reasons of the master"
    times = [str(event.onset_us) for header in store.passes() for event in store.load_pass(header.id)]
    assert times
    assert not any(f": {time}," in text for time in times if int(time) > 0)
    assert all(
        tally.at == ()
        for course in read_record(path).courses
        for one in course.scores
        for agreement in one.agreements
        for tally in agreement.tallies
    )
    assert taken.course.title in text


@pytest.mark.parametrize(
    ("said", "change", "message"),
    [
        ("a better value", lambda text: text.replace('"passed": false', '"passed": true', 1), "was changed"),
        ("another name", lambda text: text.replace('"coder": "Ben"', '"coder": "Eve"', 1), "was changed"),
        ("half a file", lambda text: text[: len(text) // 2], "no training record"),
        ("something else", lambda _: '{"what": "a poem"}', "no training record"),
        ("no JSON", lambda _: "Ben passed", "no training record"),
        ("a list", lambda _: "[1]", "no training record"),
        ("from tomorrow", lambda text: text.replace('"version": 1', '"version": 2', 1), "newer version"),
    ],
)
def test_a_record_that_was_changed_is_refused(
    course: Study, tmp_path: Path, said: str, change: object, message: str
) -> None:
    store, _, (_, ben, *_) = course
    path = tmp_path / "ben.record.json"
    write_record(store, ben.id, path)
    text = path.read_text(encoding="utf-8")
    assert callable(change)
    changed = change(text) if said != "a better value" else text.replace('"value": 0.5', '"value": 0.9', 1)
    assert changed != text, said
    path.write_text(changed, encoding="utf-8")
    with (
        new_study(tmp_path / "main", "Home visits") as other,
        pytest.raises(FormatError, match=message) as refused,
    ):
        bring_record(other, path)
    assert len(refused.value.problems) == 1, said
    with new_study(tmp_path / "after", "After") as other:
        assert records(other) == ()


def _course_of(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = record["courses"][0]
    return found


HOSTILE: dict[str, Callable[[dict[str, Any]], object]] = {
    "no day of issue": lambda one: _course_of(one)["certificates"][0].update(issued_at="yesterday"),
    "no such day": lambda one: _course_of(one)["certificates"][0].update(expires_at="2026-99-99"),
    "no day of coding": lambda one: _course_of(one).update(days_coded=["x"]),
    "a moment of no zone": lambda one: _course_of(one)["tests"][0].update(at="2026-01-01T00:00:00"),
    "no moment of a score": lambda one: _course_of(one)["scores"][0].update(done_at="soon"),
    "no moment of watching": lambda one: _course_of(one)["watched"][0].update(at=""),
    "never written": lambda one: one.update(written_at=""),
    "a certificate of somebody else": lambda one: _course_of(one)["certificates"][0].update(coder_id="eve"),
    "no name": lambda one: one.update(coder=""),
    "a name of several lines": lambda one: one.update(coder="Ann\nEve"),
    "a name without end": lambda one: one.update(coder="A" * 100_000),
    "half a letter": lambda one: one.update(coder="A\ud800"),
    "not a number": lambda one: _course_of(one)["rule"].update(min_sensitivity=float("nan")),
    "too large a number": lambda one: _course_of(one)["rule"].update(min_sensitivity=10**400),
    "a list for a record": lambda one: _course_of(one).update(course=[]),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_record_that_was_made_by_hand_is_refused_though_its_checksum_fits(
    course: Study, tmp_path: Path, what: str
) -> None:
    store, _, (ann, *_) = course
    path = tmp_path / "ann.record.json"
    write_record(store, ann.id, path)
    body = json.loads(path.read_text(encoding="utf-8"))
    HOSTILE[what](body["record"])
    text = json.dumps(body["record"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    body["sha256"] = sha256(text.encode(errors="surrogatepass")).hexdigest()
    path.write_text(json.dumps(body), encoding="utf-8")
    _refused_without_a_trace(tmp_path, path)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000])
def test_a_file_without_bottom_is_no_record(tmp_path: Path, text: str) -> None:
    path = tmp_path / "deep.record.json"
    path.write_text(text, encoding="utf-8")
    _refused_without_a_trace(tmp_path, path)


def _refused_without_a_trace(folder: Path, record: Path) -> None:
    with new_study(folder / "main", "Home visits") as other:
        with pytest.raises(FormatError, match="This is no training record") as refused:
            bring_record(other, record)
        assert len(refused.value.problems) == 1
        assert (other.coders(), records(other)) == ((), ())


def test_the_layout_of_the_file_does_not_matter(course: Study, tmp_path: Path) -> None:
    store, _, (ann, *_) = course
    path = tmp_path / "ann.record.json"
    written = write_record(store, ann.id, path)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    assert read_record(path) == written


def test_a_record_of_this_very_study_is_refused(course: Study, tmp_path: Path) -> None:
    store, _, (ann, *_) = course
    path = tmp_path / "ann.record.json"
    write_record(store, ann.id, path)
    with pytest.raises(CodingError, match="this very study"):
        bring_record(store, path)


def test_the_newest_record_of_a_study_holds(course: Study, tmp_path: Path) -> None:
    store, _, (ann, *_) = course
    old, new = tmp_path / "old.record.json", tmp_path / "new.record.json"
    write_record(store, ann.id, old)
    newer = write_record(store, ann.id, new)
    with new_study(tmp_path / "main", "Home visits") as other:
        bring_record(other, new)
        bring_record(other, old)
        assert [one.record for one in records(other)] == [newer]


# Cohorts


def told_of(store: StudyStore, later_days: int = 0) -> dict[str, tuple[Standing, list[str], bool]]:
    """By coder: standing, codes that they are stuck on, and whether somebody should look."""
    on = datetime.now(UTC).date() + timedelta(later_days)
    return {
        one.coder.name: (
            one.where.standing,
            [f"{stuck.curve.statistic} {stuck.curve.code}" for stuck in one.stuck if stuck.curve.code],
            one.needs_somebody,
        )
        for one in cohort(store, on).members
    }


def test_who_is_stuck_and_who_is_certified(course: Study) -> None:
    store, _, (_, _, _, dan) = course
    assert told_of(store) == {
        "Ann": (Standing.CERTIFIED, [], False),
        "Ben": (Standing.IN_TRAINING, ["F1 call", "sensitivity call"], True),
        "Cay": (Standing.IN_TRAINING, [], False),
    }
    assert cohort(store).idle == (dan,)


def test_who_is_due(course: Study) -> None:
    store, _, _ = course
    assert told_of(store, 90)["Ann"][0] is Standing.DUE_SOON
    assert told_of(store, 91)["Ann"][0] is Standing.ABSENT
    assert told_of(store, 200)["Ann"][0] is Standing.EXPIRED
    assert told_of(store, 200)["Ann"][2] is True


def test_what_was_missed_in_a_test_is_told_here_and_elsewhere(tmp_path: Path) -> None:
    store, taken, (eve,) = training(tmp_path, "Eve")
    with store, new_study(tmp_path / "main", "Home visits") as other:
        learnt(store, taken, eve)
        go(store, taken, eve, "a")
        assert [one.failed for one in cohort(store).members] == [None]
        go(store, taken, eve, "b", (200,))
        write_record(store, eve.id, tmp_path / "eve.record.json")
        bring_record(other, tmp_path / "eve.record.json")
        for place in (store, other):
            (found,) = cohort(place).members
            assert found.where.standing is Standing.FAILED
            assert found.failed is not None
            assert {one.clip for one in found.failed.unmet} == {"clip b"}


def test_a_record_stands_for_what_was_done_elsewhere(course: Study, tmp_path: Path) -> None:
    store, taken, (ann, ben, *_) = course
    with new_study(tmp_path / "main", "Home visits") as other:
        for who in (ann, ben):
            path = tmp_path / f"{who.name}.record.json"
            write_record(store, who.id, path)
            bring_record(other, path)
        here, there = told_of(store), told_of(other)
        assert {name: there[name] for name in ("Ann", "Ben")} == {name: here[name] for name in ("Ann", "Ben")}
        assert told_of(other, 91)["Ann"][0] is Standing.ABSENT
        (of_ann, _) = cohort(other).members
        assert (of_ann.studies, of_ann.progress, of_ann.scheme) == (("Training",), None, None)
        assert of_ann.title == taken.course.title


def certified(coder: str, scheme: SchemeId, on: date) -> bytes:
    """The record of somebody who passed a course elsewhere."""
    course = CourseId("gaze-near-first", "1.0", "0" * 64)
    rule = Rule(())
    certificate = Certificate(
        "c1",
        "elsewhere",
        coder,
        course,
        "Who looks where",
        scheme,
        1,
        Decision(True, rule, (), ()),
        (),
        on.isoformat(),
        (on + timedelta(365)).isoformat(),
    )
    told = CourseRecord(course, "Who looks where", scheme, rule, certificates=(certificate,))
    return record_bytes(Record("elsewhere", coder, "other", "Training", f"{on}T12:00:00+00:00", (told,)))


def test_who_drifts_after_the_certificate(tmp_path: Path) -> None:
    yesterday = datetime.now(UTC).date() - timedelta(1)
    clip, scheme = "first-practice", "gaze-near"
    with new_study(tmp_path / "study", "Home visits") as store:
        for number in range(1, 6):
            add_session(store, SAMPLES / f"{clip}.mp4", f"visit {number}")
            for coder, file, purpose in (
                ("Robin", f"{clip}.{scheme}.master.csv", Purpose.MAIN),
                ("Kim", f"passes/{clip}.{scheme}.drifting-{number}.csv", Purpose.RELIABILITY),
            ):
                found = {"session": f"visit {number}", "coder": coder, "scheme": scheme, "purpose": purpose}
                import_events(store, SAMPLES / file, **found)
        version = store.passes()[0].scheme
        for coder in ("Kim", "Robin"):
            path = tmp_path / f"{coder}.record.json"
            path.write_bytes(certified(coder, version, yesterday))
            bring_record(store, path)
        members = {one.coder.name: one for one in cohort(store).members}
    kim, robin = members["Kim"], members["Robin"]
    assert kim.where.standing is Standing.CERTIFIED
    assert kim.needs_somebody
    late = {one.drift.tier: one for one in kim.alerts if one.drift.statistic == BIAS}
    assert late["cg"].other == "Robin"
    assert late["cg"].below, "by the last three sessions Kim is 320 ms late on average"
    assert (late["cg"].later, late["cg"].signed) == (5, 5)
    # whoever is wrong, the two differ: the same is told of the other, the other way round
    assert {one.drift.tier for one in robin.alerts if one.drift.statistic == BIAS} == set(late)
    assert next(one for one in robin.alerts if one.drift.tier == "cg" and one.drift.statistic == BIAS).later == 0
