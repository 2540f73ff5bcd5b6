"""What each script promises in its title is in its acts: cues and answers, turns, the pause, the clap."""

from itertools import pairwise

import pytest

from studio.acts import CHILD, GAZE, PARENT, VOICE, Act, contact_us
from studio.scenario import Scenario, load, names

PROMPT_US = 2_000_000
WINDOW_US, DISTRESS_US = 3_000_000, 5_000_000
DISTRESS = ("fuss", "cry")


def acts_of(scenario: Scenario, who: str, *verbs: str) -> list[Act]:
    return [a for a in scenario.acts if a.who == who and a.verb in verbs]


def cue_kind(act: Act) -> str | None:
    """The kind of cue that an act of the child is on its face, by the plain reading of the seven definitions."""
    if act.verb == "look":
        return "look" if act.target == "face" else None
    kinds = dict.fromkeys(("babble", "coo", "squeal", "say"), "voice")
    kinds |= dict.fromkeys(("smile", "laugh"), "smile")
    kinds |= dict.fromkeys(("reach", "offer", "show", "point", "wave"), "gesture")
    kinds |= {"take": "new act", "play": "new act", "roll": "new act", "turn_away": "break", "hide": "break"}
    kinds |= dict.fromkeys(DISTRESS, "distress")
    return kinds.get(act.verb)


def test_cues_of_every_kind_get_every_sort_of_answer_and_never_share_a_window() -> None:
    scenario = load("cues-responses")
    cues = [a for a in acts_of(scenario, CHILD, *{a.verb for a in scenario.acts}) if a.cue and cue_kind(a)]
    assert len(cues) >= 9
    assert {cue_kind(a) for a in cues} == {"look", "voice", "gesture", "smile", "new act", "distress", "break"}
    assert all(a.id for a in cues), "each cue can be answered"
    answers = {a.answers: a for a in acts_of(scenario, PARENT, *{a.verb for a in scenario.acts}) if a.answers}
    outcomes = set()
    for cue, following in pairwise([*cues, None]):
        assert cue is not None
        window_us = DISTRESS_US if cue.verb in DISTRESS else WINDOW_US
        assert cue.start_us + window_us <= (following.start_us if following else scenario.length_us), cue
        within = [
            a
            for a in scenario.acts
            if a.who == PARENT and a.verb not in GAZE and 0 <= a.start_us - cue.start_us < window_us
        ]
        answer = answers.get(cue.id or "")
        if answer is None:
            assert within == [], (cue, within)
            outcomes.add("missed")
        else:
            assert within[0] == answer, (cue, within)
            late_us = answer.start_us - cue.start_us
            outcomes |= {str(answer.fit), "prompt" if late_us <= PROMPT_US else f"late {cue.verb in DISTRESS}"}
    assert outcomes == {"match", "part", "mismatch", "missed", "prompt", "late False", "late True"}


def test_the_ball_goes_to_and_fro_at_least_four_times_with_short_waits() -> None:
    rolls = [a for a in load("shared-play").acts if a.verb == "roll"]
    assert len(rolls) >= 5
    for before, after in pairwise(rolls):
        assert before.who != after.who
        assert after.start_us - before.start_us < 4_000_000


def test_the_child_refers_to_nobody_for_ten_seconds_while_the_parent_carries_the_play() -> None:
    scenario = load("shared-play")
    answer = next(a for a in scenario.acts if a.answers == "turning-1")
    signs = acts_of(scenario, CHILD, "look", "offer", "show", "roll", "point", "say", "smile", "laugh")
    first = min(a.start_us for a in signs if a.start_us > answer.start_us)
    assert first - answer.start_us > 10_000_000


def test_the_pause_is_still_but_for_one_short_breach() -> None:
    scenario = load("face-to-face")
    pause = next(e for e in scenario.episodes if e.name == "pause")
    inside = [a for a in scenario.acts if a.who == PARENT and pause.start_us <= a.start_us < pause.end_us]
    assert [a.verb for a in inside] == ["still_face", "smile", "still_face"]
    breach = inside[1]
    assert (breach.end_us or 0) - breach.start_us == 1_000_000
    assert inside[0].start_us == pause.start_us
    assert inside[2].end_us == pause.end_us
    for act in scenario.acts:  # nothing of hers reaches into the pause
        if act.who == PARENT and act.verb not in GAZE and act not in inside:
            assert (act.end_us or 0) <= pause.start_us or act.start_us >= pause.end_us, act
    tries = {a.verb for a in scenario.acts if a.who == CHILD and pause.start_us <= a.start_us < pause.end_us}
    assert {"smile", "coo", "wave", "look", "fuss"} <= tries


def test_the_second_camera_runs_when_the_only_clap_comes() -> None:
    scenario = load("two-cameras")
    a, b = scenario.cameras
    (clap,) = [act for act in scenario.acts if act.verb == "clap"]
    assert contact_us(clap) == 6_300_000
    assert (a.starts_us, b.starts_us, b.skew_ppm) == (0, 1_500_000, 120)
    loud = [act for act in scenario.acts if act.verb in VOICE]
    assert all(not act.start_us <= contact_us(clap) < (act.end_us or 0) for act in loud), "heard by itself"


def test_what_is_hard_to_see_is_all_there() -> None:
    scenario = load("hard-to-see")
    assert scenario.picture.dim_from_us is not None
    assert acts_of(scenario, CHILD, "hide")
    assert acts_of(scenario, CHILD, "turn_away")
    (away,) = acts_of(scenario, PARENT, "leave")
    assert (away.end_us or 0) < scenario.length_us, "he returns"


@pytest.mark.parametrize("clip", names())
def test_an_offer_is_taken_after_a_plausible_while(clip: str) -> None:
    scenario = load(clip)
    for take in scenario.acts:
        offer = next((a for a in scenario.acts if a.id == take.answers and a.verb == "offer"), None)
        if offer is not None and take.verb == "take":
            assert 500_000 <= take.start_us - offer.start_us <= 1_500_000, take


@pytest.mark.parametrize("clip", names())
def test_ratings_give_the_reason_that_extreme_values_need(clip: str) -> None:
    ratings = {r.item: r for r in load(clip).ratings}
    assert set(ratings) == {"r_tuned", "r_impose", "r_warm", "r_mutual", "r_child", "r_flat"}
    assert all(r.reason.endswith(".") and len(r.reason.split()) >= 5 for r in ratings.values())
