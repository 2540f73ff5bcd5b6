"""Who is to code what: assigned by hand, withdrawn, begun, and how far everybody is.

`drawing` draws who codes a second time; `blinding` says what is hidden until all have submitted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

from coder.language import tr
from coder.model.coding import PassHeader, PassStatus
from coder.model.problem import CodingError, Problem
from coder.model.scheme import SchemeId
from coder.model.study import Assignment, Coder, Purpose, Session
from coder.store import StudyStore
from coder.workflows.blinding import COUNTED, Blinding, gone_on
from coder.workflows.names import one_line
from coder.workflows.passes import begin_pass
from coder.workflows.schemes import freeze_scheme, scheme_for


class TaskState(StrEnum):
    """How far a task is."""

    NOT_BEGUN = "not begun"
    OPEN = "open"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Task:
    """One coder's part in one session with one scheme, and how far it is.

    assignment: None where a pass was begun that nobody had assigned. header: the pass, the newest where it was
    moved to another version; None before it is begun. events: how many it has; None before, and while it is blind.
    """

    session: Session
    coder: Coder
    scheme: SchemeId
    purpose: Purpose
    assignment: Assignment | None
    header: PassHeader | None
    events: int | None

    @property
    def state(self) -> TaskState:
        """Not begun, open or submitted."""
        if self.header is None:
            return TaskState.NOT_BEGUN
        return TaskState.OPEN if self.header.status is PassStatus.OPEN else TaskState.SUBMITTED


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks are not begun, open, submitted. coder: whose; None for all."""

    coder: Coder | None
    not_begun: int
    open: int
    submitted: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.not_begun + self.open + self.submitted


@dataclass(frozen=True)
class Standing:
    """How far a study is. tasks: by session in the study's order, the main ones first. blind: what is hidden now.

    double: how many (session, scheme) have a second coder; compared: how many of these all have submitted.
    """

    tasks: tuple[Task, ...]
    whole: Tally
    by_coder: tuple[Tally, ...]
    blind: Blinding
    double: int
    compared: int


_Key = tuple[str, str, str, Purpose]


def assign(
    store: StudyStore, session_ids: Sequence[str], coder_id: str, scheme_name: str, purpose: Purpose = Purpose.MAIN
) -> tuple[Assignment, ...]:
    """Say that a coder is to code these sessions with the newest version of a scheme: all of them, or nothing.

    purpose: MAIN or RELIABILITY; a session has one main coder with a scheme, and whoever codes it for reliability
    is another one. Raises CodingError with every session for which that makes no sense.
    """
    coder, scheme = store.coder(coder_id), scheme_for(store, scheme_name)
    if purpose not in COUNTED:
        raise CodingError(Problem(tr("Only main and reliability passes are assigned; training needs none.")))
    if not session_ids:
        raise CodingError(Problem(tr("No session is chosen."), hint=tr("Choose at least one.")))
    parts, sessions = parts_of(store), {session.id: session for session in store.sessions()}
    problems = []
    for session_id in session_ids:
        session = sessions.get(session_id) or store.session(session_id)
        taken = parts.get((session_id, scheme.id.name), {})
        if (problem := _clash(session, coder, purpose, taken, scheme.title)) is not None:
            problems.append(problem)
    if problems:
        raise CodingError(*problems)
    frozen = freeze_scheme(store, scheme_name).id
    made = tuple(Assignment(str(uuid4()), one, coder_id, frozen, purpose) for one in dict.fromkeys(session_ids))
    store.add_assignments(made)
    return made


def withdraw(store: StudyStore, assignment_id: str, reason: str = "", on: date | None = None) -> None:
    """Take an assignment back; it stays in the study with the day and the reason.

    A pass that was begun stays, too, and is waited for no more while it is open. on: today if left out. Raises
    CodingError without a reason where the pass was begun.
    """
    task = next((one for one in _tasks(store) if one.assignment and one.assignment.id == assignment_id), None)
    if task is None:
        raise CodingError(Problem(tr("The study has no such assignment any more.")))
    store.remove_assignment(assignment_id, _withdrawn(task, reason, on))


def set_aside(store: StudyStore, pass_id: str, reason: str, on: date | None = None) -> None:
    """Wait no more for an open pass that nobody had assigned; it stays as it is.

    Raises CodingError without a reason, and for a pass that is assigned or submitted.
    """
    task = next((one for one in _tasks(store) if one.header and one.header.id == pass_id), None)
    if task is None or task.assignment is not None or task.state is not TaskState.OPEN:
        raise CodingError(Problem(tr("Only an open pass that nobody was assigned is set aside.")))
    words = _withdrawn(task, reason, on)
    store.add_assignments(
        [Assignment(str(uuid4()), task.session.id, task.coder.id, task.scheme, task.purpose, withdrawn=words)]
    )


def begin_assigned(store: StudyStore, assignment_id: str) -> PassHeader:
    """The pass of an assignment, begun now if it was not yet. Raises CodingError if it was withdrawn."""
    task = next((one for one in _tasks(store) if one.assignment and one.assignment.id == assignment_id), None)
    if task is None:
        raise CodingError(Problem(tr("The study has no such assignment any more.")))
    return task.header or begin_pass(store, task.session.id, task.coder.id, task.scheme.name, task.purpose)


def set_groups(store: StudyStore, session_ids: Iterable[str], group: str) -> str:
    """Put sessions into a group (a site, a wave …) to draw within; "" takes them out of any. Gives its name."""
    name = one_line(group)
    for session_id in session_ids:
        store.set_group(session_id, name)
    return name


def progress(store: StudyStore) -> Standing:
    """Every assignment and every pass that counts for reliability, and how far they are."""
    blind = Blinding.of(store)
    tasks = _tasks(store, blind)
    coders = [coder for coder in store.coders() if any(task.coder.id == coder.id for task in tasks)]
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for task in tasks:
        places[task.session.id, task.scheme.name].add(task.coder.id)
    double = [place for place, who in places.items() if len(who) > 1]
    return Standing(
        tasks,
        _tally(None, tasks),
        tuple(_tally(coder, [task for task in tasks if task.coder.id == coder.id]) for coder in coders),
        blind,
        len(double),
        sum(place not in blind.waiting for place in double),
    )


def parts_of(store: StudyStore) -> Mapping[tuple[str, str], Mapping[str, set[Purpose]]]:
    """(session id, name of a scheme) -> coder id -> for what, assigned or begun, without what was withdrawn."""
    found: dict[tuple[str, str], dict[str, set[Purpose]]] = defaultdict(lambda: defaultdict(set))
    for task in _tasks(store):
        found[task.session.id, task.scheme.name][task.coder.id].add(task.purpose)
    return found


def _tasks(store: StudyStore, blind: Blinding | None = None) -> tuple[Task, ...]:
    """All parts. blind: count events, but not of what it hides."""
    assigned: dict[_Key, Assignment] = {}
    for one in store.assignments():
        assigned.setdefault(_key(one), one)
    headers = [header for header in store.passes() if header.purpose in COUNTED]
    replaced = gone_on(headers)
    begun = {_key(header): header for header in headers if header.id not in replaced}
    set_apart = {_key(one) for one in store.assignments(withdrawn=True)} - assigned.keys()
    coders = {coder.id: coder for coder in store.coders()}
    sessions = {session.id: session for session in store.sessions()}
    found = []
    for key in dict.fromkeys((*assigned, *begun)):
        header, assignment = begun.get(key), assigned.get(key)
        if assignment is None and header is not None and header.status is PassStatus.OPEN and key in set_apart:
            continue
        scheme = header.scheme if header is not None else assigned[key].scheme
        counts = blind is not None and header is not None and not blind.hides(header)
        events = store.event_count(header.id) if counts and header is not None else None
        found.append(Task(sessions[key[0]], coders[key[2]], scheme, key[3], assignment, header, events))
    places = {session_id: place for place, session_id in enumerate(sessions)}
    found.sort(key=lambda one: (places[one.session.id], one.scheme.name, one.purpose is not Purpose.MAIN))
    return tuple(found)


def _key(one: Assignment | PassHeader) -> _Key:
    return one.session_id, one.scheme.name, one.coder_id, one.purpose


def _clash(
    session: Session, coder: Coder, purpose: Purpose, taken: Mapping[str, set[Purpose]], scheme: str
) -> Problem | None:
    if mine := taken.get(coder.id):
        what = tr(
            "{coder} already codes “{session}” with “{scheme}”.",
            coder=coder.name,
            session=session.name,
            scheme=scheme,
        )
        other = purpose not in mine
        hint = tr("A second coding tells something only if somebody else does it.") if other else ""
        return Problem(what, hint=hint)
    if purpose is Purpose.MAIN and any(Purpose.MAIN in purposes for purposes in taken.values()):
        what = tr("“{session}” has a main coder with “{scheme}” already.", session=session.name, scheme=scheme)
        return Problem(what, hint=tr("Assign {coder} for reliability.", coder=coder.name))
    return None


def _withdrawn(task: Task, reason: str, on: date | None) -> str:
    reason, day = one_line(reason), (on or datetime.now().astimezone().date()).isoformat()
    if not reason and task.header is not None:
        what = tr(
            "{coder} has begun “{session}”, so withdrawing it needs a reason.",
            coder=task.coder.name,
            session=task.session.name,
        )
        raise CodingError(Problem(what, hint=tr("It is kept with the assignment.")))
    return (
        tr("withdrawn on {day}: {reason}", day=day, reason=reason) if reason else tr("withdrawn on {day}", day=day)
    )


def _tally(coder: Coder | None, tasks: Sequence[Task]) -> Tally:
    states = [task.state for task in tasks]
    return Tally(coder, *(states.count(state) for state in TaskState))
