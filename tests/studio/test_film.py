"""Films of plain coloured frames, read back by the product: times, turn, colour, and sound against picture."""

import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from coder.media import SOUND_HZ, FrameSource, SoundReader, frames, open_index, probe
from studio.acts import contact_us
from studio.clock import file_times_us, frame_times_us, session_us
from studio.film import FilmError, make_film, make_films
from studio.scenario import Camera, Picture, Scenario
from studio.sound import heard_by, make_sound, wav_bytes, write_sound
from tests.studio.scenes import FRONT, act, scene

SECOND_B = Camera("b", view="right", starts_us=500_000, skew_ppm=120)
PHONE = Picture(36, 64, frames="phone", mean_hz=24, longest_gap_ms=120, rotation=90)


def colour_of(i: int) -> tuple[int, int, int]:
    """A colour by which a frame is known among its neighbours."""
    return (40 + i * 37 % 160, 60 + i * 17 % 130, 40 + i * 59 % 150)


def write_frames(folder: Path, count: int, width: int, height: int) -> None:
    """PNGs of one colour each, with a white block in the upper left corner."""
    folder.mkdir(parents=True)
    for i in range(count):
        picture = np.empty((height, width, 3), np.uint8)
        picture[:] = colour_of(i)
        picture[: height // 4, : width // 4] = 255
        encoder = VideoCodecContext.create("png", "w")
        encoder.width, encoder.height, encoder.pix_fmt, encoder.framerate = width, height, "rgb24", Fraction(25)
        packets = [*encoder.encode(VideoFrame.from_ndarray(picture, format="rgb24")), *encoder.encode(None)]
        (folder / f"{i:05d}.png").write_bytes(b"".join(bytes(packet) for packet in packets))


def filmed(scenario: Scenario, folder: Path) -> list[Path]:
    """The films of a scenario, made of coloured frames and its own sound."""
    for camera in scenario.cameras:
        count = len(frame_times_us(scenario, camera))
        write_frames(folder / "frames" / camera.id, count, scenario.picture.width, scenario.picture.height)
    write_sound(make_sound(scenario), scenario, folder, folder / "shipped.json")
    return make_films(scenario, folder, folder)


def loudest_onset_us(film: Path) -> int:
    """File time of the first sample of the film's sound above a quarter of its peak, as the product plays it."""
    with SoundReader(film) as reader:
        left = np.frombuffer(b"".join(reader), np.int16).reshape(-1, 2)[:, 0].astype(float)
    return round(int(np.flatnonzero(np.abs(left) > np.abs(left).max() / 4)[0]) / SOUND_HZ * 1e6)


@pytest.mark.parametrize("fps", [25, 30])
def test_every_frame_of_a_steady_film_is_the_one_that_was_drawn(tmp_path: Path, fps: int) -> None:
    """Each frame comes back at its time with its colour."""
    scenario = scene(act("parent", "clap", 0.5), seconds=2, fps=fps)
    (path,) = filmed(scenario, tmp_path)
    film = open_index(path)
    assert path.name == "scene.mp4"
    assert tuple(film.times_us.tolist()) == file_times_us(scenario, FRONT)
    assert film.duration_us == 2_000_000
    for frame in frames(film):
        picture = frame.rgb().astype(int)
        assert np.abs(picture[20:, 20:].mean(axis=(0, 1)) - colour_of(frame.index)).max() < 12, frame.index
        assert picture[:6, :12].mean() > 235


def test_any_frame_is_found_alone(tmp_path: Path) -> None:
    """A jump to frame 41 gives the colour of frame 41."""
    (path,) = filmed(scene(seconds=2), tmp_path)
    with FrameSource(open_index(path)) as source:
        found = source.frame(41).rgb()[20:, 20:].mean(axis=(0, 1))
    assert np.abs(found - colour_of(41)).max() < 12


def test_facts_of_the_file(tmp_path: Path) -> None:
    """H.264 and AAC, 25 frames a second, the sound as long as the picture, the index in front for the web."""
    (path,) = filmed(scene(seconds=3), tmp_path)
    facts = probe(path)
    assert [(stream.kind, stream.codec) for stream in facts.streams] == [("video", "h264"), ("audio", "aac")]
    assert facts.constant_rate
    assert facts.rate == 25
    with av.open(str(path)) as container:
        assert container.duration == pytest.approx(3_000_000, abs=25_000)
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_clap_is_heard_when_it_is_seen(tmp_path: Path) -> None:
    """The encoder's padding does not shift the sound: the clap's onset lies within 10 ms of the contact."""
    clap = act("parent", "clap", 1.0)
    scenario = scene(clap, seconds=3)
    (path,) = filmed(scenario, tmp_path)
    assert loudest_onset_us(path) == pytest.approx(contact_us(clap), abs=10_000)


def test_second_camera_hears_the_clap_on_its_own_clock(tmp_path: Path) -> None:
    """Camera b starts half a second later: its clap is earlier in its file, at the same session time."""
    clap = act("child", "clap", 2.0)
    scenario = scene(clap, seconds=5, cameras=(FRONT, SECOND_B))
    of_a, of_b = filmed(scenario, tmp_path)
    assert (of_a.name, of_b.name) == ("scene.a.mp4", "scene.b.mp4")
    assert loudest_onset_us(of_a) == pytest.approx(contact_us(clap), abs=10_000)
    assert session_us(SECOND_B, loudest_onset_us(of_b)) == pytest.approx(contact_us(clap), abs=10_000)
    assert json.loads((tmp_path / "scene.json").read_text()) == {
        "cameras": [
            {"film": "scene.a.mp4", "offset_us": 0, "skew_ppm": 0, "frames": 125},
            {"film": "scene.b.mp4", "offset_us": 500_000, "skew_ppm": 120, "frames": 113},
        ],
        "claps_session_us": [2_350_000],
    }


def test_voices_begin_in_the_film_where_the_segments_say(tmp_path: Path) -> None:
    """After encoding, each voice rises out of the quiet within 15 ms of its segment's start."""
    voices = (act("child", "coo", 0.8), act("parent", "laugh", 2.0, seconds=1.0), act("child", "babble", 3.4))
    scenario = scene(*voices, seconds=5)
    (path,) = filmed(scenario, tmp_path)
    with SoundReader(path) as reader:
        left = np.frombuffer(b"".join(reader), np.int16).reshape(-1, 2)[:, 0] / 32768
    segments = make_sound(scenario).segments
    assert len(segments) == 3
    for segment in segments:
        start = segment.start_us * SOUND_HZ // 1_000_000
        before, after = left[start - 12_000 : start - 720], left[start : start + 720]
        assert after.std() > 3 * before.std(), segment


def test_phone_film_is_upright_with_uneven_times(tmp_path: Path) -> None:
    """Stored on its side with a turn, as phones do; the product shows it upright, each frame at its odd time."""
    clap = act("parent", "clap", 1.0)
    scenario = scene(clap, seconds=3, name="phone", picture=PHONE)
    (path,) = filmed(scenario, tmp_path)
    facts = probe(path)
    assert not facts.constant_rate
    assert float(facts.rate) == pytest.approx(24, abs=0.4)
    assert (facts.width, facts.height, facts.rotation) == (36, 64, 90)
    with av.open(str(path)) as container:
        stored = container.streams.video[0]
        assert (stored.width, stored.height) == (64, 36)
    film = open_index(path)
    assert tuple(film.times_us.tolist()) == frame_times_us(scenario, FRONT)
    for frame in frames(film):
        picture = frame.rgb().astype(int)
        assert picture.shape == (64, 36, 3)
        assert picture[:10, :6].mean() > 230, "the white block is at the upper left"
        assert np.abs(picture[30:, 14:].mean(axis=(0, 1)) - colour_of(frame.index)).max() < 14, frame.index
    assert loudest_onset_us(path) == pytest.approx(contact_us(clap), abs=10_000)


def test_the_same_frames_make_the_same_file(tmp_path: Path) -> None:
    """Encoding again changes nothing."""
    scenario = scene(act("parent", "clap", 0.5), seconds=1)
    (path,) = filmed(scenario, tmp_path)
    first = path.read_bytes()
    make_films(scenario, tmp_path, tmp_path)
    assert path.read_bytes() == first


def test_missing_frame_is_named_and_the_old_film_stays(tmp_path: Path) -> None:
    """One sentence with the folder, the count and the first one missing; nothing is left behind."""
    scenario = scene(seconds=1)
    (path,) = filmed(scenario, tmp_path)
    before = path.read_bytes()
    for name in ("00007.png", "00011.png"):
        (tmp_path / "frames" / "a" / name).unlink()
    with pytest.raises(FilmError, match=r"frames.a: 2 of 25 frames are missing, the first is 00007\.png\. Render"):
        make_films(scenario, tmp_path, tmp_path)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_frame_of_another_size_is_refused(tmp_path: Path) -> None:
    """The picture is named with both sizes."""
    scenario = scene(seconds=1)
    write_frames(tmp_path / "frames" / "a", 25, 32, 36)
    (tmp_path / "s.wav").write_bytes(wav_bytes(heard_by(make_sound(scenario), scenario, FRONT)))
    with pytest.raises(FilmError, match=r"00000\.png: The frame is 32 x 36 px, not 64 x 36\."):
        make_film(scenario, FRONT, tmp_path / "frames" / "a", tmp_path / "s.wav", tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()


def test_sound_of_another_length_is_refused(tmp_path: Path) -> None:
    """A sound left over from another version of the script would shift what is heard."""
    scenario = scene(seconds=1)
    write_frames(tmp_path / "frames" / "a", 25, 64, 36)
    (tmp_path / "s.wav").write_bytes(wav_bytes(np.zeros(47_000, np.float32)))
    with pytest.raises(FilmError, match="The sound has 47000 samples at 48000 Hz; the film needs 48000"):
        make_film(scenario, FRONT, tmp_path / "frames" / "a", tmp_path / "s.wav", tmp_path / "film.mp4")
