"""Voices without words: an infant's, a child's, and an adult's laugh, computed from a glottis and a vocal tract.

Source and filter (Fant 1960): harmonics of a moving pitch, each as loud as the glottis and the formants of that
moment make it, and breath shaped by the same formants. A shorter tract has higher formants: those of a neutral
tube of length L lie at (2 k - 1) c / 4 L; a vowel moves the first three. A sound fills the seconds it is given.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from studio.signals import HZ, Random, Signal, curve, equalised, faded, levelled, wander

SOUND_SPEED_MM_S = 350_000  # in warm, moist air
TOP_HZ = 11_000
_STEP = 48  # the tract is reckoned once a millisecond

# Factors on the first three neutral formants.
Vowel = tuple[float, float, float]
NEUTRAL: Vowel = (1.0, 1.0, 1.0)
OO: Vowel = (0.62, 0.72, 0.96)
AH: Vowel = (1.3, 0.92, 1.0)
EH: Vowel = (1.12, 1.2, 1.03)
EE: Vowel = (0.7, 1.4, 1.08)
CLOSED_LIPS: Vowel = (0.35, 0.66, 0.92)
CLOSED_TONGUE: Vowel = (0.35, 1.22, 1.06)


@dataclass(frozen=True)
class Throat:
    """What makes one person's voice: usual pitch in Hz and length of the vocal tract in mm."""

    pitch_hz: float
    tract_mm: float


def throat(age_years: float, sex: str) -> Throat:
    """The throat of a person; between the ages of the table by straight lines, sex only matters for adults."""
    ages = (0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 12.0)
    if age_years > 12:
        return Throat(205, 145) if sex == "female" else Throat(118, 170)
    tract_mm = np.interp(age_years, ages, (80, 86, 92, 97, 104, 114, 135))
    return Throat(float(np.interp(age_years, ages, (345, 345, 335, 325, 305, 280, 235))), float(tract_mm))


def _vowels(n: int, *points: tuple[float, Vowel]) -> Signal:
    """The way through several vowels, shape (3, n)."""
    return np.stack([curve(n, *((share, vowel[k]) for share, vowel in points)) for k in range(3)])


def _tract(owner: Throat, vowels: Signal, hz: ArrayLike) -> Signal:
    """How loud the tract makes the frequencies `hz` (…, steps) while it moves through `vowels` (3, steps)."""
    spacing = SOUND_SPEED_MM_S / (4 * owner.tract_mm)
    hz = np.asarray(hz, np.float64)
    loud = np.ones_like(hz)
    for k in range(int((TOP_HZ / spacing + 1) // 2)):
        formant = (2 * k + 1) * spacing * (vowels[k] if k < 3 else 1.0)
        width = 70 + 0.055 * formant
        loud *= formant**2 / np.sqrt((formant**2 - hz**2) ** 2 + (hz * width) ** 2)
    return loud


def sung(
    owner: Throat,
    pitch_hz: Signal,
    vowels: Signal,
    loud: Signal,
    random: Random,
    *,
    tilt: float = 1.1,
    breath: float = 0.04,
    rough: float = 0.008,
) -> Signal:
    """The voice on a way of pitch (n,), vowels (3, n) and loudness (n,).

    tilt: fall of the harmonics with their number's power, 0.7 pressed … 1.8 soft. breath: share of noise.
    rough: standard deviation of the pitch around its way.
    """
    n = len(pitch_hz)
    pitch = pitch_hz * (1 + rough * wander(n, 55, random) + 0.01 * wander(n, 5, random))
    phase = 2 * np.pi * np.cumsum(pitch) / HZ
    steps = np.arange(0, n, _STEP)
    number = np.arange(1, int(TOP_HZ / pitch.min()) + 1)[:, None]
    hz = number * pitch[steps]
    loudness = _tract(owner, vowels[:, steps], hz) / number**tilt
    loudness *= np.clip((TOP_HZ - hz) / 2000, 0, 1)
    voice = np.zeros(n)
    at = np.arange(n)
    for k, line in enumerate(loudness, start=1):
        voice += np.interp(at, steps, line) * np.sin(k * phase)
    voice /= np.sqrt((voice**2).mean()) + 1e-12
    noise = breathed(owner, vowels, random) * (0.6 + 0.4 * np.sin(phase))
    shimmer = 1 + 0.05 * wander(n, 40, random)
    return (voice * shimmer + breath * 4 * noise) * loud


def breathed(owner: Throat, vowels: Signal, random: Random) -> Signal:
    """Breath through the tract, standard deviation 1; shape (n,)."""
    n, size, hop = vowels.shape[1], 1024, 256
    noise = random.standard_normal(n + 2 * size)
    result = np.zeros(n + 2 * size)
    window = np.sin(np.pi * (np.arange(size) + 0.5) / size)
    hz = np.fft.rfftfreq(size, 1 / HZ)
    for start in range(0, n + size, hop):
        here = vowels[:, min(start, n - 1)][:, None]
        shape = _tract(owner, here, hz[:, None])[:, 0] * np.clip(hz / 800, 0.05, 1) / (1 + (hz / 7000) ** 4)
        result[start : start + size] += window * np.fft.irfft(
            np.fft.rfft(window * noise[start : start + size]) * shape
        )
    result = result[size // 2 :][:n]
    return np.asarray(result / (result.std() + 1e-12), np.float64)


def coo(owner: Throat, seconds: float, random: Random) -> Signal:
    """One soft vowel, rising and falling."""
    n = round(seconds * HZ)
    pitch = owner.pitch_hz * curve(n, (0, 0.86), (0.4, 1.12 + 0.08 * random.random()), (1, 0.8))
    loud = curve(n, (0, 0), (0.18, 0.8), (0.5, 1), (1, 0))
    vowels = _vowels(n, (0, OO), (0.45, OO), (0.8, NEUTRAL), (1, OO))
    return sung(owner, pitch, vowels, loud, random, tilt=1.6, breath=0.03)


def babble(owner: Throat, seconds: float, random: Random) -> Signal:
    """Syllables in a row, "ba-ba" or "da-da": the mouth closes and opens under a running voice."""
    n = round(seconds * HZ)
    count = max(round(seconds / 0.27), 2)
    closed = CLOSED_LIPS if random.random() < 0.5 else CLOSED_TONGUE
    shut: list[tuple[float, Vowel]] = []
    loud: list[tuple[float, float]] = [(0, 0)]
    pitch: list[tuple[float, float]] = []
    edges = _uneven(count, random)
    for syllable, begin in enumerate(edges[:-1]):
        length = edges[syllable + 1] - begin
        vowel = (AH, EH)[int(random.random() < 0.3)]
        accent = 1.0 if syllable == count - 2 else 0.86
        shut += [(begin, closed), (begin + 0.22 * length, closed), (begin + 0.46 * length, vowel)]
        shut += [(begin + 0.85 * length, vowel)]
        loud += [(begin + 0.05 * length, 0.06), (begin + 0.24 * length, 0.06), (begin + 0.42 * length, accent)]
        loud += [(begin + 0.8 * length, accent * 0.85)]
        pitch += [(begin + 0.2 * length, 0.94), (begin + 0.55 * length, accent * 1.16 - 0.12 * begin)]
    loud += [(1, 0)]
    pitch += [(1, 0.82)]
    way = owner.pitch_hz * curve(n, *pitch)
    return sung(owner, way, _vowels(n, *shut, (1, NEUTRAL)), curve(n, *loud), random, tilt=1.15)


def squeal(owner: Throat, seconds: float, random: Random) -> Signal:
    """A high call of delight, two octaves up at most."""
    n = round(seconds * HZ)
    pitch = owner.pitch_hz * curve(n, (0, 1.5), (0.3, 2.9), (0.6, 3.1 + 0.2 * random.random()), (1, 2.0))
    loud = curve(n, (0, 0), (0.15, 0.7), (0.5, 1), (0.8, 0.7), (1, 0))
    return sung(owner, pitch, _vowels(n, (0, NEUTRAL), (0.4, EE), (1, EH)), loud, random, tilt=1.5, breath=0.02)


def laugh(owner: Throat, seconds: float, random: Random) -> Signal:
    """A row of short voiced bursts, each after a puff of breath; pitch and strength fall along it."""
    n = round(seconds * HZ)
    count = max(round(seconds * 4.6), 2)
    loud: list[tuple[float, float]] = []
    puff: list[tuple[float, float]] = []
    pitch: list[tuple[float, float]] = []
    edges = _uneven(count, random)
    for burst, begin in enumerate(edges[:-1]):
        length = edges[burst + 1] - begin
        strength = 1 - 0.55 * begin + 0.1 * random.random()
        loud += [
            (begin + 0.3 * length, 0),
            (begin + 0.46 * length, strength),
            (begin + 0.66 * length, 0.8 * strength),
        ]
        loud += [(begin + 0.9 * length, 0)]
        puff += [
            (begin, 0.1),
            (begin + 0.2 * length, strength),
            (begin + 0.5 * length, 0.2),
            (begin + length, 0.05),
        ]
        pitch += [(begin + 0.4 * length, 1.45 - 0.4 * begin), (begin + 0.85 * length, 1.2 - 0.35 * begin)]
    vowels = _vowels(n, (0, AH), (0.6, (1.2, 1.0, 1.0)), (1, NEUTRAL))
    voice = sung(owner, owner.pitch_hz * curve(n, *pitch), vowels, curve(n, *loud), random, tilt=1.25, breath=0.03)
    return voice + 0.09 * breathed(owner, vowels, random) * curve(n, *puff) * curve(
        n, (0, 0), (0.05, 1), (0.9, 1), (1, 0)
    )


def fuss(owner: Throat, seconds: float, random: Random) -> Signal:
    """Whimpers through the nose with small pauses."""

    def whimper(length_s: float) -> Signal:
        n = round(length_s * HZ)
        tremor = 1 + 0.03 * np.sin(2 * np.pi * 8.5 * np.arange(n) / HZ)
        pitch = owner.pitch_hz * curve(n, (0, 1.05), (0.35, 1.3 + 0.1 * random.random()), (1, 0.92)) * tremor
        loud = curve(n, (0, 0), (0.2, 0.9), (0.6, 1), (1, 0)) * tremor**4
        vowels = _vowels(n, (0, CLOSED_LIPS), (0.3, (0.55, 1.0, 1.0)), (0.7, (0.85, 1.05, 1.0)), (1, CLOSED_LIPS))
        return equalised(sung(owner, pitch, vowels, loud, random, tilt=1.3), (1000, 0), (2500, -4), (6000, -12))

    return _in_turns(seconds, 0.62, 0.24, whimper, random)


def cry(owner: Throat, seconds: float, random: Random) -> Signal:
    """Wails on each breath out, about one a second, with a pause for the breath in."""

    def wail(length_s: float) -> Signal:
        n = round(length_s * HZ)
        top = 1.5 + 0.12 * random.random()
        pitch = owner.pitch_hz * curve(n, (0, 1.1), (0.25, top), (0.7, top * 0.95), (1, 1.0))
        pitch *= 1 + 0.012 * np.sin(2 * np.pi * 6.5 * np.arange(n) / HZ)
        loud = curve(n, (0, 0), (0.1, 0.8), (0.4, 1), (0.8, 0.85), (1, 0))
        vowels = _vowels(n, (0, NEUTRAL), (0.2, EH), (0.6, AH), (1, NEUTRAL))
        return sung(owner, pitch, vowels, loud, random, tilt=0.95, breath=0.05, rough=0.014)

    return _in_turns(seconds, 1.0, 0.28, wail, random)


def cough(owner: Throat, seconds: float, random: Random) -> Signal:
    """A few puffs: the glottis bursts open, breath follows, and a little voice."""
    n = round(seconds * HZ)
    vowels = _vowels(n, (0, NEUTRAL), (1, (1.1, 0.95, 1.0)))
    noise = breathed(owner, vowels, random)
    at_s = np.arange(n) / HZ
    loud = np.zeros(n)
    for begin_s in np.arange(0, max(seconds - 0.2, 0.01), 0.26):
        since = at_s - begin_s
        loud += (1 if begin_s == 0 else 0.65 + 0.2 * random.random()) * np.where(
            since >= 0, np.exp(-since / 0.05) * (1 - np.exp(-since / 0.003)), 0
        )
    pitch = owner.pitch_hz * curve(n, (0, 1.1), (1, 0.8))
    return loud * noise + 0.25 * sung(owner, pitch, vowels, np.roll(loud, HZ // 40), random, tilt=1.4)


def _uneven(count: int, random: Random) -> list[float]:
    """The edges of `count` parts of 1, each up to a fifth longer or shorter than the next: nobody is a clock."""
    lengths = 1 + 0.18 * (random.random(count) - 0.5)
    return [0.0, *(np.cumsum(lengths) / lengths.sum()).tolist()]


def _in_turns(
    seconds: float, cycle_s: float, pause_s: float, one: Callable[[float], Signal], random: Random
) -> Signal:
    """As many cycles as fit, each `one` sound and then a pause; the last ends with the sound."""
    count = max(round((seconds + pause_s) / cycle_s), 1)
    each_s = (seconds + pause_s) / count
    result = np.zeros(round(seconds * HZ))
    for turn in range(count):
        length_s = max(each_s - pause_s - 0.04 * random.random(), 0.15)
        start = round(turn * each_s * HZ)
        part = one(length_s)[: len(result) - start]
        result[start : start + len(part)] += part * (0.85 + 0.3 * random.random())
    return result


_SOUNDS: dict[str, tuple[Callable[[Throat, float, Random], Signal], float]] = {
    "coo": (coo, -27),
    "babble": (babble, -25),
    "squeal": (squeal, -25),
    "laugh": (laugh, -25),
    "fuss": (fuss, -27),
    "cry": (cry, -22),
    "cough": (cough, -26),
}


def voiced(verb: str, owner: Throat, seconds: float, random: Random) -> Signal:
    """The sound of a voice act without words ("coo", "babble", "laugh" …), at its level, `seconds` long."""
    make, level_db = _SOUNDS[verb]
    return faded(levelled(make(owner, max(seconds, 0.2), random), level_db))
