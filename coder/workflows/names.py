"""Names that people give: one line each, as it will stand in tables, windows and reports; and whose a pass is."""

import unicodedata
from collections.abc import Callable

from coder.language import tr
from coder.model.coding import PassHeader
from coder.model.problem import CoderError, Problem
from coder.store import StudyStore

_MOST = 100


def one_line(name: str) -> str:
    """The name as it is kept: single blanks, and one spelling of each letter, whichever system it was typed on.

    Raises CoderError if it is too long, or holds something that cannot be printed.
    """
    line = " ".join(unicodedata.normalize("NFC", name).split())
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in line):
        raise CoderError(
            Problem(tr("The name {line!a} cannot be printed.", line=line[:_MOST]), hint=tr("Type another one."))
        )
    if len(line) > _MOST:
        what = tr(
            "A name may have {most} letters, and “{line}…” has {count:,}.",
            most=_MOST,
            line=line[:20],
            count=len(line),
        )
        raise CoderError(Problem(what, hint=tr("Shorten it.")))
    return line


def names_of(store: StudyStore) -> Callable[[PassHeader], tuple[str, str]]:
    """What tells the names of a pass's session and coder; the study is asked once for all its passes."""
    sessions = {session.id: session.name for session in store.sessions()}
    coders = {coder.id: coder.name for coder in store.coders()}
    return lambda header: (sessions[header.session_id], coders[header.coder_id])
