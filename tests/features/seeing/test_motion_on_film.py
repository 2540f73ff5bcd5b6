"""A stretch of a sample film, as it is and as a shaken phone under a flickering lamp would have seen it."""

from functools import cache
from itertools import islice, pairwise

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from coder.features.seeing.motion import Small, motion
from tests.features.seeing.test_bodies import SAMPLE, faces, shown

CLIP, START, LOOKS, EVERY = "cues-responses", 980, 60, 2
RGB = NDArray[np.uint8]
Levels = NDArray[np.float64]


@cache
def stretch() -> tuple[RGB, ...]:
    """Eight seconds in which the father reaches over, twice."""
    with av.open(str(SAMPLE / f"{CLIP}.mp4")) as film:
        return tuple(
            picture.to_ndarray(format="rgb24")
            for picture in islice(film.decode(video=0), START, START + LOOKS * EVERY, EVERY)
        )


def shaken(pictures: tuple[RGB, ...], px: float) -> list[RGB]:
    """By a hand that trembles and turns; 3 % are cut off so that no border shows."""
    chance = np.random.default_rng(4)
    seen = []
    for picture in pictures:
        high, wide = picture.shape[:2]
        way = cv2.getRotationMatrix2D((wide / 2, high / 2), chance.normal(0, 0.3), 1.06)
        way[:, 2] += chance.normal(0, px, 2)
        seen.append(np.asarray(cv2.warpAffine(picture, way, (wide, high), flags=cv2.INTER_CUBIC), np.uint8))
    return seen


def flickering(pictures: tuple[RGB, ...]) -> list[RGB]:
    """By a lamp and a camera that hunts for its exposure, with a sensor's noise."""
    chance, seen = np.random.default_rng(5), []
    for picture in pictures:
        bright = picture * chance.normal(1, 0.08) + chance.normal(0, 6) + chance.normal(0, 2, picture.shape)
        seen.append(np.clip(bright, 0, 255).astype(np.uint8))
    return seen


@cache
def levels(how: str) -> Levels:
    """(looks - 1, 2): movement of parent and child in the film as it is, shaken or flickering."""
    pictures = {"still": list, "shaken": lambda film: shaken(film, 4), "flickering": flickering}[how](stretch())
    _, row = shown(CLIP, START)
    people = [(face, None) for face in faces(row)]
    small = [Small(picture) for picture in pictures]
    found = [motion(before, now, people) for before, now in pairwise(small)]
    assert all(one is not None for one in found)
    return np.array([one.of for one in found if one is not None], np.float64)


def naive(pictures: list[RGB]) -> Levels:
    """What counts if nothing is taken out: mean change of the whole picture."""
    grey = [picture.mean(axis=2) for picture in pictures]
    return np.array([np.abs(now - before).mean() for before, now in pairwise(grey)])


@pytest.mark.parametrize("who", [0, 1])
def test_a_shaken_film_tells_the_same_movement(who: int) -> None:
    still, moved = levels("still")[:, who], levels("shaken")[:, who]
    busy = still > 0.5
    assert busy.sum() >= 10
    assert spearmanr(still[busy], moved[busy]).statistic > 0.7
    assert np.median(moved[~busy & (still < 0.05)]) < 0.1 * np.median(still[busy])


@pytest.mark.parametrize("who", [0, 1])
def test_a_flickering_film_tells_the_same_movement(who: int) -> None:
    still, moved = levels("still")[:, who], levels("flickering")[:, who]
    busy = still > 0.5
    assert spearmanr(still[busy], moved[busy]).statistic > 0.7
    assert np.median(moved[~busy & (still < 0.05)]) < 0.1 * np.median(still[busy])


def test_shaking_does_not_make_two_people_move_together() -> None:
    """Uncorrected, what both share is the camera; the correction leaves them as apart as they were."""
    apart, together = levels("still"), levels("shaken")
    before, after = (spearmanr(found[:, 0], found[:, 1]).statistic for found in (apart, together))
    assert abs(after - before) < 0.25
    quiet = (apart < 0.05).all(axis=1)
    assert quiet.sum() >= 5
    assert np.median(naive(shaken(stretch(), 4))[quiet]) > 50 * np.median(together[quiet])
