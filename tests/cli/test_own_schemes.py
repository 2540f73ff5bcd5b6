"""A person's own schemes by command: begun, handed on, taken in, put away; mistakes with their lines."""

import json
from pathlib import Path

from coder.settings.folders import own_schemes_folder
from coder.settings.shipped import shipped
from tests.cli.conftest import FILM, Run


def listed(run: Run) -> list[tuple[str, str]]:
    found = json.loads(run("scheme", "list", "--json").stdout)
    return [(one["name"], one["version"]) for one in found if one["from"] == "own"]


def test_a_scheme_goes_from_one_person_to_another(tmp_path: Path, run: Run) -> None:
    made = json.loads(
        run("scheme", "new", "our-play", "--from", "shared-play", "--title", "Our Play", "--json").stdout
    )
    assert (made["name"], made["version"]) == ("our-play", "1.0")
    assert Path(made["file"]).parent == own_schemes_folder()
    assert listed(run) == [("our-play", "1.0")]
    out = tmp_path / "our-play.toml"
    assert run("scheme", "export", "our-play", "--out", out).exit_code == 0
    assert out.read_bytes() == Path(made["file"]).read_bytes()
    away = json.loads(run("scheme", "delete", "our-play", "--json").stdout)["moved_to"]
    assert Path(away).read_bytes() == out.read_bytes()
    assert listed(run) == []
    assert run("scheme", "import", out).exit_code == 0
    assert listed(run) == [("our-play", "1.0")]
    assert "Our Play" in run("scheme", "show", "our-play@1.0").stdout


def test_a_pass_is_taken_in_with_a_scheme_of_ones_own(tmp_path: Path, run: Run) -> None:
    folder, film = tmp_path / "study", FILM
    run("study", "new", folder)
    run("session", "add", folder, film, "--name", "first")
    run("scheme", "new", "our-play", "--from", "shared-play")
    file = shipped("sample_media") / "dyad-first.shared-play.robin.csv"
    done = run("import", folder, file, "--session", "first", "--coder", "robin", "--scheme", "our-play")
    assert done.exit_code == 0, done.output
    run("scheme", "delete", "our-play")
    assert run("study", "check", folder).exit_code == 0  # the study has its own text of it


def test_a_broken_file_is_refused_with_its_lines_and_listed_if_it_lies_there(tmp_path: Path, run: Run) -> None:
    text = (shipped("schemes") / "templates" / "blank.toml").read_text("utf-8")
    lines = text.splitlines()
    at = lines.index('key = "Q"') + 1
    bad = tmp_path / "bad.toml"
    bad.write_text(text.replace('key = "Q"', 'key = "K"').replace('kind = "point"', 'kind = "pint"'), "utf-8")
    refused = run("scheme", "import", bad)
    assert refused.exit_code == 1
    assert f"bad.toml:{at} tier calls, code call, key: The key “K” is reserved" in refused.stderr
    assert "Did you mean “point”?" in refused.stderr
    assert not own_schemes_folder().exists()
    own_schemes_folder().mkdir(parents=True)
    (own_schemes_folder() / "bad.toml").write_bytes(bad.read_bytes())
    found = json.loads(run("scheme", "list", "--json").stdout)
    assert [len(one["problems"]) for one in found if one["from"] == "own"] == [2]


def test_names_that_will_not_do_get_one_sentence(run: Run) -> None:
    for name, sentence in (
        ("Our Play", "cannot be the name of a scheme"),
        ("gaze-near", "There is already a scheme “gaze-near”"),
    ):
        refused = run("scheme", "new", name)
        assert refused.exit_code == 1
        assert sentence in refused.stderr
        assert len(refused.stderr.strip().splitlines()) == 1
    assert "There are: " in run("scheme", "new", "mine", "--from", "zzz").stderr
    assert "Only your own schemes" in run("scheme", "delete", "gaze-near").stderr
