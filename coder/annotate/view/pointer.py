"""What the mouse does on the timeline: select, catch with a rubber band, drag, seek. Free of widgets."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from coder.annotate import amend, group
from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.drag import SNAP_PX, Grip, Snap, dragged, edges_near
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import RULER_PX, Shows
from coder.annotate.view.scene import Draft
from coder.annotate.view.selection import Selection
from coder.annotate.view.sight import Band, Hit, Part, Sight, near
from coder.annotate.view.watched import Watched
from coder.model.coding import Event, order
from coder.model.problem import CodingError
from coder.model.scheme import TierKind
from coder.model.time import Span

_DRAG_PX = 4


@dataclass(frozen=True, slots=True)
class HeldKeys:
    """The keys that are held while the mouse is used. free: no snapping to neighbours."""

    more: bool = False
    extend: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class PointerWishes:
    """What the mouse asks for. place: an event and its new span. move: how far all that are selected go.

    frame: the onset of the frame nearest to a time.
    """

    go_to: Callable[[int], None]
    place: Callable[[Event, Span], None]
    move: Callable[[int], None]
    frame: Callable[[int], int]


class Pointer:
    """One gesture at a time. `draft`, `band` and `caught` are what it would do so far, for painting."""

    def __init__(
        self,
        content: BenchContent,
        selection: Selection,
        lanes: Lanes,
        painted: Watched[Painted | None],
        loop: Watched[Span | None],
        wishes: PointerWishes,
    ) -> None:
        self.draft: Draft | None = None
        self.band: Band | None = None
        self.caught: tuple[Event, ...] = ()
        self._content = content
        self._selection = selection
        self._lanes = lanes
        self._painted = painted
        self._loop = loop
        self._wishes = wishes
        self._seeking = False
        self._grip: Grip | None = None
        self._alone: Event | None = None  # one of several that was clicked: selected alone unless it is dragged
        self._pressed = (0.0, 0.0)
        self._stood_us: int | None = None  # where the playhead stood; it goes along with an edge

    @property
    def busy(self) -> bool:
        """True while something is dragged or caught."""
        return self.draft is not None or self.band is not None

    def press(self, sight: Sight, x_px: float, y_px: float, held: HeldKeys) -> None:
        """The left button goes down."""
        self._pressed = (x_px, y_px)
        self._stood_us = self._painted.value.at_us if self._painted.value is not None else None
        if y_px < RULER_PX:
            self._seeking = True
            self.move(sight, x_px, y_px, held)
            return
        found = sight.hit(self._lanes, x_px, y_px)
        if found is None:
            self._press_ground(sight, x_px, y_px, held)
        elif held.more:
            self._selection.toggle(found.event)
        elif held.extend:
            self._extend(found.event)
        else:
            self._press_event(sight, found, x_px)

    def move(self, sight: Sight, x_px: float, y_px: float, held: HeldKeys) -> bool:
        """The mouse moves with the button down. True if what is painted changes."""
        if self._seeking:
            bounds = self._content.bounds
            self._wishes.go_to(min(max(sight.us(x_px), bounds.start_us), bounds.end_us))
            return False
        far = max(abs(x_px - self._pressed[0]), abs(y_px - self._pressed[1])) >= _DRAG_PX
        if self._grip is not None and (self.draft is not None or far):
            self._drag(self._grip, sight, x_px, held)
            return True
        if self.band is not None and far:
            self.band = replace(self.band, to_x_px=x_px, to_y_px=y_px)
            self.caught = sight.caught(self._lanes, self.band)
            return True
        return False

    def release(self, held: HeldKeys) -> None:
        """The button goes up: what was dragged is done."""
        grip, draft, caught, alone = self._grip, self.draft, self.caught, self._alone
        self.let_go()
        if grip is not None and draft is not None:
            span = draft.events[-1].span
            if span == grip.event.span:
                return
            if len(draft.events) > 1:
                self._wishes.move(span.start_us - grip.event.onset_us)
            else:
                self._wishes.place(grip.event, span)
        elif caught:
            kept = self._selection.events if held.more or held.extend else ()
            chosen = {event.id: event for event in (*kept, *caught)}
            self._selection.choose(min(caught, key=order), chosen.values())
        elif alone is not None:
            self._selection.choose(alone)

    def let_go(self) -> None:
        """Forget the gesture; nothing is done."""
        self.draft = self.band = self._grip = self._alone = None
        self.caught = ()
        self._seeking = False

    def _press_ground(self, sight: Sight, x_px: float, y_px: float, held: HeldKeys) -> None:
        row = sight.row_at(y_px)
        if row is not None and row.shows is Shows.DIFFERENCES:
            reach = Span(sight.us(x_px - SNAP_PX), sight.us(x_px + SNAP_PX))
            for one in self._content.differences:
                if one.span.start_us <= reach.end_us and reach.start_us <= one.span.end_us:
                    self._wishes.go_to(one.span.start_us)
                    return
        if not (held.more or held.extend):
            self._selection.choose(None)
        self.band = Band(x_px, y_px, x_px, y_px)

    def _press_event(self, sight: Sight, found: Hit, x_px: float) -> None:
        if found.event.id in self._selection.ids and len(self._selection.ids) > 1:
            self._selection.choose(found.event, self._selection.events)
            self._alone = found.event
        else:
            self._selection.choose(found.event)
        tier = self._content.scheme.tier(found.event.tier)
        if not self._content.locked and tier.kind in (TierKind.STATE, TierKind.POINT):
            self._grip = Grip(found.event, found.part, sight.us(x_px))

    def _extend(self, event: Event) -> None:
        """Everything of the tier from the event in the first place to this one."""
        first = self._selection.primary.value
        if first is None or first.tier != event.tier:
            self._selection.choose(event, self._selection.events)
            return
        span = Span(min(first.onset_us, event.onset_us), max(first.onset_us, event.onset_us))
        between = [
            one
            for row in self._lanes.rows(self._content.scheme.tier(event.tier))
            for one in near(row, span)
            if span.start_us <= one.onset_us <= span.end_us
        ]
        self._selection.choose(first, between)

    def _drag(self, grip: Grip, sight: Sight, x_px: float, held: HeldKeys) -> None:
        coding, scheme = self._content.desk.coding, self._content.scheme
        several = grip.part is Part.BODY and len(self._selection.ids) > 1
        span = dragged(grip, sight.us(x_px), coding.window, self._snap(grip, sight, held))
        try:
            if several:
                by_us = span.start_us - grip.event.onset_us
                others = [event for event in self._selection.events if event.id != grip.event.id]
                moved = tuple(replace(one, span=one.span.shifted(by_us)) for one in (*others, grip.event))
                self.draft = Draft(moved)
                edit = group.move(coding, scheme, (*others, grip.event), by_us, self._wishes.frame)
            else:
                self.draft = Draft((replace(grip.event, span=span),))
                edit = amend.place(coding, scheme, grip.event, span)
        except CodingError:
            if span == grip.event.span:
                self.draft = replace(self.draft, after=coding) if self.draft is not None else None
        else:
            last = tuple(change.after for change in edit.changes if change.after is not None)
            self.draft = Draft(last[-len(self.draft.events) :], coding.applied(edit))
        if grip.part is not Part.BODY:
            self._wishes.go_to(span.start_us if grip.part is Part.ONSET else span.end_us)

    def _snap(self, grip: Grip, sight: Sight, held: HeldKeys) -> Snap:
        if held.free:
            return Snap(lambda _: (), self._wishes.frame)
        window, loop = self._content.desk.coding.window, self._loop.value
        others = [window.start_us, window.end_us]
        others += [loop.start_us, loop.end_us] if loop is not None else []
        others += [self._stood_us] if self._stood_us is not None else []
        moving = self._selection.ids | {grip.event.id} if grip.part is Part.BODY else frozenset({grip.event.id})
        reach_us = round(SNAP_PX * sight.scale.us_per_px)
        return Snap(
            lambda at: edges_near(self._content.scheme, self._lanes, moving, others, at, reach_us),
            self._wishes.frame,
        )
