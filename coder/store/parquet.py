"""Columns of numbers as Parquet: written with page checksums, and refused when read if one bit is wrong.

A table has `frame` (int64) and `at_us` (int64, file time: 0 is the film's first frame), both strictly rising, and
for each signal a float32 or float64 column with its name and a bool column `<name>.valid`. A signal may have a
third column `<name>.why` (uint8, a `coder.model.track.Why`); older files have none.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

Columns = Mapping[str, NDArray[Any]]

FRAME, AT = "frame", "at_us"
VALID, WHY = ".valid", ".why"
_ROW_GROUP = 15_000  # ten minutes at 25 frames a second
_NOTES = b"track"


def signals_of(columns: Columns) -> tuple[str, ...]:
    """The names of the value columns, in order."""
    return tuple(name for name in columns if name not in {FRAME, AT} and not name.endswith((VALID, WHY)))


def require_table(columns: Columns) -> None:
    """Raise ValueError, naming the column, unless these columns are a table."""
    names = signals_of(columns)
    needed = {FRAME, AT, *names, *(name + VALID for name in names)}
    if not needed <= set(columns) <= needed | {name + WHY for name in names}:
        raise ValueError(
            f"a track table has frame, at_us and pairs of <name> and <name>.valid, not {list(columns)}"
        )
    for name, column in columns.items():
        wanted = _wanted(name)
        if column.ndim != 1 or len(column) != len(columns[FRAME]) or column.dtype.name not in wanted.split(" or "):
            raise ValueError(f"column {name} should be {len(columns[FRAME])} values of {wanted}")
    for name in (FRAME, AT):
        if np.any(np.diff(columns[name]) <= 0):
            raise ValueError(f"column {name} does not rise strictly")


def _wanted(name: str) -> str:
    """The types that a column may have."""
    if name in {FRAME, AT}:
        return "int64"
    if name.endswith(WHY):
        return "uint8"
    return "bool" if name.endswith(VALID) else "float32 or float64"


def kinds_of(columns: Columns) -> dict[str, str]:
    """The columns' names and types: what all blocks of a track have in common."""
    return {name: column.dtype.name for name, column in columns.items()}


def joined(blocks: Sequence[Columns]) -> Columns:
    """Blocks of the same columns, one after the other."""
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def to_parquet(columns: Columns, notes: str) -> bytes:
    """A table as a file's bytes; `notes` is kept in it."""
    require_table(columns)
    table = pa.table(dict(columns)).replace_schema_metadata({_NOTES: notes.encode()})
    # rising whole numbers pack as differences, floats as planes of bytes: about a fifth smaller than plain
    encodings = dict.fromkeys((FRAME, AT), "DELTA_BINARY_PACKED")
    encodings |= dict.fromkeys(signals_of(columns), "BYTE_STREAM_SPLIT")
    file = pa.BufferOutputStream()
    pq.write_table(
        table,
        file,
        row_group_size=_ROW_GROUP,
        compression="zstd",
        use_dictionary=False,
        column_encoding=encodings,
        write_page_checksum=True,
    )
    return bytes(file.getvalue())


def of_parquet(data: bytes, signals: Sequence[str] | None = None) -> tuple[Columns, str]:
    """The table in a file's bytes, all of it or some signals, and its notes; ValueError if it is damaged."""
    try:
        with pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True) as file:
            there = set(file.schema_arrow.names)
            wanted = None if signals is None else [FRAME, AT, *_with_masks(signals, there)]
            table = file.read(columns=wanted)
        notes = table.schema.metadata[_NOTES].decode()
        columns = {name: table.column(name).to_numpy() for name in table.column_names}
        require_table(columns)
    except (pa.ArrowException, OSError, KeyError, TypeError) as error:
        raise ValueError(f"not a whole track file: {error}") from error
    return columns, notes


def _with_masks(signals: Sequence[str], there: Container[str]) -> Iterator[str]:
    for name in signals:
        yield name
        yield name + VALID
        if name + WHY in there:
            yield name + WHY
