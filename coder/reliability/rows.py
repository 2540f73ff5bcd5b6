"""What two passes hold on one tier, made comparable: one window, defaults filled in, uncodable time named."""

from bisect import bisect_right
from dataclasses import dataclass

from coder.model.codable import gaps, uncodable, union
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.time import Span
from coder.reliability.matching import Point
from coder.reliability.units import State


@dataclass(frozen=True)
class Rows:
    """Both coders' events on one tier inside `window`, the stretch that both coded.

    categories: the tier's codes but the uncodable ones. uncodable: (start_us, end_us) that either coder called
    uncodable, in order, without overlap: missing data.
    """

    tier: Tier
    window: Span
    categories: tuple[str, ...]
    uncodable: tuple[tuple[int, int], ...]
    a: tuple[State, ...]
    b: tuple[State, ...]

    @property
    def uncodable_us(self) -> int:
        """How much of the window is missing."""
        return sum(end - start for start, end in self.uncodable)

    def codable_states(self) -> tuple[list[State], list[State]]:
        """Both rows with uncodable time cut out; a state that spans it falls into two."""
        return cut_out(self.a, self.uncodable), cut_out(self.b, self.uncodable)

    def codable_points(self) -> tuple[list[Point], list[Point]]:
        """Both rows of point events, without those in uncodable time."""

        starts = [start for start, _ in self.uncodable]

        def lost(at_us: int) -> bool:
            before = bisect_right(starts, at_us) - 1
            return before >= 0 and at_us < self.uncodable[before][1]

        def kept(row: tuple[State, ...]) -> list[Point]:
            return [(code, at) for code, at, _ in row if not lost(at)]

        return kept(self.a), kept(self.b)


def rows(pass_a: CodingPass, pass_b: CodingPass, scheme: Scheme, tier: Tier, window: Span) -> Rows:
    """Both passes on one tier of the scheme. What either coder called uncodable is missing for both."""
    lost = (span for coding in (pass_a, pass_b) for span in uncodable(coding, scheme, tier, window))
    return Rows(
        tier,
        window,
        tuple(code.id for code in tier.codes if not code.uncodable),
        tuple((span.start_us, span.end_us) for span in union(lost)),
        _row(pass_a, tier, window),
        _row(pass_b, tier, window),
    )


def _row(coding: CodingPass, tier: Tier, window: Span) -> tuple[State, ...]:
    """The tier's codable events inside the window; in an exclusive tier gaps are filled by its default."""
    events = [event for event in coding.row(tier.id) if not tier.code(event.code).uncodable]
    if tier.kind is TierKind.POINT:
        inside = (event for event in events if window.contains(event.onset_us))
        return tuple((event.code, event.onset_us, event.onset_us) for event in inside)
    states = [
        (event.code, max(event.onset_us, window.start_us), min(event.offset_us, window.end_us)) for event in events
    ]
    states = [state for state in states if state[1] < state[2]]
    if tier.default is not None:
        # a gap beside a default code that was keyed is one state with it
        keyed = (Span(onset, offset) for code, onset, offset in states if code == tier.default)
        default = union((*keyed, *gaps((event.span for event in coding.row(tier.id)), window)))
        states = [state for state in states if state[0] != tier.default]
        states += [(tier.default, span.start_us, span.end_us) for span in default]
    return tuple(sorted(states, key=lambda state: state[1:]))


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
