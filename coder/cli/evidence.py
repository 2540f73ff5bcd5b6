"""`coder evidence`: what was measured, beside what was coded; never called reliability."""

from collections.abc import Iterable
from pathlib import Path

import click

from coder.cli.show import (
    json_option,
    number,
    percent,
    plain,
    print_json,
    print_table,
    print_withheld,
    progress_line,
    says_mistakes,
)
from coder.cli.study import study_argument
from coder.model.evidence import SILENCE_SENTENCES, Concordance, ConcordanceSum, Question, Silence
from coder.model.time import SECOND_US, clock
from coder.report.evidence import evidence_sentence, named, rule_words, source_words
from coder.store import StudyStore
from coder.workflows.evidence import PassEvidence, SchemeSums, SessionEvidence, StudyEvidence, evidence_steps
from coder.workflows.evidence_report import evidence_data
from coder.workflows.sessions import find_session
from coder.workflows.steps import finish
from coder.workflows.studies import open_study

_ASKED = 10  # of the questions of a pass; the window has them all


@click.command()
@study_argument
@click.option("--session", default="", help="Only this session.")
@click.option("--scheme", default="", help="Only passes with this scheme, by name.")
@click.option("--details", is_flag=True, help="Also each pass: its numbers, and what the tracks ask about.")
@json_option
@says_mistakes
def evidence(folder: Path, session: str, scheme: str, details: bool, as_json: bool) -> None:
    """Print how the signals measured in STUDY go together with its codes, coverage first.

    Nothing is computed of a session that somebody still codes.
    """
    with open_study(folder, looking=True) as store, progress_line() as tell:
        chosen = find_session(store, session).id if session else None
        found = finish(evidence_steps(store, chosen, scheme), tell)
        if as_json:
            print_json(_plain(store, found))
            return
    _print(found, details=details)
    print_withheld((*found.withheld, *found.damaged))


def _print(found: StudyEvidence, *, details: bool) -> None:
    for name in found.unmeasured:
        click.echo(f"“{name}” was not measured.")
    if not found.sessions:
        click.echo("No session that may be seen has both submitted passes and measured tracks.")
        return
    print_table(
        ("session", "child's face", "parent's face", "both faces", "both heads", "longest gap"),
        [_seen(one) for one in found.sessions],
    )
    data = evidence_data(found)
    for sums, part in zip((one for one in found.schemes if one.sums), data.parts if data else (), strict=True):
        click.echo(f"\n{sums.scheme.title}: {sums.sessions} session(s), {sums.passes} pass(es)\n")
        for one in sums.sums:
            if sentence := evidence_sentence(one, part):
                click.echo(f"- {sentence}".replace("\u202f", " "))
        _print_errors(sums)
    if details:
        for coding in (one for session in found.sessions for one in session.passes if one.concordances):
            _print_pass(coding)
    click.echo("\nMeasured by:")
    for line in dict.fromkeys(source_words(source) for one in found.sessions for source in one.sources):
        click.echo(f"- {line}")


def _seen(one: SessionEvidence) -> tuple[object, ...]:
    seen = one.coverage
    if seen is None:
        return (one.session.name, *["not measured"] * 4, None)
    shares = (seen.child, seen.parent, seen.both, seen.both_heads)
    return (one.session.name, *map(percent, shares), f"{seen.longest_gap_us / SECOND_US:.1f} s")


def _print_errors(sums: SchemeSums) -> None:
    judged = [one for one in sums.errors if one.judged or one.undecided]
    if not judged:
        return
    click.echo()
    print_table(
        ("code", "feature", "wrong", "judged", "rate", "undecided"),
        [
            (
                named(sums.scheme, one.tier, one.code),
                one.feature or "faces",
                one.wrong,
                one.judged,
                None if one.rate.value is None else percent(one.rate.value),
                one.undecided,
            )
            for one in judged
        ],
    )


def _print_pass(one: PassEvidence) -> None:
    click.echo(f"\n{one.session.name}, {one.coder.name}, {one.scheme.title}\n")
    print_table(
        ("code", "rule", "consistent", "chance", "p", "least p", "AUC", "kappa", "delay", "remark"),
        [_row(one, each) for each in one.concordances if each.events],
    )
    asked = one.open_questions
    if asked:
        click.echo(f"\n{len(asked)} question(s), the heaviest first:")
    for question in asked[:_ASKED]:
        click.echo(f"  {_question(one, question)}")


def _row(coding: PassEvidence, one: Concordance) -> tuple[object, ...]:
    spoken = one.why is Silence.SPEAKS
    return (
        named(coding.scheme, one.tier, one.code),
        f"{one.rule.feature} {rule_words(one.rule)}".replace("\u202f", " "),
        f"{one.consistent} of {one.covered}" if spoken else "",
        "" if one.chance.mean is None else percent(one.chance.mean),
        "" if one.chance.p is None else f"{one.chance.p:.3f}",
        "" if one.chance.least_p is None else f"{one.chance.least_p:.3f}",
        "" if one.auc.value is None else number(one.auc.value),
        "" if one.kappa.value is None else number(one.kappa.value),
        "" if one.lag_us is None else f"{one.lag_us / SECOND_US:+.2f} s",
        SILENCE_SENTENCES[one.why],
    )


def _question(coding: PassEvidence, one: Question) -> str:
    what = {
        "against": f"{one.feature} speaks against “{{}}”",
        "uncoded": f"{one.feature} speaks for “{{}}”, which is not coded",
        "visible": "coded as “{}”, and the faces can be seen",
    }[one.concern.value]
    length = f" for {one.span.duration_us / SECOND_US:.1f} s" if one.span.duration_us else ""
    return f"{clock(one.span.start_us)}{length}: {what.format(named(coding.scheme, one.tier, one.code))}"


def _plain(store: StudyStore, found: StudyEvidence) -> dict[str, object]:
    """Everything but the tracks themselves, which `coder features` exports."""
    return {
        "study": store.study.name,
        "withheld": [problem.what for problem in found.withheld],
        "damaged": [problem.what for problem in found.damaged],
        "unmeasured": found.unmeasured,
        "sessions": [_session(one) for one in found.sessions],
        "schemes": [
            {
                "scheme": plain(one.scheme.id),
                "sessions": one.sessions,
                "passes": one.passes,
                "sums": list(_sums(one.sums)),
                "coverage": plain(one.coverage),
                "contrasts": plain(one.contrasts),
                "errors": plain(one.errors),
            }
            for one in found.schemes
        ],
    }


def _sums(sums: Iterable[ConcordanceSum]) -> Iterable[dict[str, object]]:
    """Without the parts, which stand with their passes."""
    for one in sums:
        said = plain(one)
        del said["parts"]
        yield said


def _session(one: SessionEvidence) -> dict[str, object]:
    return {
        "session": one.session.name,
        "coverage": plain(one.coverage),
        "reasons": {
            name: {why.name.lower(): share for why, share in by.items()} for name, by in one.reasons.items()
        },
        "movement": plain(one.synchrony),
        "measured_by": plain(one.sources),
        "passes": [
            {
                "pass": coding.coding.header.id,
                "coder": coding.coder.name,
                "scheme": plain(coding.scheme.id),
                "coverage": plain(coding.coverage),
                "concordances": [plain(each) | {"least_p": each.chance.least_p} for each in coding.concordances],
                "findings": plain(coding.findings),
                "questions": [plain(each) | {"key": each.key} for each in coding.questions],
                "rulings": plain(coding.rulings),
            }
            for coding in one.passes
        ],
    }
