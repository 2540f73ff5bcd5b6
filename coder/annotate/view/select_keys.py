"""The keys that select: the event before or after, in another tier, more of them, or a whole tier."""

from collections.abc import Callable

from coder.annotate.families import InPlay
from coder.annotate.keymap import Do
from coder.annotate.view import seeking
from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.selection import Selection
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import CoderError, CodingError, Problem


class SelectKeys:
    """Moves the selection. in_play: the tiers in which it goes from tier to tier; what leaves them is let go."""

    def __init__(
        self,
        content: BenchContent,
        selection: Selection,
        painted: Watched[Painted | None],
        in_play: Watched[InPlay],
        refused: Callable[[CoderError], None],
    ) -> None:
        self._desk = content.desk
        self._scheme = content.scheme
        self._selection = selection
        self._painted = painted
        self._in_play = in_play
        self._refused = refused
        in_play.listen(self._let_go)

    def commands(self) -> dict[Do, Callable[[], None]]:
        """What the keys do."""
        return {
            Do.BEFORE: lambda: self._selection.choose(self._found(seeking.beside, -1)),
            Do.AFTER: lambda: self._selection.choose(self._found(seeking.beside, +1)),
            Do.TIER_UP: lambda: self._selection.choose(self._found(seeking.across, -1)),
            Do.TIER_DOWN: lambda: self._selection.choose(self._found(seeking.across, +1)),
            Do.MORE_BEFORE: lambda: self._more(-1),
            Do.MORE_AFTER: lambda: self._more(+1),
            Do.SELECT_TIER: self._whole_tier,
        }

    def _found(self, find: Callable[..., Event | None], step: int) -> Event | None:
        at_us = self._painted.value.at_us if self._painted.value else self._desk.coding.window.start_us
        selected = self._selection.primary.value
        return find(self._desk.coding, self._scheme, selected, at_us, step, self._in_play.value)

    def _more(self, step: int) -> None:
        """Take the event beside as well; if it is selected already, let go of the one that was left."""
        left, found = self._selection.primary.value, self._found(seeking.beside, step)
        if found is None or left is None or found == left:
            self._selection.choose(found, self._selection.events)
            return
        shrinks = found.id in self._selection.ids
        others = self._selection.events
        self._selection.choose(found, (one for one in others if not shrinks or one.id != left.id))

    def _let_go(self, in_play: InPlay) -> None:
        """No key may change what is not in play, and perhaps not seen."""
        kept = [event for event in self._selection.events if event.tier in in_play]
        if len(kept) < len(self._selection.events):
            first = self._selection.primary.value
            self._selection.choose(first if first in kept else None, kept)

    def _whole_tier(self) -> None:
        first = self._selection.primary.value
        if first is None:
            problem = Problem(tr("No event is selected."), hint=tr("Select one event of the tier first."))
            self._refused(CodingError(problem))
        else:
            self._selection.choose(first, self._desk.coding.row(first.tier))
