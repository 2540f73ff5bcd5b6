"""What is concluded about a clip, as answers to the questions that its truth can judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.measures.scores import Values
from benchmarks.measures.seeing import Track
from coder.features.concluding.settings import ConcludingSettings
from coder.features.concluding.signals import PERSONS, Concluded, concluded
from coder.features.concluding.who import Identified, identified
from coder.features.look_columns import looks_of
from coder.features.sighting import Look
from coder.model.persons import Role

PEOPLE = PERSONS


@dataclass(frozen=True, eq=False)
class Answers:
    """(n,) each, NaN where there is no answer; by person where it is a mapping.

    frames: numbers of the looked-at frames. found: 1 where this person's face is said to be seen, else 0, never
    NaN. face_px: (n, 2) middle of the box of that face. yaw_deg: of the head, as in the truth. gaze: (n, 3)
    unit directions in the camera's axes; gaze_error_deg: how far off they are said to be. looks: 1 where the
    person is taken to look at the other's face. target: kind of what is looked at. mutual: both look at each
    other's face. distance_mm, error_mm: between the eyes, and its uncertainty. touch: 1 where hands may touch.
    """

    frames: Sequence[int]
    found: Mapping[str, Values]
    face_px: Mapping[str, Values]
    yaw_deg: Mapping[str, Values]
    gaze: Mapping[str, Values]
    gaze_error_deg: Mapping[str, Values]
    looks: Mapping[str, Values]
    target: Mapping[str, Values]
    mutual: Values
    distance_mm: Values
    error_mm: Values
    touch: Values


def answers(people: Track) -> Answers:
    """Who is who and what follows, with default settings and without any person's help."""
    looks, settings = looks_of(people.columns), ConcludingSettings()
    who = identified(looks, (), settings)
    return answers_of(concluded(looks, who, settings), looks, who)


def answers_of(found: Concluded, looks: Sequence[Look], who: Identified) -> Answers:
    """The answers in what was concluded."""
    rows = {signal.id: row for row, signal in enumerate(found.signals)}

    def said(name: str) -> Values:
        return np.where(found.valid[rows[name]], found.values[rows[name]], np.nan)

    def by_person(name: str) -> dict[str, Values]:
        return {person: said(f"{person}_{name}") for person in PEOPLE}

    return Answers(
        frames=found.indices.tolist(),
        found={person: np.nan_to_num(values) for person, values in by_person("found").items()},
        face_px={person: _faces(looks, who, Role(person)) for person in PEOPLE},
        yaw_deg=by_person("yaw_deg"),
        gaze={person: unit(said(f"{person}_gaze_yaw_deg"), said(f"{person}_gaze_pitch_deg")) for person in PEOPLE},
        gaze_error_deg=by_person("gaze_error_deg"),
        looks=by_person("looks_face"),
        target=by_person("target"),
        mutual=said("mutual_face"),
        distance_mm=said("head_distance_mm"),
        error_mm=said("head_distance_error_mm"),
        touch=said("touch"),
    )


def unit(yaw_deg: Values, pitch_deg: Values) -> Values:
    """(n, 3): right, up, and back to the camera."""
    yaw, pitch = np.radians(yaw_deg), np.radians(pitch_deg)
    return np.column_stack([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)])


def _faces(looks: Sequence[Look], who: Identified, role: Role) -> Values:
    """(n, 2): the middle of the face that is taken for this person's."""
    middles = np.full((len(looks), 2), np.nan)
    for i, (look, at) in enumerate(zip(looks, who.index(role).tolist(), strict=True)):
        face = look.sightings[at].face if at >= 0 else None
        if face is not None:
            middles[i] = ((face.box.left + face.box.right) / 2, (face.box.top + face.box.bottom) / 2)
    return middles
