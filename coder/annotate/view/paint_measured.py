"""Painting what was measured: sound, spectrogram, curves; and what is asked about. Reads, changes nothing."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6 import sip
from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from coder.annotate.view.curve import value_text
from coder.annotate.view.ink import hatch, scaled, theme
from coder.annotate.view.layout import LABELS_PX, Row
from coder.annotate.view.reasons import why_text
from coder.annotate.view.scene import CENTRE, Scene, elided
from coder.model.time import Span


def paint_curve(painter: QPainter, scene: Scene, row: Row) -> None:
    """A measured curve over its base line."""
    if row.track is None:
        return
    bottom = row.bottom_px
    painter.setPen(QPen(QColor(theme().line), 1))
    painter.drawLine(QPointF(0, bottom), QPointF(scene.scale.width_px, bottom))
    painter.setPen(_thin(theme().curve))
    curve, top, height = scene.curves[row.track], row.top_px + 3, row.height_px - 6
    if curve.dense(scene.scale):
        upright(painter, curve.columns(scene.scale, top, height))
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for line in curve.lines(scene.scale, top, height):
        points: Any = sip.array(QPointF, len(line))  # type: ignore[call-arg]  # as in `upright`
        _fill(points, line)
        painter.drawPolyline(points)


def paint_gaps(painter: QPainter, scene: Scene, row: Row) -> None:
    """Hatched, where a curve says nothing; the reason in words where there is room."""
    if row.track is None:
        return
    colours, scale = theme(), scene.scale
    body, last_px = painter.font(), -1.0
    painter.setFont(scaled(body, 0.8))
    painter.setPen(QColor(colours.muted))
    for gap in scene.curves[row.track].gaps.within(Span(round(scale.start_us), round(scale.end_us))):
        box = scene.box(gap.span, row.top_px + 1, row.height_px - 2)
        if box.right() - last_px < 1.0:
            continue  # many on one pixel are one
        last_px = box.right()
        painter.fillRect(box, hatch(colours.line_strong, 0.35))
        text = why_text(gap.why)
        metrics = QFontMetricsF(painter.font())
        wide, high = metrics.horizontalAdvance(text) + 10, metrics.height() + 2
        shown = box.intersected(QRectF(0, box.top(), scale.width_px, box.height()))
        if shown.width() >= wide:
            middle = shown.center()
            plate = QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
            painter.fillRect(plate, QColor(colours.surface))
            painter.drawText(plate, CENTRE, text)
    painter.setFont(body)


def paint_level(painter: QPainter, scene: Scene, row: Row) -> None:
    """The value at which a rule decides, as a dashed line across its curve."""
    if row.track is None or row.level is None:
        return
    share = scene.curves[row.track].share(row.level)
    y = row.top_px + 3 + (1.0 - share) * (row.height_px - 6)
    painter.setPen(QPen(QColor(theme().warning), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(0, y), QPointF(scene.scale.width_px, y))


def paint_wave(painter: QPainter, scene: Scene, row: Row) -> None:
    """The outline of the sound around the middle of its row."""
    if scene.wave is None:
        return
    x, low, high = scene.wave.columns(scene.scale)
    middle, half = row.top_px + row.height_px / 2, row.height_px / 2 - 1
    painter.setPen(_thin(theme().curve))
    upright(painter, np.column_stack((x + 0.5, middle - high * half - 0.5, x + 0.5, middle - low * half + 0.5)))


def paint_spectrum(painter: QPainter, scene: Scene, row: Row, reading: str) -> None:
    """The spectrogram, low sounds below; reading: what to say as long as there is none."""
    box = QRectF(0, row.top_px, scene.scale.width_px, row.height_px)
    if scene.spectrum is None:
        painter.setPen(QColor(theme().muted))
        elided(painter, box.adjusted(8, 0, -8, 0), reading)
        return
    left, picture = scene.spectrum.picture(scene.scale)
    screen = painter.device()
    height_px = row.height_px * (screen.devicePixelRatioF() if screen is not None else 1.0)
    while picture.shape[0] >= 2 * height_px:
        picture = np.maximum(picture[0::2], picture[1::2])  # bands that share a pixel: the louder one
    height, width = picture.shape
    if width == 0:
        return
    image = QImage(picture.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(_shades(theme().window, theme().text))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawImage(QRectF(left, row.top_px, width, row.height_px), image)


def paint_differences(painter: QPainter, scene: Scene, row: Row) -> None:
    """Where this pass and another differ: marks as wide as the time in dispute."""
    colours, scale, found = theme(), scene.scale, scene.differences
    painter.setPen(QPen(QColor(colours.warning), 1))
    painter.setBrush(QColor(colours.warning_soft))
    reach_us = round(scale.start_us)
    at = bisect_left(found, reach_us, key=lambda one: one.span.start_us)
    while at > 0 and found[at - 1].span.end_us > reach_us:
        at -= 1
    last_px = -10.0
    while at < len(found) and found[at].span.start_us <= scale.end_us:
        box = scene.box(found[at].span, row.top_px + 3, row.height_px - 6)
        at += 1
        if box.right() - last_px < 1.0:
            continue  # many on one pixel are one mark
        last_px = box.right()
        box.setWidth(max(box.width(), 4.0))
        painter.drawRoundedRect(box, 2, 2)
        painter.fillRect(box, hatch(colours.warning, 0.8))


def paint_values(painter: QPainter, layout: Sequence[Row], at_us: int) -> None:
    """What each curve says at the frame on the screen, below its name in the column at the left."""
    painter.setFont(scaled(painter.font(), 0.85))
    painter.setPen(QColor(theme().muted))
    for row in layout:
        if row.track is not None:
            half = row.height_px / 2
            box = QRectF(16, row.top_px + half, LABELS_PX - 24, half - 2)
            elided(painter, box, value_text(row.track, at_us))


def upright(painter: QPainter, ends: NDArray[np.float64]) -> None:
    """Upright lines, given as (n, 4): x, y, x, y; handed over as one block of memory."""
    if len(ends) == 0:
        return
    lines: Any = sip.array(QLineF, len(ends))  # type: ignore[call-arg]  # PyQt's types do not know the element type
    _fill(lines, ends)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawLines(lines)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _fill(target: Any, numbers: NDArray[np.float64]) -> None:
    """Write numbers into an array of Qt's points or lines: one by one they would cost more than the painting."""
    memory: Any = sip.voidptr(target, numbers.size * 8)
    np.frombuffer(memory, np.float64).reshape(numbers.shape)[:] = numbers


def _thin(colour: str) -> QPen:
    """One pixel of the screen wide: any wider pen is stroked point by point, which takes fifty times as long."""
    pen = QPen(QColor(colour), 1)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    return pen


@lru_cache(maxsize=4)
def _shades(from_colour: str, to_colour: str) -> list[int]:
    """From the row's ground to the ink of the curves, by loudness."""
    ground, ink = QColor(from_colour), QColor(to_colour)
    shades = []
    for level in range(256):
        share = (level / 255) ** 1.4
        red, green, blue = (
            round(low + (high - low) * share)
            for low, high in zip(ground.getRgb()[:3], ink.getRgb()[:3], strict=True)
        )
        shades.append(QColor(red, green, blue).rgb())
    return shades
