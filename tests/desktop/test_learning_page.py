"""How a trainee is learning, looked at by real keys: a real study, a small course, attempts of different worth."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coder.annotate.view.theme import DARK, LIGHT, apply_theme
from coder.desktop.course_page import CoursePage
from coder.desktop.feedback_page import FeedbackPage
from coder.desktop.learning_page import LearningPage
from coder.desktop.learning_plots import CURVE_COLUMNS, learning_plot
from coder.desktop.main_window import MainWindow
from coder.desktop.strip import Strip
from coder.desktop.training_pages import TrainingPages
from coder.desktop.workstation import Workstation
from coder.model.problem import CoderError
from coder.model.statistic import BIAS, F1, SENSITIVITY
from coder.workflows.passes import submit_pass
from coder.workflows.training.attempts import Again, begin_attempt
from coder.workflows.training.learning import Learning, learning
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, back_to, press, until
from tests.workflows.training.small_course import calls, training, watch

ALL = (200, 500, 800, 1200, 1500, 1800)
TWO = (200, 1800)
NONE: tuple[int, ...] = ()
Page = TypeVar("Page", bound=QWidget)


def learnt(folder: Path, *attempts: Sequence[int]) -> Learning:
    """What Ada learned at the practice step, having called at these milliseconds in each of her attempts."""
    store, taken, (ada,) = training(folder, "Ada")
    watch(store, taken, ada)
    before = None
    for at_ms in attempts:
        again = None if before is None else Again(before.id, store.header(before.pass_id).window.start_us)
        before = begin_attempt(store, taken, "try", ada.id, again)
        calls(store, before, *at_ms)
        submit_pass(store, before.pass_id)
    found = learning(store, taken, ada.id)
    store.close()
    return found


@dataclass
class Seen:
    """The page in a window of its own, and what was asked for."""

    page: LearningPage
    back: list[str] = field(default_factory=list)
    attempts: list[tuple[str, int]] = field(default_factory=list)

    def texts(self, label: str, statistic: str) -> tuple[str, ...]:
        """What the columns say of a curve."""
        row = next(
            one for one in self.page.curves.lines.rows if one.about == label and one.curve.statistic == statistic
        )
        return tuple(column.text(row) for column in CURVE_COLUMNS)

    def choose(self, label: str, statistic: str) -> None:
        """Choose a curve by the arrow keys."""
        self.page.curves.setFocus()
        self.page.curves.choose(0)
        while self.page.row is None or (self.page.row.about, self.page.row.curve.statistic) != (label, statistic):
            before = self.page.curves.row
            press(Qt.Key.Key_Down)
            assert self.page.curves.row != before, "no such curve"


Show = Callable[[Learning], Seen]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Iterator[Show]:
    """`show(learning)` opens the page."""
    apply_theme(qapp, LIGHT)
    windows: list[MainWindow] = []

    def shown(found: Learning) -> Seen:
        back: list[str] = []
        attempts: list[tuple[str, int]] = []
        page = LearningPage(
            found, lambda: back.append("back"), lambda step, number: attempts.append((step, number))
        )
        errors: list[CoderError] = []
        window = MainWindow(Strip(errors.append), lambda: True)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.show_page(page)
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        return Seen(page, back, attempts)

    yield shown
    for window in windows:
        window.close()


def test_a_curve_says_the_newest_value_the_mean_of_three_and_what_is_needed(show: Show, tmp_path: Path) -> None:
    # of six calls two are found, then all, then all
    seen = show(learnt(tmp_path, TWO, ALL, ALL))
    what, newest, mean, needed, so_far = seen.texts("Calls", F1)
    assert what == "Calls\nF1"
    assert newest.startswith("1.00\n")  # with its limits
    assert mean == "0.83"  # of 0.50, 1 and 1
    assert needed == "≥ 0.75"
    assert so_far == "there"
    assert seen.texts("Call", SENSITIVITY)[2:] == ("0.78", "≥ 0.50", "there")  # of 1/3, 1 and 1


def test_before_three_attempts_nobody_is_there_or_not_yet(show: Show, tmp_path: Path) -> None:
    seen = show(learnt(tmp_path, ALL, ALL))
    assert seen.texts("Calls", F1)[2:] == ("–", "≥ 0.75", "")
    seen.choose("Calls", F1)
    assert seen.page.sentence.text() == "Needed is ≥ 0.75. A mean of three attempts takes three attempts."


def test_what_is_not_there_yet_is_looked_at_first(show: Show, tmp_path: Path) -> None:
    seen = show(learnt(tmp_path, ALL, TWO, TWO))
    row = seen.page.row
    assert row is not None
    assert (row.about, row.curve.statistic) == ("Calls", F1)
    mean = (1 + 0.5 + 0.5) / 3
    assert seen.page.sentence.text() == (
        f"Needed is ≥ 0.75; the last three attempts have {mean:.2f} on average: not yet."
    )


def test_what_is_not_defined_is_no_point_and_says_why(show: Show, tmp_path: Path) -> None:
    seen = show(learnt(tmp_path, ALL, NONE))
    seen.choose("Calls", BIAS)
    plot = learning_plot(seen.page.row)  # type: ignore[arg-type]  # one is chosen
    assert [dot.y for dot in plot.dots] == [0.0, None]
    assert "–" in plot.dots[1].said
    assert len(plot.dots[1].said.split(": ", 2)[-1]) > 3  # a reason follows


def test_the_chart_is_gone_through_by_keys_and_an_attempt_opened(show: Show, tmp_path: Path) -> None:
    seen = show(learnt(tmp_path, TWO, ALL, ALL))
    seen.choose("Calls", F1)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is seen.page.plot
    assert seen.page.plot.at == 2  # the newest
    press(Qt.Key.Key_Home)
    assert seen.page.lines[0].text().startswith("clip try (20")
    press(Qt.Key.Key_Right)
    assert seen.page.lines[0].text().startswith("2 · clip try (20")
    assert "The clip was known already." in seen.page.lines[0].text()
    press(Qt.Key.Key_Return)
    assert seen.attempts == [("try", 2)]


def test_one_tier_or_one_number_alone_is_shown_by_keys(show: Show, tmp_path: Path) -> None:
    seen = show(learnt(tmp_path, TWO, ALL))
    every = seen.page.curves.lines.rows
    seen.page.tier.setFocus()
    press(Qt.Key.Key_Down)
    tier = seen.page.tier.value
    wanted = [row for row in every if row.curve.tier == tier]
    assert 0 < len(wanted) < len(every)
    assert list(seen.page.curves.lines.rows) == wanted
    seen.page.statistic.setFocus()
    press(Qt.Key.Key_Down)
    statistic = seen.page.statistic.value
    assert list(seen.page.curves.lines.rows) == [row for row in wanted if row.curve.statistic == statistic]


def test_confusions_of_all_attempts_stand_beside(show: Show, tmp_path: Path) -> None:
    seen = show(learnt(tmp_path, TWO, ALL))
    seen.choose("Calls", F1)
    press(Qt.Key.Key_C, ALT)
    assert seen.page.tabs.currentIndex() == 1
    grid = seen.page.confusion.grid
    assert grid is not None
    told = [cell.said for row in grid.cells for cell in row]
    assert any(one.startswith("the master: Call, Ada: Call: 8,") for one in told)
    assert any(one.startswith("the master: Call, Ada: nothing: 4,") for one in told)


def test_before_the_first_attempt_it_says_when_there_is_something(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    seen = show(learnt(tmp_path))
    assert seen.page.empty.isVisible()
    assert not seen.page.curves.isVisible()
    qtbot.waitUntil(lambda: 0 < seen.page.empty.y() < 120)  # below the head, which is not spread over the page
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: seen.back == ["back"])


def test_everything_has_a_name_and_fits_a_low_screen_in_the_dark(
    show: Show, tmp_path: Path, qapp: QApplication
) -> None:
    apply_theme(qapp, DARK)
    seen = show(learnt(tmp_path, TWO, ALL, ALL))
    assert nameless(seen.page) == []
    assert seen.page.minimumSizeHint().width() <= 1366
    assert seen.page.minimumSizeHint().height() <= 700


def test_from_the_course_to_the_curve_to_an_attempt_and_back(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    found = learnt(tmp_path, TWO, ALL)
    workstation.open_study(tmp_path / "study")
    pages = workstation.training
    assert pages is not None
    pages.coder = found.coder
    pages.show_course(found.taken.id)
    press(Qt.Key.Key_L, ALT)
    page = arrived(qtbot, pages, LearningPage)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.curves)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)  # the newest attempt
    feedback = arrived(qtbot, pages, FeedbackPage)
    assert feedback.result.attempt.number == 2
    until(qtbot, lambda: feedback.view.painted.value is not None)
    back_to(qtbot, workstation.window)
    press(Qt.Key.Key_B, ALT)
    page = arrived(qtbot, pages, LearningPage)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.curves)
    press(Qt.Key.Key_B, ALT)
    assert arrived(qtbot, pages, CoursePage).progress.coder == found.coder


def arrived(qtbot: QtBot, pages: TrainingPages, kind: type[Page]) -> Page:
    """The page of training, once it is of that kind."""
    until(qtbot, lambda: isinstance(pages.page, kind))
    assert isinstance(pages.page, kind)
    return pages.page
