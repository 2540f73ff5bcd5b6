"""What a picture draws: the pixels of a frame, a message, the camera's name."""

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPen
from PyQt6.QtWidgets import QApplication

from coder.annotate.view.ink import scaled
from coder.annotate.view.lens import Box
from coder.annotate.view.theme import DARK

Pixels = NDArray[np.uint8]
"""BGRA, shape (height, width, 4), C-contiguous."""


def image_of(pixels: Pixels) -> QImage:
    """The pixels as Qt draws them; nothing is copied, so they must be kept as long as the image."""
    height, width = pixels.shape[:2]
    image: QImage = QImage(
        pixels.data,  # type: ignore[call-overload]  # takes any buffer, its types say bytes only
        width,
        height,
        width * 4,
        QImage.Format.Format_RGB32,
    )
    return image


def paint_pixels(painter: QPainter, box: Box, room: QRect, pixels: Pixels) -> None:
    """A frame whose whole picture lies at `box`; only what is seen of it inside `room` is drawn."""
    height, width = pixels.shape[:2]
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    exact = QSize(round(box.width * ratio), round(box.height * ratio)) == QSize(width, height)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
    seen = QRectF(box.left, box.top, box.width, box.height).intersected(QRectF(room))
    across, down = width / box.width, height / box.height
    part = QRectF(
        (seen.left() - box.left) * across,
        (seen.top() - box.top) * down,
        seen.width() * across,
        seen.height() * down,
    )
    painter.drawImage(seen, image_of(pixels), part)


def paint_veil(painter: QPainter, room: QRect, alpha: float) -> None:
    """Make what is drawn already paler; alpha: 1 hides it."""
    veil = QColor(DARK.backdrop)
    veil.setAlphaF(alpha)
    painter.fillRect(room, veil)


def paint_message(painter: QPainter, room: QRect, message: str, *, over_picture: bool) -> None:
    """A sentence in the middle."""
    if over_picture:
        paint_veil(painter, room, 0.75)
    painter.setPen(QColor(DARK.text))
    painter.setFont(QApplication.font())
    margin = min(32, room.width() // 12)
    inner = room.adjusted(margin, margin, -margin, -margin)
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), message)


def paint_caption(painter: QPainter, room: QRect, caption: str, *, in_front: bool) -> None:
    """A camera's name in the corner; the one in front has a filled dot before it."""
    painter.setFont(scaled(QApplication.font(), 0.9))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    text = painter.fontMetrics()
    name = text.elidedText(caption, Qt.TextElideMode.ElideRight, room.width() - 46)
    pill = QRectF(8, room.height() - text.height() - 14, text.horizontalAdvance(name) + 32, text.height() + 6)
    ground = QColor(DARK.surface)
    ground.setAlphaF(0.8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(QPen(QColor(DARK.accent if in_front else DARK.line_strong), 1.5))
    painter.setBrush(QColor(DARK.accent) if in_front else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(pill.left() + 12, pill.center().y()), 4, 4)
    painter.setPen(QColor(DARK.text if in_front else DARK.muted))
    painter.drawText(pill.adjusted(22, 0, -4, 0), int(Qt.AlignmentFlag.AlignVCenter), name)
