"""What each voice act sounds like, how long it really lasts, and whether it runs into another.

The stretches of voice are measured on each utterance alone, before the room: blocks of 5 ms less than 30 dB below
its loud parts count as voice, pauses shorter than 200 ms belong to it, and clicks shorter than 30 ms do not.
"""

import zlib
from dataclasses import dataclass

import numpy as np

from coder.model.problem import Problem
from studio.acts import PEOPLE, Act
from studio.hands import ROOM_BETWEEN_VOICES_US
from studio.heard import ENVELOPE_HZ, Heard, Segment
from studio.scenario import Scenario
from studio.signals import HZ, Random, Signal, energy_db, faded
from studio.speech import Line, Speaker
from studio.voices import throat, voiced

PAUSE_US, CLICK_US, BLOCK_US, BLOCK = 200_000, 30_000, 5_000, HZ // 200
VOICE_RANGE_DB = 30


@dataclass(frozen=True)
class Utterance:
    """One act's voice; `signal` starts at `start_us`, its stretches are in session time."""

    act: Act
    signal: Signal
    start_us: int
    stretches: tuple[tuple[int, int], ...]

    @property
    def end_us(self) -> int:
        """Where the voice ends."""
        return self.stretches[-1][1]


def random_for(scenario: Scenario, seed: int, what: str) -> Random:
    """Random numbers for one act or source alone: a change of another act does not change this sound."""
    return np.random.default_rng([seed, zlib.crc32(f"{scenario.name} {what}".encode())])


def utter(act: Act, scenario: Scenario, seed: int, speak: Speaker) -> Utterance:
    """The voice of one act, its onset at the act's. Raises SoundError if the words cannot be spoken."""
    person = scenario.person(act.who)
    own = throat(person.age_years, person.sex)
    if act.verb == "say":
        signal = speak(Line(act.words or "", person.sex, act.who == "parent", own, act.kind))
    else:
        assert act.end_us is not None
        random = random_for(scenario, seed, f"{act.who} {act.verb} {act.start_us}")
        signal = voiced(act.verb, own, (act.end_us - act.start_us) / 1e6, random)
    found = stretches(signal)
    first, last = found[0][0], found[-1][1]
    # A breath before the onset and a last echo after it are kept; the silence of the recording is not.
    begin = max(first - 10_000, 0) * HZ // 1_000_000
    kept = faded(signal[begin : (last + 60_000) * HZ // 1_000_000], 0.004, 0.03)
    return Utterance(
        act,
        kept,
        act.start_us - first + begin * 1_000_000 // HZ,
        tuple((act.start_us + start - first, act.start_us + end - first) for start, end in found),
    )


def stretches(signal: Signal) -> list[tuple[int, int]]:
    """The stretches of voice in one utterance, in µs from its first sample, in whole blocks of 5 ms."""
    blocks = energy_db(signal, BLOCK)
    loud = blocks[blocks > blocks.max() - 20]
    level = 10 * np.log10((10 ** (loud / 10)).mean())
    edges = np.flatnonzero(
        np.diff(np.concatenate([[False], blocks > level - VOICE_RANGE_DB, [False]]).astype(int))
    )
    found: list[tuple[int, int]] = []
    for start, end in (edges.reshape(-1, 2) * BLOCK_US).tolist():
        if found and start - found[-1][1] < PAUSE_US:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [(start, end) for start, end in found if end - start >= CLICK_US]


def faults(scenario: Scenario, utterances: list[Utterance]) -> list[Problem]:
    """A problem for each utterance that runs into another or beyond the end."""
    found = []
    for k, one in enumerate(utterances):
        place = f"{scenario.name}.toml, act {scenario.numbers[one.act.index]}"
        lasts = f"{_told(one.act)} lasts {(one.end_us - one.act.start_us) / 1e6:.2f} s"
        if one.end_us > scenario.length_us:
            over_s = (one.end_us - scenario.length_us) / 1e6
            found.append(
                Problem(f"{lasts}, {over_s:.2f} s beyond the end of the clip.", place, "Start it sooner.")
            )
        for other in utterances[k + 1 :]:
            over_us = one.end_us - other.act.start_us
            meant = one.act.who != other.act.who and scenario.overlaps & {one.act.index, other.act.index}
            if over_us <= 0 or other.end_us <= one.act.start_us or meant:
                continue
            number = scenario.numbers[other.act.index]
            what = f"{lasts} and runs {over_us / 1e6:.2f} s into act {number}, {_told(other.act)}."
            hint = (
                f"Start act {number} at {(one.end_us + ROOM_BETWEEN_VOICES_US) / 1e6:.1f} s or later, or say less."
            )
            found.append(Problem(what, place, hint))
    return found


def _told(act: Act) -> str:
    what = f"“{act.words}”" if act.words else act.verb
    return f"the {act.who}'s {what} at {act.start_us / 1e6:.2f} s"


def heard(scenario: Scenario, utterances: list[Utterance], made_with: dict[str, str]) -> Heard:
    """All voices of a scenario: their stretches in order of time, and the envelopes of both mouths."""
    found = [
        Segment(one.act.who, one.act.index, start_us, end_us)
        for one in utterances
        for start_us, end_us in one.stretches
    ]
    lines = {who: np.zeros(round(scenario.seconds * ENVELOPE_HZ) + 1) for who in PEOPLE}
    for one in utterances:
        _opened(lines[one.act.who], one)
    return Heard(tuple(sorted(found, key=lambda segment: (segment.start_us, segment.who))), lines, made_with)


def _opened(line: Signal, one: Utterance) -> None:
    """Draw one utterance into a person's envelope: its level over 30 ms, its loud parts near 1, softly bent."""
    n = round((one.end_us - one.act.start_us) / 1e6 * ENVELOPE_HZ) + 8
    first = round(one.act.start_us / 1e6 * ENVELOPE_HZ) - 4
    at = ((first + np.arange(n)) / ENVELOPE_HZ - one.start_us / 1e6) * HZ
    power = np.concatenate([[0.0], np.cumsum(one.signal**2)])
    wide = 0.015 * HZ
    ends = (np.clip(at + side * wide, 0, len(one.signal)).astype(int) for side in (-1, 1))
    low, high = (power[end] for end in ends)
    level = np.sqrt((high - low) / (2 * wide))
    values = np.clip(level / max(float(np.quantile(level, 0.95)), 1e-9), 0, 1) ** 0.7
    values[values < 0.06] = 0
    inside = (first + np.arange(n) >= 0) & (first + np.arange(n) < len(line))
    where = (first + np.arange(n))[inside]
    line[where] = np.maximum(line[where], values[inside])
