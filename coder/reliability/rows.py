"""What two passes hold on one tier, made comparable: one window, defaults filled in, uncodable time named."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from coder.model.codable import gaps, uncodable, union
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.time import Span
from coder.reliability.accuracy import Against
from coder.reliability.either import Allowed, agreed_points, agreed_states, allowed
from coder.reliability.linking import Links, link_states
from coder.reliability.matched import Matching
from coder.reliability.matching import Point, match_points
from coder.reliability.units import State
from coder.reliability.yardsticks import tolerance_us


@dataclass(frozen=True)
class Rows:
    """Both coders' events on one tier inside `window`, the stretch that both coded.

    categories: the tier's codes but the uncodable ones. uncodable: (start_us, end_us) that either coder called
    uncodable, in order, without overlap: missing data. Where a pass allows several codes (`Event.either`), a and b
    have been made alike as far as that goes; made_onsets: onsets that come from this and that nobody marked. Point
    events in uncodable time are in neither row; events_a, events_b: what was marked, one for each point.
    unneeded_a, unneeded_b: those that the other coder did not mark, and need not have. against: "master" if A is
    one: then only what A called uncodable is missing.
    """

    tier: Tier
    window: Span
    categories: tuple[str, ...]
    uncodable: tuple[tuple[int, int], ...]
    a: tuple[State, ...]
    b: tuple[State, ...]
    made_onsets: frozenset[int] = frozenset()
    events_a: tuple[Event, ...] = ()
    events_b: tuple[Event, ...] = ()
    unneeded_a: tuple[Event, ...] = ()
    unneeded_b: tuple[Event, ...] = ()
    against: Against = "coder"

    @cached_property
    def used(self) -> frozenset[str]:
        """The codes that either coder used."""
        return frozenset(code for code, _, _ in (*self.a, *self.b))

    @cached_property
    def uncodable_us(self) -> int:
        """How much of the window is missing."""
        return sum(end - start for start, end in self.uncodable)

    @cached_property
    def matching(self) -> Matching:
        """The codable points of both, matched within the tier's tolerance."""
        return match_points(*self._codable_points, tolerance_us(self.tier))

    @cached_property
    def links(self) -> Links:
        """The codable states of both, linked."""
        window, cuts = (self.window.start_us, self.window.end_us), {end for _, end in self.uncodable}
        cuts |= self.made_onsets
        return link_states(*self._codable_states, window=window, categories=self.categories, cuts=cuts)

    def codable_states(self) -> tuple[list[State], list[State]]:
        """Both rows with uncodable time cut out; a state that spans it falls into two."""
        return self._codable_states

    @cached_property
    def _codable_states(self) -> tuple[list[State], list[State]]:
        return cut_out(self.a, self.uncodable), cut_out(self.b, self.uncodable)

    def codable_points(self) -> tuple[list[Point], list[Point]]:
        """Both rows of point events, without those in uncodable time."""
        return self._codable_points

    @cached_property
    def _codable_points(self) -> tuple[list[Point], list[Point]]:
        a, b = ([(code, at) for code, at, _ in row] for row in (self.a, self.b))
        return a, b


class _Inside:
    """Spans (start_us, end_us) in order and without overlap, asked whether a time is in one of them."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts, self._spans = [start for start, _ in spans], spans

    def __contains__(self, at_us: int) -> bool:
        before = bisect_right(self._starts, at_us) - 1
        return before >= 0 and at_us < self._spans[before][1]


def rows(
    pass_a: CodingPass,
    pass_b: CodingPass,
    scheme: Scheme,
    tier: Tier,
    window: Span,
    against: Against = "coder",
) -> Rows:
    """Both passes on one tier of the scheme. What either coder called uncodable is missing for both.

    against: "master" if A is one. Then what B alone called uncodable is not missing but not coded: else a trainee
    could pass by leaving out what is hard.
    """
    asked = (pass_a,) if against == "master" else (pass_a, pass_b)
    out = union(span for coding in asked for span in uncodable(coding, scheme, tier, window))
    categories = tuple(code.id for code in tier.codes if not code.uncodable)
    both = Rows(
        tier, window, categories, tuple((span.start_us, span.end_us) for span in out), (), (), against=against
    )
    if tier.kind is TierKind.POINT:
        return _with_points(both, pass_a, pass_b)
    a, b, made = agreed_states(
        _states(pass_a, tier, window), _states(pass_b, tier, window), exclusive=tier.exclusive
    )
    return replace(both, a=tuple(a), b=tuple(b), made_onsets=made)


def _with_points(both: Rows, pass_a: CodingPass, pass_b: CodingPass) -> Rows:
    # what is no matter of agreement must not be what another event's allowed code is chosen for
    marked_a, marked_b = _points(pass_a, both), _points(pass_b, both)
    a, b = agreed_points(marked_a, marked_b, tolerance_us(both.tier))
    events_a, events_b = (tuple(event for _, event in row) for row in (a, b))
    return replace(
        both,
        a=tuple((code, event.onset_us, event.onset_us) for code, event in a),
        b=tuple((code, event.onset_us, event.onset_us) for code, event in b),
        events_a=events_a,
        events_b=events_b,
        unneeded_a=_without(marked_a, events_a),
        unneeded_b=_without(marked_b, events_b),
    )


def _without(events: Sequence[Event], others: Sequence[Event]) -> tuple[Event, ...]:
    if len(events) == len(others):
        return ()
    known = {event.id for event in others}
    return tuple(event for event in events if event.id not in known)


def _codable(coding: CodingPass, tier: Tier) -> Iterator[Event]:
    """The events with a codable code. That something could not be seen is no code that two may agree on."""
    blind = {code.id for code in tier.codes if code.uncodable}
    for event in coding.row(tier.id):
        if event.code in blind:
            continue
        seen = tuple(code for code in event.either if code not in blind)
        yield event if seen == event.either else replace(event, either=seen)


def _points(coding: CodingPass, both: Rows) -> list[Event]:
    lost = _Inside(both.uncodable)
    inside = (event for event in _codable(coding, both.tier) if both.window.contains(event.onset_us))
    return [event for event in inside if event.onset_us not in lost]


def _states(coding: CodingPass, tier: Tier, window: Span) -> list[Allowed]:
    """The tier's codable states inside the window; in an exclusive tier gaps are filled by its default."""
    states = [
        Allowed(allowed(event), max(event.onset_us, window.start_us), min(event.offset_us, window.end_us))
        for event in _codable(coding, tier)
    ]
    states = [state for state in states if state.onset_us < state.offset_us]
    if tier.default is None:
        return states
    # a gap beside a default code that was keyed is one state with it
    keyed = (Span(state.onset_us, state.offset_us) for state in states if state.codes == (tier.default,))
    default = union((*keyed, *gaps((event.span for event in coding.row(tier.id)), window)))
    # where nothing need be marked, the default may hold
    states = [
        Allowed(tuple(code or tier.default for code in state.codes), state.onset_us, state.offset_us)
        for state in states
        if state.codes != (tier.default,)
    ]
    states += [Allowed((tier.default,), span.start_us, span.end_us) for span in default]
    return sorted(states, key=lambda state: (state.onset_us, state.offset_us))


def cut_out(states: tuple[State, ...], out: tuple[tuple[int, int], ...]) -> list[State]:
    """The states without the time in `out`, which is in order and without overlap; they may fall into pieces."""
    ends = [end for _, end in out]
    pieces: list[State] = []
    for code, onset, offset in states:
        at = bisect_right(ends, onset)
        while at < len(out) and out[at][0] < offset:
            if onset < out[at][0]:
                pieces.append((code, onset, out[at][0]))
            onset = out[at][1]  # noqa: PLW2901  what is left of the state
            at += 1
        if onset < offset:
            pieces.append((code, onset, offset))
    return pieces
