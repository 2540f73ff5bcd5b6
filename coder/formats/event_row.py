"""One row of an events table: what its cells say, and how a mistake in one is told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coder.formats.cells import agree, parse_pairs, parse_time, parse_us, unguarded
from coder.formats.scheme_flaw import did_you_mean
from coder.language import tr
from coder.model.coding import NOTHING, Certainty, Modifiers
from coder.model.scheme import Code, Link, Modifier, Tier
from coder.model.time import Span, clock

NOTHING_CELL = "(nothing)"
"""In the column `either`: it is as right to mark nothing. No id of a code has brackets."""
_NUMBER = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number (the heading is row 1) and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The text of a cell; "" if the table has no such column."""
        return unguarded(self.cells.get(column, ""))


class RowError(Exception):
    """A row cannot become an event: the column, what is wrong there, and how to mend it."""

    def __init__(self, column: str, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.column, self.what, self.hint = column, what, hint


def time_us(row: Row, column: str) -> int | None:
    """The time of onset or offset, from its exact column or its readable one; None if both are empty.

    Raises RowError if a cell is no time, or if the two are different times.
    """
    exact, readable = row.text(f"{column}_us").strip(), row.text(column).strip()
    where = f"{column}_us" if exact else column
    try:
        if not exact:
            return parse_time(readable) if readable else None
        at_us = parse_us(exact)
        where = column
        if readable and not agree(at_us, readable):
            hint = tr("Correct one of them, or remove the column “{column}”.", column=column)
            raise RowError(
                column,
                tr(
                    "“{readable}” and {column}_us, {time}, are different times.",
                    readable=readable,
                    column=column,
                    time=clock(at_us),
                ),
                hint,
            )
    except ValueError as error:
        raise RowError(where, f"{error}.") from None
    return at_us


def certainty(row: Row) -> Certainty:
    """How sure the coder was; a table may say “certain” for what we leave empty.

    Raises RowError for anything else.
    """
    text = row.text("certainty").strip().lower()
    if text in ("", "certain"):
        return Certainty.CERTAIN
    try:
        return Certainty(text)
    except ValueError:
        hint = did_you_mean(text, ["certain", *Certainty])
        raise RowError("certainty", tr("“{text}” is no degree of certainty.", text=text), hint) from None


def reaction_us(row: Row) -> int:
    """How much earlier the onset was put for the coder's reaction time, in microseconds; 0 if empty.

    Raises RowError if the cell is no whole number.
    """
    text = row.text("reaction_us").strip()
    try:
        return parse_us(text) if text else 0
    except ValueError as error:
        raise RowError("reaction_us", f"{error}.") from None


def answer(row: Row, link: Link | None) -> tuple[str, int] | None:
    """Code and onset (microseconds) of the event that answers this one; None if none does.

    Raises RowError for a cell that is not `code@seconds`, and where nothing can answer.
    """
    text = row.text("answer").strip()
    if not text:
        return None
    if link is None:
        what = tr("Nothing answers an event of this tier.")
        raise RowError("answer", what, tr("Empty the cell."))
    code, sign, at = text.rpartition("@")
    try:
        if not (code and sign):
            raise ValueError
        return code.strip(), parse_time(at)
    except ValueError:
        what = tr("“{text}” does not say what answers the event.", text=text)
        raise RowError("answer", what, tr("Write code and onset, e.g. “act_talk@12.480”.")) from None


def moments(row: Row) -> tuple[Span, ...]:
    """The stretches that justify a rating, in order. Raises RowError for a cell that is not `start-end; …`."""
    found = []
    for part in filter(None, (part.strip() for part in row.text("moments").split(";"))):
        start, sign, end = part.partition("-")
        try:
            span = Span(parse_time(start), parse_time(end)) if sign else None
        except ValueError:
            span = None
        if span is None or span.is_moment:
            what = tr("“{text}” is no stretch of time.", text=part)
            raise RowError("moments", what, tr("Write start and end, e.g. “12.3-15.0; 20.1-22.0”."))
        found.append(span)
    return tuple(sorted(found))


def either(row: Row, tier: Tier, code: Code) -> tuple[str, ...]:
    """The codes of the tier that are as right here as the event's own, sorted; `(nothing)` stands for no event.

    Raises RowError for a code that the tier does not have, and for the event's own.
    """
    known = [other.id for other in tier.codes]
    found: set[str] = set()
    for part in filter(None, (part.strip() for part in row.text("either").split(";"))):
        if part == NOTHING_CELL:
            found.add(NOTHING)
        elif part not in known:
            what = tr("The tier “{tier}” has no code “{code}”.", tier=tier.id, code=part)
            raise RowError("either", what, did_you_mean(part, [*known, NOTHING_CELL]))
        elif part == code.id:
            what = tr("“{code}” is the code of the row itself.", code=part)
            raise RowError("either", what, tr("Name only other codes that are as right here."))
        else:
            found.add(part)
    return tuple(sorted(found))


def modifiers(row: Row, code: Code) -> Modifiers:
    """The modifiers in the model's order. Raises RowError for one that the code does not have."""
    known = {modifier.id: modifier for modifier in code.modifiers}
    values: dict[str, str] = {}
    try:
        pairs = parse_pairs(row.text("modifiers"))
    except ValueError as error:
        raise RowError("modifiers", f"{error}.", tr("Write e.g. “from=eyes; play_kind=build”.")) from None
    for name, value in pairs:
        if name not in known:
            hint = did_you_mean(name, known)
            raise RowError(
                "modifiers", tr("The code “{code}” has no modifier “{name}”.", code=code.id, name=name), hint
            )
        if name in values:
            raise RowError("modifiers", tr("The modifier “{name}” is given twice.", name=name), tr("Remove one."))
        values[name] = _value(known[name], value)
    return tuple(sorted(values.items()))


def _value(modifier: Modifier, value: str) -> str:
    if modifier.kind == "number":
        low, high = modifier.low or 0, modifier.high or 0
        if not (_NUMBER.fullmatch(value) and low <= int(value) <= high):
            raise RowError(
                "modifiers",
                tr("“{value}” is not a whole number from {low} to {high}.", value=value, low=low, high=high),
            )
        return str(int(value))
    options = [option.id for option in modifier.options]
    chosen = [part.strip() for part in value.split(",")]
    for part in chosen:
        if part not in options:
            raise RowError(
                "modifiers",
                tr("“{modifier}” has no option “{part}”.", modifier=modifier.id, part=part),
                did_you_mean(part, options),
            )
    if modifier.kind == "single" and len(chosen) > 1:
        raise RowError(
            "modifiers",
            tr("“{modifier}” takes one option, not {count}.", modifier=modifier.id, count=len(chosen)),
            tr("Keep one."),
        )
    return ",".join(sorted(set(chosen)))
