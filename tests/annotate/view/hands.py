"""What a person does at the bench: looks at the picture, presses keys, moves the mouse."""

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QImage, QKeySequence
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coder.annotate.view.bench import Bench
from coder.annotate.view.layout import RULER_PX, rows
from coder.annotate.view.lens import Room
from tests.annotate.example import SCHEME
from tests.clips import HEIGHT, WIDTH, read_number


def press(bench: Bench, *keys: str) -> None:
    """Press keys, written as in the keymap, on the timeline."""
    for key in keys:
        chord = QKeySequence(key.replace("Page", "Pg"))[0]  # Qt writes PgUp for PageUp
        QTest.keyClick(bench.timeline, chord.key(), chord.keyboardModifiers())


def number_on_screen(bench: Bench) -> int | None:
    """The frame number that the picture carries, read from what the widget paints."""
    picture = bench.player.picture
    image = picture.grab().toImage()
    box = Room(picture.width(), picture.height(), WIDTH / HEIGHT).letterbox
    seen = image.copy(*map(round, (box.left, box.top, box.width, box.height)))
    shrunk = seen.scaled(WIDTH, HEIGHT, transformMode=Qt.TransformationMode.SmoothTransformation)
    return read_number(pixels(shrunk))


def pixels(image: QImage) -> NDArray[np.uint8]:
    """An image as RGB, shape (height, width, 3)."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    bits = rgb.constBits()
    assert bits is not None
    data = np.frombuffer(bits.asstring(rgb.sizeInBytes()), np.uint8)
    return data.reshape(rgb.height(), rgb.bytesPerLine())[:, : rgb.width() * 3].reshape(
        rgb.height(), rgb.width(), 3
    )


def show_frame(qtbot: QtBot, bench: Bench, frame: int) -> None:
    """Go to a frame and wait until it is painted."""
    index = bench.player.index
    assert index is not None
    bench.go_to(bench._content.media.to_session_us(index.at_us(frame)))
    wait_for_frame(qtbot, bench, frame)


def wait_for_frame(qtbot: QtBot, bench: Bench, frame: int) -> None:
    """Wait until a frame is on the screen."""
    qtbot.waitUntil(lambda: bench.painted.value is not None and bench.painted.value.index == frame, timeout=20_000)


def point(bench: Bench, tier: str, at_us: int) -> QPoint:
    """Where a moment of a tier lies in the timeline's viewport."""
    row = next(row for row in rows(SCHEME, ()) if row.tier is not None and row.tier.id == tier)
    return QPoint(bench.timeline.x_of(at_us), RULER_PX + row.top_px + 10)


def drag(bench: Bench, start: QPoint, end: QPoint) -> None:
    """Press at one point of the timeline, move, and release at another."""
    strip = bench.timeline.viewport()
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(strip, start + (end - start) * share)
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=end)
