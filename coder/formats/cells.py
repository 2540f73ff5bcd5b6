"""Cells of a table, both ways: text that no spreadsheet takes for a formula, times, modifiers."""

import re

from coder.model.coding import Modifiers
from coder.model.time import SECOND_US, parse_clock

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_MICROSECONDS = re.compile(r"([0-9]{1,15})(?:\.0*)?")
_LONGEST_TIME = 32


def guarded(text: str) -> str:
    """The text with ' before it if a spreadsheet could take it for a formula (= + - @, tab or line end in front).

    A text that begins like a guarded one is guarded once more, so that `unguarded` always gives back the original.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell; inverts `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def seconds(span_us: int) -> str:
    """`13.747000`: exact seconds, for numbers and not for people."""
    return f"{span_us // SECOND_US}.{span_us % SECOND_US:06}"


def parse_us(cell: str) -> int:
    """Whole microseconds; pandas may write them as `5000000.0`. Raises ValueError for anything else."""
    found = _MICROSECONDS.fullmatch(cell.strip())
    if found is None:
        raise ValueError(f"“{cell[:_LONGEST_TIME]}” is not a number of whole microseconds")
    return int(found[1])


def parse_time(cell: str) -> int:
    """Microseconds from seconds or a clock, with point or comma. Raises ValueError if the cell is no time."""
    text = cell.strip().replace(",", ".")
    if len(text) > _LONGEST_TIME:
        raise ValueError(f"“{cell[:_LONGEST_TIME]}…” is not a time")
    return parse_clock(text)


def agree(at_us: int, cell: str) -> bool:
    """True if a clock shows `at_us`, cut or rounded to the digits it has: spreadsheets like to drop some."""
    digits = re.split(r"[.,]", f"{cell.strip()}.")[1]
    step_us = SECOND_US // int(10 ** len(digits))
    return abs(parse_time(cell) - at_us) < step_us


def modifiers_cell(modifiers: Modifiers) -> str:
    """`from=eyes; play_kind=build`; several values of one modifier have commas between them."""
    return "; ".join(f"{name}={value}" for name, value in modifiers)


def parse_pairs(cell: str) -> list[tuple[str, str]]:
    """(modifier, value) pairs in the order of the cell. Raises ValueError if a part is no `name=value`."""
    pairs = []
    for part in filter(None, (part.strip() for part in cell.split(";"))):
        name, sign, value = part.partition("=")
        if not (name.strip() and sign and value.strip()):
            raise ValueError(f"“{part}” is not a modifier with its value")
        pairs.append((name.strip(), value.strip()))
    return pairs
