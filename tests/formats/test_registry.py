"""Formats are found through entry points, ours like any other's."""

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from coder.formats import EventFormat, event_formats, find_format
from coder.formats.events_csv import CsvFormat
from coder.formats.registry import GROUP
from coder.model.problem import FormatError

CSV = EntryPoint("csv", "coder.formats.events_csv:CsvFormat", GROUP)


def test_the_built_in_formats_are_registered_like_any_other() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    entries = [EntryPoint(name, value, GROUP) for name, value in project["entry-points"][GROUP].items()]
    formats = event_formats(entries)
    assert list(formats) == [entry.name for entry in entries]
    assert isinstance(formats["csv"], CsvFormat)
    assert all(isinstance(one, EventFormat) for one in formats.values())


def test_a_format_is_found_by_id_or_suffix() -> None:
    formats = event_formats([CSV])
    assert find_format("csv", formats) is find_format("some/Events.CSV", formats) is formats["csv"]
    with pytest.raises(FormatError, match=r"There is no format for “events\.xyz”\. There are: csv\."):
        find_format("events.xyz", formats)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("no.such.module:Format", "The format “bad” cannot be loaded: No module named 'no'."),
        ("coder.formats.events_csv:NoFormat", "The format “bad” cannot be loaded: "),
        ("builtins:int", "“bad” is registered as a format and is none."),
    ],
)
def test_a_broken_format_is_named(value: str, told: str) -> None:
    with pytest.raises(FormatError) as raised:
        event_formats([CSV, EntryPoint("bad", value, GROUP)])
    (problem,) = raised.value.problems
    assert problem.what.startswith(told)
    assert value in problem.hint
