"""The rows of the page of assignments: a session with who codes it, and one coder's task in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coder.desktop.tables import Column
from coder.desktop.wording import PURPOSE_WORDS
from coder.language import later, tr
from coder.model.study import Purpose, Session
from coder.workflows.assignments import Standing, Task, TaskState

STATE_WORDS = {
    TaskState.NOT_BEGUN: later("not begun"),
    TaskState.OPEN: later("open"),
    TaskState.SUBMITTED: later("submitted"),
}
_TONES = {TaskState.NOT_BEGUN: "muted", TaskState.OPEN: "warning", TaskState.SUBMITTED: "good"}


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session and who codes it with one scheme. waits: whose submission it is blind for, by name."""

    session: Session
    main: tuple[Task, ...]
    seconds: tuple[Task, ...]
    waits: tuple[str, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All parts, the main one first."""
        return (*self.main, *self.seconds)


def lines_of(sessions: Iterable[Session], standing: Standing, scheme_name: str) -> tuple[SessionLine, ...]:
    """Every session of the study, also those that nobody is to code with the scheme."""
    by_session: dict[str, list[Task]] = {}
    for task in standing.tasks:
        if task.scheme.name == scheme_name:
            by_session.setdefault(task.session.id, []).append(task)
    return tuple(
        SessionLine(
            session,
            tuple(task for task in by_session.get(session.id, ()) if task.purpose is Purpose.MAIN),
            tuple(task for task in by_session.get(session.id, ()) if task.purpose is not Purpose.MAIN),
            tuple(coder.name for coder in standing.blind.waiting_for(session.id, scheme_name)),
        )
        for session in sessions
    )


def _names(tasks: Sequence[Task]) -> str:
    return ", ".join(task.coder.name for task in tasks) or "–"


def _state(tasks: Sequence[Task]) -> str:
    if len(tasks) <= 1:
        return "".join(tr(STATE_WORDS[task.state]) for task in tasks)
    done = sum(task.state is TaskState.SUBMITTED for task in tasks)
    return tr("{done} of {all} submitted", done=done, all=len(tasks))


def _tone(tasks: Sequence[Task]) -> str:
    states = {task.state for task in tasks}
    if len(states) == 1:
        return _TONES[states.pop()]
    return "warning" if states else ""


def _session_tip(line: SessionLine) -> str:
    return tr("Recorded on {day}", day=line.session.recorded_on) if line.session.recorded_on else line.session.note


def _blind_tip(line: SessionLine) -> str:
    if not line.waits:
        return ""
    return tr("Blind until all have submitted; missing: {names}", names=", ".join(line.waits))


SESSION_COLUMNS: tuple[Column[SessionLine], ...] = (
    Column(later("Session"), lambda line: line.session.name, tip=_session_tip, wide=True),
    Column(later("Group"), lambda line: line.session.group or "–", width_px=100),
    Column(later("Main coder"), lambda line: _names(line.main), width_px=110),
    Column(
        later("State"),
        lambda line: _state(line.main),
        tone=lambda line: _tone(line.main),
        tip=_blind_tip,
        width_px=124,
    ),
    Column(later("Second coder"), lambda line: _names(line.seconds), width_px=124),
    Column(
        later("State"),
        lambda line: _state(line.seconds),
        tone=lambda line: _tone(line.seconds),
        tip=_blind_tip,
        width_px=156,
    ),
)

TASK_COLUMNS: tuple[Column[Task], ...] = (
    Column(later("Coder"), lambda task: task.coder.name, wide=True),
    Column(later("For"), lambda task: tr(PURPOSE_WORDS[task.purpose]), width_px=104),
    Column(
        later("State"),
        lambda task: tr(STATE_WORDS[task.state]),
        tone=lambda task: _TONES[task.state],
        width_px=120,
    ),
)


def origin_text(task: Task) -> str:
    """How it came about that somebody codes a session."""
    if task.assignment is None:
        return tr("Begun without having been assigned.")
    origin = task.assignment.origin
    return tr("Assigned: {origin}.", origin=origin) if origin else tr("Assigned by hand.")
