"""Three and more coders of the same sessions."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from coder.model.agreement import Agreement, Estimate, Several, Tally
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.statistic import ALPHA, CONGER, F1, FLEISS, LIGHT, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US, Span
from coder.reliability import several_counts as of
from coder.reliability.catalogue import Formula
from coder.reliability.estimates import estimate
from coder.reliability.matching import match_points
from coder.reliability.pairing import not_comparable
from coder.reliability.rows import Rows, rows
from coder.reliability.several_ratings import several_ratings
from coder.reliability.tier_points import tally_of
from coder.reliability.units import NO_CODE, State, in_units, sampled
from coder.reliability.words import NO_COMPLETE, OTHER
from coder.reliability.yardsticks import tolerance_us, unit_of

Session = Mapping[str, CodingPass]
_ALPHA = Formula(of.alpha, low=-1.0)
_COMPLETE = ((FLEISS, Formula(of.fleiss, low=-1.0)), (CONGER, Formula(of.conger, low=-1.0)))
_LIGHT, _F1 = Formula(of.light, low=-1.0), Formula(of.mean_f1)


def several_coders(passes: Sequence[Session], scheme: Scheme, names: Sequence[str]) -> tuple[Several, ...]:
    """The agreement of three or more coders, tier by tier; of codes that may overlap, one `Several` for each code.

    passes: for each session the passes by the coder's name; a coder may be missing. names: the coders, in the
    order in which they are to be shown. States and intervals over units of time: alpha (units that some did not
    code count too), Fleiss and Conger (units that all coded), and the mean of the pairs' kappas (Light). Point
    events: the mean F1 of all pairs. Ratings: ordinal alpha and ICC. Passes that cannot be compared with the
    first of their session are left out. Empty with fewer than three names.
    """
    told = [session for one in passes if len(session := _comparable(one, scheme, names)) > 1]
    if len(names) < 3 or not told:
        return ()
    found: list[Several] = []
    for tier in scheme.tiers:
        if all(code.uncodable for code in tier.codes):
            continue
        if tier.kind is TierKind.RATING:
            found += several_ratings(told, tier, names)
        elif tier.kind is TierKind.POINT:
            found.append(_points(told, scheme, tier, names))
        elif tier.exclusive:
            found.append(_states(told, scheme, tier, names, None))
        else:
            found += (_states(told, scheme, tier, names, code.id) for code in tier.codes if not code.uncodable)
    return tuple(found)


def _comparable(session: Session, scheme: Scheme, names: Sequence[str]) -> Session:
    present = [
        (name, session[name]) for name in names if name in session and session[name].header.scheme == scheme.id
    ]
    kept = dict(present[:1])
    for name, one in present[1:]:
        if not not_comparable(present[0][1], one, scheme) and _window([*kept.values(), one]) is not None:
            kept[name] = one
    return kept


def _window(passes: Sequence[CodingPass]) -> Span | None:
    """The stretch that all of them coded."""
    start = max(one.window.start_us for one in passes)
    end = min(one.window.end_us for one in passes)
    return Span(start, end) if start < end else None


def _pairs(
    session: Session, scheme: Scheme, tier: Tier, names: Sequence[str]
) -> Iterator[tuple[int, tuple[int, int], Rows]]:
    """(number of the pair, both coders' places, their rows) of each two coders of a session."""
    for number, (i, j) in enumerate(combinations(range(len(names)), 2)):
        a, b = session.get(names[i]), session.get(names[j])
        if a is not None and b is not None and (window := a.window.intersection(b.window)) is not None:
            yield number, (i, j), rows(a, b, scheme, tier, window)


def _states(
    sessions: Sequence[Session], scheme: Scheme, tier: Tier, names: Sequence[str], code: str | None
) -> Several:
    unit_us = unit_of(tier)
    categories = tuple(one.id for one in tier.codes if not one.uncodable) if code is None else (code, OTHER)
    tallies: dict[tuple[int, int], list[Tally]] = {}
    coincidences, complete, pairs, units = [], [], [], 0
    for session in sessions:
        codes = _codes(session, scheme, tier, names, code)
        units += int(((codes != NO_CODE).sum(1) > 1).sum())
        coincidences.append(of.coincidences(codes, len(categories)))
        complete.append(of.pair_tables(codes, len(categories), complete=True))
        pairs.append(of.pair_tables(codes, len(categories), complete=False))
        for _, places, both in _pairs(session, scheme, tier, names):
            window = (both.window.start_us, both.window.end_us)
            a, b = (_against_absence(row, code, both.window) for row in (both.a, both.b))
            found = in_units(a, b, window, unit_us, categories=categories, excluded=both.uncodable)
            tallies.setdefault(places, []).append(found.tally)
    everyone = int(sum(tables[0].sum() for tables in complete))
    estimates = {ALPHA: of.of_sessions(_ALPHA, coincidences, units)}
    estimates |= {name: of.of_sessions(formula, complete, everyone, NO_COMPLETE) for name, formula in _COMPLETE}
    estimates[LIGHT] = of.of_sessions(_LIGHT, pairs, units)
    pairwise = {places: estimate(TIME_UNIT_KAPPA, row, len(categories)) for places, row in tallies.items()}
    counts = {"sessions": len(sessions), "units": units, "units_of_all": everyone}
    unit = f"{unit_us / SECOND_US:g} s units"
    return _several(tier, names, len(sessions), estimates, counts, unit, code, TIME_UNIT_KAPPA, pairwise)


def _codes(session: Session, scheme: Scheme, tier: Tier, names: Sequence[str], code: str | None) -> of.Codes:
    """The codes of all coders over the units that all who are there coded."""
    window = _window([*session.values()])
    if window is None:
        return np.empty((0, len(names)), dtype=np.int64)
    unit_us = unit_of(tier)
    midpoints = np.arange(window.start_us + unit_us // 2, window.end_us, unit_us, dtype=np.int64)
    found = np.full((len(midpoints), len(names)), NO_CODE, dtype=np.int64)
    for place, name in enumerate(names):
        if name not in session:
            continue
        own = rows(session[name], session[name], scheme, tier, window)
        row = _against_absence(own.a, code, window)
        categories = own.categories if code is None else (code, OTHER)
        number = {category: at for at, category in enumerate(categories)}
        lost = sampled([("", *span) for span in own.uncodable], midpoints, {"": 0}) != NO_CODE
        found[:, place] = np.where(lost, NO_CODE, sampled(row, midpoints, number))
    return found


def _against_absence(row: Sequence[State], code: str | None, window: Span) -> Sequence[State]:
    """The states of one code, and its absence for the rest of the window; without a code the row itself."""
    if code is None:
        return row
    found, at_us = [], window.start_us
    for name, onset_us, offset_us in row:
        if name == code and offset_us > at_us:
            found += [(OTHER, at_us, onset_us)] if onset_us > at_us else []
            found.append((code, max(onset_us, at_us), offset_us))
            at_us = offset_us
    return [*found, (OTHER, at_us, window.end_us)]


def _points(sessions: Sequence[Session], scheme: Scheme, tier: Tier, names: Sequence[str]) -> Several:
    tolerance, size = tolerance_us(tier), sum(not code.uncodable for code in tier.codes) + 1
    number = len(names) * (len(names) - 1) // 2
    tallies: dict[tuple[int, int], list[Tally]] = {}
    counted, events = [], 0
    for session in sessions:
        counts = np.zeros((number, 2))
        for pair, places, both in _pairs(session, scheme, tier, names):
            a, b = both.codable_points()
            matching = match_points(a, b, tolerance)
            counts[pair] = len(matching.pairs), len(a) + len(b)
            tallies.setdefault(places, []).append(tally_of(both, a, b, matching))
        counted.append(counts)
        events += int(counts[:, 1].sum())
    pairwise = {places: estimate(F1, row, size) for places, row in tallies.items()}
    estimates = {F1: of.of_sessions(_F1, counted, events)}
    unit = f"events within {tolerance / SECOND_US:g} s, mean of all pairs"
    counts_of_all = {"sessions": len(sessions), "events_of_pairs": events}
    return _several(tier, names, len(sessions), estimates, counts_of_all, unit, None, F1, pairwise)


def _several(
    tier: Tier,
    names: Sequence[str],
    sessions: int,
    estimates: Mapping[str, Estimate],
    counts: Mapping[str, float],
    unit: str,
    code: str | None,
    statistic: str,
    pairwise: Mapping[tuple[int, int], Estimate],
) -> Several:
    agreements = tuple(
        Agreement(statistic=name, tier=tier.id, unit=unit, estimate=found, code=code, counts=counts)
        for name, found in estimates.items()
    )
    matrix = tuple(
        tuple(pairwise.get((min(i, j), max(i, j))) for j in range(len(names))) for i in range(len(names))
    )
    return Several(tier.id, tuple(names), sessions, agreements, statistic, matrix)
