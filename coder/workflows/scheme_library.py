"""The library: every scheme that a person can read here, wherever it comes from, with what is wrong with it.

A scheme is what its name, version and text are together. So that “shared-play 1.0” means one text on this machine,
no two texts of the library share a name and a version; a file that was put into the folder by hand and does so all
the same is listed with that problem, and not coded with. A name alone means the built-in scheme of that name, else
the newest of a person's own; `name@version` means exactly that one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from coder.formats import find_scheme, parse_scheme, scheme_text, schemes
from coder.language import tr
from coder.model.problem import Problem, SchemeError
from coder.model.scheme import Scheme, SchemeId
from coder.model.version import version_order
from coder.settings.folders import own_schemes_folder
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.scheme_languages import in_language


class Origin(StrEnum):
    """Where a scheme of the library comes from."""

    STUDY = "study"
    SHIPPED = "shipped"
    OWN = "own"
    TEMPLATE = "template"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Entry:
    """One scheme of the library.

    text: its exact text, "" if it cannot be read. file: None for one that is kept in the study. scheme: in the
    language that is spoken; None if the text has problems. passes: how many passes of the open study were made
    with exactly this text.
    """

    origin: Origin
    text: str
    file: Path | None = None
    scheme: Scheme | None = None
    problems: tuple[Problem, ...] = ()
    passes: int = 0

    @property
    def title(self) -> str:
        """The scheme's title, or its file's name while it has problems."""
        if self.scheme is not None:
            return self.scheme.title
        return self.file.name if self.file is not None else ""

    @property
    def usable(self) -> bool:
        """True if it can be coded with."""
        return self.scheme is not None and not self.problems

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other entry, also after the library was read again."""
        return self.origin, str(self.file or (self.scheme and self.scheme.id))


def library(store: StudyStore | None = None) -> tuple[Entry, ...]:
    """All schemes: those kept in the open study, the built-in ones, a person's own, the templates.

    What cannot be read or used is listed with its problems. Raises StoreError if the study cannot be read.
    """
    uses = Counter(header.scheme for header in store.passes()) if store is not None else Counter[SchemeId]()
    found = [*(_frozen(store) if store is not None else ()), *shipped_entries(), *own_entries(), *templates()]
    return tuple(replace(one, passes=uses[one.scheme.id]) if one.scheme is not None else one for one in found)


def shipped_entries() -> tuple[Entry, ...]:
    """The schemes that came with this install, by name."""
    return tuple(_entry(path, Origin.SHIPPED) for path in schemes(shipped("schemes")))


def templates() -> tuple[Entry, ...]:
    """What a new scheme can be begun from, the smallest first."""
    found = [_entry(path, Origin.TEMPLATE) for path in schemes(shipped("schemes") / "templates")]
    return tuple(sorted(found, key=lambda one: len(one.text)))


def own_entries() -> tuple[Entry, ...]:
    """A person's own schemes, by name, the newest version of each first; then the files that cannot be used."""
    taken = {label_of(one.scheme.id): one.scheme.id for one in shipped_entries() if one.scheme is not None}
    found = []
    for path in schemes(own_schemes_folder()):
        entry = _entry(path, Origin.OWN)
        if entry.scheme is not None:
            first = taken.setdefault(label_of(entry.scheme.id), entry.scheme.id)
            if first != entry.scheme.id:
                entry = replace(entry, problems=(same_label(entry.scheme.id, path.name),))
        found.append(entry)
    found.sort(
        key=lambda one: version_order(one.scheme.id.version) if one.scheme is not None else (), reverse=True
    )
    found.sort(key=lambda one: (one.scheme is None, one.scheme.id.name if one.scheme is not None else one.title))
    return tuple(found)


def usable_schemes() -> tuple[Scheme, ...]:
    """The schemes that can be coded with, one of each name: the built-in ones, then a person's own."""
    chosen: dict[str, Scheme] = {}
    for entry in (*shipped_entries(), *own_entries()):
        if entry.usable and entry.scheme is not None:
            chosen.setdefault(entry.scheme.id.name, entry.scheme)
    return tuple(chosen.values())


def own_files() -> dict[str, Path]:
    """The files of a person's own schemes that can be used, by `name@version` and, the newest, by name."""
    files: dict[str, Path] = {}
    for entry in own_entries():
        if entry.usable and entry.scheme is not None and entry.file is not None:
            files.setdefault(entry.scheme.id.name, entry.file)
            files.setdefault(f"{entry.scheme.id.name}@{entry.scheme.id.version}", entry.file)
    return files


def original(entry: Entry) -> Scheme:
    """The scheme of a usable entry in its own words, whatever language is spoken. SchemeError if it has none."""
    return parsed(entry.text, entry.file.name if entry.file is not None else "")


def find_entry(name: str, entries: Iterable[Entry]) -> Entry | None:
    """The first usable entry of that name, or of that `name@version`; None if there is none."""
    wanted, _, version = name.partition("@")
    for entry in entries:
        known = entry.scheme.id if entry.usable and entry.scheme is not None else None
        if known is not None and known.name == wanted and version in ("", known.version):
            return entry
    return None


def entry_for(name_or_file: str) -> Entry:
    """The entry that a person means: a built-in scheme, one's own (also `name@version`), a template, or any file.

    Raises SchemeError, with the names there are, if there is none; what is wrong with a file is in its entry.
    """
    known = (*shipped_entries(), *own_entries(), *templates())
    if (found := find_entry(name_or_file, known)) is not None:
        return found
    names = {one.scheme.id.name: one.file for one in known if one.scheme is not None and one.file is not None}
    path = find_scheme(name_or_file, shipped("schemes"), names)
    return next((one for one in known if one.file == path), _entry(path, Origin.FILE))


@lru_cache(maxsize=512)
def parsed(text: str, name: str) -> Scheme:
    """`parse_scheme`, remembered, as a library is read again and again. Raises SchemeError as that does."""
    return parse_scheme(text, name)


def _frozen(store: StudyStore) -> Iterator[Entry]:
    """The newest first: that is the one a new pass would be made with."""
    for known in reversed(store.schemes()):
        text = store.scheme_text(known)
        yield _checked(Entry(Origin.STUDY, text), f"{known.name}.toml")


def _entry(path: Path, origin: Origin) -> Entry:
    try:
        return _checked(Entry(origin, scheme_text(path), path), path.name)
    except SchemeError as error:
        return Entry(origin, "", path, problems=tuple(error.problems))


def _checked(entry: Entry, name: str) -> Entry:
    try:
        return replace(entry, scheme=in_language(parsed(entry.text, name)))
    except SchemeError as error:
        return replace(entry, problems=tuple(error.problems))


def label_of(scheme_id: SchemeId) -> tuple[object, ...]:
    """Name and version as far as a person tells them apart: 1 and 1.0 are the same."""
    return scheme_id.name, version_order(scheme_id.version)


def same_label(scheme_id: SchemeId, where: str) -> Problem:
    """That a name and version already stand for another text."""
    what = tr(
        "There is already another text of “{name}”, version {version}; nobody could tell the two apart.",
        name=scheme_id.name,
        version=scheme_id.version,
    )
    return Problem(what, where, tr("Give this one another version in its file, or another name."))
