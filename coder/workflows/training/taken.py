"""The courses that a study has: each in its newest version, with the rule that is in force."""

from itertools import accumulate, pairwise

from coder.formats.master_file import parse_sealed
from coder.language import tr
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme
from coder.model.training import Master, Rule, TakenCourse
from coder.store import StudyStore
from coder.store.training import MasterVersion, TakenVersion
from coder.workflows.scheme_languages import in_language
from coder.workflows.schemes import frozen_scheme


def taken_courses(store: StudyStore) -> tuple[TakenCourse, ...]:
    """The courses that the study has, each in its newest version, in the order in which they were taken first."""
    newest: dict[str, TakenVersion] = {one.course_id: one for one in store.training.courses()}
    sessions: dict[str, dict[str, str]] = {course_id: {} for course_id in newest}
    with store.training.opening("master"):
        for master in store.training.masters():
            sessions[master.course_id][master.step_id] = master.session_id
        for course_id, one in newest.items():
            if not {step.id for step in one.course.steps} <= sessions[course_id].keys():
                raise ValueError("a step without a master")
    return tuple(
        TakenCourse(course_id, one.course, sessions[course_id], rule_at(store, course_id), one.at)
        for course_id, one in newest.items()
    )


def taken_course(store: StudyStore, name_or_id: str) -> TakenCourse:
    """The one of that id, or of that name. Raises CodingError that lists the names there are."""
    known = taken_courses(store)
    for one in known:
        if name_or_id in (one.id, one.course.id.name):
            return one
    names = ", ".join(one.course.id.name for one in known)
    hint = tr("Courses: {names}.", names=names) if names else tr("Take a course first.")
    raise CodingError(Problem(tr("The study has no course “{course}”.", course=name_or_id), hint=hint))


def rule_at(store: StudyStore, course_id: str, at: str = "") -> Rule:
    """The rule of a course that was in force at a moment (ISO 8601, UTC), now if it is left out.

    It is the one of its file until a supervisor changes it, and that one until a newer version of the course
    brings another rule than the version before. Of two changes the later one is later, though a clock was set
    back between them.
    """
    versions = [one for one in store.training.courses() if one.course_id == course_id]
    told = [(versions[0].at, versions[0].course.rule)]
    for before, one in pairwise(versions):
        if one.course.rule != before.course.rule:
            told.append((one.at, one.course.rule))
    changes = store.training.rule_changes(course_id)
    moments = accumulate((one.at for one in changes), max)
    told += [(moment, one.rule) for moment, one in zip(moments, changes, strict=True)]
    told.sort(key=lambda one: one[0])
    return next((rule for moment, rule in reversed(told) if not at or moment <= at), told[0][1])


def scheme_of(store: StudyStore, taken: TakenCourse) -> Scheme:
    """The course's scheme, in the language that is spoken."""
    return in_language(frozen_scheme(store, taken.course.scheme))


def newest_master(store: StudyStore, taken: TakenCourse, step_id: str) -> MasterVersion:
    """The newest version of a step's master, which stays sealed."""
    return [one for one in store.training.masters(taken.id) if one.step_id == step_id][-1]


def master_of(store: StudyStore, master_id: str) -> Master:
    """One version of a master, opened. Only for what may be shown, and for deciding. StoreError if damaged."""
    with store.training.opening("master"):
        return parse_sealed(store.training.sealed(master_id), master_id)
