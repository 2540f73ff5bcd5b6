"""A scenario: one sample clip as written by hand (TOML), read into frozen values with every time resolved.

Standard library only: this module also runs where the pictures are rendered. `load` is the one door; a wrong file
raises one ScenarioError that lists every problem, each in one sentence with the file, the act and how to mend it.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from studio.acts import SECOND_US, Act
from studio.hands import Stay, clash_faults, hand_faults, toy_stays
from studio.script import read_acts
from studio.setting import (
    Camera,
    Episode,
    Person,
    Picture,
    Rating,
    Room,
    read_cameras,
    read_episodes,
    read_person,
    read_picture,
    read_ratings,
    read_room,
)
from studio.sheet import Sheet

__all__ = [
    "SCENARIOS",
    "Camera",
    "Episode",
    "Person",
    "Picture",
    "Rating",
    "Room",
    "Scenario",
    "ScenarioError",
    "continuity",
    "load",
    "names",
]

SCENARIOS = Path(__file__).parent / "scenarios"


class ScenarioError(Exception):
    """The file cannot be filmed; the message has one sentence per problem, one per line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Scenario:
    """One clip. `acts` are in order of onset and acts[i].index == i; `numbers[i]` is the act's place in the file
    (1 = first); `overlaps` are the acts whose voice is meant to run into the other's."""

    name: str
    title: str
    purpose: str
    seconds: float
    fps: int
    schemes: tuple[str, ...]
    picture: Picture
    parent: Person
    child: Person
    room: Room
    cameras: tuple[Camera, ...]
    acts: tuple[Act, ...]
    ratings: tuple[Rating, ...]
    episodes: tuple[Episode, ...]
    numbers: tuple[int, ...]
    overlaps: frozenset[int]

    @property
    def length_us(self) -> int:
        """The clip's length in microseconds."""
        return round(self.seconds * SECOND_US)

    def person(self, who: str) -> Person:
        """The figure of "parent" or "child"."""
        return self.parent if who == "parent" else self.child

    def film_stem(self, camera: Camera) -> str:
        """What the files of a camera's film are called: the clip's name, and the camera's id if it has several."""
        return self.name if len(self.cameras) == 1 else f"{self.name}.{camera.id}"

    def stays(self) -> dict[str, list[Stay]]:
        """Each toy's way: who holds it or where it lies, tiling [0, length_us)."""
        return toy_stays(self.acts, dict(self.room.start), self.length_us)[0]


def continuity(scenario: Scenario) -> list[str]:
    """What the script asks of the two that no two people could do; one sentence each, in order of time."""
    stays, faults = toy_stays(scenario.acts, dict(scenario.room.start), scenario.length_us)
    faults = faults + hand_faults(scenario.acts, stays) + clash_faults(scenario.acts, scenario.overlaps)
    return [
        f"{scenario.name}.toml, act {scenario.numbers[f.index]} ({_when(scenario.acts[f.index])}): {f.text}."
        for f in sorted(faults, key=lambda f: f.index)
    ]


def _when(act: Act) -> str:
    return f"{act.who}, {act.verb.replace('_', ' ')}, {act.start_us / SECOND_US:.2f} s"


def names() -> tuple[str, ...]:
    """The clips that have a script, in alphabetical order."""
    return tuple(sorted(path.stem for path in SCENARIOS.glob("*.toml")))


def load(source: Path | str) -> Scenario:
    """Read a script by its path, or by the name of a clip in studio/scenarios.

    Raises ScenarioError, with one sentence for every problem found in the file.
    """
    path = SCENARIOS / f"{source}.toml" if isinstance(source, str) else source
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        known = ", ".join(names())
        raise ScenarioError([f"{path} cannot be read ({error.strerror}); the clips are: {known}."]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioError([f"{path.name} is not a TOML file: {error}; mend that place."]) from error
    top = Sheet(path.name, values, [])
    scenario = _scenario(top, path.stem)
    if top.problems:
        raise ScenarioError(top.problems)
    impossible = continuity(scenario)
    if impossible:
        raise ScenarioError(impossible)
    return scenario


def _scenario(top: Sheet, stem: str) -> Scenario:
    seconds = top.number("seconds", 1, 600)
    room = read_room(top.table("room"))
    script = read_acts(top.tables("acts", "act"), room.toys, round(seconds * SECOND_US))
    if not script.acts:
        top.problem('there are no acts; write acts = [ { at = 0.0, parent = "looks at child\'s face" }, … ]')
    name = top.text("name")
    if name != stem:
        top.problem(f"name = “{name}” differs from the file's name; write name = “{stem}”")
    scenario = Scenario(
        name=name,
        title=top.text("title"),
        purpose=top.text("purpose"),
        seconds=seconds,
        fps=int(top.number("fps", 5, 60, 25)),
        schemes=top.texts("schemes"),
        picture=read_picture(top.table("picture", needed=False), seconds),
        parent=read_person(top.table("parent"), "parent"),
        child=read_person(top.table("child"), "child"),
        room=room,
        cameras=read_cameras(top),
        acts=script.acts,
        ratings=read_ratings(top.table("ratings", needed=False)),
        episodes=read_episodes(top.tables("episodes", "episode"), seconds),
        numbers=script.numbers,
        overlaps=script.overlaps,
    )
    top.close()
    return scenario
