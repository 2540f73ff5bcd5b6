"""Labels of frames become states: runs of one label, bridged and cleaned by the schemes' least lengths.

A row of labels has one label a frame. Times are whole microseconds on the session clock.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coder.model.time import Span

BLANK = ""
"""The label of a frame that belongs to no state yet."""

UNCODABLE = "unc"
"""The label of a frame that cannot be coded; it never swallows what can be."""

Labels = list[str]
Least = Callable[[str], int]
"""Label -> least length of its states in microseconds."""


@dataclass(frozen=True, slots=True)
class Run:
    """The frames first..stop-1 with one label."""

    label: str
    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class Frames:
    """When the frames begin (n), and at the end when the film ends: n + 1 rising times."""

    edges_us: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.edges_us) - 1

    @property
    def window(self) -> Span:
        """The coded window: the whole film."""
        return Span(self.edges_us[0], self.edges_us[-1])

    def span(self, run: Run) -> Span:
        """When a run holds."""
        return Span(self.edges_us[run.first], self.edges_us[run.stop])

    def length_us(self, run: Run) -> int:
        """How long a run holds."""
        return self.edges_us[run.stop] - self.edges_us[run.first]

    def showing(self, at_us: int) -> int:
        """The frame on the screen at a time: the last that begins at or before it."""
        return min(max(bisect_right(self.edges_us, at_us) - 1, 0), len(self) - 1)

    def mark(self, at_us: int) -> int:
        """The time a coder would mark for something at `at_us`: the beginning of the frame on the screen."""
        return self.edges_us[self.showing(at_us)]

    def within(self, start_us: int, end_us: int) -> range:
        """The frames that begin in [start_us, end_us)."""
        inside = self.edges_us[:-1]
        return range(bisect_left(inside, start_us), bisect_left(inside, end_us))


def runs(labels: Sequence[str]) -> list[Run]:
    """The labels as runs, in order, without gap."""
    found: list[Run] = []
    for index, label in enumerate(labels):
        if found and found[-1].label == label:
            found[-1] = Run(label, found[-1].first, index + 1)
        else:
            found.append(Run(label, index, index + 1))
    return found


def painted(found: Iterable[Run]) -> Labels:
    """The labels of runs that leave no gap; inverts `runs`."""
    return [run.label for run in found for _ in range(run.first, run.stop)]


def bridged(labels: Sequence[str], frames: Frames, below_us: int) -> Labels:
    """Whatever interrupts a label for less than `below_us` and returns to it gets that label."""
    row = list(labels)
    last_end: dict[str, int] = {}
    for run in runs(labels):
        if run.label == BLANK:
            continue
        end = last_end.get(run.label)
        if end is not None and frames.edges_us[run.first] - frames.edges_us[end] < below_us:
            row[end : run.first] = [run.label] * (run.first - end)
        last_end[run.label] = run.stop
    return row


def held(labels: Sequence[str], missing: Sequence[bool]) -> Labels:
    """Where a frame tells nothing, the label before it goes on (at the beginning, the first label there is)."""
    known = [label for label, gone in zip(labels, missing, strict=True) if not gone]
    row, last = [], known[0] if known else BLANK
    for label, gone in zip(labels, missing, strict=True):
        last = last if gone else label
        row.append(last)
    return row


def long_enough(flags: Sequence[bool], frames: Frames, least_us: int) -> list[bool]:
    """Only the stretches of True that last at least `least_us`."""
    kept = [False] * len(flags)
    for run in runs(["x" if flag else BLANK for flag in flags]):
        if run.label and frames.length_us(run) >= least_us:
            kept[run.first : run.stop] = [True] * (run.stop - run.first)
    return kept


def without_short(labels: Sequence[str], frames: Frames, least: Least) -> Labels:
    """No state shorter than its least length is left: the shortest goes first, to what was before it.

    A state that is too short is an interruption if the same holds on both sides; else the state before it goes on.
    At the beginning, and after uncodable time, the state that follows takes it.
    """
    row = runs(labels)
    while len(row) > 1:
        short = [index for index, run in enumerate(row) if frames.length_us(run) < least(run.label)]
        if not short:
            break
        index = min(short, key=lambda one: frames.length_us(row[one]))
        before = row[index - 1].label if index > 0 else UNCODABLE
        after = row[index + 1].label if index + 1 < len(row) else UNCODABLE
        label = before if before != UNCODABLE else after
        row[index] = Run(label, row[index].first, row[index].stop)
        row = runs(painted(row))
    return painted(row)
