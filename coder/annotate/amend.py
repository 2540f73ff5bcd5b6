"""What can be done with an event that is there: move, split, join, delete, recode, modify, note.

Pure functions like those in `strokes`: each makes one `Edit` or raises `CodingError` with a sentence.
"""

from bisect import bisect_left
from dataclasses import replace

from coder.annotate.strokes import new_event, outside_window, recoded
from coder.model.coding import CodingPass, Event, Modifiers, order
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Modifier, Scheme, TierKind
from coder.model.time import Span, clock


def place(coding: CodingPass, scheme: Scheme, event: Event, span: Span) -> Edit:
    """Move an event or an edge of it. In an exclusive tier the neighbours make room.

    A neighbour that touches the event follows its edge, so that a boundary between two states stays one
    boundary; one that is overlapped is cut. A neighbour is never swallowed.

    Raises CodingError if nothing would change, if the span leaves the coded window, if a state would be empty,
    or if a neighbour would vanish.
    """
    tier, label = scheme.tier(event.tier), scheme.code(event.tier, event.code).label
    if span == event.span:
        raise CodingError(Problem(f"“{label}” is there already."))
    if span.start_us < coding.window.start_us or (span.is_moment and not coding.window.contains(span.start_us)):
        raise CodingError(outside_window(coding, span.start_us))
    if span.end_us > coding.window.end_us:
        raise CodingError(outside_window(coding, span.end_us))
    if tier.kind is TierKind.STATE and span.is_moment:
        raise CodingError(_empty(label))
    moved = Change(event, replace(event, span=span))
    room = _room(coding, scheme, event, span) if tier.kind is TierKind.STATE and tier.exclusive else ()
    return Edit.of(_moving(label, event.span, span), *room, moved)


def set_onset(coding: CodingPass, scheme: Scheme, event: Event, at_us: int) -> Edit:
    """Let an event begin at `at_us`; a point event is moved there. Raises CodingError as `place` does."""
    if event.span.is_moment:
        return place(coding, scheme, event, Span.moment(at_us))
    if at_us >= event.offset_us:
        raise CodingError(_empty(scheme.code(event.tier, event.code).label))
    return place(coding, scheme, event, Span(at_us, event.offset_us))


def set_offset(coding: CodingPass, scheme: Scheme, event: Event, at_us: int) -> Edit:
    """Let a state end at `at_us`, not included. Raises CodingError as `place` does, and for a point event."""
    label = scheme.code(event.tier, event.code).label
    if event.span.is_moment:
        raise CodingError(Problem(f"“{label}” is a moment and has no offset.", hint="Move its onset."))
    if at_us <= event.onset_us:
        raise CodingError(_empty(label))
    return place(coding, scheme, event, Span(event.onset_us, at_us))


def split(scheme: Scheme, event: Event, at_us: int) -> Edit:
    """Cut a state in two of the same code at `at_us`. Raises CodingError if the state does not hold there."""
    code = scheme.code(event.tier, event.code)
    if not event.onset_us < at_us < event.offset_us:
        raise CodingError(
            Problem(f"“{code.label}” cannot be split at {clock(at_us)}.", hint="Go to a frame inside the state.")
        )
    second = new_event(scheme.tier(event.tier), code, Span(at_us, event.offset_us))
    return Edit.of(
        f"Split “{code.label}” at {clock(at_us)}",
        Change(event, replace(event, span=Span(event.onset_us, at_us))),
        Change(None, replace(second, modifiers=event.modifiers)),
    )


def delete(scheme: Scheme, event: Event) -> Edit:
    """Take an event away; in a tier of states this leaves a gap."""
    label = scheme.code(event.tier, event.code).label
    return Edit.of(f"Delete “{label}” at {clock(event.onset_us)}", Change(event, None))


def delete_filling(coding: CodingPass, scheme: Scheme, event: Event) -> Edit:
    """Take a state away and let the state that ends where it begins fill the gap; joins two states of one code.

    Raises CodingError if the tier is not exclusive or no state ends there.
    """
    label = scheme.code(event.tier, event.code).label
    before = neighbours(coding, event)[0] if scheme.tier(event.tier).exclusive else None
    if before is None or event.span.is_moment or before.offset_us != event.onset_us:
        raise CodingError(
            Problem(f"No state ends where “{label}” begins, so none can fill its place.", hint="Use Delete.")
        )
    filled = replace(before, span=Span(before.onset_us, event.offset_us))
    return Edit.of(
        f"Delete “{label}” at {clock(event.onset_us)} and fill the gap",
        Change(event, None),
        Change(before, filled),
    )


def recode(scheme: Scheme, event: Event, code_id: str) -> Edit:
    """Give an event another code of its tier; details that the new code does not ask for are dropped.

    Raises CodingError if it has that code already.
    """
    code = scheme.code(event.tier, code_id)
    if event.code == code_id:
        raise CodingError(Problem(f"The event is “{code.label}” already."))
    return Edit.of(f"Change to “{code.label}” at {clock(event.onset_us)}", Change(event, recoded(event, code)))


def set_modifier(scheme: Scheme, event: Event, modifier_id: str, value: str | None) -> Edit:
    """Give a modifier a value, or none; several values of a "multi" modifier are joined by commas.

    Raises CodingError if the code has no such modifier, the modifier no such value, or it has it already.
    """
    modifier = _modifier(scheme, event, modifier_id)
    parts = [] if value is None else value.split(",") if modifier.kind == "multi" else [value]
    for part in parts:
        if not allows(modifier, part):
            raise CodingError(Problem(f"“{modifier.label}” has no value “{part}”.", hint=_values(modifier)))
    if (wanted := ",".join(sorted(parts)) or None) == event.modifier(modifier_id):
        raise CodingError(Problem(f"“{modifier.label}” has this value already."))
    others = tuple(pair for pair in event.modifiers if pair[0] != modifier_id)
    changed: Modifiers = tuple(sorted((*others, *([(modifier_id, wanted)] if wanted is not None else []))))
    shown = ", ".join(option_label(modifier, part) for part in parts) or "nothing"
    return Edit.of(f"Set “{modifier.label}” to {shown}", Change(event, replace(event, modifiers=changed)))


def toggle_option(scheme: Scheme, event: Event, modifier_id: str, value: str) -> Edit:
    """What an option key does: chooses the value, or takes it back if it is chosen."""
    modifier = _modifier(scheme, event, modifier_id)
    chosen = set((event.modifier(modifier_id) or "").split(",")) - {""}
    after = chosen ^ {value} if modifier.kind == "multi" else set() if chosen == {value} else {value}
    return set_modifier(scheme, event, modifier_id, ",".join(sorted(after)) or None)


def set_note(scheme: Scheme, event: Event, note: str) -> Edit:
    """Write the note of an event. Raises CodingError if it says so already."""
    label = scheme.code(event.tier, event.code).label
    if note == event.note:
        raise CodingError(Problem("The note says so already."))
    return Edit.of(f"Note on “{label}” at {clock(event.onset_us)}", Change(event, replace(event, note=note)))


def neighbours(coding: CodingPass, event: Event) -> tuple[Event | None, Event | None]:
    """The events right before and after an event of the pass, in the order of its tier."""
    row = coding.row(event.tier)
    at = bisect_left(row, order(event), key=order)
    return (row[at - 1] if at > 0 else None), (row[at + 1] if at + 1 < len(row) else None)


def allows(modifier: Modifier, value: str) -> bool:
    """True if a modifier can take this (single) value."""
    if modifier.kind != "number":
        return any(option.id == value for option in modifier.options)
    if not value.isascii() or not value.removeprefix("-").isdigit():
        return False
    too_low = modifier.low is not None and int(value) < modifier.low
    return not too_low and (modifier.high is None or int(value) <= modifier.high)


def option_label(modifier: Modifier, value: str) -> str:
    """How a value is called on the screen."""
    return next((option.label for option in modifier.options if option.id == value), value)


def _room(coding: CodingPass, scheme: Scheme, event: Event, span: Span) -> list[Change]:
    before, after = neighbours(coding, event)
    room = []
    if before is not None and (before.offset_us == event.onset_us or before.offset_us > span.start_us):
        if span.start_us <= before.onset_us:
            raise CodingError(_swallowed(scheme, before))
        room.append(Change(before, replace(before, span=Span(before.onset_us, span.start_us))))
    if after is not None and (after.onset_us == event.offset_us or after.onset_us < span.end_us):
        if span.end_us >= after.offset_us:
            raise CodingError(_swallowed(scheme, after))
        room.append(Change(after, replace(after, span=Span(span.end_us, after.offset_us))))
    return [change for change in room if change.before != change.after]


def _moving(label: str, before: Span, after: Span) -> str:
    if before.end_us == after.end_us:
        return f"Onset of “{label}” to {clock(after.start_us)}"
    if before.start_us == after.start_us:
        return f"Offset of “{label}” to {clock(after.end_us)}"
    return f"Move “{label}” to {clock(after.start_us)}"


def _modifier(scheme: Scheme, event: Event, modifier_id: str) -> Modifier:
    code = scheme.code(event.tier, event.code)
    for modifier in code.modifiers:
        if modifier.id == modifier_id:
            return modifier
    raise CodingError(Problem(f"“{code.label}” does not ask for “{modifier_id}”."))


def _values(modifier: Modifier) -> str:
    if modifier.kind == "number":
        return f"Give a whole number from {modifier.low} to {modifier.high}."
    return f"Choose from {', '.join(option.label for option in modifier.options)}."


def _empty(label: str) -> Problem:
    return Problem(f"“{label}” would end before it begins.", hint="Its offset must come after its onset.")


def _swallowed(scheme: Scheme, event: Event) -> Problem:
    label = scheme.code(event.tier, event.code).label
    return Problem(
        f"This would cover all of “{label}” at {clock(event.onset_us)}.", hint="Delete that event first."
    )
