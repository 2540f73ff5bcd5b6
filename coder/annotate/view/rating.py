"""The panels of all rating tiers, and how keys reach them from everywhere on the bench."""

from collections.abc import Callable, Mapping
from functools import partial

from coder.annotate.desk import Desk
from coder.annotate.families import InPlay
from coder.annotate.keymap import Do, Keymap
from coder.annotate.view.rating_keys import rating_key
from coder.annotate.view.rating_panel import RatingPanel, RatingWishes
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.coding import Event
from coder.model.edit import Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import TierKind
from coder.model.time import Span


class Rating:
    """One panel for each rating tier of the scheme; `panels` has them by the tier's id."""

    def __init__(
        self,
        desk: Desk,
        keymap: Keymap,
        in_play: Watched[InPlay],
        selected: Watched[Event | None],
        wishes: RatingWishes,
        *,
        locked: bool,
    ) -> None:
        self._desk = desk
        self._attempt = wishes.attempt
        self._scheme = desk.scheme
        self._in_play = in_play
        self._selected = selected
        self._seen = desk.coding
        self.panels: Mapping[str, RatingPanel] = {
            tier.id: RatingPanel(desk, tier, keymap, wishes, locked=locked)
            for tier in desk.scheme.tiers
            if tier.kind is TierKind.RATING
        }
        if self.panels:
            selected.listen(self._on_selected)
            desk.listen(lambda _: self._see())

    @property
    def panel(self) -> RatingPanel | None:
        """The panel that takes the keys: the first that is in play; None if none is."""
        return next((panel for tier, panel in self.panels.items() if tier in self._in_play.value), None)

    def commands(self) -> Mapping[Do, Callable[[], None]]:
        """What keys do while a rating tier is in play; with nothing else in play, Up and Down choose the item."""
        panel = self.panel
        if panel is None:
            return {Do.MOMENT: lambda: self._attempt(_nothing_rated)}
        go: dict[Do, Callable[[], None]] = {
            Do.INTERVAL_BACK: partial(panel.go, -1),
            Do.INTERVAL_ON: partial(panel.go, +1),
            Do.MOMENT: lambda: self._attempt(panel.mark),
        }
        if not self._alone():
            return go
        return {**go, Do.BEFORE: partial(panel.step, -1), Do.AFTER: partial(panel.step, +1)}

    def take(self, keys: tuple[str, ...]) -> bool:
        """Rate the current item if one of these spellings of a key, which means nothing else, says a rating."""
        panel = self.panel
        for key in keys if panel is not None else ():
            value = rating_key(key)
            if panel is not None and value is not None and panel.takes(value):
                panel.give(panel.code, value)
                return True
        return False

    def write_reason(self) -> bool:
        """Open the field of a reason; False if something else than a rating is selected, or no panel is seen."""
        event, panel = self._selected.value, self.panel
        if event is not None:
            panel = self.panels.get(event.tier)
        if panel is None or not panel.isVisible():
            return False
        panel.write_reason()
        return True

    def _alone(self) -> bool:
        return all(tier.kind is TierKind.RATING for tier in self._scheme.tiers if tier.id in self._in_play.value)

    def _see(self) -> None:
        self._seen = self._desk.coding

    def _on_selected(self, event: Event | None) -> None:
        """Whoever selects a rating looks at its item."""
        for panel in self.panels.values():
            panel.offer(event is None or event.tier in self.panels)
        if event is not None and self._desk.coding is self._seen:  # an edit selects, too, and does not lead back
            self.show(event.tier, event.code, event.span)

    def show(self, tier_id: str, code_id: str, segment: Span) -> None:
        """Bring an item to the front: it is to be rated."""
        if tier_id in self.panels and code_id:
            self.panels[tier_id].choose(self._scheme.code(tier_id, code_id), segment)


def _nothing_rated() -> Edit:
    what = tr("Evidence belongs to a rating, and no ratings are in play.")
    raise CodingError(Problem(what, hint=tr("Bring a tier of ratings into play first.")))
