"""Nobody sees anything of a session that is coded twice before everybody has submitted; then everybody does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from coder.model.coding import Event, PassHeader, PassStatus
from coder.model.edit import Edit
from coder.model.problem import CodingError
from coder.model.scheme import SchemeId
from coder.model.study import Coder, Purpose, Role, Session
from coder.model.time import Span
from coder.store import StudyStore
from coder.workflows.assignments import TaskState, assign, begin_assigned, progress, set_aside, withdraw
from coder.workflows.blinding import Blinding, refuse_if_blind, reopened_remarks, waiting_for, withheld
from coder.workflows.comparison import compare_study
from coder.workflows.moving import move_pass, plan_move
from coder.workflows.passes import begin_pass, open_pass, reopen_pass
from coder.workflows.schemes import freeze_scheme
from tests.workflows.versions import changed, version

PLAY = "shared-play"
DAY = date(2026, 11, 22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    """Two sessions without films, and three coders; nothing is assigned."""
    with StudyStore.create(tmp_path / "study", "Play") as opened:
        for name in ("Ada", "Ben", "Cleo"):
            opened.add_coder(Coder(name.lower(), name, Role.CLINICIAN))
        for name in ("first", "second"):
            opened.add_session(Session(name, name, Span(0, 10_000_000), ()))
        yield opened


def begin(store: StudyStore, coder: str, purpose: Purpose | None = None, session: str = "first") -> PassHeader:
    return begin_pass(store, session, coder, PLAY, purpose)


def submitted(store: StudyStore, coder: str, purpose: Purpose | None = None, session: str = "first") -> PassHeader:
    header = begin(store, coder, purpose, session)
    store.submit(header.id, actor=coder)
    return store.header(header.id)


def double(store: StudyStore, *seconds: str) -> None:
    """The first session is Ada's, and others code it for reliability."""
    assign(store, ["first"], "ada", PLAY)
    for coder in seconds or ("ben",):
        assign(store, ["first"], coder, PLAY, Purpose.RELIABILITY)


def waiting(store: StudyStore, session: str = "first") -> list[str]:
    return [coder.name for coder in waiting_for(store, session, PLAY)]


def test_what_one_coder_codes_alone_is_never_blind(store: StudyStore) -> None:
    assign(store, ["first"], "ada", PLAY)
    assert waiting(store) == []
    header = submitted(store, "ada")
    submitted(store, "ada", Purpose.RELIABILITY)  # how far a coder agrees with herself
    assert waiting(store) == []
    assert open_pass(store, header.id).readonly


def test_a_submitted_pass_opens_when_the_other_is_submitted_too(store: StudyStore) -> None:
    double(store)
    assert waiting(store) == ["Ada", "Ben"]
    mine = begin(store, "ada")
    assert not open_pass(store, mine.id).readonly  # one's own coding goes on
    store.submit(mine.id, actor="ada")
    assert waiting(store) == ["Ben"]
    with pytest.raises(CodingError) as refused:
        open_pass(store, mine.id)
    assert str(refused.value) == (
        "“first” is coded twice with “shared-play”, and nobody sees anything of it before all have submitted; "
        "missing: Ben. Wait for the submission, or withdraw the assignment under Who codes what."
    )
    theirs = begin(store, "ben")
    assert theirs.purpose is Purpose.RELIABILITY  # as he is assigned
    assert not open_pass(store, theirs.id).readonly
    assert waiting(store) == ["Ben"]
    store.submit(theirs.id, actor="ben")
    assert waiting(store) == []
    assert open_pass(store, mine.id).readonly
    assert open_pass(store, theirs.id).readonly


def test_of_three_coders_the_last_one_is_waited_for(store: StudyStore) -> None:
    double(store, "ben", "cleo")
    passes = [submitted(store, coder) for coder in ("ada", "ben")]
    assert waiting(store) == ["Cleo"]
    for header in passes:
        with pytest.raises(CodingError, match="missing: Cleo"):
            refuse_if_blind(store, header)
    refuse_if_blind(store, submitted(store, "cleo"))


def test_passes_that_nobody_assigned_are_blind_too(store: StudyStore) -> None:
    ada = submitted(store, "ada", Purpose.MAIN)
    refuse_if_blind(store, ada)
    begin(store, "ben", Purpose.MAIN)
    with pytest.raises(CodingError, match="missing: Ben"):
        refuse_if_blind(store, ada)


def test_another_session_another_scheme_and_training_stay_open(store: StudyStore) -> None:
    double(store)
    elsewhere = submitted(store, "ada", session="second")
    gaze = begin_pass(store, "first", "ada", "gaze-near")
    training = submitted(store, "ada", Purpose.TRAINING)
    store.submit(gaze.id, actor="ada")
    for header in (elsewhere, gaze, training):
        refuse_if_blind(store, store.header(header.id))
        assert open_pass(store, header.id).readonly
    assert waiting_for(store, "first", "gaze-near") == ()


def test_a_consensus_is_blind_with_its_session_once_a_third_coder_is_to_come(store: StudyStore) -> None:
    double(store)
    ada, ben = submitted(store, "ada"), submitted(store, "ben")
    agreed = replace(
        ada, id="agreed", purpose=Purpose.CONSENSUS, status=PassStatus.OPEN, made_from=(ada.id, ben.id)
    )
    store.new_pass(agreed)
    assert waiting(store) == []
    assert not open_pass(store, agreed.id).readonly
    assign(store, ["first"], "cleo", PLAY, Purpose.RELIABILITY)
    with pytest.raises(CodingError, match="missing: Cleo"):
        open_pass(store, agreed.id)  # though it is open: it holds what the others coded
    store.submit(agreed.id, actor="ada")
    assert Blinding.of(store).hides(store.header(agreed.id))
    with pytest.raises(CodingError, match="missing: Cleo"):
        open_pass(store, agreed.id)
    submitted(store, "cleo")
    assert open_pass(store, agreed.id).readonly
    store.reopen(ben.id, "late", actor="ben")
    assert waiting(store) == ["Ben"]  # that a consensus was made of his pass does not end his part


def test_the_review_of_a_move_would_show_what_was_coded(store: StudyStore) -> None:
    for number in ("1.0", "1.1"):
        store.add_scheme(version(number).id, changed(number))
    old, new = version("1.0").id, version("1.1").id
    window = Span(0, 10_000_000)
    ada = PassHeader("ada's", "first", old, "ada", Purpose.MAIN, window)
    ben = PassHeader("ben's", "first", old, "ben", Purpose.RELIABILITY, window)
    for header in (ada, ben):
        store.new_pass(header)
    plan_move(store, ada.id, new)  # her own coding, which is open
    plan = plan_move(store, ben.id, new)
    store.submit(ada.id, actor="ada")
    for ask in (
        lambda: plan_move(store, ada.id, new),
        lambda: move_pass(store, ada.id, new, plan),
    ):
        with pytest.raises(CodingError, match=r"nobody sees anything of it .* missing: Ben"):
            ask()
    assert len(store.passes()) == 2
    store.submit(ben.id, actor="ben")
    plan_move(store, ada.id, new)


def test_withdrawing_ends_it_and_stays_to_be_read(store: StudyStore) -> None:
    double(store)
    ada = submitted(store, "ada")
    second = store.assignments()[1]
    withdraw(store, second.id, on=DAY)
    refuse_if_blind(store, ada)
    assert store.assignments(withdrawn=True) == (replace(second, withdrawn="withdrawn on 2026-11-22"),)
    with pytest.raises(CodingError, match="no such assignment"):
        withdraw(store, second.id)


def test_whoever_has_begun_is_withdrawn_for_a_reason_and_waited_for_no_more(store: StudyStore) -> None:
    double(store)
    ada = submitted(store, "ada")
    second = store.assignments()[1]
    ben = begin_assigned(store, second.id)
    assert begin_assigned(store, second.id) == ben
    with pytest.raises(CodingError, match="Ben has begun “first”, so withdrawing it needs a reason"):
        withdraw(store, second.id, "  ")
    withdraw(store, second.id, "moved away", DAY)
    assert store.assignments(withdrawn=True)[0].withdrawn == "withdrawn on 2026-11-22: moved away"
    refuse_if_blind(store, ada)
    assert [task.coder.name for task in progress(store).tasks] == ["Ada"]
    assert store.header(ben.id).status is PassStatus.OPEN  # his coding is not lost
    store.submit(ben.id, actor="ben")  # and counts once it is submitted all the same
    assert [task.coder.name for task in progress(store).tasks] == ["Ada", "Ben"]
    assign(store, ["second"], "ben", PLAY)


def test_whoever_is_assigned_again_is_waited_for_again(store: StudyStore) -> None:
    double(store)
    ada = submitted(store, "ada")
    begin(store, "ben")
    withdraw(store, store.assignments()[1].id, "ill", DAY)
    assign(store, ["first"], "ben", PLAY, Purpose.RELIABILITY)
    with pytest.raises(CodingError, match="missing: Ben"):
        refuse_if_blind(store, ada)


def test_an_open_pass_that_nobody_assigned_can_be_set_aside(store: StudyStore) -> None:
    ada, ben = submitted(store, "ada", Purpose.MAIN), begin(store, "ben", Purpose.RELIABILITY)
    with pytest.raises(CodingError, match="needs a reason"):
        set_aside(store, ben.id, "")
    with pytest.raises(CodingError, match="Only an open pass"):
        set_aside(store, ada.id, "why")
    set_aside(store, ben.id, "never finished", DAY)
    refuse_if_blind(store, ada)
    assert store.assignments() == ()
    assert store.assignments(withdrawn=True)[0].withdrawn == "withdrawn on 2026-11-22: never finished"
    assert store.check() == ()


def test_a_reopened_pass_makes_it_blind_again_and_the_comparison_says_so_for_good(store: StudyStore) -> None:
    double(store)
    ada = submitted(store, "ada")
    reopen_pass(store, ada.id, "too early")  # Ben has not submitted: she has seen nothing
    store.submit(ada.id, actor="ada")
    ben = submitted(store, "ben")
    assert reopened_remarks(store, "first", ada.id, ben.id) == ()
    reopen_pass(store, ben.id, "a code was missing")
    with pytest.raises(CodingError, match="missing: Ben"):
        refuse_if_blind(store, ada)
    store.submit(ben.id, actor="ben")
    for pair in ((ada.id, ben.id), (ben.id, ada.id)):
        (remark,) = reopened_remarks(store, "first", *pair)
        assert str(remark) == (
            "first: Ben reopened the pass with “shared-play” after comparison was possible; "
            "what was changed then was not blind."
        )


def test_a_pass_that_was_moved_goes_on_as_the_newer_one(store: StudyStore) -> None:
    """Ada's pass was moved to version 1.1 while it was open: the old one is waited for no more."""
    old, new = version("1.0").id, version("1.1").id
    store.add_scheme(old, changed("1.0"))
    store.add_scheme(new, changed("1.1"))

    def coded(name: str, coder: str, scheme: SchemeId, *made_from: str) -> None:
        store.new_pass(
            PassHeader(name, "first", scheme, coder, Purpose.MAIN, Span(0, 10_000_000), made_from=made_from)
        )

    coded("old", "ada", old)
    coded("ben", "ben", new)
    store.submit("ben", actor="ben")
    assert [coder.name for coder in waiting_for(store, "first", old.name)] == ["Ada"]
    coded("moved", "ada", new, "old")
    assert [coder.name for coder in waiting_for(store, "first", old.name)] == ["Ada"]
    store.submit("moved", actor="ada")
    assert waiting_for(store, "first", old.name) == ()
    assert {task.header.id for task in progress(store).tasks if task.header} == {"moved", "ben"}


def test_the_whole_study_is_asked_at_once_and_says_what_it_leaves_out(store: StudyStore) -> None:
    double(store)
    assign(store, ["second"], "ada", PLAY)
    first, second = submitted(store, "ada"), submitted(store, "ada", session="second")
    blind = Blinding.of(store)
    assert (blind.hides(first), blind.hides(second)) == (True, False)
    assert (blind.hides_curves("first"), blind.hides_curves("second")) == (True, False)
    assert blind.shown((first, second)) == (second,)
    with pytest.raises(CodingError, match="missing: Ben"):
        blind.shown((first,))
    assert [problem.what for problem in withheld(store)] == [blind.problem(first).what]


def test_what_was_measured_is_hidden_from_whoever_codes_a_session_alone(store: StudyStore) -> None:
    """With another scheme than the one that is submitted, or with the only one."""
    assign(store, ["second"], "ada", PLAY)
    assert Blinding.of(store).hides_curves("second")
    submitted(store, "ada", session="second")
    assert not Blinding.of(store).hides_curves("second")
    assert not Blinding.of(store).hides_curves("first")  # nobody codes it


def test_a_reader_sees_the_same_and_changes_nothing(store: StudyStore, tmp_path: Path) -> None:
    double(store)
    ada = submitted(store, "ada")
    folder = store.folder
    store.close()
    with StudyStore.open(folder, readonly=True) as looking:
        assert waiting(looking) == ["Ben"]
        assert [task.state for task in progress(looking).tasks] == [TaskState.SUBMITTED, TaskState.NOT_BEGUN]
        with pytest.raises(CodingError, match="missing: Ben"):
            open_pass(looking, ada.id)
        with pytest.raises(Exception, match="reading only"):
            withdraw(looking, looking.assignments()[1].id)


def test_progress_at_a_glance(store: StudyStore) -> None:
    double(store)
    assign(store, ["second"], "ben", PLAY)
    begin(store, "ada")
    standing = progress(store)
    assert [
        (task.session.id, task.coder.name, task.purpose, task.state, task.events) for task in standing.tasks
    ] == [
        ("first", "Ada", Purpose.MAIN, TaskState.OPEN, None),  # how many she has is nobody's business yet
        ("first", "Ben", Purpose.RELIABILITY, TaskState.NOT_BEGUN, None),
        ("second", "Ben", Purpose.MAIN, TaskState.NOT_BEGUN, None),
    ]
    assert (standing.whole.not_begun, standing.whole.open, standing.whole.submitted) == (2, 1, 0)
    assert [(one.coder and one.coder.name, one.total) for one in standing.by_coder] == [("Ada", 1), ("Ben", 2)]
    assert (standing.double, standing.compared) == (1, 0)
    begin(store, "ben", session="second")
    assert progress(store).tasks[2].events == 0


def test_what_makes_no_sense_is_not_assigned(store: StudyStore) -> None:
    double(store)
    for sessions, coder, purpose, words in (
        (["second", "first"], "cleo", Purpose.MAIN, "“first” has a main coder .* Assign Cleo for reliability"),
        (["first"], "ada", Purpose.MAIN, "Ada already codes “first”"),
        (["first"], "ada", Purpose.RELIABILITY, "Ada already codes “first” .* if somebody else does it"),
        (["first"], "ben", Purpose.MAIN, "Ben already codes “first”"),
        (["second"], "cleo", Purpose.TRAINING, "Only main and reliability"),
        ([], "cleo", Purpose.MAIN, "No session is chosen"),
    ):
        with pytest.raises(CodingError, match=words):
            assign(store, sessions, coder, PLAY, purpose)
    assert len(store.assignments()) == 2
    with pytest.raises(CodingError, match="Ben is to code “first” for reliability, not as a main pass"):
        begin(store, "ben", Purpose.MAIN)
    begin(store, "ben", Purpose.TRAINING)


def test_the_scheme_is_frozen_by_assigning_and_no_sooner(store: StudyStore) -> None:
    with pytest.raises(CodingError, match="No session"):
        assign(store, [], "ada", PLAY)
    assert store.schemes() == ()
    (made,) = assign(store, ["first", "first"], "ada", PLAY)
    assert store.schemes() == (made.scheme,) == (freeze_scheme(store, PLAY).id,)


def test_whoever_was_withdrawn_and_submits_all_the_same_may_have_seen_the_others(store: StudyStore) -> None:
    double(store)
    submitted(store, "ada")
    ben = begin(store, "ben")
    withdraw(store, store.assignments()[1].id, "moved away")
    store.submit(ben.id, actor="ben")
    said = [str(one) for one in compare_study(store).waiting if "withdrawn" in one.text]
    assert said == [
        "first: Ben had been withdrawn from coding it with “shared-play” before submitting, and others’ codes "
        "could be seen then; the pass may not be blind."
    ]


def test_whoever_was_withdrawn_only_after_submitting_has_seen_nothing(store: StudyStore) -> None:
    double(store)
    for coder in ("ada", "ben"):
        submitted(store, coder)
    withdraw(store, store.assignments()[1].id, "moved away", date(2999, 1, 1))
    assert [one for one in compare_study(store).waiting if "withdrawn" in one.text] == []


def test_what_is_changed_after_a_move_of_compared_passes_is_not_blind(store: StudyStore) -> None:
    """Ada changes something by hand then, Ben does not; had one of them still to submit, it would be blind."""
    for number in ("1.0", "1.1"):
        store.add_scheme(version(number).id, changed(number))
    old, new, window = version("1.0").id, version("1.1").id, Span(0, 10_000_000)
    coded = (("first", "ada", True), ("first", "ben", True), ("second", "ada", True), ("second", "ben", False))
    for session, coder, first in coded:
        purpose = Purpose.MAIN if coder == "ada" else Purpose.RELIABILITY
        header = PassHeader(f"{session}-{coder}", session, old, coder, purpose, window)
        event = Event(f"{header.id}-e", "calls", "call", Span.moment(1_000_000))
        store.add_coded_pass(header, "Coded", [event], submitted=first and session == "first")
    for session, coder, _ in coded:
        pass_id = f"{session}-{coder}"
        moved = move_pass(store, pass_id, new, plan_move(store, pass_id, new)).header
        if coder == "ada":
            late = Event(f"{pass_id}-late", "calls", "call", Span.moment(5_000_000))
            store.save_edit(moved.id, Edit.adding("Code", (late,)), actor="ada")
    for header in store.passes():
        if header.scheme == new:
            store.submit(header.id, actor=header.coder_id)
    said = [str(one) for one in compare_study(store).waiting if "by hand" in one.text]
    assert said == [
        "first: Ada changed the pass with “play” 1.1 by hand after it was moved there, and others’ codes could be "
        "seen then; what was changed was not blind."
    ]
