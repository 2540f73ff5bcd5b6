"""Everything that is seen of a picture, put together: faces with their marks, bodies, movement."""

from dataclasses import replace

import cv2
import numpy as np

from coder.features.extractor import Picture
from coder.features.face import Face
from coder.features.geometry import Floats
from coder.features.look_columns import kept
from coder.features.seeing.bodies import BodyFinder
from coder.features.seeing.cutting import RGB
from coder.features.seeing.faces import FaceFinder, unmeshed
from coder.features.seeing.follow import Spotted, Spotter
from coder.features.seeing.motion import Small, motion
from coder.features.seeing.quality import appearance, light_and_sharpness, openings
from coder.features.sighting import MOST, Body, Look, Sighting

_MESHLESS = 0.75  # what the score of a face without a mesh is worth: profiles have none, nor have things
_PEOPLE = 2  # with fewer faces than that, bodies without a face are looked for


class Eyes:
    """The models, and what was seen so far of one segment. Not to be shared between threads."""

    def __init__(self) -> None:
        self._finder = FaceFinder()
        self._bodies = BodyFinder()
        self._spotter = Spotter(self._finder)
        self._before: Small | None = None

    def close(self) -> None:
        """Give the models back."""
        self._finder.close()
        self._bodies.close()

    def begin(self, before: Picture | None) -> None:
        """A segment begins: forget everything but the pixels of the picture before it."""
        self._spotter = Spotter(self._finder)
        self._before = None if before is None else Small(before.rgb)

    def look(self, picture: Picture) -> Look:
        """One picture. The pictures of a segment are shown in order."""
        rgb = picture.rgb
        spotted = sorted(self._spotter.look(rgb, picture.at_us), key=lambda one: -one.found.score)[:MOST]
        faces = [unmeshed(one.found) if one.mesh is None else one.mesh.face for one in spotted]
        bodies = self._bodies.find(rgb, faces, whole=len(faces) < _PEOPLE)
        usual = np.array(cv2.mean(np.ascontiguousarray(rgb[::4, ::4]))[:3])
        seen = [
            _of_face(rgb, usual, one, face, body)
            for one, face, body in zip(spotted, faces, bodies.of_faces, strict=True)
        ]
        seen += [Sighting(face=None, body=body, score=score) for body, score in bodies.others]
        seen = kept(seen)
        now = Small(rgb)
        moved = None if self._before is None else motion(self._before, now, [(one.face, one.body) for one in seen])
        self._before = now
        if moved is not None:
            seen = [replace(one, motion=change) for one, change in zip(seen, moved.of, strict=True)]
        light, sharpness = light_and_sharpness(rgb)
        return Look(
            index=picture.index,
            at_us=picture.at_us,
            width_px=rgb.shape[1],
            height_px=rgb.shape[0],
            sightings=tuple(seen),
            light=light,
            sharpness=sharpness,
            camera_px=None if moved is None else moved.camera_px,
            light_change=None if moved is None else moved.light_change,
        )


def _of_face(rgb: RGB, usual: Floats, one: Spotted, face: Face, body: Body | None) -> Sighting:
    light, sharpness = light_and_sharpness(rgb, face)
    opened = None if one.mesh is None else openings(one.mesh.points)
    return Sighting(
        face=face,
        body=body,
        score=one.found.score * (1.0 if face.meshed else _MESHLESS),
        iris_px=None if opened is None else opened.iris_px,
        eyes_open=None if opened is None else opened.eyes,
        mouth_open=None if opened is None else opened.mouth,
        sharpness=sharpness,
        light=light,
        appearance=appearance(rgb, face, usual),
        followed=one.followed,
    )
