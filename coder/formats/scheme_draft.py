"""A scheme that is being written: its text as a value, of which every edit makes another.

An edit changes the lines it is about and leaves comments and layout as they were (`toml_blocks` for tables under a
heading, tomlkit for the rest). It is then read back: a text that does not hold exactly what was meant is thrown
away, and the whole scheme is written anew. So comments can be lost where a file is laid out in a very strange way,
but never a word of the scheme.
"""

import tomllib
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import tomlkit

from coder.formats.scheme_file import parse_scheme, placed_problems, toml_tables
from coder.formats.toml_blocks import Blocks, value_at
from coder.formats.toml_places import Path
from coder.formats.toml_writing import stands_under_headings, table_text, value_text
from coder.model.problem import Problem
from coder.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class SchemeDraft:
    """One state of a scheme file, with mistakes or without. Equal drafts have the same text.

    Paths go as in `Flaw`: ("tiers", 0, "codes", 1, "label"). A path that leads nowhere is a KeyError.
    """

    _text: str
    _name: str = field(compare=False)
    _raw: Mapping[str, Any] = field(compare=False, repr=False)

    @classmethod
    def of(cls, text: str, name: str = "scheme.toml") -> "SchemeDraft":
        """The draft of a text. name: what problems call it. Raises SchemeError if the text is no TOML."""
        text = text.removeprefix("\ufeff")
        return cls(text, name, toml_tables(text, name))

    def text(self) -> str:
        """The text, as it would be saved."""
        return self._text

    def value(self, path: Path = ()) -> Any:
        """What stands at a path, as plain values that must not be changed; None if nothing does."""
        return value_at(self._raw, path)

    def problems(self) -> tuple[tuple[Path, Problem], ...]:
        """All that is wrong, in the order of the lines, each with the path of the field or table it is about."""
        return tuple(placed_problems(self._raw, self._text, self._name))

    def scheme(self) -> Scheme:
        """The scheme. Raises SchemeError with all problems."""
        return parse_scheme(self._text, self._name)

    def with_value(self, path: Path, value: Any) -> "SchemeDraft":
        """With another value of a field; tables that are missing on the way are made."""
        if _same(self.value(path), value):
            return self
        raw = deepcopy(dict(self._raw))
        _inner(raw, path)[path[-1]] = deepcopy(value)
        return self._with(raw, lambda: _edited(self._text, lambda document: _set(document, path, value)))

    def with_added(self, list_path: Path, entry: Any, at: int | None = None) -> "SchemeDraft":
        """With an entry more in a list, at its end or at a place; a list that is missing is made."""
        raw = deepcopy(dict(self._raw))
        owner, last = _inner(raw, list_path), list_path[-1]
        known = owner.setdefault(last, []) if isinstance(owner, dict) else owner[last]
        if not isinstance(known, list):
            raise KeyError(list_path)
        place = len(known) if at is None else min(max(at, 0), len(known))
        known.insert(place, deepcopy(entry))
        return self._with(raw, lambda: self._added(list_path, entry, place))

    def without(self, path: Path) -> "SchemeDraft":
        """Without a field, or without an entry of a list; a list goes with its last entry."""
        raw = deepcopy(dict(self._raw))
        owner = _inner(raw, path)
        _require(owner, path)
        del owner[path[-1]]
        blocks = Blocks(self._text, self._raw)
        if not owner and len(path) > 1 and isinstance(path[-2], str):
            if not blocks.has(path):
                return self.without(path[:-1])
            del _inner(raw, path[:-1])[path[-2]]
        if blocks.has(path):
            return self._with(raw, lambda: blocks.without(path))
        return self._with(raw, lambda: _edited(self._text, lambda document: _take(document, path)))

    def moved(self, path: Path, by: int) -> "SchemeDraft":
        """With an entry of a list that many places further down; at the ends of the list it stays."""
        raw = deepcopy(dict(self._raw))
        owner, index = _inner(raw, path), path[-1]
        _require(owner, path)
        if not isinstance(owner, list) or not isinstance(index, int):
            raise KeyError(path)
        to = min(max(index + by, 0), len(owner) - 1)
        if to == index:
            return self
        owner.insert(to, owner.pop(index))
        blocks, target = Blocks(self._text, self._raw), (*path[:-1], to)
        if blocks.has(path) and blocks.has(target):
            return self._with(raw, lambda: blocks.moved(path, target))
        return self._with(raw, lambda: _edited(self._text, lambda document: _shift(document, path, to)))

    def _with(self, raw: Mapping[str, Any], way: Callable[[], str]) -> "SchemeDraft":
        """The draft that holds `raw`, written that way if this holds it word for word, else all written anew."""
        try:
            text = way()
            held = _same(tomllib.loads(text), raw)
        except Exception:  # noqa: BLE001  tomlkit stumbles in many ways over files that tomllib reads well
            held = False
        if not held:
            text = table_text(raw)
        return SchemeDraft(text, self._name, tomllib.loads(text))

    def _added(self, list_path: Path, entry: Any, place: int) -> str:
        blocks, known = Blocks(self._text, self._raw), self.value(list_path) or []
        headed = blocks.has((*list_path, 0))
        new = not known and stands_under_headings(str(list_path[-1]), [entry])
        if headed or (new and (len(list_path) == 1 or blocks.has(list_path[:-1]))):
            before = (*list_path, place) if place < len(known) else None
            after = (*list_path, place - 1) if place else list_path[:-1]
            return blocks.added((*list_path, place), entry, before, after)
        return _edited(self._text, lambda document: _put(document, list_path, entry, place))


def _inner(raw: Any, path: Path) -> Any:
    """The table or list that holds the last step of a path. Raises KeyError if there is none."""
    for step in path[:-1]:
        if isinstance(step, str) and isinstance(raw, dict):
            raw = raw.setdefault(step, {})
        else:
            _require(raw, (step,))
            raw = raw[step]
    last = path[-1] if path else None
    fits = isinstance(raw, dict) if isinstance(last, str) else isinstance(raw, list) and isinstance(last, int)
    if not fits or (isinstance(raw, list) and isinstance(last, int) and not 0 <= last < len(raw)):
        raise KeyError(path)
    return raw


def _require(owner: Any, path: Path) -> None:
    """KeyError unless `owner` has what the last step of the path names."""
    if value_at(owner, path[-1:]) is None:
        raise KeyError(path)


def _edited(text: str, edit: Callable[[Any], None]) -> str:
    document = tomlkit.parse(text)
    edit(document)
    return document.as_string()


def _set(document: Any, path: Path, value: Any) -> None:
    owner = document
    for at, step in enumerate(path[:-1]):
        if isinstance(step, str) and step not in owner:
            # what is missing is made in one piece, as a table in one line
            for inner in reversed(path[at + 1 :]):
                value = {inner: value}
            owner[step] = tomlkit.value(value_text(value))
            return
        owner = owner[step]
    owner[path[-1]] = tomlkit.value(value_text(value))


def _take(document: Any, path: Path) -> None:
    del _reached(document, path[:-1])[path[-1]]


def _put(document: Any, list_path: Path, entry: Any, place: int) -> None:
    owner, last = _reached(document, list_path[:-1]), list_path[-1]
    if isinstance(last, str) and not owner.get(last):
        _set(document, list_path, [entry])
    else:
        owner[last].insert(place, tomlkit.value(value_text(entry, inside=True)))


def _shift(document: Any, path: Path, to: int) -> None:
    owner = _reached(document, path[:-1])
    owner.insert(to, owner.pop(path[-1]))


def _reached(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def _same(one: Any, other: Any) -> bool:
    """True if two values say the same; the order of fields means nothing, and `nan` is `nan`."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other or (one != one and other != other))  # noqa: PLR0124  nan is the one value unlike itself
