"""Movement within a session, and how two people's movement goes together over time."""

from collections.abc import Mapping

from coder.features.concluding.scene import Scene, Series


def moving(scene: Scene) -> Mapping[str, Series]:
    """`p_motion` of both persons, `motion_synchrony` and `camera_px`, by id of signal."""
    raise NotImplementedError
