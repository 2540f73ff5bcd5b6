"""The trainees of a study as rows of a table, who is due first, and what is to be said of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coder.desktop.course_rows import STANDING_TONES
from coder.desktop.learning_plots import CurveRow
from coder.desktop.reliability_texts import DASH
from coder.desktop.tables import Column
from coder.language import later, plural, tr
from coder.model.study import Coder
from coder.model.training import Standing
from coder.training.certification import last_day
from coder.training.cohort import Stuck
from coder.workflows.training.cohort import Cohort, Damaged, Member
from coder.workflows.training.progress import StepState
from coder.workflows.training.words import standing_words

_STANDS = {
    Standing.IN_TRAINING: later("in training"),
    Standing.FAILED: later("not passed"),
    Standing.CERTIFIED: later("certified"),
    Standing.DUE_SOON: later("due soon"),
    Standing.EXPIRED: later("expired"),
    Standing.ABSENT: later("absent"),
}


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A coder in a course. member: None for a trainee who has not begun any, and where damage keeps it from us."""

    coder: Coder
    member: Member | None = None
    damaged: Damaged | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Whose row it is, and of which course; "" for none."""
        return self.coder.id, self.course[1]

    @property
    def course(self) -> tuple[str, str]:
        """Title and name of the course; "" where there is none, or where damage hides which it is."""
        if self.member is not None:
            return self.member.title, self.member.course.name
        if self.damaged is not None and self.damaged.course is not None:
            return self.damaged.title, self.damaged.course.name
        return "", ""

    @property
    def needs_somebody(self) -> bool:
        """True if a supervisor should look."""
        return self.damaged is not None or (self.member is not None and self.member.needs_somebody)

    @property
    def due_on(self) -> date | None:
        """When a re-check is due."""
        return self.member.where.due_on if self.member is not None else None

    @property
    def urgency(self) -> tuple[int, date, str, str]:
        """For sorting: damage; who is due, the longest first; who drifts, failed, is stuck; then the others."""
        one = self.member
        if self.damaged is not None:
            return _DAMAGED, date.max, self.coder.name, self.damaged.title
        if one is None:
            return _NOT_BEGUN, date.max, self.coder.name, ""
        stands = one.where.standing
        asked = (one.is_due, bool(one.alerts), stands is Standing.FAILED, one.needs_somebody)
        settled = 5 if stands is Standing.CERTIFIED else 4
        rank = asked.index(True) if True in asked else settled
        return rank, one.where.due_on or date.max, self.coder.name, one.title


_DAMAGED, _NOT_BEGUN = -1, 6


def cohort_rows(found: Cohort) -> tuple[CohortRow, ...]:
    """Everybody, by urgency."""
    rows = (
        *(CohortRow(one.coder, one) for one in found.members),
        *(CohortRow(one.coder, damaged=one) for one in found.damaged),
        *map(CohortRow, found.idle),
    )
    return tuple(sorted(rows, key=lambda row: row.urgency))


def courses_in(rows: Iterable[CohortRow]) -> tuple[tuple[str, str], ...]:
    """The courses that somebody is in: title and name, by title."""
    found = {name: title for title, name in (row.course for row in rows) if name}
    return tuple(sorted((title, name) for name, title in found.items()))


def counts_text(rows: Iterable[CohortRow]) -> str:
    """`5 trainees · 2 due · 1 drifts`: for the head of the page."""
    rows = tuple(rows)
    members = [row.member for row in rows if row.member is not None]
    trainees = len({row.coder.id for row in rows})
    due, drifting = sum(one.is_due for one in members), sum(bool(one.alerts) for one in members)
    stuck = sum(one.needs_somebody and not one.is_due and not one.alerts for one in members)
    damaged = sum(row.damaged is not None for row in rows)
    parts = [
        plural("{count} trainee", "{count} trainees", trainees),
        plural("{count} re-check due", "{count} re-checks due", due) if due else "",
        plural("{count} drifting", "{count} drifting", drifting) if drifting else "",
        plural("{count} not getting on", "{count} not getting on", stuck) if stuck else "",
        plural("{count} damaged", "{count} damaged", damaged) if damaged else "",
    ]
    return " · ".join(filter(None, parts))


def _name(row: CohortRow) -> str:
    if row.damaged is not None:
        return f"{row.coder.name}\n{row.damaged.title or tr('a training record')}"
    return f"{row.coder.name}\n{row.member.title if row.member is not None else tr('no course yet')}"


def _stands(row: CohortRow) -> str:
    if row.damaged is not None:
        return tr("cannot be read")
    return tr("not begun") if row.member is None else tr(_STANDS[row.member.where.standing])


def _tone(row: CohortRow) -> str:
    if row.damaged is not None:
        return "error"
    return "muted" if row.member is None else STANDING_TONES[row.member.where.standing]


def _stands_tip(row: CohortRow) -> str:
    where = row.member.where if row.member is not None else None
    return standing_words(where.standing, where.due_on) if where is not None else ""


def steps_done(member: Member) -> tuple[int, int] | None:
    """How many steps of the course are done, and of how many; None if it was not begun in this study."""
    steps = member.progress.steps if member.progress is not None else ()
    if not any(one.attempts for one in steps):
        return None
    return sum(one.state is StepState.DONE for one in steps), len(steps)


def _steps(row: CohortRow) -> str:
    done = steps_done(row.member) if row.member is not None else None
    if done is None:
        return DASH if row.member is not None else ""
    return tr("{done} of {all}", done=done[0], all=done[1])


def _steps_tip(row: CohortRow) -> str:
    elsewhere = row.member is not None and steps_done(row.member) is None
    return tr("The course was taken elsewhere; only the training record is here.") if elsewhere else ""


def look_at(row: CohortRow) -> str:
    """What a supervisor should look at, in two short lines; "" for nothing."""
    if row.damaged is not None:
        return tr("Damaged") + "\n" + tr("nothing of it is counted")
    return _look_at(row.member) if row.member is not None else ""


def _look_at(one: Member) -> str:
    if one.alerts:
        tiers = dict.fromkeys(_tier(one, alert.drift.tier) for alert in one.alerts)
        return tr("Drifts") + "\n" + ", ".join(tiers)
    if one.is_due:
        return _due(one)
    if one.where.certificate is None and one.stuck:
        behind = [each for each in one.stuck if not each.rising]
        head = tr("Stuck on") if behind else tr("Short of, but rising")
        return head + "\n" + ", ".join(dict.fromkeys(_about(one, each) for each in behind or one.stuck))
    if one.failed is not None:
        count = len(one.failed.unmet)
        told = plural("{count} thing was not reached", "{count} things were not reached", count)
        return tr("Test not passed") + "\n" + told
    return ""


def _due(member: Member) -> str:
    where = member.where
    if where.standing is Standing.DUE_SOON:
        return tr("Re-check soon")
    coded, paper = where.last_coded_on, where.certificate
    if where.standing is Standing.EXPIRED and paper is not None:
        return tr("Re-check now") + "\n" + tr("held until {day}", day=last_day(paper).isoformat())
    return tr("Re-check now") + "\n" + (tr("last coded {day}", day=coded.isoformat()) if coded is not None else "")


def _about(member: Member, one: Stuck) -> str:
    if member.scheme is None:
        return one.curve.code or one.curve.tier
    return CurveRow(one.curve, member.scheme).about


def _tier(member: Member, tier: str) -> str:
    return tier if member.scheme is None else member.scheme.tier(tier).label


COHORT_COLUMNS: tuple[Column[CohortRow], ...] = (
    Column(later("Trainee and course"), _name, tip=_name, wide=True),
    Column(
        later("Stands"),
        _stands,
        tone=_tone,
        tip=_stands_tip,
        width_px=118,
        least_px=96,
    ),
    Column(
        later("Re-check by"),
        lambda row: row.due_on.isoformat() if row.due_on is not None else "",
        tip=lambda _row: tr("From this day on the certificate does not hold, unless the test is taken again"),
        width_px=104,
    ),
    Column(later("Steps"), _steps, tip=_steps_tip, right=True, width_px=68),
    Column(later("To look at"), look_at, tip=look_at, wide=True),
)
