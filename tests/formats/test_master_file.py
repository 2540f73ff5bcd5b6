"""Masters: a plain table with zones; sealed, so that an ordinary look shows nothing; cut to a clip's stretch."""

import base64
import shutil
import zlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.formats import parse_scheme, read_events, read_scheme
from coder.formats.master_file import MasterFile, cut_to, master_text, parse_sealed, read_master, sealed_text
from coder.formats.sealing import is_sealed, sealed, unsealed
from coder.model.coding import Event
from coder.model.problem import FormatError
from coder.model.scheme import SchemeId
from coder.model.time import Span
from coder.model.training import Edge, Master, Zone
from tests.formats import UNHURRIED

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SMALL = parse_scheme((HERE / "small.toml").read_text("utf-8"), "small.toml")
LINKED = parse_scheme((HERE / "linked.toml").read_text("utf-8"), "linked.toml")
WINDOW = Span(0, 20_000_000)
SAMPLES = sorted((ROOT / "sample_media").glob("*.master.csv"))


def written(folder: Path, text: str, name: str = "m.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def problems_of(file: Path, stretch: Span | None = None) -> list[str]:
    try:
        read_master(file, SMALL, stretch)
    except FormatError as error:
        return [str(problem) for problem in error.problems]
    return []


def small_master() -> Master:
    return replace(read_master(HERE / "course" / "a.csv", SMALL).over(WINDOW), origin="by the tests", version=3)


def told_by(call: object) -> str:
    assert isinstance(call, pytest.ExceptionInfo)
    (problem,) = call.value.problems
    return str(problem)


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_every_sample_master_survives_table_and_seal(tmp_path: Path, file: Path) -> None:
    scheme = read_scheme(ROOT / "schemes" / f"{file.name.split('.')[1]}.toml")
    master = read_master(file, scheme, named="m.csv").over(Span(0, 60_000_000))
    assert master.events
    # the same name gives the same ids
    assert read_master(written(tmp_path, master_text(master, scheme)), scheme).over(master.window) == master
    seal = written(tmp_path, sealed_text(master), "m.sealed")
    assert read_master(seal, scheme).over(master.window) == master


def test_what_is_sealed_shows_nothing_to_an_ordinary_look() -> None:
    text = sealed_text(small_master())
    assert is_sealed(text)
    plain = text.encode()
    words = ("smile", "calm", "call", "her name", "corners", "4000000", "onset")
    layers = [plain, base64.b64decode("".join(text.split("\n")[1:]))]
    for layer in layers:
        assert not any(word.encode() in layer for word in words)
        with pytest.raises(zlib.error):
            zlib.decompress(layer)
    assert all(line.isascii() for line in text.splitlines())
    assert sealed_text(small_master()) == text


@given(st.text(max_size=300))
def test_a_seal_gives_back_every_text(text: str) -> None:
    assert unsealed(sealed(text), "x") == text


@given(st.data())
def test_a_seal_that_lost_or_changed_a_sign_is_told(data: st.DataObject) -> None:
    good = sealed("a text that is long enough to be packed")
    at = data.draw(st.integers(len("coder sealed 1\n"), len(good) - 2))
    sign = data.draw(st.sampled_from("ABab01+/"))
    spoilt = data.draw(st.sampled_from([good[:at] + good[at + 1 :], good[:at] + sign + good[at + 1 :], good[:at]]))
    if spoilt == good:
        return
    with pytest.raises(FormatError) as raised:
        unsealed(spoilt, "m.sealed")
    assert told_by(raised) == "m.sealed: The sealed text is damaged. Copy the file again from where it came from."


def test_a_seal_of_a_later_program_and_one_that_swells_are_told() -> None:
    with pytest.raises(FormatError, match=r"not sealed by this version of the program"):
        unsealed("coder sealed 2\nAAAA\n", "x")
    with pytest.raises(FormatError, match="damaged"):  # 60 MB of blanks, 60 kB sealed
        unsealed(sealed(" " * 60_000_000), "x")


def test_what_lies_under_a_seal_must_be_a_master_of_the_scheme(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="There is no master under this seal"):
        parse_sealed(sealed('{"version": 1}'), "x")
    master = small_master()
    other = replace(master, scheme=SchemeId("small", "0.9", "ab"))
    assert problems_of(written(tmp_path, sealed_text(other))) == [
        f"m.csv: The master was coded with small 0.9 (ab), and the course is for {SMALL.id}. "
        "Use the scheme that the master was coded with."
    ]
    first, second, *rest = master.events
    for hostile, told in (
        (
            (replace(first, code="grin"), second, *rest),
            "m.csv: row 2, column code: The tier “face” has no code “grin”.",
        ),
        ((replace(first, span=Span(0, 5_000_000)), second, *rest), "m.csv: row 3, column onset: “smile” overlaps"),
        ((replace(first, id=second.id), second, *rest), "m.csv: The sealed master contradicts itself."),
        ((first, replace(second, either=("grin",)), *rest), "m.csv: row 3, column either: The tier"),
        (
            (first, replace(second, modifiers=(("how", "shy"),)), *rest),
            "m.csv: row 3, column modifiers: “how” has no",
        ),
    ):
        (problem,) = problems_of(written(tmp_path, sealed_text(replace(master, events=hostile))))
        assert problem.startswith(told)
    stray = replace(master, zones=(Zone("nobody", Edge.ONSET, Span(0, 1)),))
    assert problems_of(written(tmp_path, sealed_text(stray)))[0].startswith("m.csv: The sealed master contradicts")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("face,smile,4,8,3.8-4.1,", ""),
        ("face,smile,4,8,4-4,8-8.2", ""),
        ("calls,call,4,4,3.8-4.1,", ""),
        ("face,smile,4,8,4.1-4.4,", "onset_zone: The zone “4.1-4.4” does not hold the edge itself, 00:00:04.000."),
        (
            "face,smile,4,8,,8.1-8.4",
            "offset_zone: The zone “8.1-8.4” does not hold the edge itself, 00:00:08.000.",
        ),
        (
            "face,smile,4,8,soon,",
            "onset_zone: “soon” is no stretch of time. Write start and end, e.g. “12.3-12.7”.",
        ),
        ("face,smile,4,8,4.2-3.9,", "onset_zone: “4.2-3.9” is no stretch of time."),
        ("calls,call,4,4,,4-4.5", "offset_zone: “call” has no edge that could lie in a zone."),
        ("joint,together,0,10,0-1,", "onset_zone: “together” has no edge that could lie in a zone."),
    ],
)
def test_zones_are_read_and_their_mistakes_told(tmp_path: Path, row: str, told: str) -> None:
    file = written(tmp_path, f"tier,code,onset,offset,onset_zone,offset_zone\n{row}\n")
    problems = problems_of(file)
    assert len(problems) == bool(told)
    assert not told or problems[0].startswith(f"m.csv: row 2, column {told}")


def test_two_zones_of_one_boundary_are_one(tmp_path: Path) -> None:
    table = "tier,code,onset,offset,onset_zone,offset_zone\nface,calm,0,4,,{}\nface,smile,4,8,3.8-4.1,\n"
    assert problems_of(written(tmp_path, table.format("3.8-4.1"))) == []
    assert problems_of(written(tmp_path, table.format("3.9-4.1"))) == [
        "m.csv: row 3, column onset_zone: Row 2 has another zone for the same boundary. Where one state follows "
        "another there is one boundary; give one zone."
    ]


def test_a_table_with_zones_is_imported_as_events_as_before() -> None:
    master = HERE / "course" / "a.csv"
    assert [(one.tier, one.code, one.span) for one in read_events(master, SMALL)] == [
        (one.tier, one.code, one.span) for one in read_master(master, SMALL).events
    ]


def test_a_clip_that_parts_a_cue_from_its_answer_is_told(tmp_path: Path) -> None:
    table = "tier,code,onset,modifiers,answer\ncalls,call,4,outcome=o_match,talk@6\nreplies,talk,6,,\n"
    whole = read_master(written(tmp_path, table), LINKED)
    assert len(cut_to(whole, LINKED, Span(0, 7_000_000)).events) == 2
    with pytest.raises(FormatError) as raised:
        cut_to(whole, LINKED, Span(0, 5_000_000))
    assert told_by(raised) == (
        "m.csv: The clip shows “call” at 00:00:04.000, and not what answers it. "
        "Let the clip begin earlier, or end later."
    )
    assert [event.code for event in cut_to(whole, LINKED, Span(5_000_000, 7_000_000)).events] == ["talk"]


def test_intervals_and_ratings_are_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    table = "tier,code,onset,offset\njoint,together,10,20\njoint,together,30,40\n"
    whole = read_master(written(tmp_path, table), SMALL)
    assert [event.span.start_us for event in cut_to(whole, SMALL, Span(0, 35_000_000)).events] == [10_000_000]
    with pytest.raises(FormatError, match=r"The clip begins in the middle of an interval of “Joint”"):
        cut_to(whole, SMALL, Span(5_000_000, 35_000_000))


def test_a_master_that_does_not_cover_the_clip_or_outruns_it_is_told(tmp_path: Path) -> None:
    seal = written(tmp_path, sealed_text(small_master()))
    assert problems_of(seal, Span(0, 20_000_000)) == []
    assert problems_of(seal, Span(5_000_000, 21_000_000)) == [
        "m.csv: The master covers 00:00:00.000 to 00:00:20.000, and the clip leaves that stretch. "
        "Shorten the clip."
    ]
    with pytest.raises(FormatError, match="the clip leaves that stretch"):
        read_master(seal, SMALL).over(Span(0, 21_000_000))  # the film goes on behind what was coded
    whole = read_master(HERE / "course" / "a.csv", SMALL)
    with pytest.raises(
        FormatError, match=r"The master has “calm” until 00:00:20.000, and the clip ends at 00:00:19.000"
    ):
        whole.over(Span(0, 19_000_000))


SPOTS = st.integers(0, 200).map(lambda at: at * 100_000)


@st.composite
def masters(draw: st.DrawFn) -> Master:
    """Faces that follow each other with and without gaps, calls anywhere, zones around some edges."""
    cuts = sorted(draw(st.sets(SPOTS, min_size=2, max_size=9)))
    note = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)
    events, zones = [], []
    for start, end in pairwise(cuts):
        if draw(st.booleans()):
            code = draw(st.sampled_from(["smile", "calm", "unc"]))
            either = draw(st.sampled_from([(), ("",)]))
            events.append(Event(f"f{start}", "face", code, Span(start, end), note=draw(note), either=either))
    how = st.sampled_from([(), (("how", "soft"),)])
    moments = draw(st.sets(SPOTS.filter(lambda at: at < WINDOW.end_us), max_size=5))
    events += [Event(f"c{at}", "calls", "call", Span.moment(at), draw(how)) for at in moments]
    for event in events:
        if draw(st.booleans()):
            before, after = draw(st.integers(0, 300_000)), draw(st.integers(0, 300_000))
            zones.append(Zone(event.id, Edge.ONSET, Span(max(event.onset_us - before, 0), event.onset_us + after)))
    return Master(draw(st.integers(1, 9)), SMALL.id, WINDOW, tuple(events), tuple(zones), draw(note))


def contents(file: MasterFile | Master) -> tuple[object, ...]:
    """Without ids, which a table does not hold."""
    places = {event.id: (event.tier, event.code, event.onset_us) for event in file.events}
    return (
        sorted((replace(event, id="") for event in file.events), key=repr),
        sorted((places[zone.event], zone.edge, zone.span) for zone in file.zones),
    )


@settings(UNHURRIED, max_examples=150)
@given(masters())
def test_any_master_survives_table_and_seal(tmp_path_factory: pytest.TempPathFactory, master: Master) -> None:
    folder = tmp_path_factory.getbasetemp()
    assert parse_sealed(sealed_text(master), "x") == master
    table = read_master(written(folder, master_text(master, SMALL)), SMALL)
    assert contents(table) == contents(master)
    seal = read_master(written(folder, sealed_text(master)), SMALL)
    assert seal.over(WINDOW) == master


@settings(UNHURRIED, max_examples=150)
@given(masters(), SPOTS, SPOTS)
def test_what_is_cut_lies_in_the_stretch_and_misses_nothing_of_it(
    tmp_path_factory: pytest.TempPathFactory, master: Master, one: int, other: int
) -> None:
    stretch = Span(min(one, other), max(one, other) + 100_000)
    file = read_master(written(tmp_path_factory.getbasetemp(), master_text(master, SMALL)), SMALL)
    cut = cut_to(file, SMALL, stretch)
    assert all(stretch.start_us <= event.onset_us and event.offset_us <= stretch.end_us for event in cut.events)

    def covered(events: tuple[Event, ...]) -> set[tuple[str, int]]:
        return {
            (event.code, at)
            for event in events
            for at in range(stretch.start_us, stretch.end_us, 50_000)
            if event.span.contains(at) or event.onset_us == at
        }

    assert covered(cut.events) == covered(file.events)
    edges = {event.id: event.onset_us for event in cut.events}
    for zone in cut.zones:
        assert zone.span.start_us <= edges[zone.event] <= zone.span.end_us
        assert stretch.start_us <= zone.span.start_us
        assert zone.span.end_us <= stretch.end_us


def test_bytes_of_another_kind_are_told(tmp_path: Path) -> None:
    binary = tmp_path / "m.csv"
    binary.write_bytes(b"\x00\xff" * 50)
    assert len(problems_of(binary)) == 1
    shutil.copy(ROOT / "sample_media" / "dyad-first.mp4", binary)
    assert len(problems_of(binary)) == 1
    assert problems_of(tmp_path) == [
        f"{tmp_path}: The file cannot be read: Is a directory. Check that it is a file that you may read."
    ]
