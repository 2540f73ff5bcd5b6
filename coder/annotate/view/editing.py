"""What a person's wishes do to the pass: each makes one edit, hands it to the desk, and tells how it went.

Free of widgets: the bench gives it the selection and the painted frame, and shows what it tells.
"""

from collections.abc import Callable
from dataclasses import dataclass

from coder.annotate import amend, strokes
from coder.annotate.certainty import set_certainty
from coder.annotate.desk import submitted
from coder.annotate.keymap import Do
from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.selection import Selection
from coder.annotate.view.watched import Watched
from coder.language import later, tr
from coder.model.coding import Certainty, Event
from coder.model.edit import Edit, EditKind
from coder.model.problem import CoderError, CodingError, Problem
from coder.model.time import Span, parse_clock

_SAID = {
    EditKind.DO: later("Saved · {edit}"),
    EditKind.UNDO: later("Undone · {edit}"),
    EditKind.REDO: later("Done again · {edit}"),
}


@dataclass(frozen=True, slots=True)
class EditingNews:
    """Whom the editing tells: what was saved, and what could not be done."""

    saved: Callable[[str], None]
    refused: Callable[[CoderError], None]


def nothing_selected() -> CodingError:
    """Says that a command for selected events has none."""
    hint = tr("Click one, or press the key that selects the next.")
    return CodingError(Problem(tr("No event is selected."), hint=hint))


class Editing:
    """beside: the onset of the frame some frames after the one at a time; nearest: the frame nearest to a time.

    rate: seconds of film per second, 0 while it stands.
    """

    def __init__(
        self,
        content: BenchContent,
        selection: Selection,
        painted: Watched[Painted | None],
        told: EditingNews,
        *,
        beside: Callable[[int, int], int],
        nearest: Callable[[int], int],
        rate: Callable[[], float],
    ) -> None:
        self._content = content
        self._desk = content.desk
        self._scheme = content.scheme
        self._selection = selection
        self._selected = selection.primary
        self._painted = painted
        self._told = told
        self._beside = beside
        self._nearest = nearest
        self._rate = rate
        content.desk.listen(self._on_edit)

    def code(self, tier: str, code: str) -> None:
        """The key of a code, at the frame on the screen, or the one it was a reaction to."""

        def stroke() -> Edit:
            at_us = self.at_us()
            return strokes.code(self._desk.coding, self._scheme, tier, code, at_us, self._reacted_us(at_us))

        self.attempt(stroke)

    def option(self, modifier: str, value: str) -> None:
        """The key of an option, for the selected event."""
        self._amend(lambda event: amend.toggle_option(self._scheme, event, modifier, value))

    def number(self, modifier: str, value: int) -> None:
        """A number for a modifier of the selected event."""
        event = self._selected.value
        if event is not None and event.modifier(modifier) != str(value):
            self._amend(lambda event: amend.set_modifier(self._scheme, event, modifier, str(value)))

    def recode(self, code: str) -> None:
        """Another code for the selected event."""
        self._amend(lambda event: amend.recode(self._scheme, event, code))

    def note(self, text: str) -> None:
        """The note of the selected event."""
        self._amend(lambda event: amend.set_note(self._scheme, event, text.strip()))

    def certainty(self, certainty: Certainty) -> None:
        """How sure one is of what is selected."""
        self._amend(lambda _: set_certainty(self._scheme, self._selection.events, certainty))

    def place(self, event: Event, span: Span) -> None:
        """Put an event where it was dragged to."""
        self.attempt(lambda: amend.place(self._desk.coding, self._scheme, event, span))

    def onset(self, typed: str) -> None:
        """Move the onset of the selected event to the frame nearest to a typed time."""
        self._amend(lambda event: amend.set_onset(self._desk.coding, self._scheme, event, self._time(typed)))

    def offset(self, typed: str) -> None:
        """Move the offset of the selected event to the frame nearest to a typed time, or to the window's end."""

        def at_us() -> int:
            frame_us, end_us, typed_us = self._time(typed), self._desk.coding.window.end_us, parse_clock(typed)
            return end_us if abs(end_us - typed_us) < abs(frame_us - typed_us) else frame_us

        self._amend(lambda event: amend.set_offset(self._desk.coding, self._scheme, event, at_us()))

    def commands(self) -> dict[Do, Callable[[], None]]:
        """What the keys do that take edits back or set the times of the selected event."""
        coding, scheme = self._desk.coding, self._scheme

        def onset(at_us: Callable[[Event], int]) -> Callable[[], None]:
            return lambda: self._amend(lambda event: amend.set_onset(coding, scheme, event, at_us(event)))

        def offset(at_us: Callable[[Event], int]) -> Callable[[], None]:
            return lambda: self._amend(lambda event: amend.set_offset(coding, scheme, event, at_us(event)))

        return {
            Do.UNDO: lambda: self._try(self._desk.undo),
            Do.REDO: lambda: self._try(self._desk.redo),
            Do.SET_ONSET: onset(lambda _: self.at_us()),
            Do.SET_OFFSET: offset(lambda _: self.at_us()),
            Do.ONSET_EARLIER: onset(lambda event: self._border(event.onset_us, -1)),
            Do.ONSET_LATER: onset(lambda event: self._border(event.onset_us, +1)),
            Do.OFFSET_EARLIER: offset(lambda event: self._border(event.offset_us, -1)),
            Do.OFFSET_LATER: offset(lambda event: self._border(event.offset_us, +1)),
        }

    def _border(self, at_us: int, step: int) -> int:
        """The nearest border of frames before (-1) or after (1) a time; the coded window ends with one, too."""
        self.at_us()  # without a picture nobody knows where frames begin
        here_us, beside_us, end_us = (
            self._beside(at_us, 0),
            self._beside(at_us, step),
            self._desk.coding.window.end_us,
        )
        if (here_us - at_us) * step > 0:  # the time lies inside a frame, or behind the last one
            return here_us
        if step > 0 and (beside_us == here_us or at_us < end_us < beside_us):
            return end_us
        return beside_us

    def _time(self, typed: str) -> int:
        try:
            typed_us = parse_clock(typed)
        except ValueError as error:
            raise CodingError(Problem(f"{error}.")) from error
        if typed_us != self._desk.coding.window.end_us:  # a slip of the finger must not move an edge to the end
            strokes.refuse_outside(self._desk.coding, Span.moment(typed_us))
        return self._nearest(typed_us)

    def at_us(self) -> int:
        """The frame on the screen, which every edit takes its time from. Raises CodingError if there is none."""
        painted = self._painted.value
        if painted is None:
            raise CodingError(
                Problem(
                    tr("There is no picture to code."), hint=tr("Wait for it, or go to a frame that can be shown.")
                )
            )
        return painted.at_us

    def _reacted_us(self, at_us: int) -> int:
        """The frame that a coder reacts to who presses a key while this one is on the screen.

        A stroke in a film that stands, or that runs backwards, is not corrected.
        """
        ahead_us = round(self._content.reaction_us * max(self._rate(), 0.0))
        return self._nearest(at_us - ahead_us) if ahead_us else at_us

    def _amend(self, make: Callable[[Event], Edit]) -> None:
        def edit() -> Edit:
            event = self._selected.value
            if event is None:
                raise nothing_selected()
            return make(event)

        self.attempt(edit)

    def refuse(self, error: CoderError) -> None:
        """Tell what could not be done, where no edit was to be made."""
        self._told.refused(error)

    def attempt(self, make: Callable[[], Edit]) -> None:
        """Make an edit and save it; a refusal is told."""
        self._try(lambda: self._desk.apply(make()))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            if self._desk.locked:
                raise submitted()
            if self._content.readonly:
                raise CodingError(Problem(tr("This pass is open for reading only.")))
            act()
        except CoderError as error:
            self._told.refused(error)

    def _on_edit(self, edit: Edit) -> None:
        self._selection.after(edit)
        self._told.saved(tr(_SAID[edit.kind], edit=edit.label))
