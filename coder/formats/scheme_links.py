"""What a link of cues and acts must mean: tiers of moments, outcomes that can be told apart, times that fit."""

from collections.abc import Iterator

from coder.formats.scheme_flaw import Flaw, did_you_mean
from coder.formats.scheme_keys import normal_key, why_not
from coder.formats.scheme_node import Node
from coder.language import tr
from coder.model.scheme import OUTCOME

SHORTEST_MS = 1_000


def link_flaws(raw: Node) -> Iterator[Flaw]:
    """Tiers that are none or are not of moments, two links for one tier of cues, outcomes and times that clash."""
    tiers = {tier.text("id"): tier for tier in raw.each("tiers")}
    taken: set[str] = set()
    for link in raw.each("links"):
        for field in ("cues", "acts"):
            yield from _tier_flaws(link, field, tiers)
        cues = link.text("cues")
        if cues and cues == link.text("acts"):
            yield Flaw(link.at("acts"), tr("Cues cannot answer themselves."), tr("Name another tier."))
        if cues and cues in taken:
            what = tr("The cues of “{tier}” have a link already.", tier=cues)
            yield Flaw(link.at("cues"), what, tr("Keep one link for each tier of cues."))
        taken.add(cues)
        yield from _time_flaws(link, "window_ms")
        yield from _prompt_flaws(link)
        yield from _outcome_flaws(link)
        yield from _detail_flaws(link, raw)
    for tier in raw.each("tiers"):
        for code in tier.each("codes"):
            if "window_ms" not in code.table:
                continue
            yield from _time_flaws(code, "window_ms")
            if tier.text("id") not in taken:
                what = tr("Nothing answers this code, so it has no window.")
                yield Flaw(code.at("window_ms"), what, tr("Remove the line, or name its tier in [[links]]."))


def _tier_flaws(link: Node, field: str, tiers: dict[str, Node]) -> Iterator[Flaw]:
    name = link.text(field)
    if not name:
        return
    if name not in tiers:
        what = tr("There is no tier “{tier}”.", tier=name)
        yield Flaw(link.at(field), what, did_you_mean(name, tiers))
    elif tiers[name].kind not in ("", "point"):
        what = tr("“{tier}” is not a tier of moments.", tier=name)
        yield Flaw(link.at(field), what, tr("Name a tier of kind “point”."))


def _time_flaws(node: Node, field: str) -> Iterator[Flaw]:
    value = node.number(field)
    if value is not None and 0 < value < SHORTEST_MS:
        what = tr("Nobody answers within {value} ms.", value=value)
        yield Flaw(node.at(field), what, tr("Write a time from 1000 to 10000."))
    if value == 0 and node.path[0] == "links":
        example = f"{field} = {3000 if field == 'window_ms' else 2000}"
        yield Flaw(
            node.at(field), tr("A window must have a length."), tr("Write e.g. {example}.", example=example)
        )


def _prompt_flaws(link: Node) -> Iterator[Flaw]:
    yield from _time_flaws(link, "prompt_ms")
    prompt_ms, window_ms = link.number("prompt_ms"), link.number("window_ms")
    if prompt_ms is not None and window_ms is not None and prompt_ms > window_ms > 0:
        what = tr("A prompt answer would begin after the window has ended.")
        yield Flaw(link.at("prompt_ms"), what, tr("Write at most {window_ms}.", window_ms=f"{window_ms:g}"))


def _outcome_flaws(link: Node) -> Iterator[Flaw]:
    ids: set[str] = set()
    keys: set[str] = set()
    answered: set[str] = set()
    for outcome in link.each("outcomes"):
        name, key = outcome.text("id"), normal_key(outcome.text("key"))
        if name and name in ids:
            what = tr("The id “{name}” is already used.", name=name)
            yield Flaw(outcome.at("id"), what, tr("Give each outcome an id of its own."))
        if isinstance(outcome.table.get("key"), str):
            if reason := why_not(key):
                what = tr("The key “{key}” {reason}.", key=key, reason=reason)
                yield Flaw(outcome.at("key"), what, tr("Use a digit."))
            elif key in keys:
                what = tr("The key “{key}” already gives another outcome.", key=key)
                yield Flaw(outcome.at("key"), what, tr("Choose another key."))
        ids.add(name)
        keys.add(key)
        answered.add(outcome.text("answered"))
    if ids and not answered & {"fits", "loosely", "misses"}:
        what = tr("No outcome says that a cue was answered.")
        yield Flaw(link.path, what, tr('Add an outcome with answered = "fits".'))
    if ids and "none" not in answered:
        what = tr("No outcome says that a cue was not answered.")
        yield Flaw(link.path, what, tr('Add an outcome with answered = "none".'))


def _detail_flaws(link: Node, raw: Node) -> Iterator[Flaw]:
    known = [modifier.text("id") for modifier in raw.each("modifiers")]
    keys = {normal_key(outcome.text("key")) for outcome in link.each("outcomes")}
    for path, name in link.texts("details"):
        if name not in known:
            hint = did_you_mean(name, known) or tr("Declare it with [[modifiers]].")
            yield Flaw(path, tr("There is no modifier “{name}”.", name=name), hint)
        for modifier in (one for one in raw.each("modifiers") if one.text("id") == name):
            for option in modifier.each("options"):
                if normal_key(option.text("key")) in keys:
                    what = tr("The key “{key}” gives an outcome of the same review.", key=option.text("key"))
                    yield Flaw(option.at("key"), what, tr("Choose another key."))
    judged = {OUTCOME, *(name for _, name in link.texts("details"))}
    cues = (tier for tier in raw.each("tiers") if tier.text("id") == link.text("cues"))
    for code in (code for tier in cues for code in tier.each("codes")):
        for path, name in code.texts("modifiers"):
            if name in judged:
                what = tr("“{name}” is asked for in the review of answers.", name=name)
                yield Flaw(path, what, tr("Remove it here, or give the modifier another id."))
