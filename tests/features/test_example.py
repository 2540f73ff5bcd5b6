"""The worked example of docs/extractors.md: installed as its package says, without a network, and used."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coder.features.extractor import Block, make, names
from coder.features.provenance import provenance
from coder.features.run import extract
from coder.model.problem import FeatureError
from coder.settings.shipped import shipped
from coder.workflows.extraction import extract_steps
from coder.workflows.measured import curves_of
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "brightness"
FILM = shipped("sample_media") / "shared-play.mp4"  # 1,500 frames: three segments


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that pip has put the example into, with what is on this machine only."""
    target = tmp_path_factory.mktemp("installed")
    words = ["install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--target", target, EXAMPLE]
    environment = {
        **os.environ,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "TMPDIR": str(tmp_path_factory.mktemp("pip")),
    }
    done = subprocess.run(
        [sys.executable, "-m", "pip", *map(str, words)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(autouse=True)
def _found(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(installed)


def test_it_is_found_and_its_track_is_drawn(tmp_path: Path) -> None:
    assert "brightness" in names()
    with new_study(tmp_path / "study", "Trial") as store:
        session = add_session(store, FILM, "first")
        found = finish(
            extract_steps(store, [session.id], {"brightness": {"every": "5"}}, extractors=["brightness"])
        )
        assert not found.failed
        (curve,) = curves_of(store, store.session(session.id))
        assert curve.signal.label == "Brightness"
        assert len(curve.values) == 300
        assert curve.valid.all()
        assert curve.provenance.packages["coder-brightness"] == "1.0.0"
        assert curve.provenance.settings == {"every": "5"}


def test_from_its_second_segment_on_it_gives_the_same_numbers() -> None:
    whole = [one for one in extract(FILM, "brightness", {}) if isinstance(one, Block)]
    rest = [one for one in extract(FILM, "brightness", {}, start=500) if isinstance(one, Block)]
    assert [one.start for one in whole] == [0, 500, 1000]
    assert all(np.array_equal(a.values, b.values) for a, b in zip(whole[1:], rest, strict=True))
    assert 0 < whole[0].values.mean() < 255


def test_its_settings_are_checked() -> None:
    assert make("brightness", {"every": "3"}).step == 3
    for settings in ({"every": "0"}, {"every": "often"}, {"speed": "1"}):
        with pytest.raises(FeatureError, match="The one setting"):
            make("brightness", settings)
    assert provenance(make("brightness", {}), "film", ()).models == {}
