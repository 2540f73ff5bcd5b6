"""Walking the differences of two passes and settling them: on the disk, append-only, and blind before."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from coder.model.disagreement import DisagreementKind, Verdict
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError
from coder.model.study import Purpose
from coder.store import StudyStore
from coder.workflows.passes import open_pass, reopen_pass, submit_pass
from coder.workflows.settling import settle, take_back, walk
from coder.workflows.studies import new_study
from tests.workflows.twice_coded import coded, meeting, supervisor, twice


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Trial") as opened:
        yield opened


def test_a_walk_has_both_passes_the_film_and_every_difference(store: StudyStore) -> None:
    walked = walk(store, *twice(store, (1.0, 3.0), (3.0, 6.0)))
    assert (walked.session.name, walked.coder_a.name, walked.coder_b.name) == ("s1", "Robin", "Sasha")
    assert {(one.kind, one.span.start_us) for one in walked.differences} == {
        (DisagreementKind.MISSED, 1_000_000),
        (DisagreementKind.EXTRA, 6_000_000),
    }
    assert [path.is_file() for _, path in walked.films] == [True]
    assert (walked.settled, walked.open, walked.consensus) == ({}, walked.differences, None)


def test_what_is_settled_is_there_when_the_study_is_opened_again(store: StudyStore) -> None:
    ids = twice(store, (1.0, 3.0), (3.0, 6.0))
    walked = walk(store, *ids)
    first, second = walked.differences
    done = settle(store, walked, first, Verdict.UNCLEAR, " A glance? \n", actor=supervisor(store).id)
    assert walked.after(done).open == (second,)
    store.close()
    with StudyStore.open(store.folder) as again:
        found = walk(again, *ids)
    assert found.settled == {first.key: done}
    assert (done.verdict, done.note) == (Verdict.UNCLEAR, "A glance?")
    assert found.open == (second,)


def test_a_verdict_survives_a_crash_right_after_it(store: StudyStore, tmp_path: Path) -> None:
    ids = twice(store, (1.0,), ())
    walked = walk(store, *ids)
    done = settle(store, walked, walked.differences[0], Verdict.A, actor=supervisor(store).id)
    copytree(store.folder, tmp_path / "as-it-lay", ignore=ignore_patterns("*lock*"))  # nothing was closed
    with StudyStore.open(tmp_path / "as-it-lay") as again:
        assert again.settlements() == (done,)


def test_the_newest_verdict_holds_and_taking_back_opens_the_difference_again(store: StudyStore) -> None:
    ids, mika = twice(store, (1.0,), ()), supervisor(store).id
    walked = walk(store, *ids)
    (one,) = walked.differences
    settle(store, walked, one, Verdict.A, actor=mika)
    settle(store, walked, one, Verdict.NEITHER, actor=mika)
    walked = walk(store, *ids)
    assert walked.settled[one.key].verdict is Verdict.NEITHER
    back = take_back(store, walked, one, actor=mika)
    assert (back.verdict, walked.after(back).settled, walk(store, *ids).settled) == (None, {}, {})
    assert [kept.verdict for kept in store.settlements()] == [Verdict.A, Verdict.NEITHER, None]
    with pytest.raises(CodingError, match="nothing to take back"):
        take_back(store, walk(store, *ids), one, actor=mika)


def test_named_the_other_way_round_the_same_verdict_names_the_same_coder(store: StudyStore) -> None:
    robin, sasha = twice(store, (1.0,), ())
    walked = walk(store, robin, sasha)
    settle(store, walked, walked.differences[0], Verdict.A, actor=supervisor(store).id)
    turned = walk(store, sasha, robin)
    (one,) = turned.differences
    assert (turned.coder_b.name, one.kind) == ("Robin", DisagreementKind.EXTRA)
    assert turned.settled[one.key].verdict is Verdict.B
    settle(store, turned, one, Verdict.A, actor=supervisor(store).id)  # Sasha after all
    assert walk(store, robin, sasha).settled[walked.differences[0].key].verdict is Verdict.B


def test_verdicts_about_what_was_changed_since_are_listed_and_count_for_nothing(store: StudyStore) -> None:
    ids, mika = twice(store, (1.0, 3.0), (3.0,)), supervisor(store).id
    before = walk(store, *ids)
    done = settle(store, before, before.differences[0], Verdict.B, actor=mika)
    reopen_pass(store, ids[0], "the first one was none")
    desk = open_pass(store, ids[0]).desk
    desk.apply(Edit.of("Delete", Change(desk.coding.row("bids")[0], None)))
    submit_pass(store, ids[0])
    after = walk(store, *ids)
    assert (after.differences, after.settled, after.outdated) == ((), {}, (done,))
    with pytest.raises(CodingError, match="do not differ in this any more"):
        settle(store, after, before.differences[0], Verdict.A, actor=mika)
    assert store.settlements() == (done,)


def test_nothing_is_walked_or_settled_before_both_have_submitted(store: StudyStore) -> None:
    meeting(store)
    robin = coded(store, "s1", "Robin", bids=(1.0,))
    sasha = coded(store, "s1", "Sasha", bids=(), purpose=Purpose.RELIABILITY, submitted=False)
    with pytest.raises(CodingError, match="missing: Sasha"):
        walk(store, robin.id, sasha.id)
    store.submit(sasha.id, actor=sasha.coder_id)
    walked = walk(store, robin.id, sasha.id)
    reopen_pass(store, sasha.id, "one more look")
    with pytest.raises(CodingError, match="missing: Sasha"):
        settle(store, walked, walked.differences[0], Verdict.A, actor=supervisor(store).id)
    assert store.settlements() == ()


def test_nothing_is_walked_before_a_third_coder_has_submitted(store: StudyStore) -> None:
    ids = twice(store, (1.0,), ())
    coded(store, "s1", "Kim", purpose=Purpose.RELIABILITY, submitted=False)
    with pytest.raises(CodingError, match="missing: Kim"):
        walk(store, *ids)


def test_passes_that_cannot_be_compared_have_no_walk(store: StudyStore) -> None:
    one, _ = twice(store, (1.0,), (), "s1")
    other, _ = twice(store, (1.0,), (), "s2")
    with pytest.raises(CodingError, match="different sessions"):
        walk(store, one, other)
    with pytest.raises(CodingError, match="cannot be compared with itself"):
        walk(store, one, one)


def test_a_difference_of_other_passes_is_not_settled(store: StudyStore) -> None:
    walked = walk(store, *twice(store, (1.0,), ()))
    strange = replace(walked.differences[0], code_a="bid_p")
    with pytest.raises(CodingError, match="do not differ in this"):
        settle(store, walked, strange, Verdict.A, actor=supervisor(store).id)
