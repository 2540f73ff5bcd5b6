"""How everything in a report was computed, as far as it is in it: one paragraph for each thing."""

from collections.abc import Iterator, Sequence

from coder.model import statistic as s
from coder.report.data import ReportData, SchemePart

_COMPARED = """
Only the time that both coders coded, with the same version of the scheme. Time that either coder called not
codable is missing for both. A gap holds the tier’s default code if the scheme names one; otherwise it is
missing and counted as left uncoded. Everything is compared as it was coded: least lengths and interruptions
that a scheme lets pass are rules for coders and are not applied afterwards. Training passes are not compared.
Where a consensus says that another code is as right, it counts as agreed.
"""
_KAPPA = """
The compared time is cut into equal units; each coder’s state at the middle of a unit counts. Kappa is the
observed agreement beyond chance as a share of the greatest possible: (observed − expected) ÷ (1 − expected),
where the expected agreement follows from how often each coder used each code (Cohen 1960). All codes of the
scheme’s tier are categories, used or not.
"""
_LENIENT = """
A unit counts as agreed if the other coder used the reference coder’s code in it or in a unit beside it. It
depends on who is the reference, so both are shown, and it is always higher than plain kappa: it is labelled
lenient and is never the headline.
"""
_EVENT_KAPPA = """
Whole states of both coders are linked by their overlap, the largest first; a link counts if the shared time
is at least 60 % of the longer state. States without a link count as seen by one coder only (after Holle and
Rein 2015; not floored at 0). Where both linked states have the same code, the time between their onsets tells
whether one coder marks changes later; states that begin with the window or after uncodable time are left out
of this.
"""
_ACCURACY = """
The share of right codes at which two equally good coders would on average reach the kappa found, given how
often each code occurs (Bakeman, McArthur, Quera and Robinson 1997; Bakeman 2022).
"""
_SPECIFIC = """
For one code: twice the time in which both coders gave it, divided by the sum of the times that each gave it.
Negative agreement is the same of the code’s absence.
"""
_OF_TABLES = """
Kappa at most is the greatest kappa that the two coders’ own frequencies allow. PABAK is (k × observed − 1) ÷
(k − 1) for k codes. Of one code against all others, prevalence is (both − neither) ÷ all and bias (only A −
only B) ÷ all (Byrt, Bishop and Carlin 1993). AC1 and AC2 are Gwet’s (2008), alpha is Krippendorff’s (2011).
"""
_DURATIONS = """
Duration ratio: of the two coders’ total times of a code, the shorter divided by the longer. Shared time: the
time in which both gave it, divided by the time in which either did.
"""
_F1 = """
Events of the same code are paired if they lie within the tolerance. Of all possible pairings the one with the
most pairs is taken, among these the one with the least distance. F1 is twice the pairs divided by the sum of
both coders’ events; sensitivity and precision take A for the reference. What is left over is then paired
whatever its code, which gives the confusions. Timing is B − A: positive where B marks later.
"""
_CHANCE = """
One coder’s events are turned round the codable time by whole seconds, at least 10 s either way; what still
matches on average is F1 by chance. F1 above chance is (F1 − by chance) ÷ (1 − by chance).
"""
_RATINGS = """
Ratings of the same item and stretch. ICC(A,1): two-way, absolute agreement, a single coder’s rating (McGraw
and Wong 1996); where the coders are not the same in all sessions, the one-way ICC(1) (Shrout and Fleiss
1979). Negative values are not cut off. Weighted kappa takes ratings that lie close as partly agreed.
"""
_DETAILS = """
Details are compared on matched events only: what only one coder marked has no detail that could be compared,
and is counted with the events.
"""
_TOTALS = """
Events per code and session, or the share of the codable time; a session is one unit, and the ICC takes the
same coders in all of them.
"""
_DRIFT = """
Each session’s number in the order in which sessions were submitted. A session is outside its band only if it
lies beyond it by more than chance explains: its one-sided 90 % limit, over its matched events or its 20 s
blocks, must lie beyond. The line is the mean of three sessions, weighted by their counts.
"""
_CURVES = """
The same sessions compared with other tolerances. The number of the report is the one at the scheme’s
tolerance.
"""
_SEVERAL = """
Alpha takes every unit that at least two coders coded. Fleiss’ and Conger’s kappa need all coders in a unit.
Light’s is the mean of the pairs’ kappas.
"""
_INTERVALS = """
95 %. From three sessions on: delete-one-session jackknife with Student’s t (Tukey 1958). With one or two:
circular block bootstrap in blocks of 20 s, 2000 draws from a fixed seed (Politis and Romano 1992), labelled
approximate. Neighbouring units resemble each other, so the textbook standard error of kappa is never used for
time units.
"""

_BY_STATISTIC = (
    ("Time-unit kappa", _KAPPA, {s.TIME_UNIT_KAPPA}),
    ("Lenient kappa", _LENIENT, {s.TOLERANT_KAPPA_A, s.TOLERANT_KAPPA_B}),
    ("Event kappa", _EVENT_KAPPA, {s.EVENT_KAPPA}),
    ("Estimated accuracy", _ACCURACY, {s.ACCURACY}),
    ("Positive and negative agreement", _SPECIFIC, {s.SPECIFIC, s.NEGATIVE}),
    (
        "Other coefficients of tables",
        _OF_TABLES,
        {s.KAPPA_MAX, s.PABAK, s.PREVALENCE, s.BIAS_INDEX, s.AC1, s.AC2, s.ALPHA},
    ),
    ("Durations", _DURATIONS, {s.DURATION_RATIO, s.OVERLAP}),
    ("F1 of point events", _F1, {s.F1}),
    ("F1 by chance", _CHANCE, {s.F1_CHANCE, s.F1_ABOVE_CHANCE}),
    ("Ratings", _RATINGS, {s.ICC, s.ICC_ONE_WAY, s.WEIGHTED_KAPPA}),
)


def method(data: ReportData) -> tuple[tuple[str, str], ...]:
    """(name, words) of everything that was computed; () if nothing was."""
    if not data.schemes:
        return ()
    return tuple((name, " ".join(text.split())) for name, text in _paragraphs(data.schemes))


def _paragraphs(parts: Sequence[SchemePart]) -> Iterator[tuple[str, str]]:
    pooled = [one for part in parts for one in part.pooled]
    used = {one.statistic for one in pooled}
    yield "What is compared", _COMPARED
    yield from ((name, text) for name, text, statistics in _BY_STATISTIC if statistics & used)
    extra = (
        ("Details of events", _DETAILS, any(one.detail for one in pooled)),
        ("What sessions come to", _TOTALS, any(part.totals or part.measures for part in parts)),
        ("Over time", _DRIFT, any(part.drifts for part in parts)),
        ("Against tolerance", _CURVES, any(part.curves for part in parts)),
        ("Three and more coders", _SEVERAL, any(part.several for part in parts)),
    )
    yield from ((name, text) for name, text, here in extra if here)
    yield "Intervals", _INTERVALS
    methods = dict.fromkeys(one.estimate.method for one in pooled if one.estimate.method)
    if methods:
        yield "Used here", "; ".join(methods) + "."
