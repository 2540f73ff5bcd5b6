"""Settings of concluding, from text and back."""

import pytest

from coder.features.concluding.settings import ChildSide, ConcludingSettings
from coder.model.problem import FeatureError


def test_settings_come_back_from_their_texts() -> None:
    made = ConcludingSettings(child_side=ChildSide.LEFT, horizontal_fov_deg=72.5, toward_leave_deg=40)
    assert ConcludingSettings.of(made.texts()) == made
    assert ConcludingSettings.of({}) == ConcludingSettings()


def test_every_mistake_is_told_at_once() -> None:
    wrong = {"colour": "red", "child_side": "above", "horizontal_fov_deg": "170", "child_face_scale": "small"}
    with pytest.raises(FeatureError) as raised:
        ConcludingSettings.of(wrong)
    assert [problem.where for problem in raised.value.problems] == list(wrong)


def test_a_head_leaves_at_no_smaller_an_angle_than_it_enters() -> None:
    with pytest.raises(FeatureError, match="Enlarge it"):
        ConcludingSettings.of({"toward_enter_deg": "35"})
