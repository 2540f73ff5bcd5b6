"""The worked example of docs/courses.md is a course."""

import re
from pathlib import Path

from coder.formats.course_file import read_course

ROOT = Path(__file__).parents[2]
MASTER = """tier,code,onset,offset,note,either,onset_zone
engage,en_off,0,4.2,,,
engage,en_watch,4.2,9.6,he looks on,en_off; (nothing),4.0-4.5
engage,en_shared,9.6,40,,,
turns,turn_c,12,12,,,
turns,turn_p,14,14,,,
turns,turn_c,22,22,,,
turns,turn_p,25,25,,,
"""


def test_the_worked_example_is_a_course(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "courses.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    for folder in ("films", "masters"):
        (tmp_path / folder).mkdir()
    for name in ("garden", "kitchen"):
        (tmp_path / "films" / f"{name}.mp4").write_bytes(name.encode())
        (tmp_path / "masters" / f"{name}.csv").write_text(MASTER, "utf-8")
    (tmp_path / "course.toml").write_text(example, "utf-8")
    read = read_course(tmp_path / "course.toml", ROOT / "schemes")
    assert [step.kind for step in read.course.steps] == ["guided", "practice", "test"]
    assert read.course.summary.count("\n\n") == 1
