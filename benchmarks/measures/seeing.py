"""What an extractor finds in a clip: measured as the product does it, or taken from a folder of earlier runs."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder.features.extractor import Block, Extractor, fitted, make, source_of
from coder.features.provenance import provenance
from coder.features.run import extract, frame_rate
from coder.media import fingerprint, open_index
from coder.model.track import Provenance

_MADE = "made"


@dataclass(frozen=True, eq=False)
class Track:
    """The columns of one film's track, and where they come from."""

    columns: Mapping[str, NDArray[Any]]
    made: Provenance


def track(film: Path, extractor: str, cache: Path | None) -> Track:
    """What the extractor finds with its default settings.

    cache: a folder; what lies there is taken if film, version and settings are the same, and else made anew. A
    change of the extractor's code without a new version does not show: empty the folder.
    """
    kept = cache / f"{film.stem}.{extractor}.npz" if cache else None
    if kept and kept.is_file():
        with np.load(kept) as file:
            columns = {name: file[name] for name in file.files}
        made = Provenance(**json.loads(str(columns.pop(_MADE))))
        if (made.version, made.settings, made.media_sha256) == _wanted(film, extractor):
            return Track(columns, made)
    found = _measured(film, extractor)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        made_by: dict[str, Any] = {_MADE: np.array(json.dumps(asdict(found.made)))}
        np.savez(kept, **made_by, **dict[str, Any](found.columns))
    return found


def _measured(film: Path, extractor: str) -> Track:
    blocks = [message for message in extract(film, extractor, {}) if isinstance(message, Block)]
    values = np.concatenate([block.values for block in blocks], axis=1).astype(np.float32)
    valid = np.concatenate([block.valid for block in blocks], axis=1)
    columns = {
        "frame": np.concatenate([block.indices for block in blocks]),
        "at_us": np.concatenate([block.at_us for block in blocks]),
    }
    made = _fitted(film, extractor)
    for row, signal in enumerate(made.signals):
        columns[signal.id], columns[f"{signal.id}.valid"] = values[row], valid[row]
    return Track(columns, provenance(made, fingerprint(film).sha256, blocks))


def _wanted(film: Path, extractor: str) -> tuple[str, dict[str, str], str]:
    made = _fitted(film, extractor)
    return made.version, dict(made.settings), fingerprint(film).sha256


def _fitted(film: Path, extractor: str) -> Extractor:
    made, index = make(extractor, {}), open_index(film)
    return fitted(made, frame_rate(source_of(made), index.frame_count, index.duration_us))
