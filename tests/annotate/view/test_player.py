"""Playing at the bench: real keys, films that carry their frame numbers, several cameras on one clock."""

import json
import threading
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QKeyEvent, QWheelEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coder.annotate.view.bench import Bench
from coder.annotate.view.content import Options
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.media import open_index
from coder.media.proxy_making import make_proxy
from coder.model.coding import Event
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.view.hands import number_on_screen, pixels, press, wait_for_frame
from tests.annotate.view.seats import Film, Seated, Seats, grabbed, number_in
from tests.clips import X264, Recipe, write_film

PATIENCE_MS = 30_000
SAMPLES = Path(__file__).parents[3] / "sample_media"


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three films of eight seconds: 25, 29.97 and 15 frames a second."""
    folder = tmp_path_factory.mktemp("cameras")
    recipes = (
        Recipe("a.mp4", frames=200, options=X264 | {"g": "50", "bf": "2"}),
        Recipe("b.mp4", frames=240, rate=Fraction(30_000, 1001), options=X264 | {"g": "60", "bf": "2"}),
        Recipe("c.mp4", frames=120, rate=Fraction(15), options=X264 | {"g": "30"}, sound=""),
    )
    return {recipe.file[0]: write_film(recipe, folder) for recipe in recipes}


@pytest.fixture
def two(shelf: dict[str, Path]) -> tuple[Film, Film]:
    return Film(shelf["a"]), Film(shelf["b"], offset_us=1_313_000, skew_ppm=120)


@pytest.fixture
def four(shelf: dict[str, Path], two: tuple[Film, Film]) -> tuple[Film, ...]:
    return (*two, Film(shelf["c"], offset_us=-2_040_000, skew_ppm=-80), Film(shelf["a"], offset_us=17_000))


@pytest.fixture
def seated(qtbot: QtBot, qapp: QApplication) -> Iterator[Seated]:
    """`seated(film, …)` shows a bench with these cameras and waits until all have opened."""
    apply_theme(qapp, LIGHT)
    threads = set(threading.enumerate())
    made: list[Seats] = []

    def seat(*films: Film, **more: object) -> Seats:
        seats = Seats(films, **more)  # type: ignore[arg-type]  # options or events
        made.append(seats)
        bench = seats.bench
        qtbot.addWidget(bench)
        bench.resize(1366, 768)
        bench.show()
        bench.timeline.setFocus()
        cameras = bench.player.cameras.all
        qtbot.waitUntil(lambda: all(camera.ready or camera.failed for camera in cameras), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: bench.painted.value is not None, timeout=PATIENCE_MS)
        return seats

    yield seat
    for seats in made:
        seats.bench.shut()
    assert set(threading.enumerate()) <= threads, "a thread of the bench is still running"


def show(qtbot: QtBot, seats: Seats, frame: int) -> None:
    """Go to a frame of the camera in front and wait until all pictures show its moment."""
    at_us = int(seats.onsets_us[seats.front][frame])
    seats.bench.go_to(at_us)
    wait_for_frame(qtbot, seats.bench, frame)
    qtbot.waitUntil(lambda: seats.numbers() == seats.expected(at_us), timeout=PATIENCE_MS)


def until_paused(qtbot: QtBot, bench: Bench) -> None:
    qtbot.waitUntil(lambda: not bench.player.playing, timeout=PATIENCE_MS)


# ---- several cameras, one clock


def test_each_step_shows_all_cameras_at_one_moment(seated: Seated, two: tuple[Film, Film], qtbot: QtBot) -> None:
    seats = seated(*two)
    watch = seats.watch()
    show(qtbot, seats, 60)
    for key, frame in [("Right", 61), ("Right", 62), ("Left", 61), ("Shift+Right", 86), ("Alt+Left", 81)]:
        press(seats.bench, key)
        wait_for_frame(qtbot, seats.bench, frame)
        assert number_on_screen(seats.bench) == frame
    assert watch.frames == [60, 61, 62, 61, 86, 81]
    assert watch.wrong == []


def test_a_camera_that_was_not_running_says_so(seated: Seated, two: tuple[Film, Film], qtbot: QtBot) -> None:
    seats = seated(*two)
    show(qtbot, seats, 10)
    other = seats.bench.player.cameras.all[1].picture
    assert (seats.numbers(), other.message) == ([10, None], "Not filmed at this moment")
    show(qtbot, seats, 40)
    assert other.message == ""


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_pictures_never_part_while_playing(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot, speed: float
) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 20)  # the second camera begins at frame 33
    bench.player.set_rate(speed)
    watch = seats.watch()
    press(bench, "Space")
    qtbot.waitUntil(lambda: bench.painted.value.index >= 75, timeout=PATIENCE_MS)
    press(bench, "Space")
    assert watch.wrong == []
    assert watch.frames == sorted(set(watch.frames))
    assert watch.frames[0] <= 23
    left_out = watch.frames[-1] - 20 - len(watch.frames)
    assert bench.player.left_out.value == left_out
    qtbot.wait(60)
    assert seats.numbers() == seats.expected(bench.painted.value.at_us)
    assert number_on_screen(bench) == bench.painted.value.index


def test_four_cameras_play_in_step(seated: Seated, four: tuple[Film, ...], qtbot: QtBot) -> None:
    seats = seated(*four)
    show(qtbot, seats, 50)
    watch = seats.watch()
    press(seats.bench, "Space")
    qtbot.waitUntil(lambda: seats.bench.painted.value.index >= 80, timeout=PATIENCE_MS)
    press(seats.bench, "Space")
    assert watch.wrong == []
    assert len(watch.seen) > 5


def test_the_sample_cameras_play_in_step(seated: Seated, qtbot: QtBot) -> None:
    """Real pictures carry no number: the frames that the pictures say they show are compared by their times."""
    cameras = json.loads((SAMPLES / "two-cameras.json").read_text())["cameras"]
    films = [Film(SAMPLES / one["film"], one["offset_us"], one["skew_ppm"]) for one in cameras]
    seats = seated(*films)
    bench = seats.bench
    pictures = [camera.picture for camera in bench.player.cameras.all]
    wrong: list[object] = []
    seen: list[int] = []

    def look(painted: object) -> None:
        if painted is not None:
            shown = [picture.on_screen[0].index if picture.on_screen else None for picture in pictures]
            seen.append(bench.painted.value.index)
            if shown != seats.expected(bench.painted.value.at_us):
                wrong.append((painted, shown))

    bench.go_to(1_200_000)
    wait_for_frame(qtbot, bench, 30)
    bench.painted.listen(look)
    press(bench, "Space")
    qtbot.waitUntil(lambda: bench.painted.value.index >= 70, timeout=PATIENCE_MS)
    press(bench, "K", "Left")
    qtbot.wait(200)
    assert wrong == []
    assert len(seen) > 10
    assert pictures[1].message == ""


def test_another_camera_comes_in_front_and_is_counted_and_stamped(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 100)
    press(bench, "Ctrl+E")
    frame = seats.expected(4_000_000)[1]
    assert frame is not None
    wait_for_frame(qtbot, bench, frame)
    assert bench.transport.frame_text.startswith(f"frame {frame} of 240")
    watch = seats.watch()
    press(bench, "Right", "2")  # the stroke belongs to the frame that is still on the screen
    wait_for_frame(qtbot, bench, frame + 1)
    (event,) = seats.desk.coding.row("engage")
    assert event.onset_us == seats.onsets_us[1][frame]
    assert watch.wrong == []
    first = bench.player.cameras.all[0].picture
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert seats.front == 0
    qtbot.waitUntil(lambda: seats.numbers() == seats.expected(bench.painted.value.at_us), timeout=PATIENCE_MS)
    assert bench.transport.frame_text.startswith("frame 101 of 200")


def test_the_camera_in_front_changes_while_playing(seated: Seated, two: tuple[Film, Film], qtbot: QtBot) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 60)
    watch = seats.watch()
    press(bench, "Space")
    qtbot.waitUntil(lambda: len(watch.seen) > 5, timeout=PATIENCE_MS)
    press(bench, "Ctrl+E")
    before = len(watch.seen)
    qtbot.waitUntil(lambda: len(watch.seen) > before + 10, timeout=PATIENCE_MS)
    press(bench, "Space")
    assert seats.front == 1
    assert watch.wrong == []
    times = [painted.at_us for painted in watch.seen]
    assert all(after - before > -40_000 for before, after in pairwise(times))


def test_a_film_that_is_missing_does_not_stop_the_others(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot, tmp_path: Path
) -> None:
    seats = seated(Film(tmp_path / "gone.mp4"), *two)
    assert seats.front == 1
    assert len(seats.errors) == 1
    assert "gone.mp4" in seats.bench.player.cameras.all[0].picture.message
    show(qtbot, seats, 50)
    watch = seats.watch()
    press(seats.bench, "Right", "Ctrl+E")
    qtbot.waitUntil(lambda: seats.front == 2, timeout=PATIENCE_MS)
    press(seats.bench, "Ctrl+E")
    assert seats.front == 1  # the missing one cannot come in front
    assert watch.wrong == []


def test_with_a_small_copy_dragging_shows_the_very_frame(
    seated: Seated, shelf: dict[str, Path], qtbot: QtBot, tmp_path: Path
) -> None:
    copy = tmp_path / "small.mp4"
    for _ in make_proxy(open_index(shelf["a"]), copy):
        pass
    seats = seated(Film(shelf["a"], proxy=copy))
    bench = seats.bench
    worker = bench.player.front._worker
    qtbot.waitUntil(lambda: worker._copy is not None, timeout=PATIENCE_MS)
    bench.player._settle.setInterval(60_000)  # the hand never rests
    for frame in (97, 31, 150):
        bench.player.go_to(int(seats.onsets_us[0][frame]), quick=True)
        wait_for_frame(qtbot, bench, frame)
        assert number_on_screen(bench) == frame


def test_while_dragging_the_others_pale_until_the_hand_rests(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 60)
    other = bench.player.cameras.all[1].picture
    before = _light(other)
    for frame in (80, 90, 97):
        bench.player.go_to(int(seats.onsets_us[0][frame]), quick=True)
    qtbot.waitUntil(lambda: bench.painted.value.index == 50, timeout=PATIENCE_MS)  # the key frame before 97
    assert number_in(bench.player.picture) == 50
    assert _light(other) < before * 0.7
    wait_for_frame(qtbot, bench, 97)
    assert seats.numbers() == seats.expected(bench.painted.value.at_us)
    assert _light(other) > before * 0.9


def _light(picture: QWidget) -> float:
    """How light a picture is on average."""
    return float(pixels(grabbed(picture)).mean())


def test_a_drag_while_playing_plays_on_where_the_hand_rests(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 60)
    press(bench, "Space")
    qtbot.waitUntil(lambda: bench.painted.value.index > 63, timeout=PATIENCE_MS)
    for frame in (120, 131, 140):
        bench.player.go_to(int(seats.onsets_us[0][frame]), quick=True)
    qtbot.waitUntil(lambda: bench.painted.value.index == 100, timeout=PATIENCE_MS)  # the key frame
    watch = seats.watch()
    qtbot.waitUntil(lambda: bool(watch.seen) and watch.frames[-1] > 145, timeout=PATIENCE_MS)
    assert bench.player.playing
    assert watch.frames[0] == 140
    assert watch.wrong == []


def test_the_end_key_stops_the_film_on_its_last_frame(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(two[0])
    press(seats.bench, "Space")
    qtbot.waitUntil(lambda: seats.bench.painted.value.index > 3, timeout=PATIENCE_MS)
    press(seats.bench, "End")
    wait_for_frame(qtbot, seats.bench, 199)
    assert not seats.bench.player.playing


# ---- backwards, loops, replay


def test_backwards_every_frame_comes_and_the_film_stops_at_its_start(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 70)
    qtbot.wait(600)  # the frames behind are decoded while nobody asks
    watch = seats.watch()
    press(bench, "J")
    assert (bench.player.rate, bench.transport.rate_text) == (-1.0, "−1 ×")
    until_paused(qtbot, bench)
    assert watch.wrong == []
    assert watch.frames == sorted(set(watch.frames), reverse=True)
    assert watch.frames[-1] == 0
    assert len(watch.frames) + bench.player.left_out.value == 70
    assert number_on_screen(bench) == 0
    assert bench.transport.rate_text == "1 ×"


def test_a_held_step_back_shows_every_frame_of_both_cameras(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    show(qtbot, seats, 110)
    watch = seats.watch()
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, autorep=True)
    press(seats.bench, "Left")
    for _ in range(20_000):  # a minute at most
        QApplication.sendEvent(seats.bench.timeline, again)
        qtbot.wait(3)
        if len(watch.seen) > 60:
            break
    assert watch.frames == list(range(109, 109 - len(watch.frames), -1))
    assert len(watch.frames) > 60
    assert watch.wrong == []


def test_the_shuttle_goes_up_and_down_as_in_film_editors(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 100)
    rates = []
    for key in ("L", "L", "L", "J", "J", "J", "J", "L", "K", "J", "K", "Space", "Shift+J", "Shift+L", "K"):
        press(bench, key)
        rates.append(bench.player.rate if bench.player.playing else 0)
    assert rates == [1, 2, 4, 2, 1, -1, -2, -1, 0, -1, 0, 1, 0.75, 1, 0]


def test_a_chosen_speed_stays_and_the_shuttle_is_for_a_while(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    bench = seated(*two).bench
    press(bench, "Shift+J", "Shift+J", "L", "L")
    assert bench.player.rate == 2
    press(bench, "K")
    assert (bench.player.rate, bench.transport.rate_text) == (0.5, "0.5 ×")
    press(bench, "Space")
    assert bench.player.rate == 0.5


def test_a_loop_shows_every_frame_again_and_again(seated: Seated, two: tuple[Film, Film], qtbot: QtBot) -> None:
    event = Event("e", "engage", "off", Span(3 * S, 3 * S + 480_000))
    seats = seated(*two, events=(event,))
    bench = seats.bench
    show(qtbot, seats, 100)
    bench.select(event)
    watch = seats.watch()
    press(bench, "Ctrl+L")
    assert bench.player.loop.value == event.span
    assert "loop" in bench.transport.state_text
    qtbot.waitUntil(lambda: len(watch.seen) > 30, timeout=PATIENCE_MS)
    press(bench, "K")
    assert watch.wrong == []
    if bench.player.left_out.value == 0:
        assert watch.frames == [75 + n % 12 for n in range(len(watch.frames))]
    for before, after in pairwise(watch.frames):
        assert after > before or (before, after) == (86, 75)  # the last is always shown, and then the first
    press(bench, "Ctrl+L")
    assert bench.player.loop.value is None
    bench.select(None)
    press(bench, "Ctrl+L")
    assert bench.strip.text.startswith("No event is selected.")


def test_the_ends_of_a_loop_are_set_at_the_frame_on_the_screen(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 40)
    press(bench, "Ctrl+Home")
    show(qtbot, seats, 45)
    press(bench, "Ctrl+End")
    assert bench.player.loop.value == Span(1_600_000, 1_840_000)
    watch = seats.watch()
    press(bench, "J")  # backwards the first is followed by the last
    qtbot.waitUntil(lambda: len(watch.seen) > 14, timeout=PATIENCE_MS)
    press(bench, "K")
    assert set(watch.frames) == set(range(40, 46))
    assert all(after < before or (before, after) == (40, 45) for before, after in pairwise(watch.frames))
    assert watch.wrong == []


def test_a_film_that_is_still_being_read_does_not_come_in_front_of_one_that_is_seen(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    player = seats.bench.player
    show(qtbot, seats, 40)
    here = seats.bench.painted.value
    late = player.cameras.all[1]
    late.shut()  # as before it was read
    QTest.mouseClick(late.picture, Qt.MouseButton.LeftButton)
    assert (seats.front, seats.bench.painted.value) == (0, here)


def test_the_spectrogram_is_of_the_film_whose_outline_is_shown(
    seated: Seated, shelf: dict[str, Path], qtbot: QtBot
) -> None:
    seats = seated(Film(shelf["a"]), Film(shelf["c"]))  # only the first has sound
    bench = seats.bench
    qtbot.waitUntil(lambda: bench.timeline.sound.wave, timeout=PATIENCE_MS)
    press(bench, "Ctrl+E", "Ctrl+Shift+W")
    assert seats.front == 1
    qtbot.waitUntil(lambda: bench.timeline._canvas.spectrum is not None, timeout=PATIENCE_MS)


def test_the_last_seconds_are_played_again_and_on(seated: Seated, two: tuple[Film, Film], qtbot: QtBot) -> None:
    seats = seated(*two, options=Options(replay_us=1_000_000))
    bench = seats.bench
    show(qtbot, seats, 80)
    watch = seats.watch()
    press(bench, "Shift+Space")
    assert bench.player.playing
    qtbot.waitUntil(lambda: len(watch.seen) > 1 and watch.frames[-1] > 82, timeout=PATIENCE_MS)
    press(bench, "K")
    assert watch.frames[0] == 55
    assert watch.wrong == []


def test_playing_stops_on_the_last_frame_before_a_moment(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 40)
    for _ in range(2):  # where it stands there already, the frame has its time again
        bench.player.play_until(2_000_000)
        assert bench.player.playing
        qtbot.waitUntil(lambda: not bench.player.playing, timeout=PATIENCE_MS)
        assert number_on_screen(bench) == 49
    bench.player.play_until(1_000_000)
    assert not bench.player.playing
    bench.player.play_until(2_400_000)
    press(bench, "K", "Space")  # pausing gives it up: the film runs on
    qtbot.waitUntil(lambda: bench.painted.value.index > 61, timeout=PATIENCE_MS)
    press(bench, "K")


# ---- looking closely


def test_a_dim_film_is_brightened_and_the_choice_is_kept(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 50)
    before = bench.player.picture.on_screen[1].mean()
    press(bench, *["Alt+PgUp"] * 9)
    assert bench.transport.state_text == "brightness +6"
    qtbot.waitUntil(lambda: _mean(bench) > before + 20, timeout=PATIENCE_MS)
    assert seats.numbers() == seats.expected(2_000_000)
    press(bench, "Alt+PgDown")
    assert [options.brightness for options in seats.kept] == [1, 2, 3, 4, 5, 6, 5]
    press(bench, "Alt+0")
    qtbot.waitUntil(lambda: _mean(bench) == before, timeout=PATIENCE_MS)
    assert bench.transport.state_text == ""


def _mean(bench: Bench) -> float:
    shown = bench.player.picture.on_screen
    return float(shown[1].mean()) if shown else 0.0


def test_keys_enlarge_the_picture_and_arrows_move_it(seated: Seated, two: tuple[Film, Film], qtbot: QtBot) -> None:
    seats = seated(two[0])
    bench, picture = seats.bench, seats.bench.player.picture
    press(bench, "Alt++", "Alt++")
    assert picture.zoom == pytest.approx(1.25**4)
    picture.setFocus(Qt.FocusReason.TabFocusReason)
    before = grabbed(picture)
    QTest.keyClick(picture, Qt.Key.Key_Right)
    assert grabbed(picture) != before
    assert bench.painted.value.index == 0
    QTest.keyClick(picture, Qt.Key.Key_2)  # codes are still taken
    assert len(seats.writer.saved) == 1
    press(bench, "Alt+-", "Alt+-")
    assert picture.zoom == 1
    QTest.keyClick(picture, Qt.Key.Key_Right)  # steps, as the picture is whole
    wait_for_frame(qtbot, bench, 1)


def test_the_wheel_enlarges_at_the_pointer_and_dragging_moves(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(two[0])
    picture = seats.bench.player.picture
    at = QPoint(picture.width() // 3, picture.height() // 2)
    wheel = QWheelEvent(
        QPointF(at),
        QPointF(picture.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 360),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(picture, wheel)
    assert picture.zoom == pytest.approx(1.25**3)
    size = picture.wanted_size()
    assert size.width() <= max(320, picture.width())  # at most as filmed, or as large as it is shown whole
    before = grabbed(picture)
    QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(picture, at + QPoint(60, 20))
    QTest.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=at + QPoint(60, 20))
    assert grabbed(picture) != before


def test_the_pictures_go_to_a_full_screen_and_come_back(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    bench = seats.bench
    show(qtbot, seats, 50)
    press(bench, "F11")
    window = bench.full_screen.window
    assert window is not None
    assert bench.player.picture.window() is window
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    QTest.keyClick(window, Qt.Key.Key_Right)
    wait_for_frame(qtbot, bench, 51)
    qtbot.waitUntil(lambda: seats.numbers() == seats.expected(2_040_000), timeout=PATIENCE_MS)
    QTest.keyClick(window, Qt.Key.Key_2)
    assert len(seats.writer.saved) == 1
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert bench.full_screen.window is None
    assert bench.player.picture.window() is bench.window()
    press(bench, "F11")
    QTest.keyClick(bench.full_screen.window, Qt.Key.Key_F1)  # the sheet of keys is on the bench
    assert bench.full_screen.window is None
    press(bench, "F1", "F11")
    again = bench.full_screen.window
    bench.close()
    assert bench.full_screen.window is None
    assert not again.isVisible()


# ---- sound


def test_sound_is_switched_and_a_step_is_heard_if_wished(
    seated: Seated, two: tuple[Film, Film], qtbot: QtBot
) -> None:
    seats = seated(*two)
    bench = seats.bench
    heard: list[bytes] = []
    bench.player._step_sound.read.connect(heard.append)
    show(qtbot, seats, 24)
    press(bench, "Right")
    wait_for_frame(qtbot, bench, 25)
    press(bench, "Left")
    wait_for_frame(qtbot, bench, 24)
    assert heard == []
    press(bench, "Ctrl+Shift+S", "Right")  # frame 25 beeps
    wait_for_frame(qtbot, bench, 25)
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=PATIENCE_MS)
    assert len(heard[0]) == int(0.08 * 48_000) * 4
    assert max(heard[0]) > 0
    press(bench, "Ctrl+Shift+M", "Right")
    wait_for_frame(qtbot, bench, 26)
    qtbot.wait(100)
    assert len(heard) == 1
    assert bench.transport.state_text == "no sound"
    assert [(options.muted, options.step_sound) for options in seats.kept] == [(False, True), (True, True)]
