"""What one look at one frame shows, before anybody asks who it is.

Perceiving (`coder.features.seeing`, in the child process) yields these; concluding (`coder.features.concluding`,
pure numbers) turns them into signals of the parent and the child, again and again if a person says who is who.
All places are pixels of the upright picture, x right, y down.
"""

from dataclasses import dataclass

from coder.features.face import Face
from coder.features.geometry import Floats

MOST = 8
"""Sightings kept of one frame, the surest ones."""

JOINTS = (
    "nose",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_index",
    "right_index",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
)
"""The points of a body that are kept; left and right are the person's own."""


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """points_px: (len(JOINTS), 2) float64. seen: (len(JOINTS),) 0 … 1, how surely each point can be seen."""

    points_px: Floats
    seen: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """One person, or what looked like one.

    face: None where only a body was found. score: 0 … 1, of the detector that vouches for it. iris_px: diameter of
    the irises, None without a mesh. eyes_open, mouth_open: openings against eye width and face height, None
    without a mesh. sharpness: variance of the Laplacian on the face scaled to 64 px. light: mean grey, 0 … 255.
    appearance: (k,) what hair, skin and clothes look like, to know a person again after a gap. motion: mean
    change of the pixels in the person's region since the frame before, camera and light taken out, in grey levels;
    None where there was no frame before, or it was another picture. followed: found by following a box, not by a
    detector.
    """

    face: Face | None
    body: Body | None
    score: float
    iris_px: float | None = None
    eyes_open: float | None = None
    mouth_open: float | None = None
    sharpness: float = 0.0
    light: float = 0.0
    appearance: tuple[float, ...] = ()
    motion: float | None = None
    followed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One frame. at_us: file time. light: mean grey, 0 … 255. sharpness: as of a sighting, of the whole picture.

    camera_px: how far the picture moved as a whole since the frame before; None at the start of a part.
    light_change: grey levels, taken out of the motion.
    """

    index: int
    at_us: int
    width_px: int
    height_px: int
    sightings: tuple[Sighting, ...]
    light: float
    sharpness: float
    camera_px: float | None = None
    light_change: float | None = None
