"""Finding the event that the arrow keys select. Free of Qt."""

from bisect import bisect_right

from coder.annotate.amend import neighbours
from coder.annotate.view.layout import timeline_tiers
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Scheme


def nearest(coding: CodingPass, tier: str, at_us: int) -> Event | None:
    """The last event of a tier that begins at or before a moment, else the first one."""
    row = coding.row(tier)
    at = bisect_right(row, at_us, key=lambda event: event.onset_us)
    return row[max(at - 1, 0)] if row else None


def beside(coding: CodingPass, scheme: Scheme, selected: Event | None, at_us: int, step: int) -> Event | None:
    """The event before (step -1) or after (1) the selected one; without one, that nearest to a moment."""
    if selected is not None and coding.holds(selected):
        return neighbours(coding, selected)[0 if step < 0 else 1] or selected
    found = [event for tier in timeline_tiers(scheme) if (event := nearest(coding, tier.id, at_us))]
    return min(found, key=lambda event: abs(event.onset_us - at_us), default=None)


def across(coding: CodingPass, scheme: Scheme, selected: Event | None, at_us: int, step: int) -> Event | None:
    """The event in the tier above (step -1) or below (1) that is nearest in time to the selected one."""
    if selected is None:
        return beside(coding, scheme, None, at_us, 1)
    tiers = [tier.id for tier in timeline_tiers(scheme)]
    at = tiers.index(selected.tier) + step
    while 0 <= at < len(tiers):
        found = nearest(coding, tiers[at], selected.onset_us)
        if found is not None:
            return found
        at += step
    return selected
