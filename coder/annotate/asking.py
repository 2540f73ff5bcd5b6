"""Which detail of an event is asked for next, right after its code and never in the way of the next one."""

from dataclasses import dataclass

from coder.annotate.keymap import OptionKey, option_keys
from coder.annotate.strokes import subject
from coder.model.coding import Event
from coder.model.edit import Edit, EditKind
from coder.model.scheme import Code, Modifier, Scheme


@dataclass(frozen=True, slots=True)
class Question:
    """The detail that is asked for. more: others of the same event come after it."""

    event: Event
    code: Code
    modifier: Modifier
    options: tuple[OptionKey, ...]
    more: bool = False

    @property
    def chosen(self) -> frozenset[str]:
        """The values the event has already."""
        return frozenset((self.event.modifier(self.modifier.id) or "").split(",")) - {""}


@dataclass(frozen=True, slots=True)
class Asked:
    """An event whose details are asked for. passed: modifiers that are not asked any more."""

    event_id: str
    passed: frozenset[str] = frozenset()


def after_edit(asked: Asked | None, edit: Edit) -> Asked | None:
    """Whose details are asked for after an edit: those of the event just coded, until another is coded."""
    if edit.kind is not EditKind.DO:
        return None
    event = subject(edit)
    if event is None:
        return None
    before = edit.changes[-1].before
    if before is None or before.code != event.code:
        return Asked(event.id)
    return asked if asked is not None and asked.event_id == event.id else None


def question(asked: Asked | None, event: Event | None, scheme: Scheme) -> Question | None:
    """What to ask of an event; None if it lacks nothing. Several values of one detail are asked for last."""
    if asked is None or event is None or event.id != asked.event_id:
        return None
    code = scheme.code(event.tier, event.code)
    keyed = list(option_keys(code))
    open_ones = [
        modifier
        for modifier in sorted(code.modifiers, key=lambda one: one.kind == "multi")
        if modifier.id not in asked.passed
        and (modifier.kind == "multi" or event.modifier(modifier.id) is None)
        and any(option.modifier.id == modifier.id for option in keyed)
    ]
    if not open_ones:
        return None
    first = open_ones[0]
    options = tuple(option for option in keyed if option.modifier.id == first.id)
    return Question(event, code, first, options, more=len(open_ones) > 1)
