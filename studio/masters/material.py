"""What master codes are made of: the acts of the script, the truth of the film, the voices in the sound."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coder.model.coding import Modifiers
from coder.model.problem import CoderError, Problem
from coder.model.time import SECOND_US, Span
from studio import clock
from studio.acts import Act
from studio.heard import Segment, read_heard
from studio.masters.frames import Frames
from studio.places import SAMPLES
from studio.scenario import Camera, Episode, Picture, Rating, Scenario
from studio.truth import Person, Truth, read_truth


@dataclass(frozen=True, slots=True)
class Coded:
    """One master code: an event that has no id yet. A point event has an empty span.

    note: the reason for it, for a person. answer: code and onset of the act that answers a cue, as tables have it:
    `act_talk@12.480000`. either: codes that are as right here, "" for no event at all. onset_zone, offset_zone:
    where that edge may lie as well, both ends included.
    """

    tier: str
    code: str
    span: Span
    modifiers: Modifiers = ()
    note: str = ""
    answer: str = ""
    either: tuple[str, ...] = ()
    onset_zone: Span | None = None
    offset_zone: Span | None = None


@dataclass(frozen=True, eq=False)
class Material:
    """Everything that the masters of one clip are derived from, on the session clock."""

    name: str
    acts: tuple[Act, ...]
    truth: Truth
    frames: Frames
    voices: tuple[Segment, ...] = ()
    picture: Picture = field(default_factory=Picture)
    ratings: tuple[Rating, ...] = ()
    episodes: tuple[Episode, ...] = ()

    def __post_init__(self) -> None:
        if len(self.truth) != len(self.frames):
            what = f"The truth has {len(self.truth)} frames, and the script asks for {len(self.frames)}."
            raise CoderError(Problem(what, self.name, "Make the truth anew: python -m studio truth."))

    def acts_of(self, who: str, *verbs: str) -> Iterator[Act]:
        """The acts of a person with one of these verbs, in the order of their onsets."""
        return (act for act in self.acts if act.who == who and act.verb in verbs)

    def seen(self, who: str) -> Person:
        """The truth of one person."""
        return self.truth.of(who)

    def during(self, span: Span) -> range:
        """The frames in which a coder sees something that lasts over `span`: from the one shown at its start."""
        return self.frames.within(self.frames.mark(span.start_us), span.end_us)

    def flags(self, acts: Iterable[Act]) -> list[bool]:
        """For each frame: does one of the acts go on?"""
        row = [False] * len(self.frames)
        for act in acts:
            for index in self.during(span_of(act)):
                row[index] = True
        return row

    def voices_of(self, act: Act) -> list[Segment]:
        """The stretches in which an act is heard."""
        return [voice for voice in self.voices if voice.act_index == act.index]


def span_of(act: Act) -> Span:
    """When an act lasts; every act of a resolved script has an end."""
    assert act.end_us is not None
    return Span(act.start_us, act.end_us)


def material(scenario: Scenario, folder: Path = SAMPLES) -> Material:
    """The material of a clip, from the files shipped with it.

    With several cameras the first one's film is what is coded: its clock is the session's. Raises TruthError,
    HeardError or CoderError if a file will not do.
    """
    camera = scenario.cameras[0]
    heard = read_heard(folder / f"{scenario.name}.sound.json")
    return Material(
        name=scenario.name,
        acts=scenario.acts,
        truth=read_truth(truth_path(scenario, folder)),
        frames=frames_of(scenario, camera),
        voices=tuple(sorted(heard.segments, key=lambda voice: (voice.start_us, voice.act_index))),
        picture=scenario.picture,
        ratings=scenario.ratings,
        episodes=scenario.episodes,
    )


def truth_path(scenario: Scenario, folder: Path = SAMPLES) -> Path:
    """The truth table of the film that is coded."""
    return folder / f"{scenario.film_stem(scenario.cameras[0])}.truth.csv"


def frames_of(scenario: Scenario, camera: Camera) -> Frames:
    """When the frames of a camera's film are shown, on the session clock."""
    stamps = clock.stamps(scenario, camera)
    end_us = clock.session_us(camera, math.ceil(stamps.end * stamps.tick_s * SECOND_US))
    return Frames((*clock.frame_times_us(scenario, camera), end_us))
