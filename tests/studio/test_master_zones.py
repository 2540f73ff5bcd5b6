"""Where a look may begin as well: one letter is a tenth of a second, below it how far eyes and head are apart."""

import numpy as np
import pytest

from coder.model.time import Span
from studio.masters.gaze import gaze_near
from studio.masters.responses import cue_response
from studio.masters.zones import eyes_on_their_way, look_begins, rolled_deg
from studio.truth import Person
from tests.studio.truths import drawn, person


def onset_zones(text: str, rolled: str) -> list[tuple[float, float] | None]:
    """Of the child's line; rolled: tens of degrees between eyes and head, one digit a frame."""
    degrees = np.array([float(digit) * 10 for digit in rolled])
    found = gaze_near(drawn(text, "f" * len(text), child_is={"gaze_yaw_deg": degrees}))
    zones = [one.onset_zone for one in found if one.tier == "cg"]
    return [zone and (zone.start_us / 1e6, zone.end_us / 1e6) for zone in zones]


@pytest.mark.parametrize(
    ("said", "text", "rolled", "zone"),
    [
        ("the head is there already", "bbbbbFFfffffffff", "0000022211000000", (0.5, 0.7)),
        ("the head comes after", "bbbbbFFfffffffff", "0000028764000000", (0.5, 0.9)),
        ("fifty degrees can be seen", "bbbbbFFfffffffff", "0000028754000000", (0.5, 0.8)),
        ("first the angle grows, as the eyes overshoot", "bbbbbFFfffffffff", "0000027876430000", (0.5, 1.0)),
        ("the head stops before: as far as it comes", "bbbbbFFfffffffff", "0000028766666666", (0.5, 0.8)),
        ("the head stays: nothing is gained by waiting", "bbbbbFFfffffffff", "0000088888888888", (0.5, 0.7)),
        ("later than 0.6 s nobody waits", "bbbbbFFfffffffff", "0000099999999980", (0.5, 0.7)),
        ("the eyes set out again before", "bbbbbFFfffBBbbbb", "0000088888888000", (0.5, 0.7)),
    ],
)
def test_a_look_may_begin_until_it_can_be_seen(
    said: str, text: str, rolled: str, zone: tuple[float, float]
) -> None:
    assert onset_zones(text, rolled)[1] == pytest.approx(zone), said


def test_a_cue_that_is_a_look_has_the_zone_of_its_look() -> None:
    degrees = np.array([float(digit) * 10 for digit in "0000000000000876400000"])
    looks = "bbbbbbbbbbbbFFffffffff"
    found = cue_response(drawn(looks, "f" * len(looks), child_is={"gaze_yaw_deg": degrees}))
    (cue,) = [one for one in found if one.code == "cue_look"]
    assert (cue.span.start_us, cue.onset_zone) == (1_400_000, Span(1_200_000, 1_600_000))


def test_the_partners_eyes_move_no_cue() -> None:
    assert look_begins(drawn("bbbbffff", "bbFFffff"), "child", 4) is None
    assert eyes_on_their_way(drawn("bbbbffff", "bbFFffff"), "child", 4) == Span(200_000, 400_000)


def test_eyes_and_head_are_apart_by_the_angle_between_them() -> None:
    def apart(*degrees: float) -> float:
        names = ("gaze_yaw_deg", "gaze_pitch_deg", "head_yaw_deg", "head_pitch_deg")
        columns = {name: np.array([value]) for name, value in zip(names, degrees, strict=True)}
        made: Person = person("child", "f", **columns)
        return float(rolled_deg(made)[0])

    assert apart(30, 0, -60, 0) == pytest.approx(90)
    assert apart(10, 40, 10, -20) == pytest.approx(60)
    assert apart(-170, 0, 170, 0) == pytest.approx(20)
    assert apart(90, 80, -90, 80) == pytest.approx(20), "above the head all directions are near"
