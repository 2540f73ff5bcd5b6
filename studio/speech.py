"""Words: spoken by espeak-ng (a program of its own, GPL-3.0), then made softer and warmer.

espeak-ng gives the same samples for the same words, voice and version; `version` goes into what the studio writes.
"""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

import numpy as np

from coder.model.problem import CoderError, Problem
from studio.signals import HZ, Signal, equalised, levelled, read_at, wander
from studio.voices import Throat


class SoundError(CoderError):
    """The sound of a clip cannot be made; the message says what to change or install."""


@dataclass(frozen=True)
class Line:
    """What one person says. adult: an adult's own voice; else the child's, by its throat. kind: see `acts.py`."""

    words: str
    sex: str
    adult: bool
    throat: Throat
    kind: str | None = None


# Words to sound at HZ; the sound may have silence at both ends.
Speaker = Callable[[Line], Signal]


@dataclass(frozen=True)
class _Manner:
    """How a line is said: words a minute, pitch 0 to 99 of espeak-ng, share of its melody's range, level in dB."""

    pace: int = 138
    pitch: int = 50
    range: int = 140
    level_db: float = -23.0


# Speech to a young child: slow, with wide melody; hushing is low, slow and soft.
_MANNERS = {
    None: _Manner(),
    "join": _Manner(pitch=52),
    "invite": _Manner(pitch=54, range=155),
    "steer": _Manner(pace=142),
    "comfort": _Manner(pace=116, pitch=40, range=95, level_db=-27.5),
    "sing": _Manner(pace=104, pitch=60, range=180, level_db=-24.0),
}
_VOICES = {"female": "en-us+f3", "male": "en-us+m7"}
_ADULT_TRACT_MM = 145.0

# Moves the synthetic voice, which buzzes and hisses, towards the long-term mean spectrum of speech (Byrne and
# others 1994, J. Acoust. Soc. Am. 96), and keeps its top soft.
_WARMER = {
    "female": (
        *((80, -30), (130, 0), (200, 1), (260, 0), (320, 2), (500, 0), (650, -1.5), (850, -4), (1100, -6.5)),
        *(
            (1600, -4),
            (2000, 0),
            (2600, -1),
            (3300, -8),
            (4000, -8),
            (5000, -5),
            (6300, -1),
            (8000, -4),
            (12000, -20),
        ),
    ),
    "male": (
        *((60, -30), (100, 1), (160, 4), (250, 0.5), (320, 2), (650, -1), (900, -2), (1250, -4), (1700, 3)),
        *((2000, 2), (2500, -2), (3100, -1), (4000, 3), (5000, 0), (6300, 1), (8000, -4), (12000, -20)),
    ),
    "child": ((150, -30), (250, 0), (1000, 0), (3000, -2), (6000, -7), (10000, -20)),
}


@cache
def _program() -> str:
    found = shutil.which("espeak-ng")
    if found is None:
        raise SoundError(
            Problem(
                "The parent's words are spoken by the program espeak-ng, which is not installed.",
                hint="Install it with: sudo apt-get install espeak-ng",
            )
        )
    return found


@cache
def version() -> str:
    """The version of espeak-ng, "1.51". Raises SoundError if it is not installed."""
    words = _asked(["--version"]).decode(errors="replace").split(":")[1].split()
    return words[0]


def espeak(line: Line) -> Signal:
    """The line in a calm voice for a child's ears. Raises SoundError if espeak-ng is missing or fails."""
    manner = _MANNERS.get(line.kind, _MANNERS[None])
    faster = 1.0 if line.adult else _ADULT_TRACT_MM / line.throat.tract_mm
    # A child's line is spoken slowly by the woman's voice and played faster, which shortens the vocal tract.
    pace = manner.pace if line.adult else max(round(0.85 * manner.pace / faster), 80)
    marked = f'<speak><prosody range="{manner.range}%">{escape(line.words)}</prosody></speak>'
    voice = _VOICES[line.sex if line.adult else "female"]
    data = _asked(["-v", voice, "-m", "-s", str(pace), "-p", str(manner.pitch), "--stdout", marked])
    hz, spoken = _wave(data)
    if not np.abs(spoken).max(initial=0) > 0.01:
        raise SoundError(Problem(f"espeak-ng says nothing for the words “{line.words}”.", hint="Use other words."))
    n = int(len(spoken) / faster * HZ / hz)
    at = np.arange(n) * faster * hz / HZ
    # A voice is never as steady as a machine's: a tremble of half a percent in time and pitch.
    at += 0.0011 * hz * wander(n, 3.5, np.random.default_rng(len(line.words)))
    warmer = _WARMER[line.sex if line.adult else "child"]
    return levelled(equalised(read_at(spoken, at), *warmer), manner.level_db)


def _asked(arguments: list[str]) -> bytes:
    """What espeak-ng writes on its standard output."""
    done = subprocess.run([_program(), *arguments], capture_output=True, check=False)
    if done.returncode or not done.stdout:
        said = done.stderr.decode(errors="replace").strip() or "no message"
        raise SoundError(Problem(f"espeak-ng failed: {said}.", hint="Install version 1.51 or later."))
    return done.stdout


def _wave(data: bytes) -> tuple[int, Signal]:
    """Rate and samples of a WAV stream whose length field was never filled in."""
    start = data.find(b"data") + 8
    hz = int.from_bytes(data[24:28], "little")
    body = data[start : start + (len(data) - start) // 2 * 2]
    return hz, np.frombuffer(body, "<i2").astype(np.float64) / 32768
