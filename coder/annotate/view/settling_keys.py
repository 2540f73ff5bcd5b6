"""The commands that apply the scheme's rules: to what is to be mended here, and to the whole pass."""

from collections.abc import Callable, Mapping

from coder.annotate.desk import Desk
from coder.annotate.findings import Finding
from coder.annotate.keymap import Do
from coder.annotate.settle import apply_rules, settle_one
from coder.annotate.view.selection import Selection
from coder.language import tr
from coder.model.edit import Edit
from coder.model.problem import CodingError, Problem


class SettlingKeys:
    """attempt: make an edit and save it, or tell why not. at_hand: what was jumped to, if it still is to mend."""

    def __init__(
        self,
        desk: Desk,
        selection: Selection,
        at_hand: Callable[[], Finding | None],
        attempt: Callable[[Callable[[], Edit]], None],
    ) -> None:
        self._desk = desk
        self._selection = selection
        self._at_hand = at_hand
        self._attempt = attempt

    def commands(self) -> Mapping[Do, Callable[[], None]]:
        """What each command does."""
        return {Do.SETTLE: lambda: self._attempt(self._here), Do.SETTLE_ALL: self.all}

    def all(self) -> None:
        """Apply the rules to the whole pass: one edit."""
        self._attempt(lambda: apply_rules(self._desk.coding, self._desk.scheme))

    def _here(self) -> Edit:
        """The selected event decides; without one, the gap that was jumped to."""
        event, finding = self._selection.primary.value, self._at_hand()
        coding, scheme = self._desk.coding, self._desk.scheme
        if event is not None:
            return settle_one(coding, scheme, event.tier, event.span, event)
        if finding is not None:
            return settle_one(coding, scheme, finding.tier, finding.span, finding.event)
        what = tr("Nothing that is to be mended is selected.")
        raise CodingError(Problem(what, hint=tr("Go to the next thing to mend, or select a state.")))
