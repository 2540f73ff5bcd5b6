"""Mistakes of form in a scheme or a course file – missing, unknown and mistyped fields – in plain sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from coder.formats.scheme_document import SchemeDocument
from coder.formats.scheme_flaw import Flaw, did_you_mean
from coder.language import later, plural, tr

_KINDS = {
    str: later("text"),
    bool: later("true or false"),
    int: later("a whole number"),
    float: later("a number with a point"),
    list: later("a list"),
    dict: later("a table"),
}
_DATE = later("a date or time")
_WANTED = {
    "string_type": (later("text"), later("Write it in quotes.")),
    "bool_type": (later("true or false"), later("Write true or false, without quotes.")),
    "int_type": (later("a whole number"), later("Write digits only, without quotes, point or unit.")),
    "int_from_float": (later("a whole number"), later("Write digits only, without quotes, point or unit.")),
    "float_type": (later("a number"), later("Write it without quotes.")),
    "list_type": (later("a list"), later("Write it in square brackets, or as [[…]] for a list of tables.")),
    "dict_type": (later("a table"), later("Write it as { name = value }.")),
    "model_type": (
        later("a table"),
        later("Write it as { name = value }, or under a heading in square brackets."),
    ),
}
_BOUNDS = (
    ("ge", later("at least")),
    ("gt", later("more than")),
    ("le", later("at most")),
    ("lt", later("less than")),
)


def form_flaws(
    error: ValidationError, raw: Mapping[str, Any], document: type[BaseModel] = SchemeDocument
) -> Iterator[Flaw]:
    """The findings of pydantic about a `document`, each with its path."""
    for detail in error.errors(include_url=False, include_context=True):
        what, hint = _sentence(detail, raw, document)
        path = detail["loc"]
        # A missing field has no line; its table has.
        yield Flaw(path[:-1] if detail["type"] == "missing" else path, what, hint)


def _sentence(  # noqa: PLR0911 - one kind, one line
    detail: ErrorDetails, raw: Mapping[str, Any], document: type[BaseModel]
) -> tuple[str, str]:
    kind, path, given = detail["type"], detail["loc"], detail["input"]
    field = str(path[-1]) if path else ""
    limits = detail.get("ctx", {})
    if kind == "missing":
        return tr("The field “{field}” is missing.", field=field), tr("Add it.")
    if kind == "extra_forbidden":
        fields = [name for name in _fields_at(path[:-1], document) if name not in _table_at(path[:-1], raw)]
        return tr("There is no field “{field}”.", field=field), did_you_mean(field, fields) or tr("Remove it.")
    if kind in _WANTED:
        wanted, hint = _WANTED[kind]
        found = _KINDS.get(type(given))
        return tr(
            "Here must be {wanted}, not {given}.", wanted=tr(wanted), given=tr(found) if found else tr(_DATE)
        ), tr(hint)
    if kind == "literal_error":
        expected = str(limits["expected"]).replace(" or ", ", ").replace("'", "")
        return tr("“{given}” is not possible here.", given=given), did_you_mean(str(given), expected.split(", "))
    if kind == "string_pattern_mismatch":
        if not str(given).strip():
            return tr("The text is empty."), tr("Fill it in.")
        return tr("“{given}” cannot be an id.", given=given), tr(
            "Use small letters, digits, - and _, with a letter first."
        )
    if kind == "too_short":
        least = limits["min_length"]
        what = plural("Here must be at least {count} entry.", "Here must be at least {count} entries.", least)
        return what, tr("Add what is missing.")
    for bound, word in _BOUNDS:
        if bound in limits:
            return tr(
                "{given} is out of range: it must be {word} {limit:.7g}.",
                given=given,
                word=tr(word),
                limit=limits[bound],
            ), ""
    return f"{detail['msg']}.", ""


def _fields_at(path: tuple[str | int, ...], model: type[BaseModel]) -> list[str]:
    """The fields that the table at a path may have. model: the whole document."""
    for step in path:
        if isinstance(step, str):
            inner = [part for part in _parts(model.model_fields[step].annotation) if issubclass(part, BaseModel)]
            model = inner[0]
    return [field.alias or name for name, field in model.model_fields.items()]


def _parts(annotation: Any) -> list[type]:
    """The classes inside a type: list[X] and X | None give X."""
    if isinstance(annotation, type):
        return [annotation]
    return [part for inside in getattr(annotation, "__args__", ()) for part in _parts(inside)]


def _table_at(path: tuple[str | int, ...], raw: Any) -> Mapping[str, Any]:
    for step in path:
        raw = raw[step]
    return raw if isinstance(raw, dict) else {}
