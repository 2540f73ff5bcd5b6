"""How one session's counts, or several sessions', become an agreement with estimate, table and target."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coder.model.agreement import Agreement, Confusion, Estimate, Status, Tally
from coder.model.scheme import Target, Tier
from coder.model.statistic import ACCURACY, AGREEMENT, F1, SPECIFIC, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US
from coder.reliability.estimates import estimate
from coder.reliability.intervals import tables_of
from coder.reliability.rows import Rows
from coder.reliability.timing import TIMING, timing
from coder.reliability.units import as_rows

TOLERANCE_US = SECOND_US
RARE = 0.05

_UNKNOWN = Estimate(value=None, n=0, status=Status.NO_EVENTS)
_UNUSED = "Neither coder used this code."
_TOO_BRIEF = "It holds at the middle of no unit that both coded."
_OF_ONE_CODE = (SPECIFIC, F1)
_IN_UNITS = (TIME_UNIT_KAPPA, ACCURACY, AGREEMENT, SPECIFIC)


def computed(like: Agreement, tallies: tuple[Tally, ...], counts: Mapping[str, float]) -> Agreement:
    """`like` with estimate, table and counts of these tallies: one session's, or several sessions' to pool."""
    if like.confusion is None:
        found = timing(like.statistic, tallies)
        return replace(like, estimate=found, tallies=tallies, counts=counts)
    names = like.confusion.categories
    place = names.index(like.code) if like.code is not None and like.statistic in _OF_ONE_CODE else None
    found = estimate(like.statistic, tallies, len(names), place, _compared_us(like.statistic, tallies, counts))
    if found.status is Status.OK and found.n < like.min_events:
        found = replace(found, status=Status.TOO_FEW, note="")
    if (
        place is not None
        and like.statistic == SPECIFIC
        and 0 < found.n < RARE * sum(len(one.cell) for one in tallies)
    ):
        found = replace(found, note=f"Rare: under {100 * RARE:.0f} % of the compared time. {found.note}".strip())
    confusion = Confusion(categories=names, table=as_rows(tables_of(tallies, len(names)).sum(0)))
    return replace(like, estimate=found, confusion=confusion, tallies=tallies, counts=counts)


def _compared_us(statistic: str, tallies: tuple[Tally, ...], counts: Mapping[str, float]) -> int:
    """How much time stands behind a statistic: the units that were counted, or the codable time of the window."""
    if statistic in _IN_UNITS:
        return sum(len(tally.cell) * tally.unit_us for tally in tallies)
    return round((counts["window_s"] - counts["uncodable_s"]) * SECOND_US)


def agreement(
    both: Rows,
    statistic: str,
    names: Sequence[str],
    tally: Tally,
    *,
    counts: Mapping[str, float],
    code: str | None = None,
) -> Agreement:
    """The agreement of one session. names: the categories of the tally's cells. code: if it is about one code."""
    unit_us = tally.unit_us if statistic in _IN_UNITS else None
    goal = _target(both.tier, statistic, unit_us)
    empty = Confusion(categories=tuple(names), table=())
    like = Agreement(
        statistic=statistic,
        tier=both.tier.id,
        unit=_unit_text(both.tier, statistic, unit_us),
        estimate=_UNKNOWN,
        code=code,
        confusion=None if statistic in TIMING else empty,
        target=goal.target if goal else None,
        floor=goal.floor if goal else None,
        min_events=goal.min_events if goal else 0,
    )
    made = computed(like, (tally,), counts)
    return replace(made, estimate=_explained(made, both))


def _explained(made: Agreement, both: Rows) -> Estimate:
    """The estimate with the reason why it is undefined, where the events tell more than the counts."""
    found = made.estimate
    if made.code is not None and all(state[0] != made.code for state in (*both.a, *both.b)):
        return Estimate(value=None, n=found.n, status=Status.NO_EVENTS, note=_UNUSED)
    if found.status is not Status.NO_EVENTS or made.statistic in TIMING:
        return found
    if made.statistic == SPECIFIC:
        return replace(found, note=_TOO_BRIEF)
    return replace(found, note=_why_nothing(both))


def _why_nothing(both: Rows) -> str:
    if both.uncodable_us == both.window.duration_us:
        return "All of the time that both coded is uncodable."
    silent = [who for who, row in (("A", both.a), ("B", both.b)) if not row]
    return f"Coder {silent[0]} coded nothing here." if len(silent) == 1 else ""


def _target(tier: Tier, statistic: str, unit_us: int | None) -> Target | None:
    fitting = [target for target in tier.targets if target.statistic == statistic]
    return next((target for target in fitting if unit_us is None or target.unit_us in (unit_us, None)), None)


def _unit_text(tier: Tier, statistic: str, unit_us: int | None) -> str:
    if statistic in TIMING:
        return "s"
    if statistic == F1:
        return f"events within {tolerance_us(tier) / SECOND_US:g} s"
    return f"{unit_us / SECOND_US:g} s units" if unit_us else "linked states"


def shared_counts(both: Rows) -> dict[str, float]:
    """What every agreement of a session counts: the session itself, its compared and its missing seconds."""
    window_s, uncodable_s = both.window.duration_us / SECOND_US, both.uncodable_us / SECOND_US
    return {"sessions": 1, "window_s": window_s, "uncodable_s": uncodable_s}


def tolerance_us(tier: Tier) -> int:
    """How far apart two marks of one event may lie: the scheme's tolerance for F1, or 1 s."""
    return next((target.tolerance_us for target in tier.targets if target.tolerance_us is not None), TOLERANCE_US)
