"""Masters and attempts that can be seen: one letter a second, and below it where a boundary may lie.

master   pppptttt    a boundary from p to t at 4 s
zones    ...^^^..    that may lie anywhere from 3 s to 5 s
"""

from dataclasses import replace
from itertools import groupby

from coder.model.coding import CodingPass
from coder.model.time import SECOND_US, Span
from coder.model.training import Edge, Master, Zone
from tests.reliability.drawn import SCHEME, a_pass


def marked(letters: str) -> list[Span]:
    """The places that are marked, as spans of which the end is included: `.^^^` is 1 s to 3 s."""
    found, at = [], 0
    for letter, run in groupby(letters):
        length = len(list(run))
        if letter == "^":
            found.append(Span(at * SECOND_US, (at + length - 1) * SECOND_US))
        at += length
    return found


def a_master(zones: str = "", **tiers: str) -> Master:
    """What is drawn. Each edge that lies in a marked stretch may lie anywhere in that stretch."""
    coding = a_pass("a", **tiers)
    edges = [
        (event, edge, at)
        for event in coding
        for edge, at in ((Edge.ONSET, event.onset_us), (Edge.OFFSET, event.offset_us))
        if edge is Edge.ONSET or not event.span.is_moment
    ]
    found = tuple(
        Zone(event.id, edge, span)
        for event, edge, at in edges
        for span in marked(zones)
        if span.start_us <= at <= span.end_us
    )
    return Master(1, SCHEME.id, coding.window, tuple(coding), found)


def seen(coding: CodingPass, tier: str) -> str:
    """The pass as it was drawn."""
    letters = ["."] * (coding.window.end_us // SECOND_US)
    for event in coding.row(tier):
        first, last = event.onset_us // SECOND_US, event.offset_us // SECOND_US
        letters[first : max(last, first + 1)] = event.code * max(last - first, 1)
    return "".join(letters)


def with_either(coding: CodingPass, *allowed: tuple[str, str]) -> CodingPass:
    """The pass with another code that is as right for every event of a code."""
    as_right = dict(allowed)
    events = (
        replace(event, either=(as_right[event.code],)) if event.code in as_right else event for event in coding
    )
    return CodingPass.of(coding.header, events)
