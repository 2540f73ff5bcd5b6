"""Whatever is done, undone and done again: the events are what the journal leads to."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coder.model.coding import Certainty, CodingPass, Event, PassStatus
from coder.model.edit import Change, Edit, EditKind
from coder.model.time import Span
from coder.store import StudyStore
from tests.store.small_study import MAIN, small_study

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TIME = st.integers(-(2**40), 2**40)
EVENTS = st.builds(
    Event,
    id=st.uuids().map(str),
    tier=st.sampled_from(["gaze", "touch"]),
    code=TEXT,
    span=st.tuples(TIME, TIME).map(lambda pair: Span(*sorted(pair))),
    modifiers=st.dictionaries(TEXT, TEXT, max_size=2).map(lambda values: tuple(sorted(values.items()))),
    note=TEXT,
    certainty=st.sampled_from(Certainty),
    reaction_us=st.integers(0, 10**6),
    answer=TEXT,
    moments=st.lists(st.tuples(TIME, TIME).map(lambda pair: Span(*sorted(pair))), max_size=3).map(tuple),
    either=st.lists(TEXT, max_size=3).map(tuple),
)


class Coding(RuleBasedStateMachine):
    """A person codes; beside the store, the same is done to a value in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.above = Path(tempfile.mkdtemp(prefix="replay-"))
        self.coding = CodingPass(MAIN)
        self.done: list[Edit] = []
        self.undone: list[Edit] = []

    @initialize()
    def begin(self) -> None:
        self.store = small_study(self.above / "study")

    def make(self, edit: Edit) -> None:
        self.store.save_edit("main", edit, actor="ada")
        self.coding = self.coding.applied(edit)
        to, away = (self.undone, self.done) if edit.kind is EditKind.UNDO else (self.done, self.undone)
        to.append(edit)
        if edit.kind is EditKind.DO:
            self.undone.clear()
        else:
            away.pop()

    def is_open(self) -> bool:
        return self.coding.header.status is PassStatus.OPEN

    @precondition(is_open)
    @rule(events=st.lists(EVENTS, min_size=1, max_size=4, unique_by=lambda event: event.id))
    def add(self, events: list[Event]) -> None:
        known = {event.id for event in self.coding}
        self.make(Edit.of("Add", *(Change(None, event) for event in events if event.id not in known)))

    @precondition(is_open)
    @rule(data=st.data(), new=EVENTS)
    def change(self, data: st.DataObject, new: Event) -> None:
        if len(self.coding):
            old = data.draw(st.sampled_from(list(self.coding)))
            self.make(Edit.of("Change", Change(old, replace(new, id=old.id))))

    @precondition(is_open)
    @rule(data=st.data())
    def replace_some(self, data: st.DataObject) -> None:
        gone = data.draw(st.lists(st.sampled_from([*self.coding]), unique_by=id)) if len(self.coding) else []
        new = data.draw(EVENTS)
        if new.id not in {event.id for event in self.coding}:
            self.make(Edit.of("Cut", *(Change(event, None) for event in gone), Change(None, new)))

    @precondition(lambda self: self.is_open() and self.done)
    @rule()
    def undo(self) -> None:
        self.make(self.done[-1].reversed())

    @precondition(lambda self: self.is_open() and self.undone)
    @rule()
    def redo(self) -> None:
        self.make(self.undone[-1].reversed())

    @precondition(is_open)
    @rule()
    def submit(self) -> None:
        self.store.submit("main", actor="ada")
        self.coding = replace(self.coding, header=replace(MAIN, status=PassStatus.SUBMITTED))

    @precondition(lambda self: not self.is_open())
    @rule()
    def reopen(self) -> None:
        self.store.reopen("main", "more to code", actor="ben")
        self.coding = replace(self.coding, header=MAIN)

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = StudyStore.open(self.above / "study")
        edits = self.store.edits("main")
        self.done, self.undone = [], []
        for edit in edits:
            to, away = (self.undone, self.done) if edit.kind is EditKind.UNDO else (self.done, self.undone)
            to.append(edit)
            if edit.kind is EditKind.DO:
                self.undone.clear()
            else:
                away.pop()

    @invariant()
    def the_store_holds_what_was_coded(self) -> None:
        held = self.store.load_pass("main")
        assert held.header == self.coding.header
        assert dict(held.tiers) == {tier: row for tier, row in self.coding.tiers.items() if row}
        assert self.store.event_count("main") == len(self.coding)

    def teardown(self) -> None:
        problems = self.store.check()
        self.store.close()
        shutil.rmtree(self.above)
        assert problems == ()


TestCoding = Coding.TestCase
TestCoding.settings = settings(
    max_examples=10,
    stateful_step_count=25,
    deadline=None,
    # each step commits to the disk; shrinking a failure would take minutes
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
