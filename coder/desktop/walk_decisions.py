"""What was decided in a walk: each decision is written first and then true; undo; notes that wait for one."""

from coder.language import tr
from coder.model.disagreement import Disagreement, Settlement, Verdict
from coder.model.evidence import Answer, Question
from coder.model.problem import CodingError, Problem
from coder.model.study import Coder, Role
from coder.store import StudyStore
from coder.workflows import evidence
from coder.workflows.review import Asked, Decision, Review
from coder.workflows.settling import settle, take_back


def key_of(about: Asked) -> str:
    """The same for the same thing that is asked about, whichever pass it is about."""
    return f"{about.pass_id}:{about.key}" if isinstance(about, Question) else about.key


def holds(decision: Decision | None) -> Verdict | Answer | None:
    """What was decided; None if nothing was, or it was taken back."""
    if decision is None:
        return None
    return decision.verdict if isinstance(decision, Settlement) else decision.answer


class Decisions:
    """`review` is always as it is on the disk.

    actor: who decides, None while nobody has said. undone: what undo was about last.

    Whatever writes lets through what writing raises (CoderError); then nothing has changed.
    """

    def __init__(self, store: StudyStore, review: Review, actor: Coder | None) -> None:
        self.review = review
        self.actor = actor
        self.undone: Asked | None = None
        self._store = store
        self._before: list[tuple[Asked, Decision | None]] = []
        self._drafts: dict[str, str] = {}

    def of(self, about: Asked) -> Decision | None:
        """What holds about a disagreement or a question."""
        return self.review.of(about)

    def draft(self, about: Asked) -> str:
        """The note that waits for a decision."""
        return self._drafts.get(key_of(about), "")

    def who(self) -> Coder:
        """Who decides. Raises CodingError while nobody has said."""
        if self.actor is None:
            raise CodingError(
                Problem(tr("Nobody has said who settles."), hint=tr("Choose under “Settled by” above the film."))
            )
        return self.actor

    def settle(self, about: Disagreement, verdict: Verdict, note: str) -> None:
        """Give a verdict, or another one."""
        actor, walk = self.who(), self.review.walk
        if walk is not None:
            self._took(about, settle(self._store, walk, about, verdict, note, actor=actor.id))

    def answer(self, about: Question, answer: Answer, note: str) -> None:
        """Give an answer to a question of evidence, or another one."""
        self._took(about, evidence.rule(self._store, about, answer, note, actor=self.who().id))

    def keep_note(self, about: Asked, note: str) -> None:
        """Keep a note: on the disk with the decision there is, else here until there is one."""
        if not self._again(about, self.of(about), note):
            self._drafts[key_of(about)] = note

    def take_back(self, about: Asked) -> None:
        """Open something again. Raises CodingError if it is not decided."""
        actor = self.who()
        if isinstance(about, Question):
            self._took(about, evidence.take_back(self._store, about, actor=actor.id))
        elif self.review.walk is not None:
            self._took(about, take_back(self._store, self.review.walk, about, actor=actor.id))

    def undo(self) -> None:
        """Bring back what held before the newest decision of this walk. Raises CodingError if there is none."""
        if not self._before:
            raise CodingError(Problem(tr("There is nothing to undo.")))
        about, before = self._before[-1]
        if not self._again(about, before, before.note if before is not None else ""):
            held = self.of(about)
            self.take_back(about)
            if held is not None and held.note:
                self._drafts[key_of(about)] = held.note  # what was written waits for the decision that was meant
        del self._before[-2:]
        self.undone = about

    def _again(self, about: Asked, decision: Decision | None, note: str) -> bool:
        """Decide as it was decided, with a note; False if nothing was."""
        what = holds(decision)
        if isinstance(about, Question) and isinstance(what, Answer):
            self.answer(about, what, note)
        elif isinstance(about, Disagreement) and isinstance(what, Verdict):
            self.settle(about, what, note)
        return what is not None

    def _took(self, about: Asked, decision: Decision) -> None:
        self._before.append((about, self.of(about)))
        self._drafts.pop(key_of(about), None)
        self.review = self.review.after(decision)


def first_actor(store: StudyStore, review: Review) -> Coder | None:
    """Who decided here last, else a supervisor; None if there is neither: nobody signs a decision unasked."""
    coders = {coder.id: coder for coder in store.coders()}
    settled = review.walk.settled.values() if review.walk is not None else ()
    newest = max((*settled, *review.ruled.values()), key=lambda one: one.at, default=None)
    if newest is not None and newest.actor in coders:
        return coders[newest.actor]
    return next((coder for coder in coders.values() if coder.role is Role.SUPERVISOR), None)
