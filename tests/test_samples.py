"""The sample media are whole: each film with all that belongs to it, none without a licence, and not too much."""

import re
from pathlib import Path

import pytest

from studio.__main__ import STEPS
from studio.masters.table import schemes_of
from studio.scenario import Scenario, load, names
from studio.stills import AT_MOST_BYTES
from studio.telling import vocabulary
from studio.truth import columns

ROOT = Path(__file__).parent.parent
SAMPLES, PAGES = ROOT / "sample_media", ROOT / "docs" / "samples"

# The films that must be there.
REQUIRED = ("dyad-first", *names())
FIRST = "dyad-first"  # made before there were scripts: it has a truth of its own kind and no page
WHEEL_MB = 60

FILMS = sorted(path.stem for path in SAMPLES.glob("*.mp4"))
SCRIPTED = {
    scenario.film_stem(camera): name
    for name in names()
    for scenario in [load(name)]
    for camera in scenario.cameras
}
CLIPS = sorted({SCRIPTED[film] for film in FILMS if film in SCRIPTED})


def of(clip: str) -> Scenario:
    return load(clip)


@pytest.mark.parametrize("clip", REQUIRED)
def test_the_required_films_are_there(clip: str) -> None:
    stems = [film for film, name in SCRIPTED.items() if name == clip] or [clip]
    assert not [stem for stem in stems if stem not in FILMS]


@pytest.mark.parametrize("film", FILMS)
def test_every_film_has_its_truth_and_a_script_that_says_what_it_is(film: str) -> None:
    assert (SAMPLES / f"{film}.truth.csv").is_file()
    assert film == FIRST or film in SCRIPTED


@pytest.mark.parametrize("clip", CLIPS)
def test_every_clip_has_sound_codes_and_a_page(clip: str) -> None:
    wanted = [SAMPLES / f"{clip}.sound.json", PAGES / f"{clip}.md", PAGES / f"{clip}.jpg"]
    wanted += [SAMPLES / f"{clip}.{scheme}.master.csv" for scheme in schemes_of(of(clip))]
    wanted += [SAMPLES / f"{film}.mp4" for film, name in SCRIPTED.items() if name == clip]
    assert not [path.name for path in wanted if not path.is_file()]


def test_no_file_is_without_a_licence() -> None:
    """Each is named in LICENSES.md by its clip, and the clips named there are those that there are."""
    licensed = set(re.findall(r"^\| `([a-z-]+)\.\*` \|.*\| CC0 1\.0 \|$", licences(), re.MULTILINE))
    assert licensed == {FIRST, *names()}
    inside = [path for path in SAMPLES.glob("**/[!.]*") if path.is_file() and path.suffix != ".md"]
    courses = [path for path in inside if path.parent.name == "courses"]
    assert inside
    assert courses
    assert not [path.name for path in {*inside} - {*courses} if path.name.split(".")[0] not in licensed]
    assert re.search(r"^\| `courses/\*` \|.*\| CC0 1\.0 \|$", licences(), re.MULTILINE)
    assert not [path.name for path in courses if 'licence = "CC0 1.0"' not in path.read_text("utf-8")]


def test_the_licences_name_all_that_the_films_are_made_with() -> None:
    pins = (ROOT / "studio" / "requirements.txt").read_text("utf-8")
    pins += (ROOT / "studio" / "requirements-data.txt").read_text("utf-8")
    made_with = dict(re.findall(r"^([a-z-]+)==(.+)$", pins, re.MULTILINE))
    assert {"bpy", "anny", "numpy"} <= set(made_with)
    assert not [name for name, version in made_with.items() if version not in licences()]
    assert "eSpeak NG" in licences()


def licences() -> str:
    return (SAMPLES / "LICENSES.md").read_text("utf-8")


def test_the_sample_media_stay_small() -> None:
    """They travel in the wheel; the catalogue does not, but in every clone."""
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < WHEEL_MB * 1e6
    assert not [path.name for path in PAGES.glob("*.jpg") if path.stat().st_size > AT_MOST_BYTES]


def test_the_readme_explains_every_clip_and_every_column_of_the_truth() -> None:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    assert not [name for name in (FIRST, *names()) if f"| `{name}` |" not in readme]
    explained = set(re.findall(r"`([a-z_<>]+)`", readme))
    wanted = {name.removeprefix("parent_").removeprefix("child_") for name in columns(["<toy>"])}
    assert not wanted - explained


def test_the_studio_explains_every_phrase_and_every_step() -> None:
    """If this fails: paste what `studio.telling.vocabulary()` gives."""
    readme = (ROOT / "studio" / "README.md").read_text("utf-8")
    assert vocabulary() in readme
    assert not [step for step in STEPS if f"| `{step}` |" not in readme]
