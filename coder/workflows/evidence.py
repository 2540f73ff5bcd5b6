"""Evidence beside the codes of a study: computed for whom it is no temptation, ruled on, counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from coder.model.coding import CodingPass
from coder.model.evidence import (
    Answer,
    CodeCoverage,
    Concordance,
    Contrast,
    EventEvidence,
    FeatureErrors,
    Question,
    Ruling,
)
from coder.model.problem import Problem
from coder.model.scheme import Scheme
from coder.model.study import Coder, Session
from coder.model.track import Coverage, FeatureTrack, Why
from coder.store import StudyStore
from coder.workflows.steps import Steps


@dataclass(frozen=True)
class PassEvidence:
    """One submitted pass beside the tracks of its session.

    questions: highest score first, the answered ones too. rulings: by key of the question, those that hold.
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

    reasons: why the faces and heads are missing, id of the signal -> share of the window's frames by reason.
    sources: model, version and settings of what measured it, a sentence each.
    """

    session: Session
    coverage: Coverage | None
    reasons: Mapping[str, Mapping[Why, float]]
    tracks: Mapping[str, FeatureTrack]
    sources: tuple[str, ...]
    passes: tuple[PassEvidence, ...]


@dataclass(frozen=True)
class CodeSum:
    """One rule over the sessions of a study, all coders together, a pass counting once.

    baseline: what share of these events would be consistent in shifted time; None where it has no baseline.
    """

    scheme: Scheme
    tier: str
    code: str
    concordance: tuple[Concordance, ...]
    events: int
    covered: int
    consistent: int
    low: float | None
    high: float | None
    baseline: float | None


@dataclass(frozen=True)
class StudyEvidence:
    """All evidence that may be seen today.

    withheld: sentences on sessions that somebody still codes, of which nothing is computed. unmeasured: names of
    sessions with submitted passes but without tracks.
    """

    sessions: tuple[SessionEvidence, ...]
    sums: tuple[CodeSum, ...]
    errors: tuple[FeatureErrors, ...]
    contrasts: tuple[Contrast, ...]
    withheld: tuple[Problem, ...]
    unmeasured: tuple[str, ...]


def evidence_steps(store: StudyStore, session_id: str | None = None) -> Steps[StudyEvidence]:
    """Everything that may be seen, of a study or of one session. Raises CoderError."""
    raise NotImplementedError


def evidence_of(store: StudyStore, session_id: str | None = None) -> StudyEvidence:
    """`evidence_steps`, run to its end."""
    raise NotImplementedError


def rule(store: StudyStore, about: Question, answer: Answer, note: str, actor: Coder) -> Ruling:
    """Keep a person's answer to a question, for good; the newest holds. Raises CoderError, also while it is blind."""
    raise NotImplementedError


def take_back(store: StudyStore, about: Question, actor: Coder) -> Ruling:
    """The question is open again. Raises CoderError."""
    raise NotImplementedError
