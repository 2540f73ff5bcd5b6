"""What a session that is coded blind keeps back: results, tables, files, counts and the curves of its pictures."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from coder.annotate import strokes
from coder.cli.main import cli
from coder.model.coding import PassHeader
from coder.model.problem import CodingError
from coder.model.study import Purpose
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.assignments import assign
from coder.workflows.budgets import study_budgets
from coder.workflows.exchange import export_events
from coder.workflows.extraction import extract_steps
from coder.workflows.measures import pass_measures, study_measures
from coder.workflows.passes import add_coder, begin_pass, open_pass, submit_pass
from coder.workflows.reporting import report_steps
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study, overview

FILM = shipped("sample_media") / "dyad-first.mp4"
PLAY = "shared-play"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    """“blind” is Ada's (submitted) and Ben's (not begun); “alone” is Ada's (submitted). “blind” is measured."""
    with new_study(tmp_path / "study", "Trial") as opened:
        for name in ("blind", "alone"):
            add_session(opened, FILM, name)
        ada, ben = add_coder(opened, "Ada"), add_coder(opened, "Ben")
        blind, alone = (session.id for session in opened.sessions())
        finish(extract_steps(opened, [blind], {"people": {"every": "25"}}, extractors=["people"]))
        assign(opened, [blind, alone], ada.id, PLAY)
        assign(opened, [blind], ben.id, PLAY, Purpose.RELIABILITY)
        for session in (blind, alone):
            code(opened, begin_pass(opened, session, ada.id, PLAY))
        yield opened


def code(store: StudyStore, header: PassHeader) -> None:
    """One state from the beginning, submitted."""
    desk = open_pass(store, header.id).desk
    desk.apply(strokes.code(desk.coding, desk.scheme, "engage", "en_watch", 0))
    submit_pass(store, header.id, settled=True)


def finish_blind(store: StudyStore) -> None:
    """Ben codes, too, and submits: from now on everything is seen."""
    code(store, begin_pass(store, store.sessions()[0].id, store.coders()[1].id, PLAY))


WHAT: dict[str, Callable[[StudyStore], list[str]]] = {
    "measures": lambda store: [one.session for one in study_measures(store)],
    "budgets": lambda store: list(dict.fromkeys(study_budgets(store)["session"])),
    "export": lambda store: [one.session for one in export_events(store, store.folder / "out")],
}


@pytest.mark.parametrize("what", WHAT)
def test_a_list_of_the_study_leaves_the_blind_session_out_until_it_is_finished(
    store: StudyStore, what: str
) -> None:
    assert WHAT[what](store) == ["alone"]
    finish_blind(store)
    assert set(WHAT[what](store)) == {"alone", "blind"}


def test_asked_for_by_name_it_is_refused_with_whom_one_waits_for(store: StudyStore) -> None:
    (header,) = store.passes(store.sessions()[0].id)
    asked: tuple[Callable[[], object], ...] = (
        lambda: pass_measures(store, header.id),
        lambda: study_measures(store, session="blind"),
        lambda: export_events(store, store.folder / "out", session="blind"),
    )
    for ask in asked:
        with pytest.raises(CodingError, match=r"“blind” is coded twice .* missing: Ben"):
            ask()
    assert not (store.folder / "out").exists()
    finish_blind(store)
    for ask in asked:
        ask()


def test_how_many_events_there_are_is_not_told(store: StudyStore) -> None:
    blind, alone = (row.passes[0] for row in overview(store).sessions)
    assert (blind.events, alone.events) == (None, 1)
    assert "missing: Ben" in str(blind.hidden)
    assert alone.hidden is None
    finish_blind(store)
    assert [one.events for row in overview(store).sessions for one in row.passes] == [1, 1, 1]


def test_curves_appear_when_everybody_has_submitted_and_coverage_at_once(store: StudyStore) -> None:
    blind = store.sessions()[0].id
    ada = store.coders()[0].id
    training = begin_pass(store, blind, ada, PLAY, Purpose.TRAINING)
    code(store, training)
    opened = open_pass(store, training.id)
    assert opened.tracks == ()  # her practice is open to her, what the program saw in the film is not yet
    assert opened.remark == ("What was measured appears when everybody has submitted who codes this session.")
    assert overview(store).sessions[0].measured is not None
    finish(report_steps(store))
    finish_blind(store)
    for header in store.passes(blind):
        opened = open_pass(store, header.id)
        assert len(opened.tracks) > 1
        assert opened.remark == ""


@pytest.mark.parametrize("command", [["measures"], ["budgets"], ["export", "--out", "out"]])
def test_commands_say_on_the_side_what_they_leave_out(
    store: StudyStore, tmp_path: Path, command: list[str]
) -> None:
    folder = str(store.folder)
    if "out" in command:
        command = [*command[:-1], str(tmp_path / "out")]
    store.close()
    told = CliRunner().invoke(cli, [command[0], folder, *command[1:]])
    assert told.exit_code == 0
    assert told.stderr.startswith("Left out: “blind” is coded twice with “shared-play”")
    assert told.stderr.count("\n") == 1
    assert "alone" in told.stdout


def test_a_command_that_is_asked_for_it_refuses_in_one_sentence(store: StudyStore) -> None:
    folder = str(store.folder)
    store.close()
    told = CliRunner().invoke(cli, ["measures", folder, "--session", "blind"])
    assert told.exit_code == 1
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1
    asked = ["pass", "check", folder, "--session", "blind", "--coder", "Ada", "--scheme", PLAY]
    told = CliRunner().invoke(cli, asked)
    assert (told.exit_code, told.stdout) == (1, "")
    shown = CliRunner().invoke(cli, ["study", "show", folder])
    (line,) = [line for line in shown.stdout.splitlines() if line.startswith("blind")]
    assert line.split()[-1] == "–"
