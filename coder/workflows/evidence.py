"""Evidence beside the codes of a study: computed for whom it is no temptation, ruled on, counted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import combinations
from uuid import uuid4

from coder.analysis.synchrony import Synchrony, synchrony_of
from coder.evidence.concordance import concordances, summed
from coder.evidence.contrasts import contrasts
from coder.evidence.coverage import coverage_by_code, pooled_coverage
from coder.evidence.findings import findings
from coder.evidence.moments import same_moment
from coder.evidence.queue import measured_by, questions
from coder.evidence.rates import answer_to, feature_errors, standing
from coder.language import tr
from coder.model.coding import CodingPass, PassHeader, PassStatus
from coder.model.evidence import (
    Answer,
    CodeCoverage,
    Concordance,
    ConcordanceSum,
    Contrast,
    EventEvidence,
    FeatureErrors,
    Question,
    Ruling,
)
from coder.model.problem import CodingError, Problem, StoreError
from coder.model.progress import Progress
from coder.model.scheme import Scheme, SchemeId
from coder.model.study import Coder, Session
from coder.model.track import Coverage, FeatureTrack, Provenance, Why
from coder.store import StudyStore
from coder.workflows.blinding import COUNTED, Blinding, gone_on
from coder.workflows.measured import measured, tracks_of
from coder.workflows.pairing_up import ranks
from coder.workflows.schemes import frozen_scheme
from coder.workflows.steps import Steps, finish


@dataclass(frozen=True)
class PassEvidence:
    """One submitted pass beside the tracks of its session.

    scheme: as it is frozen in the study. questions: highest score first, the answered ones too. rulings: by key of
    the question, those that answer it today, be they said of the same moment in another pass.
    """

    session: Session
    coder: Coder
    scheme: Scheme
    coding: CodingPass
    coverage: tuple[CodeCoverage, ...]
    findings: tuple[EventEvidence, ...]
    concordances: tuple[Concordance, ...]
    questions: tuple[Question, ...]
    rulings: Mapping[str, Ruling]

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Those that nobody has answered."""
        return tuple(one for one in self.questions if one.key not in self.rulings)


@dataclass(frozen=True)
class SessionEvidence:
    """One session with its measurement. coverage: None if no faces were looked for.

    reasons: why values of the signals that rules ask for are missing, id of the signal -> share of the window's
    frames by reason. tracks: by id of the signal. sources: by what these signals were measured, each once.
    """

    session: Session
    coverage: Coverage | None
    reasons: Mapping[str, Mapping[Why, float]]
    tracks: Mapping[str, FeatureTrack]
    sources: tuple[Provenance, ...]
    passes: tuple[PassEvidence, ...]

    @cached_property
    def synchrony(self) -> Synchrony | None:
        """Whether the movement of the two goes together, beside chance; None if it was not measured of both."""
        child, parent = self.tracks.get("child_motion"), self.tracks.get("parent_motion")
        return synchrony_of(child, parent, self.session.window) if child and parent else None


@dataclass(frozen=True)
class SchemeSums:
    """Every rule of a scheme over all sessions and passes that may be seen.

    coverage: of each code that has a rule. contrasts: of every two coders, over the sessions that both coded.
    errors: counted from people's rulings.
    """

    scheme: Scheme
    sessions: int
    passes: int
    sums: tuple[ConcordanceSum, ...]
    contrasts: tuple[Contrast, ...]
    errors: tuple[FeatureErrors, ...]
    coverage: tuple[CodeCoverage, ...] = ()


@dataclass(frozen=True)
class StudyEvidence:
    """All evidence that may be seen today.

    withheld: sentences on sessions that somebody still codes, of which nothing is computed. unmeasured: names of
    sessions with submitted passes but without tracks. damaged: sentences on sessions whose tracks cannot be read.
    """

    sessions: tuple[SessionEvidence, ...]
    schemes: tuple[SchemeSums, ...]
    withheld: tuple[Problem, ...]
    unmeasured: tuple[str, ...]
    damaged: tuple[Problem, ...] = ()


def evidence_of(store: StudyStore, session_id: str | None = None, scheme: str = "") -> StudyEvidence:
    """`evidence_steps`, run to its end."""
    return finish(evidence_steps(store, session_id, scheme))


def evidence_steps(store: StudyStore, session_id: str | None = None, scheme: str = "") -> Steps[StudyEvidence]:
    """Everything that may be seen, of a study or of one session; scheme: only passes with the scheme of this name.

    A session with a damaged track is left out and told of; the others go on without it.
    """
    blinding = Blinding.of(store, session_id)
    rulings = store.rulings(session_id)
    found: list[SessionEvidence] = []
    withheld: list[Problem] = []
    unmeasured: list[str] = []
    damaged: list[Problem] = []
    sessions = [one for one in store.sessions() if session_id in (None, one.id)]
    for number, session in enumerate(sessions):
        yield Progress(number, len(sessions), tr("Reading what was measured of {session}", session=session.name))
        headers = _submitted(store, session.id, scheme)
        coders = blinding.still_coding(session.id)
        if coders and (headers or blinding.awaits(session.id)):
            withheld.append(_withheld(session, coders))
        elif headers:
            try:
                tracks, coverage = tracks_of(store, session), measured(store, session)
            except StoreError as error:
                damaged.append(_damaged(session, error))
                continue
            if tracks:
                found.append(_of_session(store, session, headers, tracks, coverage, rulings))
            else:
                unmeasured.append(session.name)
    yield Progress(len(sessions), len(sessions), tr("Putting the sessions together"))
    return StudyEvidence(
        tuple(found), tuple(_sums(found, rulings)), tuple(withheld), tuple(unmeasured), tuple(damaged)
    )


def rule(store: StudyStore, about: Question, answer: Answer, note: str = "", *, actor: str) -> Ruling:
    """Keep a person's answer to a question; on the disk when this returns, and for good. A later one replaces it.

    actor: id of the coder who answers. Raises CodingError while somebody still codes the session.
    """
    return _said(store, about, answer, note.strip(), actor)


def take_back(store: StudyStore, about: Question, *, actor: str) -> Ruling:
    """Open a question again, in whatever pass it was answered; all that was said stays in the study, before this.

    Raises CodingError if it has no answer, or as `rule` does.
    """
    session_id = store.header(about.pass_id).session_id
    said = [one.about for one in standing(store.rulings(session_id)).values() if same_moment(one.about, about)]
    if not said:
        raise CodingError(Problem(tr("This question is not answered, so there is nothing to take back.")))
    for one in said:
        if one.pass_id != about.pass_id:  # what was said of the same moment in another pass
            _said(store, one, None, "", actor)
    return _said(store, about, None, "", actor)


def _said(store: StudyStore, about: Question, answer: Answer | None, note: str, actor: str) -> Ruling:
    session = store.session(store.header(about.pass_id).session_id)
    if coders := Blinding.of(store, session.id).still_coding(session.id):
        raise CodingError(_withheld(session, coders))
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    ruling = Ruling(str(uuid4()), about, answer, note, actor, at)
    store.add_ruling(ruling)
    return ruling


def _withheld(session: Session, coders: Iterable[Coder]) -> Problem:
    what = tr(
        "“{session}” is still coded by {names}, and no evidence is shown before everybody has submitted.",
        session=session.name,
        names=", ".join(coder.name for coder in coders),
    )
    return Problem(what, hint=tr("Wait for the submission, or withdraw the assignment under Who codes what."))


def _damaged(session: Session, error: StoreError) -> Problem:
    """What is wrong with a session's tracks, in a sentence that names the session."""
    first = error.problems[0]
    what = tr("What was measured in “{session}” cannot be read: {why}", session=session.name, why=first.what)
    return Problem(what, first.where, first.hint)


def _submitted(store: StudyStore, session_id: str, scheme: str) -> list[PassHeader]:
    """The passes that count, in the order of their coders; one that went on with a newer version is left out."""
    headers = [one for one in store.passes(session_id) if one.purpose in COUNTED]
    replaced, places = gone_on(headers), ranks(store)
    shown = [
        one
        for one in headers
        if one.status is PassStatus.SUBMITTED and one.id not in replaced and scheme in ("", one.scheme.name)
    ]
    return sorted(shown, key=lambda one: (one.scheme.name, places[one.coder_id]))


def _of_session(
    store: StudyStore,
    session: Session,
    headers: Sequence[PassHeader],
    tracks: Mapping[str, FeatureTrack],
    coverage: Coverage | None,
    rulings: Sequence[Ruling],
) -> SessionEvidence:
    ids = {one.id for one in store.passes(session.id)}
    holding = tuple(standing(one for one in rulings if one.about.pass_id in ids).values())
    passes = tuple(_of_pass(store, session, header, tracks, holding) for header in headers)
    asked = dict.fromkeys(one.rule.feature for coding in passes for one in coding.concordances)
    return SessionEvidence(
        session,
        coverage,
        {name: tracks[name].reasons(session.window) for name in asked if name in tracks},
        tracks,
        _sources(tracks[name] for name in asked if name in tracks),
        passes,
    )


def _of_pass(
    store: StudyStore,
    session: Session,
    header: PassHeader,
    tracks: Mapping[str, FeatureTrack],
    holding: Sequence[Ruling],
) -> PassEvidence:
    coding, scheme = store.load_pass(header.id), frozen_scheme(store, header.scheme)
    asked = questions(coding, scheme, tracks)
    answers = ((one.key, answer_to(one, holding)) for one in asked)
    return PassEvidence(
        session,
        store.coder(header.coder_id),
        scheme,
        coding,
        coverage_by_code(coding, scheme, tracks),
        findings(coding, scheme, tracks),
        concordances(coding, scheme, tracks),
        asked,
        {key: ruling for key, ruling in answers if ruling is not None},
    )


def _sources(tracks: Iterable[FeatureTrack]) -> tuple[Provenance, ...]:
    by = {measured_by(track.provenance): track.provenance for track in tracks}
    return tuple(by[key] for key in sorted(by))


def _sums(sessions: Sequence[SessionEvidence], rulings: Sequence[Ruling]) -> Iterator[SchemeSums]:
    by_scheme: dict[SchemeId, list[PassEvidence]] = defaultdict(list)
    today: dict[str, set[str]] = {}
    for session in sessions:
        today[session.session.id] = {measured_by(track.provenance) for track in session.tracks.values()}
        for one in session.passes:
            by_scheme[one.scheme.id].append(one)
    for passes in by_scheme.values():
        lengths = [one.coding.window.duration_us for one in passes]
        ids = {one.coding.header.id: one.session.id for one in passes}
        yield SchemeSums(
            passes[0].scheme,
            len({one.session.id for one in passes}),
            len(passes),
            tuple(summed(row, lengths) for row in zip(*(one.concordances for one in passes), strict=True)),
            tuple(_contrasts(passes)),
            feature_errors((one for one in rulings if one.about.pass_id in ids), ids, today),
            tuple(map(pooled_coverage, zip(*(one.coverage for one in passes if one.coverage), strict=True))),
        )


def _contrasts(passes: Sequence[PassEvidence]) -> Iterator[Contrast]:
    """Every two coders over the sessions that both coded; of several passes of one coder the first counts."""
    by_coder: dict[str, dict[str, PassEvidence]] = defaultdict(dict)
    for one in passes:
        by_coder[one.coder.name].setdefault(one.session.id, one)
    for a, b in combinations(by_coder, 2):
        shared = [session for session in by_coder[a] if session in by_coder[b]]
        if shared:
            both = [(by_coder[a][one].concordances, by_coder[b][one].concordances) for one in shared]
            yield from contrasts(a, b, both)
