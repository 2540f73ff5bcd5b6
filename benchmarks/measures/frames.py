"""Answers and truth side by side, frame by frame, and the conditions by which frames are parted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from benchmarks.measures.answers import PEOPLE, Answers, unit
from benchmarks.measures.clips import Clip
from benchmarks.measures.scores import (
    Errors,
    Figure,
    Flags,
    Kinds,
    Sorted,
    Values,
    errors,
    kinds,
    rank_correlation,
    share,
    sorted_out,
    switches,
)
from benchmarks.measures.seeing import Track
from benchmarks.measures.voices import Heard, all_heard, heard
from studio.acts import other
from studio.truth import Person

TOUCH_MM = 20.0
"""Hands that are as near to the other's body touch it: the truth measures between surfaces of figures."""

CIRCLE = 1.51
"""Standard deviations to each side, of a circle that holds 68 % of directions."""

KINDS = ("elsewhere", "other’s face", "other’s hands or body", "object")
"""What somebody may look at, in the order of the signal `target`."""

_FREE = ("away", "camera", "closed")

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
    """One person. right: 1 where the face that was found is nearer to the person's own than to the other's.

    gaze_off_deg: between the measured and the true direction of the eyes, while they rest and are open.
    """

    found: Values
    right: Values
    yaw_deg: Values
    true_yaw_deg: Values
    gaze_off_deg: Values
    gaze_error_deg: Values
    looks: Values
    true_looks: Values
    target: Values
    true_target: Values


@dataclass(frozen=True, eq=False)
class DyadFrames(_Frames):
    """Both persons together."""

    mutual: Values
    true_mutual: Values
    distance_mm: Values
    error_mm: Values
    true_distance_mm: Values
    touch: Values
    true_touch: Values


@dataclass(frozen=True)
class PersonScores:
    """What is scored of a person. looks, target: of the frames with settled eyes; decided: share of these with an
    answer about the face. gaze_inside: share of directions within the circle that should hold 68 %.
    """

    frames: int
    found: Figure
    right: Figure
    decided: Figure
    looks: Sorted
    target: Kinds
    yaw: Errors
    gaze: Errors
    gaze_inside: Figure


@dataclass(frozen=True)
class DyadScores:
    """What is scored of both together. inside: share of distances within their own stated uncertainty."""

    frames: int
    mutual: Sorted
    decided: Figure
    distance: Errors
    inside: Figure
    rank: Figure
    touch: Sorted


@dataclass(frozen=True)
class Condition:
    """A part of the frames. in_view: a face could be found in them; where not, whatever is found is wrong."""

    name: str
    words: str
    holds: Callable[[_Frames], Flags]
    in_view: bool = True


def _in_view(frames: _Frames) -> Flags:
    return ~(frames.visible < IN_VIEW)  # not known counts as in view


def _turned(frames: _Frames, least_deg: float, below_deg: float) -> Flags:
    return _in_view(frames) & (frames.turned_deg >= least_deg) & (frames.turned_deg < below_deg)


CONDITIONS = (
    Condition("in view", "every looked-at frame in which at least a tenth of the face can be seen", _in_view),
    Condition("frontal", "the head is turned less than 30° from the camera’s axis", lambda f: _turned(f, 0, 30)),
    Condition("oblique", "30° to 60°", lambda f: _turned(f, 30, 60)),
    Condition("profile", "60° or more", lambda f: _turned(f, 60, 181)),
    Condition(
        "partly hidden", "less than nine tenths of the face can be seen", lambda f: _in_view(f) & (f.visible < 0.9)
    ),
    Condition("dim", "the light is low", lambda f: _in_view(f) & (f.dim == 1)),
    Condition("small face", "the face is under 50 px wide", lambda f: _in_view(f) & (f.width_px < 50)),
    Condition(
        "out of view",
        "less than a tenth of the face can be seen: a face that is “found” here is a mistake",
        lambda f: ~_in_view(f),
        in_view=False,
    ),
)


def person_frames(clip: Clip, given: Answers, who: str) -> PersonFrames:
    """One person of one clip."""
    at = np.asarray(given.frames, np.int64)
    person, partner = clip.truth.of(who), clip.truth.of(other(who))
    settled, words = person.settled[at], person.target[at]
    away = [np.hypot(*(given.face_px[who] - _middle(one, at)).T) for one in (person, partner)]
    told = (given.found[who] == 1) & np.isfinite(away[0]) & np.isfinite(away[1])
    return PersonFrames(
        turned_deg=np.abs(person.head_yaw_deg[at]),
        visible=person.face_visible[at],
        width_px=person.face_w_px[at],
        dim=clip.dim[at].astype(np.float64),
        found=given.found[who],
        right=np.where(told, away[0] < away[1], np.nan),
        yaw_deg=given.yaw_deg[who],
        true_yaw_deg=person.head_yaw_deg[at],
        gaze_off_deg=np.where(settled & (words != "closed"), _off_deg(given.gaze[who], person, at), np.nan),
        gaze_error_deg=given.gaze_error_deg[who],
        looks=given.looks[who],
        true_looks=np.where(settled, words == f"{other(who)}_face", np.nan),
        target=given.target[who],
        true_target=np.where(settled, _kinds(words, other(who)), np.nan),
    )


def dyad_frames(clip: Clip, given: Answers) -> DyadFrames:
    """Both persons of one clip; a condition is that of the worse of the two faces."""
    at = np.asarray(given.frames, np.int64)
    people = [clip.truth.of(who) for who in PEOPLE]
    settled = people[0].settled[at] & people[1].settled[at]
    hands_mm = np.minimum(*(one.hand_to_other_mm[at] for one in people))
    return DyadFrames(
        turned_deg=np.maximum(*(np.abs(one.head_yaw_deg[at]) for one in people)),
        visible=np.minimum(*(one.face_visible[at] for one in people)),
        width_px=np.minimum(*(one.face_w_px[at] for one in people)),
        dim=clip.dim[at].astype(np.float64),
        mutual=given.mutual,
        true_mutual=np.where(settled, clip.truth.mutual_gaze[at], np.nan),
        distance_mm=given.distance_mm,
        error_mm=given.error_mm,
        true_distance_mm=clip.truth.head_distance_mm[at],
        touch=given.touch,
        true_touch=np.where(np.isfinite(hands_mm), hands_mm <= TOUCH_MM, np.nan),
    )


def _middle(person: Person, at: NDArray[np.int64]) -> Values:
    """(n, 2) px, of the true face."""
    return np.column_stack(
        [(person.face_x_px + person.face_w_px / 2)[at], (person.face_y_px + person.face_h_px / 2)[at]]
    )


def _off_deg(gaze: Values, person: Person, at: NDArray[np.int64]) -> Values:
    true = unit(person.gaze_yaw_deg[at], person.gaze_pitch_deg[at])
    return np.asarray(np.degrees(np.arccos(np.clip((gaze * true).sum(axis=1), -1, 1))))


def _kinds(words: NDArray[np.str_], partner: str) -> Values:
    """The truth's words as numbers of KINDS."""
    kinds = np.full(len(words), KINDS.index("object"), np.float64)
    kinds[np.isin(words, _FREE)] = KINDS.index("elsewhere")
    kinds[words == f"{partner}_face"] = KINDS.index("other’s face")
    kinds[words == f"{partner}_hands"] = KINDS.index("other’s hands or body")
    return kinds


def person_scores(frames: PersonFrames) -> PersonScores:
    """The scores of one person's frames."""
    asked = np.isfinite(frames.true_looks)
    return PersonScores(
        frames=len(frames),
        found=share(frames.found),
        right=share(frames.right),
        decided=share(np.isfinite(frames.looks)[asked].astype(np.float64)),
        looks=sorted_out(frames.looks, frames.true_looks),
        target=kinds(frames.target, frames.true_target, len(KINDS)),
        yaw=errors(frames.yaw_deg, frames.true_yaw_deg),
        gaze=errors(frames.gaze_off_deg, np.zeros(len(frames))),
        gaze_inside=share(
            np.where(
                np.isfinite(frames.gaze_off_deg), frames.gaze_off_deg <= CIRCLE * frames.gaze_error_deg, np.nan
            )
        ),
    )


def dyad_scores(frames: DyadFrames) -> DyadScores:
    """The scores of both together."""
    asked = np.isfinite(frames.true_mutual)
    off = np.abs(frames.distance_mm - frames.true_distance_mm)
    return DyadScores(
        frames=len(frames),
        mutual=sorted_out(frames.mutual, frames.true_mutual),
        decided=share(np.isfinite(frames.mutual)[asked].astype(np.float64)),
        distance=errors(frames.distance_mm, frames.true_distance_mm),
        inside=share(np.where(np.isfinite(off), off <= frames.error_mm, np.nan)),
        rank=rank_correlation(frames.distance_mm, frames.true_distance_mm),
        touch=sorted_out(frames.touch, frames.true_touch),
    )


@dataclass(frozen=True, eq=False)
class Measured:
    """One clip, or several together, by person and as a dyad. switches: how often the face that is taken for one
    person's becomes the other's, or back."""

    name: str
    people: Mapping[str, PersonFrames]
    dyad: DyadFrames
    switches: int
    heard: Heard | None


def measured(clip: Clip, given: Answers, voice: Track | None) -> Measured:
    """One clip's answers beside its truth. voice: of the extractor of sound, if the clip's truth can judge it."""
    people = {who: person_frames(clip, given, who) for who in PEOPLE}
    changes = sum(switches(frames.right) for frames in people.values())
    return Measured(
        clip.name, people, dyad_frames(clip, given), changes, None if voice is None else heard(clip, voice)
    )


def together(parts: Sequence[Measured], name: str) -> Measured:
    """The frames of several clips as those of one."""
    people = {who: PersonFrames.joined([part.people[who] for part in parts]) for who in PEOPLE}
    dyad = DyadFrames.joined([part.dyad for part in parts])
    voices = [part.heard for part in parts if part.heard is not None]
    return Measured(
        name, people, dyad, sum(part.switches for part in parts), all_heard(voices) if voices else None
    )
