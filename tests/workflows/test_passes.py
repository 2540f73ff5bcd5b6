"""Passes: begun once, submitted whole, reopened for a reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.annotate import strokes
from coder.model.coding import PassStatus
from coder.model.problem import CoderError, CodingError
from coder.model.study import Purpose
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.passes import add_coder, begin_pass, doubts, open_pass, reopen_pass, set_reaction, submit_pass
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study, open_study

FILM = shipped("sample_media") / "dyad-first.mp4"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Trial") as opened:
        add_session(opened, FILM, "first")
        add_coder(opened, "Kim")
        yield opened


def begin(store: StudyStore, purpose: Purpose = Purpose.MAIN) -> str:
    (session,), (kim,) = store.sessions(), store.coders()
    return begin_pass(store, session.id, kim.id, "shared-play", purpose).id


def press(store: StudyStore, pass_id: str, *codes: tuple[str, str, int]) -> None:
    desk = open_pass(store, pass_id).desk
    for tier, code, at_us in codes:
        desk.apply(strokes.code(desk.coding, desk.scheme, tier, code, at_us))


def test_a_coder_has_one_pass_of_a_kind(store: StudyStore) -> None:
    begin(store)
    with pytest.raises(CodingError, match="Kim already has a main pass"):
        begin(store)
    begin(store, Purpose.TRAINING)
    assert len(store.passes()) == 2


def test_two_coders_cannot_share_a_pseudonym_and_one_cannot_be_nameless(store: StudyStore) -> None:
    with pytest.raises(CodingError, match="already has a coder “Kim”"):
        add_coder(store, " Kim ")
    with pytest.raises(CodingError, match="needs a name"):
        add_coder(store, "  ")
    assert len(store.coders()) == 1


def test_codes_and_undo_survive_a_restart(store: StudyStore) -> None:
    made = begin(store)
    press(store, made, ("engage", "en_watch", 0), ("engage", "en_person", 1_880_000), ("bids", "bid_p", 2_240_000))
    folder = store.folder
    store.close()
    with open_study(folder) as again:
        desk = open_pass(again, made).desk
        assert [event.code for event in desk.coding] == ["bid_p", "en_watch", "en_person"]
        for _ in range(3):
            desk.undo()
        assert not len(desk.coding)
        desk.redo()
        assert [event.code for event in again.load_pass(made)] == ["en_watch"]


def test_a_gap_that_the_scheme_forbids_blocks_submission(store: StudyStore) -> None:
    (session,), (kim,) = store.sessions(), store.coders()
    made = begin_pass(store, session.id, kim.id, "gaze-near").id
    press(store, made, ("cg", "cg_face", 2_000_000))
    with pytest.raises(CodingError) as refused:
        submit_pass(store, made)
    assert {problem.where.split()[0] for problem in refused.value.problems}
    assert any("00:00:00.000" in str(problem) for problem in refused.value.problems)
    assert store.header(made).status is PassStatus.OPEN


def test_a_gap_that_a_default_will_fill_is_told_and_blocks_nothing(store: StudyStore) -> None:
    made = begin(store)
    press(store, made, ("engage", "en_watch", 2_000_000))
    (doubt,) = doubts(store, made)
    assert "is not coded for 2.000 s and will be filled with" in doubt.what
    submit_pass(store, made)


def test_a_submitted_pass_is_locked_and_reopens_for_a_reason(store: StudyStore) -> None:
    made = begin(store)
    press(store, made, ("engage", "en_watch", 0))
    submit_pass(store, made)
    opened = open_pass(store, made)
    assert opened.readonly
    with pytest.raises(CodingError, match="submitted"):
        opened.desk.apply(strokes.code(opened.desk.coding, opened.scheme, "bids", "bid_p", 40_000))
    with pytest.raises(CodingError, match="needs a reason"):
        reopen_pass(store, made, " ")
    reopen_pass(store, made, "missed the end")
    assert not open_pass(store, made).readonly
    assert not store.check()


def test_an_unknown_scheme_changes_nothing(store: StudyStore) -> None:
    (session,), (kim,) = store.sessions(), store.coders()
    with pytest.raises(CoderError, match="shared-play"):
        begin_pass(store, session.id, kim.id, "shared-pley")
    assert not store.schemes()
    assert not store.passes()


def test_a_reaction_time_belongs_to_a_coder_and_nobody_reacts_in_minutes(store: StudyStore) -> None:
    assert set_reaction(store, "Kim", 180).reaction_us == 180_000
    assert open_pass(store, begin(store)).coder.reaction_us == 180_000
    assert set_reaction(store, store.coders()[0].id, 0).reaction_us == 0
    for ms in (-1, 1001):
        with pytest.raises(CodingError, match="is no reaction time"):
            set_reaction(store, "Kim", ms)
    with pytest.raises(CodingError, match="no coder “Zoe”"):
        set_reaction(store, "Zoe", 180)
    assert store.coders()[0].reaction_us == 0
