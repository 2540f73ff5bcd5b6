"""What a rule finds for each event: consistent, inconsistent, or no evidence."""

from collections.abc import Mapping

from coder.model.coding import CodingPass
from coder.model.evidence import EventEvidence
from coder.model.scheme import Scheme
from coder.model.track import FeatureTrack


def findings(coding: CodingPass, scheme: Scheme, tracks: Mapping[str, FeatureTrack]) -> tuple[EventEvidence, ...]:
    """Every rule of the scheme on every event it is about, tier by tier in order of time; derived states last.

    tracks: by id of the signal, on the session clock. A rule whose signal is not there finds no evidence.
    """
    raise NotImplementedError
