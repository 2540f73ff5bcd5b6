"""The entry of a feature track in the study: what was measured on which film, and where the numbers lie."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields

from coder.language import tr
from coder.model.problem import Problem
from coder.model.track import Provenance


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """One finished track file.

    run: says which measurement this is (see `run_of`); a new track of the same film and run replaces the old.
    path: relative to the study's folder, with forward slashes. sha256: of the file. rows: frames in it.
    signals: the names of its value columns. created_at: ISO 8601, UTC.
    """

    id: str
    media_id: str
    run: str
    path: str
    sha256: str
    rows: int
    signals: tuple[str, ...]
    provenance: Provenance
    created_at: str

    def spoiled(self, what: str) -> Problem:
        """Says what is wrong with the file, as the end of a sentence, and how to get a whole one."""
        return Problem(
            tr("A track file {what}.", what=what),
            self.path,
            tr("Measure “{extractor}” again.", extractor=self.provenance.extractor),
        )


def run_of(provenance: Provenance) -> str:
    """The sha256 of everything that decides the numbers: film, extractor, settings, models, packages.

    What is known only afterwards (frames decoded and dropped) does not count.
    """
    parts = _parts(provenance)
    del parts["frames_decoded"], parts["frames_dropped"]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def provenance_text(provenance: Provenance) -> str:
    """Provenance as JSON."""
    return json.dumps(_parts(provenance), sort_keys=True, ensure_ascii=False)


def provenance_of(text: str) -> Provenance:
    """Provenance from JSON; ValueError or TypeError if the text is damaged."""
    return Provenance(**json.loads(text))


def _parts(provenance: Provenance) -> dict[str, object]:
    values = {field.name: getattr(provenance, field.name) for field in fields(provenance)}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}
