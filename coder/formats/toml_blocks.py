"""Tables that stand under a heading, `[[tiers.codes]]`, as blocks of lines: added, taken away and moved whole.

A block is its heading with what is under it, the headings of its inner tables included, and the comments and blank
lines that lead to it. So a line of comment that parts two tiers goes where the tier below it goes.
"""

from collections.abc import Mapping
from typing import Any

from coder.formats.toml_places import Path, lines_of
from coder.formats.toml_writing import key_text, table_text


class Blocks:
    """The blocks of one text. text: TOML that holds `raw`."""

    def __init__(self, text: str, raw: Mapping[str, Any]) -> None:
        self._lines = text.split("\n")
        self._end = "\r" if text.count("\r\n") * 2 > text.count("\n") else ""
        heads = [
            (line - 1, path)
            for path, line in lines_of(text).items()
            if self._lines[line - 1].lstrip().startswith("[") and isinstance(value_at(raw, path), dict)
        ]
        self._heads = sorted(heads, key=lambda head: head[0])

    def has(self, path: Path) -> bool:
        """True if the table at the path stands under a heading of its own."""
        return any(known == path for _, known in self._heads)

    def without(self, path: Path) -> str:
        """The text without a block."""
        start, end = self._span(path)
        return "\n".join(self._lines[:start] + self._lines[end:])

    def moved(self, path: Path, to: Path) -> str:
        """The text with a block in the place of its sibling `to`, which makes room on the side it came from."""
        start, end = self._span(path)
        first, last = self._span(to)
        block = self._apart(self._lines[start:end])
        rest = self._lines[:start] + self._lines[end:]
        at = first if first < start else last - (end - start)
        return "\n".join(rest[:at] + block + self._apart_after(rest, at))

    def added(self, path: Path, table: Mapping[str, Any], before: Path | None, after: Path | None) -> str:
        """The text with a block for a table at `path`: before a sibling, else after a block, else at the end."""
        if before is not None:
            at = self._span(before)[0]
        else:
            at = self._span(after)[1] if after else self._last(len(self._lines))
        names = tuple(key_text(step) for step in path if isinstance(step, str))
        written = f"[[{'.'.join(names)}]]\n{table_text(table, names)}".rstrip("\n")
        block = self._apart([line + self._end for line in written.split("\n")])
        return "\n".join(self._lines[:at] + block + self._apart_after(self._lines, at))

    def _span(self, path: Path) -> tuple[int, int]:
        """The lines of a block, the last one not included."""
        index = next(at for at, (_, known) in enumerate(self._heads) if known == path)
        beyond = index + 1
        while beyond < len(self._heads) and self._heads[beyond][1][: len(path)] == path:
            beyond += 1
        end = self._heads[beyond][0] if beyond < len(self._heads) else len(self._lines)
        return self._last(self._heads[index][0]), self._last(end)

    def _last(self, line: int) -> int:
        """The line after the last one above `line` that is neither blank nor a comment."""
        while line and (not (above := self._lines[line - 1].strip()) or above.startswith("#")):
            line -= 1
        return line

    def _apart(self, block: list[str]) -> list[str]:
        """A block with a blank line before it."""
        return block if not block[0].strip() else [self._end, *block]

    def _apart_after(self, lines: list[str], at: int) -> list[str]:
        """The lines from `at` on, with a blank line before them; the file ends with the end of a line."""
        return self._apart(lines[at:]) if lines[at:] else [""]


def value_at(raw: Any, path: Path) -> Any:
    """What stands at a path of plain tables and lists; None if nothing does."""
    for step in path:
        if isinstance(step, int):
            raw = raw[step] if isinstance(raw, list) and 0 <= step < len(raw) else None
        else:
            raw = raw.get(step) if isinstance(raw, Mapping) else None
    return raw
