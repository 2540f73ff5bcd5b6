"""A mistake in a scheme file, before its line is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from coder.formats.toml_places import Path


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the field at a path, and how to mend it."""

    path: Path
    what: str
    hint: str = ""


def of_kind(kind: str, what: str) -> str:
    """`A point tier`, `An interval code`: the beginning of a sentence about something of a tier's kind."""
    return f"{'An' if kind[:1] == 'i' else 'A'} {kind} {what}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean “cg_face”?`, or what there is to choose from; "" if there is nothing."""
    names = [name for name in dict.fromkeys(known) if name]
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"There are: {', '.join(names)}." if names else ""
