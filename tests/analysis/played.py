"""A scheme with every rule, for passes that can be drawn with one letter a second.

eyes  child:  f face, o object, a away, u not codable                    (exclusive, no default)
face  parent: s smile, q quiet, h harsh, n not codable                   (exclusive, q fills gaps)
part  session: 1 play, 2 pause, 3 again                                  (exclusive)
cues  child, moments: v calls, d distress (4 s to answer, distress 6 s)
acts  parent, moments: t talks, c comforts
items ratings 1 to 5: w warm, k calm
"""

from coder.analysis import measures
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import (
    OUTCOME,
    RATING,
    Answered,
    Code,
    Derived,
    Link,
    Modifier,
    Option,
    Outcome,
    Scale,
    Scheme,
    SchemeId,
    Stream,
    Tier,
    TierKind,
)
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span
from tests.reliability.drawn import points, states

WINDOW_US, DISTRESS_US = 4 * SECOND_US, 6 * SECOND_US

OUTCOMES = tuple(
    Outcome(answered.value, answered.value, str(key), "", answered) for key, answered in enumerate(Answered, 1)
)
LINK = Link("answers", "Answers", "cues", "acts", WINDOW_US, 2 * SECOND_US, OUTCOMES)
OUTCOME_OF_CUE = Modifier(OUTCOME, "Answers", "single", tuple(Option(one.id, one.id, "") for one in OUTCOMES))
HOW = Modifier("how", "How", "multi", (Option("loud", "Loud", "U"), Option("long", "Long", "I")))


def _codes(**labels: str) -> tuple[Code, ...]:
    return tuple(Code(one, label, one, "", uncodable=label == "Not codable") for one, label in labels.items())


TIERS = (
    Tier(
        "eyes",
        "Eyes",
        Stream.CHILD,
        TierKind.STATE,
        _codes(f="Face", o="Object", a="Away", u="Not codable"),
        exclusive=True,
    ),
    Tier(
        "face",
        "Face",
        Stream.PARENT,
        TierKind.STATE,
        _codes(s="Smile", q="Quiet", h="Harsh", n="Not codable"),
        exclusive=True,
        exhaustive=True,
        default="q",
    ),
    Tier(
        "part", "Part", Stream.SESSION, TierKind.STATE, _codes(p1="Play", p2="Pause", p3="Again"), exclusive=True
    ),
    Tier(
        "cues",
        "Cues",
        Stream.CHILD,
        TierKind.POINT,
        (
            Code("v", "Calls", "V", "", modifiers=(OUTCOME_OF_CUE, HOW)),
            Code("d", "Distress", "D", "", window_us=DISTRESS_US, modifiers=(OUTCOME_OF_CUE,)),
        ),
    ),
    Tier("acts", "Acts", Stream.PARENT, TierKind.POINT, _codes(t="Talks", c="Comforts")),
    Tier(
        "items",
        "Items",
        Stream.DYAD,
        TierKind.RATING,
        _codes(w="Warm", k="Calm"),
        scale=Scale(1, 5, na="No chance"),
    ),
)


def a_scheme(*derived: Derived, tiers: tuple[Tier, ...] = TIERS) -> Scheme:
    return Scheme(SchemeId("played", "1", "0" * 64), "", "", "", "en", "", tiers, derived, links=(LINK,))


def a_rule(rule: str, *of: str, within: str = "", parts: tuple[str, ...] = (), **parameters: int) -> Derived:
    return Derived("it", "It", "", rule, of, parameters, within=within, parts=parts)


def a_play(window: Span | None = None, start_us: int = 0, **drawn: str) -> CodingPass:
    """A pass: a_play(eyes="ffoou", part="112", cues="v..d"). The window is the longest drawing."""
    length_us = max(map(len, drawn.values())) * SECOND_US
    header = PassHeader(
        "pass", "s", a_scheme().id, "c", Purpose.MAIN, window or Span(start_us, start_us + length_us)
    )
    events = []
    for tier, letters in drawn.items():
        moments = [(code, at, at) for code, at in points(letters)]
        for code, on_us, off_us in moments if tier in ("cues", "acts") else states(letters):
            name = f"p{code}" if tier == "part" else code
            span = Span(on_us, off_us).shifted(start_us)
            events.append(Event(f"{tier}-{on_us // SECOND_US}", tier, name, span))
    return CodingPass.of(header, events)


def rated(*segments: str) -> CodingPass:
    """rated("w5 k3", "w- k4"): two segments of 10 seconds; - is “no chance”."""
    events = [
        Event(f"{at}-{item}", "items", item[0], _segment(at), ((RATING, "na" if item[1] == "-" else item[1]),))
        for at, items in enumerate(segments)
        for item in items.split()
    ]
    end_us = 10 * SECOND_US * len(segments)
    return CodingPass.of(PassHeader("p", "s", a_scheme().id, "c", Purpose.MAIN, Span(0, end_us)), events)


def _segment(at: int) -> Span:
    return Span(10 * at * SECOND_US, 10 * (at + 1) * SECOND_US)


def numbers(coding: CodingPass, derived: Derived, tiers: tuple[Tier, ...] = TIERS) -> dict[str, float | None]:
    """What a rule gives: part, joined by “, ” -> value."""
    return {", ".join(one.part): one.value for one in measures(coding, a_scheme(derived, tiers=tiers))}


def reasons(coding: CodingPass, derived: Derived) -> dict[str, str]:
    """Why numbers are not defined, or what limits them: part -> sentence, those without one left out."""
    found = measures(coding, a_scheme(derived))
    assert all(one.why for one in found if one.value is None)
    return {", ".join(one.part): one.why for one in found if one.why}


def counts(coding: CodingPass, derived: Derived) -> dict[str, int]:
    """What numbers rest on: part -> n."""
    return {", ".join(one.part): one.n for one in measures(coding, a_scheme(derived))}
