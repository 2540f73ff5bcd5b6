"""Three and more coders: the same numbers as the functions give for units that can be counted by hand."""

import numpy as np
import pytest

from coder.model.scheme import RATING
from coder.model.statistic import ALPHA, CONGER, F1, FLEISS, ICC, LIGHT, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US, Span
from coder.reliability import (
    compare,
    conger_kappa,
    fleiss_kappa,
    icc,
    krippendorff_alpha,
    light_kappa,
    pool,
    several_coders,
)
from tests.reliability import detailed
from tests.reliability.detailed import DETAILED, ev
from tests.reliability.drawn import SCHEME, a_pass

NAMES = ("ann", "bo", "cy")
ROWS = {
    "ann": ["ppppttttaaaapppp", "ttttaaaappppaaaa"],
    "bo": ["pppttttttaaapppp", "ttttaaaapppppaaa"],
    "cy": ["ppppttttaaaaattt", "tttttaaappppaapp"],
}


def sessions(**rows_of):
    """One mapping a session; `.` where nothing is coded."""
    number = max(len(rows) for rows in rows_of.values())
    return [
        {who: a_pass(who, f"s{at}", look=rows[at]) for who, rows in rows_of.items() if at < len(rows)}
        for at in range(number)
    ]


def units(rows_of=ROWS):
    """Units × coders, None for a dot."""
    rows = ["".join(rows_of[name]) for name in NAMES]
    return [[None if letter == "." else letter for letter in unit] for unit in zip(*rows, strict=True)]


def by_statistic(several):
    return {one.statistic: one.estimate for one in several.agreements}


def of_tier(found, tier):
    return next(one for one in found if one.tier == tier)


def test_units_of_three_coders_give_what_the_functions_give():
    look = of_tier(several_coders(sessions(**ROWS), SCHEME, NAMES), "look")
    found = by_statistic(look)
    table = [[unit.count(code) for code in "pta"] for unit in units()]
    assert found[ALPHA].value == pytest.approx(krippendorff_alpha(units()).value)
    assert found[FLEISS].value == pytest.approx(fleiss_kappa(table).value)
    assert found[CONGER].value == pytest.approx(conger_kappa(units()).value)
    assert found[LIGHT].value == pytest.approx(light_kappa(units()).value)
    assert found[ALPHA].n == 32
    assert look.statistic == TIME_UNIT_KAPPA
    assert look.coders == NAMES


def test_where_someone_coded_nothing_alpha_takes_what_is_left_and_fleiss_leaves_the_unit_out():
    rows_of = ROWS | {"cy": ["pppp....aaaaattt", "tttttaaappppaapp"]}
    found = by_statistic(of_tier(several_coders(sessions(**rows_of), SCHEME, NAMES), "look"))
    complete = [unit for unit in units(rows_of) if None not in unit]
    assert found[ALPHA].value == pytest.approx(krippendorff_alpha(units(rows_of)).value)
    assert found[FLEISS].value == pytest.approx(
        fleiss_kappa([[unit.count(code) for code in "pta"] for unit in complete]).value
    )
    assert (found[ALPHA].n, found[FLEISS].n) == (32, 28)
    alone = ROWS | {"bo": ["....tttttaaapppp", "ttttaaaapppppaaa"], "cy": rows_of["cy"]}
    assert by_statistic(of_tier(several_coders(sessions(**alone), SCHEME, NAMES), "look"))[ALPHA].n == 32
    alone["cy"] = ["........aaaaattt", "tttttaaappppaapp"]
    assert by_statistic(of_tier(several_coders(sessions(**alone), SCHEME, NAMES), "look"))[ALPHA].n == 28
    silent = by_statistic(of_tier(several_coders(sessions(**ROWS, di=["", ""]), SCHEME, (*NAMES, "di")), "look"))
    for statistic in (FLEISS, CONGER):
        assert silent[statistic].value is None
        assert silent[statistic].sentence == "No unit was coded by everyone, so nothing can be compared."
    assert silent[ALPHA].value == pytest.approx(krippendorff_alpha(units()).value)
    alike = by_statistic(
        of_tier(several_coders(sessions(ann=["pp"], bo=["pp"], cy=["pp"]), SCHEME, NAMES), "look")
    )
    assert all(one.sentence.startswith("All coders used one and the same code") for one in alike.values())


def test_what_one_coder_cannot_see_is_missing_for_that_coder_only():
    rows_of = ROWS | {"cy": ["ppppuuuuaaaaattt", "tttttaaappppaapp"]}
    missing = ROWS | {"cy": ["pppp....aaaaattt", "tttttaaappppaapp"]}
    found = by_statistic(of_tier(several_coders(sessions(**rows_of), SCHEME, NAMES), "look"))
    assert found[ALPHA].value == pytest.approx(krippendorff_alpha(units(missing)).value)


def test_the_matrix_has_the_kappa_of_each_pair_over_all_its_sessions():
    passes = sessions(**(ROWS | {"cy": ROWS["cy"][:1]}))
    look = of_tier(several_coders(passes, SCHEME, NAMES), "look")
    pooled = pool(one for both in passes for one in compare(both["ann"], both["bo"], SCHEME))
    (wanted,) = [one for one in pooled if (one.statistic, one.tier, one.code) == (TIME_UNIT_KAPPA, "look", None)]
    assert look.pairwise[0][1].value == look.pairwise[1][0].value == wanted.estimate.value
    assert look.pairwise[0][1].n == 32
    assert look.pairwise[0][2].n == 16
    assert [look.pairwise[at][at] for at in range(3)] == [None] * 3


def test_from_three_sessions_on_there_is_a_jackknife():
    rows_of = {who: [*rows, rows[0][::-1]] for who, rows in ROWS.items()}
    two, three = (
        by_statistic(of_tier(several_coders(sessions(**of), SCHEME, NAMES), "look"))[ALPHA]
        for of in (ROWS, rows_of)
    )
    assert (two.low, two.note) == (None, "An interval takes three sessions or more.")
    assert three.low < three.value < three.high
    assert three.method == "jackknife over 3 sessions"


def test_points_are_the_mean_of_the_pairs():
    marks = {"ann": "v...g...v.....", "bo": "v...g.........", "cy": ".v......v...g."}
    passes = [{who: a_pass(who, cues=row) for who, row in marks.items()}]
    cues = of_tier(several_coders(passes, SCHEME, NAMES), "cues")
    wanted = [2 * 2 / 5, 2 * 2 / 6, 2 * 1 / 5]
    assert [cues.pairwise[i][j].value for i, j in ((0, 1), (0, 2), (1, 2))] == pytest.approx(wanted)
    assert by_statistic(cues)[F1].value == pytest.approx(np.mean(wanted))


def test_codes_that_may_overlap_stand_each_by_itself():
    marks = {"ann": "kkkk....hh", "bo": "kkk.....hh", "cy": "kkkkk....."}
    passes = [{who: a_pass(who, body=row) for who, row in marks.items()}]
    found = [one for one in several_coders(passes, SCHEME, NAMES) if one.tier == "body"]
    assert [one.agreements[0].code for one in found] == ["k", "h"]
    held = [[letter == "k" for letter in unit] for unit in zip(*marks.values(), strict=True)]
    assert by_statistic(found[0])[ALPHA].value == pytest.approx(krippendorff_alpha(held).value)


def test_ratings_are_compared_by_item_and_together():
    given = {"ann": "1357", "bo": "2367", "cy": "13n6"}
    passes = [
        {
            who: detailed.a_pass(who, [rated(who, "j", at, value) for at, value in enumerate(row)])
            for who, row in given.items()
        }
    ]
    (items,) = [one for one in several_coders(passes, DETAILED, NAMES) if one.tier == "items"]
    values = [[1, 2, 1], [3, 3, 3], [5, 6, None], [7, 7, 6]]
    of_item = {one.statistic: one.estimate for one in items.agreements if one.code == "j"}
    assert of_item[ALPHA].value == pytest.approx(krippendorff_alpha(values, "ordinal").value)
    assert of_item[ICC].value == pytest.approx(icc(values)[ICC].value)
    assert of_item[ICC].n == 3
    assert items.pairwise[0][1].value == pytest.approx(icc([row[:2] for row in values])[ICC].value)


def rated(who, item, segment, value):
    span_s = (20 * segment, 20 * segment + 20)
    return ev(f"{who}{item}{segment}", "items", item, *span_s, **{RATING: "na" if value == "n" else value})


def test_a_pass_that_cannot_be_compared_is_left_out():
    passes = sessions(**ROWS)
    passes[0]["cy"] = a_pass("cy", "s9", look=ROWS["cy"][0])
    look = of_tier(several_coders(passes, SCHEME, NAMES), "look")
    assert look.pairwise[0][1].n == 32
    assert look.pairwise[0][2].n == 16


def test_two_coders_are_not_several():
    assert several_coders(sessions(**ROWS), SCHEME, NAMES[:2]) == ()


def test_only_the_time_that_all_coded_is_taken():
    window = Span(4 * SECOND_US, 14 * SECOND_US)
    some = {who: a_pass(who, look=rows[0], window=window if who == "bo" else None) for who, rows in ROWS.items()}
    found = by_statistic(of_tier(several_coders([some], SCHEME, NAMES), "look"))
    assert (found[ALPHA].n, found[FLEISS].n) == (10, 10)


def test_ratings_of_all_sessions_are_taken():
    once = {who: detailed.a_pass(who, [ev(who, "items", "j", 0, 10, **{RATING: "3"})]) for who in NAMES}
    found = of_tier(several_coders([once, once], DETAILED, NAMES), "items")
    assert {one.counts["ratings"] for one in found.agreements if one.code in (None, "j")} == {6}
