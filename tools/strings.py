"""Gather what the program says into the catalogues, and compile them.

    python tools/strings.py            write catalogues/<language>.po and .mo anew; translations are kept
    python tools/strings.py --check    change nothing; 1 if a catalogue is not in step with the source

A message is a literal handed to `tr`, `plural` or `later`. Messages that left the source leave the catalogue.
"""

import argparse
import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "coder"
CATALOGUES = PACKAGE / "language" / "catalogues"
FORMS = {"tr": 1, "later": 1, "plural": 2}
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # a date that changed with every run would change the file
_NOISE = (b'"Report-', b'"Last-', b'"Language-Team', b'"Generated', b'"PO-', b'"POT-')


def gathered() -> Catalog:
    """Every message of the source, with the modules it stands in."""
    catalog = Catalog(project="Coder Workstation", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in messages(path.read_text("utf-8")):
            catalog.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalog


def messages(source: str) -> Iterator[str | tuple[str, ...]]:
    """Every message of a module; the two forms of a plural together.

    Read from the syntax tree: Babel's own reader sees neither a message that fills a place of another one nor one
    that stands in an f-string, and both would stay English.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORMS:
            texts = node.args[: FORMS[node.func.id]]
            forms = tuple(str(text.value) for text in texts if isinstance(text, ast.Constant))
            if len(forms) == FORMS[node.func.id]:
                yield forms if len(forms) > 1 else forms[0]


def languages() -> Iterator[str]:
    """The languages that have a catalogue."""
    yield from sorted(path.stem for path in CATALOGUES.glob("*.po"))


def renewed(language: str) -> tuple[bytes, bytes]:
    """The .po of a language with today's messages and its translations so far, and the .mo made of it."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    catalog.update(gathered(), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = _NO_DATE
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalog, width=110, sort_output=True, include_lineno=False)
    write_mo(compiled, catalog)
    lines = text.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_NOISE)), compiled.getvalue()


def main() -> int:
    """Write or check every catalogue; tells what is not translated yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, say what is not in step")
    check: bool = parser.parse_args().check
    stale = False
    for language in languages():
        text, compiled = renewed(language)
        for ending, content in ((".po", text), (".mo", compiled)):
            path = CATALOGUES / f"{language}{ending}"
            if path.exists() and path.read_bytes() == content:
                continue
            stale = True
            if not check:
                path.write_bytes(content)
        catalog = read_po(io.BytesIO(text), locale=language)
        missing = [one.id for one in catalog if one.id and not all(_strings(one.string))]
        print(f"{language}: {len(catalog)} messages, {len(missing)} not translated")
        for message in missing:
            print(f"  {message!r}")
    return 1 if check and stale else 0


def _strings(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else (str(string),)


if __name__ == "__main__":
    sys.exit(main())
