"""What a new part of a scheme begins with: an id from its label, the next free key, the fields that it needs."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from typing import Any

from coder.formats.scheme_draft import SchemeDraft
from coder.formats.scheme_keys import normal_key, why_not
from coder.formats.scheme_node import Node
from coder.formats.toml_places import Path
from coder.language import tr

_ROWS = ("1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
_NAMING = {
    "modifiers": ("modifiers", "details"),
    "tiers": ("cues", "acts", "within", "of"),
    "codes": ("default", "parts", "of"),
}
"""The fields in which the ids of a list's tables are named."""
_WIDE = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o"}


def new_entry(draft: SchemeDraft, list_path: Path) -> dict[str, Any]:
    """A table to add to a list, with a label that a person will change. KeyError for a list without tables."""
    field = str(list_path[-1])
    entry = _STARTS[field]()
    if "label" in entry:
        entry["id"] = free_id(draft, str(entry["label"]), "")
        entry = {"id": entry.pop("id"), **entry}
    if field == "codes" and draft.value((*list_path[:-1], "kind")) != "rating":
        entry["key"] = free_key(draft, list_path)
    if field == "options":
        entry["key"] = free_key(draft, list_path)
    if field == "outcomes":
        entry["key"] = _first_free(_ROWS[0], {one.text("key") for one in _entries(draft, list_path)})
    if field == "tiers":
        entry["codes"] = [_code(draft, ("tiers", len(draft.value(list_path) or ()), "codes"), entry["id"])]
    if field == "links":
        entry |= _sides(draft)
    return entry


def copied_entry(draft: SchemeDraft, path: Path) -> dict[str, Any]:
    """A table like the one at `path`, with ids and keys that are free."""
    entry = dict(draft.value(path))
    taken: set[str] = set()
    _renew(draft, path, entry, taken)
    return entry


def with_label(draft: SchemeDraft, path: Path, label: str, saved: SchemeDraft) -> SchemeDraft:
    """With another label of the table at `path`. An id that only followed the old one follows, also where named.

    saved: the scheme as it was saved; ids that it has are in use and stay.
    """
    node, field = Node(path, draft.value(path)), str(path[-2]) if len(path) > 1 else ""
    draft = draft.with_value(node.at("label"), label)
    name = node.text("id")
    if not name or name in set(_ids(Node((), saved.value()))) or not follows_label(name, node.text("label")):
        return draft
    new = free_id(draft, label, name)
    draft = draft.with_value(node.at("id"), new)
    for place, text in _texts(draft.value(), ()):
        if _field_of(place) in _NAMING.get(field, ()):
            draft = draft.with_value(place, re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", new, text))
    return draft


def id_from(label: str) -> str:
    """`Looks to parent’s face` becomes `looks_to_parents_face`; "new" if nothing is left."""
    text = "".join(_WIDE.get(sign, sign) for sign in label.casefold())
    plain = unicodedata.normalize("NFKD", text).replace("’", "").replace("'", "")
    words = re.sub(r"[^a-z0-9]+", "_", plain.encode("ascii", "ignore").decode()).strip("_").lstrip("0123456789_")
    return words[:30].rstrip("_") or "new"


def free_id(draft: SchemeDraft, label: str, now: str, taken: Collection[str] = ()) -> str:
    """An id for a label that nothing in the scheme has. now: the id that will be given up for it."""
    known = {*(name for name in _ids(Node((), draft.value())) if name != now), *taken, "unc"}
    stem = id_from(label)
    number, name = 1, stem
    while name in known:
        number += 1
        name = f"{stem}_{number}"
    return name


def free_key(draft: SchemeDraft, list_path: Path, taken: Collection[str] = ()) -> str:
    """The next key that nothing has, first in the row of keys that the list ends in; "" if none is free."""
    used = {*_keys(draft), *taken}
    last = next((key for one in reversed(_entries(draft, list_path)) if (key := one.text("key"))), "")
    rows = sorted(_ROWS, key=lambda row: normal_key(last) not in row if last else False)
    return _first_free("".join(rows), used)


def follows_label(entry_id: str, label: str) -> bool:
    """True if an id still is the one that its label suggested."""
    return re.fullmatch(rf"{re.escape(id_from(label))}(_\d+)?", entry_id) is not None


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in the tables with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, step))


def _field_of(path: Path) -> str:
    return next(step for step in reversed(path) if isinstance(step, str))


def _code(draft: SchemeDraft, list_path: Path, tier: str) -> dict[str, Any]:
    label = tr("New code")
    key = free_key(draft, list_path)
    return {"id": free_id(draft, label, "", (tier,)), "label": label, "key": key, "definition": ""}


def _renew(draft: SchemeDraft, path: Path, entry: dict[str, Any], taken: set[str]) -> None:
    """Free ids and keys for a copied table and the codes in it; the options of a copied modifier keep theirs."""
    field = path[-2] if len(path) > 1 else ""
    if entry.get("id") and entry.get("id") != "unc":
        entry["id"] = free_id(draft, str(entry.get("label") or entry["id"]), "", taken)
        taken.add(entry["id"])
    if field in ("codes", "options") and entry.get("key"):
        entry["key"] = free_key(draft, path[:-1], taken)
        taken.add(entry["key"])
    if field == "tiers":
        entry.pop("default", None)  # which named a code that has another id now
        codes = entry.get("codes")
        entry["codes"] = [dict(one) for one in codes if isinstance(one, dict)] if isinstance(codes, list) else []
        for at, code in enumerate(entry["codes"]):
            _renew(draft, (*path, "codes", at), code, taken)


def _sides(draft: SchemeDraft) -> dict[str, Any]:
    points = [tier.text("id") for tier in Node((), draft.value()).each("tiers") if tier.kind == "point"]
    return {"cues": points[0] if points else "", "acts": points[1] if len(points) > 1 else ""}


def _outcomes() -> list[dict[str, Any]]:
    return [
        {"id": "fits", "label": tr("Fits"), "key": "1", "definition": "", "answered": "fits"},
        {"id": "no_answer", "label": tr("No answer"), "key": "2", "definition": "", "answered": "none"},
    ]


_STARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "modifiers": lambda: {
        "label": tr("New detail"),
        "kind": "single",
        "options": [{"id": "yes", "label": tr("Yes"), "key": "Y"}, {"id": "no", "label": tr("No"), "key": "N"}],
    },
    "options": lambda: {"label": tr("New option"), "key": ""},
    "tiers": lambda: {"label": tr("New tier"), "stream": "child", "kind": "state", "exclusive": True},
    "codes": lambda: {"label": tr("New code"), "key": "", "definition": ""},
    "links": lambda: {
        "label": tr("New link"),
        "cues": "",
        "acts": "",
        "window_ms": 3000,
        "prompt_ms": 1000,
        "outcomes": _outcomes(),
    },
    "outcomes": lambda: {"label": tr("New outcome"), "key": "", "definition": "", "answered": "fits"},
    "derived": lambda: {"label": tr("New measure"), "definition": "", "rule": "percent_time", "of": []},
    "targets": lambda: {"statistic": "kappa", "target": 0.7},
    "evidence": lambda: {
        "feature": "child_toward",
        "test": "on",
        "expect": 0.4,
        "min_coverage": 0.5,
        "strength": "medium",
    },
}


def _entries(draft: SchemeDraft, list_path: Path) -> list[Node]:
    entries = draft.value(list_path)
    if not isinstance(entries, list):
        return []
    return [Node((*list_path, at), one) for at, one in enumerate(entries) if isinstance(one, dict)]


def _ids(raw: Node) -> Iterator[str]:
    for field in ("tiers", "derived", "links", "modifiers"):
        for node in raw.each(field):
            yield node.text("id")
            for inner in ("codes", "options"):
                yield from (one.text("id") for one in node.each(inner))


def _keys(draft: SchemeDraft) -> set[str]:
    raw = Node((), draft.value())
    inner = [(tier, "codes") for tier in raw.each("tiers")] + [(one, "options") for one in raw.each("modifiers")]
    return {normal_key(one.text("key")) for owner, field in inner for one in owner.each(field)}


def _first_free(keys: str, used: Collection[str]) -> str:
    return next((key for key in keys if key not in used and not why_not(key)), "")
