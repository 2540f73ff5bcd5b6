"""Habits of the simulated coders: what was planted is named, and nothing else; sound coders hear of none."""

from dataclasses import replace
from statistics import median

import pytest

from coder.model.time import SECOND_US
from coder.training.habits import Habit
from coder.training.patterns import Beside, patterns
from coder.training.trends import trends
from studio.coders import simulated
from studio.habits import CAREFUL, CONFUSABLE, REVERSED_ITEM, SESSIONS
from studio.slips import CONFUSED, DULLED, MISSED, SHIFTED
from tests.training.sampled import CODERS, SCHEMES, a_scheme, beside, clips, every_pass, frames, master, planted

TIMED = tuple(scheme for scheme in SCHEMES if scheme != "ratings")
MAY_SHOW = {
    "careful": set(),
    "hasty": {Habit.LATE, Habit.SHORT_MISSED, Habit.MISSED, Habit.DETAIL, Habit.MIDDLE},
    "confused": {Habit.CONFUSED, Habit.DETAIL, Habit.TURNED},
    "drifting": {Habit.LATE, Habit.MISSED, Habit.UNDERUSED, Habit.DETAIL, Habit.HIGHER},
}


def all_together(scheme, coder):
    """The habits that all clips of a scheme show together."""
    return patterns([beside(clip, scheme, coder) for clip in clips(scheme)], a_scheme(scheme))


@pytest.mark.parametrize(("clip", "scheme", "coder"), list(every_pass()))
def test_one_attempt_shows_no_habit_but_those_that_were_planted(clip, scheme, coder):
    found = patterns([beside(clip, scheme, coder)], a_scheme(scheme))
    assert {one.habit for one in found} <= MAY_SHOW[coder.partition("-")[0]]
    check_codes(found, scheme, coder, [clip])


@pytest.mark.parametrize("coder", CODERS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_attempts_together_show_no_habit_but_those_that_were_planted(scheme, coder):
    found = all_together(scheme, coder)
    assert {one.habit for one in found} <= MAY_SHOW[coder.partition("-")[0]]
    check_codes(found, scheme, coder, clips(scheme))


def check_codes(found, scheme, coder, of_clips):
    """Codes that are named are those of the ledgers."""
    slips = [slip for clip in of_clips for slip in planted(clip, scheme, coder)]
    lost = [slip.event for slip in slips if slip.what in (MISSED, DULLED)]
    pairs = [{slip.event.code, slip.code} for slip in slips if slip.what == CONFUSED]
    for one in found:
        if one.habit is Habit.MISSED:
            assert one.count == len([e for e in lost if one.tier in ("", e.tier) and one.code in (None, e.code)])
        if one.habit is Habit.UNDERUSED:
            assert one.code in {event.code for event in lost}
        if one.habit is Habit.CONFUSED:
            assert {one.code, one.other} in pairs
        if one.habit is Habit.TURNED:
            assert one.code == REVERSED_ITEM


@pytest.mark.parametrize("scheme", TIMED)
def test_the_hasty_coder_is_told_about_lateness_and_by_how_much(scheme):
    (late,) = [one for one in all_together(scheme, "hasty") if one.habit is Habit.LATE]
    shifts = [
        slip.lag_us
        for clip in clips(scheme)
        for slip in planted(clip, scheme, "hasty")
        if slip.what == SHIFTED and slip.lag_us is not None
    ]
    assert late.by == pytest.approx(median(shifts) / SECOND_US, abs=0.04)
    assert late.tier == ""
    assert late.count / late.of > 0.9


def test_the_hasty_coder_is_told_that_misses_are_short():
    (short,) = [one for one in all_together("gaze-near", "hasty") if one.habit is Habit.SHORT_MISSED]
    slips = [slip for clip in clips("gaze-near") for slip in planted(clip, "gaze-near", "hasty")]
    lost = [slip.event for slip in slips if slip.what == MISSED]
    assert (short.count, short.of) == (len(lost), len(lost))
    assert {(place.span) for place in short.places} == {event.span for event in lost}


@pytest.mark.parametrize("scheme", ["gaze-near", "cue-response"])
def test_the_confused_coder_is_told_about_its_pair_of_codes(scheme):
    told = [one for one in all_together(scheme, "confused") if one.habit is Habit.CONFUSED]
    assert [{one.code, one.other} for one in told] == [set(CONFUSABLE[scheme])]


def test_the_confused_coder_is_told_about_the_outcomes_and_the_scale_it_turns_round():
    (detail,) = [one for one in all_together("cue-response", "confused") if one.habit is Habit.DETAIL]
    assert {detail.value, detail.other_value} == {"o_match", "o_part"}
    (turned,) = all_together("ratings", "confused")
    assert (turned.habit, turned.code) == (Habit.TURNED, REVERSED_ITEM)


def test_the_hasty_coder_rates_toward_the_middle_and_the_drifting_one_higher():
    assert [one.habit for one in all_together("ratings", "hasty")] == [Habit.MIDDLE]
    assert [one.habit for one in all_together("ratings", "drifting-5")] == [Habit.HIGHER]


@pytest.mark.parametrize("scheme", TIMED)
def test_the_drifting_coder_is_told_that_marks_come_later_and_which_code_fades(scheme):
    for clip in clips(scheme):
        sessions = [f"drifting-{number}" for number in range(1, SESSIONS + 1)]
        told = trends([beside(clip, scheme, coder) for coder in sessions], a_scheme(scheme))
        ledgers = [planted(clip, scheme, coder) for coder in sessions]
        enough = all(len([slip for slip in slips if slip.what == SHIFTED]) > 4 for slips in ledgers)
        assert [one.until > one.by for one in told if one.habit is Habit.LATER] == [True] * enough
        dulled = {slip.event.code for slip in ledgers[-1] if slip.what == DULLED}
        assert {one.code for one in told if one.habit is Habit.BLINDER} <= dulled


def test_the_code_that_fades_is_named():
    fading = {
        scheme: [
            one.code
            for clip in clips(scheme)
            for one in trends(
                [beside(clip, scheme, f"drifting-{n}") for n in range(1, SESSIONS + 1)], a_scheme(scheme)
            )
            if one.habit is Habit.BLINDER
        ]
        for scheme in TIMED
    }
    assert {"cg_shared", "pg_face"} <= set(fading["gaze-near"])
    assert "cue_look" in fading["cue-response"]
    assert fading["face-to-face"] == ["cp_watch"]


def test_those_who_do_not_drift_are_not_told_so():
    for scheme in TIMED:
        for coder in ("careful", "hasty"):
            assert not trends([beside(clip, scheme, coder) for clip in clips(scheme)], a_scheme(scheme))


SOUND = replace(CAREFUL, name="sound", bias_ms=100.0, spread_ms=130.0, misses=0.05, off_by_one=0.35)
"""Worse than the careful coder in everything, and still sound."""


@pytest.mark.parametrize(("coder", "at_most"), [(CAREFUL, 0.0), (SOUND, 0.02)])
def test_sound_coders_are_told_of_no_habit(coder, at_most):
    """Of all their attempts, over all masters; seeded."""
    alarms = attempts = 0
    for scheme in SCHEMES:
        for seed in range(100, 115):
            for clip in clips(scheme):
                right = master(clip, scheme)
                coding, _ = simulated(right, a_scheme(scheme), coder, frames(clip), seed)
                alarms += bool(patterns([Beside(right, coding)], a_scheme(scheme)))
                attempts += 1
    assert attempts >= 300
    assert alarms <= at_most * attempts
