"""What can be done with several events at once: delete, change, move, copy, merge.

Pure functions like those in `amend`: each makes one `Edit` or raises `CodingError` with a sentence. The changes of
the events in question stand last in the edit, after those of their neighbours.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import uuid4

from coder.annotate import amend
from coder.annotate.answering import unjudged
from coder.annotate.arrange import room
from coder.annotate.strokes import recoded, refuse_outside
from coder.language import plural, tr
from coder.model.coding import Certainty, CodingPass, Event, order
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Code, Scheme, Tier, TierKind
from coder.model.time import SECOND_US, Span, clock


def each(
    coding: CodingPass, events: Sequence[Event], make: Callable[[CodingPass, Event], Edit], label: str
) -> Edit:
    """The same done to event after event, as one edit; make: what is done to one, in the pass as it is by then."""
    folded: dict[str, Change] = {}
    for event in events:
        known = folded.get(event.id)
        now = known.after if known is not None else event
        if now is None:
            continue
        edit = make(coding, now)
        coding = coding.applied(edit)
        for change in edit.changes:
            _fold(folded, change)
    return Edit.of(label, *(change for change in folded.values() if change.before != change.after))


def delete(scheme: Scheme, events: Sequence[Event]) -> Edit:
    """Take events away; in a tier of states this leaves gaps."""
    if len(events) == 1:
        return amend.delete(scheme, events[0])
    label = plural("Delete {count} event", "Delete {count} events", len(events))
    return Edit.of(label, *(Change(event, None) for event in events))


def move(
    coding: CodingPass, scheme: Scheme, events: Sequence[Event], by_us: int, frame: Callable[[int], int]
) -> Edit:
    """Move events together, their distances kept; the states around make room.

    frame: the onset of the frame nearest to a time: an edge that lies on a frame lies on one afterwards.
    Raises CodingError if one would leave the coded window or swallow a neighbour.
    """
    changes = []
    for event in events:
        amend.refuse_fixed(scheme.tier(event.tier))
        span = carried(event.span, by_us, coding.window, frame)
        if len(events) == 1:
            return amend.place(coding, scheme, event, span)
        refuse_outside(coding, span)
        changes.append(Change(event, replace(event, span=span)))
    if all(change.before == change.after for change in changes):
        raise CodingError(Problem(tr("The events are there already.")))
    by = f"{by_us / SECOND_US:+.3f}"
    label = plural("Move {count} event by {by} s", "Move {count} events by {by} s", len(events), by=by)
    return Edit.of(label, *room(coding, scheme, changes), *changes)


def carried(span: Span, by_us: int, window: Span, frame: Callable[[int], int]) -> Span:
    """A span moved; an edge on a border of frames lies on one afterwards, any other keeps its distance.

    Frames do not all take the same number of microseconds: an edge that was only shifted would often lie just
    before or after the onset of a frame, and hold for one frame too many or too few.
    """

    def border(at_us: int) -> int:
        return min((frame(at_us), window.start_us, window.end_us), key=lambda edge_us: abs(edge_us - at_us))

    def edge(at_us: int) -> int:
        wanted_us = at_us + by_us
        inside = window.start_us - _ROUNDED_US <= wanted_us <= window.end_us + _ROUNDED_US
        return border(wanted_us) if inside and border(at_us) == at_us else wanted_us

    start_us = edge(span.start_us)
    return Span(start_us, max(edge(span.end_us), start_us))


_ROUNDED_US = 1000  # farther than this outside the window an edge was not put by rounding


def paste(
    coding: CodingPass, scheme: Scheme, events: Sequence[Event], at_us: int, frame: Callable[[int], int]
) -> Edit:
    """Copies of events in their own tiers, the first at `at_us`, their distances kept; else as `move`.

    What was judged of a cue is not copied: another act, or none, answers the copy.
    """
    by_us = at_us - min(event.onset_us for event in events)
    changes = []
    for event in events:
        amend.refuse_fixed(scheme.tier(event.tier))
        span = carried(event.span, by_us, coding.window, frame)
        refuse_outside(coding, span)
        copy = replace(unjudged(scheme, event), id=str(uuid4()), span=span, reaction_us=0)
        changes.append(Change(None, copy))
    label = plural(
        "Paste {count} event at {time}", "Paste {count} events at {time}", len(events), time=clock(at_us)
    )
    return Edit.of(label, *room(coding, scheme, changes), *changes)


def to_tier(
    coding: CodingPass,
    scheme: Scheme,
    events: Sequence[Event],
    tier_id: str,
    *,
    code: str | None = None,
    copy: bool = False,
) -> Edit:
    """Move events to another tier, or copies of them, at the times they have.

    code: what they become there; None for the code of the same id, else of the same label. Raises CodingError if
    there is none, if the tiers are not of one kind, or as `move` does.
    """
    tier = scheme.tier(tier_id)
    changes = []
    for event in events:
        source = scheme.tier(event.tier)
        amend.refuse_fixed(source)
        if tier.kind is not source.kind:
            raise CodingError(_other_kind(source, tier))
        chosen = tier.code(code) if code is not None else counterpart(source.code(event.code), tier)
        if chosen is None:
            raise CodingError(_no_counterpart(source.code(event.code), tier))
        made = replace(recoded(unjudged(scheme, event), chosen), tier=tier_id)
        changes.append(
            Change(None, replace(made, id=str(uuid4()), reaction_us=0)) if copy else Change(event, made)
        )
    many, to = len(events), tier.label
    label = (
        plural("Copy {count} event to “{tier}”", "Copy {count} events to “{tier}”", many, tier=to)
        if copy
        else plural("Move {count} event to “{tier}”", "Move {count} events to “{tier}”", many, tier=to)
    )
    return Edit.of(label, *room(coding, scheme, changes), *changes)


def counterpart(code: Code, tier: Tier) -> Code | None:
    """The code of another tier that means the same: of the same id, else of the same label."""
    by_id = (other for other in tier.codes if other.id == code.id)
    by_label = (other for other in tier.codes if other.label.casefold() == code.label.casefold())
    return next(by_id, None) or next(by_label, None)


def merge(coding: CodingPass, scheme: Scheme, events: Sequence[Event]) -> Edit:
    """One state from the first onset to the last offset, in place of several of one code.

    With a single event: it and the next of its code. Details are gathered, notes are joined, the least certain
    word counts. Raises CodingError if they are not of one code, if another state lies between, or if a detail has
    two values.
    """
    chosen = sorted(events, key=order)
    if len(chosen) == 1:
        chosen.append(_next_of_code(coding, scheme, chosen[0]))
    first, last = chosen[0], max(chosen, key=lambda event: event.offset_us)
    tier = scheme.tier(first.tier)
    if len({(event.tier, event.code) for event in chosen}) > 1:
        raise CodingError(
            Problem(tr("Only events of one code can be merged."), hint=tr("Change their codes first."))
        )
    if tier.kind is not TierKind.STATE:
        raise CodingError(Problem(tr("Only states can be merged."), hint=tr("Delete the events you do not need.")))
    whole = Span(first.onset_us, last.offset_us)
    _refuse_between(coding, scheme, chosen, whole)
    kept = replace(
        first,
        span=whole,
        modifiers=_gathered(tier.code(first.code), chosen),
        note="; ".join(dict.fromkeys(event.note for event in chosen if event.note)),
        certainty=max((event.certainty for event in chosen), key=tuple(Certainty).index),
    )
    label = plural(
        "Merge {count} state “{code}”",
        "Merge {count} states “{code}”",
        len(chosen),
        code=scheme.name_of(tier.id, first.code),
    )
    return Edit.of(label, *(Change(event, None) for event in chosen[1:]), Change(first, kept))


def _fold(folded: dict[str, Change], change: Change) -> None:
    """Add a change to those made before: an event keeps its first `before` and gets the last `after`."""
    one = change.before or change.after
    if one is None:
        return
    known = folded.pop(one.id, None)
    before = known.before if known is not None else change.before
    if before is not None or change.after is not None:
        folded[one.id] = Change(before, change.after)


def _next_of_code(coding: CodingPass, scheme: Scheme, event: Event) -> Event:
    row = coding.row(event.tier)
    at = bisect_right(row, order(event), key=order)
    found = next((other for other in row[at : at + _LOOK_AHEAD] if other.code == event.code), None)
    if found is None:
        label = scheme.name_of(event.tier, event.code)
        raise CodingError(Problem(tr("No further “{code}” follows that it could be merged with.", code=label)))
    return found


_LOOK_AHEAD = 1000  # events of other codes that may lie between, where states overlap


def _refuse_between(coding: CodingPass, scheme: Scheme, chosen: Sequence[Event], whole: Span) -> None:
    tier, ids = scheme.tier(chosen[0].tier), {event.id for event in chosen}
    row = coding.row(tier.id)
    at = bisect_right(row, order(chosen[0]), key=order)
    while at < len(row) and row[at].onset_us < whole.end_us:
        between = row[at]
        if between.id not in ids and (tier.exclusive or between.code == chosen[0].code):
            what = tr(
                "“{code}” at {time} lies between.",
                code=scheme.name_of(tier.id, between.code),
                time=clock(between.onset_us),
            )
            raise CodingError(Problem(what, hint=tr("Only states with nothing else between them can be merged.")))
        at += 1


def _gathered(code: Code, events: Sequence[Event]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for event in events:
        for modifier, value in event.modifiers:
            if found.setdefault(modifier, value) != value:
                label = next((one.label for one in code.modifiers if one.id == modifier), modifier)
                what = tr("“{detail}” differs between the events.", detail=label)
                raise CodingError(Problem(what, hint=tr("Give all of them the same value first.")))
    return tuple(sorted(found.items()))


def _other_kind(source: Tier, tier: Tier) -> Problem:
    what = tr(
        "Events of “{source}” cannot go to “{tier}”: one has states, the other moments.",
        source=source.label,
        tier=tier.label,
    )
    return Problem(what, hint=tr("Choose a tier of the same kind."))


def _no_counterpart(code: Code, tier: Tier) -> Problem:
    what = tr("“{tier}” has no code like “{code}”.", tier=tier.label, code=code.label)
    return Problem(what, hint=tr("Choose one in the menu of the event: Copy to."))
