"""What a coder should look at before submitting, place by place.

A tier falls into places: one for each event, which holds what is wrong with it and with the stretch before it,
and one for the end of the tier; a rating tier has one for each segment. An edit touches few of them, so that
what an edit changes is found by reading those alone; `review` reads them all.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from coder.annotate.amend import allows
from coder.annotate.answering import act_of, cues_near, faults
from coder.annotate.intervals import intervals_of
from coder.annotate.ratings import in_segment, segments, unrated, wants_reason
from coder.annotate.settle import near, neighbourhood
from coder.annotate.unsettled import unsettled
from coder.language import plural, tr
from coder.model.coding import CodingPass, Event, order
from coder.model.edit import Change
from coder.model.problem import Problem
from coder.model.scheme import RATING, Scheme, Tier, TierKind
from coder.model.time import Span, clock, seconds_text

Place = tuple[int, int, str]
"""Where findings belong in their tier; places sort by time. `order` of an event, or a segment with no id."""

END: Place = (2**63, 2**63, "")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a coder should look at, with its place. hinders: the pass cannot be submitted like this.

    event: the event it is about; None for a stretch without one. code: the item that was not rated, if it is that.
    settles: a rule of the scheme mends it; see `settle_one`.
    """

    problem: Problem
    tier: str
    span: Span
    event: Event | None = None
    hinders: bool = False
    code: str = ""
    settles: bool = False


def places(coding: CodingPass, tier: Tier) -> Iterator[Place]:
    """All places of a tier, in order of time."""
    if tier.kind is TierKind.RATING:
        yield from (_segment_place(segment) for segment in segments(coding, tier))
        return
    yield from map(order, coding.row(tier.id))
    yield END


def touched(after: CodingPass, tier: Tier, changes: Iterable[Change]) -> set[Place]:
    """The places that changes may have changed, in the pass `after` them; some may be gone."""
    found: set[Place] = set()
    for change in changes:
        for event in (change.before, change.after):
            if event is None or event.tier != tier.id:
                continue
            if tier.kind is TierKind.RATING:
                found |= {_segment_place(event.span), _segment_place(after.window)}
            else:
                found |= {order(event), *_following(after, tier, event), *_settled_with(after, tier, event)}
    return found


def cues_touched(after: CodingPass, scheme: Scheme, changes: Iterable[Change]) -> dict[str, set[Place]]:
    """Tier -> the places of cues whose answers changes may have changed, in the pass `after` them."""
    found: dict[str, set[Place]] = {}
    sides = [event for change in changes for event in (change.before, change.after) if event is not None]
    for link in scheme.links:
        acts = [event for event in sides if event.tier == link.acts]
        acts += [act for cue in sides if cue.tier == link.cues and (act := act_of(after, link, cue)) is not None]
        near = (cue for act in acts for cue in cues_near(after, scheme, link, act))
        found[link.cues] = {order(cue) for cue in near}
    return found


def findings_at(coding: CodingPass, scheme: Scheme, tier: Tier, place: Place) -> list[Finding]:
    """What is to be said at one place; [] if all is well, or if the place is gone."""
    if tier.kind is TierKind.RATING:
        segment = Span(place[0], place[1])
        return list(_segment_findings(coding, scheme, tier, segment)) if _is_segment(coding, tier, segment) else []
    row = coding.row(tier.id)
    at = bisect_left(row, place, key=order)
    if place != END and (at == len(row) or order(row[at]) != place):
        return []
    return list(_stretch_findings(coding, tier, at)) + (
        list(_event_findings(coding, scheme, tier, at)) if at < len(row) else []
    )


def _following(after: CodingPass, tier: Tier, event: Event) -> Iterator[Place]:
    """The places behind an event whose findings depend on it.

    That is the next event, or the end; in a tier whose states may overlap, the next event of its code as well.
    """
    row = after.row(tier.id)
    at = bisect_right(row, order(event), key=order)
    yield order(row[at]) if at < len(row) else END
    if not tier.exclusive:
        yield from (order(row[next_at]) for next_at in islice(_same(row, tier, event, range(at, len(row))), 1))


def _settled_with(after: CodingPass, tier: Tier, event: Event) -> Iterator[Place]:
    """The places around an event at which the scheme's rules may now say something else."""
    if tier.kind is TierKind.STATE and any(code.absorb_us for code in tier.codes):
        row = after.row(tier.id)
        first, last = neighbourhood(row, tier, bisect_left(row, order(event), key=order))
        yield from map(order, row[first:last])


def _same(row: Sequence[Event], tier: Tier, event: Event, numbers: Iterable[int]) -> Iterator[int]:
    """Of these events of a row, those that have the code of `event`; of moments, those of the same time."""
    if tier.kind is TierKind.POINT:
        numbers = takewhile(lambda number: row[number].onset_us == event.onset_us, numbers)
    return (number for number in numbers if row[number].code == event.code)


def _segment_place(segment: Span) -> Place:
    return segment.start_us, segment.end_us, ""


def _is_segment(coding: CodingPass, tier: Tier, segment: Span) -> bool:
    if in_segment(coding, tier, segment):
        return True
    if tier.every_us == 0:
        return segment == coding.window and not coding.row(tier.id)
    return intervals_of(tier, coding.window).of(segment) is not None


def _segment_findings(coding: CodingPass, scheme: Scheme, tier: Tier, segment: Span) -> Iterator[Finding]:
    place = {code.id: number for number, code in enumerate(tier.codes)}
    for event in sorted(in_segment(coding, tier, segment), key=lambda event: place[event.code]):
        yield from _detail_findings(scheme, tier, event)
    for code in unrated(coding, tier, segment):
        what = tr("“{item}” is not rated.", item=scheme.name_of(tier.id, code.id))
        yield _finding(tier, segment, what, tr("Rate it."), hinders=True, code=code.id)


def _stretch_findings(coding: CodingPass, tier: Tier, at: int) -> Iterator[Finding]:
    """What is wrong with the stretch before event number `at` of a tier, or before the end."""
    if not (tier.exclusive and tier.exhaustive):
        return
    row, window = coding.row(tier.id), coding.window
    start_us = row[at - 1].offset_us if at > 0 else window.start_us
    end_us = row[at].onset_us if at < len(row) else window.end_us
    if start_us >= end_us:
        return
    if tier.kind is TierKind.STATE:
        gap = Span(start_us, end_us)
        if at == len(row) or not near(coding, tier, at).takes(gap):
            yield _gap_finding(tier, gap)
    elif tier.kind is TierKind.INTERVAL:
        grid = intervals_of(tier, window)
        uncoded = range(grid.first_after(start_us), grid.ended_by(end_us))
        if uncoded:
            stretch = Span(grid[uncoded[0]].start_us, grid[uncoded[-1]].end_us)
            yield _uncoded_finding(tier, stretch, len(uncoded))


def _gap_finding(tier: Tier, gap: Span) -> Finding:
    length = seconds_text(gap.duration_us)
    if tier.default is None:
        what = tr("“{tier}” is not coded for {length}.", tier=tier.label, length=length)
        return _finding(tier, gap, what, tr("Code the gap: this tier must not have any."), hinders=True)
    what = tr(
        "“{tier}” is not coded for {length} and will be filled with “{code}”.",
        tier=tier.label,
        length=length,
        code=tier.code(tier.default).label,
    )
    return _finding(tier, gap, what, tr("Code the gap if that is not what you saw."), settles=True)


def _uncoded_finding(tier: Tier, stretch: Span, count: int) -> Finding:
    if tier.default is None:
        what = plural(
            "{count} interval of “{tier}” has no code.",
            "{count} intervals of “{tier}” in a row have no code.",
            count,
            tier=tier.label,
        )
        return _finding(tier, stretch, what, tr("Give each a code."), hinders=True)
    what = plural(
        "{count} interval of “{tier}” has no code and will count as “{code}”.",
        "{count} intervals of “{tier}” in a row have no code and will count as “{code}”.",
        count,
        tier=tier.label,
        code=tier.code(tier.default).label,
    )
    return _finding(tier, stretch, what, tr("Code them if that is not what you saw."), settles=True)


def _event_findings(coding: CodingPass, scheme: Scheme, tier: Tier, at: int) -> Iterator[Finding]:
    row = coding.row(tier.id)
    event, code, name = row[at], tier.code(row[at].code), scheme.name_of(tier.id, row[at].code)
    before = row[at - 1] if at > 0 else None
    earlier = (row[number] for number in _same(row, tier, event, range(at - 1, -1, -1)))
    rival = before if tier.exclusive else next(earlier, None)
    if rival is not None and rival.span.overlaps(event.span):
        what = tr("“{code}” overlaps “{other}”.", code=name, other=tier.code(rival.code).label)
        yield _finding(tier, event.span, what, tr("Only one of them can hold."), event, hinders=True)
    if tier.kind is TierKind.INTERVAL and intervals_of(tier, coding.window).of(event.span) is None:
        what = tr("“{code}” does not lie on an interval of “{tier}”.", code=code.label, tier=tier.label)
        hint = tr("Delete it, and code the interval in question.")
        yield _finding(tier, event.span, what, hint, event, hinders=True)
    if tier.kind is TierKind.STATE:
        for one in unsettled(coding, scheme, tier, at):
            yield _finding(tier, one.span, one.what, one.hint, one.event, hinders=one.hinders, settles=True)
    yield from _detail_findings(scheme, tier, event)
    for fault in faults(coding, scheme, event):
        yield _finding(tier, event.span, fault.what, fault.hint, event, hinders=fault.hinders)
    if tier.kind is TierKind.STATE and tier.exclusive and before is not None:
        same = (before.code, before.modifiers) == (event.code, event.modifiers)
        if same and before.offset_us == event.onset_us:
            what = tr("Two states of “{code}” follow each other without a change.", code=name)
            hint = tr("Join them: delete the second and let the first fill the gap.")
            yield _finding(tier, event.span, what, hint, event)


def _detail_findings(scheme: Scheme, tier: Tier, event: Event) -> Iterator[Finding]:
    """Details and reasons that are missing, and details with values that they cannot have."""
    name = scheme.name_of(tier.id, event.code)
    if wants_reason(tier, event):
        rating = event.modifier(RATING)
        what = tr("“{item}” is rated {rating} without a reason.", item=name, rating=rating)
        yield _finding(tier, event.span, what, tr("Write the reason into its note."), event, hinders=True)
    for modifier in tier.code(event.code).modifiers:
        value = event.modifier(modifier.id)
        if value is None and modifier.required and not modifier.judged:
            what = tr("“{code}” lacks “{detail}”.", code=name, detail=modifier.label)
            hint = tr("Select the event and choose a value.")
            yield _finding(tier, event.span, what, hint, event, hinders=True)
        parts = [] if value is None else value.split(",") if modifier.kind == "multi" else [value]
        for part in parts:
            if not allows(modifier, part):
                what = tr(
                    "“{detail}” of “{code}” has the unknown value “{value}”.",
                    detail=modifier.label,
                    code=name,
                    value=part,
                )
                yield _finding(tier, event.span, what, tr("Choose one of its values."), event, hinders=True)


def _finding(
    tier: Tier,
    span: Span,
    what: str,
    hint: str,
    event: Event | None = None,
    *,
    hinders: bool = False,
    code: str = "",
    settles: bool = False,
) -> Finding:
    return Finding(Problem(what, clock(span.start_us), hint), tier.id, span, event, hinders, code, settles)
