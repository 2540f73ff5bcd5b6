"""Model files: only the very files that were recorded are used."""

from pathlib import Path

import pytest

from coder.features.people import People
from coder.features.weights import hashes, load, recorded, shipped
from coder.model.problem import FeatureError


def test_every_shipped_model_is_the_recorded_one() -> None:
    names = {place.name for place in shipped().iterdir() if place.name.endswith((".tflite", ".task"))}
    assert names == set(recorded(shipped()))
    assert all(load(name) for name in names)


def test_the_extractor_names_models_that_are_shipped() -> None:
    assert all(len(digest) == 64 for digest in hashes(People.models).values())


def test_a_missing_a_damaged_and_an_unrecorded_model_are_each_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  face.task\n")
    with pytest.raises(FeatureError, match=r"face\.task: The model file is missing.*Install the program again"):
        load("face.task", tmp_path)
    (tmp_path / "face.task").write_bytes(b"\0" * 1024)
    with pytest.raises(FeatureError, match=r"face\.task: The model file is damaged"):
        load("face.task", tmp_path)
    (tmp_path / "other.task").write_bytes(b"x")
    with pytest.raises(FeatureError, match=r"other\.task: The model file is damaged or not the one"):
        load("other.task", tmp_path)


def test_a_missing_record_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "face.task").write_bytes(b"x")
    with pytest.raises(FeatureError, match="SHA256SUMS: The record of the model files cannot be read"):
        load("face.task", tmp_path)


def test_the_licence_of_the_models_travels_with_them() -> None:
    assert "Apache License" in shipped().joinpath("LICENSE").read_text(encoding="utf-8")
    notice = shipped().joinpath("NOTICE").read_text(encoding="utf-8")
    assert all(name in notice for name in recorded(shipped()))
