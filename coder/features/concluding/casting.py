"""Which piece of a trail is whose: persons get roles, and what belongs to no person yet is held against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coder.features.concluding.joining import Groups, groups_of, joined
from coder.features.concluding.points import Points
from coder.features.concluding.roles import Pair, Rows, Signs, credible, lifeless, pairs, signs_of
from coder.features.concluding.settings import ChildSide
from coder.features.concluding.spoken import ROLES, Pieces
from coder.features.concluding.tracks import FEW
from coder.features.sighting import Look
from coder.model.persons import DYAD, Role

SURE = 0.5
"""From this confidence on a sighting counts as its role's; below it nobody is measured by it (Why.IDENTITY).

A confidence is how much likelier a role is than the next likely one: 0.5 is three to one between two.
"""

_CANDIDATES = 6  # persons among whom parent and child are looked for: those who are seen most
_SELDOM = 0.02  # share of looks below which a person is no candidate
_WORD = 7.0  # log odds that one piece with a person's word can give at the most
_ANOTHER = -2.0  # log odds below which two are surely not one person
_STRANGER = -2.0  # log odds for somebody else, in a film of two


@dataclass(frozen=True, slots=True)
class Cast:
    """Whose a piece is. said: a person said so, and then the confidence is 1."""

    role: Role | None
    confidence: float
    said: bool = False


def cast(looks: Sequence[Look], points: Points, pieces: Pieces, side: ChildSide) -> list[Cast]:
    """A role, or none, for each piece."""
    signs = signs_of(looks)
    build = np.stack([signs.broad, signs.iris], axis=1)
    groups = groups_of(looks, points, build, pieces.trails, pieces.parts)
    few = groups.count < FEW
    persons = joined(groups, apart=(pieces.said >= 0) | few)
    persons += [[piece] for piece in np.flatnonzero(few & (pieces.said < 0)).tolist()]
    found = [Cast(None, 0.0)] * len(pieces.said)
    for piece, said in enumerate(pieces.said.tolist()):
        if said >= 0:
            found[piece] = Cast(ROLES[said], 1.0, said=True)
    rows = _rows_of(pieces)
    living = [person for person in persons if not _is_lifeless(signs, points, rows, person)]
    for person in persons:
        if person not in living:
            _give(found, person, Cast(Role.NOBODY, 1.0))
    living.sort(key=lambda person: -float(groups.count[person].sum()))
    enough = max(_SELDOM * len(looks), 3)
    candidates = [person for person in living[:_CANDIDATES] if groups.count[person].sum() >= enough]
    said_of = _said_of(groups, pieces, candidates)
    ways = pairs(signs, points, [_all(rows, person) for person in candidates], side, len(looks), said_of)
    cores = {
        role: [p for p, said in enumerate(pieces.said.tolist()) if said == ROLES.index(role)] for role in DYAD
    }
    chosen: list[list[int]] = []
    for role in DYAD:
        number = getattr(ways[0], role.value)
        if number is not None:
            person = candidates[number]
            chosen.append(person)
            _give(found, person, Cast(role, _margin(_chances(groups, candidates, ways, number))))
            cores[role] = cores[role] + person
    found = _members(groups, found, chosen, cores)
    rest = [person for person in living if person not in chosen]
    strange = [_STRANGER + float(np.logaddexp(0.0, -credible(points, _all(rows, person)))) for person in rest]
    _others(
        groups, found, rest, strange, cores, min([found[person[0]].confidence for person in chosen], default=0.0)
    )
    return found


def _rows_of(pieces: Pieces) -> list[Rows]:
    """The points of each piece."""
    order = np.argsort(pieces.trails.of, kind="stable")
    bounds = np.searchsorted(pieces.trails.of[order], np.arange(len(pieces.said) + 1))
    return [order[a:b] for a, b in pairwise(bounds)]


def _all(rows: Sequence[Rows], person: Sequence[int]) -> Rows:
    return np.sort(np.concatenate([rows[piece] for piece in person]))


def _is_lifeless(signs: Signs, points: Points, rows: Sequence[Rows], person: Sequence[int]) -> bool:
    return lifeless(signs, points, _all(rows, person))


def _give(found: list[Cast], person: Sequence[int], given: Cast) -> None:
    for piece in person:
        found[piece] = given


def _said_of(groups: Groups, pieces: Pieces, persons: Sequence[Sequence[int]]) -> dict[tuple[int, Role], float]:
    """Log odds for each person and role from the pieces that a person gave a role."""
    told: dict[tuple[int, Role], float] = {}
    for piece, said in enumerate(pieces.said.tolist()):
        if said < 0:
            continue
        role = ROLES[said] if ROLES[said] in DYAD else Role.OTHER
        for number, person in enumerate(persons):
            odds = float(np.clip(groups.between_two([piece], person), -_WORD, _WORD))
            if role is Role.OTHER:
                odds = max(odds, 0.0)  # somebody else may be anybody who is not in the film otherwise
            told[number, role] = told.get((number, role), 0.0) + odds
    return told


def _chances(
    groups: Groups, persons: Sequence[Sequence[int]], ways: Sequence[Pair], number: int
) -> dict[Role, float]:
    """How likely a person is parent, child or somebody else.

    Whoever may be the same person, seen at another time, is no rival.
    """
    rivals = {
        other
        for other in range(len(persons))
        if other != number and groups.between_two(persons[number], persons[other]) < _ANOTHER
    }
    role = Role.PARENT if ways[0].parent == number else Role.CHILD
    chances = {Role.PARENT: 0.0, Role.CHILD: 0.0, Role.OTHER: 0.0}
    for way in ways:
        if number in {way.parent, way.child}:
            chances[Role.PARENT if way.parent == number else Role.CHILD] += way.chance
        elif getattr(way, role.value) in rivals or getattr(way, role.value) is None:
            chances[Role.OTHER] += way.chance
    return chances


def _margin(chances: Mapping[Role, float]) -> float:
    first, second = sorted(chances.values(), reverse=True)[:2]
    return (first - second) / max(sum(chances.values()), 1e-9)


def _members(
    groups: Groups, found: Sequence[Cast], chosen: Sequence[Sequence[int]], cores: Mapping[Role, Sequence[int]]
) -> list[Cast]:
    """The pieces of parent and child, each as sure as it belongs to its person."""
    members = list(found)
    for person in chosen:
        role = found[person[0]].role
        for piece in person:
            chances = _belonging(groups, [piece], cores)
            alone = all(other == piece for other in cores[role]) if role is not None else True
            if alone or groups.count[piece] > groups.count[person].sum() / 2:
                continue
            own = chances[role] if role is not None else 0.0
            next_best = max(chance for other, chance in chances.items() if other is not role)
            members[piece] = Cast(role, found[piece].confidence * max(own - next_best, 0.0))
    return members


def _belonging(
    groups: Groups, some: Sequence[int], cores: Mapping[Role, Sequence[int]], strange: float = _STRANGER
) -> dict[Role, float]:
    """How likely these pieces are the parent, the child, or somebody else."""
    odds = {
        role: groups.between_two(some, [piece for piece in cores[role] if piece not in some])
        if cores[role]
        else -np.inf
        for role in DYAD
    }
    odds[Role.OTHER] = strange
    best = max(odds.values())
    weights = {role: float(np.exp(value - best)) for role, value in odds.items()}
    return {role: weight / sum(weights.values()) for role, weight in weights.items()}


def _others(
    groups: Groups,
    found: list[Cast],
    rest: Sequence[Sequence[int]],
    strange: Sequence[float],
    cores: dict[Role, list[int]],
    sure: float,
) -> None:
    """Whoever is neither the parent nor the child so far may still be one of them; the surest first."""
    first = [_margin(_belonging(groups, person, cores, strange[number])) for number, person in enumerate(rest)]
    for number in sorted(range(len(rest)), key=lambda one: -first[one]):
        person = rest[number]
        chances = _belonging(groups, person, cores, strange[number])
        role = max(chances, key=lambda one: chances[one])
        margin = _margin(chances)
        if role in DYAD:
            _give(found, person, Cast(role, margin * sure))
            if margin >= SURE:
                cores[role] = cores[role] + list(person)
        else:
            _give(found, person, Cast(Role.OTHER, margin) if margin >= SURE else Cast(None, margin))
