"""Films that were moved: told where they are, or looked for in a folder."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from coder.language import grouped, tr
from coder.media import fingerprint
from coder.model.problem import MediaError, Problem
from coder.model.progress import Progress
from coder.model.study import Fingerprint, Media
from coder.settings.seen_films import remember, seen
from coder.store import StudyStore
from coder.workflows.sessions import path_in
from coder.workflows.steps import Steps, sharing


def relink_steps(store: StudyStore, media_id: str, film: Path) -> Steps[Media]:
    """Say where a film lies now. Its content must be the one that was added; its name may be another.

    Raises MediaError with what differs if it is not, or if the file cannot be read.
    """
    media = store.media(media_id)
    if film.is_file() and 0 < film.stat().st_size != media.fingerprint.size:
        raise _another(film, _sizes(film.stat().st_size, media.fingerprint.size))
    found = yield from fingerprint_steps(film)
    if found != media.fingerprint:
        raise _another(film, tr("It is as long in bytes, but its content is another."))
    return _linked(store, media, film)


def find_moved_steps(store: StudyStore, folder: Path) -> Steps[tuple[Media, ...]]:
    """Look in a folder and those inside it for all films of the study that are missing, and link what is found.

    Files are told by their size, then by their content; what cannot be read is passed over. Nothing is linked
    before the search is over. Returns the films that were linked. Raises MediaError if there is no such folder.
    """
    if not folder.is_dir():
        what = tr("There is no such folder.")
        raise MediaError(Problem(what, str(folder), tr("Choose the folder that the films were moved to.")))
    missing = [
        media for session in store.sessions() for media in session.media if not store.media_path(media).is_file()
    ]
    found: list[tuple[Media, Path]] = []
    for file in _files(folder):
        yield Progress(0, 0, tr("Looking at {file}", file=file.name))
        fitting = [media for media in missing if media.fingerprint.size == _size(file)]
        if not fitting:
            continue
        try:
            content = yield from fingerprint_steps(file)
        except MediaError:
            continue
        for media in fitting:
            if media.fingerprint == content:
                found.append((media, file))
                missing.remove(media)
        if not missing:
            break
    return tuple(_linked(store, media, file) for media, file in found)


def fingerprint_steps(film: Path) -> Steps[Fingerprint]:
    """The film's fingerprint; a file that was read before and has not changed is not read again."""
    known = seen(film)
    if known is not None:
        return known
    found = yield from sharing(lambda tell: fingerprint(film, tell), tr("Reading {film}", film=film.name))
    remember(film, found)
    return found


def _linked(store: StudyStore, media: Media, film: Path) -> Media:
    linked = replace(store.media(media.id), path=path_in(store.folder, film))
    store.update_media(linked)
    return linked


def _another(film: Path, difference: str) -> MediaError:
    what = tr("This is not the film that was coded. {difference}", difference=difference)
    return MediaError(
        Problem(what, str(film), tr("Choose the original file; a converted or cut copy will not do."))
    )


def _sizes(size: int, wanted: int) -> str:
    return tr("It has {size} bytes, and the film has {wanted}.", size=grouped(size), wanted=grouped(wanted))


def _files(folder: Path) -> Iterator[Path]:
    """Every file below the folder, in order of their names; folders that are closed to us are passed over."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(place) / name for name in sorted(names))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1
