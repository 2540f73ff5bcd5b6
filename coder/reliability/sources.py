"""The events that stand behind what is compared: from rows of codes back to what each coder marked.

`rows` has codes and times only, with defaults filled in and codes that are as right made alike; whoever walks
through differences or makes a consensus needs the events themselves.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coder.model.coding import CodingPass, Event
from coder.reliability.matched import Matching
from coder.reliability.rows import Rows
from coder.reliability.units import NO_CODE, sampled


class Piece(NamedTuple):
    """A stretch in which neither coder changes anything.

    a, b: the codes that hold, None for none. event_a, event_b: what was marked; None where nothing was, though a
    default may hold there. lost: it cannot be coded, so that it is no matter of agreement.
    """

    start_us: int
    end_us: int
    a: str | None
    b: str | None
    event_a: Event | None
    event_b: Event | None
    lost: bool


def pieces(both: Rows, pass_a: CodingPass, pass_b: CodingPass, code: str | None = None) -> list[Piece]:
    """The whole window of a tier of states cut wherever either coder changes something, in order of time.

    code: the one code that is looked at, in a tier whose codes may overlap.
    """
    rows_ab = [[state for state in row if code in (None, state[0])] for row in (both.a, both.b)]
    codable = set(both.categories) if code is None else {code}
    marked_ab = [
        [event for event in coding.row(both.tier.id) if event.code in codable] for coding in (pass_a, pass_b)
    ]
    ends = {both.window.start_us, both.window.end_us}
    ends.update(end for row in rows_ab for state in row for end in state[1:])
    ends.update(end for row in marked_ab for event in row for end in (event.onset_us, event.offset_us))
    ends.update(end for span in both.uncodable for end in span)
    cuts = [end for end in sorted(ends) if both.window.start_us <= end <= both.window.end_us]
    starts = np.array(cuts[:-1], dtype=np.int64)
    number = {name: place for place, name in enumerate(both.categories)}
    codes_ab = [_named(sampled(row, starts, number), both.categories) for row in rows_ab]
    events_ab = [_held(row, starts) for row in marked_ab]
    lost = sampled([("", *span) for span in both.uncodable], starts, {"": 0}) != NO_CODE
    return [*map(Piece, cuts[:-1], cuts[1:], *codes_ab, *events_ab, lost.tolist())]


def _named(numbers: NDArray[np.int64], names: Sequence[str]) -> list[str | None]:
    return [None if number == NO_CODE else names[number] for number in numbers.tolist()]


def _held(row: Sequence[Event], at_us: NDArray[np.int64]) -> list[Event | None]:
    """The event of a row, in order of onset, that holds at each time."""
    if not row:
        return [None] * len(at_us)
    onsets = np.array([event.onset_us for event in row], dtype=np.int64)
    offsets = np.array([event.offset_us for event in row], dtype=np.int64)
    places = np.searchsorted(onsets, at_us, side="right") - 1
    places = np.where((places >= 0) & (at_us < offsets[places]), places, -1)
    return [None if place < 0 else row[place] for place in places.tolist()]


def matched(both: Rows) -> tuple[Matching, Sequence[Event], Sequence[Event]]:
    """The point events of a tier matched within its tolerance, and the events that the indices point to."""
    return both.matching, both.events_a, both.events_b
