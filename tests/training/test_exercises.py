"""Exercises from masters, and what an answer is worth at the edges of tolerance and zone."""

from dataclasses import replace

import pytest

from coder.model.coding import NOTHING
from coder.model.time import SECOND_US, Span
from coder.model.training import Ask, Edge, Exercise, Master, Zone
from coder.training.exercises import Grade, exercises, judged
from tests.reliability.drawn import SCHEME
from tests.training.drawn import a_master
from tests.training.sampled import SCHEMES, a_scheme, clips, master


def asked(made):
    return [f"{one.ask} {one.tier} {one.at_us // SECOND_US}" for one in made]


def test_codes_and_onsets_by_turns_in_the_order_of_time():
    drawn = a_master(look="ppppttttaaaapppp", cues=".v.......g......")
    assert asked(exercises(drawn, SCHEME)) == [
        "code cues 1",
        "onset look 4",
        "code look 8",
        "onset cues 9",
        "code look 12",
    ]


def test_every_code_once_before_any_a_second_time():
    drawn = a_master(look="pptpptpptpptaaaa", cues="................")
    assert asked(exercises(drawn, SCHEME, most=3)) == ["code look 2", "onset look 3", "code look 12"]


def test_what_is_not_asked():
    # what holds at the beginning, what cannot be coded, a default, and what may be left unmarked
    drawn = a_master(look="ppppuuuupppp", near="rrrrffffrrrr")
    assert asked(exercises(drawn, SCHEME)) == ["code near 4", "onset look 8"]
    assert asked(exercises(drawn, SCHEME, ["look"])) == ["code look 8"]
    optional = replace(drawn, events=tuple(replace(one, either=(NOTHING,)) for one in drawn.events))
    assert exercises(optional, SCHEME) == ()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_samples_have_exercises_and_the_masters_own_answers_are_right(scheme):
    for clip in clips(scheme):
        right = master(clip, scheme)
        made = Master(1, a_scheme(scheme).id, right.window, tuple(right))
        found = exercises(made, a_scheme(scheme))
        assert found
        assert len({(one.tier, one.at_us) for one in found}) == len(found)
        for one in found:
            event = next(e for e in right.row(one.tier) if e.onset_us == one.at_us)
            answer = event.code if one.ask is Ask.CODE else event.onset_us
            assert judged(one, answer, made, a_scheme(scheme)).grade is Grade.RIGHT


def test_of_a_rated_segment_there_is_one_question():
    right = master("shared-play", "ratings")
    made = Master(1, a_scheme("ratings").id, right.window, tuple(right))
    assert [one.ask for one in exercises(made, a_scheme("ratings"))] == [Ask.CODE]


@pytest.mark.parametrize(("answer", "grade"), [("t", Grade.RIGHT), ("a", Grade.RIGHT), ("p", Grade.WRONG)])
def test_a_code(answer, grade):
    drawn = a_master(look="pppptttt")
    events = tuple(replace(one, either=("a",)) if one.code == "t" else one for one in drawn.events)
    found = judged(Exercise(Ask.CODE, "look", 4 * SECOND_US), answer, replace(drawn, events=events), SCHEME)
    assert (found.grade, found.codes) == (grade, ("t", "a"))


@pytest.mark.parametrize(
    ("at_ms", "grade", "off_ms"),
    [
        (4000, Grade.RIGHT, 0),
        (4300, Grade.RIGHT, 300),
        (4301, Grade.NEAR, 301),
        (5000, Grade.NEAR, 1000),
        (5001, Grade.WRONG, 1001),
        (3700, Grade.RIGHT, -300),
        (3699, Grade.NEAR, -301),
        (2999, Grade.WRONG, -1001),
    ],
)
def test_an_onset(at_ms, grade, off_ms):
    found = judged(Exercise(Ask.ONSET, "look", 4 * SECOND_US), at_ms * 1000, a_master(look="pppptttt"), SCHEME)
    assert (found.grade, found.off_us) == (grade, off_ms * 1000)
    assert found.right == Span(3_700_000, 4_300_000)


@pytest.mark.parametrize(
    ("at_ms", "grade", "off_ms"),
    [(3000, Grade.RIGHT, 0), (5000, Grade.RIGHT, 0), (5001, Grade.NEAR, 1), (6001, Grade.WRONG, 1001)],
)
def test_an_onset_with_a_zone(at_ms, grade, off_ms):
    drawn = a_master(look="pppptttt", zones="...^^^..")
    for edge in Edge:  # a zone of either edge of the boundary holds for both
        kept = replace(drawn, zones=tuple(zone for zone in drawn.zones if zone.edge is edge))
        assert kept.zones
        found = judged(Exercise(Ask.ONSET, "look", 4 * SECOND_US), at_ms * 1000, kept, SCHEME)
        assert (found.grade, found.off_us) == (grade, off_ms * 1000)


def test_a_zone_of_another_event_says_nothing():
    drawn = a_master(look="pppptttt", cues="v...v...")
    (other,) = (one for one in drawn.events if one.tier == "cues" and one.onset_us)
    zoned = replace(drawn, zones=(Zone(other.id, Edge.ONSET, Span(0, 8 * SECOND_US)),))
    assert judged(Exercise(Ask.ONSET, "look", 4 * SECOND_US), 0, zoned, SCHEME).grade is Grade.WRONG


def test_wrong_questions_and_answers():
    drawn = a_master(look="pppptttt")
    with pytest.raises(KeyError):
        judged(Exercise(Ask.CODE, "look", 5), "t", drawn, SCHEME)
    with pytest.raises(TypeError):
        judged(Exercise(Ask.CODE, "look", 4 * SECOND_US), 4, drawn, SCHEME)
    with pytest.raises(TypeError):
        judged(Exercise(Ask.ONSET, "look", 4 * SECOND_US), "t", drawn, SCHEME)
