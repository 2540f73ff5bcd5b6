"""Settings, keys, the tour, and the place where somebody was: by keyboard, in the real windows."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coder.annotate.keymap import Do
from coder.annotate.view.content import Options, Place
from coder.desktop.menus import MENUS
from coder.desktop.settings_window import SettingsWindow
from coder.desktop.study_forms import EditCoderForm
from coder.desktop.tour import Tour
from coder.desktop.workstation import Workstation
from coder.language import speak, tr
from coder.settings.places import KeptPlace, PlacesFile
from coder.settings.preferences import BenchChoices, PreferencesFile
from coder.workflows.studies import open_study, overview
from tests.desktop.conftest import nameless
from tests.desktop.hands import CTRL, back_to, press, shown, until, write

GO_ON_US = 5_040_000


def the_pass(folder: Path) -> str:
    with open_study(folder) as store:
        return overview(store).sessions[0].passes[0].header.id


def on_bench(workstation: Workstation, qtbot: QtBot, folder: Path) -> None:
    """Open the study's pass and wait for its first picture."""
    workstation.open_study(folder)
    assert workstation.study is not None
    workstation.study.open_button.click()
    first_picture(workstation, qtbot)


def first_picture(workstation: Workstation, qtbot: QtBot) -> None:
    assert workstation.bench is not None
    page = workstation.bench
    until(qtbot, lambda: page.bench.painted.value is not None)


def at_us(workstation: Workstation) -> int:
    assert workstation.bench is not None
    painted = workstation.bench.bench.painted.value
    assert painted is not None
    return painted.at_us


def settings(workstation: Workstation, qtbot: QtBot) -> SettingsWindow:
    press(Qt.Key.Key_Comma, CTRL)
    return shown(qtbot, SettingsWindow)


def choose(window: SettingsWindow, words: str) -> None:
    """Search the keys as a person does; the first line found is chosen."""
    window.keys.search.setFocus()
    write(words)


def test_what_is_kept_for_the_bench_is_what_the_bench_has() -> None:
    assert set(BenchChoices.model_fields) == {field.name for field in fields(Options)}
    assert set(KeptPlace.model_fields) == {field.name for field in fields(Place)}
    assert Options(**BenchChoices().model_dump()) == Options()


def test_the_settings_open_by_key_hold_at_once_and_can_be_named(workstation: Workstation, qtbot: QtBot) -> None:
    window = settings(workstation, qtbot)
    assert not nameless(window)
    window.text.setFocus()
    press(Qt.Key.Key_Up)
    window.stride.setFocus()
    press(Qt.Key.Key_Up)
    window.step_sound.setFocus()
    press(Qt.Key.Key_Space)
    window.theme.setFocus()
    press(Qt.Key.Key_Down)
    kept = PreferencesFile().value
    assert (kept.text_pt, kept.bench.stride, kept.bench.step_sound, kept.theme) == (11.0, 6, True, "light")


def test_a_key_is_changed_by_keyboard_and_holds_on_the_bench(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    on_bench(workstation, qtbot, coded)
    window = settings(workstation, qtbot)
    choose(window, "play or pause")
    window.keys.change_button.setFocus()
    press(Qt.Key.Key_Space)
    assert window.keys.catcher.isVisible()
    press(Qt.Key.Key_F7)
    assert not window.keys.catcher.isVisible()
    assert PreferencesFile().value.command_keys == {"play": ("F7",)}
    window.close()
    back_to(qtbot, workstation.window)
    first_picture(workstation, qtbot)
    assert workstation.bench is not None
    bench = workstation.bench.bench
    press(Qt.Key.Key_Space)
    assert not bench.player.playing
    press(Qt.Key.Key_F7)
    assert bench.player.playing
    press(Qt.Key.Key_F7)


def test_the_film_stands_still_while_the_settings_are_open(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    on_bench(workstation, qtbot, coded)
    assert workstation.bench is not None
    player = workstation.bench.bench.player
    press(Qt.Key.Key_Space)
    assert player.playing
    window = settings(workstation, qtbot)
    assert not player.playing
    window.close()
    back_to(qtbot, workstation.window)
    assert not player.playing


def test_a_taken_key_is_told_at_once_and_nothing_is_changed(workstation: Workstation, qtbot: QtBot) -> None:
    window = settings(workstation, qtbot)
    choose(window, "play or pause")
    window.keys.change()
    press(Qt.Key.Key_K)
    assert window.keys.catcher.isVisible()
    assert "which is the key of “Pause”" in window.keys.catcher.text()
    press(Qt.Key.Key_Q, CTRL)  # it does not quit the program: it is a key that was asked for
    assert "a key of the window" in window.keys.catcher.text()
    press(Qt.Key.Key_Escape)
    assert not window.keys.catcher.isVisible()
    assert PreferencesFile().value.command_keys == {}


def test_a_code_has_another_key_in_one_scheme_and_its_usual_one_again(
    workstation: Workstation, qtbot: QtBot
) -> None:
    window = settings(workstation, qtbot)
    scheme = window.keys.scheme.value
    tier, code = next((tier, code) for tier, code in scheme.codes() if code.key)
    choose(window, "".join(sign if sign.isascii() else " " for sign in code.label))
    window.keys.change()
    press(Qt.Key.Key_F8)
    kept = PreferencesFile().value.code_keys
    assert kept == {scheme.id.name: {f"{tier.id}/{code.id}": "F8"}}
    window.keys.usual_button.click()
    assert PreferencesFile().value.code_keys == {}


def test_a_second_key_is_added_and_all_are_reset(workstation: Workstation, qtbot: QtBot) -> None:
    window = settings(workstation, qtbot)
    choose(window, "undo")
    window.keys.add()
    press(Qt.Key.Key_F9)
    assert PreferencesFile().value.command_keys == {"undo": ("Ctrl+Z", "F9")}
    window.keys.reset_all()
    assert PreferencesFile().value.command_keys == {}


def test_the_language_changes_at_the_next_start_and_that_is_said(workstation: Workstation) -> None:
    workstation.menus.actions["language-de"].trigger()
    assert PreferencesFile().value.language == "de"
    assert workstation.menus.actions["language-de"].isChecked()
    assert "start the program again" in workstation.strip.text


def test_the_bench_begins_where_the_coder_was(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    on_bench(workstation, qtbot, coded)
    assert workstation.bench is not None
    bench = workstation.bench.bench
    bench.go_to(GO_ON_US)
    until(qtbot, lambda: at_us(workstation) >= GO_ON_US - 40_000)
    bench.do(Do.ZOOM_IN)
    bench.do(Do.ZOOM_IN)
    frame, shown_us = at_us(workstation), bench.place().us_per_px
    workstation.close_bench()
    on_bench(workstation, qtbot, coded)
    assert at_us(workstation) == frame
    assert workstation.bench is not None
    assert workstation.bench.bench.place().us_per_px == pytest.approx(shown_us, rel=0.01)


def test_the_place_is_written_while_somebody_works(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    on_bench(workstation, qtbot, coded)
    assert workstation.bench is not None
    workstation.bench.bench.go_to(GO_ON_US)
    until(qtbot, lambda: at_us(workstation) >= GO_ON_US - 40_000)
    pass_id = workstation.bench.opened.header.id

    def kept() -> bool:
        place = PlacesFile().of(pass_id)
        return place is not None and place.at_us == at_us(workstation)

    qtbot.waitUntil(kept, timeout=4_000)


def test_after_leaving_the_bench_nothing_is_offered_and_after_quitting_it_is(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    on_bench(workstation, qtbot, coded)
    kept = PreferencesFile().value.last_pass
    assert kept is not None
    assert kept.study == str(coded)
    workstation.close_bench()
    assert PreferencesFile().value.last_pass is None
    workstation.close_study()
    assert not workstation.start.go_on_button.isVisible()


def test_one_key_goes_on_where_the_program_was_cut_short(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    on_bench(workstation, qtbot, coded)
    last = PreferencesFile().value.last_pass
    workstation.close_bench()
    workstation.preferences.change(last_pass=last)  # as it lies there after a crash
    workstation.close_study()
    assert workstation.start.go_on_button.isVisible()
    assert QGuiApplication.focusObject() is workstation.start.go_on_button
    press(Qt.Key.Key_Return)
    first_picture(workstation, qtbot)
    assert workstation.bench is not None
    assert workstation.bench.opened.header.id == the_pass_open(workstation)


def the_pass_open(workstation: Workstation) -> str:
    last = workstation.preferences.value.last_pass
    assert last is not None
    return last.pass_id


def tour_of(workstation: Workstation) -> Tour:
    assert workstation.bench is not None
    assert workstation.bench.tour is not None
    return workstation.bench.tour


def test_the_tour_comes_once_goes_by_key_and_codes_nothing(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    workstation.preferences.change(tour_seen=False)
    on_bench(workstation, qtbot, coded)
    tour = tour_of(workstation)
    assert not nameless(tour)
    assert 5 <= len(tour.stops) <= 7
    told = [tour.accessibleName()]
    for _ in tour.stops[1:]:
        press(Qt.Key.Key_Return)
        told.append(tour.accessibleName())
        inside = tour.geometry()
        assert workstation.bench is not None
        assert workstation.bench.rect().contains(inside)
    assert told == [stop.title for stop in tour.stops]
    press(Qt.Key.Key_Backspace)
    assert tour.accessibleName() == told[-2]
    press(Qt.Key.Key_Q)
    assert workstation.bench is not None
    assert len(workstation.bench.opened.desk.coding) == 0
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert workstation.bench.tour is None
    assert PreferencesFile().value.tour_seen
    until(qtbot, lambda: workstation.bench and workstation.bench.bench.timeline.hasFocus())
    workstation.close_bench()
    on_bench(workstation, qtbot, coded)
    assert workstation.bench.tour is None
    workstation.menus.actions["tour"].trigger()
    tour = tour_of(workstation)
    press(Qt.Key.Key_Escape)
    assert workstation.bench.tour is None


def test_a_skipped_tour_leaves_the_keys_to_coding(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    workstation.preferences.change(tour_seen=False)
    on_bench(workstation, qtbot, coded)
    press(Qt.Key.Key_Escape)
    assert workstation.bench is not None
    desk = workstation.bench.opened.desk
    key = next(code.key for _, code in desk.scheme.codes() if code.key)
    press(key)
    assert len(desk.coding) == 1


def test_help_that_is_about_the_bench_is_grey_without_one(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    actions = workstation.menus.actions
    assert not actions["tour"].isEnabled()
    assert not actions["key-card"].isEnabled()
    on_bench(workstation, qtbot, coded)
    assert actions["tour"].isEnabled()
    actions["key-card"].trigger()
    assert "key card" in workstation.strip.text
    cards = list((Path(PreferencesFile().path).parent.parent / "data" / "key-cards").glob("*.html"))
    assert [path.name for path in cards] == ["gaze-near.html"]


@pytest.mark.parametrize("text_pt", [8.0, 16.0])
def test_the_bench_holds_small_and_large_text(
    workstation: Workstation, qtbot: QtBot, coded: Path, text_pt: float
) -> None:
    workstation.window.resize(1366, 768)
    workstation.set_text(text_pt)
    on_bench(workstation, qtbot, coded)
    assert workstation.bench is not None
    QTest.qWait(50)
    assert (workstation.window.width(), workstation.window.height()) == (1366, 768)
    picture = workstation.bench.bench.player.picture
    assert picture.width() >= 320
    assert picture.height() >= 180


def test_a_coders_reaction_time_is_set_in_the_study(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    workstation.open_study(coded)
    assert workstation.study is not None
    (edit,) = [
        one for one in workstation.study.coders.findChildren(QPushButton) if one.accessibleName() == "Edit Anna"
    ]
    edit.setFocus()
    press(Qt.Key.Key_Return)
    form = shown(qtbot, EditCoderForm)
    assert not nameless(form)
    write("180")
    press(Qt.Key.Key_Return)
    back_to(qtbot, workstation.window)
    assert workstation.study.shown.coders[0].reaction_us == 180_000


@pytest.fixture
def german() -> Iterator[None]:
    """The windows of the test speak German."""
    speak("de")
    yield
    speak("en")


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("place", ["start", "study", "bench"])
def test_in_german_too_no_letter_stands_for_two_buttons(
    request: pytest.FixtureRequest, qtbot: QtBot, coded: Path, place: str
) -> None:
    workstation: Workstation = request.getfixturevalue("workstation")  # made after the language was chosen
    assert workstation.start.new_button.accessibleName() == "Neue Studie…"
    if place != "start":
        workstation.open_study(coded)
    if place == "bench":
        on_bench(workstation, qtbot, coded)
    buttons = [one for one in workstation.window.findChildren(QPushButton) if one.isVisible()]
    strip = [workstation.strip.cancel_button, workstation.strip.dismiss_button]
    texts = [one.text() for one in {*buttons, *strip}] + [tr(menu.label) for menu in MENUS]
    letters = [found[1].upper() for text in texts for found in re.finditer(r"&(\w)", text)]
    assert len(letters) == len(set(letters)), sorted(letters)


@pytest.mark.usefixtures("german")
def test_in_german_no_button_of_the_bench_is_cut(
    request: pytest.FixtureRequest, qtbot: QtBot, coded: Path
) -> None:
    workstation: Workstation = request.getfixturevalue("workstation")
    workstation.window.resize(1366, 768)
    on_bench(workstation, qtbot, coded)
    workstation.show_tour()
    for _ in tour_of(workstation).stops[1:]:
        cut = [
            one.text()
            for one in workstation.window.findChildren(QPushButton)
            if one.isVisible() and one.text() and one.width() < one.minimumSizeHint().width()
        ]
        assert not cut
        tour_of(workstation).go(+1)
