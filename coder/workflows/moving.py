"""Moving a pass to a newer version of its scheme: a reviewed plan, and a new pass beside the old one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from coder.annotate.linked import Linked
from coder.annotate.rules import broken
from coder.language import tr
from coder.model.coding import CodingPass, Event, PassHeader, PassStatus
from coder.model.edit import Edit
from coder.model.problem import CodingError, Problem
from coder.model.recoded import Recoded, recoded
from coder.model.recoding import Recoding, Step, propose
from coder.model.scheme import Scheme, SchemeId
from coder.model.time import clock
from coder.store import StudyStore
from coder.workflows.blinding import COUNTED, is_own_coding, refuse_if_blind, waiting_for
from coder.workflows.moving_words import plan_words, step_words, summary
from coder.workflows.passes import new_header
from coder.workflows.scheme_versions import newer_versions
from coder.workflows.schemes import frozen_scheme


@dataclass(frozen=True)
class Preview:
    """What moving a pass would do. result: None while something is open. problems: why it cannot be done yet."""

    result: Recoded | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Moved:
    """A pass that was moved, with the counts of events; summary: the same in words.

    unjudged: cues whose answer is to be judged again.
    """

    header: PassHeader
    moved: int
    left_out: int
    joined: int
    shed: int
    unjudged: int
    summary: str


def version_to(store: StudyStore, pass_id: str, version: str = "") -> SchemeId:
    """The version that a pass can be moved to: the one called so, else the newest.

    Raises CodingError if the study has no newer version of the pass's scheme, or not that one.
    """
    header = store.header(pass_id)
    newer = newer_versions(store, header.scheme)
    title = frozen_scheme(store, header.scheme).title
    if not newer:
        what = tr(
            "This study has no version of “{scheme}” that is newer than {version}.",
            scheme=title,
            version=header.scheme.version,
        )
        raise CodingError(Problem(what, hint=tr("Take the new version into the study first.")))
    found = [one for one in newer if version in ("", one.version)]
    if not found:
        what = tr(
            "A pass made with “{scheme}” {old} cannot be moved to version {version}.",
            scheme=title,
            old=header.scheme.version,
            version=version,
        )
        names = ", ".join(one.version for one in newer)
        raise CodingError(Problem(what, hint=tr("Newer versions in this study: {names}.", names=names)))
    return found[-1]


def plan_move(store: StudyStore, pass_id: str, to: SchemeId) -> Recoding:
    """What the program proposes for a pass; a person decides the rest and confirms what changed its meaning.

    Raises CodingError if the pass cannot be moved to that version, was moved to it already, or is locked while its
    session is blind: the plan and the new pass would show what was coded.
    """
    _refuse_if_blind(store, store.header(pass_id))
    coding = store.load_pass(pass_id)
    new = frozen_scheme(store, to)
    _new_header(store, coding.header, new)
    return propose(coding, frozen_scheme(store, coding.header.scheme), new)


def preview(coding: CodingPass, plan: Recoding) -> Preview:
    """What a plan would make of a pass, or everything that keeps it from being carried out; writes nothing."""
    if not plan.covers(coding):
        what = tr("The pass was changed after this review was begun.")
        return Preview(None, (Problem(what, hint=tr("Begin the review again.")),))
    waiting = tuple(_unsettled(step, plan) for step in plan.unsettled)
    if waiting:
        return Preview(None, waiting)
    result = recoded(coding, plan)
    return Preview(
        result, tuple(sorted(set(_conflicts(coding, plan, result)), key=lambda one: (one.where, one.what)))
    )


def move_pass(store: StudyStore, pass_id: str, to: SchemeId, plan: Recoding) -> Moved:
    """Make a new, open pass of a pass's events in the words of a newer version; the old pass stays as it is.

    The new pass is of the same session, coder and purpose, and says what it was made from; its journal keeps the
    plan in words. Raises CodingError, and writes nothing, if the plan is not settled, if it would make two events
    overlap that may not, if the coder already has such a pass with the new version, or as `plan_move` does.
    """
    _refuse_if_blind(store, store.header(pass_id))
    coding = store.load_pass(pass_id)
    old = coding.header
    if (plan.old.id, plan.new.id) != (old.scheme, to):
        raise CodingError(Problem(tr("This review is of other versions of the scheme than those of the pass.")))
    header = _new_header(store, old, plan.new)
    found = preview(coding, plan)
    if found.result is None or found.problems:
        raise CodingError(*found.problems)
    result = found.result
    label = plan_words(plan)
    store.add_coded_pass(header, label, result.events, submitted=False, viewings=store.viewings(old.id))
    return Moved(
        header,
        moved=result.moved,
        left_out=len(result.left_out),
        joined=len(result.joined),
        shed=len(result.shed),
        unjudged=len(result.unjudged),
        summary=summary(result),
    )


def _refuse_if_blind(store: StudyStore, header: PassHeader) -> None:
    """Not an open coding of one's own, nor where all have submitted once: passes are moved one after the other."""
    if is_own_coding(header):
        return
    once = {
        one.coder_id
        for one in store.passes(header.session_id)
        if one.scheme.name == header.scheme.name and one.purpose in COUNTED and one.status is PassStatus.SUBMITTED
    }
    if any(coder.id not in once for coder in waiting_for(store, header.session_id, header.scheme.name)):
        refuse_if_blind(store, header)


def _new_header(store: StudyStore, old: PassHeader, new: Scheme) -> PassHeader:
    version_to(store, old.id, new.id.version)
    made = new_header(store, old.session_id, store.coder(old.coder_id), new, old.purpose)
    return replace(made, window=old.window, made_from=(old.id,))


def _unsettled(step: Step, plan: Recoding) -> Problem:
    name = step_words(plan, step)
    if not step.decided:
        what = tr("It is not decided what becomes of {word}.", word=name)
        return Problem(what, hint=tr("Choose a word of the new version, or leave it out."))
    what = tr("Nobody has confirmed what changed about {word}.", word=name)
    return Problem(what, hint=tr("Read both definitions; then confirm, or choose another word."))


def _conflicts(coding: CodingPass, plan: Recoding, result: Recoded) -> Iterator[Problem]:
    """What the rules of the new version forbid, each with its place.

    What the old version forbade already is no matter of the plan: it goes on as a finding of the new pass.
    """
    for event in result.crowded:
        what = tr(
            "“{code}” would have two values of a detail that can have one.",
            code=plan.old.name_of(event.tier, event.code),
        )
        yield Problem(what, clock(event.onset_us), tr("Leave out one of the values."))
    made = CodingPass.of(replace(coding.header, scheme=plan.new.id), result.events)
    linked, linked_before = Linked(made, plan.new), Linked(coding, plan.old)
    hint = tr("Choose another code for one of them, or leave one out.")
    for event in result.events:
        found = broken(made, plan.new, _adding(event), linked)
        if found and not broken(coding, plan.old, _adding(result.before[event.id]), linked_before):
            yield from (problem if problem.hint else replace(problem, hint=hint) for problem in found)


def _adding(event: Event) -> Edit:
    return Edit.adding("", (event,))
