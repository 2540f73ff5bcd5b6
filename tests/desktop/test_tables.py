"""Tables in narrow windows and large text."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QComboBox, QTabWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from coder.desktop.agreement_table import AGREEMENT_COLUMNS, AgreementTable
from coder.desktop.assignments_page import AssignmentsPage
from coder.desktop.forms import Chooser
from coder.desktop.look import Look, scaled
from coder.desktop.reliability_page import ReliabilityPage
from coder.desktop.tables import Column, Rows, Table
from coder.desktop.walk_rows import WALK_COLUMNS, WalkRows
from coder.desktop.workstation import Workstation
from tests.desktop.hands import CTRL

SHIFT = Qt.KeyboardModifier.ShiftModifier


def held(table: Table, at: int) -> int:
    header = table.horizontalHeader()
    assert header is not None
    return header.sectionSize(at)


@pytest.mark.parametrize("text_pt", [10.0, 15.0])
def test_names_keep_room_where_the_text_is_large_and_the_table_narrow(qtbot: QtBot, text_pt: float) -> None:
    look = Look("light", 10.0)
    table = AgreementTable("Agreement")
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show()
    look.change("light", text_pt)
    try:
        header = table.horizontalHeader()
        assert header is not None
        assert held(table, 0) >= scaled(130), f"{held(table, 0)} px for the names of lines"
        for at, column in enumerate(AGREEMENT_COLUMNS):
            assert held(table, at) >= header.fontMetrics().horizontalAdvance(column.label), column.label
        narrow = held(table, 2)
        table.resize(1400, 400)
        qtbot.waitUntil(lambda: held(table, 2) > narrow)  # with room to spare the bars grow again
    finally:
        look.change("light", 10.0)
        look.deleteLater()


def test_badges_are_whole_whatever_the_language_calls_them(qtbot: QtBot) -> None:
    columns: tuple[Column[str], ...] = (
        Column("Name", lambda _row: "Ada", wide=True),
        Column("Stands", str, lambda _row: "muted", width_px=70, least_px=60),
        Column("So far", str, lambda _row: "good", width_px=70),
    )
    table = Table(Rows(columns), "Trainees")
    qtbot.addWidget(table)
    table.resize(420, 200)
    table.show()
    table.lines.show(["passed"])
    short = held(table, 1)
    table.lines.show(["noch in Ausbildung"])
    needed = table.fontMetrics().horizontalAdvance("noch in Ausbildung")
    for at in (1, 2):
        assert held(table, at) > needed + 30, "the badge and what is around it"
    assert held(table, 1) > short
    table.lines.show(["a sentence that was never meant to be a badge, and is as long as the table is wide"])
    assert held(table, 1) < 220


def test_the_codes_of_a_walk_have_more_room_than_its_badges_take(qtbot: QtBot) -> None:
    look = Look("light", 15.0)
    table = Table(WalkRows(WALK_COLUMNS), "Disagreements")
    qtbot.addWidget(table)
    table.resize(580, 300)
    table.show()
    try:
        assert held(table, 1) >= held(table, 3)
    finally:
        look.change("light", 10.0)
        look.deleteLater()


def test_what_can_be_chosen_on_the_desk_shows_a_chevron(
    qtbot: QtBot, workstation: Workstation, coded: Path
) -> None:
    workstation.open_study(coded)
    workstation.supervise("desk")
    page = workstation.window.findChild(ReliabilityPage)
    assert page is not None
    for box in page.findChildren(QComboBox):
        assert isinstance(box, Chooser), box.accessibleName()
    qtbot.waitUntil(lambda: not workstation.strip.busy)


def test_tabs_that_do_not_fit_are_reached_by_arrows_that_can_be_seen(qtbot: QtBot) -> None:
    look = Look("dark", 10.0)
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    for name in ("Sessions", "Confusions", "Over time", "Tolerance", "Every pair", "All numbers"):
        tabs.addTab(QWidget(), name)
    tabs.resize(300, 200)
    tabs.show()
    try:
        arrows = [one for one in tabs.findChildren(QToolButton) if one.isVisible()]
        assert len(arrows) == 2
        for one in arrows:
            image = one.grab().toImage()
            middle = range(3, image.width() - 3)  # without the edge of a button
            inks = {image.pixel(x, y) for x in middle for y in range(3, image.height() - 3)}
            assert len(inks) > 1, "only an empty box"
    finally:
        look.change("light", 10.0)
        look.deleteLater()


def test_a_page_that_a_shortcut_opened_has_its_first_line_chosen(
    qtbot: QtBot, workstation: Workstation, coded: Path
) -> None:
    workstation.open_study(coded)
    window = workstation.window.windowHandle()
    assert window is not None
    QTest.keyPress(window, Qt.Key.Key_Control)
    QTest.keyPress(window, Qt.Key.Key_Shift, CTRL)
    QTest.keyPress(window, Qt.Key.Key_T, CTRL | SHIFT)
    page = workstation.window.findChild(AssignmentsPage)
    assert page is not None
    assert len(page.chosen) == 1, "Ctrl and Shift are still down, and nothing is chosen"
    assert page.assign_button.isEnabled()
    QTest.keyRelease(window, Qt.Key.Key_T, CTRL | SHIFT)
    QTest.keyRelease(window, Qt.Key.Key_Shift, CTRL)
    QTest.keyRelease(window, Qt.Key.Key_Control)


def test_the_head_of_the_desk_stays_where_it_is_while_nothing_is_compared_yet(
    qtbot: QtBot, workstation: Workstation, coded: Path
) -> None:
    workstation.open_study(coded)
    workstation.supervise("desk")
    page = workstation.window.findChild(ReliabilityPage)
    assert page is not None
    page.leave_work()
    qtbot.waitUntil(page.isVisible)
    assert page.comparison is None
    QTest.qWait(50)
    heights = [one.geometry().top() for one in (page.back_button, page.walk_button)]
    assert max(heights) < page.height() / 4, f"the head is spread over {page.height()} px: {heights}"
    assert not page.walk_button.isEnabled()
