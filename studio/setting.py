"""The setting of a clip: picture, people, room, cameras, the author's ratings, episodes; values and their reading.

Standard library only. Each `read_…` notes the problems of its part on the sheet and returns harmless stand-ins.
"""

from dataclasses import dataclass
from itertools import pairwise

from studio.acts import PEOPLE, SECOND_US, TOYS
from studio.hands import MIDDLE
from studio.sheet import Sheet

SEXES = ("female", "male")
SKINS = ("light", "olive", "brown", "dark")
HAIRS = ("short", "bun", "bob", "long", "curly", "tuft", "bald")
VIEWS = ("front", "left", "right", "portrait")


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


def read_picture(sheet: Sheet, seconds: float) -> Picture:
    """The part [picture]; a day-lit film of 640 × 360 where it says nothing."""
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


def read_person(sheet: Sheet, role: str) -> Person:
    """The part [parent] or [child]."""
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


def read_room(sheet: Sheet) -> Room:
    """The part [room]."""
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


def read_cameras(top: Sheet) -> tuple[Camera, ...]:
    """The list [[cameras]], at least one."""
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


def read_ratings(sheet: Sheet) -> tuple[Rating, ...]:
    """The part [ratings]."""
    ratings = []
    for item in sheet.values:
        entry = sheet.table(item)
        value = None if entry.raw("value") == "NA" else int(entry.number("value", 1, 7))
        ratings.append(Rating(item, value, entry.text("reason")))
        entry.close()
    return tuple(ratings)


def read_episodes(sheets: list[Sheet], seconds: float) -> tuple[Episode, ...]:
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
