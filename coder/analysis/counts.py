"""Measures of moments: how often, and with which detail."""

from collections.abc import Iterator

from coder.analysis.material import Material
from coder.analysis.number import NOTHING_CODABLE, Number, counted, per_minute, percent
from coder.analysis.spans import Spans, shared, total_us
from coder.model.scheme import Derived


def rate(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """How many moments each term has, and how many in a minute of codable time.

    2 moments in 30 codable seconds: 4 per minute.
    """
    for term in derived.of:
        ground = shared(material.codable(term), where)
        count, label = len(material.moments(term, ground)), material.label(term)
        yield counted((label, "number"), count, total_us(ground))
        yield per_minute((label, "per minute"), count, total_us(ground))


def modifier_share(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """The share of a code's events with one option, among those whose detail was given at all; n: the latter.

    Of 5 invitations 3 were taken, 1 declined, and one has no result: 3 of 4, 75 %.
    """
    for text in derived.of:
        code_id, _, choice = text.partition(":")
        modifier_id, _, option_id = choice.partition("=")
        modifier = next(one for one in material.code(code_id).modifiers if one.id == modifier_id)
        option = next((one.label for one in modifier.options if one.id == option_id), option_id)
        ground = shared(material.codable(code_id), where)
        given = [event.modifier(modifier_id) for event in material.moments(code_id, ground)]
        values = [value.split(",") for value in given if value]
        why = f"None of these events says “{modifier.label}”." if ground else NOTHING_CODABLE
        part = (material.label(code_id), option)
        yield percent(part, sum(option_id in value for value in values), len(values), len(values), why)
