"""Agreement between coding passes: pure numbers, every one with its counts, interval and status.

The flow: passes → `compare` → units, links or matched events → `formulas` → `estimates` → Agreement → `pool`.
"""

from coder.reliability.accuracy import kappa_at, observer_accuracy
from coder.reliability.cells import moments_of_cell
from coder.reliability.consensus import ConsensusDraft, consensus
from coder.reliability.curves import tolerance_curves
from coder.reliability.disagreements import disagreements
from coder.reliability.drift import CodedSession, drifts
from coder.reliability.intervals import wilson
from coder.reliability.kappa import KappaEstimate, cohen_kappa
from coder.reliability.linking import EventKappa, event_kappa
from coder.reliability.matching import Matching, match_points
from coder.reliability.pairing import compare, not_comparable, pool
from coder.reliability.several_passes import several_coders
from coder.reliability.totals import agreement_of_totals, totals
from coder.reliability.units import TimeUnitKappa, time_unit_kappa

__all__ = [
    "CodedSession",
    "ConsensusDraft",
    "EventKappa",
    "KappaEstimate",
    "Matching",
    "TimeUnitKappa",
    "agreement_of_totals",
    "cohen_kappa",
    "compare",
    "consensus",
    "disagreements",
    "drifts",
    "event_kappa",
    "kappa_at",
    "match_points",
    "moments_of_cell",
    "not_comparable",
    "observer_accuracy",
    "pool",
    "several_coders",
    "time_unit_kappa",
    "tolerance_curves",
    "totals",
    "wilson",
]
