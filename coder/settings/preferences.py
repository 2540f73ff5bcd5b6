"""What a person has set on this machine: theme, text size, recent studies, where the windows were.

Nothing of a study is kept here: losing the file loses comfort, never work. So a damaged file is not a mistake
that stops anybody; the defaults hold, and one remark says so.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coder.language import tr
from coder.model.problem import CoderError, Problem
from coder.staging import write_whole

ThemeChoice = Literal["system", "light", "dark"]
RECENT_AT_MOST = 10
SYSTEM_LANGUAGE = "system"
SMALLEST_TEXT_PT, NORMAL_TEXT_PT, LARGEST_TEXT_PT = 8.0, 10.0, 16.0


class _Strict(BaseModel):
    # Fields that a newer version wrote are passed over, so that going back a version keeps the rest.
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class RecentStudy(_Strict):
    """A study that was open on this machine. path: its folder. opened_at: ISO 8601, UTC."""

    path: str
    name: str
    opened_at: str


class BenchChoices(_Strict):
    """What is chosen for the bench; the fields are those of the bench's own options."""

    stride: int = Field(default=5, ge=1, le=1000)
    replay_us: int = Field(default=5_000_000, ge=500_000, le=60_000_000)
    step_sound: bool = False
    muted: bool = False
    brightness: int = Field(default=0, ge=0, le=20)
    persons: int = Field(default=1, ge=0, le=2)


class LastPass(_Strict):
    """The pass that is on the bench, or was when the program ended without being asked to."""

    study: str
    pass_id: str
    name: str


class Preferences(_Strict):
    """All that is remembered. window: geometry as Qt saves it, base64. splitters: the same, by name.

    language: "system" or two letters. command_keys: all keys of a changed command, by its name. code_keys: by the
    name of a scheme, the key of `tier/code`. last_pass: None when nothing was cut short.
    """

    theme: ThemeChoice = "system"
    text_pt: float = Field(default=NORMAL_TEXT_PT, ge=SMALLEST_TEXT_PT, le=LARGEST_TEXT_PT)
    recent: tuple[RecentStudy, ...] = Field(default=(), max_length=RECENT_AT_MOST)
    window: str = ""
    splitters: dict[str, str] = Field(default_factory=dict)
    film_folder: str = ""
    study_folder: str = ""
    language: str = Field(default=SYSTEM_LANGUAGE, pattern="^(system|[a-z]{2})$")
    bench: BenchChoices = Field(default_factory=BenchChoices)
    command_keys: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    code_keys: dict[str, dict[str, str]] = Field(default_factory=dict)
    last_pass: LastPass | None = None
    tour_seen: bool = False


def config_folder() -> Path:
    """Where a person's settings lie. The environment variable CODER_CONFIG_DIR moves it."""
    folder = os.environ.get("CODER_CONFIG_DIR")
    return Path(folder) if folder else user_config_path("coder-workstation", appauthor=False)


def preferences_path() -> Path:
    """Where the file lies."""
    return config_folder() / "preferences.json"


class PreferencesFile:
    """The preferences and the file they live in. value: as they are now. remark: why the file was not used."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or preferences_path()
        self.value, self.remark = _read(self.path)

    def change(self, **fields: Any) -> None:
        """Set some fields and save them.

        The new value holds from here on even if the disk refuses it. Raises CoderError if it could not be saved,
        and ValidationError for a value that no preference can have: a mistake in the program.
        """
        self.value = Preferences.model_validate(self.value.model_dump() | fields)
        _write(self.path, self.value)

    def remember_study(self, folder: Path, name: str) -> None:
        """Put a study at the head of the recent ones. Raises CoderError if it could not be saved."""
        entry = RecentStudy(path=str(folder), name=name, opened_at=datetime.now(UTC).isoformat(timespec="seconds"))
        others = tuple(one for one in self.value.recent if one.path != entry.path)
        self.change(recent=((entry, *others)[:RECENT_AT_MOST]))

    def forget_study(self, folder: Path) -> None:
        """Take a study off the list; the study itself is not touched. Raises CoderError as `change` does."""
        self.change(recent=tuple(one for one in self.value.recent if one.path != str(folder)))


def _read(path: Path) -> tuple[Preferences, Problem | None]:
    try:
        return Preferences.model_validate_json(path.read_bytes()), None
    except FileNotFoundError:
        return Preferences(), None
    except (OSError, ValidationError):
        return Preferences(), Problem(
            tr("Your preferences could not be read, so the window starts with the usual ones."),
            str(path),
            tr(
                "Nothing of your studies is kept there; the file is written anew as soon as you change "
                "a preference."
            ),
        )


def _write(path: Path, value: Preferences) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = tr("Your preferences could not be saved: {strerror}.", strerror=error.strerror or error)
        raise CoderError(Problem(what, str(path.parent), tr("They hold until the window is closed."))) from error
    write_whole(path, value.model_dump_json(indent=2).encode())
