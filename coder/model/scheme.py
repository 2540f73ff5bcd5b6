"""A coding scheme: the instrument. Tiers with their codes, keys, definitions, modifiers and targets."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Stream(StrEnum):
    """Whose behaviour a tier describes."""

    CHILD = "child"
    PARENT = "parent"
    DYAD = "dyad"
    SESSION = "session"


class TierKind(StrEnum):
    """How a tier's codes lie in time."""

    STATE = "state"
    POINT = "point"
    INTERVAL = "interval"
    RATING = "rating"


class Sampling(StrEnum):
    """What it takes for a code to be given to an interval."""

    PARTIAL = "partial"
    WHOLE = "whole"
    MOMENTARY = "momentary"


RATING = "rating"
"""The modifier in which an event of a rating tier holds its rating: a number of the scale, or `NOT_RATED`."""

NOT_RATED = "na"

OUTCOME = "outcome"
"""The modifier in which a cue holds the outcome that it was given in the review of answers."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a modifier can take; `key` chooses it right after the code."""

    id: str
    label: str
    key: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Modifier:
    """A detail asked for with a code. kind: "single" (one option), "multi" (any options) or "number".

    judged: it is not asked for with the code but in the review of answers; see `Link`.
    """

    id: str
    label: str
    kind: str
    options: tuple[Option, ...] = ()
    required: bool = False
    low: int | None = None
    high: int | None = None
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a feature should show while a code holds. Evidence supports a check; it is never a code.

    during: "event", or "around" for the stretch from `around_us` before the onset to `around_us` after it.
    """

    feature: str
    test: str
    expect: float
    during: str
    min_coverage: float
    strength: str
    around_us: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """One code with everything a coder needs at the moment of doubt.

    min_us: shorter states are reported when the pass is checked. absorb_us: an interruption of the state that is
    shorter than this and returns to the same activity does not end it. uncodable: time under this code is missing
    data, never a disagreement. window_us: how long an answer to this cue may take to begin; 0: as its `Link` says.
    anchors: only for an item that is rated, what its ratings mean (rating, words).
    """

    id: str
    label: str
    key: str
    definition: str
    examples: tuple[str, ...] = ()
    non_examples: tuple[str, ...] = ()
    min_us: int = 0
    absorb_us: int = 0
    uncodable: bool = False
    window_us: int = 0
    modifiers: tuple[Modifier, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    anchors: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What agreement on a tier should reach; `floor` is where a number calls for action."""

    statistic: str
    target: float
    floor: float | None = None
    unit_us: int | None = None
    tolerance_us: int | None = None
    min_events: int = 0


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale: whole numbers low..high, a few of them anchored in words.

    anchors: those that hold for all items; an item may have its own instead. reasons_for: ratings that need a
    note. na: what an item without a rating (`NOT_RATED`) is called; "" if every item must be rated.
    """

    low: int
    high: int
    anchors: tuple[tuple[int, str], ...] = ()
    reasons_for: tuple[int, ...] = ()
    na: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """One line of the timeline: codes that belong together.

    exclusive: starting one code ends the other. exhaustive: a gap is a mistake (or is filled by `default`).
    scale: only for kind "rating", whose codes are the items that are rated. A rating is an event over the segment
    that was rated, with the modifier `RATING` and its reason as the note. every_us: length of the intervals (kind
    "interval") or of the rated segments, counted from the start of the coded window; 0: the whole window.
    shortest_us: only for kind "rating"; a rest of the window that is shorter belongs to the segment before it.
    viewings: how often a segment is to be watched before it is rated.
    sampling: only for kind "interval": the code was seen in part of the interval, in all of it, or at its end. An
    interval is coded by an event over it.
    """

    id: str
    label: str
    stream: Stream
    kind: TierKind
    codes: tuple[Code, ...]
    exclusive: bool = False
    exhaustive: bool = False
    default: str | None = None
    rule: str = ""
    scale: Scale | None = None
    targets: tuple[Target, ...] = ()
    every_us: int = 0
    sampling: Sampling | None = None
    shortest_us: int = 0
    viewings: int = 0

    def code(self, code_id: str) -> Code:
        """The code of that id; KeyError if the tier has none."""
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)


class Answered(StrEnum):
    """What an outcome says about the answer to a cue; response rates are counted by it."""

    FITS = "fits"
    LOOSELY = "loosely"
    MISSES = "misses"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One judgement of what came of a cue. NONE and UNKNOWN have no answering act, the others have one."""

    id: str
    label: str
    key: str
    definition: str
    answered: Answered

    @property
    def has_answer(self) -> bool:
        """True if a cue with this outcome is linked to an act."""
        return self.answered not in (Answered.NONE, Answered.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Link:
    """Events of one tier that answer events of another: which act answers which cue, and how well.

    cues, acts: ids of two point tiers. window_us: how long after the cue an answer may begin (included), where
    the cue's code does not say. prompt_us: an answer is prompt if it begins within this time; computed, never
    judged. details: what else is judged of an answer. required: a pass cannot be submitted while a cue has no
    outcome. targets: what agreement on the outcomes of cues that both coders marked should reach. Every code of
    the cues' tier has the modifier `OUTCOME` and the details, all `judged`.
    """

    id: str
    label: str
    cues: str
    acts: str
    window_us: int
    prompt_us: int
    outcomes: tuple[Outcome, ...]
    details: tuple[Modifier, ...] = ()
    rule: str = ""
    required: bool = False
    targets: tuple[Target, ...] = ()

    def outcome(self, outcome_id: str | None) -> Outcome | None:
        """The outcome of that id; None if there is none."""
        return next((one for one in self.outcomes if one.id == outcome_id), None)

    def outcome_for(self, answered: Answered) -> Outcome | None:
        """The first outcome that says this about an answer, if the link has one."""
        return next((one for one in self.outcomes if one.answered is answered), None)

    def window_of(self, cue: Code) -> int:
        """How long an answer to this cue may take to begin, in microseconds."""
        return cue.window_us or self.window_us


@dataclass(frozen=True, slots=True)
class Derived:
    """A code or measure that is computed from the pass and never keyed.

    of: ids of codes, or terms of them (`coder.model.terms`); `code:modifier=option` where the rule looks at
    details. within: id of a state tier; the measure is then computed for each of its codes apart, or only for
    those in `parts`, in that order.
    """

    id: str
    label: str
    definition: str
    rule: str
    of: tuple[str, ...] = ()
    parameters: Mapping[str, int] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    targets: tuple[Target, ...] = ()
    within: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeId:
    """A scheme's identity: two passes are comparable only if all three parts are equal."""

    name: str
    version: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.sha256[:8]})"


@dataclass(frozen=True)
class Scheme:
    """A scheme as read from its file; frozen in a study once it is used."""

    id: SchemeId
    title: str
    summary: str
    licence: str
    language: str
    ages: str
    tiers: tuple[Tier, ...]
    derived: tuple[Derived, ...] = ()
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def tier(self, tier_id: str) -> Tier:
        """The tier of that id; KeyError if there is none."""
        return self._tiers[tier_id]

    def has_tier(self, tier_id: str) -> bool:
        """True if the scheme has a tier of that id."""
        return tier_id in self._tiers

    def code(self, tier_id: str, code_id: str) -> Code:
        """The code of that tier; KeyError if there is none."""
        return self.tier(tier_id).code(code_id)

    def link_of(self, tier_id: str) -> Link | None:
        """The link whose cues are the events of that tier, if there is one."""
        return next((link for link in self.links if link.cues == tier_id), None)

    def name_of(self, tier_id: str, code_id: str) -> str:
        """What a code is called where its tier is not in sight; KeyError if there is none.

        Its label, and with the tier's before it if another code of the scheme has the same label.
        """
        return self._names[tier_id, code_id]

    def codes(self) -> Iterator[tuple[Tier, Code]]:
        """Every code with its tier, in the order of the file."""
        for tier in self.tiers:
            for code in tier.codes:
                yield tier, code

    @cached_property
    def _tiers(self) -> dict[str, Tier]:
        return {tier.id: tier for tier in self.tiers}

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        times = Counter(code.label for _, code in self.codes())
        return {
            (tier.id, code.id): code.label if times[code.label] == 1 else f"{tier.label}: {code.label}"
            for tier, code in self.codes()
        }
