"""Video and sound files: exact frames, their times, sound. Only this package knows PyAV, ticks and frame rates."""

from coder.media.fingerprint import fingerprint
from coder.media.frame import Frame
from coder.media.index import FrameIndex
from coder.media.opening import open_index
from coder.media.source import FrameSource, frames

__all__ = ["Frame", "FrameIndex", "FrameSource", "fingerprint", "frames", "open_index"]
