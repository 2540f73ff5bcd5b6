"""Any table of measured values, read by a map of its columns; and the tables that we write ourselves.

The map says in which column the time stands and in what, which columns are signals, and when a row is valid. Rows
need not lie on the film's frames: a heart rate once a second, a pupil 120 times a second are tracks like others.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coder.formats.cells import parse_time
from coder.formats.tracks_table import (
    MOST_US,
    Mistakes,
    TrackTable,
    columns_of,
    framed,
    number,
    plain,
    table_rows,
    whole,
)
from coder.language import tr
from coder.model.problem import FormatError, Problem
from coder.model.time import SECOND_US
from coder.model.track import Signal, Why

UNITS = ("s", "ms", "us", "frames", "clock")
"""What a time may be in; frames count from `ColumnMap.first_frame`, a clock is 00:01:02.500."""

_FACTORS_US = {"s": SECOND_US, "ms": 1_000, "us": 1}
_TIMES = ("frame", "at_us", "session_us")
_MISSING = frozenset({"", "na", "nan", "null", "none", "n/a", "."})
_ID = re.compile(r"\w+")
_RULE = re.compile(r"\s*(.+?)\s*(>=|<=|==|!=|=|>|<)\s*(.+?)\s*")
_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": ge, "<=": le, "==": eq, "=": eq, "!=": ne, ">": gt, "<": lt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """When a row is valid: a number in a column stands so to another. A row without that number is not valid."""

    column: str
    sign: str
    number: float

    @classmethod
    def of(cls, text: str) -> "Rule":
        """From `confidence>=0.8`. Raises FormatError if the text is no rule."""
        found = _RULE.fullmatch(text)
        against = number(found[3]) if found else None
        if found is None or against is None:
            hint = tr("Write it as in confidence>=0.8.")
            raise FormatError(Problem(tr("“{text}” is no rule for valid rows.", text=text), hint=hint))
        return cls(found[1], found[2], against)

    def __str__(self) -> str:
        return f"{self.column}{self.sign}{self.number:g}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A column that becomes a signal. id: "" makes it of the person and the column's name. unit: for people."""

    column: str
    id: str = ""
    unit: str = ""

    @classmethod
    def of(cls, text: str) -> "Taken":
        """From `COLUMN`, `COLUMN=signal` or `COLUMN=signal:unit`."""
        column, _, rest = text.partition("=")
        name, _, unit = rest.partition(":")
        return cls(column.strip(), name.strip(), unit.strip())


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How a table is to be read.

    time: its column. unit: one of `UNITS`. columns: what becomes a signal. person: stands before each signal's id
    ("" for none). valid: rules that a row must all keep. missing: texts that stand for no value, beside the empty
    cell, NA, NaN, null, none and a point. begins_us: the file time of the film at the table's time 0.
    """

    time: str
    unit: str = "s"
    columns: tuple[Taken, ...] = ()
    person: str = ""
    valid: tuple[Rule, ...] = ()
    missing: frozenset[str] = field(default_factory=frozenset)
    begins_us: int = 0
    first_frame: int = 0

    def texts(self) -> dict[str, str]:
        """The map as settings of a track."""
        texts = {"time": self.time, "unit": self.unit, "begins_us": str(self.begins_us)}
        texts |= {f"column {one.column}": self.signal_id(one) for one in self.columns}
        texts |= {"person": self.person} if self.person else {}
        texts |= {"valid": " and ".join(map(str, self.valid))} if self.valid else {}
        texts |= {"missing": " ".join(sorted(self.missing))} if self.missing else {}
        texts |= {"first frame": str(self.first_frame)} if self.unit == "frames" else {}
        return texts

    def signal_id(self, taken: Taken) -> str:
        """The id of the signal that a column becomes."""
        name = taken.id or plain(taken.column)
        own = not self.person or name.startswith(f"{self.person}_")
        return name if own else f"{self.person}_{name}"


def read_csv(path: Path, how: ColumnMap) -> TrackTable:
    """Read a table. Raises FormatError with all its mistakes, those of the map included."""
    mistakes = Mistakes(path.name)
    _check(how, mistakes)
    mistakes.raise_if_any()
    ruled = tuple(dict.fromkeys(rule.column for rule in how.valid))
    wanted = (how.time, *(one.column for one in how.columns), *ruled)
    times: list[int] = []
    cells: list[list[float]] = []
    keeps: list[bool] = []
    for line, row in table_rows(path, tuple(dict.fromkeys(wanted)), mistakes):
        by_name = dict(zip(dict.fromkeys(wanted), row, strict=True))
        at = _time(by_name[how.time], how, line, mistakes)
        if at is not None and times and at <= times[-1]:
            mistakes.add(tr("The time does not rise."), tr("Sort the rows by time."), line, how.time)
        numbers = {name: _value(by_name[name], name, how, line, mistakes) for name in wanted[1:]}
        if at is not None:
            times.append(at)
            cells.append([numbers[one.column] for one in how.columns])
            keeps.append(all(_keeps(rule, numbers[rule.column]) for rule in how.valid))
    if not times:
        mistakes.add(tr("The table has no rows."))
    mistakes.raise_if_any()
    table, kept = np.array(cells), np.array(keeps)
    values, valid = {}, {}
    signals = []
    for at_column, one in enumerate(how.columns):
        good = kept & np.isfinite(table[:, at_column])
        name = how.signal_id(one)
        values[name], valid[name] = np.where(good, table[:, at_column], 0.0), good
        label = f"{how.person}: {one.column}" if how.person else one.column
        signals.append(Signal(name, label, one.unit, *framed(values[name], good)))
    when = np.array(times, np.int64)
    frames, at_us = (when, None) if how.unit == "frames" else (None, when)
    return TrackTable("csv", "", frames, at_us, tuple(signals), values, valid, how.texts())


def read_own(path: Path) -> TrackTable:
    """A table that `coder features export` wrote: values, validity and reasons come back as they were."""
    heading = columns_of(path)
    names = [name for name in heading if f"{name}.valid" in heading and _ID.fullmatch(name) and name not in _TIMES]
    mistakes = Mistakes(path.name)
    if not names or "at_us" not in heading:
        mistakes.add(tr("This is no table that “coder features export” wrote."), row=1)
    mistakes.raise_if_any()
    columns = ["at_us", *names, *(f"{name}.valid" for name in names)]
    reasons = [name for name in names if f"{name}.why" in heading]
    columns += [f"{name}.why" for name in reasons]
    known = {why.name.lower(): why for why in Why}
    times: list[int] = []
    rows: list[list[float]] = []
    for line, cells in table_rows(path, columns, mistakes):
        row = []
        empty = {name for name, cell in zip(columns, cells, strict=True) if not cell}
        for column, cell in zip(columns, cells, strict=True):
            found: float | None = number(cell) if cell else 0.0
            if column.endswith(".valid"):  # a value that is not there, or has a reason not to be, is not valid
                name = column.removesuffix(".valid")
                seen = name not in empty and (f"{name}.why" not in columns or f"{name}.why" in empty)
                found = {"0": 0.0, "1": 1.0 if seen else None}.get(cell)
            if column.endswith(".why"):
                found = float(known.get(cell or "seen", -1))
                found = None if found < 0 else found
            if found is None:
                mistakes.add(tr("“{cell}” is not a value of this column.", cell=cell[:30]), "", line, column)
            row.append(0.0 if found is None else found)
        if row[0] != round(row[0]) or abs(row[0]) > MOST_US:
            mistakes.add(tr("“{cell}” is not a value of this column.", cell=cells[0][:30]), "", line, "at_us")
            continue
        if times and row[0] <= times[-1]:
            mistakes.add(tr("The time does not rise."), tr("Sort the rows by time."), line, "at_us")
        times.append(int(row[0]))
        rows.append(row)
    if not rows:
        mistakes.add(tr("The table has no rows."))
    mistakes.raise_if_any()
    table = dict(zip(columns, np.array(rows).T, strict=True))
    values: dict[str, NDArray[np.float64]] = {name: table[name] for name in names}
    valid = {name: table[f"{name}.valid"] == 1 for name in names}
    why = {name: table[f"{name}.why"].astype(np.uint8) for name in reasons}
    signals = tuple(Signal(name, name, "", *framed(values[name], valid[name])) for name in names)
    return TrackTable("coder", "", None, np.array(times, np.int64), signals, values, valid, {}, why)


def _check(how: ColumnMap, mistakes: Mistakes) -> None:
    if how.unit not in UNITS:
        what = tr("Times cannot be in “{unit}”.", unit=how.unit)
        mistakes.add(what, tr("There are: {names}.", names=", ".join(UNITS)))
    if not how.columns:
        mistakes.add(tr("No column is to be taken."), tr("Name at least one."))
    ids = [how.signal_id(one) for one in how.columns]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        mistakes.add(tr("Two columns would become the signal “{name}”.", name=name), tr("Name one otherwise."))
    for name in ids:
        if plain(name) != name or name in {"", *_TIMES}:
            hint = tr("Use small letters, digits and _.")
            mistakes.add(tr("“{name}” cannot be the name of a signal.", name=name), hint)


def _time(cell: str, how: ColumnMap, line: int, mistakes: Mistakes) -> int | None:
    try:
        if how.unit == "clock":
            return _in_reach(how.begins_us + parse_time(cell))
        found = number(cell)
        if found is None:
            raise ValueError(cell)
        if how.unit == "frames":
            frame = whole(found, how.first_frame)
            if frame is None:
                raise ValueError(cell)
            return frame - how.first_frame
        return _in_reach(how.begins_us + round(found * _FACTORS_US[how.unit]))
    except ValueError:
        what = tr("“{cell}” is not a time in {unit}.", cell=cell[:30], unit=how.unit)
        mistakes.add(what, row=line, column=how.time)
        return None


def _in_reach(at_us: int) -> int:
    if abs(at_us) > MOST_US:
        raise ValueError(at_us)
    return at_us


def _value(cell: str, column: str, how: ColumnMap, line: int, mistakes: Mistakes) -> float:
    """NaN for no value."""
    if cell.lower() in _MISSING or cell in how.missing:
        return float("nan")
    found = number(cell)
    if found is None:
        hint = tr("If it stands for no value, say so.")
        mistakes.add(tr("“{cell}” is not a number.", cell=cell[:30]), hint, line, column)
        return float("nan")
    return found


def _keeps(rule: Rule, value: float) -> bool:
    return value == value and _SIGNS[rule.sign](value, rule.number)  # noqa: PLR0124  NaN is not equal to itself
