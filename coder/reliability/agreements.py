"""How one session's counts, or several sessions', become an agreement with estimate, table and target."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from coder.model.agreement import Agreement, Confusion, Estimate, Status, Tally
from coder.model.scheme import Target
from coder.model.statistic import (
    AC1,
    ACCURACY,
    AGREEMENT,
    ALPHA,
    BIAS_INDEX,
    KAPPA_MAX,
    NEGATIVE,
    PABAK,
    PREVALENCE,
    SPECIFIC,
    TIME_UNIT_KAPPA,
    TOLERANT_KAPPA_A,
    TOLERANT_KAPPA_B,
)
from coder.model.time import SECOND_US
from coder.reliability.catalogue import ORDINAL_ALPHA
from coder.reliability.chance import CHANCE, chance
from coder.reliability.counted import Counted, Counting
from coder.reliability.durations import DURATIONS, duration
from coder.reliability.estimates import estimate, value_estimate
from coder.reliability.formulas import Floats
from coder.reliability.moments import VALUE_FORMULAS
from coder.reliability.remarks import remarked
from coder.reliability.rows import Rows
from coder.reliability.timing import TIMING, timing
from coder.reliability.words import NOT_CHOSEN, RATINGS
from coder.reliability.yardsticks import tolerant_units

_UNKNOWN = Estimate(value=None, n=0, status=Status.NO_EVENTS)
_UNUSED = "Neither coder used this code."
_TOO_BRIEF = "It holds at the middle of no unit that both coded."
_TOLERANT = (TOLERANT_KAPPA_A, TOLERANT_KAPPA_B)
_PER_UNIT = (TIME_UNIT_KAPPA, ACCURACY, AGREEMENT, KAPPA_MAX, PABAK, AC1, ALPHA, PREVALENCE, BIAS_INDEX)
_IN_UNITS = (*_PER_UNIT, *_TOLERANT, SPECIFIC, NEGATIVE)

Explain = Callable[[Agreement, Estimate], Estimate]


def computed(
    like: Agreement,
    tallies: tuple[Tally, ...],
    sessions: Sequence[Mapping[str, float]],
    *,
    limits: bool = True,
    counting: Counting | None = None,
    explain: Explain = lambda _, found: found,
) -> Agreement:
    """`like` with estimate, table and counts of these tallies: one session's, or several sessions' to pool.

    sessions: each session's counts; they are added up. limits: whether to compute intervals. counting: of tables
    that other agreements are computed from too. explain: makes an estimate say what only the events know.
    """
    here = confusion = None
    if like.confusion is not None:
        names = _all_names(like, like.confusion.categories)
        here = (counting or Counting())(tallies, len(names))
        if _nobody_chose_nothing(names, here.whole):
            names, here = names[:-1], here.without_last
        confusion = Confusion(categories=names, table=here.shown)
    made = replace(like, tallies=tallies, counts=_added(sessions), confusion=confusion)
    found = _estimate(made, sessions, limits, here)
    if found.status is Status.OK and found.n < like.min_events:
        found = replace(found, status=Status.TOO_FEW, note="")
    return replace(made, estimate=explain(made, remarked(found, made)))


def _all_names(like: Agreement, names: tuple[str, ...]) -> tuple[str, ...]:
    """The categories by which the tallies of a detail are numbered: those who chose nothing come last."""
    return names if not like.detail or names[-1] == NOT_CHOSEN else (*names, NOT_CHOSEN)


def _nobody_chose_nothing(names: tuple[str, ...], table: Floats) -> bool:
    return len(names) > 2 and names[-1] == NOT_CHOSEN and not table[-1].any() and not table[:, -1].any()


def _added(sessions: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    if len(sessions) == 1:
        return sessions[0]
    counts: dict[str, float] = {}
    for one in sessions:
        for name, count in one.items():
            counts[name] = counts.get(name, 0) + count
    return counts


def _estimate(
    made: Agreement, sessions: Sequence[Mapping[str, float]], limits: bool, counted: Counted | None
) -> Estimate:
    statistic, tallies = made.statistic, made.tallies
    if statistic in TIMING:
        return timing(statistic, tallies, limits=limits)
    if statistic in CHANCE:
        return chance(statistic, sessions, limits=limits)
    if statistic in DURATIONS:
        return duration(statistic, sessions, limits=limits)
    alone = made.detail != "" or made.unit == RATINGS
    if statistic in VALUE_FORMULAS:
        return value_estimate(statistic, tallies, made.unit if alone else "sessions", limits=limits)
    if made.confusion is None or counted is None:
        raise ValueError(f"{statistic} takes a table")
    names = made.confusion.categories
    return estimate(
        statistic,
        tallies,
        len(names),
        _place(made, names),
        _compared_us(made),
        limits=limits,
        what=made.unit if alone else "",
        formula=ORDINAL_ALPHA if statistic == ALPHA and made.unit == RATINGS else None,
        counted=counted,
    )


def _place(made: Agreement, names: Sequence[str]) -> int | None:
    """The place in the table of the code, or of the option, that an agreement is about."""
    if made.detail:
        _, _, option = made.detail.partition("=")
        return names.index(option) if option and made.statistic == SPECIFIC else None
    return names.index(made.code) if made.code in names else None


def _compared_us(made: Agreement) -> int:
    """How much time stands behind a statistic: the units that were counted, or the codable time of the window."""
    if made.statistic in _IN_UNITS:
        return sum(len(tally.cell) * tally.unit_us for tally in made.tallies)
    return round((made.counts["window_s"] - made.counts["uncodable_s"]) * SECOND_US)


@dataclass(frozen=True)
class Maker:
    """Makes the agreements of one session on one tier. limits: with their intervals."""

    both: Rows
    limits: bool = True
    counting: Counting | None = None
    targets: tuple[Target, ...] | None = None

    def __call__(
        self,
        statistic: str,
        tally: Tally,
        counts: Mapping[str, float],
        *,
        names: Sequence[str] = (),
        unit: str = "",
        code: str | None = None,
        detail: str = "",
    ) -> Agreement:
        """One agreement. names: the categories of the tally's cells, if any. unit: if it is no time unit."""
        unit_us = tally.unit_us if not unit else None
        goal = self._target(statistic, unit_us)
        like = Agreement(
            statistic=statistic,
            tier=self.both.tier.id,
            unit=unit or _unit_text(self.both, statistic, tally.unit_us),
            estimate=_UNKNOWN,
            code=code,
            detail=detail,
            confusion=Confusion(categories=tuple(names), table=()) if names else None,
            target=goal.target if goal else None,
            floor=goal.floor if goal else None,
            min_events=goal.min_events if goal else 0,
        )
        return computed(
            like,
            (tally,),
            (counts,),
            limits=self.limits,
            counting=self.counting,
            explain=lambda made, found: _explained(made, found, self.both),
        )

    def _target(self, statistic: str, unit_us: int | None) -> Target | None:
        targets = self.both.tier.targets if self.targets is None else self.targets
        fitting = [target for target in targets if target.statistic == statistic]
        return next((target for target in fitting if unit_us is None or target.unit_us in (unit_us, None)), None)


def _unit_text(both: Rows, statistic: str, unit_us: int) -> str:
    unit = f"{unit_us / SECOND_US:g} s units"
    if statistic in _TOLERANT:
        return f"{unit}, lenient within {tolerant_units(both.tier) * unit_us / SECOND_US:g} s"
    return unit


def _explained(made: Agreement, found: Estimate, both: Rows) -> Estimate:
    """The estimate with the reason why it is undefined, where the events tell more than the counts."""
    if made.detail or made.unit == RATINGS:
        return found
    if made.code is not None and made.code not in both.used:
        return Estimate(value=None, n=found.n, status=Status.NO_EVENTS, note=_UNUSED)
    if found.status is not Status.NO_EVENTS or made.statistic in TIMING:
        return found
    if made.code is not None and made.statistic in _IN_UNITS:
        return replace(found, note=_TOO_BRIEF)
    return replace(found, note=found.note or _why_nothing(both))


def _why_nothing(both: Rows) -> str:
    if both.uncodable_us == both.window.duration_us:
        return "All of the time that both coded is uncodable."
    silent = [who for who, row in (("A", both.a), ("B", both.b)) if not row]
    return f"Coder {silent[0]} coded nothing here." if len(silent) == 1 else ""


def shared_counts(both: Rows) -> dict[str, float]:
    """What every agreement of a session counts: the session itself, its compared and its missing seconds."""
    window_s, uncodable_s = both.window.duration_us / SECOND_US, both.uncodable_us / SECOND_US
    return {"sessions": 1, "window_s": window_s, "uncodable_s": uncodable_s}
