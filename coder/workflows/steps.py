"""Running a long piece of work to its end."""

from collections.abc import Callable, Generator
from typing import TypeVar

from coder.model.progress import Progress

Result = TypeVar("Result")
Steps = Generator[Progress, None, Result]


def finish(steps: Steps[Result], tell: Callable[[Progress], None] | None = None) -> Result:
    """The result of `steps`; `tell` hears each progress on the way."""
    while True:
        try:
            progress = next(steps)
        except StopIteration as stop:
            result: Result = stop.value
            return result
        if tell is not None:
            tell(progress)
