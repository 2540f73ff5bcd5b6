"""What goes through the pipe between the window's process and the child that measures."""

from collections.abc import Mapping
from dataclasses import dataclass

from coder.language import ENGLISH, later
from coder.model.problem import Problem

AGAIN = later("Measuring can be started again and goes on after the last finished part.")
"""The hint of every failure that did not come from what a person asked for."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be measured. start: a frame number, a multiple of the extractor's segment. language: to speak."""

    film: str
    extractor: str
    settings: Mapping[str, str]
    start: int
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class Failure:
    """The child gave up. media: the film is at fault. detail: for the log, not for a person."""

    problems: tuple[Problem, ...]
    media: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """The child has measured everything."""
