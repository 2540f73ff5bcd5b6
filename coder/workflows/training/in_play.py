"""The scheme as an attempt at a step needs it: with the tiers that are in play there, and no others."""

from dataclasses import replace

from coder.model.coding import CodingPass
from coder.model.scheme import Scheme
from coder.store import StudyStore
from coder.workflows.training.history import attempt_of, step_of
from coder.workflows.training.taken import taken_course


def tiers_in_play(store: StudyStore, pass_id: str) -> tuple[str, ...]:
    """The ids of the tiers that an attempt's step has in play; () for all, and for a pass that is no attempt."""
    attempt = attempt_of(store, pass_id)
    if attempt is None:
        return ()
    step = step_of(taken_course(store, attempt.course_id), attempt)
    return step.tiers if step is not None else ()


def in_play(store: StudyStore, coding: CodingPass, scheme: Scheme) -> Scheme:
    """The scheme with what the pass is about: all of it, or for an attempt its tiers in play.

    A tier that has events all the same (they may come from a file) stays. What is computed from codes goes.
    """
    wanted = tiers_in_play(store, coding.header.id)
    tiers = tuple(tier for tier in scheme.tiers if tier.id in wanted or coding.row(tier.id))
    if not wanted or len(tiers) == len(scheme.tiers):
        return scheme
    left = {tier.id for tier in tiers}
    links = tuple(link for link in scheme.links if {link.cues, link.acts} <= left)
    return replace(scheme, tiers=tiers, links=links, derived=())
