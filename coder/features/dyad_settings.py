"""What a person can set for the built-in extractor, read from text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from coder.features.identity import ChildSide
from coder.language import later, tr
from coder.model.problem import FeatureError, Problem


@dataclass(frozen=True, slots=True)
class DyadSettings:
    """What a person can set; everything else belongs to the version.

    child_side: where the child is in the picture, if known. horizontal_fov_deg: of the camera; 60 is an
    assumption that suits most phones and room cameras. child_face_scale: size of the child's face against an
    adult's; 0.75 lies in the middle of the first five years. toward_enter_deg, toward_leave_deg: a head counts as
    turned to the other below the first angle until it is above the second. every: measure each n-th frame.
    """

    child_side: ChildSide = ChildSide.AUTO
    horizontal_fov_deg: float = 60.0
    child_face_scale: float = 0.75
    toward_enter_deg: float = 20.0
    toward_leave_deg: float = 30.0
    every: int = 1

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "DyadSettings":
        """Settings from text. Raises FeatureError that lists every unknown name and every value out of range."""
        problems, known = [], {}
        for name, text in texts.items():
            if name not in _KINDS:
                problems.append(
                    Problem(tr("There is no such setting."), name, tr("Known: {kinds}.", kinds=", ".join(_KINDS)))
                )
                continue
            kind, low, high, hint = _KINDS[name]
            try:
                known[name] = kind(text)
            except ValueError:
                problems.append(Problem(tr("“{text}” is not a value of this setting.", text=text), name, tr(hint)))
                continue
            if not isinstance(known[name], str) and not low <= known[name] <= high:
                problems.append(Problem(tr("{text} is out of range.", text=text), name, tr(hint)))
        if problems:
            raise FeatureError(*problems)
        made = cls(**known)
        if made.toward_leave_deg < made.toward_enter_deg:
            what = tr("The angle at which a head leaves is smaller than the one at which it enters.")
            raise FeatureError(Problem(what, "toward_leave_deg", tr("Enlarge it.")))
        return made

    def texts(self) -> dict[str, str]:
        """Every setting as text."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


_KINDS: Mapping[str, tuple[Callable[[str], Any], float, float, str]] = {
    "child_side": (ChildSide, 0, 0, later("Write auto, left or right.")),
    "horizontal_fov_deg": (float, 10, 150, later("Write degrees from 10 to 150.")),
    "child_face_scale": (float, 0.4, 1.2, later("Write a share of an adult’s face from 0.4 to 1.2.")),
    "toward_enter_deg": (float, 1, 180, later("Write degrees from 1 to 180.")),
    "toward_leave_deg": (float, 1, 180, later("Write degrees from 1 to 180.")),
    "every": (int, 1, 25, later("Write a whole number from 1 to 25.")),
}
