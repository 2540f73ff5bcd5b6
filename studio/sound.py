"""The sound of a clip: every voice act spoken or sung at its onset, hands and toys, a room; and who is heard when.

The stretches of voice are measured on each utterance alone, before the room: blocks of 5 ms less than 30 dB below
its loud parts count as voice, pauses shorter than 200 ms belong to it, and clicks shorter than 30 ms do not.
"""

import io
import wave
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coder.model.problem import Problem
from coder.staging import write_whole
from studio.acts import PEOPLE, VOICE, Act
from studio.clock import session_us, stamps
from studio.heard import ENVELOPE_HZ, Heard, Segment
from studio.noises import noises, room_tone
from studio.scenario import Camera, Scenario
from studio.signals import HZ, Random, Signal, added, energy_db, faded, in_room, read_at
from studio.speech import Line, SoundError, Speaker, espeak, version
from studio.stage.plan import VIEWS
from studio.voices import throat, voiced

SPEED_M_S = 343.0
PAUSE_US, CLICK_US, BLOCK = 200_000, 30_000, HZ // 200
BLOCK_US = 5_000
VOICE_RANGE_DB = 30
PEAK = 0.89
_ROOM = "room"

# Where mouths and toys are, in metres on the stage's floor plan: a second camera hears them nearer or later.
_PLACES = {"parent": (-0.3, 0.0, 1.0), "child": (0.26, -0.03, 0.92), _ROOM: (0.0, -0.2, 0.7)}


@dataclass(frozen=True)
class Sound:
    """The sound of a clip in session time: the mix, shape (n,), and its three sources of the same length.

    sources: "parent", "child" and "room" (hands, toys, the room's own quiet); they add up to `samples`.
    """

    samples: NDArray[np.float32]
    sources: Mapping[str, Signal]
    heard: Heard
    rate: int = HZ

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Who is heard when; see `studio.heard`."""
        return self.heard.segments

    def envelope(self, who: str, times_us: ArrayLike) -> Signal:
        """How far the voice opens the mouth at session times, 0 … 1."""
        return self.heard.envelope(who, times_us)


@dataclass(frozen=True)
class _Utterance:
    """One act's voice; `signal` starts at `start_us`, its stretches are in session time."""

    act: Act
    signal: Signal
    start_us: int
    stretches: tuple[tuple[int, int], ...]

    @property
    def end_us(self) -> int:
        return self.stretches[-1][1]


def make_sound(scenario: Scenario, seed: int = 0, speak: Speaker = espeak) -> Sound:
    """The whole sound of a scenario; the same for the same seed, scenario and version of espeak-ng.

    Raises SoundError with a sentence for every utterance that does not fit, or if espeak-ng is missing.
    """
    utterances = [_utterance(act, scenario, seed, speak) for act in scenario.acts if act.verb in VOICE]
    faults = _faults(scenario, utterances)
    if faults:
        raise SoundError(*faults)
    n = round(scenario.length_us * HZ / 1e6)
    sources = {who: np.zeros(n) for who in PEOPLE}
    for utterance in utterances:
        added(sources[utterance.act.who], utterance.signal, utterance.start_us)
    own = _random(scenario, seed, "room")
    sources[_ROOM] = noises(scenario, own)
    sources = {name: in_room(source, np.random.default_rng(7)) for name, source in sources.items()}
    sources[_ROOM] += room_tone(n, own)
    peak = float(np.abs(sum(sources.values())).max(initial=0))
    sources = {name: source * min(1.0, PEAK / peak) for name, source in sources.items()}
    return Sound(
        np.asarray(sum(sources.values()), np.float32),
        sources,
        _heard(scenario, utterances, _made_with(seed, speak, utterances)),
    )


def heard_by(sound: Sound, scenario: Scenario, camera: Camera) -> NDArray[np.float32]:
    """What a camera records, on its own clock from its first frame to the film's end, shape (n,).

    Each source comes at the level and with the delay of its distance, counted from the camera that is nearest to
    it, so that a clip with one camera has its sound exactly in session time.
    """
    film = stamps(scenario, camera)
    n = round(film.end * film.tick_s * HZ)
    begin_us, second_us = session_us(camera, 0), session_us(camera, 1_000_000)
    at = (begin_us + np.arange(n) / HZ * (second_us - begin_us)) * (HZ / 1e6)
    result = np.zeros(n)
    for name, source in sound.sources.items():
        distances = [_distance_m(scenario, one, name) for one in scenario.cameras]
        nearest, here = min(distances), _distance_m(scenario, camera, name)
        result += nearest / here * read_at(source, at - (here - nearest) / SPEED_M_S * HZ)
    return result.astype(np.float32)


def write_sound(sound: Sound, scenario: Scenario, folder: Path, shipped: Path) -> None:
    """Write sound.wav, sound.<camera>.wav and sound.json into `folder`, the stretches of voice to `shipped`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / "sound.wav", wav_bytes(sound.samples), SoundError)
    for camera in scenario.cameras:
        write_whole(folder / f"sound.{camera.id}.wav", wav_bytes(heard_by(sound, scenario, camera)), SoundError)
    write_whole(folder / "sound.json", sound.heard.to_json(envelopes=True).encode(), SoundError)
    write_whole(shipped, sound.heard.to_json(envelopes=False).encode(), SoundError)


def wav_bytes(samples: NDArray[np.float32]) -> bytes:
    """A WAV file, 16 bits, mono, 48 kHz."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, HZ, 0, "NONE", ""))
        file.writeframes((np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes())
    return buffer.getvalue()


def _utterance(act: Act, scenario: Scenario, seed: int, speak: Speaker) -> _Utterance:
    person = scenario.person(act.who)
    own = throat(person.age_years, person.sex)
    if act.verb == "say":
        signal = speak(Line(act.words or "", person.sex, act.who == "parent", own, act.kind))
    else:
        assert act.end_us is not None
        random = _random(scenario, seed, f"{act.index} {act.verb}")
        signal = voiced(act.verb, own, (act.end_us - act.start_us) / 1e6, random)
    found = stretches(signal)
    first, last = found[0][0], found[-1][1]
    # A breath before the onset and a last echo after it are kept; the silence of the recording is not.
    begin = max(first - 10_000, 0) * HZ // 1_000_000
    kept = faded(signal[begin : (last + 60_000) * HZ // 1_000_000], 0.004, 0.03)
    return _Utterance(
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


def _faults(scenario: Scenario, utterances: list[_Utterance]) -> list[Problem]:
    """A problem for each utterance that runs into another or beyond the end."""
    faults = []
    for k, one in enumerate(utterances):
        place = f"{scenario.name}.toml, act {scenario.numbers[one.act.index]}"
        lasts = f"{_told(one.act)} lasts {(one.end_us - one.act.start_us) / 1e6:.2f} s"
        if one.end_us > scenario.length_us:
            over_s = (one.end_us - scenario.length_us) / 1e6
            faults.append(
                Problem(f"{lasts}, {over_s:.2f} s beyond the end of the clip.", place, "Start it sooner.")
            )
        for other in utterances[k + 1 :]:
            over_us = one.end_us - other.act.start_us
            meant = one.act.who != other.act.who and scenario.overlaps & {one.act.index, other.act.index}
            if over_us <= 0 or other.end_us <= one.act.start_us or meant:
                continue
            number = scenario.numbers[other.act.index]
            what = f"{lasts} and runs {over_us / 1e6:.2f} s into act {number}, {_told(other.act)}."
            hint = f"Start act {number} at {one.end_us / 1e6 + 0.2:.1f} s or later, or say less."
            faults.append(Problem(what, place, hint))
    return faults


def _told(act: Act) -> str:
    what = f"“{act.words}”" if act.words else act.verb
    return f"the {act.who}'s {what} at {act.start_us / 1e6:.2f} s"


def _heard(scenario: Scenario, utterances: list[_Utterance], made_with: dict[str, str]) -> Heard:
    found = [
        Segment(one.act.who, one.act.index, start_us, end_us)
        for one in utterances
        for start_us, end_us in one.stretches
    ]
    lines = {who: np.zeros(round(scenario.seconds * ENVELOPE_HZ) + 1) for who in PEOPLE}
    for one in utterances:
        _opened(lines[one.act.who], one)
    return Heard(tuple(sorted(found, key=lambda segment: (segment.start_us, segment.who))), lines, made_with)


def _opened(line: Signal, one: _Utterance) -> None:
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


def _distance_m(scenario: Scenario, camera: Camera, source: str) -> float:
    position = camera.position or VIEWS[scenario.room.seating][camera.view][0]
    return float(np.linalg.norm(np.subtract(position, _PLACES[source])))


def _random(scenario: Scenario, seed: int, what: str) -> Random:
    """Random numbers for one act or source alone: a change elsewhere in the script does not change this sound."""
    return np.random.default_rng([seed, zlib.crc32(f"{scenario.name} {what}".encode())])


def _made_with(seed: int, speak: Speaker, utterances: list[_Utterance]) -> dict[str, str]:
    spoken = any(one.act.verb == "say" for one in utterances)
    words = {"words": f"espeak-ng {version()}" if speak is espeak else "another speaker"} if spoken else {}
    return {"seed": str(seed), "other sounds": "computed by the studio"} | words
