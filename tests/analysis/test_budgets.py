"""Time budgets of passes that can be seen."""

from coder.analysis import derived_states, time_budget, time_budgets
from coder.model.scheme import Derived, Scheme
from coder.model.time import SECOND_US, Span
from tests.reliability.drawn import CUES, LOOK, NEAR, SCHEME, SCHEME_ID, a_pass


def by_code(budget):
    return {code.code: code for code in budget.codes}


def test_states_are_counted_in_the_codable_time():
    budget = time_budget(a_pass("a", look="ppppttpp..uu"), SCHEME, LOOK)
    assert (budget.codable_us, budget.uncoded_us) == (10 * SECOND_US, 2 * SECOND_US)
    p, t, a = (by_code(budget)[code] for code in "pta")
    assert (p.count, p.total_us, p.share, p.mean_us, p.longest_us) == (
        2,
        6 * SECOND_US,
        0.6,
        3 * SECOND_US,
        4 * SECOND_US,
    )
    assert (t.count, t.per_minute) == (1, 6.0)
    assert (a.count, a.total_us, a.share, a.mean_us, a.longest_us) == (0, 0, 0.0, None, None)


def test_a_bout_that_uncodable_time_cuts_counts_in_parts():
    both = Scheme(SCHEME_ID, "", "", "", "", "", (LOOK, NEAR))
    coding = a_pass("a", look="..uu..", near="ffffff")
    assert by_code(time_budget(coding, both, NEAR))["f"].count == 1  # another stream
    assert by_code(time_budget(a_pass("a", look="pppuup"), both, LOOK))["p"].count == 2


def test_gaps_hold_the_default_and_the_window_cuts():
    coding = a_pass("a", near="..ffff", window=Span(SECOND_US, 5 * SECOND_US))
    budget = time_budget(coding, SCHEME, NEAR)
    codes = by_code(budget)
    assert (codes["r"].total_us, codes["f"].total_us, budget.uncoded_us) == (SECOND_US, 3 * SECOND_US, None)


def test_point_events_have_a_rate_and_no_duration():
    budget = time_budget(a_pass("a", look="ppppppppuu", cues="v...v.g.v."), SCHEME, CUES)
    v, g = (by_code(budget)[code] for code in "vg")
    assert (v.count, v.total_us, v.share, v.per_minute) == (2, None, None, 15.0)
    assert g.count == 1


def test_nothing_codable_gives_no_share():
    budget = time_budget(a_pass("a", look="uuuu", cues="v..."), SCHEME, LOOK)
    assert budget.codable_us == 0
    assert {(code.share, code.per_minute) for code in budget.codes} == {(None, None)}


def test_a_derived_state_is_the_time_in_which_its_codes_hold_together():
    near = Derived("near_look", "Looks while near", "", "both", ("p", "r"))
    scheme = Scheme(SCHEME_ID, "", "", "", "", "", (LOOK, NEAR), (near,))
    coding = a_pass("a", look="ppttpppu", near="rfffrrrr")
    held = (Span(0, SECOND_US), Span(4 * SECOND_US, 7 * SECOND_US))
    assert derived_states(coding, scheme) == {"near_look": held}
    budget = time_budgets(coding, scheme)[-1]
    assert (budget.name, budget.codes[0].count, budget.codes[0].share) == ("near_look", 2, 4 / 7)


def test_a_gap_beside_a_keyed_default_is_one_bout_with_it():
    keyed, left = (
        by_code(time_budget(a_pass("a", near=row), SCHEME, NEAR)) for row in ("rrr...ffff", "......ffff")
    )
    assert keyed["r"] == left["r"]
    assert (keyed["r"].count, keyed["r"].longest_us) == (1, 6 * SECOND_US)
