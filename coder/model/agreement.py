"""How far coders agree: a statistic with its counts, interval and status."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """Whether a number may be shown. Undefined is said, never printed as 0, 1 or NaN."""

    OK = "ok"
    TOO_FEW = "too_few"
    NO_VARIANCE = "undefined_no_variance"
    NO_EVENTS = "undefined_no_events"
    BELOW_CHANCE = "undefined_below_chance"
    NOT_COMPARABLE = "not_comparable"


STATUS_SENTENCES: Mapping[Status, str] = {
    Status.OK: "",
    Status.TOO_FEW: "Too few events to say.",
    Status.NO_VARIANCE: "Both coders used one and the same code throughout: there was nothing to disagree about.",
    Status.NO_EVENTS: "Neither coder has anything here that could be compared.",
    Status.BELOW_CHANCE: "The coders agree no better than chance, so no accuracy can be estimated.",
    Status.NOT_COMPARABLE: "The passes differ in scheme version, session or window and cannot be compared.",
}


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A statistic with what is needed to judge it.

    value, low, high (95 % limits) and se are None where they are not defined or not known. n: the number of
    units or events it rests on. method: how the interval was made, "" if there is none. note: anything a reader
    must know beside the number.
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    se: float | None = None
    status: Status = Status.OK
    method: str = ""
    note: str = ""

    @property
    def sentence(self) -> str:
        """Why there is no number, or what limits it; "" if all is well."""
        return self.note or STATUS_SENTENCES[self.status]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """What coder A (rows) called what coder B (columns) called. Counts add up over sessions.

    categories: the scheme's codes, in the scheme's order. table[i][j]: units or events, as the agreement says.
    """

    categories: tuple[str, ...]
    table: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One session's counts in the order of time: what an interval needs beyond the confusion table.

    units: how many units of `unit_us` the compared window has. at: (n,) the unit in which each count fell.
    cell: (n,) its cell in the confusion table, row * len(categories) + column. lags_us: B - A of each matched
    pair of events. values: (n, 2) what A and B gave the same thing, of ratings and totals.
    """

    unit_us: int
    units: int
    at: tuple[int, ...]
    cell: tuple[int, ...]
    lags_us: tuple[int, ...] = ()
    values: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One comparison of two passes on one tier (or one code of it).

    statistic: "time-unit kappa", "F1" …, see `model.statistic`. unit: what was counted, e.g. "1 s units". counts:
    everything the estimate was computed from and what was left out, by name; counts add up over sessions. code:
    None for the whole tier. detail: id of the modifier it is about, for agreement on details of matched events;
    `modifier=option` if it is about one option.
    min_events: with fewer, the estimate's status is TOO_FEW. tallies: the counts of each session, so that pooling
    computes nothing a second time.
    """

    statistic: str
    tier: str
    unit: str
    estimate: Estimate
    code: str | None = None
    detail: str = ""
    counts: Mapping[str, float] = field(default_factory=dict)
    confusion: Confusion | None = None
    target: float | None = None
    floor: float | None = None
    min_events: int = 0
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """A statistic of one tier against tolerance, so that nobody picks the tolerance that flatters.

    points: (tolerance_us, estimate), ascending. chosen_us: the tolerance of the scheme. lenient: that of states,
    whose tolerance is the mean of both directions of the lenient kappa.
    """

    tier: str
    statistic: str
    points: tuple[tuple[int, Estimate], ...]
    chosen_us: int
    lenient: bool = False


@dataclass(frozen=True, slots=True)
class DriftPoint:
    """One session of a drift. at: when the later of the two passes was submitted, ISO 8601.

    rolling: over this session and the two before it, None before the third. outside: beyond the band.
    """

    session_id: str
    session: str
    at: str
    estimate: Estimate
    rolling: float | None
    outside: bool


@dataclass(frozen=True, slots=True)
class Drift:
    """A statistic of two coders on one tier, session by session in the order in which they were coded.

    low, high: its band; None where it has no such end. left_at: number of the point at which it left its band, to
    stay outside until now or to come back; None if it never did. note: what a reader must know, "" for nothing.
    """

    tier: str
    statistic: str
    coder_a: str
    coder_b: str
    points: tuple[DriftPoint, ...]
    low: float | None = None
    high: float | None = None
    left_at: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """Three or more coders of the same sessions on one tier.

    coders: names, in order. agreements: alpha, Fleiss, mean pairwise and Conger, as far as they are defined.
    pairwise[i][j]: kappa (or ICC, or F1) of coders i and j; None on the diagonal.
    """

    tier: str
    coders: tuple[str, ...]
    sessions: int
    agreements: tuple[Agreement, ...]
    statistic: str
    pairwise: tuple[tuple[Estimate | None, ...], ...]
