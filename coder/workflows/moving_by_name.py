"""A move of a pass in words that can be typed: which pass, and what becomes of which word.

A word is the id of a code, `tier/code` where that is not enough, and `code:detail:value` for a value of a detail.
"""

from collections.abc import Iterable

from coder.language import tr
from coder.model.coding import PassHeader
from coder.model.problem import CodingError, Problem
from coder.model.recoding import Recoding, Word
from coder.model.study import Purpose
from coder.store import StudyStore
from coder.workflows.passes import find_coder
from coder.workflows.scheme_versions import newer_versions
from coder.workflows.sessions import find_session


def find_pass(
    store: StudyStore, *, session: str, coder: str, scheme: str, purpose: Purpose, version: str = ""
) -> PassHeader:
    """The one pass of that session, coder, scheme and purpose; version: the one it was made with.

    Where several versions were used, the newest pass that can still be moved is meant. Raises CodingError if
    there is none.
    """
    coder_id = find_coder(store, coder).id
    found = [
        header
        for header in store.passes(find_session(store, session).id)
        if (header.coder_id, header.scheme.name, header.purpose) == (coder_id, scheme, purpose)
        and version in ("", header.scheme.version)
    ]
    if not found:
        what = tr(
            "{coder} has no such pass of “{session}” with “{scheme}”.", coder=coder, session=session, scheme=scheme
        )
        raise CodingError(Problem(what, hint=tr("`coder study show` lists the passes.")))
    movable = [header for header in found if newer_versions(store, header.scheme)]
    return (movable or found)[-1]


def decided(plan: Recoding, becomes: Iterable[str], left_out: Iterable[str]) -> Recoding:
    """The plan with what a person decided: `old=new` for each, and what is left out.

    Naming a word decides it and confirms what changed about it. Raises CodingError that lists everything that
    cannot be understood.
    """
    problems: list[Problem] = []
    asked = [(old, new) for old, _, new in (text.partition("=") for text in becomes)]
    asked += [(old, "") for old in left_out]
    for old, new in sorted(asked, key=lambda pair: ":" in pair[0]):  # what becomes of a code decides its details
        try:
            plan = _decided(plan, old.strip(), new.strip(), is_left_out=old in left_out)
        except CodingError as error:
            problems += error.problems
    if problems:
        raise CodingError(*problems)
    return plan


def _decided(plan: Recoding, old: str, new: str, *, is_left_out: bool) -> Recoding:
    word = _one([step.old for step in plan.steps], old, tr("The pass"))
    if is_left_out:
        return plan.chosen(word, None)
    return plan.chosen(
        word, _one([choice for choice, _ in plan.choices(word)], new, tr("The new version")), confirmed=True
    )


def _one(words: list[Word], text: str, whose: str) -> Word:
    found = [word for word in words if text in _names(word)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(_names(word)[-1] for word in found)
        raise CodingError(
            Problem(tr("“{word}” may mean {names}.", word=text, names=names), hint=tr("Write one of them."))
        )
    names = ", ".join(dict.fromkeys(_names(word)[0] for word in words))
    what = tr("{whose} has no word “{word}” that this could be.", whose=whose, word=text)
    raise CodingError(Problem(what, hint=tr("There is: {names}.", names=names) if names else ""))


def _names(word: Word) -> tuple[str, ...]:
    """How a word can be typed, the shortest first and the fullest last."""
    detail = f":{word.modifier}:{word.value}" if word.is_detail else ""
    names = (f"{word.code}{detail}", f"{word.tier}/{word.code}{detail}")
    return (detail[1:], *names) if detail else names
