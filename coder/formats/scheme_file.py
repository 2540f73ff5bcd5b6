"""Scheme files: read, checked with all mistakes listed at once, and turned into the model's `Scheme`.

A scheme's identity holds the sha256 of the exact text, line ends included (only a byte order mark does not count):
two coders are compared only if they had the very same words before them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from coder.formats.files import read_text
from coder.formats.scheme_document import SchemeDocument
from coder.formats.scheme_flaw import Flaw, did_you_mean
from coder.formats.scheme_form import form_flaws
from coder.formats.scheme_node import Node, place_words
from coder.formats.scheme_rules import flaws
from coder.formats.scheme_words import scheme_of
from coder.formats.toml_places import DEEPEST, line_of, lines_of
from coder.formats.toml_places import Path as Steps
from coder.language import later, tr
from coder.model.problem import Problem, SchemeError
from coder.model.scheme import Scheme, SchemeId

MAX_BYTES = 500_000
SUFFIX = ".toml"

_MARK = "\ufeff"
_SYNTAX = re.compile(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_ENDLESS_KEY = re.compile(r"(?:[\"'\w-]{1,64}[ \t]*\.[ \t]*){100}")
_TOO_DEEP = later("The tables and lists are nested too deeply for a scheme.")
_YAML = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:---|[\w-]+:(?:\s|$))")


def scheme_text(path: Path) -> str:
    """The exact text of a scheme file, without a byte order mark.

    Raises SchemeError if there is no such file, if it cannot be read, is no text, or is too large for a scheme.
    """
    return read_text(path, MAX_BYTES, SchemeError)


def read_scheme(path: Path) -> Scheme:
    """The scheme in a file. Raises SchemeError with all the file's problems."""
    return parse_scheme(scheme_text(path), path.name)


def parse_scheme(text: str, name: str) -> Scheme:
    """The scheme in a text. name: what problems call the text, usually its file's name.

    Raises SchemeError with all problems of the text.
    """
    text = text.removeprefix(_MARK)
    raw = toml_tables(text, name)
    if "scheme" in raw and "name" not in raw:  # all that a scheme has and this lacks would say nothing
        what = tr("This is a translation of “{scheme}”, not a scheme.", scheme=raw["scheme"])
        hint = tr("Put it into the folder “translations” beside your own schemes; it is found there.")
        raise SchemeError(Problem(what, name, hint))
    problems = tuple(problem for _, problem in placed_problems(raw, text, name))
    if problems:
        raise SchemeError(*problems)
    document = SchemeDocument.model_validate(raw)
    identity = SchemeId(document.name, document.version, sha256(text.encode()).hexdigest())
    return scheme_of(document, identity)


def scheme_problems(path: Path) -> tuple[Problem, ...]:
    """All that is wrong with a scheme file, in the order of its lines; empty if nothing is."""
    try:
        read_scheme(path)
    except SchemeError as error:
        return tuple(error.problems)
    return ()


def schemes(folder: Path) -> tuple[Path, ...]:
    """The scheme files of a folder, by name."""
    return tuple(sorted(folder.glob(f"*{SUFFIX}")))


def find_scheme(name_or_path: str, folder: Path, others: Mapping[str, Path] = MappingProxyType({})) -> Path:
    """The scheme file that a person means: the name of a scheme in `folder`, else one of `others`, else a path.

    Raises SchemeError, with the names there are, if it is none of them.
    """
    known = {**others, **{path.stem: path for path in schemes(folder)}}
    if name_or_path in known:
        return known[name_or_path]
    path = Path(name_or_path)
    if path.is_file():
        return path
    if path.suffix or len(path.parts) > 1:
        raise SchemeError(
            Problem(tr("There is no such file."), name_or_path, tr("Check the name and the folder."))
        )
    raise SchemeError(
        Problem(
            tr("There is no scheme “{name}”.", name=name_or_path),
            "",
            did_you_mean(name_or_path, known),
        )
    )


def toml_tables(text: str, name: str) -> dict[str, Any]:
    """The text as TOML. Raises SchemeError with the line of the first mistake of syntax, where TOML stops."""
    if not text.strip():
        raise SchemeError(
            Problem(tr("The file is empty."), name, tr("Start from one of the schemes that came with it."))
        )
    if _ENDLESS_KEY.search(text):
        # tomllib needs time that grows with the square of a key's parts.
        raise SchemeError(
            Problem(tr("The file holds a name with more than 100 dots."), name, tr("Shorten the name."))
        )
    try:
        raw = tomllib.loads(text)
    except RecursionError:
        raise SchemeError(Problem(tr(_TOO_DEEP), name, tr("Check that it is the right file."))) from None
    except ValueError as error:
        if Path(name).suffix in (".yaml", ".yml", ".json") or _YAML.match(text):
            what, hint = tr("This is not a TOML file."), tr("Schemes are written in TOML; see docs/schemes.md.")
            raise SchemeError(Problem(what, name, hint)) from None
        found = _SYNTAX.fullmatch(str(error))
        reason, line = (found[1], found[2]) if found else (str(error), None)
        where = f"{name}:{line or max(len(text.splitlines()), 1)}"
        raise SchemeError(
            Problem(tr("This is not valid TOML: {reason}.", reason=reason), where, _syntax_hint(reason))
        ) from None
    if excess := _excess(raw):
        raise SchemeError(Problem(excess, name, tr("Check that it is the right file.")))
    return raw


def _excess(raw: dict[str, Any]) -> str:
    """What no scheme has and the checks behind could stumble over; "" if all is within bounds."""
    left: list[tuple[Any, int]] = [(raw, 0)]
    while left:
        value, depth = left.pop()
        if depth > DEEPEST:
            return tr(_TOO_DEEP)
        if isinstance(value, dict | list):
            inside = value.values() if isinstance(value, dict) else value
            left.extend((one, depth + 1) for one in inside)
        elif isinstance(value, int) and not -(2**63) <= value < 2**63:
            return tr("The file holds a number of more than 64 bits.")
    return ""


def _syntax_hint(reason: str) -> str:
    if "overwrite" in reason or "twice" in reason:
        return tr("The same field or table is given twice; remove one.")
    if "end of document" in reason or "Unterminated" in reason or "Illegal character" in reason:
        return tr("A quote or bracket before this place is not closed.")
    return tr("Texts stand in quotes, true and false are lower case, lists stand in square brackets.")


def placed_problems(raw: Mapping[str, Any], text: str, name: str) -> Iterator[tuple[Steps, Problem]]:
    """Mistakes of form and of meaning together, in the order of the lines, each with its path in the tables.

    raw: what `text` holds. name: what problems call the text.
    """
    try:
        SchemeDocument.model_validate(raw)
        form: list[Flaw] = []
    except ValidationError as error:
        form = list(form_flaws(error, raw))
    lines = lines_of(text)
    found = dict.fromkeys([*form, *flaws(Node((), raw))])
    for flaw in sorted(found, key=lambda flaw: line_of(flaw.path, lines)):
        words = place_words(flaw.path, raw)
        where = f"{name}:{line_of(flaw.path, lines)}{f' {words}' if words else ''}"
        yield flaw.path, Problem(flaw.what, where, flaw.hint)
