"""The scheme's rules, applied: to one place that a finding is about, or to the whole pass in one edit.

What the rules are stands in `coder.model.settling`. While coding they are read near a place alone: up to
`FAR` events to each side, and no further than a state or gap that is too long to be absorbed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coder.annotate.amend import delete_filling
from coder.annotate.intervals import intervals_of
from coder.annotate.strokes import new_event
from coder.language import plural, tr
from coder.model.codable import gaps
from coder.model.coding import CodingPass, Event, order
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.settling import Interruption, Settled, settled
from coder.model.time import Span, clock

FAR = 5


@dataclass(frozen=True, slots=True)
class Near:
    """What the rules make of the events around one place."""

    result: Settled
    window: Span

    def interruption(self, event: Event) -> Interruption | None:
        """The one that is told at this event: the first of its states, or the one after it if it is a gap."""
        for one in self.result.absorbed:
            if (one.inside[0] if one.inside else one.after).id == event.id:
                return one
        return None

    def takes(self, gap: Span) -> bool:
        """True if this gap, or part of it, is absorbed."""
        return any(one.span.overlaps(gap) for one in self.result.absorbed)

    def too_short(self, tier: Tier, event: Event) -> bool:
        """True if this state is there after the rules, and too short; not where the coded window cuts it off."""
        after = next((one for one in self.result.row if one.id == event.id), None)
        if after is None or not (self.window.start_us < after.onset_us and after.offset_us < self.window.end_us):
            return False
        return after.span.duration_us < tier.code(after.code).min_us


def near(coding: CodingPass, tier: Tier, at: int) -> Near:
    """What the rules make of the events around event number `at` of a tier of states."""
    row, window = coding.row(tier.id), coding.window
    first, last = neighbourhood(row, tier, at)
    start_us = min(row[first - 1].offset_us, row[first].onset_us) if first > 0 else window.start_us
    end_us = max(row[last].onset_us, row[last - 1].offset_us) if last < len(row) else window.end_us
    return Near(settled(row[first:last], tier, Span(start_us, max(start_us, end_us))), window)


def plain(row: Sequence[Event], tier: Tier, at: int) -> bool:
    """True if event number `at` is long, and so is the gap before it if there is one: no rule is about them."""
    event, code = row[at], tier.code(row[at].code)
    reach_us = max(one.absorb_us for one in tier.codes)
    gap_us = event.onset_us - row[at - 1].offset_us if at > 0 else 0
    return event.span.duration_us >= max(reach_us, code.min_us) and (gap_us <= 0 or gap_us >= reach_us)


def neighbourhood(row: Sequence[Event], tier: Tier, at: int) -> tuple[int, int]:
    """First and last (not included) of the events that have a say in what the rules make of event number `at`.

    `at` may be the number of an event that is gone, or one behind the last.
    """
    reach_us = max((code.absorb_us for code in tier.codes), default=0)
    first, last = min(at, max(len(row) - 1, 0)), min(at + 1, len(row))
    if not reach_us:
        return first, last
    for _ in range(FAR):
        if first == 0 or (first < at and _parts(row, first, reach_us, tier)):
            break
        first -= 1
    for _ in range(FAR):
        if last >= len(row) or (last > at + 1 and _parts_behind(row, last - 1, reach_us, tier)):
            break
        last += 1
    return first, last


def _parts(row: Sequence[Event], at: int, reach_us: int, tier: Tier) -> bool:
    """True if nothing before event number `at` can come back at or behind it (or it is the state that does)."""
    return tier.exclusive and (
        row[at].span.duration_us >= reach_us or row[at].onset_us - row[at - 1].offset_us >= reach_us
    )


def _parts_behind(row: Sequence[Event], at: int, reach_us: int, tier: Tier) -> bool:
    return tier.exclusive and (
        row[at].span.duration_us >= reach_us or row[at + 1].onset_us - row[at].offset_us >= reach_us
    )


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying the rules to a pass does. edit: None if it changes nothing."""

    edit: Edit | None
    absorbed: int = 0
    filled: int = 0


def rules_applied(coding: CodingPass, scheme: Scheme) -> Applied:
    """What the scheme's rules would make of the whole pass, as one edit whose label says what it does."""
    changes: list[Change] = []
    absorbed = filled = 0
    for tier in scheme.tiers:
        row = coding.row(tier.id)
        result = _intervals_filled(row, tier, coding.window) or settled(row, tier, coding.window)
        absorbed += len(result.absorbed)
        filled += len(result.filled)
        changes += _changes(row, result.row)
    if not changes:
        return Applied(None)
    return Applied(Edit.of(_label(absorbed, filled), *changes), absorbed, filled)


def apply_rules(coding: CodingPass, scheme: Scheme) -> Edit:
    """The edit that applies the scheme's rules to the whole pass. Raises CodingError if it changes nothing."""
    edit = rules_applied(coding, scheme).edit
    if edit is None:
        what = tr("The scheme’s rules change nothing in this pass.")
        raise CodingError(
            Problem(what, hint=tr("No interruption is short enough, and no gap has a default code."))
        )
    return edit


def settle_one(coding: CodingPass, scheme: Scheme, tier_id: str, span: Span, event: Event | None) -> Edit:
    """Apply the rules to one place: absorb an interruption, fill a gap, or give a short state to the one before.

    span: the place. event: the event that is in question; None for a gap. Raises CodingError if no rule of the
    scheme is about this place.
    """
    tier, row = scheme.tier(tier_id), coding.row(tier_id)
    if tier.kind is TierKind.STATE and event is not None and coding.holds(event):
        around = near(coding, tier, bisect_left(row, order(event), key=order))
        interruption = around.interruption(event)
        if interruption is not None:
            return _absorbing(scheme, tier, row, interruption)
        if around.too_short(tier, event):
            return delete_filling(coding, scheme, event)
    if tier.kind is TierKind.STATE and event is None:
        first = bisect_left(row, span.end_us, key=lambda one: one.onset_us)
        last = bisect_right(row, span.end_us, key=lambda one: one.onset_us)
        for at in range(first, last):
            found = near(coding, tier, at).interruption(row[at])
            if found is not None and not found.inside:
                return _absorbing(scheme, tier, row, found)
    if event is None and tier.default is not None and gaps((one.span for one in row), coding.window):
        return _filling(coding, scheme, tier, span)
    what = tr("No rule of the scheme mends this by itself.")
    raise CodingError(Problem(what, hint=tr("Code it yourself.")))


def _absorbing(scheme: Scheme, tier: Tier, row: Sequence[Event], interruption: Interruption) -> Edit:
    """One interruption alone. Where the default code would come back, its gap is left for it."""
    name = scheme.name_of(tier.id, interruption.before.code)
    place = {"code": name, "time": clock(interruption.span.start_us)}
    label = tr("Absorb the interruption of “{code}” at {time}", **place)
    gone = [Change(one, None) for one in interruption.inside]
    first = interruption.inside[0] if interruption.inside else interruption.after
    at = next(number for number, one in enumerate(row) if one.id == first.id)
    after, place_us = interruption.after, interruption.span.start_us
    activity = (after.code, after.modifiers)
    ended = (one for one in reversed(row[:at]) if one.offset_us == place_us)
    before = next((one for one in ended if (one.code, one.modifiers) == activity), None)
    if before is None or not any(one.id == after.id for one in row):
        return Edit.of(label, *gone)
    only = replace(tier, codes=tuple(replace(code, uncodable=False) for code in tier.codes))
    (joined,) = settled((before, *interruption.inside, after), only, interruption.span).row
    return Edit.of(label, *gone, Change(after, None), Change(before, joined))


def _filling(coding: CodingPass, scheme: Scheme, tier: Tier, span: Span) -> Edit:
    name = scheme.name_of(tier.id, tier.default or "")
    label = tr("Fill the gap at {time} with “{code}”", time=clock(span.start_us), code=name)
    row = coding.row(tier.id)
    beside = tuple(one for one in row if one.offset_us == span.start_us or one.onset_us == span.end_us)
    if tier.kind is TierKind.INTERVAL:
        result = _intervals_filled(row, tier, coding.window, span)
        return Edit.of(label, *(_changes(row, result.row) if result is not None else ()))
    plain = replace(tier, codes=tuple(replace(code, absorb_us=0) for code in tier.codes))
    return Edit.of(label, *_changes(beside, settled(beside, plain, span).row))


def _intervals_filled(
    row: Sequence[Event], tier: Tier, window: Span, within: Span | None = None
) -> Settled | None:
    """A tier of intervals with its default where nothing is coded; None for other tiers."""
    if tier.kind is not TierKind.INTERVAL or tier.default is None:
        return None
    taken = {event.span for event in row}
    empty = [one for one in intervals_of(tier, window) if one not in taken]
    wanted = tuple(one for one in empty if within is None or one.overlaps(within))
    new = [new_event(tier, tier.code(tier.default), one) for one in wanted]
    return Settled(tuple(sorted((*row, *new), key=order)), filled=wanted)


def _changes(before: Sequence[Event], after: Sequence[Event]) -> list[Change]:
    kept, known = {event.id: event for event in after}, {event.id for event in before}
    changed = [Change(one, kept.get(one.id)) for one in before if kept.get(one.id) != one]
    return changed + [Change(None, one) for one in after if one.id not in known]


def _label(absorbed: int, filled: int) -> str:
    interruptions = plural("{count} interruption absorbed", "{count} interruptions absorbed", absorbed)
    empty = plural("{count} gap filled", "{count} gaps filled", filled)
    if absorbed and filled:
        return tr("Apply the rules: {absorbed}, {filled}", absorbed=interruptions, filled=empty)
    return tr("Apply the rules: {what}", what=interruptions if absorbed else empty)
