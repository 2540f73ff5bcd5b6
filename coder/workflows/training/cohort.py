"""Everybody who is in a course, for the supervisor: where they stand, what they are stuck on, drift, who is due.

A coder's courses of this study are put together with what records say of the same courses elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from coder.language import tr
from coder.model.problem import CoderError, Problem, StoreError
from coder.model.progress import Progress
from coder.model.scheme import Scheme, SchemeId
from coder.model.study import Coder, Role
from coder.model.training import Certificate, CourseId, Decision, Rule, Score, Standing, TakenCourse
from coder.store import StudyStore
from coder.training import certification
from coder.training.cohort import Alert, Stuck, alerts, stuck
from coder.training.curve import LearningCurve, learning_curves
from coder.workflows.compared import coded_sessions
from coder.workflows.comparison import Comparison, compare_study_steps
from coder.workflows.scheme_languages import in_language
from coder.workflows.schemes import frozen_scheme
from coder.workflows.steps import Steps, finish
from coder.workflows.training.certifying import Where, decision
from coder.workflows.training.history import gone
from coder.workflows.training.progress import CourseProgress, progress
from coder.workflows.training.records import CourseRecord, KeptRecord, records
from coder.workflows.training.results import scores
from coder.workflows.training.taken import taken_courses

_ENDED = (Standing.EXPIRED, Standing.ABSENT)


@dataclass(frozen=True)
class Member:
    """One coder in one course, here and as records tell.

    scheme: in the language that is spoken; None if this study does not have it. taken, progress: None if the
    course was not begun here. studies: names of those whose records were put in. scores: by time. stuck: farthest
    from what is asked first. alerts: since the newest certificate, from this study's double-coded sessions.
    failed: of the newest test that was not passed, if that is where the coder stands.
    """

    coder: Coder
    course: CourseId
    title: str
    scheme: Scheme | None
    rule: Rule
    where: Where
    taken: TakenCourse | None = None
    progress: CourseProgress | None = None
    studies: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()
    curves: tuple[LearningCurve, ...] = ()
    stuck: tuple[Stuck, ...] = ()
    alerts: tuple[Alert, ...] = ()
    failed: Decision | None = None

    @property
    def is_due(self) -> bool:
        """True if a re-check is due, soon or at once."""
        return self.where.standing is Standing.DUE_SOON or self.where.standing in _ENDED

    @property
    def needs_somebody(self) -> bool:
        """True if a supervisor should look: stuck and not rising, failed, drifting, or due."""
        is_stuck = self.where.certificate is None and any(not one.rising for one in self.stuck)
        return is_stuck or bool(self.alerts) or self.is_due or self.where.standing is Standing.FAILED


@dataclass(frozen=True)
class Damaged:
    """One coder in one course of whom nothing can be told: something that belongs to it cannot be read.

    course, title: None and "" where only a record tells which course it was, and it is the record that is damaged.
    problems: what is damaged, and how to mend it.
    """

    coder: Coder
    course: CourseId | None
    title: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Cohort:
    """All who are in a course, course by course and by name.

    idle: trainees who have not begun any course. damaged: those of whom nothing can be told, who are no members.
    """

    members: tuple[Member, ...]
    idle: tuple[Coder, ...] = ()
    damaged: tuple[Damaged, ...] = ()


def cohort(store: StudyStore, today: date | None = None) -> Cohort:
    """`cohort_steps`, run to its end."""
    return finish(cohort_steps(store, today))


def cohort_steps(store: StudyStore, today: date | None = None) -> Steps[Cohort]:
    """Look at everybody who has begun a course here, or whose record was brought here.

    today: UTC, now if it is left out. Nothing of tests that are not done is looked at. Damage costs only those in
    the courses that it concerns. Raises StoreError where the study, its coders or its courses cannot be read.
    """
    on = today or datetime.now(UTC).date()
    places = list(_places(store))
    found: list[Member] = []
    damaged: list[Damaged] = []
    for number, place in enumerate(places):
        yield Progress(number, len(places), tr("Looking at {coder}", coder=place.coder.name))
        if isinstance(place, Damaged):
            damaged.append(place)
            continue
        try:
            found.append(_member(store, place, on))
        except StoreError as error:
            damaged.append(_damaged(place.coder, place.taken, error.problems))
    if any(one.where.certificate is not None for one in found):
        comparison = yield from compare_study_steps(store)
        found = [_with_alerts(one, comparison) for one in found]
    begun = {one.coder.id for one in found} | {one.coder.id for one in damaged}
    idle = (one for one in store.coders() if one.role is Role.TRAINEE and one.id not in begun)
    return Cohort(
        tuple(sorted(found, key=lambda one: (one.title, one.coder.name))),
        tuple(sorted(idle, key=lambda one: one.name)),
        tuple(sorted(damaged, key=lambda one: (one.title, one.coder.name))),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A coder in a course: as begun here, and as records of it tell, the newest last."""

    coder: Coder
    taken: TakenCourse | None
    elsewhere: tuple[tuple[KeptRecord, CourseRecord], ...]


def _places(store: StudyStore) -> Iterator[_Place | Damaged]:
    courses = taken_courses(store)
    for coder in store.coders():
        yield from _places_of(store, coder, courses)


def _places_of(store: StudyStore, coder: Coder, courses: Sequence[TakenCourse]) -> Iterator[_Place | Damaged]:
    """The courses of one coder. A damaged record may be of any of them, so none is told without it."""
    told: defaultdict[str, list[tuple[KeptRecord, CourseRecord]]] = defaultdict(list)
    lost: tuple[Problem, ...] = ()
    try:
        for kept in sorted(records(store, coder.id), key=lambda one: one.record.written_at):
            for course in kept.record.courses:
                told[course.course.name].append((kept, course))
    except StoreError as error:
        lost = tuple(error.problems)
    is_somewhere = False
    for taken in courses:
        elsewhere, problems = tuple(told.pop(taken.course.id.name, ())), lost
        try:
            begun = bool(gone(store, taken, coder.id))
        except StoreError as error:
            begun, problems = True, (*lost, *error.problems)
        if not (begun or elsewhere):
            continue
        is_somewhere = True
        yield _damaged(coder, taken, problems) if problems else _Place(coder, taken, elsewhere)
    if lost and not is_somewhere:
        yield _damaged(coder, None, lost)
    for those in told.values():
        yield _Place(coder, None, tuple(those))


def _damaged(coder: Coder, taken: TakenCourse | None, problems: Sequence[Problem]) -> Damaged:
    if taken is None:
        return Damaged(coder, None, "", tuple(problems))
    return Damaged(coder, taken.course.id, taken.course.title, tuple(problems))


def _member(store: StudyStore, place: _Place, today: date) -> Member:
    taken, elsewhere = place.taken, [course for _, course in place.elsewhere]
    coder = place.coder
    here = progress(store, taken, coder.id, today) if taken is not None else None
    mine = scores(store, taken, coder.id, limits=False) if taken is not None else ()
    every = sorted((*mine, *(one for course in elsewhere for one in course.scores)), key=lambda one: one.done_at)
    if taken is not None:
        course, title, scheme_id, rule = taken.course.id, taken.course.title, taken.course.scheme, taken.rule
    else:
        newest = elsewhere[-1]
        course, title, scheme_id, rule = newest.course, newest.title, newest.scheme, newest.rule
    where = here.where if here is not None else None
    if where is None or elsewhere:
        where = _where(store, place, here, rule, scheme_id, today)
    curves = learning_curves(every, rule)
    return Member(
        coder,
        course,
        title,
        _scheme(store, scheme_id),
        rule,
        where,
        taken,
        here,
        tuple(dict.fromkeys(kept.record.study for kept, _ in place.elsewhere)),
        tuple(every),
        curves,
        stuck(curves),
        failed=_not_passed(store, place, here) if where.standing is Standing.FAILED else None,
    )


def _where(
    store: StudyStore,
    place: _Place,
    here: CourseProgress | None,
    rule: Rule,
    scheme_id: SchemeId,
    today: date,
) -> Where:
    """Where somebody stands who did some of a course here and some of it elsewhere."""
    elsewhere, coder_id = [course for _, course in place.elsewhere], place.coder.id
    own = store.training.certificates(place.taken.id, coder_id) if place.taken is not None else ()
    certificates = sorted((*own, *(one for course in elsewhere for one in course.certificates)), key=_issued)
    certificate = certificates[-1] if certificates else None
    coded = {
        *store.training.days_coded(coder_id, scheme_id.name),
        *(day for one in elsewhere for day in one.days_coded),
    }
    days = sorted(day for day in map(date.fromisoformat, coded) if day <= today)
    failed = [one.at for course in elsewhere for one in course.tests if not one.decision.passed]
    failed += [at for at, _ in _failed_here(here)]
    steady = certification.steady_until(rule, _issued(certificate), days) if certificate else None
    failed_on = date.fromisoformat(max(failed)[:10]) if failed else None
    return Where(
        certification.standing(rule, certificate, today, steady, failed_on),
        certificate,
        certification.due_on(rule, certificate, steady) if certificate else None,
        days[-1] if days else None,
    )


def _failed_here(here: CourseProgress | None) -> Iterator[tuple[str, int]]:
    """When the tests that were failed in this study were finished, and which they are."""
    for test in here.tests if here is not None else ():
        if here is not None and test.passed is False:
            steps = [one for one in here.steps if one.step in here.taken.course.tests(test.test_set)]
            yield max(last.submitted_at for one in steps if (last := one.last) is not None), test.test_set


def _not_passed(store: StudyStore, place: _Place, here: CourseProgress | None) -> Decision | None:
    """What the rule said of the newest test that was not passed, here or elsewhere."""
    told = ((one.at, one.decision) for _, course in place.elsewhere for one in course.tests)
    at, found = max((one for one in told if not one[1].passed), key=lambda one: one[0], default=("", None))
    newest, test_set = max(_failed_here(here), default=("", 0))
    if here is None or newest <= at:
        return found
    return decision(store, here.taken, place.coder.id, test_set, limits=False)


def _issued(certificate: Certificate) -> date:
    return date.fromisoformat(certificate.issued_at)


def _scheme(store: StudyStore, scheme_id: SchemeId) -> Scheme | None:
    try:
        return in_language(frozen_scheme(store, scheme_id))
    except CoderError:
        return None  # of a record: the study never used it


def _with_alerts(one: Member, comparison: Comparison) -> Member:
    certificate = one.where.certificate
    if certificate is None:
        return one
    versions = {pair.scheme.id for pair in comparison.pairs if pair.scheme.id.name == certificate.scheme.name}
    found = [
        alert
        for version in sorted(versions, key=str)
        for alert in alerts(coded_sessions(comparison, version), one.coder.name, certificate.issued_at)
    ]
    return replace(one, alerts=tuple(found))
