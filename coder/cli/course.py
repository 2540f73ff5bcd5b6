"""`coder course`: list, check and read courses; make one from a study's sessions."""

from pathlib import Path

import click

from coder.cli.course_making import make, revise
from coder.cli.show import json_option, print_json, print_table, progress_line, says_mistakes
from coder.formats.course_file import read_course
from coder.model.training import Course, Step, StepKind
from coder.settings.shipped import shipped
from coder.workflows.steps import finish
from coder.workflows.training.clips import clips_steps
from coder.workflows.training.courses import CourseEntry, course_entry, shipped_courses
from coder.workflows.training.rule_sentences import rule_words

file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def course() -> None:
    """List, read, check and make courses; `coder training` is where they are taken."""


course.add_command(make)
course.add_command(revise)


@course.command("list")
@json_option
@says_mistakes
def list_(as_json: bool) -> None:
    """Print the courses that came with the program."""
    entries = shipped_courses()
    if as_json:
        print_json([_listed(entry) for entry in entries])
        return
    print_table(
        ("file", "name", "version", "title", "scheme", "guided", "practice", "test", "problems"),
        [
            (
                entry.path.name,
                entry.course.id.name if entry.course else "",
                entry.course.id.version if entry.course else "",
                entry.course.title if entry.course else "",
                entry.course.scheme.name if entry.course else "",
                *(_count(entry.course, kind) for kind in StepKind),
                len(entry.problems),
            )
            for entry in entries
        ],
    )


def _count(found: Course | None, kind: StepKind) -> int:
    return 0 if found is None else sum(step.kind is kind for step in found.steps)


def _listed(entry: CourseEntry) -> dict[str, object]:
    return {"file": entry.path, "course": entry.course, "problems": entry.problems}


@course.command()
@file_argument
@json_option
@says_mistakes
def show(file: Path, as_json: bool) -> None:
    """Print what the course in FILE is, what it takes to pass, and its steps; never what its masters hold."""
    entry = course_entry(_file(file))
    if entry.course is None or entry.scheme is None:
        read_course(_file(file), shipped("schemes"))  # says what is wrong with it
        return
    found = entry.course
    if as_json:
        print_json(found)
        return
    click.echo(f"{found.title}, version {found.id.version}, with {found.scheme}\n\n{found.summary}\n")
    click.echo("What it takes to pass:")
    for sentence in rule_words(found.rule, entry.scheme):
        click.echo(f"  {sentence}")
    click.echo()
    print_table(("step", "kind", "title", "clip", "tiers"), [_step_row(step) for step in found.steps])
    if found.notice:
        click.echo(f"\n{found.notice}")


def _step_row(step: Step) -> tuple[str, ...]:
    kind = f"test {step.test_set}" if step.kind is StepKind.TEST else step.kind.value
    return step.id, kind, step.title, step.clip.name, ", ".join(step.tiers) or "all"


@course.command()
@file_argument
@json_option
@says_mistakes
def check(file: Path, as_json: bool) -> None:
    """Check the course in FILE with its masters and films, and list all problems with their places."""
    found = read_course(_file(file), shipped("schemes"))
    with progress_line() as tell:
        clips = finish(clips_steps(found), tell)
    codes = sum(len(master.events) for master in found.masters.values())
    if as_json:
        print_json({"ok": True, "course": found.course.id, "steps": len(clips), "codes": codes})
    else:
        name = f"“{found.course.title}” {found.course.id.version}"
        click.echo(f"{name} is in order: {len(clips)} steps, {codes} master codes.")


def _file(file: Path) -> Path:
    """The file itself; of a course's folder its file; of a name the course that came with the program."""
    if file.is_dir():
        return file / "course.toml"
    built_in = shipped("sample_media") / "courses" / f"{file}.toml"
    return built_in if not file.exists() and len(file.parts) == 1 and built_in.exists() else file
