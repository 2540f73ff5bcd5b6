"""Ratings: every item of a rating tier gets a number of the scale, or “not to be rated”, for a whole segment.

A rating is an event over its segment with the modifier `RATING`; its reason is the note. Pure functions; what
cannot be done raises `CodingError`.
"""

from bisect import bisect_left
from dataclasses import replace

from coder.annotate.amend import allows
from coder.annotate.intervals import intervals_of
from coder.annotate.strokes import new_event
from coder.language import tr
from coder.model.coding import CodingPass, Event
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import NOT_RATED, RATING, Code, Modifier, Scheme, Tier
from coder.model.time import Span


def segments(coding: CodingPass, tier: Tier) -> tuple[Span, ...]:
    """The stretches that are rated, in order of time.

    Those that the tier asks for, and those of ratings that are there. A tier that asks for no length
    (`every_us` 0) is rated over the whole window, unless there are ratings: then their segments are the only
    ones.
    """
    rated = {event.span for event in coding.row(tier.id)}
    asked = set(intervals_of(tier, coding.window)) if tier.every_us or not rated else set()
    return tuple(sorted(rated | asked))


def in_segment(coding: CodingPass, tier: Tier, segment: Span) -> tuple[Event, ...]:
    """The ratings of exactly this segment."""
    row, place = coding.row(tier.id), (segment.start_us, segment.end_us)
    first = at = bisect_left(row, place, key=lambda event: (event.span.start_us, event.span.end_us))
    while at < len(row) and row[at].span == segment:
        at += 1
    return row[first:at]


def rating_of(coding: CodingPass, tier: Tier, code_id: str, segment: Span) -> Event | None:
    """The rating of an item in a segment, if it has one."""
    return next((event for event in in_segment(coding, tier, segment) if event.code == code_id), None)


def unrated(coding: CodingPass, tier: Tier, segment: Span) -> tuple[Code, ...]:
    """The items that have no rating in a segment, in the order of the scheme."""
    if tier.scale is None:
        return ()
    rated = {event.code for event in in_segment(coding, tier, segment)}
    return tuple(code for code in tier.codes if code.id not in rated)


def wants_reason(tier: Tier, event: Event) -> bool:
    """True if a rating needs a reason and has none."""
    reasons = tier.scale.reasons_for if tier.scale is not None else ()
    return event.modifier(RATING) in {str(number) for number in reasons} and not event.note.strip()


def rate(coding: CodingPass, scheme: Scheme, tier_id: str, code_id: str, segment: Span, value: str | None) -> Edit:
    """Rate an item for a segment, or change its rating; None takes the rating away, with its reason.

    value: a number of the scale as text, or `NOT_RATED`. Raises CodingError if the scale has no such rating, if
    the item has it already, or has none to take away.
    """
    tier, code, name = scheme.tier(tier_id), scheme.code(tier_id, code_id), scheme.name_of(tier_id, code_id)
    held = rating_of(coding, tier, code_id, segment)
    if value is None:
        if held is None:
            raise CodingError(Problem(tr("“{item}” is not rated.", item=name)))
        return Edit.of(tr("Take back the rating of “{item}”", item=name), Change(held, None))
    modifier = next((one for one in code.modifiers if one.id == RATING), None)
    if modifier is None or not allows(modifier, value):
        raise CodingError(_no_such(tier, modifier, value))
    shown = tier.scale.na if tier.scale is not None and value == NOT_RATED else value
    if held is not None and held.modifier(RATING) == value:
        raise CodingError(Problem(tr("“{item}” is rated {rating} already.", item=name, rating=shown)))
    label = tr("Rate “{item}”: {rating}", item=name, rating=shown)
    if held is None:
        rated = replace(new_event(tier, code, segment), modifiers=((RATING, value),))
        return Edit.of(label, Change(None, rated))
    others = tuple(pair for pair in held.modifiers if pair[0] != RATING)
    return Edit.of(label, Change(held, replace(held, modifiers=tuple(sorted((*others, (RATING, value)))))))


def give_reason(scheme: Scheme, event: Event, text: str) -> Edit:
    """Write the reason for a rating; an empty one takes it away. Raises CodingError if it says so already."""
    item = scheme.name_of(event.tier, event.code)
    if text.strip() == event.note:
        raise CodingError(Problem(tr("The reason says so already.")))
    label = tr("Reason for the rating of “{item}”", item=item)
    return Edit.of(label, Change(event, replace(event, note=text.strip())))


def _no_such(tier: Tier, modifier: Modifier | None, value: str) -> Problem:
    if modifier is None or tier.scale is None:
        return Problem(tr("“{tier}” has no scale.", tier=tier.label))
    what = tr("{rating} is no rating of “{tier}”.", rating=value, tier=tier.label)
    hint = tr("Ratings are whole numbers from {low} to {high}.", low=tier.scale.low, high=tier.scale.high)
    return Problem(what, hint=hint)
