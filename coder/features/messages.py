"""What goes through the pipe between the program and the children that measure for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from coder.language import ENGLISH, later
from coder.model.problem import Problem

AGAIN = later("Measuring can be started again and goes on after the last finished part.")
"""The hint of every failure that did not come from what a person asked for."""


@dataclass(frozen=True, slots=True)
class Task:
    """One segment of one film. settings: as the extractor tells them, fitted to the film. language: to speak."""

    film: str
    extractor: str
    settings: Mapping[str, str]
    start: int
    stop: int
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class Failure:
    """The child gave the task up. media: the film is at fault. detail: for the log, not for a person."""

    problems: tuple[Problem, ...]
    media: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """The block that came before is all of the task. took_s: how long it was at it."""

    took_s: float
