"""Room in an exclusive tier: what becomes of the other states when some are moved, come or go.

A neighbour that touches a moved event follows its edge, so that the boundary of two states stays one boundary;
one that is overlapped is cut, one that surrounds an event is divided. None is ever swallowed: then it is refused.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from uuid import uuid4

from coder.language import tr
from coder.model.coding import CodingPass, Event, order
from coder.model.edit import Change
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.time import Span, clock


def room(coding: CodingPass, scheme: Scheme, moved: Sequence[Change]) -> list[Change]:
    """What the other states of exclusive tiers must do so that these changes can be made.

    Only an event that stays in its tier takes the neighbours that touch it along. Where states may overlap, and
    among moments, nobody makes room. Raises CodingError if a state would be swallowed or two would overlap. The
    cost grows with the number of changes and of their neighbours, not with the pass.
    """
    tiers = dict.fromkeys(change.after.tier for change in moved if change.after is not None)
    return [one for tier in tiers for one in _tier_room(coding, scheme, scheme.tier(tier), moved)]


def swallowed(scheme: Scheme, event: Event) -> Problem:
    """Says that an event would vanish under another one."""
    label = scheme.name_of(event.tier, event.code)
    return Problem(
        tr("This would cover all of “{code}” at {time}.", code=label, time=clock(event.onset_us)),
        hint=tr("Delete that event first."),
    )


def _tier_room(coding: CodingPass, scheme: Scheme, tier: Tier, moved: Sequence[Change]) -> Iterator[Change]:
    if tier.kind is not TierKind.STATE or not tier.exclusive:
        return
    made = sorted((one.after for one in moved if one.after is not None and one.after.tier == tier.id), key=order)
    begins, ends = _followed(tier, moved)
    standing = _near(coding, tier, moved)
    placed: list[tuple[Span, Event]] = [(event.span, event) for event in made]
    for one in standing:
        start, end = begins.get(one.onset_us, one.onset_us), ends.get(one.offset_us, one.offset_us)
        pieces = _left_over(start, end, made)
        if not pieces:
            raise CodingError(swallowed(scheme, one))
        placed += [(piece, one) for piece in pieces]
        if pieces[0] != one.span:
            yield Change(one, replace(one, span=pieces[0]))
        for piece in pieces[1:]:
            yield Change(None, replace(one, id=str(uuid4()), span=piece, note=""))
    kept = {one.id for one in standing}
    for (span, event), (after, other) in pairwise(sorted(placed, key=lambda each: each[0])):
        if span.end_us > after.start_us:
            raise CodingError(swallowed(scheme, other if other.id in kept else event))


def _followed(tier: Tier, moved: Sequence[Change]) -> tuple[dict[int, int], dict[int, int]]:
    """Where a neighbour that begins, or ends, at an edge of a moved event begins, or ends, afterwards."""
    begins, ends = {}, {}
    for one in moved:
        if one.before is not None and one.after is not None and one.before.tier == one.after.tier == tier.id:
            begins[one.before.offset_us] = one.after.offset_us
            ends[one.before.onset_us] = one.after.onset_us
    return begins, ends


def _near(coding: CodingPass, tier: Tier, moved: Sequence[Change]) -> list[Event]:
    """The states that stand where a change takes place, without those that are changed."""
    row, changed = coding.row(tier.id), {one.before.id for one in moved if one.before is not None}
    found: dict[str, Event] = {}
    for one in moved:
        spans = [event.span for event in (one.before, one.after) if event is not None and event.tier == tier.id]
        if not spans or one.after is None:
            continue
        last_us = max(span.end_us for span in spans)
        at = bisect_left(row, min(span.start_us for span in spans), key=lambda event: event.offset_us)
        while at < len(row) and row[at].onset_us <= last_us:
            if row[at].id not in changed:
                found[row[at].id] = row[at]
            at += 1
    return list(found.values())


def _left_over(start_us: int, end_us: int, made: Sequence[Event]) -> list[Span]:
    """What is left of a stretch where these events, in order and apart from each other, take their place."""
    pieces = []
    at = bisect_right(made, start_us, key=lambda event: event.offset_us)
    while at < len(made) and made[at].onset_us < end_us:
        if made[at].onset_us > start_us:
            pieces.append(Span(start_us, made[at].onset_us))
        start_us = made[at].offset_us
        at += 1
    return [*pieces, Span(start_us, end_us)] if start_us < end_us else pieces
