"""Taking what another program measured, from the window: look first, then take; mistakes stay in the form."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coder.desktop.import_form import ImportForm
from coder.desktop.workstation import Workstation
from coder.workflows.measured import tracks_of
from tests.desktop.conftest import nameless
from tests.desktop.hands import back_to, press, shown, until, write

OPENFACE = "frame, face_id, timestamp, confidence, success, pose_Ry\n" + "".join(
    f"{i + 1}, 0, {i / 25:.3f}, 0.98, 1, {i / 1000:.3f}\n" for i in range(200)
)


@pytest.fixture
def form(workstation: Workstation, qtbot: QtBot, coded: Path) -> ImportForm:
    """The form over the study page, reached from its button by key."""
    workstation.open_study(coded)
    assert workstation.study is not None
    button = workstation.study.evidence.import_button
    button.setFocus()
    press(Qt.Key.Key_Space)
    return shown(qtbot, ImportForm)


def store_of(workstation: Workstation):
    assert workstation.study is not None
    return workstation.study.verbs.store


def test_a_file_is_looked_into_and_then_taken_by_keys(
    form: ImportForm, workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "face.csv"
    file.write_text(OPENFACE)
    assert not form.accept_button.isEnabled(), "there is no file yet"
    write(str(file))
    assert form.accept_button.text() == "Look into the file"
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: form.accept_button.text() == "Take these")
    assert [one.signal.id for one in form.table.lines.rows] == [
        "child_openface_yaw_deg",
        "child_openface_confidence",
    ]
    assert form.remarks.text() == "200 rows."
    store = store_of(workstation)
    assert not store.tracks(), "looking takes nothing"
    press(Qt.Key.Key_Return)
    back_to(qtbot, workstation.window)
    assert set(tracks_of(store, store.sessions()[0])) == {"child_openface_yaw_deg", "child_openface_confidence"}


def test_a_change_after_looking_must_be_looked_at_again(form: ImportForm, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "face.csv"
    file.write_text(OPENFACE)
    write(str(file))
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: form.accept_button.text() == "Take these")
    form.person.setFocus()
    press(Qt.Key.Key_Down)
    assert form.accept_button.text() == "Look into the file"
    assert not form.table.isVisible()
    press(Qt.Key.Key_Escape)


def test_mistakes_of_the_file_are_told_and_the_form_stays(
    form: ImportForm, workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "face.csv"
    file.write_text(OPENFACE.replace("0.98, 1, 0.003", "high, 1, 0.003"))
    write(str(file))
    press(Qt.Key.Key_Return)
    until(qtbot, form.strip.isVisible)
    assert form.strip.text() == "face.csv:5:confidence: “high” is not a number."
    assert form.isVisible()
    assert form.accept_button.text() == "Look into the file"
    file.write_text(OPENFACE + "900, 0, 35.960, 0.98, 1, 0.1\n")
    form.accept_button.click()
    until(qtbot, lambda: "frame 899" in form.strip.text())
    assert not store_of(workstation).tracks()


def test_any_table_offers_its_columns(
    form: ImportForm, workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "pulse.csv"
    file.write_text("ms,pulse,quality\n0,110,1\n1000,112,1\n2000,300,0\n")
    form.program.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    form.file.setFocus()
    write(str(file))
    assert form.time.currentText() == "ms"
    assert form.values.text() == "pulse, quality"
    form.unit.setFocus()
    press(Qt.Key.Key_Down)
    form.values.setFocus()
    write("pulse=pulse:1/min")
    form.rule.setFocus()
    write("quality>0")
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: form.accept_button.text() == "Take these")
    (seen,) = form.table.lines.rows
    assert (seen.signal.id, seen.signal.unit, round(seen.known, 2), seen.high) == (
        "child_pulse",
        "1/min",
        0.67,
        112,
    )
    press(Qt.Key.Key_Return)
    back_to(qtbot, workstation.window)


def test_what_cannot_be_understood_is_told_before_the_file_is_read(
    form: ImportForm, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "face.csv"
    file.write_text(OPENFACE)
    write(str(file))
    form.faces.setFocus()
    write("0=mother")
    press(Qt.Key.Key_Return)
    assert "does not say whose a face is" in form.strip.text()
    press(Qt.Key.Key_Escape)


def test_everything_in_the_form_has_a_name(form: ImportForm) -> None:
    assert not nameless(form)
