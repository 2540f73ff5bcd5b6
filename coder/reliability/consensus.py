"""A consensus: what two passes agree on, with the verdicts on where they differ.

What is agreed is taken from A: a point event that both marked within the tolerance lies where A marked it, on a
frame that somebody chose and not between two. Of a difference the verdict decides:

- A or B: as that coder has it, "nothing" included.
- EITHER: as A has it (as B, where A has nothing), and the other's code is noted as just as right (`Event.either`).
  Details and ratings have no such note; A's is taken.
- NEITHER, UNCLEAR, UNKNOWN or no verdict: left empty, and listed as open.
- A boundary within the tier's unit of time (`is_brief`) without a verdict: A's, and listed as such.

Time that either coder called uncodable is uncodable, as it is when passes are compared. A judgement of an answer
stays only where the act that it names is there, in its window and without another cue; else the cue waits for the
review of answers. Gaps that a tier's default fills are left as they are: a rule is no event.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from coder.model.coding import NOTHING, CodingPass, Event, order
from coder.model.disagreement import Disagreement, Settlement, Verdict
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.time import Span
from coder.reliability.consensus_answers import Mark, with_answers
from coder.reliability.consensus_states import settled_states, uncodable_states
from coder.reliability.disagreements import disagreements, lines_of
from coder.reliability.pairing import not_comparable
from coder.reliability.rows import Rows, rows
from coder.reliability.rulings import Rulings, verdicts_of
from coder.reliability.sources import matched, pieces
from coder.reliability.tier_ratings import rated_pairs


@dataclass(frozen=True, slots=True)
class ConsensusDraft:
    """Events of a consensus pass, with new ids, in `order` within each tier, and what it leaves empty.

    open: differences without a verdict, or with one that names no code (neither, unclear, unknown): nothing is
    coded there. within: boundaries within the tier's unit of time that have no verdict: A's were taken.
    """

    events: tuple[Event, ...]
    open: tuple[Disagreement, ...]
    within: tuple[Disagreement, ...] = ()


def consensus(
    pass_a: CodingPass, pass_b: CodingPass, scheme: Scheme, settlements: Iterable[Settlement]
) -> ConsensusDraft:
    """What both agree on, and what was settled, inside the window that both coded.

    settlements: in the order they were made; those of other passes are no matter, and A and B may have changed
    places since. Raises ValueError if the passes cannot be compared.
    """
    window = pass_a.window.intersection(pass_b.window)
    obstacle = not_comparable(pass_a, pass_b, scheme)
    if obstacle or window is None:
        raise ValueError(obstacle)
    found = disagreements(pass_a, pass_b, scheme)
    verdicts = verdicts_of(settlements, pass_a.header.id, pass_b.header.id)
    rulings = Rulings.of(found, verdicts)
    events: list[Event] = []
    marks: list[Mark] = []
    for tier in scheme.tiers:
        if tier.kind is TierKind.RATING:
            events += _ratings(pass_a, pass_b, tier, window, rulings)
            continue
        both = rows(pass_a, pass_b, scheme, tier, window)
        if tier.kind is TierKind.POINT:
            marks += _points(both, rulings)
        else:
            for code in lines_of(both):
                events += settled_states(pieces(both, pass_a, pass_b, code), tier, rulings)
            events += uncodable_states(pass_a, pass_b, tier, window)
    events += with_answers(marks, scheme, window, rulings)
    place = {tier.id: number for number, tier in enumerate(scheme.tiers)}
    return ConsensusDraft(
        tuple(sorted(events, key=lambda event: (place[event.tier], order(event)))),
        rulings.open,
        rulings.within,
    )


def _points(both: Rows, rulings: Rulings) -> Iterator[Mark]:
    matching, a, b = matched(both)
    pairs: list[tuple[Event | None, Event | None]] = [
        (a[i], b[j]) for i, j in matching.pairs + matching.confusions
    ]
    pairs += [(a[i], None) for i in matching.only_a] + [(None, b[j]) for j in matching.only_b]
    made = [mark for pair in pairs if (mark := _point(*pair, rulings)) is not None]
    made += _unneeded(both, made)
    taken = {mark.event.onset_us for mark in made if mark.a is None}
    for mark in made:
        if both.tier.exclusive and mark.a and mark.b and mark.event.onset_us in taken:
            # two events of an exclusive tier cannot share a moment: this one lies where B marked it
            yield replace(mark, event=replace(mark.event, span=mark.b.span))
        else:
            yield mark


def _unneeded(both: Rows, made: Sequence[Mark]) -> Iterator[Mark]:
    """What one of them marked, and nobody need have, is agreed on with that note, where there is room for it."""

    def place(event: Event) -> tuple[int, str]:
        return event.onset_us, "" if both.tier.exclusive else event.code

    taken = {place(mark.event) for mark in made}
    if both.tier.exclusive:  # where A's and B's moment may both be asked for
        taken |= {place(mark.b) for mark in made if mark.b is not None}
    events = [(one, one, None) for one in both.unneeded_a] + [(one, None, one) for one in both.unneeded_b]
    for event, a, b in events:
        if place(event) not in taken:
            taken.add(place(event))
            yield _mark(a, b, event)


def _point(a: Event | None, b: Event | None, rulings: Rulings) -> Mark | None:
    verdict = rulings.between(a, b)
    taken = _taken(a, b, verdict)
    if taken is None:
        return None
    if a is not None and b is not None and verdict is Verdict.A and a.code == b.code:
        taken = replace(taken, modifiers=rulings.details(a, b))
    return _mark(a, b, taken)


def _mark(a: Event | None, b: Event | None, taken: Event) -> Mark:
    return Mark(replace(taken, id=str(uuid4())), a, b, taken.id)


def _ratings(
    pass_a: CodingPass, pass_b: CodingPass, tier: Tier, window: Span, rulings: Rulings
) -> Iterator[Event]:
    for a, b in rated_pairs(pass_a, pass_b, tier, window):
        verdict = rulings.between(a, b)
        taken = b if verdict is Verdict.B else (a or b) if verdict is Verdict.EITHER else a if verdict else None
        inside = taken.span.intersection(window) if taken else None
        if taken is not None and inside is not None:
            yield replace(taken, id=str(uuid4()), span=inside)


def _taken(a: Event | None, b: Event | None, verdict: Verdict | None) -> Event | None:
    """The event that stays of two that stand for the same behaviour."""
    if verdict is Verdict.EITHER:
        first, other = (a, b) if a is not None else (b, a)
        codes = {NOTHING if other is None else other.code}
        return first and replace(first, either=tuple(sorted({*first.either, *codes} - {first.code})))
    if verdict is None:
        return None
    return b if verdict is Verdict.B else a
