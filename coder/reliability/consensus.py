"""A consensus: what two passes agree on, with the verdicts on where they differ."""

from collections.abc import Iterable
from dataclasses import dataclass

from coder.model.coding import CodingPass, Event
from coder.model.disagreement import Disagreement, Settlement
from coder.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class ConsensusDraft:
    """Events of a consensus pass, with new ids, and what it leaves empty.

    open: differences without a verdict, or with one that names no code (neither, unclear, unknown): nothing is
    coded there. within: boundaries that differ by less than the tier's unit and have no verdict: A's were taken.
    """

    events: tuple[Event, ...]
    open: tuple[Disagreement, ...]
    within: tuple[Disagreement, ...] = ()


def consensus(
    pass_a: CodingPass, pass_b: CodingPass, scheme: Scheme, settlements: Iterable[Settlement]
) -> ConsensusDraft:
    """What both agree on, and what was settled. settlements: of these two passes, in the order they were made.

    Raises ValueError if the passes cannot be compared.
    """
    raise NotImplementedError
