"""The steps of a course as rows of a table: what each is, how long its clip is, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder.desktop.tables import Column
from coder.desktop.wording import length_text
from coder.language import later, plural, tr
from coder.model.training import StepKind
from coder.workflows.training.progress import CourseProgress, StepProgress, StepState
from coder.workflows.training.words import step_kind_word, step_state_word

_TONES = {StepState.LOCKED: "muted", StepState.OPEN: "", StepState.BEGUN: "warning", StepState.DONE: "good"}


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step with its number, from 1. length_us: of its clip, None if that is not known."""

    number: int
    progress: StepProgress
    length_us: int | None
    several: bool

    @property
    def kind(self) -> str:
        """`Watch`, `Practice`, `Test`; of several tests with its number."""
        step = self.progress.step
        word = step_kind_word(step.kind)
        if step.kind is StepKind.TEST and self.several:
            return tr("{kind} {number}", kind=word, number=step.test_set)
        return word

    @property
    def came_of_it(self) -> str:
        """`8 of 10 right`, `2 attempts`; nothing of a test."""
        step, attempts = self.progress.step, self.progress.attempts
        done = [one for one in attempts if one.done]
        if step.kind is StepKind.GUIDED and done and done[-1].asked:
            return tr("{right} of {asked} right", right=done[-1].right, asked=done[-1].asked)
        if step.kind is StepKind.PRACTICE and attempts:
            return plural("{count} attempt", "{count} attempts", len(attempts))
        return ""


def step_rows(progress: CourseProgress, lengths_us: Mapping[str, int]) -> tuple[StepRow, ...]:
    """The steps in order. lengths_us: of the clips, by the id of the step."""
    several = len(progress.tests) > 1
    return tuple(
        StepRow(number, step, lengths_us.get(step.step.id), several)
        for number, step in enumerate(progress.steps, start=1)
    )


STEP_COLUMNS: Sequence[Column[StepRow]] = (
    Column("", lambda row: str(row.number), right=True, width_px=56),
    Column(later("Step"), lambda row: row.progress.step.title, tip=lambda row: row.progress.step.title, wide=True),
    Column(later("What to do"), lambda row: row.kind, width_px=110, least_px=84),
    Column(
        later("Length"),
        lambda row: "" if row.length_us is None else length_text(row.length_us),
        right=True,
        width_px=72,
        least_px=56,
    ),
    Column(later("What came of it"), lambda row: row.came_of_it, width_px=140, least_px=90),
    Column(
        later("State"),
        lambda row: step_state_word(row.progress.state),
        tone=lambda row: _TONES[row.progress.state],
        tip=lambda row: row.progress.why,
        width_px=110,
        least_px=84,
    ),
)
