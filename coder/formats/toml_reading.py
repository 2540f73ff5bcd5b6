"""Reading TOML that a person wrote: the first mistake of syntax with its line; nothing that hangs or overflows."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coder.formats.toml_places import DEEPEST
from coder.language import tr
from coder.model.problem import CoderError, Problem

_SYNTAX = re.compile(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_ENDLESS_KEY = re.compile(r"(?:[\"'\w-]{1,64}[ \t]*\.[ \t]*){100}")
_YAML = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:---|[\w-]+:(?:\s|$))")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file should be, for the sentences about one that is not; the texts go through `tr`.

    empty: how to mend an empty file. too_deep: that it is nested too deeply. written: that such files are TOML.
    """

    error: type[CoderError]
    empty: str
    too_deep: str
    written: str


def toml_tables(text: str, name: str, kind: Kind) -> dict[str, Any]:
    """The text as TOML. name: what problems call it.

    Raises `kind.error` with the line of the first mistake of syntax, where TOML stops.
    """
    if not text.strip():
        raise kind.error(Problem(tr("The file is empty."), name, tr(kind.empty)))
    if _ENDLESS_KEY.search(text):
        # tomllib needs time that grows with the square of a key's parts.
        raise kind.error(
            Problem(tr("The file holds a name with more than 100 dots."), name, tr("Shorten the name."))
        )
    try:
        raw = tomllib.loads(text)
    except RecursionError:
        raise kind.error(Problem(tr(kind.too_deep), name, tr("Check that it is the right file."))) from None
    except ValueError as error:
        if Path(name).suffix in (".yaml", ".yml", ".json") or _YAML.match(text):
            raise kind.error(Problem(tr("This is not a TOML file."), name, tr(kind.written))) from None
        found = _SYNTAX.fullmatch(str(error))
        reason, line = (found[1], found[2]) if found else (str(error), None)
        where = f"{name}:{line or max(len(text.splitlines()), 1)}"
        raise kind.error(
            Problem(tr("This is not valid TOML: {reason}.", reason=reason), where, _syntax_hint(reason))
        ) from None
    if excess := _excess(raw, kind):
        raise kind.error(Problem(excess, name, tr("Check that it is the right file.")))
    return raw


def _excess(raw: dict[str, Any], kind: Kind) -> str:
    """What no such file has and the checks behind could stumble over; "" if all is within bounds."""
    left: list[tuple[Any, int]] = [(raw, 0)]
    while left:
        value, depth = left.pop()
        if depth > DEEPEST:
            return tr(kind.too_deep)
        if isinstance(value, dict | list):
            inside = value.values() if isinstance(value, dict) else value
            left.extend((one, depth + 1) for one in inside)
        elif isinstance(value, int) and not -(2**63) <= value < 2**63:
            return tr("The file holds a number of more than 64 bits.")
    return ""


def _syntax_hint(reason: str) -> str:
    if "overwrite" in reason or "twice" in reason:
        return tr("The same field or table is given twice; remove one.")
    if "end of document" in reason or "Unterminated" in reason or "Illegal character" in reason:
        return tr("A quote or bracket before this place is not closed.")
    return tr("Texts stand in quotes, true and false are lower case, lists stand in square brackets.")
