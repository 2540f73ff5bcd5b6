"""What is left to mend: listed as it arises, with a jump to each, and never in the way of a key press."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coder.annotate import strokes
from coder.annotate.families import InPlay
from coder.annotate.keymap import Keymap
from coder.annotate.view.findings import MOST, Findings
from coder.annotate.view.mending import Mending
from coder.annotate.view.watched import Watched
from coder.model.coding import Event
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import ENGAGE, GAZE, SCHEME, desk_of, drawn
from tests.annotate.view.conftest import OFFSET_US, Laid, Table
from tests.annotate.view.hands import press, show_frame, wait_for_frame

WHOLE = Event("whole", "engage", "off", Span(OFFSET_US, OFFSET_US + 6 * S))
WARM = Event("warm", "rated", "warm", Span(OFFSET_US, OFFSET_US + 6 * S), (("rating", "4"),))
GAP = "“Engagement” is not coded for {} s."
ALL = Watched(InPlay(frozenset(tier.id for tier in SCHEME.tiers)))


def state(code: str, start_s: float, end_s: float, tier: str = "engage", **more: object) -> Event:
    span = Span(round(start_s * S), round(end_s * S))
    return Event(f"{code}{start_s}", tier, code, span, **more)  # type: ignore[arg-type]  # a note or modifiers


def listed(table: Table) -> list[str]:
    return table.bench.side.findings.sentences()


def told(table: Table) -> str:
    """What the tab says."""
    return table.bench.side.details.tabText(1)


def when(qtbot: QtBot, what: Callable[[], bool]) -> None:
    qtbot.waitUntil(what, timeout=5_000)


def test_nothing_to_mend_is_said(laid: Laid, qtbot: QtBot) -> None:
    table = laid(WHOLE, WARM)
    when(qtbot, lambda: told(table) == "To mend ✓")
    assert listed(table) == []
    press(table.bench, "Ctrl+F")
    assert table.bench.strip.text == "Nothing to mend."


def test_the_list_follows_the_edits(laid: Laid, qtbot: QtBot) -> None:
    table = laid(WHOLE, WARM)
    when(qtbot, lambda: told(table) == "To mend ✓")
    show_frame(qtbot, table.bench, 50)
    press(table.bench, "4")
    when(qtbot, lambda: told(table) == "To mend: 1 !")
    assert listed(table) == ["“Sharing, parent carries it” lacks “Who started”."]
    press(table.bench, "Z")
    when(qtbot, lambda: told(table) == "To mend ✓")
    press(table.bench, "Delete")
    when(qtbot, lambda: listed(table) == [GAP.format("4.000")])


def test_the_key_jumps_from_one_to_the_next_and_begins_anew(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 2), state("shared", 3, 5), state("person", 5, 5.4), state("off", 5.4, 7), WARM)
    when(qtbot, lambda: len(listed(table)) == 3)
    assert listed(table) == [
        GAP.format("1.000"),
        "“Sharing, parent carries it” lacks “Who started”.",
        "“With the person” lasts 0.400 s, less than the scheme asks for.",
    ]
    for frame, code in [(25, None), (50, "shared"), (100, "person"), (25, None)]:
        press(table.bench, "Ctrl+F")
        wait_for_frame(qtbot, table.bench, frame)
        selected = table.bench.selected.value
        assert (selected.code if selected else None) == code
    assert table.bench.strip.text == (
        "To mend, 1 of 3: “Engagement” is not coded for 1.000 s. Code the gap: this tier must not have any."
    )


def test_after_mending_the_key_goes_on_from_there(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 2), state("shared", 2, 5), state("shared", 5, 7), WARM)
    press(table.bench, "Ctrl+F")
    wait_for_frame(qtbot, table.bench, 25)
    press(table.bench, "X", "Ctrl+F")
    wait_for_frame(qtbot, table.bench, 100)
    assert table.bench.selected.value is not None
    assert table.bench.selected.value.onset_us == 5 * S


def test_what_is_in_play_is_mended_first_and_then_all_comes_into_play(laid: Laid, qtbot: QtBot) -> None:
    watched = replace(GAZE, exhaustive=True)
    row = (state("off", 1, 2), state("person", 2, 2.4), state("off", 2.4, 7))
    table = laid(*row, scheme=replace(SCHEME, tiers=(ENGAGE, watched)))
    when(qtbot, lambda: len(listed(table)) == 2)
    table.bench.in_play.set(InPlay(frozenset({"gaze"}), hidden=True))
    press(table.bench, "Ctrl+F")
    assert "“Child gaze” is not coded" in table.bench.strip.text
    press(table.bench, "Q", "Ctrl+F")
    assert "“With the person” lasts 0.400 s" in table.bench.strip.text
    assert table.bench.in_play.value.tiers == {"engage", "gaze"}
    assert table.bench.selected.value is not None
    assert table.bench.selected.value.tier == "engage"


def test_a_click_or_enter_jumps_and_other_keys_still_code(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 2), state("shared", 3, 7), WARM)
    side = table.bench.side
    side.details.setCurrentWidget(side.findings)
    when(qtbot, lambda: side.findings.list.isVisible() and len(listed(table)) == 2)
    rows, model = side.findings.list, side.findings.list.model()
    assert model is not None
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(model.index(1, 0)).center())
    wait_for_frame(qtbot, table.bench, 50)
    assert table.bench.timeline.hasFocus()
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows, Qt.Key.Key_Up)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    wait_for_frame(qtbot, table.bench, 25)
    QTest.keyClick(rows, Qt.Key.Key_2)
    assert [event.code for event in table.desk.coding.row("engage")] == ["off", "person", "shared"]


def test_what_hinders_submitting_has_a_sign_that_is_spoken(laid: Laid, qtbot: QtBot) -> None:
    table = laid(state("off", 1, 2), state("person", 2, 2.4), WARM)
    when(qtbot, lambda: len(listed(table)) == 2)
    model = table.bench.side.findings.list.model()
    assert model is not None
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert spoken == [
        "“With the person” lasts 0.400 s, less than the scheme asks for. Engagement · 00:00:02.000",
        "Hinders submitting: “Engagement” is not coded for 4.600 s. Engagement · 00:00:02.400",
    ]


def test_more_than_can_be_read_are_counted(qtbot: QtBot) -> None:
    coding = drawn("s" + "os" * (MOST + 10))
    desk, _ = desk_of(coding)
    mending = Mending(desk, ALL, lambda *_: None, lambda: None)
    panel = Findings(SCHEME, Keymap(SCHEME), mending, lambda: None, locked=False)
    qtbot.addWidget(panel)
    when(qtbot, lambda: len(panel.sentences()) == MOST)
    assert mending.count > MOST
    mending.stop()


@pytest.mark.parametrize("count", [20, 20_000])
def test_a_stroke_reads_no_more_of_a_long_pass_than_of_a_short_one(count: int, qtbot: QtBot) -> None:
    """What is told comes after the paint, and costs what the edit touched, not what the pass holds."""
    desk, _ = desk_of(drawn("op" * (count // 2)))
    mending = Mending(desk, ALL, lambda *_: None, lambda: None)
    before = mending.count
    calls: list[int] = []
    mending.listen(lambda: calls.append(mending.count))
    when(qtbot, lambda: len(calls) == 1)  # the first reading, once the window has been shown
    desk.apply(strokes.code(desk.coding, SCHEME, "engage", "shared", 2 * S + S // 2))
    assert len(calls) == 1  # nothing was told within the key press
    when(qtbot, lambda: len(calls) == 2)
    assert calls[-1] > before
    mending.stop()


BRIDGED = replace(
    ENGAGE, codes=tuple(replace(one, absorb_us=S if one.id == "person" else 0) for one in ENGAGE.codes)
)
STRICT = replace(SCHEME, tiers=(BRIDGED,))
BROKEN = (state("person", 1, 3), state("off", 3, 3.4), state("person", 3.4, 5), state("person", 5.4, 7))


def test_an_interruption_is_jumped_to_and_absorbed_by_keys(laid: Laid, qtbot: QtBot) -> None:
    table = laid(*BROKEN, scheme=STRICT)
    when(qtbot, lambda: len(listed(table)) == 2)
    press(table.bench, "Ctrl+F")
    assert table.bench.strip.text == (
        "To mend, 1 of 2: “With the person” is interrupted for 0.400 s, which is too short to end it. "
        "Absorb it: what interrupts this code lasts at least 1 s. Ctrl+Shift+D does it."
    )
    press(table.bench, "Ctrl+Shift+D")
    assert table.bench.strip.text == "Saved · Absorb the interruption of “With the person” at 00:00:03.000"
    assert [event.id for event in table.desk.coding.row("engage")] == ["person1", "person5.4"]
    press(table.bench, "Ctrl+F", "Ctrl+Shift+D")  # the gap, which has no event that could be selected
    assert [(event.id, event.span) for event in table.desk.coding.row("engage")] == [
        ("person1", Span(OFFSET_US, OFFSET_US + 6 * S))
    ]
    when(qtbot, lambda: told(table) == "To mend ✓")
    press(table.bench, "Ctrl+Z", "Ctrl+Z")
    assert [event.id for event in table.desk.coding.row("engage")] == [event.id for event in BROKEN]


def test_a_button_applies_the_rules_to_the_whole_pass_in_one_edit(laid: Laid, qtbot: QtBot) -> None:
    table = laid(*BROKEN, scheme=STRICT)
    side = table.bench.side
    side.details.setCurrentWidget(side.findings)
    when(qtbot, side.findings.settle_button.isVisible)
    qtbot.mouseClick(side.findings.settle_button, Qt.MouseButton.LeftButton)
    assert table.bench.strip.text == "Saved · Apply the rules: 2 interruptions absorbed"
    when(qtbot, lambda: told(table) == "To mend ✓" and not side.findings.settle_button.isVisible())
    press(table.bench, "Ctrl+Z")
    assert len(table.desk.coding.row("engage")) == 4
    press(table.bench, "Ctrl+Shift+A", "Ctrl+Shift+A")
    assert "The scheme’s rules change nothing in this pass." in table.bench.strip.text


def test_where_nothing_is_chosen_the_key_says_so(laid: Laid, qtbot: QtBot) -> None:
    table = laid(*BROKEN, scheme=STRICT)
    when(qtbot, lambda: len(listed(table)) == 2)
    press(table.bench, "Esc", "Ctrl+Shift+D")
    assert "Nothing that is to be mended is selected." in table.bench.strip.text
