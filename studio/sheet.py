"""Reading one table of a scenario: typed fields, every problem noted, none raised. Standard library only."""

import re
from dataclasses import dataclass, field
from typing import Any

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass
class Sheet:
    """One TOML table. Readers return the value or a harmless stand-in and note the problem; `close` notes fields
    nobody asked for. `problems` is shared by all tables of a file."""

    where: str  # how a sentence names the table: “clip.toml, act 3 (child)”
    values: dict[str, Any]
    problems: list[str]
    _asked: set[str] = field(default_factory=set)

    def problem(self, text: str) -> None:
        """Note one problem of this table."""
        self.problems.append(f"{self.where}: {text}.")

    def raw(self, key: str) -> Any:
        """The value as TOML gives it, or None."""
        self._asked.add(key)
        return self.values.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; needed when there is no default."""
        value = self.raw(key)
        if value is None:
            value = default if default is not None else self._missing(key, 'a text in "…"', "")
        return value if isinstance(value, str) else str(self._wrong(key, 'a text in "…"', ""))

    def option(self, key: str) -> str | None:
        """A text that may be left out."""
        return self.text(key) if self.raw(key) is not None else None

    def choice(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        """One of the known words."""
        value = self.text(key, default)
        if value and value not in known:
            self.problem(f"{key} = “{value}” is not known; write one of: {', '.join(known)}")
        return value if value in known else known[0]

    def colour(self, key: str) -> str:
        """A colour "#rrggbb"."""
        value = self.text(key)
        if value and not _COLOUR.fullmatch(value):
            self.problem(f"{key} = “{value}” is no colour; write it as “#rrggbb”")
        return value if _COLOUR.fullmatch(value) else "#808080"

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number from `low` to `high`; needed when there is no default."""
        value = self.raw(key)
        if value is None:
            return default if default is not None else float(self._missing(key, "a number", low))
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            return float(self._wrong(key, f"a number from {low:g} to {high:g}", low))
        return float(value)

    def maybe(self, key: str, low: float, high: float) -> float | None:
        """A number that may be left out."""
        return self.number(key, low, high) if self.raw(key) is not None else None

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self.raw(key)
        return (
            default
            if value is None
            else value
            if isinstance(value, bool)
            else self._wrong(key, "true or false", 0)
        )

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when left out."""
        value = self.raw(key)
        if value is None:
            return ()
        good = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return tuple(value) if good else tuple(self._wrong(key, 'a list of texts ["…", "…"]', ()))

    def place(self, key: str) -> tuple[float, float, float] | None:
        """Three numbers (m), or None when left out."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, list) and len(value) == 3 and all(isinstance(n, int | float) for n in value):
            return float(value[0]), float(value[1]), float(value[2])
        self._wrong(key, "three numbers [x, y, z] in metres", None)
        return None

    def table(self, key: str, needed: bool = True) -> "Sheet":
        """The table under `key` (empty, with a problem noted, when it is needed and missing)."""
        value = self.raw(key)
        if value is None and needed:
            self.problem(f"the part [{key}] is missing; add it")
        elif value is not None and not isinstance(value, dict):
            self._wrong(key, f"a part of its own, [{key}]", None)
        known = isinstance(value, dict)
        problems = self.problems if known or not needed else []  # one sentence for the missing part is enough
        return Sheet(f"{self.where}, [{key}]", value if known else {}, problems)

    def tables(self, key: str, name: str) -> list["Sheet"]:
        """The tables of a list under `key`; sentences call the third of them “`name` 3”."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong(key, "a list of tables [{ … }, { … }]", None)
            return []
        sheets = []
        for place, item in enumerate(value, start=1):
            if isinstance(item, dict):
                sheets.append(Sheet(f"{self.where}, {name} {place}", item, self.problems))
            else:
                self.problem(f"{name} {place} is not a table; write it as {{ … }}")
        return sheets

    def close(self) -> None:
        """Note every field nobody asked for."""
        for key in self.values:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.problem(f"the field “{key}” is not known here; leave it out or use one of: {known}")

    def _missing(self, key: str, what: str, stand_in: Any) -> Any:
        self.problem(f"{key} is missing; write {key} = {what}")
        return stand_in

    def _wrong(self, key: str, what: str, stand_in: Any) -> Any:
        self.problem(f"{key} = {self.values[key]!r} cannot be used; write {what}")
        return stand_in
