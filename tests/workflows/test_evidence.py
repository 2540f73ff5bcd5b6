"""Evidence of a study: who may see it, what people answer, what is counted; films measured as the truth has it."""

from dataclasses import replace

import pytest

from coder.evidence.queue import measured_by
from coder.model.coding import CodingPass
from coder.model.evidence import Answer, Concern, Question, Silence
from coder.model.problem import CodingError
from coder.model.study import Coder, Purpose, Role
from coder.model.time import SECOND_US, Span
from coder.report.render import report_html, report_plain
from coder.workflows import evidence
from coder.workflows.assignments import assign, withdraw
from coder.workflows.evidence import evidence_of, rule, take_back
from coder.workflows.passes import reopen_pass
from coder.workflows.reporting import report_data_steps
from coder.workflows.steps import finish
from tests.workflows.measured_study import damage, measure
from tests.workflows.supervised import MASTER, supervised

CLIPS = ("first-practice", "shared-play", "cues-responses")


@pytest.fixture
def store(tmp_path):
    """Three sessions, coded by the master, a careful and a hasty coder, and measured."""
    with supervised(tmp_path / "study", clips=CLIPS, coders=("Robin", "Sasha")) as made:
        for session in made.sessions():
            measure(made, session)
        yield made


def sums_of(found):
    (of_scheme,) = found.schemes
    return {(one.code, one.rule.feature): one for one in of_scheme.sums}


def ids(store):
    return {coder.name: coder.id for coder in store.coders()}


def test_codes_of_the_truth_go_with_tracks_of_the_truth(store):
    found = evidence_of(store)
    assert (len(found.sessions), found.withheld, found.unmeasured) == (3, (), ())
    assert [[one.coder.name for one in session.passes] for session in found.sessions] == [
        [MASTER, "Robin", "Sasha"]
    ] * 3
    sums = sums_of(found)
    mutual = sums["mutual_face", "mutual_face"]
    assert mutual.events > mutual.covered > 20
    assert mutual.share.low > 0.7
    assert mutual.baseline < 0.5
    assert sums["t_none", "touch"].parts[0].why is Silence.UNMEASURED
    assert found.sessions[0].coverage.both == pytest.approx(5 / 6, abs=0.01)
    assert found.sessions[0].synchrony is None  # no movement was measured


def test_the_hasty_coders_delay_is_seen_beside_the_masters(store):
    session = evidence_of(store).sessions[0]
    lags = {
        one.coder.name: next(each.lag_us for each in one.concordances if each.code == "cg_face")
        for one in session.passes
    }
    assert lags["Sasha"] - lags[MASTER] == pytest.approx(400_000, abs=150_000)
    assert abs(lags["Robin"] - lags[MASTER]) <= 100_000


def test_coders_are_compared_over_the_sessions_that_both_coded(store):
    (of_scheme,) = evidence_of(store).schemes
    pairs = {(one.coder_a, one.coder_b) for one in of_scheme.contrasts}
    assert pairs == {(MASTER, "Robin"), (MASTER, "Sasha"), ("Robin", "Sasha")}
    one = next(
        each
        for each in of_scheme.contrasts
        if (each.coder_a, each.coder_b, each.code) == (MASTER, "Sasha", "mutual_face")
    )
    assert one.sessions == 3
    assert one.difference.value == pytest.approx(one.share_a.value - one.share_b.value)


def test_one_session_or_one_scheme_can_be_asked_for(store):
    first = store.sessions()[0]
    assert [one.session.name for one in evidence_of(store, first.id).sessions] == [first.name]
    assert evidence_of(store, scheme="ratings").sessions == ()
    assert evidence_of(store, scheme="ratings").unmeasured == ()


def test_a_session_without_tracks_is_named_and_a_damaged_one_is_told(tmp_path):
    with supervised(tmp_path / "study", clips=CLIPS[:2], coders=("Robin",)) as store:
        measure(store, store.sessions()[0])
        assert evidence_of(store).unmeasured == ("shared-play",)
        assert "“shared-play” was not measured." in report_html(finish(report_data_steps(store)))
        path = damage(store, store.sessions()[0])
        found = evidence_of(store)
        assert (found.sessions, found.schemes, found.unmeasured) == ((), (), ("shared-play",))
        (why,) = found.damaged
        assert "“first-practice” cannot be read" in why.what
        assert path.name in why.where
        assert why.hint == "Measure “dyad” again."
        data = finish(report_data_steps(store))
        assert "What was measured in “first-practice” cannot be read" in report_html(data)
        assert "What was measured in “first-practice” cannot be read" in "".join(report_plain(data))


def test_a_damaged_track_silences_its_session_alone(store):
    first, second, third = store.sessions()
    damage(store, second)
    found = evidence_of(store)
    assert [one.session.name for one in found.sessions] == [first.name, third.name]
    assert [f"“{second.name}” cannot" in one.what for one in found.damaged] == [True]
    assert found.schemes[0].sessions == 2
    assert sums_of(found)["mutual_face", "mutual_face"].events > 20
    page = report_html(finish(report_data_steps(store)))
    section = page[page.index('id="evidence"') : page.index('id="limits"')]
    assert f"Left out: What was measured in “{second.name}” cannot be read" in section
    assert "events of “Looking at each other’s face”" in section


def test_of_a_damaged_session_that_is_still_coded_only_the_coding_is_told(store):
    first = store.sessions()[0]
    assign_new(store, first, "Kim")
    damage(store, first)
    found = evidence_of(store)
    assert (len(found.withheld), found.damaged) == (1, ())


# Blindness


def nothing_computed(monkeypatch):
    """Whoever computes anything fails."""

    def never(*_: object) -> None:
        raise AssertionError("computed while somebody codes")

    for name in ("tracks_of", "measured", "questions", "findings", "concordances", "coverage_by_code"):
        monkeypatch.setattr(evidence, name, never)


def test_nothing_is_computed_while_an_assigned_coder_has_not_submitted(store, monkeypatch):
    first, second, third = store.sessions()
    kim = assign_new(store, first, "Kim")
    found = evidence_of(store)
    assert [one.session.name for one in found.sessions] == [second.name, third.name]
    (why,) = found.withheld
    assert "“first-practice” is still coded by Kim" in why.what
    nothing_computed(monkeypatch)
    assert evidence_of(store, first.id).sessions == ()
    monkeypatch.undo()
    withdraw(store, kim.id)
    assert len(evidence_of(store).sessions) == 3


def assign_new(store, session, name):
    store.add_coder(Coder(name.lower(), name, Role.CLINICIAN))
    (made,) = assign(store, [session.id], name.lower(), "gaze-near", Purpose.RELIABILITY)
    return made


def test_an_open_pass_hides_its_session_even_if_nobody_else_codes_it(tmp_path):
    """Whoever goes on coding would see what the machine thinks of the same film."""
    with supervised(tmp_path / "study", clips=CLIPS[:1], coders=()) as store:
        (session,) = store.sessions()
        measure(store, session)
        (header,) = store.passes(session.id)
        (asked,) = evidence_of(store).sessions[0].passes
        question = question_of(asked)
        reopen_pass(store, header.id, "To go on.")
        found = evidence_of(store)
        assert found.sessions == ()
        assert len(found.withheld) == 1
        with pytest.raises(CodingError, match="still coded by Mika"):
            rule(store, question, Answer.FEATURE_WRONG, actor=header.coder_id)
        assert store.rulings() == ()


# Rulings


def question_of(coding):
    """One that is asked, or the first finding made into one."""
    if coding.questions:
        return coding.questions[0]
    one = coding.findings[0]
    return Question(Concern.AGAINST, one.pass_id, one.tier, one.code, one.span, one.rule.feature, 1.0, 0.0, 1.0)


@pytest.fixture
def misled(tmp_path):
    """A study whose tracks say the contrary for ten seconds of its session."""
    with supervised(tmp_path / "misled", clips=CLIPS[:1], coders=("Robin",)) as made:
        (session,) = made.sessions()
        measure(made, session, turned=Span(0, 12 * SECOND_US))
        yield made


def of(store, name=MASTER):
    (session,) = evidence_of(store).sessions
    return next(one for one in session.passes if one.coder.name == name)


def test_tracks_that_mislead_raise_questions_and_an_answer_is_kept_and_counted(misled):
    actor = ids(misled)["Robin"]
    master = of(misled)
    against = [one for one in master.questions if one.concern is Concern.AGAINST]
    assert against
    assert all(one.span.start_us < 12 * SECOND_US for one in against if one.feature.endswith("_face"))
    assert [one.score for one in master.questions] == sorted((one.score for one in master.questions), reverse=True)
    first = against[0]
    said = rule(misled, first, Answer.FEATURE_WRONG, "  a doll  ", actor=actor)
    assert (said.note, said.actor) == ("a doll", actor)
    again = of(misled)
    assert again.rulings == {first.key: said}
    assert again == replace(master, rulings=again.rulings)
    assert first not in again.open_questions
    assert len(again.open_questions) == len(master.questions) - 1
    (errors,) = evidence_of(misled).schemes[0].errors
    assert (errors.code, errors.feature, errors.wrong, errors.judged) == (first.code, first.feature, 1, 1)
    rule(misled, first, Answer.CODE_WRONG, actor=actor)
    (errors,) = evidence_of(misled).schemes[0].errors
    assert (errors.wrong, errors.judged, errors.rate.value) == (0, 1, 0)
    take_back(misled, first, actor=actor)
    assert evidence_of(misled).schemes[0].errors == ()
    assert of(misled).rulings == {}
    with pytest.raises(CodingError, match="not answered"):
        take_back(misled, first, actor=actor)
    assert len(misled.rulings()) == 3  # append-only


def test_a_ruling_on_an_older_measurement_counts_no_more(misled):
    actor = ids(misled)["Robin"]
    first = next(one for one in of(misled).questions if one.concern is Concern.AGAINST)
    rule(misled, first, Answer.FEATURE_WRONG, actor=actor)
    (session,) = misled.sessions()
    measure(misled, session, turned=Span(0, 12 * SECOND_US), version="9.2")
    again = of(misled)
    same = next(one for one in again.questions if one.key == first.key)
    assert same.measured_by != first.measured_by
    assert same in again.open_questions
    (errors,) = evidence_of(misled).schemes[0].errors
    assert (errors.wrong, errors.judged, errors.outdated) == (0, 0, 1)


def test_questions_name_what_measured_them(misled):
    (session,) = evidence_of(misled).sessions
    (source,) = session.sources
    assert {one.measured_by for one in of(misled).questions} == {measured_by(source)}


def test_evidence_changes_no_pass(store):
    before = [store.load_pass(header.id) for header in store.passes()]
    evidence_of(store)
    assert [store.load_pass(header.id) for header in store.passes()] == before
    assert all(isinstance(one, CodingPass) for one in before)


# The report


def test_the_report_tells_evidence_apart_from_reliability(store):
    data = finish(report_data_steps(store))
    page = report_html(data)
    start, end = page.index('id="evidence"'), page.index('id="limits"')
    section = page[start:end]
    assert "Evidence from the pictures" in section
    mutual = sums_of(evidence_of(store))["mutual_face", "mutual_face"]
    told = section.replace("\u202f", " ")
    assert (
        f"Of {mutual.events} events of “Looking at each other’s face” {mutual.covered} had enough coverage "
        f"(70 % or more); {mutual.consistent} ({mutual.share.value * 100:.0f} %, 95 % interval" in told
    )
    assert "shifted-time baseline" in told
    assert "dyad 9.1; models: face_landmarker.task abababababab; rate_hz = 12.5" in told
    assert "How much could be seen while each code held" in told
    assert "Two coders beside the same signal" in told
    assert "Feature wrong" not in told  # nobody has judged anything
    assert "eliability" not in section.replace("nothing of this enters reliability", "")
    plain = "".join(report_plain(data))
    assert "Evidence from the pictures" in plain


def test_the_report_says_what_it_leaves_out(store):
    first = store.sessions()[0]
    assign_new(store, first, "Kim")
    data = finish(report_data_steps(store))
    assert data.evidence is not None
    assert "Left out: “first-practice” is still coded by Kim" in report_html(data)
    assert all(part.sessions == 2 for part in data.evidence.parts)


def test_a_report_of_a_study_without_tracks_has_no_such_section(tmp_path):
    with supervised(tmp_path / "study", clips=CLIPS[:1], coders=("Robin",)) as store:
        data = finish(report_data_steps(store))
        assert data.evidence is None
        assert 'id="evidence"' not in report_html(replace(data))
