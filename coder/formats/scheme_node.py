"""The raw contents of a scheme or course file, read with tolerance: what has the wrong type is passed over.

The rules of `scheme_rules` read through these nodes, so that they speak up even where other fields of the file are
still wrong in form, and a person hears of all mistakes at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coder.formats.toml_places import Path
from coder.model.scheme import TierKind

_NAMES = {
    "tiers": "tier",
    "codes": "code",
    "modifiers": "modifier",
    "options": "option",
    "derived": "derived",
    "targets": "target",
    "evidence": "evidence",
    "steps": "step",
    "exercises": "exercise",
    "requirements": "requirement",
}


@dataclass(frozen=True, slots=True)
class Node:
    """One table of the file and its path."""

    path: Path
    table: Mapping[str, Any]

    def at(self, *steps: str | int) -> Path:
        """The path of a field of this table."""
        return (*self.path, *steps)

    def text(self, field: str) -> str:
        """A text field; "" if it is missing or no text."""
        value = self.table.get(field)
        return value if isinstance(value, str) else ""

    @property
    def kind(self) -> str:
        """The kind of a tier; "" if it is none of the four, so that one mistake is not told twice."""
        kind = self.text("kind")
        return kind if kind in set(TierKind) else ""

    def flag(self, field: str) -> bool:
        """True if a field is there and true."""
        return self.table.get(field) is True

    def number(self, field: str) -> float | None:
        """A number; None if it is missing or no number."""
        value = self.table.get(field)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def each(self, field: str) -> Iterator["Node"]:
        """The tables of a list of tables, in order."""
        for index, item in enumerate(_list(self.table.get(field))):
            if isinstance(item, dict):
                yield Node(self.at(field, index), item)

    def texts(self, field: str) -> Iterator[tuple[Path, str]]:
        """The texts of a list of texts with their paths, in order."""
        for index, item in enumerate(_list(self.table.get(field))):
            if isinstance(item, str):
                yield self.at(field, index), item

    def inner(self, field: str) -> "Node | None":
        """A table within this one; None if it is missing or no table."""
        value = self.table.get(field)
        return Node(self.at(field), value) if isinstance(value, dict) else None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def place_words(path: Path, raw: Mapping[str, Any]) -> str:
    """`tier cg, code cg_face, key`: a path in a person's words."""
    words: list[str] = []
    value: Any = raw
    for step in path:
        value = _step(value, step)
        if not isinstance(step, int):
            words.append(step)
        elif isinstance(value, dict):
            name = value.get("id")
            words[-1] = (
                f"{_NAMES.get(words[-1], words[-1])} {name if isinstance(name, str) and name else step + 1}"
            )
        else:
            words[-1] = f"{words[-1]} {step + 1}"
    return ", ".join(words)


def _step(value: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return value[step] if isinstance(value, list) and step < len(value) else None
    return value.get(step) if isinstance(value, dict) else None
