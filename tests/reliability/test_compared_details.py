"""Details of matched events, outcomes of cues, and ratings."""

from dataclasses import replace

import numpy as np
import pytest

from coder.model.agreement import Status
from coder.model.scheme import (
    RATING,
    Answered,
    Link,
    Modifier,
    Option,
    Outcome,
    Scale,
    Scheme,
    SchemeId,
    Stream,
    Target,
    Tier,
    TierKind,
)
from coder.model.statistic import (
    AC2,
    ACCURACY,
    AGREEMENT,
    ALPHA,
    EXACT,
    ICC,
    ICC_ONE_WAY,
    KAPPA,
    MEAN_DIFFERENCE,
    SPECIFIC,
    WEIGHTED_KAPPA,
    WITHIN_ONE,
)
from coder.model.time import SECOND_US
from coder.reliability import (
    bland_altman,
    cohen_kappa,
    compare,
    gwet_ac,
    icc,
    krippendorff_alpha,
    observer_accuracy,
    percent_agreement,
    pool,
    wilson,
)
from coder.reliability.catalogue import FORMULAS
from coder.reliability.independent import interval_of_table
from tests.reliability import detailed
from tests.reliability.detailed import coded, ev


def options(*ids):
    return tuple(Option(one, one, one[0].upper()) for one in ids)


TONE = Modifier("tone", "Tone", "single", options("warm", "cold"), judged=True)
OUTCOMES = tuple(
    Outcome(one, one, one[0], "", answered)
    for one, answered in (("fits", Answered.FITS), ("part", Answered.LOOSELY), ("none", Answered.NONE))
)
OUTCOME = Modifier("outcome", "Outcome", "single", options("fits", "part", "none"), judged=True)
LINK = Link(
    *("answers", "Answers", "cues", "acts", 5 * SECOND_US, 2 * SECOND_US, OUTCOMES, (TONE,)),
    targets=(Target("estimated accuracy", 0.85), Target("kappa", 0.6)),
)
SEEN = Modifier("seen", "Seen by", "single", options("eyes", "head"))
WAYS = Modifier("ways", "Ways", "multi", options("voice", "hand", "face"))
FORCE = Modifier("force", "Force", "number", low=1, high=5)
SCALE = Scale(1, 7, na="No opportunity")
ITEMS = Tier("items", "", Stream.SESSION, TierKind.RATING, coded("jk"), scale=SCALE, targets=(Target(ICC, 0.75),))
TIERS = (
    Tier(
        *("look", "", Stream.CHILD, TierKind.STATE, coded("ptu", SEEN)),
        exclusive=True,
        targets=(Target("estimated accuracy", 0.9, unit_us=SECOND_US), Target("kappa", 0.5)),
    ),
    Tier("cues", "", Stream.CHILD, TierKind.POINT, coded("vg", OUTCOME, TONE, WAYS, FORCE)),
    Tier("acts", "", Stream.PARENT, TierKind.POINT, coded("w")),
    ITEMS,
)
DETAILED = Scheme(SchemeId("details", "1", "0" * 64), "", "", "", "en", "", TIERS, links=(LINK,))


def a_pass(who, events, session="s"):
    coding = detailed.a_pass(who, events)
    return replace(
        coding, header=replace(coding.header, scheme=DETAILED.id, session_id=session, id=f"{who}{session}")
    )


def one(agreements, statistic, tier, detail="", code=None):
    (found,) = [
        each
        for each in agreements
        if (each.statistic, each.tier, each.detail, each.code) == (statistic, tier, detail, code)
    ]
    return found


def cues(who, *details):
    """One cue every ten seconds with what each is given."""
    return [ev(f"{who}{at}", "cues", "v", 10 * at + 1, **given) for at, given in enumerate(details)]


def compared(tier_events_a, tier_events_b):
    return compare(a_pass("a", tier_events_a), a_pass("b", tier_events_b), DETAILED)


def judged(who, row):
    """f, p, n: what came of each cue; a capital letter says that it was warm, a small one that it was cold."""
    names = {"f": "fits", "p": "part", "n": "none"}
    return cues(
        who,
        *(
            {"outcome": names[one.lower()]}
            | ({} if one in "nN" else {"tone": "warm" if one.isupper() else "cold"})
            for one in row
        ),
    )


def test_outcomes_are_compared_on_cues_that_both_marked_with_the_targets_of_the_link():
    a, b = judged("a", "FFfpnnFP"), judged("b", "FPfpnpFP")
    found = compared(
        [*a, ev("ax", "cues", "g", 95, outcome="fits")], [*b, ev("bx", "cues", "v", 85, outcome="none")]
    )
    kappa = one(found, KAPPA, "cues", "outcome")
    table = ((3, 1, 0), (0, 2, 0), (0, 1, 1))
    assert (kappa.confusion.categories, kappa.confusion.table) == (("fits", "part", "none"), table)
    wanted = cohen_kappa(table)
    assert (kappa.estimate.value, kappa.estimate.low) == pytest.approx((wanted.value, wanted.low))
    assert kappa.estimate.method == "asymptotic, matched events taken as independent"
    assert kappa.estimate.note == "On 8 matched events (89 %); A has 9, B 9."
    assert (kappa.target, one(found, ACCURACY, "cues", "outcome").target) == (0.6, 0.85)
    assert one(found, AGREEMENT, "cues", "outcome").estimate.value == pytest.approx(6 / 8)
    assert one(found, SPECIFIC, "cues", "outcome=part").estimate.value == pytest.approx(2 * 2 / (3 + 3))


def test_what_is_judged_of_an_answer_is_compared_where_both_saw_one():
    found = compared(judged("a", "FFfpnnFP"), judged("b", "FPFpnpFp"))
    tone = one(found, KAPPA, "cues", "tone")
    # six cues that both called answered; warm for a: 1 2 7 8, for b: 1 2 3 7
    assert tone.confusion.table == ((3, 1), (1, 1))
    assert tone.counts["matched"] == 6
    assert tone.target is None


def test_who_chose_nothing_has_a_category_only_where_that_occurs():
    full = compared(cues("a", {"outcome": "fits"}), cues("b", {"outcome": "fits"}))
    open_one = compared(cues("a", {"outcome": "fits"}, {}), cues("b", {"outcome": "fits"}, {"outcome": "none"}))
    assert one(full, AGREEMENT, "cues", "outcome").confusion.categories == ("fits", "part", "none")
    found = one(open_one, AGREEMENT, "cues", "outcome")
    assert found.confusion.categories == ("fits", "part", "none", "not chosen")
    assert found.confusion.table[3] == (0, 0, 1, 0)
    both = [
        compare(a_pass("a", a, s), a_pass("b", b, s), DETAILED)
        for s, a, b in (
            ("s1", cues("a", {"outcome": "fits"}), cues("b", {"outcome": "fits"})),
            ("s2", cues("a", {"outcome": "part"}, {}), cues("b", {"outcome": "part"}, {"outcome": "none"})),
        )
    ]
    pooled = one(pool(sum(both, ())), AGREEMENT, "cues", "outcome")
    assert pooled.confusion.table == ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 1, 0))
    assert pooled.estimate.value == pytest.approx(2 / 3)


def test_of_a_detail_with_any_options_each_option_stands_by_itself():
    a = cues("a", *({"ways": ways} for ways in ("voice", "hand,voice", "face", "voice", "hand", "voice")))
    b = cues("b", *({"ways": ways} for ways in ("voice", "voice", "face", "hand", "hand", "face,voice")))
    found = compared(a, b)
    assert one(found, EXACT, "cues", "ways").estimate.value == pytest.approx(3 / 6)
    voice = one(found, KAPPA, "cues", "ways=voice")
    assert (voice.confusion.categories, voice.confusion.table) == (("voice", "not chosen"), ((3, 1), (0, 2)))
    assert voice.estimate.value == pytest.approx(cohen_kappa([[3, 1], [0, 2]]).value)
    assert one(found, SPECIFIC, "cues", "ways=hand").estimate.value == pytest.approx(2 * 1 / 4)


def test_numbers_are_compared_as_numbers():
    given = [(1, 2), (3, 3), (5, 4), (2, 2), (4, 5), (None, 3)]
    a, b = (
        cues(who, *({} if pair[at] is None else {"force": str(pair[at])} for pair in given))
        for at, who in enumerate("ab")
    )
    found = compared(a, b)
    force = one(found, ICC, "cues", "force")
    assert force.estimate.value == pytest.approx(icc(given[:5])[ICC].value)
    assert force.estimate.note.endswith("In 1 of them only one coder gave a number; it is left out.")
    assert one(found, WITHIN_ONE, "cues", "force").estimate.value == 1.0


def test_where_neither_gave_a_number_nothing_is_left_out():
    a, b = (cues(who, {"force": "3"}, {}, {"force": "4"}) for who in "ab")
    found = one(compared(a, b), EXACT, "cues", "force")
    assert (found.counts["one_chose"], found.estimate.n) == (0, 2)


def test_an_accuracy_whose_kappa_may_be_chance_begins_at_guessing():
    table = np.array([[6.0, 3, 0], [2, 5, 1], [1, 1, 2]])
    kappa = cohen_kappa(table)
    found = interval_of_table(ACCURACY, FORMULAS[ACCURACY], table, "ratings")
    assert kappa.low > 0
    rates = table.sum(0) + table.sum(1)
    wanted = observer_accuracy(kappa.value, rates, limits=(kappa.low, kappa.high))
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high))
    weak = np.array([[3.0, 3, 0], [2, 3, 1], [1, 1, 2]])
    found = interval_of_table(ACCURACY, FORMULAS[ACCURACY], weak, "ratings")
    assert cohen_kappa(weak).low < 0
    assert found.low == pytest.approx(1 / 3)
    assert found.low < found.high


def test_one_matched_event_is_said_in_the_singular():
    a, b = (cues(who, {"force": "3"}) for who in "ab")
    found = one(compared(a, b), EXACT, "cues", "force").estimate
    assert (found.value, found.n) == (1.0, 1)
    assert found.note.startswith("On 1 matched event (100 %); A has 1, B 1.")


def test_details_of_states_are_compared_on_linked_states_of_one_code():
    a = [ev(f"a{at}", "look", "pt"[at % 2], 10 * at, 10 * at + 10, seen=seen) for at, seen in enumerate(WAYS_OF_A)]
    b = [ev(f"b{at}", "look", "pt"[at % 2], 10 * at, 10 * at + 9, seen=seen) for at, seen in enumerate(WAYS_OF_B)]
    found = compared(a, [*b[:6], replace(b[6], code="t")])
    seen = one(found, KAPPA, "look", "seen")
    assert (seen.unit, seen.confusion.table) == ("linked states", ((3, 1), (0, 2)))
    assert (seen.target, one(found, ACCURACY, "look", "seen").target) == (0.5, None)


WAYS_OF_A = ("eyes", "eyes", "eyes", "eyes", "head", "head", "eyes")
WAYS_OF_B = ("eyes", "eyes", "eyes", "head", "head", "head", "head")


def test_without_a_matched_event_a_detail_says_why():
    found = compared(cues("a", {"outcome": "fits"}), [])
    estimate = one(found, KAPPA, "cues", "outcome").estimate
    assert (estimate.value, estimate.status) == (None, Status.NO_EVENTS)
    assert estimate.sentence == "No event that has this detail was marked by both coders."


def rated(who, **rows):
    """A rating of each item for each stretch of ten seconds: `n` cannot be rated, `.` is left out."""
    return [
        ev(f"{who}{item}{at}", "items", item, 10 * at, 10 * at + 10, **{RATING: "na" if value == "n" else value})
        for item, row in rows.items()
        for at, value in enumerate(row)
        if value != "."
    ]


def test_ratings_give_what_the_functions_give():
    a, b = "1234567", "1335476"
    found = compared(rated("a", j=a), rated("b", j=b))
    pairs = [(int(x), int(y)) for x, y in zip(a, b, strict=True)]

    def of(statistic):
        return one(found, statistic, "items", code="j").estimate

    table = one(found, ICC, "items", code="j").confusion.table
    assert of(ICC).value == pytest.approx(icc(pairs)[ICC].value)
    assert (of(ICC).low, of(ICC).high) == pytest.approx((icc(pairs)[ICC].low, icc(pairs)[ICC].high))
    assert of(ICC_ONE_WAY).value == pytest.approx(icc(pairs)[ICC_ONE_WAY].value)
    assert of(WEIGHTED_KAPPA).value == pytest.approx(cohen_kappa(table, "quadratic").value)
    assert of(ALPHA).value == pytest.approx(krippendorff_alpha(pairs, "ordinal").value)
    assert of(AC2).value == pytest.approx(gwet_ac(pairs, range(1, 8), "quadratic").value)
    assert (of(EXACT).value, of(EXACT).low) == (pytest.approx(2 / 7), pytest.approx(wilson(2, 7)[0]))
    assert of(WITHIN_ONE).value == pytest.approx(percent_agreement(pairs, 1).value)
    assert of(MEAN_DIFFERENCE).value == pytest.approx(-bland_altman(*zip(*pairs, strict=True)).value)
    assert one(found, ICC, "items", code="j").target == 0.75


def test_swapping_the_raters_only_turns_the_mean_difference():
    a, b = rated("a", j="1234567", k="14"), rated("b", j="1335476", k="25")
    ab, ba = compared(a, b), compare(a_pass("b", b), a_pass("a", a), DETAILED)
    for mine, theirs in zip(ab, ba, strict=True):
        if mine.tier == "items":
            sign = -1 if mine.statistic == MEAN_DIFFERENCE else 1
            value = mine.estimate.value
            assert theirs.estimate.value == (None if value is None else pytest.approx(sign * value))


def test_all_items_together_say_that_they_are_together():
    found = compared(rated("a", j="123", k="567"), rated("b", j="133", k="577"))
    together = one(found, ICC, "items")
    assert together.estimate.value == pytest.approx(
        icc([(1, 1), (2, 3), (3, 3), (5, 5), (6, 7), (7, 7)])[ICC].value
    )
    assert together.estimate.note.startswith("Over all items together")
    assert "Over all" not in one(found, ICC, "items", code="j").estimate.note


def test_few_ratings_have_a_value_and_are_called_few():
    found = one(compared(rated("a", j="1357"), rated("b", j="1367")), ICC, "items", code="j").estimate
    assert (found.value is not None, found.status, found.note[:16]) == (True, Status.TOO_FEW, "Under 5 ratings.")
    single = one(compared(rated("a", j="4"), rated("b", j="5")), ICC, "items", code="j").estimate
    assert (single.value, single.status) == (None, Status.TOO_FEW)
    for statistic in (WEIGHTED_KAPPA, ALPHA, AC2):
        found = one(compared(rated("a", j="4"), rated("b", j="5")), statistic, "items", code="j").estimate
        assert (found.value, found.note) == (None, "Two or more are needed to say anything.")


def test_all_rated_alike_is_said_and_within_one_stays():
    found = compared(rated("a", j="444444"), rated("b", j="444444"))
    same = one(found, ICC, "items", code="j").estimate
    assert (same.value, same.status) == (None, Status.NO_VARIANCE)
    assert same.note == "All were rated alike, by both coders: there was nothing to disagree about."
    assert one(found, WITHIN_ONE, "items", code="j").estimate.value == 1.0
    noise = one(compared(rated("a", j="343434"), rated("b", j="434343")), ICC, "items", code="j").estimate
    assert noise.value < 0
    assert "All were rated alike on average" in noise.note


def test_what_cannot_be_rated_is_counted_and_said():
    found = one(compared(rated("a", j="12345n6nn"), rated("b", j="12354672.")), ICC, "items", code="j")
    assert {name: found.counts[name] for name in ("rated", "one_not_rated", "both_not_rated", "one_missing")} == {
        "rated": 6,
        "one_not_rated": 2,
        "both_not_rated": 0,
        "one_missing": 1,
    }
    assert "In 2 more, one coder gave a number and the other said that it cannot be rated." in found.estimate.note
    assert "1 more was rated by one coder only." in found.estimate.note


def sessions_of(*rows):
    return [
        compare(a_pass("a", rated("a", j=a), f"s{at}"), a_pass("b", rated("b", j=b), f"s{at}"), DETAILED)
        for at, (a, b) in enumerate(rows)
    ]


def test_sessions_with_one_segment_each_are_the_independent_targets():
    rows = [("1", "2"), ("3", "3"), ("5", "4"), ("6", "7"), ("2", "2")]
    found = one(pool(sum(sessions_of(*rows), ())), ICC, "items", code="j").estimate
    wanted = icc([(int(a), int(b)) for a, b in rows])[ICC]
    assert (found.value, found.low, found.high) == pytest.approx((wanted.value, wanted.low, wanted.high))
    assert found.method.endswith("ratings taken as independent")
    weighted = one(pool(sum(sessions_of(*rows), ())), WEIGHTED_KAPPA, "items", code="j").estimate
    assert weighted.method == "asymptotic, ratings taken as independent"


def test_sessions_with_several_segments_are_left_out_one_by_one():
    rows = [("1246", "2245"), ("3351", "3452"), ("5671", "4671")]
    found = one(pool(sum(sessions_of(*rows), ())), ICC, "items", code="j").estimate
    values = [[(int(a), int(b)) for a, b in zip(*row, strict=True)] for row in rows]
    whole = icc([pair for session in values for pair in session])[ICC].value
    left = [
        icc([pair for n, session in enumerate(values) if n != at for pair in session])[ICC].value
        for at in range(3)
    ]
    pseudo = [3 * whole - 2 * one_left for one_left in left]
    assert found.value == pytest.approx(whole)
    assert found.method == "jackknife over 3 sessions"
    assert (found.low + found.high) / 2 == pytest.approx(whole) or found.high == 1.0
    assert found.se == pytest.approx((sum((p - sum(pseudo) / 3) ** 2 for p in pseudo) / 2 / 3) ** 0.5)
