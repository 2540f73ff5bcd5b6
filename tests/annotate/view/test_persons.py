"""Over the pictures: who is who, and where they look. Below them: the episodes that were measured."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QRectF
from PyQt6.QtGui import QColor, QImage, QPainter
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coder.annotate.view.bench import Bench
from coder.annotate.view.ink import theme
from coder.annotate.view.layout import LABELS_PX, RULER_PX, Shows, rows
from coder.annotate.view.lens import Box
from coder.annotate.view.paint_persons import ROLE_NAMES, paint_persons, placed, shown_role
from coder.model.persons import Role, SeenPerson
from coder.model.study import Media
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from coder.model.track import Episode, FeatureTrack, Provenance, Signal, Why
from tests.annotate.example import SCHEME
from tests.annotate.view.conftest import OFFSET_US, Laid, Table
from tests.annotate.view.hands import pixels, press, show_frame

pytestmark = pytest.mark.usefixtures("qapp")

CHILD = SeenPerson(0.1, 0.3, 0.3, 0.6, Role.CHILD, 0.9, ray=(0.3, 0.45, 0.7, 0.45))
PARENT = SeenPerson(0.6, 0.2, 0.9, 0.6, Role.PARENT, 0.9)
TOUCH = Signal("touch", "Touch", "0/1", 0, 1)


def drawn(*persons: SeenPerson, rays: bool = False) -> QImage:
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    painter = QPainter(image)
    paint_persons(painter, Box(40, 20, 320, 160), persons, rays=rays)
    painter.end()
    return image


def changed(image: QImage) -> set[tuple[int, int]]:
    """Where something was drawn, (x, y)."""
    ys, xs = np.nonzero((pixels(image)[..., :3] != 0x80).any(axis=2))
    return set(zip(xs.tolist(), ys.tolist(), strict=True))


def test_a_box_lies_around_the_face_in_the_picture() -> None:
    face = placed(Box(40, 20, 320, 160), CHILD)
    assert face == QRectF(72, 68, 64, 48)
    where = changed(drawn(CHILD))
    for x, y in ((72, 92), (136, 92), (104, 116)):
        assert (x, y) in where  # an edge
    assert (104, 92) not in where  # the face itself stays free


def test_the_line_of_the_gaze_is_drawn_only_if_it_is_asked_for() -> None:
    ray = (40 + round(0.5 * 320), 20 + round(0.45 * 160))
    assert ray not in changed(drawn(CHILD))
    assert ray in changed(drawn(CHILD, rays=True))


def test_nobody_has_a_name_while_it_is_unsure() -> None:
    unsure = replace(CHILD, confidence=0.4)
    assert shown_role(unsure) is None
    assert shown_role(replace(unsure, said=True)) is Role.CHILD
    assert len({ROLE_NAMES[role] for role in (*Role, None)}) == 5
    assert changed(drawn(unsure)) != changed(drawn(CHILD))


def test_a_name_stays_inside_the_picture() -> None:
    above = replace(CHILD, top=-0.1, bottom=0.2)
    assert max(y for _, y in changed(drawn(above))) > 20 + 0.2 * 160 + 8  # below the face


class Finder:
    """Who is seen; remembers what it was asked."""

    def __init__(self, *persons: SeenPerson) -> None:
        self.persons = persons
        self.asked: list[tuple[str, int]] = []

    def __call__(self, media: Media, file_us: int) -> Sequence[SeenPerson]:
        self.asked.append((media.id, file_us))
        return self.persons


def picture(table: Table) -> QImage:
    return table.bench.player.picture.grab().toImage()


def test_the_bench_shows_who_is_who_then_where_they_look_then_nothing(laid: Laid) -> None:
    finder = Finder(CHILD, PARENT)
    table = laid(persons=finder, submitted=True)
    named = picture(table)
    press(table.bench, "Ctrl+Shift+P")
    looking = picture(table)
    press(table.bench, "Ctrl+Shift+P")
    bare = picture(table)
    assert named != looking != bare != named
    press(table.bench, "Ctrl+Shift+P")
    assert picture(table) == named


def test_who_is_seen_belongs_to_the_very_frame_on_the_screen(qtbot: QtBot, laid: Laid) -> None:
    finder = Finder(CHILD)
    table = laid(persons=finder, submitted=True)
    show_frame(qtbot, table.bench, 40)
    assert finder.asked[-1] == ("m", table.index.at_us(40))
    assert table.onset(40) == table.index.at_us(40) + OFFSET_US


def test_where_nobody_may_be_shown_the_bench_says_why(laid: Laid) -> None:
    table = laid(persons=None)
    bare = picture(table)
    press(table.bench, "Ctrl+Shift+P")
    assert "everybody has submitted" in table.bench.strip.text
    assert picture(table) == bare


EPISODES = ((Episode(TOUCH, Span(2 * S, 4 * S), 1.0), Episode(TOUCH, Span(5 * S, 6 * S), 0.9)),)


def test_episodes_have_a_row_below_the_codes() -> None:
    layout = rows(SCHEME, (), episodes=EPISODES)
    assert [row.label for row in layout if row.shows is Shows.EPISODES] == ["Touch (candidate)"]
    assert [row.label for row in layout if row.shows is Shows.HEADING][-1] == "Measured"


def test_episodes_are_drawn_and_named_where_they_are(laid: Laid) -> None:
    table = laid(episodes=EPISODES, submitted=True, height_px=1080)
    bench: Bench = table.bench
    bench.timeline.zoom_all()
    viewport = bench.timeline.viewport()
    assert viewport is not None
    image = viewport.grab().toImage()
    inside, between = bench.timeline.x_of(3 * S), bench.timeline.x_of(round(4.5 * S))
    assert inside > LABELS_PX
    curve = QColor(theme().curve)
    both = [y for y in range(RULER_PX, image.height()) if image.pixelColor(inside, y) == curve]
    bar = [y for y in both if image.pixelColor(between, y) != curve]  # the sound's outline is in both
    y = bar[-2]
    QTest.mouseMove(viewport, QPoint(inside, y))
    assert viewport.toolTip().startswith("Touch")


def yaw(values: Sequence[float]) -> FeatureTrack:
    """Ten values a second from the beginning of the session; nan: turned away."""
    heights = np.array(values)
    good = np.isfinite(heights)
    why = np.where(good, Why.SEEN, Why.TURNED_AWAY).astype(np.uint8)
    times = OFFSET_US + np.arange(len(heights)) * S // 10
    made = Provenance("test", "1", "", {}, {}, {}, 0, 0)
    signal = Signal("child_yaw_deg", "child, head yaw", "deg", -90, 90)
    return FeatureTrack(signal, times, np.where(good, heights, 0.0), good, made, why)


def test_a_curve_of_the_bench_is_named_and_says_where_it_cannot_be_told(qtbot: QtBot, laid: Laid) -> None:
    level, gap = [0.0] * 20, [np.nan] * 20

    def strip(values: Sequence[float]) -> tuple[QImage, int, int]:
        table = laid(tracks=(yaw(values),), submitted=True, height_px=1080)
        timeline = table.bench.timeline
        qtbot.waitUntil(lambda: timeline.sound.wave, timeout=20_000)  # a row that comes when the sound is read
        timeline.zoom_all()
        viewport = timeline.viewport()
        assert viewport is not None
        return viewport.grab().toImage(), timeline.x_of(OFFSET_US + 2 * S), timeline.x_of(OFFSET_US + 4 * S)

    assert [row.label for row in rows(SCHEME, (yaw(level),)) if row.shows is Shows.TRACK] == [
        "Child: head to image right"
    ]
    seen, left, right = strip(level * 3)
    broken, *_ = strip(level + gap + level)
    ys, xs = np.nonzero((pixels(seen) != pixels(broken)).any(axis=2))
    assert len(ys), "the gap is not drawn"
    assert left - 20 <= xs.min() < left + 8
    assert right - 8 < xs.max() <= right + 20
    assert ys.max() - ys.min() > 20  # hatched over the whole row, not only the line left out


@pytest.mark.parametrize("role", [*Role, None])
def test_every_role_is_drawn_in_its_own_way(role: Role | None) -> None:
    others = [drawn(replace(CHILD, role=other)) for other in (*Role, None) if other is not role]
    assert all(drawn(replace(CHILD, role=role)) != other for other in others)
