"""Taking turns: runs in which two kinds of moments alternate."""

from collections.abc import Iterator
from itertools import pairwise
from statistics import mean

from coder.analysis.material import Material
from coder.analysis.number import NO_STRETCH, NOTHING_CODABLE, Number, counted, mean_seconds, seconds
from coder.analysis.spans import Spans, shared, total_us
from coder.model.coding import Event
from coder.model.scheme import Derived
from coder.model.time import Span

Run = tuple[Event, ...]


def alternation(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """How many runs of turns there are, how many turns they have, how long they last; see `runs`.

    `c.p.c.....p.c` with at least 3 turns and gaps of at most 4 seconds: one run of 3 turns, 4 seconds long.
    """
    found = runs(material, derived, where)
    ground = shared(material.codable(*derived.of), where)
    lengths = [_span(run).duration_us for run in found]
    whole_us = total_us(ground)
    yield counted(("runs",), len(found), whole_us)
    turns = float(mean(len(run) for run in found)) if found else None
    why = NO_STRETCH if ground else NOTHING_CODABLE
    yield Number(("mean turns of a run",), turns, "", len(found), "" if found else why)
    yield mean_seconds(("mean length",), lengths, why)
    yield seconds(("time in runs",), sum(lengths), len(found), whole_us)


def alternation_spans(material: Material, derived: Derived) -> Spans:
    """Each run from its first turn to its last."""
    return tuple(_span(run) for run in runs(material, derived, (material.window,)))


def runs(material: Material, derived: Derived, where: Spans) -> tuple[Run, ...]:
    """The longest stretches of moments in which two codes alternate.

    Each turn is of the other code than the one before, and follows it by no more than `gap_us`, from onset to
    onset; two in the same moment do not follow each other. A run has at least `min_turns` turns, and never goes on
    across time that cannot be coded.
    """
    found: list[Run] = []
    for span in shared(material.codable(*derived.of), where):
        turns = material.moments(" or ".join(derived.of), (span,))
        start = 0
        for at, (before, after) in enumerate(pairwise(turns), start=1):
            if (
                before.code == after.code
                or not 0 < after.onset_us - before.onset_us <= derived.parameters["gap_us"]
            ):
                found.append(turns[start:at])
                start = at
        found.append(turns[start:])
    return tuple(run for run in found if run and len(run) >= derived.parameters["min_turns"])


def _span(run: Run) -> Span:
    return Span(run[0].onset_us, run[-1].onset_us)
