"""The rating panel: the items of a rating tier for one segment, rated one after the other.

When an item is rated, the next one without a rating is the current one. A reason that is wanted is asked for and
does not hold up the digits: a key opens its field, for the item rated last or for the current one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import (
    QApplication,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coder.annotate.desk import Desk
from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap
from coder.annotate.moments import add_moment, remove_moment
from coder.annotate.ratings import give_reason, rate, rating_of, segments, unrated, wants_reason
from coder.annotate.view.code_button import CodeOf
from coder.annotate.view.rating_keys import keys_text
from coder.annotate.view.rating_row import RatingButton, RatingRow, RowWishes
from coder.annotate.view.segment_head import Segment, SegmentHead
from coder.annotate.view.watching import Watching
from coder.language import tr
from coder.model.coding import Event
from coder.model.edit import Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import NOT_RATED, RATING, Code, Tier
from coder.model.time import Span


@dataclass(frozen=True, slots=True)
class RatingWishes:
    """What the panel asks of the bench.

    attempt: make an edit and save it, or tell why not. leave: back to the keys. point_out: explain this item.
    watching: the stretch that was just seen, and playing one.
    """

    attempt: Callable[[Callable[[], Edit]], None]
    leave: Callable[[], None]
    point_out: Callable[[CodeOf | None], None]
    watching: Watching


class RatingPanel(QWidget):
    """One rating tier. Shows what the pass holds; which item and segment are looked at is all it remembers."""

    def __init__(self, desk: Desk, tier: Tier, keymap: Keymap, wishes: RatingWishes, *, locked: bool) -> None:
        super().__init__()
        self._desk = desk
        self._tier = tier
        self._wishes = wishes
        note = keymap.first_key(Do.NOTE)
        self._key = shown(note) if note and not locked else ""
        self._offers = True
        self._rated: Code | None = None  # the item rated last, until another is chosen
        self._rows = [RatingRow(tier, code, self._of(code), locked=locked) for code in tier.codes]
        go = (keymap.command(Do.INTERVAL_BACK).hint, keymap.command(Do.INTERVAL_ON).hint)
        self.head = SegmentHead(self.go, go, tier.viewings)
        wishes.watching.times.listen(lambda _: self._show())
        self._hint = QLabel("" if locked else keys_text(tier, keymap))
        self._hint.setContentsMargins(10, 4, 8, 4)
        self._hint.setWordWrap(True)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setProperty("role", "muted")
        self._sight = QTimer(self)
        self._sight.setSingleShot(True)
        self._sight.timeout.connect(lambda: self._into_sight(self._code))
        self._segment = self._first()
        self._code = self._next_code(tier.codes[-1]) or tier.codes[0]
        self._lay_out()
        self.setAccessibleName(tier.label)
        desk.listen(lambda _: self._show())
        self._show()

    @property
    def segment(self) -> Span:
        """The segment that is rated now."""
        return self._segment

    @property
    def code(self) -> Code:
        """The current item."""
        return self._code

    def row(self, code_id: str) -> RatingRow:
        """The row of an item; KeyError if there is none."""
        for row in self._rows:
            if row.code.id == code_id:
                return row
        raise KeyError(code_id)

    def choose(self, code: Code, segment: Span | None = None) -> None:
        """Make an item the current one, in another segment if one is given."""
        self._rated = None
        self._turn_to(code, segment)

    def offer(self, offers: bool) -> None:
        """Say whether the key that writes a note opens the field of a reason here."""
        if offers != self._offers:
            self._offers = offers
            self._show()

    def write_reason(self) -> None:
        """Open the field of the reason of the item rated last if it lacks it, else of the current item."""
        code = self._asked()
        field = self.row(code.id).field
        if field is None:
            self._wishes.attempt(lambda: _not_rated(code))
            return
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._into_sight(code)

    def mark(self) -> Edit:
        """The edit that attaches what was just seen to the current item; if it is unrated, to the one rated last.

        Raises CodingError if neither is rated, and as `add_moment` does.
        """
        rated = self._rated if self._rated is not None and self._rating(self._code) is None else None
        code = rated or self._code
        seen, coding = self._wishes.watching.seen(), self._desk.coding
        return add_moment(coding, self._desk.scheme, self._tier.id, code.id, self._segment, seen)

    def step(self, step: int) -> None:
        """To the item above (-1) or below (1); the focus goes along."""
        codes = self._tier.codes
        at = min(max(codes.index(self._code) + step, 0), len(codes) - 1)
        focus = QApplication.focusWidget()
        self.choose(codes[at])
        if isinstance(focus, RatingButton) and self.isAncestorOf(focus):
            self.row(self._code.id).button(focus.value).setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, step: int) -> None:
        """To the next segment (1) or the one before (-1)."""
        known = self._segments()
        at = known.index(self._segment) + step
        if 0 <= at < len(known):
            self._finish()
            self._segment = known[at]
            following = self._next_code(self._tier.codes[-1])
            self.choose(following if following is not None else self._tier.codes[0])

    def takes(self, value: str) -> bool:
        """True if this is a rating of the scale."""
        scale = self._tier.scale
        if scale is None:
            return False
        return bool(scale.na) if value == NOT_RATED else value.isdigit() and scale.low <= int(value) <= scale.high

    def give(self, code: Code, value: str) -> None:
        """Rate an item; the rating that it has is taken back."""
        self.choose(code)
        segment, coding = self._segment, self._desk.coding
        held = rating_of(coding, self._tier, code.id, segment)
        again = held is not None and held.modifier(RATING) == value
        self._wishes.attempt(
            lambda: rate(coding, self._desk.scheme, self._tier.id, code.id, segment, None if again else value)
        )
        self._show()  # a button that was clicked has changed its look, whatever became of the rating
        if self._desk.coding is not coding and not again:
            self._rated = code
            self._go_on()

    def _go_on(self) -> None:
        self._turn_to(self._next_code(self._code) or self._code)

    def _turn_to(self, code: Code, segment: Span | None = None) -> None:
        self._finish()
        self._code = code
        if segment is not None:
            self._segment = segment
        self._wishes.point_out((self._tier, code))
        self._show()
        self._sight.start()

    def _finish(self) -> None:
        """A reason that is being typed belongs to the segment and the item that are left."""
        for row in self._rows:
            row.finish()

    def _rating(self, code: Code) -> Event | None:
        return rating_of(self._desk.coding, self._tier, code.id, self._segment)

    def _asked(self) -> Code:
        """The item whose reason the key opens."""
        rated = self._rating(self._rated) if self._rated is not None else None
        lacking = rated is not None and wants_reason(self._tier, rated)
        return self._rated if self._rated is not None and lacking else self._code

    def _next_code(self, after: Code) -> Code | None:
        """The next item without a rating, counted round from one; None if all are rated."""
        codes = self._tier.codes
        left = unrated(self._desk.coding, self._tier, self._segment)
        at = codes.index(after) + 1
        return next((code for code in (*codes[at:], *codes[:at]) if code in left), None)

    def _of(self, code: Code) -> RowWishes:
        return RowWishes(
            partial(self.give, code),
            partial(self._reason, code),
            self._leave,
            partial(self._choose, code),
            self.step,
            self._wishes.watching.play,
            partial(self._remove, code),
        )

    def _into_sight(self, code: Code) -> None:
        """Scroll to an item, which may have grown by its anchors."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self.row(code.id), 0, 12)

    def _choose(self, code: Code) -> None:
        if code != self._code:
            self.choose(code)

    def _reason(self, code: Code, text: str) -> None:
        event = self._rating(code)
        if event is not None and event.note != text.strip():
            self._wishes.attempt(lambda: give_reason(self._desk.scheme, event, text))

    def _remove(self, code: Code, moment: Span) -> None:
        event = self._rating(code)
        if event is not None:
            self._wishes.attempt(lambda: remove_moment(self._desk.scheme, event, moment))

    def _leave(self) -> None:
        """Back to the keys; the next one rates an item that is not rated yet, if there is one."""
        self._wishes.leave()
        if self._rating(self._code) is not None:
            self._go_on()

    def _segments(self) -> tuple[Span, ...]:
        return segments(self._desk.coding, self._tier)

    def _first(self) -> Span:
        """The first segment that is not fully rated, else the first."""
        known, coding = self._segments(), self._desk.coding
        open_ones = (one for one in known if unrated(coding, self._tier, one))
        return next(open_ones, known[0] if known else coding.window)

    def _show(self) -> None:
        known, coding = self._segments(), self._desk.coding
        if self._segment not in known and known:  # an undo took the only rating of a segment of its own
            self._segment = min(known, key=lambda one: abs(one.start_us - self._segment.start_us))
        asked = self._asked() if self._offers else None
        for row in self._rows:
            key = self._key if row.code == asked else ""
            row.show_rating(self._rating(row.code), current=row.code == self._code, key=key)
        at = known.index(self._segment) if self._segment in known else 0
        rated = len(self._rows) - len(unrated(coding, self._tier, self._segment))
        watched = self._wishes.watching.times.value.get(self._segment, 0)
        self.head.show_segment(Segment(self._segment, at, len(known), rated, len(self._rows), watched))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.head)
        for row in self._rows:
            column.addWidget(row)
        column.addWidget(self._hint)


def _not_rated(code: Code) -> Edit:
    what = tr("“{item}” is not rated, so it has no reason yet.", item=code.label)
    raise CodingError(Problem(what, hint=tr("Rate it first.")))
