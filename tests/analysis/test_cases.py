"""The worked case of cues and responses: what each cue is, how long answers took, and the bins after cues."""

import json
from dataclasses import replace
from pathlib import Path
from statistics import fmean, median

import pytest

from coder.model.answers import answers
from coder.model.coding import CodingPass
from coder.model.time import SECOND_US, Span
from tests.analysis.played import LINK, TIERS, a_play, a_rule, a_scheme, numbers

CASES = Path(__file__).parents[1] / "reliability" / "statistics_cases.json"
CASE = json.loads(CASES.read_text(encoding="utf-8"))["O14_contingency_C1"]
WANTED = CASE["expected"]


def us(seconds):
    return round(seconds * SECOND_US)


def the_session():
    cues, acts = CASE["cues"], CASE["responses"]
    rows = a_play(cues="v" * len(cues) + "." * (CASE["session_end"] - len(cues)), acts="t" * len(acts))
    moved = [
        replace(event, span=Span.moment(us(seconds)))
        for tier, times in (("cues", cues), ("acts", acts))
        for event, seconds in zip(rows.row(tier), times, strict=True)
    ]
    return CodingPass.of(rows.header, moved)


def three_seconds():
    codes = {tier.id: tuple(replace(code, window_us=us(CASE["window"])) for code in tier.codes) for tier in TIERS}
    return tuple(replace(tier, codes=codes["cues"]) if tier.id == "cues" else tier for tier in TIERS)


def state_of(answer):
    if answer.act is not None:
        return "responded"
    return "missed" if answer.window.duration_us == us(CASE["window"]) else "censored"


def test_every_cue_is_answered_missed_or_not_seen_to_its_end():
    coding = the_session()
    found = answers(coding, a_scheme(tiers=three_seconds()), LINK)
    states = [state_of(one) for one in found]
    assert states == WANTED["state"]
    latencies = [one.latency_us / SECOND_US for one in found if one.latency_us is not None]
    assert latencies == pytest.approx(WANTED["latencies"])
    assert fmean(latencies) == pytest.approx(WANTED["mean_latency"])
    assert median(latencies) == pytest.approx(WANTED["median_latency"])
    assert states.count("responded") / (len(states) - states.count("censored")) == WANTED["rate"]


def test_bins_of_half_a_second_after_cues():
    found = numbers(the_session(), a_rule("contingency", "v", bin_us=SECOND_US // 2), tiers=three_seconds())
    wanted = WANTED["bins_0.5s"]
    assert found["odds ratio"] == pytest.approx(wanted["OR"], abs=1e-6)
    assert found["Yule’s Q"] == pytest.approx(wanted["yules_q"], abs=1e-6)
    assert found["bins after a cue with an act"] == pytest.approx(100 * wanted["a"] / (wanted["a"] + wanted["b"]))
    assert found["other bins with an act"] == pytest.approx(100 * wanted["c"] / (wanted["c"] + wanted["d"]))
