"""Small films that say in every picture which frame it is, made with PyAV's encoders; and files that are no films.

The number stands in a strip of cells near the top left corner: 12 bits and a check of 4, each bit a pair of cells,
light over dark for 1 and dark over light for 0, so that it can be read after any of the four rotations.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

WIDTH, HEIGHT, CELL, BITS = 320, 184, 16, 16
SOUND_HZ = 48_000
BEEP_EVERY, BEEP_S, BEEP_HZ = 25, 0.1, 1000


# ---- the number in the picture


def _bits(number: int) -> list[int]:
    check = (number * 7 + (number >> 4) * 5 + (number >> 8) * 3) & 15
    return [(number << 4 | check) >> bit & 1 for bit in reversed(range(BITS))]


@cache
def numbered_picture(number: int) -> NDArray[np.uint8]:
    """A grey picture, shape (HEIGHT, WIDTH), with `number` (below 4096) in its strip over a moving pattern."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    picture: NDArray[np.uint8] = (128 + 60 * np.sin((x + 3 * number) / 17) * np.cos((y - number) / 23)).astype(
        np.uint8
    )
    ball_x, ball_y = 40 + number * 5 % 240, 90 + number * 3 % 60
    picture[ball_y : ball_y + 30, ball_x : ball_x + 30] = 40 + number * 11 % 170
    for column, bit in enumerate(_bits(number)):
        left = CELL * (column + 1)
        picture[CELL : 2 * CELL, left : left + CELL] = 235 if bit else 16
        picture[2 * CELL : 3 * CELL, left : left + CELL] = 16 if bit else 235
    return picture


def read_number(picture: NDArray[np.uint8]) -> int | None:
    """The number in a grey or RGB picture of the stored size, turned by any quarter; None if none can be read."""
    grey = picture if picture.ndim == 2 else picture[..., 1]
    for turns in range(4):
        turned = np.rot90(grey, turns)
        if turned.shape == (HEIGHT, WIDTH):
            found = _read_upright(turned)
            if found is not None:
                return found
    return None


def _read_upright(grey: NDArray[np.uint8]) -> int | None:
    strip = grey[CELL : 3 * CELL, CELL : CELL * (BITS + 1)].reshape(2, CELL, BITS, CELL).astype(float)
    upper, lower = strip[:, 4:-4, :, 4:-4].mean(axis=(1, 3))
    if np.abs(upper - lower).min() < 60:
        return None
    number = int("".join("1" if bit else "0" for bit in upper > lower), 2) >> 4
    return number if _bits(number) == [int(bit) for bit in upper > lower] else None


# ---- films


@dataclass(frozen=True)
class Recipe:
    """How to make one film. onsets_s: when each frame is shown. sound: an encoder, "" for none."""

    file: str
    codec: str = "libx264"
    frames: int = 300
    rate: Fraction = Fraction(25)
    options: dict[str, str] = field(default_factory=dict)
    muxer: dict[str, str] = field(default_factory=dict)
    onset_s: Callable[[int], Fraction] | None = None
    video_from_s: Fraction = Fraction(0)
    all_from_s: Fraction = Fraction(0)
    rotation: int = 0
    pixel_aspect: Fraction | None = None
    sound: str = "aac"
    pixels: str = "yuv420p"

    @property
    def name(self) -> str:
        return self.file.replace(".", "_")

    @property
    def time_base(self) -> Fraction:
        return 1 / self.rate if self.onset_s is None else Fraction(1, 90_000)

    def ticks(self, i: int) -> int:
        if self.onset_s is None:
            return i
        return round(self.onset_s(i) / self.time_base)

    def at_s(self, i: int) -> Fraction:
        """When frame i is shown, from the first frame."""
        return (self.ticks(i) - self.ticks(0)) * self.time_base


def phone_onset_s(i: int) -> Fraction:
    """A phone in failing light: 30, then 24, then 15 pictures a second, with jitter and some dropped."""
    rates = (30, 24, 15)
    thirds = [min(max(i - start, 0), 100) for start in (0, 100, 200)]
    dropped = sum(Fraction(2, 30) for drop in (20, 21, 77, 140, 260) if i >= drop)
    jitter = Fraction((i * 7919 % 13) - 6, 5000)
    return (
        sum((Fraction(n, rate) for n, rate in zip(thirds, rates, strict=True)), dropped)
        + jitter
        + Fraction(1, 100)
    )


X264 = {"preset": "veryfast", "crf": "20"}
RECIPES = (
    Recipe("constant25.mp4", options=X264 | {"g": "250", "bf": "3"}),
    Recipe("constant2997.mp4", rate=Fraction(30_000, 1001), options=X264 | {"g": "250", "bf": "3"}),
    Recipe("phone.mp4", options=X264 | {"g": "60", "bf": "2"}, onset_s=phone_onset_s),
    Recipe(
        "hevc.mp4",
        "libx265",
        options={
            "preset": "ultrafast",
            "x265-params": "open-gop=1:keyint=40:min-keyint=40:bframes=4:log-level=none",
        },
    ),
    Recipe("opengop.mkv", options=X264 | {"x264-params": "open-gop=1:keyint=60:bframes=5:b-pyramid=normal"}),
    Recipe("xvid.avi", "mpeg4", frames=150, options={"g": "100", "qscale": "3"}, sound="libmp3lame"),
    Recipe("xvid_b.avi", "mpeg4", options={"g": "100", "qscale": "3", "bf": "2"}, sound="libmp3lame"),
    Recipe("late.ts", options=X264 | {"g": "60", "bf": "3"}, all_from_s=Fraction(90_047, 25)),
    Recipe("mpeg2.ts", "mpeg2video", options={"g": "15", "bf": "2", "qscale": "3"}, sound="mp2"),
    Recipe("mpeg2.mpg", "mpeg2video", options={"g": "15", "bf": "2", "qscale": "3"}, sound="mp2"),
    Recipe("turned90.mp4", frames=150, options=X264 | {"g": "50", "bf": "2"}, rotation=90),
    Recipe("turned180.mp4", frames=150, options=X264 | {"g": "50", "bf": "2"}, rotation=180),
    Recipe("turned270.mp4", frames=150, options=X264 | {"g": "50", "bf": "2"}, rotation=270),
    Recipe("after_sound.mp4", frames=150, options=X264 | {"g": "100", "bf": "2"}, video_from_s=Fraction(13, 25)),
    Recipe(
        "fragments.mp4", frames=150, options=X264 | {"g": "60"}, muxer={"movflags": "frag_keyframe+empty_moov"}
    ),
    Recipe("raw.h264", options=X264 | {"g": "60", "bf": "2"}, sound=""),
    Recipe("fast.mkv", rate=Fraction(1200), options=X264 | {"g": "60", "bf": "2"}),
    Recipe("stripes.mkv", options=X264 | {"x264-params": "intra-refresh=1:keyint=40:bframes=0:ref=1"}),
    Recipe("interlaced.ts", options=X264 | {"g": "60", "bf": "2", "flags": "+ildct+ilme"}),
    Recipe(
        "vp9.webm", "libvpx-vp9", options={"g": "100", "deadline": "realtime", "cpu-used": "8"}, sound="libopus"
    ),
    Recipe("motion.avi", "mjpeg", frames=150, options={"qscale": "3"}, sound="pcm_s16le", pixels="yuvj420p"),
    Recipe("windows.wmv", "wmv2", frames=150, options={"g": "50", "qscale": "3"}, sound="wmav2"),
    Recipe("wide.mp4", frames=150, options=X264 | {"g": "50", "bf": "2"}, pixel_aspect=Fraction(16, 11)),
)


def write_film(recipe: Recipe, folder: Path) -> Path:
    """Make the film in `folder`. Beeps of 1 kHz begin with every 25th frame."""
    path = folder / recipe.file
    with av.open(str(path), "w", options=recipe.muxer) as container:
        video = container.add_stream(recipe.codec, rate=recipe.rate, options=recipe.options)
        assert isinstance(video, VideoStream)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, recipe.pixels
        video.codec_context.time_base = recipe.time_base
        if recipe.pixel_aspect:
            video.codec_context.sample_aspect_ratio = recipe.pixel_aspect
        if recipe.rotation:  # the muxer counts as the file does: counterclockwise
            video.set_display_rotation(-recipe.rotation)
        sound = _sound_stream(container, recipe.sound) if recipe.sound else None
        late = recipe.all_from_s + recipe.video_from_s
        for i in range(recipe.frames):
            picture = VideoFrame.from_ndarray(numbered_picture(i), format="gray").reformat(format=recipe.pixels)
            picture.pts = recipe.ticks(i) + round(late / recipe.time_base)
            picture.time_base = recipe.time_base
            container.mux(video.encode(picture))
        container.mux(video.encode(None))
        if sound is not None:
            shown_s = [recipe.video_from_s + recipe.ticks(i) * recipe.time_base for i in range(recipe.frames)]
            beeps = _beeps([float(onset_s) for onset_s in shown_s[::BEEP_EVERY]])
            _write_sound(container, sound, beeps, recipe.all_from_s)
    return path


def _beeps(onsets_s: Sequence[float]) -> NDArray[np.float32]:
    samples = np.zeros(int((onsets_s[-1] + 1) * SOUND_HZ), np.float32)
    tone = 0.5 * np.sin(2 * np.pi * BEEP_HZ * np.arange(int(BEEP_S * SOUND_HZ)) / SOUND_HZ)
    for onset_s in onsets_s:
        start = round(onset_s * SOUND_HZ)
        samples[start : start + len(tone)] = tone
    return samples


def _sound_stream(container: OutputContainer, codec: str) -> AudioStream:
    stream = container.add_stream(codec, rate=SOUND_HZ, layout="mono")
    assert isinstance(stream, AudioStream)
    stream.bit_rate = 128_000
    return stream


def _write_sound(
    container: OutputContainer, stream: AudioStream, samples: NDArray[np.float32], from_s: Fraction
) -> None:
    resampler = av.AudioResampler(
        format=stream.format, layout="mono", rate=stream.rate, frame_size=stream.frame_size
    )
    whole = AudioFrame.from_ndarray(samples[None], format="flt", layout="mono")
    whole.sample_rate = SOUND_HZ
    whole.pts, whole.time_base = round(from_s * SOUND_HZ), Fraction(1, SOUND_HZ)
    for frame in [*resampler.resample(whole), *resampler.resample(None), None]:
        container.mux(stream.encode(frame))


def write_tone(path: Path, hz: float = 440, seconds: float = 4) -> Path:
    """A sound file: one pure tone."""
    with av.open(str(path), "w") as container:
        stream = _sound_stream(container, "aac")
        time_s = np.arange(int(seconds * SOUND_HZ)) / SOUND_HZ
        _write_sound(container, stream, (0.5 * np.sin(2 * np.pi * hz * time_s)).astype(np.float32), Fraction(0))
    return path


def write_cut(whole: Path, folder: Path, first: int = 137) -> Path:
    """A stream copy of a film of 25 frames a second, cut before frame `first`, which is no key frame.

    The frames from the key frame on are in the file; an edit list hides them.
    """
    path = folder / "cut.mp4"
    with av.open(str(whole)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        assert stream.time_base is not None
        begin = round(first / 25 / stream.time_base)
        for packet in source.demux(stream):
            if packet.size and packet.pts is not None and packet.dts is not None:
                packet.pts, packet.dts, packet.stream = packet.pts - begin, packet.dts - begin, copy
                target.mux(packet)
    return path


def write_cut_bytes(whole: Path, path: Path, begin: float, end: float, unit: int = 1) -> Path:
    """The bytes between two shares of a file: a transport stream cut in the middle, or a copy that broke off."""
    data = whole.read_bytes()
    first, last = (int(len(data) * share) // unit * unit for share in (begin, end))
    path.write_bytes(data[first:last])
    return path


def write_zeros(whole: Path, path: Path, begin: float) -> Path:
    """A copy of the right length whose end is zeros from the share `begin` on, as a failed transfer leaves it."""
    data = whole.read_bytes()
    path.write_bytes(data[: int(len(data) * begin)].ljust(len(data), b"\0"))
    return path


def write_flipped(whole: Path, path: Path, places: Iterable[int]) -> Path:
    """A copy with a wrong byte at each of `places`."""
    data = bytearray(whole.read_bytes())
    for place in places:
        data[place] ^= 0xFF
    path.write_bytes(data)
    return path


# ---- a shelf of them


class Shelf:
    """Makes each film once, when it is first asked for by its file name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, file: str) -> Path:
        path = self._folder / file
        return path if path.exists() else self._make(path)

    def _make(self, path: Path) -> Path:
        for recipe in RECIPES:
            if recipe.file == path.name:
                return write_film(recipe, self._folder)
        made: dict[str, Callable[[], Path]] = {
            "cut.mp4": lambda: write_cut(self["constant25.mp4"], self._folder),
            "midcut.ts": lambda: write_cut_bytes(self["late.ts"], path, 0.35, 0.8, unit=188),
            "broken.mkv": lambda: write_cut_bytes(self["opengop.mkv"], path, 0, 0.6),
            "broken.avi": lambda: write_cut_bytes(self["xvid_b.avi"], path, 0, 0.6),
            "broken.mp4": lambda: write_cut_bytes(self["fragments.mp4"], path, 0, 0.6),
            "headless.mp4": lambda: write_cut_bytes(self["constant25.mp4"], path, 0, 0.6),
            "zeros.mkv": lambda: write_zeros(self["opengop.mkv"], path, 0.7),
            "tone.m4a": lambda: write_tone(path),
        }
        return made[path.name]()


def recipe_of(file: str) -> Recipe:
    return next(recipe for recipe in RECIPES if recipe.file == file)
