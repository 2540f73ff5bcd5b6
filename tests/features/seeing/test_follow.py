"""Glancing, following and searching, with a finder that sees as far and as tilted as detectors do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from coder.features.face import Box, Face
from coder.features.geometry import KEYPOINTS_CM, Head
from coder.features.seeing.cutting import RGB, Cut
from coder.features.seeing.faces import Detection, Landmarks, turn_between
from coder.features.seeing.follow import Spotted, Spotter

WIDTH, HEIGHT = 1280, 720
STEP_US = 100_000


@dataclass(frozen=True)
class Somebody:
    """A face in the room. full, short: what the two detectors say of it where it is shown large and upright."""

    x: float
    y: float
    side: float = 100
    tilt: float = 0
    full: float = 0.9
    short: float = 0.0
    meshed: bool = True

    def detection(self, tilt: float | None = None) -> Detection:
        """As it is found."""
        turn = np.radians(self.tilt if tilt is None else tilt)
        per_cm = self.side / 16
        away = (KEYPOINTS_CM[:, :2] - KEYPOINTS_CM[:, :2].mean(axis=0)) * (per_cm, -per_cm)
        points = away @ np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))]) + (self.x, self.y)
        half = self.side / 2
        return Detection(
            Box(self.x - half, self.y - half, self.x + half, self.y + half), points, self.full, self.short
        )


class Room:
    """What is to be seen at each look; a picture carries its number in its first pixel."""

    LEAST_SHARE, MOST_TILT = 0.06, 60

    def __init__(self, shown: Callable[[int], Sequence[Somebody]]) -> None:
        self.shown = shown
        self.cuts = 0

    def picture(self, number: int) -> RGB:
        """The picture of a look."""
        rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        rgb[0, 0, 0] = number
        return rgb

    def detect(self, rgb: RGB) -> list[Detection]:
        """Large faces that stand upright."""
        return self._seen(rgb, Cut(WIDTH / 2, HEIGHT / 2, WIDTH))

    def detect_in(self, rgb: RGB, cut: Cut, size_px: int) -> list[Detection]:
        """Faces that are large and upright in the cut, and lie in it."""
        self.cuts += 1
        return self._seen(rgb, cut)

    def landmarks(self, rgb: RGB, found: Detection) -> Landmarks | None:
        """A mesh for whoever has one, if the face was found the right way round."""
        for one in self.shown(int(rgb[0, 0, 0])):
            there = one.detection()
            upright = turn_between(there.tilt_deg, found.tilt_deg) < self.MOST_TILT
            if one.meshed and upright and there.box.overlap(found.box) > 0.5:
                head = Head(np.eye(3), (one.x, one.y), one.side / 16)
                points = np.column_stack([np.full((478, 2), (one.x, one.y)), np.zeros(478)])
                return Landmarks(Face(found.box, head, None, meshed=True, width_px=one.side, iris=None), points)
        return None

    def _seen(self, rgb: RGB, cut: Cut) -> list[Detection]:
        shown = [
            one
            for one in self.shown(int(rgb[0, 0, 0]))
            if one.side / cut.side >= self.LEAST_SHARE
            and turn_between(one.tilt, cut.roll_deg) <= self.MOST_TILT
            and max(abs(one.x - cut.x), abs(one.y - cut.y)) <= cut.side / 2
        ]
        return sorted((one.detection() for one in shown), key=lambda found: -found.score)


def looked(room: Room, looks: int, step_us: int = STEP_US) -> list[list[Spotted]]:
    """Everything that is spotted, look by look."""
    spotter = Spotter(room)
    return [spotter.look(room.picture(number), number * step_us) for number in range(looks)]


def places(faces: Sequence[Spotted]) -> list[tuple[float, float]]:
    """Where the faces are."""
    return sorted(((one.found.box.left + one.found.box.right) / 2, one.found.box.top) for one in faces)


def at(*people: Somebody) -> list[tuple[float, float]]:
    """Where they should be."""
    return sorted((one.x, one.y - one.side / 2) for one in people)


PARENT = Somebody(400, 300, 120)
CHILD = Somebody(900, 400, 90)


def test_two_large_faces_are_seen_at_a_glance_and_nothing_else_is_looked_at() -> None:
    room = Room(lambda _: [PARENT, CHILD])
    spotter = Spotter(room)
    first = spotter.look(room.picture(0), 0)
    room.cuts = 0
    rest = [spotter.look(room.picture(number), number * STEP_US) for number in range(1, 10)]
    assert room.cuts == 0
    assert [places(faces) for faces in (first, *rest)] == [at(PARENT, CHILD)] * 10
    assert not any(one.followed for faces in rest for one in faces)


def test_a_small_face_is_found_from_the_first_look_on_and_kept() -> None:
    small = Somebody(1100, 150, 34)
    assert [places(faces) for faces in looked(Room(lambda _: [PARENT, small]), 12)] == [at(PARENT, small)] * 12


@pytest.mark.parametrize("tilt", [90.0, -90.0, 180.0])
@pytest.mark.parametrize("side", [110, 40])
def test_a_lying_and_an_inverted_face_are_found_and_kept(tilt: float, side: float) -> None:
    infant = Somebody(700, 500, side, tilt=tilt)
    assert [places(faces) for faces in looked(Room(lambda _: [PARENT, infant]), 8)] == [at(PARENT, infant)] * 8


def test_somebody_small_who_comes_in_later_is_found_within_two_seconds() -> None:
    small = Somebody(1100, 150, 34)
    seen = looked(Room(lambda number: [PARENT, small] if number >= 10 else [PARENT]), 40)
    assert places(seen[9]) == at(PARENT)
    assert all(places(faces) == at(PARENT, small) for faces in seen[30:])


def test_a_face_that_becomes_doubtful_is_followed_for_a_while_and_never_believed_anew() -> None:
    faint = Somebody(900, 400, 90, full=0.4)
    seen = looked(Room(lambda number: [PARENT, CHILD if number < 3 else faint]), 60)
    assert all(places(faces) == at(PARENT, CHILD) for faces in seen[:20])
    assert [one.followed for one in seen[10]] == [False, True]
    assert places(seen[40]) == at(PARENT)
    assert all(places(faces) == at(PARENT) for faces in looked(Room(lambda _: [PARENT, faint]), 10))


def test_what_only_the_short_range_detector_takes_for_a_face_is_none_unless_it_is_very_sure() -> None:
    cushion = Somebody(900, 400, 90, full=0.0, short=0.6)
    held = Somebody(900, 400, 90, full=0.0, short=0.85)
    assert places(looked(Room(lambda _: [PARENT, cushion]), 1)[0]) == at(PARENT)
    assert places(looked(Room(lambda _: [PARENT, held]), 1)[0]) == at(PARENT, held)


def test_a_face_found_the_wrong_way_round_is_turned() -> None:
    infant = Somebody(700, 500, 110, tilt=180)

    class Mistaken(Room):
        """Upright it finds the inverted face too: the forehead passes for a chin."""

        def _seen(self, rgb: RGB, cut: Cut) -> list[Detection]:
            if abs(cut.roll_deg) < self.MOST_TILT:
                return [infant.detection(tilt=0)]
            return super()._seen(rgb, cut)

    for faces in looked(Mistaken(lambda _: [infant]), 5):
        assert [(round(abs(one.found.tilt_deg)), one.mesh is not None) for one in faces] == [(180, True)]


def test_two_faces_cheek_to_cheek_stay_two() -> None:
    left, right = Somebody(600, 300, 120), Somebody(685, 320, 100)
    assert places(looked(Room(lambda _: [left, right]), 1)[0]) == at(left, right)


@pytest.mark.parametrize("meshed", [True, False])
def test_a_box_within_a_box_is_a_part_of_that_face(meshed: bool) -> None:
    face = Somebody(600, 300, 220, full=0.8)
    part = Somebody(660, 360, 88, full=0.7, meshed=False)
    assert places(looked(Room(lambda _: [replace(face, meshed=meshed), part]), 1)[0]) == at(face)
    surer = replace(part, full=0.95)  # found first; the face is the one that has a mesh
    expected = face if meshed else surer
    assert places(looked(Room(lambda _: [replace(face, meshed=meshed), surer]), 1)[0]) == at(expected)


def test_what_is_seen_depends_on_the_pictures_of_the_segment_only() -> None:
    def scene(number: int) -> list[Somebody]:
        return [PARENT, Somebody(1100 - 5 * number, 150, 34), Somebody(300, 600, 60, tilt=90)]

    once, again = looked(Room(scene), 15), looked(Room(scene), 15)
    assert [places(faces) for faces in once] == [places(faces) for faces in again]
