"""The inspector: the selected event in full, or what several have in common."""

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget

from coder.annotate.certainty import following
from coder.annotate.keymap import Keymap
from coder.annotate.view.after_paint import AfterPaint
from coder.annotate.view.event_form import EventForm, EventWishes
from coder.annotate.view.selection import Selection
from coder.annotate.view.several import SeveralForm
from coder.language import later, tr
from coder.model.coding import Certainty, Event
from coder.model.scheme import Scheme

EMPTY = later("Nothing selected. Click an event on the timeline, or press ↑ or ↓.")


class Inspector(QScrollArea):
    """It is built anew for each selection. A note that could not be saved stays until it can be, or Esc.

    answer: what there is to say of an event that answers another, or that is answered; None if nothing.
    """

    def __init__(
        self,
        scheme: Scheme,
        keymap: Keymap,
        selection: Selection,
        wishes: EventWishes,
        answer: Callable[[Event], QWidget | None],
        *,
        locked: bool,
    ) -> None:
        super().__init__()
        self._scheme = scheme
        self._keymap = keymap
        self._selection = selection
        self._wishes = replace(wishes, note=self._hand_over(wishes.note))
        self._answer = answer
        self._locked = locked
        self._form: EventForm | None = None
        self._unsaved: dict[str, str] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Selected event"))
        self.setMinimumHeight(96)
        self._later = AfterPaint(self, self._build)
        selection.primary.listen(lambda _: self.refresh())
        selection.also.listen(lambda _: self.refresh())
        self._build()

    def edit_note(self) -> None:
        """Put the cursor into the note."""
        self._later.now()
        if self._form is not None:
            self._form.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.ensureWidgetVisible(self._form.note)

    def next_certainty(self) -> None:
        """Certain, then likely, then a guess, then certain again."""
        event = self._selection.primary.value
        self._wishes.certainty(following(event.certainty) if event is not None else Certainty.CERTAIN)

    def refresh(self) -> None:
        """Show what is selected as it is, dropping times that were typed and refused; after the next paint."""
        self._later.ask()

    def shown(self) -> QWidget:
        """What shows the selection as it is now."""
        self._later.now()
        inner = self.widget()
        assert inner is not None
        return inner

    def _build(self) -> None:
        event = self._selection.primary.value
        self._form = None
        if event is None:
            self._replace(_empty())
        elif self._selection.also.value:
            self._replace(self._several())
        else:
            unsaved = self._unsaved.get(event.id)
            form = EventForm(
                self._scheme,
                self._keymap,
                event,
                self._wishes,
                self._answer(event),
                locked=self._locked,
                unsaved=unsaved,
            )
            form.note.textChanged.connect(lambda text: self._on_note(event, text))
            self._form = form
            self._replace(form)

    def _several(self) -> QWidget:
        return SeveralForm(self._scheme, self._keymap, self._selection.events, locked=self._locked)

    def _hand_over(self, save: Callable[[str], None]) -> Callable[[str], None]:
        def hand_over(text: str) -> None:
            before = self._selection.primary.value
            if before is None:
                return
            self._unsaved[before.id] = text
            save(text)  # an edit that is saved selects the event as it is afterwards
            after = self._selection.primary.value
            if after is not None and after.id == before.id and after.note == text.strip():
                del self._unsaved[before.id]
                self.refresh()

        return hand_over

    def _on_note(self, event: Event, text: str) -> None:
        """A note that waits to be saved changes with what is typed, and is forgotten when it is taken back."""
        if text == event.note:
            self._unsaved.pop(event.id, None)
        elif event.id in self._unsaved:
            self._unsaved[event.id] = text

    def _replace(self, inner: QWidget) -> None:
        """Swap the shown event, which may be in the middle of a signal; the focus stays on the same control."""
        old, focus = self.takeWidget(), QApplication.focusWidget()
        name = focus.accessibleName() if old is not None and focus is not None and old.isAncestorOf(focus) else ""
        self.setWidget(inner)
        if old is not None:
            old.hide()
            old.deleteLater()
        for twin in inner.findChildren(QWidget) if name else ():
            if twin.accessibleName() == name:
                twin.setFocus(Qt.FocusReason.OtherFocusReason)


def _empty() -> QWidget:
    inner = QWidget()
    hint = QLabel(tr(EMPTY))
    hint.setProperty("role", "muted")
    hint.setWordWrap(True)
    column = QVBoxLayout(inner)
    column.setContentsMargins(16, 12, 16, 12)
    column.addWidget(hint)
    column.addStretch(1)
    return inner
