"""Mistakes of form in a scheme file – missing, unknown and mistyped fields – in plain sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from coder.formats.scheme_document import SchemeDocument
from coder.formats.scheme_flaw import Flaw, did_you_mean

_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a point",
    list: "a list",
    dict: "a table",
}
_WANTED = {
    "string_type": ("text", "Write it in quotes."),
    "bool_type": ("true or false", "Write true or false, without quotes."),
    "int_type": ("a whole number", "Write digits only, without quotes, point or unit."),
    "int_from_float": ("a whole number", "Write digits only, without quotes, point or unit."),
    "float_type": ("a number", "Write it without quotes."),
    "list_type": ("a list", "Write it in square brackets, or as [[…]] for a list of tables."),
    "dict_type": ("a table", "Write it as { name = value }."),
    "model_type": ("a table", "Write it as { name = value }, or under a heading in square brackets."),
}


def form_flaws(error: ValidationError, raw: Mapping[str, Any]) -> Iterator[Flaw]:
    """The findings of pydantic, each with its path."""
    for detail in error.errors(include_url=False, include_context=True):
        what, hint = _sentence(detail, raw)
        path = detail["loc"]
        # A missing field has no line; its table has.
        yield Flaw(path[:-1] if detail["type"] == "missing" else path, what, hint)


def _sentence(detail: ErrorDetails, raw: Mapping[str, Any]) -> tuple[str, str]:  # noqa: PLR0911 - one kind, one line
    kind, path, given = detail["type"], detail["loc"], detail["input"]
    field = str(path[-1]) if path else ""
    limits = detail.get("ctx", {})
    if kind == "missing":
        return f"The field “{field}” is missing.", "Add it."
    if kind == "extra_forbidden":
        fields = [name for name in _fields_at(path[:-1]) if name not in _table_at(path[:-1], raw)]
        return f"There is no field “{field}”.", did_you_mean(field, fields) or "Remove it."
    if kind in _WANTED:
        wanted, hint = _WANTED[kind]
        return f"Here must be {wanted}, not {_KINDS.get(type(given), 'a date or time')}.", hint
    if kind == "literal_error":
        expected = str(limits["expected"]).replace(" or ", ", ").replace("'", "")
        return f"“{given}” is not possible here.", did_you_mean(str(given), expected.split(", "))
    if kind == "string_pattern_mismatch":
        if not str(given).strip():
            return "The text is empty.", "Fill it in."
        return f"“{given}” cannot be an id.", "Use small letters, digits, - and _, with a letter first."
    if kind == "too_short":
        return f"Here must be at least {limits['min_length']} entries.", "Add what is missing."
    for bound, word in (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than")):
        if bound in limits:
            return f"{given} is out of range: it must be {word} {limits[bound]:.7g}.", ""
    return f"{detail['msg']}.", ""


def _fields_at(path: tuple[str | int, ...]) -> list[str]:
    """The fields that the table at a path may have."""
    model: type[BaseModel] = SchemeDocument
    for step in path:
        if isinstance(step, str):
            inner = [part for part in _parts(model.model_fields[step].annotation) if issubclass(part, BaseModel)]
            model = inner[0]
    return list(model.model_fields)


def _parts(annotation: Any) -> list[type]:
    """The classes inside a type: list[X] and X | None give X."""
    if isinstance(annotation, type):
        return [annotation]
    return [part for inside in getattr(annotation, "__args__", ()) for part in _parts(inside)]


def _table_at(path: tuple[str | int, ...], raw: Any) -> Mapping[str, Any]:
    for step in path:
        raw = raw[step]
    return raw if isinstance(raw, dict) else {}
