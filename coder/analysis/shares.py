"""Measures of states: how much of the time, how often, how long.

In the examples one letter is one second, `u` is time that cannot be coded.
"""

from collections.abc import Iterator, Sequence

from coder.analysis.material import Material
from coder.analysis.number import (
    NOTHING_CODABLE,
    Number,
    counted,
    longest_seconds,
    mean_seconds,
    percent,
    seconds,
)
from coder.analysis.spans import Spans, rest, shared, total_us
from coder.model.scheme import Derived
from coder.model.time import SECOND_US


def percent_time(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """The share of codable time in which each term holds, in per cent; n: its stretches.

    `aabbuuaa`: a holds for 4 of 6 codable seconds, 66.7 %.
    """
    for term in derived.of:
        ground = shared(material.codable(term), where)
        held = shared(material.holds(term), ground)
        yield percent((material.label(term),), total_us(held), total_us(ground), len(held), NOTHING_CODABLE)


def change(
    material: Material, derived: Derived, parts: Sequence[tuple[str, Spans]]
) -> Iterator[tuple[str, Number]]:
    """The share of codable time in each part less that in the part before it, for each term; n: its stretches.

    Yields a sentence about the first part that does not occur ("" if all do), and the number. With `aabb` in the
    first part and `abbb` in the second, a changes by 25 - 50 = -25 per cent of the time.
    """
    for term in derived.of:
        ground = [shared(material.codable(term), where) for _, where in parts]
        held = [shared(material.holds(term), one) for one in ground]
        shares = [100 * total_us(a) / total_us(b) if b else None for a, b in zip(held, ground, strict=True)]
        for at in range(1, len(parts)):
            before, after = shares[at - 1], shares[at]
            part = (material.label(term), f"from {parts[at - 1][0]} to {parts[at][0]}")
            n = len(held[at - 1]) + len(held[at])
            lost = next((label for label, where in parts[at - 1 : at + 1] if not where), "")
            if before is None or after is None:
                yield lost, Number(part, None, "%", n, "No time of one of the two parts could be coded.")
            else:
                yield lost, Number(part, after - before, "%", n)


def both(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """How long, how often, and in which share of the time all codes hold at once.

    `aab.` over `.xxx`: a and x hold together for 1 second, once, in 25 % of 4 seconds.
    """
    ground = shared(material.codable(*derived.of), where)
    held = shared(material.holds(" and ".join(derived.of)), ground)
    time_us, whole_us = total_us(held), total_us(ground)
    yield seconds(("time",), time_us, len(held), whole_us)
    yield counted(("stretches",), len(held), whole_us)
    yield percent(("share of the time",), time_us, whole_us, len(held), NOTHING_CODABLE)


def bouts(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """Number, mean and longest stretch of each term.

    Interruptions that the scheme absorbs do not divide a stretch; time that cannot be coded and the ends of the
    window or part do, and the stretch counts with what is left of it. `aabuaaaa`: a has 2 stretches, of 2 and 4
    seconds, 3 in the mean.
    """
    for term in derived.of:
        ground = shared(material.codable(term), where)
        lengths = [one.duration_us for one in shared(material.holds(term), ground)]
        label = material.label(term)
        why = "" if ground else NOTHING_CODABLE
        yield counted((label, "stretches"), len(lengths), total_us(ground))
        yield mean_seconds((label, "mean length"), lengths, *((why,) if why else ()))
        yield longest_seconds((label, "longest"), lengths, *((why,) if why else ()))


def without(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """Codable time in which none of the terms holds: how much, in how many stretches, the longest.

    With the parameter `most_us`: 1 if it is that much or less in all, else 0. `aabauub`: without a for 2 seconds,
    in 2 stretches, the longest 1 second.
    """
    ground = shared(material.codable(*derived.of), where)
    held = shared(material.holds(" or ".join(derived.of)), ground)
    lengths = [gap.duration_us for gap in rest(ground, held)]
    whole_us, time_us = total_us(ground), sum(lengths)
    yield seconds(("time",), time_us, len(lengths), whole_us)
    yield counted(("stretches",), len(lengths), whole_us)
    yield longest_seconds(("longest",), lengths, *(() if ground else (NOTHING_CODABLE,)))
    if "most_us" in derived.parameters:
        most_us = derived.parameters["most_us"]
        part = (f"at most {most_us / SECOND_US:g} s (1: yes, 0: no)",)
        kept = float(time_us <= most_us) if ground else None
        yield Number(part, kept, "", len(lengths), "" if ground else NOTHING_CODABLE)
