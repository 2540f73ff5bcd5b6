"""What can be done with an event that is there: move, split, join, delete, recode, modify, note.

Pure functions like those in `strokes`: each makes one `Edit` or raises `CodingError` with a sentence.
"""

from bisect import bisect_left
from dataclasses import replace

from coder.annotate.arrange import room
from coder.annotate.strokes import new_event, recoded, refuse_outside
from coder.language import tr
from coder.model.coding import CodingPass, Event, Modifiers, order
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import OUTCOME, Modifier, Scheme, Tier, TierKind
from coder.model.time import Span, clock

ON_TIME = (TierKind.STATE, TierKind.POINT)
"""Tiers whose events lie wherever somebody put them; the others have intervals or segments."""


def place(coding: CodingPass, scheme: Scheme, event: Event, span: Span) -> Edit:
    """Move an event or an edge of it. In an exclusive tier the neighbours make room.

    How they do is told in `arrange`; none is ever swallowed.

    Raises CodingError if nothing would change, if the span leaves the coded window, if a state would be empty,
    if a neighbour would vanish, or if the event has the span of its interval or segment.
    """
    tier, label = scheme.tier(event.tier), scheme.name_of(event.tier, event.code)
    refuse_fixed(tier)
    if span == event.span:
        raise CodingError(Problem(tr("“{code}” is there already.", code=label)))
    refuse_outside(coding, span)
    if tier.kind is TierKind.STATE and span.is_moment:
        raise CodingError(_empty(label))
    moved = Change(event, replace(event, span=span))
    return Edit.of(_moving(label, event.span, span), *room(coding, scheme, [moved]), moved)


def set_onset(coding: CodingPass, scheme: Scheme, event: Event, at_us: int) -> Edit:
    """Let an event begin at `at_us`; a point event is moved there. Raises CodingError as `place` does."""
    if event.span.is_moment:
        return place(coding, scheme, event, Span.moment(at_us))
    if at_us >= event.offset_us:
        raise CodingError(_empty(scheme.name_of(event.tier, event.code)))
    return place(coding, scheme, event, Span(at_us, event.offset_us))


def set_offset(coding: CodingPass, scheme: Scheme, event: Event, at_us: int) -> Edit:
    """Let a state end at `at_us`, not included. Raises CodingError as `place` does, and for a point event."""
    label = scheme.name_of(event.tier, event.code)
    if event.span.is_moment:
        raise CodingError(
            Problem(tr("“{code}” is a moment and has no offset.", code=label), hint=tr("Move its onset."))
        )
    if at_us <= event.onset_us:
        raise CodingError(_empty(label))
    return place(coding, scheme, event, Span(event.onset_us, at_us))


def split(scheme: Scheme, event: Event, at_us: int) -> Edit:
    """Cut a state in two of the same code at `at_us`. Raises CodingError if the state does not hold there."""
    refuse_fixed(scheme.tier(event.tier))
    code, name = scheme.code(event.tier, event.code), scheme.name_of(event.tier, event.code)
    if not event.onset_us < at_us < event.offset_us:
        raise CodingError(
            Problem(
                tr("“{code}” cannot be split at {time}.", code=name, time=clock(at_us)),
                hint=tr("Go to a frame inside the state."),
            )
        )
    second = new_event(scheme.tier(event.tier), code, Span(at_us, event.offset_us))
    return Edit.of(
        tr("Split “{code}” at {time}", code=name, time=clock(at_us)),
        Change(event, replace(event, span=Span(event.onset_us, at_us))),
        Change(None, replace(second, modifiers=event.modifiers, certainty=event.certainty)),
    )


def delete(scheme: Scheme, event: Event) -> Edit:
    """Take an event away; in a tier of states this leaves a gap."""
    label = scheme.name_of(event.tier, event.code)
    return Edit.of(tr("Delete “{code}” at {time}", code=label, time=clock(event.onset_us)), Change(event, None))


def delete_filling(coding: CodingPass, scheme: Scheme, event: Event) -> Edit:
    """Take a state away and let the state that ends where it begins fill the gap; joins two states of one code.

    Raises CodingError if the tier is not exclusive or no state ends there.
    """
    label = scheme.name_of(event.tier, event.code)
    before = neighbours(coding, event)[0] if scheme.tier(event.tier).exclusive else None
    if before is None or event.span.is_moment or before.offset_us != event.onset_us:
        raise CodingError(
            Problem(
                tr("No state ends where “{code}” begins, so none can fill its place.", code=label),
                hint=tr("Use Delete."),
            )
        )
    filled = replace(before, span=Span(before.onset_us, event.offset_us))
    return Edit.of(
        tr("Delete “{code}” at {time} and fill the gap", code=label, time=clock(event.onset_us)),
        Change(event, None),
        Change(before, filled),
    )


def recode(scheme: Scheme, event: Event, code_id: str) -> Edit:
    """Give an event another code of its tier; details that the new code does not ask for are dropped.

    Raises CodingError if it has that code already.
    """
    code, name = scheme.code(event.tier, code_id), scheme.name_of(event.tier, code_id)
    if event.code == code_id:
        raise CodingError(Problem(tr("The event is “{code}” already.", code=name)))
    label = tr("Change to “{code}” at {time}", code=name, time=clock(event.onset_us))
    return Edit.of(label, Change(event, recoded(event, code)))


def set_modifier(scheme: Scheme, event: Event, modifier_id: str, value: str | None) -> Edit:
    """Give a modifier a value, or none; several values of a "multi" modifier are joined by commas.

    Raises CodingError if the code has no such modifier, the modifier no such value, or it has it already; and for
    the outcome of a cue, which goes together with the act that answers it (`answering.judge`).
    """
    modifier = _modifier(scheme, event, modifier_id)
    if modifier.judged and modifier.id == OUTCOME:
        what = tr("“{detail}” is judged in the review of answers.", detail=modifier.label)
        raise CodingError(Problem(what, hint=tr("Open the review to judge it.")))
    parts = [] if value is None else value.split(",") if modifier.kind == "multi" else [value]
    for part in parts:
        if not allows(modifier, part):
            what = tr("“{detail}” has no value “{value}”.", detail=modifier.label, value=part)
            raise CodingError(Problem(what, hint=_values(modifier)))
    if (wanted := ",".join(sorted(parts)) or None) == event.modifier(modifier_id):
        raise CodingError(Problem(tr("“{detail}” has this value already.", detail=modifier.label)))
    others = tuple(pair for pair in event.modifiers if pair[0] != modifier_id)
    changed: Modifiers = tuple(sorted((*others, *([(modifier_id, wanted)] if wanted is not None else []))))
    shown = ", ".join(option_label(modifier, part) for part in parts) or tr("nothing")
    code = scheme.name_of(event.tier, event.code)
    words = {"detail": modifier.label, "code": code, "time": clock(event.onset_us), "value": shown}
    label = tr("Set “{detail}” of “{code}” at {time} to {value}", **words)
    return Edit.of(label, Change(event, replace(event, modifiers=changed)))


def toggle_option(scheme: Scheme, event: Event, modifier_id: str, value: str) -> Edit:
    """What an option key does: chooses the value, or takes it back if it is chosen."""
    modifier = _modifier(scheme, event, modifier_id)
    chosen = set((event.modifier(modifier_id) or "").split(",")) - {""}
    after = chosen ^ {value} if modifier.kind == "multi" else set() if chosen == {value} else {value}
    return set_modifier(scheme, event, modifier_id, ",".join(sorted(after)) or None)


def set_note(scheme: Scheme, event: Event, note: str) -> Edit:
    """Write the note of an event. Raises CodingError if it says so already."""
    label = scheme.name_of(event.tier, event.code)
    if note == event.note:
        raise CodingError(Problem(tr("The note says so already.")))
    named = tr("Note on “{code}” at {time}", code=label, time=clock(event.onset_us))
    return Edit.of(named, Change(event, replace(event, note=note)))


def neighbours(coding: CodingPass, event: Event) -> tuple[Event | None, Event | None]:
    """The events right before and after an event of the pass, in the order of its tier."""
    row = coding.row(event.tier)
    at = bisect_left(row, order(event), key=order)
    return (row[at - 1] if at > 0 else None), (row[at + 1] if at + 1 < len(row) else None)


def refuse_fixed(tier: Tier) -> None:
    """Raises CodingError if what is coded in a tier has the span of its interval or segment."""
    if tier.kind is TierKind.RATING:
        what = tr("What is rated in “{tier}” belongs to its segment and cannot be moved.", tier=tier.label)
        raise CodingError(Problem(what, hint=tr("Rate the other segment instead.")))
    if tier.kind not in ON_TIME:
        what = tr("What is coded in “{tier}” belongs to its interval and cannot be moved.", tier=tier.label)
        raise CodingError(Problem(what, hint=tr("Code the other interval instead.")))


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


def _moving(label: str, before: Span, after: Span) -> str:
    if before.end_us == after.end_us:
        return tr("Onset of “{code}” to {time}", code=label, time=clock(after.start_us))
    if before.start_us == after.start_us:
        return tr("Offset of “{code}” to {time}", code=label, time=clock(after.end_us))
    return tr("Move “{code}” to {time}", code=label, time=clock(after.start_us))


def _modifier(scheme: Scheme, event: Event, modifier_id: str) -> Modifier:
    code = scheme.code(event.tier, event.code)
    for modifier in code.modifiers:
        if modifier.id == modifier_id:
            return modifier
    name = scheme.name_of(event.tier, event.code)
    raise CodingError(Problem(tr("“{code}” does not ask for “{detail}”.", code=name, detail=modifier_id)))


def _values(modifier: Modifier) -> str:
    if modifier.kind == "number":
        return tr("Give a whole number from {low} to {high}.", low=modifier.low, high=modifier.high)
    return tr("Choose from {values}.", values=", ".join(option.label for option in modifier.options))


def _empty(label: str) -> Problem:
    return Problem(
        tr("“{code}” would end before it begins.", code=label), hint=tr("Its offset must come after its onset.")
    )
