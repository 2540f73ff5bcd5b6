"""Signals that another program measured, as they stand in its file: rows in time, before anybody knows the film.

The next program's results, step by step:

1. Write one module, `coder/formats/tracks_<program>.py`, with a function from a file to a `TrackTable`. Look up
   how the program counts its frames and which way its angles turn; say both in the module's docstring.
2. Read strictly: every mistake of the file with its place, all at once, in one FormatError (`Mistakes`). What the
   program says it does not know is not valid; nothing that is missing becomes 0.
3. Name signals `<person>_<program>_<what>_<unit>`, so that they never pass for signals of our own extractors.
4. Add it to `PROGRAMS` in `coder/workflows/track_import.py`.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder.formats.scheme_flaw import did_you_mean
from coder.language import tr
from coder.model.problem import FormatError, Problem
from coder.model.track import Signal

MOST_BYTES = 1_000_000_000
MOST_FRAME = 10**9
"""Frames and ids beyond it are no frames: a year of film at 25 frames a second has fewer."""
MOST_US = 10**15
"""Times beyond it, thirty years, lie in no film."""
_MOST = 1e30  # greater than whatever is measured, and small enough to be squared
_MOST_MISTAKES = 100
_SIGNAL = "signal."


@dataclass(frozen=True, slots=True, eq=False)
class TrackTable:
    """What a file holds.

    Either frames or at_us says when, and is None else: (n,) int64, strictly rising; frames count from 0, at_us is
    file time as the file tells it. values: by signal id, (n,) float64; valid: (n,) bool; why: (n,) uint8, a `Why`,
    where the program says why it does not know. settings: how the file was read, complete enough to read it again.
    remarks: what a person should know before it is taken.
    """

    program: str
    version: str
    frames: NDArray[np.int64] | None
    at_us: NDArray[np.int64] | None
    signals: tuple[Signal, ...]
    values: Mapping[str, NDArray[np.float64]]
    valid: Mapping[str, NDArray[np.bool_]]
    settings: Mapping[str, str]
    why: Mapping[str, NDArray[np.uint8]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


class Mistakes:
    """Gathers what is wrong with a file, with places; the first hundred, since one cause has many effects."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Problem] = []
        self._more = 0

    def add(self, what: str, hint: str = "", row: int | None = None, column: str = "") -> None:
        """row: counted as a text editor counts lines."""
        place = ":".join(part for part in (self._file, "" if row is None else str(row), column) if part)
        if len(self._found) < _MOST_MISTAKES:
            self._found.append(Problem(what, place, hint))
        else:
            self._more += 1

    def raise_if_any(self) -> None:
        """FormatError with all of them."""
        if self._more:
            self._found.append(Problem(tr("{count:,} more mistakes follow.", count=self._more), self._file))
            self._more = 0
        if self._found:
            raise FormatError(*self._found)


def table_rows(path: Path, wanted: Sequence[str], mistakes: Mistakes) -> Iterator[tuple[int, list[str]]]:
    """Line number and the cells of the wanted columns, stripped, of each row below the heading.

    Commas, semicolons or tabs stand between the cells. Raises FormatError if there is no such file, or a column is
    missing or stands there twice.
    """
    with _opened(path) as lines:
        heading, above, reader = _heading(path, lines)
        for name in wanted:
            if heading.count(name) != 1:
                what = tr("The table has no column “{column}”.", column=name)
                if name in heading:
                    what = tr("The column “{column}” stands there twice.", column=name)
                mistakes.add(what, did_you_mean(name, heading[:50]) if name not in heading else "", above)
        mistakes.raise_if_any()
        places = [heading.index(name) for name in wanted]
        try:
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(heading):
                    what = tr(
                        "The row has {count} cells, and the heading has {columns}.",
                        count=len(cells),
                        columns=len(heading),
                    )
                    mistakes.add(what, tr("The file may be cut off; make it again."), above + reader.line_num)
                    continue
                yield above + reader.line_num, [cells[place].strip() for place in places]
        except (csv.Error, UnicodeDecodeError) as error:
            mistakes.add(tr("The table cannot be read: {error}.", error=error), row=above + reader.line_num + 1)


def columns_of(path: Path) -> tuple[str, ...]:
    """The names in the heading of a table. Raises FormatError if the file cannot be read or has no heading."""
    with _opened(path) as lines:
        return tuple(_heading(path, lines)[0])


def number(cell: str) -> float | None:
    """A number that can have been measured, with point or comma; None if the cell is none."""
    try:
        found = float(cell.replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) <= _MOST else None  # nor is infinity, nor what is not a number


def whole(value: float, least: int = 0) -> int | None:
    """The number of a frame or a face; None if it cannot be one."""
    return int(value) if value == int(value) and least <= value <= MOST_FRAME else None


def plain(name: str) -> str:
    """A name as part of a signal's id: small letters, digits and _."""
    return re.sub(r"\W+", "_", name.strip().lower(), flags=re.ASCII).strip("_")


def framed(values: NDArray[np.float64], valid: NDArray[np.bool_]) -> tuple[float, float]:
    """Two round numbers that frame the curve of a signal nobody knows."""
    if not valid.any():
        return 0.0, 1.0
    low, high = (float(one) for one in np.quantile(values[valid], (0.01, 0.99)))
    step = 10.0 ** np.floor(np.log10(max(high - low, abs(high), 1e-6)))
    low, high = float(np.floor(low / step) * step), float(np.ceil(high / step) * step)
    return (low, high) if high > low else (low, low + float(step))


def signal_texts(signals: Iterable[Signal]) -> dict[str, str]:
    """What signals mean, as settings of a track: whoever made it is not installed here to be asked."""
    return {
        _SIGNAL + one.id: json.dumps([one.label, one.unit, one.low, one.high], ensure_ascii=False)
        for one in signals
    }


def signals_of_texts(settings: Mapping[str, str]) -> tuple[Signal, ...]:
    """The inverse of `signal_texts`; () for settings that hold none."""
    return tuple(
        Signal(name.removeprefix(_SIGNAL), *json.loads(text))
        for name, text in settings.items()
        if name.startswith(_SIGNAL)
    )


class _opened:  # noqa: N801  used as a function
    """The lines of a text file; closes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            if path.stat().st_size > MOST_BYTES:
                what = tr("The file is larger than {most:,} kB, too large for a table.", most=MOST_BYTES // 1000)
                raise FormatError(Problem(what, path.name, tr("Check that it is the right file.")))
            self._file = path.open(encoding="utf-8-sig", newline="")
        except FileNotFoundError:
            raise FormatError(
                Problem(tr("There is no such file."), str(path), tr("Check the name and the folder."))
            ) from None
        except OSError as error:
            what = tr("The file cannot be read: {reason}.", reason=error.strerror or error)
            raise FormatError(Problem(what, str(path))) from None

    def __enter__(self) -> Iterable[str]:
        return self._file

    def __exit__(self, *_error: object) -> None:
        self._file.close()


def _heading(path: Path, lines: Iterable[str]) -> tuple[list[str], int, Any]:
    """The names of the columns, the number of their line, and a reader of the rows below them."""
    hint = tr("Its first row must name the columns.")
    try:
        line, first = next(((at, text) for at, text in enumerate(lines, start=1) if text.strip()), (0, ""))
    except UnicodeDecodeError:
        raise FormatError(Problem(tr("The file is not UTF-8 text."), path.name, hint)) from None
    if not first:
        raise FormatError(Problem(tr("The file is empty."), path.name, hint))
    separator = max(",;\t", key=first.count)
    heading = [cell.strip() for cell in next(csv.reader([first], delimiter=separator))]
    return heading, line, csv.reader(lines, delimiter=separator)
