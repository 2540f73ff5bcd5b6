"""Everything that a person sees passes through the catalogues."""

import ast
from pathlib import Path

import pytest

from tests.language.unspoken import unspoken

PACKAGE = Path(__file__).parents[2] / "coder"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

ENGLISH = ("cli/", "report/", "reliability/", "analysis/", "model/", "store/migrations/")
"""The command line and the report stay English: what a program reads, and what goes into a paper."""

NOT_YET: set[str] = set()
"""Modules whose texts are not gathered yet. This list only shrinks."""


@pytest.mark.parametrize("place", [place for place in MODULES if not place.startswith(ENGLISH)])
def test_no_text_bypasses_the_catalogues(place: str) -> None:
    found = unspoken(PACKAGE / place, place)
    if place in NOT_YET:
        assert found, f"{place} is converted: take it off the list"
    else:
        assert not [(one.line, one.text) for one in found], "put it through tr, plural or later"


def test_the_list_names_modules_that_exist() -> None:
    assert set(MODULES) >= NOT_YET


def calls(place: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse((PACKAGE / place).read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]


@pytest.mark.parametrize("place", MODULES)
def test_only_literals_and_constants_are_translated(place: str) -> None:
    """A sentence that is put together cannot be gathered; a constant was marked where it is written."""
    wrong = []
    for call in calls(place):
        name = getattr(call.func, "id", "")
        texts = {"tr": call.args[:1], "plural": call.args[:2], "later": call.args[:1]}.get(name, [])
        literal = (
            (ast.Constant,)
            if name in ("plural", "later")
            else (ast.Constant, ast.Name, ast.Attribute, ast.Subscript)
        )
        wrong += [(call.lineno, ast.unparse(text)) for text in texts if not isinstance(text, literal)]
    assert not wrong


def test_constants_are_translated_where_they_are_shown() -> None:
    """Every use of a text that was marked with `later` stands in `tr(…)`; private ones in their module."""
    marked, wrong = {}, []
    for place in MODULES:
        for node in ast.parse((PACKAGE / place).read_text("utf-8")).body:
            value = getattr(node, "value", None)
            if (
                isinstance(node, ast.Assign)
                and isinstance(value, ast.Call)
                and getattr(value.func, "id", "") == "later"
            ):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                for name in names:
                    marked.setdefault(place if name.startswith("_") else "", set()).add(name)
    for place in MODULES:
        tree = ast.parse((PACKAGE / place).read_text("utf-8"))
        here = marked.get("", set()) | marked.get(place, set())
        passed = {id(argument) for call in calls_of(tree, SPOKEN_LATER) for argument in call.args}
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for node in (inner for function in functions for inner in ast.walk(function)):
            used = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in here
            if used and id(node) not in passed:
                wrong.append(f"{place}:{node.lineno} {ast.unparse(node)}")
    assert not wrong


SPOKEN_LATER = {"tr", "Command", "Remark", "_said"}
"""What takes a marked text and speaks it, or keeps it as data that is spoken where it is shown."""


def calls_of(tree: ast.AST, names: set[str]) -> list[ast.Call]:
    def name(call: ast.Call) -> str:
        return getattr(call.func, "id", "") or getattr(call.func, "attr", "")

    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and name(node) in names]
