"""The scheme's rules applied to a pass: to one place, and to all of it in one edit. One letter is one second."""

from dataclasses import replace

import pytest

from coder.annotate.desk import Desk
from coder.annotate.findings import Finding
from coder.annotate.rules import review
from coder.annotate.settle import FAR, apply_rules, neighbourhood, rules_applied, settle_one
from coder.model.coding import CodingPass
from coder.model.problem import CodingError
from coder.model.scheme import Scheme
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import ENGAGE, SCHEME, SELF, drawn, picture
from tests.annotate.judged import JUDGED, judged, over

# “person” and “object” absorb what is shorter than three seconds; uncodable counts from two.
CODES = tuple(
    replace(
        code,
        modifiers=(),
        absorb_us=3 * S if code.id in ("person", "object") else 0,
        min_us=2 * S if code.uncodable else code.min_us,
    )
    for code in ENGAGE.codes
)
STRICT = replace(ENGAGE, codes=CODES)
TALKS = replace(SELF, codes=tuple(replace(code, absorb_us=2 * S) for code in SELF.codes))
SETTLING = replace(SCHEME, tiers=(STRICT, TALKS))
FILLING = replace(SCHEME, tiers=(replace(STRICT, default="off"), TALKS))


def desk_of(coding: CodingPass, scheme: Scheme = SETTLING) -> Desk:
    return Desk(coding, lambda _: None, scheme)


def told(coding: CodingPass, scheme: Scheme = SETTLING) -> list[str]:
    return [f"{one.span.start_us // S} {one.problem.what}" for one in review(coding, scheme)]


def mended(coding: CodingPass, finding: Finding, scheme: Scheme = SETTLING) -> CodingPass:
    desk = desk_of(coding, scheme)
    desk.apply(settle_one(coding, scheme, finding.tier, finding.span, finding.event))
    return desk.coding


def test_what_the_rules_would_absorb_is_told_where_it_lies() -> None:
    assert told(drawn("ppppoopppp.ppp")) == [
        "4 “With the person” is interrupted for 2.000 s, which is too short to end it.",
        "10 “With the person” is interrupted for 1.000 s, which is too short to end it.",
    ]
    states, gap = review(drawn("ppppoopppp.ppp"), SETTLING)
    assert (states.hinders, gap.hinders) == (False, True), "a tier that must be full is not submitted with a gap"


def test_a_gap_that_will_be_absorbed_is_not_told_as_one_that_is_filled() -> None:
    (gap,) = review(drawn("pppp.ppp"), FILLING)
    assert (gap.problem.what, gap.hinders) == (
        "“With the person” is interrupted for 1.000 s, which is too short to end it.",
        False,
    )


def test_one_interruption_is_absorbed() -> None:
    coding = drawn("ppppooppppjjjp")
    (finding,) = review(coding, SETTLING)
    assert picture(mended(coding, finding)) == "ppppppppppjjjp"


def test_one_gap_is_absorbed_and_another_filled() -> None:
    coding = drawn("pppp.ppp....jjjj")
    absorbed, filled = review(coding, FILLING)
    assert picture(mended(coding, absorbed, FILLING)) == "pppppppp....jjjj"
    assert picture(mended(coding, filled, FILLING)) == "pppp.pppoooojjjj"


def test_a_gap_is_given_to_the_default_state_beside_it() -> None:
    coding = drawn("ppppoo....jjjj")
    (finding,) = review(coding, FILLING)
    after = mended(coding, finding, FILLING)
    assert picture(after) == "ppppoooooojjjj"
    assert [event.id for event in after.row("engage")] == ["p0", "o4", "j10"]


def test_the_time_of_a_short_state_is_given_to_the_one_before() -> None:
    coding = drawn("ppppujjjj")
    (finding,) = review(coding, SETTLING)
    assert finding.problem.what == "“Not codable” lasts 1.000 s, less than the scheme asks for."
    assert picture(mended(coding, finding)) == "pppppjjjj"


def test_what_no_rule_is_about_is_refused() -> None:
    coding = drawn("pppp....jjjj")
    (finding,) = review(coding, SETTLING)
    with pytest.raises(CodingError, match="No rule of the scheme mends this"):
        settle_one(coding, SETTLING, finding.tier, finding.span, finding.event)


def test_states_that_may_overlap_are_interrupted_by_gaps() -> None:
    coding = CodingPass.of(
        drawn("p" * 10).header,
        [over("self", "talk", 0, 3), over("self", "touch", 1, 9), over("self", "talk", 4, 6)],
    )
    assert told(coding, replace(SETTLING, tiers=(TALKS,))) == [
        "3 “Talks” is interrupted for 1.000 s, which is too short to end it."
    ]
    (finding,) = review(coding, replace(SETTLING, tiers=(TALKS,)))
    row = mended(coding, finding).row("self")
    assert [(event.code, event.onset_us // S, event.offset_us // S) for event in row] == [
        ("talk", 0, 6),
        ("touch", 1, 9),
    ]


def test_the_whole_pass_is_one_edit_that_says_what_it_does() -> None:
    desk = desk_of(drawn("ppppoopp.pjjjj..jooo....ssss"), FILLING)
    before = desk.coding
    edit = apply_rules(desk.coding, FILLING)
    desk.apply(edit)
    assert picture(desk.coding) == "ppppppppppjjjjjjjooooooossss"
    assert edit.label == "Apply the rules: 3 interruptions absorbed, 1 gap filled"
    desk.undo()
    assert desk.coding == before


def test_applying_what_is_applied_is_refused() -> None:
    desk = desk_of(drawn("pppp.ppp"), FILLING)
    desk.apply(apply_rules(desk.coding, FILLING))
    assert rules_applied(desk.coding, FILLING).edit is None
    with pytest.raises(CodingError, match="change nothing"):
        apply_rules(desk.coding, FILLING)


def test_intervals_without_a_code_get_the_default() -> None:
    (plays, *others) = JUDGED.tiers
    scheme = replace(JUDGED, tiers=(replace(plays, default="plays_no"), *others))
    coding = judged(over("plays", "plays_yes", 2, 4), scheme=scheme)
    edit = apply_rules(coding, scheme)
    row = coding.applied(edit).row("plays")
    assert [(event.code, event.span.start_us // S) for event in row] == [
        ("plays_no", 0),
        ("plays_yes", 2),
        ("plays_no", 4),
        ("plays_no", 6),
        ("plays_no", 8),
    ]
    assert edit.label == "Apply the rules: 4 gaps filled"


def test_no_more_is_read_around_a_place_than_has_a_say() -> None:
    row = drawn("ppppoppppjjjjojjjj").row("engage")
    assert neighbourhood(row, STRICT, 1) == (0, 3)
    assert neighbourhood(row, STRICT, 3) == (2, 6)
    quick = drawn("op" * 100).row("engage")
    assert neighbourhood(quick, STRICT, 100) == (100 - FAR, 101 + FAR)
    assert neighbourhood((), STRICT, 0) == (0, 0)


def test_a_state_that_the_window_cuts_off_may_be_short() -> None:
    assert told(drawn("upppp")) == []
    assert [one.span for one in review(drawn("ppppujjjj"), SETTLING)] == [Span(4 * S, 5 * S)]
