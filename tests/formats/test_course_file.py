"""A course file is read with all its mistakes at once, each in a sentence with its place, and written the same."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.formats.course_file import CourseFile, course_files, course_text, read_course
from coder.model.problem import FormatError
from coder.model.time import Span
from coder.model.training import Ask, Clip, Course, CourseId, Exercise, Requirement, Rule, Step, StepKind
from tests.formats import UNHURRIED

HERE = Path(__file__).parent
SCHEMES = HERE.parents[1] / "schemes"
GOOD = (HERE / "course" / "course.toml").read_text("utf-8")


def laid_out(folder: Path, text: str = GOOD) -> Path:
    """The small course in a folder of its own, with its scheme, masters and films; returns its file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("a.csv", "b.csv"):
        shutil.copy(HERE / "course" / name, folder)
    shutil.copy(HERE / "small.toml", folder)
    for name in ("a.mp4", "b.mp4"):
        (folder / name).write_bytes(name.encode())
    if not (folder / "copy-of-b.mp4").exists():
        os.link(folder / "b.mp4", folder / "copy-of-b.mp4")
    file = folder / "course.toml"
    file.write_text(text, "utf-8")
    return file


def problems_of(folder: Path, text: str) -> list[str]:
    try:
        read_course(laid_out(folder, text), SCHEMES)
    except FormatError as error:
        return [str(problem) for problem in error.problems]
    return []


def mistakes() -> list[tuple[str, str, list[str]]]:
    """What is taken away, what is put in its place, and all that is told then; seen in course_mistakes.txt."""
    blocks = (HERE / "course_mistakes.txt").read_text("utf-8").strip().split("\n\n")[1:]
    rows = [block.splitlines() for block in blocks]
    return [(before[2:].replace("⏎", "\n"), after[2:].replace("⏎", "\n"), told) for before, after, *told in rows]


@pytest.mark.parametrize(("before", "after", "told"), mistakes())
def test_a_mistake_is_told_where_it_is(tmp_path: Path, before: str, after: str, told: list[str]) -> None:
    assert GOOD.count(before) == 1
    assert told
    assert problems_of(tmp_path, GOOD.replace(before, after)) == told


def test_what_need_not_be_marked_is_not_counted_on(tmp_path: Path) -> None:
    """Who leaves it out, as is right, has fewer of the mandatory code, and could not pass."""
    file = laid_out(tmp_path)
    header, *rows = (tmp_path / "b.csv").read_text("utf-8").splitlines()
    lenient = [f"{row},(nothing)" if row == "calls,call,9,9" else f"{row}," for row in rows]
    (tmp_path / "b.csv").write_text("\n".join([f"{header},either", *lenient]), "utf-8")
    with pytest.raises(FormatError, match="the masters have “call” 2 times, and the rule wants 3"):
        read_course(file, SCHEMES)


def small(folder: Path) -> CourseFile:
    return read_course(laid_out(folder), SCHEMES)


def test_the_small_course_is_read_as_it_is_meant(tmp_path: Path) -> None:
    read = small(tmp_path)
    course = read.course
    assert (str(course.id), course.title, course.authors) == ("first 1.0", "Smiles and calls", ("The tests",))
    assert course.scheme == read.scheme.id
    assert course.rule == Rule(
        (Requirement("time-unit kappa", "face", 0.7), Requirement("F1", "calls", 0.75)),
        codes=(("calls", "call"),),
        clips=2,
        min_events=3,
        valid_days=200,
    )
    watch, practice, first, second = course.steps
    assert watch.clip == Clip("a, 0–10 s", "a.mp4", Span(0, 10_000_000))
    assert watch.exercises == (Exercise(Ask.CODE, "face", 4_000_000), Exercise(Ask.ONSET, "calls", 5_500_000))
    assert (practice.kind, practice.clip.name, practice.tiers) == (StepKind.PRACTICE, "the rest", ())
    assert course.test_sets == (1,)
    assert course.tests(1) == (first, second)
    assert read.film("try") == tmp_path / "a.mp4"


def test_a_master_is_cut_to_what_its_clip_shows(tmp_path: Path) -> None:
    masters = small(tmp_path).masters
    assert [
        (event.code, event.onset_us / 1e6, event.offset_us / 1e6, event.either)
        for event in masters["watch"].events
    ] == [
        ("calm", 0, 4, ()),
        ("smile", 4, 8.25, ("calm",)),
        ("calm", 8.25, 10, ()),
        ("call", 5.5, 5.5, ("",)),
    ]
    assert [(zone.edge, zone.span) for zone in masters["watch"].zones] == [
        ("onset", Span(3_800_000, 4_100_000)),
        ("onset", Span(5_500_000, 5_700_000)),
    ]
    # in the second clip the smile has begun before: it has no onset to be anywhere
    assert [zone.span for zone in masters["try"].zones] == [Span(5_500_000, 5_700_000)]
    assert [len(masters[step].events) for step in ("test-1", "test-2")] == [5, 3]


def test_the_hash_is_of_the_course_and_of_its_masters(tmp_path: Path) -> None:
    first, second, third = small(tmp_path / "1"), small(tmp_path / "2"), tmp_path / "3"
    assert first.course.id == second.course.id
    laid_out(third)
    master = third / "b.csv"
    master.write_text(master.read_text("utf-8").replace("17,17", "17.1,17.1"), "utf-8")
    changed = read_course(third / "course.toml", SCHEMES)
    assert changed.course.id != first.course.id
    assert changed.course.id.version == first.course.id.version


def test_films_may_lie_in_the_folder_around_the_course(tmp_path: Path) -> None:
    laid_out(tmp_path)
    text = GOOD
    for name in ("a.mp4", "b.mp4", "a.csv", "b.csv"):
        text = text.replace(f'"{name}"', f'"../{name}"')
    inner = tmp_path / "courses"
    inner.mkdir()
    shutil.copy(tmp_path / "small.toml", inner)
    (inner / "first.toml").write_text(text, "utf-8")
    (inner / "notes.txt").write_text("no course", "utf-8")
    assert course_files(inner) == (inner / "first.toml", inner / "small.toml")
    read = read_course(inner / "first.toml", SCHEMES)
    assert read.film("watch").samefile(tmp_path / "a.mp4")
    assert read.course.step("watch").clip.name == "a, 0–10 s"


def test_mistakes_of_scheme_and_masters_are_told_with_those_of_the_course(tmp_path: Path) -> None:
    laid_out(tmp_path, GOOD.replace('licence = "CC0"', "licence = 0"))
    for name, before, after in (("a.csv", "smile,4", "smirk,4"), ("b.csv", "call,9,9", "call,nine,9")):
        file = tmp_path / name
        file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
    with pytest.raises(FormatError) as raised:
        read_course(tmp_path / "course.toml", SCHEMES)
    assert [problem.where for problem in raised.value.problems] == [
        "course.toml:6 licence",
        "a.csv: row 3, column code",
        "b.csv: row 7, column onset",
    ]
    scheme = tmp_path / "small.toml"
    scheme.write_text(scheme.read_text("utf-8").replace('label = "Calm"\n', ""), "utf-8")
    with pytest.raises(FormatError) as raised:
        read_course(tmp_path / "course.toml", SCHEMES)
    assert [problem.where.split(" ")[0] for problem in raised.value.problems] == ["course.toml:6", "small.toml:44"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "course.toml: The file is empty. Start from one of the courses that came with it."),
        (
            b"name: first\n",
            "course.toml: This is not a TOML file. Courses are written in TOML; see docs/courses.md.",
        ),
        (b'name = "f', "course.toml:1: This is not valid TOML: "),
        ('title = "Lächeln"'.encode("latin-1"), "course.toml:1: The file is not UTF-8 text."),
        (b"#" * 600_000, "The file is larger than 500 kB"),
        (b"a = " + b"[" * 5000, "course.toml: The tables and lists are nested too deeply for a course."),
        (b"[[steps]]\n" * 40_000, "course.toml:1 steps: The course has 40,000 steps; a course may have 500."),
    ],
    ids=["empty", "yaml", "torn", "latin", "huge", "deep", "steps"],
)
def test_a_file_that_is_no_course_is_told_in_a_sentence(tmp_path: Path, data: bytes, told: str) -> None:
    file = laid_out(tmp_path)
    file.write_bytes(data)
    with pytest.raises(FormatError) as raised:
        read_course(file, SCHEMES)
    (problem,) = raised.value.problems
    assert told in str(problem)


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=12)
PROSE = st.lists(st.lists(WORDS, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=3).map("\n\n".join)
IDS = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)


@st.composite
def courses(draw: st.DrawFn, like: Course) -> Course:
    """Courses over the same films and masters as the small one, and otherwise anything."""
    stretches = (
        Span(0, draw(st.integers(4_000_001, 20_000_000))),
        None,
        Span(0, 9_500_000),
        Span(9_500_000, 20_000_000),
    )
    names = draw(st.lists(WORDS, min_size=4, max_size=4, unique=True))
    ids = draw(st.lists(IDS, min_size=4, max_size=4, unique=True))
    steps = []
    for step, stretch, id_, name in zip(like.steps, stretches, ids, names, strict=True):
        exercises = (
            (Exercise(Ask.CODE, "face", 4_000_000),)
            if step.kind is StepKind.GUIDED and draw(st.booleans())
            else ()
        )
        tiers = draw(st.sampled_from([(), ("face", "calls"), ("calls", "face")]))
        steps.append(
            Step(
                id_,
                step.kind,
                Clip(name, step.clip.film, stretch),
                step.master,
                draw(WORDS),
                draw(PROSE),
                tiers,
                exercises,
            )
        )
    asked = st.builds(
        Requirement, st.just("F1"), st.just("calls"), st.floats(0.001, 1), st.sampled_from([None, "call"])
    )
    rule = Rule(
        tuple(draw(st.lists(asked, min_size=1, max_size=3))),
        draw(st.sampled_from([(), (("calls", "call"),), (("face", "smile"), ("calls", "call"))])),
        draw(st.integers(1, 2)),
        draw(st.integers(0, 1)),
        draw(st.floats(0.001, 1)),
        draw(st.integers(1, 3660)),
        draw(st.integers(1, 3660)),
    )
    return Course(
        CourseId(draw(IDS), draw(WORDS), ""),
        draw(WORDS),
        draw(PROSE),
        like.scheme,
        tuple(steps),
        rule,
        draw(st.sampled_from(["en", "de"])),
        tuple(draw(st.lists(WORDS, max_size=2))),
        draw(WORDS | st.just("")),
        draw(PROSE | st.just("")),
    )


@settings(UNHURRIED, max_examples=150)
@given(st.data())
def test_a_course_that_is_written_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp() / "round"
    course = data.draw(courses(small(folder).course))
    file = folder / "written.toml"
    file.write_bytes(course_text(course, "small.toml").encode())
    read = read_course(file, SCHEMES).course
    assert replace(read, id=course.id) == course


@settings(UNHURRIED, max_examples=150)
@given(
    st.lists(
        st.tuples(st.integers(0), st.integers(0), st.sampled_from('=x\n"[]{}.,0é\x00')), min_size=1, max_size=4
    )
)
def test_a_course_spoilt_in_any_way_is_never_more_than_a_format_error(
    tmp_path_factory: pytest.TempPathFactory, spoilt: list[tuple[int, int, str]]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "spoilt"
    rows = GOOD.split("\n")
    for row, at, sign in spoilt:
        line = rows[row % len(rows)]
        place = at % (len(line) + 1)
        rows[row % len(rows)] = line[:place] + sign + line[place + 1 :]
    assert all(told for told in problems_of(folder, "\n".join(rows)))
