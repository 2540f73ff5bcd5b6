"""Measured tracks as tables that every program reads: times, values, what is valid, and why the rest is not."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np

from coder.language import tr
from coder.model.problem import FeatureError, FormatError, Problem
from coder.model.study import Media, Session
from coder.model.track import Why
from coder.staging import write_whole
from coder.store import StudyStore, TrackRecord
from coder.store.tracks import TrackTable, read_track_table
from coder.workflows.blinding import Blinding


@dataclass(frozen=True, slots=True)
class ExportedTrack:
    """A file that was written from a track."""

    file: Path
    session: str
    camera: str
    extractor: str
    rows: int
    signals: int


def export_tracks(store: StudyStore, session: Session, out: Path) -> tuple[ExportedTrack, ...]:
    """Write each track of a session that holds the newest of some signal to a CSV file in the folder `out`.

    Columns: frame, at_us (file time), session_us, then for each signal its value (empty where it is not valid),
    `<signal>.valid` (1 or 0) and `<signal>.why` (why not). Raises FeatureError if nothing was measured or coding
    is blind, FormatError if the disk refuses; files that are there are replaced only by whole ones.
    """
    if Blinding.of(store, session.id).hides_curves(session.id):
        what = tr("What was measured in “{session}” is not shown while it is coded blind.", session=session.name)
        raise FeatureError(Problem(what, hint=tr("It can be exported when all who code it have submitted.")))
    newest: dict[tuple[str, str, str], TrackRecord] = {}
    for record in store.tracks(session.id):
        newest |= {(record.media_id, record.provenance.extractor, name): record for name in record.signals}
    if not newest:
        what = tr("Nothing was measured in “{session}” yet.", session=session.name)
        raise FeatureError(Problem(what, hint=tr("Measure it first.")))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = tr("The folder cannot be made: {reason}.", reason=error.strerror)
        raise FormatError(Problem(what, str(out))) from None
    films = {media.id: media for media in session.media}
    records = tuple({record.id: record for record in newest.values()}.values())
    files = _files(session, [(films[record.media_id], record) for record in records], out)
    return tuple(
        _written(store, session, films[record.media_id], record, file)
        for record, file in zip(records, files, strict=True)
    )


def _files(session: Session, tracks: Sequence[tuple[Media, TrackRecord]], out: Path) -> list[Path]:
    """One file for each track; names that would be alike are told apart by what was measured."""
    stems = [
        ".".join(_plain(part) for part in (session.name, media.role, record.provenance.extractor))
        for media, record in tracks
    ]
    alike = {stem for stem in stems if stems.count(stem) > 1}
    return [
        out / f"{stem}.{record.run[:8]}{record.media_id[:8]}.csv" if stem in alike else out / f"{stem}.csv"
        for stem, (_, record) in zip(stems, tracks, strict=True)
    ]


def _written(store: StudyStore, session: Session, media: Media, record: TrackRecord, file: Path) -> ExportedTrack:
    table = read_track_table(store, record)
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(_lines(table, media))
    write_whole(file, text.getvalue().encode("utf-8-sig"), FormatError)
    extractor = record.provenance.extractor
    return ExportedTrack(file, session.name, media.role, extractor, record.rows, len(table.signals))


def _lines(table: TrackTable, media: Media) -> Iterator[list[str]]:
    heading = ["frame", "at_us", "session_us"]
    columns: list[list[str]] = [
        [str(one) for one in table.frame],
        [str(one) for one in table.at_us],
        [str(media.to_session_us(int(one))) for one in table.at_us],
    ]
    words = np.array([why.name.lower() if why != Why.SEEN else "" for why in Why])
    numbers = np.array([why.value for why in Why])
    for name in table.signals:
        valid = table.valid(name)
        heading += [name, f"{name}.valid", f"{name}.why"]
        # the shortest text that is read back as the same number
        columns.append([str(value) if good else "" for value, good in zip(table.values(name), valid, strict=True)])
        columns.append(["1" if good else "0" for good in valid])
        why = table.why(name)
        columns.append(
            ["" if good else "not_said" for good in valid]
            if why is None
            else list(words[np.searchsorted(numbers, why)])
        )
    yield heading
    for row in zip(*columns, strict=True):
        yield list(row)


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name[:40])
