"""The clock a player runs by: wall time, or the sound that is being heard."""

import time
from collections.abc import Callable

# A sound position this far from the clock's is a jump to follow at once, not a wobble to smooth.
_JUMP_US = 150_000

# A smaller difference is worn off over about this time: sound cards report their position in steps.
_SMOOTH_US = 500_000


def monotonic_us() -> int:
    """Microseconds of wall time that never go back."""
    return time.monotonic_ns() // 1000


class PlayClock:
    """Says which time of the film (or session) it is. Stands still until `play`.

    While it plays it never turns round, unless by `seek`: with a rate above 0 it never goes back, below 0 never
    on. Not for several threads.
    """

    def __init__(self, wall_us: Callable[[], int] = monotonic_us) -> None:
        """wall_us: the time source, microseconds that never go back."""
        self._wall_us = wall_us
        self._sound_us: Callable[[], int | None] | None = None
        self._heard = False  # the sound has told its position since the last start
        self._playing = False
        self._rate = 1.0
        self._anchor_at_us = 0
        self._anchor_wall_us = 0

    @property
    def playing(self) -> bool:
        """True between `play` and `pause`."""
        return self._playing

    @property
    def rate(self) -> float:
        """Seconds of film per second of wall time; below 0 backwards."""
        return self._rate

    def follow(self, sound_us: Callable[[], int | None] | None) -> None:
        """Go by the sound: `sound_us` tells the film time that is being heard, None while it cannot say.

        None as argument: go by wall time again. There is no sound backwards: then it is not asked.
        """
        self._sound_us = sound_us
        self._heard = False

    def now_us(self) -> int:
        """The film time now, in microseconds."""
        if not self._playing:
            return self._anchor_at_us
        wall_us = self._wall_us()
        passed_us = wall_us - self._anchor_wall_us
        at_us = self._anchor_at_us + int(passed_us * self._rate)
        heard_us = self._sound_us() if self._sound_us and self._rate > 0 else None
        if heard_us is None:
            return at_us
        off_us = heard_us - at_us
        if not self._heard or abs(off_us) > _JUMP_US:
            at_us = heard_us if self._heard else max(heard_us, self._anchor_at_us)
            self._heard = True
        else:
            at_us += int(off_us * min(passed_us / _SMOOTH_US, 1.0))
        at_us = max(at_us, self._anchor_at_us)
        self._anchor_at_us, self._anchor_wall_us = at_us, wall_us
        return at_us

    def play(self) -> None:
        """Run from where the clock stands."""
        if not self._playing:
            self._start_at(self._anchor_at_us)
            self._playing = True

    def pause(self) -> None:
        """Stand still."""
        self._anchor_at_us = self.now_us()
        self._playing = False

    def seek(self, at_us: int) -> None:
        """Go to `at_us`, playing on if it plays."""
        self._start_at(at_us)

    def set_rate(self, rate: float) -> None:
        """Run `rate` times as fast from now on, backwards if it is below 0. Raises ValueError if it is 0."""
        if not rate:
            raise ValueError("a film that stands still is paused, it has no rate of 0")
        self._start_at(self.now_us())
        self._rate = rate

    def _start_at(self, at_us: int) -> None:
        self._anchor_at_us, self._anchor_wall_us = at_us, self._wall_us()
        self._heard = False
