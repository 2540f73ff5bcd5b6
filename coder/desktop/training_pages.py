"""The pages of training: who learns, the courses, one course, its steps, what a test decided. One at a time."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from coder.desktop.attempt_bench import AttemptBench, AttemptNews
from coder.desktop.bench_page import BenchPage
from coder.desktop.certificate_actions import CertificateActions
from coder.desktop.cohort_pages import CohortPages
from coder.desktop.course_making_pages import CourseMakingPages
from coder.desktop.course_page import CoursePage, CourseWishes
from coder.desktop.courses_page import CoursesPage
from coder.desktop.decision_page import DecisionPage, DecisionWishes
from coder.desktop.film_watch import FilmWatch
from coder.desktop.guided_page import GuidedPage
from coder.desktop.looking_back import LookingBack
from coder.desktop.main_window import MainWindow
from coder.desktop.one_page import OnePage
from coder.desktop.rule_form import RuleForm
from coder.desktop.strip import Task
from coder.desktop.study_actions import StudyActions
from coder.desktop.study_page import StudyPage
from coder.desktop.trainee_page import TraineePage
from coder.language import tr
from coder.model.problem import CoderError
from coder.model.study import Coder, Role
from coder.model.training import Attempt, Rule, Step, StepKind, TakenCourse
from coder.workflows.passes import coder_for
from coder.workflows.training.after_test import habits_in_test
from coder.workflows.training.attempts import (
    Again,
    begin_attempt,
    begin_guided,
    finish_guided,
)
from coder.workflows.training.certifying import certificates, change_rule, decision, rule_changes
from coder.workflows.training.courses import CourseEntry, shipped_courses
from coder.workflows.training.history import attempts
from coder.workflows.training.progress import progress
from coder.workflows.training.results import master_to_watch
from coder.workflows.training.taken import scheme_of, taken_course
from coder.workflows.training.taking import take_course_steps


class Trained(StrEnum):
    """What of training may be asked for from anywhere; the value of a line of the menu."""

    COURSES = "courses"
    COHORT = "cohort"
    MAKE = "make"


class TrainingPages(QObject):
    """Belongs to a study's page. The pages go once another page is shown.

    back: shows the study again. leave: what Back does on the first page; `back`, unless somebody came from the
    start page: then the study behind is of no interest, and `alone` is True.
    """

    def __init__(
        self, window: MainWindow, actions: StudyActions, study: StudyPage, back: Callable[[], object]
    ) -> None:
        super().__init__(study)
        self._window, self._actions, self._back = window, actions, back
        self._store, self._tools = actions.store, actions.tools
        self._certificates = CertificateActions(actions.store, actions.tools, window)
        self.making = CourseMakingPages(window, actions, back)
        self.cohort = CohortPages(window, actions, partial(self.open, Trained.COURSES))
        self.leave: Callable[[], object] = back
        self._place = OnePage(window, actions.tools.on_error, self)
        self._looking = LookingBack(actions, self._place)
        self.coder: Coder | None = None
        self._shipped: tuple[CourseEntry, ...] = ()
        news = AttemptNews(self._to_course, self._submitted, self._next_clip, self._decided)
        self._bench = AttemptBench(actions, news, self)
        actions.train_wanted.connect(lambda what: self.open(Trained(what)))
        actions.closing.connect(self._place.drop)
        actions.films.relinked.connect(lambda: self.resume() if self.page is not None else None)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._place.page

    @property
    def alone(self) -> bool:
        """True if somebody came to learn, not to work in the study."""
        return self.leave is not self._back

    def resume(self) -> None:
        """Show the page that was there last."""
        self._place.again()

    def open(self, what: Trained) -> None:
        """Show a page of training from wherever the person is; what is on the bench is saved and put away."""
        if what is Trained.MAKE:
            self._back()
            self.making.show()
            return
        if self.page is None:
            self._back()
        if what is Trained.COHORT:
            self.cohort.show(self.leave if self.page is None else self.resume)
        else:
            self.show_courses()

    # pages

    def show_trainees(self) -> None:
        """Ask who learns."""

        def chosen(coder: Coder) -> None:
            self.coder = coder
            self.show_courses()

        def made() -> QWidget:
            newest = [one.coder_id for one in attempts(self._store)][-1:]
            everybody = partial(self.open, Trained.COHORT)
            return TraineePage(self._store, self._tools, self.leave, chosen, everybody, *newest)

        self._place.show(made, tr("Training"))

    def show_courses(self) -> None:
        """Show the courses of whoever learns; ask who that is, if it is not known yet."""
        coder = self.coder
        if coder is None:
            self.show_trainees()
            return

        def made() -> QWidget:
            self._shipped = self._shipped or shipped_courses()  # reading them takes its time
            wishes = (self.leave, self.show_course, self.take, self.show_trainees)
            return CoursesPage(self._store, coder, self._tools, *wishes, self._shipped)

        self._place.show(made, tr("Courses"))

    def take(self, file: Path) -> None:
        """Take a course into the study, then show it."""
        title = tr("Preparing the course")
        stopped = tr("The course is not prepared. Choose it again to go on.")

        def taken(course: TakenCourse) -> None:
            self._actions.changed.emit()
            if self.page is not None:
                self.show_course(course.id)

        self._tools.strip.follow(Task(title, lambda: take_course_steps(self._store, file), taken, stopped))

    def show_course(self, course_id: str) -> None:
        """Show one course of the study."""
        coder = self.coder
        if coder is None:
            self.show_trainees()
            return

        def made() -> QWidget:
            taken = taken_course(self._store, course_id)
            wishes = CourseWishes(
                back=self.show_courses,
                try_step=partial(self.try_step, taken),
                show_attempt=partial(self.show_attempt, taken),
                show_learning=partial(self.show_learning, taken),
                show_decision=partial(self.show_decision, taken),
                change_rule=partial(self._ask_rule, taken),
                save_certificate=self._certificates.save,
            )
            lengths = {step: self._store.session(id_).window.duration_us for step, id_ in taken.sessions.items()}
            names = {one.id: one.name for one in self._store.coders()}
            changes = [(one, names.get(one.actor, one.actor)) for one in rule_changes(self._store, taken.id)]
            far = progress(self._store, taken, coder.id)
            return CoursePage(far, scheme_of(self._store, taken), wishes, lengths, changes)

        self._place.show(made, tr("Training"))

    def try_step(self, taken: TakenCourse, step_id: str) -> None:
        """Begin a step or go on with it: a guided one on a page of its own, any other on the bench."""
        if self.coder is None:
            return
        try:
            if taken.course.step(step_id).kind is StepKind.GUIDED:
                self._watch(taken, step_id)
            else:
                self._code(begin_attempt(self._store, taken, step_id, self.coder.id))
        except CoderError as error:
            self._tools.on_error(error)

    def show_attempt(self, taken: TakenCourse, attempt_id: str, back: Callable[[], object] | None = None) -> None:
        """Show how an attempt differs from the master. back: where to, if not to the course."""
        to_course = partial(self.show_course, taken.id)

        def again(attempt: Attempt, at_us: int) -> None:
            try:
                from_there = Again(attempt.id, at_us)
                self._code(begin_attempt(self._store, taken, attempt.step_id, attempt.coder_id, from_there))
            except CoderError as error:
                self._tools.on_error(error)

        self._looking.show_attempt(attempt_id, back or to_course, again, to_course)

    def show_learning(self, taken: TakenCourse) -> None:
        """Show how the trainee is learning in a course."""
        if self.coder is not None:
            back = partial(self.show_course, taken.id)
            self._looking.show_learning(taken, self.coder.id, back, partial(self.show_attempt, taken))

    def show_decision(self, taken: TakenCourse, test_set: int) -> None:
        """Show what the rule says of a test that is done."""
        coder = self.coder
        to_decision = partial(self.show_decision, taken, test_set)
        if coder is None:
            return

        def made() -> QWidget:
            far = progress(self._store, taken, coder.id)
            mine = [
                one
                for one in certificates(self._store, coder.id)
                if one.course.name == taken.course.id.name and one.test_set == test_set
            ]
            wishes = DecisionWishes(
                back=partial(self.show_course, taken.id),
                save_certificate=self._certificates.save,
                show_attempt=lambda id_: self.show_attempt(taken, id_, to_decision),
            )
            certificate = mine[-1] if mine else None
            # which holds the decision: its limits take their time
            said = certificate.decision if certificate else decision(self._store, taken, coder.id, test_set)
            habits = habits_in_test(self._store, taken, coder.id, test_set)
            return DecisionPage(far, test_set, said, scheme_of(self._store, taken), certificate, habits, wishes)

        self._place.show(made, tr("Result of the test"))

    # the bench

    def prepare(self, bench: BenchPage) -> None:
        """If the pass on the bench is an attempt, say so above the picture; Back leads to the course then."""
        self._bench.prepare(bench)

    def _code(self, attempt: Attempt) -> None:
        self._actions.changed.emit()
        self._actions.pass_wanted.emit(attempt.pass_id)

    def _to_course(self, attempt: Attempt) -> None:
        self.coder = self._store.coder(attempt.coder_id)
        self.show_course(attempt.course_id)

    def _submitted(self, taken: TakenCourse, attempt: Attempt) -> None:
        self.coder = self._store.coder(attempt.coder_id)
        self.show_attempt(taken, attempt.id)

    def _next_clip(self, taken: TakenCourse, attempt: Attempt, step: Step) -> None:
        self.coder = self._store.coder(attempt.coder_id)
        self.try_step(taken, step.id)

    def _decided(self, taken: TakenCourse, attempt: Attempt, test_set: int) -> None:
        self.coder = self._store.coder(attempt.coder_id)
        self.show_decision(taken, test_set)

    # what is done on a page

    def _watch(self, taken: TakenCourse, step_id: str) -> None:
        assert self.coder is not None
        attempt = begin_guided(self._store, taken, step_id, self.coder.id)

        def done(right: int, asked: int) -> None:
            try:
                finish_guided(self._store, attempt.id, right, asked)
            except CoderError as error:
                self._tools.on_error(error)
            else:
                self.show_course(taken.id)

        def made() -> QWidget:
            watched = master_to_watch(self._store, taken, step_id)
            page = GuidedPage(watched, self._tools, partial(self.show_course, taken.id), done)
            page.watch_films(FilmWatch(self._actions.films, watched.session), self._actions.films)
            return page

        self._place.show(made, taken.course.step(step_id).title)

    def _ask_rule(self, taken: TakenCourse) -> None:
        def change(rule: Rule, supervisor: str, why: str) -> None:
            actor = coder_for(self._store, supervisor, Role.SUPERVISOR)
            if actor not in self._store.coders():
                self._store.add_coder(actor)
            change_rule(self._store, taken, rule, actor.id, why)
            self.show_course(taken.id)

        shortest = min((len(taken.course.tests(one)) for one in taken.course.test_sets), default=1)
        try:
            scheme = scheme_of(self._store, taken)
        except CoderError as error:
            self._tools.on_error(error)
        else:
            RuleForm(self._window, taken.rule, scheme, shortest, change).open()
