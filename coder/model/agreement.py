"""How far coders agree: a statistic with its counts, interval and status."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coder.model.time import Span


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
    pair of events.
    """

    unit_us: int
    units: int
    at: tuple[int, ...]
    cell: tuple[int, ...]
    lags_us: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One comparison of two passes on one tier (or one code of it).

    statistic: "time-unit kappa", "F1" … unit: what was counted, e.g. "1 s units". counts: everything the
    estimate was computed from and what was left out, by name; counts add up over sessions. code: None for the
    whole tier. min_events: with fewer, the estimate's status is TOO_FEW. tallies: the counts of each session, so
    that pooling computes nothing a second time.
    """

    statistic: str
    tier: str
    unit: str
    estimate: Estimate
    code: str | None = None
    counts: Mapping[str, float] = field(default_factory=dict)
    confusion: Confusion | None = None
    target: float | None = None
    floor: float | None = None
    min_events: int = 0
    tallies: tuple[Tally, ...] = ()


class DisagreementKind(StrEnum):
    """How two passes differ at a moment."""

    CODE = "code"
    BOUNDARY = "boundary"
    ONLY_A = "only_a"
    ONLY_B = "only_b"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One moment to look at again.

    span: where; a moment for an event that only one coder has. code_a, code_b: None where that coder has nothing.
    weight_us: what it is sorted by, the time in dispute; for a point event the tolerance it was judged with.
    """

    span: Span
    tier: str
    code_a: str | None
    code_b: str | None
    kind: DisagreementKind
    weight_us: int
