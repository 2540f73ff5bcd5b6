"""Agreement between coding passes: pure numbers, every one with its counts, interval and status.

The flow: passes → `compare` → units, links or matched events → `formulas` → `estimates` → Agreement → `pool`.
"""

from coder.reliability.accuracy import kappa_at, observer_accuracy
from coder.reliability.alignment import AlignmentKappa, alignment_kappa
from coder.reliability.alpha import AlphaEstimate, krippendorff_alpha
from coder.reliability.by_code import CodeAgreement
from coder.reliability.cells import moments_of_cell
from coder.reliability.consensus import ConsensusDraft, consensus
from coder.reliability.curves import tolerance_curves
from coder.reliability.disagreements import disagreements
from coder.reliability.drift import CodedSession, drifts, sign_test
from coder.reliability.fleiss import FleissEstimate, fleiss_kappa
from coder.reliability.gwet import GwetEstimate, gwet_ac
from coder.reliability.intervals import wilson
from coder.reliability.intraclass import IccEstimate, icc, icc_oneway
from coder.reliability.kappa import KappaEstimate, cohen_kappa
from coder.reliability.limits_of_agreement import BlandAltman, bland_altman
from coder.reliability.linking import EventKappa, event_kappa
from coder.reliability.matched import Matching
from coder.reliability.matching import match_points
from coder.reliability.pairing import compare, not_comparable, pool
from coder.reliability.percent import percent_agreement, share
from coder.reliability.scott import scott_pi
from coder.reliability.several import SeveralKappa, conger_kappa, light_kappa
from coder.reliability.several_passes import several_coders
from coder.reliability.totals import agreement_of_totals, totals
from coder.reliability.units import TimeUnitKappa, time_unit_kappa

__all__ = [
    "AlignmentKappa",
    "AlphaEstimate",
    "BlandAltman",
    "CodeAgreement",
    "CodedSession",
    "ConsensusDraft",
    "EventKappa",
    "FleissEstimate",
    "GwetEstimate",
    "IccEstimate",
    "KappaEstimate",
    "Matching",
    "SeveralKappa",
    "TimeUnitKappa",
    "agreement_of_totals",
    "alignment_kappa",
    "bland_altman",
    "cohen_kappa",
    "compare",
    "conger_kappa",
    "consensus",
    "disagreements",
    "drifts",
    "event_kappa",
    "fleiss_kappa",
    "gwet_ac",
    "icc",
    "icc_oneway",
    "kappa_at",
    "krippendorff_alpha",
    "light_kappa",
    "match_points",
    "moments_of_cell",
    "not_comparable",
    "observer_accuracy",
    "percent_agreement",
    "pool",
    "scott_pi",
    "several_coders",
    "share",
    "sign_test",
    "time_unit_kappa",
    "tolerance_curves",
    "totals",
    "wilson",
]
