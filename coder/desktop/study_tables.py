"""The columns of the study page, and which step comes next."""

from dataclasses import dataclass
from enum import Enum

from coder.desktop.tables import Column
from coder.desktop.wording import PURPOSE_WORDS, length_text, share_text
from coder.model.coding import PassStatus
from coder.workflows.studies import Overview, PassRow, SessionRow


def passes_text(row: SessionRow) -> str:
    """`2 submitted, 1 open`: how far a session is coded."""
    submitted = sum(one.header.status is PassStatus.SUBMITTED for one in row.passes)
    still_open = len(row.passes) - submitted
    parts = [f"{submitted} submitted"] * bool(submitted) + [f"{still_open} open"] * bool(still_open)
    return ", ".join(parts) or "not coded"


def _passes_tone(row: SessionRow) -> str:
    done = row.passes and all(one.header.status is PassStatus.SUBMITTED for one in row.passes)
    return "good" if done else "warning" if row.passes else "muted"


def measured_text(row: SessionRow) -> str:
    """`child 92 %, parent 88 %`: the share of frames in which each could be measured."""
    if row.measured is None:
        return "not measured"
    return f"child {share_text(row.measured.child)}, parent {share_text(row.measured.parent)}"


def status_text(row: PassRow) -> str:
    """The state of a pass, for a badge."""
    return "submitted" if row.header.status is PassStatus.SUBMITTED else "open"


SESSION_COLUMNS: tuple[Column[SessionRow], ...] = (
    Column("Session", lambda row: row.session.name, tip=lambda row: row.session.note, width_px=200),
    Column(
        "Film",
        lambda row: row.film.name if row.film_found else "missing",
        tone=lambda row: "" if row.film_found else "error",
        tip=lambda row: str(row.film),
        wide=True,
    ),
    Column("Length", lambda row: length_text(row.session.media[0].duration_us), right=True, width_px=80),
    Column("Passes", passes_text, tone=_passes_tone, width_px=170),
    Column(
        "Measured",
        measured_text,
        tone=lambda row: "muted" if row.measured is None else "",
        tip=lambda _row: "Share of the frames in which a face could be measured",
        width_px=190,
    ),
)

PASS_COLUMNS: tuple[Column[PassRow], ...] = (
    Column("Coder", lambda row: row.coder.name, width_px=150),
    Column("Scheme", lambda row: row.scheme_title, tip=lambda row: str(row.header.scheme), wide=True),
    Column("Purpose", lambda row: PURPOSE_WORDS[row.header.purpose], width_px=110),
    Column(
        "Status",
        status_text,
        tone=lambda row: "good" if row.header.status is PassStatus.SUBMITTED else "warning",
        width_px=120,
    ),
    Column("Events", lambda row: f"{row.events:,}", right=True, width_px=80),
)


class Next(Enum):
    """What a new study needs first."""

    SESSION = "session"
    CODER = "coder"
    PASS = "pass"


@dataclass(frozen=True, slots=True)
class Advice:
    """The next step as the page offers it."""

    step: Next
    heading: str
    line: str
    button: str


ADVICE = {
    Next.SESSION: Advice(
        Next.SESSION,
        "First, add a session",
        "A session is one recorded meeting. Choose its film; it stays where it is.",
        "Add session…",
    ),
    Next.CODER: Advice(
        Next.CODER,
        "Now add a coder",
        "Every pass belongs to the person who codes it. A pseudonym will do.",
        "Add coder…",
    ),
    Next.PASS: Advice(
        Next.PASS,
        "Now start a pass",
        "A pass is what one coder codes in one session with one scheme.",
        "Start a pass…",
    ),
}


def advice(overview: Overview) -> Advice | None:
    """What to do next in a study that is not under way yet; None once the first pass is there."""
    if not overview.sessions:
        return ADVICE[Next.SESSION]
    if any(row.passes for row in overview.sessions):
        return None
    return ADVICE[Next.PASS if overview.coders else Next.CODER]
