"""The coders of the sample films, whose errors were planted: the numbers must find them."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from coder.formats.events_csv import read_events
from coder.formats.scheme_file import read_scheme
from coder.model.coding import NOTHING, CodingPass, PassHeader
from coder.model.statistic import ACCURACY, BIAS, F1, ICC, KAPPA, MEAN_DIFFERENCE, SENSITIVITY, TIME_UNIT_KAPPA
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span
from coder.reliability import compare, pool, several_coders

ROOT = Path(__file__).parents[2]
FILMS = ROOT / "sample_media"
GAZE = ("cues-responses", "first-practice", "hard-to-see", "phone", "shared-play", "two-cameras")
PLANTED_LATE_S = 0.4
TOGETHER_US = 500_000


@cache
def scheme_of(name):
    return read_scheme(ROOT / "schemes" / f"{name}.toml")


@cache
def coded(film, scheme_name, who):
    """The pass of a simulated coder, or the master it was made from."""
    scheme, name = scheme_of(scheme_name), f"{film}.{scheme_name}.{who}.csv"
    path = FILMS / name if who == "master" else FILMS / "passes" / name
    truth = next(
        FILMS / f"{film}{end}" for end in (".truth.csv", ".a.truth.csv") if (FILMS / f"{film}{end}").exists()
    )
    with truth.open(encoding="utf-8", newline="") as file:
        *_, last = csv.DictReader(file)
    window = Span(0, round(float(last["time_s"]) * SECOND_US) + 1)
    events = read_events(path, scheme, Span(0, window.end_us + SECOND_US))
    header = PassHeader(f"{film}-{who}", film, scheme.id, who, Purpose.RELIABILITY, window)
    return CodingPass.of(header, events)


@cache
def against_master(scheme_name, who, films):
    scheme = scheme_of(scheme_name)
    found = [
        compare(coded(film, scheme_name, "master"), coded(film, scheme_name, who), scheme, limits=False)
        for film in films
    ]
    return pool(each for film in found for each in film)


def one(agreements, statistic, tier, code=None, detail="", unit=None):
    return next(
        each
        for each in agreements
        if (each.statistic, each.tier, each.code, each.detail) == (statistic, tier, code, detail)
        and unit in (None, each.unit)
    )


@pytest.mark.parametrize("tier", ["cg", "pg"])
def test_a_coder_who_is_400_ms_late_has_that_bias_within_40_ms(tier):
    found = one(against_master("gaze-near", "hasty", GAZE), BIAS, tier).estimate
    assert found.value == pytest.approx(PLANTED_LATE_S, abs=0.04)
    assert found.low < PLANTED_LATE_S < found.high


def test_a_careful_coder_has_no_bias_and_nearly_perfect_kappa():
    found = against_master("gaze-near", "careful", GAZE)
    assert abs(one(found, BIAS, "cg").estimate.value) < 0.04
    assert one(found, TIME_UNIT_KAPPA, "cg").estimate.value > 0.9
    assert one(found, ACCURACY, "cg").estimate.value > 0.95


def mixed_up(film_scheme, who, films):
    """Tier and two codes -> units that the coder took one for the other, either way."""
    found = defaultdict(float)
    for each in against_master(film_scheme, who, films):
        if each.statistic == TIME_UNIT_KAPPA and each.code is None and each.unit == "1 s units":
            names, table = each.confusion.categories, np.array(each.confusion.table)
            for i, first in enumerate(names):
                for j, second in enumerate(names[i + 1 :], i + 1):
                    found[each.tier, first, second] = table[i, j] + table[j, i]
    return found


def test_the_pair_of_codes_that_a_coder_mixes_up_is_the_top_confusion():
    found = mixed_up("gaze-near", "confused", GAZE)
    planted = defaultdict(int)
    for film in GAZE:
        with (FILMS / "passes" / f"{film}.gaze-near.confused.planted.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            for row in csv.DictReader(file):
                if row["what"] == "confused":
                    planted[row["tier"], *sorted((row["code"], row["coder_code"]))] += 1
    (tier, *pair), _ = max(planted.items(), key=lambda item: item[1])
    (found_tier, *found_pair) = max(found, key=found.get)
    assert (found_tier, sorted(found_pair)) == (tier, pair)


def test_a_reversed_scale_shows_as_a_negative_icc_of_that_item_and_of_no_other():
    films = ("cues-responses", "face-to-face", *GAZE[1:])
    found = against_master("ratings", "confused", films)
    of_item = {each.code: each.estimate.value for each in found if each.statistic == ICC and each.code}
    assert of_item["r_impose"] < 0
    assert all(
        value is None or value > of_item["r_impose"] for item, value in of_item.items() if item != "r_impose"
    )


def test_the_rater_who_drifts_upward_is_found_by_the_mean_difference():
    films = ("cues-responses", "face-to-face", *GAZE[1:])
    means = [
        one(against_master("ratings", f"drifting-{at}", films), MEAN_DIFFERENCE, "segment").estimate.value
        for at in (1, 3, 5)
    ]
    assert means == sorted(means)
    assert means[-1] > 0.5


def test_the_events_that_a_hasty_coder_missed_are_the_ones_not_found():
    films = ("cues-responses",)
    found = one(against_master("cue-response", "hasty", films), SENSITIVITY, "acts")
    with (FILMS / "passes" / "cues-responses.cue-response.hasty.planted.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = [
            row for row in csv.DictReader(file) if row["what"] in ("missed", "dulled") and row["tier"] == "acts"
        ]
    acts = coded("cues-responses", "cue-response", "master").row("acts")
    # of two acts that begin together, one is enough (`either`), whichever of them was missed
    twins = [(event.code, event.onset_us) for event in acts if NOTHING in event.either]
    missed = sum(
        not any(
            row["code"] == code and abs(float(row["onset"]) * SECOND_US - at_us) < TOGETHER_US
            for code, at_us in twins
        )
        for row in rows
    )
    assert found.counts["only_a"] >= missed > 0
    assert one(against_master("cue-response", "hasty", films), F1, "acts").counts["events_a"] == found.estimate.n


def test_outcomes_that_a_confused_coder_mixes_up_lower_their_kappa():
    kappas = [
        one(
            against_master("cue-response", who, ("cues-responses",)), KAPPA, "cues", detail="outcome"
        ).estimate.value
        for who in ("careful", "confused")
    ]
    assert kappas[0] > kappas[1]


def test_the_odd_one_out_of_several_coders_has_the_lowest_kappas():
    scheme, names = scheme_of("gaze-near"), ("master", "careful", "hasty", "confused")
    sessions = [{who: coded(film, "gaze-near", who) for who in names} for film in GAZE[:3]]
    gaze = next(each for each in several_coders(sessions, scheme, names) if each.tier == "cg")
    values = [[each.value if each else 1.0 for each in row] for row in gaze.pairwise]
    assert np.array(values)[0, 1] == np.array(values)[np.triu_indices(4, 1)].max()
    assert gaze.sessions == 3
    assert all(each.estimate.low is not None for each in gaze.agreements)
