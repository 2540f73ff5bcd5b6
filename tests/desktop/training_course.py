"""A small course over a sample film that a test can walk in a minute: watch, practise, a test of two clips.

One tier is in play, and the trainee must find the child's looks at the parent's face. Its stretches of
`first-practice` hold a handful of looks each, so that they can be coded by single keys.
"""

import shutil
import tomllib
from pathlib import Path

from coder.settings.shipped import shipped

FILM, SCHEME = "first-practice.mp4", "gaze-near"
TITLE = "Where the child looks"
_COURSE = """
name = "looks"
version = "{version}"
title = "{title}"
summary = "You learn to say where the child looks, on three short stretches of one film."
notice = "The film is rendered. This says nothing about coding real families."

[scheme]
name = "gaze-near"
version = "{scheme}"

[rule]
clips = 2
min_events = 2
min_sensitivity = 0.5
codes = [{{ tier = "cg", codes = ["cg_face"] }}]

[[rule.requirements]]
statistic = "estimated accuracy"
tier = "cg"
target = 0.85
unit_ms = 500
"""
_STEP = """
[[steps]]
id = "{id}"
kind = "{kind}"
title = "{title}"
text = "{text}"
film = "first-practice.mp4"
from = "{begin}"
to = "{end}"
clip = "{clip}"
master = "first-practice.gaze-near.master.csv"
tiers = ["cg"]
"""
_EXERCISES = """
exercises = [
    { ask = "code", tier = "cg", at = "2.56" },
    { ask = "onset", tier = "cg", at = "5.76" },
]
"""
STEPS = (
    ("watch", "guided", "First looks", "Watch what the master coded, and why.", "0", "8", "looks 1"),
    ("try", "practice", "Your first looks", "Code each look of the child.", "20", "30", "looks 2"),
    ("test-1", "test", "Test, first clip", "", "38", "48", "looks 3"),
    ("test-2", "test", "Test, second clip", "", "48", "60", "looks 4"),
)


def course_in(folder: Path, version: str = "1.0", title: str = TITLE) -> Path:
    """The course's file in `folder`, with the film and the master beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    media = shipped("sample_media")
    for name in (FILM, "first-practice.gaze-near.master.csv"):
        if not (folder / name).exists():
            shutil.copy(media / name, folder / name)
    text = _COURSE.format(version=version, title=title, scheme=_scheme_version())
    names = ("id", "kind", "title", "text", "begin", "end", "clip")
    for step in STEPS:
        text += _STEP.format(**dict(zip(names, step, strict=True)))
        text += _EXERCISES if step[1] == "guided" else ""
    file = folder / "looks.toml"
    file.write_text(text, "utf-8")
    return file


def _scheme_version() -> str:
    text = (shipped("schemes") / f"{SCHEME}.toml").read_text("utf-8")
    return str(tomllib.loads(text)["version"])
