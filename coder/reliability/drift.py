"""Drift: whether two coders agree as they did, session by session in the order in which they were coded."""

from collections.abc import Iterable
from dataclasses import dataclass

from coder.model.agreement import Agreement, Drift


@dataclass(frozen=True, slots=True)
class CodedSession:
    """What two coders' passes of one session say. coder_a, coder_b: names, the same way round in every session.

    at: when the later of the two passes was submitted, ISO 8601. agreements: as `compare` gives them.
    """

    session_id: str
    session: str
    coder_a: str
    coder_b: str
    at: str
    agreements: tuple[Agreement, ...]


def drifts(sessions: Iterable[CodedSession]) -> tuple[Drift, ...]:
    """One drift per pair of coders, tier and statistic: the tier's headline, and its timing bias if it has one.

    sessions: of one scheme, in any order, of any pairs of coders.
    """
    raise NotImplementedError
