"""Measures of ratings: means and sums of items. An item that is missing makes them undefined, never smaller."""

from collections.abc import Iterable, Iterator, Mapping
from statistics import mean

from coder.analysis.material import Material
from coder.analysis.number import Number
from coder.analysis.spans import total_us
from coder.model.codable import gaps
from coder.model.scheme import NOT_RATED, RATING, Derived
from coder.model.time import SECOND_US, Span, clock

_UNRATED = "Nothing is rated yet."


def item_mean(material: Material, derived: Derived) -> Iterator[Number]:
    """The mean of each item over the segments; n: the segments in it.

    Segments in which the item is “not to be rated” are left out. An item without a rating in some segment has no
    mean, and none has one while a segment has no ratings at all. 5, 6 and no opportunity: 5.5.
    """
    rated = _rated(material, derived)
    open_s = _unrated_us(material, derived, rated) / SECOND_US
    for item in derived.of:
        given = [ratings.get(item) for ratings in rated.values()]
        numbers = [int(value) for value in given if value is not None and value != NOT_RATED]
        part = (material.label(item),)
        if not given:
            yield Number(part, None, "", 0, _UNRATED)
        elif open_s:
            yield Number(part, None, "", len(numbers), f"{open_s:g} s of the window are not rated yet.")
        elif None in given:
            missing = f"It is not rated in {given.count(None)} of {len(given)} segments."
            yield Number(part, None, "", len(numbers), missing)
        elif not numbers:
            yield Number(part, None, "", 0, f"It is “{_na(material, item)}” in every segment.")
        else:
            yield Number(part, float(mean(numbers)), "", len(numbers))


def item_sum(material: Material, derived: Derived) -> Iterator[Number]:
    """Sum and mean of the items in each segment, such as the sum of a domain of a checklist; n: the items.

    Undefined where an item is missing or “not to be rated”. Items 0, 2 and 1: sum 3, mean 1.
    """
    rated = _rated(material, derived)
    if not rated:
        yield Number(("sum",), None, "", 0, _UNRATED)
        yield Number(("mean",), None, "", 0, _UNRATED)
    for segment, ratings in rated.items():
        numbers = [int(value) for item in derived.of if (value := ratings.get(item, NOT_RATED)) != NOT_RATED]
        why = ""
        for item in derived.of:
            if item not in ratings:
                why = why or f"“{material.label(item)}” is not rated."
            elif ratings[item] == NOT_RATED:
                why = why or f"“{material.label(item)}” is “{_na(material, item)}”."
        at = f"{clock(segment.start_us)} to {clock(segment.end_us)}"
        yield Number((at, "sum"), None if why else float(sum(numbers)), "", len(numbers), why)
        yield Number((at, "mean"), None if why else float(mean(numbers)), "", len(numbers), why)


def _rated(material: Material, derived: Derived) -> Mapping[Span, Mapping[str, str]]:
    """Segment -> item -> rating, in order of time."""
    found: dict[Span, dict[str, str]] = {}
    for event in material.coding.row(material.tier(derived.of[0]).id):
        value = event.modifier(RATING)
        if value is not None:
            found.setdefault(event.span, {})[event.code] = value
    return found


def _unrated_us(material: Material, derived: Derived, rated: Iterable[Span]) -> int:
    """How much of the window is to be rated and has no ratings; 0 if it is less than a segment."""
    tier = material.tier(derived.of[0])
    missing_us = total_us(gaps(rated, material.window)) if tier.every_us else 0
    least_us = tier.shortest_us or tier.every_us // 2 + 1  # a rest that is shorter is no segment
    return missing_us if missing_us >= least_us else 0


def _na(material: Material, item: str) -> str:
    scale = material.tier(item).scale
    return scale.na if scale is not None and scale.na else "not to be rated"
