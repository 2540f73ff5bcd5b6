"""Translations of scheme files: texts in another language, in the same form as in the scheme, by id.

scheme = "gaze-near"                 # which scheme is translated: its name, version and sha256
version = "1.0"
sha256 = "…"
language = "de"
translators = ["…"]

title = "Wer schaut wohin, wie nah"

[tiers.cg]                           # the tier with the id “cg”
label = "Kind schaut auf"

[tiers.cg.codes.cg_face]             # and its code “cg_face”
label = "Gesicht des Elternteils"
examples = ["…", "…"]                # in the order of the scheme

[of]                                 # written by `coder scheme stamp`: marks of the texts that were translated
"title" = "1f0c3a52"
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from coder.formats.files import read_text
from coder.formats.scheme_file import MAX_BYTES, toml_tables
from coder.formats.scheme_flaw import Flaw
from coder.formats.toml_places import line_of, lines_of
from coder.language import tr
from coder.model.problem import Problem, SchemeError
from coder.model.scheme import Scheme, SchemeId
from coder.model.translation import Fit, Translation, fit, mark, texts

FOLDER = "translations"
"""The folder of translations, inside the folder of the schemes; so no translation is taken for a scheme."""

_HEAD = ("scheme", "version", "sha256", "language", "translators")
_LANGUAGE = re.compile(r"[a-z]{2}")
_SHA256 = re.compile(r'^sha256[ \t]*=[ \t]*"[^"\n]*"', re.MULTILINE)
_STAMP = "# Which texts were translated: marks of the originals, written by `coder scheme stamp`. Do not edit.\n"


def translations(folder: Path, scheme: str) -> tuple[Path, ...]:
    """The files with translations of the scheme of that name that lie in a folder of schemes, by name."""
    return tuple(sorted((folder / FOLDER).glob(f"{scheme}.*.toml")))


def is_translation(path: Path) -> bool:
    """True if a file is meant as a translation of a scheme, whatever else may be wrong with it."""
    try:
        raw = toml_tables(read_text(path, MAX_BYTES, SchemeError), path.name)
    except SchemeError:
        return False
    return "scheme" in raw and "name" not in raw


def read_translation(path: Path) -> Translation:
    """The translation in a file. Raises SchemeError with all that is wrong with its form."""
    text = read_text(path, MAX_BYTES, SchemeError)
    raw = toml_tables(text, path.name)
    flaws = tuple(_flaws(raw))
    if flaws:
        raise SchemeError(*_problems(flaws, text, path.name))
    found = {
        ".".join(map(str, place)): " ".join(value.split())
        for place, value in _leaves(raw, ())
        if place[0] not in ("of", *_HEAD)
    }
    of = SchemeId(raw["scheme"], raw["version"], raw["sha256"])
    return Translation(of, raw["language"], tuple(raw["translators"]), found, raw.get("of", {}))


def translation_problems(path: Path, scheme: Scheme) -> tuple[Problem, ...]:
    """Texts in a file that the scheme does not have, in the order of the lines. Raises as `read_translation`."""
    translation = read_translation(path)
    originals = texts(scheme)
    flaws = []
    for place in fit(scheme, translation).unknown:
        steps = tuple(int(step) if step.isdigit() else step for step in place.split("."))
        what = tr("“{scheme}” has no text “{place}”.", scheme=scheme.id.name, place=place)
        flaws.append(Flaw(steps, what, _mean(place, originals)))
    return tuple(_problems(flaws, read_text(path, MAX_BYTES, SchemeError), path.name))


def stamped(text: str, scheme: Scheme, translation: Translation) -> str:
    """The text of a translation's file with the scheme's sha256, and the marks of the texts that it translates."""
    body = text.split(_STAMP, maxsplit=1)[0].rstrip() + "\n"
    body = _SHA256.sub(lambda _: f'sha256 = "{scheme.id.sha256}"', body, count=1)
    marks = (
        f'"{place}" = "{mark(original)}"'
        for place, original in texts(scheme).items()
        if place in translation.texts
    )
    return body + "\n" + _STAMP + "[of]\n" + "\n".join(marks) + "\n"


def fit_sentences(found: Fit, scheme: Scheme) -> Iterator[str]:
    """What a person must know of a translation that does not fit the scheme to the word."""
    if found.outdated:
        yield tr(
            "Translated from another text of “{scheme}”: of {all} texts {count} may be out of date. The original "
            "is shown there.",
            scheme=scheme.id.name,
            all=len(found.used) + len(found.outdated),
            count=len(found.outdated),
        )
    if found.missing:
        yield tr(
            "{count} of {all} texts are not translated. The original is shown there.",
            count=len(found.missing),
            all=len(texts(scheme)),
        )


def _mean(place: str, originals: Mapping[str, str]) -> str:
    close = get_close_matches(place, originals, n=1, cutoff=0.8)
    return tr("Did you mean “{word}”?", word=close[0]) if close else tr("Remove it.")


def _flaws(raw: Mapping[str, Any]) -> Iterator[Flaw]:
    for field in ("scheme", "version", "sha256", "language"):
        if field not in raw:
            yield Flaw((), tr("The field “{field}” is missing.", field=field), tr("Add it."))
    language = raw.get("language", "en")
    if isinstance(language, str) and not _LANGUAGE.fullmatch(language):
        hint = tr("Use two small letters, e.g. “de”.")
        yield Flaw(("language",), tr("“{given}” is not possible here.", given=language), hint)
    translators = raw.get("translators")
    if not isinstance(translators, list) or not translators:
        hint = tr('Add e.g. translators = ["…"]: who answers for the wording.')
        yield Flaw(("translators",), tr("The translation does not say who made it."), hint)
    if not isinstance(raw.get("of", {}), dict):
        yield Flaw(("of",), tr("This must be a table."), tr("Let `coder scheme stamp` write it."))
    for place, value in _leaves(raw, ()):
        if not isinstance(value, str):
            hint = tr("Only texts are translated; ids, keys, times and numbers stay as they are.")
            yield Flaw(place, tr("This is not a text."), hint)
        elif not value.strip():
            yield Flaw(place, tr("The text is empty."), tr("Fill it in, or remove the line."))


def _leaves(value: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*place, index))
    else:
        yield place, value


def _problems(flaws: list[Flaw] | tuple[Flaw, ...], text: str, name: str) -> Iterator[Problem]:
    lines = lines_of(text)
    for flaw in sorted(flaws, key=lambda one: line_of(one.path, lines)):
        yield Problem(flaw.what, f"{name}:{line_of(flaw.path, lines)}", flaw.hint)
