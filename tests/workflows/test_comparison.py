"""Which passes are compared, who is A, and what is said about the rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.model.progress import Progress
from coder.model.statistic import F1
from coder.model.study import Assignment, Purpose, Session
from coder.model.time import SECOND_US, Span
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.compared import agreed_with, curves_of_pairs, several_of, totals_of
from coder.workflows.comparison import compare_study, compare_study_steps, differences
from coder.workflows.exchange import import_events
from coder.workflows.passes import add_coder, open_pass, reopen_pass, submit_pass
from coder.workflows.schemes import frozen_scheme
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study

FILM = shipped("sample_media") / "dyad-first.mp4"
HEADING = "tier,code,onset,offset\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Trial") as opened:
        yield opened


def session(store: StudyStore, name: str) -> Session:
    return add_session(store, FILM, name, window=Span(0, 8_000_000))


def coded(store: StudyStore, session: str, who: str, purpose: str, *bids: float, submitted: bool = True) -> None:
    """A pass of invitations at these seconds."""
    file = store.folder / "pass.csv"
    file.write_text(HEADING + "".join(f"bids,bid_c,{at},{at}\n" for at in bids))
    import_events(
        store,
        file,
        session=session,
        coder=who,
        scheme="shared-play",
        purpose=Purpose(purpose),
        submitted=submitted,
    )


def test_a_is_one_person_in_every_session_whoever_has_the_main_pass(store: StudyStore) -> None:
    for name, robin, sasha in (("s1", "main", "reliability"), ("s2", "reliability", "main")):
        session(store, name)
        coded(store, name, "Sasha", sasha, 1.5, 3.6, 6.7)
        coded(store, name, "Robin", robin, 1.0, 3.0, 6.0)
    found = compare_study(store)
    assert {(pair.coder_a.name, pair.coder_b.name) for pair in found.pairs} == {("Sasha", "Robin")}
    (bias,) = [one for one in found.pooled[0].agreements if (one.statistic, one.tier) == ("timing bias", "bids")]
    assert bias.estimate.value == pytest.approx(-0.6)  # Robin marks earlier in both


def test_the_coder_with_most_main_passes_is_a(store: StudyStore) -> None:
    for name in ("s1", "s2"):
        session(store, name)
        coded(store, name, "Sasha", "reliability", 1.5)
        coded(store, name, "Robin", "main", 1.0)
    assert [(pair.coder_a.name, pair.coder_b.name) for pair in compare_study(store).pairs] == [
        ("Robin", "Sasha")
    ] * 2


def test_three_coders_give_three_pairs_and_one_of_them_is_pooled(store: StudyStore) -> None:
    session(store, "s1")
    for who, purpose in (("Kim", "reliability"), ("Sasha", "reliability"), ("Robin", "main")):
        coded(store, "s1", who, purpose, 1.0, 3.0)
    found = compare_study(store)
    assert [(pair.coder_a.name, pair.coder_b.name, pair.pooled) for pair in found.pairs] == [
        ("Robin", "Kim", True),
        ("Robin", "Sasha", False),
        ("Kim", "Sasha", False),
    ]
    assert [one.sessions for one in found.pooled] == [1]


def test_training_and_consensus_passes_are_not_compared(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    for who, purpose in (("Tea", "training"), ("Both", "consensus")):
        coded(store, "s1", who, purpose, 1.0)
    found = compare_study(store)
    assert (found.pairs, found.pooled) == ((), ())
    assert tuple(map(str, found.waiting)) == ("s1: only one submitted pass with “Shared Play” 1.1, Robin’s.",)


def test_one_coder_twice_is_no_agreement(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    coded(store, "s1", "Robin", "reliability", 1.0)
    found = compare_study(store)
    assert found.pairs == ()
    assert tuple(map(str, found.waiting)) == (
        "s1: all passes with “Shared Play” 1.1 are Robin’s; agreement takes two coders.",
    )


def test_nothing_is_compared_before_all_who_code_the_session_have_submitted(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    coded(store, "s1", "Sasha", "reliability")
    coded(store, "s1", "Kim", "reliability", 1.0, submitted=False)
    found = compare_study(store)
    assert (found.pairs, found.pooled) == ((), ())
    assert tuple(map(str, found.waiting)) == (
        "s1: Kim’s pass with shared-play is not submitted yet.",
        "s1: with shared-play nothing is compared before all who code it have submitted.",
    )


def test_who_is_to_code_a_session_is_waited_for(store: StudyStore) -> None:
    meeting = session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    coded(store, "s1", "Sasha", "reliability", 1.0)
    kim = add_coder(store, "Kim")
    (scheme,) = store.schemes()
    store.add_assignments((Assignment("task", meeting.id, kim.id, scheme, Purpose.RELIABILITY),))
    found = compare_study(store)
    assert found.pairs == ()
    assert tuple(map(str, found.waiting)) == (
        "s1: Kim is to code it with shared-play and has not begun.",
        "s1: with shared-play nothing is compared before all who code it have submitted.",
    )
    assert (shown(store, "Robin"), shown(store, "Sasha")) == ([], [])


def test_empty_passes_are_named_with_the_study_and_with_their_pair(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    coded(store, "s1", "Sasha", "reliability")
    found = compare_study(store)
    told = "s1: Sasha’s submitted pass with “Shared Play” 1.1 is empty. It is compared as it is."
    assert tuple(map(str, found.waiting)) == (told,)
    assert [str(remark) for pair in found.pairs for remark in pair.remarks] == [told]


def test_each_two_coders_are_pooled_over_the_sessions_that_both_coded(store: StudyStore) -> None:
    for name, second in (("s1", "Sasha"), ("s2", "Kim"), ("s3", "Sasha")):
        session(store, name)
        coded(store, name, "Robin", "main", 1.0, 3.0)
        coded(store, name, second, "reliability", 1.2, 6.0)
    found = compare_study(store)
    assert [(one.coder_a, one.coder_b, one.sessions) for one in found.pooled] == [("Robin", "", 3)]
    assert [(one.coder_a, one.coder_b, one.sessions) for one in found.by_pair] == [
        ("Robin", "Sasha", 2),
        ("Robin", "Kim", 1),
    ]


def test_a_pair_knows_when_the_later_of_its_passes_was_submitted_last(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    coded(store, "s1", "Sasha", "reliability", 1.0)
    robin, sasha = store.passes()
    (pair,) = compare_study(store).pairs
    assert pair.submitted_at == store.journal(sasha.id)[-1].at
    reopen_pass(store, robin.id, "one was missed")
    submit_pass(store, robin.id)
    (pair,) = compare_study(store).pairs
    assert pair.submitted_at == store.journal(robin.id)[-1].at


def test_a_pass_that_was_reopened_after_it_could_be_compared_is_named(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    coded(store, "s1", "Sasha", "reliability", 1.0)
    reopen_pass(store, store.passes()[0].id, "one was missed")
    submit_pass(store, store.passes()[0].id)
    found = compare_study(store)
    (said,) = map(str, found.waiting)
    assert said.startswith("s1: Robin reopened the pass")
    assert [str(remark) for remark in found.pairs[0].remarks] == [said]


def test_a_consensus_is_the_master_of_both_and_never_one_of_the_pairs(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0, 3.0)
    coded(store, "s1", "Sasha", "reliability", 1.2, 6.0)
    coded(store, "s1", "Robin", "consensus", 1.0, 3.0, 6.0)
    found = compare_study(store)
    assert [(pair.coder_a.name, pair.coder_b.name) for pair in found.pairs] == [("Robin", "Sasha")]
    assert [(pair.pass_a.header.purpose, pair.coder_b.name) for pair in found.against_consensus] == [
        (Purpose.CONSENSUS, "Robin"),
        (Purpose.CONSENSUS, "Sasha"),
    ]
    assert [(one.coder_b, one.sessions) for one in agreed_with(found)] == [("Robin", 1), ("Sasha", 1)]


def test_a_consensus_that_is_not_submitted_is_no_master_yet(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0, 3.0)
    coded(store, "s1", "Sasha", "reliability", 1.2, 6.0)
    coded(store, "s1", "Mika", "consensus", 1.0, submitted=False)
    found = compare_study(store)
    assert (len(found.pairs), found.against_consensus) == (1, ())


def test_several_coders_are_those_of_sessions_that_three_have_coded_and_sums_take_each_session_once(
    store: StudyStore,
) -> None:
    for name, coders in (
        ("s1", ("Robin", "Sasha", "Toni")),
        ("s2", ("Robin", "Sasha")),
        ("s3", ("Robin", "Toni")),
    ):
        session(store, name)
        for who in coders:
            coded(store, name, who, "main" if who == "Robin" else "reliability", 1.0, 3.0, 5.0)
    found = compare_study(store)
    scheme = found.pooled[0].scheme.id
    assert len(found.pairs) == 5
    assert {(one.sessions, one.coders) for one in several_of(found, scheme)} == {(1, ("Robin", "Sasha", "Toni"))}
    assert {one.counts["sessions"] for one in totals_of(found, scheme)} == {3}
    points = dict(next(one for one in curves_of_pairs(found, scheme) if one.statistic == F1).points)
    assert points[SECOND_US].n == 9  # 3 invitations in each of 3 sessions


def test_comparing_tells_each_session_and_can_be_given_up(store: StudyStore) -> None:
    for name in ("s1", "s2"):
        session(store, name)
        coded(store, name, "Robin", "main", 1.0)
        coded(store, name, "Sasha", "reliability", 1.0)
    told: list[Progress] = []
    assert len(finish(compare_study_steps(store), told.append).pairs) == 2
    assert [(one.done, one.total) for one in told] == [(0, 2), (1, 2), (2, 2)]
    assert "s2" in told[1].text
    steps = compare_study_steps(store)
    next(steps)
    steps.close()
    assert len(compare_study(store).pairs) == 2


def shown(store: StudyStore, who: str) -> list[tuple[float, str | None, str | None]]:
    """Where the bench marks a difference in a coder's pass, in seconds, with this pass's code and the other's."""
    (header,) = (one for one in store.passes() if store.coder(one.coder_id).name == who)
    found = differences(store, store.load_pass(header.id), frozen_scheme(store, header.scheme))
    return [(one.span.start_us / SECOND_US, one.code_a, one.code_b) for one in found]


def test_who_has_submitted_sees_where_the_other_differs_in_order_of_time(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0, 3.0)
    coded(store, "s1", "Sasha", "reliability", 3.0, 6.0)
    assert shown(store, "Robin") == [(1.0, "bid_c", None), (6.0, None, "bid_c")]
    assert shown(store, "Sasha") == [(1.0, None, "bid_c"), (6.0, "bid_c", None)]
    assert [one.code_a for one in open_pass(store, store.passes()[0].id).differences] == ["bid_c", None]


def test_nobody_sees_a_difference_while_one_of_the_two_still_codes(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    coded(store, "s1", "Sasha", "reliability", 6.0, submitted=False)
    assert (shown(store, "Robin"), shown(store, "Sasha")) == ([], [])


def test_training_passes_and_ones_own_second_pass_show_no_difference(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    coded(store, "s1", "Robin", "reliability", 6.0)
    coded(store, "s1", "Kim", "training", 6.0)
    assert shown(store, "Kim") == []
    assert not any(open_pass(store, header.id).differences for header in store.passes())


def test_of_several_others_the_main_pass_is_shown(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "reliability", 1.0)
    coded(store, "s1", "Sasha", "reliability", 3.0)
    coded(store, "s1", "Kim", "main", 6.0)
    assert shown(store, "Sasha") == [(3.0, "bid_c", None), (6.0, None, "bid_c")]
