"""How far the measuring of each session is: what is there, what is half done, what went wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coder.model.problem import Problem
from coder.store import StudyStore, TrackRecord
from coder.workflows.under_way import UnderWay, under_way


class Stage(StrEnum):
    """How far the measuring of a film is, the one that needs attention most first."""

    FAILED = "failed"
    HALF = "half measured"
    NEVER = "not measured"
    DONE = "measured"
    NOTHING = "nothing to measure"


@dataclass(frozen=True, slots=True)
class FilmState:
    """One film and one extractor.

    settings: those it was measured with, or is being measured with; empty if it never was. measured_at: ISO 8601,
    "" if there is no track. done: share of the frames that are on the disk, 0.0 … 1.0. problems: why the last
    attempt failed; a track of an earlier one may still be there.
    """

    session_id: str
    session: str
    media_id: str
    film: str
    extractor: str
    stage: Stage
    settings: Mapping[str, str]
    done: float
    measured_at: str = ""
    problems: tuple[Problem, ...] = ()


def film_states(store: StudyStore, extractors: Sequence[str]) -> tuple[FilmState, ...]:
    """Every film of the study with each of the extractors, in the order of the study. Raises StoreError."""
    tracks = {(record.media_id, record.provenance.extractor): record for record in store.tracks()}
    halves = {(half.media_id, half.extractor): half for half in under_way(store)}
    return tuple(
        _state(session.id, session.name, media.id, media.path, name, tracks.get(key), halves.get(key))
        for session in store.sessions()
        for media in session.media
        for name in extractors
        for key in [(media.id, name)]
    )


def stage_of(states: Sequence[FilmState], session_id: str) -> Stage:
    """How far a session is: as far as its film that needs attention most."""
    own = {state.stage for state in states if state.session_id == session_id}
    return next((stage for stage in Stage if stage in own), Stage.NEVER)


def _state(
    session_id: str,
    session: str,
    media_id: str,
    film: str,
    extractor: str,
    track: TrackRecord | None,
    half: UnderWay | None,
) -> FilmState:
    at = track.created_at if track is not None else ""
    if half is not None:
        share = half.done / half.count if half.count else 0.0
        # what is half measured beside a track of other settings is a wish for another track
        stage = Stage.NOTHING if half.nothing else Stage.FAILED if half.problems else Stage.HALF
        return FilmState(
            session_id, session, media_id, film, extractor, stage, half.settings, share, at, half.problems
        )
    if track is not None:
        return FilmState(
            session_id, session, media_id, film, extractor, Stage.DONE, track.provenance.settings, 1.0, at
        )
    return FilmState(session_id, session, media_id, film, extractor, Stage.NEVER, {}, 0.0)
