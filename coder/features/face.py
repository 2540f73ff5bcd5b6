"""One face as one look at one frame gives it."""

from dataclasses import dataclass

from coder.features.geometry import Head


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; right and bottom are not included."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def side(self) -> float:
        """The longer side."""
        return max(self.right - self.left, self.bottom - self.top)

    @property
    def area(self) -> float:
        """Square pixels."""
        return (self.right - self.left) * (self.bottom - self.top)

    def overlap(self, other: "Box") -> float:
        """Intersection over union, 0 … 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        shared = max(width, 0.0) * max(height, 0.0)
        return shared / (self.area + other.area - shared)


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face that was found.

    head: from the landmark mesh if there is one (`meshed`), else from the detectors' six points, which are
    coarser. coarse: the head from those six points wherever the detectors saw the face. width_px: how wide the
    mesh, or the box, is in the picture. iris: offsets in eye widths (right, up) where there is a mesh.
    """

    box: Box
    head: Head
    coarse: Head | None
    meshed: bool
    width_px: float
    iris: tuple[float, float] | None
