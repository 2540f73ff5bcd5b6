"""What can be done with the parts of a scheme – add, duplicate, delete, move – by buttons and keys."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QWidget

from coder.desktop.look import scaled
from coder.desktop.pieces import Card, button
from coder.desktop.scheme_field_words import GROUPS, PARTS
from coder.desktop.scheme_outline import INNER, Keys, Outline
from coder.formats.scheme_draft import SchemeDraft
from coder.formats.scheme_entries import copied_entry, new_entry
from coder.formats.toml_places import Path
from coder.language import tr

_OUTLINE_PX, _FORM_PX, _PROBLEMS_PX = 345, 665, 290


class Change(Protocol):
    """Takes an edit of whole parts: the draft then, the part to show, and whether its label is written next."""

    def __call__(self, draft: SchemeDraft, path: Path, *, name_it: bool = False) -> None: ...


class PartVerbs:
    """The commands of the outline. draft, path: the scheme and the chosen part, now."""

    def __init__(self, change: Change, draft: Callable[[], SchemeDraft], path: Callable[[], Path]) -> None:
        self._change, self._draft, self._path = change, draft, path

    def add(self, list_path: Path, at: int | None) -> None:
        """Add a new part to a list, at a place or at its end, and write its label next."""
        draft = self._draft()
        entries = draft.value(list_path)
        count = len(entries) if isinstance(entries, list) else 0
        place = count if at is None else at
        made = draft.with_added(list_path, new_entry(draft, list_path), place)
        self._change(made, (*list_path, place), name_it=True)

    def duplicate(self) -> None:
        """Add a part like the chosen one below it, with an id and a key of its own."""
        draft, path = self._draft(), self._path()
        if len(path) > 1 and isinstance(path[-1], int):
            after = (*path[:-1], path[-1] + 1)
            made = draft.with_added(path[:-1], copied_entry(draft, path), path[-1] + 1)
            self._change(made, after, name_it=True)

    def delete(self) -> None:
        """Take the chosen part away; undo brings it back."""
        draft, path = self._draft(), self._path()
        if len(path) > 1 and isinstance(path[-1], int):
            left = len(draft.value(path[:-1])) - 1
            beside = (*path[:-1], min(path[-1], left - 1)) if left else path[:-2] or path[:-1]
            self._change(draft.without(path), beside)

    def up(self) -> None:
        """Move the chosen part above the one before it."""
        self._move(-1)

    def down(self) -> None:
        """Move the chosen part below the one after it."""
        self._move(1)

    def keys(self, open_menu: Callable[[], None]) -> Keys:
        """What keys do in the outline."""
        none, control, alt = (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ControlModifier,
            Qt.KeyboardModifier.AltModifier,
        )
        return {
            (Qt.Key.Key_Insert, none): open_menu,
            (Qt.Key.Key_Delete, none): self.delete,
            (Qt.Key.Key_D, control): self.duplicate,
            (Qt.Key.Key_Up, alt): self.up,
            (Qt.Key.Key_Down, alt): self.down,
        }

    def fill(self, menu: QMenu) -> None:
        """What can be added where the outline stands: inside the chosen part, beside it, and around it."""
        menu.clear()
        for list_path, at in self._places():
            action = QAction(tr(PARTS[str(list_path[-1])]), menu)
            action.triggered.connect(lambda _checked, where=list_path, at=at: self.add(where, at))
            menu.addAction(action)
        first = next(iter(menu.actions()), None)
        if first is not None:
            menu.setActiveAction(first)

    def show_can_do(self, buttons: Sequence[QPushButton], path: Path) -> None:
        """Grey what the chosen part cannot do. buttons: those of `part_buttons`."""
        entries = self._draft().value(path[:-1]) if len(path) > 1 else None
        index = path[-1] if isinstance(entries, list) else None
        copy, delete, up, down = buttons
        for one in (copy, delete):
            one.setEnabled(index is not None)
        up.setEnabled(isinstance(index, int) and index > 0)
        down.setEnabled(isinstance(index, int) and isinstance(entries, list) and index < len(entries) - 1)

    def _move(self, by: int) -> None:
        draft, path = self._draft(), self._path()
        if len(path) > 1 and isinstance(path[-1], int):
            to = min(max(path[-1] + by, 0), len(draft.value(path[:-1])) - 1)
            self._change(draft.moved(path, by), (*path[:-1], to))

    def _places(self) -> Iterator[tuple[Path, int | None]]:
        """The lists to which a part can be added, with the place in each; None for its end."""
        path = self._path()
        if not path:
            yield from (((group,), None) for group in GROUPS)
        elif len(path) == 1:
            yield path, None
        else:
            yield from (((*path, inner), None) for inner in INNER.get(str(path[-2]), ()))
        while len(path) > 1 and isinstance(path[-1], int):
            yield path[:-1], path[-1] + 1
            path = path[:-2]


def part_buttons(verbs: PartVerbs) -> tuple[QPushButton, ...]:
    """Duplicate, delete, up, down."""
    made = (
        button(tr("&Duplicate"), verbs.duplicate),
        button(tr("De&lete"), verbs.delete),
        button("↑", verbs.up),
        button("↓", verbs.down),
    )
    made[2].setAccessibleName(tr("Move up"))
    made[3].setAccessibleName(tr("Move down"))
    for arrow in made[2:]:
        arrow.setFixedWidth(scaled(40))
    for one, keys in zip(made, ("Ctrl+D", tr("Del"), "Alt+↑", "Alt+↓"), strict=True):
        one.setToolTip(keys)
    return made


def parts_card(outline: Outline, add: QPushButton, buttons: Sequence[QPushButton]) -> Card:
    """The outline with its buttons: `add` above it, those of `part_buttons` below."""
    card = Card(tr("Parts"), (add,))
    row = QHBoxLayout()
    row.setSpacing(8)
    for one in buttons:
        row.addWidget(one)
    row.addStretch(1)
    card.column.addWidget(outline, 1)
    card.column.addLayout(row)
    return card


def columns(*cards: QWidget) -> QSplitter:
    """Parts, form and problems side by side."""
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(16)
    made.setProperty("role", "gap")
    for at, (card, share) in enumerate(zip(cards, (1, 2, 1), strict=True)):
        made.addWidget(card)
        made.setStretchFactor(at, share)
    made.setSizes([scaled(width) for width in (_OUTLINE_PX, _FORM_PX, _PROBLEMS_PX)])
    return made
