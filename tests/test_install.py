"""One install brings all: the wheel holds schemes, sample media, models and typeface, and uses its own."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder of its own, far from the checkout."""
    place = tmp_path_factory.mktemp("install")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "-w", str(place), str(ROOT)], check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "site")
    return place / "site"


def python(installed: Path, *words: str) -> str:
    """What Python prints when it finds the installed package first."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_installed_package_is_the_one_that_runs(installed: Path) -> None:
    where = Path(python(installed, "-c", "import coder; print(coder.__file__)").strip())
    assert where.is_relative_to(installed)


def test_schemes_and_sample_media_are_found_inside(installed: Path) -> None:
    code = "from coder.settings.shipped import shipped; print(shipped('schemes')); print(shipped('sample_media'))"
    schemes, media = map(Path, python(installed, "-c", code).split("\n")[:2])
    assert schemes.is_relative_to(installed)
    assert {path.stem for path in schemes.glob("*.toml")} == {
        "cue-response",
        "face-to-face",
        "gaze-near",
        "ratings",
        "shared-play",
    }
    assert (media / "dyad-first.mp4").read_bytes() == (ROOT / "sample_media" / "dyad-first.mp4").read_bytes()


def test_the_models_are_whole(installed: Path) -> None:
    code = (
        "from coder.features import weights, people\n"
        "print(len([weights.load(name) for name in people.People.models]), weights.shipped())"
    )
    count, place = python(installed, "-c", code).split(maxsplit=1)
    assert int(count) == 5
    assert Path(place.strip()).is_relative_to(installed)
    assert (installed / "coder" / "features" / "models" / "NOTICE").is_file()


def test_commands_and_studies_work_from_it(installed: Path, tmp_path: Path) -> None:
    assert "gaze-near" in python(installed, "-m", "coder", "scheme", "list")
    study = str(tmp_path / "study")
    python(installed, "-m", "coder", "study", "new", study)
    assert "in order" in python(installed, "-m", "coder", "study", "check", study)


def test_typeface_and_templates_travel_too(installed: Path) -> None:
    assert list((installed / "coder").rglob("Inter-Regular.otf"))
    assert list((installed / "coder").rglob("report.html.j2"))
    assert list((installed / "coder").rglob("key_card.html.j2"))
    assert (installed / "coder" / "py.typed").is_file()


def test_the_second_language_is_spoken_from_it(installed: Path) -> None:
    said = python(installed, "-c", "from coder.language import speak, tr; speak('de'); print(tr('Cancel'))")
    assert said.strip() == "Abbrechen"
