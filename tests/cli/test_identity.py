"""`coder identity`: shown, swapped, confirmed, said and taken back."""

import json
from pathlib import Path

import pytest

from coder.features.look_columns import columns_of
from coder.model.track import Provenance
from coder.store.tracks import write_track_table
from coder.workflows.concluding import SEEN
from coder.workflows.studies import open_study
from tests.cli.conftest import Run
from tests.features.concluding.acted import acted
from tests.features.concluding.test_marks import MISTAKEN

STRETCH = ("--session", "first", "--from", "1", "--to", "0:03", "--by", "robin")


@pytest.fixture
def measured(study: Path) -> Path:
    """In the film somebody was seen: a child whose build is an adult's."""
    with open_study(study) as store:
        (film,) = store.session(store.sessions()[0].id).media
        scene = acted(8, *MISTAKEN)
        provenance = Provenance(SEEN, "1", film.fingerprint.sha256, {}, {}, {}, len(scene.looks), 0)
        write_track_table(store, film.id, columns_of(scene.looks), provenance)
    return study


def marks(run: Run, study: Path) -> list[dict[str, object]]:
    (film,) = json.loads(run("identity", "show", study, "--json").output)
    found: list[dict[str, object]] = film["marks"]
    return found


def test_what_is_known_is_shown_with_every_word_about_it(run: Run, measured: Path) -> None:
    assert "100%" in run("identity", "show", measured).output
    told = run("identity", "swap", measured, *STRETCH)
    assert (told.exit_code, told.output.startswith("Kept: child, parent from")) == (0, True)
    (mark,) = marks(run, measured)
    shown = run("identity", "show", measured).output
    assert "said by robin" in shown
    assert str(mark["id"]) in shown
    assert run("identity", "withdraw", measured, str(mark["id"]), "--by", "sasha").exit_code == 0
    assert marks(run, measured) == []


def test_confirming_and_saying_are_kept_as_json_tells(run: Run, measured: Path) -> None:
    confirmed = json.loads(run("identity", "confirm", measured, *STRETCH, "--json").output)
    assert {anchor["role"] for anchor in confirmed["anchors"]} == {"parent", "child"}
    place = ("--at", "2", "--x", 200 / 640, "--y", 150 / 360, "--role", "nobody")
    said = json.loads(run("identity", "say", measured, *STRETCH, *map(str, place), "--json").output)
    assert {anchor["role"] for anchor in said["anchors"]} == {"nobody"}
    assert [mark["id"] for mark in marks(run, measured)] == [confirmed["id"], said["id"]]


MISTAKES = {
    "Nobody is seen at this place": ("say", *STRETCH, "--at", "2", "--x", "0.9", "--y", "0.9", "--role", "child"),
    "no session “second”": ("swap", "--session", "second", *STRETCH[2:]),
    "no coder “zoe”": ("swap", *STRETCH[:-1], "zoe"),
    "ends before it begins": ("swap", *STRETCH[:3], "5", *STRETCH[4:]),
    "no camera “side”": ("confirm", *STRETCH, "--camera", "side"),
    "that holds": ("withdraw", "x", "--by", "robin"),
}


@pytest.mark.parametrize("words", MISTAKES)
def test_mistakes_are_told_in_a_sentence_and_change_nothing(run: Run, measured: Path, words: str) -> None:
    command, *options = MISTAKES[words]
    done = run("identity", command, measured, *options)
    assert done.exit_code == 1
    assert words in done.stderr
    assert "Traceback" not in done.output
    assert marks(run, measured) == []


def test_a_film_that_was_not_measured_is_not_listed_and_cannot_be_spoken_of(run: Run, study: Path) -> None:
    assert json.loads(run("identity", "show", study, "--json").output) == []
    assert "not measured yet" in run("identity", "swap", study, *STRETCH).stderr
