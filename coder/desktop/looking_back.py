"""What became of attempts, for the trainee and for the supervisor alike: one attempt's differences, the curves."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtWidgets import QWidget

from coder.desktop.feedback_page import FeedbackPage
from coder.desktop.film_watch import FilmWatch
from coder.desktop.learning_page import LearningPage
from coder.desktop.one_page import OnePage
from coder.desktop.strip import Task
from coder.desktop.study_actions import StudyActions
from coder.language import tr
from coder.model.training import Attempt, TakenCourse
from coder.workflows.training.history import attempts
from coder.workflows.training.learning import Learning, learning_steps
from coder.workflows.training.results import result

Back = Callable[[], object]


class LookingBack:
    """Puts its pages into a place of others, in the stead of the page there."""

    def __init__(self, actions: StudyActions, place: OnePage) -> None:
        self._actions, self._place = actions, place

    def show_attempt(
        self,
        attempt_id: str,
        back: Back,
        again: Callable[[Attempt, int], object] | None = None,
        to_course: Back | None = None,
    ) -> None:
        """How an attempt differs from the master. again, to_course: only for whose attempt it is."""
        actions = self._actions

        def made() -> QWidget:
            found = result(actions.store, attempt_id)
            anew = None if again is None else lambda _id, at_us: again(found.attempt, at_us)
            page = FeedbackPage(found, actions.tools, back, anew, to_course)
            page.watch_films(FilmWatch(actions.films, found.session), actions.films)
            return page

        self._place.show(made, tr("Differences from the master"))

    def show_learning(
        self, taken: TakenCourse, coder_id: str, back: Back, show_attempt: Callable[[str, Back], object]
    ) -> None:
        """How somebody is learning in a course. show_attempt: gets an attempt's id and the way back from it."""

        def show(found: Learning) -> None:
            def attempt(step_id: str, number: int) -> None:
                mine = (one for one in attempts(self._actions.store, taken, coder_id) if one.step_id == step_id)
                show_attempt(next(one.id for one in mine if one.number == number), partial(show, found))

            if self._place.page is not None:
                strip.hush()
                self._place.show(lambda: LearningPage(found, back, attempt), tr("Learning curve"))

        strip = self._actions.tools.strip
        work = partial(learning_steps, self._actions.store, taken, coder_id)
        strip.follow(Task(tr("Comparing with the master"), work, show, ""))
