"""Frozen values of the model as text and back: for what is kept whole, as nobody asks the database for parts.

JSON. What is as its default says is left out, so that a field added later, with a default, leaves the text of
older values, and its hash, as they were.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_Value = TypeVar("_Value")


def text_of(value: object) -> str:
    """A frozen dataclass as JSON; the same value always gives the same text. Raises ValueError for a NaN."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def of_text(kind: type[_Value], text: str) -> _Value:
    """The value of that dataclass from its text; ValueError, KeyError or TypeError if the text is damaged."""
    value: _Value = of_plain(kind, json.loads(text))
    return value


def plain(value: Any) -> Any:
    """The value as JSON knows it: mappings with other keys than texts become lists of pairs."""
    if is_dataclass(value):
        return {
            one.name: plain(held)
            for one in fields(value)
            if (held := getattr(value, one.name)) != one.default or one.default is MISSING
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {key: plain(held) for key, held in value.items()}
        return [[plain(key), plain(held)] for key, held in value.items()]
    if isinstance(value, tuple):
        return [plain(held) for held in value]
    return value


def of_plain(kind: Any, value: Any) -> Any:
    """The value of a type from what `plain` made of it."""
    if is_dataclass(kind):
        return _made(kind, value)
    if (origin := get_origin(kind)) is not None:
        return _of_several(origin, get_args(kind), value)
    if issubclass(kind, Enum) or (kind is float and isinstance(value, int)):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _of_several(origin: Any, inner: tuple[Any, ...], value: Any) -> Any:
    """What may be missing, a tuple, or a mapping."""
    if origin in (UnionType, Union):
        return None if value is None else of_plain(next(one for one in inner if one is not NoneType), value)
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(of_plain(one, held) for one, held in zip(kinds, value, strict=True))
    pairs = value.items() if isinstance(value, dict) else value
    return {of_plain(inner[0], key): of_plain(inner[1], held) for key, held in pairs}


def _made(kind: Any, values: dict[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(**{name: of_plain(hints[name], held) for name, held in values.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
