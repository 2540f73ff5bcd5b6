"""Rows of spans, each in order and without overlap: what they share, and how long they are."""

from collections.abc import Iterable

from coder.model.time import Span

Spans = tuple[Span, ...]


def shared(a: Spans, b: Spans) -> Spans:
    """The time that two rows have in common."""
    found, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        both = a[i].intersection(b[j])
        if both is not None:
            found.append(both)
        if a[i].end_us < b[j].end_us:
            i += 1
        else:
            j += 1
    return tuple(found)


def rest(whole: Spans, taken: Spans) -> Spans:
    """The time of one row that another row, which lies inside it, does not take. Spans that touch stay apart."""
    found, at = [], 0
    for span in whole:
        start_us = span.start_us
        while at < len(taken) and taken[at].start_us < span.end_us:
            if start_us < taken[at].start_us:
                found.append(Span(start_us, taken[at].start_us))
            start_us = taken[at].end_us
            at += 1
        if start_us < span.end_us:
            found.append(Span(start_us, span.end_us))
    return tuple(found)


def total_us(spans: Iterable[Span]) -> int:
    """How long they are together."""
    return sum(span.duration_us for span in spans)


def holds_moment(spans: Iterable[Span], at_us: int) -> bool:
    """True if one of them contains the moment."""
    return any(span.contains(at_us) for span in spans)
