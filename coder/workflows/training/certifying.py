"""What the rule says of a test, the certificate that follows, the rule's changes, and where a coder stands."""

from dataclasses import dataclass
from datetime import date

from coder.model.training import Certificate, Decision, Rule, RuleChange, Standing, TakenCourse
from coder.store import StudyStore


@dataclass(frozen=True)
class Where:
    """Where a coder stands with a course. due_on: when a re-check is due, None without a certificate.
    last_coded_on: when the coder last coded with the scheme, None if never."""

    standing: Standing
    certificate: Certificate | None = None
    due_on: date | None = None
    last_coded_on: date | None = None


def decision(store: StudyStore, taken: TakenCourse, coder_id: str, test_set: int) -> Decision:
    """What the rule, as it was when the last clip was submitted, says of a test.

    Raises CodingError, one sentence, before that.
    """
    raise NotImplementedError


def certify(store: StudyStore, taken: TakenCourse, coder_id: str, test_set: int) -> Certificate | None:
    """The certificate of a test that was passed, issued if it was not yet; None if it was not passed or not done."""
    raise NotImplementedError


def certificates(store: StudyStore, coder_id: str | None = None) -> tuple[Certificate, ...]:
    """The certificates of the study, or of one coder, in the order in which they were issued."""
    raise NotImplementedError


def change_rule(store: StudyStore, taken: TakenCourse, rule: Rule, actor: str, why: str) -> RuleChange:
    """Let another rule hold for tests that are finished from now on. actor: id of a supervisor.

    Raises CodingError without a reason, for the rule that holds already, for one that no test of the course can
    meet, or if the actor is no supervisor.
    """
    raise NotImplementedError


def rule_changes(store: StudyStore, course_id: str) -> tuple[RuleChange, ...]:
    """The changes of a taken course's rule, oldest first."""
    raise NotImplementedError


def standing_of(store: StudyStore, taken: TakenCourse, coder_id: str, today: date | None = None) -> Where:
    """Where a coder stands on a day (UTC), today if it is left out."""
    raise NotImplementedError
