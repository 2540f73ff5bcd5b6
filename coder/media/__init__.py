"""Video and sound files: exact frames, their times, sound. Only this package knows PyAV, ticks and frame rates."""

from coder.media.fingerprint import fingerprint
from coder.media.frame import Frame
from coder.media.index import FrameIndex
from coder.media.opening import open_index
from coder.media.probe import MediaFacts, StreamFacts, film_facts, probe
from coder.media.source import FrameSource, frames

__all__ = [
    "Frame",
    "FrameIndex",
    "FrameSource",
    "MediaFacts",
    "StreamFacts",
    "film_facts",
    "fingerprint",
    "frames",
    "open_index",
    "probe",
]
