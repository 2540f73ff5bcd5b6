"""States of two coders on one tier: units of time, linked states, and codes that may overlap.

A tier that is coded by intervals is compared interval by interval: its unit is the interval, and it has no onsets
whose timing could be compared.
"""

from collections.abc import Iterator, Sequence

from coder.model.agreement import Agreement
from coder.model.codable import gaps
from coder.model.scheme import Tier, TierKind
from coder.model.statistic import ACCURACY, AGREEMENT, BIAS, EVENT_KAPPA, SPECIFIC, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US, Span
from coder.reliability.agreements import agreement, shared_counts
from coder.reliability.linking import event_kappa
from coder.reliability.rows import Rows, cut_out
from coder.reliability.units import State, TimeUnitKappa, time_unit_kappa

UNIT_US = SECOND_US
NOBODY = "—"
OTHER = "other"


def of_states(both: Rows) -> Iterator[Agreement]:
    """Every agreement of one tier of states of one session."""
    if both.tier.exclusive:
        for unit_us in _units(both.tier):
            yield from _states(both, unit_us)
        if both.tier.kind is TierKind.STATE:
            yield from _linked(both)
    else:
        for code in both.categories:
            yield from _one_code(both, code)


def _units(tier: Tier) -> list[int]:
    """The tier's interval; else the units that its targets name, 1 s first if among them or if none is named."""
    if tier.kind is TierKind.INTERVAL and tier.every_us:
        return [tier.every_us]
    named = {target.unit_us for target in tier.targets if target.unit_us is not None} or {UNIT_US}
    return sorted(named, key=lambda unit_us: (unit_us != UNIT_US, unit_us))


def unit_of(tier: Tier) -> int:
    """The unit of time of a tier's headline numbers, and how far apart a boundary may lie before it matters."""
    return _units(tier)[0]


def _unit_counts(both: Rows, found: TimeUnitKappa) -> dict[str, float]:
    return shared_counts(both) | {
        "units": found.units,
        "compared": found.n,
        "uncodable": found.uncodable,
        "uncoded": found.uncoded,
    }


def _states(both: Rows, unit_us: int) -> Iterator[Agreement]:
    window = (both.window.start_us, both.window.end_us)
    found = time_unit_kappa(both.a, both.b, window, unit_us, categories=both.categories, excluded=both.uncodable)
    counts = _unit_counts(both, found)
    for statistic in (TIME_UNIT_KAPPA, ACCURACY, AGREEMENT):
        yield agreement(both, statistic, both.categories, found.tally, counts=counts)
    if unit_us != _units(both.tier)[0]:
        return
    states_a, states_b = both.codable_states()
    for code in both.categories:
        times = _times(code, states_a, states_b)
        yield agreement(both, SPECIFIC, both.categories, found.tally, counts=counts | times, code=code)


def _times(code: str, a: Sequence[State], b: Sequence[State]) -> dict[str, float]:
    """Seconds that each coder, and both at once, gave a code."""
    mine, theirs = ([(on, off) for name, on, off in row if name == code] for row in (a, b))
    shared, later = 0, 0
    for on, off in mine:
        while later < len(theirs) and theirs[later][1] <= on:
            later += 1
        at = later
        while at < len(theirs) and theirs[at][0] < off:
            shared += min(off, theirs[at][1]) - max(on, theirs[at][0])
            at += 1
    lengths = (sum(off - on for on, off in row) for row in (mine, theirs))
    seconds_a, seconds_b = (length / SECOND_US for length in lengths)
    return {"seconds_a": seconds_a, "seconds_b": seconds_b, "seconds_shared": shared / SECOND_US}


def _linked(both: Rows) -> Iterator[Agreement]:
    a, b = both.codable_states()
    window, cuts = (both.window.start_us, both.window.end_us), {end for _, end in both.uncodable}
    found = event_kappa(a, b, window=window, categories=both.categories, cuts=cuts)
    counts = shared_counts(both) | {"states_a": len(a), "states_b": len(b), "linked": found.links}
    yield agreement(both, EVENT_KAPPA, (*both.categories, NOBODY), found.tally, counts=counts)
    matched = shared_counts(both) | {"matched": len(found.tally.lags_us)}
    yield agreement(both, BIAS, (), found.tally, counts=matched)


def _one_code(both: Rows, code: str) -> Iterator[Agreement]:
    """A tier whose codes may overlap: each code against its absence."""
    window = (both.window.start_us, both.window.end_us)
    with_code, without = [], []
    for row in (both.a, both.b):
        spans = [Span(on, off) for name, on, off in row if name == code]
        with_code.append([(code, span.start_us, span.end_us) for span in spans])
        without.append([(OTHER, gap.start_us, gap.end_us) for gap in gaps(spans, both.window)])
    unit_us, names = _units(both.tier)[0], (code, OTHER)
    found = time_unit_kappa(
        [*with_code[0], *without[0]],
        [*with_code[1], *without[1]],
        window,
        unit_us,
        categories=names,
        excluded=both.uncodable,
    )
    cut = [cut_out(tuple(row), both.uncodable) for row in with_code]
    counts = _unit_counts(both, found) | _times(code, *cut)
    for statistic in (TIME_UNIT_KAPPA, SPECIFIC):
        yield agreement(both, statistic, names, found.tally, counts=counts, code=code)
