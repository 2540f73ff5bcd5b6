"""What holds for measures whatever was coded: shares add up, clocks and names do not matter, nothing is NaN."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.analysis import derived_states, measures
from coder.analysis.measures import IN_PARTS, IN_SEGMENTS
from coder.formats.scheme_derived import RULES
from coder.formats.scheme_document import scheme_json_schema
from coder.model.coding import CodingPass
from coder.model.scheme import OUTCOME, Derived, Link, Scheme, Tier
from coder.model.time import SECOND_US
from tests.analysis.played import LINK, OUTCOMES, TIERS, a_play, a_rule, a_scheme, rated


def test_every_rule_that_a_scheme_file_may_name_is_computed():
    rules = scheme_json_schema()["$defs"]["DerivedDocument"]["properties"]["rule"]["enum"]
    assert sorted(rules) == sorted(RULES) == sorted([*IN_PARTS, *IN_SEGMENTS, "change"])


def every_rule(name: dict[str, str], within: str) -> tuple[Derived, ...]:
    """One derived measure for each rule; name: what codes are called in the scheme."""

    def of(*terms: str) -> tuple[str, ...]:
        return tuple(" ".join(name.get(word, word) for word in term.split()) for term in terms)

    parts = of("p1", "p2", "p3") if within else ()
    rules = [
        a_rule("both", *of("f", "s"), within=within, parts=parts),
        a_rule("led_by_first", *of("f", "s"), within=within, parts=parts),
        a_rule("recovery", *of("f or o"), within=within, parts=parts),
        a_rule("percent_time", *of("f", "o", "f and s"), within=within, parts=parts),
        a_rule("change", *of("f", "s or h"), within="part", parts=of("p1", "p2", "p3")),
        a_rule("bouts", *of("f", "s", "q"), within=within, parts=parts),
        a_rule("matching", *of("f and s", "o and q"), within=within, parts=parts),
        a_rule("without", *of("f"), within=within, parts=parts, most_us=2 * SECOND_US),
        a_rule("transitions", *of("s", "q", "h"), within=within, parts=parts),
        a_rule("rate", *of("v", "v or d"), within=within, parts=parts),
        a_rule("alternation", *of("t", "c"), within=within, parts=parts, min_turns=2, gap_us=3 * SECOND_US),
        a_rule("turn_intervals", *of("f", "s or q"), within=within, parts=parts, most_us=3 * SECOND_US),
        a_rule("responses", *of("v", "d"), within=within, parts=parts),
        a_rule("unsolicited", *of("t", "c"), within=within, parts=parts),
        a_rule("contingency", *of("v", "d"), within=within, parts=parts, bin_us=SECOND_US),
        replace(a_rule("modifier_share"), of=(f"{name.get('v', 'v')}:how=loud",), within=within, parts=parts),
        a_rule("item_mean", *of("w", "k")),
        a_rule("item_sum", *of("w", "k")),
    ]
    return tuple(replace(rule, id=rule.rule) for rule in rules)


def row(letters: str) -> st.SearchStrategy[str]:
    return st.text(letters, min_size=24, max_size=24)


@st.composite
def plays(draw: st.DrawFn) -> CodingPass:
    coding = a_play(
        eyes=draw(row("foau.")),
        face=draw(row("sqhn.")),
        part="1" * 8 + "2" * draw(st.sampled_from([8, 16])) + "",
        cues=draw(row("vd.....")),
        acts=draw(row("tc....")),
    )
    outcomes = st.sampled_from([None, *(one.id for one in OUTCOMES)])
    acts = st.sampled_from(["", *(act.id for act in coding.row("acts"))])
    cues = []
    for cue in coding.row("cues"):
        outcome = draw(outcomes)
        cues.append(
            replace(cue, modifiers=((OUTCOME, outcome),), answer=draw(acts)) if outcome is not None else cue
        )
    events = [event for event in coding if event.tier != "cues"]
    segments = rated(*draw(st.lists(st.sampled_from(["w5 k3", "w4 k-", "w3", ""]), min_size=1, max_size=2)))
    return CodingPass.of(coding.header, [*events, *cues, *segments])


@settings(max_examples=40, deadline=None)
@given(plays(), st.sampled_from(["", "part"]))
def test_a_number_is_finite_or_has_a_sentence(coding: CodingPass, within: str):
    found = measures(coding, a_scheme(*every_rule({}, within)))
    for one in found:
        assert (one.value is not None and math.isfinite(one.value)) or one.why.endswith("."), one
        assert one.n >= 0
        if one.unit == "%" and one.name != "change" and one.value is not None:
            assert 0 <= one.value <= 100 + 1e-9
    keys = [(one.name, one.part) for one in found]
    assert len(set(keys)) == len(keys)


@settings(max_examples=40, deadline=None)
@given(plays(), st.integers(1, 10**10))
def test_shifting_the_whole_pass_changes_no_number(coding: CodingPass, by_us: int):
    """Only the names of segments, which are times, change with it."""
    scheme = a_scheme(*(rule for rule in every_rule({}, "part") if rule.rule != "item_sum"))
    header = replace(coding.header, window=coding.window.shifted(by_us))
    later = CodingPass.of(header, [replace(event, span=event.span.shifted(by_us)) for event in coding])
    assert measures(later, scheme) == measures(coding, scheme)
    before, after = derived_states(coding, scheme), derived_states(later, scheme)
    assert after == {name: tuple(span.shifted(by_us) for span in spans) for name, spans in before.items()}


@settings(max_examples=40, deadline=None)
@given(plays(), st.sampled_from(["", "part"]))
def test_renaming_the_codes_changes_no_number(coding: CodingPass, within: str):
    name = {code.id: f"x_{code.id}" for tier in TIERS for code in tier.codes}
    tiers = tuple(_renamed(tier, name) for tier in TIERS)
    renamed = CodingPass.of(coding.header, [replace(event, code=name[event.code]) for event in coding])
    assert measures(renamed, a_scheme(*every_rule(name, within), tiers=tiers)) == measures(
        coding, a_scheme(*every_rule({}, within))
    )


def _renamed(tier: Tier, name: dict[str, str]) -> Tier:
    codes = tuple(replace(code, id=name[code.id]) for code in tier.codes)
    return replace(tier, codes=codes, default=name.get(tier.default or ""))


@settings(max_examples=40, deadline=None)
@given(plays())
def test_shares_of_an_exhaustive_tier_add_to_100_percent(coding: CodingPass):
    rule = a_rule("percent_time", "s", "q", "h")
    shares = [one.value for one in measures(coding, a_scheme(rule))]
    if None not in shares:
        assert sum(shares) == pytest.approx(100)
    # in every part of the session too
    rule = replace(rule, within="part")
    found = measures(coding, a_scheme(rule))
    for part in {one.part[0] for one in found}:
        inside = [one.value for one in found if one.part[0] == part]
        assert None in inside or sum(inside) == pytest.approx(100)


@settings(max_examples=40, deadline=None)
@given(plays())
def test_what_fits_misses_and_is_missing_adds_to_100_percent(coding: CodingPass):
    found = {one.part[0]: one.value for one in measures(coding, a_scheme(a_rule("responses", "v", "d")))}
    shares = [found[name] for name in ("fits", "loosely", "misses", "none")]
    if None not in shares:
        assert sum(shares) == pytest.approx(100)
        assert found["answered"] == pytest.approx(found["fits"] + found["loosely"])


def test_a_rule_about_cues_needs_a_link():
    scheme = replace_links(a_scheme(a_rule("responses", "v")), ())
    with pytest.raises(ValueError, match="it"):
        measures(a_play(cues="v"), scheme)
    assert measures(a_play(cues="v"), replace_links(scheme, (LINK,)))


def replace_links(scheme: Scheme, links: tuple[Link, ...]) -> Scheme:
    return replace(scheme, links=links)
