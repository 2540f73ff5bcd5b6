"""A course of one step to watch and one test, taken into a study: what the page of a guided step is given."""

import shutil
from pathlib import Path

from coder.formats.scheme_file import read_scheme
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.studies import new_study
from coder.workflows.training.courses import take_course
from coder.workflows.training.results import Watched, master_to_watch
from tests.workflows.supervised import SAMPLES

SCHEMES = shipped("schemes")
RULES = {
    "gaze-near": 'statistic = "estimated accuracy", tier = "cg", target = 0.85, unit_ms = 1000',
    "shared-play": 'statistic = "estimated accuracy", tier = "engage", target = 0.85, unit_ms = 1000',
    "cue-response": 'statistic = "F1", tier = "cues", target = 0.75',
    "ratings": 'statistic = "ICC(A,1)", tier = "segment", target = 0.75',
}

COURSE = """
name = "little"
version = "1"
title = "A little course"
summary = "One clip to watch, one to code."

[scheme]
name = "{scheme}"
version = "{version}"
{file}

[rule]
clips = 1
requirements = [{{ {rule} }}]

[[steps]]
id = "watch"
kind = "guided"
title = "Watch a clip"
text = "A father and his child of two years."
film = "{film}.mp4"
{stretch}
master = "guided.csv"
tiers = [{tiers}]
exercises = [{exercises}]

[[steps]]
id = "test"
kind = "test"
title = "Test"
film = "phone.mp4"
master = "test.csv"
"""


def guided_step(
    folder: Path,
    *,
    scheme: str = "gaze-near",
    film: str = "hard-to-see",
    stretch: tuple[str, str] | None = None,
    tiers: tuple[str, ...] = (),
    exercises: tuple[tuple[str, str, str], ...] = (),
    master: str = "",
    test_master: str = "",
    scheme_file: Path | None = None,
    rule: str = "",
) -> tuple[StudyStore, Watched]:
    """The study that has taken the course, and its guided step. The caller closes the study.

    exercises: what is asked, of which tier, at which second. master, test_master: the text of a master in place of
    the sample's. scheme_file: of a scheme that is not shipped, then with a `rule`.
    """
    course = folder / "course"
    course.mkdir(parents=True)
    for name in (film, "phone"):
        shutil.copy(SAMPLES / f"{name}.mp4", course)
    _put(course / "guided.csv", master, SAMPLES / f"{film}.{scheme}.master.csv")
    _put(course / "test.csv", test_master, SAMPLES / f"phone.{scheme}.master.csv")
    if scheme_file is not None:
        shutil.copy(scheme_file, course)
    asked = ", ".join(f'{{ ask = "{ask}", tier = "{tier}", at = "{at}" }}' for ask, tier, at in exercises)
    text = COURSE.format(
        scheme=scheme,
        version=read_scheme(scheme_file or SCHEMES / f"{scheme}.toml").id.version,
        file=f'file = "{scheme_file.name}"' if scheme_file is not None else "",
        rule=rule or RULES[scheme],
        film=film,
        stretch=f'from = "{stretch[0]}"\nto = "{stretch[1]}"' if stretch is not None else "",
        tiers=", ".join(f'"{tier}"' for tier in tiers),
        exercises=asked,
    )
    path = course / "course.toml"
    path.write_text(text, encoding="utf-8")
    store = new_study(folder / "study", "Training")
    taken = take_course(store, path)
    return store, master_to_watch(store, taken, "watch")


def _put(path: Path, text: str, sample: Path) -> None:
    path.write_text(text, encoding="utf-8") if text else shutil.copy(sample, path)
