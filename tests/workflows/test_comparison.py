"""Which passes are compared, who is A, and what is said about the rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.model.study import Purpose, Session
from coder.model.time import SECOND_US, Span
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.comparison import compare_study
from coder.workflows.exchange import import_events
from coder.workflows.passes import open_pass
from coder.workflows.sessions import add_session
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
    assert tuple(map(str, found.waiting)) == ("s1: only one submitted pass with “Shared Play” 1.0, Robin’s.",)


def test_one_coder_twice_is_no_agreement(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    coded(store, "s1", "Robin", "reliability", 1.0)
    found = compare_study(store)
    assert found.pairs == ()
    assert tuple(map(str, found.waiting)) == (
        "s1: all passes with “Shared Play” 1.0 are Robin’s; agreement takes two coders.",
    )


def test_open_passes_wait_and_empty_ones_are_named(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0)
    coded(store, "s1", "Sasha", "reliability")
    coded(store, "s1", "Kim", "reliability", 1.0, submitted=False)
    found = compare_study(store)
    assert len(found.pairs) == 1
    assert tuple(map(str, found.waiting)) == (
        "s1: Kim’s pass with shared-play is not submitted yet.",
        "s1: Sasha’s submitted pass with “Shared Play” 1.0 is empty. It is compared as it is.",
    )


def shown(store: StudyStore, who: str) -> list[tuple[float, str | None, str | None]]:
    """Where the bench marks a difference in a coder's pass, in seconds, with this pass's code and the other's."""
    (header,) = (one for one in store.passes() if store.coder(one.coder_id).name == who)
    return [
        (one.span.start_us / SECOND_US, one.code_a, one.code_b) for one in open_pass(store, header.id).differences
    ]


def test_who_has_submitted_sees_where_the_other_differs_in_order_of_time(store: StudyStore) -> None:
    session(store, "s1")
    coded(store, "s1", "Robin", "main", 1.0, 3.0)
    coded(store, "s1", "Sasha", "reliability", 3.0, 6.0)
    assert shown(store, "Robin") == [(1.0, "bid_c", None), (6.0, None, "bid_c")]
    assert shown(store, "Sasha") == [(1.0, None, "bid_c"), (6.0, "bid_c", None)]


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
