"""Coded events as CSV: out, in, and everything that can be wrong with a table."""

import csv
import io
import string
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.formats import events_text, parse_events, parse_scheme, read_events, read_scheme, write_events
from coder.formats.cells import agree, guarded, modifiers_cell, parse_pairs, unguarded
from coder.model.coding import Certainty, CodingPass, Event, PassHeader
from coder.model.problem import FormatError
from coder.model.scheme import Code, Modifier, Scheme, SchemeId, Tier, TierKind
from coder.model.study import Purpose
from coder.model.time import Span
from tests.formats import UNHURRIED

SCHEMES = Path(__file__).parents[2] / "schemes"
GAZE = read_scheme(SCHEMES / "gaze-near.toml")
PLAY = read_scheme(SCHEMES / "shared-play.toml")
SMALL = parse_scheme((Path(__file__).parent / "small.toml").read_text("utf-8"), "small.toml")
WINDOW = Span(0, 600_000_000)


def a_pass(scheme: Scheme, *events: Event) -> CodingPass:
    return CodingPass.of(PassHeader("p1", "s1", scheme.id, "c1", Purpose.MAIN, WINDOW), events)


def event(tier: str, code: str, start_us: int, end_us: int, *modifiers: tuple[str, str], note: str = "") -> Event:
    return Event(f"{tier}-{start_us}", tier, code, Span(start_us, end_us), modifiers, note)


def contents(events: object) -> list[tuple[object, ...]]:
    """Events without their ids, which are new in every table that is read."""
    assert isinstance(events, CodingPass | tuple)
    return sorted(
        (one.tier, one.code, one.span, one.modifiers, one.note, one.certainty, one.reaction_us, one.either)
        for one in events
    )


def problems_of(table: str, scheme: Scheme = PLAY, window: Span | None = None) -> list[str]:
    try:
        parse_events(table, "t.csv", scheme, window)
    except FormatError as error:
        return [str(problem) for problem in error.problems]
    return []


LITTLE = a_pass(
    PLAY,
    event("engage", "en_mutual", 1_000_000, 9_123_456, ("play_kind", "build"), ("who_started", "child")),
    event("engage", "unc", 9_123_456, 10_000_000),
    replace(
        event("bids", "bid_c", 500_000, 500_000, ("result", "taken"), note='says "da", Öl; = fein'),
        certainty=Certainty.LIKELY,
        reaction_us=180_000,
        either=("", "bid_p"),
    ),
)
LITTLE_TABLE = """\
session,coder,scheme,scheme_version,scheme_sha256,tier,code,label,onset_us,offset_us,onset,offset,duration_s,\
modifiers,note,certainty,reaction_us,answer,moments,either
Fall 7,'=AB,shared-play,1.1,SHA,engage,en_mutual,"Sharing, child shows it too",1000000,9123456,00:00:01.000,\
00:00:09.123,8.123456,play_kind=build; who_started=child,,,0,,,
Fall 7,'=AB,shared-play,1.1,SHA,engage,unc,Not codable,9123456,10000000,00:00:09.123,00:00:10.000,0.876544,,,,0,,,
Fall 7,'=AB,shared-play,1.1,SHA,bids,bid_c,Child invites,500000,500000,00:00:00.500,00:00:00.500,0.000000,\
result=taken,"says ""da"", Öl; = fein",likely,180000,,,(nothing); bid_p
"""


def test_the_table() -> None:
    expected = LITTLE_TABLE.replace("SHA", PLAY.id.sha256).replace("\n", "\r\n")
    assert events_text(LITTLE, PLAY, session="Fall 7", coder="=AB") == expected


def test_read_back(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_events(LITTLE, PLAY, path)
    events = read_events(path, PLAY, WINDOW)
    assert contents(events) == contents(LITTLE)
    assert len({one.id for one in events}) == 3
    assert not {one.id for one in events} & {one.id for one in LITTLE}


def test_pandas_reads_it_without_options(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_events(LITTLE, PLAY, path, session="Fall 7", coder="AB")
    table = pd.read_csv(path)
    assert table.columns[0] == "session"
    assert table["onset_us"].tolist() == [1_000_000, 9_123_456, 500_000]
    assert table["duration_s"].tolist() == [8.123456, 0.876544, 0.0]
    assert table["note"].tolist()[2] == 'says "da", Öl; = fein'
    assert (pd.to_timedelta(table["offset"]).dt.total_seconds() * 1000).round().tolist() == [9123, 10000, 500]
    table.to_csv(path, index=False)
    assert contents(read_events(path, PLAY)) == contents(LITTLE)


def test_a_spreadsheet_that_cuts_the_clock_and_writes_semicolons_is_read() -> None:
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=";")
    for row in csv.DictReader(io.StringIO(events_text(LITTLE, PLAY))):
        if not table.getvalue():
            writer.writerow(row)
        row |= {"onset": row["onset"][3:-2].replace(".", ","), "offset": row["offset"][3:-2].replace(".", ",")}
        writer.writerow(row.values())
    assert "00:09,1;" in table.getvalue()
    assert contents(parse_events(table.getvalue(), "t.csv", PLAY)) == contents(LITTLE)


@pytest.mark.parametrize(
    "table",
    [
        "code,onset,offset\nbid_c,0.5,\nen_off,1,2.25\n",
        "Code,Onset,Offset\r\nbid_c,0.5,0.5\r\n\r\nen_off,00:01,00:00:02.250\r\n",
        "offset;code;observer;onset\n;bid_c;x;0,5\n2,25;en_off;x;1,0\n",
        "\ufeffcode\tonset\toffset\nen_off\t1.0\t2.25\nbid_c\t0.5\t\n",
        "tier,code,onset_us,offset_us\nengage,en_off,1000000.0,2250000\nbids,bid_c,500000,\n",
    ],
)
def test_plain_tables_of_other_programs(table: str) -> None:
    expected = a_pass(
        PLAY, event("bids", "bid_c", 500_000, 500_000), event("engage", "en_off", 1_000_000, 2_250_000)
    )
    assert contents(parse_events(table, "t.csv", PLAY)) == contents(expected)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", ["t.csv: row 1: The file is empty. Export the events again."]),
        (
            "label;onset;ofset\nbid_c;1;\n",
            [
                "t.csv: row 1: The column “ofset” is not known. Did you mean “offset”?",
                "t.csv: row 1: The table has no column “code”. Its first row must name the columns.",
            ],
        ),
        (
            "code,onset,onset\nbid_c,1,1\n",
            ["t.csv: row 1: The column “onset” stands there twice. Remove one."],
        ),
        (
            "code,onset\nbid_x,1\n",
            ["t.csv: row 2, column code: The scheme has no code “bid_x”. Did you mean “bid_p”?"],
        ),
        (
            "tier,code,onset\nbid,bid_c,1\nturns,bid_c,1\n",
            [
                "t.csv: row 2, column tier: The scheme has no tier “bid”. Did you mean “bids”?",
                "t.csv: row 3, column code: The tier “turns” has no code “bid_c”. There are: turn_c, turn_p.",
            ],
        ),
        (
            "code,onset,offset\n,1,\nbid_c,,\nen_off,1,\nbid_c,1,2\nen_off,5,4\nen_off,6,6\n",
            [
                "t.csv: row 2, column code: The row has no code. Fill it in, or remove the row.",
                "t.csv: row 3, column onset: The row has no onset. Fill it in.",
                "t.csv: row 4, column offset: The row has no offset. Fill it in.",
                "t.csv: row 5, column offset: “Child invites” is a moment and cannot last. Remove the offset.",
                "t.csv: row 6, column offset: The event ends at 00:00:04.000, but it begins at 00:00:05.000. "
                "The offset must be later.",
                "t.csv: row 7, column offset: The event ends at 00:00:06.000, but it begins at 00:00:06.000. "
                "The offset must be later.",
            ],
        ),
        (
            "code,onset\nbid_c,-1\nbid_c,one\nbid_c,0:75\n",
            [
                "t.csv: row 2, column onset: “-1” is not a time; "
                "write seconds (13.747) or a clock (00:01:02.500).",
                "t.csv: row 3, column onset: “one” is not a time; "
                "write seconds (13.747) or a clock (00:01:02.500).",
                "t.csv: row 4, column onset: “0:75” is not a time: minutes and seconds of a clock stay below 60.",
            ],
        ),
        (
            "code,onset_us,onset\nbid_c,1.5,\nbid_c,1000000,00:00:01.001\nbid_c,3000000,00:00:03.000\n",
            [
                "t.csv: row 2, column onset_us: “1.5” is not a number of whole microseconds.",
                "t.csv: row 3, column onset: “00:00:01.001” and onset_us, 00:00:01.000, are different times. "
                "Correct one of them, or remove the column “onset”.",
            ],
        ),
        (
            "code,onset,offset\nen_watch,5,9\nen_off,0,5\nen_off,8,10\nbid_c,3,\nturn_c,3,\nbid_c,3,\n",
            [
                "t.csv: row 4, column onset: “en_off” overlaps “en_watch” of row 2. "
                "Only one of them can hold; correct the times.",
                "t.csv: row 7, column onset: “bid_c” overlaps “bid_c” of row 5. "
                "Only one of them can hold; correct the times.",
            ],
        ),
        (
            "code,onset,modifiers\nbid_c,1,reslt=taken\nbid_c,2,result=take\nbid_c,3,taken\n"
            'bid_c,4,result=taken;result=taken\nbid_c,5,"result=taken,ignored"\nturn_c,1,result=taken\n',
            [
                "t.csv: row 2, column modifiers: The code “bid_c” has no modifier “reslt”. Did you mean “result”?",
                "t.csv: row 3, column modifiers: “result” has no option “take”. Did you mean “taken”?",
                "t.csv: row 4, column modifiers: “taken” is not a modifier with its value. "
                "Write e.g. “from=eyes; play_kind=build”.",
                "t.csv: row 5, column modifiers: The modifier “result” is given twice. Remove one.",
                "t.csv: row 6, column modifiers: “result” takes one option, not 2. Keep one.",
                "t.csv: row 7, column modifiers: The code “turn_c” has no modifier “result”.",
            ],
        ),
        (
            "code,onset,certainty,reaction_us\nbid_c,1,Certain,\nbid_c,2,lkely,0\nbid_c,3,,-5\nbid_c,4,guess,0.2\n",
            [
                "t.csv: row 3, column certainty: “lkely” is no degree of certainty. Did you mean “likely”?",
                "t.csv: row 4, column reaction_us: “-5” is not a number of whole microseconds.",
                "t.csv: row 5, column reaction_us: “0.2” is not a number of whole microseconds.",
            ],
        ),
        (
            "code,onset,either\nbid_c,1,bid_x\nbid_c,2,(nothing); bid_c\nbid_c,3,turn_c\nbid_c,4,nothing\n",
            [
                "t.csv: row 2, column either: The tier “bids” has no code “bid_x”. Did you mean “bid_p”?",
                "t.csv: row 3, column either: “bid_c” is the code of the row itself. "
                "Name only other codes that are as right here.",
                "t.csv: row 4, column either: The tier “bids” has no code “turn_c”. "
                "There are: bid_c, bid_p, (nothing).",
                "t.csv: row 5, column either: The tier “bids” has no code “nothing”. Did you mean “(nothing)”?",
            ],
        ),
        (
            "code,onset,note\nbid_c,1,well, yes\nbid_c,2\n",
            [
                "t.csv: row 2: The row has 4 cells, and the heading has 3. "
                "Put texts that hold a separator in quotes.",
                "t.csv: row 3: The row has 2 cells, and the heading has 3. "
                "Put texts that hold a separator in quotes.",
            ],
        ),
        (
            "scheme,session,coder,code,onset\nshared-play,a,x,bid_c,1\ngaze-near,a,x,bid_c,2\nshared-play,b,y,bid_c,3\n",
            [
                "t.csv: row 3, column scheme: The events were coded with “gaze-near”, and here is “shared-play”. "
                "Choose that scheme; if you know that the codes mean the same, remove the scheme columns.",
                "t.csv: row 4, column session: The table holds more than one session: “a” and “b”. "
                "Keep the rows of one session.",
                "t.csv: row 4, column coder: The table holds more than one coder: “x” and “y”. "
                "Keep the rows of one coder.",
            ],
        ),
        (
            'code,onset\nbid_c,1\nbid_c,"2\n',
            ["t.csv: row 3: The table cannot be read: unexpected end of data. Save it as CSV again."],
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_every_mistake_is_told_with_row_and_column(table: str, told: list[str]) -> None:
    assert problems_of(table) == told


def test_a_code_of_several_tiers_needs_its_tier() -> None:
    (told,) = problems_of("code,onset,offset\nunc,1,3\n", GAZE)
    assert (
        told == "t.csv: row 2, column code: “unc” is a code of several tiers: cg, pg, touch. Add a column “tier”."
    )
    assert problems_of("tier,code,onset,offset\npg,unc,1,3\n", GAZE) == []


def test_events_outside_the_window_are_mistakes_if_there_is_one() -> None:
    table = "code,onset\nbid_c,9.999\nbid_c,10\nbid_c,20\n"
    assert problems_of(table) == []
    told = problems_of(table, window=Span(10_000_000, 20_000_000))
    assert [problem.split(":")[1] for problem in told] == [" row 2, column onset", " row 4, column onset"]
    assert "outside the coded window, 00:00:10.000 to 00:00:20.000" in told[0]


def test_a_table_of_another_version_is_refused() -> None:
    other = parse_scheme((SCHEMES / "shared-play.toml").read_text("utf-8") + "\n# changed\n", "shared-play.toml")
    (told,) = problems_of(events_text(LITTLE, PLAY), other)
    assert "column scheme_sha256: The events were coded with" in told
    with pytest.raises(FormatError, match="The pass was made with shared-play"):
        events_text(LITTLE, other)


def test_number_modifiers() -> None:
    table = "code,onset,offset,modifiers\nsmile,0,1,level={}\n"
    assert contents(parse_events(table.format("2"), "t.csv", SMALL))[0][3] == (("level", "2"),)
    for wrong in ("0", "4", "x", "1.5", "9" * 5000):
        (told,) = problems_of(table.format(wrong), SMALL)
        assert "is not a whole number from 1 to 3." in told


def test_an_old_file_stays_if_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("old", "utf-8")
    other = a_pass(GAZE)
    with pytest.raises(FormatError):
        write_events(other, PLAY, path)
    with pytest.raises(FormatError, match="cannot be written"):
        write_events(LITTLE, PLAY, tmp_path / "none" / "events.csv")
    (folder := tmp_path / "folder.csv").mkdir()
    with pytest.raises(FormatError, match="cannot be written"):
        write_events(LITTLE, PLAY, folder)
    assert path.read_text("utf-8") == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["events.csv", "folder.csv"]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes("code,onset,note\nbid_c,1,schön\n".encode("latin-1"))
    with pytest.raises(FormatError, match=r"events.csv:2: The file is not UTF-8 text\."):
        read_events(path, PLAY)


def test_a_clock_agrees_if_it_is_the_time_cut_or_rounded() -> None:
    at_us = 13_746_999
    assert all(
        agree(at_us, cell) for cell in ("13.746999", "13.746", "13.747", "0:13.7", "00:00:13,75", "13", "14")
    )
    assert not any(agree(at_us, cell) for cell in ("13.746998", "13.745", "13.9", "00:15", "12"))


@UNHURRIED
@given(st.text())
def test_guarding_is_taken_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


IDS = st.text(string.ascii_lowercase, min_size=1, max_size=3)


@UNHURRIED
@given(st.dictionaries(IDS, IDS))
def test_modifiers_are_taken_back(values: dict[str, str]) -> None:
    modifiers = tuple(sorted(values.items()))
    assert tuple(parse_pairs(modifiers_cell(modifiers))) == modifiers


def values_of(modifier: Modifier) -> st.SearchStrategy[str]:
    if modifier.kind == "number":
        return st.integers(modifier.low or 0, modifier.high or 0).map(str)
    options = st.sampled_from([option.id for option in modifier.options])
    if modifier.kind == "single":
        return options
    return st.sets(options, min_size=1).map(lambda chosen: ",".join(sorted(chosen)))


@st.composite
def events_of_tier(draw: st.DrawFn, tier: Tier) -> list[Event]:
    """Events one after the other, as the rules of the bench allow them in any tier."""
    times = sorted(draw(st.sets(st.integers(0, 10**13), max_size=12)))
    spans = zip(times[::2], times[1::2], strict=False)
    codes: st.SearchStrategy[Code] = st.sampled_from(tier.codes)
    events = []
    for start_us, end_us in spans:
        code = draw(codes)
        given_ones = [one for one in code.modifiers if draw(st.booleans())]
        modifiers = tuple(sorted((one.id, draw(values_of(one))) for one in given_ones))
        span = Span(start_us, start_us if tier.kind is TierKind.POINT else end_us)
        certainty, reaction_us = draw(st.sampled_from(Certainty)), draw(st.integers(0, 4_000_000))
        event_id, note = f"{tier.id}{start_us}", draw(st.text())
        event = Event(event_id, tier.id, code.id, span, modifiers, note, certainty, reaction_us)
        others = [other.id for other in tier.codes if other is not code]
        either = draw(st.sets(st.sampled_from(["", *others]), max_size=3))
        events.append(replace(event, either=tuple(sorted(either))))
    return events


@settings(UNHURRIED, max_examples=60)
@given(st.data(), st.sampled_from([GAZE, PLAY, SMALL]), st.text(), st.text())
def test_every_pass_is_read_back_the_same(data: st.DataObject, scheme: Scheme, session: str, coder: str) -> None:
    events = [one for tier in scheme.tiers for one in data.draw(events_of_tier(tier))]
    coding = a_pass(scheme, *events)
    text = events_text(coding, scheme, session=session, coder=coder)
    assert contents(parse_events(text, "t.csv", scheme)) == contents(coding)


@UNHURRIED
@given(st.text(alphabet="bidc_en,;\t\"'\n\r=0123456789.:\ufeff\x00", max_size=80))
def test_garbage_is_a_format_error(rows: str) -> None:
    told = problems_of(f"code,onset,offset,modifiers\n{rows}") + problems_of(rows)
    assert all(problem.startswith("t.csv: row ") for problem in told)


def test_the_identity_is_written_in_full() -> None:
    (row,) = csv.DictReader(io.StringIO(events_text(a_pass(PLAY, event("turns", "turn_p", 7, 7)), PLAY)))
    assert SchemeId(row["scheme"], row["scheme_version"], row["scheme_sha256"]) == PLAY.id
    assert (row["session"], row["coder"]) == ("s1", "c1")
