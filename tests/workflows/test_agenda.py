"""The agenda of a training meeting: what is counted under which code, what is noted, and in which order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.model.disagreement import DisagreementKind, Verdict
from coder.model.edit import Change, Edit
from coder.model.study import Purpose
from coder.store import StudyStore
from coder.workflows.agenda import agenda
from coder.workflows.passes import open_pass, reopen_pass, submit_pass
from coder.workflows.settling import settle, walk
from coder.workflows.studies import new_study
from tests.workflows.twice_coded import coded, meeting, supervisor, twice


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Trial") as opened:
        yield opened


def test_a_study_without_two_coders_has_nothing_to_talk_about(store: StudyStore) -> None:
    meeting(store)
    coded(store, "s1", "Robin", bids=(1.0,))
    assert (agenda(store).schemes, agenda(store).outdated) == ((), 0)


def test_differences_and_verdicts_are_counted_per_code(store: StudyStore) -> None:
    first = twice(store, (1.0, 3.0), (3.0, 6.0), "s1")
    twice(store, (1.0,), (), "s2")
    walked = walk(store, *first)
    settle(store, walked, walked.differences[0], Verdict.A, actor=supervisor(store).id)
    (found,) = agenda(store).schemes
    (topic,) = found.topics
    assert (found.scheme.id.name, found.sessions, found.differences, found.settled) == ("shared-play", 2, 3, 1)
    assert (topic.tier, topic.code, topic.differences, topic.open) == ("bids", "bid_c", 3, 2)
    assert topic.kinds == {DisagreementKind.MISSED: 2, DisagreementKind.EXTRA: 1}
    assert (topic.verdicts, found.verdicts) == ({Verdict.A: 1}, {Verdict.A: 1})
    assert topic.against == {None: 3}


def test_a_difference_between_two_codes_is_a_topic_of_both_and_counted_once_in_all(store: StudyStore) -> None:
    meeting(store)
    coded(store, "s1", "Robin", engage=[("en_object", 0, 8)])
    coded(store, "s1", "Sasha", engage=[("en_watch", 0, 8)], purpose=Purpose.RELIABILITY)
    (found,) = agenda(store).schemes
    assert found.differences == 1
    assert {(one.code, tuple(one.against.items())) for one in found.topics} == {
        ("en_object", (("en_watch", 1),)),
        ("en_watch", (("en_object", 1),)),
    }


def test_notes_are_kept_with_their_place_and_names_and_so_is_what_the_scheme_leaves_open(
    store: StudyStore,
) -> None:
    walked = walk(store, *twice(store, (1.0, 3.0, 5.0), ()))
    at = {one.span.start_us // 1_000_000: one for one in walked.differences}
    mika = supervisor(store).id
    settle(store, walked, at[3], Verdict.UNCLEAR, actor=mika)
    settle(store, walked, at[1], Verdict.A, "seen in the mirror", actor=mika)
    settle(store, walked, at[5], Verdict.B, actor=mika)
    (topic,) = agenda(store).schemes[0].topics
    assert [(one.verdict, one.settlement.note) for one in topic.noted] == [
        (Verdict.UNCLEAR, ""),
        (Verdict.A, "seen in the mirror"),
    ]
    assert {(one.session, one.coder_a, one.coder_b, one.settled_by) for one in topic.noted} == {
        ("s1", "Robin", "Sasha", "Mika")
    }


def test_what_the_scheme_leaves_unclear_comes_first_then_what_is_most_in_dispute(store: StudyStore) -> None:
    meeting(store)
    coded(store, "s1", "Robin", bids=(1.0, 3.0, 5.0), engage=[("en_object", 0, 2)])
    coded(store, "s1", "Sasha", purpose=Purpose.RELIABILITY)
    walked = walk(store, *(header.id for header in store.passes()))
    before = [topic.code for topic in agenda(store).schemes[0].topics]
    assert before[0] == "bid_c"
    (state,) = [one for one in walked.differences if one.tier == "engage"]
    settle(store, walked, state, Verdict.UNCLEAR, actor=supervisor(store).id)
    after = [topic.code for topic in agenda(store).schemes[0].topics]
    assert after[0] in ("en_object", "en_off")
    assert after.index("en_object") < after.index("bid_c")


def test_verdicts_about_what_is_no_more_are_told_and_not_counted(store: StudyStore) -> None:
    ids = twice(store, (1.0, 3.0), (3.0,))
    walked = walk(store, *ids)
    settle(store, walked, walked.differences[0], Verdict.B, "none", actor=supervisor(store).id)
    reopen_pass(store, ids[0], "the first one was none")
    desk = open_pass(store, ids[0]).desk
    desk.apply(Edit.of("Delete", Change(desk.coding.row("bids")[0], None)))
    submit_pass(store, ids[0])
    found = agenda(store)
    assert found.outdated == 1
    assert (found.schemes[0].differences, found.schemes[0].settled, found.schemes[0].topics) == (0, 0, ())


def test_blind_sessions_and_other_schemes_are_left_out(store: StudyStore) -> None:
    twice(store, (1.0,), ())
    (scheme,) = store.schemes()
    assert len(agenda(store, scheme).schemes) == 1
    coded(store, "s1", "Kim", purpose=Purpose.RELIABILITY, submitted=False)
    assert agenda(store).schemes == ()
