"""Finds texts that a person would see and that did not pass through `tr`, `plural` or `later`."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SAYERS = {"tr", "plural", "later"}
_SETTERS = re.findall(
    r"\w+",
    """setText setToolTip setStatusTip setWhatsThis setAccessibleName setAccessibleDescription setPlaceholderText
    setWindowTitle setTitle setSuffix setPrefix addAction addMenu addTab addRow addItem setHeaderLabels say refuse
    add QLabel QPushButton QToolButton QCheckBox QRadioButton QGroupBox QAction QMenu QFileDialog""",
)
SINKS: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    # what shows a text: the positions and the names of the arguments that hold it
    "Problem": ((0, 2), ("what", "hint")),
    "Flaw": ((1, 2), ("what", "hint")),
    "RowError": ((1, 2), ("what", "hint")),
    "report": ((0, 1), ("what", "hint")),
    "_report": ((3,), ("taken_by",)),
    "label": ((0,), ("text",)),
    "button": ((0,), ("text",)),
    "Card": ((0,), ("heading",)),
    "SideCard": ((0,), ("heading",)),
    "scrolled": ((1,), ("name",)),
    "Table": ((1,), ("name",)),
    "Action": ((1, 4), ("label", "tip")),
    "Submenu": ((1,), ("label",)),
    "Menu": ((0,), ("label",)),
    "Item": ((0,), ("label",)),
    "Column": ((0,), ("label",)),
    "Advice": ((1, 2, 3), ("heading", "line", "button")),
    "Command": ((2, 3), ("label", "group")),
    "ActionCard": ((0, 1), ("title", "line")),
    "Task": ((0, 3), ("title", "stopped")),
    "Form": ((1, 2, 3), ("title", "do_it", "lead")),
    "__init__": ((0, 1, 2, 3), ("title", "do_it", "lead", "heading")),
    "breakable": ((0,), ()),
    "_done": ((0,), ()),
    "_relinked": ((0,), ()),
    "Strip": ((0,), ()),
    "Definition": ((0,), ()),
    "Progress": ((2,), ("text",)),
    **dict.fromkeys(_SETTERS, ((0, 1), ("text", "title"))),
}
WINDOWS = ("desktop/", "annotate/view/")
EVERYWHERE = {"Problem", "Progress", "Command", "Flaw", "RowError", "report", "_report"}
PARTS = {"what", "hint", "why", "lead", "excess", "said", "told", "words", "line"}  # names that sentences go by
NAMES = {
    "Coder Workstation",
    "QWidget#screen { background: …; } QLabel { color: …; }",
}  # a name is the same in every language
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[^\W\d_]{2,}\W*\s+\W*[^\W\d_]{2,}")
_WHOLE = re.compile(r"^[A-Z“…][^\n]*[^\W\d_]{2,}\W+[^\n]*[.?!]$")
_PLACE = re.compile(r"[^\W\d_]{2,} ")


@dataclass(frozen=True)
class Unspoken:
    """A text that bypasses the catalogues."""

    line: int
    text: str
    node: ast.expr
    in_function: bool


def unspoken(path: Path, place: str) -> list[Unspoken]:
    """The texts of one module that a person would see untranslated. place: inside the package."""
    tree = ast.parse(path.read_text("utf-8"))
    found: dict[tuple[int, int], Unspoken] = {}
    for node, in_function in _walk(tree, in_function=False):
        for text in _shown(node, in_function, place.startswith(WINDOWS)):
            found[text.lineno, text.col_offset] = Unspoken(text.lineno, _text(text), text, in_function)
    return [found[key] for key in sorted(found)]


def spoken(path: Path) -> Iterator[ast.Call]:
    """The calls of `tr`, `plural` and `later`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYERS:
            yield node


def _walk(node: ast.AST, *, in_function: bool) -> Iterator[tuple[ast.AST, bool]]:
    yield node, in_function
    inside = in_function or isinstance(node, (ast.FunctionDef, ast.Lambda))
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, in_function=inside)


def _shown(node: ast.AST, in_function: bool, window: bool) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        positions, keywords = SINKS.get(name, ((), ())) if window or name in EVERYWHERE else ((), ())
        for position, argument in enumerate(node.args):
            if position in positions:
                yield from _literals(argument, _WORD)
        for keyword in node.keywords:
            if keyword.arg in keywords:
                yield from _literals(keyword.value, _WORD)
        if name == "Problem":
            for place in [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "where")]:
                yield from _literals(place, _PLACE)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield from _literals(node.value, _SENTENCE if window else _WHOLE)
    elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        named = {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
        yield from _literals(node.value, _SENTENCE if window else _WORD if named & PARTS else _WHOLE)


def _literals(node: ast.expr, pattern: re.Pattern[str]) -> Iterator[ast.expr]:
    if isinstance(node, (ast.Constant, ast.JoinedStr)):
        if pattern.search(_text(node)) and _text(node) not in NAMES:
            yield node
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):  # "…".join(…), "…".format(…)
            yield from _literals(node.func.value, pattern)
    else:
        inner = {
            ast.BinOp: ("left", "right"),
            ast.IfExp: ("body", "orelse"),
            ast.BoolOp: ("values",),
            ast.Tuple: ("elts",),
            ast.List: ("elts",),
            ast.Dict: ("values",),
            ast.Starred: ("value",),
            ast.Lambda: ("body",),
        }.get(type(node), ())
        for name in inner:
            value = getattr(node, name)
            for one in value if isinstance(value, list) else [value]:
                yield from _literals(one, pattern)


def _text(node: ast.expr) -> str:
    """The constant parts of a text, with … where a value is filled in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    assert isinstance(node, ast.JoinedStr)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
