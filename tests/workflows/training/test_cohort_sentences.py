"""Who is stuck and who drifts, said in words; whoever comes first in a pair, it is the coder who is spoken of."""

import pytest

from coder.model.agreement import Drift
from coder.model.statistic import ACCURACY, BIAS, F1
from coder.model.time import SECOND_US
from coder.training.cohort import Alert, Stuck
from coder.training.curve import LearningCurve
from coder.workflows.training.cohort_sentences import alert_words, stuck_words
from tests.reliability.drawn import SCHEME


@pytest.mark.parametrize(
    ("curve", "mean", "before", "said"),
    [
        (
            LearningCurve("cues", F1, (), code="v", criterion=0.75),
            0.5,
            None,
            "“Code v”: F1 (found, and nothing extra): 0.50 over the last three attempts; needed is 0.75.",
        ),
        (
            LearningCurve("look", ACCURACY, (), criterion=0.85, unit_us=SECOND_US // 2),
            0.7,
            0.6,
            "Child looks: estimated accuracy (units of 0.5 s): 0.70 over the last three attempts and rising; "
            "needed is 0.85.",
        ),
        (  # by a hair, which two decimals would not show
            LearningCurve("cues", F1, (), code="v", criterion=0.75),
            0.7486,
            None,
            "“Code v”: F1 (found, and nothing extra): 0.749 over the last three attempts; needed is 0.75.",
        ),
        (
            LearningCurve("cues", BIAS, (), criterion=0.3),
            -0.41,
            -0.39,
            "Child cues: timing bias: −0.41 s over the last three attempts; needed is 0.30 s.",
        ),
    ],
)
def test_who_is_stuck(curve: LearningCurve, mean: float, before: float | None, said: str) -> None:
    assert stuck_words(Stuck(curve, mean, before, 4, curve.short_of(mean)), SCHEME) == said


def alert(statistic: str, coders: tuple[str, str], rolling: float | None, **more: object) -> Alert:
    drift = Drift("look", statistic, *coders, (), low=0.7 if statistic == ACCURACY else -0.25, high=0.25)
    other = next(name for name in coders if name != "Eve")
    return Alert(drift, other, rolling, **{"below": True, **more})  # type: ignore[arg-type]  # as the tests name them


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            alert(ACCURACY, ("Ann", "Eve"), 0.61),
            "Child looks: estimated accuracy with Ann: 0.61 over the last three double-coded sessions; "
            "the floor is 0.70.",
        ),
        (
            alert(BIAS, ("Ann", "Eve"), 0.4),
            "Child looks: 0.40 s later than Ann over the last three double-coded sessions.",
        ),
        (
            alert(BIAS, ("Eve", "Ann"), 0.4),
            "Child looks: 0.40 s earlier than Ann over the last three double-coded sessions.",
        ),
        (
            alert(BIAS, ("Ann", "Eve"), 0.4, later=3, signed=4, p=0.625),
            "Child looks: 0.40 s later than Ann over the last three double-coded sessions.",
        ),
        (
            alert(BIAS, ("Eve", "Ann"), 0.1, below=False, later=0, signed=6, p=0.03125),
            "Child looks: later than Ann in 0 of 6 double-coded sessions (sign test, p = 0.031).",
        ),
    ],
)
def test_who_drifts(found: Alert, said: str) -> None:
    assert alert_words(found, SCHEME) == said
