"""A scheme of intervals and ratings, small enough to see whole: intervals of two seconds, segments of five."""

from coder.annotate.desk import Desk
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import (
    NOT_RATED,
    RATING,
    Code,
    Modifier,
    Option,
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

PLAYS = Tier(
    "plays",
    "Plays together",
    Stream.DYAD,
    TierKind.INTERVAL,
    (
        Code("plays_yes", "Yes", "Q", "Both act on one thing at some time in the interval."),
        Code("plays_no", "No", "W", "They do not."),
        Code("unc", "Not codable", "0", "They cannot be seen.", uncodable=True),
    ),
    exclusive=True,
    exhaustive=True,
    every_us=2 * SECOND_US,
    sampling=Sampling.PARTIAL,
)
SEEN = Tier(
    "seen",
    "Seen in the interval",
    Stream.CHILD,
    TierKind.INTERVAL,
    (Code("hums", "Hums", "E", "Hums throughout."), Code("rocks", "Rocks", "R", "Rocks throughout.")),
    every_us=4 * SECOND_US,
    sampling=Sampling.WHOLE,
)
LOOKS = Tier(
    "looks",
    "Looks where",
    Stream.CHILD,
    TierKind.INTERVAL,
    (Code("at_face", "Face", "A", "Eyes on the face."), Code("at_toy", "Toy", "S", "Eyes on the toy.")),
    exclusive=True,
    every_us=2 * SECOND_US,
    sampling=Sampling.MOMENTARY,
)

SCALE = Scale(1, 5, ((1, "None."), (5, "Much.")), (1, 5), "No opportunity")
RATING_OF = Modifier(
    RATING,
    "Rating",
    "single",
    (*(Option(str(n), str(n), "") for n in range(1, 6)), Option(NOT_RATED, "No opportunity", "")),
    required=True,
)
MOOD = Tier(
    "mood",
    "Mood",
    Stream.DYAD,
    TierKind.RATING,
    (
        Code("warm", "Warmth", "", "How warm it is.", modifiers=(RATING_OF,)),
        Code(
            "calm", "Calm", "", "How calm it is.", modifiers=(RATING_OF,), anchors=((1, "Storm."), (5, "Still."))
        ),
    ),
    scale=SCALE,
    every_us=5 * SECOND_US,
)

JUDGED = Scheme(
    SchemeId("judged", "1.0", "cd" * 32), "Judged", "Intervals.", "CC0", "en", "any", (PLAYS, SEEN, LOOKS, MOOD)
)


def judged(*events: Event, scheme: Scheme = JUDGED, seconds: float = 10) -> CodingPass:
    """A pass with these events whose window is the first seconds of the session."""
    window = Span(0, round(seconds * SECOND_US))
    return CodingPass.of(PassHeader("pass-1", "session-1", scheme.id, "coder-1", Purpose.MAIN, window), events)


def judging(coding: CodingPass, scheme: Scheme = JUDGED) -> Desk:
    """A desk whose saving goes nowhere."""
    return Desk(coding, lambda _: None, scheme)


def over(tier: str, code: str, start_s: float, end_s: float, **details: str) -> Event:
    """An event over some seconds; details: its modifiers."""
    span = Span(round(start_s * SECOND_US), round(end_s * SECOND_US))
    return Event(f"{tier}-{code}-{start_s}", tier, code, span, tuple(sorted(details.items())))
