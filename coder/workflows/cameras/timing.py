"""Where a film lies on its session's clock: set, proposed from the sound, proposed from marks."""

from collections.abc import Sequence
from dataclasses import replace
from math import hypot
from pathlib import Path

import numpy as np

from coder.language import tr
from coder.media import MOST_SKEW_PPM, Match, Proposal, fitted, propose
from coder.model.problem import CoderError, Problem
from coder.model.study import Media, Session
from coder.model.time import SECOND_US, Span, clock, seconds_text
from coder.store import StudyStore
from coder.workflows.sessions import session_of
from coder.workflows.steps import Steps, telling

# Far more than any clock: beyond it somebody has typed a slip.
_NEVER_PPM = 10_000

# Marks that lie farther than this from the line through all of them were not of the same moment.
_SLIP_S = 0.15


def set_timing(store: StudyStore, media_id: str, offset_us: int, skew_ppm: int) -> Media:
    """Keep when a film begins on the session's clock and how fast its clock runs.

    Raises CoderError for the session's first film, which is the clock, for a film that would lie wholly outside
    the session, and for a skew that no camera has.
    """
    session, media = _film(store, media_id)
    if abs(skew_ppm) > _NEVER_PPM:
        what = tr("A clock that is {skew} parts in a million off is no camera’s.", skew=f"{skew_ppm:+,}")
        raise CoderError(Problem(what, media.role, tr("Most are less than 100 off.")))
    timed = replace(media, offset_us=offset_us, skew_ppm=skew_ppm)
    span = Span(offset_us, timed.to_session_us(media.duration_us))
    whole = Span(min(session.window.start_us, 0), max(session.window.end_us, session.media[0].duration_us))
    if span.intersection(whole) is None:
        what = tr(
            "“{role}” would lie from {start} to {end}, wholly outside the session, which ends at {last}.",
            role=media.role,
            start=clock(span.start_us),
            end=clock(span.end_us),
            last=clock(whole.end_us),
        )
        raise CoderError(
            Problem(what, session.name, tr("Look at the sign: a film that began later has a positive offset."))
        )
    store.update_media(timed)
    return timed


def sound_proposal_steps(store: StudyStore, media_id: str) -> Steps[Proposal]:
    """Timing of a film found by comparing its sound with that of the session's first film; changes nothing.

    Raises MediaError if one of the two cannot be read or has no sound, CoderError for the first film itself.
    """
    session, media = _film(store, media_id)
    first = session.media[0]
    seconds = (first.duration_us + media.duration_us) // SECOND_US
    return (
        yield from telling(
            lambda tell: propose(
                store.media_path(first),
                store.media_path(media),
                first.to_session_us,
                lambda done_s: tell(int(done_s)),
            ),
            seconds,
            tr("Listening to {one} and {other}", one=first.role, other=media.role),
        )
    )


def compare_steps(first: Path, other: Path) -> Steps[Proposal]:
    """Timing of one film file on the clock of another, by their sound. Raises MediaError as `propose` does."""
    return telling(
        lambda tell: propose(first, other, progress=lambda done_s: tell(int(done_s))),
        0,
        tr("Listening to {one} and {other}", one=first.name, other=other.name),
    )


def marks_proposal(reference: Media, other: Media, marks: Sequence[tuple[int, int]]) -> Proposal:
    """Timing of a film from moments that a person marked in both; changes nothing.

    marks: (session time, the other film's own time), microseconds. One mark gives the offset, two or more the skew
    as well, where they lie far enough apart to tell it. Raises CoderError without a mark.
    """
    if not marks:
        what = tr("Nothing is marked yet.")
        raise CoderError(Problem(what, hint=tr("Mark one moment in both films, such as a clap.")))
    session_us, file_us = np.array(sorted(marks), np.float64).T
    session_s, lags_s = session_us / SECOND_US, (session_us - file_us) / SECOND_US
    even = np.ones(len(marks))
    offset_us, skew_ppm, uncertainty_us = fitted(session_s, lags_s, even, _mark_error_s(reference, other))
    off_s = np.abs(lags_s - offset_us / SECOND_US + file_us * skew_ppm / SECOND_US**2)
    matches = tuple(
        Match(int(at), int(at - own), float(np.clip(1 - off / _SLIP_S, 0, 1)))
        for at, own, off in zip(session_us, file_us, off_s, strict=True)
    )
    remark = _remark(skew_ppm, float(off_s.max()), len(marks))
    enough = abs(skew_ppm) <= MOST_SKEW_PPM and off_s.max() <= _SLIP_S
    return Proposal(offset_us, skew_ppm, uncertainty_us, matches, sound=False, enough=bool(enough), remark=remark)


def _mark_error_s(reference: Media, other: Media) -> float:
    """How far a mark may be off: a moment lies anywhere in the frame that shows it, in both films (evenly)."""
    one_us, other_us = (media.duration_us / max(media.frame_count, 1) for media in (reference, other))
    return hypot(one_us, other_us) / SECOND_US / 12**0.5


def _remark(skew_ppm: int, worst_s: float, count: int) -> str:
    if worst_s > _SLIP_S:
        return tr(
            "The marks do not agree: one is {off} from where the others put it.",
            off=seconds_text(round(worst_s * SECOND_US)),
        )
    if abs(skew_ppm) > MOST_SKEW_PPM:
        return tr("By these marks the clock would be off as no camera’s is: was the same moment marked in both?")
    if count == 1:
        return tr("One mark gives the offset; a second one far from it would give the clock’s speed.")
    if skew_ppm == 0:
        return tr("The marks lie too near each other to tell how fast the clock runs, or it runs alike.")
    return ""


def _film(store: StudyStore, media_id: str) -> tuple[Session, Media]:
    """The film and its session. Raises CoderError if it is the session's first."""
    media = store.media(media_id)
    session = session_of(store, media)
    if media != session.media[0]:
        return session, media
    what = tr("“{role}” is the session’s first film, and its clock is the session’s.", role=media.role)
    raise CoderError(Problem(what, hint=tr("Choose another film of the session.")))
