"""Who is who: of every sighting, whose it is and how sure that is.

    looks ─ tracks ─▶ trails: one person each, followed without doubt ─ spoken ─▶ pieces, some with a person's word
          ─ joining ─▶ persons ─ roles ─▶ parent, child ─ casting ─▶ Identified

Rather no identity than a wrong one: where two could have been mixed up a trail ends, and what cannot be joined
again keeps a low confidence. A person's marks hold inside their span; what is known from them helps outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.casting import SURE, Cast, cast
from coder.features.concluding.points import Points, points_of
from coder.features.concluding.settings import ConcludingSettings
from coder.features.concluding.spoken import Pieces, cut, spoken
from coder.features.concluding.tracks import followed
from coder.features.geometry import Floats
from coder.features.sighting import Look
from coder.model.persons import DYAD, IdentityMark, Role

__all__ = ["SURE", "Identified", "identified"]

_MAY_BE = (*DYAD, None)


@dataclass(frozen=True, slots=True, eq=False)
class Identified:
    """Who is who in n looks.

    roles: for each look one for each of its sightings, the best guess; None where nothing speaks for any.
    confidence: 0 … 1 beside each. trails: beside each, the number of the stretch in which one person was followed
    without doubt, counted over the film. said: beside each, a person's mark says so.
    """

    roles: tuple[tuple[Role | None, ...], ...]
    confidence: tuple[tuple[float, ...], ...]
    trails: tuple[tuple[int, ...], ...]
    said: tuple[tuple[bool, ...], ...]

    def index(self, role: Role) -> NDArray[np.int64]:
        """(n,) which of a look's sightings is surely this one; -1 where none is. No look has two."""
        return np.array(
            [
                next((at for at, (whose, sure) in enumerate(look) if whose is role and sure >= SURE), -1)
                for look in self._pairs()
            ],
            np.int64,
        )

    def doubted(self) -> NDArray[np.bool_]:
        """(n,) somebody was seen who may be parent or child, but nobody can say which."""
        return np.array([any(sure < SURE for sure in sures) for sures in self._of_the_two()], np.bool_)

    def sureness(self) -> Floats:
        """(n,) 0 … 1, the least among those who may be parent or child; NaN where nobody like that is seen."""
        return np.array([min(sures, default=np.nan) for sures in self._of_the_two()])

    def _pairs(self) -> list[list[tuple[Role | None, float]]]:
        return [
            list(zip(roles, sures, strict=True)) for roles, sures in zip(self.roles, self.confidence, strict=True)
        ]

    def _of_the_two(self) -> list[list[float]]:
        """For each look how sure they are who may be parent or child; whoever is found twice counts once."""
        return [
            [sure for (whose, sure), trail in zip(look, trails, strict=True) if trail >= 0 and whose in _MAY_BE]
            for look, trails in zip(self._pairs(), self.trails, strict=True)
        ]


def identified(looks: Sequence[Look], marks: Sequence[IdentityMark], settings: ConcludingSettings) -> Identified:
    """Whose each sighting is. looks: of a whole film, in order of time. marks: that hold, oldest first."""
    points = points_of(looks)
    if not len(points.look):
        empty: tuple[tuple[()], ...] = ((),) * len(looks)
        return Identified(empty, empty, empty, empty)
    trails = followed(looks, points)
    pieces = cut(trails, spoken(looks, points, trails, marks))
    return _by_look(looks, points, pieces, cast(looks, points, pieces, settings.child_side))


def _by_look(looks: Sequence[Look], points: Points, pieces: Pieces, casts: Sequence[Cast]) -> Identified:
    roles: list[list[Role | None]] = [[None] * len(look.sightings) for look in looks]
    sure = [[0.0] * len(look.sightings) for look in looks]
    numbers = [[-1] * len(look.sightings) for look in looks]
    said = [[False] * len(look.sightings) for look in looks]
    held: dict[tuple[int, Role], tuple[int, float]] = {}
    rows = zip(points.look.tolist(), points.slot.tolist(), pieces.trails.of.tolist(), strict=True)
    for look, slot, trail in rows:
        numbers[look][slot] = trail
        if trail < 0:
            continue  # somebody who is there already, found a second time, or two heads at one place
        mine = casts[trail]
        roles[look][slot], sure[look][slot], said[look][slot] = mine.role, mine.confidence, mine.said
        if mine.role not in DYAD:
            continue
        rival = held.get((look, mine.role))
        if rival is not None:  # nobody is twice in one look: the surer one stays, the other is nobody's
            loser = slot if mine.confidence <= rival[1] else rival[0]
            roles[look][loser], sure[look][loser], said[look][loser] = None, 0.0, False
        if rival is None or mine.confidence > rival[1]:
            held[look, mine.role] = (slot, mine.confidence)
    return Identified(
        tuple(map(tuple, roles)), tuple(map(tuple, sure)), tuple(map(tuple, numbers)), tuple(map(tuple, said))
    )
