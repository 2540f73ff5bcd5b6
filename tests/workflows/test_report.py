"""The report of a study as a supervisor has it: simulated coders, what was settled, how sessions were drawn."""

import re
from collections.abc import Iterator
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest

from coder.model.disagreement import Verdict
from coder.model.problem import CoderError
from coder.model.study import Purpose, Role
from coder.store import StudyStore
from coder.workflows.agenda_page import agenda_page_steps, plain_agenda_steps
from coder.workflows.comparison import compare_study
from coder.workflows.drawing import carry_out, draw
from coder.workflows.exchange import import_events
from coder.workflows.passes import add_coder, reopen_pass, submit_pass
from coder.workflows.reporting import plain_report_steps, report_data_steps, report_steps
from coder.workflows.settling import settle, walk
from coder.workflows.steps import finish
from tests.workflows.supervised import SAMPLES, supervised


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudyStore]:
    """Four clips, the master, and the late and the confused coder."""
    clips = ("first-practice", "shared-play", "cues-responses", "hard-to-see")
    with supervised(tmp_path_factory.mktemp("s") / "study", clips=clips, coders=("Sasha", "Toni")) as store:
        yield store


def text_of(page: str) -> str:
    inside = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", inside).split())).replace("\u202f", " ")


def test_what_the_simulated_coders_do_is_said(study: StudyStore, tmp_path: Path) -> None:
    page = finish(report_steps(study, tmp_path / "r.html")).read_text("utf-8")
    text = text_of(page)
    (part,) = finish(report_data_steps(study)).schemes
    left = [one for one in part.drifts if one.left_at is not None]
    assert left
    for one in left[:3]:
        at = one.points[one.left_at or 0]
        assert f"{one.coder_a} and {one.coder_b} on {part.scheme.tier(one.tier).label}" in text
        assert f"from {at.session} on" in text
    assert "Each two coders apart, these miss the target: " in text
    assert "Three and more coders" in text
    assert "Mika, Sasha and Toni in 4 sessions" in text
    assert "Agreement against tolerance" in text
    assert str(study.folder) not in page  # nothing that says where, or whose
    assert "sample_media" not in page


def test_what_was_settled_is_in_the_report_and_its_note_only_in_the_agenda(
    study: StudyStore, tmp_path: Path
) -> None:
    pair = compare_study(study).pairs[0]
    walked = walk(study, pair.pass_a.header.id, pair.pass_b.header.id)
    note = "Is a glance a look?"
    settle(study, walked, walked.differences[0], Verdict.UNCLEAR, note, actor=pair.coder_a.id)
    page = text_of(finish(report_steps(study, tmp_path / "r.html")).read_text("utf-8"))
    assert "Settled: 1 of" in page
    assert note not in page
    agenda = text_of(finish(agenda_page_steps(study, None, tmp_path / "a.html")).read_text("utf-8"))
    assert note in agenda
    assert pair.session.name in agenda
    assert "The scheme does not say." in agenda
    code = walked.differences[0].code_a or walked.differences[0].code_b or ""
    assert pair.scheme.code(walked.differences[0].tier, code).definition in agenda
    assert note in text_of(" ".join(finish(plain_agenda_steps(study, pair.scheme.id))))


def test_how_sessions_came_about_and_what_was_not_blind_is_said(study: StudyStore) -> None:
    toni = next(one for one in study.coders() if one.name == "Toni")
    found = draw(study, "gaze-near", Fraction(1), [toni.id], 7)
    with pytest.raises(CoderError):  # everybody has coded everything, so that nothing is left to draw
        carry_out(study, found)
    pair = compare_study(study).pairs[0]
    reopen_pass(study, pair.pass_b.header.id, "one more look")
    submit_pass(study, pair.pass_b.header.id)
    (part,) = finish(report_data_steps(study)).schemes
    assert part.sample is not None
    assert (part.sample.coded, part.sample.double_coded, part.sample.undrawn) == (4, 4, 4)
    text = text_of(" ".join(finish(plain_report_steps(study))))
    assert "How 4 double-coded sessions came to be chosen is not recorded in this study." in text
    assert "In one session a pass was reopened after comparison was possible" in text
    assert "[Say how these sessions were chosen; the study does not record it.]" in text


def test_sessions_that_the_program_drew_are_said_to_be(tmp_path: Path) -> None:
    with supervised(tmp_path / "study", clips=("first-practice", "shared-play"), coders=()) as store:
        kim = add_coder(store, "Kim", Role.CLINICIAN)
        found = draw(store, "gaze-near", Fraction(1, 2), [kim.id], 7)
        carry_out(store, found)
        (drawn,) = found.drawn
        file = SAMPLES / "passes" / f"{drawn.session.name}.gaze-near.careful.csv"
        import_events(
            store, file, session=drawn.session.name, coder="Kim", scheme="gaze-near", purpose=Purpose.RELIABILITY
        )
        text = text_of(finish(report_steps(store, tmp_path / "r.html")).read_text("utf-8"))
    assert f"It was drawn at random by the software ({found.words})." in text
    assert "Of 2 sessions coded with" in text
    assert "1 (50%) was coded by two or more coders" in text


def test_an_agenda_needs_a_file_for_browsers(study: StudyStore, tmp_path: Path) -> None:
    with pytest.raises(CoderError):
        finish(agenda_page_steps(study, None, tmp_path / "a.txt"))
    assert not (tmp_path / "a.txt").exists()
