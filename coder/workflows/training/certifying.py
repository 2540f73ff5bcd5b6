"""What the rule says of a test, the certificate that follows, the rule's changes, and where a coder stands."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from coder.language import tr
from coder.model.problem import CoderError, CodingError, Problem
from coder.model.study import Role
from coder.model.training import Certificate, Decision, Rule, RuleChange, Standing, StepKind, TakenCourse
from coder.store import StudyStore
from coder.store.journal import now_text
from coder.training import certification
from coder.workflows.training.history import attempt_of, gone, set_done, step_of
from coder.workflows.training.results import scores
from coder.workflows.training.rule_fit import unmeetable
from coder.workflows.training.taken import rule_at, taken_course


@dataclass(frozen=True)
class Where:
    """Where a coder stands with a course.

    certificate: the newest. due_on: when a re-check is due, None without a certificate. last_coded_on: when the
    coder last coded with the scheme in this study, None if never.
    """

    standing: Standing
    certificate: Certificate | None = None
    due_on: date | None = None
    last_coded_on: date | None = None


def decision(
    store: StudyStore, taken: TakenCourse, coder_id: str, test_set: int, *, limits: bool = True
) -> Decision:
    """What the rule, as it was when the last clip was submitted, says of a test.

    limits: with 95 % limits, which are dear and decide nothing. Raises CodingError, one sentence, before that.
    """
    done_at = _done_at(store, taken, coder_id, test_set)
    if not done_at:
        what = tr("What the rule says of a test is told once its last clip is submitted.")
        raise CodingError(Problem(what, taken.course.title))
    steps = [step.id for step in taken.course.tests(test_set)]
    found = scores(store, taken, coder_id, steps=steps, limits=limits)
    return certification.decide(rule_at(store, taken.id, done_at), found)


def certify(store: StudyStore, taken: TakenCourse, coder_id: str, test_set: int) -> Certificate | None:
    """The certificate of a test that was passed, issued if it was not yet; None if it was not passed or not done.

    It is dated by the last submission, so that it is the same whether it is issued at once or after a crash.
    """
    known = store.training.certificates(taken.id, coder_id)
    issued = next((one for one in known if one.test_set == test_set), None)
    done_at = _done_at(store, taken, coder_id, test_set)
    if issued is not None or not done_at:
        return issued
    if store.readonly or not decision(store, taken, coder_id, test_set, limits=False).passed:
        return None
    decided = decision(store, taken, coder_id, test_set)
    on = _day(done_at)
    certificate = Certificate(
        id=str(uuid4()),
        coder_id=coder_id,
        coder=store.coder(coder_id).name,
        course=taken.course.id,
        course_title=taken.course.title,
        scheme=taken.course.scheme,
        test_set=test_set,
        decision=decided,
        masters=_masters(store, taken, coder_id, test_set),
        issued_at=on.isoformat(),
        expires_at=certification.expires_on(decided.rule, on).isoformat(),
        notice=taken.course.notice,
    )
    return store.training.issue(taken.id, certificate)


def outcome(store: StudyStore, taken: TakenCourse, coder_id: str, test_set: int) -> bool | None:
    """Whether a test was passed, its certificate issued if a crash kept it from that; None before it is done.

    None, too, where that cannot be told because something of it is damaged: whoever opens the test is told what.
    """
    try:
        if not _done_at(store, taken, coder_id, test_set):
            return None
        passed = certify(store, taken, coder_id, test_set) is not None
        # a study that is open for reading only can have no certificate issued
        return passed or (store.readonly and decision(store, taken, coder_id, test_set, limits=False).passed)
    except CoderError:
        return None


def certify_after(store: StudyStore, pass_id: str) -> None:
    """Issue the certificate that the submission of a pass earns, if it does; `progress` makes up for a failure."""
    attempt = attempt_of(store, pass_id)
    if attempt is None:
        return
    taken = taken_course(store, attempt.course_id)
    step = step_of(taken, attempt)
    if step is not None and step.kind is StepKind.TEST:
        with suppress(CoderError):  # the pass is submitted; what hinders is told where the test is looked at
            certify(store, taken, attempt.coder_id, step.test_set)


def certificates(store: StudyStore, coder_id: str | None = None) -> tuple[Certificate, ...]:
    """The certificates of the study, or of one coder, in the order in which they were issued."""
    return store.training.certificates(coder_id=coder_id)


def change_rule(store: StudyStore, taken: TakenCourse, rule: Rule, actor: str, why: str) -> RuleChange:
    """Let another rule hold for tests that are finished from now on. actor: id of a supervisor.

    Raises CodingError without a reason, for the rule that holds already, for one that no test of the course can
    meet, or if the actor is no supervisor.
    """
    if store.coder(actor).role is not Role.SUPERVISOR:
        what = tr("Only a supervisor changes the rule of a course.")
        raise CodingError(Problem(what, store.coder(actor).name, tr("Choose a supervisor, or enter one.")))
    if not why.strip():
        what = tr("Changing the rule needs a reason.")
        raise CodingError(Problem(what, hint=tr("It is kept, and shown with the rule.")))
    if rule == rule_at(store, taken.id):
        raise CodingError(Problem(tr("This rule is in force already."), taken.course.title))
    if problems := unmeetable(store, taken, rule):
        raise CodingError(*problems)
    change = RuleChange(str(uuid4()), taken.id, rule, actor, now_text(), why.strip())
    store.training.change_rule(change)
    return change


def rule_changes(store: StudyStore, course_id: str) -> tuple[RuleChange, ...]:
    """The changes of a taken course's rule, oldest first."""
    return store.training.rule_changes(course_id)


def standing_of(
    store: StudyStore,
    taken: TakenCourse,
    coder_id: str,
    today: date | None = None,
    outcomes: Mapping[int, bool | None] | None = None,
) -> Where:
    """Where a coder stands on a day (UTC), today if it is left out.

    outcomes: of the tests, where they are known already; they are dear.
    Whoever has been absent too long stays so until a re-check, though they code again: that is what it is for.
    """
    today = today or datetime.now(UTC).date()
    rule = rule_at(store, taken.id)
    certificate = next(reversed(store.training.certificates(taken.id, coder_id)), None)
    days = [date.fromisoformat(day) for day in store.training.days_coded(coder_id, taken.course.scheme.name)]
    days = [day for day in days if day <= today]
    steady = (
        certification.steady_until(rule, date.fromisoformat(certificate.issued_at), days) if certificate else None
    )
    if outcomes is None:
        outcomes = {one: outcome(store, taken, coder_id, one) for one in taken.course.test_sets}
    ends = (_done_at(store, taken, coder_id, one) for one, passed in outcomes.items() if passed is False)
    failed_on = max((_day(end) for end in ends if end), default=None)
    stands = certification.standing(rule, certificate, today, steady, failed_on)
    due_on = None if certificate is None else certification.due_on(rule, certificate, steady)
    return Where(stands, certificate, due_on, days[-1] if days else None)


def _done_at(store: StudyStore, taken: TakenCourse, coder_id: str, test_set: int) -> str:
    """When the last clip of a test was submitted; "" before."""
    found = gone(store, taken, coder_id)
    if not set_done(taken, found, test_set):
        return ""
    steps = {step.id for step in taken.course.tests(test_set)}
    return max(one.submitted_at for one in found if one.attempt.step_id in steps)


def _masters(store: StudyStore, taken: TakenCourse, coder_id: str, test_set: int) -> tuple[str, ...]:
    versions = {one.id: one.version for one in store.training.masters(taken.id)}
    used = {one.attempt.step_id: one.attempt.master_id for one in gone(store, taken, coder_id)}
    return tuple(f"{step.clip.name} v{versions[used[step.id]]}" for step in taken.course.tests(test_set))


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(UTC).date()
