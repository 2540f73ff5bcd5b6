"""A mistake in a scheme file, before its line is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from coder.formats.toml_places import Path
from coder.language import tr


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the field at a path, and how to mend it."""

    path: Path
    what: str
    hint: str = ""


def of_kind(kind: str, what: str) -> str:
    """`A point tier`, `An interval code`: the beginning of a sentence about something of a tier's kind."""
    if what == "tier":
        return tr("An {kind} tier", kind=kind) if kind[:1] == "i" else tr("A {kind} tier", kind=kind)
    return tr("An {kind} code", kind=kind) if kind[:1] == "i" else tr("A {kind} code", kind=kind)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean “cg_face”?`, or what there is to choose from; "" if there is nothing."""
    names = [name for name in dict.fromkeys(known) if name]
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return tr("Did you mean “{word}”?", word=close[0])
    return tr("There are: {names}.", names=", ".join(names)) if names else ""
