"""What a stroke does: a code key, pressed while a frame is on the screen, becomes an `Edit`.

A stroke is stamped with `at_us`, the session time at which the frame on the screen begins. A state that is ended
at a frame holds up to that frame and not in it. No event is ever half open: a new state lasts to a known end from
its first moment, so a crash leaves nothing dangling. Pure functions; what cannot be done raises `CodingError`.
"""

from bisect import bisect_right
from dataclasses import replace
from uuid import uuid4

from coder.model.coding import CodingPass, Event
from coder.model.edit import Change, Edit, EditKind
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Code, Scheme, Tier, TierKind
from coder.model.time import Span, clock


def code(coding: CodingPass, scheme: Scheme, tier_id: str, code_id: str, at_us: int) -> Edit:
    """The edit that the key of a code makes at the frame that begins at `at_us`.

    Exclusive states: the state that holds is cut, the new one lasts to where the cut one ended; in a gap it lasts
    to the next onset of the tier or to the end of the coded window. Exactly at an onset the code of that state is
    changed. The code that holds already is ended, unless its tier must not have gaps. States that may overlap are
    switched on and off, each code for itself. A point event is one moment.

    Raises CodingError if the moment lies outside the coded window or the stroke would change nothing.
    """
    tier, chosen = scheme.tier(tier_id), scheme.code(tier_id, code_id)
    if not coding.window.contains(at_us):
        raise CodingError(outside_window(coding, at_us))
    if tier.kind is TierKind.POINT:
        return _mark(coding, tier, chosen, at_us)
    if tier.kind is TierKind.STATE:
        return _switch(coding, tier, chosen, at_us) if tier.exclusive else _toggle(coding, tier, chosen, at_us)
    raise CodingError(Problem(f"“{tier.label}” is not coded on the timeline."))


def subject(edit: Edit) -> Event | None:
    """The event that an edit is about, as it is after the edit; None if the edit took it away."""
    return (edit.changes[0] if edit.kind is EditKind.UNDO else edit.changes[-1]).after


def new_event(tier: Tier, chosen: Code, span: Span) -> Event:
    """A fresh event with an id of its own."""
    return Event(str(uuid4()), tier.id, chosen.id, span)


def outside_window(coding: CodingPass, at_us: int) -> Problem:
    """Says that a moment cannot be coded, and where coding is possible."""
    window = coding.window
    return Problem(
        f"{clock(at_us)} lies outside the coded window.",
        hint=f"Go to a frame from {clock(window.start_us)} up to {clock(window.end_us)}.",
    )


def _label(chosen: Code, at_us: int) -> str:
    return f"Code “{chosen.label}” at {clock(at_us)}"


def _mark(coding: CodingPass, tier: Tier, chosen: Code, at_us: int) -> Edit:
    here = [event for event in coding.within(tier.id, Span.moment(at_us)) if event.onset_us == at_us]
    if any(event.code == chosen.id for event in here):
        raise CodingError(_already(chosen))
    if here and tier.exclusive:
        return Edit.of(_label(chosen, at_us), Change(here[0], recoded(here[0], chosen)))
    return Edit.of(_label(chosen, at_us), Change(None, new_event(tier, chosen, Span.moment(at_us))))


def _switch(coding: CodingPass, tier: Tier, chosen: Code, at_us: int) -> Edit:
    held = coding.state_at(tier.id, at_us)
    if held is None:
        following = coding.following(tier.id, at_us)
        end_us = following.onset_us if following else coding.window.end_us
        return Edit.of(_label(chosen, at_us), Change(None, new_event(tier, chosen, Span(at_us, end_us))))
    if held.code == chosen.id:
        return _end(tier, chosen, held, at_us)
    if held.onset_us == at_us:
        return Edit.of(_label(chosen, at_us), Change(held, recoded(held, chosen)))
    return Edit.of(
        _label(chosen, at_us),
        Change(held, replace(held, span=Span(held.onset_us, at_us))),
        Change(None, new_event(tier, chosen, Span(at_us, held.offset_us))),
    )


def _toggle(coding: CodingPass, tier: Tier, chosen: Code, at_us: int) -> Edit:
    row = coding.row(tier.id)
    at = bisect_right(row, at_us, key=lambda event: event.onset_us)
    before = (row[i] for i in range(at - 1, -1, -1))
    after = (row[i] for i in range(at, len(row)))
    held = next((event for event in before if event.code == chosen.id), None)
    if held is not None and held.span.contains(at_us):
        return _end(tier, chosen, held, at_us)
    following = next((event for event in after if event.code == chosen.id), None)
    end_us = following.onset_us if following else coding.window.end_us
    return Edit.of(_label(chosen, at_us), Change(None, new_event(tier, chosen, Span(at_us, end_us))))


def _end(tier: Tier, chosen: Code, held: Event, at_us: int) -> Edit:
    if held.onset_us == at_us:
        raise CodingError(_already(chosen))
    if tier.exclusive and tier.exhaustive:
        raise CodingError(
            Problem(
                f"“{chosen.label}” holds already, and “{tier.label}” must not have gaps.",
                hint="Press the key of the code that holds instead.",
            )
        )
    ended = replace(held, span=Span(held.onset_us, at_us))
    return Edit.of(f"End “{chosen.label}” at {clock(at_us)}", Change(held, ended))


def _already(chosen: Code) -> Problem:
    return Problem(f"“{chosen.label}” begins at this very frame already.", hint="Delete takes the event away.")


def recoded(event: Event, chosen: Code) -> Event:
    """The event under another code, with those of its modifiers that the code has, too."""
    known = {modifier.id for modifier in chosen.modifiers}
    kept = tuple(pair for pair in event.modifiers if pair[0] in known)
    return replace(event, code=chosen.id, modifiers=kept)
