"""`coder assignment` and groups: who is to code what, by command."""

import json
from pathlib import Path

import pytest

from coder.model.study import Coder, Role, Session
from coder.model.time import Span
from coder.store import StudyStore
from coder.workflows.passes import begin_pass
from tests.cli.conftest import Run


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Ten sessions, three coders, nothing assigned."""
    folder = tmp_path / "study"
    with StudyStore.create(folder, "Play") as store:
        for name in ("Ada", "Ben", "Cleo"):
            store.add_coder(Coder(name.lower(), name, Role.CLINICIAN))
        for number in range(10):
            store.add_session(Session(f"s{number}", f"Visit {number}", Span(0, 1_000_000), ()))
    return folder


def refused(run: Run, *words: str | Path, status: int = 1) -> str:
    """What a command says on standard error when it ends with this status."""
    told = run(*words)
    assert (told.exit_code, told.stdout) == (status, "")
    return told.stderr


VISITS = [f"Visit {number}" for number in range(10)]
PLAY = ("--scheme", "shared-play")


def assigned(run: Run, study: Path) -> None:
    run("session", "group", study, "north", *(word for one in VISITS[:6] for word in ("--session", one)))
    told = run("assignment", "add", study, *VISITS, "--coder", "Ada", *PLAY)
    assert told.stdout == "Ada is to code 10 sessions with “shared-play” (main).\n"


def test_from_nobody_to_a_draw_that_can_be_repeated(run: Run, study: Path) -> None:
    assert run("assignment", "show", study).stdout == "Nobody is to code anything yet.\n"
    assigned(run, study)
    words = ("assignment", "draw", study, *PLAY, "--share", "30%", "--coder", "Ben", "--coder", "Cleo")
    within = ("--within", "group", "--seed", "417")
    preview = run(*words, *within, "--dry-run")
    assert preview.stdout.splitlines()[0].split() == [
        *("stratum", "sessions", "to", "be", "coded", "twice", "are", "already", "drawn", "missing")
    ]
    assert "Nothing was written." in preview.stdout
    with StudyStore.open(study, readonly=True) as store:
        assert len(store.assignments()) == 10
    found = json.loads(run(*words, *within, "--json").stdout)
    assert [(one["stratum"], one["sessions"], one["wanted"]) for one in found["strata"]] == [
        ("no group", 4, 1),
        ("north", 6, 2),
    ]
    assert sorted(found["coders"].values()) == [1, 2]
    for stratum in found["strata"]:
        for one in stratum["drawn"]:
            assert one["session"] in preview.stdout
    shown = json.loads(run("assignment", "show", study, "--json").stdout)
    origins = {task["origin"] for task in shown["tasks"] if task["purpose"] == "reliability"}
    assert origins == {found["words"]}
    assert found["words"].endswith("30 % of 10 sessions within group, seed 417")
    assert (shown["double"], shown["compared"]) == (3, 0)


def test_a_seed_that_is_made_up_is_told_and_draws_the_same_again(run: Run, study: Path) -> None:
    assigned(run, study)
    words = ("assignment", "draw", study, *PLAY, "--share", "50", "--coder", "Ben", "--dry-run", "--json")
    first = json.loads(run(*words).stdout)
    again = json.loads(run(*words, "--seed", str(first["seed"])).stdout)
    assert again == first


def test_progress_by_coder(run: Run, study: Path) -> None:
    assigned(run, study)
    with StudyStore.open(study) as store:
        store.submit(begin_pass(store, "s0", "ada", "shared-play").id, actor="ada")
        begin_pass(store, "s1", "ada", "shared-play")
    lines = run("assignment", "show", study).stdout.splitlines()
    assert [line.split() for line in lines if line.startswith(("Ada", "all"))] == [
        ["Ada", "1", "1", "8"],
        ["all", "1", "1", "8"],
    ]
    assert lines[-1] == "Coded twice: 0; all have submitted: 0."


def test_withdrawn_with_a_reason_once_it_was_begun(run: Run, study: Path) -> None:
    assigned(run, study)
    with StudyStore.open(study) as store:
        begin_pass(store, "s0", "ada", "shared-play")
    words = ("assignment", "withdraw", study, "Visit 0", "--coder", "Ada", *PLAY)
    assert refused(run, *words).startswith("Ada has begun “Visit 0”, so withdrawing it needs a reason.")
    told = run(*words, "--reason", "left the team")
    assert told.stdout.startswith("Ada is not to code “Visit 0” with “shared-play” any more (withdrawn on 2")
    assert told.stdout.endswith(": left the team).\n")
    assert refused(run, *words).startswith("Ada is not to code “Visit 0” with “shared-play” (main).")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "Visit 0", "Visit 9", "--coder", "Ben", *PLAY), "“Visit 0” has a main coder"),
        (("add", "Visit 0", "--coder", "Zoe", *PLAY), "no coder “Zoe”"),
        (("add", "Visit 99", "--coder", "Ben", *PLAY), "no session “Visit 99”"),
        (("draw", "--scheme", "gaze-near", "--share", "20", "--coder", "Ben"), "No session has a main coder"),
        (("draw", *PLAY, "--share", "0", "--coder", "Ben"), "Nothing was drawn"),
        (("draw", *PLAY, "--share", "20", "--coder", "Ada"), "Nothing was drawn"),
        (("draw", *PLAY, "--share", "120", "--coder", "Ben"), "between 0 and 100"),
    ],
)
def test_a_mistake_gets_a_sentence_and_writes_nothing(
    run: Run, study: Path, words: tuple[str, ...], sentence: str
) -> None:
    assigned(run, study)
    assert sentence in refused(run, "assignment", words[0], study, *words[1:])
    with StudyStore.open(study, readonly=True) as store:
        assert len(store.assignments()) == 10


def test_a_share_that_is_no_number_and_a_group_that_is_taken_away(run: Run, study: Path) -> None:
    words = ("assignment", "draw", study, *PLAY, "--coder", "Ben", "--share", "many")
    assert "“many” is no share" in refused(run, *words, status=2)
    for group in ("north", ""):
        run("session", "group", study, group, "--session", "Visit 0")
        with StudyStore.open(study, readonly=True) as store:
            assert store.session("s0").group == group
