"""Measures of two people coming together: who was first, how long until it happens again, matched or not."""

from bisect import bisect_right
from collections.abc import Iterator

from coder.analysis.material import Material
from coder.analysis.number import (
    NOTHING_CODABLE,
    Number,
    counted,
    longest_seconds,
    median_seconds,
    percent,
)
from coder.analysis.spans import Spans, rest, shared, total_us
from coder.model.scheme import Derived


def led_by_first(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """Of the stretches in which two codes hold at once, the share that each of them entered first; n: stretches.

    One that both entered in the same moment counts for neither, and is among the stretches. Left out, and counted:
    stretches at whose beginning somebody could not be coded yet, or that begin with the window or part.
    `.aaa..aaa` over `..xx.xxx.`: a was first once, x once: 50 % each.
    """
    ground = shared(material.codable(*derived.of), where)
    own = [material.holds(code) for code in derived.of]
    held = shared(shared(*own), ground)
    edges = {span.start_us for span in ground}
    known = [stretch for stretch in held if stretch.start_us not in edges]
    starts = [tuple(_begun(spans, stretch.start_us) for spans in own) for stretch in known]
    why = "There is no such stretch here whose beginning could be seen."
    for place, code in enumerate(derived.of):
        first = sum(start[place] < start[1 - place] for start in starts)
        part = (f"{material.label(code)} first",)
        yield percent(part, first, len(known), len(known), why if ground else NOTHING_CODABLE)
    yield counted(("left out",), len(held) - len(known), total_us(ground))


def _begun(spans: Spans, at_us: int) -> int:
    """Where the span that holds at that time has begun."""
    return spans[bisect_right(spans, at_us, key=lambda span: span.start_us) - 1].start_us


def recovery(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """Median time from the end of one stretch of a term to the beginning of the next; n: such times.

    Left out, and counted: times that are not seen to their end, because nothing can be coded any more or the
    window or part ends. `aa..a.uua...`: 2 seconds, from the first to the second; 2 are left out.
    """
    (term,) = derived.of
    ground = shared(material.codable(term), where)
    begins, ends = {span.start_us for span in ground}, {span.end_us for span in ground}
    away = [gap for gap in rest(ground, shared(material.holds(term), ground)) if gap.start_us not in begins]
    times = [gap.duration_us for gap in away if gap.end_us not in ends]
    open_ended = len(away) - len(times)
    why = "It did not happen here that one ended and another was seen to begin."
    yield median_seconds(("median",), times, why if ground else NOTHING_CODABLE)
    yield counted(("left out",), open_ended, total_us(ground))


def matching(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """How much of the time any of the terms holds, and how long it takes to come back to it.

    A mismatched stretch is codable time in which none of them holds. The time to repair is the length of one that
    is followed by a match (the reparation latency of Tronick and Gianino 1986). Left out of it, and counted:
    mismatched stretches that are not seen to their end, and those whose beginning could not be coded. One that
    begins with the window or part counts from there. `..mm...m.`, m matched: 3 of 9 seconds; mismatched 3 times;
    repaired after 2 and 3 seconds, 2.5 in the median; 1 left out.
    """
    ground = shared(material.codable(*derived.of), where)
    held = shared(material.holds(" or ".join(derived.of)), ground)
    begins = {span.start_us for span in ground} - {span.start_us for span in where}
    ends = {span.end_us for span in ground}
    apart = rest(ground, held)
    lengths = [gap.duration_us for gap in apart]
    repaired = [gap.duration_us for gap in apart if gap.start_us not in begins and gap.end_us not in ends]
    matched_us, whole_us = total_us(held), total_us(ground)
    yield percent(("matched",), matched_us, whole_us, len(held), NOTHING_CODABLE)
    yield percent(("mismatched",), whole_us - matched_us, whole_us, len(lengths), NOTHING_CODABLE)
    yield counted(("mismatched stretches",), len(lengths), whole_us)
    why = "No mismatched stretch was seen from its beginning to a match."
    yield median_seconds(("median time to repair",), repaired, why if ground else NOTHING_CODABLE)
    yield longest_seconds(("longest time to repair",), repaired, why if ground else NOTHING_CODABLE)
    yield counted(("left out",), len(lengths) - len(repaired), whole_us)
