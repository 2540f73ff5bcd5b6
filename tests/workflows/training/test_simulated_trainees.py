"""The simulated coders take the built-in courses: each is decided on and told what its planted errors deserve."""

from pathlib import Path

import pytest

from coder.model.study import Role
from coder.model.training import StepKind
from coder.settings.shipped import shipped
from coder.workflows.passes import add_coder
from coder.workflows.studies import new_study
from coder.workflows.training.attempts import begin_guided, finish_guided
from coder.workflows.training.certifying import certificates, decision
from coder.workflows.training.courses import take_course
from coder.workflows.training.from_file import attempt_from_file
from coder.workflows.training.learning import learning
from coder.workflows.training.words import pattern_words

SAMPLES = shipped("sample_media")
LATE, SHORT = "You mark late", "misses are shorter than one second"
SHARED_OR_NOT = "You mix up “Child looks at: Object both use” and “Child looks at: Other object”"
JOINS_OR_STEERS = "You mix up “Joins child’s activity” and “Steers to something else”"
MIDDLE, TURNED = "You keep to the middle of the scale", "the wrong way round"

# course, coder, whether the test is passed, what is said after it
TAKEN = [
    ("gaze-near", "careful", True, ()),
    ("gaze-near", "hasty", False, (LATE, SHORT)),
    ("gaze-near", "confused", False, (SHARED_OR_NOT,)),
    ("cue-response", "careful", True, ()),
    ("cue-response", "hasty", False, (LATE,)),
    ("cue-response", "confused", False, (JOINS_OR_STEERS,)),
    ("ratings", "careful", True, ()),
    ("ratings", "hasty", False, (MIDDLE,)),
    ("ratings", "confused", False, (TURNED,)),
    ("shared-play", "careful", True, ()),
    ("shared-play", "hasty", False, (LATE,)),
    ("face-to-face", "careful", True, ()),
    ("face-to-face", "hasty", False, (LATE,)),
]


@pytest.mark.parametrize(("name", "who", "passes", "told"), TAKEN, ids=[f"{one[0]}-{one[1]}" for one in TAKEN])
def test_each_is_decided_on_and_told_what_was_planted(
    tmp_path: Path, name: str, who: str, passes: bool, told: tuple[str, ...]
) -> None:
    with new_study(tmp_path / "study", "Training") as store:
        taken = take_course(store, SAMPLES / "courses" / f"{name}.toml")
        trainee = add_coder(store, who.capitalize(), Role.TRAINEE)
        for step in taken.course.steps:
            if step.kind is StepKind.GUIDED:
                finish_guided(store, begin_guided(store, taken, step.id, trainee.id).id, 1, 1)
            else:
                coded = Path(step.master).name.replace(".master.", f".{who}.")
                attempt_from_file(store, taken, step.id, trainee.id, SAMPLES / "passes" / coded)
        assert decision(store, taken, trainee.id, 1).passed is passes
        assert len(certificates(store, trainee.id)) == passes
        found = learning(store, taken, trainee.id)
        said = [pattern_words(habit, found.scheme) for habit in found.habits]
        assert all(any(words in sentence for sentence in said) for words in told), said
        assert bool(said) is bool(told), said
