"""What is heard when: the stretches of each voice, and how wide a mouth opens for it. Read by truth and stage.

numpy only: this module also runs where the pictures are rendered.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

ENVELOPE_HZ = 100


class HeardError(Exception):
    """A sound.json cannot be read; the message is one sentence that says how to make it."""


@dataclass(frozen=True)
class Segment:
    """One person's voice without a pause of 200 ms, in session time, half open, and the act it belongs to."""

    who: str
    act_index: int
    start_us: int
    end_us: int


@dataclass(frozen=True)
class Heard:
    """The voices of a clip. envelopes: for each person a value 0 … 1 every 10 ms. made_with: seed and programs."""

    segments: tuple[Segment, ...]
    envelopes: Mapping[str, NDArray[np.float64]]
    made_with: Mapping[str, str]

    def envelope(self, who: str, times_us: ArrayLike) -> NDArray[np.float64]:
        """How loud a voice is at session times, 0 … 1, shape of `times_us`; 0 where it is silent."""
        line = self.envelopes[who]
        at_us = np.arange(len(line)) * (1e6 / ENVELOPE_HZ)
        return np.asarray(np.interp(np.asarray(times_us, np.float64), at_us, line))

    def voiced(self, who: str, times_us: ArrayLike) -> NDArray[np.bool_]:
        """True at the session times that lie in one of the person's segments."""
        at_us = np.asarray(times_us)
        result = np.zeros(at_us.shape, bool)
        for segment in self.segments:
            if segment.who == who:
                result |= (at_us >= segment.start_us) & (at_us < segment.end_us)
        return result

    def to_json(self, *, envelopes: bool) -> str:
        """As text; without envelopes it is the shipped list of segments."""
        document: dict[str, Any] = {"made_with": dict(self.made_with), "segments": _rows(self.segments)}
        if envelopes:
            lines = {who: [round(float(value), 3) for value in line] for who, line in self.envelopes.items()}
            document |= {"envelope_hz": ENVELOPE_HZ, "envelopes": lines}
        return json.dumps(document, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Heard":
        """Read what `to_json` wrote."""
        document = json.loads(text)
        lines = {who: np.array(line, np.float64) for who, line in document.get("envelopes", {}).items()}
        return cls(tuple(Segment(**row) for row in document["segments"]), lines, document["made_with"])


def read_heard(path: Path) -> Heard:
    """The voices in a clip's sound.json. Raises HeardError if it is not there or is no such file."""
    try:
        return Heard.from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise HeardError(
            f"{path} cannot be read ({error.strerror}); make it with `python -m studio sound`."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise HeardError(
            f"{path} does not list who is heard when; make it anew with `python -m studio sound`."
        ) from error


def _rows(segments: Sequence[Segment]) -> list[dict[str, Any]]:
    return [asdict(segment) for segment in segments]
