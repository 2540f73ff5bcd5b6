"""What a person can set for concluding; nothing has to be seen again when it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from coder.features.setting_texts import Kind, parsed
from coder.language import later, tr
from coder.model.problem import FeatureError, Problem


class ChildSide(StrEnum):
    """Where the child is in the picture, if a person has said so."""

    AUTO = "auto"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class ConcludingSettings:
    """child_side: where the child is in the picture, if known. horizontal_fov_deg: of the camera, along
    the longer side of the picture; 60 is an assumption that suits most phones and room cameras. child_face_scale:
    size of the child's face against an adult's; 0.75 lies in the middle of the first five years.
    toward_enter_deg, toward_leave_deg: a head counts as turned to the other below the first angle until it is
    above the second.
    """

    child_side: ChildSide = ChildSide.AUTO
    horizontal_fov_deg: float = 60.0
    child_face_scale: float = 0.75
    toward_enter_deg: float = 20.0
    toward_leave_deg: float = 30.0

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "ConcludingSettings":
        """Settings from text. Raises FeatureError that lists every unknown name and every value out of range."""
        made = cls(**parsed(texts, _KINDS))
        if made.toward_leave_deg < made.toward_enter_deg:
            what = tr("The angle at which a head leaves is smaller than the one at which it enters.")
            raise FeatureError(Problem(what, "toward_leave_deg", tr("Enlarge it.")))
        return made

    def texts(self) -> dict[str, str]:
        """Every setting as text."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


_KINDS: Mapping[str, Kind] = {
    "child_side": Kind(ChildSide, later("Write auto, left or right.")),
    "horizontal_fov_deg": Kind(float, later("Write degrees from 10 to 150."), 10, 150),
    "child_face_scale": Kind(float, later("Write a share of an adult’s face from 0.4 to 1.2."), 0.4, 1.2),
    "toward_enter_deg": Kind(float, later("Write degrees from 1 to 180."), 1, 180),
    "toward_leave_deg": Kind(float, later("Write degrees from 1 to 180."), 1, 180),
}
