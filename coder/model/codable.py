"""Which time can be coded at all: uncodable time is missing data, no disagreement and not "no behaviour"."""

from collections.abc import Iterable
from itertools import pairwise

from coder.model.coding import CodingPass
from coder.model.scheme import Scheme, Tier
from coder.model.time import Span


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time in order and without overlap; moments hold no time and are left out."""
    joined: list[Span] = []
    for span in sorted(span for span in spans if not span.is_moment):
        if joined and span.start_us <= joined[-1].end_us:
            joined[-1] = Span(joined[-1].start_us, max(span.end_us, joined[-1].end_us))
        else:
            joined.append(span)
    return tuple(joined)


def gaps(spans: Iterable[Span], window: Span) -> tuple[Span, ...]:
    """The stretches of the window that none of the spans covers, in order."""
    inside = [shared for span in spans if (shared := span.intersection(window)) is not None]
    edges = [Span.moment(window.start_us), *union(inside), Span.moment(window.end_us)]
    return tuple(
        Span(before.end_us, after.start_us) for before, after in pairwise(edges) if before.end_us < after.start_us
    )


def uncodable(coding: CodingPass, scheme: Scheme, tier: Tier, window: Span) -> tuple[Span, ...]:
    """The time in the window that the coder called uncodable for a tier, in order and without overlap.

    A tier without an uncodable code of its own takes over the uncodable time of the other tiers of its stream: who
    cannot see the child's face cannot see its mouth either.
    """
    own = any(code.uncodable for code in tier.codes)
    found = []
    for source in [tier] if own else [other for other in scheme.tiers if other.stream is tier.stream]:
        blind = {code.id for code in source.codes if code.uncodable}
        found += [event.span.intersection(window) for event in coding.row(source.id) if event.code in blind]
    return union(span for span in found if span is not None)
