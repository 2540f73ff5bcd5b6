"""Each command does its work on real files, speaks JSON on demand, and says a mistake in one sentence."""

import csv
import json
from pathlib import Path

import click
import pytest
from sqlcipher3 import dbapi2

from coder.cli.main import cli
from coder.settings.shipped import shipped
from coder.workflows.studies import open_study
from tests.cli.conftest import FILM, Run

MANUAL = Path(__file__).parents[2] / "docs" / "commands.md"


def commands(group: click.Group, words: tuple[str, ...] = ()) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += commands(command, (*words, name))
        else:
            found.append((" ".join((*words, name)), command))
    return found


@pytest.mark.parametrize(("words", "command"), commands(cli))
def test_every_command_has_help_and_stands_in_the_manual(words: str, command: click.Command) -> None:
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    assert f"### `coder {words}`" in MANUAL.read_text("utf-8")


def test_probe_counts_frames_and_names_the_file(run: Run) -> None:
    facts = json.loads(run("media", "probe", FILM, "--json").stdout)
    assert facts["frame_count"] == 200
    assert facts["constant_rate"] is True
    assert facts["rotation"] == 0
    assert facts["duration_us"] == 8_000_000
    assert {stream["kind"] for stream in facts["streams"]} == {"video", "audio"}
    assert facts["fingerprint"]["size"] == FILM.stat().st_size


@pytest.mark.parametrize(
    ("choice", "value", "index"),
    [
        ("--index", "0", 0),
        ("--at", "0", 0),
        ("--at", "0.039", 0),
        ("--at", "0.04", 1),
        ("--at", "00:00:07.999", 199),
    ],
)
def test_frame_is_the_one_on_the_screen(tmp_path: Path, run: Run, choice: str, value: str, index: int) -> None:
    out = tmp_path / "frame.png"
    found = json.loads(run("media", "frame", FILM, choice, value, "--out", out, "--json").stdout)
    assert (found["index"], found["at_us"], found["pts"]) == (index, index * 40_000, index * 512)
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("media", "probe", "nowhere.mp4"), "nowhere.mp4"),
        (("media", "frame", FILM, "--index", "200", "--out", "never.png"), "0 to 199"),
        (("media", "frame", FILM, "--at", "9", "--out", "never.png"), "does not reach 00:00:09.000"),
        (("study", "check", "nowhere"), "nowhere"),
        (("scheme", "show", "gaze-neer"), "gaze-near"),
    ],
)
def test_a_mistake_gets_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, words: tuple[str | Path, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_two_coders_are_compared(study: Path, run: Run) -> None:
    found = json.loads(run("reliability", study, "--json").stdout)
    assert [pooled["scheme"]["name"] for pooled in found["pooled"]] == ["gaze-near", "shared-play"]
    gaze = found["pooled"][0]["agreements"]
    child = next(one for one in gaze if (one["tier"], one["code"]) == ("cg", None) and "kappa" in one["statistic"])
    assert 0 < child["estimate"]["value"] < 1
    assert child["estimate"]["status"] == "too_few"  # eight seconds are too little to judge by
    table = run("reliability", study).stdout
    assert "nan" not in table.lower()
    assert "Who Looks Where" in table
    assert "A is robin, B is sasha. Timing is B − A: positive where B marks later." in table
    assert {pair["pooled"] for pair in found["pairs"]} == {True}
    assert not any(one["tallies"] for one in gaze)  # a list of every unit would be nearly all of the output


def test_an_open_pass_is_not_compared(study: Path, run: Run) -> None:
    file = shipped("sample_media") / "dyad-first.shared-play.robin.csv"
    words = ("--session", "first", "--coder", "kim", "--scheme", "shared-play", "--open")
    assert run("import", study, file, *words).exit_code == 0
    found = json.loads(run("reliability", study, "--json").stdout)
    assert not [pair for pair in found["pairs"] if "kim" in (pair["coder_a"], pair["coder_b"])]
    assert "kim" in " ".join(found["waiting"])


def test_export_gives_back_what_was_imported(study: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    exported = json.loads(run("export", study, "--out", out, "--json").stdout)
    assert len(exported) == 4
    by_pass = {(Path(one["file"]).name.split(".")[1], one["coder"]): one["file"] for one in exported}
    with Path(by_pass["gaze-near", "robin"]).open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["tier"], row["code"], int(row["onset_us"])) for row in csv.DictReader(file)]
    with (shipped("sample_media") / "dyad-first.gaze-near.robin.csv").open(encoding="utf-8", newline="") as file:
        truth = [(row["tier"], row["code"], round(float(row["onset"]) * 1e6)) for row in csv.DictReader(file)]
    assert sorted(rows) == sorted(truth)


def test_a_bad_file_changes_nothing(study: Path, tmp_path: Path, run: Run) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("tier,code,onset,offset\ncg,cg_faec,0,1\ncg,cg_face,5,99\n", encoding="utf-8")
    before = run("study", "show", study, "--json").stdout
    result = run("import", study, bad, "--session", "first", "--coder", "new", "--scheme", "gaze-near")
    assert result.exit_code == 1
    assert "cg_faec" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 2
    assert run("study", "show", study, "--json").stdout == before


def test_scheme_commands(tmp_path: Path, run: Run) -> None:
    listed = json.loads(run("scheme", "list", "--json").stdout)
    assert [one["name"] for one in listed if one["from"] == "shipped"] == [
        "cue-response",
        "face-to-face",
        "gaze-near",
        "ratings",
        "shared-play",
    ]
    assert "7 = Delight and affection run through the segment" in run("scheme", "show", "ratings").stdout
    assert "  4  No act in time: The parent could be seen" in run("scheme", "show", "cue-response").stdout
    assert (
        "Parent’s face" in run("scheme", "show", "gaze-near").stdout
        or "parent" in run("scheme", "show", "gaze-near").stdout
    )
    assert json.loads(run("scheme", "schema").stdout)["type"] == "object"
    bad = tmp_path / "bad.toml"
    text = (shipped("schemes") / "gaze-near.toml").read_text("utf-8")
    bad.write_text(
        text.replace('key = "2"', 'key = "1"').replace("exclusive = true", "exclusiv = true", 1), "utf-8"
    )
    found = json.loads(run("scheme", "check", bad, "--json").stdout)
    assert found["ok"] is False
    assert len(found["problems"]) >= 2
    assert all("bad.toml:" in problem["where"] for problem in found["problems"])


def test_check_finds_a_film_that_is_gone(tmp_path: Path, run: Run) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(FILM.read_bytes())
    folder = tmp_path / "study"
    run("study", "new", folder)
    run("session", "add", folder, film)
    assert run("study", "check", folder).exit_code == 0
    film.unlink()
    result = run("study", "check", folder)
    assert result.exit_code == 1
    assert "film" in result.stderr


def test_a_study_that_is_open_elsewhere_says_so(study: Path, run: Run) -> None:
    with open_study(study):
        result = run("study", "check", study)
    assert result.exit_code == 1
    assert "open in another window" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_study_of_a_newer_program_is_left_alone(study: Path, run: Run) -> None:
    file = study / "study.sqlite"
    connection = dbapi2.connect(str(file))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    result = run("study", "check", study)
    assert result.exit_code == 1
    assert "newer" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert file.read_bytes() == before


def test_a_reaction_time_is_set_and_shown(study: Path, run: Run) -> None:
    done = run("study", "reaction", study, "robin", "180")
    words = "Strokes of robin are put 180 ms earlier for reaction time while the film plays.\n"
    assert done.stdout == words
    assert run("study", "show", study).stdout.endswith(words)
    coders = json.loads(run("study", "show", study, "--json").stdout)["coders"]
    assert [coder["reaction_us"] for coder in coders] == [180_000, 0]
    assert json.loads(run("study", "reaction", study, "robin", "0", "--json").stdout)["reaction_us"] == 0
    assert "reaction time" not in run("study", "show", study).stdout
    refused = run("study", "reaction", study, "robin", "5000")
    assert (refused.exit_code, refused.stderr) == (
        1,
        "5000 ms is no reaction time. Give 0 to 1000 ms; 0 corrects nothing.\n",
    )
