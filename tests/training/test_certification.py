"""The rule of certification at its edges, as tables. `A 17/20 4/5` is a clip as in `tests.training.clips`."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.model.agreement import Status
from coder.model.scheme import SchemeId
from coder.model.statistic import AGREEMENT, BIAS, F1, TIME_UNIT_KAPPA
from coder.model.training import Certificate, CourseId, Decision, Matter, Requirement, Rule, Standing
from coder.training.certification import SOON_DAYS, decide, due_on, expires_on, last_day, standing, steady_until
from tests.training.clips import clips, drawn

METRIC, EVENTS, SENSITIVITY, CLIPS = Matter.METRIC, Matter.EVENTS, Matter.SENSITIVITY, Matter.CLIPS

RIGHT = Requirement(AGREEMENT, "look", 0.85)
RULE = Rule((RIGHT,), codes=(("cues", "v"),), clips=3, min_events=10, min_sensitivity=0.5)
"""85 % of the time right on each of three clips, ten moments of `v` in all, half of them found."""


def missed(decision):
    """What kept the trainee from passing, each with its clip."""
    return [(one.matter, one.clip) for one in decision.unmet]


@pytest.mark.parametrize(
    ("said", "submitted", "unmet"),
    [
        ("all well", ["A 20/20 4/4", "B 20/20 4/4", "C 20/20 4/4"], []),
        ("exactly at the target", ["A 17/20 4/4", "B 17/20 4/4", "C 17/20 4/4"], []),
        ("a hair below", ["A 17/20 4/4", "B 849/1000 4/4", "C 17/20 4/4"], [(METRIC, "B")]),
        ("below on two", ["A 16/20 4/4", "B 17/20 4/4", "C 0/20 4/4"], [(METRIC, "A"), (METRIC, "C")]),
        ("exactly enough events", ["A 20/20 3/3", "B 20/20 3/3", "C 20/20 4/4"], []),
        ("one event too few", ["A 20/20 3/3", "B 20/20 3/3", "C 20/20 3/3"], [(EVENTS, "")]),
        ("all events in one clip", ["A 20/20 10/10", "B 20/20 0/0", "C 20/20 0/0"], []),
        ("half of the events found", ["A 20/20 17/34", "B 20/20 16/33", "C 20/20 17/33"], []),
        (".49 of them", ["A 20/20 16/33", "B 20/20 16/33", "C 20/20 17/34"], [(SENSITIVITY, "")]),
        ("none found in one clip, enough in all", ["A 20/20 0/4", "B 20/20 4/4", "C 20/20 4/4"], []),
        ("one clip short", ["A 20/20 9/9", "B 20/20 9/9"], [(CLIPS, "")]),
        ("no clip at all", [], [(METRIC, ""), (EVENTS, ""), (CLIPS, "")]),
        ("the same clip twice", ["A 20/20 9/9", "A 20/20 9/9", "B 20/20 9/9"], [(CLIPS, "")]),
        ("a second attempt", ["A#2 20/20 9/9", "B 20/20 9/9", "C 20/20 9/9"], [(CLIPS, "")]),
        (
            "a second attempt cannot mend the first",
            ["A 0/20 9/9", "A#2 20/20 9/9", "B 20/20 9/9", "C 20/20 9/9"],
            [(METRIC, "A")],
        ),
        ("seen before", ["A* 20/20 9/9", "B 20/20 9/9", "C 20/20 9/9"], [(CLIPS, "")]),
        (
            "not consecutive",
            ["A 20/20 9/9", "B 20/20 9/9", "C 16/20 9/9", "D 20/20 9/9", "E 20/20 9/9"],
            [(METRIC, "C")],
        ),
        ("the last three of four", ["A 0/20 4/4", "B 20/20 4/4", "C 20/20 4/4", "D 20/20 4/4"], []),
        ("the first three of four", ["A 20/20 4/4", "B 20/20 4/4", "C 20/20 4/4", "D 0/20 4/4"], []),
        (
            "events of a clip outside the run do not count",
            ["A 0/20 9/9", "B 20/20 3/3", "C 20/20 3/3", "D 20/20 3/3"],
            [(EVENTS, "")],
        ),
    ],
)
def test_the_rule(said, submitted, unmet):
    decision = decide(RULE, clips(*submitted))
    assert missed(decision) == unmet, said
    assert decision.passed == (not unmet), said


def test_which_run_is_told_of():
    passing = decide(RULE, clips("A 20/20 4/4", "B 20/20 4/4", "C 20/20 4/4", "D 20/20 4/4"))
    assert passing.clips == ("B", "C", "D"), "of two that pass, the newer one"
    failing = decide(RULE, clips("A 0/20 4/4", "B 0/20 4/4", "C 20/20 4/4", "D 0/20 4/4", "E 20/20 4/4"))
    assert failing.clips == ("C", "D", "E"), "of those that fail, the one that misses least"


def test_clips_count_in_the_order_in_which_they_were_submitted():
    submitted = clips("A 20/20 4/4", "B 20/20 4/4", "C 0/20 4/4", "D 20/20 4/4")
    one, two, bad, four = submitted
    assert not decide(RULE, submitted).passed
    assert not decide(RULE, (four, bad, two, one)).passed
    assert decide(RULE, (replace(bad, done_at="2025-12-31T00:00:00+00:00"), one, two, four)).passed


def test_every_criterion_says_what_was_needed_and_what_was_got():
    decision = decide(RULE, clips("A 17/20 4/5", "B 18/20 4/5", "C 19/20 4/5"))
    told = [(one.matter, one.clip, one.needed, round(one.got.value, 3), one.met) for one in decision.criteria]
    assert told == [
        (METRIC, "A", 0.85, 0.85, True),
        (METRIC, "B", 0.85, 0.9, True),
        (METRIC, "C", 0.85, 0.95, True),
        (METRIC, "", 0.85, 0.9, None),
        (EVENTS, "", 10, 15, True),
        (SENSITIVITY, "", 0.5, 0.8, True),
        (CLIPS, "", 3, 3, True),
    ]
    over_all, found = decision.criteria[3].got, decision.criteria[5].got
    assert over_all.low < 0.9 < over_all.high, "three clips have limits: a jackknife over clips"
    assert (found.method, found.n) == ("Wilson", 15)


def test_a_rule_that_asks_for_nothing_certifies_nobody():
    assert not decide(Rule(()), clips("A 20/20 4/4", "B 20/20 4/4", "C 20/20 4/4")).passed


def in_a_row(tier, drawings):
    """Clips A, B and C of one tier, each as (master, trainee)."""
    pairs = zip("ABC", drawings, strict=True)
    return [drawn(name, {tier: a}, {tier: b}, at) for at, (name, (a, b)) in enumerate(pairs)]


KAPPA = Rule((Requirement(TIME_UNIT_KAPPA, "look", 0.6),), clips=3, min_events=0)


@pytest.mark.parametrize(
    ("said", "drawings", "passed", "met"),
    [
        # (master, trainee) of each clip; met: clip by clip, then over all
        ("two codes each", [("ppttpptt", "ppttpptt")] * 3, True, [True, True, True, None]),
        (
            "the master has one code in B: B says nothing, all together decide",
            [("ppttpptt", "ppttpptt"), ("pppppppp", "pppppppp"), ("ppttpptt", "ppttpptt")],
            True,
            [True, None, True, True],
        ),
        (
            "and what the trainee got wrong in B counts there",
            [("ppttpptt", "ppttpptt"), ("pppppppp", "tttttttt"), ("ppttpptt", "ppttpptt")],
            False,
            [True, None, True, False],
        ),
        (
            "the master has one code everywhere: nothing can be judged, so nobody passes",
            [("pppppppp", "pppppppp")] * 3,
            False,
            [None, None, None, False],
        ),
        (
            "the trainee has one code where the master has two",
            [("ppttpptt", "ppttpptt"), ("ppttpptt", "pppppppp"), ("ppttpptt", "ppttpptt")],
            False,
            [True, False, True, None],
        ),
        (
            "the trainee coded nothing",
            [("ppttpptt", "ppttpptt"), ("ppttpptt", "........"), ("ppttpptt", "ppttpptt")],
            False,
            [True, False, True, None],
        ),
        (
            "the trainee called all that is hard uncodable",
            [("ppttpptt", "ppttpptt"), ("ppttpptt", "ppttuuuu"), ("ppttpptt", "ppttpptt")],
            False,
            [True, False, True, None],
        ),
        (
            "the master could see nothing in B",
            [("ppttpptt", "ppttpptt"), ("uuuuuuuu", "pppptttt"), ("ppttpptt", "ppttpptt")],
            True,
            [True, None, True, True],
        ),
    ],
)
def test_what_is_undefined(said, drawings, passed, met):
    scores = in_a_row("look", drawings)
    decision = decide(KAPPA, scores)
    assert [one.met for one in decision.criteria if one.matter is METRIC] == met, said
    assert decision.passed == passed, said


@pytest.mark.parametrize(
    ("said", "drawings", "met"),
    [
        # moments: F1 of the code v
        ("found in all", [("v...v...", "v...v...")] * 3, [True, True, True, None]),
        (
            "no v in B, and none marked",
            [("v...v...", "v...v..."), ("........", "........"), ("v...v...", "v...v...")],
            [True, None, True, True],
        ),
        (
            "no v in B, one marked: it counts over all clips",
            [("v...v...", "v...v..."), ("........", "v......."), ("v...v...", "v...v...")],
            [True, None, True, True],
        ),
        (
            "no v in B, and too many marked",
            [("v...v...", "v...v..."), ("........", "vv.vv.vv"), ("v...v...", "v...v...")],
            [True, None, True, False],
        ),
        (
            "v in B, nothing marked",
            [("v...v...", "v...v..."), ("v.......", "........"), ("v...v...", "v...v...")],
            [True, False, True, None],
        ),
    ],
)
def test_a_code_that_is_not_in_every_clip(said, drawings, met):
    rule = Rule((Requirement(F1, "cues", 0.75, code="v"),), min_events=0)
    scores = in_a_row("cues", drawings)
    found = decide(rule, scores)
    assert [one.met for one in found.criteria if one.matter is METRIC] == met, said
    assert found.passed == (False not in met), said


@pytest.mark.parametrize(
    ("said", "asked", "trainee", "met"),
    [
        ("on time", 0.3, "v...v...v...", True),
        ("exactly as late as it may be", 1.0, ".v...v...v..", True),
        ("exactly as early as it may be", 1.0, "v...v...v...", True),
        ("later than it may be", 0.999, ".v...v...v..", False),
        ("nothing marked", 0.3, "............", False),
    ],
)
def test_timing_bias_is_a_distance(said, asked, trainee, met):
    rule = Rule((Requirement(BIAS, "cues", asked),), clips=1, min_events=0)
    master = {"exactly as early as it may be": ".v...v...v.."}.get(said, "v...v...v...")
    decision = decide(rule, [drawn("A", {"cues": master}, {"cues": trainee})])
    assert decision.criteria[0].met is met, said


def test_a_tier_that_was_not_in_play_is_not_judged():
    elsewhere = drawn("A", {"cues": "v...v..."}, {"cues": "v...v..."})
    elsewhere = replace(elsewhere, agreements=tuple(one for one in elsewhere.agreements if one.tier == "cues"))
    (first, *_) = decide(replace(KAPPA, clips=1), [elsewhere]).criteria
    assert (first.met, first.got) == (None, None)


def test_the_sentence_of_an_undefined_number_is_kept():
    alike = [drawn(name, {"look": "pppp"}, {"look": "pppp"}, at) for at, name in enumerate("ABC")]
    over_all = decide(KAPPA, alike).criteria[3]
    assert (over_all.got.value, over_all.got.status, over_all.met) == (None, Status.NO_VARIANCE, False)
    assert over_all.got.sentence


# Where a coder stands

ISSUED = date(2026, 3, 1)
HOLDS = Rule((RIGHT,), valid_days=365, absence_days=90)


def certificate(issued=ISSUED):
    return Certificate(
        id="c1",
        coder_id="eve",
        coder="Eve",
        course=CourseId("play", "1", "0" * 64),
        course_title="Play",
        scheme=SchemeId("play", "1", "0" * 64),
        test_set=1,
        decision=Decision(True, HOLDS, (), ()),
        masters=(),
        issued_at=issued.isoformat(),
        expires_at=expires_on(HOLDS, issued).isoformat(),
    )


@pytest.mark.parametrize(
    ("said", "days_since_issue", "coded_days_since_issue", "expected"),
    [
        ("the day of issue", 0, None, Standing.CERTIFIED),
        ("half a year later, still coding", 180, 179, Standing.CERTIFIED),
        ("31 days before it expires", 334, 333, Standing.CERTIFIED),
        ("30 days before it expires", 335, 334, Standing.DUE_SOON),
        ("the day before it expires", 364, 363, Standing.DUE_SOON),
        ("expired on the day", 365, 364, Standing.EXPIRED),
        ("long expired and away", 900, 0, Standing.EXPIRED),
        ("absent 60 days", 160, 100, Standing.CERTIFIED),
        ("absent 61 days: 30 are left", 161, 100, Standing.DUE_SOON),
        ("absent 90 days", 190, 100, Standing.DUE_SOON),
        ("absent 91 days", 191, 100, Standing.ABSENT),
        ("never coded since the test, day 90", 90, None, Standing.DUE_SOON),
        ("never coded since the test, day 91", 91, None, Standing.ABSENT),
        ("coded before the test only", 91, -5, Standing.ABSENT),
    ],
)
def test_where_a_certified_coder_stands(said, days_since_issue, coded_days_since_issue, expected):
    today = ISSUED + timedelta(days_since_issue)
    coded = None if coded_days_since_issue is None else ISSUED + timedelta(coded_days_since_issue)
    assert standing(HOLDS, certificate(), today, coded) is expected, said


@pytest.mark.parametrize(
    ("said", "holds", "failed_on", "today", "expected"),
    [
        ("nothing decided yet", False, None, 0, Standing.IN_TRAINING),
        ("failed", False, 0, 1, Standing.FAILED),
        ("a certificate that holds is not lost by a failed re-check", True, 100, 100, Standing.CERTIFIED),
        ("expired, then failed the re-check", True, 370, 371, Standing.FAILED),
        ("failed before it was passed at last", True, -3, 10, Standing.CERTIFIED),
        # last coded on day 40: the certificate holds up to day 130
        ("failed the re-check on the first day of absence", True, 131, 131, Standing.FAILED),
        ("failed a re-check while it held, then it ran out", True, 130, 131, Standing.ABSENT),
    ],
)
def test_where_a_coder_stands_after_a_failed_test(said, holds, failed_on, today, expected):
    failed = None if failed_on is None else ISSUED + timedelta(failed_on)
    now = ISSUED + timedelta(today)
    coded = min(now, ISSUED + timedelta(40))
    assert standing(HOLDS, certificate() if holds else None, now, coded, failed) is expected, said


def test_when_a_re_check_is_due():
    assert due_on(HOLDS, certificate()) == ISSUED + timedelta(91)
    assert due_on(HOLDS, certificate(), ISSUED + timedelta(200)) == ISSUED + timedelta(291)
    assert due_on(HOLDS, certificate(), ISSUED + timedelta(300)) == ISSUED + timedelta(365)


@pytest.mark.parametrize("issued", [ISSUED, date(2027, 3, 1), date(2028, 2, 29)])
def test_the_day_that_a_certificate_names_is_the_last_on_which_it_holds(issued):
    one = certificate(issued)
    held = last_day(one)
    assert (held - issued).days == 364, "365 days, that of the issue among them, leap year or not"
    assert standing(HOLDS, one, held, held) is Standing.DUE_SOON
    assert standing(HOLDS, one, held + timedelta(1), held) is Standing.EXPIRED


@pytest.mark.parametrize(
    ("said", "days_coded", "steady"),
    [
        ("never", (), 0),
        ("now and then", (10, 60, 150), 150),
        ("90 days later at last", (90,), 90),
        ("91 days later: too late, and what follows does not mend it", (91, 92, 93), 0),
        ("away once in between", (30, 130, 140), 30),
        ("before the issue only", (-200, -5), 0),
    ],
)
def test_who_was_away_too_long_stays_so_until_a_re_check(said, days_coded, steady):
    days = [ISSUED + timedelta(day) for day in days_coded]
    assert steady_until(HOLDS, ISSUED, days) == ISSUED + timedelta(steady), said


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_certificate_holds_until_it_is_due(day, coded_on):
    today, coded = ISSUED + timedelta(max(day, coded_on)), ISSUED + timedelta(coded_on)
    holds = standing(HOLDS, certificate(), today, coded) in (Standing.CERTIFIED, Standing.DUE_SOON)
    assert holds == (today < due_on(HOLDS, certificate(), coded))
    assert HOLDS.absence_days > SOON_DAYS


# A second implementation, from plain numbers

CLIP = st.tuples(
    st.sampled_from("ABCDE"), st.integers(15, 20), st.integers(0, 5), st.integers(0, 5), st.booleans()
)


def plainly(submitted):
    """Whether any three clips in a row meet it all; (name, right of 20, found, seen, seen before) of each."""
    counted = []
    for name, right, found, seen, before in submitted:
        if not before and name not in [one[0] for one in counted]:
            counted.append((name, right, min(found, seen), seen))
    for at in range(len(counted) - 2):
        run = counted[at : at + 3]
        events = sum(seen for *_, seen in run)
        hits = sum(found for _, _, found, _ in run)
        if all(right >= 17 for _, right, _, _ in run) and events >= 6 and (events == 0 or hits / events >= 0.5):
            return True
    return False


@given(st.lists(CLIP, max_size=6))
def test_decisions_against_the_second_implementation(submitted):
    texts = [
        f"{name}{'*' if before else ''} {right}/20 {min(found, seen)}/{seen}"
        for name, right, found, seen, before in submitted
    ]
    rule = replace(RULE, min_events=6)
    decision = decide(rule, clips(*texts))
    assert decision.passed == plainly(submitted)
    assert decision.passed == (not decision.unmet)
