"""Where a boundary may lie as well: while eyes are on their way or rolled aside, a hand comes near, a smile grows.

The master marks the frame that the scheme's rule names. What the rule goes by can be told to the frame in the
truth, and not in the picture: from the first frame in which the change shows to the one in which it is complete,
every frame is as right.
"""

from collections.abc import Callable

import numpy as np

from coder.model.time import MILLISECOND_US, Span
from studio.acts import other
from studio.masters.material import Material
from studio.truth import Numbers, Person

NEAR_MM = 25.0
"""A hand that is nearer than this may touch, for who sees the picture: a finger's breadth and a half."""

SURE_MM = 3.0
"""A hand that is nearer than this touches, for everybody."""

ROLLED_DEG = 50.0
"""Eyes that are turned further than this from where the head points show nobody what they look at: figures roll
them as far as they like, and only white is left until the head comes after."""

COMES_AFTER_US = 600 * MILLISECOND_US
"""By then the head has come after the eyes, as far as it does."""

FAINT, PLAIN = 0.1, 0.6
"""Strength of a smile from which it can be seen, and from which nobody could overlook it."""


def eyes_on_their_way(material: Material, who: str, index: int) -> Span | None:
    """Around the frame in which a look begins: since the eyes set out, until they can be seen again.

    For both, if the partner's eyes decide.
    """
    return look_begins(material, who, index) or look_begins(material, other(who), index)


def look_begins(material: Material, who: str, index: int) -> Span | None:
    """The same for the person's own eyes; None if they were not on their way."""
    person, edges_us = material.seen(who), material.frames.edges_us
    first = index
    while first > 0 and not person.settled[first - 1]:
        first -= 1
    return Span(edges_us[first], edges_us[_seen_again(material, person, index)]) if first < index else None


def _seen_again(material: Material, person: Person, index: int) -> int:
    """The frame, from `index` on, in which the head has come so far after the eyes that it shows where they look.

    Or as far as it comes, if that is less; never in the next look.
    """
    frames = material.frames
    stop = min(frames.showing(frames.edges_us[index] + COMES_AFTER_US), len(frames) - 1)
    away = next((at for at in range(index, stop) if not person.settled[at]), stop)
    rolled = rolled_deg(person)[index : away + 1]
    enough = max(ROLLED_DEG, float(rolled.min()) + 1.0)
    return index + int(np.argmax(rolled <= enough))


def rolled_deg(person: Person) -> Numbers:
    """(frames,): the angle between where the eyes and where the head point, in degrees."""
    eyes, head = (
        np.radians([person.gaze_yaw_deg, person.gaze_pitch_deg]),
        np.radians([person.head_yaw_deg, person.head_pitch_deg]),
    )
    cosine = np.sin(eyes[1]) * np.sin(head[1]) + np.cos(eyes[1]) * np.cos(head[1]) * np.cos(eyes[0] - head[0])
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))), dtype=np.float64)


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
