"""Session totals of two coders: what analyses use of a session, whether or not the moments agree."""

from collections.abc import Sequence

from coder.model.agreement import Agreement
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme


def totals(pairs: Sequence[tuple[CodingPass, CodingPass]], scheme: Scheme) -> tuple[Agreement, ...]:
    """Agreement on what each session comes to: events per code, or per cent of the codable time per code.

    pairs: both coders' passes of one session each, two sessions or more; pairs that cannot be compared are left
    out. In the order of the scheme, for every code ICC(A,1) and the mean difference B - A; `Tally.values` has the
    totals of each session.
    """
    raise NotImplementedError


def agreement_of_totals(
    values: Sequence[tuple[float | None, float | None]], tier: str, code: str | None, unit: str
) -> tuple[Agreement, ...]:
    """ICC(A,1) and mean difference of totals that were computed elsewhere, e.g. median latencies, one per session.

    values: (A, B) of each session; None where a coder has none, which is left out and counted.
    """
    raise NotImplementedError
