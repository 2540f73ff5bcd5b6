"""`coder reliability`, `coder agenda` and `coder pass consensus`, as a supervisor types them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coder.model.disagreement import Verdict
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.settling import settle, walk
from tests.cli.conftest import Run
from tests.workflows.supervised import supervised
from tests.workflows.twice_coded import supervisor, twice

SAMPLES = shipped("sample_media")
MASTER = SAMPLES / "first-practice.gaze-near.master.csv"
HASTY = SAMPLES / "passes" / "first-practice.gaze-near.hasty.csv"


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five sessions, coded by the master, a hasty coder and one who drifts."""
    folder = tmp_path_factory.mktemp("visits") / "study"
    with supervised(folder, coders=("Sasha", "Kim")):
        return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A session of a few invitations, one difference of which is settled."""
    with StudyStore.create(tmp_path / "small", "Trial") as store:
        walked = walk(store, *twice(store, (1.0, 3.0), (3.0, 6.0)))
        first = min(walked.differences, key=lambda one: one.span)
        settle(store, walked, first, Verdict.UNCLEAR, "a glance?", actor=supervisor(store).id)
    return tmp_path / "small"


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from numbers(part)
    elif isinstance(value, float):
        yield value


def test_everything_is_there_for_programs_with_its_counts(visits: Path, run: Run) -> None:
    text = run("reliability", visits, "--json").stdout
    assert "NaN" not in text
    found = json.loads(text)
    assert set(found) == {
        "software", "method", "study", "pooled", "by_pair", "against_consensus", "several", "drifts", "curves",
        "totals", "measures", "pairs", "agenda", "waiting",
    }  # fmt: skip
    assert found["software"].startswith("coder ")
    (pooled,) = found["pooled"]
    assert (pooled["scheme"]["name"], pooled["scheme"]["version"], pooled["sessions"]) == ("gaze-near", "1.1", 5)
    assert all(one["counts"]["sessions"] <= 5 for one in pooled["agreements"] if one["counts"])
    assert [(one["coder_a"], one["coder_b"], one["sessions"]) for one in found["by_pair"]] == [
        ("Mika", "Sasha", 5),
        ("Mika", "Kim", 5),
        ("Sasha", "Kim", 5),
    ]
    assert all(
        one["scheme"]["name"] == "gaze-near" for name in ("several", "drifts", "curves") for one in found[name]
    )
    assert {one["tier"] for one in found["several"]} >= {"cg", "pg"}
    pair = found["pairs"][0]
    assert pair["window"] == {"start_us": 0, "end_us": 60_000_000}
    assert {"key", "kind", "verdict", "weight_us"} <= set(pair["disagreements"][0])
    assert list(numbers(found))


def test_a_person_reads_the_headlines_first_then_drift_and_several_coders_in_short(visits: Path, run: Run) -> None:
    lines = run("reliability", visits).stdout.splitlines()
    assert lines[0] == "Who Looks Where, How Near, 5 double-coded session(s)"
    assert lines[1].startswith("A is Mika, B is")
    table = lines[3 : lines.index("", 3)]
    assert table[0].split()[:3] == ["tier", "code", "statistic"]
    assert max(map(len, table)) < 140
    assert [line for line in lines if line.startswith("Child looks at: Mika, Sasha, Kim, 5 session(s): alpha")]
    assert not [line for line in lines if "nan" in line.lower()]


def test_details_name_each_two_coders_and_each_session(visits: Path, run: Run) -> None:
    told = run("reliability", visits, "--details").stdout
    assert "first-practice: Mika (A) and Kim (B)" in told
    assert "phone: Sasha (A) and Kim (B)" in told


def test_two_files_are_compared_without_a_study(run: Run) -> None:
    told = run("reliability", MASTER, HASTY, "--window", "0:00-1:00")
    assert told.exit_code == 0
    assert f"A is {MASTER}, B is {HASTY}." in told.stdout
    assert "which is installed and has all tiers and codes of both files" in told.stdout
    found = json.loads(run("reliability", MASTER, HASTY, "--window", "0-60", "--json").stdout)
    assert (found["scheme"]["name"], found["window"]) == ("gaze-near", {"start_us": 0, "end_us": 60_000_000})
    assert found["agreements"]
    assert found["disagreements"]
    assert found["curves"]
    assert found["files"] == {"a": str(MASTER), "b": str(HASTY)}
    named = json.loads(
        run("reliability", MASTER, HASTY, "--window", "0-60", "--scheme", "gaze-near", "--json").stdout
    )
    assert named["agreements"] == found["agreements"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Missing argument"),
        (("a.csv", "b.csv", "c.csv"), "Give one study, or two files of events."),
        ((".", "b.csv"), "is a folder. Give one study, or two files of events."),
        ((MASTER,), "is a file. Give the folder of a study, or two files of events."),
        ((".", "--window", "0-60"), "--scheme and --window are for two files"),
        ((MASTER, HASTY, "--window", "60-0"), "“60-0” is no stretch of time"),
        ((MASTER, HASTY, "--window", "1:00"), "“1:00” is no stretch of time"),
        ((MASTER, HASTY, "--scheme", "gaze-neer"), "gaze-near"),
        ((MASTER, "gone.csv"), "There is no such file."),
        ((".",), "no study"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, words: tuple[str | Path, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("reliability", *words)
    assert told.exit_code in (1, 2)
    assert sentence in told.stderr
    assert "Traceback" not in told.stderr


def test_the_agenda_counts_verdicts_and_quotes_the_notes(small: Path, run: Run) -> None:
    told = run("agenda", small).stdout
    assert told.splitlines()[0] == "Shared Play: 2 differences in 1 session(s), 1 settled"
    assert "1 missed, 1 extra" in told
    assert "  s1 00:00:01.000, Robin (A) and Sasha (B): scheme unclear: a glance?" in told
    (found,) = json.loads(run("agenda", small, "--json").stdout)["schemes"]
    assert (found["topics"][0]["verdicts"], found["topics"][0]["noted"][0]["note"]) == (
        {"unclear": 1},
        "a glance?",
    )
    assert run("agenda", small, "--scheme", "gaze-near").exit_code == 2


def test_verdicts_stand_beside_the_differences_for_programs(small: Path, run: Run) -> None:
    (pair,) = json.loads(run("reliability", small, "--json").stdout)["pairs"]
    known = [(one["kind"], one["verdict"], one["settled_by"]) for one in pair["disagreements"]]
    assert sorted(known, key=str) == [("extra", None, ""), ("missed", "unclear", "Mika")]


def test_a_consensus_is_made_once_and_says_from_what(small: Path, run: Run) -> None:
    words = ("pass", "consensus", small, "--session", "s1", "--scheme", "shared-play", "--by", "Mika")
    told = run(*words)
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith("Consensus of the passes of Robin and Sasha: 1 event as both coded it;")
    again = run(*words)
    assert again.exit_code == 1
    assert "have a consensus already; Mika made it. Open that one." in again.stderr
    assert "Lou" in run(*words[:-1], "Lou").stderr


def test_report_and_agenda_are_written_as_pdf_without_a_display(small: Path, run: Run, tmp_path: Path) -> None:
    report, page = tmp_path / "report.pdf", tmp_path / "report.html"
    found = json.loads(run("report", small, "--pdf", report, "--out", page, "--json").stdout)
    assert found == {"report": str(page), "pdf": str(report)}
    assert report.read_bytes().startswith(b"%PDF-")
    assert "For a paper’s method section" in page.read_text("utf-8")
    for out in (tmp_path / "agenda.pdf", tmp_path / "agenda.html"):
        assert run("agenda", small, "--out", out).exit_code == 0
    assert (tmp_path / "agenda.pdf").read_bytes().startswith(b"%PDF-")
    assert "a glance?" in (tmp_path / "agenda.html").read_text("utf-8")


@pytest.mark.parametrize("command", [("report", "--pdf"), ("agenda", "--out")])
def test_another_ending_is_refused_before_anything_is_computed(
    small: Path, run: Run, tmp_path: Path, command: tuple[str, str]
) -> None:
    done = run(command[0], small, command[1], tmp_path / "x.txt")
    assert done.exit_code == 1
    assert ".pdf" in done.stderr
    assert not (tmp_path / "x.txt").exists()
