"""The wall: the pictures of all cameras, one of them in front."""

from collections.abc import Sequence

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from coder.annotate.view.lens import Box, Room
from coder.annotate.view.picture import Picture
from coder.annotate.view.theme import DARK
from coder.language import tr

_GAP_PX = 2

# What the other pictures take of the width (beside) or of the height (below) of three or four.
_SHARE = 0.28


def arranged(width: float, height: float, aspects: Sequence[float], front: int) -> list[Box]:
    """Where the pictures of one to four cameras go, in their order; aspects: width by height of each.

    One takes all. Two share the room alike, beside or below each other, whichever shows more. Of three or four the
    one in front is large, the others stand beside or below it.
    """
    if len(aspects) == 1:
        return [Box(0, 0, width, height)]
    if len(aspects) == 2:
        return max((_row(width, height, 2), _column(width, height, 2)), key=lambda boxes: _seen(boxes, aspects))
    others = len(aspects) - 1
    aside = round(width * _SHARE)
    beside = [
        Box(0, 0, width - aside - _GAP_PX, height),
        *(_moved(box, width - aside, 0) for box in _column(aside, height, others)),
    ]
    down = round(height * _SHARE)
    below = [
        Box(0, 0, width, height - down - _GAP_PX),
        *(_moved(box, 0, height - down) for box in _row(width, down, others)),
    ]
    order = [front, *(n for n in range(len(aspects)) if n != front)]
    shapes = [aspects[n] for n in order]
    best = max((beside, below), key=lambda boxes: _seen(boxes, shapes))
    return [best[order.index(n)] for n in range(len(aspects))]


def _row(width: float, height: float, count: int) -> list[Box]:
    each = (width - _GAP_PX * (count - 1)) / count
    return [Box(n * (each + _GAP_PX), 0, each, height) for n in range(count)]


def _column(width: float, height: float, count: int) -> list[Box]:
    each = (height - _GAP_PX * (count - 1)) / count
    return [Box(0, n * (each + _GAP_PX), width, each) for n in range(count)]


def _moved(box: Box, right: float, down: float) -> Box:
    return Box(box.left + right, box.top + down, box.width, box.height)


def _seen(boxes: Sequence[Box], aspects: Sequence[float]) -> float:
    """The area that pictures of these shapes cover."""
    whole = [Room(box.width, box.height, aspect).letterbox for box, aspect in zip(boxes, aspects, strict=True)]
    return sum(box.width * box.height for box in whole)


class Wall(QWidget):
    """Holds the pictures of all cameras and arranges them."""

    def __init__(self, pictures: Sequence[Picture]) -> None:
        super().__init__()
        self._pictures = pictures
        self._front = pictures[0]
        for picture in pictures:
            picture.setParent(self)
        self.setMinimumSize(320, 180)
        self.setAccessibleName(tr("Pictures"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def bring_front(self, picture: Picture) -> None:
        """Put a picture in front. It is painted after the others, so that its frame is told last."""
        self._front = picture
        picture.raise_()
        self.arrange()

    def arrange(self) -> None:
        """Give each picture its place; call it when one has changed its shape."""
        aspects = [picture.aspect for picture in self._pictures]
        boxes = arranged(self.width(), self.height(), aspects, self._pictures.index(self._front))
        for picture, box in zip(self._pictures, boxes, strict=True):
            left, top = round(box.left), round(box.top)
            right, bottom = round(box.left + box.width), round(box.top + box.height)
            picture.setGeometry(QRect(left, top, right - left, bottom - top))

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DARK.line))
        painter.end()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self.arrange()
