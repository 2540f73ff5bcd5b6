"""What the fields of a scheme must mean together: unique ids and keys, references that lead somewhere, kinds that fit.

Every rule is a generator of `Flaw`; all of them read the same nodes, and none stops at its first finding.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain

from coder.formats.scheme_keys import normal_key, why_not
from coder.formats.scheme_node import Node
from coder.formats.toml_places import Path

TIMED = ("state", "interval")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A mistake with the path of the field to mend."""

    path: Path
    what: str
    hint: str


@dataclass(frozen=True, slots=True)
class RuleNeeds:
    """What a rule of a derived measure computes from. kind "": any."""

    fewest: int
    most: int | None
    kind: str
    parameters: tuple[str, ...] = ()


DERIVED_RULES = {
    "both": RuleNeeds(2, None, "state"),
    "led_by_first": RuleNeeds(2, 2, "state"),
    "recovery": RuleNeeds(1, 1, "state"),
    "percent_time": RuleNeeds(1, None, "state"),
    "bouts": RuleNeeds(1, None, "state"),
    "transitions": RuleNeeds(2, None, "state"),
    "alternation": RuleNeeds(2, 2, "point", ("min_turns", "gap_ms")),
    "modifier_share": RuleNeeds(1, None, ""),
}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean “cg_face”?`, or the list of what there is."""
    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"There are: {', '.join(names)}." if names else ""


def flaws(raw: Node) -> Iterator[Flaw]:
    """All mistakes of meaning, in no particular order."""
    tiers = list(raw.each("tiers"))
    return chain(
        _ids(raw, tiers),
        _keys(raw, tiers),
        *(_tier(tier) for tier in tiers),
        *(_code(tier, code) for tier in tiers for code in tier.each("codes")),
        _modifiers(raw, tiers),
        *(_targets(tier) for tier in tiers),
        _derived(raw, tiers),
    )


def _ids(raw: Node, tiers: list[Node]) -> Iterator[Flaw]:
    """One name, one thing: tiers, codes and derived measures share a name space; only “unc” codes may repeat."""
    seen: dict[str, str] = {}
    codes = [(code, "code") for tier in tiers for code in tier.each("codes")]
    for node, word in [
        *((tier, "tier") for tier in tiers),
        *codes,
        *((one, "derived") for one in raw.each("derived")),
    ]:
        name = node.text("id")
        shared = node.flag("uncodable") and seen.get(name) == "uncodable code"
        if name in seen and not shared:
            yield Flaw(
                node.at("id"), f"The id “{name}” is already used by a {seen[name]}.", "Give each its own id."
            )
        elif name:
            seen[name] = "uncodable code" if node.flag("uncodable") else word
    for tier in tiers:
        twins = [code.text("id") for code in tier.each("codes") if code.flag("uncodable")]
        for code in tier.each("codes"):
            if code.flag("uncodable") and twins.count(code.text("id")) > 1:
                twins.remove(code.text("id"))
                yield Flaw(
                    code.at("id"),
                    f"The id “{code.text('id')}” stands twice in this tier.",
                    "Give each its own id.",
                )
    for owner, field in [(raw, "modifiers"), *((one, "options") for one in raw.each("modifiers"))]:
        names: set[str] = set()
        for node in owner.each(field):
            if node.text("id") in names:
                yield Flaw(
                    node.at("id"), f"The id “{node.text('id')}” stands twice here.", "Give each its own id."
                )
            names.add(node.text("id"))


def _keys(raw: Node, tiers: list[Node]) -> Iterator[Flaw]:
    """A pass can run over all tiers at once, so a key means one thing in the whole scheme."""
    owners: dict[str, str] = {}
    for tier in tiers:
        for code in tier.each("codes"):
            key = code.text("key")
            if not key:
                if "key" not in code.table and tier.text("kind") != "rating":
                    yield Flaw(code.path, "The code has no key.", 'Add one, e.g. key = "Q".')
                elif code.table.get("key") == "":
                    yield Flaw(code.at("key"), "The key is empty.", 'Name one, e.g. key = "Q".')
                continue
            if reason := why_not(key):
                yield Flaw(code.at("key"), f"The key “{key}” {reason}.", _FREE)
            elif (owner := owners.get(normal_key(key))) is not None:
                yield Flaw(code.at("key"), f"The key “{key}” already belongs to {owner}.", "Choose another key.")
            else:
                owners[normal_key(key)] = f"code {code.text('id')}"
    modifiers = {modifier.text("id"): modifier for modifier in raw.each("modifiers")}
    for modifier in raw.each("modifiers"):
        for option in modifier.each("options"):
            key = option.text("key")
            if reason := "is empty" if option.table.get("key") == "" else key and why_not(key):
                yield Flaw(option.at("key"), f"The key “{key}” {reason}.", _FREE)
            elif (owner := owners.get(normal_key(key))) is not None:
                yield Flaw(option.at("key"), f"The key “{key}” already belongs to {owner}.", "Choose another key.")
    told: set[Path] = set()
    asked_together = [
        [name for _, name in code.texts("modifiers")] for tier in tiers for code in tier.each("codes")
    ]
    for names in [*asked_together, *([name] for name in modifiers)]:
        taken: dict[str, Node] = {}
        for option in (
            option for name in names if name in modifiers for option in modifiers[name].each("options")
        ):
            key = normal_key(option.text("key"))
            if key and taken.get(key, option).path != option.path and option.path not in told:
                told.add(option.path)
                yield Flaw(
                    option.at("key"),
                    f"The key “{key}” already chooses the option “{taken[key].text('id')}” with the same code.",
                    "Choose another key.",
                )
            taken.setdefault(key, option)


_FREE = "Use a letter other than J, K and L, a digit, a sign, or F1 to F12."


def _tier(tier: Node) -> Iterator[Flaw]:
    kind, default = tier.text("kind"), tier.text("default")
    codes = [code.text("id") for code in tier.each("codes")]
    if tier.flag("exhaustive") and not tier.flag("exclusive"):
        yield Flaw(tier.at("exhaustive"), "An exhaustive tier must be exclusive too.", "Add exclusive = true.")
    for field in ("exclusive", "exhaustive"):
        if kind in ("point", "rating") and tier.flag(field):
            yield Flaw(tier.at(field), f"A {kind} tier cannot be {field}.", "Remove the line.")
    if default and default not in codes:
        yield Flaw(tier.at("default"), f"The tier has no code “{default}”.", did_you_mean(default, codes))
    if default and not tier.flag("exhaustive"):
        yield Flaw(
            tier.at("default"),
            "A default fills the gaps of an exhaustive tier, and this tier is not exhaustive.",
            "Add exhaustive = true, or remove the default.",
        )
    scale = tier.inner("scale")
    if kind == "rating" and "scale" not in tier.table:
        yield Flaw(
            tier.path,
            "A rating tier needs a scale.",
            'Add e.g. scale = { low = 1, high = 7, anchors = { 1 = "…", 7 = "…" } }.',
        )
    if scale is not None:
        if kind and kind != "rating":
            yield Flaw(scale.path, f"A {kind} tier has no scale.", "Remove it, or make the tier’s kind “rating”.")
        yield from _scale(scale)


def _scale(scale: Node) -> Iterator[Flaw]:
    low, high = scale.number("low"), scale.number("high")
    if low is None or high is None:
        return
    if low >= high:
        yield Flaw(scale.at("high"), "The scale’s highest rating must be above its lowest.", "")
        return
    inside = f"Ratings are whole numbers from {low} to {high}."
    anchors = scale.inner("anchors")
    for number in anchors.table if anchors else ():
        if not (number.isascii() and number.isdigit() and low <= int(number) <= high):
            yield Flaw(scale.at("anchors", number), f"“{number}” is not a rating of this scale.", inside)
    for index, rating in enumerate(reasons if isinstance(reasons := scale.table.get("reasons_for"), list) else ()):
        if isinstance(rating, int) and not low <= rating <= high:
            yield Flaw(scale.at("reasons_for", index), f"{rating} is not a rating of this scale.", inside)


def _code(tier: Node, code: Node) -> Iterator[Flaw]:
    kind = tier.text("kind")
    if kind and kind not in TIMED:
        for field in ("min_ms", "absorb_ms"):
            if code.number(field):
                yield Flaw(code.at(field), f"Codes of a {kind} tier have no {field}.", "Remove the line.")
        if code.flag("uncodable"):
            yield Flaw(
                code.at("uncodable"),
                f"A {kind} code cannot stand for uncodable time.",
                "Put it in a tier of kind “state”.",
            )
    if code.text("id") == "unc" and not code.flag("uncodable"):
        yield Flaw(
            code.path, "The code “unc” must be marked as uncodable.", "Add uncodable = true, or rename the code."
        )


def _modifiers(raw: Node, tiers: list[Node]) -> Iterator[Flaw]:
    known = {modifier.text("id"): modifier for modifier in raw.each("modifiers")}
    used: set[str] = set()
    for code in (code for tier in tiers for code in tier.each("codes")):
        named: set[str] = set()
        for path, name in code.texts("modifiers"):
            if name not in known:
                hint = did_you_mean(name, known) or "Declare it with [[modifiers]]."
                yield Flaw(path, f"There is no modifier “{name}”.", hint)
            if name in named:
                yield Flaw(path, f"The modifier “{name}” is named twice.", "Remove one.")
            named.add(name)
        used |= named
    for name, modifier in known.items():
        if name and name not in used:
            yield Flaw(
                modifier.path, f"No code asks for the modifier “{name}”.", f'Add modifiers = ["{name}"] to a code.'
            )
        yield from _modifier(modifier)


def _modifier(modifier: Node) -> Iterator[Flaw]:
    kind = modifier.text("kind")
    low, high = modifier.number("low"), modifier.number("high")
    if kind == "number":
        if modifier.table.get("options"):
            yield Flaw(modifier.at("options"), "A number modifier has no options.", "Remove them.")
        if "low" not in modifier.table or "high" not in modifier.table:
            yield Flaw(modifier.path, "A number modifier needs low and high.", "Add e.g. low = 1 and high = 3.")
        elif low is not None and high is not None and low >= high:
            yield Flaw(modifier.at("high"), "high must be above low.", "")
    elif kind in ("single", "multi"):
        if not modifier.table.get("options"):
            yield Flaw(modifier.path, "The modifier has no options.", "Add [[modifiers.options]].")
        for field in ("low", "high"):
            if field in modifier.table:
                yield Flaw(modifier.at(field), f"Only a number modifier has {field}.", "Remove the line.")


_TARGETS = {
    "point": ("F1", "kappa"),
    "state": ("time-unit kappa", "event kappa", "estimated accuracy", "positive agreement", "ICC(A,1)", "kappa"),
    "interval": ("event kappa", "estimated accuracy", "positive agreement", "F1", "ICC(A,1)", "kappa"),
    "rating": ("ICC(A,1)", "kappa"),
}


def _targets(owner: Node) -> Iterator[Flaw]:
    """Targets of a tier, or of a derived measure (which has no kind)."""
    kind = owner.text("kind")
    for target in owner.each("targets"):
        statistic = target.text("statistic")
        fitting = _TARGETS.get(kind, ())
        if fitting and statistic and statistic not in fitting:
            hint = f"Use one of: {', '.join(fitting)}."
            yield Flaw(target.at("statistic"), f"“{statistic}” does not fit a {kind} tier.", hint)
        value, floor = target.number("target"), target.number("floor")
        if value is not None and floor is not None and floor >= value:
            yield Flaw(target.at("floor"), "The floor must be below the target.", "")
        if statistic == "F1" and "tolerance_ms" not in target.table:
            yield Flaw(target.path, "F1 needs a tolerance.", "Add e.g. tolerance_ms = 1000.")
        if statistic == "time-unit kappa" and "unit_ms" not in target.table:
            yield Flaw(target.path, "Time-unit kappa needs a unit.", "Add e.g. unit_ms = 1000.")
        if target.number("unit_ms") == 0:
            yield Flaw(
                target.at("unit_ms"), "A time unit must last longer than nothing.", "Use e.g. unit_ms = 1000."
            )


def _derived(raw: Node, tiers: list[Node]) -> Iterator[Flaw]:
    kinds = {code.text("id"): tier.text("kind") for tier in tiers for code in tier.each("codes")}
    kinds |= {tier.text("id"): tier.text("kind") for tier in tiers}
    codes = {code.text("id"): code for tier in tiers for code in tier.each("codes")}
    groups = {tier.text("id"): [code.text("id") for code in tier.each("codes")] for tier in tiers}
    for derived in raw.each("derived"):
        yield from _targets(derived)
        needs = DERIVED_RULES.get(derived.text("rule"))
        count = 0
        for path, name in derived.texts("of"):
            code, _, choice = name.partition(":")
            count += len(groups.get(code, (code,)))
            if code not in kinds:
                yield Flaw(path, f"There is no code or tier “{code}”.", did_you_mean(code, kinds))
            elif derived.text("rule") == "modifier_share":
                yield from _choice(path, choice, codes.get(code), raw)
            elif choice:
                yield Flaw(
                    path, f"Only “modifier_share” looks at modifiers, so “:{choice}” has no place here.", ""
                )
            elif needs and needs.kind and kinds[code] and kinds[code] != needs.kind:
                yield Flaw(path, f"This rule takes {needs.kind} codes, and “{code}” is not one.", "")
        if needs is None:
            continue
        if "of" in derived.table and (count < needs.fewest or (needs.most is not None and count > needs.most)):
            number = f"{needs.fewest}" if needs.fewest == needs.most else f"at least {needs.fewest}"
            yield Flaw(
                derived.at("of"), f"The rule “{derived.text('rule')}” takes {number} codes; here are {count}.", ""
            )
        yield from _parameters(derived, needs)


def _parameters(derived: Node, needs: RuleNeeds) -> Iterator[Flaw]:
    given = derived.inner("parameters")
    names = given.table if given else {}
    for name in needs.parameters:
        if name not in names:
            yield Flaw(
                derived.path, f"The rule needs the parameter “{name}”.", f"Add parameters = {{ {name} = … }}."
            )
    for name in names:
        if name not in needs.parameters:
            hint = did_you_mean(name, needs.parameters) or "Remove it."
            yield Flaw(derived.at("parameters", name), f"The rule has no parameter “{name}”.", hint)


def _choice(path: Path, choice: str, code: Node | None, raw: Node) -> Iterator[Flaw]:
    """The “modifier=option” behind a code."""
    modifier_id, _, option_id = choice.partition("=")
    asked = [name for _, name in code.texts("modifiers")] if code else []
    modifier = next((one for one in raw.each("modifiers") if one.text("id") == modifier_id), None)
    if not modifier_id or not option_id:
        yield Flaw(path, "This rule needs a modifier and its option.", "Write “code:modifier=option”.")
    elif modifier is None or modifier_id not in asked:
        yield Flaw(
            path, f"The code does not ask for the modifier “{modifier_id}”.", did_you_mean(modifier_id, asked)
        )
    elif option_id not in (options := [option.text("id") for option in modifier.each("options")]):
        yield Flaw(path, f"The modifier has no option “{option_id}”.", did_you_mean(option_id, options))
