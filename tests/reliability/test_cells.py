"""From a cell of a confusion table to its moments: every count is found again."""

import pytest

from coder.model.statistic import EVENT_KAPPA, F1, ICC, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US, Span
from coder.reliability import compare, moments_of_cell
from tests.reliability import detailed
from tests.reliability.detailed import DETAILED, ev
from tests.reliability.drawn import SCHEME, a_pass


def seconds(spans):
    return [(span.start_us / SECOND_US, span.end_us / SECOND_US) for span in spans]


def cell(a, b, tier, code_a, code_b, **of):
    return seconds(moments_of_cell(a_pass("a", **a), a_pass("b", **b), SCHEME, tier, code_a, code_b, **of))


def test_time_of_states():
    a, b = {"look": "ppppttttuutta..."}, {"look": "ppttttttttttaap."}
    assert cell(a, b, "look", "p", "t") == [(2, 4)]
    assert cell(a, b, "look", "p", "p") == [(0, 2)]
    assert cell(a, b, "look", "t", "t") == [(4, 8), (10, 12)], "uncodable time is nobody's"
    assert cell(a, b, "look", None, "a") == [(13, 14)]
    assert cell(a, b, "look", "t", "a") == []


def test_of_event_kappa_whole_states_are_given():
    a, b = {"look": "pppppttttt.........."}, {"look": "ppppptttttaa........"}
    assert cell(a, b, "look", "t", "t", statistic=EVENT_KAPPA) == [(5, 10)]
    assert cell(a, b, "look", "—", "a", statistic=EVENT_KAPPA) == [(10, 12)]
    renamed = {"look": "pppppaaaaa.........."}
    assert cell(a, renamed, "look", "t", "a", statistic=EVENT_KAPPA) == [(5, 10)]
    brief = {"look": "ppppp.......tttttt.."}
    assert cell(a, brief, "look", "t", None, statistic=EVENT_KAPPA) == [(5, 10)]
    assert cell(a, brief, "look", None, "t", statistic=EVENT_KAPPA) == [(12, 18)]


def test_one_code_of_those_that_may_overlap():
    a, b = {"body": "kkkk....hh"}, {"body": "..kkkk..hh"}
    assert cell(a, b, "body", "k", "other", code="k") == [(0, 2)]
    assert cell(a, b, "body", "k", "k", code="k") == [(2, 4)]
    assert cell(a, b, "body", "other", "other", code="k") == [(6, 10)]


def test_point_events():
    a, b = {"cues": "v...g...v.....v"}, {"cues": "v...v.......g.."}
    assert cell(a, b, "cues", "v", "v") == [(0, 0)]
    assert cell(a, b, "cues", "g", "v") == [(4, 4)]
    assert cell(a, b, "cues", "v", "—") == [(8, 8), (14, 14)]
    assert cell(a, b, "cues", None, "g") == [(12, 12)]


def of(events_a, events_b, tier, code_a, code_b, **more):
    passes = detailed.a_pass("a", events_a), detailed.a_pass("b", events_b)
    return seconds(moments_of_cell(*passes, DETAILED, tier, code_a, code_b, **more))


def test_details_and_ratings():
    a = [
        ev("a1", "cues", "v", 5, outcome="fits"),
        ev("a2", "cues", "v", 9, outcome="none"),
        ev("a3", "items", "j", 0, 100, rating="2"),
        ev("a4", "items", "k", 0, 100, rating="2"),
    ]
    b = [
        ev("b1", "cues", "v", 5.5, outcome="none"),
        ev("b2", "cues", "v", 9),
        ev("b3", "items", "j", 0, 100, rating="3"),
        ev("b4", "items", "k", 0, 100, rating="2"),
    ]
    assert of(a, b, "cues", "fits", "none", detail="outcome") == [(5, 5.5)]
    assert of(a, b, "cues", "none", "not chosen", detail="outcome") == [(9, 9)]
    assert of(a, b, "items", "2", "3", statistic=ICC) == [(0, 100)]
    assert of(a, b, "items", "2", "2", code="k") == [(0, 100)]
    assert of(a, b, "items", "2", "2", code="j") == []


def test_passes_that_cannot_be_compared_have_no_moments():
    a, b = a_pass("a", look="pp"), a_pass("b", session="s2", look="pp")
    assert moments_of_cell(a, b, SCHEME, "look", "p", "p") == ()


@pytest.mark.parametrize("statistic", [TIME_UNIT_KAPPA, EVENT_KAPPA, F1])
def test_every_count_of_a_table_is_found_again(statistic):
    a = a_pass("a", look="pppptttt..aauuttppaappttpp", cues="v..g..vv..g......g..v..v..")
    b = a_pass("b", look="ppttttttaaaatttt..aapptttt", cues="v..v..v...g...g..g.....v..")
    for one in compare(a, b, SCHEME):
        if one.statistic != statistic or one.code is not None or one.confusion is None or "0.5" in one.unit:
            continue
        names = one.confusion.categories
        for i, code_a in enumerate(names):
            for j, code_b in enumerate(names):
                spans = moments_of_cell(a, b, SCHEME, one.tier, code_a, code_b, statistic=statistic)
                assert_counts(one, spans, one.confusion.table[i][j], "—" in (code_a, code_b))


def assert_counts(one, spans, count, of_one_coder):
    if one.statistic == TIME_UNIT_KAPPA:  # drawn in whole seconds, so units and spans are the same time
        assert sum(span.duration_us for span in spans) == count * SECOND_US
    elif one.statistic == F1:
        assert len(spans) == count
    else:  # a link counts twice, once for each coder's state
        assert len(spans) == count / (1 if of_one_coder else 2)
    assert all(isinstance(span, Span) for span in spans)
