"""Numbers and rules of evidence as a person reads them: what was found, what was expected, how sure one can be."""

from collections.abc import Iterator, Mapping

from coder.annotate.view.asked import code_label, rules_asked
from coder.annotate.view.differing import length_text
from coder.annotate.view.reasons import WHY_WORDS, why_at
from coder.annotate.view.signal_names import feature_name, quantity, signal_name
from coder.desktop.wording import share_text
from coder.language import grouped, later, tr
from coder.model.disagreement import Disagreement
from coder.model.evidence import SILENCE_SENTENCES, Concern, Figure, Question, Silence
from coder.model.scheme import Evidence, Scheme
from coder.model.time import SECOND_US, Span
from coder.model.track import FeatureTrack, Why

DASH = "–"
_GAP = "\N{NARROW NO-BREAK SPACE}"

STRENGTH_WORDS = {
    "strong": later("strong"),
    "medium": later("medium"),
    "weak": later("weak"),
    "none": later("only shown"),
}
_SILENT = (
    later("This was not measured in the session."),
    later("Features cannot speak about this: too little of the session could be seen."),
    later("Features cannot speak about this: too little could be seen while the code held."),
    later("The code was not given in time that can be coded."),
    later("The signal or the code does not vary here, so nothing can go together."),
    later("A moment has no length, so there is no time inside it."),
    later("Under one minute was coded, too little for a baseline."),
    later("The code holds in under 3 % or over 97 % of the time, so shifted time says nothing."),
    later("There are too few to say."),
    later("No lag stands out."),
)
SILENT_SHORT = {
    Silence.UNMEASURED: later("not measured"),
    Silence.UNSEEN: later("cannot speak"),
    Silence.UNSEEN_HERE: later("cannot speak"),
    Silence.NEVER: later("never coded"),
    Silence.FLAT: later("does not vary"),
    Silence.NO_LENGTH: later("no length"),
    Silence.SHORT: later("too short"),
    Silence.RARE: later("too rare or too common"),
    Silence.FEW: later("too few"),
    Silence.NO_PEAK: later("none stands out"),
}
_EXPECTED = {
    "on": later("expected: on in at least {share} of the time that was seen"),
    "off": later("expected: off in at least {share} of the time that was seen"),
    "lowest_third": later("expected: in the lowest third of the session for at least {share} of the time seen"),
    "highest_third": later("expected: in the highest third of the session for at least {share} of the time seen"),
    "rises": later("expected: rises by at least {share} of its usual range"),
    "falls": later("expected: falls by at least {share} of its usual range"),
    "rises_by": later("expected: rises by at least {number}"),
    "falls_by": later("expected: falls by at least {number}"),
}
_FOUND = {
    "on": later("on in {share} of the time that was seen"),
    "off": later("off in {share} of the time that was seen"),
    "lowest_third": later("in the lowest third of the session for {share} of the time seen"),
    "highest_third": later("in the highest third of the session for {share} of the time seen"),
    "rises": later("changes by {share} of its usual range"),
    "falls": later("falls by {share} of its usual range"),
    "rises_by": later("changes by {number}"),
    "falls_by": later("falls by {number}"),
}


def silence_text(why: Silence) -> str:
    """Why evidence says nothing, a sentence; "" where it speaks."""
    return tr(SILENCE_SENTENCES[why])


def silence_short(why: Silence) -> str:
    """The same in a word or two, for a cell of a table; "" where it speaks."""
    return tr(SILENT_SHORT[why]) if why in SILENT_SHORT else ""


def expected_text(rule: Evidence) -> str:
    """What a rule asks for, with the time it looks at."""
    text = _filled(_EXPECTED, rule, rule.expect)
    if rule.during != "around":
        return text
    seconds = f"{rule.around_us / SECOND_US:g}{_GAP}s"
    return tr("{what}, from {seconds} before the onset to {seconds} after it", what=text, seconds=seconds)


def found_text(rule: Evidence, value: float | None) -> str:
    """What a rule found somewhere, in its own terms."""
    return tr("nothing that could be compared") if value is None else _filled(_FOUND, rule, value)


def value_text(rule: Evidence, value: float | None) -> str:
    """The bare number: `62 %`, `+0.20`."""
    if value is None:
        return DASH
    return signed(value) if rule.test in ("rises_by", "falls_by") else share_text(value)


def signed(value: float, digits: int = 2) -> str:
    """`+0.20`, with a true minus sign."""
    return f"{value:+z.{digits}f}".replace("-", "−")


def plain(value: float | None, digits: int = 2) -> str:
    """`0.62`, a dash where there is no number; with a true minus sign."""
    return DASH if value is None else f"{value:z.{digits}f}".replace("-", "−")


def limits_text(figure: Figure, *, share: bool) -> str:
    """`66 % to 91 %`; "" without limits."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = (share_text(end) if share else plain(end) for end in (figure.low, figure.high))
    return tr("{low} to {high}", low=low, high=high)


def p_text(p: float | None) -> str:
    """`0.004`; as many digits as tell it from 0."""
    if p is None:
        return DASH
    return f"{p:.2g}" if p < 0.01 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def lag_text(lag_us: int | None) -> str:
    """`+0.40 s`: how much later than the change of the signal the code begins."""
    return DASH if lag_us is None else f"{signed(lag_us / SECOND_US)}{_GAP}s"


def question_facts(one: Question, scheme: Scheme) -> Iterator[str]:
    """What evidence asks about, sentence by sentence."""
    name, length = feature_name(one.feature), length_text(one.span.duration_us)
    if one.concern is Concern.VISIBLE:
        seen = share_text(one.value)
        yield tr("Coded as not codable, but the faces can be seen in {share} of this time.", share=seen)
        return
    rule = next(iter(rules_asked(one, scheme)), None)
    if one.concern is Concern.UNCODED:
        label = code_label(scheme, one.tier, one.code)
        yield tr(
            "{feature}: for {length} as with “{code}”, which is not coded here.",
            feature=name,
            length=length,
            code=label,
        )
    elif rule is not None:
        found, expected = found_text(rule, one.value), expected_text(rule)
        yield tr("{feature}: {found}; {expected}.", feature=name, found=found, expected=expected)
    yield tr("Seen in {share} of the time that is looked at.", share=share_text(one.coverage))
    if rule is not None:
        yield tr("As evidence this is {strength}.", strength=tr(STRENGTH_WORDS[rule.strength]))


def disagreement_facts(
    one: Disagreement, scheme: Scheme, tracks: Mapping[str, FeatureTrack], around_us: int = SECOND_US
) -> Iterator[str]:
    """What the signals that the codes in question name as evidence show there: facts, for neither coder."""
    span = one.span
    if span.is_moment:
        span = Span(max(span.start_us - around_us // 2, 0), span.end_us + around_us // 2)
    for feature in dict.fromkeys(rule.feature for rule in rules_asked(one, scheme)):
        track = tracks.get(feature)
        if track is not None:
            yield tr("{feature}: {found}", feature=signal_name(track.signal), found=shown_text(track, span))


def shown_text(track: FeatureTrack, span: Span) -> str:
    """What a signal shows in a stretch: `yes in 62 % of the time seen (81 % seen)`, or why nothing was seen."""
    inside = track.times_us.searchsorted((span.start_us, span.end_us))
    first, last = max(int(inside[0]) - 1, 0), max(int(inside[1]), int(inside[0]))
    valid = track.valid[first:last]
    if not valid.any():
        whys = [why for at in range(first, last) if (why := why_at(track, at)) not in (None, Why.NOT_SAID)]
        most = max(set(whys), key=whys.count, default=None)
        return tr("not measured") if most is None else tr("not measured: {reason}", reason=tr(WHY_WORDS[most]))
    values, seen = track.values[first:last][valid], share_text(float(valid.mean()))
    if track.signal.unit == "0/1":
        share = share_text(float((values > 0.5).mean()))
        return tr("yes in {share} of what was seen ({seen} of the time seen)", share=share, seen=seen)
    values.sort()
    number = quantity(values[len(values) // 2], track.signal.unit)
    return tr("{number} in the middle ({seen} of the time seen)", number=number, seen=seen)


def of_all(part: int, every: int) -> str:
    """`27 of 33`."""
    return tr("{part} of {all}", part=grouped(part), all=grouped(every))


def _filled(templates: Mapping[str, str], rule: Evidence, value: float) -> str:
    if rule.test not in templates:  # a test of a newer version
        return f"{rule.test} {value:g}"
    template = templates[rule.test]
    return tr(template, share=share_text(value), number=f"{value:g}")
