"""A small scheme with everything that two coders can differ in: details, answers, intervals, ratings."""

from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import (
    Answered,
    Code,
    Link,
    Modifier,
    Option,
    Outcome,
    Sampling,
    Scale,
    Scheme,
    SchemeId,
    Stream,
    Tier,
    TierKind,
)
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span


def coded(letters, *modifiers):
    """Codes named by letters, `u` uncodable, all with these modifiers."""
    return tuple(Code(x, x, x, x, uncodable=x == "u", modifiers=modifiers) for x in letters)


TONE = Modifier("tone", "Tone", "single", (Option("warm", "Warm", "W"), Option("cold", "Cold", "C")), judged=True)
OUTCOMES = (
    Outcome("fits", "Fits", "1", "It fits.", Answered.FITS),
    Outcome("none", "None", "2", "No answer.", Answered.NONE),
)
ANSWERS = Link("answers", "Answers", "cues", "acts", 5 * SECOND_US, 2 * SECOND_US, OUTCOMES, (TONE,))
HOW = Modifier(
    "outcome", "Outcome", "single", (Option("fits", "Fits", "1"), Option("none", "None", "2")), judged=True
)
SOURCE = Modifier("source", "Seen by", "single", (Option("eyes", "Eyes", "E"), Option("head", "Head", "H")))
DETAILED = Scheme(
    SchemeId("detailed", "1", "0" * 64),
    *("Detailed", "", "CC0", "en", ""),
    (
        Tier("look", "Look", Stream.CHILD, TierKind.STATE, coded("ptu", SOURCE), exclusive=True),
        Tier("cues", "Cues", Stream.CHILD, TierKind.POINT, coded("vg", HOW, TONE)),
        Tier("acts", "Acts", Stream.PARENT, TierKind.POINT, coded("w")),
        Tier(
            *("slots", "Slots", Stream.CHILD, TierKind.INTERVAL, coded("xy")),
            exclusive=True,
            every_us=2 * SECOND_US,
            sampling=Sampling.PARTIAL,
        ),
        Tier("items", "Items", Stream.SESSION, TierKind.RATING, coded("jk"), scale=Scale(1, 7, na="none")),
    ),
    links=(ANSWERS,),
)


def a_pass(who, events, length_s=100):
    """A pass of the detailed scheme."""
    window = Span(0, length_s * SECOND_US)
    return CodingPass.of(PassHeader(who, "s", DETAILED.id, who, Purpose.MAIN, window), events)


def ev(name, tier, code, onset_s, offset_s=None, answer="", **modifiers):
    """An event; without an offset it is a moment."""
    ends = (round(at * SECOND_US) for at in (onset_s, onset_s if offset_s is None else offset_s))
    return Event(name, tier, code, Span(*ends), tuple(sorted(modifiers.items())), answer=answer)
