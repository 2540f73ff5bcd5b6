"""A film as a line of the films page: its state, the columns, and what is said about it."""

from dataclasses import dataclass
from pathlib import Path

from coder.desktop.tables import Column
from coder.desktop.timing_words import offset_text, skew_text
from coder.language import later, plural, tr
from coder.model.study import Media
from coder.workflows.cameras import Passport


@dataclass(frozen=True, slots=True)
class FilmRow:
    """One film as the table shows it. passport: None until the file has been read."""

    media: Media
    path: Path
    found: bool
    passport: Passport | None
    first: bool

    @property
    def state(self) -> tuple[str, str]:
        """What is to be known of the file, and the tone in which to say it."""
        if not self.found:
            return tr("missing"), "error"
        if self.passport is None:
            return tr("reading …"), "muted"
        if self.passport.facts is None:
            return tr("cannot be read"), "error"
        if self.passport.problem is not None:
            return tr("another film"), "error"
        if self.passport.facts.damage:
            return tr("damaged"), "warning"
        return tr("as it was coded"), "good"


FILM_COLUMNS: tuple[Column[FilmRow], ...] = (
    Column(later("Camera"), lambda row: row.media.role, width_px=180),
    Column(later("Film"), lambda row: row.path.name, tip=lambda row: str(row.path), wide=True),
    Column(later("File"), lambda row: row.state[0], tone=lambda row: row.state[1], width_px=160),
    Column(
        later("Begins at"),
        lambda row: tr("the session’s clock") if row.first else offset_text(row.media.offset_us),
        right=True,
        width_px=160,
    ),
    Column(
        later("Clock"),
        lambda row: "" if row.first else skew_text(row.media.skew_ppm),
        tip=lambda _row: tr("How much faster its clock runs than the first film’s"),
        right=True,
        width_px=110,
    ),
)


def summary_text(rows: tuple[FilmRow, ...]) -> str:
    """How many films there are, and whose clock is the session's."""
    if len(rows) == 1:
        return tr("One film: its clock is the session’s clock.")
    return plural("{count} film", "{count} films; the clock of the first is the session’s clock.", len(rows))


def problem_text(row: FilmRow) -> str:
    """What is wrong with a film and how to mend it; "" if nothing is known to be."""
    if not row.found:
        return tr("The film is missing. Relink it, or look for it in a folder.")
    if row.passport is not None and row.passport.problem is not None:
        return f"{row.passport.problem.what} {row.passport.problem.hint}".strip()
    return ""


def advice_text(row: FilmRow) -> str:
    """Which copy would help with a film, and why; "" if none would."""
    passport = row.passport
    if passport is not None and passport.facts is not None and passport.facts.damage:
        return tr(
            "A converted copy holds every frame that can be shown, each at its own time, and plays smoothly."
        )
    if passport is None or passport.facts is None or passport.proxy is not None or not passport.wants_proxy:
        return ""
    return tr(
        "Key frames are far apart in this film, so looking about in it takes a while. A small proxy makes it "
        "quick; frames and times stay those of the film."
    )
