"""Evidence: what tracks say beside the codes. A witness with a field of view, never a coder, never the truth."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from coder.model.scheme import Evidence
from coder.model.time import Span


class Silence(StrEnum):
    """Why evidence says nothing; SPEAKS where it does.

    UNMEASURED: the signal was not measured. UNSEEN: the session shows too little at all. UNSEEN_HERE: too little
    was seen while the code held. NEVER: the code was not given in time that can be coded. FLAT: the signal, or the
    code, does not vary. NO_LENGTH: a moment has no time inside. SHORT, RARE: too little time, or too little of it
    with or without the code, for chance. FEW: too few onsets, sessions or
    rulings. NO_PEAK: no lag stands out.
    """

    SPEAKS = ""
    UNMEASURED = "unmeasured"
    UNSEEN = "unseen"
    UNSEEN_HERE = "unseen_here"
    NEVER = "never"
    FLAT = "flat"
    NO_LENGTH = "no_length"
    SHORT = "short"
    RARE = "rare"
    FEW = "few"
    NO_PEAK = "no_peak"


SILENCE_SENTENCES: Mapping[Silence, str] = {
    Silence.SPEAKS: "",
    Silence.UNMEASURED: "This was not measured in the session.",
    Silence.UNSEEN: "Features cannot speak about this: too little of the session could be seen.",
    Silence.UNSEEN_HERE: "Features cannot speak about this: too little could be seen while the code held.",
    Silence.NEVER: "The code was not given in time that can be coded.",
    Silence.FLAT: "The signal or the code does not vary here, so nothing can go together.",
    Silence.NO_LENGTH: "A moment has no length, so there is no time inside it.",
    Silence.SHORT: "Under one minute was coded, too little for a baseline.",
    Silence.RARE: "The code holds in under 3 % or over 97 % of the time, so shifted time says nothing.",
    Silence.FEW: "There are too few to say.",
    Silence.NO_PEAK: "No lag stands out.",
}


class Finding(StrEnum):
    """What a rule found for one event."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NONE = "no evidence"


@dataclass(frozen=True, slots=True)
class EventEvidence:
    """One rule on one event.

    tier, event_id: "" for a derived state. span: of the event. coverage: share (0 … 1) of the looked-at time with
    a valid value. value: what was compared with the rule's `expect`; None where nothing could be compared.
    """

    pass_id: str
    event_id: str
    tier: str
    code: str
    span: Span
    rule: Evidence
    finding: Finding
    value: float | None
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a concordance. value, low, high (95 % limits): None where they are not defined, see `why`."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    why: Silence = Silence.SPEAKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """What a statistic is by chance: the code's stream moved round against the tracks, gaps left where they are.

    mean, top: over all shifts, and the 95th percentile. p: (1 + shifts that reach the statistic) / (1 + shifts).
    shifts: how many of them have the statistic at all.
    """

    mean: float | None = None
    top: float | None = None
    p: float | None = None
    shifts: int = 0
    why: Silence = Silence.SPEAKS

    @property
    def least_p(self) -> float | None:
        """The smallest p that so many shifts can give."""
        return 1 / (self.shifts + 1) if self.shifts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """How far one rule and one pass go together in one session. Never called reliability, never averaged into it.

    tier: "" for a derived state. why: SPEAKS, or why there is no number at all. available: share (0 … 1) of the
    coded window with a valid value; None if it was not measured. coverage: the same of the
    looked-at time of all events with a valid value; None without events. events: those in time that can be coded;
    covered: of these, those with enough coverage; consistent: of these, those that are as the rule expects. share:
    consistent / covered with Wilson's limits. auc: the signal where the code holds against where it does not, 1 as
    the rule expects, 0.5 by chance; for a rule around onsets, at onsets against elsewhere. kappa: the code and the
    thresholded signal in units of one second; n: units. prevalence, bias: its indices. chance: of `share`;
    kappa_chance: of `kappa`. lag_us: how much later than the change of the signal the code begins; lag_why: why
    there is none.
    """

    pass_id: str
    tier: str
    code: str
    rule: Evidence
    why: Silence
    available: float | None = None
    coverage: float | None = None
    events: int = 0
    covered: int = 0
    consistent: int = 0
    share: Figure = Figure()
    auc: Figure = Figure()
    kappa: Figure = Figure()
    prevalence: float | None = None
    bias: float | None = None
    chance: Shifted = Shifted()
    kappa_chance: Shifted = Shifted()
    lag_us: int | None = None
    lag_why: Silence = Silence.SPEAKS


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcordanceSum:
    """One rule over several sessions and passes, each pass counting once; their counts add up.

    parts: what they are added up from. available: share (0 … 1) of the coded time with a valid value. baseline:
    the share of these events that would be consistent in shifted time; None where no part has a baseline.
    """

    tier: str
    code: str
    rule: Evidence
    parts: tuple[Concordance, ...]
    available: float
    events: int
    covered: int
    consistent: int
    share: Figure
    baseline: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCoverage:
    """How much could be seen while one code of a pass held. tier: "" for a derived state.

    coded_us: how long it held. child, parent, both, both_heads: shares of that time, as in `Coverage`; None if it
    never held.
    """

    tier: str
    code: str
    coded_us: int
    child: float | None
    parent: float | None
    both: float | None
    both_heads: float | None


class Concern(StrEnum):
    """Why a moment is in the review queue.

    COLLEAGUE: two coders differ. AGAINST: the tracks speak against a code. UNCODED: they speak for a code that is
    not there. VISIBLE: a long stretch is coded as uncodable although the faces can be seen.
    """

    COLLEAGUE = "colleague"
    AGAINST = "against"
    UNCODED = "uncoded"
    VISIBLE = "visible"


@dataclass(frozen=True, slots=True)
class Question:
    """One moment that evidence asks about (AGAINST, UNCODED or VISIBLE).

    score: what the queue is sorted by, duration in seconds × strength × coverage. feature: id of the signal, ""
    for VISIBLE. event_id: "" where there is none. measured_by: what identifies the tracks, so that a ruling on an
    older measurement is known as such.
    """

    concern: Concern
    pass_id: str
    tier: str
    code: str
    span: Span
    feature: str
    coverage: float
    value: float | None
    score: float
    event_id: str = ""
    measured_by: str = ""

    @property
    def key(self) -> str:
        """The same for the same question about the same pass, however often it is asked."""
        return f"{self.concern}/{self.tier}/{self.code}/{self.feature}@{self.span.start_us}-{self.span.end_us}"


class Answer(StrEnum):
    """What a person says to a question, in front of the film. UNKNOWN: the film does not show."""

    FEATURE_WRONG = "feature_wrong"
    CODE_WRONG = "code_wrong"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's answer to a question. Append-only: the newest about a key holds; answer None takes it back."""

    id: str
    about: Question
    answer: Answer | None
    note: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureErrors:
    """How often people found a signal wrong where it spoke against a code, or for one that was not there.

    It is a rate among moments that were asked about, not among all. tier: "" for a derived state. wrong: "the
    feature is wrong"; judged: these and "the code is wrong". undecided: unclear, or the film does not show. rate:
    wrong / judged with Wilson's limits. outdated: rulings on an older measurement, which are not counted.
    """

    tier: str
    code: str
    feature: str
    wrong: int
    judged: int
    undecided: int
    outdated: int
    rate: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Two coders beside the same signal: a gap says where to look, not who is right.

    share_a, share_b: of the events that could be seen, over the sessions that both coded. difference: A - B,
    limits by a jackknife over sessions.
    """

    tier: str
    code: str
    rule: Evidence
    coder_a: str
    coder_b: str
    sessions: int
    share_a: Figure
    share_b: Figure
    difference: Figure
