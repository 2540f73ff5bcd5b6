"""What no edit may break, and what a finished pass should not contain.

`broken` looks only at the places an edit touched: its cost does not grow with the pass. `review` reads the whole
pass before it is submitted.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from coder.annotate.amend import allows
from coder.model import codable
from coder.model.coding import CodingPass, Event, order
from coder.model.edit import Edit
from coder.model.problem import Problem
from coder.model.scheme import RATING, Code, Scheme, Tier, TierKind
from coder.model.time import SECOND_US, Span, clock, seconds_text


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a coder should look at, with its place. hinders: the pass cannot be submitted like this.

    event: the event it is about; None for a stretch without one.
    """

    problem: Problem
    tier: str
    span: Span
    event: Event | None = None
    hinders: bool = False


def broken(after: CodingPass, scheme: Scheme, edit: Edit) -> list[Problem]:
    """What is wrong with the events that `edit` made, seen in the pass `after` it. Empty: all is well."""
    made = (change.after for change in edit.changes)
    return [problem for event in made if event is not None for problem in _faults(after, scheme, event)]


def review(coding: CodingPass, scheme: Scheme) -> list[Finding]:
    """What a coder should look at before submitting, tier by tier in the order of time."""
    return [finding for tier in scheme.tiers for finding in _tier_findings(coding, tier)]


def gaps(coding: CodingPass, tier: str) -> tuple[Span, ...]:
    """The stretches of the coded window in which a tier of states has none."""
    return codable.gaps((event.span for event in coding.row(tier)), coding.window)


def _faults(coding: CodingPass, scheme: Scheme, event: Event) -> Iterator[Problem]:
    where = clock(event.onset_us)
    if not scheme.has_tier(event.tier):
        yield Problem(f"The scheme has no tier “{event.tier}”.", where)
        return
    tier = scheme.tier(event.tier)
    if all(code.id != event.code for code in tier.codes):
        yield Problem(f"The tier “{tier.label}” has no code “{event.code}”.", where)
        return
    label, window = tier.code(event.code).label, coding.window
    if event.onset_us < window.start_us or event.offset_us > window.end_us or event.onset_us == window.end_us:
        yield Problem(f"“{label}” would leave the coded window.", where)
    if tier.kind is TierKind.POINT and not event.span.is_moment:
        yield Problem(f"“{label}” is a moment and cannot last.", where)
    if tier.kind is not TierKind.POINT and event.span.is_moment:
        yield Problem(f"“{label}” would end where it begins.", where)
    if any(other.span.overlaps(event.span) for other in _rivals(coding, tier, event)):
        yield Problem(f"“{label}” would overlap another event of “{tier.label}”.", where)


def _rivals(coding: CodingPass, tier: Tier, event: Event) -> Iterator[Event]:
    """The nearest events, before and after, that must not share time with `event`."""
    row = coding.row(tier.id)
    at = bisect_left(row, order(event), key=order)
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(row) and not (tier.exclusive or row[near].code == event.code):
            near += step
        if 0 <= near < len(row):
            yield row[near]


def _tier_findings(coding: CodingPass, tier: Tier) -> Iterator[Finding]:
    if tier.kind is TierKind.STATE and tier.exclusive and tier.exhaustive:
        yield from _gap_findings(coding, tier)
    for event in coding.row(tier.id):
        yield from _event_findings(tier, tier.code(event.code), event)
    if tier.exclusive and tier.kind is TierKind.STATE:
        for one, other in pairwise(coding.row(tier.id)):
            if one.offset_us == other.onset_us and (one.code, one.modifiers) == (other.code, other.modifiers):
                what = f"Two states of “{tier.code(one.code).label}” follow each other without a change."
                hint = "Join them: delete the second and let the first fill the gap."
                yield _finding(tier, other.span, what, hint, other)


def _gap_findings(coding: CodingPass, tier: Tier) -> Iterator[Finding]:
    for gap in gaps(coding, tier.id):
        length = seconds_text(gap.duration_us)
        if tier.default is None:
            what = f"“{tier.label}” is not coded for {length}."
            yield _finding(tier, gap, what, "Code the gap: this tier must not have any.", hinders=True)
        else:
            label = tier.code(tier.default).label
            what = f"“{tier.label}” is not coded for {length} and will be filled with “{label}”."
            yield _finding(tier, gap, what, "Code the gap if that is not what you saw.")


def _event_findings(tier: Tier, code: Code, event: Event) -> Iterator[Finding]:
    if tier.kind is TierKind.STATE and event.span.duration_us < code.min_us:
        what = f"“{code.label}” lasts {seconds_text(event.span.duration_us)}, less than the scheme asks for."
        hint = f"A state of this code lasts at least {code.min_us / SECOND_US:g} s."
        yield _finding(tier, event.span, what, hint, event)
    if tier.scale is not None and not event.note.strip():
        rating = event.modifier(RATING)
        if rating in {str(number) for number in tier.scale.reasons_for}:
            what = f"“{code.label}” is rated {rating} without a reason."
            yield _finding(tier, event.span, what, "Write the reason into its note.", event, hinders=True)
    for modifier in code.modifiers:
        value = event.modifier(modifier.id)
        if value is None and modifier.required:
            what = f"“{code.label}” lacks “{modifier.label}”."
            yield _finding(tier, event.span, what, "Select the event and choose a value.", event, hinders=True)
        parts = [] if value is None else value.split(",") if modifier.kind == "multi" else [value]
        for part in parts:
            if not allows(modifier, part):
                what = f"“{modifier.label}” of “{code.label}” has the unknown value “{part}”."
                yield _finding(tier, event.span, what, "Choose one of its values.", event, hinders=True)


def _finding(
    tier: Tier, span: Span, what: str, hint: str, event: Event | None = None, *, hinders: bool = False
) -> Finding:
    return Finding(Problem(what, clock(span.start_us), hint), tier.id, span, event, hinders)
