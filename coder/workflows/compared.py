"""What a comparison can say beyond its tables: over time, against tolerance, for several coders, in sums.

Each is computed when it is asked for, one scheme at a time.
"""

from coder.model.agreement import Agreement, Curve, Drift, Several
from coder.model.scheme import SchemeId
from coder.workflows.comparison import Comparison, Pair, Pooled


def pairs_of(comparison: Comparison, scheme_id: SchemeId) -> tuple[Pair, ...]:
    """The pairs that stand for the sessions of a scheme in its pooled numbers."""
    return tuple(pair for pair in comparison.pairs if pair.pooled and pair.scheme.id == scheme_id)


def drifts_of(comparison: Comparison, scheme_id: SchemeId) -> tuple[Drift, ...]:
    """Of each two coders: bias and agreement session by session, in the order in which they were submitted."""
    return ()


def curves_of_pairs(comparison: Comparison, scheme_id: SchemeId) -> tuple[Curve, ...]:
    """Agreement against tolerance, tier by tier, over the sessions that are pooled."""
    return ()


def several_of(comparison: Comparison, scheme_id: SchemeId) -> tuple[Several, ...]:
    """Agreement of three or more coders, over the sessions that they all coded; () if there are none."""
    return ()


def totals_of(comparison: Comparison, scheme_id: SchemeId) -> tuple[Agreement, ...]:
    """Agreement on the sums of a session: counts, shares of time, latencies; a session is one unit."""
    return ()


def agreed_with(comparison: Comparison) -> tuple[Pooled, ...]:
    """Per scheme and coder: how far their passes agree with the consensus of the sessions, as the master."""
    return ()
