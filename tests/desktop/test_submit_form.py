"""Submitting where the scheme's rules would change the pass: they are shown, and applied if the coder says so."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coder.desktop.submit_form import SubmitForm
from coder.desktop.workstation import Workstation
from coder.model.coding import PassStatus
from coder.model.problem import CodingError
from coder.model.time import Span
from coder.store import StudyStore
from coder.workflows.exchange import import_events
from coder.workflows.passes import apply_rules, rules_preview, submit_pass
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study, open_study
from tests.desktop.hands import ALT, CLIP, back_to, press, shown, until

# Joy is interrupted for half a second, which the scheme absorbs; where nothing is coded its defaults come in.
ROWS = """tier,code,onset,offset,modifiers,note
ep,ep_play,0,8,,
cp,cp_joy,0,3,,
cp,cp_watch,3,3.5,,
cp,cp_joy,3.5,6,,
pp,p_joy,0,8,,
"""
WITHOUT_EPISODES = "\n".join(line for line in ROWS.splitlines() if not line.startswith("ep,"))


def study(folder: Path, rows: str = ROWS) -> str:
    with new_study(folder, "Rules") as store:
        session = add_session(store, CLIP, "First meeting", window=Span(0, 8_000_000))
        table = folder / "pass.csv"
        table.write_text(rows, "utf-8")
        made = import_events(
            store, table, session=session.name, coder="Anna", scheme="face-to-face", submitted=False
        )
    return made.header.id


def on_the_bench(workstation: Workstation, qtbot: QtBot, folder: Path, pass_id: str) -> SubmitForm:
    workstation.open_study(folder)
    workstation.open_pass(pass_id)
    page = workstation.bench
    assert page is not None
    until(qtbot, lambda: page.bench.painted.value is not None)
    back_to(qtbot, workstation.window)
    press(Qt.Key.Key_U, ALT)
    return shown(qtbot, SubmitForm)


def store_of(workstation: Workstation) -> StudyStore:
    assert workstation.study is not None
    return workstation.study.verbs.store


def phases(store: StudyStore, pass_id: str) -> list[tuple[str, int, int]]:
    row = store.load_pass(pass_id).row("cp")
    return [(one.code, one.onset_us // 1000, one.offset_us // 1000) for one in row]


def test_what_the_rules_would_change_is_shown_and_enter_applies_it(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    pass_id = study(tmp_path / "study")
    form = on_the_bench(workstation, qtbot, tmp_path / "study", pass_id)
    words = " ".join(one.text() for one in form.findChildren(QLabel))
    assert "By the scheme’s rules, 1 short interruption is absorbed and 2 gaps are filled." in words
    assert form.accept_button.text() == "Apply and submit"
    rows = form.list.model()
    assert rows is not None
    states = [rows.index(row, 2).data() for row in range(rows.rowCount())]
    assert states == ["done by the rules"] * 3
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workstation.bench is None)
    store = store_of(workstation)
    assert store.header(pass_id).status is PassStatus.SUBMITTED
    assert phases(store, pass_id) == [("cp_joy", 0, 6000), ("cp_thing", 6000, 8000)]
    assert store.edits(pass_id)[-1].label == "Apply the rules: 1 interruption absorbed, 2 gaps filled"


def test_a_pass_can_be_submitted_as_it_is(workstation: Workstation, qtbot: QtBot, tmp_path: Path) -> None:
    pass_id = study(tmp_path / "study")
    form = on_the_bench(workstation, qtbot, tmp_path / "study", pass_id)
    form.as_it_is_button.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: workstation.bench is None)
    store = store_of(workstation)
    assert store.header(pass_id).status is PassStatus.SUBMITTED
    assert len(phases(store, pass_id)) == 3


def test_what_the_rules_do_not_mend_still_hinders(workstation: Workstation, qtbot: QtBot, tmp_path: Path) -> None:
    pass_id = study(tmp_path / "study", WITHOUT_EPISODES)
    form = on_the_bench(workstation, qtbot, tmp_path / "study", pass_id)
    assert not form.accept_button.isEnabled()
    assert not form.as_it_is_button.isEnabled()
    form.reject()
    store = store_of(workstation)
    with pytest.raises(CodingError, match="is not coded for"):
        submit_pass(store, pass_id, settled=True)
    assert len(phases(store, pass_id)) == 3, "nothing is applied to a pass that cannot be submitted"


def test_applying_the_rules_is_one_edit_in_the_journal(tmp_path: Path) -> None:
    pass_id = study(tmp_path / "study")
    with open_study(tmp_path / "study") as store:
        assert rules_preview(store, pass_id).applied.filled == 2
        before = len(store.edits(pass_id))
        apply_rules(store, pass_id)
        assert len(store.edits(pass_id)) == before + 1
        with pytest.raises(CodingError, match="change nothing"):
            apply_rules(store, pass_id)
        submit_pass(store, pass_id, settled=True)
        with pytest.raises(CodingError, match="submitted"):
            apply_rules(store, pass_id)


def test_all_of_what_is_asked_can_be_read_row_by_row(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    form = on_the_bench(workstation, qtbot, tmp_path / "study", study(tmp_path / "study"))
    first, second, *_ = form._found
    assert form.whole.text().startswith(first.problem.what)
    assert first.problem.hint in form.whole.text()
    form.list.setFocus()
    press(Qt.Key.Key_Down)
    assert form.whole.text().startswith(second.problem.what)
