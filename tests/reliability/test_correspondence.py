"""What two coders are said to differ in, and what is counted of their agreement, are the same things.

Passes are drawn at random, on whole seconds, so that units of a second are exact; either pass may allow codes that
are as right (`Event.either`), which must be honoured by both in the same way.
"""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from coder.model.coding import NOTHING, CodingPass, Event
from coder.model.disagreement import DisagreementKind
from coder.model.statistic import F1, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US, Span
from coder.reliability import compare, consensus, disagreements
from coder.reliability.rows import rows
from tests.reliability.drawn import BODY, CUES, SCHEME, a_pass

SEEDS = range(60)
LENGTH_S = 30


def draw_pass(who: str, seed: int, *, either: bool) -> CodingPass:
    """States, states of codes that may overlap, and points, all on whole seconds."""
    draw = np.random.default_rng([seed, ord(who), either])
    events: list[Event] = []

    def add(tier: str, code: str, onset_s: int, offset_s: int, codes: str) -> None:
        right = [other for other in (*codes, NOTHING) if other != code]
        chosen = set(draw.choice(right, 2).tolist()) if either and code != "u" and draw.random() < 0.3 else set()
        span = Span(onset_s * SECOND_US, offset_s * SECOND_US)
        events.append(Event(f"{who}{len(events)}", tier, code, span, either=tuple(sorted(chosen))))

    def fill(tier: str, letters: str, codes: str) -> None:
        at = int(draw.integers(0, 3))
        while at < LENGTH_S:
            end = min(LENGTH_S, at + int(draw.integers(1, 7)))
            add(tier, str(draw.choice(list(letters))), at, end, codes)
            at = end + int(draw.choice([0, 0, 2]))

    fill("look", "pptau", "pta")
    fill("near", "rf", "rf")
    for code in "kh":
        fill("body", code, "kh")
    moments = {(int(draw.integers(0, LENGTH_S)), str(draw.choice(list("vg")))) for _ in range(draw.integers(14))}
    for at, code in sorted(moments):
        add("cues", code, at, at, "vg")
    return CodingPass.of(a_pass(who, window=Span(0, LENGTH_S * SECOND_US)).header, events)


def both(seed: int, either: bool) -> tuple[CodingPass, CodingPass]:
    return draw_pass("a", seed, either=either), draw_pass("b", seed, either=either)


@pytest.mark.parametrize("either", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_every_point_that_is_not_matched_is_listed_as_it_is_counted(seed: int, either: bool) -> None:
    a, b = both(seed, either)
    listed = [one for one in disagreements(a, b, SCHEME) if one.tier == "cues"]
    for one in compare(a, b, SCHEME, limits=False):
        if (one.statistic, one.tier) != (F1, "cues"):
            continue
        of_a = Counter(each.kind for each in listed if one.code in (None, each.code_a))
        of_b = Counter(each.kind for each in listed if one.code in (None, each.code_b))
        assert of_a[DisagreementKind.MISSED] == one.counts["only_a"], one.code
        assert of_b[DisagreementKind.EXTRA] == one.counts["only_b"], one.code
        assert of_a[DisagreementKind.CODE] == one.counts["confused_a"], one.code
        assert of_b[DisagreementKind.CODE] == one.counts["confused_b"], one.code
        assert one.counts["events_a"] == one.counts["matched"] + one.counts["only_a"] + one.counts["confused_a"]


@pytest.mark.parametrize("either", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_time_of_states_in_dispute_is_the_time_off_the_diagonal(seed: int, either: bool) -> None:
    a, b = both(seed, either)
    listed = disagreements(a, b, SCHEME)
    for one in compare(a, b, SCHEME, limits=False):
        if one.statistic != TIME_UNIT_KAPPA or (one.tier != "body") != (one.code is None):
            continue
        mine = [each for each in listed if each.tier == one.tier and one.code in (None, each.code_a, each.code_b)]
        # a tier's kappa is of the time that both coded; of a code that may overlap "not" is a code as well
        counted = [each for each in mine if one.code is not None or None not in (each.code_a, each.code_b)]
        assert one.confusion is not None
        table = np.array(one.confusion.table)
        assert sum(each.span.duration_us for each in counted) == (table.sum() - np.trace(table)) * SECOND_US
        uncoded = sum(each.span.duration_us for each in mine if each not in counted)
        assert uncoded <= one.counts["uncoded"] * SECOND_US
        if one.tier != "look":
            assert one.counts["uncoded"] == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_no_code_holds_twice_at_once_whatever_is_as_right(seed: int) -> None:
    a, b = both(seed, True)
    made = rows(a, b, SCHEME, BODY, a.window)
    for row in (made.a, made.b):
        for code in "kh":
            states = [state for state in row if state[0] == code]
            assert all(first[2] <= second[1] for first, second in pairwise(states))


def test_of_two_events_at_one_moment_each_is_told_by_itself() -> None:
    """Both of B's are extra, each as what it is, though one allows the other's code."""
    a, b = a_pass("a", cues="..."), a_pass("b", cues="v..")
    (first,) = b.row("cues")
    second = replace(first, id="b-cues-9999", code="g")
    b = CodingPass.of(b.header, [replace(first, either=("g",)), second])
    found = disagreements(a, b, SCHEME)
    assert sorted((one.code_b, one.event_b) for one in found) == [("g", second.id), ("v", first.id)]


def test_a_code_is_not_chosen_for_an_event_that_cannot_be_compared() -> None:
    """B's own gaze lies where B could not see: it is no reason to read A's call as a gaze."""
    a, b = a_pass("a", look="ppppp", cues=".v..."), a_pass("b", look="ppupp", cues="..g..")
    (call,) = a.row("cues")
    a = CodingPass.of(a.header, [*a.row("look"), replace(call, either=("g",))])
    assert [(one.kind, one.code_a) for one in disagreements(a, b, SCHEME) if one.tier == "cues"] == [
        (DisagreementKind.MISSED, "v")
    ]
    only_a = {
        one.code: one.counts["only_a"]
        for one in compare(a, b, SCHEME, limits=False)
        if (one.statistic, one.tier) == (F1, "cues")
    }
    assert only_a == {None: 1, "v": 1, "g": 0}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_need_not_be_marked_stays_in_a_consensus_with_that_note(seed: int) -> None:
    a, b = both(seed, True)
    draft = consensus(a, b, SCHEME, ())
    kept = Counter((one.code, one.onset_us, one.either) for one in draft.events if one.tier == "cues")
    made = rows(a, b, SCHEME, CUES, a.window)
    for one in (*made.unneeded_a, *made.unneeded_b):
        assert NOTHING in one.either
        assert kept[one.code, one.onset_us, one.either] >= 1
