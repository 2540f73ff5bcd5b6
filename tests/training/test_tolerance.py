"""Masters beside attempts: boundaries that lie in their zones are the trainee's, all others the master's."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.model.coding import NOTHING
from coder.model.statistic import AGREEMENT, F1
from coder.model.time import SECOND_US, Span
from coder.model.training import Edge, Zone
from coder.reliability import compare
from coder.training.tolerance import beside
from tests.reliability.drawn import SCHEME, a_pass
from tests.training.drawn import a_master, seen


@pytest.mark.parametrize(
    ("master", "zones", "trainee", "moved"),
    [
        # the trainee is within the zone, late or early: the master follows, and its neighbour with it
        ("ppppttttaa", "...^^^....", "pppppttaaa", "pppppttt" + "aa"),
        ("ppppttttaa", "...^^^....", "pppttttaaa", "pppttttt" + "aa"),
        # its end is included
        ("ppppttttaa", "....^^^...", "ppppppttaa", "pppppptt" + "aa"),
        # beyond it nothing moves, not even to its edge
        ("ppppttttaa", "...^^^....", "ppppppttaa", "pppptttt" + "aa"),
        # no zone, no move
        ("ppppttttaa", "..........", "pppppttaaa", "pppptttt" + "aa"),
        # another change at that place is not the same change
        ("ppppttttaa", "...^^^....", "pppppaattt", "pppptttt" + "aa"),
        # what lies between the two places would be made wrong: the trainee goes to t, back and to t again
        ("ppppttttaa", "....^^^...", "pppttptttt", "pppptttt" + "aa"),
        # a state that begins after a gap, and one that ends in one
        ("..pppp....", ".^^^......", "...ppp....", "...ppp" + "...."),
        ("..pppp....", "....^^^^..", "..ppppp...", "..ppppp" + "..."),
        # none passes another boundary, even if both may lie there
        ("ppptppaaaa", "..^^^^....", "pppppttaaa", "ppptpp" + "aaaa"),
        # nor moves onto it: a state would be gone
        ("ppppttaaaa", "....^^^...", "ppppppttaa", "ppppttaaaa"),
        # both boundaries of a short state
        ("pppttppaaa", "..^^^^^...", "ppppttpaaa", "ppppttp" + "aaa"),
    ],
)
def test_boundaries_of_states(master, zones, trainee, moved):
    beside_it = beside(a_master(zones, look=master), a_pass("b", look=trainee), SCHEME)
    assert seen(beside_it, "look") == moved


@pytest.mark.parametrize(
    ("master", "zones", "trainee", "moved"),
    [
        # the default r holds where nothing is marked: the change from r to f is the same, keyed or not
        ("..ffff....", ".^^^......", "rrrfff....", "...fff...."),
        ("rrffffrrrr", ".^^^......", "...fff....", "rrrfffrrrr"),
    ],
)
def test_boundaries_beside_a_default(master, zones, trainee, moved):
    assert seen(beside(a_master(zones, near=master), a_pass("b", near=trainee), SCHEME), "near") == moved


@pytest.mark.parametrize(
    ("master", "zones", "trainee", "moved"),
    [
        ("..v.......", ".^^^......", "...v......", "...v......"),
        ("..v.......", ".^^^......", "...g......", "..v......."),
        # beyond the tier's tolerance of 1 s the zone still holds
        ("..v.......", "..^^^^....", ".....v....", ".....v...."),
        ("..v.......", "..^^^.....", ".....v....", "..v......."),
        # one event of the trainee is one event of the master: the one that is there already stays matched
        ("..v..v....", "..^^^^....", ".....v....", "..v..v...."),
        ("..v..v....", "..^^^^....", "...v.v....", "...v.v...."),
        # two that are left: both find one
        ("v.v.......", "^^^^^^^...", "...v..v...", "...v..v..."),
    ],
)
def test_moments(master, zones, trainee, moved):
    assert seen(beside(a_master(zones, cues=master), a_pass("b", cues=trainee), SCHEME), "cues") == moved


def test_codes_that_may_overlap_move_by_themselves():
    master = a_master("..^^^.....", body="...kkkk...")
    moved = beside(master, a_pass("b", body="....kkk..."), SCHEME)
    assert seen(moved, "body") == "....kkk..."
    beside_other = beside(master, a_pass("b", body="....hhh..."), SCHEME)
    assert seen(beside_other, "body") == "...kkkk..."


def test_a_code_that_is_as_right_has_the_same_change():
    master = a_master("...^^^....", look="ppppttttaa")
    first, second, third = master.events
    master = replace(master, events=(first, replace(second, either=("a",)), third))
    assert seen(beside(master, a_pass("b", look="pppppaaaaa"), SCHEME), "look") == "pppppttt" + "aa"
    master = replace(master, events=(first, replace(second, either=(NOTHING,)), third))
    assert seen(beside(master, a_pass("b", look="ppppp...aa"), SCHEME), "look") == "pppppttt" + "aa"


def test_the_header_says_that_it_is_another_pass_of_the_same_session():
    attempt = a_pass("b", look="pppp")
    header = beside(a_master(look="pppp"), attempt, SCHEME).header
    assert header.id != attempt.header.id
    assert (header.session_id, header.scheme, header.window) == (
        attempt.header.session_id,
        SCHEME.id,
        attempt.window,
    )


def test_what_lies_in_its_zone_is_no_difference_at_all():
    attempt = a_pass("b", look="pppppttaaa", cues="...v......")
    master = beside(a_master("....^^.^^.", look="ppppttttaa"), attempt, SCHEME)
    (found,) = [
        one
        for one in compare(master, attempt, SCHEME, against="master")
        if (one.tier, one.code, one.statistic) == ("look", None, AGREEMENT)
    ]
    assert found.estimate.value == 1


# drawn masters of four to twelve seconds, one letter a second
LINES = st.lists(st.sampled_from("pta."), min_size=4, max_size=12).map("".join)
MARKS = st.lists(st.sampled_from("^^."), min_size=12, max_size=12).map("".join)
MOMENTS = st.lists(st.sampled_from("vg..."), min_size=4, max_size=12).map("".join)


@st.composite
def pairs(draw, lines):
    """A master's line, a trainee's of the same length, and marks."""
    master = draw(lines)
    trainee = draw(
        st.lists(st.sampled_from(sorted(set(master) | {"."})), min_size=len(master), max_size=len(master))
    )
    return master, "".join(trainee), draw(MARKS)[: len(master)]


def wrong(master, trainee):
    """Seconds that differ."""
    return sum(a != b for a, b in zip(master, trainee, strict=True))


@given(pairs(LINES))
def test_no_edge_leaves_its_zone_and_no_time_becomes_wrong(drawn):
    line, trainee, zones = drawn
    master, attempt = a_master(zones, look=line), a_pass("b", look=trainee)
    moved = beside(master, attempt, SCHEME)
    assert [(one.id, one.code) for one in moved.row("look")] == [(one.id, one.code) for one in master.events]
    for before, after in zip(master.events, moved.row("look"), strict=True):
        for edge, was, is_now in (
            (Edge.ONSET, before.onset_us, after.onset_us),
            (Edge.OFFSET, before.offset_us, after.offset_us),
        ):
            allowed = [zone.span for zone in master.zones if (zone.event, zone.edge) == (before.id, edge)]
            # a boundary that two states share may have its zone from either
            allowed += [
                zone.span
                for zone in master.zones
                for other in master.events
                if zone.event == other.id and was in (other.onset_us, other.offset_us) and zone.edge is not edge
            ]
            assert is_now == was or any(span.start_us <= is_now <= span.end_us for span in allowed)
    assert wrong(seen(moved, "look"), trainee) <= wrong(line, trainee)


def plainly_moved(line, trainee, at, zone):
    """Second implementation: every place of the zone is tried, second by second, for the one boundary at `at`."""
    before, after = line[at - 1], line[at]
    places = range(zone.start_us // SECOND_US, zone.end_us // SECOND_US + 1)
    for place in sorted(places, key=lambda place: (abs(place - at), place)):
        if not 1 <= place < len(line) or (trainee[place - 1], trainee[place]) != (before, after):
            continue
        first, last = sorted((at, place))
        made = line[:first] + (before if place > at else after) * (last - first) + line[last:]
        if made[first:last] == trainee[first:last] and runs(made) == runs(line):
            return made
    return line


def runs(line):
    """The letters without repeats: what the line says, whenever it says it."""
    return [letter for at, letter in enumerate(line) if at == 0 or line[at - 1] != letter]


@st.composite
def one_zone(draw):
    """A master's line, a trainee's, one boundary of the line, and a zone in which there is no other."""
    line, trainee, _ = draw(pairs(LINES.filter(lambda line: len(set(line)) > 1)))
    cuts = [i for i in range(1, len(line)) if line[i - 1] != line[i]]
    at = draw(st.sampled_from(cuts))
    ends = [0, *cuts, len(line)]
    first = draw(st.integers(ends[ends.index(at) - 1] + 1, at))
    last = draw(st.integers(at, ends[ends.index(at) + 1] - 1))
    return line, trainee, at, Span(first * SECOND_US, last * SECOND_US)


@given(one_zone())
def test_one_boundary_against_the_second_implementation(drawn):
    line, trainee, at, zone = drawn
    first, last = zone.start_us // SECOND_US, zone.end_us // SECOND_US
    master = a_master("." * first + "^" * (last - first + 1), look=line)
    moved = beside(master, a_pass("b", look=trainee), SCHEME)
    assert seen(moved, "look") == plainly_moved(line, trainee, at, zone)


@given(pairs(MOMENTS))
def test_zones_never_cost_a_match_of_moments(drawn):
    line, trainee, zones = drawn
    master, attempt = a_master(zones, cues=line), a_pass("b", cues=trainee)

    def matched(a):
        found = compare(a, attempt, SCHEME, limits=False)
        return next(one for one in found if (one.tier, one.statistic) == ("cues", F1)).counts["matched"]

    strict, lenient = beside(replace(master, zones=()), attempt, SCHEME), beside(master, attempt, SCHEME)
    assert matched(lenient) >= matched(strict)
    place = {event.id: event.onset_us for event in lenient}
    for event in master.events:
        allowed = [zone.span for zone in master.zones if zone.event == event.id]
        at_us = place[event.id]
        assert at_us == event.onset_us or any(span.start_us <= at_us <= span.end_us for span in allowed)


def test_a_zone_of_an_event_that_is_not_there_changes_nothing():
    master = a_master(look="ppppttttaa")
    odd = replace(master, zones=(Zone("nobody", Edge.ONSET, Span(0, 9 * SECOND_US)),))
    attempt = a_pass("b", look="pppppttaaa")
    assert list(beside(odd, attempt, SCHEME)) == list(beside(master, attempt, SCHEME))
