"""Who is who: two heads kept apart through gaps, and which of them is the child.

Within a stretch the two heads are followed by place and size. Where they come so close that following could
have mixed them up, a new stretch begins, and each stretch says for itself who is the child.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, product
from math import hypot, inf, log

import numpy as np

from coder.features.geometry import Head

SURE = 0.5
"""From this confidence on a head counts as the parent's or the child's."""

_FORGET_US = 2_000_000  # a head unseen for longer is looked for afresh
_REACH = 1.5  # farthest believable move, in face heights (plus the log of the size change, doubled)
_DOUBT = 0.5  # if a swap would cost less than this more, it cannot be ruled out
_FULL_RATIO = 1.25  # a parent's face that looks this much larger than the child's leaves no doubt
_ENOUGH = 5  # frames with both heads before their sizes are compared


class ChildSide(StrEnum):
    """Where the child is in the picture, if a person has said so."""

    AUTO = "auto"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Who:
    """Which of a frame's heads is the parent's and which the child's (None: not seen), and how sure that is."""

    parent: int | None
    child: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a head was last seen, or is usually seen."""

    x_px: float
    y_px: float
    height_px: float
    at_us: int = 0

    @classmethod
    def of(cls, head: Head, at_us: int = 0) -> "_Place":
        return cls(*head.centre_px, head.height_px, at_us)

    def cost(self, other: "_Place") -> float:
        """How far apart two places are, in face heights."""
        away = hypot(other.x_px - self.x_px, other.y_px - self.y_px)
        return away / ((self.height_px + other.height_px) / 2) + 2 * abs(log(other.height_px / self.height_px))


@dataclass(frozen=True, slots=True)
class _Linked:
    """One frame: its stretch, and which head each of the two slots holds."""

    stretch: int
    slots: tuple[int | None, int | None]


def who_is_who(
    times_us: Sequence[int], heads: Sequence[Sequence[Head]], child_side: ChildSide, width_px: int
) -> list[Who]:
    """Parent and child in each frame. heads: per frame, in any order, any number; others than two are left out.

    AUTO takes the larger head for the parent's: right for a parent and a young child at about the same distance
    from the camera, wrong with a full heart if the child is much closer. A person's word replaces the guess.
    """
    linked = _link(times_us, heads)
    roles = _roles(linked, heads, child_side, width_px)
    told = []
    for frame in linked:
        first_is_child, confidence = roles[frame.stretch]
        first, second = frame.slots
        parent, child = (second, first) if first_is_child else (first, second)
        told.append(Who(parent, child, confidence))
    return told


def _link(times_us: Sequence[int], heads: Sequence[Sequence[Head]]) -> list[_Linked]:
    places: list[_Place | None] = [None, None]
    stretch, linked, fresh = 0, [], True
    for at_us, present in zip(times_us, heads, strict=True):
        for slot, place in enumerate(places):
            if place is not None and at_us - place.at_us > _FORGET_US:
                places[slot] = None
        slots, doubtful = _assigned(places, present)
        slots, newcomer = _seated(places, present, slots)
        if (newcomer or doubtful) and not fresh:
            stretch += 1
        fresh = fresh and all(slot is None for slot in slots)
        for slot, head in enumerate(slots):
            if head is not None:
                places[slot] = _Place.of(present[head], at_us)
        linked.append(_Linked(stretch, slots))
    return linked


def _assigned(
    places: Sequence[_Place | None], present: Sequence[Head]
) -> tuple[tuple[int | None, int | None], bool]:
    """The cheapest way to give the known places their heads, and whether another way is nearly as cheap."""
    choices: list[tuple[float, tuple[int | None, int | None]]] = []
    options: list[list[tuple[float, int | None]]] = []
    for place in places:
        mine: list[tuple[float, int | None]] = [(_REACH if place is not None else 0.0, None)]
        if place is not None:
            costs = ((place.cost(_Place.of(head)), i) for i, head in enumerate(present))
            mine += [(cost, i) for cost, i in costs if cost < _REACH]
        options.append(mine)
    for (cost_a, a), (cost_b, b) in product(*options):
        if a is None or a != b:
            choices.append((cost_a + cost_b, (a, b)))
    choices.sort(key=lambda choice: choice[0])
    best_cost, best = choices[0]
    if places[0] is None or places[1] is None:
        return best, False
    # Only ways that give some head to the other person are a mix-up; leaving a head out is not.
    mixed = [cost for cost, other in choices[1:] if _mixes(best, other)]
    return best, min(mixed, default=inf) - best_cost < _DOUBT


def _mixes(best: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    return (best[0] is not None and best[0] == other[1]) or (best[1] is not None and best[1] == other[0])


def _seated(
    places: Sequence[_Place | None], present: Sequence[Head], slots: tuple[int | None, int | None]
) -> tuple[tuple[int | None, int | None], bool]:
    """Give empty slots the largest heads that are left; says whether somebody new sat down."""
    left = sorted((i for i in range(len(present)) if i not in slots), key=lambda i: -present[i].height_px)
    seated, newcomer = list(slots), False
    for slot in (0, 1):
        if places[slot] is None and left:
            seated[slot], newcomer = left.pop(0), True
    return (seated[0], seated[1]), newcomer


def _roles(
    linked: Sequence[_Linked], heads: Sequence[Sequence[Head]], child_side: ChildSide, width_px: int
) -> dict[int, tuple[bool, float]]:
    """By stretch: whether slot 0 is the child's, and the confidence."""
    starts = [i for i, frame in enumerate(linked) if i == 0 or frame.stretch != linked[i - 1].stretch]
    spans = {linked[a].stretch: range(a, b) for a, b in pairwise([*starts, len(linked)])}
    seen = {
        stretch: [[heads[i][h] for i in span if (h := linked[i].slots[slot]) is not None] for slot in (0, 1)]
        for stretch, span in spans.items()
    }
    roles = {}
    for stretch, span in spans.items():
        rows = [(heads[i], linked[i].slots) for i in span]
        pairs = [(row[a], row[b]) for row, (a, b) in rows if a is not None and b is not None]
        roles[stretch] = _by_pair(pairs, child_side)
    usual = _usual_places(roles, seen)
    for stretch, (_, confidence) in roles.items():
        if confidence < SURE:
            roles[stretch] = _by_place(seen[stretch], usual, child_side, width_px)
    return roles


def _by_pair(pairs: Sequence[tuple[Head, Head]], child_side: ChildSide) -> tuple[bool, float]:
    """Decided by the frames that show both heads: by side if a person has said it, else by size."""
    if not pairs:
        return False, 0.0
    if child_side is not ChildSide.AUTO:
        lefts = float(np.mean([a.centre_px[0] < b.centre_px[0] for a, b in pairs]))
        share = lefts if child_side is ChildSide.LEFT else 1 - lefts
        return share > 0.5, max(share, 1 - share)
    ratios = np.array([log(b.height_px / a.height_px) for a, b in pairs])
    middle = float(np.median(ratios))
    if len(pairs) < _ENOUGH or middle == 0:
        return middle > 0, 0.0
    agreeing = float(np.mean(np.sign(ratios) == np.sign(middle)))
    return middle > 0, agreeing * min(1.0, abs(middle) / log(_FULL_RATIO))


def _usual_places(
    roles: dict[int, tuple[bool, float]], seen: dict[int, list[list[Head]]]
) -> tuple[_Place, _Place] | None:
    """Where parent and child usually are, by the stretches that are sure; None if there is none."""
    rows: tuple[list[Head], list[Head]] = ([], [])
    for stretch, (first_is_child, confidence) in roles.items():
        if confidence >= SURE:
            for slot in (0, 1):
                rows[(slot == 0) == first_is_child].extend(seen[stretch][slot])
    if not rows[0] or not rows[1]:
        return None
    parent, child = (_median(row) for row in rows)
    return parent, child


def _by_place(
    slots: Sequence[Sequence[Head]], usual: tuple[_Place, _Place] | None, child_side: ChildSide, width_px: int
) -> tuple[bool, float]:
    """Decided by where parent and child usually are, or by the halves of the picture if a side was told."""
    leaning = 0.0  # positive: slot 0 is the child's
    for sign, row in zip((1, -1), slots, strict=True):
        if not row:
            continue
        usually = _median(row)
        if usual is not None:
            leaning += sign * (usual[0].cost(usually) - usual[1].cost(usually))
        elif child_side is not ChildSide.AUTO:
            rightness = (usually.x_px / width_px - 0.5) * 2
            leaning += sign * (rightness if child_side is ChildSide.RIGHT else -rightness)
    return leaning > 0, min(1.0, abs(leaning))


def _median(row: Sequence[Head]) -> _Place:
    x, y, height = np.median([(*head.centre_px, head.height_px) for head in row], axis=0)
    return _Place(float(x), float(y), float(height))
