"""Measures of moments, of cues and their answers, and of ratings: worked by hand."""

from dataclasses import replace

import pytest
from scipy.stats.contingency import odds_ratio
from statsmodels.stats.contingency_tables import Table2x2

from coder.analysis import measures
from coder.model.coding import CodingPass
from coder.model.scheme import OUTCOME
from coder.model.time import SECOND_US, Span
from tests.analysis.played import TIERS, a_play, a_rule, a_scheme, counts, numbers, rated, reasons


def test_rate_is_per_codable_minute():
    # 3 calls in 30 seconds, of which 10 are not codable and hide one: 2 in 20 seconds
    coding = a_play(eyes="f" * 20 + "u" * 10, cues="v" + "." * 14 + "v" + "." * 9 + "v....")
    assert numbers(coding, a_rule("rate", "v", "d", "v or d")) == {
        **{"Calls, number": 2, "Calls, per minute": 6},
        **{"Distress, number": 0, "Distress, per minute": 0},
        **{"Calls or Distress, number": 2, "Calls or Distress, per minute": 6},
    }
    blind = a_play(eyes="uuuu", cues="v...")
    assert set(reasons(blind, a_rule("rate", "v")).values()) == {"No time here could be coded."}


def with_modifiers(coding: CodingPass, *given: dict[str, str]) -> CodingPass:
    """The cues of a pass with these details, in order of time."""
    cues = [
        replace(event, modifiers=tuple(sorted(details.items())))
        for event, details in zip(coding.row("cues"), given, strict=True)
    ]
    return CodingPass.of(coding.header, [*cues, *(event for event in coding if event.tier != "cues")])


def test_modifier_share_is_among_the_events_whose_detail_is_known():
    coding = with_modifiers(a_play(cues="vvvv"), {"how": "loud"}, {"how": "loud,long"}, {"how": "long"}, {})
    rule = a_rule("modifier_share", "v:how=loud", "v:how=long")
    assert numbers(coding, rule) == {"Calls, Loud": pytest.approx(200 / 3), "Calls, Long": pytest.approx(200 / 3)}
    assert counts(coding, rule)["Calls, Loud"] == 3
    assert reasons(a_play(cues="v"), rule)["Calls, Loud"] == "None of these events says “How”."


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────────────────────


def judged(coding: CodingPass, *outcomes: str) -> CodingPass:
    """Outcomes of the cues in order of time: "fits t@3", "none", "" for not judged."""
    acts = {f"{act.code}@{act.onset_us // SECOND_US}": act.id for act in coding.row("acts")}
    cues = []
    for cue, text in zip(coding.row("cues"), outcomes, strict=True):
        outcome, _, act = text.partition(" ")
        modifiers = ((OUTCOME, outcome),) if outcome else ()
        cues.append(replace(cue, modifiers=modifiers, answer=acts[act] if act else ""))
    return CodingPass.of(coding.header, [*cues, *(event for event in coding if event.tier != "cues")])


#                       0         1         2         3
#                       0123456789012345678901234567890123456789
ASKED = a_play(cues="v.....v.....v.....v.....d.....v.....", acts=".t.......t...t...............c....t.")
JUDGED = judged(ASKED, "fits t@1", "loosely t@9", "misses t@13", "none", "fits c@29", "unknown")


def test_what_came_of_the_cues():
    # calls: fits after 1 s, loosely after 3 s, misses, none, cannot be told: 2 of 4 answered, 1 of 2 within 2 s
    found = numbers(JUDGED, a_rule("responses", "v"))
    assert found == {
        "answered": 50,
        **{"fits": 25, "loosely": 25, "misses": 25, "none": 25},
        "prompt, of the answers": 50,
        "median time to the answer": 2,
        "cannot be told": 1,
        "not judged yet": 0,
    }
    # distress apart: 5 s, not prompt
    found = numbers(JUDGED, a_rule("responses", "d"))
    assert (found["answered"], found["prompt, of the answers"], found["median time to the answer"]) == (100, 0, 5)
    both = numbers(JUDGED, a_rule("responses", "v", "d"))
    assert (both["answered"], both["median time to the answer"]) == (60, 3)  # 3 of 5; 1, 3 and 5 s


def test_cues_that_are_not_judged_are_in_no_rate():
    half = judged(ASKED, "fits t@1", "", "", "none", "", "")
    found = numbers(half, a_rule("responses", "v"))
    assert (found["answered"], found["not judged yet"]) == (50, 3)


def test_why_there_are_no_rates():
    rule = a_rule("responses", "d")
    assert reasons(a_play(cues="v..."), rule)["answered"] == "There is no such cue here."
    assert reasons(a_play(cues="d..."), rule)["answered"] == "None of these cues has been judged yet."
    unknown = judged(a_play(cues="d..."), "unknown")
    assert reasons(unknown, rule)["answered"] == "Of none of the judged cues can it be told what came of it."
    missed = judged(a_play(cues="d..."), "none")
    assert reasons(missed, rule) == {
        "prompt, of the answers": "None of these cues was answered.",
        "median time to the answer": "None of these cues was answered.",
    }
    unlinked = judged(a_play(cues="d..."), "fits")
    assert numbers(unlinked, rule)["answered"] == 100
    assert reasons(unlinked, rule)["median time to the answer"] == "None of these answers is linked to its act."


def test_an_answer_at_the_very_end_of_the_time_is_prompt():
    just = judged(a_play(cues="v...", acts="..t."), "fits t@2")
    assert numbers(just, a_rule("responses", "v"))["prompt, of the answers"] == 100


def test_an_answer_that_does_not_begin_after_its_cue_has_no_time():
    """The cue was moved behind its act later on: a finding asks for another judgement."""
    moved = judged(a_play(cues="v...v...", acts=".t.t"), "fits t@1", "fits t@3")
    found = numbers(moved, a_rule("responses", "v"))
    assert (found["answered"], found["median time to the answer"]) == (100, 1)
    assert counts(moved, a_rule("responses", "v"))["prompt, of the answers"] == 1


def test_answers_within_parts_of_the_session():
    coding = CodingPass.of(JUDGED.header, [*JUDGED, *a_play(part="1" * 18 + "2" * 18)])
    found = numbers(coding, a_rule("responses", "v", within="part", parts=("p1", "p2")))
    assert found["Play, answered"] == pytest.approx(200 / 3)
    assert (found["Pause, answered"], found["Pause, cannot be told"]) == (0, 1)


def test_unsolicited_acts_begin_in_no_cues_window():
    # windows: (0, 4] and (10, 14]; acts at 0 (with the cue, not after it), 4, 5, 14, 20: three begin outside
    coding = a_play(cues="v.........v" + "." * 19, acts="t...tt........t.....t.........")
    assert numbers(coding, a_rule("unsolicited", "t", "c")) == {"number": 3, "per minute": 6}
    blind = a_play(eyes="f" * 15 + "u" * 15, cues="v.........v" + "." * 19, acts="t...tt........t.....t.........")
    assert numbers(blind, a_rule("unsolicited", "t")) == {"number": 2, "per minute": 8}


BINS = a_rule("contingency", "v", "d", bin_us=SECOND_US)


def test_contingency_of_drawn_seconds():
    # after a cue: bins 2-5 and 12-15 (8), with acts in 3 and 12; elsewhere 12 bins, with acts in 0
    coding = a_play(cues="..v.........v.......", acts="t..t........t.......")
    # a 2, b 6, c 1, d 11
    assert numbers(coding, BINS) == {
        "odds ratio": pytest.approx(2 * 11 / (6 * 1)),
        "Yule’s Q": pytest.approx((22 - 6) / (22 + 6)),
        "bins after a cue with an act": 25,
        "other bins with an act": pytest.approx(100 / 12),
    }
    table = [[2, 6], [1, 11]]
    assert numbers(coding, BINS)["odds ratio"] == pytest.approx(odds_ratio(table, kind="sample").statistic)
    assert numbers(coding, BINS)["odds ratio"] == pytest.approx(Table2x2(table, shift_zeros=False).oddsratio)


def test_contingency_of_a_session_of_a_minute():
    """Cues at 5, 12, 20, 33, 47 and 58.5 s, 3 s to answer, bins of half a second: 4, 29, 2 and 85 bins."""
    rows = a_play(cues="v" * 6 + "." * 54, acts="t" * 6)
    at = {"cues": (5, 12, 20, 33, 47, 58.5), "acts": (6.2, 14.9, 23.5, 34.0, 34.8, 40.0)}
    moved = [
        replace(event, span=Span.moment(int(seconds * SECOND_US)))
        for tier, times in at.items()
        for event, seconds in zip(rows.row(tier), times, strict=True)
    ]
    coding = CodingPass.of(rows.header, moved)
    rule = a_rule("contingency", "v", bin_us=SECOND_US // 2)
    found = numbers(coding, rule, tiers=_with_window(3 * SECOND_US))
    assert found["odds ratio"] == pytest.approx(5.8620689655)
    assert found["Yule’s Q"] == pytest.approx(0.7085427136)
    assert found["bins after a cue with an act"] == pytest.approx(100 * 4 / 33)


def _with_window(window_us):
    return tuple(
        replace(tier, codes=tuple(replace(code, window_us=window_us) for code in tier.codes))
        if tier.id == "cues"
        else tier
        for tier in TIERS
    )


def test_a_bin_after_a_cue_that_cannot_be_coded_does_not_count():
    # after the cue: bins 2 to 5, of which 4 and 5 are dark for the parent
    coding = a_play(face="qqqqnnqqqq", cues="..v.......", acts="...t......")
    assert numbers(coding, BINS)["bins after a cue with an act"] == 50
    assert counts(coding, BINS)["bins after a cue with an act"] == 2


def test_a_bin_that_a_window_cuts_is_not_after_the_cue():
    # a cue at 2.5 s, 4 s to answer: of the bins of a second 3, 4 and 5 lie in it as a whole, 2 and 6 in part
    coding = a_play(cues="..v.......", acts="...t..t...")
    (cue,) = coding.row("cues")
    late = replace(cue, span=Span.moment(2 * SECOND_US + SECOND_US // 2))
    moved = CodingPass.of(coding.header, [*coding.row("acts"), late])
    found = numbers(moved, BINS)
    assert found["bins after a cue with an act"] == pytest.approx(100 / 3)
    assert found["other bins with an act"] == pytest.approx(100 / 7)


def test_only_the_cues_that_are_named_have_a_time_after_them():
    coding = a_play(cues="..v.......d.........", acts="...t.......t........")
    assert numbers(coding, a_rule("contingency", "v", bin_us=SECOND_US))["bins after a cue with an act"] == 25
    assert numbers(coding, a_rule("contingency", "d", bin_us=SECOND_US))[
        "bins after a cue with an act"
    ] == pytest.approx(100 / 6)


NO_END = "so the ratio has no end."


@pytest.mark.parametrize(
    ("cues", "acts", "ratio", "q", "why"),
    [
        (
            "v.........",
            ".t........",
            None,
            1.0,
            f"No act begins outside the time after cues, {NO_END}",
        ),
        (
            "v.........",
            "ttttt.....",
            None,
            1.0,
            f"An act begins in every bin after a cue, {NO_END}",
        ),
        ("v.........", "......t...", 0.0, -1.0, ""),
        ("..........", "......t...", None, None, "No bin lies in the time after a cue."),
        ("v.........", "..........", None, None, "No act begins in a bin that could be coded."),
        ("v.........", "tttttttttt", None, None, "An act begins in every bin, after cues and elsewhere."),
        (
            "v...v.",
            ".t....",
            None,
            None,
            "All bins lie in the time after a cue, so there is nothing to compare them with.",
        ),
    ],
)
def test_where_contingency_is_not_defined_a_sentence_says_so(cues, acts, ratio, q, why):
    coding = a_play(cues=cues, acts=acts)
    found = numbers(coding, BINS)
    assert (found["odds ratio"], found["Yule’s Q"]) == (ratio, q)
    assert reasons(coding, BINS).get("odds ratio", "") == why


def test_bins_that_cannot_be_coded_for_both_do_not_count():
    # of 20 bins 4 are dark for the child and 2 for the parent
    coding = a_play(
        eyes="f" * 16 + "u" * 4, face="nn" + "q" * 18, cues="..v.........v.......", acts="t..t........t......."
    )
    assert counts(coding, BINS)["odds ratio"] == 14
    assert numbers(coding, BINS)["odds ratio"] is None  # the one act outside a window is in the dark


# ── Ratings ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_mean_of_an_item_leaves_out_no_opportunity():
    assert numbers(rated("w5 k3", "w4 k-", "w3 k4"), a_rule("item_mean", "w", "k")) == {"Warm": 4, "Calm": 3.5}
    assert counts(rated("w5 k3", "w4 k-", "w3 k4"), a_rule("item_mean", "w", "k")) == {"Warm": 3, "Calm": 2}


def test_an_item_that_is_missing_has_no_mean():
    rule = a_rule("item_mean", "w", "k")
    assert numbers(rated("w5 k3", "w4", "w3 k4"), rule) == {"Warm": 4, "Calm": None}
    assert reasons(rated("w5 k3", "w4", "w3 k4"), rule) == {"Calm": "It is not rated in 1 of 3 segments."}
    assert reasons(rated("w5 k-", "w4 k-"), rule) == {"Calm": "It is “No chance” in every segment."}
    assert reasons(rated(""), rule) == {"Warm": "Nothing is rated yet.", "Calm": "Nothing is rated yet."}


def test_no_item_has_a_mean_while_a_segment_is_not_rated_at_all():
    coding = rated("w5 k3", "", "w3 k4")  # 30 seconds, of which the tier wants each 10 rated
    each = tuple(replace(tier, every_us=10 * SECOND_US) if tier.id == "items" else tier for tier in TIERS)
    scheme = a_scheme(a_rule("item_mean", "w"), tiers=each)
    (warm,) = measures(coding, scheme)
    assert (warm.value, warm.why) == (None, "10 s of the window are not rated yet.")
    assert numbers(coding, a_rule("item_mean", "w")) == {"Warm": 4}  # segments of any length: these are all
    # A rest that is too short to be a segment need not be rated.
    short = replace(coding.header, window=Span(0, 34 * SECOND_US))
    whole = CodingPass.of(short, rated("w5 k3", "w4 k3", "w3 k4"))
    assert measures(whole, scheme)[0].value == 4


def test_the_sum_of_a_domain_is_for_each_segment_and_needs_every_item():
    rule = a_rule("item_sum", "w", "k")
    coding = rated("w5 k2", "w4 k-", "w3")
    assert numbers(coding, rule) == {
        **{"00:00:00.000 to 00:00:10.000, sum": 7, "00:00:00.000 to 00:00:10.000, mean": 3.5},
        **{"00:00:10.000 to 00:00:20.000, sum": None, "00:00:10.000 to 00:00:20.000, mean": None},
        **{"00:00:20.000 to 00:00:30.000, sum": None, "00:00:20.000 to 00:00:30.000, mean": None},
    }
    found = reasons(coding, rule)
    assert found["00:00:10.000 to 00:00:20.000, sum"] == "“Calm” is “No chance”."
    assert found["00:00:20.000 to 00:00:30.000, mean"] == "“Calm” is not rated."
    assert reasons(rated(""), rule) == {"sum": "Nothing is rated yet.", "mean": "Nothing is rated yet."}
