"""What is known about a film before anybody looks at it: its streams, frames, rate, times and fingerprint."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from av.audio.stream import AudioStream
from av.stream import Stream
from av.video.stream import VideoStream
from numpy.lib.stride_tricks import sliding_window_view

from coder.media.edge import opened
from coder.media.fingerprint import fingerprint
from coder.media.index import FrameIndex, Geometry
from coder.media.opening import open_index
from coder.media.rate import measured_rate
from coder.model.study import Fingerprint

# A frame that stands this many times as long as those around it usually do is followed by a gap.
_GAP = 1.5

# Frames on either side that tell what is usual there: a phone's rate changes with the light.
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Gap:
    """A frame that stands too long. at_us: its onset from the first frame. duration_us: how long it stands."""

    at_us: int
    duration_us: int


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """One stream of a file. kind: "video", "audio", "subtitle", "data". language: three letters, "" if not said.

    width, height: px of the picture, of the film itself upright with square pixels; 0 for other kinds.
    sample_rate_hz, channels: of sound; 0 for other kinds. film: True for the stream that is shown. starts_s: its
    first time stamp in seconds of the container's clock, None if the file says none.
    """

    kind: str
    codec: str
    language: str
    width: int
    height: int
    sample_rate_hz: int
    channels: int
    film: bool
    starts_s: float | None


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What was found out about a film.

    frame_count: frames that can be shown, counted. rate: frames per second, measured from the time stamps; the
    mean where `constant_rate` is False. first_pts: the first frame's stamp, in ticks of time_base seconds.
    rotation: degrees clockwise that upright display needs. longest_gap_us: longest time a frame stands. gaps:
    frames that stand more than 1.5 times as long as is usual around them, in order of time. group_longest,
    group_typical: frames from one key frame to the next, the most and the median. damage: one sentence if part of
    the film is lost, else "".
    """

    path: str
    container: str
    streams: tuple[StreamFacts, ...]
    frame_count: int
    constant_rate: bool
    rate: Fraction
    first_pts: int
    time_base: Fraction
    width: int
    height: int
    rotation: int
    duration_us: int
    longest_gap_us: int
    gaps: tuple[Gap, ...]
    group_longest: int
    group_typical: int
    damage: str
    fingerprint: Fingerprint

    @property
    def rate_text(self) -> str:
        """`25`, `29.97` or `about 27.31`: the rate for people."""
        number = f"{float(self.rate):.3f}".rstrip("0").rstrip(".")
        return number if self.constant_rate else f"about {number}"

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: fractions as text ("30000/1001"), the rate as a number as well."""
        return asdict(self) | {
            "rate": str(self.rate),
            "rate_hz": float(self.rate),
            "time_base": str(self.time_base),
            "streams": [asdict(stream) for stream in self.streams],
        }


def probe(path: str | Path, *, progress: Callable[[float], None] | None = None) -> MediaFacts:
    """Read the whole file, once for its frames and once for its content, and say what it is.

    progress: told the share that is done, 0.0 … 1.0. Raises MediaError as `open_index` does.
    """
    tell = progress or (lambda _: None)
    film = open_index(path, progress=lambda share: tell(share / 2))
    return film_facts(film, fingerprint(film.path, lambda share: tell(0.5 + share / 2)))


def film_facts(film: FrameIndex, content: Fingerprint) -> MediaFacts:
    """The facts about a film whose index and fingerprint are at hand.

    Raises MediaError if the file cannot be read any more.
    """
    rate, constant = measured_rate(film)
    with opened(film.path) as container:
        name = container.format.long_name or container.format.name
        streams = tuple(_stream_facts(stream, film) for stream in container.streams)
    groups = np.diff(film.keys, append=len(film.packets))
    return MediaFacts(
        path=str(film.path),
        container=name,
        streams=streams,
        frame_count=film.frame_count,
        constant_rate=constant,
        rate=rate,
        first_pts=film.pts(0),
        time_base=film.time_base,
        width=film.geometry.width,
        height=film.geometry.height,
        rotation=film.geometry.rotation,
        duration_us=film.duration_us,
        longest_gap_us=int(np.diff(film.times_us, append=film.duration_us).max()),
        gaps=gaps(film),
        group_longest=int(groups.max()),
        group_typical=int(np.median(groups)),
        damage=film.damage,
        fingerprint=content,
    )


def gaps(film: FrameIndex) -> tuple[Gap, ...]:
    """The frames that stand more than 1.5 times as long as the median of the frames around them."""
    steps = np.diff(film.times_us)
    if len(steps) < 2:
        return ()
    padded = np.pad(steps, _AROUND, mode="reflect" if len(steps) > _AROUND else "symmetric")
    long = np.flatnonzero(steps > _GAP * steps.min())
    usual = np.median(sliding_window_view(padded, 2 * _AROUND + 1)[long], axis=1)
    found = long[steps[long] > _GAP * usual]
    return tuple(Gap(film.at_us(i), int(steps[i])) for i in found)


def _stream_facts(stream: Stream, film: FrameIndex) -> StreamFacts:
    shown = stream.index == film.packets.stream
    known = stream.codec_context is not None  # of a stream that nothing decodes the library knows nothing
    size = film.geometry if shown else Geometry(0, 0, 0)
    if known and not shown and isinstance(stream, VideoStream):
        size = Geometry(stream.width, stream.height, 0)
    sound = stream if known and isinstance(stream, AudioStream) else None
    return StreamFacts(
        kind=stream.type,
        codec=stream.codec_context.codec.canonical_name if stream.codec_context else "unknown",
        language="" if stream.language in (None, "und") else str(stream.language),
        width=size.width,
        height=size.height,
        sample_rate_hz=sound.sample_rate if sound else 0,
        channels=sound.channels if sound else 0,
        film=shown,
        starts_s=None if stream.start_time is None else float(stream.start_time * (stream.time_base or 0)),
    )
