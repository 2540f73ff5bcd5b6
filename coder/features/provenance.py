"""Where a measurement comes from, complete enough to make it again."""

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Protocol, runtime_checkable

from coder.features.extractor import Block, Extractor
from coder.features.weights import hashes
from coder.model.track import Provenance


@runtime_checkable
class BringsModels(Protocol):
    """An extractor whose model files do not lie with those of this program."""

    def model_hashes(self) -> Mapping[str, str]:
        """sha256 by file name. Raises FeatureError if a file is not the one that it should be."""
        ...


def provenance(extractor: Extractor, media_sha256: str, blocks: Iterable[Block]) -> Provenance:
    """The provenance of all blocks of one film together.

    Dropped are frames that the extractor wanted and the decoder could not give.
    """
    decoded = wanted = 0
    for block in blocks:
        decoded += len(block.indices)
        wanted += len(range(block.start + -block.start % extractor.step, block.stop, extractor.step))
    return Provenance(
        extractor=extractor.name,
        version=extractor.version,
        media_sha256=media_sha256,
        settings=dict(extractor.settings),
        models=dict(extractor.model_hashes() if isinstance(extractor, BringsModels) else hashes(extractor.models)),
        packages={name: version(name) for name in extractor.packages},
        frames_decoded=decoded,
        frames_dropped=wanted - decoded,
    )
