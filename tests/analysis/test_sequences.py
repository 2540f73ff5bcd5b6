"""What follows what, and runs of turns: drawn with one letter a second."""

import numpy as np
import pytest
from scipy.optimize import root
from scipy.stats import chi2_contingency
from statsmodels.stats.contingency_tables import Table

from coder.analysis import derived_states
from coder.analysis.sequences import adjusted_residuals
from coder.model.time import SECOND_US, Span
from tests.analysis.played import a_play, a_rule, a_scheme, counts, numbers, reasons

STEPS = a_rule("transitions", "f", "o", "a")


def times(coding, rule=STEPS):
    found = numbers(coding, rule)
    return {
        part.removesuffix(", times"): value for part, value in found.items() if part.endswith("times") and value
    }


def test_transitions_do_not_cross_what_is_not_known():
    # f→o, o→f, (u), a→f, (gap), then o; o→a
    coding = a_play(eyes="ffooffuuaaff..ooaa")
    assert times(coding) == {"Face → Object": 1, "Object → Face": 1, "Away → Face": 1, "Object → Away": 1}
    assert counts(coding, STEPS)["Face → Object, adjusted residual"] == 4


def test_a_code_that_is_not_named_lies_between_the_others():
    coding = a_play(eyes="ffaaoof")
    assert times(coding, a_rule("transitions", "f", "o")) == {"Object → Face": 1}


def test_transitions_within_a_part():
    coding = a_play(eyes="ffooaaff", part="11112222")
    found = times(coding, a_rule("transitions", "f", "o", "a", within="part", parts=("p1", "p2")))
    assert found == {
        "Play, Face → Object": 1,
        "Pause, Away → Face": 1,
    }  # o → a is neither in the one nor the other


def test_why_a_residual_is_not_defined_or_says_little():
    found = reasons(a_play(eyes="fofofo"), STEPS)
    assert found["Face → Object, adjusted residual"] == (
        "There are too few different transitions to say what is more than chance."
    )
    assert found["Away → Face, adjusted residual"] == "Nothing was seen to follow the first of the two."
    assert found["Face → Away, adjusted residual"] == "The second of the two was not seen to follow anything."
    few = reasons(a_play(eyes="foaofafoaofa"), STEPS)
    assert few["Face → Object, adjusted residual"] == (
        "Fewer than 30 transitions: it describes them and tests nothing."
    )
    often = ("foaofa" * 6)[:31]  # 30 transitions, five for each of the six that there can be
    assert "Face → Object, adjusted residual" in reasons(a_play(eyes=often[:30]), STEPS)
    assert "Face → Object, adjusted residual" not in reasons(a_play(eyes=often), STEPS)
    many = a_play(eyes="foaofafoaofa" * 4)
    assert "Face → Object, adjusted residual" not in reasons(many, STEPS)


def test_adjusted_residuals_where_states_repeat_are_those_of_statsmodels():
    table = [[10, 20, 5], [30, 40, 8], [7, 1, 12]]
    mine = np.array(adjusted_residuals(table, repeats=True), dtype=float)
    assert mine == pytest.approx(Table(np.array(table), shift_zeros=False).standardized_resids)
    # By hand: a → a, E = 35 · 47 / 133 = 12.368; z = (10 - 12.368) / sqrt(12.368 · (98/133) · (86/133)) = -0.976
    assert mine[0][0] == pytest.approx(-0.976, abs=5e-4)


# Griffin & Gottman 1990, six codes that may repeat; the residuals were computed with R's LagSequential.
GRIFFIN_GOTTMAN = [
    [0, 0, 0, 0, 2, 2],
    [0, 10, 5, 5, 60, 20],
    [0, 9, 2, 1, 3, 0],
    [0, 3, 0, 1, 5, 0],
    [3, 54, 6, 2, 24, 8],
    [1, 24, 2, 1, 3, 12],
]


def test_adjusted_residuals_of_a_published_table():
    found = adjusted_residuals(GRIFFIN_GOTTMAN, repeats=True)
    assert found[0] == pytest.approx((-0.24804, -1.55468, -0.49066, -0.39672, 0.57891, 1.90285), abs=1e-5)
    assert found[4] == pytest.approx((1.62721, 4.67982, 0.31570, -1.08608, -2.93818, -2.51804), abs=1e-5)


def test_where_no_state_follows_itself_chance_keeps_the_diagonal_empty():
    """Quasi-independence of three states: the expected counts have the margins of the table and one odds ratio."""
    table = [[0, 8, 4], [6, 0, 9], [5, 7, 0]]
    counts_ = np.array(table, dtype=float)
    rows, columns, n = counts_.sum(axis=1), counts_.sum(axis=0), counts_.sum()
    residuals = np.array(
        [[0.0 if one is None else one for one in row] for row in adjusted_residuals(table)], dtype=float
    )
    # Another way to the same: E = r_i c_j off the diagonal, fitted by Newton's method on the margins.
    expected = _newton(rows, columns)
    assert expected.sum(axis=0) == pytest.approx(columns)
    assert expected.sum(axis=1) == pytest.approx(rows)
    spread = np.sqrt(expected * (1 - rows / n)[:, None] * (1 - columns / n)[None, :])
    off = ~np.eye(3, dtype=bool)
    assert residuals[off] == pytest.approx((counts_ - expected)[off] / spread[off])
    # Plain independence would expect repeats, and so is another number.
    plain = chi2_contingency(counts_).expected_freq
    assert abs(plain[0, 1] - expected[0, 1]) > 1


@pytest.mark.parametrize(
    "table",
    [
        [[0, 1, 0], [0, 0, 1], [0, 0, 0]],  # a → b → c: no other table has these margins
        [[0, 3, 1], [2, 0, 0], [1, 0, 0]],  # all that b and c lead to is a, and the other way round
        [[0, 4], [3, 0]],
    ],
)
def test_where_the_margins_leave_no_choice_nothing_is_more_than_chance(table):
    size = len(table)
    assert adjusted_residuals(table) == ((None,) * size,) * size


def test_one_transition_that_could_be_another_makes_residuals_defined():
    table = [[0, 3, 1], [2, 0, 1], [1, 1, 0]]
    assert None not in [
        one for i, row in enumerate(adjusted_residuals(table)) for j, one in enumerate(row) if i != j
    ]


def _newton(rows, columns):
    size = len(rows)
    off = 1 - np.eye(size)

    def table(logs):
        return np.exp(logs[:size, None] + logs[None, size:]) * off

    def miss(logs):
        fitted = table(logs)
        return np.r_[fitted.sum(axis=1) - rows, fitted.sum(axis=0)[:-1] - columns[:-1], logs[0]]

    return table(root(miss, np.zeros(2 * size), tol=1e-12).x)


TURNS = a_rule("alternation", "t", "c", min_turns=3, gap_us=4 * SECOND_US)


def test_runs_of_turns():
    #              tct: 3 turns, 4 s    c 6 s later; c again; tct: t 21 c 23 t 25: with c 20: 4 turns
    coding = a_play(acts="t.c.t.....c....c....ctct......")
    assert numbers(coding, TURNS) == {
        "runs": 2,
        "mean turns of a run": 3.5,
        "mean length": 3.5,  # 4 and 3 seconds
        "time in runs": 7,
    }
    assert derived_states(coding, a_scheme(TURNS))["it"] == (
        Span(0, 4 * SECOND_US),
        Span(20 * SECOND_US, 23 * SECOND_US),
    )


def test_a_gap_of_exactly_the_limit_keeps_a_run_together():
    assert numbers(a_play(acts="t...c...t"), TURNS)["runs"] == 1
    assert numbers(a_play(acts="t...c....t"), TURNS)["runs"] == 0


def test_two_of_the_same_kind_end_a_run_and_the_second_begins_the_next():
    # t c t | t c t
    assert numbers(a_play(acts="tcttct"), TURNS) == {
        "runs": 2,
        "mean turns of a run": 3,
        "mean length": 2,
        "time in runs": 4,
    }


@pytest.mark.parametrize(("of", "runs"), [(("t", "v"), 1), (("v", "t"), 0)])
def test_turns_of_two_tiers_in_one_moment_are_in_the_order_of_the_rule(of, runs):
    """Never in the order of a set, which is another one each time the program is started."""
    coding = a_play(cues=".v.vv.", acts="..t.t.")  # v t v, then both at 4 s: the run goes on if t comes first
    assert numbers(coding, a_rule("alternation", *of, min_turns=4, gap_us=SECOND_US))["runs"] == runs


def test_two_turns_of_one_moment_do_not_follow_each_other():
    rule = a_rule("alternation", "t", "v", min_turns=2, gap_us=SECOND_US)
    assert numbers(a_play(cues="v...", acts="t..."), rule)["runs"] == 0


def test_no_run_goes_across_time_that_cannot_be_coded():
    coding = a_play(acts="t.c.t", face="qqqnq")
    assert numbers(coding, TURNS)["runs"] == 0
    assert reasons(coding, TURNS)["mean length"] == "There is no such stretch here."
    assert numbers(a_play(acts="t.c.t", face="nqqqq"), TURNS)["runs"] == 0  # the first turn is not codable
