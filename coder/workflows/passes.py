"""Passes: begin one, open it for coding, submit it, reopen it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from coder.annotate import settle
from coder.annotate.desk import Desk, submitted
from coder.annotate.findings import Finding
from coder.annotate.rules import review
from coder.annotate.settle import Applied, rules_applied
from coder.annotate.viewing import rated_too_soon
from coder.language import later, tr
from coder.model.coding import CodingPass, PassHeader, PassStatus, Viewing
from coder.model.disagreement import Disagreement
from coder.model.edit import Edit
from coder.model.persons import SeenPerson
from coder.model.problem import CodingError, Problem, StoreError
from coder.model.scheme import Scheme
from coder.model.study import Coder, Media, Purpose, Role, Session
from coder.model.time import MILLISECOND_US, Span
from coder.model.track import FeatureTrack
from coder.store import StudyStore
from coder.workflows.blinding import COUNTED, Blinding, is_own_coding
from coder.workflows.comparison import differences
from coder.workflows.measured import curves_of
from coder.workflows.names import one_line
from coder.workflows.scheme_languages import in_language
from coder.workflows.schemes import freeze_scheme, frozen_scheme, scheme_for
from coder.workflows.training.certifying import certify_after
from coder.workflows.training.history import attempt_of, refuse_test_clip
from coder.workflows.training.in_play import in_play
from coder.workflows.who import persons_of

SLOWEST_MS = 1_000

_BLIND = later("What was measured appears when you have submitted this pass.")
_BLIND_TOO = later("What was measured appears when everybody has submitted who codes this session.")
_UNREADABLE = later("What was measured cannot be read; measure it again.")


@dataclass(frozen=True)
class OpenPass:
    """A pass on the bench.

    scheme: in the language that is spoken; of an attempt with what is in play. films: the session's films and
    where each lies. tracks: measured curves on the session clock; empty while the coder must be blind to them.
    persons: who is seen in a frame of a film, by its file time; None under the same rule. differences: where this
    pass and another coder's differ, in order of time; empty until both are submitted. remark: what to tell the
    coder at the beginning, "" for nothing. viewings: what the coder has watched so far; keep_viewing: writes down
    another one, or raises StoreError.
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
    viewings: tuple[Viewing, ...] = ()
    keep_viewing: Callable[[Span], None] = lambda _: None
    persons: Callable[[Media, int], Sequence[SeenPerson]] | None = None


@dataclass(frozen=True, slots=True)
class RulesPreview:
    """What the scheme's rules would make of a pass. applied.edit: None if they change nothing.

    left: what a coder should look at then, what hinders submitting first.
    """

    applied: Applied
    left: tuple[Finding, ...]


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
    store: StudyStore, session_id: str, coder_id: str, scheme_name: str, purpose: Purpose | None = None
) -> PassHeader:
    """An empty pass, open for coding. Raises CodingError if this coder already has one of this kind.

    purpose: if left out, what the coder is assigned for, else a main pass. Raises CodingError, too, for a main
    pass of whoever is to code for reliability and has not begun, and the other way round.
    """
    place = session_id, coder_id, scheme_name
    begun = {
        one.purpose for one in store.passes(session_id) if (one.session_id, one.coder_id, one.scheme.name) == place
    }
    assigned = [
        one.purpose
        for one in store.assignments()
        if (one.session_id, one.coder_id, one.scheme.name) == place and one.purpose not in begun
    ]
    if purpose is None:
        purpose = assigned[0] if assigned else Purpose.MAIN
    elif assigned and purpose in COUNTED and purpose not in assigned:
        raise _otherwise_assigned(store.coder(coder_id), store.session(session_id), assigned[0])
    header = new_header(store, session_id, store.coder(coder_id), scheme_for(store, scheme_name), purpose)
    freeze_scheme(store, scheme_name)
    store.new_pass(header)
    return header


def new_header(store: StudyStore, session_id: str, coder: Coder, scheme: Scheme, purpose: Purpose) -> PassHeader:
    """What a new pass would be; writes nothing.

    Raises CodingError if this coder already has one of this kind, and for a clip of a test of a taken course.
    """
    refuse_test_clip(store, session_id, scheme.id.name)
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
    The measured curves, and where another coder differs, are withheld until everybody who codes the session has
    submitted: a first judgement must not lean on them. Raises CodingError for a submitted pass or a consensus that
    is blind.
    """
    header = store.header(pass_id)
    blind = Blinding.of(store, header.session_id)
    if not is_own_coding(header):
        blind.shown((header,))
    coding = store.load_pass(pass_id)
    scheme = _scheme_of(store, coding)
    session = store.session(header.session_id)
    coder = store.coder(header.coder_id)

    def save(edit: Edit) -> None:
        may_code()
        store.save_edit(pass_id, edit, actor=coder.id)

    readonly = header.status is PassStatus.SUBMITTED
    desk = Desk(coding, save, scheme, store.edits(pass_id))
    films = tuple((media, store.media_path(media)) for media in session.media)
    tracks: tuple[FeatureTrack, ...] = ()
    seen_in: Callable[[Media, int], Sequence[SeenPerson]] | None = None
    remark = ""
    if not readonly or blind.hides_curves(session.id):
        remark = (tr(_BLIND_TOO) if readonly else tr(_BLIND)) if store.tracks(session.id) else ""
    else:
        try:
            tracks = curves_of(store, session)
            seen_in = persons_of(store, session)
        except StoreError:  # the codes are there to be read all the same
            remark = tr(_UNREADABLE)
    differ = differences(store, coding, scheme)

    def keep_viewing(span: Span) -> None:
        may_code()
        store.add_viewing(pass_id, span, actor=coder.id)

    seen = store.viewings(pass_id)
    return OpenPass(
        header, desk, scheme, session, films, tracks, differ, coder, readonly, remark, seen, keep_viewing, seen_in
    )


def _otherwise_assigned(coder: Coder, session: Session, purpose: Purpose) -> CodingError:
    names = {"coder": coder.name, "session": session.name}
    if purpose is Purpose.MAIN:
        what = tr("{coder} is to code “{session}” as a main pass, not for reliability.", **names)
    else:
        what = tr("{coder} is to code “{session}” for reliability, not as a main pass.", **names)
    return CodingError(Problem(what, hint=tr("Choose that purpose, or change the assignment.")))


def findings(store: StudyStore, pass_id: str) -> list[Finding]:
    """What a coder should look at before the pass is submitted: what hinders that first, then in order of time."""
    return _in_order(_reviewed(store, store.load_pass(pass_id)))


def doubts(store: StudyStore, pass_id: str) -> list[Problem]:
    """What deserves a second look before the pass is submitted, and does not hinder it."""
    return [finding.problem for finding in _reviewed(store, store.load_pass(pass_id)) if not finding.hinders]


def rules_preview(store: StudyStore, pass_id: str) -> RulesPreview:
    """What applying the scheme's rules would do to a pass; writes nothing."""
    coding = store.load_pass(pass_id)
    applied = rules_applied(coding, _scheme_of(store, coding))
    after = coding.applied(applied.edit) if applied.edit is not None else coding
    return RulesPreview(applied, tuple(_in_order(_reviewed(store, after))))


def apply_rules(store: StudyStore, pass_id: str) -> Edit:
    """Apply the scheme's rules to an open pass: one edit, whose label says what it did, and which can be undone.

    Raises CodingError if the pass is submitted, or if the rules change nothing.
    """
    coding = store.load_pass(pass_id)
    scheme = _scheme_of(store, coding)
    desk = Desk(coding, lambda edit: store.save_edit(pass_id, edit, actor=coding.header.coder_id), scheme)
    if desk.locked:
        raise submitted()
    edit = settle.apply_rules(coding, scheme)
    desk.apply(edit)
    return edit


def submit_pass(store: StudyStore, pass_id: str, *, settled: bool = False) -> None:
    """Lock the pass. Raises CodingError with everything that the scheme still asks for.

    If it is the last clip of a test, the rule decides, and a certificate is issued at once if it was passed.
    settled: apply the scheme's rules first; not even that is done if the pass could not be submitted then.
    """
    coding = store.load_pass(pass_id)
    preview = rules_preview(store, pass_id) if settled else None
    left = preview.left if preview is not None else _reviewed(store, coding)
    blocking = [finding.problem for finding in left if finding.hinders]
    if blocking:
        raise CodingError(*blocking)
    if preview is not None and preview.applied.edit is not None:
        apply_rules(store, pass_id)
    store.submit(pass_id, actor=coding.header.coder_id)
    certify_after(store, pass_id)


def reopen_pass(store: StudyStore, pass_id: str, reason: str) -> None:
    """Unlock a submitted pass; the reason is kept. Raises CodingError without one, and for an attempt."""
    if attempt_of(store, pass_id) is not None:
        what = tr("This pass is an attempt at a step of a course; what was submitted there stays as it is.")
        raise CodingError(Problem(what, hint=tr("Practice can be tried again from the page of the course.")))
    if not reason.strip():
        raise CodingError(
            Problem(tr("Reopening a submitted pass needs a reason."), hint=tr("It is kept with the pass."))
        )
    store.reopen(pass_id, reason, actor=store.header(pass_id).coder_id)


def _reviewed(store: StudyStore, coding: CodingPass) -> list[Finding]:
    scheme = _scheme_of(store, coding)
    found = review(coding, scheme)
    if coding.header.purpose is not Purpose.CONSENSUS:  # its ratings were watched for in the originals
        found = [*found, *rated_too_soon(coding, scheme, store.viewings(coding.header.id))]
    return found


def _in_order(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: (not finding.hinders, finding.span.start_us))


def _scheme_of(store: StudyStore, coding: CodingPass) -> Scheme:
    """The scheme in the language that is spoken; of an attempt at a step of a course, what is in play there."""
    return in_play(store, coding, in_language(frozen_scheme(store, coding.header.scheme)))
