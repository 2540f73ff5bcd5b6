"""States that follow from two tiers and are never keyed, such as looking at each other's face."""

from coder.model.codable import gaps, union
from coder.model.coding import CodingPass
from coder.model.scheme import Derived, Scheme
from coder.model.time import Span


def derived_states(coding: CodingPass, scheme: Scheme, derived: Derived) -> tuple[Span, ...]:
    """The stretches of the coded window in which all codes of a derived state with rule "both" hold, in order.

    A gap in a tier with a default holds the default.
    Raises ValueError for another rule, KeyError if the scheme has no such code.
    """
    if derived.rule != "both":
        raise ValueError(f"“{derived.id}” is not a state that is derived from codes holding together")
    first, *others = (_code_spans(coding, scheme, code) for code in derived.of)
    held = first
    for other in others:
        held = shared(held, other)
    return shared(held, (coding.window,))


def shared(a: tuple[Span, ...], b: tuple[Span, ...]) -> tuple[Span, ...]:
    """The time that two rows of spans, each in order and without overlap, have in common."""
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


def _code_spans(coding: CodingPass, scheme: Scheme, code_id: str) -> tuple[Span, ...]:
    for tier, code in scheme.codes():
        if code.id == code_id:
            row = coding.row(tier.id)
            default = gaps((event.span for event in row), coding.window) if code_id == tier.default else ()
            return union((*default, *(event.span for event in row if event.code == code_id)))
    raise KeyError(code_id)
