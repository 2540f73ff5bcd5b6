"""`coder training learning`, `cohort`, `record`: how trainees learn, who needs somebody, results elsewhere."""

from pathlib import Path

import click

from coder.cli.show import json_option, number, print_json, print_table, progress_line, says_mistakes
from coder.cli.study import study_argument
from coder.cli.training_words import coder_option, course_option, one_course
from coder.model.scheme import Scheme
from coder.model.training import Requirement
from coder.training.curve import LearningCurve
from coder.workflows.outputs import require_ending
from coder.workflows.passes import find_coder
from coder.workflows.steps import finish
from coder.workflows.studies import open_study
from coder.workflows.training.cohort import Member, cohort_steps
from coder.workflows.training.learning import learning_steps
from coder.workflows.training.records import SUFFIX, Record, bring_record, records, write_record
from coder.workflows.training.words import (
    alert_words,
    damaged_words,
    pattern_words,
    requirement_name,
    standing_words,
    stuck_words,
)


@click.command()
@study_argument
@coder_option
@course_option
@json_option
@says_mistakes
def learning(folder: Path, coder: str, course: str, as_json: bool) -> None:
    """Print how a trainee of STUDY is learning: each number attempt by attempt, and habits over all attempts."""
    with open_study(folder, looking=True) as store, progress_line() as tell:
        taken = one_course(store, course)
        found = finish(learning_steps(store, taken, find_coder(store, coder).id), tell)
    if as_json:
        print_json({"curves": found.curves, "confusions": found.confusions, "habits": found.habits})
        return
    attempts = len(found.scores)
    click.echo(f"{found.coder.name}, “{taken.course.title}”, attempts: {attempts}\n")
    for one in found.habits:
        click.echo(f"- {pattern_words(one, found.scheme)}")
    if found.habits:
        click.echo()
    if found.curves:
        print_table(
            ("number", "attempt by attempt", "last three", "needed"),
            [(_name(one, found.scheme), *_numbers(one)) for one in found.curves],
        )


def _name(curve: LearningCurve, scheme: Scheme) -> str:
    asked = Requirement(curve.statistic, curve.tier, 0.0, curve.code, curve.detail, curve.unit_us)
    return requirement_name(asked, scheme)


def _numbers(curve: LearningCurve) -> tuple[str, str, str]:
    values = " ".join("–" if one.estimate.value is None else number(one.estimate.value) for one in curve.points)
    mean = next((one.rolling for one in reversed(curve.points) if one.rolling is not None), None)
    needed = "" if curve.criterion is None else number(curve.criterion)
    return values, "–" if mean is None else number(mean), needed


@click.command()
@study_argument
@json_option
@says_mistakes
def cohort(folder: Path, as_json: bool) -> None:
    """Print who is in the courses of STUDY: where they stand, what they are stuck on, who drifts, who is due."""
    with open_study(folder) as store, progress_line() as tell:
        found = finish(cohort_steps(store), tell)
    if as_json:
        members = [_plain(one) for one in found.members]
        print_json({"members": members, "idle": found.idle, "damaged": found.damaged})
        return
    print_table(
        ("course", "coder", "stands", "attempts", "needs somebody"),
        [
            (
                one.title,
                one.coder.name,
                standing_words(one.where.standing, one.where.due_on),
                len(one.scores),
                "yes" if one.needs_somebody else "",
            )
            for one in found.members
        ]
        + [(one.title or "–", one.coder.name, "cannot be read", "–", "yes") for one in found.damaged],
    )
    for one in found.members:
        if sentences := _sentences(one):
            click.echo(f"\n{one.coder.name}, “{one.title}”:")
            for sentence in sentences:
                click.echo(f"- {sentence}")
    for lost in found.damaged:
        click.echo(f"\n{damaged_words(lost)}")
        for problem in lost.problems:
            click.echo(f"- {problem}")
    if found.idle:
        names = ", ".join(one.name for one in found.idle)
        click.echo(f"\nHave not begun a course: {names}")


def _sentences(member: Member) -> list[str]:
    scheme = member.scheme
    if scheme is None:
        return [f"The study does not have the scheme of this course ({member.course}), so codes cannot be named."]
    return [
        *(alert_words(one, scheme) for one in member.alerts),
        *(stuck_words(one, scheme) for one in member.stuck),
    ]


def _plain(member: Member) -> dict[str, object]:
    return {
        "coder": member.coder,
        "course": member.course,
        "title": member.title,
        "studies": member.studies,
        "where": member.where,
        "attempts": len(member.scores),
        "stuck": [
            {
                "tier": one.curve.tier,
                "code": one.curve.code,
                "statistic": one.curve.statistic,
                "needed": one.curve.criterion,
                "mean": one.mean,
                "before": one.before,
                "rising": one.rising,
            }
            for one in member.stuck
        ],
        "alerts": member.alerts,
        "needs_somebody": member.needs_somebody,
    }


@click.group()
def record() -> None:
    """Training records: what a trainee reached, out of one study and into another."""


@record.command()
@study_argument
@coder_option
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help=f"A {SUFFIX} file.")
@json_option
@says_mistakes
def write(folder: Path, coder: str, out: Path, as_json: bool) -> None:
    """Write what a trainee reached in STUDY to a file: scores, decisions, certificates; no codes, no film."""
    require_ending(out, ".json")
    with open_study(folder, looking=True) as store:
        written = write_record(store, find_coder(store, coder).id, out)
    if as_json:
        print_json(_summary(written))
    else:
        click.echo(f"Written to {out}.")


@record.command()
@study_argument
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--coder", default="", help="Whose it is in STUDY; the coder of the same name if left out.")
@json_option
@says_mistakes
def bring(folder: Path, file: Path, coder: str, as_json: bool) -> None:
    """Keep a training record in STUDY, where `coder training cohort` counts it in."""
    with open_study(folder) as store:
        kept = bring_record(store, file, find_coder(store, coder).id if coder else None)
        whose = store.coder(kept.coder_id).name
    if as_json:
        print_json({"coder": whose, **_summary(kept.record)})
    else:
        click.echo(f"Kept for {whose}: {_courses(kept.record)}.")


@record.command(name="list")
@study_argument
@json_option
@says_mistakes
def list_(folder: Path, as_json: bool) -> None:
    """Print the training records that were brought to STUDY; of each study the newest."""
    with open_study(folder, looking=True) as store:
        found = [(store.coder(one.coder_id).name, one) for one in records(store)]
    if as_json:
        print_json([{"coder": name, "brought_at": one.at, **_summary(one.record)} for name, one in found])
        return
    print_table(
        ("coder", "from study", "written", "courses"),
        [(name, one.record.study, one.record.written_at[:10], _courses(one.record)) for name, one in found],
    )


def _courses(found: Record) -> str:
    return ", ".join(
        f"“{one.title}” {one.course.version} (attempts: {len(one.scores)}, certificates: {len(one.certificates)})"
        for one in found.courses
    )


def _summary(found: Record) -> dict[str, object]:
    return {
        "study": found.study,
        "written_at": found.written_at,
        "courses": [
            {
                "course": one.course,
                "title": one.title,
                "attempts": len(one.scores),
                "tests": [{"set": test.test_set, "passed": test.decision.passed} for test in one.tests],
                "certificates": [
                    {"issued_at": had.issued_at, "expires_at": had.expires_at} for had in one.certificates
                ],
            }
            for one in found.courses
        ],
    }
