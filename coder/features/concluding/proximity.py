"""How near the heads are: in head heights, and in mm with an uncertainty."""

from collections.abc import Mapping

from coder.features.concluding.scene import Scene, Series
from coder.features.concluding.settings import ConcludingSettings


def proximity(scene: Scene, settings: ConcludingSettings) -> Mapping[str, Series]:
    """The distance of the heads, by id of signal."""
    raise NotImplementedError
