"""Each scheme on the real bench at 1366 × 768: its keys code, its codes can be seen, its pass is submitted."""

import threading
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coder.annotate.view.bench import Bench
from coder.annotate.view.code_button import CodeButton
from coder.desktop.bench_page import BenchPage
from coder.desktop.submit_form import SubmitForm
from coder.desktop.workstation import Workstation
from coder.model.coding import PassStatus
from coder.model.study import Purpose
from coder.model.time import Span
from coder.workflows.exchange import import_events
from coder.workflows.passes import add_coder, begin_pass
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from tests.desktop.hands import ALT, CLIP, CTRL, back_to, press, shown, until

MS = 1000
RATINGS = "code,onset,offset,modifiers,note\nr_warm,0,8,rating=6,Laughs with her.\nr_flat,0,8,rating=na,\n"

# What is pressed at which frame (40 ms each), and what the pass then holds.
PRESSED = {
    "cue-response": (
        {0: "Y", 25: "Q0", 50: "0", 75: "IT", 100: "M"},
        [
            ("cues", "cue_look", 1000, 1000),
            ("cues", "cue_newact", 3000, 3000),
            ("child_view", "unc", 1000, 2000),
            ("acts", "act_talk", 0, 0),
            ("acts", "act_warm", 3000, 3000),
            ("acts", "act_impose", 4000, 4000),
        ],
    ),
    "face-to-face": (
        {0: "Y5T", 75: "UGD", 100: "B2", 125: "IRZ4", 150: "P"},
        [
            ("ep", "ep_play", 0, 3000),
            ("ep", "ep_pause", 3000, 5000),
            ("ep", "ep_again", 5000, 8000),
            ("stop", "stop_rule", 6000, 6000),
            ("cp", "cp_joy", 0, 4000),
            ("cp", "cp_fuss", 4000, 5000),
            ("cp", "cp_watch", 5000, 8000),
            ("self", "s_scan", 3000, 5000),
            ("self", "s_none", 5000, 8000),
            ("pp", "p_joy", 0, 3000),
            ("pp", "p_still", 3000, 5000),
            ("pp", "p_voice", 5000, 8000),
            ("breaches", "breach", 4000, 4000),
        ],
    ),
}


def opened(workstation: Workstation, qtbot: QtBot, folder: Path, scheme: str) -> BenchPage:
    """The bench on a pass with a scheme: an empty one, or of ratings that were brought in."""
    with new_study(folder, "Schemes") as store:
        session = add_session(store, CLIP, "First meeting", window=Span(0, 8000 * MS))
        if scheme == "ratings":
            table = folder / "ratings.csv"
            table.write_text(RATINGS, "utf-8")
            made = import_events(
                store, table, session=session.name, coder="Anna", scheme=scheme, submitted=False
            ).header
        else:
            made = begin_pass(store, session.id, add_coder(store, "Anna").id, scheme, Purpose.MAIN)
    workstation.window.resize(1366, 768)
    workstation.open_study(folder)
    workstation.open_pass(made.id)
    page = workstation.bench
    assert page is not None
    until(qtbot, lambda: page.bench.painted.value is not None)
    back_to(qtbot, workstation.window)
    return page


def at_frame(qtbot: QtBot, bench: Bench, frame: int) -> None:
    bench.go_to(frame * 40 * MS)
    until(qtbot, lambda: bench.painted.value is not None and bench.painted.value.at_us == frame * 40 * MS)


def submit(workstation: Workstation, qtbot: QtBot) -> None:
    press(Qt.Key.Key_U, ALT)
    shown(qtbot, SubmitForm)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workstation.bench is None)
    assert workstation.study is not None
    assert workstation.study.coding is not None
    assert workstation.study.coding.header.status is PassStatus.SUBMITTED


@pytest.mark.parametrize("scheme", PRESSED)
def test_a_pass_is_coded_by_keys_and_submitted(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path, scheme: str
) -> None:
    page = opened(workstation, qtbot, tmp_path / "study", scheme)
    pressed, expected = PRESSED[scheme]
    for frame, keys in pressed.items():
        at_frame(qtbot, page.bench, frame)
        for key in keys:
            press(key)
    coding = page.opened.desk.coding
    found = [
        (tier.id, event.code, event.onset_us // MS, event.offset_us // MS)
        for tier in page.opened.scheme.tiers
        for event in coding.row(tier.id)
    ]
    assert found == expected
    if page.opened.scheme.links:
        press(Qt.Key.Key_D, CTRL)  # the first cue: it fits, its tone is warm; the second: acted, but not on this
        for key in ("1", "W", Qt.Key.Key_Return, "3", *[Qt.Key.Key_Return] * 3, Qt.Key.Key_Escape):
            press(key)
        judged = [(one.modifiers, one.answer) for one in page.opened.desk.coding.row("cues")]
        warm, imposes = (one.id for one in page.opened.desk.coding.row("acts")[1:])
        assert judged == [((("outcome", "o_match"), ("tone", "warm")), warm), ((("outcome", "o_mis"),), imposes)]
    submit(workstation, qtbot)


def test_another_pass_takes_the_place_of_the_one_on_the_bench(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    def decoding() -> list[str]:
        return [thread.name for thread in threading.enumerate() if thread.name.startswith("frames of")]

    first = opened(workstation, qtbot, tmp_path / "study", "cue-response")
    assert len(decoding()) == 1
    workstation.open_pass(first.opened.header.id)
    assert workstation.bench is not None
    assert workstation.bench is not first
    workstation.close_bench()
    assert decoding() == []


def test_how_strong_a_cry_is_is_given_with_control_and_a_digit(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(workstation, qtbot, tmp_path / "study", "face-to-face")
    press("1")
    press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    (cry,) = page.opened.desk.coding
    assert (cry.code, cry.modifiers) == ("cp_cry", (("level", "3"),))


def test_ratings_that_were_brought_in_are_completed_by_keys_and_submitted(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(workstation, qtbot, tmp_path / "study", "ratings")
    bench, desk = page.bench, page.opened.desk
    panel = bench.side.rating.panel
    assert panel is not None
    assert panel.row("r_warm").button("6").isChecked()
    assert panel.code.id == "r_tuned"
    for key in "5434":
        press(key)
    ratings = {event.code: event.modifier("rating") for event in desk.coding}
    assert ratings == {
        "r_tuned": "5",
        "r_impose": "4",
        "r_warm": "6",
        "r_mutual": "3",
        "r_child": "4",
        "r_flat": "na",
    }
    bench.definition.show_code((desk.scheme.tier("segment"), desk.scheme.code("segment", "r_warm")))
    told = " ".join(label.text() for label in bench.definition.findChildren(QLabel))
    assert "Delight and affection run through the segment" in told
    press(Qt.Key.Key_F1)
    assert bench.key_help.isVisible()
    press(Qt.Key.Key_F1)
    submit(workstation, qtbot)


@pytest.mark.parametrize(
    ("scheme", "count"), [("cue-response", 17), ("face-to-face", 25), ("gaze-near", 23), ("shared-play", 11)]
)
def test_no_name_of_a_code_is_cut_and_all_codes_are_in_sight(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path, scheme: str, count: int
) -> None:
    palette = opened(workstation, qtbot, tmp_path / "study", scheme).bench.palette_of_codes
    buttons = palette.findChildren(CodeButton)
    assert len(buttons) == count
    assert [one.code.label for one in buttons if one.natural_px() > one.width()] == []
    view = palette.viewport()
    assert view is not None
    assert all(
        view.rect().contains(one.rect().translated(one.mapTo(view, one.rect().topLeft()))) for one in buttons
    )
