"""Rules of the house that import-linter and ruff cannot check (see `coder/README.md`)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "coder"
MODULES = sorted(PACKAGE.rglob("*.py"))

HOMES = {
    "av": ("media",),
    "sqlalchemy": ("store",),
    "alembic": ("store",),
    "sqlcipher3": ("store",),
    "pyarrow": ("store",),
    "pydantic": ("formats", "settings"),
    "cv2": ("features",),
    "mediapipe": ("features",),
    "jinja2": ("report",),
    "click": ("cli",),
    "tomlkit": ("formats",),
    "pandas": ("analysis", "workflows/budgets.py"),
    "platformdirs": ("settings",),
    "PyQt6": ("desktop", "annotate/view"),
}
NETWORK = {"socket", "urllib", "http", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "ssl", "websockets"}
DRAWERS = {"utils", "util", "misc", "common", "helpers", "manager", "base"}
EXEMPTION = re.compile(r"#\s*(noqa|type: ignore)(\S*)(.*)")


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def names(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.alias):
            yield node.lineno, node.name


def test_there_is_something_to_check() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("library", HOMES)
def test_each_heavy_library_has_one_home(library: str) -> None:
    strays = [
        f"{place(path)}:{line} imports {module}"
        for path in MODULES
        for line, module in imports(path)
        if module.split(".")[0] == library and not place(path).startswith(HOMES[library])
    ]
    assert not strays


def test_nothing_connects_outside() -> None:
    strays = [
        f"{place(path)}:{line} imports {module}"
        for path in MODULES
        for line, module in imports(path)
        if module.split(".")[0] in NETWORK or module.startswith("PyQt6.QtNetwork")
    ]
    assert not strays


def test_message_boxes_stand_in_one_place() -> None:
    strays = [
        f"{place(path)}:{line}"
        for path in MODULES
        if place(path) != "desktop/errors.py"
        for line, name in names(path)
        if name == "QMessageBox"
    ]
    assert not strays


@pytest.mark.parametrize("name", ["blockSignals", "processEvents"])
def test_signals_are_never_silenced_nor_forced(name: str) -> None:
    strays = [f"{place(path)}:{line}" for path in MODULES for line, found in names(path) if found == name]
    assert not strays


def test_no_drawer_for_odds_and_ends() -> None:
    assert not [place(path) for path in MODULES if {path.stem, *path.relative_to(PACKAGE).parts} & DRAWERS]


def test_modules_can_be_read_at_a_sitting() -> None:
    lengths = {place(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert not {name: lines for name, lines in lengths.items() if lines > 400}


def test_every_module_says_what_it_is() -> None:
    assert not [place(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]


def test_every_exemption_gives_its_reason() -> None:
    bare = []
    for path in [*MODULES, *sorted((PACKAGE.parent / "tests").rglob("*.py"))]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            found = EXEMPTION.search(line)
            if found and "EXEMPTION" not in line and len(re.sub(r"[^A-Za-z]", "", found[3])) < 10:
                bare.append(f"{path.name}:{number} {found[0]}")
    assert not bare


def test_the_contracts_name_every_module_of_coding_that_is_free_of_qt() -> None:
    named = (PACKAGE.parent / "pyproject.toml").read_text("utf-8")
    for module in sorted((PACKAGE / "annotate").glob("[!_]*.py")):
        assert named.count(f'"coder.annotate.{module.stem}"') == 2, module.stem
