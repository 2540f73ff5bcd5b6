"""The model files that travel with the package, each checked against its recorded hash before it is used."""

import hashlib
from collections.abc import Iterable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable

from coder.language import later, tr
from coder.model.problem import FeatureError, Problem

_REINSTALL = later("Install the program again; its model files are part of it.")


def shipped() -> Traversable:
    """The folder of the model files."""
    return resources.files("coder.features").joinpath("models")


def recorded(folder: Traversable) -> dict[str, str]:
    """sha256 by file name, as recorded in the folder's SHA256SUMS. Raises FeatureError if there is no record."""
    try:
        lines = folder.joinpath("SHA256SUMS").read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _broken("SHA256SUMS", "The record of the model files cannot be read.") from error
    return {name: digest for digest, name in (line.split() for line in lines if line.strip())}


def load(name: str, folder: Traversable | None = None) -> bytes:
    """The content of a model file. Raises FeatureError if it is missing or not the file that was recorded."""
    place = folder or shipped()
    try:
        content = place.joinpath(name).read_bytes()
    except OSError as error:
        raise _broken(name, "The model file is missing or cannot be read.") from error
    if hashlib.sha256(content).hexdigest() != recorded(place).get(name):
        raise _broken(name, "The model file is damaged or not the one this version was made with.")
    return content


def hashes(names: Iterable[str], folder: Traversable | None = None) -> Mapping[str, str]:
    """sha256 of some model files as recorded, for a track's provenance."""
    known = recorded(folder or shipped())
    return {name: known[name] for name in names}


def _broken(name: str, what: str) -> FeatureError:
    return FeatureError(Problem(what, name, tr(_REINSTALL)))
