"""The list of differences says what was planted in the simulated coders' passes, and nothing that was not."""

import pytest

from coder.model.disagreement import DisagreementKind as Kind
from coder.model.scheme import TierKind
from coder.model.time import SECOND_US
from coder.training.differences import differences, timing_us
from studio.slips import CONFUSED, DULLED, JOINED, JUDGED, MISSED, RATED, SHIFTED, STRETCHED
from tests.training.sampled import a_scheme, beside, every_pass, planted

EVERY = pytest.mark.parametrize(("clip", "scheme", "coder"), list(every_pass()))
CHANGED = (MISSED, DULLED, CONFUSED, JOINED, STRETCHED)
"""Slips after which a boundary beside them is no mark of one change."""


def test_there_are_passes_to_look_at():
    assert len(list(every_pass())) >= 136


@EVERY
def test_what_was_missed_is_said_and_nothing_else(clip, scheme, coder):
    said = {
        one.about.event_a
        for one in differences(*beside(clip, scheme, coder), a_scheme(scheme))
        if one.kind is Kind.MISSED
    }
    slips = planted(clip, scheme, coder)
    lost = {one.event.id for one in slips if one.what in (MISSED, DULLED)}
    # under a code that it was confused with, a state may run into its neighbour, and nothing is marked for it
    may = lost | {one.event.id for one in slips if one.what in (CONFUSED, JOINED)}
    assert lost <= said <= may


@EVERY
def test_nothing_is_extra_but_under_another_name(clip, scheme, coder):
    found = differences(*beside(clip, scheme, coder), a_scheme(scheme))
    confused = [one for one in planted(clip, scheme, coder) if one.what in (CONFUSED, JOINED, STRETCHED)]
    for one in found:
        if one.kind in (Kind.CODE, Kind.EXTRA) and a_scheme(scheme).tier(one.tier).kind is not TierKind.RATING:
            near = [slip for slip in confused if slip.event.tier == one.tier]
            assert any(_meets(slip.event.span, one.span) for slip in near), one


def _meets(one, other):
    return one.start_us <= other.end_us and other.start_us <= one.end_us


@EVERY
def test_what_was_confused_is_said(clip, scheme, coder):
    found = differences(*beside(clip, scheme, coder), a_scheme(scheme))
    said = {one.about.event_a for one in found if one.kind in (Kind.CODE, Kind.MISSED)}
    assert {one.event.id for one in planted(clip, scheme, coder) if one.what == CONFUSED} <= said


@EVERY
def test_what_lies_off_is_said_with_by_how_much(clip, scheme, coder):
    """Of changes that lie alone: beside an event that was missed or confused another change was marked."""
    found = differences(*beside(clip, scheme, coder), a_scheme(scheme))
    slips = planted(clip, scheme, coder)
    changed = [one.event for one in slips if one.what in CHANGED]
    said = {(one.tier, one.span.start_us, one.span.end_us) for one in found if one.kind in (Kind.EARLY, Kind.LATE)}
    for one in slips:
        twins = [other for other in slips if other is not one and _twins(one.event, other.event)]
        if one.what != SHIFTED or twins or any(_touch(one.event, other) for other in changed):
            continue
        at_us, by_us = one.event.onset_us, one.lag_us or 0
        if 0 < one.event.span.duration_us <= abs(by_us):
            continue  # moved by its own length or more, it shares no time with the master's
        span = min(at_us, at_us + by_us), max(at_us, at_us + by_us)
        expected = abs(by_us) > timing_us(a_scheme(scheme).tier(one.event.tier))
        assert ((one.event.tier, *span) in said) == expected, one


def _twins(event, other):
    """Two moments of one code so near that either may be matched with a mark."""
    near = abs(event.onset_us - other.onset_us) <= SECOND_US
    return near and event.span.is_moment and (event.tier, event.code) == (other.tier, other.code)


def _touch(event, other):
    return event.tier == other.tier and (
        event.onset_us in (other.onset_us, other.offset_us) or event.span.overlaps(other.span)
    )


@EVERY
def test_ratings_and_judgements(clip, scheme, coder):
    found = differences(*beside(clip, scheme, coder), a_scheme(scheme))
    slips = planted(clip, scheme, coder)
    rated = {one.about.event_a for one in found if one.kind is Kind.RATING}
    assert rated == {one.event.id for one in slips if one.what == RATED}
    # an answer to another act with the same outcome is no difference of details
    details = {one.about.event_a for one in found if one.kind is Kind.MODIFIER}
    assert details <= {one.event.id for one in slips if one.what in (JUDGED, CONFUSED, JOINED, STRETCHED)}


def test_every_kind_of_slip_was_looked_at():
    there = {one.what for clip, scheme, coder in every_pass() for one in planted(clip, scheme, coder)}
    assert there >= {SHIFTED, MISSED, DULLED, CONFUSED, JOINED, RATED, JUDGED}
