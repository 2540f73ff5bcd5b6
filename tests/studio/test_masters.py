"""Every clip's masters: fit for the product, exclusive where they must be, and those that are shipped."""

import math

import pytest

from coder.media import probe
from coder.model.time import SECOND_US
from studio.masters import master_texts
from studio.masters.material import frames_of, material, truth_path
from studio.places import SAMPLES
from studio.scenario import load, names
from tests.studio.truths import acted

SHIPPED = [name for name in names() if truth_path(load(name)).exists()]


@pytest.mark.parametrize("name", names())
def test_a_script_acted_out_without_bodies_gives_masters_that_the_product_takes(name: str) -> None:
    scenario = load(name)
    texts = master_texts(scenario, acted(scenario, frames_of(scenario, scenario.cameras[0])))
    assert {f"{name}.{scheme}.master.csv" for scheme in scenario.schemes} <= set(texts)
    assert all(len(text.splitlines()) > 3 for text in texts.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_masters_follow_from_shipped_files_alone(name: str) -> None:
    scenario = load(name)
    for file, text in master_texts(scenario, material(scenario)).items():
        assert (SAMPLES / file).read_text("utf-8") == text, file


@pytest.mark.parametrize("name", SHIPPED)
def test_the_coded_window_is_the_shipped_film(name: str) -> None:
    scenario = load(name)
    film = truth_path(scenario).with_name(truth_path(scenario).name.replace(".truth.csv", ".mp4"))
    if not film.exists():
        pytest.skip("the film is not shipped yet")
    of_clip = material(scenario)
    assert of_clip.frames.window.end_us == probe(film).duration_us
    assert math.isclose(of_clip.frames.window.end_us / SECOND_US, scenario.seconds, abs_tol=0.2)
