"""What a walk is given: disagreements and questions of a session, whoever may see them, and what was decided."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.evidence.moments import same_moment
from coder.model.disagreement import Verdict
from coder.model.evidence import Answer, Concern
from coder.model.problem import CodingError
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span
from coder.store import StudyStore
from coder.workflows.evidence import evidence_of, rule, take_back
from coder.workflows.passes import add_coder, begin_pass
from coder.workflows.review import review
from coder.workflows.settling import settle
from tests.workflows.measured_study import damage, measure
from tests.workflows.supervised import supervised

CLIP = "first-practice"
TURNED = Span(42 * SECOND_US, 56 * SECOND_US)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with supervised(tmp_path / "study", clips=(CLIP,), coders=("Robin", "Sasha")) as opened:
        measure(opened, opened.sessions()[0], turned=TURNED)
        yield opened


def ids(store: StudyStore) -> dict[str, str]:
    """Pass by the coder's name."""
    return {store.coder(header.coder_id).name: header.id for header in store.passes()}


def test_two_passes_have_what_they_differ_in_and_what_evidence_asks_of_each(store: StudyStore) -> None:
    passes = ids(store)
    found = review(store, passes["Robin"], passes["Sasha"])
    assert [coder.name for coder in found.coders] == ["Robin", "Sasha"]
    assert found.differences
    assert {one.pass_id for one in found.questions} == {passes["Robin"], passes["Sasha"]}
    assert [one.score for one in found.questions] == sorted((one.score for one in found.questions), reverse=True)
    assert found.remark == ""
    # where the measurement is turned round it speaks against what is coded
    against = [one for one in found.questions if one.concern is Concern.AGAINST and one.feature.endswith("face")]
    assert against
    assert all(one.span.overlaps(TURNED) for one in against)


def test_one_pass_has_questions_only(store: StudyStore) -> None:
    found = review(store, ids(store)["Mika"])
    assert found.walk is None
    assert found.differences == ()
    assert found.questions
    assert len(found.passes) == 1


def test_what_is_decided_holds_at_once_and_when_it_is_opened_again(store: StudyStore) -> None:
    passes = ids(store)
    found = review(store, passes["Robin"], passes["Sasha"])
    about, difference, actor = found.questions[0], found.differences[0], store.coders()[0].id
    assert found.walk is not None
    verdict = settle(store, found.walk, difference, Verdict.EITHER, actor=actor)
    said = rule(store, about, Answer.FEATURE_WRONG, " a doll ", actor=actor)
    after = found.after(said).after(verdict)
    again = review(store, passes["Robin"], passes["Sasha"])
    for one in (after, again):
        assert one.of(about) == said
        assert one.of(difference) == verdict
        assert one.wrong_and_judged == (1, 1)
    assert said.note == "a doll"
    opened = again.after(take_back(store, about, actor=actor))
    assert opened.of(about) is None
    assert opened.wrong_and_judged == (0, 0)
    assert review(store, passes["Robin"], passes["Sasha"]).of(about) is None


def test_a_moment_that_both_coded_is_asked_once_answered_for_both_and_opened_for_both(store: StudyStore) -> None:
    passes = ids(store)
    alone = {name: review(store, passes[name]).questions for name in ("Robin", "Sasha")}
    found = review(store, passes["Robin"], passes["Sasha"])
    pairs = [(a, b) for a in alone["Robin"] for b in alone["Sasha"] if same_moment(a, b)]
    assert pairs
    assert len(found.questions) == len(alone["Robin"]) + len(alone["Sasha"]) - len(pairs)
    (mine, theirs), actor = pairs[0], store.coders()[0].id
    shown = mine if mine in found.questions else theirs
    assert (mine in found.questions) != (theirs in found.questions)
    said = rule(store, theirs if shown is mine else mine, Answer.FEATURE_WRONG, actor=actor)
    again = review(store, passes["Robin"], passes["Sasha"])
    assert again.of(shown) == said
    assert again.wrong_and_judged == (1, 1)
    evidence = evidence_of(store)
    open_now = {one.coder.name: one.open_questions for one in evidence.sessions[0].passes}
    assert mine not in open_now["Robin"]
    assert theirs not in open_now["Sasha"]
    assert [(one.wrong, one.judged) for one in evidence.schemes[0].errors] == [(1, 1)]
    take_back(store, shown, actor=actor)
    assert review(store, passes["Robin"]).of(mine) is None
    assert review(store, passes["Sasha"]).of(theirs) is None
    with pytest.raises(CodingError, match="not answered"):
        take_back(store, shown, actor=actor)


def test_levels_are_those_of_the_session_in_the_unit_of_the_signal(store: StudyStore) -> None:
    found = review(store, ids(store)["Mika"])
    near = found.levels["dist", "d_touch", "head_distance_heads"]
    far = found.levels["dist", "d_room", "head_distance_heads"]
    values = found.tracks["head_distance_heads"]
    below = values.values[values.valid]
    assert near < far
    assert (below < near).mean() < 1 / 3 + 0.01 <= (below <= near).mean() + 0.02
    assert found.levels["cg", "cg_face", "child_looks_face"] == 0.5


def test_an_open_pass_is_not_walked_and_a_session_that_is_coded_has_no_evidence(store: StudyStore) -> None:
    session, passes = store.sessions()[0], ids(store)
    late = begin_pass(store, session.id, add_coder(store, "Noa").id, "ratings", Purpose.MAIN)
    with pytest.raises(CodingError, match="not submitted"):
        review(store, late.id)
    found = review(store, passes["Robin"], passes["Sasha"])
    assert found.questions == ()
    assert found.curves == ()
    assert found.differences  # what two have submitted is not blind to them
    assert found.remark == "Evidence is hidden while this session is still coded by Noa."
    store.submit(late.id, actor=late.coder_id)
    assert review(store, passes["Robin"], passes["Sasha"]).questions


def test_a_blind_pass_is_not_walked_alone(store: StudyStore) -> None:
    session, passes = store.sessions()[0], ids(store)
    begin_pass(store, session.id, add_coder(store, "Noa").id, "gaze-near", Purpose.RELIABILITY)
    with pytest.raises(CodingError, match="Noa"):
        review(store, passes["Mika"])


def test_without_a_measurement_or_with_a_damaged_one_the_codes_are_there_all_the_same(
    store: StudyStore, tmp_path: Path
) -> None:
    passes = ids(store)
    damage(store, store.sessions()[0])
    found = review(store, passes["Robin"], passes["Sasha"])
    assert found.questions == ()
    assert found.differences
    assert found.remark.startswith("Evidence is silent: ")
    with supervised(tmp_path / "other", clips=(CLIP,), coders=()) as other:
        silent = review(other, ids(other)["Mika"])
    assert silent.remark == "Evidence is silent: nothing has been measured in this session."
