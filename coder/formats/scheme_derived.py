"""What a derived measure may be computed from."""

from collections.abc import Iterator
from dataclasses import dataclass

from coder.formats.scheme_flaw import Flaw, did_you_mean
from coder.formats.scheme_node import Node
from coder.formats.toml_places import Path
from coder.language import tr


@dataclass(frozen=True, slots=True)
class Needs:
    """What a rule computes from: how many codes (most None: any number), of which kind ("": any), with what."""

    fewest: int
    most: int | None
    kind: str
    parameters: tuple[str, ...] = ()


RULES = {
    "both": Needs(2, None, "state"),
    "led_by_first": Needs(2, 2, "state"),
    "recovery": Needs(1, 1, "state"),
    "percent_time": Needs(1, None, "state"),
    "bouts": Needs(1, None, "state"),
    "transitions": Needs(2, None, "state"),
    "alternation": Needs(2, 2, "point", ("min_turns", "gap_ms")),
    "modifier_share": Needs(1, None, ""),
}


def derived_flaws(raw: Node) -> Iterator[Flaw]:
    """References that lead nowhere, codes that do not fit the rule, parameters that miss or do not belong."""
    for derived in raw.each("derived"):
        needs = RULES.get(derived.text("rule"))
        if needs is not None:
            yield from _of_flaws(derived, needs, raw)
            yield from _parameter_flaws(derived, needs)


def _of_flaws(derived: Node, needs: Needs, raw: Node) -> Iterator[Flaw]:
    codes = {code.text("id"): (tier, code) for tier in raw.each("tiers") for code in tier.each("codes")}
    tiers = {tier.text("id"): tier for tier in raw.each("tiers")}
    count = 0
    for path, name in derived.texts("of"):
        code, _, choice = name.partition(":")
        tier = codes[code][0] if code in codes else tiers.get(code)
        count += 1 if code in codes or tier is None else len(list(tier.each("codes")))
        if tier is None:
            yield Flaw(
                path, tr("There is no code or tier “{code}”.", code=code), did_you_mean(code, [*codes, *tiers])
            )
        elif derived.text("rule") == "modifier_share":
            yield from _choice_flaws(path, choice, codes[code][1] if code in codes else None, raw)
        elif choice:
            yield Flaw(
                path,
                tr("Only “modifier_share” looks at modifiers, such as “{choice}”.", choice=choice),
                tr("Remove it."),
            )
        elif needs.kind and tier.kind and tier.kind != needs.kind:
            what = tr(
                "“{code}” is not of kind “{kind}”, which the rule “{rule}” needs.",
                code=code,
                kind=needs.kind,
                rule=derived.text("rule"),
            )
            yield Flaw(path, what, tr("Name another code, or choose another rule."))
    if count and (count < needs.fewest or (needs.most is not None and count > needs.most)):
        number = f"{needs.fewest}" if needs.fewest == needs.most else f"at least {needs.fewest}"
        what = tr(
            "The rule “{rule}” needs {number} codes, and here are {count}.",
            rule=derived.text("rule"),
            number=number,
            count=count,
        )
        yield Flaw(derived.at("of"), what, tr("Name as many codes as the rule needs."))


def _choice_flaws(path: Path, choice: str, code: Node | None, raw: Node) -> Iterator[Flaw]:
    """The “modifier=option” behind a code."""
    modifier_id, _, option_id = choice.partition("=")
    asked = [name for _, name in code.texts("modifiers")] if code else []
    modifiers = list(raw.each("modifiers"))
    declared = [one.text("id") for one in modifiers]
    modifier = next((one for one in modifiers if one.text("id") == modifier_id), None)
    options = [option.text("id") for option in modifier.each("options")] if modifier else []
    if not modifier_id or not option_id:
        what = tr("The rule “modifier_share” needs a modifier and an option.")
        yield Flaw(path, what, tr("Write “code:modifier=option”."))
    elif modifier_id not in asked and all(name in declared for name in asked):
        hint = did_you_mean(modifier_id, asked)
        yield Flaw(path, tr("The code does not ask for the modifier “{modifier}”.", modifier=modifier_id), hint)
    elif modifier is not None and option_id not in options:
        hint = did_you_mean(option_id, options)
        yield Flaw(
            path,
            tr(
                "The modifier “{modifier}” has no option “{option}”.",
                modifier=modifier_id,
                option=option_id,
            ),
            hint,
        )


def _parameter_flaws(derived: Node, needs: Needs) -> Iterator[Flaw]:
    given = derived.inner("parameters")
    names = given.table if given else {}
    for name in needs.parameters:
        if name not in names:
            what = tr("The rule “{rule}” needs the parameter “{name}”.", rule=derived.text("rule"), name=name)
            yield Flaw(derived.path, what, tr("Add it, e.g. parameters = {{ {name} = 3 }}.", name=name))
    for name in names:
        if name not in needs.parameters:
            what = tr("The rule “{rule}” has no parameter “{name}”.", rule=derived.text("rule"), name=name)
            yield Flaw(
                derived.at("parameters", name), what, did_you_mean(name, needs.parameters) or tr("Remove it.")
            )
