"""Values and tables as TOML text, laid out as the shipped schemes are: what is added reads like the rest."""

import json
import math
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 119
INDENT = "    "

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_IN_ONE_LINE = ("targets", "evidence", "options", "exercises")


def folded(prose: str) -> str:
    """A paragraph as it stands in a file: over several lines, the last one ended, if one line cannot hold it."""
    text = " ".join(prose.split())
    if len(text) <= WIDTH - 19:
        return text
    return "\n".join(textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)) + "\n"


def key_text(key: str) -> str:
    """A name, in quotes where it needs them."""
    return key if _BARE.fullmatch(key) else _quoted(key)


def value_text(value: Any, *, inside: bool = False) -> str:
    """A value. inside: it stands in a list or an inline table, so a text keeps to one line."""
    if isinstance(value, str):
        return _quoted(value) if inside or "\n" not in value else _lines(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value)
    if isinstance(value, dict):
        parts = ", ".join(f"{key_text(key)} = {value_text(one, inside=True)}" for key, one in value.items())
        return f"{{ {parts} }}" if parts else "{}"
    if isinstance(value, list):
        return _list(
            [value_text(one, inside=True) for one in value], tables=any(isinstance(o, dict) for o in value)
        )
    return str(value) if isinstance(value, int) else str(value.isoformat())


def table_text(table: Mapping[str, Any], names: tuple[str, ...] = ()) -> str:
    """The lines of a table, then its lists of tables, each under a heading that begins with `names`."""
    return "\n".join(_table(table, names)) + "\n"


def stands_under_headings(field: str, value: object) -> bool:
    """True for a list of tables that is written as `[[…]]`: those that are longer than a line."""
    is_tables = isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
    return is_tables and field not in _IN_ONE_LINE


def _table(table: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    below = {key: value for key, value in table.items() if stands_under_headings(key, value)}
    for key, value in table.items():
        if key not in below:
            yield f"{key_text(key)} = {value_text(value)}"
    for key, tables in below.items():
        inner = (*names, key_text(key))
        for one in tables:
            yield f"\n[[{'.'.join(inner)}]]"
            yield from _table(one, inner)


def _list(items: list[str], *, tables: bool) -> str:
    flat = f"[{', '.join(items)}]"
    if len(flat) <= WIDTH - 19 and not (tables and len(items) > 1):
        return flat
    return "[\n" + "".join(f"{INDENT}{item},\n" for item in items) + "]"


def _quoted(text: str) -> str:
    """A text in one line: JSON's escapes are a part of TOML's."""
    return json.dumps(_sayable(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _lines(text: str) -> str:
    """A text over several lines; in one line all the same if it holds signs that must be escaped."""
    if not all(sign.isprintable() or sign == "\n" for sign in text):
        return _quoted(text)
    escaped = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if escaped.endswith('"'):
        escaped = f'{escaped[:-1]}\\"'
    return f'"""\n{escaped}"""'


def _sayable(text: str) -> str:
    """Without halves of signs, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
