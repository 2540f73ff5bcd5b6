"""The player's clock against a wall clock and a sound that are turned by hand."""

from itertools import pairwise

import pytest

from coder.media import PlayClock


class Wall:
    """Wall time that passes when it is told to."""

    def __init__(self) -> None:
        self.at_us = 5_000_000_000

    def __call__(self) -> int:
        return self.at_us

    def pass_us(self, by_us: int) -> None:
        self.at_us += by_us


def test_it_stands_until_it_plays_and_again_when_paused() -> None:
    wall = Wall()
    clock = PlayClock(wall)
    wall.pass_us(1_000_000)
    assert (clock.now_us(), clock.playing) == (0, False)
    clock.play()
    wall.pass_us(400_000)
    assert (clock.now_us(), clock.playing) == (400_000, True)
    clock.pause()
    wall.pass_us(900_000)
    assert (clock.now_us(), clock.playing) == (400_000, False)
    clock.play()
    wall.pass_us(100_000)
    assert clock.now_us() == 500_000


@pytest.mark.parametrize("rate", [0.25, 0.5, 2.0, 4.0])
def test_it_runs_at_its_rate_from_the_change_on(rate: float) -> None:
    wall = Wall()
    clock = PlayClock(wall)
    clock.play()
    wall.pass_us(1_000_000)
    clock.set_rate(rate)
    wall.pass_us(2_000_000)
    assert clock.now_us() == 1_000_000 + int(2_000_000 * rate)


def test_it_refuses_to_stand_still_by_rate() -> None:
    with pytest.raises(ValueError, match="no rate of 0"):
        PlayClock(Wall()).set_rate(0)


@pytest.mark.parametrize("rate", [-0.5, -1.0, -4.0])
def test_below_zero_it_runs_backwards(rate: float) -> None:
    wall = Wall()
    clock = PlayClock(wall)
    clock.seek(10_000_000)
    clock.set_rate(rate)
    clock.play()
    wall.pass_us(1_500_000)
    assert clock.now_us() == 10_000_000 + int(1_500_000 * rate)
    clock.set_rate(-rate)
    wall.pass_us(1_500_000)
    assert clock.now_us() == 10_000_000


def test_backwards_it_never_goes_on_whatever_the_sound_says() -> None:
    wall = Wall()
    clock = PlayClock(wall)
    clock.seek(5_000_000)
    clock.set_rate(-1)
    clock.follow(lambda: 9_000_000)
    clock.play()
    seen = []
    for _ in range(100):
        wall.pass_us(8_000)
        seen.append(clock.now_us())
    assert seen == [5_000_000 - 8_000 * n for n in range(1, 101)]


def test_seeking_moves_it_playing_or_not() -> None:
    wall = Wall()
    clock = PlayClock(wall)
    clock.seek(7_000_000)
    assert clock.now_us() == 7_000_000
    clock.play()
    wall.pass_us(50_000)
    clock.seek(1_000_000)
    wall.pass_us(50_000)
    assert clock.now_us() == 1_050_000


def test_many_looks_do_not_change_the_speed() -> None:
    wall = Wall()
    clock = PlayClock(wall)
    clock.set_rate(0.333)
    clock.play()
    for _ in range(10_000):
        wall.pass_us(7)
        clock.now_us()
    assert clock.now_us() == pytest.approx(70_000 * 0.333, abs=1)


def test_it_waits_by_the_wall_until_the_sound_can_say() -> None:
    wall, heard = Wall(), [None, 480_000]
    clock = PlayClock(wall)
    clock.follow(lambda: heard[0])
    clock.play()
    wall.pass_us(500_000)
    assert clock.now_us() == 500_000
    heard.pop(0)
    assert clock.now_us() == 480_000  # the first word of the sound is taken as it is


def test_a_sound_that_runs_slower_is_followed_without_going_back() -> None:
    wall, start_us = Wall(), 5_000_000_000
    clock = PlayClock(wall)
    clock.follow(lambda: (wall.at_us - start_us) * 999 // 1000 // 20_000 * 20_000)  # told in steps of 20 ms
    clock.play()
    seen = []
    for _ in range(6_000):
        wall.pass_us(8_000)
        seen.append(clock.now_us())
    assert seen == sorted(seen)
    off_us = [at_us - (i + 1) * 8_000 * 0.999 for i, at_us in enumerate(seen[1000:], 1000)]
    assert max(off_us) <= 10_000
    assert min(off_us) >= -30_000
    steps_us = [after - before for before, after in pairwise(seen[100:])]
    assert max(steps_us) < 10_000  # the steps of the sound are smoothed


def test_a_jump_of_the_sound_is_followed_at_once() -> None:
    wall, heard = Wall(), [0]
    clock = PlayClock(wall)
    clock.follow(lambda: heard[0])
    clock.play()
    clock.now_us()
    wall.pass_us(10_000)
    heard[0] = 900_000
    assert clock.now_us() == 900_000


def test_without_the_sound_it_goes_by_the_wall_again() -> None:
    wall = Wall()
    clock = PlayClock(wall)
    clock.follow(lambda: 300_000)
    clock.play()
    assert clock.now_us() == 300_000
    clock.follow(None)
    wall.pass_us(1_000_000)
    assert clock.now_us() == 1_300_000
