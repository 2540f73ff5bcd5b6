"""What is heard besides voices: hands that clap, toys on the table, and the room itself."""

import numpy as np

from studio.acts import Act, contact_us
from studio.scenario import Scenario
from studio.signals import HZ, Random, Signal, added, curve, equalised, faded, gain, wander

# A toy that is played with comes down once in this time; the stage moves the hand so (studio/stage/handling.py).
TAP_EVERY_US = 800_000
_FETCH_US, _REST_US = 550_000, 200_000

# Frequencies of a toy's ringing in Hz, how long it rings in s, and the level of a tap in dB.
_TOYS: dict[str, tuple[tuple[float, ...], float, float]] = {
    "block": ((820, 1740, 2950), 0.018, -30),
    "cup": ((560, 1310, 2480), 0.026, -32),
    "ball": ((170, 310), 0.03, -33),
}
_PLAIN_TOY = ((640.0, 1500.0), 0.02, -32.0)


def noises(scenario: Scenario, random: Random) -> Signal:
    """All sounds of hands and toys of a scenario, from session time 0 to its end."""
    track = np.zeros(round(scenario.length_us * HZ / 1e6))
    for act in scenario.acts:
        if act.verb == "clap":
            added(track, clap(random), contact_us(act))
        elif act.verb == "put_down":
            added(track, tap(act.target, random), contact_us(act))
        elif act.verb == "roll":
            assert act.end_us is not None
            added(track, _rolling(act.end_us - contact_us(act), random), contact_us(act))
        elif act.verb == "play":
            for at_us in _taps_us(act, scenario):
                added(track, tap(act.target, random) * gain(-3 - 4 * random.random()), at_us)
    return track


def _taps_us(act: Act, scenario: Scenario) -> list[int]:
    """When a toy that is played with comes down: whole swings, after it was picked up if it lay."""
    assert act.end_us is not None
    stays = scenario.stays().get(act.target or "", [])
    in_hand = any(stay.holder == act.who and stay.start_us <= act.start_us < stay.end_us for stay in stays)
    begun_us = act.start_us + (_REST_US if in_hand else _FETCH_US)
    return list(range(begun_us + TAP_EVERY_US, act.end_us - _REST_US + 1, TAP_EVERY_US))


def clap(random: Random) -> Signal:
    """Two palms: a click over all frequencies at once, then the ringing of the hollow between them."""
    n = round(0.12 * HZ)
    at_s = np.arange(n) / HZ
    click = random.standard_normal(n) * (np.exp(-at_s / 0.0025) + 0.25 * np.exp(-at_s / 0.012))
    hollow = np.sin(2 * np.pi * 850 * at_s) * np.exp(-at_s / 0.006)
    hollow += np.sin(2 * np.pi * 260 * at_s) * np.exp(-at_s / 0.012)
    sound = click + 0.8 * hollow
    return 0.5 * sound / float(np.abs(sound).max())


def tap(toy: str | None, random: Random) -> Signal:
    """A toy set on wood."""
    modes, ring_s, level_db = _TOYS.get(toy or "", _PLAIN_TOY)
    n = round(0.15 * HZ)
    at_s = np.arange(n) / HZ
    sound = 0.5 * np.sin(2 * np.pi * 145 * at_s) * np.exp(-at_s / 0.025)
    for k, mode in enumerate(modes):
        hz = mode * (1 + 0.02 * random.standard_normal())
        sound += np.sin(2 * np.pi * hz * at_s) * np.exp(-at_s * (1 + 0.4 * k) / ring_s) / (k + 1)
    sound += 0.15 * random.standard_normal(n) * np.exp(-at_s / 0.002)
    return faded(sound / float(np.abs(sound).max()) * gain(level_db + 8), 0.0005)


def _rolling(length_us: int, random: Random) -> Signal:
    n = round(length_us * HZ / 1e6)
    rumble = equalised(random.standard_normal(n), (40, -20), (90, 0), (260, 0), (700, -14), (3000, -40))
    turning = 1 + 0.4 * np.sin(2 * np.pi * 3.2 * np.cumsum(curve(n, (0, 1.3), (1, 0.4))) / HZ)
    sound = rumble * turning * curve(n, (0, 0), (0.1, 1), (1, 0))
    return sound / float(sound.std()) * gain(-44)


def room_tone(n: int, random: Random) -> Signal:
    """The quiet of a room: soft low noise that breathes a little."""
    noise = equalised(
        random.standard_normal(n), (20, -20), (60, 0), (250, -6), (1000, -16), (5000, -30), (16000, -44)
    )
    return noise / float(noise.std()) * gain(-62) * (1 + 0.1 * wander(n, 0.4, random))
