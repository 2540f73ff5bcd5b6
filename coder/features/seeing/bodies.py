"""Bodies in one picture: the pose model on an upright crop around each face, and on the whole picture for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.face import Face
from coder.features.sighting import Body

MODEL = "pose_landmarker_lite.task"

RGB = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Bodies:
    """of_faces: the body of each face that was given, None where none was found that is surely its own.

    others: bodies without a face (a person turned away), each with how surely it is one, 0 … 1.
    """

    of_faces: tuple[Body | None, ...]
    others: tuple[tuple[Body, float], ...] = ()


class BodyFinder:
    """Finds bodies. Not to be shared between threads."""

    def close(self) -> None:
        """Give the model back."""

    def find(self, rgb: RGB, faces: Sequence[Face], *, whole: bool = False) -> Bodies:
        """The bodies of the faces of a picture (height, width, 3).

        whole: look over the whole picture as well, for people whose faces were not found. Depends on this picture
        and these faces only.
        """
        return Bodies((None,) * len(faces))
