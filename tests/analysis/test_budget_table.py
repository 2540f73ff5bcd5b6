"""The table of time budgets says what the budgets say, and says missing where nothing is defined."""

from pathlib import Path

import pandas as pd
import pytest

from coder.analysis.budget_table import NamedPass, budget_table
from coder.formats import read_events, read_scheme
from coder.model.coding import CodingPass, PassHeader
from coder.model.study import Purpose
from coder.model.time import Span
from coder.settings.shipped import shipped
from coder.workflows.budgets import export_budgets

SCHEME = read_scheme(shipped("schemes") / "shared-play.toml")


@pytest.fixture
def table() -> pd.DataFrame:
    events = read_events(shipped("sample_media") / "dyad-first.shared-play.robin.csv", SCHEME)
    header = PassHeader("p", "s", SCHEME.id, "c", Purpose.MAIN, Span(0, 8_000_000))
    return budget_table([NamedPass("first", "=Robin", CodingPass.of(header, events), SCHEME)])


def row(table: pd.DataFrame, code: str) -> pd.Series:
    return table.set_index("code").loc[code]


def test_states_have_times_and_shares(table: pd.DataFrame) -> None:
    person = row(table, "en_person")
    assert (person["count"], person["total_s"], person["share"]) == (2, 4.4, pytest.approx(0.55))
    assert person["longest_s"] == 3.4
    assert row(table, "en_off")["count"] == 0


def test_moments_have_a_rate_and_no_length(table: pd.DataFrame) -> None:
    bid = row(table, "bid_p")
    assert (bid["count"], bid["per_minute"]) == (1, 7.5)
    assert pd.isna(bid["total_s"])


def test_no_pass_gives_the_columns_and_no_row() -> None:
    empty = budget_table([])
    assert list(empty.columns)[:3] == ["session", "coder", "purpose"]
    assert empty.empty


def test_the_file_is_read_back_and_starts_no_formula(table: pd.DataFrame, tmp_path: Path) -> None:
    out = tmp_path / "budgets.csv"
    export_budgets(table, out)
    again = pd.read_csv(out)
    assert list(again["code"]) == list(table["code"])
    assert again["coder"].iloc[0] == "'=Robin"
    assert again["total_s"].isna().sum() == table["total_s"].isna().sum()
