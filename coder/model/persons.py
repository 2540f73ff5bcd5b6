"""Who is who in the picture, and what a person says about it."""

from dataclasses import dataclass
from enum import StrEnum

from coder.model.time import Span


class Role(StrEnum):
    """Whom a track of faces or bodies belongs to. OTHER: a clinician, a sibling; NOBODY: a doll, a picture."""

    PARENT = "parent"
    CHILD = "child"
    OTHER = "other"
    NOBODY = "nobody"


DYAD = (Role.PARENT, Role.CHILD)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Somebody's word about one place in one frame. at_us: file time. x, y: shares (0 … 1) of width and height."""

    at_us: int
    x: float
    y: float
    role: Role


@dataclass(frozen=True, slots=True)
class IdentityMark:
    """What a person said about a stretch of a film, as places and roles, so that it outlives a new measurement.

    media_id: the film. span: file time; inside it the anchors hold and nothing is guessed against them.
    withdrawn: ISO 8601, UTC; "" while it holds. actor: id of the coder who said it. at: ISO 8601, UTC.
    """

    id: str
    media_id: str
    span: Span
    anchors: tuple[Anchor, ...]
    actor: str
    at: str
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """One person in one frame. left, top, right, bottom: of the face, or of the head if only a body was found, as
    shares (0 … 1) of the picture.

    role: None where nobody can say. confidence: 0 … 1. said: a person said so. followed: a box that was followed,
    not found anew. trail: the same number as long as one person was followed without doubt. ray: where the gaze
    goes, from x, y to x, y in shares; None if unknown.
    """

    left: float
    top: float
    right: float
    bottom: float
    role: Role | None
    confidence: float
    said: bool = False
    followed: bool = False
    trail: int = -1
    ray: tuple[float, float, float, float] | None = None
