"""Training: courses of clips, the masters that a trainee is compared with, attempts, the rule of certification."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coder.model.agreement import Agreement, Estimate
from coder.model.coding import Event
from coder.model.scheme import SchemeId
from coder.model.study import Fingerprint
from coder.model.time import Span

ABSENCE_DAYS = 90
"""So long may a certified coder not have coded before a re-check is due, unless the rule says otherwise."""


class StepKind(StrEnum):
    """What a step of a course is for. GUIDED: see the master's codes. PRACTICE: code, then see every difference.
    TEST: code, and see nothing before the whole test is done."""

    GUIDED = "guided"
    PRACTICE = "practice"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a film. film: path relative to the course file. span: on the film's clock; None: all of it.

    fingerprint: of the film that was coded for the master; None in a course that does not say.
    """

    name: str
    film: str
    span: Span | None = None
    fingerprint: Fingerprint | None = None


class Ask(StrEnum):
    """What an exercise asks: which code it is, or at which frame it begins."""

    CODE = "code"
    ONSET = "onset"


@dataclass(frozen=True, slots=True)
class Exercise:
    """One question in a guided step, about the master's event of `tier` that begins at `at_us` (session clock)."""

    ask: Ask
    tier: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Step:
    """One clip of a course and what to do with it.

    id: unique in the course, and the same in all its versions. master: path of the master's file, relative to the
    course file. tiers: ids of those in play, () for all. text: what the trainee reads before. test_set: only of
    tests: steps of one set are one test; a later set is for a second try, and for a re-check.
    """

    id: str
    kind: StepKind
    clip: Clip
    master: str
    title: str
    text: str = ""
    tiers: tuple[str, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    test_set: int = 1


@dataclass(frozen=True, slots=True)
class Requirement:
    """A metric that must reach its target on every clip of a test.

    statistic: of `model.statistic`, as `compare(master, attempt)` names it. For timing bias (seconds) and mean
    difference (points) the target is the greatest distance from 0. code: None for the whole tier. detail: as in
    `Agreement`. unit_us: where the scheme has targets in several units of time, the one that is meant.
    """

    statistic: str
    tier: str
    target: float
    code: str | None = None
    detail: str = ""
    unit_us: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What certifies a coder: every requirement on `clips` consecutive different clips, each coded for the first
    time.

    codes: (tier, code) of those that the master must show at least `min_events` times in all, over those clips,
    and of which the trainee must find `min_sensitivity` of them. valid_days: how long a certificate holds.
    absence_days: how long its holder may not have coded with the scheme before a re-check is due.
    """

    requirements: tuple[Requirement, ...]
    codes: tuple[tuple[str, str], ...] = ()
    clips: int = 3
    min_events: int = 10
    min_sensitivity: float = 0.5
    valid_days: int = 365
    absence_days: int = ABSENCE_DAYS


@dataclass(frozen=True, slots=True)
class CourseId:
    """A course's identity: sha256 is of its file and of all masters that it names."""

    name: str
    version: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Course:
    """An ordered list of clips that leads from watching to a test. notice: printed on every certificate of it."""

    id: CourseId
    title: str
    summary: str
    scheme: SchemeId
    steps: tuple[Step, ...]
    rule: Rule
    language: str = "en"
    authors: tuple[str, ...] = ()
    licence: str = ""
    notice: str = ""

    def step(self, step_id: str) -> Step:
        """The step of that id. Raises KeyError if the course has none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def tests(self, test_set: int) -> tuple[Step, ...]:
        """The steps of one test, in order."""
        return tuple(step for step in self.steps if step.kind is StepKind.TEST and step.test_set == test_set)

    @property
    def test_sets(self) -> tuple[int, ...]:
        """The numbers of the tests that the course has, ascending."""
        return tuple(sorted({step.test_set for step in self.steps if step.kind is StepKind.TEST}))


class Edge(StrEnum):
    """One of the two ends of an event."""

    ONSET = "onset"
    OFFSET = "offset"


@dataclass(frozen=True, slots=True)
class Zone:
    """Anywhere in `span` (its end included) is right for this edge of a master's event.

    Where two states of an exclusive tier touch, the offset of the one and the onset of the next are one boundary:
    a zone of either holds for both.
    """

    event: str
    edge: Edge
    span: Span


@dataclass(frozen=True, slots=True)
class Master:
    """What is right in a clip. Immutable: a correction is another version.

    events: on the clock of the clip's session; the reason for a code is its note, codes that are as right are its
    `either`. zones: where boundaries may lie. origin: how it was made, in words: derived from a script, or the
    consensus of whom. window: the stretch that was coded.
    """

    version: int
    scheme: SchemeId
    window: Span
    events: tuple[Event, ...]
    zones: tuple[Zone, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class TakenCourse:
    """A course that a study has. sessions: the session of each step, by the step's id. rule: the one in force."""

    id: str
    course: Course
    sessions: Mapping[str, str]
    rule: Rule
    taken_at: str = ""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A supervisor's change of a course's rule. Append-only: the newest holds for decisions from then on."""

    id: str
    course_id: str
    rule: Rule
    actor: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One go of a trainee at one step, written down when it begins.

    course_id: of the `TakenCourse`. pass_id: "" for a guided step, which has none. master_id: the version of the
    master that it is compared with. number: from 1, per trainee and step. first_view: the trainee had not been
    shown or coded this clip before, whole or in part, in any step; only such attempts count for a certificate.
    began_at: ISO 8601, UTC.
    """

    id: str
    course_id: str
    step_id: str
    coder_id: str
    session_id: str
    pass_id: str
    master_id: str
    number: int
    first_view: bool
    began_at: str


@dataclass(frozen=True, slots=True)
class Score:
    """How an attempt compares with the master (A), over the tiers in play.

    clip: its name. done_at: when it was submitted, ISO 8601, UTC. agreements: as `compare` gives them, with
    limits. seen: how often the master has each (tier, code).
    """

    clip: str
    step_id: str
    done_at: str
    agreements: tuple[Agreement, ...]
    seen: Mapping[tuple[str, str], int] = field(default_factory=dict)
    number: int = 1
    first_view: bool = True


class Matter(StrEnum):
    """What a criterion of the rule is about."""

    METRIC = "metric"
    EVENTS = "events"
    SENSITIVITY = "sensitivity"
    CLIPS = "clips"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that the rule asks, and what came of it.

    clip: its name; "" for what is asked of all clips together. needed: the target. got: what was reached, None
    where there is nothing. met: None where the clip offers nothing to judge it by, which neither helps nor harms.
    """

    matter: Matter
    needed: float
    got: Estimate | None
    met: bool | None
    clip: str = ""
    requirement: Requirement | None = None
    code: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rule says about a test. clips: names of those that it was decided on, in order.

    criteria: everything that was asked, met or not, those of the single clips first.
    """

    passed: bool
    rule: Rule
    clips: tuple[str, ...]
    criteria: tuple[Criterion, ...]

    @property
    def unmet(self) -> tuple[Criterion, ...]:
        """What kept the trainee from passing."""
        return tuple(one for one in self.criteria if one.met is False)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A test that was passed. Append-only. issued_at, expires_at: ISO 8601 dates (UTC).

    coder: name at the time. masters: versions, as `clip vN`. test_set: which test of the course it was.
    """

    id: str
    coder_id: str
    coder: str
    course: CourseId
    course_title: str
    scheme: SchemeId
    test_set: int
    decision: Decision
    masters: tuple[str, ...]
    issued_at: str
    expires_at: str
    notice: str = ""


class Standing(StrEnum):
    """Where a coder stands with a course today."""

    IN_TRAINING = "in_training"
    FAILED = "failed"
    CERTIFIED = "certified"
    DUE_SOON = "due_soon"
    EXPIRED = "expired"
    ABSENT = "absent"
