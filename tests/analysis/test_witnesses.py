"""Two cameras on one session: who speaks when, drawn one letter a second."""

import numpy as np
import pytest

from coder.analysis.witnesses import Tracks, better_seen, sampled
from coder.model.time import SECOND_US
from coder.model.track import FeatureTrack, Provenance, Signal, Why

_RATE = 10


def track(name: str, values: "list[float]", valid: "list[bool]", camera: str, shift_us: int) -> FeatureTrack:
    times_us = np.arange(len(values), dtype=np.int64) * (SECOND_US // _RATE) + shift_us
    mask = np.array(valid)
    why = np.where(mask, Why.SEEN, Why.NO_FACE).astype(np.uint8)
    provenance = Provenance("dyad", "1", camera, {}, {}, {}, 0, 0)
    return FeatureTrack(Signal(name, name, "", 0, 1), times_us, np.array(values), mask, provenance, why)


def camera(name: str, shift_us: int = 0, **widths: str) -> Tracks:
    """parent="55.": the face's width in tens of pixels, second by second; `.` not seen. Pitch is its name."""
    tracks = {}
    for person, letters in widths.items():
        frames = [letter for letter in letters for _ in range(_RATE)]
        seen = [letter != "." for letter in frames]
        px = [0.0 if letter == "." else 10.0 * int(letter) for letter in frames]
        always = [True] * len(frames)
        for signal, values, valid in (
            ("found", [float(one) for one in seen], always),
            ("face_px", px, seen),
            ("yaw_deg", [0.0] * len(frames), seen),
            ("pitch_deg", [float(ord(name))] * len(frames), seen),
        ):
            tracks[f"{person}_{signal}"] = track(f"{person}_{signal}", values, valid, name, shift_us)
    if {"parent", "child"} <= widths.keys():
        both = [a != "." and b != "." for a, b in zip(widths["parent"], widths["child"], strict=True)]
        seen = [one for one in both for _ in range(_RATE)]
        tracks["both_found"] = track(
            "both_found", [float(one) for one in seen], [True] * len(seen), name, shift_us
        )
        tracks["touch"] = track("touch", [float(ord(name))] * len(seen), seen, name, shift_us)
    return tracks


def heard(joined: FeatureTrack) -> str:
    """Who spoke in each second, by the value that each camera gives."""
    seconds = joined.times_us // SECOND_US
    return "".join(
        "".join(sorted({chr(int(value)) for value in joined.values[seconds == second]}))
        for second in np.unique(seconds)
    )


def test_the_camera_that_shows_a_face_larger_speaks() -> None:
    joined = better_seen([camera("A", parent="9922"), camera("B", parent="3388")])
    assert heard(joined["parent_pitch_deg"]) == "AABB"


def test_a_little_larger_is_not_enough_to_take_over() -> None:
    joined = better_seen([camera("A", parent="5555"), camera("B", parent="5657")])
    assert heard(joined["parent_pitch_deg"]) == "AAAB"


def test_a_camera_that_sees_somebody_speaks_before_one_that_does_not() -> None:
    joined = better_seen([camera("A", child="9..9"), camera("B", child="2222")])
    assert heard(joined["child_pitch_deg"]) == "ABBA"


def test_what_concerns_both_comes_from_where_the_worse_seen_is_better() -> None:
    a, b = camera("A", parent="999", child="1.4"), camera("B", parent="333", child="332")
    assert heard(better_seen([a, b])["touch"]) == "BBA"


def test_every_value_stays_at_the_time_of_its_own_frame() -> None:
    joined = better_seen([camera("A", parent="9922"), camera("B", shift_us=40_000, parent="3388")])
    times_us = joined["parent_pitch_deg"].times_us
    assert (np.diff(times_us) > 0).all()
    assert set(times_us[joined["parent_pitch_deg"].values == ord("A")] % 100_000) == {0}
    assert set(times_us[joined["parent_pitch_deg"].values == ord("B")] % 100_000) == {40_000}


def test_both_are_found_when_each_is_seen_by_one_camera() -> None:
    joined = better_seen([camera("A", parent="99", child=".."), camera("B", parent="..", child="9.")])
    both = joined["both_found"]
    seconds = both.times_us // SECOND_US
    assert both.valid.all()
    assert set(both.values[seconds == 0]) == {1.0}
    assert set(both.values[seconds == 1]) == {0.0}


def test_reasons_stay_with_their_values() -> None:
    joined = better_seen([camera("A", child="9..9"), camera("B", child=".2..")])["child_pitch_deg"]
    assert joined.why is not None
    assert ((joined.why == Why.SEEN) == joined.valid).all()


def test_one_camera_speaks_for_itself_and_a_signal_of_one_camera_is_kept() -> None:
    alone = camera("A", parent="99")
    assert better_seen([alone]) == alone
    voice = {"voice": track("voice", [1.0] * 5, [True] * 5, "B", 0)}
    assert better_seen([alone, voice])["voice"] is voice["voice"]


@pytest.mark.parametrize(("at_us", "valid"), [(-1, False), (0, True), (350_000, True), (1_800_000, False)])
def test_a_stale_value_says_nothing_about_now(at_us: int, valid: bool) -> None:
    one = camera("A", parent="9")["parent_pitch_deg"]
    assert sampled(one, np.array([at_us]))[1].tolist() == [valid]
