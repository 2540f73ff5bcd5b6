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


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a modifier can take; `key` chooses it right after the code."""

    id: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """A detail asked for with a code. kind: "single" (one option), "multi" (any options) or "number"."""

    id: str
    label: str
    kind: str
    options: tuple[Option, ...] = ()
    required: bool = False
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a feature should show while a code holds. Evidence supports a check; it is never a code."""

    feature: str
    test: str
    expect: float
    during: str
    min_coverage: float
    strength: str


@dataclass(frozen=True, slots=True)
class Code:
    """One code with everything a coder needs at the moment of doubt.

    min_us: shorter states are reported when the pass is checked. absorb_us: an interruption of the state that is
    shorter than this and returns to the same activity does not end it. uncodable: time under this code is missing
    data, never a disagreement. anchors: only for an item that is rated, what its ratings mean (rating, words).
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

    def code(self, code_id: str) -> Code:
        """The code of that id; KeyError if the tier has none."""
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)


@dataclass(frozen=True, slots=True)
class Derived:
    """A code or measure that is computed from the pass and never keyed."""

    id: str
    label: str
    definition: str
    rule: str
    of: tuple[str, ...] = ()
    parameters: Mapping[str, int] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    targets: tuple[Target, ...] = ()


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

    def tier(self, tier_id: str) -> Tier:
        """The tier of that id; KeyError if there is none."""
        return self._tiers[tier_id]

    def has_tier(self, tier_id: str) -> bool:
        """True if the scheme has a tier of that id."""
        return tier_id in self._tiers

    def code(self, tier_id: str, code_id: str) -> Code:
        """The code of that tier; KeyError if there is none."""
        return self.tier(tier_id).code(code_id)

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
