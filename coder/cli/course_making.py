"""`coder course make` and `revise`: a course from a study's sessions, and its next version."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from coder.cli.show import json_option, print_json, progress_line, says_mistakes
from coder.cli.study import study_argument
from coder.formats.course_file import CourseFile
from coder.model.problem import CoderError, Problem
from coder.model.scheme import Scheme
from coder.model.time import MILLISECOND_US, Span, clock, parse_clock
from coder.model.training import Rule, StepKind
from coder.store import StudyStore
from coder.workflows.steps import finish
from coder.workflows.studies import open_study
from coder.workflows.training.course_draft import (
    CourseDraft,
    id_of,
    new_draft,
    new_step,
    next_draft_steps,
    suggested_rule,
    with_master,
)
from coder.workflows.training.making import write_course_steps
from coder.workflows.training.master_edits import with_margins
from coder.workflows.training.masters import Source, find_source

_CLIP = re.compile(r"(?P<name>.+?)(?::(?P<start>[0-9][0-9:.]*)-(?P<end>[0-9][0-9:.]*))?")
_CLIP_HELP = "SESSION, SESSION@CODER, and :FROM-TO behind it for a stretch of the film, e.g. “visit-3@Mika:20-60”."

_out = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to write, new or empty.",
)
_copy = click.option("--copy", is_flag=True, help="Copy the films, even where a second name for a film would do.")
_margin = click.option(
    "--margin",
    "margins",
    multiple=True,
    metavar="TIER=MS",
    help="How far a trainee's boundary may lie from the master's, where the master has no zone of its own.",
)
_clips = click.option("--clips", type=click.IntRange(1, 1000), help="How many test clips in a row must be passed.")
_min_events = click.option(
    "--min-events", type=click.IntRange(0, 100_000), help="How often the test must show each mandatory code."
)


@click.command()
@study_argument
@click.option("--scheme", required=True, help="The scheme that is taught, by name.")
@click.option("--title", required=True, help="What trainees read first.")
@click.option("--summary", required=True, help="What the course is, in a few sentences.")
@click.option("--name", default="", help="The course's name, the same in all its versions; made from the title.")
@click.option("--version", default="1.0", show_default=True, help="The version of the course.")
@click.option(
    "--guided", multiple=True, metavar="CLIP", help=f"A clip to watch with the master's codes: {_CLIP_HELP}"
)
@click.option("--practice", multiple=True, metavar="CLIP", help="A clip to practise on; as for --guided.")
@click.option("--test", multiple=True, metavar="CLIP", help="A clip of the test; as for --guided.")
@click.option("--second-test", multiple=True, metavar="CLIP", help="A clip of the second test; as for --guided.")
@click.option("--tier", "tiers", multiple=True, metavar="ID", help="A tier in play; all if left out.")
@_margin
@_clips
@_min_events
@_out
@_copy
@json_option
@says_mistakes
def make(
    folder: Path,
    scheme: str,
    title: str,
    summary: str,
    name: str,
    version: str,
    guided: Sequence[str],
    practice: Sequence[str],
    test: Sequence[str],
    second_test: Sequence[str],
    tiers: Sequence[str],
    margins: Sequence[str],
    clips: int | None,
    min_events: int | None,
    out: Path,
    copy: bool,
    as_json: bool,
) -> None:
    """Make a course from sessions of STUDY: submitted passes, consensus passes first, become its masters."""
    chosen = (
        (StepKind.GUIDED, 1, guided),
        (StepKind.PRACTICE, 1, practice),
        (StepKind.TEST, 1, test),
        (StepKind.TEST, 2, second_test),
    )
    with open_study(folder, looking=True) as store, progress_line() as tell:
        draft = replace(new_draft(store, scheme, title, version), summary=summary)
        draft = replace(draft, name=id_of(name) if name else draft.name)
        far = _margins(margins, draft.scheme)
        for kind, test_set, words in chosen:
            for word in words:
                source, span = _clip(store, scheme, word)
                step = new_step(store, draft, source, kind, span=span, margins_us=far)
                draft = draft.with_step(replace(step, tiers=tuple(tiers), test_set=test_set))
        draft = replace(draft, rule=_rule(suggested_rule(draft, min_events), clips, None))
        written = finish(write_course_steps(draft, out, copy=copy), tell)
    _tell(written, as_json=as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--study", type=click.Path(path_type=Path), help="The study that --master takes passes from.")
@click.option(
    "--master",
    "masters",
    multiple=True,
    metavar="STEP=SESSION",
    help="Another pass as a step's master: SESSION, or SESSION@CODER.",
)
@click.option("--version", default="", help="The new version; the old one counted on if left out.")
@_margin
@_clips
@_min_events
@_out
@_copy
@json_option
@says_mistakes
def revise(
    file: Path,
    study: Path | None,
    masters: Sequence[str],
    version: str,
    margins: Sequence[str],
    clips: int | None,
    min_events: int | None,
    out: Path,
    copy: bool,
    as_json: bool,
) -> None:
    """Write the next version of the course in FILE to a folder of its own; the old one stays as it is."""
    with progress_line() as tell:
        draft = finish(next_draft_steps(file / "course.toml" if file.is_dir() else file), tell)
        draft = replace(draft, version=version or draft.version)
        if masters and study is None:
            raise click.UsageError("--master needs --study, the study that the pass is in.")
        if study is not None:
            with open_study(study, looking=True) as store:
                for word in masters:
                    draft = _with_master(store, draft, word)
        far = _margins(margins, draft.scheme)
        for step in draft.steps:
            draft = draft.with_step(replace(step, master=with_margins(step.master, draft.scheme, far)))
        draft = replace(draft, rule=_rule(draft.rule, clips, min_events))
        written = finish(write_course_steps(draft, out, copy=copy), tell)
    _tell(written, as_json=as_json)


def _clip(store: StudyStore, scheme: str, word: str) -> tuple[Source, Span | None]:
    """The pass and the stretch that a person names. Raises CoderError."""
    found = _CLIP.fullmatch(word)
    if found is None or found["start"] is None:
        return _source(store, scheme, word), None
    try:
        span = Span(parse_clock(found["start"]), parse_clock(found["end"]))
    except ValueError as error:
        raise CoderError(Problem(f"{error}.", word, "Write e.g. visit-3:20-60.")) from None
    if span.is_moment:
        raise CoderError(Problem(f"The clip ends where it begins, at {clock(span.start_us)}.", word))
    return _source(store, scheme, found["name"]), span


def _source(store: StudyStore, scheme: str, word: str) -> Source:
    session, _, coder = word.rpartition("@")
    if not session or any(known.name == word for known in store.sessions()):
        session, coder = word, ""
    return find_source(store, session, scheme, coder)


def _with_master(store: StudyStore, draft: CourseDraft, word: str) -> CourseDraft:
    step_id, sign, session = word.partition("=")
    if not sign or all(step.id != step_id for step in draft.steps):
        names = ", ".join(step.id for step in draft.steps)
        raise CoderError(
            Problem(f"“{word}” names no step of the course.", hint=f"Write STEP=SESSION; steps: {names}.")
        )
    return with_master(store, draft, step_id, _source(store, draft.scheme.id.name, session))


def _margins(words: Sequence[str], scheme: Scheme) -> dict[str, int]:
    """Microseconds by tier. Raises CoderError."""
    found = {}
    for word in words:
        tier, _, number = word.partition("=")
        if not scheme.has_tier(tier):
            names = ", ".join(one.id for one in scheme.tiers)
            raise CoderError(Problem(f"The scheme has no tier “{tier}”.", word, f"There are: {names}."))
        if not (number.isascii() and number.isdigit() and int(number) <= 10_000):
            raise CoderError(Problem(f"“{number}” is no margin.", word, "Give whole milliseconds, 0 to 10000."))
        found[tier] = int(number) * MILLISECOND_US
    return found


def _rule(rule: Rule, clips: int | None, min_events: int | None) -> Rule:
    return replace(
        rule,
        clips=rule.clips if clips is None else clips,
        min_events=rule.min_events if min_events is None else min_events,
    )


def _tell(written: CourseFile, *, as_json: bool) -> None:
    if as_json:
        print_json({"file": written.path, "course": written.course.id, "steps": len(written.course.steps)})
    else:
        name, steps = f"“{written.course.title}” {written.course.id.version}", len(written.course.steps)
        click.echo(f"{name} is in {written.path.parent}: {steps} steps.")
        click.echo("The masters are sealed: an ordinary look shows nothing of them, but it is no lock.")
