"""States of two coders on one tier: units of time, linked states, and codes that may overlap.

A tier that is coded by intervals is compared interval by interval: its unit is the interval, and it has no onsets
whose timing could be compared.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coder.model.agreement import Agreement, Tally
from coder.model.codable import gaps
from coder.model.scheme import TierKind
from coder.model.statistic import (
    AC1,
    ACCURACY,
    AGREEMENT,
    ALPHA,
    BIAS,
    BIAS_INDEX,
    EVENT_KAPPA,
    KAPPA_MAX,
    NEGATIVE,
    PABAK,
    PREVALENCE,
    SPECIFIC,
    TIME_UNIT_KAPPA,
    TOLERANT_KAPPA_A,
    TOLERANT_KAPPA_B,
)
from coder.model.time import SECOND_US, Span
from coder.reliability.agreements import Maker, shared_counts
from coder.reliability.durations import DURATIONS, seconds_shared
from coder.reliability.rows import Rows, cut_out
from coder.reliability.units import State, Units, in_units
from coder.reliability.words import CODED_TIME, LINKED_STATES, NOBODY, OTHER
from coder.reliability.yardsticks import tolerant_units, unit_of, units_of

_WHOLE_TIER = (TIME_UNIT_KAPPA, ACCURACY, AGREEMENT)
_BESIDE = (KAPPA_MAX, PABAK, AC1, ALPHA)
_OF_A_CODE = (SPECIFIC, NEGATIVE)
_INDICES = (PREVALENCE, BIAS_INDEX)


def of_states(make: Maker) -> Iterator[Agreement]:
    """Every agreement of one tier of exclusive states of one session: of the tier, then of each code."""
    both = make.both
    first, *others = units_of(both.tier)
    found = whole_units(both, first)
    counts = unit_counts(both, found)
    for statistic in (*_WHOLE_TIER, *_BESIDE):
        yield make(statistic, found.tally, counts, names=found.categories)
    yield from _tolerant(make, first)
    for unit_us in others:
        finer = whole_units(both, unit_us)
        for statistic in _WHOLE_TIER:
            yield make(statistic, finer.tally, unit_counts(both, finer), names=finer.categories)
    if both.tier.kind is TierKind.STATE:
        yield from _linked(make)
    yield from _codes(make, found, counts)


def whole_units(both: Rows, unit_us: int) -> Units:
    """The tier's units of time, as both coded them."""
    window = (both.window.start_us, both.window.end_us)
    b, categories = _filled(both)
    return in_units(both.a, b, window, unit_us, categories=categories, excluded=both.uncodable)


def _filled(both: Rows) -> tuple[Sequence[State], tuple[str, ...]]:
    """B's states and the categories of units. Against a master a unit that B left uncoded counts as `NOBODY`."""
    if both.against != "master":
        return both.b, both.categories
    blank = gaps((Span(onset_us, offset_us) for _, onset_us, offset_us in both.b), both.window)
    filled = [*both.b, *((NOBODY, span.start_us, span.end_us) for span in blank)]
    return sorted(filled, key=lambda state: state[1]), (*both.categories, NOBODY)


def unit_counts(both: Rows, found: Units) -> dict[str, float]:
    """What agreements of units of time count."""
    return shared_counts(both) | {
        "units": found.tally.units,
        "compared": len(found.tally.cell),
        "uncodable": found.uncodable,
        "uncoded": found.uncoded,
    }


def _tolerant(make: Maker, unit_us: int) -> Iterator[Agreement]:
    """Kappa that lets the other coder be some units early or late; it flatters, and differs by who is first."""
    both = make.both
    window = (both.window.start_us, both.window.end_us)
    b, categories = _filled(both)
    for statistic, reference in ((TOLERANT_KAPPA_A, "a"), (TOLERANT_KAPPA_B, "b")):
        found = in_units(
            both.a,
            b,
            window,
            unit_us,
            tolerant_units(both.tier),
            "a" if reference == "a" else "b",
            categories=categories,
            excluded=both.uncodable,
        )
        yield make(statistic, found.tally, unit_counts(both, found), names=categories)


def _codes(make: Maker, found: Units, counts: Mapping[str, float]) -> Iterator[Agreement]:
    both = make.both
    of_code = _of_each_code(both, *both.codable_states())
    aside = replace(make, targets=())  # the tier's target for kappa is none for each of its codes
    for statistic in (*_OF_A_CODE, TIME_UNIT_KAPPA, *_INDICES):
        of = aside if statistic == TIME_UNIT_KAPPA else make
        for code in both.categories:
            yield of(statistic, found.tally, {**counts, **of_code[code]}, names=found.categories, code=code)
    yield from _durations(make, of_code)


def _durations(make: Maker, of_code: Mapping[str, Mapping[str, float]]) -> Iterator[Agreement]:
    nothing = Tally(unit_us=SECOND_US, units=0, at=(), cell=())
    shared = shared_counts(make.both)
    for statistic in DURATIONS:
        for code in make.both.categories:
            yield make(statistic, nothing, {**shared, **of_code[code]}, unit=CODED_TIME, code=code)


def _of_each_code(both: Rows, a: Sequence[State], b: Sequence[State]) -> dict[str, dict[str, float]]:
    """Code -> states that each coder has of it, and the seconds that each coder, and both at once, gave it."""
    times = seconds_shared(a, b)
    times_a, times_b = Counter(code for code, _, _ in a), Counter(code for code, _, _ in b)
    found = {}
    for code in both.categories:
        mine, theirs, shared = times.get(code, (0, 0, 0))
        found[code] = {
            "states_a": times_a[code],
            "states_b": times_b[code],
            "seconds_a": mine / SECOND_US,
            "seconds_b": theirs / SECOND_US,
            "seconds_shared": shared / SECOND_US,
        }
    return found


def _linked(make: Maker) -> Iterator[Agreement]:
    both = make.both
    a, b = both.codable_states()
    found = both.links
    counts = shared_counts(both) | {"states_a": len(a), "states_b": len(b), "linked": found.links}
    names = (*both.categories, NOBODY)
    yield make(EVENT_KAPPA, found.tally, counts, names=names, unit=LINKED_STATES)
    matched = shared_counts(both) | {"matched": len(found.tally.lags_us)}
    yield make(BIAS, found.tally, matched, unit="s")


def of_overlapping_states(make: Maker) -> Iterator[Agreement]:
    """A tier whose codes may overlap: each code against its absence."""
    both = make.both
    found = {code: _one_code(both, code) for code in both.categories}
    of_code = {code: states for code, (_, states) in found.items()}
    for statistic in (TIME_UNIT_KAPPA, *_OF_A_CODE, KAPPA_MAX, PABAK, AC1, *_INDICES):
        for code, (units, states) in found.items():
            counts = {**unit_counts(both, units), **states}
            yield make(statistic, units.tally, counts, names=(code, OTHER), code=code)
    yield from _durations(make, of_code)


def _one_code(both: Rows, code: str) -> tuple[Units, dict[str, float]]:
    window = (both.window.start_us, both.window.end_us)
    with_code, without = [], []
    for row in (both.a, both.b):
        spans = [Span(on, off) for name, on, off in row if name == code]
        with_code.append([(code, span.start_us, span.end_us) for span in spans])
        without.append([(OTHER, gap.start_us, gap.end_us) for gap in gaps(spans, both.window)])
    found = in_units(
        [*with_code[0], *without[0]],
        [*with_code[1], *without[1]],
        window,
        unit_of(both.tier),
        categories=(code, OTHER),
        excluded=both.uncodable,
    )
    cut = [cut_out(tuple(row), both.uncodable) for row in with_code]
    return found, _of_each_code(replace(both, categories=(code,)), *cut)[code]
