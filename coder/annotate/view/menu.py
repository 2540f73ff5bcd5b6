"""The context menu of an event, as records: what it says, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import QPoint
from PyQt6.QtWidgets import QMenu, QWidget

from coder.annotate.keymap import COMMAND, Do
from coder.annotate.view.keys import shown
from coder.model.coding import Event
from coder.model.scheme import Scheme, TierKind


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a menu. items: a menu below it. run None: a line between groups, if the label is empty."""

    label: str
    run: Callable[[], None] | None = None
    key: str = ""
    enabled: bool = True
    items: tuple["Item", ...] = ()


def event_menu(
    scheme: Scheme, event: Event, do: Callable[[Do], None], recode: Callable[[str], None], *, locked: bool
) -> tuple[Item, ...]:
    """What can be done with an event."""
    tier = scheme.tier(event.tier)
    lasts = tier.kind is TierKind.STATE

    def command(name: Do, *, enabled: bool = True) -> Item:
        one = COMMAND[name]
        return Item(one.label, lambda: do(name), one.keys[0], enabled and not locked)

    codes = tuple(
        Item(code.label, partial(recode, code.id), code.key, code.id != event.code) for code in tier.codes
    )
    return (
        Item("Go to its onset", lambda: do(Do.GO_ONSET), COMMAND[Do.GO_ONSET].keys[0]),
        Item(""),
        Item("Change the code", enabled=not locked, items=codes),
        command(Do.SET_ONSET),
        command(Do.SET_OFFSET, enabled=lasts),
        command(Do.SPLIT, enabled=lasts),
        command(Do.NOTE),
        Item(""),
        command(Do.DELETE),
        command(Do.DELETE_FILL, enabled=lasts and tier.exclusive),
    )


def open_menu(parent: QWidget, items: tuple[Item, ...], at: QPoint) -> None:
    """Show a menu made from records; it goes away by itself."""
    menu = _menu(parent, items)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)


def _menu(parent: QWidget, items: tuple[Item, ...], title: str = "") -> QMenu:
    menu = QMenu(title, parent)
    for item in items:
        if item.items:
            below = _menu(menu, item.items, item.label)
            below.setEnabled(item.enabled)
            menu.addMenu(below)
        elif item.run is None:
            menu.addSeparator()
        else:
            action = menu.addAction(f"{item.label}\t{shown(item.key)}" if item.key else item.label)
            if action is not None:
                action.setEnabled(item.enabled)
                action.triggered.connect(lambda _, run=item.run: run())
    return menu
