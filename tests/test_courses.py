"""The courses that come with the program: whole, honest about their tests, and fair to the simulated coders."""

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from coder.formats.course_file import CourseFile, course_files, read_course
from coder.formats.events_csv import read_events
from coder.formats.scheme_file import read_scheme
from coder.media import probe
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import Scheme
from coder.model.statistic import BIAS
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span
from coder.model.training import Attempt, Criterion, Decision, Matter, Score, Step, StepKind
from coder.reliability import compare
from coder.training.certification import decide
from coder.training.rules import rule_for
from coder.training.scoring import score
from coder.training.tolerance import beside
from studio.scenario import load, names

ROOT = Path(__file__).parent.parent
SAMPLES, SCHEMES = ROOT / "sample_media", ROOT / "schemes"
COURSES = {path.stem: path for path in course_files(SAMPLES / "courses")}
MASTERS = sorted(SAMPLES.glob("*.master.csv"))
EACH = pytest.mark.parametrize("name", sorted(COURSES))


@cache
def course(name: str) -> CourseFile:
    return read_course(COURSES[name], SCHEMES)


def window(file: CourseFile, step: Step) -> Span:
    """The stretch of the film that a step is about."""
    return step.clip.span or whole_of((file.path.parent / step.clip.film).resolve())


@cache
def whole_of(film: Path) -> Span:
    return Span(0, probe(film).duration_us)


def clip_of(step: Step) -> str:
    return Path(step.master).name.split(".")[0]


# --------------------------------------------------------------------------- the files


def test_every_scheme_has_a_course() -> None:
    assert set(COURSES) == {path.stem for path in SCHEMES.glob("*.toml")}


@EACH
def test_a_course_leads_from_watching_over_practice_to_a_test(name: str) -> None:
    kinds = [step.kind for step in course(name).course.steps]
    assert set(kinds) == set(StepKind)
    assert kinds == sorted(kinds, key=list(StepKind).index)
    assert course(name).course.scheme.name == name


@EACH
def test_no_moment_of_a_test_was_seen_before(name: str) -> None:
    steps = course(name).course.steps
    for place, step in enumerate(steps):
        for other in steps[:place]:
            apart = not window(course(name), step).overlaps(window(course(name), other))
            assert StepKind.TEST not in (step.kind, other.kind) or step.clip.film != other.clip.film or apart


@EACH
def test_short_clips_come_first(name: str) -> None:
    steps = [step for step in course(name).course.steps if step.kind is StepKind.PRACTICE]
    tests = [step for step in course(name).course.steps if step.kind is StepKind.TEST]
    lengths = [window(course(name), step).duration_us for step in (steps[0], tests[-1])]
    assert lengths[0] <= min(window(course(name), step).duration_us for step in steps) * 1.5
    assert lengths[0] <= lengths[1]


@EACH
def test_the_rule_asks_all_that_the_scheme_asks_and_the_clips_show(name: str) -> None:
    """No target is softer than the scheme's, and none is left out for which the test has anything to offer."""
    file = course(name)
    tests = [step for step in file.course.steps if step.kind is StepKind.TEST]
    shown = {(one.tier, one.code) for step in tests for one in file.masters[step.id].events}
    lines = {tier for tier, _ in shown if sum(line == tier for line, _ in shown) > 1}
    asked = [
        one
        for one in rule_for(file.scheme, tests[0].tiers).requirements
        if ((one.tier, one.code) in shown if one.code else one.tier in lines or one.statistic == "F1")
        and (one.tier in {tier for tier, _ in shown})
    ]
    timing = [one for one in file.course.rule.requirements if one.statistic == BIAS]
    of_scheme = [one for one in file.course.rule.requirements if one not in timing]
    assert sorted(map(repr, of_scheme)) == sorted(map(repr, asked))
    # a course's own: no scheme sets a target for timing, and who is steadily late is to learn it here
    assert {one.target for one in timing} <= {0.3}
    assert {one.tier for one in timing} <= lines
    assert file.course.rule.min_sensitivity == 0.5


@EACH
def test_fewer_events_than_usual_are_said_to_be_few(name: str) -> None:
    rule, summary = course(name).course.rule, course(name).course.summary
    if rule.codes and rule.min_events < 10:
        assert "ten" in summary
    if rule.clips < 3:
        assert "instead of three" in summary
    assert "says nothing about" in course(name).course.notice.replace("\n", " ")


@EACH
def test_every_guided_step_has_reasons_and_most_ask_something(name: str) -> None:
    file = course(name)
    guided = [step for step in file.course.steps if step.kind is StepKind.GUIDED]
    for step in guided:
        events = [one for one in file.masters[step.id].events if not step.tiers or one.tier in step.tiers]
        assert events
        assert all(one.note for one in events)
        assert step.text
        assert step.exercises or name == "ratings"  # a rating is asked for by no key and no onset


# --------------------------------------------------------------------------- the masters


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.name.removesuffix(".master.csv"))
def test_every_code_of_every_master_has_a_reason(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert not [row for row in rows if not row["note"].endswith((".", "”", "!", "?"))]
    assert not [row for row in rows if "None" in row["note"] or "  " in row["note"]]
    for row in rows:
        if row["either"] and row["either"] != "(nothing)":
            assert "as right" in row["note"]


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.name.removesuffix(".master.csv"))
def test_a_zone_holds_the_masters_own_onset_and_reaches_into_no_other_event(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["onset_zone"]]
    for row in rows:
        first, last = (float(part) for part in row["onset_zone"].split("-"))
        onset, offset = float(row["onset"]), float(row["offset"])
        assert first <= onset <= last
        assert last < offset or offset == onset
        assert 0 < last - first <= 1.0


def test_reasons_change_no_number_and_no_coder_has_the_masters() -> None:
    scheme, clip = read_scheme(SCHEMES / "cue-response.toml"), "cues-responses"
    master = read_events(SAMPLES / f"{clip}.cue-response.master.csv", scheme)
    theirs = read_events(SAMPLES / "passes" / f"{clip}.cue-response.hasty.csv", scheme)
    silent = [replace(one, note="") for one in master]
    assert {one.note for one in theirs} == {""}
    numbers = [
        [(one.statistic, one.tier, one.code, one.detail, one.estimate) for one in compare(a, b, scheme)]
        for a in (coding(scheme, master), coding(scheme, silent))
        for b in (coding(scheme, theirs),)
    ]
    assert numbers[0] == numbers[1]


def test_the_catalogue_knows_each_scheme_of_a_master() -> None:
    there = {tuple(path.name.split(".")[:2]) for path in MASTERS}
    scripted = {(name, scheme) for name in names() for scheme in (*load(name).schemes, "ratings")}
    assert there == scripted


# --------------------------------------------------------------------------- the simulated coders as trainees


def coding(scheme: Scheme, events: "list[Event] | tuple[Event, ...]", stretch: Span | None = None) -> CodingPass:
    """A pass of the events that lie in a stretch; states are cut to it."""
    whole = stretch or Span(0, 60 * SECOND_US)
    kept = [
        one if one.span.is_moment else replace(one, span=part)
        for one in events
        for part in [one.span.intersection(whole)]
        if part is not None or (one.span.is_moment and whole.contains(one.onset_us))
    ]
    ids = {one.id for one in kept}
    kept = [one if one.answer in ids else replace(one, answer="") for one in kept]
    return CodingPass.of(PassHeader("p", "film", scheme.id, "trainee", Purpose.TRAINING, whole), kept)


@cache
def decided(name: str, who: str) -> Decision:
    """What the rule of a course says of a simulated coder's test, taken once and in order."""
    file = course(name)
    scores: list[Score] = []
    for number, step in enumerate(step for step in file.course.steps if step.kind is StepKind.TEST):
        events = read_events(SAMPLES / "passes" / f"{clip_of(step)}.{name}.{who}.csv", file.scheme)
        theirs = coding(file.scheme, events, window(file, step))
        right = beside(file.masters[step.id].over(theirs.window), theirs, file.scheme)
        at = f"2026-01-01T10:{number:02}:00Z"
        attempt = Attempt(f"a{number}", "c", step.id, "t", step.id, "p", "m", 1, True, at)
        scores.append(score(step, attempt, at, right, theirs, file.scheme, limits=False))
    return decide(file.course.rule, scores)


def unmet(name: str, who: str) -> list[Criterion]:
    return list(decided(name, who).unmet)


@EACH
def test_the_careful_coder_passes(name: str) -> None:
    assert decided(name, "careful").passed, unmet(name, "careful")


@EACH
def test_there_are_events_enough_for_the_rule(name: str) -> None:
    events = [one for one in decided(name, "careful").criteria if one.matter in (Matter.EVENTS, Matter.CLIPS)]
    assert events
    assert all(one.met for one in events)


def test_who_confuses_two_codes_of_a_line_fails_by_that_line_alone() -> None:
    found = unmet("gaze-near", "confused")
    assert found
    assert {one.requirement.tier if one.requirement else one.code[0] if one.code else "" for one in found} == {
        "cg"
    }


def test_who_confuses_outcomes_fails_by_them() -> None:
    details = [one.requirement.detail for one in unmet("cue-response", "confused") if one.requirement]
    assert "outcome" in details


@pytest.mark.parametrize("who", ["hasty", "confused"])
def test_who_rates_toward_the_middle_or_turns_a_scale_round_fails(who: str) -> None:
    assert not decided("ratings", who).passed


def test_who_misses_a_fifth_of_the_cues_fails_by_what_was_missed() -> None:
    found = unmet("cue-response", "hasty")
    assert [one for one in found if one.matter is Matter.SENSITIVITY]
