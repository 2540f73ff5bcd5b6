"""Small scenarios of a few seconds, made without a file: what the tests of sound, film and clock are about."""

from studio.acts import VERBS, Act, usual_us
from studio.scenario import Camera, Person, Picture, Room, Scenario

MOTHER = Person("parent", 33, "female", "light", "bun", "#5a3a22", "#6b8e23", "#c04040")
FATHER = Person("parent", 35, "male", "brown", "short", "#20140c", "#3b2a1a", "#335577")
FRONT = Camera("a")
SMALL = Picture(64, 36)
ROOM = Room("table", ("ball", "cup", "block"))


def act(who: str, verb: str, at_s: float, *, seconds: float | None = None, **given: object) -> Act:
    """One act, as long as usual if `seconds` is not given; its index is set by `scene`."""
    words = given.get("words")
    usual = usual_us(VERBS[verb], words if isinstance(words, str) else None)
    length_us = usual if seconds is None else round(seconds * 1e6)
    start_us = round(at_s * 1e6)
    fields: dict[str, object] = {
        "index": 0, "who": who, "verb": verb, "target": None, "start_us": start_us,
        "end_us": None if length_us is None else start_us + length_us, "words": None, "kind": None, "where": None,
        "echo": False, "id": None, "answers": None, "fit": None, "cue": VERBS[verb].cue, "note": "",
    }  # fmt: skip
    return Act(**(fields | given))  # type: ignore[arg-type]  # the table above is the whole of an Act


def scene(
    *acts: Act,
    name: str = "scene",
    seconds: float = 4.0,
    fps: int = 25,
    picture: Picture = SMALL,
    parent: Person = MOTHER,
    months: float = 18,
    cameras: tuple[Camera, ...] = (FRONT,),
    overlaps: frozenset[int] = frozenset(),
) -> Scenario:
    """A scenario with these acts, numbered in the order given."""
    child = Person("child", months / 12, "female", "light", "short", "#aa8855", "#3366aa", "#ddbb33")
    numbered = tuple(Act(**(vars(one) | {"index": index})) for index, one in enumerate(acts))
    return Scenario(
        name, name.title(), "test", seconds, fps, (), picture, parent, child, ROOM,
        cameras, numbered, (), (), tuple(range(1, len(acts) + 1)), overlaps,
    )  # fmt: skip
