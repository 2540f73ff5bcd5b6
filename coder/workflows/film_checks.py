"""Is each film of a session there, and the one that was coded? At once by its size, then by its whole content."""

from dataclasses import dataclass

from coder.language import tr
from coder.model.problem import MediaError, Problem
from coder.model.study import Media, Session
from coder.store import StudyStore
from coder.workflows.cameras import fingerprint_steps
from coder.workflows.steps import Steps


@dataclass(frozen=True, slots=True)
class FilmDoubt:
    """A film that cannot be relied on. missing: it is not there; else it is not the file that was coded."""

    media: Media
    missing: bool
    problem: Problem


def doubts_at_once(store: StudyStore, session: Session) -> tuple[FilmDoubt, ...]:
    """The films that are missing or have another size; reads none of them."""
    found = []
    for media in session.media:
        path = store.media_path(media)
        try:
            size = path.stat().st_size if path.is_file() else None
        except OSError:
            size = None
        if size is None:
            what = tr("The film of “{camera}” is missing.", camera=media.role)
            hint = tr("Relink it, or look for it in a folder.")
            found.append(FilmDoubt(media, missing=True, problem=Problem(what, str(path), hint)))
        elif size != media.fingerprint.size:
            found.append(_exchanged(store, media))
    return tuple(found)


def doubts_steps(store: StudyStore, session: Session) -> Steps[tuple[FilmDoubt, ...]]:
    """The same with every film read to its end, unless it has been read since it was changed last."""
    found = list(doubts_at_once(store, session))
    doubtful = {doubt.media.id for doubt in found}
    for media in session.media:
        if media.id in doubtful:
            continue
        path = store.media_path(media)
        try:
            if (yield from fingerprint_steps(path)) != media.fingerprint:
                found.append(_exchanged(store, media))
        except MediaError as error:
            what = tr("The film of “{camera}” cannot be read to its end.", camera=media.role)
            hint = error.problems[0].what
            found.append(FilmDoubt(media, missing=True, problem=Problem(what, str(path), hint)))
    return tuple(found)


def _exchanged(store: StudyStore, media: Media) -> FilmDoubt:
    what = tr("The film of “{camera}” is not the file that was coded: frames may differ.", camera=media.role)
    hint = tr("Relink the original file, or look for it in a folder.")
    return FilmDoubt(media, missing=False, problem=Problem(what, str(store.media_path(media)), hint))
