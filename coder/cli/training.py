"""`coder training`: courses in a study, trainees' attempts, what came of them, certificates."""

from dataclasses import replace
from pathlib import Path

import click

from coder.cli.show import json_option, print_first, print_json, print_table, progress_line, says_mistakes
from coder.cli.study import study_argument
from coder.cli.training_cohort import cohort, learning, record
from coder.cli.training_results import certificate, decision, feedback
from coder.cli.training_words import coder_option, course_option, one_course
from coder.model.problem import CoderError, Problem
from coder.model.study import Coder, Role
from coder.model.time import clock
from coder.model.training import Rule, TakenCourse
from coder.store import StudyStore
from coder.workflows.passes import coder_for, find_coder
from coder.workflows.steps import finish
from coder.workflows.studies import open_study
from coder.workflows.training.attempts import begin_guided, finish_guided
from coder.workflows.training.certifying import change_rule, rule_changes
from coder.workflows.training.courses import scheme_of, shipped_courses, take_course_steps, taken_courses
from coder.workflows.training.from_file import attempt_from_file
from coder.workflows.training.progress import progress as progress_of
from coder.workflows.training.results import master_to_watch
from coder.workflows.training.words import requirement_words, rule_words, standing_words, step_kind_word


@click.group()
def training() -> None:
    """Courses that trainees take in a study, from watching to a certificate."""


training.add_command(feedback)
training.add_command(decision)
training.add_command(certificate)
training.add_command(learning)
training.add_command(cohort)
training.add_command(record)


@training.command()
@study_argument
@json_option
@says_mistakes
def courses(folder: Path, as_json: bool) -> None:
    """Print the courses that STUDY has taken; `coder course list` prints those that there are."""
    with open_study(folder, looking=True) as store:
        found = taken_courses(store)
        coders = {one.id: store.coder(one.id).name for one in store.coders()}
        begun = {one.id: {a.coder_id for a in store.training.attempts(one.id)} for one in found}
    if as_json:
        print_json([{"taken": one, "trainees": sorted(coders[who] for who in begun[one.id])} for one in found])
        return
    print_table(
        ("course", "version", "title", "scheme", "steps", "trainees"),
        [
            (
                one.course.id.name,
                one.course.id.version,
                one.course.title,
                one.course.scheme.name,
                len(one.course.steps),
                ", ".join(sorted(coders[who] for who in begun[one.id])),
            )
            for one in found
        ],
    )


@training.command()
@study_argument
@click.argument("course", metavar="COURSE")
@json_option
@says_mistakes
def take(folder: Path, course: str, as_json: bool) -> None:
    """Take COURSE into STUDY: its scheme, its clips as sessions, its masters sealed.

    COURSE is a file, a course's folder, or the name of a course that came with the program.
    """
    with open_study(folder) as store, progress_line() as tell:
        taken = finish(take_course_steps(store, _course_file(course)), tell)
    if as_json:
        print_json(taken)
    else:
        steps = len(taken.course.steps)
        click.echo(f"“{taken.course.title}” {taken.course.id.version} taken, with {steps} steps.")


def _course_file(course: str) -> Path:
    there = [one.path for one in shipped_courses() if course in (one.path.stem, one.course and one.course.id.name)]
    path = Path(course)
    if there and not path.exists():
        return there[0]
    return path / "course.toml" if path.is_dir() else path


@training.command()
@study_argument
@coder_option
@course_option
@json_option
@says_mistakes
def progress(folder: Path, coder: str, course: str, as_json: bool) -> None:
    """Print how far a trainee of STUDY is: each step, what comes next, where they stand."""
    with open_study(folder) as store:
        taken = one_course(store, course)
        found = progress_of(store, taken, find_coder(store, coder).id)
    if as_json:
        parts = {"steps": found.steps, "next": found.next, "tests": found.tests, "where": found.where}
        print_json(_plain(taken) | parts)
        return
    print_table(
        ("step", "", "title", "state", "attempts", ""),
        [
            (
                one.step.id,
                step_kind_word(one.step.kind),
                one.step.title,
                one.state.value,
                len(one.attempts),
                one.why,
            )
            for one in found.steps
        ],
    )
    click.echo()
    click.echo(f"{found.coder.name}: {standing_words(found.where.standing, found.where.due_on)}.")
    if found.next is not None:
        click.echo(f"Next: {found.next.id}, “{found.next.title}”.")


def _plain(taken: TakenCourse) -> dict[str, object]:
    return {"course": taken.course.id, "title": taken.course.title}


@training.command()
@study_argument
@click.argument("step", metavar="STEP")
@coder_option
@course_option
@json_option
@says_mistakes
def watch(folder: Path, step: str, coder: str, course: str, as_json: bool) -> None:
    """Print the master's codes of a guided STEP with their reasons, and write down that the trainee saw them."""
    with open_study(folder) as store:
        taken = one_course(store, course)
        shown = master_to_watch(store, taken, step)
        attempt = begin_guided(store, taken, step, _trainee(store, coder).id)
        finish_guided(store, attempt.id, 0, 0)
    if as_json:
        print_json({"attempt": attempt, "master": shown.master})
        return
    for event in sorted(shown.coding, key=lambda one: one.span):
        if not shown.step.tiers or event.tier in shown.step.tiers:
            reason = f": {event.note}" if event.note else ""
            click.echo(f"{clock(event.onset_us)} {shown.scheme.name_of(event.tier, event.code)}{reason}")


@training.command()
@study_argument
@click.argument("step", metavar="STEP")
@click.option(
    "--file",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The events, as for `coder import`.",
)
@coder_option
@course_option
@json_option
@says_mistakes
def attempt(folder: Path, step: str, file: Path, coder: str, course: str, as_json: bool) -> None:
    """Submit an attempt at a practice or test STEP that was coded elsewhere. A clip of a test counts once."""
    with open_study(folder) as store:
        taken = one_course(store, course)
        trainee = _trainee(store, coder)
        made, wanting = attempt_from_file(store, taken, step, trainee.id, file)
        after = progress_of(store, taken, trainee.id)
    if as_json:
        print_json({"attempt": made, "wanting": wanting, "next": after.next})
        return
    click.echo(f"Attempt {made.number} at “{taken.course.step(step).title}” is submitted.")
    if not made.first_view:
        click.echo("The trainee knew this clip, so it does not count for a certificate.")
    print_first(wanting)
    if after.next is not None:
        click.echo(f"Next: {after.next.id}, “{after.next.title}”.")


def _trainee(store: StudyStore, name: str) -> Coder:
    """The coder of that name, entered as a trainee if the study does not know them."""
    found = coder_for(store, name, Role.TRAINEE)
    if found not in store.coders():
        store.add_coder(found)
    return found


@training.command()
@study_argument
@course_option
@click.option(
    "--target", "targets", multiple=True, metavar="NUMBER=VALUE", help="A requirement's target; may be repeated."
)
@click.option("--min-events", type=click.IntRange(min=0), help="How often the clips must show each code.")
@click.option("--min-sensitivity", type=click.FloatRange(0, 1), help="Which share of each code must be found.")
@click.option("--valid-days", type=click.IntRange(min=1), help="How long a certificate holds.")
@click.option("--absence-days", type=click.IntRange(min=1), help="How long its holder may be away from coding.")
@click.option("--by", default="", help="The supervisor who changes it.")
@click.option("--why", default="", help="The reason, which is kept.")
@json_option
@says_mistakes
def rule(
    folder: Path,
    course: str,
    targets: tuple[str, ...],
    min_events: int | None,
    min_sensitivity: float | None,
    valid_days: int | None,
    absence_days: int | None,
    by: str,
    why: str,
    as_json: bool,
) -> None:
    """Print what it takes to pass a course of STUDY; with options change it, with a reason that is kept."""
    numbers = {
        "min_events": min_events,
        "min_sensitivity": min_sensitivity,
        "valid_days": valid_days,
        "absence_days": absence_days,
    }
    wanted = {name: value for name, value in numbers.items() if value is not None}
    changing = bool(wanted or targets)
    with open_study(folder, looking=not changing) as store:
        taken = one_course(store, course)
        if changing:
            changed = _with_targets(replace(taken.rule, **wanted), targets)  # type: ignore[arg-type]  # each value is of its option's type
            if not by:
                raise CoderError(Problem("A rule is changed by a supervisor.", hint="Say who with --by NAME."))
            change_rule(store, taken, changed, find_coder(store, by).id, why)
            taken = one_course(store, taken.id)
        scheme, names = scheme_of(store, taken), {one.id: one.name for one in store.coders()}
        changes = rule_changes(store, taken.id)
    if as_json:
        print_json({**_plain(taken), "rule": taken.rule, "changes": changes})
        return
    for sentence in rule_words(taken.rule, scheme):
        click.echo(sentence)
    click.echo("\nRequirements by number:")
    for number, one in enumerate(taken.rule.requirements, start=1):
        click.echo(f"  {number}  {requirement_words(one, scheme)}")
    for made in changes:
        click.echo(f"Changed on {made.at[:10]} by {names[made.actor]}: {made.why}")


def _with_targets(rule: Rule, targets: tuple[str, ...]) -> Rule:
    asked = list(rule.requirements)
    for text in targets:
        place, _, value = text.partition("=")
        try:
            number, target = int(place), float(value)
        except ValueError:
            raise click.UsageError(f"--target {text}: write a number and a value, such as 1=0.8.") from None
        if not 1 <= number <= len(asked):
            raise click.UsageError(f"--target {text}: the rule has requirements 1 to {len(asked)}.")
        asked[number - 1] = replace(asked[number - 1], target=target)
    return replace(rule, requirements=tuple(asked))
