"""The rule of certification: what it says of a test, and where a coder stands on a day."""

from collections.abc import Sequence
from datetime import date

from coder.model.training import Certificate, Decision, Rule, Score, Standing


def decide(rule: Rule, scores: Sequence[Score]) -> Decision:
    """What the rule says of the clips of a test."""
    raise NotImplementedError


def standing(
    rule: Rule,
    certificate: Certificate | None,
    today: date,
    last_coded_on: date | None = None,
    failed_on: date | None = None,
) -> Standing:
    """Where a coder stands on a day.

    certificate: the newest. last_coded_on: with the scheme, in any session; None if never. failed_on: when the
    newest failed test was decided.
    """
    raise NotImplementedError


def due_on(rule: Rule, certificate: Certificate, last_coded_on: date | None = None) -> date:
    """The first day on which the certificate does not hold any more, if its holder codes nothing until then."""
    raise NotImplementedError
