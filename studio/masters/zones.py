"""Where a boundary may lie as well: while the eyes are on their way, a hand comes near, a smile grows.

The master marks the frame that the scheme's rule names. What the rule goes by can be told to the frame in the
truth, and not in the picture: from the first frame in which the change shows to the one in which it is complete,
every frame is as right.
"""

from collections.abc import Callable

from coder.model.time import Span
from studio.acts import other
from studio.masters.material import Material
from studio.truth import Numbers

NEAR_MM = 25.0
"""A hand that is nearer than this may touch, for who sees the picture: a finger's breadth and a half."""

SURE_MM = 3.0
"""A hand that is nearer than this touches, for everybody."""

FAINT, PLAIN = 0.1, 0.6
"""Strength of a smile from which it can be seen, and from which nobody could overlook it."""


def eyes_on_their_way(material: Material, who: str, index: int) -> Span | None:
    """Around the frame in which a look begins: since the eyes set out. For both, if the partner's eyes decide."""
    for person in (who, other(who)):
        settled = material.seen(person).settled
        first = index
        while first > 0 and not settled[first - 1]:
            first -= 1
        if first < index:
            return Span(material.frames.edges_us[first], material.frames.edges_us[index])
    return None


def hand_comes_near(material: Material, index: int, *whose: str) -> Span | None:
    """Around the frame in which a contact begins or ends: while a hand is so near that nobody can tell."""
    for who in whose:
        mm = material.seen(who).hand_to_other_mm
        found = _around(material, mm, index, lambda value: SURE_MM < value <= NEAR_MM)
        if found is not None:
            return found
    return None


def smile_grows(material: Material, who: str, index: int) -> Span | None:
    """Around the frame in which a smile begins or ends: while it is faint."""
    return _around(material, material.seen(who).smile, index, lambda value: FAINT < value <= PLAIN)


def _around(material: Material, values: Numbers, index: int, unsure: Callable[[float], bool]) -> Span | None:
    """The unsure frames that touch the boundary before frame `index`, the boundary among them."""
    first = last = index
    while first > 0 and unsure(float(values[first - 1])):
        first -= 1
    while last < len(values) - 1 and unsure(float(values[last])):
        last += 1
    if first == last:
        return None
    return Span(material.frames.edges_us[first], material.frames.edges_us[last])
