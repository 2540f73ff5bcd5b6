"""The simulated coders of `sample_media/passes`: each pass beside its master, with the ledger of its errors."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from coder.formats.events_csv import read_events
from coder.formats.scheme_file import find_scheme, read_scheme
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import Scheme
from coder.model.study import Purpose
from coder.model.time import MILLISECOND_US, SECOND_US
from coder.settings.shipped import shipped
from coder.training.patterns import Beside
from studio.coders import frame_times, read_master
from studio.habits import SESSIONS

SAMPLES = shipped("sample_media")
SCHEMES = ("gaze-near", "shared-play", "cue-response", "face-to-face", "ratings")
CODERS = ("careful", "hasty", "confused", *(f"drifting-{number}" for number in range(1, SESSIONS + 1)))


@dataclass(frozen=True)
class Planted:
    """One row of a ledger. event: the master's. lag_us: None where none is told."""

    what: str
    event: Event
    code: str
    lag_us: int | None


def clips(scheme: str) -> list[str]:
    """The clips that have a master of the scheme, and passes."""
    there = [path.name.split(".")[0] for path in sorted(SAMPLES.glob(f"*.{scheme}.master.csv"))]
    return [clip for clip in there if (SAMPLES / "passes" / f"{clip}.{scheme}.careful.csv").is_file()]


def every_pass() -> Iterator[tuple[str, str, str]]:
    """Clip, scheme, coder."""
    for scheme in SCHEMES:
        for clip in clips(scheme):
            for coder in CODERS:
                yield clip, scheme, coder


@cache
def a_scheme(name: str) -> Scheme:
    return read_scheme(find_scheme(name, shipped("schemes")))


@cache
def frames(clip: str) -> tuple[int, ...]:
    return frame_times(clip, SAMPLES)


@cache
def master(clip: str, scheme: str) -> CodingPass:
    """As the simulated coders were made from it: without what else is right."""
    made = read_master(SAMPLES / f"{clip}.{scheme}.master.csv", a_scheme(scheme), frames(clip))
    return CodingPass.of(made.header, (replace(event, either=()) for event in made))


@cache
def beside(clip: str, scheme: str, coder: str) -> Beside:
    """The coder's pass beside the master."""
    right = master(clip, scheme)
    events = read_events(SAMPLES / "passes" / f"{clip}.{scheme}.{coder}.csv", a_scheme(scheme))
    header = PassHeader(coder, clip, right.header.scheme, coder, Purpose.TRAINING, right.window)
    return Beside(right, CodingPass.of(header, events))


def planted(clip: str, scheme: str, coder: str) -> list[Planted]:
    """What the ledger says."""
    found = []
    of = {(one.tier, one.code, one.onset_us, one.offset_us): one for one in master(clip, scheme)}
    path = SAMPLES / "passes" / f"{clip}.{scheme}.{coder}.planted.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            times = (round(float(row[name]) * SECOND_US) for name in ("onset", "offset"))
            event = of[row["tier"], row["code"], *times]
            lag_us = round(float(row["shift_ms"]) * MILLISECOND_US) if row["shift_ms"] else None
            found.append(Planted(row["what"], event, row["coder_code"], lag_us))
    return found
