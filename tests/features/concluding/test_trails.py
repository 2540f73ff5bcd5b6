"""Trails, persons and roles one by one: what ends a trail, what joins two of them, what tells a child."""

from dataclasses import replace

import numpy as np
import pytest

from coder.features.concluding.joining import JOIN, SAME_TRAIL, groups_of, joined
from coder.features.concluding.points import Points, points_of
from coder.features.concluding.roles import credible, lifeless, pairs, signs_of
from coder.features.concluding.settings import ChildSide
from coder.features.concluding.spoken import Pieces, cut
from coder.features.concluding.tracks import Trails, followed
from coder.features.sighting import Look
from coder.model.persons import Role
from tests.features.concluding.acted import Actor, Scene, acted, child, parent
from tests.features.concluding.test_who import doll, during, picture, walk


def followed_in(scene: Scene) -> tuple[Points, Trails]:
    points = points_of(scene.looks)
    return points, followed(scene.looks, points)


def whose(scene: Scene, trails: Trails) -> list[set[Role]]:
    """The people that each trail really holds."""
    real = [role for truth in scene.truth for role in truth]
    return [
        {role for role, of in zip(real, trails.of.tolist(), strict=True) if of == trail}
        for trail in range(len(trails.begins))
    ]


def test_people_who_stay_apart_are_one_trail_each() -> None:
    scene = acted(30, parent(200), child(420))
    assert sorted(map(len, whose(scene, followed_in(scene)[1]))) == [1, 1]


def test_a_short_gap_is_bridged_and_a_long_one_is_not() -> None:
    for gap_s, count in ((0.5, 1), (1.5, 2)):
        scene = acted(20, parent(200, there=lambda s, gap_s=gap_s: not 10 <= s < 10 + gap_s))
        assert len(followed_in(scene)[1].begins) == count


def test_where_two_who_look_alike_cross_both_trails_end_with_a_doubt() -> None:
    scene = acted(
        40,
        parent(walk(150, 480, 20, 23), looks=1, size=65, y=140),
        child(walk(480, 150, 20, 23), looks=1, size=63, y=140),
    )
    points, trails = followed_in(scene)
    first = trails.of[points.look == 0]
    assert trails.ends[first].all()
    assert not trails.begins[first].any()
    assert all(len(people) == 1 for people in whose(scene, trails))


def test_another_picture_ends_every_trail() -> None:
    scene = acted(20, parent(200), child(420))
    looks = [replace(look, camera_px=None) if number == 100 else look for number, look in enumerate(scene.looks)]
    points = points_of(looks)
    assert len(followed(looks, points).begins) == 4


def test_whoever_takes_the_place_of_another_begins_a_trail() -> None:
    scene = acted(20, parent(300, y=150, there=during((0, 10))), child(300, y=150, there=during((10.2, 20))))
    assert all(len(people) == 1 for people in whose(scene, followed_in(scene)[1]))


def test_who_is_found_twice_counts_once() -> None:
    look = acted(1, parent(200)).looks[0]
    (seen,) = look.sightings
    assert seen.face is not None
    poor = replace(seen, face=replace(seen.face, meshed=False), score=0.4)
    for second, double in ((replace(seen, score=0.5), True), (replace(seen, face=None), True), (poor, True)):
        points = points_of([replace(look, sightings=(second, seen))])
        assert points.double.tolist() == [double, False]


def test_two_heads_of_two_sizes_at_one_place_are_two() -> None:
    look = acted(1, parent(200), child(205, y=125)).looks[0]
    assert points_of([look]).double.tolist() == [False, False]


def test_a_body_without_a_face_has_its_head_at_the_nose() -> None:
    look = acted(1, parent(200, faced=False, lively=False)).looks[0]
    points = points_of([look])
    assert points.x_px[0] == pytest.approx(200, abs=5)
    assert points.y_px[0] == pytest.approx(120, abs=5)
    assert points.size_px[0] == pytest.approx(75, rel=0.05)
    assert not points.faced[0]


def pieces_of(trails: Trails) -> Pieces:
    return cut(trails, np.full(len(trails.of), -1))


def groups_in(scene: Scene, points: Points, trails: Trails):  # type: ignore[no-untyped-def]  # a test's shorthand
    signs = signs_of(scene.looks)
    build = np.stack([signs.broad, signs.iris], axis=1)
    return groups_of(scene.looks, points, build, trails, np.arange(len(trails.begins)))


def test_people_seen_at_once_cannot_be_one_and_the_same_person_again_is() -> None:
    away = during((0, 20), (40, 60))
    scene = acted(
        60,
        parent(lambda s: 200 if s < 30 else 420, there=away),
        child(lambda s: 420 if s < 30 else 200, there=away),
    )
    points, trails = followed_in(scene)
    people = whose(scene, trails)
    odds = np.array([groups_in(scene, points, trails).odds(trail) for trail in range(4)])
    for a in range(4):
        for b in range(4):
            if a == b:
                assert odds[a, b] > SAME_TRAIL / 2
            elif people[a] == people[b]:
                assert odds[a, b] > JOIN
            else:
                assert odds[a, b] < -2
    assert np.isneginf(odds).sum() == 4  # two pairs, either way
    groups = joined(groups_in(scene, points, trails), np.zeros(4, np.bool_))
    assert sorted(len(group) for group in groups) == [2, 2]


def test_the_odds_of_sets_are_those_of_their_members_together() -> None:
    away = during((0, 20), (40, 60))
    scene = acted(60, parent(200, there=away), child(420, there=away))
    points, trails = followed_in(scene)
    groups = groups_in(scene, points, trails)
    for a, b in ((0, 2), (1, 3), (0, 3)):
        assert groups.between_two([a], [b]) == pytest.approx(groups.odds(a)[b])
    assert groups.between_two([0], []) == 0
    assert groups.between_two([0, 2], [1]) == -np.inf


def test_how_far_apart_people_look_is_learned_from_those_who_are_seen_at_once() -> None:
    def between(looks: int) -> float:
        scene = acted(60, parent(200, looks=1), child(420, looks=looks))
        return float(groups_in(scene, *followed_in(scene)).between[:16].mean())

    assert between(1) < 0.1 * between(2)


def lifeless_in(seconds: float, actor: Actor, camera_px: float = 0) -> bool:
    """Whether the first of two is taken for a picture or a doll; the other is an adult."""
    scene = acted(seconds, actor, replace(parent(100), role=Role.OTHER), camera_px=camera_px)
    points = points_of(scene.looks)
    real = np.array([role is actor.role for truth in scene.truth for role in truth])
    return lifeless(signs_of(scene.looks), points, np.flatnonzero(real))


def test_a_picture_and_a_doll_have_no_life_and_people_do() -> None:
    assert lifeless_in(15, picture(500))
    assert lifeless_in(30, picture(500), camera_px=3)
    assert lifeless_in(30, doll(lambda s: 400 + 60 * np.sin(s)))
    assert not lifeless_in(30, child(400))
    assert not lifeless_in(60, parent(400))
    assert not lifeless_in(8, picture(500)), "nobody moved for eight seconds: too early to tell"


def test_an_infant_who_sleeps_in_somebody_s_arms_is_alive() -> None:
    asleep = child(lambda s: 400 + 20 * np.sin(s / 3), lively=False)
    assert not lifeless_in(60, asleep)


def test_a_face_that_no_mesh_fits_and_that_is_hardly_found_is_hardly_believed() -> None:
    def belief(**other: object) -> float:
        scene = acted(10, parent(200, **other))
        points = points_of(scene.looks)
        return credible(points, np.arange(len(points.look)))

    assert belief(meshed=0, score=0.4) < -2
    assert belief(meshed=0, score=0.75) > 2
    assert belief(meshed=1, score=0.6) > 3


def first_pair(actors: tuple[Actor, Actor], side: ChildSide = ChildSide.AUTO) -> tuple[Role | None, float]:
    """Who of two is taken for the child, and how likely that is held to be."""
    scene = acted(30, *actors)
    points, trails = followed_in(scene)
    people = whose(scene, trails)
    rows = [np.flatnonzero(trails.of == trail) for trail in range(len(people))]
    best = pairs(signs_of(scene.looks), points, rows, side, len(scene.looks), {})[0]
    return (next(iter(people[best.child])) if best.child is not None else None), best.chance


def test_size_alone_is_weak_size_against_build_loses_and_all_together_is_sure() -> None:
    bare = {"embodied": False, "iris": 0.0, "y": 150}
    taken, chance = first_pair((parent(200, **bare), child(420, **bare)))
    assert taken is Role.CHILD
    assert 0.8 < chance < 0.98
    taken, chance = first_pair((parent(200, size=60), child(420, size=68)))
    assert (taken, chance > 0.7) == (Role.CHILD, True)
    taken, chance = first_pair((parent(200), child(420)))
    assert (taken, chance > 0.98) == (Role.CHILD, True)


def test_a_side_that_is_told_outweighs_what_is_seen() -> None:
    for side, expected in ((ChildSide.LEFT, Role.PARENT), (ChildSide.RIGHT, Role.CHILD)):
        bare = {"embodied": False, "iris": 0.0, "y": 150}
        assert first_pair((parent(200, **bare), child(420, **bare)), side)[0] is expected


def test_a_trail_is_cut_where_words_begin_and_end_and_stays_one_person() -> None:
    """One letter a look: p is said to be the parent, c the child, . nothing."""

    def parts(words: str) -> list[int]:
        roles = list(Role)
        said = {"p": roles.index(Role.PARENT), "c": roles.index(Role.CHILD), ".": -1}
        one = Trails(np.zeros(len(words), np.int64), np.zeros(1, np.bool_), np.zeros(1, np.bool_))
        return [int(part) for part in cut(one, np.array([said[letter] for letter in words])).parts]

    assert parts("......") == [0]
    assert parts("..pp..") == [0, 0, 0]
    assert parts("pp..pp") == [0, 0, 0]
    assert parts("..pp..cc..") == [0, 0, 1, 2, 2]
    assert parts("ppcc") == [0, 1]


def test_only_the_ends_of_the_whole_trail_keep_its_doubts() -> None:
    one = Trails(np.zeros(4, np.int64), np.ones(1, np.bool_), np.ones(1, np.bool_))
    pieces = cut(one, np.array([-1, 0, 0, -1])).trails
    assert pieces.of.tolist() == [0, 1, 1, 2]
    assert pieces.begins.tolist() == [True, False, False]
    assert pieces.ends.tolist() == [False, False, True]


def test_looks_without_anybody_break_nothing() -> None:
    empty: list[Look] = acted(2, parent(200, there=during((5, 6)))).looks
    points = points_of(empty)
    assert followed(empty, points).of.size == 0
