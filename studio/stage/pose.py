"""What the actors hand to the stage for one frame: values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from studio.stage.data import Floats


@dataclass(frozen=True)
class Pose:
    """One figure at one moment.

    root: (4, 4) placement of the rest figure in the room, metres.
    rot: bone -> (3, 3) turn about the bone's head, in the axes of the rest figure, relative to its parent.
    units: face unit -> strength 0..1.
    look_at: (3,) the point in the room that each eye is aimed at.
    lids: 0 open .. 1 closed.
    """

    root: Floats
    rot: Mapping[str, Floats] = field(default_factory=dict)
    units: Mapping[str, float] = field(default_factory=dict)
    look_at: Floats = field(default_factory=lambda: np.array([0.0, -10.0, 1.0]))
    lids: float = 0.0


@dataclass(frozen=True)
class Frame:
    """The whole stage at one moment; props: toy name -> (4, 4) placement of its centre."""

    parent: Pose
    child: Pose
    props: Mapping[str, Floats] = field(default_factory=dict)
