"""Course files: read, checked with all mistakes listed at once, and turned into the model's `Course`.

Films and masters are named by paths relative to the course's file. They may begin with one `../`, so that several
courses share the films of a folder; further up, absolute paths and drives are refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from coder.formats.course_document import CourseDocument
from coder.formats.course_fit import fit_flaws
from coder.formats.course_paths import path_flaw
from coder.formats.course_steps import MOST_STEPS, Shown, shown_steps, step_flaws
from coder.formats.course_words import course_of
from coder.formats.course_writing import course_text
from coder.formats.files import read_text
from coder.formats.master_file import MasterFile, cut_to, read_master
from coder.formats.scheme_file import parse_scheme, scheme_text, schemes
from coder.formats.scheme_flaw import Flaw, did_you_mean
from coder.formats.scheme_form import form_flaws
from coder.formats.scheme_node import Node, place_words
from coder.formats.toml_places import line_of, lines_of
from coder.formats.toml_reading import Kind, toml_tables
from coder.language import later, tr
from coder.model.problem import CoderError, FormatError, Problem
from coder.model.scheme import Scheme
from coder.model.training import Course

__all__ = ["CourseFile", "course_files", "course_text", "read_course"]

MAX_BYTES = 500_000
SUFFIX = ".toml"

_KIND = Kind(
    FormatError,
    empty=later("Start from one of the courses that came with it."),
    too_deep=later("The tables and lists are nested too deeply for a course."),
    written=later("Courses are written in TOML; see docs/courses.md."),
)


@dataclass(frozen=True, slots=True)
class CourseFile:
    """A course with all that it needs but its films. text, scheme_text: exact. masters: by the step's id."""

    path: Path
    text: str
    course: Course
    scheme: Scheme
    scheme_text: str
    masters: Mapping[str, MasterFile]

    def film(self, step_id: str) -> Path:
        """Where a step's film lies; it was there when the course was read."""
        return self.path.parent / self.course.step(step_id).clip.film


def course_files(folder: Path) -> tuple[Path, ...]:
    """The course files of a folder, by name."""
    return tuple(sorted(folder.glob(f"*{SUFFIX}")))


def read_course(path: Path, shipped: Path) -> CourseFile:
    """The course in a file, with its masters. shipped: the folder of the schemes that came with the program.

    Raises FormatError with all mistakes at once, each with its place.
    """
    text = read_text(path, MAX_BYTES, FormatError)
    raw = toml_tables(text, path.name, _KIND)
    reader = _Reader(path, raw)
    reader.read(shipped)
    problems = tuple(reader.problems(text))
    if problems or reader.scheme is None:
        raise FormatError(*problems)
    document = CourseDocument.model_validate(raw)
    masters = {step.id: reader.masters[index] for index, step in enumerate(document.steps)}
    course = course_of(document, reader.scheme.id, _sha256(text, masters), masters)
    return CourseFile(path, text, course, reader.scheme, reader.scheme_text, MappingProxyType(masters))


class _Reader:
    """Reads one course as far as it can be read, and gathers its mistakes: those with a path, and others' own."""

    def __init__(self, path: Path, raw: dict[str, Any]) -> None:
        self.path, self.raw = path, raw
        self.node, self.folder = Node((), raw), path.parent
        self.steps = shown_steps(self.node, self.folder)
        self.flaws: list[Flaw] = []
        self.others: list[Problem] = []
        self.scheme: Scheme | None = None
        self.scheme_text = ""
        self.masters: dict[int, MasterFile] = {}

    def read(self, shipped: Path) -> None:
        """Everything that the course names. shipped: the folder of the shipped schemes."""
        if len(self.steps) > MOST_STEPS:  # and nothing else: each could have its mistakes
            what = tr(
                "The course has {count:,} steps; a course may have {most}.", count=len(self.steps), most=MOST_STEPS
            )
            self.flaws.append(Flaw(("steps",), what, tr("Make several courses of it.")))
            return
        try:
            CourseDocument.model_validate(self.raw)
        except ValidationError as error:
            self.flaws += form_flaws(error, self.raw, CourseDocument)
        language = self.raw.get("language", "en")
        if isinstance(language, str) and not (len(language) == 2 and language.isascii() and language.islower()):
            what = tr("“{given}” is not possible here.", given=language)
            self.flaws.append(Flaw(("language",), what, tr("Use two small letters, e.g. “de”.")))
        self.flaws += step_flaws(self.steps, self.folder)
        named = self.node.inner("scheme")
        if named is not None:
            self._find_scheme(named, shipped)
        if self.scheme is not None:
            self._read_masters(self.scheme)
            self.flaws += fit_flaws(self.node, self.steps, self.scheme, self.masters)

    def problems(self, text: str) -> Iterator[Problem]:
        """All mistakes of the course in the order of its lines, then those of the files that it names."""
        lines = lines_of(text)
        for flaw in sorted(dict.fromkeys(self.flaws), key=lambda flaw: line_of(flaw.path, lines)):
            words = place_words(flaw.path, self.raw)
            where = f"{self.path.name}:{line_of(flaw.path, lines)}{f' {words}' if words else ''}"
            yield Problem(flaw.what, where, flaw.hint)
        yield from dict.fromkeys(self.others)

    def _find_scheme(self, named: Node, shipped: Path) -> None:
        found = self._scheme_path(named, shipped)
        if found is None:
            return
        try:
            text = scheme_text(found)
            scheme = parse_scheme(text, found.name)
        except CoderError as error:
            field = named.at("file" if named.text("file") else "name")
            for problem in error.problems:
                if problem.where.startswith(found.name):
                    self.others.append(problem)  # it has its place in the scheme's own file
                else:
                    self.flaws.append(Flaw(field, problem.what, problem.hint))
            return
        self.scheme, self.scheme_text = scheme, text
        for part, ours in (
            ("name", scheme.id.name),
            ("version", scheme.id.version),
            ("sha256", scheme.id.sha256),
        ):
            theirs = named.text(part)
            if theirs and theirs != ours:
                what = tr("The scheme that is found has “{ours}” here, not “{theirs}”.", ours=ours, theirs=theirs)
                hint = tr("Put the right scheme beside the course and name it: file = “…”.")
                self.flaws.append(Flaw(named.at(part), what, hint))

    def _scheme_path(self, named: Node, shipped: Path) -> Path | None:
        """Where the scheme's file lies: where the course says, else among those that came with the program."""
        file, name = named.text("file"), named.text("name")
        if file:
            flaw = path_flaw(named, "file")
            if flaw is not None:
                self.flaws.append(flaw)
            return None if flaw is not None else self.folder / file
        known = {path.stem: path for path in schemes(shipped)}
        if name and name not in known:
            what = tr("No scheme “{name}” came with the program.", name=name)
            hint = did_you_mean(name, known) + " " + tr("One of your own is put beside the course: file = “…”.")
            self.flaws.append(Flaw(named.at("name"), what, hint.strip()))
        return known.get(name)

    def _read_masters(self, scheme: Scheme) -> None:
        whole: dict[str, MasterFile | None] = {}
        for index, step in enumerate(self.steps):
            if step.master and step.master not in whole:
                whole[step.master] = self._whole(step, scheme)
            master = whole.get(step.master)
            if master is not None and step.legible:
                self._cut(index, step, master, scheme)

    def _whole(self, step: Shown, scheme: Scheme) -> MasterFile | None:
        path = self.folder / step.master
        try:
            return read_master(path, scheme, named=step.master)
        except FormatError as error:
            for problem in error.problems:
                if problem.where.startswith(step.master):
                    self.others.append(problem)
                else:
                    self.flaws.append(Flaw(step.node.at("master"), problem.what, problem.hint))
            return None

    def _cut(self, index: int, step: Shown, master: MasterFile, scheme: Scheme) -> None:
        try:
            self.masters[index] = master if step.stretch is None else cut_to(master, scheme, step.stretch)
        except FormatError as error:
            field = "from" if "from" in step.node.table else "master"
            self.flaws += (Flaw(step.node.at(field), one.what, one.hint) for one in error.problems)


def _sha256(text: str, masters: Mapping[str, MasterFile]) -> str:
    """Of the course's text and of all masters that it names, each once."""
    parts = dict.fromkeys(f"{master.path}\n{master.sha256}" for master in masters.values())
    return sha256("\n".join((text, *parts)).encode()).hexdigest()
