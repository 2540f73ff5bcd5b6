"""Derived states below the tiers: seen as thin bars, up to date a while after an edit, hidden by a key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from time import sleep

import pytest
from PyQt6.QtCore import QPoint, QRectF
from PyQt6.QtGui import QColor, QPainter, QPixmap
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coder.analysis import derived_states, in_time
from coder.annotate.view.bench import Bench
from coder.annotate.view.ink import theme
from coder.annotate.view.layout import RULER_PX, rows
from coder.annotate.view.paint_derived import paint_derived
from coder.annotate.view.scale import Scale
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Derived
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import SCHEME
from tests.annotate.view.conftest import Laid, Table
from tests.annotate.view.hands import press, show_frame

ALONE = Derived("alone", "Looks at what it plays with", "", "both", ("object", "toy"))
WITH_STATE = replace(SCHEME, derived=(ALONE, Derived("share", "Share", "", "percent_time", ("object",))))


def state(tier: str, code: str, start_s: int, end_s: int) -> Event:
    return Event(f"{tier}-{start_s}", tier, code, Span(start_s * S, end_s * S))


@dataclass
class Computed:
    """How often the states were computed, and of which pass last."""

    times: int = 0
    slow_s: float = 0.0
    last: list[CodingPass] = field(default_factory=list)

    def derive(self, coding: CodingPass) -> Mapping[str, tuple[Span, ...]]:
        self.times += 1
        self.last = [coding]
        sleep(self.slow_s)
        return derived_states(coding, WITH_STATE)


@pytest.fixture
def computed() -> Computed:
    return Computed()


@pytest.fixture
def seen(qtbot: QtBot, laid: Laid, computed: Computed) -> Iterator[tuple[Bench, Table]]:
    """The film lies from 1 s to 7 s; the child plays from 2 to 4 s and looks at the toy all the time."""
    table = laid(state("gaze", "toy", 1, 7), state("engage", "object", 2, 4), scheme=WITH_STATE)
    content = replace(table.content, derived=in_time(WITH_STATE), derive=computed.derive)
    bench = Bench(content, table.errors.append)
    qtbot.addWidget(bench)
    bench.resize(1366, 1200)  # all rows are in sight
    bench.show()
    qtbot.waitUntil(lambda: bench.painted.value is not None, timeout=20_000)
    qtbot.waitUntil(lambda: computed.times == 1)
    yield bench, table
    bench.shut()


def drawn(bench: Bench, at_us: int) -> bool:
    """True if the bar of the derived state is there at that time."""
    row = next(one for one in rows(WITH_STATE, (), derived=in_time(WITH_STATE)) if one.derived)
    strip = bench.timeline.viewport()
    assert strip is not None
    at_y = RULER_PX + row.top_px + row.height_px // 2 + 2  # below the hair line, inside the bar
    return strip.grab().toImage().pixelColor(bench.timeline.x_of(at_us), at_y) == QColor(theme().accent)


def test_a_bar_lies_where_both_codes_hold(seen: tuple[Bench, Table]) -> None:
    bench, _ = seen
    assert [drawn(bench, round(at * S)) for at in (1.5, 2.5, 3.5, 4.5)] == [False, True, True, False]


def test_the_mouse_is_told_its_name_and_times(seen: tuple[Bench, Table]) -> None:
    bench, _ = seen
    strip = bench.timeline.viewport()
    assert strip is not None
    row = next(one for one in rows(WITH_STATE, (), derived=in_time(WITH_STATE)) if one.derived)
    for at_s, told in ((3, "Looks at what it plays with, 00:00:02.000 – 00:00:04.000"), (5, "")):
        QTest.mouseMove(strip, QPoint(bench.timeline.x_of(at_s * S), RULER_PX + row.top_px + 5))
        assert strip.toolTip() == told


def test_it_follows_the_edits_a_while_later_and_in_one_go(
    qtbot: QtBot, seen: tuple[Bench, Table], computed: Computed
) -> None:
    bench, table = seen
    show_frame(qtbot, bench, 100)  # 5 s on the session's clock
    for key in ("3", "1", "3"):
        press(bench, key)
    assert len(table.writer.saved) >= 3
    assert computed.times == 1  # nothing was computed between the keys
    qtbot.waitUntil(lambda: computed.times == 2)
    assert computed.last == [table.desk.coding]
    assert drawn(bench, round(5.5 * S))
    qtbot.wait(400)
    assert computed.times == 2


def test_where_it_takes_long_it_waits_until_the_film_stands(
    qtbot: QtBot, seen: tuple[Bench, Table], computed: Computed
) -> None:
    bench, _ = seen
    computed.slow_s = 0.03
    press(bench, "3")
    qtbot.waitUntil(lambda: computed.times == 2)
    press(bench, "Space")
    assert bench.player.playing
    press(bench, "1")
    qtbot.wait(1000)  # it would have been computed after 0.6 s
    assert (bench.player.playing, computed.times) == (True, 2)
    press(bench, "Space")
    qtbot.waitUntil(lambda: computed.times == 3)


def test_hidden_rows_are_not_computed(qtbot: QtBot, seen: tuple[Bench, Table], computed: Computed) -> None:
    bench, _ = seen
    high_px = bench.timeline.content_height()
    press(bench, "Ctrl+Shift+G")
    assert bench.strip.text == "Derived states are hidden."
    assert bench.timeline.content_height() < high_px
    show_frame(qtbot, bench, 100)
    press(bench, "3")
    qtbot.wait(400)
    assert computed.times == 1
    press(bench, "Ctrl+Shift+G")
    assert (bench.timeline.content_height(), computed.times) == (high_px, 2)
    assert drawn(bench, round(5.5 * S))


def test_a_scheme_without_such_states_says_so(laid: Laid) -> None:
    table = laid()
    press(table.bench, "Ctrl+Shift+G")
    assert table.bench.strip.text.startswith("This scheme has no derived states to show.")


class Bars(QPainter):
    """Paints on a picture, and remembers which bars."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__(picture)
        self.drawn: list[QRectF] = []

    def drawRoundedRect(self, rect: QRectF, *_: object) -> None:  # type: ignore[override]  # one of Qt's forms
        self.drawn.append(QRectF(rect))


@pytest.mark.parametrize("many", [50, 20_000])
def test_no_more_bars_are_painted_than_there_is_room_for(laid: Laid, many: int) -> None:
    """An hour in 1,200 pixels: what has a pixel of its own is painted, and all that is there lies under a bar."""
    hour, picture = Span(0, 3600 * S), QPixmap(1200, 20)
    spans = tuple(Span(n * hour.end_us // many, (3 * n + 1) * hour.end_us // (3 * many)) for n in range(many))
    (row,) = (one for one in rows(WITH_STATE, (), derived=(ALONE,)) if one.derived)
    table = laid(scheme=WITH_STATE)
    canvas = table.bench.timeline._canvas
    scene = replace(canvas._scene(), scale=Scale.fitting(hour, 1200), derived={ALONE.id: spans})
    painter = Bars(picture)
    paint_derived(painter, scene, row)
    painter.end()
    assert len(painter.drawn) <= min(many, 1200 / 2.5 + 1)
    covered = [(bar.left() - 1, bar.right() + 1) for bar in painter.drawn]
    for span in spans[:: max(many // 100, 1)]:
        middle = scene.scale.x((span.start_us + span.end_us) // 2)
        assert any(left <= middle <= right for left, right in covered)
