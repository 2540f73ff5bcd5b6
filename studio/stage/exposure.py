"""Which pictures a film needs: frames that look the same share one. Numpy only.

A film's frames are grouped by everything but the faces' small states (lids, eyes, mouth): the pictures of a group
are drawn one after the other, since each needs little more than the faces of the one before.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from studio.acts import PEOPLE
from studio.stage.body import Human
from studio.stage.data import Floats
from studio.stage.plan import Camera
from studio.stage.pose import Frame, Pose

_MOVE_M, _TURN = 5e-5, 3.5e-4
"""Steps of rounding: 0.05 mm and 0.02 degrees are a thirtieth of a pixel."""
_LOOK_DEG, _STRENGTH = 0.05, 0.005
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in whole pixels, half open."""


@dataclass(frozen=True)
class Shot:
    """One picture to be made: the frame that it shows, the light, and its keys."""

    frame: Frame
    light: str
    body: str
    faces: tuple[str, str]

    @property
    def key(self) -> str:
        """Names the picture."""
        return _digest([self.body.encode(), *(face.encode() for face in self.faces)])


@dataclass
class Group:
    """Shots that differ in nothing but faces."""

    shots: list[Shot] = field(default_factory=list)


def shot_of(frame: Frame, light: str, humans: dict[str, Human], look: str) -> Shot:
    """The keys of a frame; `look` names all that does not move (persons, room, camera, quality)."""
    body, faces = [look.encode(), light.encode()], []
    for who in PEOPLE:
        pose, human = getattr(frame, who), humans[who]
        bones = human.pose_bones(pose.rot, pose.root)
        body.append(_rounded(bones[:, :3, :3], _TURN))
        joints = np.array([human.head[b] for b in human.order])
        body.append(_rounded(np.einsum("bij,bj->bi", bones[:, :3, :3], joints) + bones[:, :3, 3], _MOVE_M))
        faces.append(_face_key(human, pose, bones))
    for toy in sorted(frame.props):
        body += [_rounded(frame.props[toy][:3, :3], _TURN), _rounded(frame.props[toy][:3, 3], _MOVE_M)]
    return Shot(frame, light, _digest(body), (faces[0], faces[1]))


def groups_of(shots: Iterable[Shot]) -> list[Group]:
    """The pictures to make, each once, by group, in the film's order."""
    groups: dict[str, Group] = {}
    known: set[str] = set()
    for shot in shots:
        if shot.key not in known:
            known.add(shot.key)
            groups.setdefault(shot.body, Group()).shots.append(shot)
    return list(groups.values())


def box_of(seen: Floats, camera: Camera, margin: int) -> Box:
    """The rectangle of projected points (n, 3), within the picture."""
    low, high = np.floor(seen[:, :2].min(0)) - margin, np.ceil(seen[:, :2].max(0)) + margin
    x = np.clip([low[0], high[0]], 0, camera.width).astype(int)
    y = np.clip([low[1], high[1]], 0, camera.height).astype(int)
    return int(x[0]), int(y[0]), int(x[1]), int(y[1])


def _face_key(human: Human, pose: Pose, bones: Floats) -> str:
    head = bones[human.bi["head"]]
    here = head[:3, :3].T @ (np.asarray(pose.look_at) - head[:3, 3])
    angles = []
    for side in "LR":
        away = here - human.eye[side].centre
        angles += [np.arctan2(away[0], -away[1]), np.arctan2(away[2], np.hypot(away[0], away[1]))]
    units = sorted((name, round(value / _STRENGTH)) for name, value in pose.units.items() if value > _STRENGTH)
    return _digest(
        [_rounded(np.degrees(angles), _LOOK_DEG), repr(units).encode(), str(round(pose.lids / 0.01)).encode()]
    )


def _rounded(values: Floats, step: float) -> bytes:
    return bytes(np.rint(np.asarray(values) / step).astype(np.int32).tobytes())


def _digest(pieces: Iterable[bytes]) -> str:
    sum_ = hashlib.blake2b(digest_size=12)
    for piece in pieces:
        sum_.update(piece + b"|")
    return sum_.hexdigest()
