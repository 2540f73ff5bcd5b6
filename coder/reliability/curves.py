"""Agreement against tolerance: a curve for each tier, so that nobody picks the tolerance that flatters."""

from collections.abc import Sequence

from coder.model.agreement import Curve
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme


def tolerance_curves(pairs: Sequence[tuple[CodingPass, CodingPass]], scheme: Scheme) -> tuple[Curve, ...]:
    """One curve per tier of points (F1) and of exclusive states (lenient kappa), pooled over the sessions' pairs.

    pairs: one pair of passes a session. Pairs that cannot be compared are left out.
    """
    raise NotImplementedError
