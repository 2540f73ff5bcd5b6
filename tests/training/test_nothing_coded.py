"""Who submits the tests of the built-in courses with nothing coded is told what was missed, and never passes."""

from pathlib import Path

import pytest

from coder.formats.course_file import read_course
from coder.model.coding import CodingPass, PassHeader, PassStatus
from coder.model.study import Purpose
from coder.model.time import Span
from coder.model.training import Matter
from coder.settings.shipped import shipped
from coder.training.certification import decide
from coder.training.scoring import score
from coder.training.tolerance import beside
from tests.training.clips import an_attempt

SAMPLES = Path(shipped("sample_media"))


@pytest.mark.parametrize("name", ["cue-response", "face-to-face", "gaze-near", "ratings", "shared-play"])
def test_nothing_coded_reaches_nothing(name: str) -> None:
    file = read_course(SAMPLES / "courses" / f"{name}.toml", Path(shipped("schemes")))
    scores = []
    for at, step in enumerate(file.course.tests(1)):
        told = file.masters[step.id]
        window = step.clip.span or told.window or Span(0, max(event.offset_us for event in told.events))
        header = PassHeader("p", "s", file.scheme.id, "nobody", Purpose.TRAINING, window, PassStatus.SUBMITTED)
        nothing = CodingPass.of(header, ())
        master = beside(told.over(window), nothing, file.scheme)
        done_at = f"2026-01-0{at + 1}"
        scores.append(score(step, an_attempt(step.id), done_at, master, nothing, file.scheme, limits=False))
    decision = decide(file.course.rule, scores)
    assert not decision.passed
    judged = [one for one in decision.criteria if one.matter is Matter.METRIC and one.clip and one.met is not None]
    assert judged
    # in a tier with a default, marking nothing says that the default holds, which may be right for a while
    defaults = {tier.id for tier in file.scheme.tiers if tier.default is not None}
    assert not [one for one in judged if one.met and one.requirement and one.requirement.tier not in defaults]
