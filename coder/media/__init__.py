"""Video and sound files: exact frames, their times, sound. Only this package knows PyAV, ticks and frame rates."""

from coder.media.alignment import Match, Proposal
from coder.media.clock import PlayClock
from coder.media.convert import convert
from coder.media.excerpt import excerpt, jpeg
from coder.media.fingerprint import fingerprint
from coder.media.frame import Frame
from coder.media.index import FrameIndex
from coder.media.opening import open_index
from coder.media.peaks import peaks
from coder.media.png import write_png
from coder.media.probe import Gap, MediaFacts, StreamFacts, film_facts, probe
from coder.media.proxy import ProxyReader, require_same_frames, wants_proxy
from coder.media.proxy_making import make_proxy
from coder.media.sound import SOUND_HZ, SoundReader
from coder.media.soundtrack import has_sound
from coder.media.source import FrameSource, frames
from coder.media.sync import MOST_SKEW_PPM, fitted, propose
from coder.media.worker import FrameWorker, NotShown, Shown

__all__ = [
    "MOST_SKEW_PPM",
    "SOUND_HZ",
    "Frame",
    "FrameIndex",
    "FrameSource",
    "FrameWorker",
    "Gap",
    "Match",
    "MediaFacts",
    "NotShown",
    "PlayClock",
    "Proposal",
    "ProxyReader",
    "Shown",
    "SoundReader",
    "StreamFacts",
    "convert",
    "excerpt",
    "film_facts",
    "fingerprint",
    "fitted",
    "frames",
    "has_sound",
    "jpeg",
    "make_proxy",
    "open_index",
    "peaks",
    "probe",
    "propose",
    "require_same_frames",
    "wants_proxy",
    "write_png",
]
