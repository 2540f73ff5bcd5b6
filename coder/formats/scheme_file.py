"""Scheme files: read, checked with all mistakes listed at once, and turned into the model's `Scheme`.

A scheme's identity holds the sha256 of the exact text, line ends included (only a byte order mark does not count):
two coders are compared only if they had the very same words before them.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from coder.formats import toml_reading as reading
from coder.formats.files import read_text
from coder.formats.scheme_document import SchemeDocument
from coder.formats.scheme_flaw import Flaw, did_you_mean
from coder.formats.scheme_form import form_flaws
from coder.formats.scheme_node import Node, place_words
from coder.formats.scheme_rules import flaws
from coder.formats.scheme_words import scheme_of
from coder.formats.toml_places import Path as Steps
from coder.formats.toml_places import line_of, lines_of
from coder.language import later, tr
from coder.model.problem import Problem, SchemeError
from coder.model.scheme import Scheme, SchemeId

MAX_BYTES = 500_000
SUFFIX = ".toml"

_MARK = "\ufeff"
_KIND = reading.Kind(
    SchemeError,
    empty=later("Start from one of the schemes that came with it."),
    too_deep=later("The tables and lists are nested too deeply for a scheme."),
    written=later("Schemes are written in TOML; see docs/schemes.md."),
)


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
    return reading.toml_tables(text, name, _KIND)


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
