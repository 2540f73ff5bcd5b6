"""The sound of a clip: every voice act at its onset, hands and toys, a room; and what each camera hears of it."""

import io
import wave
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coder.staging import write_whole
from studio.acts import PEOPLE, VOICE
from studio.clock import session_us, stamps
from studio.heard import Heard, Segment
from studio.noises import noises, room_tone
from studio.places import SAMPLES, build_folder
from studio.scenario import Camera, Scenario, load
from studio.signals import HZ, Signal, added, in_room, read_at
from studio.speech import SoundError, Speaker, espeak, version
from studio.stage.plan import camera_of
from studio.utterances import Utterance, faults, heard, random_for, utter

SPEED_M_S = 343.0
# Brings the clips to about -23 LUFS, the loudness that broadcasters agree on (EBU R 128); no peak above PEAK.
LOUDER, PEAK = 1.35, 0.89
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


def run(clip: str) -> None:
    """Make a clip's sound files; the step `python -m studio sound`."""
    scenario = load(clip)
    write_sound(make_sound(scenario), scenario, build_folder(clip), SAMPLES / f"{clip}.sound.json")


def make_sound(scenario: Scenario, seed: int = 0, speak: Speaker = espeak) -> Sound:
    """The whole sound of a scenario; the same for the same seed, scenario and version of espeak-ng.

    Raises SoundError with a sentence for every utterance that does not fit, or if espeak-ng is missing.
    """
    utterances = [utter(act, scenario, seed, speak) for act in scenario.acts if act.verb in VOICE]
    if clashes := faults(scenario, utterances):
        raise SoundError(*clashes)
    n = round(scenario.length_us * HZ / 1e6)
    sources = {who: np.zeros(n) for who in PEOPLE}
    for utterance in utterances:
        added(sources[utterance.act.who], utterance.signal, utterance.start_us)
    own = random_for(scenario, seed, "room")
    sources[_ROOM] = noises(scenario, own)
    sources = {name: in_room(source, np.random.default_rng(7)) for name, source in sources.items()}
    sources[_ROOM] += room_tone(n, own)
    peak = float(np.abs(sum(sources.values())).max(initial=0))
    louder = min(LOUDER, PEAK / peak)
    sources = {name: source * louder for name, source in sources.items()}
    return Sound(
        np.asarray(sum(sources.values()), np.float32),
        sources,
        heard(scenario, utterances, _made_with(seed, speak, utterances)),
    )


def heard_by(sound: Sound, scenario: Scenario, camera: Camera) -> NDArray[np.float32]:
    """What a camera records, on its own clock from its first frame to the film's end, shape (n,).

    Each source comes at the level and with the delay of its distance, counted from the camera that is nearest to
    it, so that a clip with one camera has its sound exactly in session time.
    """
    film = stamps(scenario, camera)
    n = round(film.end * film.tick_s * HZ)
    begin_us, second_us = session_us(camera, 0), session_us(camera, 1_000_000)
    at = begin_us * HZ / 1e6 + np.arange(n) * ((second_us - begin_us) / 1e6)
    result = np.zeros(n)
    for name, source in sound.sources.items():
        distances = [_distance_m(scenario, one, name) for one in scenario.cameras]
        nearest, here = min(distances), _distance_m(scenario, camera, name)
        late = (here - nearest) / SPEED_M_S * HZ
        result += nearest / here * read_at(source, at - late)
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


def _distance_m(scenario: Scenario, camera: Camera, source: str) -> float:
    return float(np.linalg.norm(camera_of(scenario, camera).position - _PLACES[source]))


def _made_with(seed: int, speak: Speaker, utterances: list[Utterance]) -> dict[str, str]:
    spoken = any(one.act.verb == "say" for one in utterances)
    words = {"words": f"espeak-ng {version()}" if speak is espeak else "another speaker"} if spoken else {}
    return {"seed": str(seed), "other sounds": "computed by the studio"} | words
