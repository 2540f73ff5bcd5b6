"""Every scheme that comes with the program, from an imported table to the report, and out again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from coder.analysis import measures
from coder.annotate import strokes
from coder.cli.main import cli
from coder.model.coding import CodingPass, Modifiers
from coder.model.disagreement import DisagreementKind
from coder.model.problem import CodingError, FormatError
from coder.model.study import Purpose
from coder.model.time import Span
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.budgets import study_budgets
from coder.workflows.comparison import compare_study
from coder.workflows.exchange import Imported, export_events, import_events
from coder.workflows.passes import doubts, open_pass, submit_pass
from coder.workflows.reporting import report_steps
from coder.workflows.schemes import shipped_schemes
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study

HEADING = "tier,code,onset,offset,modifiers,note"

CUES = """
cues,cue_look,1.0,,channel=face; outcome=o_match,,act_warm@1.6
acts,act_warm,1.6,,,,
cues,cue_newact,4.0,,outcome=o_none,,
child_view,unc,5.0,6.2,,,
cues,cue_voice,5.5,,outcome=o_part; tone=neutral,under the table,act_talk@7.0
acts,act_talk,7.0,,,,
"""
FACE = """
ep,ep_play,0,3,,
ep,ep_pause,3,6,,
ep,ep_again,6,8,,
cp,cp_joy,0,3,,
cp,cp_fuss,4,6,level=2,
self,s_oral,4,6,,
pp,p_joy,0,3,,
pp,p_still,3,5,,
pp,p_quiet,5,6,,
breaches,breach,4.9,,,smiles
stop,stop_rule,7.5,,,
"""
RATED = """
segment,r_tuned,0,8,rating=5,
segment,r_impose,0,8,rating=2,"Takes the cup once, at 0:03."
segment,r_warm,0,8,rating=6,"Laughs with her, 0:01 and 0:06."
segment,r_mutual,0,8,rating=4,
segment,r_child,0,8,rating=5,
segment,r_flat,0,8,rating=na,
"""
GAZE = "cg,cg_face,0,8,,\npg,pg_face,0,8,,\n"
PLAY = "engage,en_person,0,8,,\nbids,bid_p,1,,,\n"
CODED = {"cue-response": CUES, "face-to-face": FACE, "gaze-near": GAZE, "ratings": RATED, "shared-play": PLAY}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Trial") as opened:
        add_session(opened, shipped("sample_media") / "dyad-first.mp4", "s", window=Span(0, 8_000_000))
        yield opened


def table(tmp_path: Path, rows: str) -> Path:
    file = tmp_path / "pass.csv"
    answers = ",answer" if rows.strip().splitlines()[0].count(",") > HEADING.count(",") else ""
    file.write_text(f"{HEADING}{answers}\n{rows.lstrip()}", "utf-8")
    return file


def bring(store: StudyStore, file: Path, scheme: str, who: str, *, submitted: bool = True) -> Imported:
    purpose = Purpose.MAIN if who == "Robin" else Purpose.RELIABILITY
    return import_events(store, file, session="s", coder=who, scheme=scheme, purpose=purpose, submitted=submitted)


def seen(events: CodingPass) -> list[tuple[str, str, Span, Modifiers, str, str]]:
    """What is coded, each cue with the code of its answer."""
    codes = {one.id: one.code for one in events} | {"": ""}
    return sorted((one.tier, one.code, one.span, one.modifiers, one.note, codes[one.answer]) for one in events)


def test_there_is_a_table_for_each() -> None:
    assert [scheme.id.name for scheme in shipped_schemes()] == list(CODED)


@pytest.mark.parametrize("name", CODED)
def test_a_pass_comes_in_whole_and_goes_out_as_it_came(store: StudyStore, tmp_path: Path, name: str) -> None:
    first = bring(store, table(tmp_path, CODED[name]), name, "Robin")
    assert first.wanting == ()
    assert first.events == len(CODED[name].strip().splitlines())
    (out,) = export_events(store, tmp_path / "out", coder="Robin")
    again = bring(store, out.file, name, "Sasha")
    assert seen(store.load_pass(again.header.id)) == seen(store.load_pass(first.header.id))


@pytest.mark.parametrize("name", CODED)
def test_two_passes_are_compared_or_the_report_says_why_not(store: StudyStore, tmp_path: Path, name: str) -> None:
    for who in ("Robin", "Sasha"):
        bring(store, table(tmp_path, CODED[name]), name, who)
    (pair,) = compare_study(store).pairs
    wholes = [one for one in pair.agreements if one.code is None]
    tiers = dict.fromkeys(one.tier for one in wholes)
    expected = [tier.id for tier in pair.scheme.tiers if not all(code.uncodable for code in tier.codes)]
    assert list(tiers) == expected
    assert pair.disagreements == ()
    assert all(one.estimate.value is not None or one.estimate.sentence for one in pair.agreements)
    page = finish(report_steps(store)).read_text("utf-8")
    assert pair.scheme.title in page
    assert set(study_budgets(store)["scheme"]) <= {name}


def test_few_ratings_are_compared_and_not_judged(store: StudyStore, tmp_path: Path) -> None:
    for who in ("Robin", "Sasha"):
        bring(store, table(tmp_path, RATED), "ratings", who)
    found = compare_study(store).pooled[0].agreements
    together = next(one for one in found if (one.statistic, one.code) == ("ICC(A,1)", None))
    assert (together.target, together.floor) == (0.75, 0.6)
    assert together.estimate.value == 1.0
    single = next(one for one in found if (one.statistic, one.code) == ("ICC(A,1)", "r_tuned"))
    assert single.estimate.value is None
    page = finish(report_steps(store)).read_text("utf-8")
    assert "not computed in this version" not in page
    store.close()
    told = CliRunner().invoke(cli, ["reliability", str(store.folder)])
    assert (told.exit_code, told.exception) == (0, None)
    assert "ICC(A,1)" in told.stdout


def test_a_cue_that_could_not_be_seen_is_missing_for_both(store: StudyStore, tmp_path: Path) -> None:
    """Robin cannot see the child from 5.0 to 6.2 s, where Sasha marks a sound."""
    bring(store, table(tmp_path, CUES), "cue-response", "Robin")
    bring(store, table(tmp_path, "cues,cue_look,1.0,,,\ncues,cue_voice,5.4,,,\n"), "cue-response", "Sasha")
    (pair,) = compare_study(store).pairs
    events = [one for one in pair.disagreements if one.kind is not DisagreementKind.MODIFIER]
    assert {one.span.start_us for one in events if one.tier == "cues"} == {4_000_000}


def test_a_measure_counts_what_a_default_fills(store: StudyStore, tmp_path: Path) -> None:
    """The infant watches all the time; the parent's line is open but for two seconds of voice and two of joy."""
    rows = "ep,ep_play,0,8,,\ncp,cp_watch,0,8,,\npp,p_voice,2,4,,\npp,p_joy,4,6,,\n"
    made = bring(store, table(tmp_path, rows), "face-to-face", "Robin")
    scheme = next(one for one in shipped_schemes() if one.id == made.header.scheme)
    found = measures(store.load_pass(made.header.id), scheme)
    matched = {one.part[1]: one.value for one in found if one.name == "matched" and one.part[0] == "Play"}
    assert matched["matched"] == 75.0  # quiet 0–2 and 6–8 by default, voice 2–4
    assert matched["median time to repair"] == 2.0


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("segment,r_warm,0,8,rating=8,", "“rating” has no option “8”."),
        ("segment,r_warm,0,0,rating=5,", "The event ends at 00:00:00.000, but it begins at 00:00:00.000."),
        ("segment,r_warm,0,8,rating=5,\nsegment,r_warm,4,8,rating=5,", "“r_warm” overlaps “r_warm” of row 2."),
    ],
)
def test_a_table_of_ratings_that_are_none_is_refused(
    store: StudyStore, tmp_path: Path, row: str, told: str
) -> None:
    with pytest.raises(FormatError) as refused:
        bring(store, table(tmp_path, row), "ratings", "Robin")
    assert told in str(refused.value.problems[0])
    assert not store.passes()


def test_a_rating_without_a_number_or_its_reason_is_not_submitted(store: StudyStore, tmp_path: Path) -> None:
    rows = "segment,r_warm,0,8,rating=6,\nsegment,r_tuned,0,8,,\nsegment,r_flat,0,8,rating=3,\n"
    made = bring(store, table(tmp_path, rows), "ratings", "Robin", submitted=False).header
    assert [one.what for one in doubts(store, made.id)] == [
        "The segment was rated after 0 viewings, and “Ratings of the segment” asks for 2."
    ]
    with pytest.raises(CodingError) as refused:
        submit_pass(store, made.id)
    told = [problem.what for problem in refused.value.problems]
    assert sorted(told) == [
        "“Child involvement with parent” is not rated.",
        "“Dyadic mutuality” is not rated.",
        "“Imposing control” is not rated.",
        "“Tuned responding” lacks “Rating”.",
        "“Warm regard” is rated 6 without a reason.",
    ]


def test_ratings_can_be_opened_and_a_stroke_gives_none(store: StudyStore, tmp_path: Path) -> None:
    made = bring(store, table(tmp_path, RATED), "ratings", "Robin", submitted=False).header
    opened = open_pass(store, made.id)
    ratings = [event.modifier("rating") for event in opened.desk.coding.row("segment")]
    assert sorted(filter(None, ratings)) == ["2", "4", "5", "5", "6", "na"]
    with pytest.raises(CodingError, match="is rated, not coded on the timeline"):
        strokes.code(opened.desk.coding, opened.scheme, "segment", "r_warm", 0)
