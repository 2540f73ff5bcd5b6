"""What a table of events holds, before its scheme is known."""

from pathlib import Path

import pytest

from coder.formats.events_outline import Mark, outline
from coder.model.problem import FormatError


def test_codes_tiers_and_times_are_read_and_rows_that_cannot_be_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "tier,code,onset,offset,modifiers,either,answer\n"
        "bids,point,1.5,,with=hand,wave; (nothing),acts/hug@2\n"
        ",hold,2,3,,,\n"
        "bids,point,never,,,,\n"
        "bids,,4,,,,\n",
        encoding="utf-8",
    )
    assert outline(file).marks == (
        Mark("bids", "point", 1_500_000, 1_500_000, (("with", "hand"),), ("wave",), answered=True),
        Mark("", "hold", 2_000_000, 3_000_000, (), (), answered=False),
    )


def test_the_scheme_that_the_table_states_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("scheme,scheme_version,code,onset_us\nplay,1.0,wave,5\n", encoding="utf-8")
    assert outline(file).scheme == ("play", "1.0", "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "a.csv: row 1: The file is empty."),
        ("what,when\nwave,1\n", "a.csv: row 1: The table has no column “code”."),
        ("code,onset\nwave\n", "a.csv: row 2: The row has 1 cells, and the heading has 2."),
    ],
)
def test_what_is_no_table_of_events_is_told_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as told:
        outline(file)
    assert str(told.value.problems[0]).startswith(sentence)
