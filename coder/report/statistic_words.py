"""What each statistic is called in a report, how its numbers are printed and what a reader should know of it.

A statistic that is not listed here is printed under its own name as a coefficient.
"""

from dataclasses import dataclass
from enum import StrEnum

from coder.model import statistic as s
from coder.model.agreement import Agreement, Estimate
from coder.model.scheme import TierKind
from coder.report import words


class Printed(StrEnum):
    """How the numbers of a statistic are printed."""

    COEFFICIENT = "coefficient"
    SHARE = "share"
    SECONDS = "seconds"
    POINTS = "points"


@dataclass(frozen=True)
class Said:
    """One statistic. name: at the head of a table. meaning: one sentence below it."""

    name: str
    meaning: str
    printed: Printed = Printed.COEFFICIENT


SAID = {
    s.F1: Said("F1", "Twice the matched events divided by the sum of both coders’ events."),
    s.SENSITIVITY: Said("Sensitivity", "The share of A’s events that B has too."),
    s.PRECISION: Said("Precision", "The share of B’s events that A has too."),
    s.F1_CHANCE: Said("F1 by chance", "What F1 is on average when B’s events are shifted in time, round the end."),
    s.F1_ABOVE_CHANCE: Said("F1 above chance", "How much of the way from chance to perfect matching F1 has gone."),
    s.BIAS: Said("Mean timing, B − A", "Positive where B marks later.", Printed.SECONDS),
    s.MEDIAN_LAG: Said("Median distance", "Of matched events, without sign.", Printed.SECONDS),
    s.LATE_LAG: Said(
        "90th percentile distance", "Nine of ten matched events lie closer than this.", Printed.SECONDS
    ),
    s.TIME_UNIT_KAPPA: Said("Kappa", "Cohen’s kappa over units of time."),
    s.TOLERANT_KAPPA_A: Said(
        "Lenient kappa, A as reference", "Agreed if B had A’s code within one unit. Lenient: never the headline."
    ),
    s.TOLERANT_KAPPA_B: Said(
        "Lenient kappa, B as reference", "Agreed if A had B’s code within one unit. Lenient: never the headline."
    ),
    s.EVENT_KAPPA: Said("Event kappa", "Agreement of whole states that are linked by their overlap."),
    s.ACCURACY: Said("Estimated accuracy", "How often two equally good coders with this kappa are right."),
    s.AGREEMENT: Said("Same code", "The share in which both coders gave the same code.", Printed.SHARE),
    s.SPECIFIC: Said("Positive agreement", "Of one code: how much of what either gave both gave."),
    s.NEGATIVE: Said("Negative agreement", "The same of its absence."),
    s.KAPPA_MAX: Said("Kappa at most", "The greatest kappa that the coders’ own frequencies of codes allow."),
    s.PABAK: Said("PABAK", "Kappa if all codes were equally frequent; a function of % agreement alone."),
    s.PREVALENCE: Said("Prevalence", "How unevenly a code is present and absent; from −1 to 1."),
    s.BIAS_INDEX: Said("Bias", "By how much more A gave the code than B, as a share of all units."),
    s.DURATION_RATIO: Said("Duration ratio", "The shorter of both coders’ total times divided by the longer."),
    s.OVERLAP: Said("Shared time", "Time in which both gave the code, of the time in which either did."),
    s.KAPPA: Said("Kappa", "Cohen’s kappa."),
    s.ICC: Said("ICC(A,1)", "Intraclass correlation: two-way, absolute agreement, of one coder’s ratings."),
    s.ICC_ONE_WAY: Said("ICC(1)", "Intraclass correlation: one-way, for coders who differ by session."),
    s.EXACT: Said("Same rating", "The share of ratings that are equal.", Printed.SHARE),
    s.WITHIN_ONE: Said("Within one", "The share of ratings at most one point apart.", Printed.SHARE),
    s.MEAN_DIFFERENCE: Said("Mean difference, B − A", "Positive where B’s number is higher.", Printed.POINTS),
    s.WEIGHTED_KAPPA: Said("Weighted kappa", "Kappa in which ratings that lie close count as partly agreed."),
    s.AC1: Said("AC1", "Gwet’s coefficient; hardly moved by how frequent a code is."),
    s.AC2: Said("AC2", "Gwet’s coefficient for ordered ratings."),
    s.ALPHA: Said("Alpha", "Krippendorff’s alpha; any number of coders, gaps allowed."),
    s.FLEISS: Said("Fleiss’ kappa", "For several coders who all coded everything."),
    s.LIGHT: Said("Mean pairwise kappa", "Light’s: the mean of all pairs’ kappas."),
    s.CONGER: Said("Conger’s kappa", "For several coders, each with own frequencies of codes."),
}
"""In the order in which tables show them."""

_ORDER = {name: place for place, name in enumerate(SAID)}
_HEADLINES = {
    TierKind.POINT: (s.F1,),
    TierKind.RATING: (s.ICC, s.ICC_ONE_WAY),
}


def said(statistic: str) -> Said:
    """The words of a statistic; its own name if it has none here."""
    return SAID.get(statistic) or Said(statistic[:1].upper() + statistic[1:], "")


def rank(statistic: str) -> int:
    """Its place among the columns of a table; those not known come last."""
    return _ORDER.get(statistic, len(_ORDER))


def stands_for(kind: TierKind) -> tuple[str, ...]:
    """The statistics that may be the headline of a tier of this kind; of several the first that was computed."""
    return _HEADLINES.get(kind, (s.TIME_UNIT_KAPPA,))


def printed(agreement: Agreement) -> Printed:
    """How the numbers of an agreement are printed: a difference of seconds in seconds, a coefficient never."""
    how = said(agreement.statistic).printed
    return Printed.SECONDS if how is Printed.POINTS and agreement.unit == "s" else how


def value(estimate: Estimate, how: Printed) -> str:
    """The number as it is printed; "" if there is none."""
    return "" if estimate.value is None else one_number(estimate.value, how)


def one_number(number: float, how: Printed) -> str:
    """`.71`, `82 %`, `0.12 s`, `−0.40`."""
    if how is Printed.SHARE:
        return words.percent(number)
    if how is Printed.SECONDS:
        return f"{words.signed(number)}{words.THIN}s"
    return words.signed(number) if how is Printed.POINTS else words.coefficient(number)


def limits(estimate: Estimate, how: Printed) -> str:
    """The interval in the same way, without its name; "" if there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    if how is Printed.SECONDS:
        return words.limits_seconds(estimate)
    if how is Printed.COEFFICIENT:
        return words.limits(estimate)
    low, high = (one_number(number, how) for number in (estimate.low, estimate.high))
    return f"{low} to {high}" if how is Printed.POINTS else f"{low}–{high}"
