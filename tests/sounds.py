"""A room that two cameras hear: voices, toys and a clap, each microphone with its own filter, echo and noise.

The cameras' clocks are as `coder.model.study.Media` has them: `offset_us` and `skew_ppm` against the room's.
"""

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, sosfilt

ROOM_HZ = 16_000
Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Microphone:
    """near_s: how long the sound of each of the two people needs to it. low, high: what it hears, Hz.

    noise: its own, beside voices of 1. echo_s: how long the room rings.
    """

    near_s: tuple[float, float] = (0.003, 0.005)
    low: float = 60
    high: float = 7500
    noise: float = 0.02
    echo_s: float = 0.15


GOOD = Microphone()
POOR = Microphone(near_s=(0.007, 0.004), low=250, high=3200, noise=0.15, echo_s=0.3)


def people(seconds: float, seed: int) -> tuple[Samples, Samples]:
    """What two people say and do: bursts of voice with pauses; shape (samples,) each at ROOM_HZ."""
    return _voice(seconds, seed, 230), _voice(seconds, seed + 1, 420)


def _voice(seconds: float, seed: int, pitch_hz: float) -> Samples:
    chance = np.random.default_rng(seed)
    sound = np.zeros(int(seconds * ROOM_HZ), np.float32)
    at = float(chance.uniform(0, 2))
    while at < seconds - 1:
        length = float(chance.uniform(0.08, 0.5))
        time = np.arange(int(length * ROOM_HZ)) / ROOM_HZ
        if chance.random() < 0.75:
            bend = pitch_hz * (1 + 0.3 * chance.uniform(-1, 1) * time / length)
            phase = 2 * np.pi * np.cumsum(bend) / ROOM_HZ
            strengths = chance.uniform(0.1, 1, 12) / np.arange(1, 13)
            burst = sum(s * np.sin(n * phase + chance.uniform(0, 6)) for n, s in enumerate(strengths, 1))
        else:  # a consonant, a toy
            burst = chance.normal(0, 0.5, len(time))
        shape = np.minimum(1, np.minimum(time, length - time) / 0.01)
        begin = int(at * ROOM_HZ)
        sound[begin : begin + len(time)] += (burst * shape * chance.uniform(0.3, 1)).astype(np.float32)
        at += length + float(chance.choice([0.05, 0.3, 1.5], p=[0.6, 0.3, 0.1])) * float(chance.uniform(0.5, 2))
    return sound


def recorded(
    room: tuple[Samples, ...],
    microphone: Microphone,
    *,
    seconds: float,
    offset_s: float = 0.0,
    skew_ppm: float = 0.0,
    seed: int = 1,
) -> Samples:
    """What a camera records that is switched on at `offset_s` of the room's clock, on its own clock."""
    chance = np.random.default_rng(seed)
    heard = np.zeros(len(room[0]), np.float32)
    for voice, near_s in zip(room, microphone.near_s, strict=False):
        ring = int(microphone.echo_s * ROOM_HZ)
        echo = chance.normal(0, 0.06, ring) * np.exp(-np.arange(ring) / ring * 5)
        echo[0] = 1
        late = round(near_s * ROOM_HZ)
        heard[late:] += fftconvolve(voice, echo).astype(np.float32)[: len(voice) - late]
    band = butter(2, (microphone.low, microphone.high), "bandpass", fs=ROOM_HZ, output="sos")
    heard = sosfilt(band, heard).astype(np.float32)
    found = np.zeros(int(seconds * ROOM_HZ), np.float32)
    for begin in range(0, len(found), 10 * ROOM_HZ):  # in parts: half an hour of times needs much memory
        own_s = np.arange(begin, min(begin + 10 * ROOM_HZ, len(found))) / ROOM_HZ
        at = (offset_s + own_s * (1 - skew_ppm / 1e6)) * ROOM_HZ
        first = max(int(at[0]) - 1, 0)
        part = heard[first : max(int(at[-1]) + 3, first)]
        if len(part):
            found[begin : begin + len(at)] = np.interp(at - first, np.arange(len(part)), part, left=0, right=0)
    return found + chance.normal(0, microphone.noise, len(found)).astype(np.float32)


def write_wave(path: Path, samples: Samples, hz: int = ROOM_HZ) -> Path:
    """One channel, 16 bits."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(hz)
        file.writeframes(((samples / 4).clip(-1, 1) * 32767).astype(np.int16).tobytes())
    return path
