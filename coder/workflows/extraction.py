"""Measuring the films of sessions, in processes of their own, in parts that stay."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress

from coder.features.concluding.settings import ConcludingSettings
from coder.features.extractor import make
from coder.features.pace import Pace
from coder.features.pool import Ended, Job, Measured, Moved, Took, measure
from coder.language import tr
from coder.media import fingerprint
from coder.model.problem import CoderError, FeatureError, Problem, StoreError
from coder.model.progress import Progress
from coder.model.study import Fingerprint, Media, Session
from coder.store import StudyStore
from coder.workflows.concluding import CONCLUDED
from coder.workflows.extracted import Became, Extracted, Outcome, left_text
from coder.workflows.films import not_the_film
from coder.workflows.one_track import OneTrack
from coder.workflows.steps import Steps

EXTRACTORS = ("voice", "people")
"""What is measured unless somebody asks for less. Sound takes hardly any time: it goes first."""

_LAST_TOLD_S = 0.2  # progress is for eyes


def extract_steps(
    store: StudyStore,
    session_ids: Sequence[str],
    settings: Mapping[str, Mapping[str, str]] | None = None,
    *,
    workers: int = 1,
    extractors: Sequence[str] = EXTRACTORS,
    again: bool = False,
    told: Callable[[Outcome], None] = lambda _outcome: None,
) -> Steps[Extracted]:
    """Measure every film of the sessions, and conclude from what was seen in it.

    settings: by the name of an extractor or, as text too, of the conclusion ("dyad"). workers: processes. again:
    measure anew what is there already. told: hears of each film as soon as it is settled, the cancelled ones too.

    What goes wrong with one film is an outcome, the others go on. Closing the generator ends the processes. What
    was finished stays: the next call goes on behind it, and the numbers are the same as without the interruption.
    Raises FeatureError for an extractor or a setting that does not exist, StoreError if the disk refuses.
    """
    settings = settings or {}
    ConcludingSettings.of(settings.get(CONCLUDED, {}))
    kinds = [make(name, settings.get(name, {})) for name in extractors]
    sessions = {session.id: session for session in store.sessions()}
    tracks = [
        OneTrack(store, session, media, kind, settings.get(CONCLUDED))
        for session in (sessions[session_id] for session_id in session_ids)
        for media in session.media
        for kind in kinds
    ]
    run = _Run(store, tracks, workers, told, again=again)
    try:
        yield from run.steps()
    finally:
        run.stop()
    return Extracted(tuple(run.outcomes))


class _Run:
    """One call of `extract_steps`."""

    def __init__(
        self,
        store: StudyStore,
        tracks: Sequence[OneTrack],
        workers: int,
        told: Callable[[Outcome], None],
        *,
        again: bool,
    ) -> None:
        self.outcomes: list[Outcome] = []
        self._store, self._workers, self._again, self._told = store, workers, again, told
        self._tracks = {track.name: track for track in tracks}
        self._open = dict(self._tracks)
        self._pace = Pace()
        self._checks = _Checks(store)
        self._doing = tr("Beginning")

    def steps(self) -> Iterator[Progress]:
        last = 0.0
        with closing(measure(self._jobs(), self._workers)) as messages:
            for message in messages:
                if isinstance(message, Moved):
                    track = self._tracks[message.job]
                    track.reached = message.done
                    self._doing = f"{track.session.name}: {message.text}"
                elif isinstance(message, Measured):
                    self._tracks[message.job].keep(message.block)
                elif isinstance(message, Took):
                    self._pace.heard(self._tracks[message.job].extractor.name, message.looked_at, message.took_s)
                elif isinstance(message, Ended):
                    self._end(self._tracks[message.job], message.error)
                if time.monotonic() - last > _LAST_TOLD_S:
                    last = time.monotonic()
                    yield self._progress()

    def stop(self) -> None:
        """Whatever is not settled by now was cancelled; what was finished of it is on the disk."""
        self._checks.stop()
        for track in list(self._open.values()):
            with suppress(StoreError):  # there is an error under way already, perhaps this very one
                track.pause()
            self._settle(track, Became.CANCELLED)

    def _jobs(self) -> Iterator[Job | None]:
        waiting = list(self._tracks.values())
        for at, track in enumerate(waiting):
            try:
                if not self._again and track.is_there():
                    self._settle(track, Became.MEASURED if track.conclude_if_asked() else Became.THERE)
                    yield None
                    continue
                if (lacking := track.lacking()) is not None:
                    self._settle(track, Became.NOTHING, (lacking,))
                    continue
                self._checks.begin(track.session, track.media)
                if at + 1 < len(waiting):  # reading a long film takes a while: while this one is measured, read on
                    self._checks.begin(waiting[at + 1].session, waiting[at + 1].media)
                while not self._checks.require(track.media):
                    self._doing = tr("Checking the film of “{session}”", session=track.session.name)
                    yield None
                job = track.begin(again=self._again)
            except CoderError as error:
                self._settle(track, Became.FAILED, tuple(error.problems))
            else:
                yield job

    def _end(self, track: OneTrack, error: CoderError | None) -> None:
        try:
            if error is not None:
                raise error
            track.finish()
        except CoderError as failed:
            self._settle(track, Became.FAILED, tuple(failed.problems))
        else:
            self._settle(track, Became.MEASURED)

    def _settle(self, track: OneTrack, became: Became, problems: tuple[Problem, ...] = ()) -> None:
        del self._open[track.name]
        if became in {Became.FAILED, Became.NOTHING}:
            track.fail(problems, nothing=became == Became.NOTHING)
        outcome = Outcome(
            track.session.id, track.session.name, track.media.id, track.extractor.name, became, problems
        )
        self.outcomes.append(outcome)
        self._told(outcome)

    def _progress(self) -> Progress:
        whole = sum(track.weight for track in self._tracks.values())
        open_ = sum(track.weight * (1 - track.share) for track in self._open.values())
        sessions = {track.session.id for track in self._tracks.values()}
        done = len(sessions - {track.session.id for track in self._open.values()})
        left: dict[str, int] = {}
        for track in self._open.values():
            left[track.extractor.name] = left.get(track.extractor.name, 0) + track.looks_left
        parts = [self._doing, left_text(self._pace.left_s(left, self._workers))]
        if len(sessions) > 1:
            parts.insert(0, tr("{done} of {count} sessions done", done=done, count=len(sessions)))
        return Progress(
            round(1000 * (whole - open_)), round(1000 * whole), " · ".join(part for part in parts if part)
        )


class _Checks:
    """Whether films are those that were added to the study: read on a thread, for that may take long."""

    def __init__(self, store: StudyStore) -> None:
        self._store = store
        self._stopped = threading.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="film check")
        self._found: dict[str, tuple[Session, Future[Fingerprint]]] = {}

    def begin(self, session: Session, media: Media) -> None:
        if media.id not in self._found:
            path = self._store.media_path(media)
            self._found[media.id] = session, self._thread.submit(fingerprint, path, self._go_on)

    def require(self, media: Media) -> bool:
        """True if the film is the right one, False while that is not known. Raises FeatureError or MediaError."""
        session, found = self._found[media.id]
        if not found.done():
            return False
        if found.result() != media.fingerprint:
            raise FeatureError(not_the_film(session, self._store.media_path(media)))
        return True

    def stop(self) -> None:
        self._stopped.set()
        self._thread.shutdown(cancel_futures=True)

    def _go_on(self, _share: float) -> None:
        if self._stopped.is_set():
            raise FeatureError(Problem(tr("Cancelled.")))
