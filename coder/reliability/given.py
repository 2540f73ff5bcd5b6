"""Ratings as people hand them over, made one thing: units × raters, with None or NaN where a rating is missing."""

from collections.abc import Hashable, Iterable, Sequence
from numbers import Real
from typing import Any

import numpy as np

from coder.reliability.formulas import Floats

Ratings = Iterable[Iterable[object]]
"""One row per unit (target), in it one place per rater. None and NaN are missing; numpy arrays will do."""


def units_of(values: Ratings) -> list[tuple[Hashable | None, ...]]:
    """The rows as tuples, None where a rating is missing. Raises ValueError if rows differ in length."""
    rows = [tuple(_known(value) for value in _row(row)) for row in _row(values)]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("every unit needs one place for each rater, with None where a rating is missing")
    return rows


def numbers_of(values: Ratings) -> Floats:
    """(units, raters): the ratings as numbers, NaN where missing. Raises ValueError if they are no numbers."""
    rows = units_of(values)
    return _floats([value for row in rows for value in row]).reshape(len(rows), len(rows[0]) if rows else 0)


def numbers_in(row: Iterable[object]) -> Floats:
    """(n,): one row of numbers, NaN where one is missing. Raises ValueError if one is no finite number."""
    return _floats([_known(value) for value in _row(row)])


def plain_number(value: object) -> float:
    """One number; NaN, which lies in no range, for what is none."""
    return float(value) if isinstance(value, Real) else float("nan")


def _floats(known: Sequence[Hashable | None]) -> Floats:
    if any(isinstance(value, (str, bytes)) for value in known):
        raise ValueError("ratings are numbers here, not text")
    try:
        found = np.array([np.nan if value is None else value for value in known], dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("ratings are numbers here, with None where one is missing") from None
    if np.isinf(found).any():
        raise ValueError("a rating cannot be infinite")
    return found


def numbered(rows: Sequence[Sequence[Hashable | None]], order: Sequence[Hashable] | None = None) -> Floats:
    """(units, raters): the place of each rating among the categories, NaN where missing.

    order: the declared categories; without it the categories are numbered as they are met. Raises ValueError for a
    category that is not declared.
    """
    place: dict[Hashable, int] = {}
    for category in order if order is not None else (value for row in rows for value in row if value is not None):
        place.setdefault(category, len(place))
    unknown = {str(value) for row in rows for value in row if value is not None and value not in place}
    if unknown:
        raise ValueError(f"ratings that are none of the categories: {', '.join(sorted(unknown))}")
    numbers = [[np.nan if value is None else place[value] for value in row] for row in rows]
    return np.array(numbers, dtype=np.float64).reshape(len(rows), len(rows[0]) if rows else 0)


def counted(numbers: Floats, categories: int) -> Floats:
    """(units, categories): how many raters gave each unit each category. numbers: as `numbered` gives them."""
    counts = np.zeros((len(numbers), categories))
    units, raters = np.nonzero(~np.isnan(numbers))
    np.add.at(counts, (units, numbers[units, raters].astype(np.int64)), 1)
    return counts


def _row(row: object) -> Iterable[Any]:
    if isinstance(row, (str, bytes)) or not isinstance(row, Iterable):
        raise ValueError("ratings are rows of units with one place for each rater")
    return row


def _known(value: object) -> Hashable | None:
    """The rating, None for the ways in which a missing one is written."""
    if value is None or value != value:  # noqa: PLR0124  NaN is what does not equal itself
        return None
    if not isinstance(value, Hashable):
        raise ValueError("a rating is one number or one category")
    return value
