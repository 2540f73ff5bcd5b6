"""What differs between two versions of a scheme, difference by difference, with the words of both."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from coder.model.scheme import RATING, Code, Evidence, Link, Modifier, Option, Scheme, Target, Tier
from coder.model.time import SECOND_US

ALIKE = 0.6
"""From this likeness of their labels on, a word that is gone and one that is new are taken for one, renamed."""


class Aspect(StrEnum):
    """What it is about a scheme, a tier or a code that differs."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    TITLE = "title"
    SUMMARY = "summary"
    LICENCE = "licence"
    STREAM = "stream"
    KIND = "kind"
    EXCLUSIVE = "exclusive"
    EXHAUSTIVE = "exhaustive"
    DEFAULT = "default"
    RULE = "rule"
    SCALE = "scale"
    EVERY = "every"
    SAMPLING = "sampling"
    SHORTEST = "shortest"
    VIEWINGS = "viewings"
    TARGETS = "targets"
    LABEL = "label"
    KEY = "key"
    DEFINITION = "definition"
    EXAMPLES = "examples"
    NON_EXAMPLES = "non-examples"
    MIN = "minimum"
    ABSORB = "absorbed"
    UNCODABLE = "uncodable"
    WINDOW = "window"
    PROMPT = "prompt"
    ANSWERED_BY = "answered by"
    LINK_RULE = "rule of answers"
    ANCHORS = "anchors"
    DETAIL = "detail"
    EVIDENCE = "evidence"
    MEASURE = "measure"


MEANINGLESS = frozenset(
    {
        Aspect.KEY,
        Aspect.EVIDENCE,
        Aspect.TARGETS,
        Aspect.PROMPT,
        Aspect.MEASURE,
        Aspect.TITLE,
        Aspect.SUMMARY,
        Aspect.LICENCE,
        Aspect.ADDED,
        Aspect.REMOVED,
    }
)
"""What may differ while an event that was coded before still says the same."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. tier, code: ids, those of the old scheme if it has the thing; "" for what holds for
    more than one. before, after: in the words of each version, "" where it says nothing; "yes" and "no" for rules.
    """

    aspect: Aspect
    tier: str
    code: str
    before: str
    after: str

    @property
    def meaning(self) -> bool:
        """True if what was coded under the old words may not hold under the new ones."""
        return self.aspect not in MEANINGLESS


def compare_schemes(old: Scheme, new: Scheme) -> tuple[Difference, ...]:
    """Everything that differs: the whole, then tier by tier and code by code, then what is computed."""
    found = [*_fields(_SCHEME, old, new, "", "")]
    tiers = paired(old.tiers, new.tiers)
    for tier in old.tiers:
        other = tiers.get(tier.id)
        if other is None:
            found.append(Difference(Aspect.REMOVED, tier.id, "", tier.label, ""))
            continue
        found += tier_differences(old, tier, new, other)
        codes = paired(tier.codes, other.codes)
        for code in tier.codes:
            match = codes.get(code.id)
            if match is None:
                found.append(Difference(Aspect.REMOVED, tier.id, code.id, code.label, ""))
            else:
                found += code_differences(old, tier, code, new, other, match)
        kept = {match.id for match in codes.values()}
        found += [
            Difference(Aspect.ADDED, tier.id, code.id, "", code.label)
            for code in other.codes
            if code.id not in kept
        ]
    kept = {match.id for match in tiers.values()}
    found += [Difference(Aspect.ADDED, tier.id, "", "", tier.label) for tier in new.tiers if tier.id not in kept]
    return (*found, *_measures(old, new))


def tier_differences(old: Scheme, tier: Tier, new: Scheme, other: Tier) -> tuple[Difference, ...]:
    """What differs between a tier and the one that takes its place, its codes apart."""
    named = [Difference(Aspect.RENAMED, tier.id, "", tier.id, other.id)] if tier.id != other.id else []
    links = old.link_of(tier.id), new.link_of(other.id)
    linked = _fields(_LINK, *links, tier.id, "") if any(links) else ()
    return (*named, *_fields(_TIER, tier, other, tier.id, ""), *linked)


def code_differences(
    old: Scheme, tier: Tier, code: Code, new: Scheme, other_tier: Tier, other: Code
) -> tuple[Difference, ...]:
    """What differs between a code and the one that takes its place; options by their labels only."""
    named = [Difference(Aspect.RENAMED, tier.id, code.id, code.id, other.id)] if code.id != other.id else []
    windows = _window(old.link_of(tier.id), code), _window(new.link_of(other_tier.id), other)
    if windows[0] != windows[1]:
        named.append(Difference(Aspect.WINDOW, tier.id, code.id, *windows))
    return (*named, *_fields(_CODE, code, other, tier.id, code.id), *_details(tier, code, other))


def option_differences(tier: str, code: str, option: Option, other: Option) -> tuple[Difference, ...]:
    """What differs between one value of a detail and the one that takes its place."""
    named = [Difference(Aspect.RENAMED, tier, code, option.id, other.id)] if option.id != other.id else []
    return (*named, *_fields(_OPTION, option, other, tier, code))


def paired(old: Sequence[Any], new: Sequence[Any]) -> dict[str, Any]:
    """Id of an old tier, code or option -> the new one that takes its place: of the same id, else of a like label.

    What is new is given to at most one of the old ones, the most alike first.
    """
    by_id = {one.id: one for one in new}
    found = {one.id: by_id[one.id] for one in old if one.id in by_id}
    gone = [one for one in old if one.id not in found]
    fresh = [one for one in new if one.id not in found]
    alike = sorted(((likeness(one, other), one.id, other) for one in gone for other in fresh), key=lambda t: -t[0])
    taken: set[str] = set()
    for share, old_id, other in alike:
        if share >= ALIKE and old_id not in found and other.id not in taken:
            found[old_id] = other
            taken.add(other.id)
    return found


def likeness(one: Any, other: Any) -> float:
    """How alike two words of a scheme are called, from 0 to 1; the same definition counts as the same label."""
    if getattr(one, "definition", "") and one.definition == getattr(other, "definition", ""):
        return 1.0
    return SequenceMatcher(None, one.label.casefold(), other.label.casefold(), autojunk=False).ratio()


_Field = tuple[Aspect, Callable[[Any], str]]


def _fields(fields: Iterable[_Field], one: Any, other: Any, tier: str, code: str) -> Iterator[Difference]:
    for aspect, words in fields:
        before, after = ("" if thing is None else words(thing) for thing in (one, other))
        if before != after:
            yield Difference(aspect, tier, code, before, after)


def _details(tier: Tier, code: Code, other: Code) -> Iterator[Difference]:
    """The rating of an item is left to its tier's scale."""
    mine, theirs = ([one for one in item.modifiers if one.id != RATING] for item in (code, other))
    details = paired(mine, theirs)
    for modifier in mine:
        yield from _fields(_MODIFIER, modifier, details.get(modifier.id), tier.id, code.id)
    kept = {match.id for match in details.values()}
    for modifier in theirs:
        if modifier.id not in kept:
            yield from _fields(_MODIFIER[:1], None, modifier, tier.id, code.id)


def _measures(old: Scheme, new: Scheme) -> Iterator[Difference]:
    before, after = ({one.id: one for one in scheme.derived} for scheme in (old, new))
    for name in [*before, *(name for name in after if name not in before)]:
        one, other = before.get(name), after.get(name)
        if one != other:
            said = (
                f"{one.label}: {one.definition}" if one else "",
                f"{other.label}: {other.definition}" if other else "",
            )
            yield Difference(Aspect.MEASURE, "", name, *said)


def _window(link: Link | None, code: Code) -> str:
    return "" if link is None else _seconds(link.window_of(code))


def _seconds(span_us: int) -> str:
    return f"{span_us / SECOND_US:g} s" if span_us else ""


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _anchors(anchors: Iterable[tuple[int, str]]) -> str:
    return _lines(f"{number} = {words}" for number, words in anchors)


def _scale(tier: Tier) -> str:
    scale = tier.scale
    if scale is None:
        return ""
    reasons = ", ".join(map(str, scale.reasons_for))
    return _lines(
        line
        for line in (
            f"{scale.low}–{scale.high}",
            _anchors(scale.anchors),
            f"({reasons})" if reasons else "",
            scale.na,
        )
        if line
    )


def _default(tier: Tier) -> str:
    return "" if tier.default is None else tier.code(tier.default).label


def _detail(modifier: Modifier) -> str:
    values = ", ".join(option.label for option in modifier.options)
    if modifier.kind == "number":
        values = f"{'' if modifier.low is None else modifier.low}–{'' if modifier.high is None else modifier.high}"
    several = "+" if modifier.kind == "multi" else ""
    return f"{modifier.label}{'*' if modifier.required else ''}: {values}{several}"


def _evidence(rule: Evidence) -> str:
    return f"{rule.feature} {rule.test} {rule.expect:g} ({rule.during}, {rule.min_coverage:g}, {rule.strength})"


def _target(target: Target) -> str:
    said = [f"{target.statistic} {target.target:g}"]
    said += [f"{target.floor:g}"] if target.floor is not None else []
    said += [_seconds(us) for us in (target.unit_us, target.tolerance_us) if us]
    return ", ".join([*said, str(target.min_events)] if target.min_events else said)


_SCHEME: tuple[_Field, ...] = (
    (Aspect.TITLE, lambda one: str(one.title)),
    (Aspect.SUMMARY, lambda one: str(one.summary)),
    (Aspect.LICENCE, lambda one: str(one.licence)),
)
_TIER: tuple[_Field, ...] = (
    (Aspect.LABEL, lambda one: str(one.label)),
    (Aspect.STREAM, lambda one: str(one.stream.value)),
    (Aspect.KIND, lambda one: str(one.kind.value)),
    (Aspect.EXCLUSIVE, lambda one: _yes(one.exclusive)),
    (Aspect.EXHAUSTIVE, lambda one: _yes(one.exhaustive)),
    (Aspect.DEFAULT, _default),
    (Aspect.RULE, lambda one: str(one.rule)),
    (Aspect.SCALE, _scale),
    (Aspect.EVERY, lambda one: _seconds(one.every_us)),
    (Aspect.SAMPLING, lambda one: one.sampling.value if one.sampling else ""),
    (Aspect.SHORTEST, lambda one: _seconds(one.shortest_us)),
    (Aspect.VIEWINGS, lambda one: str(one.viewings or "")),
    (Aspect.TARGETS, lambda one: _lines(map(_target, one.targets))),
)
_LINK: tuple[_Field, ...] = (
    (Aspect.ANSWERED_BY, lambda one: str(one.acts)),
    (Aspect.LINK_RULE, lambda one: str(one.rule)),
    (Aspect.PROMPT, lambda one: _seconds(one.prompt_us)),
)
_CODE: tuple[_Field, ...] = (
    (Aspect.LABEL, lambda one: str(one.label)),
    (Aspect.DEFINITION, lambda one: str(one.definition)),
    (Aspect.EXAMPLES, lambda one: _lines(one.examples)),
    (Aspect.NON_EXAMPLES, lambda one: _lines(one.non_examples)),
    (Aspect.MIN, lambda one: _seconds(one.min_us)),
    (Aspect.ABSORB, lambda one: _seconds(one.absorb_us)),
    (Aspect.UNCODABLE, lambda one: _yes(one.uncodable)),
    (Aspect.ANCHORS, lambda one: _anchors(one.anchors)),
    (Aspect.KEY, lambda one: str(one.key.upper())),
    (Aspect.EVIDENCE, lambda one: _lines(map(_evidence, one.evidence))),
)
_OPTION: tuple[_Field, ...] = (
    (Aspect.LABEL, lambda one: str(one.label)),
    (Aspect.DEFINITION, lambda one: str(one.definition)),
    (Aspect.KEY, lambda one: str(one.key.upper())),
)
_MODIFIER: tuple[_Field, ...] = (
    (Aspect.DETAIL, _detail),
    (Aspect.KEY, lambda one: " ".join(option.key.upper() for option in one.options)),
)
