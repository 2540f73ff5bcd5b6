"""The steps of a course file as far as they can be read: where their files lie, what of the film they show."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.formats.cells import parse_time
from coder.formats.course_paths import path_flaw
from coder.formats.scheme_flaw import Flaw
from coder.formats.scheme_node import Node
from coder.language import tr
from coder.model.time import Span, clock, seconds_text

MOST_STEPS = 500

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Shown:
    """One step, read with tolerance.

    film, master: "" where the path will not do. film_ids: what tells the film, by its place and by its content;
    two that have one in common are the same. stretch: None for all of the film. legible: from and to are times, or
    not given.
    """

    node: Node
    id: str
    kind: str
    test_set: int
    film: str
    film_ids: frozenset[object]
    master: str
    stretch: Span | None
    legible: bool

    @property
    def name(self) -> str:
        """What the clip is called."""
        return self.node.text("clip") or clip_name(self.film, self.stretch)

    def is_same_film(self, other: "Shown") -> bool:
        """True if both show the same film, whatever it is called."""
        return bool(self.film and other.film and self.film_ids & other.film_ids)

    def shares(self, other: "Shown") -> Span | None:
        """The film time that both show, if any; an empty span where both show all of a film."""
        if not (self.is_same_film(other) and self.legible and other.legible):
            return None
        if self.stretch is None or other.stretch is None:
            return self.stretch or other.stretch or Span(0, 0)
        return self.stretch.intersection(other.stretch)


def clip_name(film: str, stretch: Span | None) -> str:
    """What a clip is called if the course does not say."""
    stem = Path(film).stem
    if stretch is None:
        return stem
    start, end = (f"{at / 1e6:.3f}".rstrip("0").rstrip(".") for at in (stretch.start_us, stretch.end_us))
    return f"{stem}, {start}–{end} s"


def shown_steps(course: Node, folder: Path) -> tuple[Shown, ...]:
    """The steps of a course file in `folder`, in order; no file is opened."""
    return tuple(_shown(node, folder) for node in course.each("steps"))


def step_flaws(steps: Sequence[Shown], folder: Path) -> Iterator[Flaw]:
    """Mistakes in where the steps' files lie, in their stretches, names and order, and in what tests show."""
    seen: dict[str, Shown] = {}
    names: dict[str, Shown] = {}
    for step in steps:
        if step.id and seen.setdefault(step.id, step) is not step:
            hint = tr("Give each step an id of its own.")
            yield Flaw(step.node.at("id"), tr("There are two steps “{id}”.", id=step.id), hint)
        yield from _file_flaws(step, folder)
        yield from _stretch_flaws(step.node)
        if step.legible and step.film:
            same = names.setdefault(step.name, step)
            if not step.is_same_film(same) or same.stretch != step.stretch:
                what = tr("Two different clips are called “{name}”.", name=step.name)
                yield Flaw(step.node.at("clip"), what, tr("Give one of them another name: clip = “…”."))
    yield from _order_flaws(steps)
    yield from _sharing_flaws(steps)


def _shown(node: Node, folder: Path) -> Shown:
    film, master = (node.text(field) if path_flaw(node, field) is None else "" for field in ("film", "master"))
    test_set = node.number("test_set")
    start, end = (_time(node, field) for field in ("from", "to"))
    given = [field for field in ("from", "to") if field in node.table]
    legible = not given or (len(given) == 2 and start is not None and end is not None and start < end)
    return Shown(
        node,
        node.text("id"),
        node.text("kind"),
        int(test_set) if test_set is not None else 1,
        film,
        frozenset(filter(None, (_file_id(folder / film), node.text("film_sha256")))),
        master,
        Span(start, end) if legible and start is not None and end is not None else None,
        legible,
    )


def _time(node: Node, field: str) -> int | None:
    try:
        return parse_time(node.text(field))
    except ValueError:
        return None


def _file_id(path: Path) -> object:
    """The same for the same file under all its names."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return os.path.normcase(os.path.normpath(path))
    return found.st_dev, found.st_ino


def _file_flaws(step: Shown, folder: Path) -> Iterator[Flaw]:
    for field in ("film", "master"):
        flaw = path_flaw(step.node, field)
        if flaw is not None:
            yield flaw
        elif field == "film" and step.film and not _is_file(folder / step.film):
            what = tr("There is no film “{path}”.", path=step.film)
            yield Flaw(step.node.at("film"), what, tr("Check the name and the folder."))
    sha256, size = "film_sha256" in step.node.table, "film_bytes" in step.node.table
    if sha256 != size:
        path = step.node.at("film_sha256" if sha256 else "film_bytes")
        yield Flaw(
            path, tr("A film’s fingerprint is two fields."), tr("Give film_sha256 and film_bytes, or none.")
        )
    if sha256 and not _SHA256.fullmatch(step.node.text("film_sha256")):
        yield Flaw(step.node.at("film_sha256"), tr("This is no sha256."), tr("It has 64 digits, 0–9 and a–f."))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _stretch_flaws(node: Node) -> Iterator[Flaw]:
    times = {}
    for field, other in (("from", "to"), ("to", "from")):
        if not node.text(field):
            if other in node.table and field not in node.table:
                yield Flaw(node.path, tr("The field “{field}” is missing.", field=field), tr("Add it."))
            continue
        try:
            times[field] = parse_time(node.text(field))
        except ValueError as error:
            yield Flaw(node.at(field), f"{error}.")
    if len(times) == 2 and times["from"] >= times["to"]:
        what = tr(
            "The clip ends at {end}, but it begins at {start}.", end=clock(times["to"]), start=clock(times["from"])
        )
        yield Flaw(node.at("to"), what, tr("The end must be later."))


def _order_flaws(steps: Sequence[Shown]) -> Iterator[Flaw]:
    tests = [step for step in steps if step.kind == "test"]
    if steps and not tests:
        what = tr("The course has no test, so nobody could be certified.")
        yield Flaw((), what, tr("Add a step of the kind “test” for every clip that the rule wants."))
    began = False
    last = 0
    for step in steps:
        began = began or step.kind == "test"
        if began and step.kind in ("guided", "practice"):
            what = tr("A step that is no test stands behind a test.")
            yield Flaw(step.node.at("kind"), what, tr("Tests come last; move it up."))
        if step.kind != "test":
            if "test_set" in step.node.table:
                yield Flaw(step.node.at("test_set"), tr("Only a test has test_set."), tr("Remove the line."))
            continue
        if step.test_set not in (last, last + 1) or step.test_set < 1:
            what = tr("Test {number} does not follow test {last}.", number=step.test_set, last=last)
            yield Flaw(step.node.at("test_set"), what, tr("Number the tests 1, 2, … and keep them in that order."))
        last = step.test_set
        if step.node.table.get("exercises"):
            yield _not_guided(step)
    for step in steps:
        if step.kind == "practice" and step.node.table.get("exercises"):
            yield _not_guided(step)


def _not_guided(step: Shown) -> Flaw:
    what = tr("Only a guided step has exercises.")
    return Flaw(step.node.at("exercises"), what, tr("Remove them, or make the step guided."))


def _sharing_flaws(steps: Sequence[Shown]) -> Iterator[Flaw]:
    """What a test asks must not have been seen before: it shares no time of film with any other step."""
    for index, step in enumerate(steps):
        if step.kind != "test":
            continue
        for at, other in enumerate(steps):
            shared = step.shares(other) if at != index and (other.kind != "test" or at < index) else None
            if shared is None:
                continue
            if shared.is_moment:
                what = tr("The test shows the film that step “{other}” shows too.", other=other.id or at + 1)
            else:
                what = tr(
                    "The test shows {length} of film, from {start} on, that step “{other}” shows too.",
                    length=seconds_text(shared.duration_us),
                    start=clock(shared.start_us),
                    other=other.id or at + 1,
                )
            yield Flaw(
                step.node.at("film"), what, tr("Choose another film, or a stretch that only the test shows.")
            )
