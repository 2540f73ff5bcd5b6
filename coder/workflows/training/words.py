"""Training in words: every sentence about differences, habits, exercises, the rule and what came of it.

The one home of these words, for windows, command line and PDF. Times are seconds, shares are percent.
"""

from datetime import date

from coder.model.disagreement import DisagreementKind
from coder.model.scheme import Scheme
from coder.model.training import Criterion, Decision, Requirement, Rule, Standing, StepKind
from coder.training.differences import Difference
from coder.training.exercises import Judged
from coder.training.patterns import Pattern


def kind_word(kind: DisagreementKind) -> str:
    """`missed`, `other code`: the class of a difference, for a list."""
    raise NotImplementedError


def difference_words(difference: Difference, scheme: Scheme) -> str:
    """One sentence: what the master has and what you have."""
    raise NotImplementedError


def pattern_words(pattern: Pattern, scheme: Scheme) -> str:
    """One or two sentences about a habit: what, how often of how many; then what helps."""
    raise NotImplementedError


def praise(events: int) -> str:
    """What is said where no habit shows. events: how many of the master's events there were to judge by."""
    raise NotImplementedError


def judged_words(judged: Judged, scheme: Scheme) -> str:
    """What is said to an answer: right or not, what is right, how far off."""
    raise NotImplementedError


def step_kind_word(kind: StepKind) -> str:
    """`Watch`, `Practice`, `Test`."""
    raise NotImplementedError


def step_state_word(state: str) -> str:
    """`locked`, `open`, `begun`, `done` for a person; `state` is the value of `progress.StepState`."""
    raise NotImplementedError


def requirement_words(requirement: Requirement, scheme: Scheme) -> str:
    """`Child gaze: estimated accuracy at least 0.85 (units of 1 s)`."""
    raise NotImplementedError


def rule_words(rule: Rule, scheme: Scheme) -> tuple[str, ...]:
    """What you need to pass, a sentence each; shown before the test."""
    raise NotImplementedError


def criterion_words(criterion: Criterion, scheme: Scheme) -> str:
    """One thing that the rule asks, and what came of it, with its limits."""
    raise NotImplementedError


def decision_words(decision: Decision, scheme: Scheme) -> tuple[str, ...]:
    """Passed or not, in a sentence; then what was missing, a sentence each."""
    raise NotImplementedError


def standing_words(standing: Standing, due_on: date | None = None) -> str:
    """Where a coder stands today. due_on: when the certificate ends or a re-check is due."""
    raise NotImplementedError
