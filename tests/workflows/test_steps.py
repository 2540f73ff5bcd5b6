"""Long work is run to its end, and ended with whatever interrupts it."""

import pytest

from coder.model.progress import Progress
from coder.workflows.steps import Steps, finish


def test_what_interrupts_the_telling_closes_the_work_at_once() -> None:
    closed = []

    def steps() -> Steps[None]:
        try:
            yield Progress(0, 1, "half way")
        finally:
            closed.append(True)

    def interrupted(_progress: Progress) -> None:
        raise KeyboardInterrupt

    work = steps()
    with pytest.raises(KeyboardInterrupt):
        finish(work, interrupted)
    assert closed == [True]


def test_the_result_comes_after_all_progress() -> None:
    def steps() -> Steps[str]:
        yield Progress(0, 2, "first")
        yield Progress(1, 2, "second")
        return "done"

    heard: list[str] = []
    assert finish(steps(), lambda progress: heard.append(progress.text)) == "done"
    assert heard == ["first", "second"]
