"""Synchronising two cameras in the window: from the sound, by hand, and nothing before it is accepted."""

import threading
from pathlib import Path

import pytest
from PyQt6 import sip
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coder.desktop.frame_viewer import FrameViewer
from coder.desktop.sync_page import SyncPage
from coder.desktop.workstation import Workstation
from coder.media import open_index
from coder.model.study import Media, Purpose, Role
from coder.workflows.cameras import add_camera_steps, set_timing
from coder.workflows.passes import add_coder, begin_pass
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study, open_study
from tests.clips import X264, Recipe, write_film
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CLIP, press, until

SHIFT = Qt.KeyboardModifier.ShiftModifier
CAMERA_A, CAMERA_B = CLIP.with_name("two-cameras.a.mp4"), CLIP.with_name("two-cameras.b.mp4")
OFFSET_US, SKEW_PPM = 1_500_000, 120  # as sample_media/two-cameras.json has them


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two films without sound."""
    folder = tmp_path_factory.mktemp("silent")
    options = X264 | {"g": "50", "bf": "2"}
    return tuple(  # type: ignore[return-value]  # exactly two
        write_film(Recipe(name, frames=frames, options=options, sound=""), folder)
        for name, frames in (("a.mp4", 300), ("b.mp4", 250))
    )


def study_of(folder: Path, first: Path, other: Path) -> Path:
    """A study with a session of two cameras, both as if they had begun with it, and one open pass."""
    with new_study(folder, "Study") as store:
        session = add_session(store, first, "Ball play")
        coder = add_coder(store, "Anna", Role.CLINICIAN)
        begin_pass(store, session.id, coder.id, "gaze-near", Purpose.MAIN)
        finish(add_camera_steps(store, session.id, other, "camera b"))
    return folder


def side_by_side(workstation: Workstation, qtbot: QtBot, study: Path) -> SyncPage:
    """By keyboard from the study page to both films side by side."""
    workstation.open_study(study)
    press(Qt.Key.Key_I, ALT)
    qtbot.waitUntil(lambda: workstation.films is not None and workstation.films.films is not None)
    until(qtbot, lambda: not workstation.strip.busy)
    press(Qt.Key.Key_I, ALT)
    until(qtbot, lambda: workstation.films and workstation.films.sync and not workstation.strip.busy)
    assert workstation.films is not None
    assert workstation.films.sync is not None
    return workstation.films.sync


def closed(workstation: Workstation, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: workstation.films is not None and workstation.films.sync is None)


def kept(study: Workstation) -> Media:
    """The second camera as it is in the study file."""
    assert study.films is not None
    assert study.films.films is not None
    return study.films.films.verbs.store.sessions()[0].media[1]


def test_offset_and_skew_from_the_sound_are_kept_when_accepted_and_not_before(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    study = study_of(tmp_path / "study", CAMERA_A, CAMERA_B)
    page = side_by_side(workstation, qtbot, study)
    assert QApplication.focusWidget() is page.sound.waves
    assert "camera b begins 1.500 s later." in page.words.text()
    assert "ppm fast" in page.words.text()
    assert "an hour" in page.words.text()
    assert "right to within" in page.sureness.text()
    assert "This session has 1 pass. Its codes stay" in page.note.text()
    assert page.note.isVisible()
    assert not nameless(page)
    assert (kept(workstation).offset_us, kept(workstation).skew_ppm) == (0, 0)
    press(Qt.Key.Key_Escape)
    closed(workstation, qtbot)
    assert (kept(workstation).offset_us, kept(workstation).skew_ppm) == (0, 0)

    until(qtbot, lambda: not workstation.strip.busy)
    press(Qt.Key.Key_I, ALT)
    until(qtbot, lambda: workstation.films and workstation.films.sync and not workstation.strip.busy)
    press(Qt.Key.Key_A, ALT)
    closed(workstation, qtbot)
    assert abs(kept(workstation).offset_us - OFFSET_US) < 10_000
    assert abs(kept(workstation).skew_ppm - SKEW_PPM) < 200
    assert "synchronised" in workstation.strip.text


def test_the_waveforms_show_before_and_after_and_can_be_looked_at_closely(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    page = side_by_side(workstation, qtbot, study_of(tmp_path / "study", CAMERA_A, CAMERA_B))
    waves = page.sound.waves
    whole = waves.scale
    after = waves.grab().toImage()
    press(Qt.Key.Key_I, ALT)
    qtbot.waitUntil(page.sound.before_button.isChecked)
    assert waves.grab().toImage() != after
    press(Qt.Key.Key_P, ALT)
    qtbot.waitUntil(page.sound.after_button.isChecked)
    waves.setFocus()
    press(Qt.Key.Key_Plus)
    assert waves.scale.us_per_px < whole.us_per_px
    start_us = waves.scale.start_us
    press(Qt.Key.Key_Right)
    assert waves.scale.start_us > start_us
    press(Qt.Key.Key_PageDown)
    assert waves.place == 0
    press(Qt.Key.Key_PageDown)
    assert waves.place == 1
    press(Qt.Key.Key_0)
    assert waves.scale.us_per_px == pytest.approx(whole.us_per_px)
    turn = QWheelEvent(
        QPointF(200, 100),
        waves.mapToGlobal(QPointF(200, 100)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    under = waves.scale.us(200)
    QApplication.sendEvent(waves, turn)
    assert waves.scale.us_per_px < whole.us_per_px
    assert abs(waves.scale.us(200) - under) <= waves.scale.us_per_px


def step_to(viewer: FrameViewer, qtbot: QtBot, frame: int) -> None:
    """By arrow keys alone, a second or a frame at a time."""
    viewer.setFocus()
    press(Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: viewer.shown == 0, timeout=20_000)
    for _ in range(frame // 25):
        press(Qt.Key.Key_Right, SHIFT)
    for _ in range(frame % 25):
        press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: viewer.shown == frame, timeout=20_000)


def test_without_sound_the_same_moment_is_marked_by_hand(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path, silent: tuple[Path, Path]
) -> None:
    page = side_by_side(workstation, qtbot, study_of(tmp_path / "study", *silent))
    hand = page.hand
    assert page.hand_button.isChecked(), "sound does not suffice"
    assert not page.accept_button.isEnabled()
    assert not nameless(page)
    step_to(hand.first, qtbot, 30)
    press(Qt.Key.Key_M)
    assert not hand.first.marked.isHidden()
    assert not page.accept_button.isEnabled()
    step_to(hand.other, qtbot, 10)
    press(Qt.Key.Key_M)
    assert hand.first.marked.isHidden()
    assert [(pair.session_us, pair.other_us) for pair in hand.pairs] == [(1_200_000, 400_000)]
    assert "0.800 s later" in page.words.text()
    assert page.accept_button.isEnabled()

    step_to(hand.first, qtbot, 280)
    press(Qt.Key.Key_M)
    step_to(hand.other, qtbot, 230)  # a slip of thirty frames
    press(Qt.Key.Key_M)
    assert len(hand.pairs) == 2
    assert not page.accept_button.isEnabled(), "no camera’s clock is so far off"
    assert "was the same moment marked in both?" in page.sureness.text()
    hand.table.setFocus()
    press(Qt.Key.Key_Down)
    assert hand.table.row == 1
    press(Qt.Key.Key_Delete)
    assert [pair.session_us for pair in hand.pairs] == [1_200_000]

    step_to(hand.other, qtbot, 248)
    press(Qt.Key.Key_M)
    step_to(hand.first, qtbot, 269)
    press(Qt.Key.Key_M)
    assert len(hand.pairs) == 2
    assert all(abs(pair.off_us) <= 40_000 for pair in hand.pairs)
    assert any(pair.off_us for pair in hand.pairs), "the two pairs differ by a frame, and the list says so"
    press(Qt.Key.Key_A, ALT)
    closed(workstation, qtbot)
    assert abs(kept(workstation).offset_us - 820_000) <= 60_000


def test_one_viewer_shows_the_moment_of_the_other(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path, silent: tuple[Path, Path]
) -> None:
    study = study_of(tmp_path / "study", *silent)
    with open_study(study) as store:
        other = store.sessions()[0].media[1]
        set_timing(store, other.id, 800_000, 0)
    page = side_by_side(workstation, qtbot, study)
    hand = page.hand
    step_to(hand.first, qtbot, 70)
    press(Qt.Key.Key_G)
    qtbot.waitUntil(lambda: hand.other.shown == 50, timeout=20_000)
    step_to(hand.other, qtbot, 100)
    press(Qt.Key.Key_G)
    qtbot.waitUntil(lambda: hand.first.shown == 120, timeout=20_000)


def test_a_viewer_whose_widgets_are_gone_can_still_end_its_thread(qtbot: QtBot, silent: tuple[Path, Path]) -> None:
    """At the end of the interpreter Qt may have taken the window away before the thread is ended."""
    before = set(threading.enumerate())
    viewer = FrameViewer("a", open_index(silent[0]), lambda: None)
    viewer.show()
    qtbot.waitUntil(lambda: viewer.shown == 0, timeout=20_000)
    viewer.go_to(20, quick=True)
    sip.delete(viewer)
    viewer.shut()
    assert set(threading.enumerate()) <= before
