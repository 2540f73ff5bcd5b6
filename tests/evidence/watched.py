"""Passes and tracks that can be seen: a letter is a second; in a track "1" is on, "0" off and "." unseen."""

from dataclasses import replace
from itertools import groupby

import numpy as np

from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import Code, Derived, Evidence, Scheme, SchemeId, Stream, Tier, TierKind
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span
from coder.model.track import FeatureTrack, Provenance, Signal

SCHEME_ID = SchemeId("watched", "1", "0" * 64)
BY_FACES = Provenance("dyad", "1", "ab" * 32, {"child_side": "left"}, {}, {}, 100, 0)
BY_SOUND = replace(BY_FACES, extractor="voice")
TOWARD = Evidence("toward", "on", 0.4, "event", 0.5, "medium")
MUTUAL = Evidence("mutual", "on", 0.4, "event", 0.7, "strong")


def around(feature, test, expect, around_us=700_000, min_coverage=0.5, strength="weak"):
    """A rule about the time around onsets."""
    return Evidence(feature, test, expect, "around", min_coverage, strength, around_us)


def scheme(f=(TOWARD,), g=(), v=(), both=()):
    """A scheme of looks of the child (f, o, u: uncodable) and the parent (g, o, w: uncodable), and moments (v).

    f, g, v: the rules of these codes; both: those of the derived state of f while g.
    """
    child = Tier("child", "Child", Stream.CHILD, TierKind.STATE, _codes("fou", f=f), exclusive=True)
    parent = Tier("parent", "Parent", Stream.PARENT, TierKind.STATE, _codes("gnw", g=g), exclusive=True)
    cues = Tier("cues", "Cues", Stream.CHILD, TierKind.POINT, _codes("v", v=v))
    derived = Derived("both", "Both", "Both look.", "both", ("f", "g"), evidence=both)
    return Scheme(SCHEME_ID, "Watched", "", "CC0", "en", "", (child, parent, cues), (derived,))


def _codes(letters, **rules):
    return tuple(
        Code(one, one.upper(), one, one, uncodable=one in "uw", evidence=rules.get(one, ())) for one in letters
    )


def coded(child="", parent="", cues="", length=None, late_us=0, start_us=0, name="p1"):
    """A pass. Codes are late_us later than they are drawn; the window begins at start_us."""
    length = length or max(len(child), len(parent), len(cues))
    window = Span(start_us, start_us + length * SECOND_US)
    header = PassHeader(name, "s1", SCHEME_ID, "c1", Purpose.MAIN, window)
    events = [*_states("child", child, window, late_us), *_states("parent", parent, window, late_us)]
    events += [
        Event(f"cues{at}", "cues", one, Span.moment(start_us + at * SECOND_US + late_us))
        for at, one in enumerate(cues)
        if one != "."
    ]
    return CodingPass.of(header, events)


def _states(tier, letters, window, late_us):
    at = 0
    for letter, run in groupby(letters):
        length = len(list(run))
        start, end = (window.start_us + second * SECOND_US + late_us for second in (at, at + length))
        span = Span(start, end).intersection(window)
        if letter != "." and span is not None:
            yield Event(f"{tier}{at}", tier, letter, span)
        at += length


def track(name, letters, per_second=10, start_us=0, provenance=BY_FACES):
    """A 0/1 signal, `per_second` frames in each letter's second."""
    drawn = [letter for letter in letters for _ in range(per_second)]
    values = [float(letter) if letter != "." else np.nan for letter in drawn]
    times_us = start_us + np.arange(len(drawn)) * SECOND_US // per_second
    return measured(name, times_us, values, [letter != "." for letter in drawn], provenance)


def measured(name, times_us, values, valid=None, provenance=BY_FACES):
    """A track of numbers."""
    values = np.asarray(values, np.float64)
    valid = np.isfinite(values) if valid is None else np.asarray(valid, np.bool_)
    return FeatureTrack(Signal(name, name, "", 0, 1), np.asarray(times_us, np.int64), values, valid, provenance)


def tracks(*some):
    """By the ids of their signals."""
    return {one.signal.id: one for one in some}
