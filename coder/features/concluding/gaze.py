"""Who looks where: head and eyes to a direction with its uncertainty, and what lies in it."""

from collections.abc import Mapping

from coder.features.concluding.scene import Scene, Series
from coder.features.concluding.settings import ConcludingSettings


def gaze(scene: Scene, settings: ConcludingSettings) -> Mapping[str, Series]:
    """Head and gaze directions, what each looks at, and both together, by id of signal."""
    raise NotImplementedError
