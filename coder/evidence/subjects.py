"""What the rules of a scheme are about: codes and derived states, where they hold and could be coded."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coder.analysis.derived import ground, in_time, state
from coder.analysis.material import Material
from coder.analysis.spans import Spans
from coder.evidence.held import Floats
from coder.model.codable import gaps, uncodable, union
from coder.model.coding import CodingPass
from coder.model.scheme import Evidence, Scheme, TierKind
from coder.model.time import Span


@dataclass(frozen=True)
class Subject:
    """A code, or a derived state, of one pass.

    tier: "" for a derived state. spans: of its events within the coded window, in order of time; moments are empty
    spans. event_ids: of the same, "" for a derived state. codable: the time in which it could be coded.
    """

    tier: str
    code: str
    rules: tuple[Evidence, ...]
    window: Span
    spans: Spans
    event_ids: tuple[str, ...]
    codable: Spans

    @property
    def held(self) -> Spans:
        """The time in which it holds, without overlap."""
        return union(self.spans)

    def looked_at_by(self, rule: Evidence) -> Spans:
        """The time that a rule looks at, within the window and without overlap."""
        if rule.during != "around":
            return self.held
        around = (Span(span.start_us - rule.around_us, span.start_us + rule.around_us) for span in self.spans)
        return union(inside for span in around if (inside := span.intersection(self.window)) is not None)

    @property
    def onsets_us(self) -> Floats:
        """(n,): where its events begin."""
        return np.array([span.start_us for span in self.spans], np.float64)


def subjects(coding: CodingPass, scheme: Scheme) -> tuple[Subject, ...]:
    """All that have rules, in the scheme's order, derived states last. A rating never has any."""
    return tuple(_codes(coding, scheme)) + tuple(_derived(coding, scheme))


def _codes(coding: CodingPass, scheme: Scheme) -> Iterator[Subject]:
    for tier in scheme.tiers:
        ruled = [code for code in tier.codes if code.evidence]
        if not ruled or tier.kind is TierKind.RATING:
            continue
        codable = gaps(uncodable(coding, scheme, tier, coding.window), coding.window)
        for code in ruled:
            found = [
                (event.id, span)
                for event in coding.row(tier.id)
                if event.code == code.id and (span := _within(event.span, coding.window, codable)) is not None
            ]
            spans, ids = tuple(span for _, span in found), tuple(one for one, _ in found)
            yield Subject(tier.id, code.id, code.evidence, coding.window, spans, ids, codable)


def _within(span: Span, window: Span, codable: Spans) -> Span | None:
    """An event's time in the window; None if none of it can be coded."""
    if span.is_moment:
        return span if any(one.contains(span.start_us) for one in codable) else None
    inside = span.intersection(window)
    return inside if inside is not None and any(one.overlaps(inside) for one in codable) else None


def _derived(coding: CodingPass, scheme: Scheme) -> Iterator[Subject]:
    ruled = [derived for derived in in_time(scheme) if derived.evidence]
    material = Material(coding, scheme) if ruled else None
    for derived in ruled:
        assert material is not None
        spans, codable = state(material, derived), ground(material, derived)
        ids = ("",) * len(spans)
        yield Subject("", derived.id, derived.evidence, coding.window, spans, ids, codable)
