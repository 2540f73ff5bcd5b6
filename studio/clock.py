"""When each frame of a camera's film is shown: in the file's own time, and in the session's.

One place for all who need it: the stage draws each frame at its session time, the truth has one row for it, the
film stores it at its file time. Standard library only: this module also runs where the pictures are rendered. Its
random numbers are those of `random.random`, which Python keeps the same in every version and on every system.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from studio.acts import SECOND_US
from studio.scenario import Camera, Picture, Scenario

# Phones stamp their frames in ticks of 1/90000 s, so that few of them fall on a whole microsecond.
PHONE_HZ = 90_000
SHORTEST_GAP_S = 0.0332


@dataclass(frozen=True)
class Stamps:
    """The time stamps of a film: ticks from its first frame, seconds per tick; `end`: where the film ends."""

    ticks: tuple[int, ...]
    end: int
    tick_s: Fraction

    def at_us(self) -> tuple[int, ...]:
        """File time of each frame: the first microsecond at or after its stamp, as `coder.media` has it."""
        return tuple(math.ceil(tick * self.tick_s * SECOND_US) for tick in self.ticks)


def stamps(scenario: Scenario, camera: Camera) -> Stamps:
    """The time stamps of one camera's film, which runs from the camera's start to the end of the scenario."""
    if scenario.picture.frames == "phone":
        length_s = (scenario.length_us - camera.starts_us) / SECOND_US
        return _phone_stamps(length_s, scenario.picture, f"{scenario.name}.{camera.id}")
    tick_s = Fraction(1, scenario.fps)
    count = 0
    while session_us(camera, math.ceil(count * tick_s * SECOND_US)) < scenario.length_us:
        count += 1
    return Stamps(tuple(range(count)), count, tick_s)


def session_us(camera: Camera, file_us: int) -> int:
    """Session time of a time in the camera's file; the product's `Media.to_session_us`."""
    return camera.starts_us + file_us - file_us * round(camera.skew_ppm) // SECOND_US


def file_times_us(scenario: Scenario, camera: Camera) -> tuple[int, ...]:
    """The file time of every frame of a camera's film, strictly rising from 0."""
    return stamps(scenario, camera).at_us()


def frame_times_us(scenario: Scenario, camera: Camera) -> tuple[int, ...]:
    """The session time of every frame of a camera's film: what it shows is the scene at that moment."""
    return tuple(session_us(camera, at_us) for at_us in file_times_us(scenario, camera))


def _phone_stamps(length_s: float, picture: Picture, seed: str) -> Stamps:
    """Frames with uneven gaps that fill `length_s` at the picture's mean rate, none longer than it allows.

    The gaps wander slowly as the light does, tremble a little, and now and then a frame is left out.
    """
    count = round(length_s * picture.mean_hz)
    random = Random(seed).random
    light, wanted = random(), random()
    weights = []
    for _ in range(count):
        if abs(light - wanted) < 0.02:
            wanted = random()
        light += math.copysign(0.01, wanted - light)
        left_out = 5 + 2 * random() if random() < 0.02 else 0
        weights.append(3 * light**2 + 0.3 * random() + left_out)
    scale = (length_s - count * SHORTEST_GAP_S) / sum(weights)
    ticks, at_s = [], 0.0
    for weight in weights:
        ticks.append(math.floor(at_s * PHONE_HZ))
        at_s += min(SHORTEST_GAP_S + scale * weight, picture.longest_gap_ms / 1000)
    return Stamps(tuple(ticks), math.floor(at_s * PHONE_HZ), Fraction(1, PHONE_HZ))
