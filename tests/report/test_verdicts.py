"""Where a timing bias stands against its target, of which less is better."""

import pytest

from coder.model.agreement import Agreement, Estimate, Status
from coder.model.scheme import Target
from coder.model.statistic import BIAS
from coder.report.codebook_words import target
from coder.report.words import verdict


@pytest.mark.parametrize(
    ("bias", "low", "high", "style"),
    [
        (0.05, 0.0, 0.1, "good"),
        (-0.05, -0.1, 0.0, "good"),
        (0.15, 0.05, 0.25, "open"),
        (-0.15, -0.25, -0.05, "open"),
        (-0.3, -0.35, -0.25, "low"),
        (0.5, None, None, "act"),
    ],
)
def test_a_bias_is_judged_by_its_size_whoever_is_late(bias, low, high, style):
    found = Estimate(value=bias, n=30, low=low, high=high)
    assert (
        verdict(Agreement(statistic=BIAS, tier="cues", unit="s", estimate=found, target=0.2, floor=0.4))[0]
        == style
    )


def test_too_few_events_judge_no_bias():
    found = Estimate(value=0.5, n=2, status=Status.TOO_FEW)
    assert verdict(Agreement(statistic=BIAS, tier="cues", unit="s", estimate=found, target=0.2))[0] == "none"


def test_the_codebook_says_which_bias_is_allowed_and_when_to_act():
    said = target(Target(BIAS, 0.2, floor=0.4))
    assert said.endswith(": 0.2 s or less. Above 0.4 s something must be done.")
