"""`coder evidence`: readable, for programs, and blind."""

import json

import pytest

from coder.model.evidence import Answer
from coder.model.study import Coder, Purpose, Role
from coder.model.time import SECOND_US, Span
from coder.workflows.assignments import assign
from coder.workflows.evidence import evidence_of, rule
from coder.workflows.studies import open_study
from tests.workflows.measured_study import damage, measure
from tests.workflows.supervised import supervised


@pytest.fixture
def measured(tmp_path):
    """Two sessions, one measured with ten seconds turned round, one not measured."""
    folder = tmp_path / "study"
    with supervised(folder, clips=("first-practice", "shared-play"), coders=("Robin",)) as store:
        measure(store, store.sessions()[0], turned=Span(0, 12 * SECOND_US))
    return folder


def test_coverage_comes_first_then_sentences_then_what_measured_it(measured, run):
    said = run("evidence", measured)
    assert said.exit_code == 0, said.output
    lines = said.stdout.splitlines()
    assert lines[0] == "“shared-play” was not measured."
    assert lines[1].split()[:2] == ["session", "child's"]
    assert lines[3].split()[:2] == ["first-practice", "83%"]
    sentence = next(line for line in lines if "of “Looking at each other’s face”" in line)
    assert "had enough coverage (70 % or more)" in sentence
    assert "shifted-time baseline" in sentence
    assert lines[-1] == "- dyad 9.1; models: face_landmarker.task abababababab; rate_hz = 12.5"
    assert "reliab" not in said.stdout.lower()


def test_details_give_each_pass_and_what_is_asked(measured, run):
    said = run("evidence", measured, "--details").stdout
    assert "first-practice, Mika, Who Looks Where, How Near" in said
    assert "least p" in said
    assert "speaks against “" in said
    assert "question(s), the heaviest first:" in said


def test_json_gives_everything_and_what_is_not_defined_says_why(measured, run):
    found = json.loads(run("evidence", measured, "--json").stdout)
    (session,) = found["sessions"]
    assert found["unmeasured"] == ["shared-play"]
    assert session["reasons"]["child_looks_face"] == pytest.approx({"dark": 1 / 6}, abs=0.01)
    one = session["passes"][0]
    by_code = {(each["code"], each["rule"]["feature"]): each for each in one["concordances"]}
    mutual = by_code["mutual_face", "mutual_face"]
    assert (mutual["why"], mutual["chance"]["shifts"]) == ("", 41)
    assert mutual["least_p"] == pytest.approx(1 / 42)
    assert 0 < mutual["share"]["low"] <= mutual["share"]["value"]
    unmeasured = by_code["d_touch", "touch"]
    assert (unmeasured["why"], unmeasured["share"]["value"], unmeasured["available"]) == ("unmeasured", None, None)
    assert {each["finding"] for each in one["findings"]} == {"consistent", "inconsistent", "no evidence"}
    assert {each["concern"] for each in one["questions"]} >= {"against"}
    (scheme,) = found["schemes"]
    assert scheme["scheme"]["name"] == "gaze-near"
    assert "parts" not in scheme["sums"][0]


def test_rulings_are_counted_and_shown(measured, run):
    with open_study(measured) as store:
        first = evidence_of(store).sessions[0].passes[0].questions[0]
        rule(store, first, Answer.FEATURE_WRONG, actor=store.coders()[0].id)
    table = run("evidence", measured).stdout
    row = next(line for line in table.splitlines() if line.split()[-5:-3] == [first.feature, "1"])
    assert row.split()[-3:] == ["1", "100%", "0"]


def test_nothing_is_told_of_a_session_that_somebody_still_codes(measured, run):
    with open_study(measured) as store:
        store.add_coder(Coder("kim", "Kim", Role.CLINICIAN))
        assign(store, [store.sessions()[0].id], "kim", "gaze-near", Purpose.RELIABILITY)
    said = run("evidence", measured)
    assert said.exit_code == 0
    assert "“first-practice” is still coded by Kim" in said.stderr
    assert "first-practice" not in said.stdout
    found = json.loads(run("evidence", measured, "--json").stdout)
    assert (found["sessions"], len(found["withheld"])) == ([], 1)
    assert "83" not in json.dumps(found["schemes"])


def test_one_session_or_scheme_and_a_name_that_is_none(measured, run):
    assert "shared-play" not in run("evidence", measured, "--session", "first-practice").stdout
    none = run("evidence", measured, "--scheme", "ratings").stdout
    assert none == "No session that may be seen has both submitted passes and measured tracks.\n"
    wrong = run("evidence", measured, "--session", "first")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "first" in wrong.stderr


def test_a_damaged_session_is_told_and_the_others_are_printed(measured, run):
    with open_study(measured) as store:
        measure(store, store.sessions()[1])
        damage(store, store.sessions()[1])
    said = run("evidence", measured)
    assert said.exit_code == 0
    assert "of “Looking at each other’s face”" in said.stdout
    assert said.stderr.startswith("Left out: tracks/")
    assert "What was measured in “shared-play” cannot be read" in said.stderr
    found = json.loads(run("evidence", measured, "--json").stdout)
    assert [one["session"] for one in found["sessions"]] == ["first-practice"]
    assert ["“shared-play”" in one for one in found["damaged"]] == [True]
