"""What no edit may break, and what a finished pass should not contain.

`broken` looks only at the places an edit touched: its cost does not grow with the pass. `review` reads the whole
pass before it is submitted; `live` keeps its findings up to date while coding.
"""

from bisect import bisect_left
from collections.abc import Iterator

from coder.annotate.answering import broken_links
from coder.annotate.findings import Finding, findings_at, places
from coder.annotate.intervals import intervals_of
from coder.annotate.linked import Linked
from coder.language import tr
from coder.model.coding import CodingPass, Event, order
from coder.model.edit import Edit
from coder.model.problem import Problem
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.time import clock


def broken(after: CodingPass, scheme: Scheme, edit: Edit, linked: Linked) -> list[Problem]:
    """What is wrong with the events that `edit` made, seen in the pass `after` it. Empty: all is well.

    linked: of that pass, or of the one before the edit.
    """
    made = (change.after for change in edit.changes)
    found = [problem for event in made if event is not None for problem in _faults(after, scheme, event)]
    return found or list(broken_links(after, scheme, linked, edit))


def review(coding: CodingPass, scheme: Scheme) -> list[Finding]:
    """What a coder should look at before submitting, tier by tier in the order of time."""
    return [
        finding
        for tier in scheme.tiers
        for place in places(coding, tier)
        for finding in findings_at(coding, scheme, tier, place)
    ]


def _faults(coding: CodingPass, scheme: Scheme, event: Event) -> Iterator[Problem]:
    where = clock(event.onset_us)
    if not scheme.has_tier(event.tier):
        yield Problem(tr("The scheme has no tier “{tier}”.", tier=event.tier), where)
        return
    tier = scheme.tier(event.tier)
    if all(code.id != event.code for code in tier.codes):
        yield Problem(tr("The tier “{tier}” has no code “{code}”.", tier=tier.label, code=event.code), where)
        return
    label, name, window = tier.code(event.code).label, scheme.name_of(tier.id, event.code), coding.window
    if event.onset_us < window.start_us or event.offset_us > window.end_us or event.onset_us == window.end_us:
        yield Problem(tr("“{code}” would leave the coded window.", code=name), where)
    if tier.kind is TierKind.POINT and not event.span.is_moment:
        yield Problem(tr("“{code}” is a moment and cannot last.", code=name), where)
    if tier.kind is not TierKind.POINT and event.span.is_moment:
        yield Problem(tr("“{code}” would end where it begins.", code=name), where)
    if any(other.span.overlaps(event.span) for other in _rivals(coding, tier, event)):
        what = tr("“{code}” would overlap another event of “{tier}”.", code=label, tier=tier.label)
        yield Problem(what, where)
    if tier.kind is TierKind.INTERVAL and intervals_of(tier, window).of(event.span) is None:
        what = tr("“{code}” would not lie on an interval of “{tier}”.", code=label, tier=tier.label)
        yield Problem(what, where, tr("Code the interval in question instead."))


def _rivals(coding: CodingPass, tier: Tier, event: Event) -> Iterator[Event]:
    """The nearest events, before and after, that must not share time with `event`; of moments, at its time."""
    row = coding.row(tier.id)
    at = bisect_left(row, order(event), key=order)
    for step in (-1, 1):
        for near in range(at + step, len(row) if step > 0 else -1, step):
            if tier.kind is TierKind.POINT and row[near].onset_us != event.onset_us:
                break
            if tier.exclusive or row[near].code == event.code:
                yield row[near]
                break
