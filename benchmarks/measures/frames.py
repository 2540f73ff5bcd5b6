"""Answers and truth side by side, frame by frame, and the conditions by which frames are parted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from benchmarks.measures.clips import Clip
from benchmarks.measures.readings import PEOPLE, Reading
from benchmarks.measures.scores import (
    Errors,
    Figure,
    Flags,
    Sorted,
    Values,
    errors,
    rank_correlation,
    share,
    sorted_out,
)
from studio.acts import other

APART_DEG = 40.0
"""Whose face was found shows only where the two heads point this far apart: the error of a yaw is smaller."""

IN_VIEW = 0.1
"""A face of which less can be seen is out of view; nobody could find it."""


@dataclass(frozen=True, eq=False)
class _Frames:
    """Frames of one or more clips. turned_deg: how far the head (of a dyad: the farther turned one) is turned from
    the camera's axis. visible: share of the face (the less visible one) that can be seen. width_px: of the face
    (the smaller one). All (n,), NaN where not known; dim: 0 or 1.
    """

    turned_deg: Values
    visible: Values
    width_px: Values
    dim: Values

    def __len__(self) -> int:
        return len(self.dim)

    def only(self, mask: Flags) -> Self:
        """Some of the frames."""
        return self._of(lambda values: values[0][mask], [self])

    @classmethod
    def joined(cls, parts: "Sequence[Self]") -> Self:
        """The frames of all parts, one after the other."""
        return cls._of(np.concatenate, parts)

    @classmethod
    def _of(cls, make: "Callable[[list[NDArray[Any]]], NDArray[Any]]", parts: "Sequence[Self]") -> Self:
        return cls(**{field.name: make([getattr(part, field.name) for part in parts]) for field in fields(cls)})


@dataclass(frozen=True, eq=False)
class PersonFrames(_Frames):
    """One person. right: 1 where the face that was found is the right person's, 0 where it is the other's."""

    found: Values
    right: Values
    yaw_deg: Values
    true_yaw_deg: Values
    facing: Values
    true_facing: Values


@dataclass(frozen=True, eq=False)
class DyadFrames(_Frames):
    """Both persons together."""

    mutual: Values
    true_mutual: Values
    distance_mm: Values
    true_distance_mm: Values


@dataclass(frozen=True)
class PersonScores:
    """What is scored of one person. found and right: see `Condition`; facing: of the frames with settled eyes."""

    frames: int
    found: Figure
    right: Figure
    facing: Sorted
    yaw: Errors


@dataclass(frozen=True)
class DyadScores:
    """What is scored of both together."""

    frames: int
    mutual: Sorted
    distance: Errors
    rank: Figure


@dataclass(frozen=True)
class Condition:
    """A part of the frames. in_view: a face could be found in them; where not, whatever is found is wrong."""

    name: str
    holds: Callable[[_Frames], Flags]
    in_view: bool = True


def _in_view(frames: _Frames) -> Flags:
    return ~(frames.visible < IN_VIEW)  # not known counts as in view


CONDITIONS = (
    Condition("all frames", _in_view),
    Condition("frontal", lambda f: _in_view(f) & (f.turned_deg < 30)),
    Condition("oblique", lambda f: _in_view(f) & (f.turned_deg >= 30) & (f.turned_deg < 60)),
    Condition("profile", lambda f: _in_view(f) & (f.turned_deg >= 60)),
    Condition("partly hidden", lambda f: _in_view(f) & (f.visible < 0.9)),
    Condition("dim", lambda f: _in_view(f) & (f.dim == 1)),
    Condition("small face", lambda f: _in_view(f) & (f.width_px < 50)),
    Condition("out of view", lambda f: ~_in_view(f), in_view=False),
)
CONDITION_WORDS = {
    "all frames": "every measured frame in which at least a tenth of the face can be seen",
    "frontal": "the head is turned less than 30° from the camera’s axis",
    "oblique": "30° to 60°",
    "profile": "60° or more",
    "partly hidden": "less than nine tenths of the face can be seen",
    "dim": "the light is low",
    "small face": "the face is under 50 px wide",
    "out of view": "less than a tenth of the face can be seen: a face that is “found” here is a mistake",
}


def person_frames(clip: Clip, indices: NDArray[np.int64], reading: Reading, who: str) -> PersonFrames:
    """One person of one clip. indices: (n,) the film's frames that the reading is about."""
    truth = clip.truth
    person, partner = truth.of(who), truth.of(other(who))
    yaw, theirs = person.head_yaw_deg[indices], partner.head_yaw_deg[indices]
    seen, found = reading.yaw_deg[who], reading.found[who]
    told = (found == 1) & np.isfinite(seen) & (np.abs(yaw - theirs) >= APART_DEG)
    facing = (person.target[indices] == f"{other(who)}_face").astype(np.float64)
    return PersonFrames(
        turned_deg=np.abs(yaw),
        visible=person.face_visible[indices],
        width_px=person.face_w_px[indices],
        dim=clip.dim[indices].astype(np.float64),
        found=found,
        right=np.where(told, np.abs(seen - yaw) < np.abs(seen - theirs), np.nan),
        yaw_deg=seen,
        true_yaw_deg=yaw,
        facing=reading.facing[who],
        true_facing=np.where(person.settled[indices], facing, np.nan),
    )


def dyad_frames(clip: Clip, indices: NDArray[np.int64], reading: Reading) -> DyadFrames:
    """Both persons of one clip; a condition is that of the worse of the two faces."""
    people = [clip.truth.of(who) for who in PEOPLE]
    settled = people[0].settled[indices] & people[1].settled[indices]
    return DyadFrames(
        turned_deg=np.maximum(*(np.abs(one.head_yaw_deg[indices]) for one in people)),
        visible=np.minimum(*(one.face_visible[indices] for one in people)),
        width_px=np.minimum(*(one.face_w_px[indices] for one in people)),
        dim=clip.dim[indices].astype(np.float64),
        mutual=reading.mutual,
        true_mutual=np.where(settled, clip.truth.mutual_gaze[indices], np.nan),
        distance_mm=reading.distance_mm,
        true_distance_mm=clip.truth.head_distance_mm[indices],
    )


def person_scores(frames: PersonFrames) -> PersonScores:
    """The scores of one person's frames."""
    return PersonScores(
        frames=len(frames),
        found=share(frames.found),
        right=share(frames.right),
        facing=sorted_out(frames.facing, frames.true_facing),
        yaw=errors(frames.yaw_deg, frames.true_yaw_deg),
    )


def dyad_scores(frames: DyadFrames) -> DyadScores:
    """The scores of both together."""
    return DyadScores(
        frames=len(frames),
        mutual=sorted_out(frames.mutual, frames.true_mutual),
        distance=errors(frames.distance_mm, frames.true_distance_mm),
        rank=rank_correlation(frames.distance_mm, frames.true_distance_mm),
    )


@dataclass(frozen=True, eq=False)
class Measured:
    """One clip, or all of them together, by person and as a dyad."""

    name: str
    people: Mapping[str, PersonFrames]
    dyad: DyadFrames


def together(parts: Sequence[Measured], name: str) -> Measured:
    """The frames of several clips as those of one."""
    people = {who: PersonFrames.joined([part.people[who] for part in parts]) for who in PEOPLE}
    return Measured(name, people, DyadFrames.joined([part.dyad for part in parts]))
