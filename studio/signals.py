"""Sound as arrays: filters, fractional delays, levels and a room. Mono, float64, -1 … 1, 48 kHz."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

HZ = 48_000
Signal = NDArray[np.float64]
Random = np.random.Generator

_REACH = 16  # samples on each side that a value between two samples is made of


def decibels(ratio: float) -> float:
    """20 log10, with a floor of -200 for silence."""
    return 20 * float(np.log10(max(ratio, 1e-10)))


def gain(db: ArrayLike) -> Signal:
    """The factor for a level in dB."""
    return np.asarray(10 ** (np.asarray(db, np.float64) / 20), np.float64)


def curve(n: int, *points: tuple[float, float]) -> Signal:
    """A smooth line of n values through (share of the length, value); no corners, so nothing clicks."""
    shares, values = zip(*points, strict=True)
    at = np.linspace(0, 1, max(n, 1))
    line = np.asarray(np.interp(at, shares, values), np.float64)
    width = min(round(0.03 * HZ), n // 4)
    if width < 2:
        return line
    padded = np.concatenate([np.full(width, line[0]), line, np.full(width, line[-1])])
    return _convolved(padded, np.hanning(width + 2) / np.hanning(width + 2).sum())[width * 3 // 2 :][:n]


def wander(n: int, times_a_second: float, random: Random) -> Signal:
    """A slow random line of n values around 0 with a standard deviation near 1."""
    count = max(int(n / HZ * times_a_second) + 4, 4)
    knots = random.standard_normal(count)
    at = np.arange(n) / HZ * times_a_second
    left = at.astype(int)
    share = 0.5 - 0.5 * np.cos(np.pi * (at - left))
    return np.asarray(knots[left] * (1 - share) + knots[left + 1] * share)


def equalised(signal: Signal, *points: tuple[float, float]) -> Signal:
    """The signal with the gain in dB at each (Hz, dB), without delay; level beyond the outer points."""
    n = 1 << (len(signal) + HZ // 5).bit_length()
    frequencies = np.fft.rfftfreq(n, 1 / HZ)
    hz, db = zip(*points, strict=True)
    shape = gain(np.interp(np.log(np.maximum(frequencies, 1)), np.log(hz), db))
    return np.fft.irfft(np.fft.rfft(signal, n) * shape, n)[: len(signal)]


def read_at(signal: Signal, positions: ArrayLike) -> Signal:
    """The values at `positions` (in samples, may lie between them), as a band-limited signal has them; 0 outside.

    Windowed sinc, 32 samples wide; meant for steps of at most about one sample, so that nothing folds back.
    """
    padded = np.pad(np.asarray(signal, np.float64), _REACH + 1)
    inside = np.clip(np.asarray(positions, np.float64), -1, len(signal))
    left = np.floor(inside).astype(int)
    share = inside - left
    start = left + _REACH + 1
    if not share.any():
        return np.asarray(padded[start], np.float64)
    # sin and cos of each tap follow from those of the share, which saves reckoning them for every tap.
    wave = np.sin(np.pi * share) / np.pi
    across, along = np.cos(np.pi * share / _REACH), np.sin(np.pi * share / _REACH)
    near = np.where(share < 1e-9, 1e-9, share)
    result = np.zeros(len(inside))
    for tap in range(1 - _REACH, _REACH + 1):
        turn = np.pi * tap / _REACH
        window = 0.5 + 0.5 * (across * np.cos(turn) + along * np.sin(turn))
        result += padded[start + tap] * window * (wave if tap % 2 == 0 else -wave) / (near - tap)
    return np.where(share < 1e-9, padded[start], result)


def added(track: Signal, signal: Signal, at_us: float) -> None:
    """Add a signal to a track, its first sample at `at_us`; what lies beyond the track's ends is lost."""
    start = round(at_us * HZ / 1e6)
    first, last = max(start, 0), min(start + len(signal), len(track))
    if last > first:
        track[first:last] += signal[first - start : last - start]


def energy_db(signal: Signal, hop: int) -> Signal:
    """Level of each block of `hop` samples in dB of full scale, shape (ceil(n / hop),)."""
    padded = np.pad(signal, (0, -len(signal) % hop)).reshape(-1, hop)
    return np.asarray(10 * np.log10((padded**2).mean(axis=1) + 1e-20))


def levelled(signal: Signal, db: float) -> Signal:
    """The signal with its loud parts (mean over the blocks within 20 dB of the loudest) at `db` of full scale."""
    blocks = energy_db(signal, HZ // 50)
    loud = blocks[blocks > blocks.max() - 20]
    return signal * gain(db - 10 * np.log10((10 ** (loud / 10)).mean()))


def faded(signal: Signal, rise_s: float = 0.008, fall_s: float = 0.02) -> Signal:
    """The signal with a soft beginning and end."""
    result = signal.copy()
    rise, fall = round(rise_s * HZ), round(fall_s * HZ)
    result[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise))[: len(result)] ** 2
    result[-fall:] *= np.cos(np.linspace(0, np.pi / 2, fall))[-len(result) :] ** 2
    return result


def in_room(signal: Signal, random: Random) -> Signal:
    """The signal in a furnished room: itself, undelayed, a few early echoes and a soft tail of a third of 1 s."""
    n = round(0.35 * HZ)
    at_s = np.arange(n) / HZ
    tail = random.standard_normal(n) * np.exp(-at_s * 6.9 / 0.33) * (at_s > 0.012)
    tail = equalised(tail, (120, -8), (300, 0), (2500, -2), (6000, -10), (12000, -24))
    response = 0.075 * tail / np.sqrt((tail**2).sum() / 4)
    for delay_s, level in zip((0.0041, 0.0069, 0.0098, 0.0137), (0.16, -0.13, 0.1, 0.08), strict=True):
        response[round(delay_s * HZ)] += level
    response[0] = 1.0
    return _convolved(signal, response)[: len(signal)]


def _convolved(signal: Signal, response: Signal) -> Signal:
    n = len(signal) + len(response) - 1
    size = 1 << n.bit_length()
    return np.fft.irfft(np.fft.rfft(signal, size) * np.fft.rfft(response, size), size)[:n]
