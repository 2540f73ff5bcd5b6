"""How simulated coders rate: a step off, toward the middle, ever higher, or with a scale turned round."""

from collections.abc import Iterable
from dataclasses import replace
from math import floor

import numpy as np

from coder.model.coding import Event
from coder.model.scheme import NOT_RATED, RATING, Scale, Tier
from studio.habits import SimulatedCoder
from studio.slips import RATED, Slip

REASON = "Rated so by a simulated coder."
"""Stands where the scale asks for a reason: the master’s own is no coder’s."""


def rated(
    row: Iterable[Event], tier: Tier, coder: SimulatedCoder, draw: np.random.Generator, faint: np.random.Generator
) -> tuple[list[Event], list[Slip]]:
    """The ratings of a tier as the coder gives them, within the scale; what is not rated stays so."""
    scale = tier.scale
    if scale is None:
        raise ValueError(f"the rating tier {tier.id} has no scale")
    made: list[Event] = []
    slips: list[Slip] = []
    masters = list(row)
    for event in masters:
        rounding, lapse, sign = faint.random(), draw.random(), 1 if draw.random() < 0.5 else -1
        value = _rating(_swapped(event, masters, coder.swaps))
        if value is None:
            made.append(replace(event, note=""))
            continue
        value = scale.low + scale.high - value if event.code == coder.reverses else value
        value = _middled(value, scale, coder.to_the_middle) + floor(coder.higher + rounding)
        if lapse < coder.off_by_one:
            value += sign if scale.low <= value + sign <= scale.high else -sign
        value = min(max(value, scale.low), scale.high)
        reason = REASON if value in scale.reasons_for else ""
        modifiers = tuple(sorted({**dict(event.modifiers), RATING: str(value)}.items()))
        mine = replace(event, modifiers=modifiers, note=reason)
        made.append(mine)
        if mine.modifiers != event.modifiers:
            slips.append(Slip(RATED, event, mine))
    return made, slips


def _rating(event: Event) -> int | None:
    text = event.modifier(RATING)
    return None if text in (None, "", NOT_RATED) else int(text or 0)


def _swapped(event: Event, masters: list[Event], swaps: tuple[str, str] | None) -> Event:
    """The event whose rating the coder gives this one: of the same segment, the item it is mistaken for."""
    if swaps is None or event.code not in swaps:
        return event
    other = swaps[1] if event.code == swaps[0] else swaps[0]
    return next((one for one in masters if one.code == other and one.span == event.span), event)


def _middled(value: int, scale: Scale, pull: float) -> int:
    """Drawn toward the middle of the scale by whole steps; halves go to the middle."""
    off = value - (scale.low + scale.high) / 2
    steps = floor(abs(off) * pull + 0.5)
    return value - steps if off > 0 else value + steps
