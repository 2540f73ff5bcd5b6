"""The palette: what it explains, how one moves in it by keyboard, how all codes of a scheme fit."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coder.annotate import strokes
from coder.annotate.view.code_button import CodeButton
from coder.annotate.view.content import Painted
from coder.annotate.view.definition import definition_html
from coder.annotate.view.holding import Holding
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import timeline_tiers
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.annotate.view.watched import Watched
from coder.formats.scheme_file import read_scheme
from coder.model.time import SECOND_US as S
from tests.annotate.example import SCHEME, desk_of, drawn
from tests.annotate.view.conftest import Laid, Table
from tests.annotate.view.hands import press, show_frame

SCHEMES = sorted((Path(__file__).parents[3] / "schemes").glob("*.toml"))


def focused(table: Table) -> str:
    """The code that has the keyboard."""
    focus = QApplication.focusWidget()
    return focus.code.label if isinstance(focus, CodeButton) else ""


def enter(table: Table, tier: str, code: str) -> CodeButton:
    """Bring the keyboard to a code, as Tab does."""
    button = table.bench.palette_of_codes.button(tier, code)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    return button


def hit(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_arrows_move_in_the_palette_and_explain_each_code(laid: Laid) -> None:
    table = laid()
    enter(table, "engage", "off")
    assert table.bench.definition.title == "Not engaged"
    hit(Qt.Key.Key_Down)
    assert (focused(table), table.bench.definition.title) == ("With the person", "With the person")
    hit(Qt.Key.Key_Up)
    hit(Qt.Key.Key_Up)  # the first stays the first
    assert focused(table) == "Not engaged"
    assert table.writer.saved == []
    painted = table.bench.painted.value
    assert painted is not None
    assert painted.index == 0  # no arrow has stepped the film


def test_enter_codes_and_the_keys_of_codes_go_on_coding(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    enter(table, "engage", "person")
    hit(Qt.Key.Key_Return)
    assert [event.code for event in table.desk.coding] == ["person"]
    show_frame(qtbot, table.bench, 40)
    hit(Qt.Key.Key_3)
    assert [event.code for event in table.desk.coding] == ["person", "object"]
    hit(Qt.Key.Key_Escape)
    hit(Qt.Key.Key_Escape)
    assert table.bench.timeline.hasFocus()


def test_the_code_used_last_stays_explained(laid: Laid) -> None:
    table = laid()
    press(table.bench, "1")
    assert table.bench.definition.title == "Not engaged"
    press(table.bench, "Esc")
    assert table.bench.selected.value is None
    assert table.bench.definition.title == "Not engaged"
    button = enter(table, "gaze", "toy")
    assert table.bench.definition.title == "The toy"
    button.clearFocus()
    assert table.bench.definition.title == "Not engaged"


def test_a_definition_holds_all_that_helps_in_doubt() -> None:
    tier = SCHEME.tier("engage")
    words = definition_html(tier, tier.code("off"))
    assert all(
        part in words for part in ("Looks around", "<b>✓</b>&nbsp; Wanders.", "<b>✗</b>&nbsp; A brief glance.")
    )
    words = definition_html(tier, tier.code("shared"))
    assert "Who started: <b>Z</b> Child, <b>X</b> Parent" in words


def test_what_holds_at_the_frame_on_the_screen_follows_frames_and_edits() -> None:
    desk, _ = desk_of(drawn("..oopp"))
    painted: Watched[Painted | None] = Watched(None)
    held = Holding(desk, Lanes(desk), painted).held
    seen = []
    for at_us in (0, 2 * S - 1, 2 * S, 4 * S - 1, 4 * S, 6 * S):  # an offset is not included
        painted.set(Painted(0, at_us))
        seen.append(held.value)
    off, person = ("engage", "off"), ("engage", "person")
    assert seen == [set(), set(), {off}, {off}, {person}, set()]
    painted.set(Painted(0, 3 * S))
    desk.apply(strokes.code(desk.coding, SCHEME, "self", "talk", 3 * S))
    desk.apply(strokes.code(desk.coding, SCHEME, "self", "touch", 3 * S))
    assert held.value == {off, ("self", "talk"), ("self", "touch")}
    desk.undo()
    assert held.value == {off, ("self", "talk")}
    painted.set(None)
    assert held.value == set()


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_all_codes_of_every_scheme_are_in_sight_on_a_small_screen(laid: Laid, qtbot: QtBot, path: Path) -> None:
    """A window of 1366 × 768 leaves 696 px of its height to the bench; see tests/desktop for the window itself."""
    scheme = read_scheme(path)
    table = laid(scheme=scheme, height_px=696)
    palette = table.bench.palette_of_codes
    view = palette.viewport()
    assert view is not None

    def seen(one: QWidget) -> bool:
        return view.rect().contains(one.rect().translated(one.mapTo(view, one.rect().topLeft())))

    buttons = palette.findChildren(CodeButton)
    qtbot.waitUntil(lambda: all(seen(one) for one in buttons), timeout=2_000)
    assert len(buttons) == sum(len(tier.codes) for tier in timeline_tiers(scheme))
    assert all(one.height() >= one.fontMetrics().height() + 4 for one in buttons)


@pytest.mark.parametrize("text_pt", [8, 10, 13, 16])
@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_no_name_of_a_code_is_cut_at_any_size_of_text(
    laid: Laid, qtbot: QtBot, qapp: QApplication, path: Path, text_pt: int
) -> None:
    table = laid(scheme=read_scheme(path), height_px=696)
    apply_theme(qapp, LIGHT, text_pt=text_pt)  # as a person does in the middle of a pass
    qtbot.wait(30)
    buttons = table.bench.palette_of_codes.findChildren(CodeButton)
    assert [one.code.label for one in buttons if one.natural_px() > one.width()] == []
    assert table.bench.side.details.height() >= 120


def test_arrows_go_to_the_other_column_and_stay_at_the_edge(laid: Laid, qtbot: QtBot) -> None:
    table = laid(scheme=read_scheme(next(path for path in SCHEMES if path.stem == "gaze-near")), height_px=696)
    qtbot.wait(30)
    enter(table, "cg", "cg_face")
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left):
        hit(key)
        seen.append(focused(table))
    assert seen == ["Touching", "Touching", "Within reach", "Parent’s hands or body", "Parent’s hands or body"]
    assert table.writer.saved == []
