"""Master codes of “Who Looks Where, How Near”: distance of the bodies, and the parent's touch."""

from functools import lru_cache
from itertools import pairwise

import numpy as np

from coder.model.time import MILLISECOND_US, SECOND_US, Span
from studio.acts import PARENT, PEOPLE, Act
from studio.masters.frames import BLANK, Frames, Labels, Run, bridged, long_enough, runs, without_short
from studio.masters.material import Coded, Material, span_of
from studio.masters.why.near import distance_reason, touch_reason
from studio.masters.zones import hand_comes_near
from studio.truth import Flags, Numbers

TOUCH_US = 300 * MILLISECOND_US
"""gaze-near: “A contact shorter than 300 ms is none”; “A hand brushes past in less than 300 ms: the code goes on
as it was.” Interruptions of less than that do not end a touch (absorb_ms)."""

CONTACT_MM = 10.0
"""A hand nearer than this to the other's body touches it: skin has no thickness in the truth, hands do."""

RESTING_MM = 15.0
"""A hand that has touched, and in the same act is no further off than this, still lies there for who sees the
picture: figures do not give where they meet."""

REACH_MM = 900.0
"""gaze-near, Within reach: “about the length of one arm”. Sitting, an arm (about 0.7 m from the shoulder) comes to
hands and knees when the heads are this far apart."""

STILL_MM_S = 40.0
"""Below this change of the distance between the heads a movement has ended: “Mark a change when the movement that
brings it about has ended.”"""

STILL_OVER_US = 200 * MILLISECOND_US
"""That change is measured over this long, so that one quiet frame is no end."""

KINDS = {"holding": "t_hold", "playful": "t_play", "affectionate": "t_kind", "care": "t_care"}
"""Kind of a touch act -> code, in the scheme's order: “If two kinds apply at once, take the first in this order:
holding or forcing, playful, affectionate, caring.”"""


def nearness(material: Material) -> list[Coded]:
    """The lines `dist` and `touch`, without a gap."""
    return [
        *(
            Coded("dist", run.label, material.frames.span(run), note=why, onset_zone=_zone(material, run, *PEOPLE))
            for run in runs(_distance(material))
            for why in [distance_reason(material, run, REACH_MM)]
        ),
        *(
            Coded("touch", run.label, material.frames.span(run), note=why, onset_zone=_zone(material, run, PARENT))
            for run in runs(_touch(material))
            for why in [touch_reason(material, run, any(contact(material, PARENT)[run.first : run.stop]))]
        ),
    ]


def _zone(material: Material, run: Run, *whose: str) -> Span | None:
    """Where the onset may lie as well; a change of distance without contact has no zone."""
    return hand_comes_near(material, run.first, *whose) if run.first else None


@lru_cache(maxsize=4)
def contact(material: Material, *whose: str) -> list[bool]:
    """Is a hand of one of these on the other's body? Under 300 ms it does not count, nor does a gap end it."""
    near = np.zeros(len(material.frames), dtype=np.bool_)
    for who in whose:
        touching = material.seen(who).hand_to_other_mm <= CONTACT_MM
        rests = material.seen(who).hand_to_other_mm <= RESTING_MM
        near |= touching | _resting(material, who, touching, rests)
    return _lasting(near.tolist(), material.frames)


def _resting(material: Material, who: str, touching: Flags, rests: Flags) -> Flags:
    """In an act of touching the hand that has touched lies on the other as long as it does not draw back."""
    flags = np.zeros(len(material.frames), dtype=np.bool_)
    for act in material.acts_of(who, "touch", "tickle"):
        lies = False
        for index in material.during(span_of(act)):
            lies = bool(touching[index] or (lies and rests[index]))
            flags[index] = lies
    return flags


def untouched(material: Material) -> list[Act]:
    """The parent's acts of touching in which the truth shows no contact: no touch is coded for them."""
    return [act for act in _touching(material) if not _touched(material, act)]


def touching_from_us(material: Material, act: Act) -> int | None:
    """When the contact of an act of touching begins; None if there is none."""
    frames = _touched(material, act)
    return material.frames.edges_us[frames.start] if frames else None


def out_of_picture(material: Material, who: str) -> Flags:
    """The person has left the picture: it is leaving by the script, and no part of the face is inside."""
    person, picture = material.seen(who), material.picture
    flags = np.zeros(len(material.frames), dtype=np.bool_)
    for act in material.acts_of(who, "leave"):
        span = span_of(act)
        flags[material.frames.within(span.start_us, span.end_us)] = True
    beside = (person.face_x_px >= picture.width) | (person.face_x_px + person.face_w_px <= 0)
    above = (person.face_y_px >= picture.height) | (person.face_y_px + person.face_h_px <= 0)
    return np.asarray(flags & (beside | above), dtype=np.bool_)


def _distance(material: Material) -> Labels:
    frames, truth = material.frames, material.truth
    out = out_of_picture(material, "parent") | out_of_picture(material, "child")
    far = truth.head_distance_mm > REACH_MM
    apart = ["d_out" if gone else "d_room" if room else "d_reach" for gone, room in zip(out, far, strict=True)]
    # a contact begins and ends with itself; the other changes wait for the end of the movement
    apart = _when_still(bridged(apart, frames, TOUCH_US), truth.head_distance_mm, frames)
    labels = ["d_touch" if near else label for near, label in zip(contact(material, *PEOPLE), apart, strict=True)]
    return without_short(labels, frames, lambda _: TOUCH_US)


def _when_still(labels: Labels, distance_mm: Numbers, frames: Frames) -> Labels:
    """Each change is put off to the frame in which the heads have come to rest, at most to the next change."""
    row = list(labels)
    found = runs(labels)
    for before, run in pairwise(found):
        still = next((at for at in range(run.first, run.stop) if _still(at, distance_mm, frames)), run.first)
        row[run.first : still] = [before.label] * (still - run.first)
    return row


def _still(index: int, distance_mm: Numbers, frames: Frames) -> bool:
    until = min(frames.showing(frames.edges_us[index] + STILL_OVER_US), len(frames) - 1)
    lasted_s = (frames.edges_us[until] - frames.edges_us[index]) / SECOND_US
    return until == index or abs(float(distance_mm[until] - distance_mm[index])) / lasted_s < STILL_MM_S


def _touch(material: Material) -> Labels:
    frames = material.frames
    labels = ["t_none"] * len(frames)
    for kind in reversed(KINDS):  # the first in the scheme's order is written last, over the others
        inside = [False] * len(frames)
        for act in _touching(material):
            if act.kind == kind:
                for index in _touched(material, act):
                    inside[index] = True
        for index, touching in enumerate(_lasting(inside, frames)):
            if touching:
                labels[index] = KINDS[kind]
    return without_short(labels, frames, lambda _: TOUCH_US)


def _touching(material: Material) -> list[Act]:
    return list(material.acts_of(PARENT, "touch", "tickle"))


def _touched(material: Material, act: Act) -> range:
    """The frames of the contact that an act of touching brings about; empty if there is none.

    It begins in the act, and lasts until the hand is off, or until the next such act begins.
    """
    near, span = contact(material, PARENT), span_of(act)
    inside = material.frames.within(span.start_us, span.end_us)
    first = next((index for index in inside if near[index]), inside.stop)
    nexts = (one.start_us for one in _touching(material) if one.start_us > act.start_us)
    until_us = min(nexts, default=material.frames.window.end_us)
    stop = first
    while stop < len(near) and near[stop] and (stop in inside or material.frames.edges_us[stop] < until_us):
        stop += 1
    return range(first, stop)


def _lasting(flags: list[bool], frames: Frames) -> list[bool]:
    joined: list[Run] = runs(bridged(["x" if flag else BLANK for flag in flags], frames, TOUCH_US))
    whole = [bool(run.label) for run in joined for _ in range(run.first, run.stop)]
    return long_enough(whole, frames, TOUCH_US)
