"""The film of a camera: its frames (PNG) and its sound (WAV) as H.264 and AAC with exact time stamps.

A film takes its place only after the product itself (`coder.media`) has read it back: every frame at the intended
time, the picture upright, the sound where it belongs.
"""

import json
import math
import wave
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from coder.media import open_index
from coder.model.problem import CoderError, Problem
from coder.staging import staged, write_whole
from studio.acts import SECOND_US, contact_us
from studio.clock import Stamps, file_times_us, stamps
from studio.places import SAMPLES, build_folder
from studio.scenario import Camera, Scenario, load
from studio.signals import HZ

Picture = NDArray[np.uint8]

X264 = {"preset": "slow", "crf": "20", "g": "50", "keyint_min": "25", "bf": "2"}
# MP4 keeps in the order of decoding how long frames stand: out of order and uneven, the last would end elsewhere
X264_UNEVEN = X264 | {"bf": "0"}
SOUND_BITS_S = 96_000
_BT601, _SRGB_PRIMARIES, _VIDEO_RANGE = 6, 1, 1


class FilmError(CoderError):
    """A film cannot be made; the message says which file is missing or wrong."""


def run(clip: str) -> None:
    """Make a clip's films from its frames and sound; the step `python -m studio film`."""
    make_films(load(clip), build_folder(clip), SAMPLES)


def make_films(scenario: Scenario, build: Path, shipped: Path) -> list[Path]:
    """Film every camera from build/frames/<camera>/*.png and build/sound.<camera>.wav into `shipped`.

    With several cameras their clocks are written beside them. Raises FilmError; no film is changed by a fault.
    """
    made = []
    for camera in scenario.cameras:
        path = shipped / f"{scenario.film_stem(camera)}.mp4"
        make_film(scenario, camera, build / "frames" / camera.id, build / f"sound.{camera.id}.wav", path)
        made.append(path)
    if len(scenario.cameras) > 1:
        write_whole(shipped / f"{scenario.name}.json", _clocks(scenario).encode(), FilmError)
    return made


def make_film(scenario: Scenario, camera: Camera, frames: Path, sound: Path, path: Path) -> None:
    """Encode one camera's film and put it at `path` once it has been read back and found right."""
    times = stamps(scenario, camera)
    pictures = _pictures(scenario, frames, len(times.ticks))
    samples = _samples(sound, round(times.end * times.tick_s * HZ))
    with staged(path, FilmError) as aside:
        _encode(scenario, times, pictures, samples, aside)
        check_film(scenario, camera, aside)


def check_film(scenario: Scenario, camera: Camera, path: Path) -> None:
    """Read a film with the product's own reader. Raises FilmError if a time, size or turn is not as meant."""
    film = open_index(path)
    wanted, ends = file_times_us(scenario, camera), stamps(scenario, camera)
    picture = scenario.picture
    times = film.times_us.tolist()
    first_wrong = next((i for i, (at, meant) in enumerate(zip(times, wanted, strict=False)) if at != meant), 0)
    checks = (
        ("number of frames", film.frame_count, len(wanted)),
        (f"time of frame {first_wrong} in µs", times[first_wrong], wanted[first_wrong]),
        ("length in µs", film.duration_us, math.ceil(ends.end * ends.tick_s * SECOND_US)),
        ("width in px", film.geometry.width, picture.width),
        ("height in px", film.geometry.height, picture.height),
        ("turn in degrees", film.geometry.rotation, picture.rotation),
        ("damage", film.damage, ""),
    )
    for what, found, meant in checks:
        if found != meant:
            raise FilmError(Problem(f"The encoded film's {what} came out as {found}, not {meant}.", path.name))


def _encode(scenario: Scenario, times: Stamps, pictures: Iterator[Picture], sound: AudioFrame, path: Path) -> None:
    turns = scenario.picture.rotation // 90
    width, height = scenario.picture.width, scenario.picture.height
    ends = dict(zip(times.ticks, (*times.ticks[1:], times.end), strict=True))
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        container.metadata["title"] = scenario.title
        options = X264_UNEVEN if scenario.picture.frames == "phone" else X264
        rate = Fraction(len(times.ticks), 1) / (times.end * times.tick_s)
        video = container.add_stream("libx264", rate=rate.limit_denominator(1001), options=options)
        assert isinstance(video, VideoStream)
        video.width, video.height = (height, width) if turns % 2 else (width, height)
        video.pix_fmt = "yuv420p"
        video.codec_context.time_base = times.tick_s
        video.codec_context.colorspace = _BT601
        video.codec_context.color_range = _VIDEO_RANGE
        video.codec_context.color_primaries = _SRGB_PRIMARIES
        if turns:  # the muxer counts counterclockwise
            video.set_display_rotation(-scenario.picture.rotation)
        audio = _sound_stream(container)
        blocks = _blocks(audio, sound)

        def write(packets: "list[Packet[VideoStream]]") -> None:
            for packet in packets:
                # x264 says nothing of how long the last frame stands; the film would end with it.
                packet.duration = ends[packet.pts or 0] - (packet.pts or 0)
                container.mux(packet)

        heard = Fraction(0)
        for tick, picture in zip(times.ticks, pictures, strict=True):
            frame = VideoFrame.from_ndarray(np.ascontiguousarray(np.rot90(picture, turns)), format="rgb24")
            frame = frame.reformat(format="yuv420p", dst_colorspace=_BT601, dst_color_range=_VIDEO_RANGE)
            frame.pts, frame.time_base = tick, times.tick_s
            write(video.encode(frame))
            while heard <= tick * times.tick_s and (block := next(blocks, None)) is not None:
                heard += Fraction(block.samples, HZ)
                container.mux(audio.encode(block))
        write(video.encode(None))
        for block in blocks:
            container.mux(audio.encode(block))
        container.mux(audio.encode(None))


def _sound_stream(container: OutputContainer) -> AudioStream:
    stream = container.add_stream("aac", rate=HZ, layout="mono")
    assert isinstance(stream, AudioStream)
    stream.bit_rate = SOUND_BITS_S
    return stream


def _blocks(stream: AudioStream, sound: AudioFrame) -> Iterator[AudioFrame]:
    """The sound in the blocks that the encoder takes."""
    cutter = av.AudioResampler(format=stream.format, layout="mono", rate=HZ, frame_size=stream.frame_size)
    yield from cutter.resample(sound)
    yield from cutter.resample(None)


def _pictures(scenario: Scenario, folder: Path, count: int) -> Iterator[Picture]:
    """The frames 00000.png … as upright RGB. Raises FilmError, before the first is read, if one is missing."""
    paths = [folder / f"{i:05d}.png" for i in range(count)]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        what = f"{len(missing)} of {count} frames are missing, the first is {missing[0]}."
        raise FilmError(Problem(what, str(folder), f"Render them: python -m studio render {scenario.name}"))
    shape = (scenario.picture.height, scenario.picture.width, 3)
    return (_picture(path, shape) for path in paths)


def _picture(path: Path, shape: tuple[int, int, int]) -> Picture:
    try:
        reader = VideoCodecContext.create("png", "r")
        frames = [*reader.decode(Packet(path.read_bytes())), *reader.decode(None)]
        picture = np.asarray(frames[0].to_ndarray(format="rgb24"), np.uint8)
    except (av.FFmpegError, IndexError, OSError) as error:
        raise FilmError(
            Problem("This is no PNG picture that can be read.", str(path), "Render it again.")
        ) from error
    if picture.shape != shape:
        what = f"The frame is {picture.shape[1]} x {picture.shape[0]} px, not {shape[1]} x {shape[0]}."
        raise FilmError(Problem(what, str(path), "Render it again."))
    return picture


def _samples(path: Path, count: int) -> AudioFrame:
    """The sound as one frame. Raises FilmError if the file is missing or not as long as the film."""
    try:
        with wave.open(str(path), "rb") as file:
            kind = (file.getnchannels(), file.getsampwidth(), file.getframerate(), file.getnframes())
            data = file.readframes(count)
    except (OSError, wave.Error, EOFError) as error:
        raise FilmError(
            Problem("The sound cannot be read.", str(path), "Make it: python -m studio sound")
        ) from error
    if kind != (1, 2, HZ, count):
        what = f"The sound has {kind[3]} samples at {kind[2]} Hz; the film needs {count} at {HZ}, mono, 16 bits."
        raise FilmError(Problem(what, str(path), "Make it again: python -m studio sound"))
    whole = AudioFrame.from_ndarray(np.frombuffer(data, "<i2")[None], format="s16", layout="mono")
    whole.sample_rate, whole.pts, whole.time_base = HZ, 0, Fraction(1, HZ)
    return whole


def _clocks(scenario: Scenario) -> str:
    """The true clocks of the cameras, in the words of `coder.model.study.Media`."""
    cameras = [
        {
            "film": f"{scenario.film_stem(camera)}.mp4",
            "offset_us": camera.starts_us,
            "skew_ppm": round(camera.skew_ppm),
            "frames": len(stamps(scenario, camera).ticks),
        }
        for camera in scenario.cameras
    ]
    claps = [contact_us(act) for act in scenario.acts if act.verb == "clap"]
    return json.dumps({"cameras": cameras, "claps_session_us": claps}, indent=1) + "\n"
