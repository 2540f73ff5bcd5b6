"""What a simulated coder does to one line of a master pass, and the ledger of it.

Every difference from the master is a `Slip`, so that a test of reliability or training can look for exactly these.
Times move by whole frames; the ends of the coded window and of uncodable time never move.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from coder.model.coding import Event
from coder.model.time import Span

SHIFTED, ENDED, MISSED, DULLED = "shifted", "ended", "missed", "dulled"
CONFUSED, JOINED, STRETCHED, RATED, JUDGED = "confused", "joined", "stretched", "rated", "judged"
"""SHIFTED: begins at another time. ENDED: ends at another time, with nothing coded behind it. MISSED: not marked.
DULLED: not marked because it lies below the coder's threshold. CONFUSED: called something else. JOINED: gone into
the same code before it, because what lay between was missed or confused. STRETCHED: begins where a missed one had
begun. RATED: rated otherwise. JUDGED: another outcome or answer of a cue. Where a state ends because the next one
begins, the slip is the next one's.
"""


@dataclass(frozen=True, slots=True)
class Slip:
    """One planted error.

    coder: the event that stands in the coder's pass for the master's; None if none does. shift_us: how much later
    the coder marks the onset (ENDED: the offset); None where there is no mark of its own to compare.
    """

    what: str
    master: Event
    coder: Event | None = None
    shift_us: int | None = None


@dataclass(slots=True)
class _Piece:
    """A stretch of a line: an event, or the gap between two.

    fixed: uncodable time. stretched: begins where a missed one had begun. onset_by_us, offset_by_us: how far its
    ends were moved. joined: further events of the master that it stands for.
    """

    event: Event | None
    start_us: int
    end_us: int
    code: str = ""
    fixed: bool = False
    confused: bool = False
    stretched: bool = False
    onset_by_us: int = 0
    offset_by_us: int = 0
    joined: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Hand:
    """How one coder codes events of one tier. All draws are made by whoever makes the hand.

    shift_us: how much later the next change is marked. fault: "", MISSED or DULLED, for an event as a whole.
    called: the code the coder gives an event. recoded: the event with another code and what that code needs.
    """

    shift_us: Callable[[], float]
    fault: Callable[[Event], str]
    called: Callable[[Event], str]
    recoded: Callable[[Event, str], Event]


def of_states(
    line: Sequence[Event], window: Span, blind: frozenset[str], frames_us: Sequence[int], hand: Hand
) -> tuple[list[Event], list[Slip]]:
    """A line of states that share no time, as the coder marks it: (events, slips), both in the order of time.

    A state that is missed goes to the one before it, as when no key is pressed; behind uncodable time or at the
    start of the window to the one after it. Where neither is there the state cannot be missed. blind: the ids of
    the tier's uncodable codes. frames_us: where the frames of the window begin, rising.
    """
    slips: list[Slip] = []
    pieces = _joined(_folded(_pieces(line, window, blind), hand, slips))
    _move(pieces, frames_us, hand)
    made: list[Event] = []
    for place, piece in enumerate(pieces):
        if piece.event is not None:
            event = replace(
                hand.recoded(piece.event, piece.code), span=Span(piece.start_us, piece.end_us), note=""
            )
            made.append(event)
            ends = place + 1 < len(pieces) and pieces[place + 1].event is None
            slips += _slips_of(piece, piece.event, event, ends)
    return made, sorted(slips, key=lambda slip: slip.master.span)


def _slips_of(piece: _Piece, master: Event, mine: Event, ends: bool) -> Iterator[Slip]:
    """ends: nothing is coded behind it, so that its end is a mark of its own."""
    if piece.confused:
        yield Slip(CONFUSED, master, mine, None if piece.stretched else piece.onset_by_us)
    elif piece.stretched:
        yield Slip(STRETCHED, master, mine)
    elif piece.onset_by_us:
        yield Slip(SHIFTED, master, mine, piece.onset_by_us)
    yield from (Slip(JOINED, joined, mine) for joined in piece.joined)
    if ends and piece.offset_by_us:
        yield Slip(ENDED, piece.joined[-1] if piece.joined else master, mine, piece.offset_by_us)


def _pieces(line: Sequence[Event], window: Span, blind: frozenset[str]) -> list[_Piece]:
    found: list[_Piece] = []
    at_us = window.start_us
    for event in line:
        if event.onset_us > at_us:
            found.append(_Piece(None, at_us, event.onset_us))
        found.append(_Piece(event, event.onset_us, event.offset_us, event.code, fixed=event.code in blind))
        at_us = event.offset_us
    if at_us < window.end_us:
        found.append(_Piece(None, at_us, window.end_us))
    return found


def _folded(pieces: Sequence[_Piece], hand: Hand, slips: list[Slip]) -> list[_Piece]:
    """The pieces without those that are missed; their time goes to a neighbour."""
    kept: list[_Piece] = []
    due_us: int | None = None  # where a piece begins that also gets the time of the one before it
    for place, piece in enumerate(pieces):
        if piece.event is not None and not piece.fixed:
            after = pieces[place + 1] if place + 1 < len(pieces) else None
            before = kept[-1] if kept and not kept[-1].fixed and due_us is None else None
            fault = hand.fault(piece.event)
            if fault and (before or (after and not after.fixed and due_us is None)):
                slips.append(Slip(fault, piece.event))
                if before:
                    before.end_us = piece.end_us
                else:
                    due_us = piece.start_us
                continue
            piece.code = hand.called(piece.event)
            piece.confused = piece.code != piece.event.code
        if due_us is not None:
            piece.start_us, piece.stretched, due_us = due_us, True, None
        kept.append(piece)
    return kept


def _joined(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Neighbours that have become one state, or one gap, for the coder."""
    kept: list[_Piece] = []
    for piece in pieces:
        last = kept[-1] if kept else None
        if last is None or last.code != piece.code or _always_touched(last, piece):
            kept.append(piece)
            continue
        last.end_us = piece.end_us
        if piece.event is not None:
            last.joined.append(piece.event)
    return kept


def _always_touched(last: _Piece, piece: _Piece) -> bool:
    """True if the master itself has two states of one code here, say with different modifiers."""
    if last.event is None or piece.event is None or last.confused or piece.confused:
        return False
    return (last.joined[-1] if last.joined else last.event).offset_us == piece.event.onset_us


def _move(pieces: Sequence[_Piece], frames_us: Sequence[int], hand: Hand) -> None:
    """Move every boundary between two codable pieces; each piece keeps at least one frame."""
    free = [not (before.fixed or after.fixed) for before, after in pairwise(pieces)]
    latest = [0] * len(pieces)  # the last frame on which piece i + 1 may begin
    bound = bisect_left(frames_us, pieces[-1].end_us) if pieces else 0
    for place in range(len(free) - 1, -1, -1):
        bound = bound - 1 if free[place] else bisect_left(frames_us, pieces[place].end_us)
        latest[place] = bound
    for place, movable in enumerate(free):
        if not movable:
            continue
        earliest = bisect_right(frames_us, pieces[place].start_us)
        if earliest > latest[place]:
            continue  # the master's own states are shorter than frames here
        wanted = nearest(frames_us, pieces[place].end_us + hand.shift_us())
        at_us = frames_us[min(max(wanted, earliest), latest[place])]
        pieces[place].offset_by_us = pieces[place + 1].onset_by_us = at_us - pieces[place].end_us
        pieces[place].end_us = pieces[place + 1].start_us = at_us


def of_points(
    line: Iterable[Event], blind: Sequence[Span], exclusive: bool, frames_us: Sequence[int], hand: Hand
) -> tuple[list[Event], list[Slip]]:
    """Point events of a tier as the coder marks them. blind: uncodable time, into which none is moved."""
    made: list[Event] = []
    slips: list[Slip] = []
    taken: set[tuple[str, int]] = set()
    for event in line:
        if fault := hand.fault(event):
            slips.append(Slip(fault, event))
            continue
        code = hand.called(event)
        place = nearest(frames_us, event.onset_us + hand.shift_us())
        at_us = _free(frames_us, place, event.onset_us, blind, taken, "" if exclusive else code)
        if at_us is None:
            slips.append(Slip(MISSED, event))
            continue
        taken.add(("" if exclusive else code, at_us))
        mine = replace(hand.recoded(event, code), span=Span.moment(at_us), note="")
        made.append(mine)
        if code != event.code or at_us != event.onset_us:
            what = CONFUSED if code != event.code else SHIFTED
            slips.append(Slip(what, event, mine, at_us - event.onset_us))
    return made, slips


def _free(
    frames_us: Sequence[int],
    place: int,
    master_us: int,
    blind: Sequence[Span],
    taken: set[tuple[str, int]],
    line: str,
) -> int | None:
    """The frame nearest to `place` that is codable, not beyond uncodable time, and not taken; None if none is."""
    low = max((span.end_us for span in blind if span.end_us <= master_us), default=frames_us[0])
    high = min((span.start_us for span in blind if span.start_us > master_us), default=frames_us[-1] + 1)
    first, end = bisect_left(frames_us, low), bisect_left(frames_us, high)
    place = min(max(place, first), end - 1)
    for away in range(end - first):
        for near in (place - away, place + away):
            if first <= near < end and (line, frames_us[near]) not in taken:
                return frames_us[near]
    return None


def nearest(frames_us: Sequence[int], at_us: float) -> int:
    """The number of the frame that begins nearest to a time."""
    after = min(bisect_left(frames_us, at_us), len(frames_us) - 1)
    before = max(after - 1, 0)
    return before if at_us - frames_us[before] <= frames_us[after] - at_us else after
