"""The states of a consensus: pieces of both passes, put together again to whole states."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import uuid4

from coder.model.coding import NOTHING, CodingPass, Event, Modifiers
from coder.model.disagreement import Disagreement, DisagreementKind, Verdict
from coder.model.scheme import Tier, TierKind
from coder.model.time import Span
from coder.reliability.rulings import Rulings
from coder.reliability.sources import Piece


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch that one code holds. event: whose code and notes it has.

    sources: ids of the events that say so; both coders' where they agree. by: "" if they agree, else the coder
    whose it is.
    """

    start_us: int
    end_us: int
    event: Event
    modifiers: Modifiers
    either: tuple[str, ...]
    sources: frozenset[str]
    by: str


def settled_states(parts: Iterable[Piece], tier: Tier, rulings: Rulings) -> Iterator[Event]:
    """The states of one line of pieces, with new ids. Pieces of one state become one again.

    Where both agree and A ends one state and begins another of the same code, so does the consensus.
    """
    whole: _Part | None = None
    last: _Part | None = None
    for part in _parts(parts, tier, rulings):
        if whole is not None and last is not None and _continues(whole, last, part, tier):
            # what both say of a state is more than what one of them says of its margin
            core = part if whole.by and not part.by else whole
            whole = replace(core, start_us=whole.start_us, end_us=part.end_us, by=whole.by and part.by)
        else:
            if whole is not None:
                yield _event(whole)
            whole = part
        last = part
    if whole is not None:
        yield _event(whole)


def _parts(parts: Iterable[Piece], tier: Tier, rulings: Rulings) -> Iterator[_Part]:
    ruled: tuple[Verdict | None, Disagreement] | None = None
    own = any(code.uncodable for code in tier.codes)
    for piece in parts:
        if piece.a == piece.b:
            if not (piece.lost and own) and (part := _agreed(piece, rulings)) is not None:
                yield part
        elif not piece.lost:
            # a difference is longer than a piece if a coder ends one state and begins another inside it
            ruled = rulings.by_span.get((tier.id, piece.start_us, piece.a, piece.b), ruled)
            if ruled is not None and (part := _disputed(piece, tier, *ruled)) is not None:
                yield part


def _agreed(piece: Piece, rulings: Rulings) -> _Part | None:
    a, b = piece.event_a, piece.event_b
    event = a or b
    if event is None:
        return None
    modifiers = rulings.details(a, b) if a and b and a.code == b.code else event.modifiers
    sources = frozenset(one.id for one in (a, b) if one is not None)
    return _Part(piece.start_us, piece.end_us, event, modifiers, event.either, sources, "")


def _disputed(piece: Piece, tier: Tier, verdict: Verdict | None, about: Disagreement) -> _Part | None:
    if verdict is None:
        return None
    a, b = piece.event_a, piece.event_b
    if verdict is Verdict.EITHER and _may_be_either(about, tier):
        event, other = (a, piece.b) if a is not None else (b, piece.a)
        if event is not None:
            codes = {*event.either, other or NOTHING} - {event.code}
            return _part_of(piece, event, "a" if event is a else "b", tuple(sorted(codes)))
    by_b = verdict is Verdict.B
    taken = b if by_b else a
    return None if taken is None else _part_of(piece, taken, "b" if by_b else "a", taken.either)


def _may_be_either(about: Disagreement, tier: Tier) -> bool:
    """False for a margin of a state that would be too short to be a state of its own: then A's boundary holds."""
    if about.kind not in (DisagreementKind.EARLY, DisagreementKind.LATE):
        return True
    codes = [tier.code(code) for code in (about.code_a, about.code_b) if code is not None]
    return all(about.span.duration_us >= code.min_us for code in codes)


def _part_of(piece: Piece, event: Event, by: str, either: tuple[str, ...]) -> _Part:
    return _Part(piece.start_us, piece.end_us, event, event.modifiers, either, frozenset({event.id}), by)


def _continues(whole: _Part, last: _Part, part: _Part, tier: Tier) -> bool:
    """True if `part` is more of the state that ends with `last`."""
    alike = (last.event.code, last.either) == (part.event.code, part.either)
    if last.end_us != part.start_us or not alike:
        return False
    if not part.by and not whole.by and whole.modifiers != part.modifiers:
        return False
    if not part.by and not last.by:
        return part.event.id == last.event.id
    if part.sources & last.sources:
        return True
    return tier.kind is TierKind.STATE and bool(part.by and last.by) and part.by != last.by


def _event(whole: _Part) -> Event:
    begins = whole.start_us == whole.event.onset_us
    return replace(
        whole.event,
        id=str(uuid4()),
        span=Span(whole.start_us, whole.end_us),
        modifiers=whole.modifiers,
        reaction_us=whole.event.reaction_us if begins else 0,
        either=whole.either,
    )


def uncodable_states(pass_a: CodingPass, pass_b: CodingPass, tier: Tier, window: Span) -> Iterator[Event]:
    """The time that either coder called uncodable, with new ids; where both did so, the first of them holds."""
    blind = {code.id for code in tier.codes if code.uncodable}
    found = [event for coding in (pass_a, pass_b) for event in coding.row(tier.id) if event.code in blind]
    kept: list[Event] = []
    for event in sorted(found, key=lambda event: event.span):
        inside = event.span.intersection(window)
        if inside is None:
            continue
        last = kept[-1] if kept else None
        if last is not None and inside.start_us < last.offset_us:
            if inside.end_us <= last.offset_us:
                continue
            if last.code == event.code:
                kept[-1] = replace(last, span=Span(last.onset_us, inside.end_us))
                continue
            inside = Span(last.offset_us, inside.end_us)
        kept.append(replace(event, id=str(uuid4()), span=inside))
    yield from kept
