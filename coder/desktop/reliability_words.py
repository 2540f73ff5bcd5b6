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
    later("A session is under one minute long, too short for an interval."),
    later("Too little varies in this time for an interval."),
    later("One matched event gives no interval."),
    later("All matched events lie equally far apart, so there is no interval."),
    later("The sessions do not differ here, so there is no interval."),
    later("No event of one coder was matched with one of the other."),
    later("Agreement on ratings is not computed in this version; the ratings are kept and can be exported."),
    later("One code has all of the base rate, so no kappa says how accurate observers are."),
    later("Kappa is undefined here, so no accuracy can be estimated."),
    later("The lower limit of kappa is not above chance, so accuracy has none."),
    later("The limits of kappa lie below chance, so the accuracy has no interval."),
    later("No unit was rated twice, so nothing can be compared."),
    later("Under 21 seconds could be coded, too short to turn one coder’s events round."),
    later("From {count} of {all} possible shifts, taken evenly."),
    later("Every event matches by chance alone."),
    later("An interval takes three sessions or more."),
    later("No event that has this detail was marked by both coders."),
    later("Coder {who} never used this code."),
    later("All were rated alike, by both coders: there was nothing to disagree about."),
    later("All were rated alike on average, so there is nothing that a coder could tell apart."),
    later("Under {count} {units}."),
    later("Two or more are needed to say anything."),
    later("Every unit was rated once, so nothing can be compared."),
    later("One unit gives no interval."),
    later("With a single category there is nothing to disagree about."),
    later("Two units or more are needed for an interval."),
    later("Without one of the {units} the coefficient is undefined, so no interval is given."),
    later("Fewer than {count} targets were rated."),
    later("No target was rated twice, so nothing can be compared."),
    later("Fewer than two targets were rated by every coder."),
    later("All targets were rated alike, by everyone."),
    later("The targets differ too little from each other for this form."),
    later("Downwards there is no limit: so few targets leave anything possible."),
    later("Ratings of one target never differ, so there is no interval."),
    later("The targets do not differ at all, so there is no interval."),
    later("Too little varies here for an interval."),
    later("The coders agree as far as they can, so there is no interval."),
    later("All differences are the same, so there is no interval."),
    later("No pair has a number from both coders."),
    later("Fewer than {count} pairs."),
    later("Coder {who} has no state here, so nothing could be linked."),
    later("The passes are of different sessions; choose two passes of one session."),
    later("A pass cannot be compared with itself; choose the pass of another coder."),
    later("The passes share no coded time; check the coded windows of both."),
    later("A pass was coded with {one}, not with {other}; code it again with that version."),
    later("Over all items together, which is higher than item by item where items differ in level."),
    later("Over all items together."),
    later("On {count} {units}; A has {a}, B {b}."),
    later("On {count} {units} ({share} %); A has {a}, B {b}."),
    later("Lenient: time counts as agreement if the other coder has the code close by."),
    later("Lenient: agreement within {seconds} s of coder {who}, who is the reference."),
    later("In {count} of them only one coder gave a number; it is left out."),
    later("In {count} of them only one coder gave a number; they are left out."),
    later("In {count} more, one coder gave a number and the other said that it cannot be rated."),
    later("{count} more was rated by one coder only."),
    later("{count} more were rated by one coder only."),
    later("Rare: under {count} states of this code in either coder’s pass."),
    later("No unit was coded by everyone, so nothing can be compared."),
    later("All coders used one and the same code throughout: there was nothing to disagree about."),
    later("Only one coder coded, so nothing can be compared."),
    later("Undefined for {count} of {all} pairs of coders, which the mean leaves out."),
)
_OF_DRIFT = (
    later("Fewer than {count} matched events."),
    later("The scheme sets no target for timing bias; the band is ±{seconds} s."),
    later("The scheme sets no target here, so no session can be outside."),
    later("The newest session that says enough is inside again."),
    later("{coder} was later in {count} of {all} sessions (sign test, two-sided p = {p})."),
)
_METHODS = (
    later("jackknife over {count} sessions"),
    later("approximate: circular block bootstrap, {seconds} s blocks"),
    later("{method}, {units} taken as independent"),
    later("F with Satterthwaite's degrees of freedom"),
    later("Wilson"),
    later("asymptotic"),
    later("from the limits of kappa"),
    later("jackknife"),
    later("jackknife over {count} units"),
    later("t"),
    later("F"),
)
_UNITS = (
    later("{seconds} s units"),
    later("{seconds} s units, lenient within {tolerance} s"),
    later("linked states"),
    later("linked state"),
    later("matched events"),
    later("matched event"),
    later("events within {seconds} s"),
    later("{units}, mean of all pairs"),
    later("ratings"),
    later("sessions"),
    later("units"),
    later("targets"),
    later("coded time"),
    later("events per session"),
    later("% of codable time per session"),
    later("s"),
)
COUNT_NAMES = {
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
    "matched": later("matched pairs"),
    "events_a": later("events, A"),
    "events_b": later("events, B"),
    "confused_a": later("called another code by B"),
    "confused_b": later("called another code by A"),
    "only_a": later("only A"),
    "only_b": later("only B"),
    "items": later("items"),
    "rated": later("rated by both"),
    "ratings": later("ratings"),
    "one_missing": later("rated by one coder only"),
    "one_not_rated": later("said by one coder that it cannot be rated"),
    "both_not_rated": later("said by both that it cannot be rated"),
    "left_out": later("left out"),
    "one_chose": later("given by one coder only"),
    "shifts": later("shifts"),
    "shifts_possible": later("possible shifts"),
    "chance_events": later("events in all shifts"),
    "chance_matched": later("matched in all shifts"),
    "matched_by_chance": later("matched by chance"),
    "events_of_pairs": later("events of all pairs"),
    "units_of_all": later("units that all coded"),
}
TEMPLATES = (*_STATUS_SENTENCES, *_NOTES, *_OF_DRIFT, *_METHODS, *_UNITS)

assert set(STATUS_SENTENCES.values()) <= {"", *_STATUS_SENTENCES}


def statistic_name(statistic: str) -> str:
    """What a person reads for a statistic; its own name if it is none of ours."""
    return tr(STATISTIC_NAMES[statistic]) if statistic in STATISTIC_NAMES else statistic


def count_name(name: str) -> str:
    """What a count of an agreement counts; its own name if it is none of ours."""
    return tr(COUNT_NAMES[name]) if name in COUNT_NAMES else name


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
            filled = {name: said(part) for name, part in match.groupdict().items()}
            return tr(template, **filled), match.end()
    return text, len(text)


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each sentence as a pattern, the longest first; what fills a gap ends no sentence."""
    made = []
    for template in sorted(TEMPLATES, key=len, reverse=True):
        pieces = re.split(r"\{(\w+)\}", template)
        pattern = "".join(
            rf"(?P<{piece}>(?:(?!\. )[^\n])+?)" if number % 2 else re.escape(piece)
            for number, piece in enumerate(pieces)
        )
        made.append((template, re.compile(rf"{pattern}(?=\s|$)")))
    return tuple(made)
