"""The context menu of the selected events, as records: what it says, and what it does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import QPoint
from PyQt6.QtWidgets import QMenu, QWidget

from coder.annotate.amend import ON_TIME
from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap
from coder.annotate.view.layout import timeline_tiers
from coder.annotate.view.selection import Selection
from coder.language import plural, tr
from coder.model.coding import Event
from coder.model.scheme import Scheme, Tier, TierKind


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a menu. items: a menu below it. run None: a line between groups, if the label is empty."""

    label: str
    run: Callable[[], None] | None = None
    key: str = ""
    enabled: bool = True
    items: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class MenuWishes:
    """What a person can choose. do: a command. recode: another code of the tier. copy_to: a tier and its code."""

    do: Callable[[Do], None]
    recode: Callable[[str], None]
    copy_to: Callable[[str, str], None]


def event_menu(
    scheme: Scheme, keymap: Keymap, selection: Selection, event: Event, wishes: MenuWishes, *, locked: bool
) -> tuple[Item, ...]:
    """What can be done with the event that was clicked and those that are selected with it."""
    tier, events = scheme.tier(event.tier), selection.events
    several, moves, lasts = len(events) > 1, tier.kind in ON_TIME, tier.kind is TierKind.STATE
    one_tier = all(other.tier == event.tier for other in events)

    def command(do: Do, *, enabled: bool = True) -> Item:
        key = keymap.first_key(do)
        return Item(tr(keymap.command(do).label), lambda: wishes.do(do), key, enabled and not locked)

    def codes_of(tier: Tier, choose: Callable[[str], None]) -> tuple[Item, ...]:
        held = None if several or tier.id != event.tier else event.code
        return tuple(
            Item(code.label, partial(choose, code.id), keymap.key_of(tier.id, code.id), code.id != held)
            for code in tier.codes
        )

    def copies() -> Iterator[Item]:
        for other in timeline_tiers(scheme):
            if other.id != tier.id and other.kind is tier.kind:
                yield Item(other.label, items=codes_of(other, partial(wishes.copy_to, other.id)))

    title = Item(plural("{count} event selected", "{count} events selected", len(events)), enabled=False)
    return (
        *((title, Item("")) if several else ()),
        Item(tr("Go to its onset"), lambda: wishes.do(Do.GO_ONSET), keymap.first_key(Do.GO_ONSET)),
        Item(""),
        Item(tr("Change the code"), enabled=not locked and one_tier, items=codes_of(tier, wishes.recode)),
        *(
            ()
            if several
            else (command(Do.SET_ONSET, enabled=moves), command(Do.SET_OFFSET, enabled=lasts), command(Do.NOTE))
        ),
        command(Do.SPLIT, enabled=lasts),
        command(Do.MERGE, enabled=lasts and one_tier),
        Item(""),
        Item(tr("Copy"), lambda: wishes.do(Do.COPY), keymap.first_key(Do.COPY), moves),
        command(Do.PASTE),
        Item(tr("Copy to"), enabled=not locked and moves, items=tuple(copies())),
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
        elif item.run is None and not item.label:
            menu.addSeparator()
        else:
            action = menu.addAction(f"{item.label}\t{shown(item.key)}" if item.key else item.label)
            if action is not None:
                action.setEnabled(item.enabled and item.run is not None)
                if item.run is not None:
                    action.triggered.connect(lambda _, run=item.run: run())
    return menu
