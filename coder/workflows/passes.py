"""Passes: begin one, open it for coding, submit it, reopen it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from coder.annotate.desk import Desk
from coder.annotate.findings import Finding
from coder.annotate.rules import review
from coder.language import later, tr
from coder.model.agreement import Disagreement
from coder.model.coding import CodingPass, PassHeader, PassStatus
from coder.model.edit import Edit
from coder.model.problem import CodingError, Problem, StoreError
from coder.model.scheme import Scheme
from coder.model.study import Coder, Media, Purpose, Role, Session
from coder.model.time import MILLISECOND_US
from coder.model.track import FeatureTrack
from coder.store import StudyStore
from coder.workflows.comparison import differences
from coder.workflows.measured import curves_of
from coder.workflows.names import one_line
from coder.workflows.scheme_languages import in_language
from coder.workflows.schemes import freeze_scheme, frozen_scheme, scheme_for

SLOWEST_MS = 1_000

_BLIND = later("The curves measured in the pictures appear when you have submitted this pass.")
_UNREADABLE = later("What was measured in the pictures cannot be read; measure them again.")


@dataclass(frozen=True)
class OpenPass:
    """A pass on the bench.

    scheme: in the language that is spoken. films: the session's films and where each lies. tracks: measured curves
    on the session clock; empty while the coder must be blind to them. differences: where this pass and another
    coder's differ, in order of time; empty until both are submitted. remark: what to tell the coder at the
    beginning, "" for nothing.
    """

    header: PassHeader
    desk: Desk
    scheme: Scheme
    session: Session
    films: tuple[tuple[Media, Path], ...]
    tracks: tuple[FeatureTrack, ...]
    differences: tuple[Disagreement, ...]
    coder: Coder
    readonly: bool
    remark: str = ""


def add_coder(store: StudyStore, name: str, role: Role = Role.CLINICIAN) -> Coder:
    """Enter someone who codes, by pseudonym. Raises CodingError if the name is empty or taken."""
    coder = coder_for(store, name, role)
    if coder in store.coders():
        what = tr("The study already has a coder “{coder}”.", coder=coder.name)
        raise CodingError(Problem(what, hint=tr("Choose another pseudonym.")))
    store.add_coder(coder)
    return coder


def coder_for(store: StudyStore, name: str, role: Role = Role.CLINICIAN) -> Coder:
    """The coder of that name, or one who could be entered; writes nothing. Raises CodingError without a name."""
    name = one_line(name)
    if not name:
        raise CodingError(Problem(tr("A coder needs a name."), hint=tr("A pseudonym or initials will do.")))
    known = {coder.name: coder for coder in store.coders()}
    return known.get(name) or Coder(str(uuid4()), name, role)


def find_coder(store: StudyStore, name_or_id: str) -> Coder:
    """The coder of that name or id. Raises CodingError that lists the names there are."""
    wanted = one_line(name_or_id)
    known = store.coders()
    for coder in known:
        if wanted in (coder.name, coder.id):
            return coder
    what = tr("The study has no coder “{coder}”.", coder=name_or_id)
    names = ", ".join(coder.name for coder in known)
    raise CodingError(Problem(what, hint=tr("Coders: {names}.", names=names) if names else ""))


def set_reaction(store: StudyStore, coder: str, ms: int) -> Coder:
    """Say how late a coder's strokes come on average while a film plays, in milliseconds; 0: nothing is corrected.

    coder: name or id. It holds for strokes from now on; what is coded stays as it is. Raises CodingError for an
    unknown coder or a time that nobody reacts in.
    """
    if not 0 <= ms <= SLOWEST_MS:
        what = tr("{ms} ms is no reaction time.", ms=ms)
        raise CodingError(Problem(what, hint=tr("Give 0 to {most} ms; 0 corrects nothing.", most=SLOWEST_MS)))
    found = find_coder(store, coder)
    store.set_reaction(found.id, ms * MILLISECOND_US)
    return store.coder(found.id)


def begin_pass(
    store: StudyStore, session_id: str, coder_id: str, scheme_name: str, purpose: Purpose = Purpose.MAIN
) -> PassHeader:
    """An empty pass, open for coding. Raises CodingError if this coder already has one of this kind."""
    header = new_header(store, session_id, store.coder(coder_id), scheme_for(store, scheme_name), purpose)
    freeze_scheme(store, scheme_name)
    store.new_pass(header)
    return header


def new_header(store: StudyStore, session_id: str, coder: Coder, scheme: Scheme, purpose: Purpose) -> PassHeader:
    """What a new pass would be; writes nothing. Raises CodingError if this coder already has one of this kind."""
    for header in store.passes(session_id):
        if (header.coder_id, header.scheme, header.purpose) == (coder.id, scheme.id, purpose):
            raise CodingError(
                Problem(
                    tr(
                        "{coder} already has a {purpose} pass of this session with “{scheme}”.",
                        coder=coder.name,
                        purpose=purpose.value,
                        scheme=scheme.title,
                    ),
                    hint=tr("Open that one, or choose another purpose."),
                )
            )
    return PassHeader(str(uuid4()), session_id, scheme.id, coder.id, purpose, store.session(session_id).window)


def open_pass(store: StudyStore, pass_id: str, may_code: Callable[[], None] = lambda: None) -> OpenPass:
    """The pass with everything the bench needs. A submitted pass opens read-only.

    may_code: called before each edit is saved; it raises CodingError where nothing may be coded yet.
    The measured curves, and where another coder differs, are withheld until the pass is submitted: a first
    judgement must not lean on them.
    """
    coding = store.load_pass(pass_id)
    header = coding.header
    scheme = in_language(frozen_scheme(store, header.scheme))
    session = store.session(header.session_id)
    coder = store.coder(header.coder_id)

    def save(edit: Edit) -> None:
        may_code()
        store.save_edit(pass_id, edit, actor=coder.id)

    readonly = header.status is PassStatus.SUBMITTED
    desk = Desk(coding, save, scheme, store.edits(pass_id))
    films = tuple((media, store.media_path(media)) for media in session.media)
    tracks: tuple[FeatureTrack, ...] = ()
    remark = tr(_BLIND) if store.tracks(session.id) and not readonly else ""
    if readonly:
        try:
            tracks = curves_of(store, session)
        except StoreError:  # the codes are there to be read all the same
            remark = tr(_UNREADABLE)
    differ = differences(store, coding, scheme)
    return OpenPass(header, desk, scheme, session, films, tracks, differ, coder, readonly, remark)


def findings(store: StudyStore, pass_id: str) -> list[Finding]:
    """What a coder should look at before the pass is submitted: what hinders that first, then in order of time."""
    found = _reviewed(store, store.load_pass(pass_id))
    return sorted(found, key=lambda finding: (not finding.hinders, finding.span.start_us))


def doubts(store: StudyStore, pass_id: str) -> list[Problem]:
    """What deserves a second look before the pass is submitted, and does not hinder it."""
    return [finding.problem for finding in _reviewed(store, store.load_pass(pass_id)) if not finding.hinders]


def submit_pass(store: StudyStore, pass_id: str) -> None:
    """Lock the pass. Raises CodingError with everything that the scheme still asks for."""
    coding = store.load_pass(pass_id)
    blocking = [finding.problem for finding in _reviewed(store, coding) if finding.hinders]
    if blocking:
        raise CodingError(*blocking)
    store.submit(pass_id, actor=coding.header.coder_id)


def reopen_pass(store: StudyStore, pass_id: str, reason: str) -> None:
    """Unlock a submitted pass; the reason is kept. Raises CodingError without one."""
    if not reason.strip():
        raise CodingError(
            Problem(tr("Reopening a submitted pass needs a reason."), hint=tr("It is kept with the pass."))
        )
    store.reopen(pass_id, reason, actor=store.header(pass_id).coder_id)


def _reviewed(store: StudyStore, coding: CodingPass) -> list[Finding]:
    return review(coding, in_language(frozen_scheme(store, coding.header.scheme)))
