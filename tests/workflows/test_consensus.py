"""The third pass: what it holds, what it leaves empty, what its journal says, and when it is refused."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.model.coding import PassStatus
from coder.model.disagreement import Verdict
from coder.model.problem import CodingError
from coder.model.study import Purpose
from coder.store import StudyStore
from coder.workflows.consensus import find_two, make_consensus
from coder.workflows.origins import origin_words
from coder.workflows.passes import submit_pass
from coder.workflows.settling import settle, walk
from coder.workflows.studies import new_study
from tests.workflows.kill_loop import empty_study, walk_of_another
from tests.workflows.test_scheme_versions import rows_of
from tests.workflows.twice_coded import coded, meeting, supervisor, twice

SECOND = 1_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Trial") as opened:
        yield opened


def decide(store: StudyStore, ids: tuple[str, str], **verdicts: Verdict) -> None:
    """at_1=Verdict.A settles the difference at one second."""
    walked = walk(store, *ids)
    for one in walked.differences:
        verdict = verdicts.get(f"at_{one.span.start_us // SECOND}")
        if verdict is not None:
            settle(store, walked, one, verdict, actor=supervisor(store).id)


def test_it_holds_what_both_coded_and_what_was_settled_and_leaves_the_rest_empty(store: StudyStore) -> None:
    ids = twice(store, (1.0, 3.0, 7.5), (3.2, 4.5, 6.0))
    before = [store.load_pass(one) for one in ids]
    decide(store, ids, at_1=Verdict.A, at_4=Verdict.B, at_6=Verdict.A)
    header = make_consensus(store, *ids, supervisor(store).id)
    made = store.load_pass(header.id)
    assert [event.onset_us / SECOND for event in made.row("bids")] == [1.0, 3.0, 4.5]
    assert (header.purpose, header.made_from, header.status) == (Purpose.CONSENSUS, ids, PassStatus.OPEN)
    assert [store.load_pass(one) for one in ids] == before
    assert store.check() == ()


def test_its_journal_says_how_it_came_about(store: StudyStore) -> None:
    ids = twice(store, (1.0, 3.0, 7.5), (3.2, 4.5, 6.0))
    decide(store, ids, at_1=Verdict.A, at_4=Verdict.B, at_6=Verdict.NEITHER)
    header = make_consensus(store, *ids, supervisor(store).id)
    assert store.journal(header.id)[0].label == (
        "Consensus of the passes of Robin and Sasha: 1 event as both coded it; 1 difference settled for Robin; "
        "1 difference settled for Sasha; 1 settled without a code, left empty; 1 not settled, left empty"
    )
    assert origin_words(store, header) == "made from the passes of Robin and Sasha"


def test_where_either_is_right_the_event_says_so(store: StudyStore) -> None:
    ids = twice(store, (1.0, 3.0), (3.0,))
    decide(store, ids, at_1=Verdict.EITHER)
    made = store.load_pass(make_consensus(store, *ids, supervisor(store).id).id)
    assert [(event.code, event.either) for event in made.row("bids")] == [("bid_c", ("",)), ("bid_c", ())]


def test_states_are_agreed_where_both_have_them_and_as_settled_elsewhere(store: StudyStore) -> None:
    meeting(store)
    robin = coded(store, "s1", "Robin", engage=[("en_object", 0, 4), ("en_shared", 4, 8)])
    sasha = coded(
        store, "s1", "Sasha", engage=[("en_object", 0, 6), ("en_shared", 6, 8)], purpose=Purpose.RELIABILITY
    )
    decide(store, (robin.id, sasha.id), at_4=Verdict.B)
    made = store.load_pass(make_consensus(store, robin.id, sasha.id, supervisor(store).id).id)
    assert [(one.code, one.onset_us // SECOND, one.offset_us // SECOND) for one in made.row("engage")] == [
        ("en_object", 0, 6),
        ("en_shared", 6, 8),
    ]


def test_boundaries_too_close_to_settle_are_a_s_and_this_is_said(store: StudyStore) -> None:
    meeting(store)
    robin = coded(store, "s1", "Robin", engage=[("en_object", 0, 4), ("en_shared", 4, 8)])
    sasha = coded(
        store, "s1", "Sasha", engage=[("en_object", 0, 4.2), ("en_shared", 4.2, 8)], purpose=Purpose.RELIABILITY
    )
    header = make_consensus(store, robin.id, sasha.id, supervisor(store).id)
    assert [one.onset_us / SECOND for one in store.load_pass(header.id).row("engage")] == [0, 4]
    label = store.journal(header.id)[0].label
    assert label.endswith("1 boundary as Robin has it, too close to be settled")
    assert "left empty" not in label


def test_it_is_submitted_like_any_pass_and_then_stands_as_the_master(store: StudyStore) -> None:
    ids = twice(store, (1.0, 3.0), (3.0,))
    decide(store, ids, at_1=Verdict.A)
    header = make_consensus(store, *ids, supervisor(store).id)
    submit_pass(store, header.id, settled=True)
    assert store.header(header.id).status is PassStatus.SUBMITTED
    assert walk(store, *ids).consensus == store.header(header.id)


def test_there_is_one_consensus_of_two_passes(store: StudyStore) -> None:
    ids = twice(store, (1.0, 3.0), (3.0,))
    decide(store, ids, at_1=Verdict.A)
    make_consensus(store, *ids, supervisor(store).id)
    known = store.passes()
    for two in (ids, ids[::-1]):
        with pytest.raises(CodingError, match="have a consensus already; Mika made it"):
            make_consensus(store, *two, store.coders()[0].id)
    assert store.passes() == known


def test_nothing_settled_makes_no_consensus_but_full_agreement_does(store: StudyStore) -> None:
    ids, alike = twice(store, (1.0, 3.0), (3.0,), "s1"), twice(store, (1.0, 3.0), (1.0, 3.0), "s2")
    with pytest.raises(CodingError, match="The one difference of these two passes is not settled yet"):
        make_consensus(store, *ids, supervisor(store).id)
    header = make_consensus(store, *alike, supervisor(store).id)
    assert len(store.load_pass(header.id)) == 2


def test_nothing_is_agreed_on_before_both_have_submitted(store: StudyStore) -> None:
    meeting(store)
    robin = coded(store, "s1", "Robin", bids=(1.0,))
    sasha = coded(store, "s1", "Sasha", bids=(1.0,), purpose=Purpose.RELIABILITY, submitted=False)
    with pytest.raises(CodingError, match="missing: Sasha"):
        make_consensus(store, robin.id, sasha.id, supervisor(store).id)


def test_the_two_are_found_by_name_and_left_out_where_there_are_two(store: StudyStore) -> None:
    ids = twice(store, (1.0,), (1.0,))
    assert find_two(store, "s1", "shared-play") == ids
    assert find_two(store, "s1", "shared-play", ("Sasha", "Robin")) == ids[::-1]
    coded(store, "s1", "Kim", purpose=Purpose.RELIABILITY)
    for named in ((), ("Robin",), ("Robin", "Robin"), ("Robin", "Lou")):
        with pytest.raises(CodingError, match=r"Submitted: Robin, Sasha, Kim\. Name two of them\."):
            find_two(store, "s1", "shared-play", named)


@pytest.mark.parametrize("seed", range(6))
def test_the_originals_stay_to_the_byte_and_it_is_submitted_whatever_was_settled(
    tmp_path: Path, seed: int
) -> None:
    chance, folder = random.Random(seed), tmp_path / "random"
    with empty_study(folder) as store:
        walked = walk_of_another(store, chance)
        for one in walked.differences:
            if chance.random() < 0.8:
                settle(store, walked, one, chance.choice(list(Verdict)), actor="cleo")
    ids = walked.pass_a.header.id, walked.pass_b.header.id
    before = [rows_of(folder, one) for one in ids]
    with StudyStore.open(folder) as store:
        header = make_consensus(store, *ids, "cleo")
        submit_pass(store, header.id, settled=True)
        assert store.header(header.id).status is PassStatus.SUBMITTED
        assert store.check() == ()
    assert [rows_of(folder, one) for one in ids] == before
