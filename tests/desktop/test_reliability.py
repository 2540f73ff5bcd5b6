"""The supervisor's desk on real sessions and simulated coders, reached and read by keys as a person does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coder.annotate.view.differing import VERDICT_KEYS
from coder.desktop.menus import MENUS
from coder.desktop.paper_form import PaperForm
from coder.desktop.reliability_lists import SessionRow
from coder.desktop.reliability_page import ReliabilityPage
from coder.desktop.reliability_pages import ReliabilityPages
from coder.desktop.reliability_rows import AgreementRow, Depth
from coder.desktop.reliability_texts import Standing
from coder.desktop.reliability_work import walked_of
from coder.desktop.tables import Rows, Table
from coder.desktop.workstation import Workstation
from coder.language import ENGLISH, speak
from coder.model.coding import PassStatus
from coder.model.disagreement import Verdict
from coder.model.study import Purpose, Role
from coder.store import StudyStore
from coder.workflows.assignments import assign
from coder.workflows.comparison import compare_study
from coder.workflows.consensus import make_consensus
from coder.workflows.passes import add_coder, begin_pass, submit_pass
from coder.workflows.settled import Settled
from coder.workflows.settling import settle, walk
from coder.workflows.studies import new_study
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CTRL, back_to, press, shown, until
from tests.desktop.test_windows import mnemonics
from tests.workflows.supervised import supervised

POPUP = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak(ENGLISH)


@pytest.fixture
def confused(tmp_path: Path) -> Path:
    """Three sessions of the master and of the coder who confuses two codes, and of the one who drifts."""
    folder = tmp_path / "studies" / "Home visits"
    clips = ("first-practice", "shared-play", "cues-responses")
    with supervised(folder, clips=clips, coders=("Toni", "Kim")) as store:
        add_coder(store, "Dr. Blau", Role.SUPERVISOR)
    return folder


def pages(station: Workstation) -> ReliabilityPages:
    assert station.study is not None
    (found,) = station.study.findChildren(ReliabilityPages)
    return found


def desk(station: Workstation) -> ReliabilityPage:
    page = pages(station).desk
    assert page is not None
    return page


def shown_desk(qtbot: QtBot, station: Workstation, folder: Path) -> ReliabilityPage:
    """The desk, reached by its key, with all charts computed."""
    station.open_study(folder)
    press(Qt.Key.Key_L, CTRL | SHIFT)
    until(qtbot, lambda: desk(station).charts is not None)
    return desk(station)


def rows(table: Table) -> tuple[object, ...]:
    model = table.model()
    assert isinstance(model, Rows)
    return model.rows


def go_to(page: ReliabilityPage, wanted: Callable[[AgreementRow], bool]) -> AgreementRow:
    """Press Down until such a line is chosen."""
    page.table.setFocus()
    press(Qt.Key.Key_Home, CTRL)
    while (row := page.table.chosen_row) is not None and not wanted(row):
        before = page.table.row
        press(Qt.Key.Key_Down)
        assert page.table.row == before + 1, "no such line"
    assert row is not None
    return row


def tab_of(page: ReliabilityPage, letter: Qt.Key) -> QWidget:
    """What is in front once a tab was chosen by its letter."""
    press(letter, ALT)
    found = page.detail.tabs.currentWidget()
    assert found is not None
    return found


@POPUP
def test_from_a_kappa_to_the_moment_behind_it(qtbot: QtBot, workstation: Workstation, confused: Path) -> None:
    """Lines and cells by arrow keys, Enter, a session, and the film is there."""
    page = shown_desk(qtbot, workstation, confused)
    choose_pair(page, "Mika and Toni")
    until(qtbot, lambda: page.charts is not None)
    row = go_to(page, lambda row: row.tier.id == "cg" and row.depth is Depth.STATISTIC)
    assert row.label.startswith("Kappa of time units")
    tab_of(page, Qt.Key.Key_U)
    heat = page.detail.confusion
    heat.setFocus()
    assert heat.grid is not None
    # what was planted: a third of one code is called another; the map points to it before any key
    a, b = heat.at
    assert a != b
    counts = [cell.count for r, line in enumerate(heat.grid.cells) for c, cell in enumerate(line) if r != c]
    assert heat.grid.cells[a][b].count == max(counts)
    assert f"Mika: {heat.grid.rows[a]}, Toni: {heat.grid.columns[b]}" in heat.accessibleDescription()
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: pages(workstation).walk is not None or heat.findChildren(QMenu))
    if pages(workstation).walk is None:
        (menu,) = heat.findChildren(QMenu)
        assert menu.activeAction() is menu.actions()[0]
        QTest.keyClick(menu, Qt.Key.Key_Return)
    until(qtbot, lambda: pages(workstation).walk is not None)
    walked = pages(workstation).walk
    assert walked is not None
    assert workstation.window.pages.currentWidget() is walked
    assert {one.tier for one in (row.about for row in walked.list.rows)} == {"cg"}
    workstation.window.activateWindow()  # elsewhere the window manager does it when a menu closes
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is page)
    assert pages(workstation).walk is None


def choose_pair(page: ReliabilityPage, name: str) -> None:
    """By keys: the letter of the chooser, then the arrows."""
    press(Qt.Key.Key_C, ALT)
    assert page.pair.hasFocus()
    press(Qt.Key.Key_Home)
    while page.pair.currentText() != name:
        before = page.pair.currentIndex()
        press(Qt.Key.Key_Down)
        assert page.pair.currentIndex() == before + 1, "no such pair"


def test_the_cells_of_the_heat_map_are_gone_through_with_arrows(
    qtbot: QtBot, workstation: Workstation, confused: Path
) -> None:
    page = shown_desk(qtbot, workstation, confused)
    tab_of(page, Qt.Key.Key_U)
    heat = page.detail.confusion
    heat.setFocus()
    heat.point_to(0, 0)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    assert heat.at == (1, 1)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_End)
    assert heat.grid is not None
    assert heat.at == (0, len(heat.grid.columns) - 1)
    assert page.detail.lines[heat].text() == heat.grid.cells[0][heat.at[1]].said
    # a click chooses the cell that it hits
    frame = heat.frame_now()
    x, y, width, height = frame.cell(1, 0)
    QTest.mouseClick(heat, Qt.MouseButton.LeftButton, pos=QPoint(round(x + width / 2), round(y + height / 2)))
    assert heat.at == (1, 0)


def test_a_pair_of_coders_is_chosen_from_the_table_of_all_pairs(
    qtbot: QtBot, workstation: Workstation, confused: Path
) -> None:
    page = shown_desk(qtbot, workstation, confused)
    tab_of(page, Qt.Key.Key_P)
    coders = page.detail.coders
    coders.setFocus()
    assert coders.grid is not None
    values = [float(cell.text.replace("−", "-")) for line in coders.grid.cells for cell in line if cell.count]
    row, column = coders.at
    assert float(coders.grid.cells[row][column].text) == min(values)  # who agree least are pointed to
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: page.charts is not None)
    assert page.pair.currentText() == f"{coders.grid.rows[row]} and {coders.grid.columns[column]}"
    assert page.table.isVisible()


def test_where_both_say_the_same_there_is_nothing_to_settle(
    qtbot: QtBot, workstation: Workstation, confused: Path
) -> None:
    page = shown_desk(qtbot, workstation, confused)
    tab_of(page, Qt.Key.Key_U)
    page.detail.confusion.setFocus()
    page.detail.confusion.point_to(0, 0)
    press(Qt.Key.Key_Return)
    assert workstation.strip.text == "Both coders say the same there, so there is nothing to settle."
    assert pages(workstation).walk is None


def test_drift_names_the_session_where_it_left_its_band(
    qtbot: QtBot, workstation: Workstation, confused: Path
) -> None:
    """Kim marks every session 80 ms later than the one before; the point that is pointed to is read out."""
    page = shown_desk(qtbot, workstation, confused)
    choose_pair(page, "Mika and Kim")
    until(qtbot, lambda: page.charts is not None)
    tab_of(page, Qt.Key.Key_T)
    plot = page.detail.drift
    names = [page.detail.which.itemText(at) for at in range(page.detail.which.count())]
    bias = next(at for at, name in enumerate(names) if name.startswith("Timing bias"))
    page.detail.which.setFocus()
    press(Qt.Key.Key_Home)
    for _ in range(bias):
        press(Qt.Key.Key_Down)
    plot.setFocus()
    press(Qt.Key.Key_Home)
    values = []
    assert plot.plot is not None
    for at, session in enumerate(("first-practice", "shared-play", "cues-responses")):
        assert plot.at == at
        said = page.detail.lines[plot].text()
        assert said.startswith(f"{session} (20")
        assert said in plot.accessibleDescription()
        values.append(plot.plot.dots[at].y)
        press(Qt.Key.Key_Right)
    assert plot.at == 2  # there is none after the last
    assert values == sorted(values, key=lambda value: value or 0)


def test_every_line_that_is_judged_says_so_in_a_word(
    qtbot: QtBot, workstation: Workstation, confused: Path
) -> None:
    page = shown_desk(qtbot, workstation, confused)
    choose_pair(page, "Mika and Toni")
    until(qtbot, lambda: page.charts is not None)
    row = go_to(page, lambda row: row.tier.id == "cg" and "accuracy" in row.label)
    assert row.stands in (Standing.BELOW, Standing.UNDER_FLOOR)
    index = page.table.rows.index(page.table.row, 4)
    assert index.data() == "below target"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Target: below target"
    assert "The scheme’s target of 0.85 is not reached." in page.detail.sentence.text()
    unused = go_to(page, lambda row: row.stands is Standing.UNDEFINED)
    assert unused.agreement is not None
    assert page.detail.sentence.text() == "Specific agreement is not defined. Neither coder used this code."
    assert page.table.rows.index(page.table.row, 1).data() == "–"


def test_the_sessions_behind_a_number_lead_to_their_walk(
    qtbot: QtBot, workstation: Workstation, confused: Path
) -> None:
    page = shown_desk(qtbot, workstation, confused)
    press(Qt.Key.Key_W, ALT)
    qtbot.waitUntil(page.detail.sessions.hasFocus)
    listed = rows(page.detail.sessions)
    left = [row.walked.left for row in listed if isinstance(row, SessionRow) and row.walked is not None]
    assert left == sorted(left, reverse=True)
    press(Qt.Key.Key_Down)
    wanted = listed[page.detail.sessions.row]
    assert isinstance(wanted, SessionRow)
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: pages(workstation).walk is not None)
    found = pages(workstation).walk
    assert found is not None
    assert found.review.session == wanted.pair.session
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is page)


def test_what_was_settled_in_a_walk_is_counted_when_the_person_comes_back(
    qtbot: QtBot, workstation: Workstation, confused: Path
) -> None:
    page = shown_desk(qtbot, workstation, confused)
    press(Qt.Key.Key_W, ALT)
    qtbot.waitUntil(page.detail.sessions.hasFocus)
    row = rows(page.detail.sessions)[0]
    assert isinstance(row, SessionRow)
    assert row.walked is not None
    before = row.walked.left
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: pages(workstation).walk is not None)
    press(VERDICT_KEYS[Verdict.A])
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is page)
    same = [one for one in rows(page.detail.sessions) if isinstance(one, SessionRow) and one.pair is row.pair]
    assert same[0].walked is not None
    assert same[0].walked.left == before - 1


def test_settlements_of_the_other_way_round_count_too(confused: Path) -> None:
    with StudyStore.open(confused) as store:
        pair = compare_study(store).pairs[0]
        turned = walk(store, pair.pass_b.header.id, pair.pass_a.header.id)
        settle(store, turned, turned.differences[0], Verdict.A, actor=pair.coder_a.id)
        assert walked_of(Settled(store), pair).left == len(pair.disagreements) - 1


def test_a_coder_can_be_held_against_the_consensus(qtbot: QtBot, workstation: Workstation, tmp_path: Path) -> None:
    folder = tmp_path / "studies" / "Agreed"
    with supervised(folder, clips=("phone",), coders=("Toni",)) as store:
        pair = compare_study(store).pairs[0]
        walked = walk(store, pair.pass_a.header.id, pair.pass_b.header.id)
        for one in walked.differences:
            settle(store, walked, one, Verdict.A, actor=pair.coder_a.id)
        made = make_consensus(store, pair.pass_a.header.id, pair.pass_b.header.id, pair.coder_a.id)
        submit_pass(store, made.id, settled=True)
    page = shown_desk(qtbot, workstation, folder)
    names = [page.pair.itemText(at) for at in range(page.pair.count())]
    assert names == ["Mika and Toni", "Consensus and Mika", "Consensus and Toni"]
    choose_pair(page, "Consensus and Mika")
    until(qtbot, lambda: page.charts is not None)
    row = go_to(page, lambda row: row.tier.id == "cg" and row.depth is Depth.STATISTIC)
    assert row.agreement is not None
    assert row.agreement.estimate.value == 1.0  # Mika was right in everything


def test_an_empty_study_says_what_it_takes(qtbot: QtBot, workstation: Workstation, tmp_path: Path) -> None:
    new_study(tmp_path / "Empty", "Empty").close()
    workstation.open_study(tmp_path / "Empty")
    press(Qt.Key.Key_L, CTRL | SHIFT)
    until(qtbot, lambda: desk(workstation).comparison is not None)
    page = desk(workstation)
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    qtbot.waitUntil(page.empty.button.hasFocus)
    assert not page.walk_button.isEnabled()
    assert not nameless(workstation.window)


@pytest.mark.parametrize(("letter", "stem"), [(Qt.Key.Key_R, "reliability"), (Qt.Key.Key_G, "agenda-gaze-near")])
def test_report_and_agenda_are_asked_for(
    qtbot: QtBot, workstation: Workstation, confused: Path, letter: Qt.Key, stem: str
) -> None:
    shown_desk(qtbot, workstation, confused)
    press(letter, ALT)
    form = shown(qtbot, PaperForm)
    assert stem in form.file.name
    press(Qt.Key.Key_Escape)
    back_to(qtbot, workstation.window)


def test_the_walk_can_be_asked_for_from_the_study(qtbot: QtBot, workstation: Workstation, confused: Path) -> None:
    workstation.open_study(confused)
    press(Qt.Key.Key_U, CTRL | SHIFT)
    until(qtbot, lambda: pages(workstation).desk is not None and desk(workstation).charts is not None)
    qtbot.waitUntil(desk(workstation).detail.sessions.hasFocus)


def test_assignments_lead_back_to_where_the_person_was(
    qtbot: QtBot, workstation: Workstation, confused: Path
) -> None:
    page = shown_desk(qtbot, workstation, confused)
    press(Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: pages(workstation).assignments is not None)
    assert workstation.window.pages.currentWidget() is pages(workstation).assignments
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is page)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is workstation.study)
    press(Qt.Key.Key_T, CTRL | SHIFT)
    qtbot.waitUntil(lambda: pages(workstation).assignments is not None)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is workstation.study)


def test_a_session_that_is_assigned_to_somebody_else_leaves_the_desk_at_once(
    qtbot: QtBot, workstation: Workstation, confused: Path
) -> None:
    page = shown_desk(qtbot, workstation, confused)
    assert page.comparison is not None
    first = page.comparison.pairs[0].session.id
    press(Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: pages(workstation).assignments is not None)
    assigning, store = pages(workstation).assignments, workstation.store
    assert assigning is not None
    assert store is not None
    assign(store, [first], add_coder(store, "Anna").id, "gaze-near", Purpose.RELIABILITY)
    assigning.changed.emit()
    press(Qt.Key.Key_B, ALT)
    until(qtbot, lambda: all(pair.session.id != first for pair in page.comparison.pairs))
    until(qtbot, lambda: not workstation.strip.busy)  # pytest-qt deletes windows before anything else is undone


def test_remarks_are_one_letter_away(qtbot: QtBot, workstation: Workstation, confused: Path) -> None:
    with StudyStore.open(confused) as store:
        again = begin_pass(store, store.sessions()[0].id, add_coder(store, "Anna").id, "gaze-near")
        assert store.header(again.id).status is PassStatus.OPEN
    page = shown_desk(qtbot, workstation, confused)
    assert not page.waiting.isVisible()
    press(Qt.Key.Key_M, ALT)
    qtbot.waitUntil(page.waiting.isVisible)
    assert "Anna" in page.waiting.text.text()
    press(Qt.Key.Key_M, ALT)
    qtbot.waitUntil(lambda: not page.waiting.isVisible())


def test_what_waits_is_told_and_f5_compares_again(qtbot: QtBot, workstation: Workstation, coded: Path) -> None:
    workstation.open_study(coded)
    press(Qt.Key.Key_L, CTRL | SHIFT)
    until(qtbot, lambda: desk(workstation).comparison is not None)
    page = desk(workstation)
    before = page.comparison
    assert "Anna’s pass with" in page.waiting.text.text()
    assert page.waiting.isVisible()
    press(Qt.Key.Key_F5)
    until(qtbot, lambda: page.comparison is not before)


@pytest.mark.parametrize("place", ["bench", "desk", "walk"])
def test_leaving_lets_go_of_the_pages(qtbot: QtBot, workstation: Workstation, confused: Path, place: str) -> None:
    page = shown_desk(qtbot, workstation, confused)
    found = pages(workstation)
    if place == "walk":
        press(Qt.Key.Key_W, ALT)
        qtbot.waitUntil(page.detail.sessions.hasFocus)
        press(Qt.Key.Key_Return)
        until(qtbot, lambda: found.walk is not None)
        workstation.close_study()
        qtbot.waitUntil(lambda: workstation.study is None)
        return
    if place == "bench":
        workstation.open_pass(page.comparison.pairs[0].pass_a.header.id if page.comparison else "")
    else:
        press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: found.desk is None)
    assert (workstation.bench is not None) is (place == "bench")


def test_from_the_bench_the_desk_is_one_key_away(qtbot: QtBot, workstation: Workstation, confused: Path) -> None:
    workstation.open_study(confused)
    assert workstation.study is not None
    assert workstation.study.coding is not None
    workstation.open_pass(workstation.study.coding.header.id)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    press(Qt.Key.Key_L, CTRL | SHIFT)
    until(qtbot, lambda: pages(workstation).desk is not None and desk(workstation).charts is not None)
    assert workstation.bench is None
    assert workstation.window.pages.currentWidget() is desk(workstation)


def test_all_can_be_named_and_no_letter_stands_for_two(
    qtbot: QtBot, workstation: Workstation, confused: Path
) -> None:
    page = shown_desk(qtbot, workstation, confused)
    assert not nameless(workstation.window)
    texts = [one.text() for one in workstation.window.findChildren(QPushButton) if one.isVisible()]
    texts += [page.detail.tabs.tabText(at) for at in range(page.detail.tabs.count())]
    texts += [menu.label for menu in MENUS] + ["Sch&eme", "&Coders"]
    found = mnemonics(texts)
    assert max(found.values()) == 1, found
