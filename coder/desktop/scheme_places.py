"""Which fields a part of a scheme has in the editor: those that make sense for its kind, and all that are set."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coder.formats.scheme_draft import SchemeDraft
from coder.formats.scheme_fields import Field, Holds, fields_of, names_in, parameters_of
from coder.formats.scheme_node import Node
from coder.formats.toml_places import Path
from coder.language import later
from coder.model.statistic import (
    AC2,
    BIAS,
    EVENT_KAPPA,
    EXACT,
    F1,
    ICC,
    KAPPA,
    PRECISION,
    SENSITIVITY,
    WEIGHTED_KAPPA,
    WITHIN_ONE,
)

_SHARED = ("state", "interval")
_OF_KINDS = {
    "exclusive": _SHARED,
    "exhaustive": _SHARED,
    "scale": ("rating",),
    "every_ms": ("interval", "rating"),
    "shortest_ms": ("rating",),
    "viewings": ("rating",),
    "sampling": ("interval",),
    "min_ms": ("state",),
    "absorb_ms": ("state",),
    "uncodable": _SHARED,
    "anchors": ("rating",),
    "key": ("state", "point", "interval"),
}
"""Fields of a tier, or of its codes, that only some kinds of tier have."""

_PARAMETER = Field("", Holds.WHOLE, later("The rule needs it, or may have it."))


@dataclass(frozen=True, slots=True)
class Place:
    """One field of a form: where it is in the scheme, in a table of which list, and what it may hold."""

    path: Path
    table: str
    field: Field


def places_of(draft: SchemeDraft, path: Path) -> tuple[Place, ...]:
    """The fields of the table at a path, in their order; lists of tables are parts of their own."""
    return tuple(_places(draft, path))


def with_kind(draft: SchemeDraft, tier: Path, kind: str) -> SchemeDraft:
    """The tier with another kind, with what this needs, and without what the old one had and this cannot have."""
    changed = draft.with_value((*tier, "kind"), kind)
    for name in ("exclusive", "exhaustive", "default", "scale", "every_ms", "shortest_ms", "viewings", "sampling"):
        fits = _OF_KINDS.get("exclusive" if name == "default" else name, ())
        if kind not in fits and changed.value((*tier, name)) is not None:
            changed = changed.without((*tier, name))
    for code in Node(tier, changed.value(tier) or {}).each("codes"):
        for name in ("min_ms", "absorb_ms", "key"):
            if kind not in _OF_KINDS[name] and name in code.table:
                changed = changed.without(code.at(name))
    if kind == "rating" and changed.value((*tier, "scale")) is None:
        changed = changed.with_value((*tier, "scale"), {"low": 1, "high": 5})
    if kind == "interval":
        for name, value in (("every_ms", 10_000), ("sampling", "partial")):
            if changed.value((*tier, name)) is None:
                changed = changed.with_value((*tier, name), value)
    return changed


def _places(draft: SchemeDraft, path: Path) -> Iterator[Place]:
    names = names_in(path)
    table = names[-1] if names else ""
    for field in sorted(fields_of(names), key=lambda field: field.name != "label"):
        here = (*path, field.name)
        if field.holds is Holds.TABLES or not (draft.value(here) is not None or _fits(draft, path, field.name)):
            continue
        if field.holds is Holds.TABLE:
            yield from (Place((*here, inner.name), field.name, inner) for inner in fields_of((*names, field.name)))
        elif field.name == "parameters":
            known = draft.value(here)
            wanted = [
                *parameters_of(str(draft.value((*path, "rule")))),
                *(known if isinstance(known, dict) else ()),
            ]
            for name in dict.fromkeys(wanted):
                yield Place((*here, name), table, Field(name, _PARAMETER.holds, _PARAMETER.help))
        else:
            yield Place(here, table, field)


_WITHOUT_UNIT = (
    *(F1, SENSITIVITY, PRECISION, BIAS, EVENT_KAPPA, KAPPA),
    *(ICC, WEIGHTED_KAPPA, AC2, EXACT, WITHIN_ONE),
)


def _fits(draft: SchemeDraft, path: Path, name: str) -> bool:  # noqa: PLR0911  one kind of table, one line
    table = names_in(path)[-1] if path else ""

    def value(field: str, of: Path = path) -> Any:
        return draft.value((*of, field))

    match table, name:
        case ("tiers", "default"):
            return value("exhaustive") is True
        case ("codes", "window_ms"):
            cues = [link.text("cues") for link in Node((), draft.value()).each("links")]
            return value("id", path[:2]) in cues
        case ("codes", "modifiers") | ("links", "details"):
            return bool(draft.value(("modifiers",)))
        case ("tiers" | "codes", _) if name in _OF_KINDS:
            return value("kind", path[:2]) in _OF_KINDS[name]
        case ("modifiers", "low" | "high"):
            return bool(value("kind") == "number")
        case ("targets", "tolerance_ms"):
            return value("statistic") in ("F1", "event kappa")
        case ("targets", "unit_ms"):
            return value("statistic") not in _WITHOUT_UNIT
        case ("evidence", "around_ms"):
            return bool(value("during") == "around")
        case ("derived", "parts"):
            return value("within") is not None
    return True
