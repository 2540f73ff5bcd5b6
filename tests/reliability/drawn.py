"""Passes that can be seen: `a_pass(look="ppppaa..")` has one letter a second, and a dot where nothing is coded."""

from itertools import groupby

from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import Code, Scheme, SchemeId, Stream, Target, Tier, TierKind
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span

SCHEME_ID = SchemeId("drawn", "1", "0" * 64)


def codes(letters, uncodable="u"):
    return tuple(
        Code(letter, f"Code {letter}", letter, f"Definition of {letter}.", uncodable=letter in uncodable)
        for letter in letters
    )


LOOK = Tier(
    "look",
    "Child looks",
    Stream.CHILD,
    TierKind.STATE,
    codes("ptau"),
    exclusive=True,
    targets=(Target("estimated accuracy", 0.85, floor=0.7, unit_us=SECOND_US),),
)
NEAR = Tier("near", "Distance", Stream.DYAD, TierKind.STATE, codes("rf"), exclusive=True, default="r")
CUES = Tier(
    "cues",
    "Child cues",
    Stream.CHILD,
    TierKind.POINT,
    codes("vg"),
    targets=(Target("F1", 0.75, floor=0.6, tolerance_us=SECOND_US),),
)
BODY = Tier("body", "Parent’s body", Stream.PARENT, TierKind.STATE, codes("kh"))
SCHEME = Scheme(SCHEME_ID, "Drawn", "", "CC-BY-4.0", "en", "", (LOOK, NEAR, CUES, BODY))


def states(letters, start_us=0):
    """Runs of letters as (code, onset_us, offset_us)."""
    found, at = [], start_us
    for letter, run in groupby(letters):
        length = len(list(run)) * SECOND_US
        if letter != ".":
            found.append((letter, at, at + length))
        at += length
    return found


def points(letters):
    """Letters as (code, at_us), each at the start of its second."""
    return [(letter, place * SECOND_US) for place, letter in enumerate(letters) if letter != "."]


def a_pass(who="a", session="s1", scheme=SCHEME_ID, window=None, **tiers):
    """A pass of the drawn scheme: a_pass("a", look="pptt", cues="v..g"). The window is the longest drawing."""
    length = max([len(letters) for letters in tiers.values()] or [10]) * SECOND_US
    header = PassHeader(
        f"pass-{who}-{session}", session, scheme, f"coder-{who}", Purpose.RELIABILITY, window or Span(0, length)
    )
    events = []
    for tier, letters in tiers.items():
        rows = [(code, at, at) for code, at in points(letters)] if tier == "cues" else states(letters)
        events += [
            Event(f"{who}-{tier}-{at:04}", tier, code, Span(on, off)) for at, (code, on, off) in enumerate(rows)
        ]
    return CodingPass.of(header, events)
