"""Details of events that both coders marked: modifiers, and the outcomes of cues.

Only matched events can agree on a detail: matched point events, or linked states of one code. Each is taken as
independent of its neighbours. An agreement's `detail` is the modifier's id, or `modifier=option` where it is about
one option. Of a detail with any options, each option is compared by itself, chosen or not, and the whole choice as
the share of events with exactly the same options.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coder.model.agreement import Agreement, Estimate, Status, Tally
from coder.model.coding import CodingPass, Event
from coder.model.scheme import OUTCOME, RATING, Link, Modifier, Scheme, Tier, TierKind
from coder.model.statistic import ACCURACY, AGREEMENT, EXACT, ICC, KAPPA, MEAN_DIFFERENCE, SPECIFIC, WITHIN_ONE
from coder.model.time import SECOND_US
from coder.reliability.agreements import Maker, shared_counts
from coder.reliability.linking import linked_of_code
from coder.reliability.rows import Rows
from coder.reliability.sources import matched
from coder.reliability.units import State
from coder.reliability.words import LINKED_STATES, MATCHED_EVENTS, NOT_CHOSEN

_NOTHING = Estimate(
    value=None, n=0, status=Status.NO_EVENTS, note="No event that has this detail was marked by both coders."
)


@dataclass(frozen=True)
class Marked:
    """What both coders marked on a tier. pairs: those that belong together; a, b: every event of either."""

    a: tuple[Event, ...]
    b: tuple[Event, ...]
    pairs: tuple[tuple[Event, Event], ...]


def of_details(make: Maker, pass_a: CodingPass, pass_b: CodingPass, scheme: Scheme) -> Iterator[Agreement]:
    """Every agreement on the details of one tier's events of one session, in the order of the scheme."""
    tier = make.both.tier
    modifiers = {one.id: one for code in tier.codes for one in code.modifiers if one.id != RATING}
    if not modifiers:
        return
    points = tier.kind is TierKind.POINT
    marked = marked_by_both(make.both, pass_a, pass_b)
    unit = MATCHED_EVENTS if points else LINKED_STATES
    link = scheme.link_of(tier.id)
    for modifier in modifiers.values():
        targets = link.targets if link and modifier.id == OUTCOME else tier.targets
        if link is None or modifier.id != OUTCOME:
            targets = tuple(target for target in targets if target.statistic == KAPPA)
        chosen = _with(marked, modifier, tier, link)
        yield from _of_modifier(replace(make, targets=targets), modifier, chosen, unit)


def marked_by_both(both: Rows, pass_a: CodingPass, pass_b: CodingPass) -> Marked:
    """The events of one tier, and those whose details can be compared."""
    points = both.tier.kind is TierKind.POINT
    return _points(both) if points else _states(both, pass_a, pass_b)


def _points(both: Rows) -> Marked:
    matching, a, b = matched(both)
    return Marked(tuple(a), tuple(b), tuple((a[i], b[j]) for i, j in matching.pairs))


def _states(both: Rows, pass_a: CodingPass, pass_b: CodingPass) -> Marked:
    (a, b), found = both.codable_states(), both.links
    pairs = found.pairs
    if not both.tier.exclusive:
        pairs = tuple(pair for code in both.categories for pair in linked_of_code(a, b, code))
    events_a, events_b = (_behind(row, coding.row(both.tier.id)) for row, coding in ((a, pass_a), (b, pass_b)))
    both_marked = ((events_a[i], events_b[j]) for i, j in pairs)
    return Marked(
        tuple(event for event in events_a if event is not None),
        tuple(event for event in events_b if event is not None),
        tuple((mine, theirs) for mine, theirs in both_marked if mine is not None and theirs is not None),
    )


def _behind(states: Sequence[State], row: Sequence[Event]) -> list[Event | None]:
    """The event that each state was made from; None if it is only the tier's default. row: in order of onset."""
    of_code: dict[str, list[Event]] = {}
    for event in row:
        for code in (event.code, *event.either):
            of_code.setdefault(code, []).append(event)
    found: list[Event | None] = []
    for code, onset_us, _ in states:
        there = of_code.get(code, [])
        at = bisect_right(there, onset_us, key=lambda event: event.onset_us) - 1
        found.append(there[at] if at >= 0 and there[at].span.contains(onset_us) else None)
    return found


def _with(marked: Marked, modifier: Modifier, tier: Tier, link: Link | None) -> Marked:
    """Only the events that have this detail to give. What is judged of an answer takes an answer."""

    asked = {code.id for code in tier.codes if any(one.id == modifier.id for one in code.modifiers)}
    judged = link is not None and any(one.id == modifier.id for one in link.details)

    def has(event: Event) -> bool:
        if event.code not in asked or link is None or not judged:
            return event.code in asked
        outcome = link.outcome(event.modifier(OUTCOME))
        return outcome is not None and outcome.has_answer

    return Marked(
        tuple(filter(has, marked.a)),
        tuple(filter(has, marked.b)),
        tuple(pair for pair in marked.pairs if has(pair[0]) and has(pair[1])),
    )


def _of_modifier(make: Maker, modifier: Modifier, marked: Marked, unit: str) -> Iterator[Agreement]:
    values = [tuple(event.modifier(modifier.id) or "" for event in pair) for pair in marked.pairs]
    window = make.both.window
    at = [max(pair[0].onset_us - window.start_us, 0) // SECOND_US for pair in marked.pairs]
    whole = Tally(unit_us=SECOND_US, units=-(-window.duration_us // SECOND_US), at=tuple(at), cell=())
    counts = shared_counts(make.both) | {
        "events_a": len(marked.a),
        "events_b": len(marked.b),
        "matched": len(marked.pairs),
    }
    kind = {"number": _number, "multi": _multi}.get(modifier.kind, _single)
    for part in kind(modifier, values):
        tally = replace(whole, cell=tuple(part.cells), values=tuple(part.numbers))
        for statistic in part.statistics:
            one = make(statistic, tally, {**counts, **part.more}, names=part.names, unit=unit, detail=part.detail)
            yield one if marked.pairs else replace(one, estimate=_NOTHING)


@dataclass(frozen=True)
class _Part:
    """One table, or one row of pairs of numbers, and what is computed from it."""

    statistics: tuple[str, ...]
    detail: str
    names: tuple[str, ...] = ()
    cells: Sequence[int] = ()
    numbers: Sequence[tuple[float, float]] = ()
    more: Mapping[str, float] = field(default_factory=dict)


_Values = Sequence[tuple[str, ...]]


def _single(modifier: Modifier, values: _Values) -> Iterator[_Part]:
    """Kappa over the declared options, with one more for who chose nothing, where that occurs."""
    options = [option.id for option in modifier.options]
    names = (*options, NOT_CHOSEN)
    number = {name: place for place, name in enumerate(options)}
    places = [[number.get(value, len(options)) for value in pair] for pair in values]
    cells = [a * len(names) + b for a, b in places]
    yield _Part((KAPPA, ACCURACY, AGREEMENT), modifier.id, names, cells)
    for option in options:
        yield _Part((SPECIFIC,), f"{modifier.id}={option}", names, cells)


def _multi(modifier: Modifier, values: _Values) -> Iterator[_Part]:
    sets = [[set(value.split(",")) for value in pair] for pair in values]
    yield _Part((EXACT,), modifier.id, numbers=[(0.0, float(a != b)) for a, b in sets])
    for option in (one.id for one in modifier.options):
        cells = [2 * (option not in a) + (option not in b) for a, b in sets]
        yield _Part((KAPPA, SPECIFIC), f"{modifier.id}={option}", (option, NOT_CHOSEN), cells)


def _number(modifier: Modifier, values: _Values) -> Iterator[_Part]:
    known = [all(value.lstrip("-").isdecimal() for value in pair) for pair in values]
    told = [(float(a), float(b)) for (a, b), both in zip(values, known, strict=True) if both]
    half = sum(any(pair) and not both for pair, both in zip(values, known, strict=True))
    statistics = (ICC, EXACT, WITHIN_ONE, MEAN_DIFFERENCE)
    yield _Part(statistics, modifier.id, numbers=told, more={"one_chose": half})
