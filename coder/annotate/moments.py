"""Evidence moments: stretches of a segment that justify a rating, kept with it.

A coder knows that something was telling when it has been seen. One key therefore marks what came last, up to the
frame on the screen, and exactly the loop where one was set. Pure functions; what cannot be done raises
`CodingError`.
"""

from dataclasses import replace

from coder.annotate.ratings import rating_of
from coder.language import tr
from coder.model.coding import CodingPass, Event
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme
from coder.model.time import Span, clock

MOST = 20
"""So many moments a rating can have: more would be a second coding of the segment."""


def just_seen(frame: Span, before_us: int, loop: Span | None) -> Span:
    """The stretch that one key marks. frame: the one on the screen; before_us: how much comes with it."""
    return loop if loop is not None else Span(min(frame.end_us - before_us, frame.start_us), frame.end_us)


def add_moment(coding: CodingPass, scheme: Scheme, tier_id: str, code_id: str, segment: Span, seen: Span) -> Edit:
    """Attach what lies of `seen` in the segment to the rating of an item.

    Raises CodingError if the item is not rated there, if nothing lies in the segment, if the rating has this
    moment already, or as many as it can have.
    """
    tier, item = scheme.tier(tier_id), scheme.name_of(tier_id, code_id)
    rating = rating_of(coding, tier, code_id, segment)
    if rating is None:
        what = tr("“{item}” is not rated, so it cannot have evidence yet.", item=item)
        raise CodingError(Problem(what, hint=tr("Rate it first.")))
    moment = seen.intersection(segment)
    if moment is None:
        what = tr("What is on the screen lies outside the segment that is rated.")
        raise CodingError(Problem(what, clock(seen.start_us), tr("Go to a frame of the segment.")))
    if moment in rating.moments:
        raise CodingError(Problem(tr("“{item}” has this moment already.", item=item), clock(moment.start_us)))
    if len(rating.moments) >= MOST:
        what = tr("“{item}” has {most} moments, and no rating can have more.", item=item, most=MOST)
        raise CodingError(Problem(what, hint=tr("Take one away first.")))
    moments = tuple(sorted((*rating.moments, moment)))
    start, end = clock(moment.start_us), clock(moment.end_us)
    label = tr("Evidence for “{item}”: {start} to {end}", item=item, start=start, end=end)
    return Edit.of(label, Change(rating, replace(rating, moments=moments)))


def remove_moment(scheme: Scheme, rating: Event, moment: Span) -> Edit:
    """Take a moment from a rating. Raises CodingError if it does not have it."""
    item = scheme.name_of(rating.tier, rating.code)
    if moment not in rating.moments:
        raise CodingError(Problem(tr("“{item}” does not have this moment.", item=item), clock(moment.start_us)))
    label = tr("Take evidence from “{item}”: {start}", item=item, start=clock(moment.start_us))
    kept = tuple(one for one in rating.moments if one != moment)
    return Edit.of(label, Change(rating, replace(rating, moments=kept)))
