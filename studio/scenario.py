"""A scenario: one sample clip as written by hand (TOML), read into frozen values with every time resolved.

Standard library only: this module also runs where the pictures are rendered. `load` is the one door; a wrong file
raises one ScenarioError that lists every problem, each in one sentence with the file, the act and how to mend it.
"""

import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from studio.acts import PEOPLE, SECOND_US, TOYS, Act
from studio.hands import MIDDLE, Stay, clash_faults, hand_faults, toy_stays
from studio.script import read_acts
from studio.sheet import Sheet

SCENARIOS = Path(__file__).parent / "scenarios"
SEXES = ("female", "male")
SKINS = ("light", "olive", "brown", "dark")
HAIRS = ("short", "bun", "bob", "long", "curly", "tuft", "bald")
VIEWS = ("front", "left", "right", "portrait")


class ScenarioError(Exception):
    """The file cannot be filmed; the message has one sentence per problem, one per line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Picture:
    """The film's picture: size as shown (px), light, and how its frames are timed.

    `light` "dim" holds from `dim_from_us` to the end (None: the whole clip is lit as by day). `rotation` is the
    clockwise turn (degrees) a player applies: the stored picture is turned back by it. `frames` is "steady"
    (one frame each 1/fps) or "phone" (variable: mean `mean_hz`, no gap longer than `longest_gap_ms`).
    """

    width: int = 640
    height: int = 360
    dim_from_us: int | None = None
    frames: str = "steady"
    mean_hz: float = 25.0
    longest_gap_ms: float = 40.0
    rotation: int = 0

    def light_at(self, at_us: int) -> str:
        """ "day" or "dim" at a session time."""
        return "day" if self.dim_from_us is None or at_us < self.dim_from_us else "dim"


@dataclass(frozen=True)
class Person:
    """How one figure looks; colours are "#rrggbb", `stripes` the second colour of the top or None."""

    role: str
    age_years: float
    sex: str
    skin: str
    hair: str
    hair_colour: str
    eyes: str
    top: str
    stripes: str | None = None


@dataclass(frozen=True)
class Room:
    """Where they sit and what lies on the table; `start` gives each toy's place at 0: middle, parent or child."""

    seating: str
    toys: tuple[str, ...] = ()
    start: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Camera:
    """One camera: a standard view of the stage, or its own place (m), aim (m) and lens (mm).

    Its film shows session time `starts_us` at its first frame; its own clock runs `skew_ppm` fast, so that film
    time t shows session time starts_us + t - t * skew_ppm * 1e-6 (the product's rule; see studio.clock).
    """

    id: str
    view: str = "front"
    position: tuple[float, float, float] | None = None
    target: tuple[float, float, float] | None = None
    lens_mm: float | None = None
    starts_us: int = 0
    skew_ppm: float = 0.0


@dataclass(frozen=True)
class Rating:
    """The author's own judgement of one rating item: 1 to 7, or None for "no opportunity"."""

    item: str
    value: int | None
    reason: str


@dataclass(frozen=True)
class Episode:
    """One part of the session, [start_us, end_us)."""

    name: str
    start_us: int
    end_us: int


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
    room = _room(top.table("room"))
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
        picture=_picture(top.table("picture", needed=False), seconds),
        parent=_person(top.table("parent"), "parent"),
        child=_person(top.table("child"), "child"),
        room=room,
        cameras=_cameras(top),
        acts=script.acts,
        ratings=_ratings(top.table("ratings", needed=False)),
        episodes=_episodes(top.tables("episodes", "episode"), seconds),
        numbers=script.numbers,
        overlaps=script.overlaps,
    )
    top.close()
    return scenario


def _picture(sheet: Sheet, seconds: float) -> Picture:
    light = sheet.choice("light", ("day", "dim"), "day")
    dim_from = sheet.maybe("dim_from", 0, seconds)
    frames = sheet.choice("frames", ("steady", "phone"), "steady")
    steady = frames == "steady"
    picture = Picture(
        width=int(sheet.number("width", 160, 1920, 640)),
        height=int(sheet.number("height", 160, 1920, 360)),
        dim_from_us=0 if light == "dim" else None if dim_from is None else round(dim_from * SECOND_US),
        frames=frames,
        mean_hz=sheet.number("mean_hz", 5, 60, 25 if steady else 24),
        longest_gap_ms=sheet.number("longest_gap_ms", 10, 500, 40 if steady else 120),
        rotation=int(sheet.number("rotation", 0, 270, 0)),
    )
    if picture.rotation % 90:
        sheet.problem(f"rotation = {picture.rotation} cannot be used; write 0, 90, 180 or 270")
    sheet.close()
    return picture


def _person(sheet: Sheet, role: str) -> Person:
    years = sheet.number("age_years", 16, 70) if role == "parent" else sheet.number("age_months", 2, 72) / 12
    person = Person(
        role=role,
        age_years=years,
        sex=sheet.choice("sex", SEXES),
        skin=sheet.choice("skin", SKINS),
        hair=sheet.choice("hair", HAIRS),
        hair_colour=sheet.colour("hair_colour"),
        eyes=sheet.colour("eyes"),
        top=sheet.colour("top"),
        stripes=sheet.colour("stripes") if sheet.raw("stripes") is not None else None,
    )
    sheet.close()
    return person


def _room(sheet: Sheet) -> Room:
    seating = sheet.choice("seating", ("table", "seat"))
    toys = sheet.texts("toys")
    for toy in toys:
        if toy not in TOYS:
            sheet.problem(f"there is no toy “{toy}”; the toys are: {', '.join(TOYS)}")
    places = sheet.table("start", needed=False)
    start = tuple((toy, places.choice(toy, (MIDDLE, *PEOPLE), MIDDLE)) for toy in toys)
    places.close()
    sheet.close()
    return Room(seating, toys, start)


def _cameras(top: Sheet) -> tuple[Camera, ...]:
    cameras = []
    for sheet in top.tables("cameras", "camera"):
        camera = Camera(
            id=sheet.text("id"),
            view=sheet.choice("view", VIEWS, "front"),
            position=sheet.place("position"),
            target=sheet.place("target"),
            lens_mm=sheet.maybe("lens_mm", 5, 300),
            starts_us=round(sheet.number("starts_s", 0, 600, 0) * SECOND_US),
            skew_ppm=sheet.number("skew_ppm", -5000, 5000, 0),
        )
        sheet.close()
        cameras.append(camera)
    if not cameras:
        top.problem('there is no camera; add [[cameras]] with id = "a" and view = "front"')
    if len({camera.id for camera in cameras}) < len(cameras):
        top.problem("two cameras have the same id; give each its own")
    return tuple(cameras)


def _ratings(sheet: Sheet) -> tuple[Rating, ...]:
    ratings = []
    for item in sheet.values:
        entry = sheet.table(item)
        value = None if entry.raw("value") == "NA" else int(entry.number("value", 1, 7))
        ratings.append(Rating(item, value, entry.text("reason")))
        entry.close()
    return tuple(ratings)


def _episodes(sheets: list[Sheet], seconds: float) -> tuple[Episode, ...]:
    """Each episode ends where the next begins, the last with the clip."""
    starts = [(round(sheet.number("at", 0, seconds) * SECOND_US), sheet) for sheet in sheets]
    for (before_us, _), (at_us, sheet) in pairwise(starts):
        if at_us <= before_us:
            sheet.problem("starts before the episode above it; put the episodes in order")
    ends = [at_us for at_us, _ in starts[1:]] + [round(seconds * SECOND_US)]
    episodes = [Episode(sheet.text("name"), at, end) for (at, sheet), end in zip(starts, ends, strict=False)]
    for sheet in sheets:
        sheet.close()
    return tuple(episodes)
