"""Schemes: the shipped ones, a person's own, and the ones that a study has frozen."""

from functools import lru_cache
from pathlib import Path

from coder.formats import parse_scheme, read_scheme
from coder.model.problem import Problem, SchemeError
from coder.model.scheme import Scheme, SchemeId
from coder.settings.shipped import shipped
from coder.store import StudyStore


def shipped_scheme_files() -> tuple[Path, ...]:
    """The scheme files that came with this install, by name."""
    return tuple(sorted(shipped("schemes").glob("*.toml")))


def shipped_schemes() -> tuple[Scheme, ...]:
    """The schemes that came with this install, by name."""
    return tuple(read_scheme(path) for path in shipped_scheme_files())


def scheme_file(name_or_file: str) -> Path:
    """The file of a shipped scheme named so, or the file itself. Raises SchemeError if there is neither."""
    by_name = {path.stem: path for path in shipped_scheme_files()}
    if name_or_file in by_name:
        return by_name[name_or_file]
    if Path(name_or_file).exists():
        return Path(name_or_file)
    known = ", ".join(by_name)
    raise SchemeError(Problem(f"There is no scheme “{name_or_file}”.", hint=f"Name a file, or one of: {known}."))


def freeze_scheme(store: StudyStore, name_or_file: str) -> Scheme:
    """The scheme as the study keeps it, taken in word for word if the study did not have it yet.

    A study that already froze a scheme of this name goes on with it, whatever the file says today.
    """
    for known in store.schemes():
        if known.name == name_or_file:
            return frozen_scheme(store, known)
    path = scheme_file(name_or_file)
    scheme = read_scheme(path)
    if scheme.id not in store.schemes():
        store.add_scheme(scheme.id, path.read_bytes().decode("utf-8"))
    return scheme


def frozen_scheme(store: StudyStore, scheme_id: SchemeId) -> Scheme:
    """The scheme a pass was made with, from the study itself."""
    return _parsed(store.scheme_text(scheme_id), f"{scheme_id.name}.toml")


@lru_cache(maxsize=32)
def _parsed(text: str, name: str) -> Scheme:
    return parse_scheme(text, name)
