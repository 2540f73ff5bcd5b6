"""Long work is run to its end, and ended with whatever interrupts it."""

from collections.abc import Callable

import pytest

from coder.model.progress import Progress
from coder.workflows.steps import Steps, finish, sharing


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


def test_a_share_becomes_progress_of_a_hundred() -> None:
    def work(tell: Callable[[float], None]) -> str:
        for share in (0.25, 0.5, 1.0):
            tell(share)
        return "done"

    told: list[Progress] = []
    assert finish(sharing(work, "Reading"), told.append) == "done"
    assert [(progress.done, progress.total) for progress in told] == [(0, 100), (25, 100), (50, 100), (100, 100)]
