"""The simulated coders, through a study from end to end: what was planted in their passes is what is found."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest

from coder.model.agreement import Agreement, Drift
from coder.model.statistic import BIAS, EVENT_KAPPA, TIME_UNIT_KAPPA
from coder.model.study import Purpose
from coder.workflows.agenda import agenda
from coder.workflows.compared import drifts_of, several_of, totals_of
from coder.workflows.comparison import Comparison, compare_study, limits_of
from coder.workflows.exchange import import_events
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from tests.workflows.supervised import CLIPS, MASTER, SAMPLES, supervised

SCHEME = "gaze-near"
TIERS = ("cg", "pg", "dist", "touch")


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Comparison]:
    """Five clips, coded by the master, by Sasha, who is hasty, and by Toni, who confuses two codes."""
    with supervised(tmp_path_factory.mktemp("visits") / "study", coders=("Sasha", "Toni")) as store:
        yield compare_study(store)


def planted(coder: str, *clips: str, scheme: str = SCHEME) -> list[dict[str, str]]:
    """The ledgers of a coder's passes."""
    rows: list[dict[str, str]] = []
    for clip in clips:
        file = SAMPLES / "passes" / f"{clip}.{scheme}.{coder}.planted.csv"
        with file.open(encoding="utf-8", newline="") as ledger:
            rows += csv.DictReader(ledger)
    return rows


def planted_shift(rows: list[dict[str, str]], tier: str) -> float:
    """How much later the onsets of a tier were made, on average, in seconds."""
    return mean(float(row["shift_ms"]) for row in rows if row["tier"] == tier and row["shift_ms"]) / 1000


def with_master(found: Comparison, coder: str, statistic: str) -> dict[str, Agreement]:
    """By tier; at its first time unit."""
    (pooled,) = [one for one in found.by_pair if (one.coder_a, one.coder_b) == (MASTER, coder)]
    assert pooled.sessions == len(CLIPS)
    tiers: dict[str, Agreement] = {}
    for one in pooled.agreements:
        if one.statistic == statistic and one.code is None and not one.detail:
            tiers.setdefault(one.tier, one)
    return tiers


def confusions(one: Agreement) -> Counter[tuple[str, str]]:
    """Counts off the diagonal of a table, by what A and B called it."""
    assert one.confusion is not None
    names = one.confusion.categories
    return Counter(
        {
            (names[i], names[j]): count
            for i, row in enumerate(one.confusion.table)
            for j, count in enumerate(row)
            if i != j
        }
    )


def test_the_hasty_coder_is_late_by_what_was_planted(visits: Comparison) -> None:
    found, ledger = with_master(visits, "Sasha", BIAS), planted("hasty", *CLIPS)
    for tier in TIERS:
        assert found[tier].estimate.value == pytest.approx(planted_shift(ledger, tier), abs=0.04)
    # the plan is 400 ms; where many events were shifted, chance has little part in their mean
    many = [one for one in found.values() if one.estimate.n >= 50]
    assert [one.tier for one in many] == ["cg", "pg"]
    assert [one.estimate.value for one in many] == [pytest.approx(0.4, abs=0.04)] * 2


def test_the_confused_pair_of_codes_is_the_top_confusion(visits: Comparison) -> None:
    ledger = [row for row in planted("confused", *CLIPS) if row["what"] == "confused"]
    (pair,) = {frozenset((row["code"], row["coder_code"])) for row in ledger}
    for statistic in (TIME_UNIT_KAPPA, EVENT_KAPPA):
        top = confusions(with_master(visits, "Toni", statistic)["cg"]).most_common(2)
        assert {frozenset(codes) for codes, _ in top} == {pair}


def test_who_confuses_two_codes_is_not_late(visits: Comparison) -> None:
    assert with_master(visits, "Toni", BIAS)["cg"].estimate.value == pytest.approx(0, abs=0.04)


def test_the_confused_pair_leads_the_agenda(tmp_path: Path) -> None:
    with supervised(tmp_path / "study", coders=("Toni",)) as store:
        (found,) = agenda(store).schemes
    ledger = [row for row in planted("confused", *CLIPS) if row["what"] == "confused"]
    codes = {row["code"] for row in ledger}
    assert {topic.code for topic in found.topics[:2]} == codes
    for topic in found.topics[:2]:
        assert next(iter(topic.against)) in codes - {topic.code}


def test_drift_is_flagged_at_the_session_where_it_left_the_band(tmp_path: Path) -> None:
    clip = "first-practice"
    with new_study(tmp_path / "study", "Home visits") as store:
        for number in range(1, 6):
            add_session(store, SAMPLES / f"{clip}.mp4", f"visit {number}")
            for coder, file, purpose in (
                (MASTER, f"{clip}.{SCHEME}.master.csv", Purpose.MAIN),
                ("Kim", f"passes/{clip}.{SCHEME}.drifting-{number}.csv", Purpose.RELIABILITY),
            ):
                import_events(
                    store, SAMPLES / file, session=f"visit {number}", coder=coder, scheme=SCHEME, purpose=purpose
                )
        found = compare_study(store)
    drifts = {
        drift.tier: drift for drift in drifts_of(found, found.pooled[0].scheme.id) if drift.statistic == BIAS
    }
    for tier in ("cg", "pg"):
        drift: Drift = drifts[tier]
        assert [point.session for point in drift.points] == [f"visit {number}" for number in range(1, 6)]
        shifts = [planted_shift(planted(f"drifting-{number}", clip), tier) for number in range(1, 6)]
        assert [point.estimate.value for point in drift.points] == pytest.approx(shifts, abs=0.04)
        beyond = next(place for place, shift in enumerate(shifts) if shift > (drift.high or 0))
        assert drift.left_at == beyond


def test_three_coders_and_sums_of_sessions_come_out_of_the_same_comparison(visits: Comparison) -> None:
    scheme = visits.pooled[0].scheme
    several = {one.tier: one for one in several_of(visits, scheme.id)}
    assert set(several) == set(TIERS)
    assert (several["cg"].coders, several["cg"].sessions) == ((MASTER, "Sasha", "Toni"), len(CLIPS))
    sums = {one.tier for one in totals_of(visits, scheme.id)}
    assert sums == set(TIERS)


def test_limits_of_a_pair_are_made_when_they_are_asked_for(visits: Comparison) -> None:
    pair = visits.pairs[0]
    assert not [one for one in pair.agreements if one.estimate.method]
    limited = limits_of(pair)
    assert [one.estimate.value for one in limited] == [one.estimate.value for one in pair.agreements]
    assert [one for one in limited if one.estimate.low is not None]
    assert [one for one in visits.pooled[0].agreements if one.estimate.low is not None]
