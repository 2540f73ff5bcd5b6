"""How long the rest of the measuring takes, from how long the last segments took."""

from collections import deque
from collections.abc import Mapping
from statistics import median

_RECENT = 20  # segments; with the usual 20 s each, films of the last quarter of an hour count


class Pace:
    """Costs by extractor, in seconds of one process for each frame that it looked at.

    The median of the recent segments: one that was disturbed changes nothing, and another kind of film is noticed.
    """

    def __init__(self) -> None:
        self._costs: dict[str, deque[float]] = {}

    def heard(self, extractor: str, looked_at: int, took_s: float) -> None:
        """A segment is done: so many frames of it were looked at, in so many seconds of one process."""
        if looked_at > 0:
            self._costs.setdefault(extractor, deque(maxlen=_RECENT)).append(took_s / looked_at)

    def left_s(self, left: Mapping[str, int], workers: int) -> float | None:
        """Seconds until so many frames, by extractor, are looked at; None before each of them was heard of."""
        wanted = {extractor: frames for extractor, frames in left.items() if frames > 0}
        if not set(wanted) <= set(self._costs):
            return None
        return sum(frames * median(self._costs[extractor]) for extractor, frames in wanted.items()) / workers
