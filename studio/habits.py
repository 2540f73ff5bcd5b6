"""The habits of the simulated coders: what each of them does otherwise than the master."""

from collections import Counter
from dataclasses import dataclass, replace

from coder.model.coding import CodingPass, Event
from coder.model.scheme import RATING, Scheme, TierKind

SESSIONS = 5

CONFUSABLE = {
    "gaze-near": ("cg_shared", "cg_obj"),
    "shared-play": ("en_shared", "en_mutual"),
    "cue-response": ("act_join", "act_redirect"),
    "face-to-face": ("cp_watch", "cp_joy"),
}
"""Codes that people do mix up, by scheme. Elsewhere the two most frequent ones of the fullest tier."""

REVERSED_ITEM = "r_impose"
"""A rating on which much is unfavourable, which invites a rater to turn the scale round."""


@dataclass(frozen=True, slots=True)
class SimulatedCoder:
    """The habits of one simulated coder.

    bias_ms, spread_ms: mean and SD of how much later a change is marked. misses: the share of short events, states
    under `short_ms` and point events, that are not marked. confuses: two codes of one tier; confusion_rate: in
    which share of the cases one is called the other. dulled: a code whose states under dulled_below_ms, and of
    whose point events the faintest share dulled_share, are not seen. misjudges: of the answers to cues, the share
    that fits and is said to fit loosely, or the other way round.
    Ratings: off_by_one: the share that is one step too high or too low. to_the_middle: 0 as the master, 1 always
    the middle of the scale. higher: how much too high on average. reverses: an item whose scale is turned round.
    swaps: two items that get each other's rating.
    """

    name: str
    bias_ms: float = 0.0
    spread_ms: float = 100.0
    misses: float = 0.02
    short_ms: float = 1000.0
    confuses: tuple[str, str] | None = None
    confusion_rate: float = 1 / 3
    dulled: str | None = None
    dulled_below_ms: float = 0.0
    dulled_share: float = 0.0
    misjudges: float = 0.0
    off_by_one: float = 0.1
    to_the_middle: float = 0.0
    higher: float = 0.0
    reverses: str | None = None
    swaps: tuple[str, str] | None = None


CAREFUL = SimulatedCoder("careful")
HASTY = SimulatedCoder(
    "hasty", bias_ms=400.0, spread_ms=150.0, misses=0.2, misjudges=0.1, off_by_one=0.0, to_the_middle=0.5
)


def confused(master: CodingPass, scheme: Scheme) -> SimulatedCoder:
    """The careful coder, who mixes up two codes of this master, and turns a scale round or swaps two items."""
    ratings = {event.code: event.modifier(RATING) for event in _of_kind(master, scheme, TierKind.RATING)}
    unlike = [(one, other) for one, its in ratings.items() for other, value in ratings.items() if its != value]
    turned = REVERSED_ITEM if REVERSED_ITEM in ratings else None
    return replace(
        CAREFUL,
        name="confused",
        confuses=_confusable(master, scheme),
        misjudges=1 / 3,
        reverses=turned,
        swaps=unlike[0] if unlike and turned is None else None,
    )


def drifting(session: int, dulled: str | None) -> SimulatedCoder:
    """The coder in session 1 … 5: 80 ms later each time; of the code `dulled`, ever fewer events are seen."""
    return replace(
        CAREFUL,
        name=f"drifting-{session}",
        bias_ms=80.0 * session,
        dulled=dulled,
        dulled_below_ms=400.0 * session,
        dulled_share=0.12 * session,
        off_by_one=0.0,
        higher=0.3 * session,
    )


def coders(master: CodingPass, scheme: Scheme) -> tuple[SimulatedCoder, ...]:
    """The eight coders of a master pass. Drifting coders grow blind to its most frequent codable code."""
    counts = Counter(
        event.code
        for event in _of_kind(master, scheme, TierKind.STATE, TierKind.POINT)
        if not scheme.code(event.tier, event.code).uncodable and scheme.tier(event.tier).default != event.code
    )
    most = counts.most_common(1)[0][0] if counts else None
    return (
        CAREFUL,
        HASTY,
        confused(master, scheme),
        *(drifting(session, most) for session in range(1, SESSIONS + 1)),
    )


def _of_kind(master: CodingPass, scheme: Scheme, *kinds: TierKind) -> list[Event]:
    return [event for tier in scheme.tiers if tier.kind in kinds for event in master.row(tier.id)]


def _confusable(master: CodingPass, scheme: Scheme) -> tuple[str, str] | None:
    here = {event.code for event in master}
    told = CONFUSABLE.get(scheme.id.name)
    if told and here & set(told):
        return told
    lines = [
        Counter(event.code for event in master.row(tier.id) if not tier.code(event.code).uncodable)
        for tier in scheme.tiers
        if tier.kind in (TierKind.STATE, TierKind.POINT)
    ]
    fullest = max((line for line in lines if len(line) > 1), key=lambda line: line.total(), default=None)
    if fullest is None:
        return None
    (one, _), (other, _) = fullest.most_common(2)
    return one, other
