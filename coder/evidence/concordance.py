"""How far a pass and the tracks go together: coverage first, then numbers, each with its chance."""

from collections.abc import Mapping

from coder.model.coding import CodingPass
from coder.model.evidence import Concordance
from coder.model.scheme import Scheme
from coder.model.track import FeatureTrack


def concordances(
    coding: CodingPass, scheme: Scheme, tracks: Mapping[str, FeatureTrack]
) -> tuple[Concordance, ...]:
    """One for each rule of the scheme, in the scheme's order, derived states last. tracks: by id of the signal."""
    raise NotImplementedError
