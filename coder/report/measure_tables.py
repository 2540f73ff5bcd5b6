"""The rows of the tables of derived measures: both coders' numbers side by side, or why there is none."""

from collections.abc import Iterable
from dataclasses import dataclass

from coder.model.measure import Measure
from coder.model.scheme import Scheme
from coder.report import words
from coder.report.data import SessionPart


@dataclass(frozen=True)
class MeasureCell:
    """One coder's number. value: "" where it is not defined; why: then the reason."""

    value: str
    n: str
    why: str


@dataclass(frozen=True)
class MeasureRow:
    """One number of a measure by both coders."""

    part: str
    a: MeasureCell
    b: MeasureCell


@dataclass(frozen=True)
class MeasureTable:
    """One derived measure of a session. limits: what limits some of the numbers, each sentence once."""

    label: str
    definition: str
    rows: tuple[MeasureRow, ...]
    limits: tuple[str, ...] = ()


def measure_tables(part: SessionPart, scheme: Scheme) -> tuple[MeasureTable, ...]:
    """One table for each derived measure of the scheme."""
    tables = []
    for derived in scheme.derived:
        a, b = (_of(derived.id, side.measures) for side in (part.a, part.b))
        limits = (one.why for one in (*a.values(), *b.values()) if one.value is not None and one.why)
        if a or b:
            tables.append(
                MeasureTable(derived.label, derived.definition, _rows(a, b), tuple(dict.fromkeys(limits)))
            )
    return tuple(tables)


def _of(name: str, measures: Iterable[Measure]) -> dict[tuple[str, ...], Measure]:
    return {one.part: one for one in measures if one.name == name}


def _rows(a: dict[tuple[str, ...], Measure], b: dict[tuple[str, ...], Measure]) -> tuple[MeasureRow, ...]:
    """Parts that only one coder has, such as a segment that only one rated, stand in their place."""
    return tuple(MeasureRow(", ".join(part), _cell(a.get(part)), _cell(b.get(part))) for part in {**a, **b})


def _cell(one: Measure | None) -> MeasureCell:
    if one is None:
        return MeasureCell("", "", "This coder has no such part.")
    return MeasureCell(_value(one), words.count(one.n), one.why if one.value is None else "")


def _value(one: Measure) -> str:
    """`38.1 %`, `3.56 s`, `4`; "" where it is not defined."""
    if one.value is None:
        return ""
    if one.unit == "count":
        return words.count(one.value)
    unit = {"%": f"{words.THIN}%", "s": f"{words.THIN}s", "per minute": " per min"}.get(one.unit, "")
    return f"{one.value:z.{1 if one.unit == '%' else 2}f}{unit}".replace("-", "−")
