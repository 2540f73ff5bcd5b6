"""`coder features`: measure the pictures and the sound of sessions."""

from collections.abc import Sequence
from pathlib import Path

import click

from coder.cli.show import (
    json_option,
    percent,
    print_json,
    print_problems,
    print_table,
    progress_line,
    says_mistakes,
)
from coder.cli.study import study_argument
from coder.cli.tracks import export, import_
from coder.features.pool import usual_workers
from coder.model.study import Session
from coder.model.time import seconds_text
from coder.store import StudyStore
from coder.workflows.concluding import CONCLUDED, SEEN
from coder.workflows.extracted import Became, Extracted, Outcome, of_session
from coder.workflows.extraction import EXTRACTORS, extract_steps
from coder.workflows.measured import measured
from coder.workflows.measuring_state import film_states
from coder.workflows.sessions import find_session
from coder.workflows.steps import finish
from coder.workflows.studies import open_study

_INTERRUPTED = 130
_STOPPED = "Measuring was stopped. What was finished is kept, and the same command goes on from there."


@click.group()
def features() -> None:
    """Measure people, gaze, distance, touch, movement and voice."""


features.add_command(import_)
features.add_command(export)


@features.command()
@study_argument
@click.option("--session", "names", multiple=True, help="Only this session, may be given several times.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that measure at once.  [default: one for each core, at most four]",
)
@click.option("--rate", type=float, help="Looks a second.  [default: 10]")
@click.option(
    "--child-side",
    type=click.Choice(["auto", "left", "right"]),
    help="Where the child is in the picture, if the guess by size is wrong.",
)
@click.option("--no-voice", is_flag=True, help="Leave the sound out.")
@click.option("--extractor", "others", multiple=True, help="Only with this extractor, such as a plug-in’s.")
@click.option("--set", "texts", multiple=True, help="For --extractor: a setting of it, as NAME=VALUE.")
@click.option("--again", is_flag=True, help="Measure anew what is measured already.")
@json_option
@says_mistakes
def extract(
    folder: Path,
    names: tuple[str, ...],
    workers: int | None,
    rate: float | None,
    child_side: str | None,
    no_voice: bool,
    others: tuple[str, ...],
    texts: tuple[str, ...],
    again: bool,
    as_json: bool,
) -> None:
    """Measure the films of STUDY in processes of their own. Interrupted work goes on where it stopped."""
    settings: dict[str, dict[str, str]] = {}
    if rate is not None:
        settings[SEEN] = {"rate_hz": str(rate)}
    if child_side is not None:
        settings[CONCLUDED] = {"child_side": child_side}
    settings |= {name: dict(text.partition("=")[::2] for text in texts) for name in others}
    told: list[Outcome] = []
    stopped = False
    with open_study(folder) as store:
        chosen = [find_session(store, name) for name in names] or list(store.sessions())
        steps = extract_steps(
            store,
            [session.id for session in dict.fromkeys(chosen)],
            settings,
            workers=workers or usual_workers(),
            extractors=others or [name for name in EXTRACTORS if name != "voice" or not no_voice],
            again=again,
            told=told.append,
        )
        try:
            with progress_line() as tell:
                finish(steps, tell)
        except KeyboardInterrupt:
            stopped = True
        found = Extracted(tuple(told))
        _print(store, chosen, found, as_json=as_json)
    print_problems(found.problems())
    if stopped:
        click.echo(_STOPPED, err=True)
    if stopped or found.failed:
        raise SystemExit(_INTERRUPTED if stopped else 1)


def _print(store: StudyStore, chosen: Sequence[Session], found: Extracted, *, as_json: bool) -> None:
    coverage = {session.name: measured(store, session) for session in chosen}
    if as_json:
        print_json({"outcomes": found.outcomes, "coverage": coverage})
        return
    rows = []
    for session in chosen:
        became = of_session(found.outcomes, session.id) or Became.CANCELLED
        seen = coverage[session.name]
        shares = (None,) * 4 if seen is None else (seen.child, seen.parent, seen.both, seen.both_heads)
        gap = None if seen is None else seconds_text(seen.longest_gap_us)
        rows.append(
            (session.name, became.value, *(None if seen is None else percent(share) for share in shares), gap)
        )
    print_table(("session", "", "child seen", "parent seen", "both", "both heads", "longest gap"), rows)


@features.command()
@study_argument
@json_option
@says_mistakes
def status(folder: Path, as_json: bool) -> None:
    """What is measured in STUDY, what is half done, and what went wrong."""
    with open_study(folder) as store:
        states = film_states(store, EXTRACTORS)
    if as_json:
        print_json(states)
        return
    print_table(
        ("session", "film", "what", "state", "done", "settings"),
        [
            (
                state.session,
                Path(state.film).name,
                state.extractor,
                state.stage.value,
                percent(state.done),
                ", ".join(f"{name} {value}" for name, value in state.settings.items()),
            )
            for state in states
        ],
    )
    print_problems(problem for state in states for problem in state.problems)
