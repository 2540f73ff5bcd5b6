"""The store: a study folder that is open."""

import contextlib
import hashlib
from collections.abc import Generator, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from coder.language import tr
from coder.model.coding import CodingPass, Event, PassHeader, PassStatus, Viewing
from coder.model.disagreement import Settlement
from coder.model.edit import Edit
from coder.model.evidence import Ruling
from coder.model.persons import IdentityMark
from coder.model.problem import Problem, StoreError
from coder.model.progress import Progress
from coder.model.scheme import SchemeId
from coder.model.study import Assignment, Coder, Media, Session, Study
from coder.model.time import Span
from coder.store import assignments, checking, identities, passes, rows, rulings, schema, settlements
from coder.store.engine import Database
from coder.store.journal import Entry, StatusChange
from coder.store.migrations import SHIPPED, Migrations
from coder.store.opening import make_study, open_study
from coder.store.snapshots import make_snapshot
from coder.store.track_record import TrackRecord
from coder.store.training import TrainingStore

_Found = TypeVar("_Found")


class StudyStore:
    """A study that is open. Every method may be called from any thread, and raises StoreError with one sentence.

    What a method has written is on the disk when it returns; if it raises, nothing was changed and the store can
    be used on.
    """

    def __init__(self, folder: Path, database: Database, study: Study, migrations: Migrations) -> None:
        """Use `create` or `open`."""
        self.folder = folder
        self.study = study
        self.training = TrainingStore(database)
        self._database = database
        self._migrations = migrations

    @classmethod
    def create(cls, folder: Path, name: str) -> Self:
        """Make a study in a folder that is new or empty, and open it.

        Raises StoreError if the folder holds something already, lies on a network or synchronised folder, or
        cannot be written.
        """
        make_study(folder.absolute(), name)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path, *, readonly: bool = False, migrations: Migrations = SHIPPED) -> Self:
        """Open the study in a folder; an older format is brought up to date after a snapshot.

        readonly: change nothing, also where the folder may not be written. migrations: the formats known.

        Raises StudyLockedError if it is open elsewhere; StoreError if it is no study, damaged, of a newer format,
        or in a place where a study cannot be written safely.
        """
        folder = folder.absolute()
        database, study = open_study(folder, readonly=readonly, migrations=migrations)
        return cls(folder, database, study, migrations)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
            return
        with contextlib.suppress(StoreError):  # the first error is the one to tell
            self.close()

    def close(self) -> None:
        """Close the study, with a snapshot if it was changed. Closing twice does nothing.

        Raises StoreError if the snapshot failed; the study is closed all the same and nothing is lost.
        """
        try:
            if self._database.changed:
                self._database.changed = False
                self.snapshot("close")
        finally:
            self._database.close()

    @property
    def readonly(self) -> bool:
        """True if the study was opened for reading only."""
        return self._database.readonly

    # Sessions, films, coders, schemes, assignments

    def add_coder(self, coder: Coder) -> None:
        """Add a coder; id and name must be new."""
        with self._database.writing() as connection:
            rows.add_coder(connection, coder)

    def coders(self) -> tuple[Coder, ...]:
        """All coders, in the order in which they were added."""
        with self._database.reading() as connection:
            return rows.coders(connection)

    def coder(self, coder_id: str) -> Coder:
        """One coder."""
        return _one([coder for coder in self.coders() if coder.id == coder_id], f"coder “{coder_id}”")

    def set_reaction(self, coder_id: str, reaction_us: int) -> None:
        """Say how late a coder's strokes come on average (0: not corrected); what is coded stays as it is."""
        with self._database.writing() as connection:
            rows.set_reaction(connection, coder_id, reaction_us)

    def add_session(self, session: Session) -> None:
        """Add a session with its films and participants."""
        with self._database.writing() as connection:
            rows.add_session(connection, session)

    def sessions(self) -> tuple[Session, ...]:
        """All sessions, in the order in which they were added."""
        with self._database.reading() as connection:
            return rows.sessions(connection)

    def session(self, session_id: str) -> Session:
        """One session."""
        return _one([found for found in self.sessions() if found.id == session_id], f"session “{session_id}”")

    def add_media(self, session_id: str, media: Media) -> None:
        """Add a film to a session, behind those it has."""
        with self._database.writing() as connection:
            rows.require(connection, schema.session, session_id, "session")
            rows.add_media(connection, session_id, media)

    def update_media(self, media: Media) -> None:
        """Replace the particulars of a film (path, offset, clock skew …) by its id."""
        with self._database.writing() as connection:
            rows.update_media(connection, media)

    def media(self, media_id: str) -> Media:
        """One film, of whichever session."""
        films = [film for session in self.sessions() for film in session.media if film.id == media_id]
        return _one(films, f"film “{media_id}”")

    def media_path(self, media: Media) -> Path:
        """Where a film lies: its path is relative to the study's folder, or absolute."""
        return self.folder / media.path

    def add_scheme(self, scheme: SchemeId, text: str) -> None:
        """Keep a scheme for good; `text` is the file's bytes decoded as UTF-8, line ends as they are.

        The same scheme again does nothing. Refused: another text under a name and version that the study has, and
        a text that is not the one the identity was made from.
        """
        if hashlib.sha256(text.encode()).hexdigest() != scheme.sha256:
            raise StoreError(
                Problem(tr("The text of the scheme {scheme} is not the one it was named after.", scheme=scheme))
            )
        with self._database.writing() as connection:
            rows.add_scheme(connection, scheme, text)

    def schemes(self) -> tuple[SchemeId, ...]:
        """The schemes of the study, in the order in which they were added."""
        with self._database.reading() as connection:
            return rows.schemes(connection)

    def scheme_text(self, scheme: SchemeId) -> str:
        """The text of exactly this scheme."""
        with self._database.reading() as connection:
            return rows.scheme_text(connection, scheme)

    def set_group(self, session_id: str, group: str) -> None:
        """Say what a session is drawn within (site, wave, age group); "" for nothing."""
        with self._database.writing() as connection:
            rows.set_group(connection, session_id, group)

    def add_assignments(self, found: Iterable[Assignment]) -> None:
        """Say who is to code which sessions with which schemes: all of it, or nothing."""
        with self._database.writing() as connection:
            assignments.add(connection, found)

    def remove_assignment(self, assignment_id: str, words: str) -> None:
        """Withdraw an assignment; `words` say when and why. It stays in the file for good."""
        with self._database.writing() as connection:
            assignments.withdraw(connection, assignment_id, words)

    def assignments(self, session_id: str | None = None, *, withdrawn: bool = False) -> tuple[Assignment, ...]:
        """The assignments of a session, or all, that hold or that were withdrawn, in the order of their making."""
        with self._database.reading() as connection:
            return assignments.listed(connection, session_id, withdrawn=withdrawn)

    # Coding passes

    def new_pass(self, header: PassHeader) -> CodingPass:
        """Add an empty, open pass; session, coder and scheme must be in the study."""
        with self._database.writing() as connection:
            passes.add(connection, header)
        return CodingPass(header)

    def passes(self, session_id: str | None = None) -> tuple[PassHeader, ...]:
        """The passes of a session, or of the study, in the order in which they were made."""
        with self._database.reading() as connection:
            return passes.headers(connection, session_id)

    def header(self, pass_id: str) -> PassHeader:
        """The header of a pass, without its events."""
        with self._database.reading() as connection:
            return passes.header(connection, pass_id)

    def event_count(self, pass_id: str) -> int:
        """How many events a pass has."""
        with self._database.reading() as connection:
            return passes.event_count(connection, pass_id)

    def load_pass(self, pass_id: str) -> CodingPass:
        """A pass with all its events."""
        with self._database.reading() as connection:
            return passes.load(connection, pass_id)

    def save_edit(self, pass_id: str, edit: Edit, *, actor: str) -> None:
        """Write an edit and its journal entry in one transaction; on the disk when this returns.

        actor: the id of the coder who made it. Refused: a submitted pass; a change of an event that is not as the
        edit says it was; an undo or redo of an edit that the pass does not have.
        """
        with self._database.writing() as connection:
            passes.save(connection, pass_id, edit, actor)

    def add_coded_pass(
        self,
        header: PassHeader,
        label: str,
        events: Iterable[Event],
        *,
        submitted: bool,
        viewings: Iterable[Viewing] = (),
    ) -> None:
        """Add a pass that was coded elsewhere with all its events as one edit, whole or not at all.

        header: of an open pass. submitted: lock it at once. viewings: what its coder had watched to its end.
        """
        edit = Edit.adding(label, events)
        with self._database.writing() as connection:
            passes.add(connection, header)
            passes.save(connection, header.id, edit, header.coder_id)
            for viewing in viewings:
                passes.add_viewing(connection, header.id, viewing.span, header.coder_id, viewing.finished_at)
            if submitted:
                passes.set_status(connection, header.id, PassStatus.SUBMITTED, "", header.coder_id)

    def edits(self, pass_id: str) -> tuple[Edit, ...]:
        """All edits of a pass in order, undoing included: enough to rebuild undo and redo."""
        return tuple(entry.edit for entry in self.journal(pass_id) if entry.edit is not None)

    def journal(self, pass_id: str) -> tuple[Entry, ...]:
        """The whole journal of a pass: who did what, when and where, submissions and reopenings included."""
        with self._database.reading() as connection:
            return passes.entries(connection, pass_id)

    def submit(self, pass_id: str, *, actor: str) -> None:
        """Lock a pass as coded."""
        with self._database.writing() as connection:
            passes.set_status(connection, pass_id, PassStatus.SUBMITTED, "", actor)

    def reopen(self, pass_id: str, reason: str, *, actor: str) -> None:
        """Unlock a submitted pass; the reason is kept in its journal."""
        if not reason.strip():
            raise StoreError(
                Problem(tr("A submitted pass is reopened for a reason."), hint=tr("Write down the reason."))
            )
        with self._database.writing() as connection:
            passes.set_status(connection, pass_id, PassStatus.OPEN, reason, actor)

    def status_changes(self, session_id: str | None = None) -> tuple[StatusChange, ...]:
        """When the passes of a session, or of the study, were submitted and reopened, in order of time."""
        with self._database.reading() as connection:
            return passes.status_changes(connection, session_id)

    def add_viewing(self, pass_id: str, span: Span, *, actor: str) -> None:
        """Write into the journal of an open pass that its coder has watched a stretch; nothing undoes it."""
        with self._database.writing() as connection:
            passes.add_viewing(connection, pass_id, span, actor)

    def viewings(self, pass_id: str) -> tuple[Viewing, ...]:
        """What the coder has watched from start to end, in order."""
        with self._database.reading() as connection:
            return passes.viewings(connection, pass_id)

    # Settlements

    def add_settlement(self, settlement: Settlement) -> None:
        """Keep what was decided about a disagreement; nothing takes it away again."""
        with self._database.writing() as connection:
            settlements.add(connection, settlement)

    def settlements(
        self, session_id: str | None = None, *, passes: tuple[str, str] | None = None
    ) -> tuple[Settlement, ...]:
        """The settlements of a session, of two passes (A, B), or of the study, oldest first: the newest holds."""
        with self._database.reading() as connection:
            return settlements.listed(connection, session_id, passes)

    # Who is who; answers to evidence

    def add_identity_mark(self, mark: IdentityMark) -> None:
        """Keep what a person said about who is who in a film."""
        with self._database.writing() as connection:
            identities.add(connection, mark)

    def withdraw_identity_mark(self, mark_id: str, *, actor: str, at: str) -> None:
        """Let a mark hold no longer; it stays in the file for good. at: ISO 8601, UTC."""
        with self._database.writing() as connection:
            identities.withdraw(connection, mark_id, actor, at)

    def identity_marks(self, media_id: str | None = None, *, withdrawn: bool = False) -> tuple[IdentityMark, ...]:
        """The marks of a film, or of all, that hold or that were withdrawn, oldest first: a later one wins."""
        with self._database.reading() as connection:
            return identities.listed(connection, media_id, withdrawn=withdrawn)

    def add_ruling(self, ruling: Ruling) -> None:
        """Keep an answer to a question of evidence; nothing takes it away again."""
        with self._database.writing() as connection:
            rulings.add(connection, ruling)

    def rulings(self, session_id: str | None = None, *, pass_id: str | None = None) -> tuple[Ruling, ...]:
        """The rulings of a session, of a pass, or of the study, oldest first: the newest about a key holds."""
        with self._database.reading() as connection:
            return rulings.listed(connection, session_id, pass_id)

    # Tracks, checks, snapshots

    def add_track(self, record: TrackRecord) -> None:
        """Enter a finished track file; one of the same film and run is replaced, and its file removed."""
        with self._database.writing() as connection:
            old = rows.put_track(connection, record)
        if old is not None and old != record.path:
            with contextlib.suppress(OSError):  # an orphan does no harm
                (self.folder / old).unlink()

    def remove_track(self, track_id: str) -> None:
        """Take a track out of the study, and its file away: what is computed from another can be made again."""
        with self._database.writing() as connection:
            path = rows.remove_track(connection, track_id)
        with contextlib.suppress(OSError):  # an orphan does no harm
            (self.folder / path).unlink()

    def tracks(self, session_id: str | None = None) -> tuple[TrackRecord, ...]:
        """The tracks of a session's films, or of all films, oldest first."""
        with self._database.reading() as connection:
            return rows.tracks(connection, session_id)

    def checking(self) -> Generator[Progress, None, tuple[Problem, ...]]:
        """Check the whole study, telling the progress; the generator returns what `check` returns."""
        return checking.checking(self._database, self.folder, self._migrations)

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with the study's files; () if all is well.

        The file's structure, foreign keys, the triggers, every row's seal, each pass's hash chain, its journal
        replayed against its events, and the sums of the track files.
        """
        steps = self.checking()
        while True:
            try:
                next(steps)
            except StopIteration as end:
                found: tuple[Problem, ...] = end.value
                return found

    def snapshot(self, reason: str) -> Path:
        """Copy the study file into `snapshots/`; the oldest copies go."""
        return make_snapshot(self._database, self.folder / "snapshots", reason)


def _one(found: list[_Found], what: str) -> _Found:
    if not found:
        raise StoreError(Problem(tr("The study has no {what}.", what=what)))
    return found[0]
