"""Where each person looks, as a coder could see it: the ground on which the masters of all schemes stand.

A look has the name of its target in the truth table (`parent_face`, a toy, `away` …); `unc`: nobody could say.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from coder.model.time import MILLISECOND_US, SECOND_US
from studio.masters.frames import BLANK, UNCODABLE, Labels, Run, bridged, held, long_enough, runs
from studio.masters.material import Material, span_of
from studio.truth import Flags

LOOK_US = 300 * MILLISECOND_US
"""gaze-near: “A look counts once it rests for 300 ms; blinks and quick eye movements shorter than 300 ms that
return to the same target do not end it.”"""

CLOSED_US = SECOND_US
"""gaze-near, Eyes closed: “The child's lids are down for one second or longer”; what is shorter is a blink."""

UNSEEN_US = SECOND_US
"""Not codable, in every scheme: “For one second or longer …”; what is shorter is bridged."""

LIDS_DOWN = 0.2
"""Opening of the lids (0..1) below which they are down; half down they are not: “Lids half down, eyes still follow
a toy: code the toy.”"""

FACE_SEEN = 0.15
"""Share of the face in sight below which neither eyes nor the direction of the head can be made out."""

EYES_SEEN = 0.5
"""Share of the face in sight from which the eyes can be seen."""

EYES_SEEN_HIDING = 0.85
"""The same while both hands are before the eyes: they cover little else."""

PROFILE_DEG = 100.0
"""Head yaw beyond which no eye can be seen: a little past the profile, the cheekbone covers the nearer one."""


@dataclass(frozen=True)
class Looks:
    """One person's looks: a label a frame, and whether the eyes themselves could be seen."""

    labels: Labels
    eyes_seen: Flags

    def judged_from(self, run: Run) -> str:
        """ "eyes" or "head": what most of a look was judged from."""
        return "eyes" if 2 * int(self.eyes_seen[run.first : run.stop].sum()) >= run.stop - run.first else "head"

    def on(self, *targets: str) -> list[bool]:
        """For each frame: does the person look at one of these?"""
        return [label in targets for label in self.labels]


@lru_cache(maxsize=4)  # two persons of the clip at hand: every scheme asks again and again
def looks(material: Material, who: str) -> Looks:
    """The looks of a person.

    A look begins in the frame in which the eyes come to rest (`settled`) and lasts until the next look does: the
    way from one to the other, if shorter than 300 ms, belongs to the look before. On the way for 300 ms or longer
    is `away`: no target.
    """
    frames, person = material.frames, material.seen(who)
    hidden = unseen(material, who)
    eyes_seen = _eyes_seen(material, who)
    down = (person.eyes < LIDS_DOWN) & eyes_seen
    closed = long_enough(down.tolist(), frames, CLOSED_US)
    blink = [low and not shut for low, shut in zip(down.tolist(), closed, strict=True)]
    labels: Labels = []
    for index in range(len(frames)):
        target = str(person.target[index])
        resting = bool(person.settled[index]) and target != "closed"
        labels.append("closed" if closed[index] else target if resting else BLANK)
    lost = (person.face_visible < FACE_SEEN) & ~hidden & ~_hiding(material, who)
    labels = held(labels, [one or other for one, other in zip(blink, lost.tolist(), strict=True)])
    labels = [UNCODABLE if gone else label for label, gone in zip(labels, hidden.tolist(), strict=True)]
    return Looks(_counted(bridged(labels, frames, LOOK_US), material), eyes_seen)


def unseen(material: Material, who: str) -> Flags:
    """True where the person's face cannot be made out for one second or longer: not codable.

    Who hides behind the own hands is seen to do so.
    """
    frames = material.frames
    gone = ((material.seen(who).face_visible < FACE_SEEN) & ~_hiding(material, who)).tolist()
    gone = [bool(label) for label in bridged(["x" if one else BLANK for one in gone], frames, LOOK_US)]
    return np.array(long_enough(gone, frames, UNSEEN_US), dtype=np.bool_)


def last_end_us(material: Material, on: list[bool]) -> list[int | None]:
    """For each frame: where the flag's latest stretch ended, counting one that still goes on; None before any."""
    row: list[int | None] = []
    last: int | None = None
    for index, flag in enumerate(on):
        last = material.frames.edges_us[index + 1] if flag else last
        row.append(last)
    return row


def _counted(labels: Labels, material: Material) -> Labels:
    """Only what rests for 300 ms counts; what lies between goes to the look before, or is `away` if it is long."""
    frames = material.frames
    kept = [run.label if frames.length_us(run) >= LOOK_US else BLANK for run in runs(labels)]
    row = [label for label, run in zip(kept, runs(labels), strict=True) for _ in range(run.first, run.stop)]
    found = runs(row)
    for place, run in enumerate(found):
        if run.label != BLANK:
            continue
        before = found[place - 1].label if place else UNCODABLE
        after = found[place + 1].label if place + 1 < len(found) else UNCODABLE
        filler = before if before != UNCODABLE else after
        if frames.length_us(run) >= LOOK_US or len(found) == 1:
            filler = "away"
        row[run.first : run.stop] = [filler] * (run.stop - run.first)
    return row


def _eyes_seen(material: Material, who: str) -> Flags:
    person, picture = material.seen(who), material.picture
    left = _inside(person.iris_left_x_px, picture.width) & _inside(person.iris_left_y_px, picture.height)
    right = _inside(person.iris_right_x_px, picture.width) & _inside(person.iris_right_y_px, picture.height)
    needed = np.where(_hiding(material, who), EYES_SEEN_HIDING, EYES_SEEN)
    return (person.face_visible >= needed) & (left | right) & (np.abs(person.head_yaw_deg) <= PROFILE_DEG)


def _inside(values: np.ndarray, size: int) -> Flags:
    return np.asarray((values >= 0) & (values < size), dtype=np.bool_)


def _hiding(material: Material, who: str) -> Flags:
    flags = np.zeros(len(material.frames), dtype=np.bool_)
    for act in material.acts_of(who, "hide"):
        span = span_of(act)
        flags[material.frames.within(span.start_us, span.end_us)] = True
    return flags
