"""What the tracks ask about: events they speak against, codes that are missing, uncodable time that shows faces."""

from collections.abc import Mapping

from coder.model.coding import CodingPass
from coder.model.evidence import Question
from coder.model.scheme import Scheme
from coder.model.track import FeatureTrack


def questions(coding: CodingPass, scheme: Scheme, tracks: Mapping[str, FeatureTrack]) -> tuple[Question, ...]:
    """Highest score first: duration in seconds × strength × coverage; see `Concern`."""
    raise NotImplementedError
