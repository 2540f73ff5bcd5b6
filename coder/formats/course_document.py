"""What may stand in a course file, field by field.

These models check the form only; what the fields must mean together is checked in `course_steps` and `course_fit`.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from coder.formats.scheme_document import Id, Milliseconds, Text

Count = Annotated[int, Field(ge=1, le=1000)]
Days = Annotated[int, Field(ge=1, le=3660)]
Above = Annotated[float, Field(gt=0, le=100)]
Share = Annotated[float, Field(gt=0, le=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, title="")


class SchemeNameDocument(_Table):
    """Which scheme is taught. sha256: of its exact text. file: beside the course; None for a shipped scheme."""

    name: Id
    version: Text
    sha256: str | None = None
    file: Text | None = None


class CodesDocument(_Table):
    """Mandatory codes of one tier."""

    tier: Id
    codes: Annotated[list[Id], Field(min_length=1)]


class RequirementDocument(_Table):
    """A metric that must reach its target on every clip of a test."""

    statistic: Text
    tier: Id
    target: Above
    code: Id | None = None
    detail: Text | None = None
    unit_ms: Milliseconds | None = None


class RuleDocument(_Table):
    """What certifies a coder."""

    clips: Count = 3
    min_events: Annotated[int, Field(ge=0, le=100_000)] = 10
    min_sensitivity: Share = 0.5
    valid_days: Days = 365
    absence_days: Days = 90
    codes: list[CodesDocument] = []
    requirements: Annotated[list[RequirementDocument], Field(min_length=1)]


class ExerciseDocument(_Table):
    """One question of a guided step. at: a time, as text."""

    ask: Literal["code", "onset"]
    tier: Id
    at: Text


class StepDocument(_Table):
    """One clip and what to do with it. from, to: times on the film's clock, as text."""

    id: Id
    kind: Literal["guided", "practice", "test"]
    title: Text
    text: str = ""
    film: Text
    film_sha256: str | None = None
    film_bytes: Annotated[int, Field(ge=1)] | None = None
    from_: Annotated[Text | None, Field(alias="from")] = None
    to: Text | None = None
    clip: Text | None = None
    master: Text
    tiers: list[Id] = []
    test_set: Annotated[int, Field(ge=1, le=100)] = 1
    exercises: list[ExerciseDocument] = []


class CourseDocument(_Table):
    """A course: an ordered list of clips that leads from watching to a test."""

    name: Id
    version: Text
    title: Text
    summary: Text
    language: str = "en"
    authors: list[Text] = []
    licence: str = ""
    notice: str = ""
    scheme: SchemeNameDocument
    rule: RuleDocument
    steps: Annotated[list[StepDocument], Field(min_length=1)]
