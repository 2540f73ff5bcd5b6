"""Finding events and boundaries: those that keys select, and those that keys go to. Free of Qt.

All of it looks into sorted rows: no press costs more in a pass of 20,000 events than in one of 20.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence
from operator import attrgetter

from coder.annotate.amend import neighbours
from coder.annotate.view.layout import timeline_tiers
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Scheme


def nearest(coding: CodingPass, tier: str, at_us: int) -> Event | None:
    """The last event of a tier that begins at or before a moment, else the first one."""
    row = coding.row(tier)
    at = bisect_right(row, at_us, key=_onset)
    return row[max(at - 1, 0)] if row else None


def beside(
    coding: CodingPass, scheme: Scheme, selected: Event | None, at_us: int, step: int, in_play: Container[str]
) -> Event | None:
    """The event before (step -1) or after (1) the selected one; without one, that nearest to a moment."""
    if selected is not None and coding.holds(selected):
        return neighbours(coding, selected)[0 if step < 0 else 1] or selected
    tiers = [tier.id for tier in timeline_tiers(scheme) if tier.id in in_play]
    found = [event for tier in tiers if (event := nearest(coding, tier, at_us))]
    return min(found, key=lambda event: abs(event.onset_us - at_us), default=None)


def across(
    coding: CodingPass, scheme: Scheme, selected: Event | None, at_us: int, step: int, in_play: Container[str]
) -> Event | None:
    """The event in the tier above (step -1) or below (1) that is nearest in time to the selected one."""
    if selected is None:
        return beside(coding, scheme, None, at_us, 1, in_play)
    tiers = [tier.id for tier in timeline_tiers(scheme) if tier.id in in_play or tier.id == selected.tier]
    if selected.tier not in tiers:
        return beside(coding, scheme, None, at_us, 1, in_play)
    at = tiers.index(selected.tier) + step
    while 0 <= at < len(tiers):
        found = nearest(coding, tiers[at], selected.onset_us)
        if found is not None:
            return found
        at += step
    return selected


def event_before(rows: Iterable[Sequence[Event]], at_us: int) -> Event | None:
    """The last event that begins before a moment."""
    found = [row[at - 1] for row in rows if (at := bisect_left(row, at_us, key=_onset)) > 0]
    return max(found, key=_onset, default=None)


def event_from(rows: Iterable[Sequence[Event]], at_us: int) -> Event | None:
    """The first event that begins at a moment or later."""
    found = [row[at] for row in rows if (at := bisect_left(row, at_us, key=_onset)) < len(row)]
    return min(found, key=_onset, default=None)


def boundary_before(rows: Iterable[Sequence[Event]], at_us: int) -> int | None:
    """The last onset or offset before a moment. rows: each of events that do not overlap, in order."""
    found = [
        key(row[at - 1])
        for row in rows
        for key in (_onset, _offset)
        if (at := bisect_left(row, at_us, key=key)) > 0
    ]
    return max(found, default=None)


def boundary_from(rows: Iterable[Sequence[Event]], at_us: int) -> int | None:
    """The first onset or offset at a moment or later. rows: as for `boundary_before`."""
    found = [
        key(row[at])
        for row in rows
        for key in (_onset, _offset)
        if (at := bisect_left(row, at_us, key=key)) < len(row)
    ]
    return min(found, default=None)


_onset, _offset = attrgetter("span.start_us"), attrgetter("span.end_us")
