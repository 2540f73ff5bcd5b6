"""Measures in the words of a person: numbers with their unit, and what the computation calls its parts.

The computation and its reports speak English; what is always said is kept here, so that windows can say it in
their language. Names of codes come from the scheme.
"""

from coder.language import later, tr
from coder.model.measure import Measure

_ALWAYS_SAID = (
    later("time"),
    later("stretches"),
    later("share of the time"),
    later("mean length"),
    later("longest"),
    later("left out"),
    later("median"),
    later("matched"),
    later("mismatched"),
    later("mismatched stretches"),
    later("median time to repair"),
    later("longest time to repair"),
    later("times"),
    later("adjusted residual"),
    later("runs"),
    later("mean turns of a run"),
    later("time in runs"),
    later("number"),
    later("per minute"),
    later("answered"),
    later("prompt, of the answers"),
    later("median time to the answer"),
    later("cannot be told"),
    later("not judged yet"),
    later("odds ratio"),
    later("Yule’s Q"),
    later("bins after a cue with an act"),
    later("other bins with an act"),
    later("sum"),
    later("mean"),
    later("No time here could be coded."),
    later("There is no such stretch here."),
    later("No time of one of the two parts could be coded."),
    later("There is no such stretch here whose beginning could be seen."),
    later("It did not happen here that one ended and another was seen to begin."),
    later("No mismatched stretch was seen from its beginning to a match."),
    later("Nothing was seen to follow the first of the two."),
    later("The second of the two was not seen to follow anything."),
    later("There are too few different transitions to say what is more than chance."),
    later("There is no such cue here."),
    later("None of these cues has been judged yet."),
    later("Of none of the judged cues can it be told what came of it."),
    later("None of these answers is linked to its act."),
    later("None of these cues was answered."),
    later("No act begins outside the time after cues, so the ratio has no end."),
    later("An act begins in every bin after a cue, so the ratio has no end."),
    later("No bin lies in the time after a cue."),
    later("All bins lie in the time after a cue."),
    later("All bins lie in the time after a cue, so there is nothing to compare them with."),
    later("No act begins in a bin that could be coded."),
    later("An act begins in every bin, after cues and elsewhere."),
    later("Nothing is rated yet."),
    later("gaps"),
    later("median of gaps"),
    later("There are no gaps of this kind."),
    later("overlaps with a change of turn"),
    later("median of overlaps with a change of turn"),
    later("There are no overlaps with a change of turn of this kind."),
    later("overlaps within the turn"),
    later("median of overlaps within the turn"),
    later("There are no overlaps within the turn of this kind."),
    later("pauses within the turn"),
    later("median of pauses within the turn"),
    later("There are no pauses within the turn of this kind."),
)
WORDS = {text: text for text in _ALWAYS_SAID}
_GAP = "\N{NARROW NO-BREAK SPACE}"


def said(text: str) -> str:
    """A part of a measure, or a reason, in the language that is spoken; what the scheme says is left as it is."""
    return tr(WORDS[text]) if text in WORDS else text


def part_text(one: Measure) -> str:
    """`Play, Cries`: which number of its measure it is."""
    text = ", ".join(said(part) for part in one.part)
    return text[:1].upper() + text[1:]


def value_text(one: Measure) -> str:
    """`38.1 %`, `3.56 s`, `4`, `0.87`; a dash where it is not defined, for the remark says why."""
    if one.value is None:
        return "–"
    if one.unit == "count":
        return f"{one.value:z.0f}"
    if one.unit == "%":
        return _signed(f"{one.value:z.1f}{_GAP}%")
    if one.unit == "s":
        return f"{one.value:z.2f}{_GAP}s"
    if one.unit == "per minute":
        return tr("{number} per minute", number=f"{one.value:z.2f}")
    return _signed(f"{one.value:z.2f}")


def _signed(text: str) -> str:
    return text.replace("-", "−")
