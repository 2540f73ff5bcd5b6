"""How much could be seen at all: of a session, and while each code held."""

from collections.abc import Mapping

from coder.model.coding import CodingPass
from coder.model.evidence import CodeCoverage
from coder.model.scheme import Scheme
from coder.model.time import Span
from coder.model.track import Coverage, FeatureTrack


def coverage_of(tracks: Mapping[str, FeatureTrack], window: Span) -> Coverage | None:
    """Of a window, by time and not by number of frames; None if no faces were looked for."""
    raise NotImplementedError


def coverage_by_code(
    coding: CodingPass, scheme: Scheme, tracks: Mapping[str, FeatureTrack]
) -> tuple[CodeCoverage, ...]:
    """Of the time of each code that has a rule, or of each state; in the scheme's order, derived states last."""
    raise NotImplementedError
