"""Drafts of schemes: an edit changes its own lines, says exactly what was meant, and is never lost."""

import difflib
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from coder.formats import parse_scheme
from coder.formats.scheme_draft import SchemeDraft
from coder.formats.toml_writing import folded, table_text
from coder.model.problem import SchemeError
from tests.formats import UNHURRIED

SCHEMES = Path(__file__).parents[2] / "schemes"
FILES = sorted([*SCHEMES.glob("*.toml"), *SCHEMES.glob("templates/*.toml")])
SMALL = (Path(__file__).parent / "small.toml").read_text("utf-8")
GAZE = (SCHEMES / "gaze-near.toml").read_bytes().decode()
BLANK = (SCHEMES / "templates" / "blank.toml").read_bytes().decode()
CODE = ("tiers", 0, "codes")


def changes(before: str, after: str) -> list[str]:
    """The lines that went (-) and came (+)."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line.strip() for line in lines if line[0] in "-+"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_stays_sign_by_sign(path: Path) -> None:
    text = path.read_bytes().decode()
    draft = SchemeDraft.of(text)
    assert draft.text().encode() == path.read_bytes()
    assert draft.problems() == ()
    assert draft.scheme() == parse_scheme(text, "scheme.toml")


def no_edits(draft: SchemeDraft, every: int) -> Iterator[SchemeDraft]:
    """What changes nothing: a field as it is, a move to and fro, what is added and taken away."""
    for path, value in list(places(draft.value()))[::every]:
        yield draft.with_value(path, value)
        if isinstance(path[-1], int):
            last = len(draft.value(path[:-1])) - 1
            yield draft.moved(path, 1).moved((*path[:-1], min(path[-1] + 1, last)), -1 if path[-1] < last else 0)
            yield draft.with_added(path[:-1], value, path[-1]).without(path)


@pytest.mark.parametrize("path", [*FILES, None], ids=lambda path: path.stem if path else "small")
def test_what_changes_nothing_leaves_the_scheme_as_it_was(path: Path | None) -> None:
    draft = SchemeDraft.of(path.read_bytes().decode() if path else SMALL)
    edits = list(no_edits(draft, 3 if len(draft.text()) < 4000 else 11))
    assert len(edits) > 15
    for same in edits:
        assert same.value() == draft.value()


def test_a_new_definition_changes_its_own_lines_and_no_others() -> None:
    path = (*CODE, 0, "definition")
    draft = SchemeDraft.of(GAZE)
    words = " ".join(draft.value(path).split()).replace("cheeks, forehead", "cheeks, brow")
    edited = draft.with_value(path, folded(words)).with_value(("version",), "9.1")
    told = changes(GAZE, edited.text())
    assert [line for line in told if "version" in line] == ['- version = "1.1"', '+ version = "9.1"']
    assert {line[2:8] for line in told if "version" not in line} <= {
        "The ch",
        "which ",
        "in whi",
        "the fr",
        "frame ",
    }
    assert edited.scheme().code("cg", "cg_face").definition == words


def test_a_value_keeps_the_remark_behind_it() -> None:
    edited = SchemeDraft.of(BLANK).with_value(("tiers", 0, "kind"), "interval")
    (line,) = [line for line in edited.text().splitlines() if "interval" in line]
    assert line.startswith('kind = "interval"')
    assert line.endswith("# a state has an onset and an offset")


def test_a_new_code_stands_among_those_of_its_tier_and_reads_like_the_rest() -> None:
    entry = {"id": "new", "label": "New", "key": "Z", "definition": "…"}
    edited = SchemeDraft.of(BLANK).with_added(CODE, entry, 1)
    assert sorted(changes(BLANK, edited.text())) == sorted(
        ["+", "+ [[tiers.codes]]", '+ id = "new"', '+ label = "New"', '+ key = "Z"', '+ definition = "…"']
    )
    assert [code.id for code in edited.scheme().tiers[0].codes] == ["play_on", "new", "play_off", "unc"]
    assert SchemeDraft.of(edited.text()).without((*CODE, 1)).text() == BLANK
    first = SchemeDraft.of(BLANK).with_added(("modifiers",), {"id": "how"})
    assert first.text() == f'{BLANK}\n[[modifiers]]\nid = "how"\n'
    assert first.without(("modifiers", 0)).text() == BLANK


def test_comments_go_where_the_table_below_them_goes() -> None:
    text = GAZE.replace("\r\n", "\n")
    moved = SchemeDraft.of(text).moved(("tiers", 0), 1)
    rows = moved.text().splitlines()
    assert [rows[at - 2].strip("# ─") for at, row in enumerate(rows) if row == "[[tiers]]"][:2] == [
        "Parent’s gaze",
        "Child’s gaze",
    ]
    assert sorted(moved.text().splitlines()) == sorted(text.splitlines())
    assert moved.moved(("tiers", 1), -1).text() == text


def test_what_was_removed_is_missed_where_it_is_named() -> None:
    draft = SchemeDraft.of(SMALL).without(("modifiers", 0)).without((*CODE, 1))
    assert [(path, problem.what) for path, problem in draft.problems()] == [
        (("tiers", 0, "default"), "The tier has no code “calm”."),
        ((*CODE, 0, "modifiers", 0), "There is no modifier “how”."),
        (("tiers", 1, "codes", 0, "modifiers", 0), "There is no modifier “how”."),
    ]
    with pytest.raises(SchemeError):
        draft.scheme()


def test_an_edit_of_a_place_that_is_not_there_is_a_mistake_of_the_program() -> None:
    draft = SchemeDraft.of(SMALL)
    for act in (
        lambda: draft.without(("nothing",)),
        lambda: draft.without((*CODE, 9)),
        lambda: draft.moved((*CODE, 9), 1),
        lambda: draft.moved(("name",), 1),
        lambda: draft.with_value((*CODE, 9, "label"), "x"),
        lambda: draft.with_value(("name", "deeper"), "x"),
        lambda: draft.with_added(("name",), {}),
    ):
        with pytest.raises(KeyError):
            act()
    assert draft.value(("tiers", "codes")) is None


def test_a_text_that_is_no_toml_is_no_draft() -> None:
    with pytest.raises(SchemeError, match="not valid TOML"):
        SchemeDraft.of("name = [")


def test_tables_that_are_missing_on_the_way_are_made() -> None:
    path = ("tiers", 1, "codes", 0, "anchors", "3")
    edited = SchemeDraft.of(BLANK).with_value(path, "Some.")
    assert '\nanchors = { 3 = "Some." }\n' in edited.text()
    assert edited.without(path).text() == BLANK


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every place in the tables with what stands there."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from places(inner, (*path, at))


LEAVES = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="a\n\"'\\\t\r# é\u2028", max_size=200),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=True),
    st.booleans(),
    st.dates(),
    st.times().map(lambda time: time.replace(fold=0)),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


START = """\
name = "x" # a remark
texts = ["a", "b"]
many = [
    { id = "one", deep = { x = 1 } }, # another
    { id = "two" },
]

# a line of comment
[[tiers]]
id = "t"
[tiers.scale]
low = 1

[[tiers.codes]]
id = "c"
[[tiers.codes]]
id = "d"

[[late]]
id = "l"

[[tiers]]
codes = [{ id = "e" }]
"""
EDITS = st.tuples(st.sampled_from(["set", "new", "add", "remove", "move"]), st.integers(0, 99), VALUES)


def edited(draft: SchemeDraft, what: str, pick: int, value: Any) -> SchemeDraft:
    """The draft after an edit somewhere, if it has a place for it."""
    wanted = {"new": dict, "add": list}.get(what)
    found = [path for path, known in places(draft.value()) if wanted is None or isinstance(known, wanted)]
    found = [path for path in found if what != "move" or isinstance(path[-1], int)]
    if not found:
        return draft
    path = found[pick % len(found)]
    match what:
        case "set":
            return draft.with_value(path, value)
        case "new":
            return draft.with_value((*path, f"new{pick}"), value)
        case "add":
            return draft.with_added(path, value, pick % 3)
        case "remove":
            return draft.without(path)
    return draft.moved(path, pick % 5 - 2)


@settings(UNHURRIED, max_examples=40, phases=(Phase.explicit, Phase.generate, Phase.shrink))
@given(st.lists(EDITS, min_size=1, max_size=8))
@example([("set", 9, []), ("add", 2, "")])
def test_no_sequence_of_edits_fails_or_loses_a_word(edits: list[tuple[str, int, Any]]) -> None:
    draft = SchemeDraft.of(START)
    for what, pick, value in edits:
        draft = edited(draft, what, pick, value)
        assert repr(sort(tomllib.loads(draft.text()))) == repr(sort(draft.value()))
    assert all(isinstance(path, tuple) and problem.what for path, problem in draft.problems())


def sort(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: sort(value[key]) for key in sorted(value)}
    return [sort(one) for one in value] if isinstance(value, list) else value


@UNHURRIED
@given(st.dictionaries(st.text(max_size=6), VALUES, max_size=5))
def test_any_tables_can_be_written(tables: dict[str, Any]) -> None:
    assert repr(sort(tomllib.loads(table_text(tables)))) == repr(sort(tables))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scheme_written_anew_is_the_same_scheme(path: Path) -> None:
    draft = SchemeDraft.of(path.read_bytes().decode())
    again = parse_scheme(table_text(draft.value()), "again.toml")
    assert replace(again, id=draft.scheme().id) == draft.scheme()
