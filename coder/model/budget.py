"""A time budget: what one pass says in sum about a tier."""

from dataclasses import dataclass

from coder.model.time import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBudget:
    """One code in the codable part of the coded window.

    count: bouts, or point events. total_us, share (0 … 1 of the codable time), mean_us and longest_us: None for
    point events and where they are not defined. per_minute: of codable time; None if there is none.
    """

    code: str
    count: int
    total_us: int | None
    share: float | None
    mean_us: int | None
    longest_us: int | None
    per_minute: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBudget:
    """One tier, or one derived code.

    uncoded_us: codable time without any code; None where codes need not fill the time.
    """

    name: str
    label: str
    window: Span
    codable_us: int
    uncoded_us: int | None
    codes: tuple[CodeBudget, ...]
