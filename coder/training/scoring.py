"""How an attempt compares with the master: agreement in its form against a master, over the tiers in play."""

from collections.abc import Iterable

from coder.model.agreement import Agreement
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme
from coder.model.training import Attempt, Score, Step


def score(
    step: Step,
    attempt: Attempt,
    done_at: str,
    master: CodingPass,
    coding: CodingPass,
    scheme: Scheme,
    *,
    limits: bool = True,
) -> Score:
    """The score of an attempt. master: as `tolerance.beside` gives it. done_at: when it was submitted."""
    raise NotImplementedError


def pooled(scores: Iterable[Score]) -> tuple[Agreement, ...]:
    """The agreements of several attempts at different clips made one, estimated accuracy in its gold form."""
    raise NotImplementedError
