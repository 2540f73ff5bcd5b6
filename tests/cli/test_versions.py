"""A pass is moved to a newer version by command: everything undecided is listed, and nothing is done before."""

import json
from pathlib import Path

import pytest

from coder.workflows.studies import open_study
from tests.cli.conftest import FILM, Run
from tests.workflows.versions import PLAY, changed

NEW = changed(
    "1.1",
    ('[[tiers.codes]]\nid = "sad"\nlabel = "Sad"\nkey = "3"\ndefinition = "The child cries."\n\n', ""),
    ('"The child smiles."', '"The child smiles or laughs."'),
)
EVENTS = "tier,code,onset,offset\nmood,glad,0,2\nmood,calm,2,4\nmood,sad,4,6\n"
WHICH = ("--session", "first", "--coder", "Kim", "--scheme", "play")


@pytest.fixture
def moving(tmp_path: Path, run: Run) -> Path:
    """A study with one pass made with version 1.0, and version 1.1 in it."""
    folder, old, new, events = (tmp_path / name for name in ("study", "old.toml", "new.toml", "events.csv"))
    old.write_text(PLAY, "utf-8")
    new.write_text(NEW, "utf-8")
    events.write_text(EVENTS, "utf-8")
    assert run("study", "new", folder).exit_code == 0
    assert run("session", "add", folder, FILM, "--name", "first").exit_code == 0
    done = run("import", folder, events, "--session", "first", "--coder", "Kim", "--scheme", old)
    assert done.exit_code == 0, done.output
    done = run("study", "use", folder, new)
    assert done.output == "New passes with “Play” are made with version 1.1.\n"
    return folder


def passes(folder: Path) -> int:
    with open_study(folder) as store:
        return len(store.passes())


def test_what_is_undecided_is_listed_and_nothing_is_done(moving: Path, run: Run) -> None:
    done = run("pass", "move", moving, *WHICH)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "Nobody has confirmed what changed about “Glad”. Read both definitions; then confirm, or choose another "
        "word.",
        "It is not decided what becomes of “Sad”. Choose a word of the new version, or leave it out.",
    ]
    assert "Definition: The child smiles. → The child smiles or laughs." in done.output
    assert passes(moving) == 1


def test_a_dry_run_tells_and_does_nothing(moving: Path, run: Run) -> None:
    done = run("pass", "move", moving, *WHICH, "--map", "glad=glad", "--leave-out", "sad", "--dry-run")
    assert done.exit_code == 0
    assert "2 events move, 1 is left out." in done.output
    assert passes(moving) == 1


def test_a_pass_is_moved_and_the_study_tells_of_both(moving: Path, run: Run) -> None:
    done = run("pass", "move", moving, *WHICH, "--map", "glad=glad", "--map", "sad=calm", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.output)
    assert told["summary"] == "3 events move, 1 is joined to the state before."
    assert told["moved"]["header"]["scheme"]["version"] == "1.1"
    rows = run("study", "show", moving).output
    assert "moved from version 1.0" in rows
    assert "“Play” 1.0: version 1.1 is in the study; `coder pass move` moves a pass to it." in rows


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--map", "mad=calm"), "The pass has no word “mad” that this could be. There is: glad, calm, sad."),
        (("--map", "sad=mad"), "The new version has no word “mad” that this could be."),
        (("--to", "3.0"), "cannot be moved to version 3.0. Newer versions in this study: 1.1."),
        (("--from", "0.9"), "Kim has no such pass of “first” with “play”."),
    ],
)
def test_a_mistake_gets_one_sentence(moving: Path, run: Run, words: tuple[str, ...], sentence: str) -> None:
    done = run("pass", "move", moving, *WHICH, *words)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert passes(moving) == 1


def test_a_map_without_its_new_word_is_told(moving: Path, run: Run) -> None:
    done = run("pass", "move", moving, *WHICH, "--map", "sad")
    assert done.exit_code == 2
    assert "--map sad=NEW" in done.stderr


def test_another_text_of_a_version_is_refused(moving: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(NEW + "\n", "utf-8")
    done = run("study", "use", moving, tmp_path / "new.toml")
    assert done.exit_code == 1
    assert "Give your text a higher version, such as 1.2." in done.stderr
