"""What a course file cannot know: whether its films are those that were coded, and what lies in a copy."""

import shutil
from pathlib import Path

from coder.formats.course_file import read_course
from coder.model.problem import CodingError, FormatError, MediaError
from coder.settings.shipped import shipped
from coder.workflows.steps import finish
from coder.workflows.training.clips import clips_steps
from tests.workflows.training.small_course import course_file


def told(file: Path) -> list[str]:
    """What is wrong with the clips, in short."""
    course = read_course(file, shipped("schemes"))
    try:
        finish(clips_steps(course))
    except (CodingError, FormatError, MediaError) as error:
        return [problem.what for problem in error.problems]
    return []


def changed(file: Path, before: str, after: str, times: int = 1) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, times), "utf-8")


def test_a_course_whose_clips_fit_their_films_is_in_order(tmp_path: Path) -> None:
    assert told(course_file(tmp_path)) == []


def test_a_test_in_a_copy_of_a_film_that_was_practised_on_is_found(tmp_path: Path) -> None:
    file = course_file(tmp_path)
    shutil.copy(tmp_path / "film.mp4", tmp_path / "other.mp4")
    head, last = file.read_text("utf-8").rsplit("[[steps]]", 1)
    last = last.replace('film = "film.mp4"', 'film = "other.mp4"').replace('from = "7"', 'from = "2.5"')
    file.write_text(f"{head}[[steps]]{last}", "utf-8")
    assert 'from = "2.5"' in last
    assert "The test “Step d” shows what “Step try” shows too." in told(file)


def test_another_film_and_a_clip_that_leaves_its_film_are_told(tmp_path: Path) -> None:
    file = course_file(tmp_path)
    changed(file, 'film = "film.mp4"', f'film = "film.mp4"\nfilm_sha256 = "{"0" * 64}"\nfilm_bytes = 12')
    changed(file, 'to = "8"', 'to = "80"')
    assert told(file) == [
        "The film of “Step watch” is not the one that the master was coded on.",
        "The clip of “Step d” leaves its film.",
    ]


def test_what_is_no_film_is_told(tmp_path: Path) -> None:
    file = course_file(tmp_path)
    (tmp_path / "film.mp4").write_text("no film", "utf-8")
    assert len(told(file)) == 1
