"""Lines of values in TOML text."""

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from coder.formats.toml_places import line_of, lines_of
from tests.formats import UNHURRIED

TEXT = '''\
# a comment with [[brackets]] and x = 1
name = "x # no comment ["
long = """
key = "not a key"
[not.a.table]
""" # done
"quoted key" = 'C:\\'

[[tiers]]
id = "a"
    [[tiers.codes]]
    id = "a1"
    tags = [
        "x",   # ] still inside
        { id = "o", deep = [1,
            2] },
    ]
    [[tiers.codes]]
    id = "a2"
[[tiers]]
[[tiers.codes]]
id.sub = 3
[plain]
last = 1979-05-27 07:32:00
'''


def test_lines() -> None:
    lines = lines_of(TEXT)
    assert {path: line for path, line in lines.items() if path[0] != "tiers"} == {
        ("name",): 2,
        ("long",): 3,
        ("quoted key",): 7,
        ("plain",): 23,
        ("plain", "last"): 24,
    }
    tier = {path[2:]: line for path, line in lines.items() if path[:2] == ("tiers", 0)}
    assert tier == {
        (): 9,
        ("id",): 10,
        ("codes",): 11,
        ("codes", 0): 11,
        ("codes", 0, "id"): 12,
        ("codes", 0, "tags"): 13,
        ("codes", 0, "tags", 0): 14,
        ("codes", 0, "tags", 1): 15,
        ("codes", 0, "tags", 1, "id"): 15,
        ("codes", 0, "tags", 1, "deep"): 15,
        ("codes", 0, "tags", 1, "deep", 0): 15,
        ("codes", 0, "tags", 1, "deep", 1): 16,
        ("codes", 1): 18,
        ("codes", 1, "id"): 19,
    }
    assert lines["tiers", 1, "codes", 0, "id", "sub"] == 22


def test_what_has_no_line_has_that_of_what_is_around_it() -> None:
    lines = lines_of(TEXT)
    assert line_of(("tiers", 0, "codes", 0, "missing", 3), lines) == 11
    assert line_of(("nowhere",), lines) == 1


def test_every_value_of_the_shipped_schemes_has_its_own_line() -> None:
    for path in (Path(__file__).parents[2] / "schemes").glob("*.toml"):
        text = path.read_text("utf-8")
        lines = lines_of(text)
        rows = text.splitlines()
        for steps in _paths(tomllib.loads(text), ()):
            assert steps in lines, steps
            if isinstance(steps[-1], str):
                assert steps[-1] in rows[lines[steps] - 1]


def _paths(value: object, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    pairs: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    return [deeper for step, inner in pairs for deeper in [(*path, step), *_paths(inner, (*path, step))]]


@UNHURRIED
@given(st.text(alphabet="[]{}=.,\"'#\n \\ab1", max_size=60))
def test_no_text_is_too_wild(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_of(text).values())
