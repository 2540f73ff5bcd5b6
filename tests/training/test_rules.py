"""Rules from the targets of schemes."""

from dataclasses import replace
from pathlib import Path

import pytest

from coder.formats.scheme_file import find_scheme, read_scheme
from coder.model.scheme import Scheme, Target, TierKind
from coder.model.statistic import ACCURACY, F1, ICC, KAPPA, SPECIFIC, WEIGHTED_KAPPA
from coder.model.training import Requirement
from coder.settings.shipped import shipped
from coder.training.rules import rule_for

SCHEMES = ("cue-response", "face-to-face", "gaze-near", "ratings", "shared-play")


def scheme(name: str) -> Scheme:
    return read_scheme(find_scheme(name, Path(shipped("schemes"))))


def asked(name: str, tiers: tuple[str, ...] = (), seen=None) -> list[tuple]:
    """(tier, statistic, target, code, detail, unit in ms) of each requirement."""
    return [
        (one.tier, one.statistic, one.target, one.code, one.detail, one.unit_us and one.unit_us // 1000)
        for one in rule_for(scheme(name), tiers, seen).requirements
    ]


def test_points_and_the_outcomes_of_cues():
    assert asked("cue-response") == [
        ("cues", F1, 0.75, None, "", None),
        ("cues", ACCURACY, 0.85, None, "outcome", None),
        ("acts", F1, 0.75, None, "", None),
    ]


def test_states_in_each_unit_of_time_that_the_scheme_names():
    assert asked("gaze-near", ("cg", "dist")) == [
        ("cg", ACCURACY, 0.85, None, "", 500),
        ("cg", ACCURACY, 0.85, None, "", 1000),
        ("dist", ACCURACY, 0.85, None, "", None),
    ]


def test_ratings():
    assert asked("ratings") == [("segment", ICC, 0.75, None, "", None)]
    assert rule_for(scheme("ratings")).codes == ()


def test_a_statistic_of_single_codes_is_asked_of_each():
    play = asked("shared-play", ("engage",))
    assert play[0] == ("engage", ACCURACY, 0.85, None, "", None)
    assert [(statistic, code) for _, statistic, _, code, _, _ in play[1:]] == [
        (SPECIFIC, code.id) for code in scheme("shared-play").tier("engage").codes if not code.uncodable
    ]


def test_what_the_masters_do_not_offer_is_not_asked():
    play = scheme("shared-play")
    seen = {(tier.id, code.id): 0 for tier, code in play.codes() if not code.uncodable}
    seen |= {("engage", "en_shared"): 12, ("engage", "en_off"): 9, ("bids", play.tier("bids").codes[0].id): 1}
    rule = rule_for(play, (), seen)
    assert rule.codes == (("engage", "en_shared"),), "ten times at least"
    assert [(one.tier, one.statistic, one.code) for one in rule.requirements] == [
        ("engage", ACCURACY, None),
        ("engage", SPECIFIC, "en_shared"),
        ("bids", F1, None),
    ]
    alone = rule_for(play, ("engage",), {("engage", "en_shared"): 12})
    assert [one.statistic for one in alone.requirements] == [SPECIFIC], "one code says nothing beyond chance"


@pytest.mark.parametrize("name", SCHEMES)
def test_a_rule_asks_for_what_the_scheme_asks_for_and_for_nothing_else(name):
    whole = scheme(name)
    targets: list[Target] = [target for tier in whole.tiers for target in tier.targets]
    targets += [target for link in whole.links for target in link.targets]
    rule = rule_for(whole)
    assert {(one.statistic, one.target) for one in rule.requirements} == {
        (target.statistic, target.target) for target in targets
    }
    assert set(rule.codes) == {
        (tier.id, code.id)
        for tier, code in whole.codes()
        if not code.uncodable and tier.kind is not TierKind.RATING
    }
    assert len(set(rule.requirements)) == len(rule.requirements)
    assert all(isinstance(one, Requirement) for one in rule.requirements)


@pytest.mark.parametrize(("times", "mandatory"), [(9, False), (10, True), (11, True)])
def test_a_code_that_the_masters_show_ten_times_is_mandatory(times, mandatory):
    found = rule_for(scheme("cue-response"), ("acts",), {("acts", "act_warm"): times, ("acts", "act_join"): 0})
    assert (("acts", "act_warm") in found.codes) is mandatory
    assert ("acts", "act_join") not in found.codes


def test_kappa_of_ratings_is_the_weighted_one():
    (tier,) = scheme("ratings").tiers
    aimed = replace(scheme("ratings"), tiers=(replace(tier, targets=(Target(KAPPA, 0.6),)),))
    assert [(one.statistic, one.target) for one in rule_for(aimed).requirements] == [(WEIGHTED_KAPPA, 0.6)]
