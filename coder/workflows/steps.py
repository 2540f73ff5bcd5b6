"""Running a long piece of work to its end."""

from collections.abc import Callable, Generator
from contextlib import closing
from typing import TypeVar

from coder.model.progress import Progress

Result = TypeVar("Result")
Steps = Generator[Progress, None, Result]


def finish(steps: Steps[Result], tell: Callable[[Progress], None] | None = None) -> Result:
    """The result of `steps`; `tell` hears each progress on the way.

    Whatever interrupts it closes `steps` too: a child process must not outlive the study that it measures for.
    """
    with closing(steps):
        while True:
            try:
                progress = next(steps)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            if tell is not None:
                tell(progress)
