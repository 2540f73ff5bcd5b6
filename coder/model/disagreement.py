"""Where two passes differ, and what was settled about it."""

from dataclasses import dataclass
from enum import StrEnum

from coder.model.time import Span


class DisagreementKind(StrEnum):
    """How B differs from A at a moment. Boundaries: B marks the same change of state earlier or later than A."""

    MISSED = "missed"
    EXTRA = "extra"
    CODE = "code"
    EARLY = "early"
    LATE = "late"
    MODIFIER = "modifier"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One moment to look at again.

    span: where; a moment for a point event that only one coder has; of a matched or confused pair, from the one to
    the other. code_a, code_b: None where that coder has nothing. weight_us: what it is sorted by, the time in
    dispute; see `coder.reliability.disagreements` for what that is where no time is. event_a, event_b: ids of the
    events, "" for none. detail: id of the modifier, for a MODIFIER. value_a, value_b: what each coder chose there,
    or the ratings; "" for nothing. apart: by how many points two ratings differ, B - A.
    """

    span: Span
    tier: str
    code_a: str | None
    code_b: str | None
    kind: DisagreementKind
    weight_us: int
    event_a: str = ""
    event_b: str = ""
    detail: str = ""
    value_a: str = ""
    value_b: str = ""
    apart: int = 0

    @property
    def key(self) -> str:
        """The same for the same difference of the same two passes, however often it is computed."""
        codes = f"{self.code_a or ''}>{self.code_b or ''}"
        values = f"{self.detail}:{self.value_a}>{self.value_b}"
        return f"{self.tier}/{self.kind}/{codes}/{values}@{self.span.start_us}-{self.span.end_us}"


class Verdict(StrEnum):
    """How a disagreement was settled. UNCLEAR: the scheme does not say; UNKNOWN: the film does not show."""

    A = "a"
    B = "b"
    EITHER = "either"
    NEITHER = "neither"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was decided about one disagreement of two passes. Append-only: the newest about a key holds.

    pass_a, pass_b: ids, in the order in which `about` names A and B. verdict: None takes the one before back.
    actor: id of the coder who settled it. at: ISO 8601, UTC.
    """

    id: str
    pass_a: str
    pass_b: str
    about: Disagreement
    verdict: Verdict | None
    note: str
    actor: str
    at: str
