"""Who is who in acted scenes: nobody is ever taken for another, and as few as can be are left unsaid."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from coder.features.concluding.settings import ChildSide, ConcludingSettings
from coder.features.concluding.who import SURE, Identified, identified
from coder.features.sighting import Look
from coder.model.persons import Role
from tests.features.concluding.acted import Actor, Scene, acted, child, judged, of_role, parent, shares

SETTINGS = ConcludingSettings()
SEEDS = (0,)


def walk(start: float, end: float, from_s: float, to_s: float) -> Callable[[float], float]:
    """From one place to another, and standing before and after."""
    return lambda s: float(np.interp(s, (from_s, to_s), (start, end)))


def during(*spans: tuple[float, float]) -> Callable[[float], bool]:
    """There from second to second."""
    return lambda s: any(a <= s < b for a, b in spans)


def sibling(x: float, **other: object) -> Actor:
    return replace(child(x, looks=5, size=62, y=170), role=Role.OTHER, **other)  # type: ignore[arg-type]  # fields by name, of several types


def clinician(x: Callable[[float], float] | float, **other: object) -> Actor:
    return replace(parent(x, looks=7, size=72, y=95), role=Role.OTHER, **other)  # type: ignore[arg-type]  # fields by name, of several types


def doll(x: Callable[[float], float] | float, **other: object) -> Actor:
    still = Actor(Role.NOBODY, x, y=260, size=30, looks=9, lively=False, embodied=False, score=0.6)
    return replace(still, **other)  # type: ignore[arg-type]  # fields by name, of several types


def picture(x: float, **other: object) -> Actor:
    return doll(x, y=50, size=80, looks=8, score=0.85, **other)


AWAY = during((0, 20), (40, 60))
SCENES: dict[str, tuple[Actor, ...]] = {
    "side by side": (parent(200), child(420)),
    "the child at the left": (child(200), parent(420)),
    "they cross": (parent(walk(150, 480, 20, 23)), child(walk(480, 150, 20, 23), y=140)),
    "they cross, the child hidden for a second": (
        parent(walk(150, 480, 20, 23)),
        child(walk(480, 150, 20, 23), y=140, there=during((0, 21), (22, 60))),
    ),
    "they cross again and again": (
        parent(lambda s: 320 + 150 * np.sin(0.8 * s)),
        child(lambda s: 320 - 150 * np.sin(0.8 * s), y=140),
    ),
    "both leave, and come back in each other's place": (
        parent(lambda s: 150 if s < 20 else 480, there=AWAY),
        child(lambda s: 480 if s < 20 else 150, there=AWAY),
    ),
    "the picture jumps, and they sit the other way round": (
        parent(lambda s: 150 if s < 30 else 480, y=150),
        child(lambda s: 480 if s < 30 else 150, y=150),
    ),
    "never both at once": (
        parent(200, there=lambda s: s % 10 < 5),
        child(420, there=lambda s: s % 10 >= 5),
    ),
    "over the parent's shoulder": (parent(200, there=lambda s: s % 15 < 1.5), child(420)),
    "a clinician comes and goes": (
        parent(200),
        child(420),
        clinician(walk(560, 470, 20, 35), there=during((20, 35))),
    ),
    "a clinician in the parent's place": (
        parent(200, there=AWAY),
        child(420),
        clinician(210, y=120, there=during((22, 38))),
    ),
    "a sibling now and then": (parent(200), child(420), sibling(320, there=lambda s: s % 20 < 6)),
    "a sibling for half of it": (parent(200), child(420), sibling(320, there=during((30, 60)))),
    "a doll is carried": (
        parent(200),
        child(420),
        doll(lambda s: 400 + 20 * np.sin(s), there=lambda s: s % 15 < 5),
    ),
    "a picture on the wall": (parent(200), child(420), picture(560)),
    "the child is nearer to the camera": (parent(200, size=60), child(420, size=72)),
    "on the lap": (parent(300, y=110), child(310, y=180)),
    "cheek to cheek": (parent(300, y=110), child(320, y=155)),
    "the child in profile": (parent(200), child(420, meshed=0.1, score=0.7)),
    "dressed alike": (parent(200, looks=3), child(420, looks=3)),
}


def who(scene: Scene, settings: ConcludingSettings = SETTINGS) -> Identified:
    return identified(scene.looks, (), settings)


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("seed", SEEDS)
def test_parent_and_child_are_known_and_never_mixed_up(name: str, seed: int) -> None:
    scene = acted(60, *SCENES[name], seed=seed)
    right, wrong = shares(judged(scene, who(scene)))
    assert wrong == 0
    assert right > 0.97


UNKNOWABLE: dict[str, tuple[Actor, ...]] = {
    "nothing but the size, and the child is nearer": (
        parent(200, size=66, embodied=False, iris=0.07),
        child(420, size=70, y=120, embodied=False, iris=0.07),
    ),
    "twins who leave and come back": (
        parent(lambda s: 200 if s < 20 else 420, size=65, looks=1, y=150, embodied=False, iris=0.07, there=AWAY),
        child(lambda s: 420 if s < 20 else 200, size=62, looks=1, y=150, embodied=False, iris=0.07, there=AWAY),
    ),
    "a child alone": (child(300),),
    "an adult alone": (parent(300),),
}


@pytest.mark.parametrize("name", UNKNOWABLE)
def test_where_nothing_tells_nothing_is_said(name: str) -> None:
    scene = acted(60, *UNKNOWABLE[name])
    right, wrong = shares(judged(scene, who(scene)))
    assert right == wrong == 0
    assert who(scene).doubted().any()


def test_a_person_s_word_about_the_side_settles_what_cannot_be_seen() -> None:
    scene = acted(60, *UNKNOWABLE["nothing but the size, and the child is nearer"])
    for side, expected in ((ChildSide.RIGHT, (1, 0)), (ChildSide.LEFT, (0, 1))):
        assert shares(judged(scene, who(scene, replace(SETTINGS, child_side=side)))) == expected


@pytest.mark.parametrize(
    ("name", "role"), [("a picture on the wall", Role.NOBODY), ("a doll is carried", Role.NOBODY)]
)
def test_what_has_no_life_is_nobody(name: str, role: Role) -> None:
    scene = acted(60, *SCENES[name])
    taken = of_role(who(scene), scene.truth, Role.NOBODY)
    assert taken[role] > 0.95 * taken.total()


def test_a_camera_that_is_held_by_hand_changes_nothing() -> None:
    scene = acted(60, *SCENES["a picture on the wall"], camera_px=3)
    assert shares(judged(scene, who(scene))) == (1, 0)


def test_others_are_others() -> None:
    scene = acted(60, *SCENES["a clinician comes and goes"])
    taken = of_role(who(scene), scene.truth, Role.OTHER)
    assert taken[Role.OTHER] > 0.9 * taken.total()


def lossy(scene: Scene, share: float, seed: int = 0) -> Scene:
    """The same, but a share of the sightings is missed."""
    chance = np.random.default_rng(seed)
    looks, truth = list[Look](), list[list[Role]]()
    for look, roles in zip(scene.looks, scene.truth, strict=True):
        kept = [at for at in range(len(roles)) if chance.random() >= share]
        looks.append(replace(look, sightings=tuple(look.sightings[at] for at in kept)))
        truth.append([roles[at] for at in kept])
    return Scene(looks, truth)


@pytest.mark.parametrize("name", ["they cross", "on the lap", "a sibling now and then", "never both at once"])
def test_a_detector_that_misses_two_in_five_mixes_nobody_up(name: str) -> None:
    scene = lossy(acted(60, *SCENES[name]), 0.4)
    right, wrong = shares(judged(scene, who(scene)))
    assert wrong == 0
    assert right > 0.9


def test_nobody_is_two_in_one_look_and_nobody_twice() -> None:
    for actors in SCENES.values():
        found = who(acted(20, *actors))
        for roles, sures in zip(found.roles, found.confidence, strict=True):
            for role in (Role.PARENT, Role.CHILD):
                assert sum(told is role and sure >= SURE for told, sure in zip(roles, sures, strict=True)) <= 1


def test_index_doubt_and_sureness_are_those_of_the_sightings() -> None:
    found = Identified(
        roles=((Role.CHILD, Role.PARENT), (None,), (Role.OTHER,), ()),
        confidence=((0.9, 0.4), (0.0,), (0.8,), ()),
        trails=((0, 1), (2,), (3,), ()),
        said=((False, False), (False,), (False,), ()),
    )
    assert found.index(Role.CHILD).tolist() == [0, -1, -1, -1]
    assert found.index(Role.PARENT).tolist() == [-1, -1, -1, -1]
    assert found.doubted().tolist() == [True, True, False, False]
    np.testing.assert_array_equal(found.sureness(), [0.4, 0.0, np.nan, np.nan])


def test_an_empty_film_and_empty_looks_are_nobody_s() -> None:
    assert who(Scene([], [])).roles == ()
    empty = acted(1, parent(200, there=lambda _s: False))
    assert who(empty).roles == ((),) * 10


def test_the_same_looks_give_the_same_answer() -> None:
    scene = acted(30, *SCENES["they cross again and again"])
    assert who(scene).confidence == who(scene).confidence
