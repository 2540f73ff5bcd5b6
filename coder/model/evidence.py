"""Evidence: what tracks say beside the codes. A witness with a field of view, never a coder, never the truth."""

from dataclasses import dataclass
from enum import StrEnum

from coder.model.scheme import Evidence
from coder.model.time import Span


class Finding(StrEnum):
    """What a rule found for one event."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NONE = "no evidence"


@dataclass(frozen=True, slots=True)
class EventEvidence:
    """One rule on one event. coverage: share (0 … 1) of the looked-at frames with a valid value. value: what was
    compared with the rule's `expect`; None where nothing could be compared. event_id: "" for a derived state."""

    pass_id: str
    event_id: str
    tier: str
    code: str
    span: Span
    rule: Evidence
    finding: Finding
    value: float | None
    coverage: float


class Concern(StrEnum):
    """Why a moment is in the review queue.

    COLLEAGUE: two coders differ. AGAINST: the tracks speak against a code. UNCODED: they speak for a code that is
    not there. VISIBLE: a long stretch is coded as uncodable although the faces can be seen.
    """

    COLLEAGUE = "colleague"
    AGAINST = "against"
    UNCODED = "uncoded"
    VISIBLE = "visible"


@dataclass(frozen=True, slots=True)
class Question:
    """One moment that evidence asks about (AGAINST, UNCODED or VISIBLE).

    score: what the queue is sorted by, duration in seconds × strength × coverage. feature: id of the signal, ""
    for VISIBLE. event_id: "" where there is none. measured_by: what identifies the tracks, so that a ruling on an
    older measurement is known as such.
    """

    concern: Concern
    pass_id: str
    tier: str
    code: str
    span: Span
    feature: str
    coverage: float
    value: float | None
    score: float
    event_id: str = ""
    measured_by: str = ""

    @property
    def key(self) -> str:
        """The same for the same question about the same pass, however often it is asked."""
        return f"{self.concern}/{self.tier}/{self.code}/{self.feature}@{self.span.start_us}-{self.span.end_us}"


class Answer(StrEnum):
    """What a person says to a question, in front of the film. UNKNOWN: the film does not show."""

    FEATURE_WRONG = "feature_wrong"
    CODE_WRONG = "code_wrong"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's answer to a question. Append-only: the newest about a key holds; answer None takes it back."""

    id: str
    about: Question
    answer: Answer | None
    note: str
    actor: str
    at: str
