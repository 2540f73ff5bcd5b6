"""What a stroke does: a code key, pressed while a frame is on the screen, becomes an `Edit`.

A stroke is stamped with `at_us`, the session time at which the frame on the screen begins. A state that is ended
at a frame holds up to that frame and not in it. No event is ever half open: a new state lasts to a known end from
its first moment, so a crash leaves nothing dangling. Pure functions; what cannot be done raises `CodingError`.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from coder.annotate.intervals import intervals_of
from coder.language import tr
from coder.model.coding import CodingPass, Event
from coder.model.edit import Change, Edit, EditKind
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Code, Scheme, Tier, TierKind
from coder.model.time import SECOND_US, Span, clock


@dataclass(frozen=True, slots=True)
class Moment:
    """When a stroke counts, in session time.

    reaction_us: how much earlier that is than the frame on the screen. kept: a correction for reaction time was
    wished for and could not be made, so the frame on the screen counts.
    """

    at_us: int
    reaction_us: int = 0
    kept: bool = False

    def said(self, label: str) -> str:
        """The label of an edit made at this moment, with what was done about the reaction time."""
        if self.reaction_us:
            seconds = f"{self.reaction_us / SECOND_US:.2f}"
            return tr("{edit}, put {seconds} s earlier for reaction time", edit=label, seconds=seconds)
        return tr("{edit}, not put earlier for reaction time", edit=label) if self.kept else label


def code(
    coding: CodingPass, scheme: Scheme, tier_id: str, code_id: str, at_us: int, corrected_us: int | None = None
) -> Edit:
    """The edit that the key of a code makes at the frame that begins at `at_us`.

    Exclusive states: the state that holds is cut, the new one lasts to where the cut one ended; in a gap it lasts
    to the next onset of the tier or to the end of the coded window. Exactly at an onset the code of that state is
    changed. The code that holds already is ended, unless its tier must not have gaps. States that may overlap are
    switched on and off, each code for itself. A point event is one moment. In a tier of intervals the key answers
    for the interval that the frame lies in: an exclusive tier takes the code in place of another, in others the
    code is switched on and off.

    corrected_us: the onset of the frame that the coder reacted to; it counts instead of `at_us`, and the event
    says how much earlier that is. It counts only if it lies in the coded window, and nothing of the tier (of
    the code, where states may overlap) has begun or ended between the two: a correction never undoes what was
    seen later. Intervals are not corrected.

    Raises CodingError if the moment lies outside the coded window or the stroke would change nothing.
    """
    tier, chosen, name = scheme.tier(tier_id), scheme.code(tier_id, code_id), scheme.name_of(tier_id, code_id)
    refuse_outside(coding, Span.moment(at_us))
    if tier.kind is TierKind.INTERVAL:
        return _answer(coding, tier, chosen, name, at_us)
    moment = _moment(coding, tier, chosen, at_us, at_us if corrected_us is None else corrected_us)
    if tier.kind is TierKind.POINT:
        return _mark(coding, tier, chosen, name, moment)
    if tier.kind is TierKind.STATE:
        act = _switch if tier.exclusive else _toggle
        return act(coding, tier, chosen, name, moment)
    what = tr("“{tier}” is rated, not coded on the timeline.", tier=tier.label)
    raise CodingError(Problem(what, hint=tr("Rate it in the panel of its ratings.")))


def subject(edit: Edit) -> Event | None:
    """The event that an edit is about, as it is after the edit; None if the edit took it away."""
    return (edit.changes[0] if edit.kind is EditKind.UNDO else edit.changes[-1]).after


def new_event(tier: Tier, chosen: Code, span: Span, reaction_us: int = 0) -> Event:
    """A fresh event with an id of its own."""
    return Event(str(uuid4()), tier.id, chosen.id, span, reaction_us=reaction_us)


def refuse_outside(coding: CodingPass, span: Span) -> None:
    """Raises CodingError if an event of this span would leave the coded window (its end is outside)."""
    window = coding.window
    if span.start_us < window.start_us or (span.is_moment and not window.contains(span.start_us)):
        raise _outside(window, span.start_us)
    if span.end_us > window.end_us:
        raise _outside(window, span.end_us)


def _outside(window: Span, at_us: int) -> CodingError:
    what = tr("{time} lies outside the coded window.", time=clock(at_us))
    start, end = clock(window.start_us), clock(window.end_us)
    return CodingError(Problem(what, hint=tr("Go to a frame from {start} up to {end}.", start=start, end=end)))


def _moment(coding: CodingPass, tier: Tier, chosen: Code, at_us: int, corrected_us: int) -> Moment:
    if corrected_us >= at_us:
        return Moment(at_us)
    if not coding.window.contains(corrected_us):
        return Moment(at_us, kept=True)
    row = coding.row(tier.id)
    same = None if tier.exclusive or tier.kind is TierKind.POINT else chosen.id
    before = _before(row, at_us, lambda event: same in (None, event.code))
    if tier.kind is TierKind.STATE and before is not None:
        ended = before.offset_us <= at_us
        if before.offset_us > corrected_us if ended else before.onset_us >= corrected_us:
            return Moment(at_us, kept=True)
    return Moment(corrected_us, at_us - corrected_us)


def _before(row: tuple[Event, ...], at_us: int, fits: Callable[[Event], bool]) -> Event | None:
    """The last event of a row that begins at or before a moment, of those that fit."""
    at = bisect_right(row, at_us, key=lambda event: event.onset_us) - 1
    while at >= 0 and not fits(row[at]):
        at -= 1
    return row[at] if at >= 0 else None


def _label(name: str, moment: Moment) -> str:
    return moment.said(tr("Code “{code}” at {time}", code=name, time=clock(moment.at_us)))


def _mark(coding: CodingPass, tier: Tier, chosen: Code, name: str, moment: Moment) -> Edit:
    at_us, label = moment.at_us, _label(name, moment)
    here = [event for event in coding.within(tier.id, Span.moment(at_us)) if event.onset_us == at_us]
    if any(event.code == chosen.id for event in here):
        raise CodingError(_already(name))
    if here and tier.exclusive:
        return Edit.of(label, Change(here[0], recoded(here[0], chosen)))
    return Edit.of(label, Change(None, new_event(tier, chosen, Span.moment(at_us), moment.reaction_us)))


def _switch(coding: CodingPass, tier: Tier, chosen: Code, name: str, moment: Moment) -> Edit:
    at_us, label = moment.at_us, _label(name, moment)
    held = coding.state_at(tier.id, at_us)
    if held is None:
        following = coding.following(tier.id, at_us)
        end_us = following.onset_us if following else coding.window.end_us
        return Edit.of(label, Change(None, new_event(tier, chosen, Span(at_us, end_us), moment.reaction_us)))
    if held.code == chosen.id:
        return _end(tier, name, held, moment)
    if held.onset_us == at_us:
        return Edit.of(label, Change(held, recoded(held, chosen)))
    return Edit.of(
        label,
        Change(held, replace(held, span=Span(held.onset_us, at_us))),
        Change(None, new_event(tier, chosen, Span(at_us, held.offset_us), moment.reaction_us)),
    )


def _toggle(coding: CodingPass, tier: Tier, chosen: Code, name: str, moment: Moment) -> Edit:
    row, at_us = coding.row(tier.id), moment.at_us
    held = _before(row, at_us, lambda event: event.code == chosen.id)
    if held is not None and held.span.contains(at_us):
        return _end(tier, name, held, moment)
    after = (row[i] for i in range(bisect_right(row, at_us, key=lambda event: event.onset_us), len(row)))
    following = next((event for event in after if event.code == chosen.id), None)
    end_us = following.onset_us if following else coding.window.end_us
    made = new_event(tier, chosen, Span(at_us, end_us), moment.reaction_us)
    return Edit.of(_label(name, moment), Change(None, made))


def _end(tier: Tier, name: str, held: Event, moment: Moment) -> Edit:
    if held.onset_us == moment.at_us:
        raise CodingError(_already(name))
    if tier.exclusive and tier.exhaustive:
        what = tr(
            "“{code}” holds already, and “{tier}” must not have gaps.",
            code=tier.code(held.code).label,
            tier=tier.label,
        )
        raise CodingError(Problem(what, hint=tr("Press the key of the code that holds instead.")))
    ended = replace(held, span=Span(held.onset_us, moment.at_us))
    label = moment.said(tr("End “{code}” at {time}", code=name, time=clock(moment.at_us)))
    return Edit.of(label, Change(held, ended))


def _answer(coding: CodingPass, tier: Tier, chosen: Code, name: str, at_us: int) -> Edit:
    """What the key of a code says about the interval that a moment lies in."""
    grid = intervals_of(tier, coding.window)
    number = grid.at(at_us)
    if number is None:
        what = tr("The rest behind the last interval of “{tier}” is too short to be coded.", tier=tier.label)
        raise CodingError(Problem(what, hint=tr("Go to a frame before {time}.", time=clock(grid[-1].end_us))))
    span = grid[number]
    here = [event for event in coding.within(tier.id, span) if event.span == span]
    held = next((event for event in here if event.code == chosen.id), None)
    values = {"code": name, "number": number + 1, "all": len(grid)}
    if held is not None and tier.exclusive:
        what = tr("Interval {number} is “{code}” already.", **values)
        raise CodingError(Problem(what, hint=tr("Delete takes the code away.")))
    if held is not None:
        return Edit.of(tr("Take “{code}” from interval {number} of {all}", **values), Change(held, None))
    label = tr("Code “{code}” for interval {number} of {all}", **values)
    if here and tier.exclusive:
        return Edit.of(label, Change(here[0], recoded(here[0], chosen)))
    return Edit.of(label, Change(None, new_event(tier, chosen, span)))


def _already(name: str) -> Problem:
    what = tr("“{code}” begins at this very frame already.", code=name)
    return Problem(what, hint=tr("Delete takes the event away."))


def recoded(event: Event, chosen: Code) -> Event:
    """The event under another code, with those of its modifiers that the code has, too.

    Which codes were as right as the old one says nothing of the new one.
    """
    known = {modifier.id for modifier in chosen.modifiers}
    kept = tuple(pair for pair in event.modifiers if pair[0] in known)
    return replace(event, code=chosen.id, modifiers=kept, either=())
