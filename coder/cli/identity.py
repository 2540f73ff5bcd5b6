"""`coder identity`: who is who in a film, shown, swapped, confirmed, said and taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from coder.cli.show import ClockTime, json_option, percent, print_json, print_table, says_mistakes
from coder.cli.study import study_argument
from coder.model.persons import IdentityMark, Role
from coder.model.problem import FeatureError, Problem
from coder.model.study import Media
from coder.model.time import Span, clock
from coder.store import StudyStore
from coder.workflows import persons
from coder.workflows.identity import film_of, identities
from coder.workflows.passes import find_coder
from coder.workflows.sessions import find_session
from coder.workflows.studies import open_study


@click.group()
def identity() -> None:
    """Who is the parent and who the child in a measured film."""


def _stretch(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that all who say something need."""
    for option in (
        json_option,
        click.option("--by", "coder", required=True, help="The coder who says so."),
        click.option("--to", "end_us", type=ClockTime(), required=True, help="Where it ends (session time)."),
        click.option("--from", "start_us", type=ClockTime(), required=True, help="Where it begins."),
        click.option("--camera", default="", help="Which film, by camera or number; needed if there are several."),
        click.option("--session", "name", required=True, help="The session."),
        study_argument,
    ):
        command = option(command)
    return command


@identity.command()
@study_argument
@click.option("--session", "names", multiple=True, help="Only this session, may be given several times.")
@json_option
@says_mistakes
def show(folder: Path, names: tuple[str, ...], as_json: bool) -> None:
    """How sure it is who is who in the films of STUDY, where it is not, and what was said about it."""
    with open_study(folder, looking=True) as store:
        chosen = [find_session(store, name) for name in names] or list(store.sessions())
        found = [film for session in chosen for film in identities(store, session)]
        coders = {coder.id: coder.name for coder in store.coders()}
    if as_json:
        print_json(found)
        return
    print_table(
        ("session", "film", "parent", "child", "unsure", "others"),
        [
            (
                film.session,
                Path(film.film).name,
                *map(percent, (film.parent, film.child, film.unsure, film.others)),
            )
            for film in found
        ],
    )
    for film in found:
        for span in film.doubts:
            click.echo(f"{film.session}: unsure from {_text(span)}")
        for mark in film.marks:
            click.echo(
                f"{film.session}: {_words(mark)}, said by {coders.get(mark.actor, mark.actor)}  [{mark.id}]"
            )


@identity.command()
@_stretch
@says_mistakes
def swap(folder: Path, **asked: Any) -> None:
    """In a stretch of a film, parent and child are each other."""
    _said(folder, lambda store, media, span, actor: persons.swap(store, media.id, span, actor=actor), **asked)


@identity.command()
@_stretch
@says_mistakes
def confirm(folder: Path, **asked: Any) -> None:
    """In a stretch of a film, everybody is who they are shown to be."""
    _said(folder, lambda store, media, span, actor: persons.confirm(store, media.id, span, actor=actor), **asked)


@identity.command()
@click.option("--at", "at_us", type=ClockTime(), required=True, help="When (session time).")
@click.option("--x", type=click.FloatRange(0, 1), required=True, help="Where: share of the picture’s width.")
@click.option("--y", type=click.FloatRange(0, 1), required=True, help="Where: share of its height, from the top.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="Who it is.")
@_stretch
@says_mistakes
def say(folder: Path, at_us: int, x: float, y: float, role: str, **asked: Any) -> None:
    """Say who somebody is, for a stretch of a film. The place is that of the head."""
    _said(
        folder,
        lambda store, media, span, actor: persons.say(
            store, media.id, media.to_file_us(at_us), x, y, Role(role), span, actor=actor
        ),
        **asked,
    )


@identity.command()
@study_argument
@click.argument("mark")
@click.option("--by", "coder", required=True, help="The coder who takes it back.")
@says_mistakes
def withdraw(folder: Path, mark: str, coder: str) -> None:
    """Take back what was said; MARK is its id, as `show` tells it."""
    with open_study(folder) as store:
        persons.withdraw_mark(store, mark, actor=find_coder(store, coder).id)
    click.echo("It holds no longer; all that follows was made again.")


def _said(
    folder: Path,
    speak: Callable[[StudyStore, Media, Span, str], IdentityMark],
    *,
    name: str,
    camera: str,
    start_us: int,
    end_us: int,
    coder: str,
    as_json: bool,
) -> None:
    if end_us <= start_us:
        raise FeatureError(Problem("This stretch ends before it begins.", hint="Write where it begins and ends."))
    with open_study(folder) as store:
        actor = find_coder(store, coder).id
        media = film_of(find_session(store, name), camera)
        span = Span(media.to_file_us(start_us), media.to_file_us(end_us))
        mark = speak(store, media, span, actor)
    if as_json:
        print_json(mark)
    else:
        click.echo(f"Kept: {_words(mark)}  [{mark.id}]. All that follows was made again.")


def _words(mark: IdentityMark) -> str:
    roles = sorted({anchor.role.value for anchor in mark.anchors})
    return f"{', '.join(roles)} from {_text(mark.span)} of the film"


def _text(span: Span) -> str:
    return f"{clock(span.start_us)} to {clock(span.end_us)}"
