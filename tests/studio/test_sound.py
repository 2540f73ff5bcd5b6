"""The sound of small scenarios. Words come from a speaker written here, so espeak-ng is not needed."""

import json
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from studio import speech
from studio.acts import VOICE, contact_us
from studio.heard import Heard
from studio.noises import clap
from studio.scenario import Camera
from studio.signals import HZ, Signal, curve, decibels, read_at
from studio.sound import Sound, heard_by, make_sound, wav_bytes, write_sound
from studio.speech import Line, SoundError, espeak
from studio.utterances import stretches
from studio.voices import AH, Throat, sung, throat, voiced
from tests.studio.scenes import FATHER, FRONT, act, scene

WORDS_WITHOUT_WORDS = ("coo", "babble", "squeal", "laugh", "fuss", "cry", "cough")


def vowel(seconds: float, hz: float = 220) -> Signal:
    n = round(seconds * HZ)
    vowels = np.tile(np.array(AH)[:, None], n)
    return 0.2 * sung(Throat(hz, 145), np.full(n, hz), vowels, np.ones(n), np.random.default_rng(1))


def speaker(line: Line) -> Signal:
    """Each word a vowel of 0.3 s; "…" is a pause of 0.3 s, "," one of 0.1 s; silence of 0.25 s at both ends."""
    lengths = {"…": -0.3, ",": -0.1}
    parts = [np.zeros(HZ // 4)]
    for word in line.words.split():
        seconds = lengths.get(word, 0.3)
        parts.append(vowel(seconds) if seconds > 0 else np.zeros(round(-seconds * HZ)))
    return np.concatenate([*parts, np.zeros(HZ // 4)])


def spans(sound: Sound, who: str) -> list[tuple[int, int]]:
    return [(one.start_us, one.end_us) for one in sound.segments if one.who == who]


def part(samples: NDArray[np.floating], start_s: float, end_s: float) -> Signal:
    return np.asarray(samples[round(start_s * HZ) : round(end_s * HZ)], np.float64)


# ---- who is heard when


def test_segment_is_the_voice_and_not_the_recording() -> None:
    """The speaker's silence at both ends is cut: the voice begins at the act's time and lasts its 0.6 s."""
    sound = make_sound(scene(act("parent", "say", 1.0, words="ah ah")), speak=speaker)
    ((start_us, end_us),) = spans(sound, "parent")
    assert start_us == 1_000_000
    assert end_us == pytest.approx(1_600_000, abs=15_000)
    assert decibels(part(sound.samples, 0.5, 0.98).std()) < -55
    assert decibels(part(sound.samples, 1.02, 1.55).std()) > -26


def test_long_pause_parts_a_segment_and_a_short_one_does_not() -> None:
    """0.3 s of silence is a pause between two stretches; 0.1 s belongs to the voice."""
    sound = make_sound(scene(act("parent", "say", 1.0, words="ah , ah … ah")), speak=speaker)
    assert len(spans(sound, "parent")) == 2
    assert sum(spans(sound, "parent"), ()) == pytest.approx((1e6, 1.7e6, 2.0e6, 2.3e6), abs=15_000)


def test_stretches_leave_out_clicks() -> None:
    """A click of 10 ms before a vowel is no voice."""
    signal = np.concatenate([vowel(0.01), np.zeros(HZ // 2), vowel(0.5)])
    ((start_us, end_us),) = stretches(signal)
    assert start_us == pytest.approx(510_000, abs=5_000)
    assert end_us == pytest.approx(1_010_000, abs=5_000)


def test_hands_and_toys_are_heard_but_are_no_voice() -> None:
    """A clap, a block put down, a cup tapped: sound without a segment and without an open mouth."""
    clapping = act("parent", "clap", 1.0)
    put = act("child", "put_down", 2.0, target="block", where="middle")
    sound = make_sound(scene(clapping, put), speak=speaker)
    assert sound.segments == ()
    assert sound.envelope("parent", np.arange(0, 4_000_000, 40_000)).max() == 0
    for one in (clapping, put):
        at_s = contact_us(one) / 1e6
        before, after = part(sound.samples, at_s - 0.05, at_s - 0.002), part(sound.samples, at_s, at_s + 0.05)
        assert decibels(after.std()) > decibels(before.std()) + 10, one.verb


def test_cup_that_is_played_with_taps_more_than_once() -> None:
    """From 1 s to 4 s it comes down about every 0.8 s."""
    sound = make_sound(scene(act("child", "play", 1.0, seconds=3.0, target="cup")), speak=speaker)
    blocks = np.abs(sound.samples).reshape(-1, HZ // 20).max(axis=1)
    loud = np.flatnonzero(blocks > 0.02)
    assert len(loud[np.diff(loud, prepend=-9) > 4]) == 2


def test_mouth_is_open_with_the_voice_only() -> None:
    """The envelope is above 0.5 in the vowels, 0 well outside, and never leaves 0 … 1."""
    sound = make_sound(scene(act("child", "babble", 1.0, seconds=1.2)), speak=speaker)
    times = np.arange(0, 4_000_000, 40_000)
    mouth = sound.envelope("child", times)
    inside = sound.heard.voiced("child", times)
    assert mouth.min() == 0
    assert 0.9 < mouth.max() <= 1
    assert mouth[inside].mean() > 0.4
    assert mouth[(times < 950_000) | (times > 2_260_000)].max() == 0
    assert np.ptp(mouth[inside]) > 0.6, "it closes between the syllables"
    assert sound.envelope("parent", times).max() == 0


# ---- who may not be heard at once


def test_running_into_the_others_voice_is_refused_with_both_acts_and_the_length() -> None:
    """Four words last 1.2 s; the child coos after 1.0 s."""
    acts = (act("parent", "say", 1.0, words="ah ah ah ah"), act("child", "coo", 2.0))
    with pytest.raises(SoundError) as error:
        make_sound(scene(*acts), speak=speaker)
    assert str(error.value) == (
        "scene.toml, act 1: the parent's “ah ah ah ah” at 1.00 s lasts 1.20 s and runs 0.20 s into act 2, "
        "the child's coo at 2.00 s. Start act 2 at 2.6 s or later, or say less."
    )


def test_overlap_that_is_meant_is_made() -> None:
    """The script marks the second act."""
    acts = (act("parent", "say", 1.0, words="ah ah ah ah"), act("child", "coo", 2.0))
    sound = make_sound(scene(*acts, overlaps=frozenset({1})), speak=speaker)
    assert spans(sound, "parent")[0][1] > spans(sound, "child")[0][0]


def test_nobody_speaks_twice_at_once_even_if_overlap_is_written() -> None:
    """A person has one mouth."""
    acts = (act("parent", "say", 1.0, words="ah ah ah"), act("parent", "laugh", 1.5))
    with pytest.raises(SoundError, match=r"lasts 0\.90 s and runs 0\.40 s into act 2"):
        make_sound(scene(*acts, overlaps=frozenset({1})), speak=speaker)


def test_words_beyond_the_end_are_refused() -> None:
    """All faults are told at once."""
    acts = (
        act("parent", "say", 1.0, words="ah ah"),
        act("child", "coo", 1.2),
        act("parent", "say", 3.5, words="ah ah"),
    )
    with pytest.raises(SoundError) as error:
        make_sound(scene(*acts), speak=speaker)
    assert len(error.value.problems) == 2
    assert "0.10 s beyond the end of the clip" in str(error.value)


# ---- what it sounds like


def test_same_seed_same_sound_and_another_seed_another() -> None:
    """Bit for bit."""
    script = scene(act("child", "babble", 0.5), act("parent", "laugh", 2.0))
    one, again, other = (make_sound(script, seed, speaker).samples for seed in (3, 3, 4))
    assert one.tobytes() == again.tobytes()
    assert one.tobytes() != other.tobytes()


@pytest.mark.parametrize("years", [0.5, 1.5, 4.5, 30])
@pytest.mark.parametrize("verb", WORDS_WITHOUT_WORDS)
def test_every_voice_has_its_length_and_a_safe_level(verb: str, years: float) -> None:
    """It begins at once, fills its time but for a last breath, does not clip, and has no jump that clicks."""
    signal = voiced(verb, throat(years, "female"), 1.5, np.random.default_rng(2))
    found = stretches(signal)
    assert len(signal) == 1.5 * HZ
    assert found[0][0] < 60_000
    assert found[-1][1] > 1_200_000
    assert 0.05 < np.abs(signal).max() < 0.8
    assert abs(signal[0]) < 1e-3
    assert abs(signal[-1]) < 1e-3


def test_the_voices_of_this_table_are_all_there_are() -> None:
    """A new voice verb must be given a sound, and this test its name."""
    assert {*WORDS_WITHOUT_WORDS, "say"} == VOICE


def pitch_hz(signal: Signal) -> float:
    """The strongest repetition between 80 and 1500 Hz, by autocorrelation of the loudest tenth of a second."""
    n = HZ // 10
    loudest = max(range(0, len(signal) - n, n // 2), key=lambda k: float(signal[k : k + n].std()))
    window = signal[loudest : loudest + n]
    like = np.correlate(window, window, "full")[n - 1 :]
    return float(HZ / (HZ // 1500 + like[HZ // 1500 : HZ // 80].argmax()))


def test_pitch_falls_with_age_and_fathers_are_lower() -> None:
    """Laughter of an infant, a preschooler, a mother and a father, each lower than the one before."""
    people = (throat(0.5, "female"), throat(4.5, "male"), throat(33, "female"), throat(35, "male"))
    heard = [pitch_hz(voiced("laugh", one, 1.5, np.random.default_rng(2))) for one in people]
    assert heard == sorted(heard, reverse=True)
    assert heard[0] > 350
    assert heard[-1] < 190


def test_throats_grow() -> None:
    """A longer tract with age, below any adult's."""
    lengths = [throat(years, "male").tract_mm for years in (0.5, 1, 1.5, 2, 3, 4.5, 30)]
    assert lengths == sorted(lengths)
    assert throat(4.5, "male") == throat(4.5, "female")


def test_cry_has_breaths_and_babble_has_not() -> None:
    """Three seconds of crying are three wails; a second of babble is one stretch of voice."""
    random = np.random.default_rng(2)
    assert len(stretches(voiced("cry", throat(0.5, "male"), 3.0, random))) == 3
    assert len(stretches(voiced("babble", throat(1.5, "male"), 1.0, random))) == 1


def test_clap_is_sharp_and_has_high_and_low_sound() -> None:
    """Half of its energy comes within 10 ms; at least a twentieth lies below 1 kHz and above 4 kHz."""
    signal = clap(np.random.default_rng(1))
    energy = np.cumsum(signal**2) / (signal**2).sum()
    assert energy[HZ // 100] > 0.5
    spectrum = np.abs(np.fft.rfft(signal)) ** 2
    hz = np.fft.rfftfreq(len(signal), 1 / HZ)
    for band in (hz < 1000, hz > 4000):
        assert spectrum[band].sum() / spectrum.sum() > 0.05


def test_mix_never_clips_and_the_room_is_quiet() -> None:
    """The loudest moments together stay below 0.9; where nothing happens it is below -55 dB but not dead."""
    acts = [act("child", "cry", 0.5, seconds=2), act("parent", "clap", 0.6), act("parent", "laugh", 1)]
    sound = make_sound(scene(*acts, parent=FATHER, months=6, overlaps=frozenset({2})), speak=speaker)
    assert np.abs(sound.samples).max() < 0.9
    assert -75 < decibels(part(sound.samples, 3.5, 4.0).std()) < -52


def test_curve_goes_through_its_points() -> None:
    line = curve(HZ, (0, 0.0), (0.5, 1.0), (1, 0.0))
    assert len(line) == HZ
    assert line[HZ // 2] == pytest.approx(1, abs=0.02)
    assert line[HZ // 4] == pytest.approx(0.5, abs=0.005)
    assert abs(line[0]) < 0.02


# ---- two cameras


def test_reading_between_samples_is_exact_for_a_tone() -> None:
    """A 3 kHz tone read a third of a sample later, and 120 ppm slower."""
    at = np.arange(HZ // 2).astype(float)
    tone = np.sin(2 * np.pi * 3000 * at / HZ)
    wanted = at[100:-200] * (1 - 120e-6) + 1 / 3
    assert np.abs(read_at(tone, wanted) - np.sin(2 * np.pi * 3000 * wanted / HZ)).max() < 1e-3


def onset_us(samples: NDArray[np.floating]) -> float:
    return float(np.flatnonzero(np.abs(samples) > np.abs(samples).max() / 4)[0] / HZ * 1e6)


def test_second_camera_hears_later_start_and_drift() -> None:
    """At 120 ppm fast, 18 s after its start, the file's clock is 2.16 ms ahead of the session's."""
    skewed = Camera("b", starts_us=1_500_000, skew_ppm=120)
    clapping = act("parent", "clap", 19.2)
    script = scene(clapping, seconds=20, cameras=(FRONT, skewed))
    sound = make_sound(script, speak=speaker)
    here, there = heard_by(sound, script, FRONT), heard_by(sound, script, skewed)
    assert len(here) == 20 * HZ
    assert len(there) == round(463 / 25 * HZ)
    in_session = contact_us(clapping)
    assert onset_us(here) == pytest.approx(in_session, abs=300)
    assert onset_us(there) == pytest.approx((in_session - 1_500_000) / (1 - 120e-6), abs=300)
    assert np.abs(here - sound.samples).max() < 1e-6, "the camera by the players hears the session itself"


def test_camera_on_the_childs_side_hears_the_child_louder() -> None:
    """The right camera is nearer to the child, the left one to the parent."""
    left, right = Camera("a", view="left"), Camera("b", view="right")
    script = scene(act("child", "coo", 1.0), act("parent", "laugh", 2.5, seconds=1), cameras=(left, right))
    sound = make_sound(script, speak=speaker)
    of_left, of_right = heard_by(sound, script, left), heard_by(sound, script, right)
    assert part(of_right, 1, 1.8).std() > 1.1 * part(of_left, 1, 1.8).std()
    assert part(of_left, 2.5, 3.5).std() > 1.1 * part(of_right, 2.5, 3.5).std()


# ---- files


def test_files_that_are_written(tmp_path: Path) -> None:
    """The mix, each camera's sound, all that is heard, and the shipped list of segments."""
    cameras = (FRONT, Camera("b", view="right", starts_us=500_000))
    script = scene(act("child", "coo", 1.0), cameras=cameras)
    sound = make_sound(script, 5, speaker)
    write_sound(sound, script, tmp_path / "new", tmp_path / "scene.sound.json")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {
        "sound.wav",
        "sound.a.wav",
        "sound.b.wav",
        "sound.json",
    }
    with wave.open(str(tmp_path / "new" / "sound.b.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (HZ, 1, round(3.52 * HZ))
    heard = Heard.from_json((tmp_path / "new" / "sound.json").read_text(encoding="utf-8"))
    assert heard.segments == sound.segments
    times = np.arange(0, 4_000_000, 40_000)
    assert np.abs(heard.envelope("child", times) - sound.envelope("child", times)).max() < 1e-3
    shipped = json.loads((tmp_path / "scene.sound.json").read_text(encoding="utf-8"))
    assert shipped["made_with"]["seed"] == "5"
    assert shipped["segments"] == [
        {"who": "child", "act_index": 0, "start_us": 1_000_000, "end_us": sound.segments[0].end_us}
    ]
    assert "envelopes" not in shipped


# ---- espeak-ng


def line_of(words: str, *, sex: str = "female", years: float = 33, kind: str | None = None) -> Line:
    return Line(words, sex, years > 12, throat(years, sex), kind)


def test_missing_espeak_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing and how to get it."""
    monkeypatch.setenv("PATH", "")
    speech._program.cache_clear()
    with pytest.raises(
        SoundError, match=r"^The parent's words are .* not installed\. Install it with: sudo apt-get"
    ):
        espeak(line_of("Hello"))
    speech._program.cache_clear()


def test_what_is_asked_of_espeak(monkeypatch: pytest.MonkeyPatch) -> None:
    """A man's voice for a father, words as text and not as marks, a child's word slower and then read faster."""
    asked: list[list[str]] = []

    def answered(arguments: list[str]) -> bytes:
        asked.append(arguments)
        return wav_bytes(vowel(1.0).astype(np.float32))

    monkeypatch.setattr(speech, "_asked", answered)
    of_father = espeak(line_of("<3 you & me", sex="male", years=35))
    of_child = espeak(line_of("Ball", years=1.5, sex="male"))
    assert asked[0][1] == "en-us+m7"
    assert "&lt;3 you &amp; me" in asked[0][-1]
    assert asked[1][1] == "en-us+f3"
    assert len(of_father) == HZ
    assert len(of_child) == pytest.approx(HZ * 92 / 145, abs=2)
    assert pitch_hz(of_child) == pytest.approx(220 * 145 / 92, rel=0.03)


def test_silence_from_espeak_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words without sound, "…" say, cannot be a voice act."""
    monkeypatch.setattr(speech, "_asked", lambda _: wav_bytes(np.zeros(HZ, np.float32)))
    with pytest.raises(SoundError, match="espeak-ng says nothing for the words “…”"):
        espeak(line_of("…"))
