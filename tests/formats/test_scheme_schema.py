"""What an editor gets from `coder scheme schema`: completion, explanations, and mistakes of form as one types."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from coder.formats import scheme_json_schema, schemes
from coder.settings.shipped import shipped

TEMPLATES = schemes(shipped("schemes") / "templates")
BLANK = shipped("schemes") / "templates" / "blank.toml"


def mistakes(raw: dict[str, Any]) -> list[list[str | int]]:
    return [list(error.absolute_path) for error in Draft202012Validator(scheme_json_schema()).iter_errors(raw)]


def test_it_is_a_schema_itself_and_looks_for_nothing_elsewhere() -> None:
    schema = scheme_json_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "urn:coder-workstation:scheme"
    assert set(schema["required"]) >= {"name", "version", "title", "summary", "tiers"}
    assert "http" not in str({key: value for key, value in schema.items() if key != "$schema"})


def test_editors_can_complete_every_word_that_must_be_one_of_a_few() -> None:
    tier = scheme_json_schema()["$defs"]["TierDocument"]["properties"]
    assert tier["kind"]["enum"] == ["state", "point", "interval", "rating"]
    assert tier["stream"]["enum"] == ["child", "parent", "dyad", "session"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates_fit(path: Any) -> None:
    assert mistakes(tomllib.loads(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda raw: raw.pop("title"), []),
        (lambda raw: raw.update(colour="red"), []),
        (lambda raw: raw.update(version=1.0), ["version"]),
        (lambda raw: raw.update(name="Two words"), ["name"]),
        (lambda raw: raw.update(tiers=[]), ["tiers"]),
        (lambda raw: raw["tiers"][0].update(kind="states"), ["tiers", 0, "kind"]),
        (lambda raw: raw["tiers"][0].update(exclusive="yes"), ["tiers", 0, "exclusive"]),
        (lambda raw: raw["tiers"][0]["codes"][0].update(min_ms=1.5), ["tiers", 0, "codes", 0, "min_ms"]),
        (lambda raw: raw["tiers"][0]["codes"][0].update(definition=" "), ["tiers", 0, "codes", 0, "definition"]),
        (lambda raw: raw["tiers"][0]["targets"][0].update(target=2), ["tiers", 0, "targets", 0, "target"]),
    ],
)
def test_a_mistake_of_form_is_found_at_its_place(
    change: Callable[[dict[str, Any]], object], place: list[str | int]
) -> None:
    raw = tomllib.loads(BLANK.read_text("utf-8"))
    change(raw)
    assert mistakes(raw) == [place]
