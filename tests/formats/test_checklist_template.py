"""The empty checklist: in order, with nobody's words, and not among the schemes to code with."""

from coder.formats import read_scheme
from coder.model.scheme import TierKind
from coder.settings.shipped import shipped
from coder.workflows.schemes import shipped_schemes

TEMPLATE = read_scheme(shipped("schemes") / "templates" / "checklist.toml")


def test_items_are_scored_0_1_2_in_two_domains_with_a_sum_each() -> None:
    (tier,) = TEMPLATE.tiers
    assert tier.kind is TierKind.RATING
    assert tier.scale is not None
    assert (tier.scale.low, tier.scale.high, tier.scale.na) == (0, 2, "No opportunity")
    domains = {one.label: one.of for one in TEMPLATE.derived if one.rule == "item_sum"}
    assert domains == {"Domain A": ("a1", "a2", "a3"), "Domain B": ("b1", "b2", "b3")}
    assert {item for items in domains.values() for item in items} == {code.id for code in tier.codes}


def test_every_item_is_a_placeholder() -> None:
    assert all(code.definition.startswith("Placeholder") for code in TEMPLATE.tiers[0].codes)


def test_it_is_no_scheme_to_code_with() -> None:
    assert TEMPLATE.id.name not in [scheme.id.name for scheme in shipped_schemes()]
