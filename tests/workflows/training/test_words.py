"""Every habit, difference, criterion and standing has its sentence; what missed does not look reached."""

from dataclasses import replace
from datetime import date

import pytest

from coder.model.agreement import Estimate, Status
from coder.model.disagreement import DisagreementKind
from coder.model.statistic import ACCURACY, BIAS, F1, MEAN_DIFFERENCE, SENSITIVITY
from coder.model.training import Ask, Criterion, Decision, Exercise, Matter, Requirement, Rule, Standing, StepKind
from coder.training.differences import differences
from coder.training.exercises import judged
from coder.training.habits import Habit, Pattern, Place
from coder.training.patterns import patterns
from coder.workflows.training.progress import StepState
from coder.workflows.training.words import (
    criterion_words,
    decision_words,
    difference_words,
    judged_words,
    kind_word,
    pattern_words,
    praise,
    requirement_words,
    rule_words,
    standing_words,
    step_kind_word,
    step_state_word,
)
from tests.reliability.drawn import SCHEME, a_pass
from tests.training.drawn import a_master
from tests.training.sampled import a_scheme, beside, every_pass

AT = Place(0, a_pass("a", look="pppp").window)


@pytest.mark.parametrize("habit", Habit)
def test_every_habit_has_its_sentence(habit):
    one = Pattern(habit=habit, tier="look", count=6, of=8, chance=0.01, by=0.4, until=0.5, places=(AT,))
    if habit in (Habit.CONFUSED, Habit.OVERUSED, Habit.UNDERUSED, Habit.TURNED, Habit.BLINDER):
        one = replace(one, code="p", other="t")
    said = pattern_words(one, SCHEME)
    assert said.endswith((".", "?"))
    assert "{" not in said
    for other in Habit:
        if other is not habit:
            assert pattern_words(replace(one, habit=other, code="p", other="t"), SCHEME) != said


def test_habits_speak_of_behaviour():
    def said(clip, scheme, coder):
        of = a_scheme(scheme)
        return [pattern_words(one, of) for one in patterns([beside(clip, scheme, coder)], of)]

    (late,) = said("shared-play", "gaze-near", "hasty")
    assert late.startswith(
        "You mark late: 33 of the 35 marks that the master has, too, come late, typically by 0.40 s."
    )
    (mixed,) = said("shared-play", "gaze-near", "confused")
    assert mixed.startswith(
        "You mix up “Child looks at: Object both use” and “Child looks at: Other object”: 6 of 11."
    )


def test_a_detail_that_only_one_of_the_two_gives_is_not_mixed_up():
    of = a_scheme("cue-response")
    one = Pattern(
        habit=Habit.DETAIL, tier="cues", detail="tone", value="warm", other_value="", count=3, of=3, chance=0.01
    )
    assert pattern_words(one, of) == (
        "Child’s cues: You leave “Tone of the answer” open where the master has “Warm”: 3 of 3. "
        "Go through all the questions of each event before you leave it."
    )
    assert "You say “Warm” of “Tone of the answer” where the master leaves it open" in pattern_words(
        replace(one, value="", other_value="warm"), of
    )


def test_six_of_eight():
    one = Pattern(habit=Habit.SHORT_MISSED, tier="", count=6, of=8, chance=0.01)
    assert pattern_words(one, SCHEME).startswith("6 of your 8 misses are shorter than one second.")
    all_of_a_code = replace(one, of=6, tier="look", code="p")
    assert pattern_words(all_of_a_code, SCHEME).startswith(
        "Child looks: All 6 of your misses are “Code p”, shorter than one second."
    )


@pytest.mark.parametrize(
    ("tier", "master", "trainee", "expected"),
    [
        ("look", "ppppttttaaaa", "pppppttttaaa", "You begin “Code t” 1.00 s late."),
        ("look", "ppppttttaaaa", "pppttttaaaaa", "You begin “Code t” 1.00 s early."),
        ("look", "pppptppppaaa", "pppppppppaaa", "“Code t” is missing; it lasts 1.00 s. You have “Code p”."),
        ("look", "pppppppppaaa", "pppptppppaaa", "You have “Code t”; the master goes on with “Code p”."),
        ("look", "ppppttttpppp", "ppppaaaapppp", "The master has “Code t”, you have “Code a”."),
        ("look", "ppppttttpppp", "pppp....pppp", "“Code t” is missing; it lasts 4.00 s."),
        ("look", "pppp....pppp", "ppppttttpppp", "You have “Code t”, the master has nothing."),
        ("body", "kkkk....", "kkkkk...", "You end “Code k” 1.00 s late."),
        ("body", "kkkk....", "kkk.....", "You end “Code k” 1.00 s early."),
        ("cues", "v...", "....", "“Code v” is missing."),
        ("cues", "....v...", "...v....", "You begin “Code v” 1.00 s early."),
    ],
)
def test_differences_in_words(tier, master, trainee, expected):
    found = differences(a_pass("a", **{tier: master}), a_pass("b", **{tier: trainee}), SCHEME, [tier])
    assert difference_words(found[0], SCHEME) == expected


def test_every_difference_of_every_simulated_coder_can_be_said():
    kinds = set()
    for clip, scheme, coder in every_pass():
        for one in differences(*beside(clip, scheme, coder), a_scheme(scheme)):
            said = difference_words(one, a_scheme(scheme))
            assert said.endswith((".", "?"))
            assert "{" not in said
            assert kind_word(one.kind)
            kinds.add(one.kind)
    assert kinds >= set(DisagreementKind) - {DisagreementKind.EXTRA}


def test_a_rating_on_the_other_side_of_the_scale_asks_about_the_scale():
    found = differences(*beside("shared-play", "ratings", "confused"), a_scheme("ratings"))
    (turned,) = [one for one in found if one.about.code_a == "r_impose"]
    assert difference_words(turned, a_scheme("ratings")) == (
        "“Imposing control”: the master rates 2, you rate 6. Did you read the scale the wrong way round?"
    )


@pytest.mark.parametrize(
    ("events", "differing", "begins"),
    [
        (30, 0, "You and the master differ nowhere"),
        (9, 1, "No habit can be told from so little"),
        (30, 3, "Well coded"),
        (30, 4, "No habit stands out, but"),
    ],
)
def test_praise_is_for_who_deserves_it(events, differing, begins):
    assert praise(events, differing).startswith(begins)


@pytest.mark.parametrize(
    ("ask", "answer", "expected"),
    [
        (Ask.CODE, "p", "It is “Code t”."),
        (Ask.ONSET, 4_000_000, "“Code t” begins there."),
        (Ask.ONSET, 4_200_000, "0.20 s after the master: as near as marks should be."),
        (Ask.ONSET, 3_800_000, "0.20 s before the master: as near as marks should be."),
        (Ask.ONSET, 5_500_000, "“Code t” begins 1.50 s earlier."),
        (Ask.ONSET, 3_000_000, "“Code t” begins 1.00 s later."),
    ],
)
def test_answers(ask, answer, expected):
    found = judged(Exercise(ask, "look", 4_000_000), answer, a_master(look="pppptttt"), SCHEME)
    assert judged_words(found, SCHEME) == expected


def reached(requirement, value, **more):
    got = Estimate(value=value, n=20, **more)
    return Criterion(
        matter=Matter.METRIC,
        needed=requirement.target,
        got=got,
        met=value is not None and value >= requirement.target,
        clip="A",
        requirement=requirement,
    )


ASKED = Requirement(ACCURACY, "look", 0.85, unit_us=500_000)


def test_requirements():
    assert requirement_words(ASKED, SCHEME) == "Child looks: estimated accuracy (units of 0.5 s) at least 0.85"
    assert requirement_words(Requirement(BIAS, "cues", 0.3), SCHEME) == (
        "Child cues: timing bias at most 0.30 s either way"
    )
    assert requirement_words(Requirement(SENSITIVITY, "cues", 0.625, code="v"), SCHEME) == (
        "“Code v”: share of the master’s events found at least 62.5\u202f%"
    )
    assert requirement_words(Requirement(MEAN_DIFFERENCE, "look", 0.5), SCHEME).endswith("0.50 points either way")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.85, "0.85"), (0.8499, "0.8499"), (0.849, "0.849"), (0.84, "0.84"), (0.851, "0.851"), (0.9, "0.90")],
)
def test_what_missed_by_a_hair_does_not_look_reached(value, shown):
    said = criterion_words(reached(ASKED, value, low=0.7, high=0.951234), SCHEME)
    assert said.endswith(f" at least 0.85. Reached: {shown} (95 % limits 0.70 to 0.95).")


def test_criteria_that_are_not_judged_or_have_no_number():
    nothing = reached(ASKED, None, status=Status.NO_EVENTS)
    assert "gives no number" in criterion_words(nothing, SCHEME)
    assert "nothing here to judge it by" in criterion_words(replace(nothing, met=None), SCHEME)
    told = criterion_words(replace(reached(ASKED, 0.9), met=None), SCHEME)
    assert "Too little here to judge by: 0.90" in told
    events = Criterion(matter=Matter.EVENTS, needed=10, got=Estimate(value=9, n=9), met=False, code=("cues", "v"))
    assert criterion_words(events, SCHEME) == "“Code v”: the clips show it 9 times; it takes 10."
    found = replace(events, matter=Matter.SENSITIVITY, needed=0.5, got=Estimate(value=0.4996, n=9))
    assert criterion_words(found, SCHEME).endswith("Reached: 49.96\u202f%.")
    clips = Criterion(matter=Matter.CLIPS, needed=3, got=Estimate(value=2, n=2), met=False)
    assert criterion_words(clips, SCHEME).endswith("2; it takes 3.")


def test_the_rule_and_the_decision():
    rule = Rule((ASKED, Requirement(F1, "cues", 0.75)), (("cues", "v"),))
    said = rule_words(rule, SCHEME)
    assert said[0].startswith("All of this must be reached on each of 3 different clips")
    assert said[1] == "• Child looks: estimated accuracy (units of 0.5 s) at least 0.85"
    assert any("at least 10 times" in one and "50\u202f%" in one and "“Code v”" in one for one in said)
    assert "A certificate holds for 365 days." in said
    missed = Decision(False, rule, ("A", "B"), (reached(ASKED, 0.8), reached(ASKED, 0.9)))
    first, *rest = decision_words(missed, SCHEME)
    assert first == "You have not passed: 1 thing that the rule asks was not reached."
    assert rest == [f"A: {criterion_words(missed.criteria[0], SCHEME)}"]
    (passed,) = decision_words(replace(missed, passed=True), SCHEME)
    assert "A, B" in passed


def test_steps_and_standing():
    assert len({step_kind_word(kind) for kind in StepKind}) == 3
    assert len({step_state_word(state) for state in StepState}) == 4
    assert len({standing_words(standing) for standing in Standing}) == 6
    assert standing_words(Standing.CERTIFIED, date(2027, 1, 2)) == "Certified, until 2027-01-01"
    assert standing_words(Standing.FAILED, date(2027, 1, 2)) == "Test not passed"


def test_a_bias_that_is_nothing_has_no_sign():
    asked = Requirement(BIAS, "cues", 0.3)
    found = Criterion(
        matter=Matter.METRIC,
        needed=0.3,
        got=Estimate(value=-0.002, n=9, status=Status.OK),
        met=True,
        requirement=asked,
    )
    assert criterion_words(found, SCHEME).endswith("Reached: 0.00 s.")
