"""`coder training feedback`, `decision`, `certificate`: what came of attempts and of tests."""

from collections.abc import Sequence
from pathlib import Path

import click

from coder.cli.show import json_option, number, print_json, print_table, says_mistakes
from coder.cli.study import study_argument
from coder.cli.training_words import coder_option, course_option, one_course
from coder.model.problem import CoderError, Problem
from coder.model.statistic import F1, PRECISION, SENSITIVITY
from coder.model.time import clock
from coder.model.training import Certificate
from coder.store import StudyStore
from coder.training.certification import last_day
from coder.workflows.outputs import require_ending
from coder.workflows.passes import find_coder
from coder.workflows.studies import open_study
from coder.workflows.training.certificate_page import certificate_html, certificate_title
from coder.workflows.training.certifying import certificates
from coder.workflows.training.certifying import decision as decision_of
from coder.workflows.training.courses import scheme_of
from coder.workflows.training.results import Result, result
from coder.workflows.training.words import (
    criterion_words,
    decision_words,
    difference_words,
    kind_word,
    pattern_words,
    praise,
)

_OF_A_CODE = (SENSITIVITY, PRECISION, F1)


@click.command()
@study_argument
@coder_option
@course_option
@click.option("--step", default="", help="Id of the step; the newest attempt that may be shown if left out.")
@json_option
@says_mistakes
def feedback(folder: Path, coder: str, course: str, step: str, as_json: bool) -> None:
    """Print what came of a trainee's newest attempt in STUDY: habits, every difference, numbers for each code."""
    with open_study(folder, looking=True) as store:
        found = _newest(store, one_course(store, course).id, find_coder(store, coder).id, step)
    if as_json:
        print_json(
            {
                "attempt": found.attempt,
                "habits": [{"habit": one, "says": pattern_words(one, found.scheme)} for one in found.patterns],
                "differences": [
                    {"difference": one, "says": difference_words(one, found.scheme)} for one in found.differences
                ],
                "score": found.score,
            }
        )
        return
    click.echo(f"{found.coder.name}, “{found.step.title}”, attempt {found.attempt.number}\n")
    for pattern in found.patterns:
        click.echo(f"- {pattern_words(pattern, found.scheme)}")
    if not found.patterns:
        click.echo(praise(len(found.master), len(found.differences)))
    click.echo()
    print_table(
        ("time", "class", ""),
        [
            (clock(one.span.start_us), kind_word(one.kind), difference_words(one, found.scheme))
            for one in found.differences
        ],
    )
    click.echo()
    _print_codes(found)


def _newest(store: StudyStore, course_id: str, coder_id: str, step: str) -> Result:
    """The newest attempt that was coded; whether it may be shown is the workflow's to say."""
    mine = [
        one
        for one in store.training.attempts(course_id, coder_id)
        if one.pass_id and (not step or one.step_id == step)
    ]
    if not mine:
        where = f"at “{step}”" if step else "in this course"
        raise CoderError(Problem(f"There is no attempt {where} yet.", store.coder(coder_id).name))
    return result(store, mine[-1].id)


def _print_codes(found: Result) -> None:
    """Each code that the master or the trainee has, with 95 % limits."""
    by_code = {
        (one.tier, one.code, one.statistic): one.estimate
        for one in found.score.agreements
        if one.code is not None and not one.detail and one.statistic in _OF_A_CODE
    }
    rows = []
    for tier, code in dict.fromkeys((tier, code) for tier, code, _ in by_code if code is not None):
        estimates = [by_code.get((tier, code, statistic)) for statistic in _OF_A_CODE]
        if any(one is not None and one.value is not None for one in estimates):
            numbers = (
                "–" if one is None or one.value is None else number(one.value) + _limits(one.low, one.high)
                for one in estimates
            )
            rows.append((found.scheme.name_of(tier, code), found.score.seen.get((tier, code), 0), *numbers))
    if rows:
        print_table(("code", "master has", "found", "right", "F1"), rows)


def _limits(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" ({low:.2f}–{high:.2f})"


@click.command()
@study_argument
@coder_option
@course_option
@click.option("--set", "test_set", default=1, show_default=True, help="Which test of the course.")
@json_option
@says_mistakes
def decision(folder: Path, coder: str, course: str, test_set: int, as_json: bool) -> None:
    """Print what the rule says of a trainee's test in STUDY: passed or not, and every criterion."""
    with open_study(folder, looking=True) as store:
        taken = one_course(store, course)
        found = decision_of(store, taken, find_coder(store, coder).id, test_set)
        scheme = scheme_of(store, taken)
    if as_json:
        print_json(found)
        return
    for sentence in decision_words(found, scheme):
        click.echo(sentence)
    click.echo()
    print_table(
        ("clip", "", ""),
        [(one.clip or "all", _reached(one.met), criterion_words(one, scheme)) for one in found.criteria],
    )


def _reached(met: bool | None) -> str:
    return "–" if met is None else "reached" if met else "missed"


@click.command()
@study_argument
@coder_option
@course_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A PDF to write the newest one to.",
)
@json_option
@says_mistakes
def certificate(folder: Path, coder: str, course: str, out: Path | None, as_json: bool) -> None:
    """Print a trainee's certificates in STUDY, or write the newest one to a file."""
    if out is not None:
        require_ending(out, ".pdf")
    with open_study(folder, looking=True) as store:
        who = find_coder(store, coder)
        wanted = one_course(store, course).course.id.name if course else ""
        found = [one for one in certificates(store, who.id) if wanted in ("", one.course.name)]
        if out is not None:
            if not found:
                hint = "It is issued when a test is passed."
                raise CoderError(Problem(f"{who.name} has no certificate.", hint=hint))
            from coder.desktop.pdf import write_pdf  # noqa: PLC0415 - Qt is loaded for a PDF only

            write_pdf(certificate_html(store, found[-1]), out, certificate_title(found[-1]))
    if as_json:
        print_json(found)
    elif out is None:
        _print(found)
    else:
        click.echo(f"Written to {out}.")


def _print(found: Sequence[Certificate]) -> None:
    print_table(
        ("course", "version", "test", "issued", "holds until", "clips"),
        [
            (
                one.course_title,
                one.course.version,
                one.test_set,
                one.issued_at,
                last_day(one).isoformat(),
                ", ".join(one.decision.clips),
            )
            for one in found
        ],
    )
