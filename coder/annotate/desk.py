"""The one door for edits of a pass: check, save, swap, tell; and undo and redo without limit."""

from collections.abc import Callable, Sequence

from coder.annotate.linked import Linked
from coder.annotate.rules import broken
from coder.language import tr
from coder.model.coding import CodingPass, PassStatus
from coder.model.edit import Edit, EditKind
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme

Listener = Callable[[Edit], None]


class Desk:
    """A coding pass being worked on.

    save: writes one edit for good, or raises (StoreError); called before anything changes here. journal: all
    edits of the pass so far, oldest first: undo reaches back across restarts of the program.
    """

    def __init__(
        self, coding: CodingPass, save: Callable[[Edit], None], scheme: Scheme, journal: Sequence[Edit] = ()
    ) -> None:
        self._coding = coding
        self._save = save
        self._scheme = scheme
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._listeners: list[Listener] = []
        self._linked = Linked(coding, scheme)
        for edit in journal:
            self._remember(edit)

    @property
    def coding(self) -> CodingPass:
        """The pass as it is saved."""
        return self._coding

    @property
    def scheme(self) -> Scheme:
        """The scheme of the pass."""
        return self._scheme

    @property
    def linked(self) -> Linked:
        """Which act answers which cue, and how many cues are judged."""
        return self._linked

    @property
    def locked(self) -> bool:
        """True for a submitted pass, which takes no edits."""
        return self._coding.header.status is PassStatus.SUBMITTED

    @property
    def undo_label(self) -> str | None:
        """What undo would take back; None if there is nothing."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What redo would make again; None if there is nothing."""
        return self._undone[-1].label if self._undone else None

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every edit that was saved; returns a function that ends this."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def apply(self, edit: Edit) -> None:
        """Complete, check, save, swap, tell, in this order: an edit brings along what it means for answers.

        Raises CodingError if the pass is submitted or the edit breaks a rule, and lets through what `save`
        raises; in both cases nothing has changed.
        """
        if self.locked:
            raise submitted()
        edit = self._linked.completed(self._coding, edit)
        try:
            after = self._coding.applied(edit)
        except ValueError as error:
            what = tr("“{edit}” cannot be done: the event is no longer as it was.", edit=edit.label)
            raise CodingError(Problem(what, hint=tr("Select it again."))) from error
        if problems := broken(after, self._scheme, edit, self._linked):
            raise CodingError(*problems)
        self._save(edit)
        self._coding = after
        self._linked.follow(edit)
        self._remember(edit)
        for listener in tuple(self._listeners):
            listener(edit)

    def undo(self) -> Edit:
        """Take the newest edit back. Raises CodingError if there is none, and as `apply` does."""
        if not self._done:
            raise CodingError(Problem(tr("There is nothing to undo.")))
        edit = self._done[-1].reversed()
        self.apply(edit)
        return edit

    def redo(self) -> Edit:
        """Make the edit again that was undone last. Raises CodingError if there is none, and as `apply` does."""
        if not self._undone:
            raise CodingError(Problem(tr("There is nothing to redo.")))
        edit = self._undone[-1].reversed()
        self.apply(edit)
        return edit

    def _remember(self, edit: Edit) -> None:
        """Keep the two stacks; live and from the journal alike.

        An undo or redo that does not fit the stack (a journal that was cut short) ends the history there: what
        came before stays in the pass and can no longer be taken back.
        """
        if edit.kind is EditKind.DO:
            self._done.append(edit)
            self._undone.clear()
            return
        source, target = (self._done, self._undone) if edit.kind is EditKind.UNDO else (self._undone, self._done)
        if source and _root(source[-1]) == edit.target:
            source.pop()
            target.append(edit)
        else:
            self._done.clear()
            self._undone.clear()


def submitted() -> CodingError:
    """Says that a pass takes no edits any more."""
    return CodingError(Problem(tr("This pass is submitted and can no longer be changed.")))


def _root(edit: Edit) -> str:
    return edit.target or edit.id
