"""The columns of the study page, and which step comes next."""

from dataclasses import dataclass
from enum import Enum

from coder.desktop.tables import Column
from coder.desktop.wording import PURPOSE_WORDS, length_text, share_text
from coder.language import grouped, later, plural, tr
from coder.model.coding import PassStatus
from coder.workflows.studies import Overview, PassRow, SessionRow


def passes_text(row: SessionRow) -> str:
    """`2 submitted, 1 open`: how far a session is coded."""
    submitted = sum(one.header.status is PassStatus.SUBMITTED for one in row.passes)
    still_open = len(row.passes) - submitted
    parts = [tr("{count} submitted", count=submitted)] * bool(submitted)
    parts += [tr("{count} open", count=still_open)] * bool(still_open)
    return ", ".join(parts) or tr("not coded")


def _passes_tone(row: SessionRow) -> str:
    done = row.passes and all(one.header.status is PassStatus.SUBMITTED for one in row.passes)
    return "good" if done else "warning" if row.passes else "muted"


def measured_text(row: SessionRow) -> str:
    """`child 92 %, parent 88 %`: the share of frames in which each could be measured."""
    if row.measured is None:
        return tr("not measured")
    return tr(
        "child {child}, parent {parent}",
        child=share_text(row.measured.child),
        parent=share_text(row.measured.parent),
    )


def status_text(row: PassRow) -> str:
    """The state of a pass, for a badge."""
    return tr("submitted") if row.header.status is PassStatus.SUBMITTED else tr("open")


def version_text(row: PassRow) -> str:
    """The version of the scheme, and that there is a newer one or where the pass was moved from."""
    if row.newer:
        return tr("{version} · {newer} is there", version=row.version, newer=row.newer)
    if row.moved_from:
        return tr("{version} · was {before}", version=row.version, before=row.moved_from)
    return row.version


def _version_tip(row: PassRow) -> str:
    said = (
        [tr("Moved from version {version}; the journal says how.", version=row.moved_from)]
        if row.moved_from
        else []
    )
    if row.newer:
        said.append(tr("The study has version {version}; this pass can be moved to it.", version=row.newer))
    return " ".join(said)


def films_text(row: SessionRow) -> str:
    """The film's name, or how many there are, or that one is missing."""
    count = len(row.session.media)
    if not row.lost:
        return row.film.name if count == 1 else plural("{count} film", "{count} films", count)
    if count == 1:
        return tr("missing")
    return tr("{missing} of {count} missing", missing=len(row.lost), count=count)


def _events_text(row: PassRow) -> str:
    return "–" if row.events is None else grouped(row.events)


def _events_tip(row: PassRow) -> str:
    return str(row.hidden) if row.hidden is not None else ""


SESSION_COLUMNS: tuple[Column[SessionRow], ...] = (
    Column(later("Session"), lambda row: row.session.name, tip=lambda row: row.session.note, width_px=200),
    Column(
        later("Film"),
        films_text,
        tone=lambda row: "error" if row.lost else "",
        tip=lambda row: str(row.film),
        wide=True,
    ),
    Column(later("Length"), lambda row: length_text(row.session.media[0].duration_us), right=True, width_px=80),
    Column(later("Passes"), passes_text, tone=_passes_tone, width_px=170),
    Column(
        later("Measured"),
        measured_text,
        tone=lambda row: "muted" if row.measured is None else "",
        tip=lambda _row: tr("Share of the frames in which a face could be measured"),
        width_px=190,
    ),
)

PASS_COLUMNS: tuple[Column[PassRow], ...] = (
    Column(later("Coder"), lambda row: row.coder.name, width_px=150),
    Column(later("Scheme"), lambda row: row.scheme_title, tip=lambda row: str(row.header.scheme), wide=True),
    Column(
        later("Version"),
        version_text,
        tone=lambda row: "warning" if row.newer else "",
        tip=_version_tip,
        width_px=164,
    ),
    Column(later("Purpose"), lambda row: tr(PURPOSE_WORDS[row.header.purpose]), width_px=110),
    Column(
        later("Status"),
        status_text,
        tone=lambda row: "good" if row.header.status is PassStatus.SUBMITTED else "warning",
        width_px=120,
    ),
    Column(later("Events"), _events_text, tip=_events_tip, right=True, width_px=80),
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
        later("First, add a session"),
        later("A session is one recorded meeting. Choose its film; it stays where it is."),
        later("Add session…"),
    ),
    Next.CODER: Advice(
        Next.CODER,
        later("Now add a coder"),
        later("Every pass belongs to the person who codes it. A pseudonym will do."),
        later("Add coder…"),
    ),
    Next.PASS: Advice(
        Next.PASS,
        later("Now start a pass"),
        later("A pass is what one coder codes in one session with one scheme."),
        later("Start a pass…"),
    ),
}


def advice(overview: Overview) -> Advice | None:
    """What to do next in a study that is not under way yet; None once the first pass is there."""
    if not overview.sessions:
        return ADVICE[Next.SESSION]
    if any(row.passes for row in overview.sessions):
        return None
    return ADVICE[Next.PASS if overview.coders else Next.CODER]
