"""Where the film stops in a guided step, and what is asked: arithmetic, and the courses that are shipped."""

from dataclasses import replace
from pathlib import Path

import pytest

from coder.desktop.guided_stops import Question, Stop, judge, questions, stops
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import RATING, Code, Scale, Scheme, SchemeId, Stream, Tier, TierKind
from coder.model.study import Purpose, Session
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from coder.model.training import (
    Ask,
    Clip,
    Course,
    CourseId,
    Exercise,
    Master,
    Rule,
    Step,
    StepKind,
    TakenCourse,
)
from coder.settings.shipped import shipped
from coder.training.exercises import Grade
from coder.workflows.studies import new_study
from coder.workflows.training.courses import take_course
from coder.workflows.training.results import Watched, master_to_watch

LOOK = Tier(
    "look",
    "Looks",
    Stream.CHILD,
    TierKind.STATE,
    (Code("face", "Face", "1", "Eyes on the face."), Code("toy", "Toy", "2", "Eyes on the toy.")),
    exclusive=True,
)
CALL = Tier("call", "Calls", Stream.CHILD, TierKind.POINT, (Code("cry", "Cry", "3", "Cries."),))
HUM = Tier("hum", "Hums", Stream.PARENT, TierKind.INTERVAL, (Code("hums", "Hums", "4", "Hums."),), every_us=4 * S)
MOOD = Tier(
    "mood",
    "Mood",
    Stream.DYAD,
    TierKind.RATING,
    (Code("warm", "Warmth", "", "How warm."), Code("glad", "Gladness", "", "How glad.")),
    scale=Scale(1, 5, na="Not seen"),
)
SCHEME = Scheme(SchemeId("small", "1", "0" * 64), "Small", "", "", "en", "", (LOOK, CALL, HUM, MOOD))
COURSES = sorted((shipped("sample_media") / "courses").glob("*.toml"))
WINDOW = Span(0, 20 * S)


def event(tier: str, code: str, start_s: float, end_s: float, rating: str = "") -> Event:
    """An event whose id says what and when it is."""
    modifiers = ((RATING, rating),) if rating else ()
    return Event(f"{code}@{start_s:g}", tier, code, Span(round(start_s * S), round(end_s * S)), modifiers)


EVENTS = (
    event("look", "toy", 0, 4),
    event("look", "face", 4, 4.5),
    event("look", "toy", 4.5, 6),
    event("look", "face", 6, 20),
    event("call", "cry", 4, 4),
    event("call", "cry", 6, 6),
    event("hum", "hums", 0, 4),
    event("mood", "warm", 0, 20, "4"),
    event("mood", "glad", 0, 20, "na"),
)


def watched(*exercises: Exercise, tiers: tuple[str, ...] = ()) -> Watched:
    """A guided step over EVENTS."""
    step = Step("s", StepKind.GUIDED, Clip("c", "c.mp4"), "c.csv", "C", tiers=tiers, exercises=exercises)
    course = Course(CourseId("c", "1", "0" * 64), "C", "", SCHEME.id, (step,), Rule(()))
    header = PassHeader("p", "s", SCHEME.id, "", Purpose.TRAINING, WINDOW)
    master = Master(1, SCHEME.id, WINDOW, EVENTS)
    taken = TakenCourse("t", course, {"s": "s"}, course.rule)
    return Watched(
        taken, step, CodingPass.of(header, EVENTS), master, SCHEME, Session("s", "S", WINDOW, ()), (), exercises
    )


def stop(event_id: str) -> Stop:
    """Where the film stops for an event."""
    return next(one for one in stops(watched()) if one.event.id == event_id)


def asked(ask: Ask, tier: str, at_s: float) -> Question:
    """The one question of an exercise."""
    step = watched(Exercise(ask, tier, round(at_s * S)))
    (question,) = questions(step, stops(step))
    return question


def test_the_film_comes_to_states_where_they_begin_and_to_intervals_and_ratings_once_they_were_seen() -> None:
    found = [one.event.id for one in stops(watched())]
    assert found == ["toy@0", "hums@0", "face@4", "cry@4", "toy@4.5", "face@6", "cry@6", "warm@0", "glad@0"]
    assert [stop(name).at_us for name in ("hums@0", "warm@0")] == [4 * S - 1, 20 * S - 1]


def test_only_tiers_in_play_are_shown() -> None:
    assert {one.tier.id for one in stops(watched(tiers=("call", "mood")))} == {"call", "mood"}


@pytest.mark.parametrize(
    ("event_id", "start_s", "end_s"),
    [
        ("toy@0", 0, 3),  # a long state: its beginning, and not before the clip
        ("face@4", 3, 5),  # a short one: with what surrounds it
        ("face@6", 5, 9),
        ("cry@4", 3, 5),
        ("hums@0", 0, 4),  # what is judged as a whole is seen as a whole
        ("warm@0", 0, 20),
    ],
)
def test_what_is_played_again(event_id: str, start_s: int, end_s: int) -> None:
    assert stop(event_id).around == Span(start_s * S, end_s * S)


def test_where_an_onset_is_looked_for_its_code_begins_only_once() -> None:
    question = asked(Ask.ONSET, "look", 6)
    assert question.loop == Span(round(4.5 * S), 9 * S)  # not from second 3: the face begins at 4, too
    assert question.begin_us == question.loop.start_us
    assert asked(Ask.ONSET, "look", 4).loop == Span(2 * S, 6 * S)
    assert asked(Ask.ONSET, "look", 4.5).loop == Span(4 * S, 6 * S)
    assert asked(Ask.ONSET, "call", 6).loop == Span(5 * S, 9 * S)


def test_where_in_the_stretch_the_onset_lies_cannot_be_guessed() -> None:
    def place(at_us: int) -> int:
        """How far into the stretch an onset lies, in percent, for a state that is there once."""
        once = Event("x", "look", "face", Span(at_us, 19 * S))
        step = watched(Exercise(Ask.ONSET, "look", at_us))
        step = replace(step, coding=CodingPass.of(step.coding.header, [once]))
        (question,) = questions(step, stops(step))
        return (at_us - question.begin_us) * 100 // question.loop.duration_us

    places = {place(frame * 40_000) for frame in range(130, 230, 7)}
    assert len(places) > 5
    assert min(places) >= 40
    assert max(places) <= 80


def test_a_code_is_asked_for_on_its_first_frame() -> None:
    assert asked(Ask.CODE, "look", 4.5).begin_us == round(4.5 * S)
    assert not asked(Ask.CODE, "look", 4.5).holds_at_start
    assert asked(Ask.CODE, "look", 0).holds_at_start


def test_of_a_rated_segment_every_item_is_asked_for() -> None:
    exercise = Exercise(Ask.CODE, "mood", 0)
    step = watched(exercise, exercise)
    found = questions(step, stops(step))
    assert [one.stop.code.id for one in found] == ["warm", "glad"]
    assert all(one.rates for one in found)


@pytest.mark.parametrize(
    ("item", "answer", "grade"),
    [
        (0, "4", Grade.RIGHT),
        (0, "3", Grade.NEAR),
        (0, "5", Grade.NEAR),
        (0, "2", Grade.WRONG),
        (0, "na", Grade.WRONG),
        (1, "na", Grade.RIGHT),
        (1, "1", Grade.WRONG),
    ],
)
def test_a_rating_is_right_near_or_wrong(item: int, answer: str, grade: Grade) -> None:
    step = watched(Exercise(Ask.CODE, "mood", 0))
    assert judge(questions(step, stops(step))[item], answer, step).grade is grade


@pytest.mark.parametrize("path", COURSES, ids=[path.stem for path in COURSES])
def test_in_the_courses_that_are_shipped_every_code_has_a_reason_and_the_masters_answers_are_right(
    tmp_path: Path, path: Path
) -> None:
    with new_study(tmp_path / "study", "Training") as store:
        taken = take_course(store, path)
        steps = [one for one in taken.course.steps if one.kind is StepKind.GUIDED]
        assert steps
        for step in steps:
            shown = master_to_watch(store, taken, step.id)
            found = stops(shown)
            assert [one.event.id for one in found if not one.event.note] == []
            assert questions(shown, found)
            for question in questions(shown, found):
                one = question.stop.event
                code = one.modifier(RATING) if question.rates else one.code
                answer = one.onset_us if question.exercise.ask is Ask.ONSET else str(code)
                assert judge(question, answer, shown).grade is Grade.RIGHT
                assert question.loop.duration_us > 0
