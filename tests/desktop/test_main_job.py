"""From the start page to a saved code and back, by keyboard alone, on the real film."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coder.desktop.forms import NewStudyForm
from coder.desktop.study_forms import AddCoderForm, AddSessionForm, ReopenForm, StartPassForm
from coder.desktop.submit_form import SubmitForm
from coder.desktop.workstation import Workstation
from coder.model.coding import PassStatus
from coder.model.study import Purpose
from coder.workflows.exchange import import_events
from coder.workflows.passes import reopen_pass
from coder.workflows.studies import open_study, overview
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CLIP, CTRL, back_to, none_shown, press, shown, until, write

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


def test_a_new_study_is_coded_by_keyboard(workstation: Workstation, qtbot: QtBot, tmp_path: Path) -> None:
    press(Qt.Key.Key_N, CTRL)
    shown(qtbot, NewStudyForm)
    write("Visits 2026")
    press(TAB)
    write(str(tmp_path))
    press(ENTER)
    qtbot.waitUntil(lambda: workstation.study is not None)
    study = workstation.study
    assert study is not None
    back_to(qtbot, workstation.window)
    assert QApplication.focusWidget() is study.advice.button

    press(ENTER)
    shown(qtbot, AddSessionForm)
    write(str(CLIP))
    press(ENTER)
    until(qtbot, lambda: study.session is not None and not workstation.strip.busy)
    assert study.session is not None
    assert study.session.session.name == "dyad-first"
    assert "added" in workstation.strip.text

    back_to(qtbot, workstation.window)
    assert QApplication.focusWidget() is study.advice.button
    press(ENTER)
    shown(qtbot, AddCoderForm)
    write("Anna")
    press(ENTER)
    back_to(qtbot, workstation.window)

    press(ENTER)
    shown(qtbot, StartPassForm)
    press(ENTER)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    page = workstation.bench
    assert page is not None
    bench = page.bench
    until(qtbot, lambda: bench.painted.value is not None)
    back_to(qtbot, workstation.window)
    code = next(code for tier, code in page.opened.scheme.codes() if tier.kind == "state" and code.key)
    press(Qt.Key(ord(code.key.upper())))
    assert [event.code for event in page.opened.desk.coding if event.code == code.id]
    coded = len(page.opened.desk.coding)

    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.bench is None)
    assert study.coding is not None
    assert study.coding.events == coded
    assert study.coding.header.status is PassStatus.OPEN
    assert not study.advice.isVisible()
    press(Qt.Key.Key_W, CTRL)
    qtbot.waitUntil(lambda: workstation.study is None)
    with open_study(tmp_path / "Visits 2026") as store:
        (row,) = overview(store).sessions
        assert row.passes[0].events == coded
    assert [one.name for one in workstation.preferences.value.recent] == ["Visits 2026"]


def test_an_unfinished_pass_is_not_submitted_and_says_why(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    workstation.open_study(coded)
    study = workstation.study
    assert study is not None
    press(Qt.Key.Key_U, ALT)
    form = shown(qtbot, SubmitForm)
    model = form.list.model()
    assert model is not None
    listed = [[str(model.index(row, column).data()) for column in range(3)] for row in range(model.rowCount())]
    by_rules = [what for _, what, word in listed if word == "done by the rules"]
    assert any("will be filled with “Within reach”" in what for what in by_rules)
    assert listed[0][2] == "must be mended"
    assert not form.accept_button.isEnabled()
    assert not nameless(form)
    assert QApplication.focusWidget() is form.list
    press(ENTER)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    assert none_shown(SubmitForm)
    assert study.coding is not None
    assert study.coding.header.status is PassStatus.OPEN


def test_what_is_to_be_mended_is_shown_at_its_place_on_the_bench(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    workstation.open_study(coded)
    press(Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    page = workstation.bench
    assert page is not None
    until(qtbot, lambda: page.bench.painted.value is not None)
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    until(qtbot, lambda: page.bench.painted.value is not None and page.bench.painted.value.at_us == 1_000_000)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    until(qtbot, lambda: page.bench.painted.value is not None and page.bench.painted.value.at_us == 2_000_000)
    press(Qt.Key.Key_U, ALT)
    form = shown(qtbot, SubmitForm)
    model = form.list.model()
    assert model is not None
    assert str(model.index(0, 0).data()) == "00:00:00.000"
    press(Qt.Key.Key_W, ALT)
    until(qtbot, lambda: page.bench.painted.value is not None and page.bench.painted.value.at_us == 0)
    assert workstation.bench is page
    back_to(qtbot, workstation.window)
    press(Qt.Key.Key_2)
    assert len(page.opened.desk.coding) == 2, "the keys code again at once"


def test_a_submitted_pass_is_locked_and_reopened_with_a_reason(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    with open_study(coded) as store:
        (row,) = overview(store).sessions[0].passes
        store.submit(row.header.id, actor=row.coder.id)
    workstation.open_study(coded)
    study = workstation.study
    assert study is not None
    assert not study.submit_button.isEnabled()
    press(Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    page = workstation.bench
    assert page is not None
    assert page.bench.editing is not None
    assert not page.submit_button.isVisible()
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.bench is None)

    press(Qt.Key.Key_R, ALT)
    form = shown(qtbot, ReopenForm)
    press(ENTER)
    assert form.isVisible()
    assert "reason" in form.strip.text()
    write("A look away was missed.")
    press(ENTER)
    qtbot.waitUntil(lambda: none_shown(ReopenForm))
    assert study.coding is not None
    assert study.coding.header.status is PassStatus.OPEN


def test_enter_in_the_tables_goes_to_the_passes_and_opens_one(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    workstation.open_study(coded)
    study = workstation.study
    assert study is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is study.sessions)
    press(ENTER)
    assert QApplication.focusWidget() is study.passes
    press(ENTER)
    qtbot.waitUntil(lambda: workstation.bench is not None)


def test_a_whole_pass_is_submitted_from_the_bench(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    sample = CLIP.with_name("dyad-first.gaze-near.robin.csv")
    with open_study(coded) as store:
        import_events(store, sample, session="First meeting", coder="Robin", scheme="gaze-near")
        rows = overview(store).sessions[0].passes
        at = [row.coder.name for row in rows].index("Robin")
        if rows[at].header.status is PassStatus.SUBMITTED:
            reopen_pass(store, rows[at].header.id, "To submit it by hand.")
    workstation.open_study(coded)
    study = workstation.study
    assert study is not None
    study.passes.choose(at)
    press(Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    press(Qt.Key.Key_U, ALT)
    shown(qtbot, SubmitForm)
    press(ENTER)
    qtbot.waitUntil(lambda: workstation.bench is None)
    assert "Robin is submitted" in workstation.strip.text
    assert study.coding is not None
    assert study.coding.header.status is PassStatus.SUBMITTED
    assert study.open_button.text().replace("&", "") == "Look at pass"


def test_where_two_submitted_passes_differ_is_gone_to(
    workstation: Workstation, qtbot: QtBot, coded: Path, tmp_path: Path
) -> None:
    table = tmp_path / "invitations.csv"
    with open_study(coded) as store:
        for who, purpose, second in (("Robin", Purpose.MAIN, 1), ("Sasha", Purpose.RELIABILITY, 6)):
            table.write_text(f"code,onset\nbid_c,{second}\nbid_p,3\n")
            import_events(store, table, session="First meeting", coder=who, scheme="shared-play", purpose=purpose)
    workstation.open_study(coded)
    study = workstation.study
    assert study is not None
    study.passes.choose([row.coder.name for row in study.session.passes].index("Sasha"))
    press(Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    page = workstation.bench
    assert page is not None
    painted = page.bench.painted
    until(qtbot, lambda: painted.value is not None)
    for at_us in (1_000_000, 6_000_000):
        press(Qt.Key.Key_PageDown, CTRL)
        until(qtbot, lambda at_us=at_us: painted.value is not None and painted.value.at_us == at_us)
    assert "2 of 2" in page.bench.strip.text
    assert "nothing" in page.bench.strip.text


@pytest.mark.slow
def test_the_demo_study_is_made_and_opened_and_opened_again(workstation: Workstation, qtbot: QtBot) -> None:
    workstation.start.demo_button.click()
    qtbot.waitUntil(lambda: workstation.study is not None, timeout=240_000)
    study = workstation.study
    assert study is not None
    assert study.session is not None
    assert study.session.measured is not None
    assert {row.header.status for row in study.session.passes} == {PassStatus.OPEN, PassStatus.SUBMITTED}
    workstation.open_demo()
    until(qtbot, lambda: workstation.study not in (None, study))
