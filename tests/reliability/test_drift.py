"""Drift: what was planted in the simulated coders is flagged at its session, and nothing else is."""

import csv
from dataclasses import replace
from functools import cache
from math import sqrt
from pathlib import Path
from statistics import mean

import numpy as np
import pytest

from coder.formats.events_csv import read_events
from coder.formats.scheme_file import find_scheme, read_scheme
from coder.model.agreement import Agreement, Confusion, Estimate, Status, Tally
from coder.model.coding import CodingPass
from coder.model.statistic import ACCURACY, BIAS, F1
from coder.model.time import MILLISECOND_US, SECOND_US
from coder.reliability import CodedSession, compare, drifts
from coder.reliability.drift import BIAS_BAND_S, LEAST_MATCHED
from coder.settings.shipped import shipped
from studio.coders import frame_times, read_master
from tests.reliability.drawn import SCHEME, a_pass

SAMPLES = Path(__file__).parents[2] / "sample_media"
MASTERS = sorted(path.name.removesuffix(".master.csv") for path in SAMPLES.glob("*.master.csv"))
TIMED = [name for name in MASTERS if not name.endswith(".ratings")]
FEW = {f"{clip}.gaze-near" for clip in ("hard-to-see", "phone", "two-cameras")} | {
    f"{clip}.shared-play" for clip in ("hard-to-see", "phone", "shared-play")
}
"""Too few events in each of their lines."""
DRIFTING = tuple(f"drifting-{session}" for session in range(1, 6))


# ── the simulated coders ─────────────────────────────────────────────────────────────────────────────────────────


@cache
def sessions(name, coders, limits=True):
    """The clip coded by each of `coders` in turn, as if it were one coder's sessions."""
    clip, scheme_name = name.split(".")
    scheme = read_scheme(find_scheme(scheme_name, shipped("schemes")))
    master = read_master(SAMPLES / f"{name}.master.csv", scheme, frame_times(clip, SAMPLES))
    found = []
    for number, coder in enumerate(coders):
        events = read_events(SAMPLES / "passes" / f"{name}.{coder}.csv", scheme)
        theirs = CodingPass.of(replace(master.header, id=coder, coder_id=coder), events)
        agreements = compare(master, theirs, scheme, limits=limits)
        at = f"2026-01-{number + 1:02}T10:00:00Z"
        found.append(CodedSession(coder, f"Session {number + 1}", "Master", "Dana", at, agreements))
    return tuple(found)


def planted_s(name, coder, tier):
    """How much later the coder was made to mark the events of a tier, on average, by the ledger."""
    with (SAMPLES / "passes" / f"{name}.{coder}.planted.csv").open(encoding="utf-8") as ledger:
        shifts = [
            float(row["shift_ms"]) for row in csv.DictReader(ledger) if row["tier"] == tier and row["shift_ms"]
        ]
    return mean(shifts) / 1000


@pytest.mark.parametrize("name", TIMED)
def test_drift_is_flagged_where_the_planted_shift_leaves_the_band(name):
    """The coder is 80 ms later in each session, so 240 ms in the third and 320 ms in the fourth, on average."""
    checked = 0
    for drift in drifts(sessions(name, DRIFTING)):
        few = any(point.estimate.n < LEAST_MATCHED for point in drift.points)
        if drift.statistic != BIAS or few:
            continue
        checked += 1
        assert (drift.low, drift.high) == (-BIAS_BAND_S, BIAS_BAND_S)
        # by the ledger: never before a shift is beyond the band, and not after one that is plainly beyond it; what
        # is plain depends on how many marks there are: three standard errors, the marks spread by 100 ms
        planted = [planted_s(name, coder, drift.tier) for coder in DRIFTING]
        least = min(point.estimate.n for point in drift.points)
        error_s = 0.1 / sqrt(least)
        first = next(place for place, shift in enumerate(planted) if shift > BIAS_BAND_S)
        plainly = next((place for place, shift in enumerate(planted) if shift > BIAS_BAND_S + 3 * error_s), 4)
        enough = least >= 10
        if drift.left_at is None:
            assert not enough, "a handful of events may not tell a shift from chance"
            continue
        assert first <= drift.left_at <= plainly, (drift.tier, planted, drift.left_at)
        if enough and planted[3] > BIAS_BAND_S + error_s:
            assert drift.left_at == 3
        elif enough and planted[3] <= BIAS_BAND_S:
            assert drift.left_at == 4
        assert all(point.outside for point in drift.points[drift.left_at :])
        if min(planted) > 0:  # with five marks the first session's 80 ms may come out as early
            assert "Dana was later in 5 of 5 sessions (sign test, two-sided p = 0.062)" in drift.note
    assert checked or name in FEW, "too few events in a few clips only"


def test_most_clips_have_enough_events_to_say():
    flagged = [
        drift.left_at
        for name in TIMED
        for drift in drifts(sessions(name, DRIFTING))
        if drift.statistic == BIAS and drift.left_at is not None
    ]
    assert flagged.count(3) >= 10
    assert set(flagged) <= {2, 3, 4}


@pytest.mark.parametrize("limits", [True, False])
@pytest.mark.parametrize("name", MASTERS)
def test_the_careful_coder_is_never_flagged(name, limits):
    found = drifts(sessions(name, ("careful",) * 5, limits))
    assert [drift.left_at for drift in found] == [None] * len(found)
    assert not [point for drift in found for point in drift.points if point.outside]


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────


def bias(*lags_ms, target=None):
    """The timing bias of a session with these lags."""
    tally = Tally(
        unit_us=SECOND_US, units=300, at=(), cell=(), lags_us=tuple(lag * MILLISECOND_US for lag in lags_ms)
    )
    found = Estimate(value=mean(lags_ms) / 1000, n=len(lags_ms))
    return Agreement(statistic=BIAS, tier="cues", unit="s", estimate=found, target=target, tallies=(tally,))


def f1(matched, missed, *, floor=0.6, status=Status.OK):
    """The F1 of a 5 min session: so many events matched and so many of A's missed, spread evenly."""
    cells = [0] * matched + [1] * missed
    at = np.linspace(0, 299, len(cells)).astype(int)
    order = np.random.default_rng(1).permutation(len(cells))
    tally = Tally(unit_us=SECOND_US, units=300, at=tuple(at.tolist()), cell=tuple(cells[place] for place in order))
    value = 2 * matched / (2 * matched + missed)
    return Agreement(
        statistic=F1,
        tier="cues",
        unit="events within 1 s",
        estimate=Estimate(value=value, n=len(cells), status=status),
        confusion=Confusion(categories=("v", "—"), table=((matched, missed), (0, 0))),
        target=0.75,
        floor=floor,
        tallies=(tally,),
    )


def line(*agreements):
    """One pair of coders, a session each."""
    return [
        CodedSession(f"s{at}", f"Session {at}", "Ada", "Ben", f"2026-02-{at + 1:02}", (one,))
        for at, one in enumerate(agreements)
    ]


STEADY = [40, -40] * 10
LATE = [340, 460] * 10


def test_a_session_outside_is_flagged_and_that_it_came_back_is_said():
    (drift,) = drifts(line(bias(*STEADY), bias(*LATE), bias(*STEADY)))
    assert drift.left_at == 1
    assert [point.outside for point in drift.points] == [False, True, False]
    assert "The newest session that says enough is inside again." in drift.note
    (gone,) = drifts(line(bias(*STEADY), bias(*LATE), bias(*LATE)))
    assert gone.left_at == 1
    assert "inside again" not in gone.note


def test_too_few_events_never_flag():
    (drift,) = drifts(line(bias(*STEADY), bias(*LATE[:4]), bias(400, 400, 400)))
    assert drift.left_at is None
    assert [point.estimate.status for point in drift.points] == [Status.OK, Status.TOO_FEW, Status.TOO_FEW]


def test_what_chance_explains_does_not_flag():
    noisy = [-500, 1060] * 6  # mean 280 ms, and nobody could tell it from 250
    assert drifts(line(bias(*noisy)))[0].left_at is None
    assert drifts(line(bias(*[270, 290] * 6)))[0].left_at == 0


def test_early_is_outside_as_well_and_a_target_of_the_scheme_is_the_band():
    early = [-lag for lag in LATE]
    (drift,) = drifts(line(bias(*early)))
    assert drift.left_at == 0
    (wide,) = drifts(line(bias(*LATE, target=0.5)))
    assert (wide.low, wide.high, wide.left_at) == (-0.5, 0.5, None)
    assert "±0.25" not in wide.note


def test_rolling_weighs_sessions_by_their_events():
    (drift,) = drifts(line(bias(*[100] * 10), bias(*[200] * 20), bias(*[400] * 10), bias(*[400] * 10)))
    assert [point.rolling for point in drift.points] == [None, None, pytest.approx(0.225), pytest.approx(0.3)]


def test_agreement_is_held_against_its_floor():
    (drift,) = drifts(line(f1(38, 2), f1(36, 4), f1(10, 30)))
    assert (drift.low, drift.high) == (0.6, None)
    assert [point.outside for point in drift.points] == [False, False, True]
    assert drift.left_at == 2
    (lost,) = drifts(line(f1(1, 3, status=Status.TOO_FEW)))
    assert lost.left_at is None


def test_without_a_floor_the_target_is_the_band():
    assert drifts(line(f1(38, 2, floor=None)))[0].low == 0.75


def test_sessions_count_in_the_order_of_coding_and_pairs_of_coders_apart():
    mixed = line(bias(*STEADY), bias(*STEADY), bias(*LATE))
    other = [replace(one, coder_b="Cleo", agreements=(bias(*STEADY),)) for one in mixed]
    ben, cleo = drifts([*reversed(mixed), *other])
    assert (ben.coder_b, ben.left_at) == ("Ben", 2)
    assert [point.session for point in ben.points] == ["Session 0", "Session 1", "Session 2"]
    assert (cleo.coder_a, cleo.coder_b, cleo.left_at) == ("Ada", "Cleo", None)


def test_the_headline_is_what_the_scheme_aims_at():
    drawing = compare(a_pass("a", look="pptt" * 20, cues="v..g" * 20), a_pass("b", look="pptt" * 20), SCHEME)
    found = drifts([CodedSession("s", "S", "Ada", "Ben", "2026-01-01", drawing)])
    assert ("look", ACCURACY, 0.7) in [(drift.tier, drift.statistic, drift.low) for drift in found]
    assert {drift.tier for drift in found} == {"look", "cues"}


def test_nothing_compared_gives_no_drift():
    assert drifts([]) == ()
    nothing = compare(a_pass("a", look="pptt"), a_pass("b", session="s2", look="pptt"), SCHEME)
    assert drifts([CodedSession("s", "S", "Ada", "Ben", "2026-01-01", nothing)]) == ()


def test_a_session_without_any_bias_has_no_sign():
    even = [40, -40] * 10
    (drift,) = drifts(line(bias(*LATE), bias(*even), bias(*LATE), bias(*LATE)))
    assert "Ben was later in 3 of 3 sessions" in drift.note


def test_sessions_are_in_the_order_of_coding_whatever_they_are_called():
    first, then = (
        replace(one, session=name) for one, name in zip(line(bias(*LATE), bias(*STEADY)), "zb", strict=True)
    )
    (drift,) = drifts((then, first))
    assert [point.session for point in drift.points] == ["z", "b"]
