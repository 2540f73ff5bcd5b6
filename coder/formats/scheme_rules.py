"""What the fields of a scheme must mean together: unique ids, references that lead somewhere, kinds that fit.

Every rule yields `Flaw`s; all read the same nodes, and none stops at its first finding.
"""

from collections.abc import Iterator, Mapping, Sequence

from coder.formats.scheme_derived import derived_flaws
from coder.formats.scheme_evidence import evidence_flaws
from coder.formats.scheme_flaw import Flaw, did_you_mean, of_kind
from coder.formats.scheme_keys import key_flaws
from coder.formats.scheme_links import link_flaws
from coder.formats.scheme_node import Node
from coder.formats.scheme_sampling import sampling_flaws
from coder.formats.scheme_scale import scale_flaws
from coder.language import tr


def flaws(raw: Node) -> Iterator[Flaw]:
    """All mistakes of meaning, in no particular order."""
    yield from _id_flaws(raw)
    yield from key_flaws(raw)
    yield from _modifier_flaws(raw)
    for tier in raw.each("tiers"):
        yield from _tier_flaws(tier)
        yield from scale_flaws(tier)
        yield from sampling_flaws(tier)
        yield from _target_flaws(tier, tier.kind)
        for code in tier.each("codes"):
            yield from _code_flaws(tier.kind, code)
            yield from evidence_flaws(code, tier.kind)
    for derived in raw.each("derived"):
        yield from _target_flaws(derived, "")
        yield from evidence_flaws(derived, "")
    for link in raw.each("links"):
        yield from _target_flaws(link, "link")
    yield from derived_flaws(raw)
    yield from link_flaws(raw)


def _id_flaws(raw: Node) -> Iterator[Flaw]:
    """One name, one thing, over tiers, codes and derived measures.

    Only codes for uncodable time may share their id, one in each tier: they mean the same everywhere.
    """
    tiers = list(raw.each("tiers"))
    codes = (code for tier in tiers for code in tier.each("codes"))
    named = [*tiers, *codes, *raw.each("derived"), *raw.each("links")]
    names: dict[str, Node] = {}
    for node in named:
        first = names.setdefault(node.text("id"), node)
        both_uncodable = node.flag("uncodable") and first.flag("uncodable")
        if first is not node and not (both_uncodable and _tier_path(node) != _tier_path(first)):
            yield _twice(node)
    for owner, field in [(raw, "modifiers"), *((one, "options") for one in raw.each("modifiers"))]:
        seen: set[str] = set()
        for node in owner.each(field):
            if node.text("id") in seen:
                yield _twice(node)
            seen.add(node.text("id"))


def _tier_path(code: Node) -> tuple[str | int, ...]:
    return code.path[:2]


def _twice(node: Node) -> Flaw:
    return Flaw(
        node.at("id"),
        tr("The id “{name}” is already used.", name=node.text("id")),
        tr("Give each thing an id of its own."),
    )


def _tier_flaws(tier: Node) -> Iterator[Flaw]:
    kind, default = tier.kind, tier.text("default")
    if kind in ("point", "rating"):
        for field in ("exclusive", "exhaustive"):
            if tier.flag(field):
                yield Flaw(
                    tier.at(field),
                    tr("{kind} cannot be {field}.", kind=of_kind(kind, "tier"), field=field),
                    tr("Remove the line."),
                )
    elif tier.flag("exhaustive") and not tier.flag("exclusive"):
        yield Flaw(
            tier.at("exhaustive"), tr("An exhaustive tier must be exclusive too."), tr("Add exclusive = true.")
        )
    if not default:
        return
    codes = [code.text("id") for code in tier.each("codes")]
    if default not in codes:
        yield Flaw(
            tier.at("default"),
            tr("The tier has no code “{default}”.", default=default),
            did_you_mean(default, codes),
        )
    if not tier.flag("exhaustive"):
        what = tr("A default fills the gaps of an exhaustive tier, and this tier is not exhaustive.")
        yield Flaw(tier.at("default"), what, tr("Add exhaustive = true, or remove the default."))


def _code_flaws(kind: str, code: Node) -> Iterator[Flaw]:
    if kind and kind != "state":
        for field in ("min_ms", "absorb_ms"):
            if code.number(field):
                what = tr("{kind} has no shortest length and no interruptions.", kind=of_kind(kind, "code"))
                yield Flaw(code.at(field), what, tr("Remove the line."))
    if kind in ("point", "rating") and code.flag("uncodable"):
        what = tr("{kind} cannot stand for uncodable time.", kind=of_kind(kind, "code"))
        yield Flaw(code.at("uncodable"), what, tr("Put it in a tier of kind “state” or “interval”."))
    if code.text("id") == "unc" and code.table.get("uncodable", False) is False:
        what = tr("The id “unc” is kept for time that is not codable, and this code is not marked so.")
        yield Flaw(code.path, what, tr("Add uncodable = true, or choose another id."))


def _modifier_flaws(raw: Node) -> Iterator[Flaw]:
    modifiers = list(raw.each("modifiers"))
    known = [modifier.text("id") for modifier in modifiers]
    used: set[str] = set()
    for code in (code for tier in raw.each("tiers") for code in tier.each("codes")):
        named: set[str] = set()
        for path, name in code.texts("modifiers"):
            if name not in known:
                hint = did_you_mean(name, known) or tr("Declare it with [[modifiers]].")
                yield Flaw(path, tr("There is no modifier “{name}”.", name=name), hint)
            if name in named:
                yield Flaw(
                    path, tr("The modifier “{name}” is named twice.", name=name), tr("Remove one of the two.")
                )
            named.add(name)
        used |= named
    used |= {name for link in raw.each("links") for _, name in link.texts("details")}
    for modifier in modifiers:
        if (name := modifier.text("id")) and name not in used:
            hint = tr('Add modifiers = ["{name}"] to a code, or remove the modifier.', name=name)
            yield Flaw(modifier.path, tr("No code asks for the modifier “{name}”.", name=name), hint)
        yield from _choice_flaws(modifier)


def _choice_flaws(modifier: Node) -> Iterator[Flaw]:
    """Options belong to “single” and “multi”, low and high to “number”."""
    low, high = modifier.number("low"), modifier.number("high")
    if modifier.text("kind") == "number":
        if modifier.table.get("options"):
            yield Flaw(modifier.at("options"), tr("A number modifier has no options."), tr("Remove them."))
        if "low" not in modifier.table or "high" not in modifier.table:
            yield Flaw(
                modifier.path, tr("A number modifier needs low and high."), tr("Add e.g. low = 1 and high = 3.")
            )
        elif low is not None and high is not None and low >= high:
            yield Flaw(modifier.at("high"), tr("The highest number must be above the lowest."), tr("Raise it."))
    elif modifier.text("kind") in ("single", "multi"):
        if not modifier.table.get("options"):
            yield Flaw(modifier.path, tr("The modifier has no options."), tr("Add [[modifiers.options]]."))
        for field in ("low", "high"):
            if field in modifier.table:
                yield Flaw(
                    modifier.at(field),
                    tr("Only a number modifier has {field}.", field=field),
                    tr("Remove the line."),
                )


_OF_INTERVALS = (
    *("time-unit kappa", "estimated accuracy", "specific agreement", "% agreement", "PABAK", "AC1", "alpha"),
    *("ICC(A,1)", "kappa"),
)
FITTING: Mapping[str, Sequence[str]] = {
    "state": ("event kappa", *_OF_INTERVALS, "timing bias"),
    "interval": _OF_INTERVALS,
    "point": ("F1", "sensitivity", "precision", "timing bias", "ICC(A,1)", "kappa"),
    "rating": ("ICC(A,1)", "weighted kappa", "alpha", "AC2", "% exact", "% within one", "kappa"),
    "link": ("estimated accuracy", "specific agreement", "% agreement", "kappa"),
}
"""The statistics that targets may name, by the kind of tier; "link": of the outcomes of a link."""


def _target_flaws(owner: Node, kind: str) -> Iterator[Flaw]:
    """Targets of a tier, of the outcomes of a link, or of a derived measure, which has no kind."""
    for target in owner.each("targets"):
        statistic = target.text("statistic")
        if statistic and kind in FITTING and statistic not in FITTING[kind]:
            what = tr(
                "“{statistic}” does not fit {kind}.",
                statistic=statistic,
                kind=tr("outcomes") if kind == "link" else _inside_a_sentence(of_kind(kind, "tier")),
            )
            yield Flaw(
                target.at("statistic"), what, tr("Use one of: {fitting}.", fitting="; ".join(FITTING[kind]))
            )
        value, floor = target.number("target"), target.number("floor")
        if value is not None and floor is not None:
            yield from _floor_flaws(target, statistic == "timing bias", floor - value)
        if statistic == "F1" and "tolerance_ms" not in target.table:
            yield Flaw(target.path, tr("F1 needs a tolerance."), tr("Add e.g. tolerance_ms = 1000."))
        if kind == "interval" and "unit_ms" in target.table:
            what = tr("The unit of an interval tier is its interval.")
            yield Flaw(target.at("unit_ms"), what, tr("Remove unit_ms."))
        if kind == "link":
            for field in ("unit_ms", "tolerance_ms"):
                if field in target.table:
                    what = tr("Outcomes are compared cue by cue and have no {field}.", field=field)
                    yield Flaw(target.at(field), what, tr("Remove it."))
        if statistic == "time-unit kappa" and kind != "interval" and "unit_ms" not in target.table:
            yield Flaw(target.path, tr("Time-unit kappa needs a unit."), tr("Add e.g. unit_ms = 1000."))
        if target.number("unit_ms") == 0:
            yield Flaw(
                target.at("unit_ms"), tr("A time unit must have a length."), tr("Write e.g. unit_ms = 1000.")
            )


def _floor_flaws(target: Node, less_is_better: bool, above: float) -> Iterator[Flaw]:
    """above: how far the floor lies above the target, which it must not, or must where less is better."""
    if less_is_better and above <= 0:
        what = tr("The floor of the timing bias must be above its target: it is the bias at which one must act.")
        yield Flaw(target.at("floor"), what, tr("Raise it."))
    elif not less_is_better and above >= 0:
        yield Flaw(target.at("floor"), tr("The floor must be below the target."), tr("Lower it."))


def _inside_a_sentence(text: str) -> str:
    return text[:1].lower() + text[1:]
