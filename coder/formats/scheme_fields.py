"""The fields of a scheme file as plain facts, for whoever shows a form: what each may hold, and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from coder.formats.scheme_derived import RULES
from coder.formats.scheme_document import SchemeDocument
from coder.formats.toml_places import Path


class Holds(StrEnum):
    """What a field holds."""

    TEXT = "text"
    FLAG = "flag"
    WHOLE = "whole number"
    NUMBER = "number"
    CHOICE = "choice"
    TEXTS = "texts"
    WHOLES = "whole numbers"
    BY_NAME = "values by name"
    TABLE = "table"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table. help: put it through `tr`. choices: only for CHOICE. required: the file needs it."""

    name: str
    holds: Holds
    help: str
    choices: tuple[str, ...] = ()
    required: bool = False


@cache
def fields_of(names: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields of a table in their order. names: the fields that lead to it, () for the scheme itself.

    `fields_of(("tiers", "codes"))` are those of a code.
    """
    model: type[BaseModel] = SchemeDocument
    for name in names:
        model = next(part for part in _parts(model.model_fields[name].annotation) if issubclass(part, BaseModel))
    return tuple(
        Field(
            name,
            _holds(info.annotation),
            info.description or "",
            tuple(_literals(info.annotation)),
            info.is_required(),
        )
        for name, info in model.model_fields.items()
    )


def names_in(path: Path) -> tuple[str, ...]:
    """The fields of a path: ("tiers", "codes") for ("tiers", 0, "codes", 1)."""
    return tuple(step for step in path if isinstance(step, str))


def parameters_of(rule: str) -> Sequence[str]:
    """The parameters that a rule of a derived measure needs or may have."""
    needs = RULES.get(rule)
    return (*needs.parameters, *needs.may) if needs is not None else ()


def _holds(annotation: Any) -> Holds:
    annotation = _bare(annotation)
    origin, inside = get_origin(annotation), [_bare(one) for one in get_args(annotation)]
    if origin is Literal:
        return Holds.CHOICE
    if origin is dict:
        return Holds.BY_NAME
    if origin is list:
        inner = inside[0]
        is_table = isinstance(inner, type) and issubclass(inner, BaseModel)
        return Holds.TABLES if is_table else Holds.WHOLES if inner is int else Holds.TEXTS
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Holds.TABLE
    return {str: Holds.TEXT, bool: Holds.FLAG, int: Holds.WHOLE, float: Holds.NUMBER}[annotation]


def _bare(annotation: Any) -> Any:
    """A type without its bounds, and without “or None”."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    without = [one for one in get_args(annotation) if one is not NoneType]
    return _bare(without[0]) if NoneType in get_args(annotation) else annotation


def _literals(annotation: Any) -> Sequence[str]:
    bare = _bare(annotation)
    return get_args(bare) if get_origin(bare) is Literal else ()


def _parts(annotation: Any) -> list[type]:
    if isinstance(annotation, type):
        return [annotation]
    return [part for inside in get_args(annotation) for part in _parts(inside)]
