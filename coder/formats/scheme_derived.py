"""What a derived measure may be computed from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coder.formats.scheme_flaw import Flaw, did_you_mean
from coder.formats.scheme_node import Node
from coder.formats.toml_places import Path
from coder.language import tr
from coder.model.terms import codes_of


@dataclass(frozen=True, slots=True)
class Needs:
    """What a rule computes from.

    fewest, most: how many codes or terms (most None: any number). kind: of which kind of tier ("": any).
    parameters: those that it needs; may: those that it may have as well. joins: the words that may join codes
    to a term. side: the side of a link that the codes must belong to, “cues” or “acts”.
    """

    fewest: int
    most: int | None
    kind: str
    parameters: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    side: str = ""


_ANY = ("or", "and")
RULES = {
    "both": Needs(2, None, "state"),
    "led_by_first": Needs(2, 2, "state"),
    "recovery": Needs(1, 1, "state", joins=_ANY),
    "percent_time": Needs(1, None, "state", joins=_ANY),
    "change": Needs(1, None, "state", joins=_ANY),
    "bouts": Needs(1, None, "state", joins=_ANY),
    "matching": Needs(1, None, "state", joins=_ANY),
    "without": Needs(1, None, "state", may=("most_ms",), joins=_ANY),
    "transitions": Needs(2, None, "state"),
    "rate": Needs(1, None, "point", joins=("or",)),
    "alternation": Needs(2, 2, "point", ("min_turns", "gap_ms")),
    "turn_intervals": Needs(2, 2, "state", may=("most_ms",), joins=_ANY),
    "modifier_share": Needs(1, None, ""),
    "responses": Needs(1, None, "point", side="cues"),
    "unsolicited": Needs(1, None, "point", side="acts"),
    "contingency": Needs(1, None, "point", ("bin_ms",), side="cues"),
    "item_mean": Needs(1, None, "rating"),
    "item_sum": Needs(1, None, "rating"),
}
_USUAL = {"min_turns": 3, "gap_ms": 4000, "bin_ms": 500}
_OF_ONE_TIER = ("transitions", "item_mean", "item_sum", "responses", "unsolicited", "contingency")
_NOT_IN_PARTS = ("item_mean", "item_sum")


def derived_flaws(raw: Node) -> Iterator[Flaw]:
    """References that lead nowhere, codes that do not fit the rule, parameters that miss or do not belong."""
    for derived in raw.each("derived"):
        needs = RULES.get(derived.text("rule"))
        if needs is not None:
            yield from _of_flaws(derived, needs, raw)
            yield from _parameter_flaws(derived, needs)
        yield from _within_flaws(derived, raw)


def _of_flaws(derived: Node, needs: Needs, raw: Node) -> Iterator[Flaw]:
    codes = {code.text("id"): (tier, code) for tier in raw.each("tiers") for code in tier.each("codes")}
    tiers = {tier.text("id"): tier for tier in raw.each("tiers")}
    rule = derived.text("rule")
    used: dict[str, Node] = {}
    count, fitting = 0, True
    for path, term in derived.texts("of"):
        yield from _join_flaws(path, term, needs, rule)
        names = [term] if term in tiers else list(codes_of(term))
        count += len(list(tiers[term].each("codes"))) if term in tiers else 1
        for name in names:
            tier = codes[name][0] if name in codes else tiers.get(name) if term in tiers else None
            choice = term.partition(":")[2]
            if tier is None:
                what = tr("There is no code or tier “{code}”.", code=name)
                if name in tiers:
                    what = tr("“{code}” is a tier, and only codes can be joined.", code=name)
                yield Flaw(path, what, did_you_mean(name, codes if name in tiers else [*codes, *tiers]))
                continue
            used[tier.text("id")] = tier
            if rule == "modifier_share":
                yield from _choice_flaws(path, choice, codes[name][1] if name in codes else None, raw)
            elif choice:
                what = tr("Only “modifier_share” looks at modifiers, such as “{choice}”.", choice=choice)
                yield Flaw(path, what, tr("Remove it."))
            elif needs.kind and tier.kind and tier.kind != needs.kind:
                what = tr(
                    "“{code}” is not of kind “{kind}”, which the rule “{rule}” needs.",
                    code=name,
                    kind=needs.kind,
                    rule=rule,
                )
                yield Flaw(path, what, tr("Name another code, or choose another rule."))
                fitting = False
            elif name in codes and codes[name][1].flag("uncodable"):
                what = tr("“{code}” is time that cannot be coded, and is left out of every measure.", code=name)
                yield Flaw(path, what, tr("Name another code."))
    if count and (count < needs.fewest or (needs.most is not None and count > needs.most)):
        number = f"{needs.fewest}" if needs.fewest == needs.most else f"at least {needs.fewest}"
        what = tr(
            "The rule “{rule}” needs {number} codes, and here are {count}.", rule=rule, number=number, count=count
        )
        yield Flaw(derived.at("of"), what, tr("Name as many codes as the rule needs."))
    if fitting:
        yield from _tier_flaws(derived, needs, used, raw)


def _join_flaws(path: Path, term: str, needs: Needs, rule: str) -> Iterator[Flaw]:
    for word in ("or", "and"):
        if f" {word} " in term and word not in needs.joins:
            what = tr("The rule “{rule}” takes codes one by one, not joined with “{word}”.", rule=rule, word=word)
            yield Flaw(path, what, tr("Write each code in quotes of its own."))


def _tier_flaws(derived: Node, needs: Needs, used: dict[str, Node], raw: Node) -> Iterator[Flaw]:
    """Rules whose codes must be of one tier, which must exclude each other or be on one side of a link."""
    rule = derived.text("rule")
    if rule not in _OF_ONE_TIER or not used:
        return
    if len(used) > 1:
        what = tr("The rule “{rule}” needs codes of one tier, and these are of several.", rule=rule)
        yield Flaw(derived.at("of"), what, tr("Make one derived measure for each tier."))
        return
    ((name, tier),) = used.items()
    if rule == "transitions" and tier.kind == "state" and not tier.flag("exclusive"):
        what = tr("In “{tier}” codes hold at the same time, so none follows another.", tier=name)
        yield Flaw(derived.at("of"), what, tr("Choose another rule, or make the tier exclusive."))
    linked = [link.text(needs.side) for link in raw.each("links")] if needs.side else []
    if needs.side and tier.kind == "point" and name not in linked:
        what = tr("No link says what answers the cues of “{tier}”.", tier=name)
        if needs.side == "acts":
            what = tr("No link says which cues the acts of “{tier}” answer.", tier=name)
        yield Flaw(derived.at("of"), what, tr("Name the tier in [[links]], or choose another rule."))


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
        what = tr("The modifier “{modifier}” has no option “{option}”.", modifier=modifier_id, option=option_id)
        yield Flaw(path, what, did_you_mean(option_id, options))


def _within_flaws(derived: Node, raw: Node) -> Iterator[Flaw]:
    """The parts of the session for which the measure is computed apart."""
    rule, within = derived.text("rule"), derived.text("within")
    parts = list(derived.texts("parts"))
    tiers = {tier.text("id"): tier for tier in raw.each("tiers")}
    if within and rule in _NOT_IN_PARTS:
        what = tr("The rule “{rule}” looks at segments, which are parts of the session already.", rule=rule)
        yield Flaw(derived.at("within"), what, tr("Remove the line."))
    elif within and within not in tiers:
        yield Flaw(
            derived.at("within"), tr("There is no tier “{tier}”.", tier=within), did_you_mean(within, tiers)
        )
    elif within and tiers[within].kind not in ("", "state"):
        what = tr("“{tier}” is not a tier of states, so it does not divide a session into parts.", tier=within)
        yield Flaw(derived.at("within"), what, tr("Name a tier of kind “state”."))
    elif within:
        yield from _part_flaws(parts, tiers[within])
    elif parts:
        what = tr("Nothing says which tier these parts belong to.")
        yield Flaw(derived.at("parts"), what, tr("Add within with the id of their tier."))
    if rule == "change" and len(parts) < 2:
        what = tr("The rule “change” needs the parts between which the change is computed.")
        hint = tr("Add within with the id of a tier, and parts with two or more of its codes in order.")
        yield Flaw(derived.path, what, hint)


def _part_flaws(parts: Sequence[tuple[Path, str]], tier: Node) -> Iterator[Flaw]:
    codes = [code.text("id") for code in tier.each("codes")]
    for path, name in parts:
        if name not in codes:
            yield Flaw(path, tr("The tier has no code “{code}”.", code=name), did_you_mean(name, codes))


def _parameter_flaws(derived: Node, needs: Needs) -> Iterator[Flaw]:
    given = derived.inner("parameters")
    names = given.table if given else {}
    for name in needs.parameters:
        if name not in names:
            what = tr("The rule “{rule}” needs the parameter “{name}”.", rule=derived.text("rule"), name=name)
            hint = tr("Add it, e.g. parameters = {{ {name} = {value} }}.", name=name, value=_USUAL.get(name, 3))
            yield Flaw(derived.path, what, hint)
    known = (*needs.parameters, *needs.may)
    for name, value in names.items():
        if name not in known:
            what = tr("The rule “{rule}” has no parameter “{name}”.", rule=derived.text("rule"), name=name)
            yield Flaw(derived.at("parameters", name), what, did_you_mean(name, known) or tr("Remove it."))
        elif name == "bin_ms" and value == 0:
            what = tr("A bin must have a length.")
            yield Flaw(derived.at("parameters", name), what, tr("Write e.g. bin_ms = 500."))
