"""A session's films in the windows: their passports, what can be done with them, and what a bad one is worth."""

import shutil
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coder.desktop.errors import ErrorBox
from coder.desktop.film_forms import AddCameraForm, ConvertForm, FindForm, RelinkForm
from coder.desktop.film_watch import FilmBanner
from coder.desktop.films_page import FilmsPage
from coder.desktop.menus import MENUS
from coder.desktop.passport_card import CopyButton
from coder.desktop.workstation import Workstation
from coder.language import speak, tr
from coder.media import open_index
from coder.model.study import Purpose, Role
from coder.workflows.cameras import add_camera_steps
from coder.workflows.passes import add_coder, begin_pass
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study, open_study
from tests.clips import Shelf, write_flipped
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CLIP, CTRL, back_to, none_shown, press, shown, until, write
from tests.desktop.test_windows import mnemonics

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
SHIFT = Qt.KeyboardModifier.ShiftModifier
CAMERA_A, CAMERA_B = CLIP.with_name("two-cameras.a.mp4"), CLIP.with_name("two-cameras.b.mp4")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """A folder with both cameras of the sample session."""
    folder = tmp_path / "films"
    folder.mkdir()
    for film in (CAMERA_A, CAMERA_B):
        shutil.copy(film, folder)
    return folder


@pytest.fixture
def one(tmp_path: Path, films: Path) -> Path:
    """A study with one session on camera a, one coder and one open pass."""
    folder = tmp_path / "study"
    with new_study(folder, "Study") as store:
        session = add_session(store, films / CAMERA_A.name, "Ball play")
        coder = add_coder(store, "Anna", Role.CLINICIAN)
        begin_pass(store, session.id, coder.id, "gaze-near", Purpose.MAIN)
    return folder


@pytest.fixture
def two(one: Path, films: Path) -> Path:
    """The same with camera b, not synchronised."""
    with open_study(one) as store:
        finish(add_camera_steps(store, store.sessions()[0].id, films / CAMERA_B.name, "camera b"))
    return one


def films_of(workstation: Workstation, qtbot: QtBot, study: Path) -> FilmsPage:
    """Open a study and, by keyboard, the films of its session; wait until all have been read."""
    workstation.open_study(study)
    press(Qt.Key.Key_I, ALT)
    page = films_page(workstation, qtbot)
    until(qtbot, lambda: not workstation.strip.busy)
    return page


def films_page(workstation: Workstation, qtbot: QtBot) -> FilmsPage:
    """The films page, once it is there: a key that presses a button does so a moment later."""
    qtbot.waitUntil(lambda: workstation.films is not None and workstation.films.films is not None)
    assert workstation.films is not None
    assert workstation.films.films is not None
    return workstation.films.films


def leave(workstation: Workstation, qtbot: QtBot) -> None:
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.films is None or workstation.films.films is None)


def facts(page: FilmsPage, qtbot: QtBot) -> str:
    """All that the passport shows, on one line."""

    def said() -> str:
        return " | ".join(
            one.text() for one in page.facts.findChildren(QWidget) if hasattr(one, "text") and one.isVisible()
        )

    qtbot.waitUntil(lambda: bool(said()))
    return said()


def states(page: FilmsPage) -> list[str]:
    return [row.state[0] for row in page.rows]


def test_the_passport_says_what_each_film_is(workstation: Workstation, qtbot: QtBot, two: Path) -> None:
    page = films_of(workstation, qtbot, two)
    assert QApplication.focusWidget() is page.table
    assert states(page) == ["as it was coded", "as it was coded"]
    said = facts(page, qtbot)
    for fact in ("25 a second, constant", "500", "640 × 360 px, upright", "0:20 (20.000 s)", "aac, 48 kHz"):
        assert fact in said
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "463" in facts(page, qtbot))
    assert not nameless(page)
    leave(workstation, qtbot)
    assert workstation.study is not None
    assert workstation.window.pages.currentWidget() is workstation.study


def test_the_fingerprint_is_copied_whole_by_keyboard(workstation: Workstation, qtbot: QtBot, two: Path) -> None:
    page = films_of(workstation, qtbot, two)
    for _ in range(30):
        press(TAB)
        if isinstance(QApplication.focusWidget(), CopyButton):
            break
    press(Qt.Key.Key_Space)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == page.session.media[0].fingerprint.sha256


def test_the_gaps_of_a_phone_film_are_listed_with_their_times(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path, shelf: Shelf
) -> None:
    with new_study(tmp_path / "study", "Study") as store:
        add_session(store, shelf["phone.mp4"])
    page = films_of(workstation, qtbot, tmp_path / "study")
    said = facts(page, qtbot)
    assert "variable" in said
    passport = page.rows[0].passport
    assert passport is not None
    assert passport.facts is not None
    longest = max(passport.facts.gaps, key=lambda gap: gap.duration_us)
    (first, *_rest) = [copy for copy in page.facts.copies if " at " in copy.text()]
    assert first.text().startswith(f"{longest.duration_us / 1e6:.3f} s at 00:00:")
    first.click()
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text().startswith("00:00:")


def test_a_camera_is_added_by_keyboard_and_only_once(
    workstation: Workstation, qtbot: QtBot, one: Path, films: Path
) -> None:
    page = films_of(workstation, qtbot, one)
    assert not page.sync_button.isEnabled()
    press(Qt.Key.Key_A, ALT)
    form = shown(qtbot, AddCameraForm)
    assert not form.accept_button.isEnabled()
    assert not nameless(form)
    write(str(films / CAMERA_B.name))
    press(TAB)
    press(TAB)
    assert QApplication.focusWidget() is form.role
    write("parent camera")
    press(ENTER)
    until(qtbot, lambda: len(page.rows) == 2 and not workstation.strip.busy)
    assert [media.role for media in page.session.media] == ["camera 1", "parent camera"]
    assert "parent camera" in workstation.strip.text, "reading its passport must not take the news away"
    assert page.sync_button.isEnabled()
    back_to(qtbot, workstation.window)
    press(Qt.Key.Key_A, ALT)
    shown(qtbot, AddCameraForm)
    write(str(films / CAMERA_B.name))
    press(ENTER)
    box = shown(qtbot, ErrorBox)
    assert "already" in box.details
    press(ENTER)
    assert len(page.rows) == 2


def test_a_camera_is_called_by_another_name(workstation: Workstation, qtbot: QtBot, two: Path) -> None:
    page = films_of(workstation, qtbot, two)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_O, ALT)
    assert QApplication.focusWidget() is page.role
    write("child camera")
    press(ENTER)
    assert [media.role for media in page.session.media] == ["camera 1", "child camera"]
    write(" ")
    press(ENTER)
    assert [media.role for media in page.session.media] == ["camera 1", "child camera"]


def test_a_moved_film_is_relinked_and_another_one_refused_in_one_sentence(
    workstation: Workstation, qtbot: QtBot, two: Path, films: Path
) -> None:
    (films / CAMERA_B.name).rename(films / "moved.mp4")
    workstation.open_study(two)
    study = workstation.study
    assert study is not None
    assert "camera b" in study.missing.text
    assert study.open_button.isEnabled(), "one film is there"
    press(Qt.Key.Key_K, ALT)
    form = shown(qtbot, RelinkForm)
    assert not nameless(form)
    write(str(films / CAMERA_A.name))
    press(ENTER)
    box = shown(qtbot, ErrorBox)
    assert "not the film that was coded" in box.details
    press(ENTER)
    back_to(qtbot, workstation.window)
    press(Qt.Key.Key_K, ALT)
    shown(qtbot, RelinkForm)
    write(str(films / "moved.mp4"))
    press(ENTER)
    until(qtbot, lambda: not study.missing.isVisible())
    assert "linked again" in workstation.strip.text


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_letter_stands_for_two_buttons_where_films_are_missing(
    request: pytest.FixtureRequest, two: Path, films: Path, language: str
) -> None:
    for film in films.iterdir():
        film.unlink()
    speak(language)
    request.addfinalizer(lambda: speak("en"))
    workstation: Workstation = request.getfixturevalue("workstation")  # made after the language was chosen
    workstation.open_study(two)
    study = workstation.study
    assert study is not None
    assert study.missing.isVisible()
    buttons = [one for one in workstation.window.findChildren(QPushButton) if one.isVisible()]
    assert max(mnemonics([one.text() for one in buttons] + [tr(menu.label) for menu in MENUS]).values()) == 1


def test_missing_films_are_found_in_a_folder(
    workstation: Workstation, qtbot: QtBot, two: Path, films: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "archive" / "2026"
    elsewhere.mkdir(parents=True)
    for number, film in enumerate(sorted(films.iterdir())):
        film.rename(elsewhere / f"{number}.mp4")
    workstation.open_study(two)
    study = workstation.study
    assert study is not None
    assert not study.open_button.isEnabled(), "no film is there"
    press(Qt.Key.Key_A, ALT)
    form = shown(qtbot, FindForm)
    write(str(tmp_path / "no such folder"))
    press(ENTER)
    assert form.strip.isVisible()
    write(str(tmp_path / "archive"))
    press(ENTER)
    until(qtbot, lambda: not study.missing.isVisible())
    assert "2 films" in workstation.strip.text
    assert study.open_button.isEnabled()


def test_the_films_are_a_key_away_from_the_bench_and_back(
    workstation: Workstation, qtbot: QtBot, two: Path
) -> None:
    workstation.open_study(two)
    press(Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    assert workstation.bench is not None
    pass_id = workstation.bench.opened.header.id
    press(Qt.Key.Key_F, CTRL | SHIFT)
    assert workstation.bench is None
    films_page(workstation, qtbot)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    assert workstation.bench is not None
    assert workstation.bench.opened.header.id == pass_id
    until(qtbot, lambda: workstation.bench and workstation.bench.bench.painted.value is not None)


def test_leaving_the_page_ends_the_reading(workstation: Workstation, qtbot: QtBot, two: Path) -> None:
    workstation.open_study(two)
    press(Qt.Key.Key_I, ALT)
    films_page(workstation, qtbot)
    assert workstation.strip.busy
    leave(workstation, qtbot)
    until(qtbot, lambda: not workstation.strip.busy)
    assert not workstation.strip.isVisible()


def test_a_small_proxy_is_made(workstation: Workstation, qtbot: QtBot, one: Path) -> None:
    page = films_of(workstation, qtbot, one)
    assert page.rows[0].passport is not None
    assert page.rows[0].passport.proxy is None
    press(Qt.Key.Key_P, ALT)
    until(qtbot, lambda: page.rows[0].passport and page.rows[0].passport.proxy)
    until(qtbot, lambda: not workstation.strip.busy)
    assert "small proxy" in workstation.strip.text
    assert not page.proxy_button.isEnabled()


def test_a_film_is_converted_beside_the_original(
    workstation: Workstation, qtbot: QtBot, one: Path, films: Path
) -> None:
    before = (films / CAMERA_A.name).read_bytes()
    page = films_of(workstation, qtbot, one)
    assert page.convert_button.isEnabled()
    press(Qt.Key.Key_C, ALT)
    form = shown(qtbot, ConvertForm)
    assert not nameless(form)
    assert form.copy == films / "two-cameras.a converted.mp4"
    press(ENTER)
    until(qtbot, lambda: "is ready" in workstation.strip.text)
    assert open_index(films / "two-cameras.a converted.mp4").frame_count == 500
    assert (films / CAMERA_A.name).read_bytes() == before


def test_a_damaged_film_is_added_with_the_offer_of_a_copy(
    workstation: Workstation, qtbot: QtBot, one: Path, shelf: Shelf
) -> None:
    workstation.open_study(one)
    study = workstation.study
    assert study is not None
    study.verbs._read_film(shelf["zeros.mkv"], "Damaged")
    until(qtbot, lambda: not workstation.strip.busy)
    assert len(study.shown.sessions) == 2
    assert study.shown.sessions[1].session.note in workstation.strip.text
    workstation.strip.offer_button.click()
    form = shown(qtbot, ConvertForm)
    form.close()
    qtbot.waitUntil(lambda: none_shown(ConvertForm))


# ---- the banner on the bench


def bench_of(workstation: Workstation, qtbot: QtBot, study: Path) -> FilmBanner:
    workstation.open_study(study)
    press(Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    bench = workstation.bench
    assert bench is not None
    until(qtbot, lambda: bench.bench.painted.value is not None)
    return bench.banner


def coded(workstation: Workstation) -> int:
    assert workstation.bench is not None
    return len(workstation.bench.opened.desk.coding)


def test_no_banner_over_the_film_that_was_coded(workstation: Workstation, qtbot: QtBot, one: Path) -> None:
    banner = bench_of(workstation, qtbot, one)
    assert not banner.isVisible()
    press(Qt.Key.Key_1)
    assert coded(workstation) == 1


@pytest.mark.parametrize("same_size", [True, False])
def test_an_exchanged_film_can_be_looked_at_and_is_coded_only_when_confirmed(
    workstation: Workstation, qtbot: QtBot, one: Path, films: Path, same_size: bool
) -> None:
    film = films / CAMERA_A.name
    if same_size:
        write_flipped(CAMERA_A, film, [film.stat().st_size - 20])
    else:
        shutil.copy(CAMERA_B, film)
    banner = bench_of(workstation, qtbot, one)
    until(qtbot, banner.isVisible)
    assert "not the file that was coded" in banner.text.text()
    assert not nameless(banner)
    assert workstation.bench is not None
    bench = workstation.bench.bench
    press(Qt.Key.Key_1)
    assert coded(workstation) == 0
    assert "nothing is coded on it yet" in bench.strip.text
    press(Qt.Key.Key_Right)
    until(qtbot, lambda: bench.painted.value is not None and bench.painted.value.index == 1)
    press(Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: not banner.confirm_button.isVisible())
    assert banner.isVisible(), "the warning lasts"
    press(Qt.Key.Key_1)
    assert coded(workstation) == 1
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.bench is None)
    press(Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    bench_page = workstation.bench
    assert bench_page is not None
    until(qtbot, lambda: bench_page.bench.painted.value is not None)
    until(qtbot, bench_page.banner.confirm_button.isVisible)


def test_a_missing_second_camera_is_said_and_hinders_nobody(
    workstation: Workstation, qtbot: QtBot, two: Path, films: Path
) -> None:
    (films / CAMERA_B.name).rename(films / "moved.mp4")
    banner = bench_of(workstation, qtbot, two)
    assert banner.isVisible()
    assert "camera b" in banner.text.text()
    assert not banner.confirm_button.isVisible()
    press(Qt.Key.Key_1)
    assert coded(workstation) == 1
    press(Qt.Key.Key_R, ALT)
    shown(qtbot, RelinkForm)
    write(str(films / "moved.mp4"))
    press(ENTER)
    until(qtbot, lambda: workstation.bench and not workstation.bench.banner.isVisible())
    assert coded(workstation) == 1


def test_a_pass_opens_on_the_second_camera_if_the_first_is_missing(
    workstation: Workstation, qtbot: QtBot, two: Path, films: Path
) -> None:
    (films / CAMERA_A.name).rename(films / "moved.mp4")
    banner = bench_of(workstation, qtbot, two)
    assert banner.isVisible()
    assert "camera 1" in banner.text.text()
    press(Qt.Key.Key_E, ALT)
    page = films_page(workstation, qtbot)
    assert workstation.bench is None
    until(qtbot, lambda: not workstation.strip.busy)
    assert states(page) == ["missing", "as it was coded"]
