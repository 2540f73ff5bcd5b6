"""A scheme in the language of the reader, where there is a translation; and looking after translations."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coder.formats.files import read_text
from coder.formats.scheme_file import MAX_BYTES, find_scheme, read_scheme
from coder.formats.scheme_translation import (
    FOLDER,
    fit_sentences,
    read_translation,
    stamped,
    translation_problems,
    translations,
)
from coder.language import spoken, tr
from coder.model.problem import Problem, SchemeError
from coder.model.scheme import Scheme
from coder.model.translation import Fit, Translation, fit, translated
from coder.settings.folders import own_schemes_folder
from coder.settings.shipped import shipped
from coder.staging import write_whole


@dataclass(frozen=True)
class CheckedTranslation:
    """A translation that was read, the scheme it is held against, and how it fits. remarks: for a person."""

    translation: Translation
    scheme: Scheme
    fit: Fit
    remarks: tuple[str, ...]


def in_language(scheme: Scheme, language: str = "") -> Scheme:
    """The scheme in a language ("": the one that is spoken), its identity the same.

    Where there is no translation, or one that cannot be read, it is the scheme itself.
    """
    language = language or spoken()
    if language == scheme.language:
        return scheme
    fitting = (translated(scheme, one) for one in _translations_of(scheme) if one.language == language)
    return next((one for one in fitting if one.language == language), scheme)


def languages_of(scheme: Scheme) -> tuple[str, ...]:
    """The languages in which a scheme can be read, its own first."""
    others = {one.language for one in _translations_of(scheme) if fit(scheme, one).used}
    return (scheme.language, *sorted(others - {scheme.language}))


def require_language(scheme: Scheme, language: str) -> Scheme:
    """`in_language`, for a language that a person asked for. Raises SchemeError if there is none."""
    there = languages_of(scheme)
    if language in there:
        return in_language(scheme, language)
    what = tr("There is no translation of “{scheme}” into “{language}”.", scheme=scheme.id.name, language=language)
    raise SchemeError(Problem(what, hint=tr("There are: {names}.", names=", ".join(there))))


def translation_of(scheme: Scheme, language: str) -> tuple[Translation, tuple[str, ...]] | None:
    """The translation with whose words the scheme is shown in that language, and what a reader must know of it.

    scheme: in its own words. None where it is shown in these.
    """
    for one in _translations_of(scheme):
        if one.language == language != scheme.language:
            found = fit(scheme, one)
            if found.used:
                return one, tuple(fit_sentences(found, scheme))
    return None


def check_translation(path: Path) -> CheckedTranslation:
    """Read a translation and hold it against its scheme.

    Raises SchemeError with all problems: of the form, texts that the scheme does not have, a scheme not found.
    """
    translation = read_translation(path)
    scheme = read_scheme(_scheme_of(path, translation))
    if problems := translation_problems(path, scheme):
        raise SchemeError(*problems)
    found = fit(scheme, translation)
    return CheckedTranslation(translation, scheme, found, tuple(fit_sentences(found, scheme)))


def stamp_translation(path: Path) -> CheckedTranslation:
    """Write into a translation that it holds for its scheme as that is now.

    Whoever does this has compared the texts: from now on none of them counts as out of date. Raises SchemeError as
    `check_translation` does, and if the file cannot be written.
    """
    checked = check_translation(path)
    text = stamped(read_text(path, MAX_BYTES, SchemeError), checked.scheme, checked.translation)
    write_whole(path, text.encode(), SchemeError)
    return check_translation(path)


def _scheme_of(path: Path, translation: Translation) -> Path:
    """The scheme in the folder around the translations, else the one of that name that came with the program."""
    name = translation.of.name
    beside = path.resolve().parent.parent
    folder = beside if path.resolve().parent.name == FOLDER and (beside / f"{name}.toml").is_file() else None
    return find_scheme(name, folder or shipped("schemes"))


def _translations_of(scheme: Scheme) -> Iterator[Translation]:
    """A person's own come first: they may put the shipped wording right."""
    for folder in (own_schemes_folder(), shipped("schemes")):
        for path in translations(folder, scheme.id.name):
            try:
                state = path.stat()
                yield _read(path, state.st_mtime_ns, state.st_size)
            except (SchemeError, OSError):
                continue  # whoever writes it is told by `coder scheme check`; a coder reads the original


@lru_cache(maxsize=32)
def _read(path: Path, changed_ns: int, size: int) -> Translation:  # noqa: ARG001 - a changed file is read anew
    return read_translation(path)
