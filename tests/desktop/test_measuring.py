"""Measuring from the window: the form with every session's state, work beside other work, failures to be read."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

import coder.desktop.measure_actions as measuring
from coder.desktop.measure_form import MeasureForm
from coder.desktop.workstation import Workstation
from coder.model.study import Purpose
from coder.workflows.passes import add_coder, begin_pass
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CLIP, back_to, press, shown, until
from tests.features import plugins

SAMPLES = CLIP.parent


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The windows measure brightness and change, in place of what takes minutes; segments leave notes there."""
    plugins.install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / "notes"
    folder.mkdir()
    whole = measuring.extract_steps

    def small(store: object, sessions: object, _settings: object, **more: object) -> object:
        more["extractors"] = ["brightness", "killed"] if (folder / "die").exists() else ["brightness"]
        settings = {"brightness": {"notes": str(folder)}, "killed": {"at": "0"}}
        return whole(store, sessions, settings, **more)  # type: ignore[arg-type]  what the window gave

    monkeypatch.setattr(measuring, "extract_steps", small)
    monkeypatch.setattr(measuring, "EXTRACTORS", ("brightness", "killed"))
    return folder


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Three sessions, the first with a pass that is open."""
    folder = tmp_path / "studies" / "Home"
    with new_study(folder, "Home") as store:
        first = add_session(store, CLIP, "First")
        add_session(store, SAMPLES / "phone.mp4", "Second")
        add_session(store, SAMPLES / "hard-to-see.mp4", "Third")
        begin_pass(store, first.id, add_coder(store, "Anna").id, "gaze-near", Purpose.MAIN)
    return folder


@pytest.fixture
def form(workstation: Workstation, qtbot: QtBot, study: Path, notes: Path) -> MeasureForm:
    """The form over the study page, asked for by its letter."""
    workstation.open_study(study)
    press(Qt.Key.Key_M, ALT)
    return shown(qtbot, MeasureForm)


def states(form: MeasureForm) -> list[tuple[str, str]]:
    """Each session with its state, as the list shows them."""
    return [(one.name, one.text) for one in form.table.lines.rows]


def test_the_form_lists_every_session_and_takes_all_that_are_not_finished_by_key(
    form: MeasureForm, qtbot: QtBot
) -> None:
    assert states(form) == [("First", "not measured"), ("Second", "not measured"), ("Third", "not measured")]
    assert [one.name for one in form.chosen] == ["First"]
    assert not nameless(form)
    press(Qt.Key.Key_F, ALT)
    until(qtbot, lambda: len(form.chosen) == 3)
    assert "3 of 3 sessions are chosen" in form.count.text()
    wanted = form.wanted()
    assert (wanted.rate_hz, wanted.child_side, wanted.voice, wanted.again) == (10.0, None, True, False)
    form.table.clearSelection()
    assert not form.accept_button.isEnabled()


def test_measuring_goes_on_while_a_pass_is_coded_and_can_be_stopped(
    form: MeasureForm, workstation: Workstation, qtbot: QtBot, notes: Path
) -> None:
    (notes / "hold").write_text("100")
    press(Qt.Key.Key_Return)
    back_to(qtbot, workstation.window)
    strip = workstation.tools.measuring
    assert strip.busy
    assert not workstation.strip.busy
    page = workstation.study
    assert page is not None
    assert not page.evidence.button.isEnabled()
    assert page.add_session_button.isEnabled()
    press(Qt.Key.Key_O, ALT)
    until(qtbot, lambda: workstation.bench is not None)
    until(qtbot, lambda: (notes / "0").exists() and (notes / "50").exists())  # two processes: any may be first
    qtbot.wait(500)  # what they sent is taken
    assert strip.busy
    assert strip.isVisible()
    strip.cancel_button.click()
    until(qtbot, lambda: not strip.busy)
    assert "What was finished is kept" in strip.text
    workstation.close_bench()
    (notes / "hold").unlink()
    press(Qt.Key.Key_M, ALT)
    again = shown(qtbot, MeasureForm)
    assert states(again)[0] == ("First", "partly measured, 50\u202f%")
    press(Qt.Key.Key_Return)
    back_to(qtbot, workstation.window)
    until(qtbot, lambda: not strip.busy)
    assert strip.text == "1 session is measured."
    assert {one.name for one in notes.iterdir()} >= {"0", "50", "100", "150"}


def test_what_went_wrong_can_be_read_afterwards(
    form: MeasureForm, workstation: Workstation, qtbot: QtBot, notes: Path
) -> None:
    (notes / "die").touch()
    press(Qt.Key.Key_F, ALT)
    until(qtbot, lambda: len(form.chosen) == 3)
    press(Qt.Key.Key_Return)
    back_to(qtbot, workstation.window)
    strip = workstation.tools.measuring
    until(qtbot, lambda: not strip.busy)
    assert "3 sessions failed." in strip.text
    assert "Measuring stopped" in strip.text
    strip.offer_button.click()
    again = shown(qtbot, MeasureForm)
    assert {text for _, text in states(again)} == {"failed"}
    assert "dyad-first.mp4: Measuring stopped" in again.problems.text().replace("\u200b", "")
    assert again.problems.isVisible()


def test_closing_the_window_ends_the_measuring_and_keeps_what_is_finished(
    form: MeasureForm, workstation: Workstation, qtbot: QtBot, notes: Path, study: Path
) -> None:
    (notes / "hold").write_text("100")
    press(Qt.Key.Key_Return)
    back_to(qtbot, workstation.window)
    until(qtbot, (notes / "50").exists)
    assert not workstation.window.close()
    until(qtbot, lambda: not workstation.window.isVisible())
    assert not workstation.tools.measuring.busy
    assert list(study.glob("tracks/*/*.parts/measuring.json"))
