"""What the commands of `coder training` have in common: which course, which trainee."""

import click

from coder.model.problem import CoderError, Problem
from coder.model.training import TakenCourse
from coder.store import StudyStore
from coder.workflows.training.courses import taken_course, taken_courses

coder_option = click.option("--coder", required=True, help="Pseudonym of the trainee.")
course_option = click.option("--course", default="", help="Name of the course, if the study has several.")


def one_course(store: StudyStore, name: str) -> TakenCourse:
    """The course of that name, or the only one. Raises CoderError that lists the names there are."""
    if name:
        return taken_course(store, name)
    known = taken_courses(store)
    if len(known) == 1:
        return known[0]
    names = ", ".join(one.course.id.name for one in known)
    if not known:
        raise CoderError(Problem("The study has no course.", hint="Take one: coder training take STUDY COURSE"))
    raise CoderError(Problem("The study has several courses.", hint=f"Say which with --course: {names}"))
