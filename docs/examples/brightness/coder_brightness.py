"""How bright each picture is: the smallest extractor of pictures that does its work."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from coder.features.extractor import Block, Picture
from coder.model.problem import FeatureError, Problem
from coder.model.progress import Progress
from coder.model.track import Signal, Why

BLACK = 5  # grey levels: a lens cap, a film that fades out


class Brightness:
    """Mean grey level of every n-th picture. The one setting is `every`."""

    name = "brightness"  # as it is registered in pyproject.toml
    version = "1"  # raise it whenever numbers change
    signals = (Signal("brightness", "Brightness", "grey levels", 0, 255),)
    models: tuple[str, ...] = ()
    packages = ("coder-brightness", "numpy")  # their versions stand in the track
    segment = 500  # frames that are measured, kept and resumed together
    lead = 0  # a picture tells its brightness without those before it

    def __init__(self, settings: Mapping[str, str]) -> None:
        every = settings.get("every", "1")
        if set(settings) - {"every"} or not every.isdecimal() or not 1 <= int(every) <= 100:
            raise FeatureError(Problem("The one setting is “every”.", "every", "Write a number from 1 to 100."))
        self.settings = {"every": every}
        self.step = int(every)

    def measure(self, pictures: Iterable[Picture], start: int, stop: int) -> Iterator[Progress | Block]:
        """One block for each segment of frames start … stop."""
        coming = [(picture.index, picture.at_us, float(picture.rgb.mean())) for picture in pictures]
        for first in range(start, stop, self.segment):
            last = min(first + self.segment, stop)
            own = [one for one in coming if first <= one[0] < last]
            value = np.array([[grey for _, _, grey in own]], np.float64)
            seen = value >= BLACK
            yield Block(
                start=first,
                stop=last,
                indices=np.array([index for index, _, _ in own], np.int64),
                at_us=np.array([at_us for _, at_us, _ in own], np.int64),
                values=value,
                valid=seen,
                why=np.where(seen, Why.SEEN, Why.DARK).astype(np.uint8),
            )
            yield Progress(last - start, stop - start, "Measuring brightness")
