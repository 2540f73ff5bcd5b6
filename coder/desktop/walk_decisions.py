"""What was decided in a walk: each verdict is written first and then true; undo; notes that wait for a verdict."""

from coder.language import tr
from coder.model.disagreement import Disagreement, Settlement, Verdict
from coder.model.problem import CodingError, Problem
from coder.model.study import Coder, Role
from coder.store import StudyStore
from coder.workflows.settling import Walk, settle, take_back


class Decisions:
    """`walk` is always as it is on the disk. actor: who settles, None while nobody has said. undone: what undo was
    about last.

    Whatever writes lets through what writing raises (CoderError); then nothing has changed.
    """

    def __init__(self, store: StudyStore, walk: Walk, actor: Coder | None) -> None:
        self.walk = walk
        self.actor = actor
        self.undone: Disagreement | None = None
        self._store = store
        self._before: list[tuple[Disagreement, Settlement | None]] = []
        self._drafts: dict[str, str] = {}

    def of(self, key: str) -> Settlement | None:
        """What holds about a disagreement."""
        return self.walk.settled.get(key)

    def draft(self, key: str) -> str:
        """The note that waits for a verdict."""
        return self._drafts.get(key, "")

    def who(self) -> Coder:
        """Who settles. Raises CodingError while nobody has said."""
        if self.actor is None:
            raise CodingError(
                Problem(tr("Nobody has said who settles."), hint=tr("Choose under “Settled by” above the film."))
            )
        return self.actor

    def settle(self, about: Disagreement, verdict: Verdict, note: str) -> None:
        """Give a verdict, or another one."""
        self._took(about, settle(self._store, self.walk, about, verdict, note, actor=self.who().id))

    def keep_note(self, about: Disagreement, note: str) -> None:
        """Keep a note: on the disk with the verdict there is, else here until there is one."""
        holds = self.of(about.key)
        if holds is None or holds.verdict is None:
            self._drafts[about.key] = note
        else:
            self.settle(about, holds.verdict, note)

    def take_back(self, about: Disagreement) -> None:
        """Open a disagreement again. Raises CodingError if it is not settled."""
        self._took(about, take_back(self._store, self.walk, about, actor=self.who().id))

    def undo(self) -> None:
        """Bring back what held before the newest decision of this walk. Raises CodingError if there is none."""
        if not self._before:
            raise CodingError(Problem(tr("There is nothing to undo.")))
        about, before = self._before[-1]
        if before is None or before.verdict is None:
            holds = self.of(about.key)
            self.take_back(about)
            if holds is not None and holds.note:
                self._drafts[about.key] = holds.note  # what was written waits for the verdict that was meant
        else:
            self.settle(about, before.verdict, before.note)
        del self._before[-2:]
        self.undone = about

    def _took(self, about: Disagreement, settlement: Settlement) -> None:
        key = about.key
        self._before.append((about, self.of(key)))
        self._drafts.pop(key, None)
        self.walk = self.walk.after(settlement)


def first_actor(store: StudyStore, walk: Walk) -> Coder | None:
    """Who settled here last, else a supervisor; None if there is neither: nobody signs a verdict unasked."""
    coders = {coder.id: coder for coder in store.coders()}
    newest = max(walk.settled.values(), key=lambda one: one.at, default=None)
    if newest is not None and newest.actor in coders:
        return coders[newest.actor]
    return next((coder for coder in coders.values() if coder.role is Role.SUPERVISOR), None)
