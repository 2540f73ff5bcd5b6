"""The one door for edits: check, save, swap, tell; undo and redo without limit."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.annotate import amend, strokes
from coder.annotate.desk import Desk
from coder.annotate.linked import Linked
from coder.annotate.rules import broken
from coder.model.coding import CodingPass, Event, PassStatus
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError, StoreError
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import SCHEME, desk_of, drawn, header, picture

CODES = [(tier.id, code.id) for tier, code in SCHEME.codes() if tier.id != "rated"]


def test_an_edit_is_saved_then_swapped_in_then_told() -> None:
    steps: list[str] = []
    desk = Desk(drawn("oooooooooo"), lambda _: steps.append(f"saved over {picture(desk.coding)}"), SCHEME)
    desk.listen(lambda _: steps.append(f"told of {picture(desk.coding)}"))
    desk.apply(strokes.code(desk.coding, SCHEME, "engage", "person", 3 * S))
    assert steps == ["saved over oooooooooo", "told of oooppppppp"]


def test_if_saving_fails_nothing_has_changed() -> None:
    desk, writer = desk_of(drawn("oooooooooo"))
    told: list[Edit] = []
    desk.listen(told.append)
    desk.apply(strokes.code(desk.coding, SCHEME, "engage", "person", 3 * S))
    before = desk.coding
    writer.broken = True
    with pytest.raises(StoreError):
        desk.apply(strokes.code(desk.coding, SCHEME, "engage", "shared", 5 * S))
    with pytest.raises(StoreError):
        desk.undo()
    assert desk.coding is before
    assert len(told) == 1
    writer.broken = False
    desk.undo()
    assert picture(desk.coding) == "oooooooooo"


def test_an_edit_that_breaks_a_rule_is_never_saved() -> None:
    desk, writer = desk_of(drawn("oooooooooo"))
    with pytest.raises(CodingError, match="overlap"):
        desk.apply(Edit.of("Test", Change(None, Event("x", "engage", "person", Span(0, S)))))
    assert writer.saved == []


def test_an_edit_of_an_event_that_is_gone_is_refused() -> None:
    desk, _ = desk_of(drawn("oooooooooo"))
    event = desk.coding.row("engage")[0]
    desk.apply(amend.delete(SCHEME, event))
    with pytest.raises(CodingError, match="no longer as it was"):
        desk.apply(amend.delete(SCHEME, event))


def test_a_submitted_pass_takes_no_edits() -> None:
    coding = drawn("oooooooooo")
    desk, writer = desk_of(replace(coding, header=header(status=PassStatus.SUBMITTED)))
    with pytest.raises(CodingError, match="submitted"):
        desk.apply(strokes.code(coding, SCHEME, "engage", "person", 3 * S))
    assert writer.saved == []


def test_undo_and_redo_say_what_they_will_do_and_when_there_is_nothing() -> None:
    desk, _ = desk_of(drawn("oooooooooo"))
    assert (desk.undo_label, desk.redo_label) == (None, None)
    with pytest.raises(CodingError, match="nothing to undo"):
        desk.undo()
    with pytest.raises(CodingError, match="nothing to redo"):
        desk.redo()
    desk.apply(strokes.code(desk.coding, SCHEME, "engage", "person", 3 * S))
    assert desk.undo_label == "Code “With the person” at 00:00:03.000"
    desk.undo()
    assert (desk.undo_label, desk.redo_label) == (None, "Code “With the person” at 00:00:03.000")


def test_a_listener_can_leave() -> None:
    desk, _ = desk_of(drawn("oooooooooo"))
    told: list[Edit] = []
    leave = desk.listen(told.append)
    leave()
    desk.apply(strokes.code(desk.coding, SCHEME, "engage", "person", 3 * S))
    assert told == []


def test_a_journal_that_was_cut_short_ends_the_history_there() -> None:
    desk, writer = desk_of(drawn("oooooooooo"))
    desk.apply(strokes.code(desk.coding, SCHEME, "engage", "person", 3 * S))
    desk.undo()
    desk.apply(strokes.code(desk.coding, SCHEME, "engage", "shared", 4 * S))
    reopened = Desk(desk.coding, writer, SCHEME, writer.saved[1:])
    reopened.undo()
    assert picture(reopened.coding) == "oooooooooo"
    assert reopened.undo_label is None


def fully_sound(coding: CodingPass) -> bool:
    everything = Edit.of("All", *(Change(None, event) for event in coding))
    return not broken(coding, SCHEME, everything, Linked(coding, SCHEME))


class Coder:
    """Someone who presses keys at random: codes, deletes, drags, splits, undoes and redoes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def act(self, kind: str, at_us: int, pick: int, to_us: int) -> None:
        events = sorted(self.desk.coding, key=lambda event: event.id)
        event = events[pick % len(events)] if events else None
        try:
            if kind == "undo":
                self.desk.undo()
            elif kind == "redo":
                self.desk.redo()
            elif kind == "code" or event is None:
                self.desk.apply(strokes.code(self.desk.coding, SCHEME, *CODES[pick % len(CODES)], at_us))
            else:
                self.desk.apply(self._amend(kind, event, at_us, to_us))
        except CodingError:
            pass

    def _amend(self, kind: str, event: Event, at_us: int, to_us: int) -> Edit:
        coding = self.desk.coding
        if kind == "onset":
            return amend.set_onset(coding, SCHEME, event, at_us)
        if kind == "offset":
            return amend.set_offset(coding, SCHEME, event, at_us)
        if kind == "move":
            return amend.place(coding, SCHEME, event, event.span.shifted(at_us - to_us))
        if kind == "split":
            return amend.split(SCHEME, event, at_us)
        if kind == "fill":
            return amend.delete_filling(coding, SCHEME, event)
        return amend.delete(SCHEME, event)


ACTS = st.tuples(
    st.sampled_from(
        ["code", "code", "code", "onset", "offset", "move", "split", "fill", "delete", "undo", "redo"]
    ),
    st.integers(0, 24).map(lambda n: n * 40_000),
    st.integers(0, 30),
    st.integers(0, 24).map(lambda n: n * 40_000),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ACTS, max_size=40))
def test_random_work_keeps_the_rules_and_is_taken_back_and_made_again(
    acts: list[tuple[str, int, int, int]],
) -> None:
    start = CodingPass.of(header(1), [])
    desk, writer = desk_of(start)
    coder = Coder(desk)
    for act in acts:
        coder.act(*act)
        assert fully_sound(desk.coding)
    end = desk.coding

    reopened = Desk(end, writer, SCHEME, tuple(writer.saved))
    assert (reopened.undo_label, reopened.redo_label) == (desk.undo_label, desk.redo_label)
    count = 0
    while reopened.undo_label is not None:
        reopened.undo()
        desk.undo()
        count += 1
        assert reopened.coding.tiers == desk.coding.tiers
    assert list(desk.coding) == list(start)
    for _ in range(count):
        desk.redo()
    assert set(desk.coding) == set(end)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, min_size=1, max_size=20), st.lists(ACTS, min_size=1, max_size=5))
def test_no_work_gets_past_a_disk_that_fails(
    acts: list[tuple[str, int, int, int]], more: list[tuple[str, int, int, int]]
) -> None:
    desk, writer = desk_of(CodingPass.of(header(1), []))
    coder = Coder(desk)
    for act in acts:
        coder.act(*act)
    before, labels = desk.coding, (desk.undo_label, desk.redo_label)
    writer.broken = True
    for act in more:
        with contextlib.suppress(StoreError):
            coder.act(*act)
        assert desk.coding is before
        assert (desk.undo_label, desk.redo_label) == labels
