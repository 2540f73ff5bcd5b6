"""Where somebody was in each pass on this machine: the frame, the timeline's stretch, the tiers in play.

Comfort, like the preferences: what is coded lies in the study. A damaged file is passed over, and written anew.
"""

import threading
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coder.model.problem import CoderError, Problem
from coder.settings.preferences import config_folder
from coder.staging import write_whole

PLACES_AT_MOST = 200


class KeptPlace(BaseModel):
    """The fields are those of the bench's own place."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    at_us: int
    start_us: float = 0.0
    us_per_px: float = Field(default=0.0, ge=0.0)
    tiers: tuple[str, ...] = ()
    hidden: bool = False


class _Places(BaseModel):
    model_config = ConfigDict(extra="ignore")

    places: dict[str, KeptPlace] = Field(default_factory=dict)


class PlacesFile:
    """The places by the id of their pass, and the file they live in. May be written from any thread."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_folder() / "places.json"
        self._places = _read(self.path)
        self._lock = threading.Lock()

    def of(self, pass_id: str) -> KeptPlace | None:
        """Where somebody was in a pass; None if nobody was, or it is too long ago."""
        return self._places.get(pass_id)

    def keep(self, pass_id: str, place: KeptPlace) -> None:
        """Remember and save a place; the oldest one leaves. Raises CoderError if it could not be saved."""
        with self._lock:
            others = {other: kept for other, kept in self._places.items() if other != pass_id}
            newest = list({**others, pass_id: place}.items())[-PLACES_AT_MOST:]
            self._places = dict(newest)
            _write(self.path, _Places(places=self._places))


def _read(path: Path) -> dict[str, KeptPlace]:
    try:
        return _Places.model_validate_json(path.read_bytes()).places
    except (OSError, ValidationError):
        return {}


def _write(path: Path, places: _Places) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoderError(Problem(str(error.strerror or error), str(path.parent))) from error
    write_whole(path, places.model_dump_json().encode())
