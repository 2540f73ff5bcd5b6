"""The benchmark of agreement: its coders are what it says, both matchings agree, and its short form runs."""

import sys
from itertools import pairwise

import pytest

from benchmarks import reliability
from benchmarks.reliability import SCHEME, TOLERANCE_US, points_of, solver, study, two_passes
from coder.model.statistic import F1, TIME_UNIT_KAPPA
from coder.reliability import compare, match_points


def test_the_coders_agree_well_and_not_perfectly():
    a, b = two_passes(2000)
    assert len(a) == pytest.approx(2000, rel=0.15)
    found = {
        (one.tier, one.statistic): one.estimate.value
        for one in compare(a, b, SCHEME, limits=False)
        if one.code is None and not one.detail
    }
    assert 0.6 < found["look", TIME_UNIT_KAPPA] < 0.95
    assert 0.8 < found["cues", F1] < 0.95


def test_states_never_overlap():
    for coding in two_passes(2000):
        row = coding.row("look")
        assert all(one.offset_us <= other.onset_us for one, other in pairwise(row))


def test_both_matchings_find_as_many_pairs():
    for seed in range(5):
        a, b = (points_of(coding) for coding in two_passes(400, seed))
        assert solver(a, b) == len(match_points(a, b, TOLERANCE_US).pairs)


def test_a_study_has_its_table_its_drift_and_its_curves():
    listed, pooled, drifting, curves = study([two_passes(200, seed, f"s{seed}") for seed in range(4)])
    assert all(listed)
    assert max(one.counts["sessions"] for one in pooled) == 4
    assert all(len(drift.points) == 4 for drift in drifting)
    assert {curve.tier for curve in curves} == {"look", "cues"}


def test_the_short_form_prints_a_line_for_everything(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["reliability.py", "--short"])
    reliability.main()
    said = capsys.readouterr().out
    assert said.count("ratio") == 2
    assert [name for name in (*reliability.OF_TWO, "study") if name not in said] == []
