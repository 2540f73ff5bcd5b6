"""Learning curves: a statistic attempt by attempt, with its limits, beside what is asked. Nothing is fitted."""

from collections.abc import Sequence
from dataclasses import dataclass

from coder.model.agreement import Estimate
from coder.model.training import Rule, Score

ROLLING = 3


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """One attempt. at: when it was submitted, ISO 8601. rolling: the mean of this and the two attempts before it
    that have a value; None before the third."""

    at: str
    clip: str
    step_id: str
    number: int
    first_view: bool
    estimate: Estimate
    rolling: float | None


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """A statistic of a tier, or of one code of it, attempt by attempt. criterion: what the rule asks, or else the
    scheme's target; None if neither asks anything."""

    tier: str
    statistic: str
    points: tuple[LearningPoint, ...]
    code: str | None = None
    detail: str = ""
    unit: str = ""
    criterion: float | None = None


def learning_curves(scores: Sequence[Score], rule: Rule) -> tuple[LearningCurve, ...]:
    """The curves of one trainee in one course: per tier its headline and timing bias, per code F1, sensitivity
    and precision. A curve without any value is left out."""
    raise NotImplementedError
