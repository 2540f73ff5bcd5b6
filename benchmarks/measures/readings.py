"""What an extractor's signals say to the questions that are scored: one reader for each extractor.

A reader for the next extractor is one more class with these parts, entered in `READERS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from benchmarks.measures.scores import Values
from coder.features.dyad_settings import DyadSettings
from coder.features.geometry import FACE_HEIGHT_CM

PEOPLE = ("parent", "child")

Signals = Mapping[str, Values]
"""(n,) values by signal, NaN where they are not valid."""


@dataclass(frozen=True, eq=False)
class Reading:
    """An extractor's answers, (n,) each, NaN where it gives none.

    found: 1 where it says that it sees this person's face, else 0, never NaN. yaw_deg: of the head, in the
    camera's axes: 0 along the camera's axis, + to the picture's right, as in the truth. facing: 1 where it takes
    the person to look at the other's face. mutual: 1 where it takes both to do so. distance_mm: between the heads.
    """

    found: Mapping[str, Values]
    yaw_deg: Mapping[str, Values]
    facing: Mapping[str, Values]
    mutual: Values
    distance_mm: Values


class Reader(Protocol):
    """How one extractor's signals are read. rules: in words, for the page; quick: settings of a quick look."""

    extractor: str
    quick: Mapping[str, str]
    rules: tuple[str, ...]

    def read(self, signals: Signals) -> Reading:
        """The answers in an extractor's signals."""
        ...


class DyadFacesReader:
    """Head directions stand in for gaze, and the mean face height for a yardstick."""

    extractor: str = "dyad-faces"
    quick: Mapping[str, str] = {"every": "10"}
    settings = DyadSettings()
    mm_per_head = 10 * FACE_HEIGHT_CM * (1 + settings.child_face_scale) / 2
    rules: tuple[str, ...] = (
        "“Found” is `parent_found` or `child_found` = 1. Where two faces cannot be told apart, nobody was found.",
        "“Looks at the other’s face” is `parent_toward` or `child_toward`: the head, not the eyes, points to the "
        f"other’s head; on below {settings.toward_enter_deg:g}°, off above {settings.toward_leave_deg:g}°. The "
        "thresholds are the program’s own; they were not chosen on these clips. It names no other target, so the "
        "question about gaze has two answers only: at the other’s face, or elsewhere.",
        "“Mutual gaze” is `mutual_toward`: both heads point to each other’s by the same thresholds.",
        f"Distance in mm is `head_distance_heads` × {mm_per_head:.1f} mm, the mean of the adult’s and the child’s "
        "face height that the extractor assumes. It is measured in the picture: how far one head is behind the "
        "other does not show.",
    )

    def read(self, signals: Signals) -> Reading:
        """The answers in the signals of `dyad-faces`."""
        return Reading(
            found={who: np.nan_to_num(signals[f"{who}_found"], nan=0.0) for who in PEOPLE},
            yaw_deg={who: signals[f"{who}_yaw_deg"] for who in PEOPLE},
            facing={who: signals[f"{who}_toward"] for who in PEOPLE},
            mutual=signals["mutual_toward"],
            distance_mm=signals["head_distance_heads"] * self.mm_per_head,
        )


READERS: tuple[Reader, ...] = (DyadFacesReader(),)
