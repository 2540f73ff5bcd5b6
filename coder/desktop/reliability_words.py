"""Reliability in the words of a person: what statistics are called, and every sentence that a computation says.

`coder.reliability` speaks English and fills numbers and names into its sentences; here each is known with its
gaps, so that windows can say it in their language.
"""

import re
from functools import cache

from coder.language import later, tr
from coder.model import statistic as words
from coder.model.agreement import STATUS_SENTENCES, Status

STATISTIC_NAMES = {
    words.F1: later("F1"),
    words.SENSITIVITY: later("Sensitivity"),
    words.PRECISION: later("Precision"),
    words.F1_CHANCE: later("F1 by chance"),
    words.F1_ABOVE_CHANCE: later("F1 above chance"),
    words.BIAS: later("Timing bias, B − A"),
    words.MEDIAN_LAG: later("Median time apart"),
    words.LATE_LAG: later("90 % are closer than"),
    words.TIME_UNIT_KAPPA: later("Kappa of time units"),
    words.TOLERANT_KAPPA_A: later("Lenient kappa, A as reference"),
    words.TOLERANT_KAPPA_B: later("Lenient kappa, B as reference"),
    words.EVENT_KAPPA: later("Kappa of events"),
    words.ACCURACY: later("Estimated accuracy"),
    words.AGREEMENT: later("% agreement"),
    words.SPECIFIC: later("Specific agreement"),
    words.NEGATIVE: later("Negative agreement"),
    words.KAPPA_MAX: later("Greatest possible kappa"),
    words.PABAK: later("PABAK"),
    words.PREVALENCE: later("Prevalence index"),
    words.BIAS_INDEX: later("Bias index"),
    words.DURATION_RATIO: later("Ratio of the total times"),
    words.OVERLAP: later("Shared time"),
    words.KAPPA: later("Kappa"),
    words.WEIGHTED_KAPPA: later("Weighted kappa"),
    words.AC1: later("AC1"),
    words.AC2: later("AC2"),
    words.ALPHA: later("Krippendorff’s alpha"),
    words.FLEISS: later("Fleiss’ kappa"),
    words.LIGHT: later("Mean of the pairs’ kappas"),
    words.CONGER: later("Conger’s kappa"),
    words.ICC: later("ICC(A,1)"),
    words.ICC_ONE_WAY: later("ICC(1)"),
    words.EXACT: later("% exactly alike"),
    words.WITHIN_ONE: later("% within one point"),
    words.MEAN_DIFFERENCE: later("Mean difference, B − A"),
}

STATUS_WORDS = {
    Status.OK: later("can be judged"),
    Status.TOO_FEW: later("too few"),
    Status.NO_VARIANCE: later("undefined"),
    Status.NO_EVENTS: later("undefined"),
    Status.BELOW_CHANCE: later("undefined"),
    Status.NOT_COMPARABLE: later("not comparable"),
}

_STATUS_SENTENCES = (
    later("Too few events to say."),
    later("Both coders used one and the same code throughout: there was nothing to disagree about."),
    later("Neither coder has anything here that could be compared."),
    later("The coders agree no better than chance, so no accuracy can be estimated."),
    later("The passes differ in scheme version, session or window and cannot be compared."),
)
_NOTES = (
    later("Neither coder used this code."),
    later("It holds at the middle of no unit that both coded."),
    later("Rare: under {share} % of the compared time."),
    later("All of the time that both coded is uncodable."),
    later("Coder {who} coded nothing here."),
    later("Under one minute was compared, too little to judge by."),
    later("Coder {who} used one code only, so agreement cannot exceed chance."),
    later("Coder {who} used one code only, so no accuracy can be estimated."),
    later("Nothing here could vary, so there is no interval."),
    later("Without one of the sessions the coefficient is undefined, so no interval is given."),
    later("A session is under one minute long, too short for an interval."),
    later("Too little varies in this time for an interval."),
    later("One matched event gives no interval."),
    later("All matched events lie equally far apart, so there is no interval."),
    later("The sessions do not differ here, so there is no interval."),
    later("No event of one coder was matched with one of the other."),
    later("Agreement on ratings is not computed in this version; the ratings are kept and can be exported."),
)
_METHODS = (
    later("jackknife over {count} sessions"),
    later("approximate: circular block bootstrap, {seconds} s blocks"),
    later("t, matched events taken as independent"),
)
_UNITS = (
    later("{seconds} s units"),
    later("linked states"),
    later("events within {seconds} s"),
)
_COUNTS = {
    "sessions": later("sessions"),
    "window_s": later("seconds compared"),
    "uncodable_s": later("seconds that could not be coded"),
    "units": later("units"),
    "compared": later("units compared"),
    "uncodable": later("units that could not be coded"),
    "uncoded": later("units that one coder left empty"),
    "seconds_a": later("seconds, A"),
    "seconds_b": later("seconds, B"),
    "seconds_shared": later("seconds, both at once"),
    "states_a": later("states, A"),
    "states_b": later("states, B"),
    "linked": later("linked"),
    "matched": later("matched"),
    "events_a": later("events, A"),
    "events_b": later("events, B"),
    "confused_a": later("called another code by B"),
    "confused_b": later("called another code by A"),
    "only_a": later("only A"),
    "only_b": later("only B"),
}
TEMPLATES = (*_STATUS_SENTENCES, *_NOTES, *_METHODS, *_UNITS)

assert set(STATUS_SENTENCES.values()) <= {"", *_STATUS_SENTENCES}


def statistic_name(statistic: str) -> str:
    """What a person reads for a statistic; its own name if it is none of ours."""
    return tr(STATISTIC_NAMES[statistic]) if statistic in STATISTIC_NAMES else statistic


def count_name(name: str) -> str:
    """What a count of an agreement counts; its own name if it is none of ours."""
    return tr(_COUNTS[name]) if name in _COUNTS else name


def said(text: str) -> str:
    """What a computation says, in the language that is spoken. Several sentences are said one by one."""
    parts: list[str] = []
    rest = text.strip()
    while rest:
        spoken, used = _first(rest)
        parts.append(spoken)
        rest = rest[used:].strip()
    return " ".join(parts)


def known(text: str) -> bool:
    """True if each sentence of the text is one of those that can be said in another language."""
    rest = text.strip()
    while rest:
        found = next((match for _, shape in _shapes() if (match := shape.match(rest))), None)
        if found is None:
            return False
        rest = rest[found.end() :].strip()
    return True


def _first(text: str) -> tuple[str, int]:
    """The first sentence as it is said, and how many letters of the text it was; all of it if it is not known."""
    for template, shape in _shapes():
        match = shape.match(text)
        if match is not None:
            return tr(template, **match.groupdict()), match.end()
    return text, len(text)


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each sentence as a pattern, its gaps filled with anything that ends no sentence; the longest first."""
    made = []
    for template in sorted(TEMPLATES, key=len, reverse=True):
        pieces = re.split(r"\{(\w+)\}", template)
        pattern = "".join(
            rf"(?P<{piece}>[^\n]+?)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces)
        )
        made.append((template, re.compile(rf"{pattern}(?=\s|$)")))
    return tuple(made)
