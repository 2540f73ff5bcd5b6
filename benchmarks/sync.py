"""How well two films are laid side by side by their sound, and that others are refused.

    python benchmarks/sync.py [--short]

The sample clip with two cameras, whose truth is known, and rooms made for it (tests/sounds.py): two people who
talk with pauses, heard by two microphones that differ in place, echo, frequencies and noise, for up to half an
hour, with offsets of up to ten minutes and clocks up to 200 parts in a million off.

The error is how far a moment is put from where it is, at its worst in the shared stretch; where people stand
farther from one microphone, 3 ms a metre of it belong to the air. Rooms that have nothing in common must be
refused, every one. The time is that of comparing, beside bare PyAV decoding the two sound tracks.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

import av

from coder.media import propose
from coder.media.alignment import Proposal
from coder.settings.shipped import shipped
from tests.sounds import GOOD, POOR, Microphone, people, recorded, write_wave

# seconds of both, offset in seconds, skew in parts in a million, the second microphone
PAIRS = (
    (600, 600, 12.345, 0, GOOD),
    (600, 600, 12.345, 200, GOOD),
    (600, 600, 12.345, -200, POOR),
    (900, 600, 240.5, 80, POOR),
    (1200, 900, 590.0, -120, POOR),
    (1200, 900, -45.0, 35, GOOD),
    (1800, 1800, 600.0, 200, POOR),
    (1800, 300, 600.0, -200, POOR),
)


def worst_ms(found: Proposal, offset_s: float, skew_ppm: float, begin_s: float, end_s: float) -> float:
    """How far off a moment is put, at its worst, between two times of the second film."""
    off = found.offset_us / 1e6 - offset_s
    return max(abs(off - at_s * (found.skew_ppm - skew_ppm) / 1e6) for at_s in (begin_s, end_s)) * 1000


def bare_s(*paths: Path) -> float:
    """Seconds that PyAV takes to decode the sound."""
    begin = time.perf_counter()
    for path in paths:
        with av.open(str(path)) as container:
            for _ in container.decode(audio=0):
                pass
    return time.perf_counter() - begin


def sample() -> None:
    place = shipped("sample_media")
    truth = json.loads((place / "two-cameras.json").read_text("utf-8"))["cameras"][1]
    found = propose(place / "two-cameras.a.mp4", place / "two-cameras.b.mp4")
    error = worst_ms(found, truth["offset_us"] / 1e6, truth["skew_ppm"], 0, 18.5)
    print(
        f"two-cameras: error {error:.2f} ms, skew {found.skew_ppm:+d} for {truth['skew_ppm']:+d} ppm, "
        f"±{found.uncertainty_us / 1000:.1f} ms, {len(found.matches)} matches, accepted: {found.enough}"
    )


def rooms(folder: Path, *, short: bool) -> None:
    """Pairs from one room, and each against a room of other people."""
    errors, skews, refused, ratios = [], [], 0, []
    pairs = PAIRS[:3] if short else PAIRS
    for number, (first_s, other_s, offset_s, skew_ppm, microphone) in enumerate(pairs):
        error, skew, ratio, rejected = _pair(folder, number, first_s, other_s, offset_s, skew_ppm, microphone)
        errors.append(error)
        skews.append(skew)
        ratios.append(ratio)
        refused += rejected
    median, worst, ratio = statistics.median(errors), max(errors), statistics.median(ratios)
    print(f"error: median {median:.2f} ms, worst {worst:.2f} ms; skew at worst {max(skews)} ppm off")
    print(f"other rooms refused: {refused} of {len(pairs)}; time beside bare decoding: {ratio:.1f}")


def _pair(
    folder: Path, number: int, first_s: int, other_s: int, offset_s: float, skew_ppm: int, microphone: Microphone
) -> tuple[float, int, float, bool]:
    first, other, stranger = (folder / f"{name}.wav" for name in ("first", "other", "stranger"))
    room = people(max(first_s, offset_s + other_s) + 5, 10 * number)
    write_wave(first, recorded(room, GOOD, seconds=first_s, seed=1))
    sound = recorded(room, microphone, seconds=other_s, offset_s=offset_s, skew_ppm=skew_ppm, seed=2)
    write_wave(other, sound)
    write_wave(stranger, recorded(people(other_s, 10 * number + 5), microphone, seconds=other_s, seed=3))
    begin = time.perf_counter()
    found = propose(first, other)
    ours_s = time.perf_counter() - begin
    begin_s, end_s = max(0.0, -offset_s), min(other_s, first_s - offset_s)
    error = worst_ms(found, offset_s, skew_ppm, begin_s, end_s)
    made = f"{first_s:5} and {other_s:4} s, offset {offset_s:+8.3f} s, skew {skew_ppm:+4d} ppm"
    made += f", {'poor' if microphone is POOR else 'good'} microphone"
    told = f"error {error:5.2f} ms, skew {found.skew_ppm:+4d}, ±{found.uncertainty_us / 1000:.1f} ms"
    print(f"{made}: {told}, {len(found.matches):3} matches, accepted: {found.enough}, {ours_s:.1f} s")
    rejected = not propose(first, stranger).enough
    return error, abs(found.skew_ppm - skew_ppm), ours_s / bare_s(first, other), rejected


def main() -> None:
    parser = argparse.ArgumentParser(description="Two films side by side by their sound")
    parser.add_argument("--short", action="store_true", help="fewer and shorter pairs")
    short = parser.parse_args().short
    sample()
    with tempfile.TemporaryDirectory() as folder:
        rooms(Path(folder), short=short)


if __name__ == "__main__":
    main()
