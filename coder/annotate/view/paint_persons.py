"""Drawing over a frame who is seen in it: a box for each face, its name, where the gaze goes."""

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QApplication

from coder.annotate.view.ink import scaled
from coder.annotate.view.lens import Box
from coder.annotate.view.theme import DARK
from coder.language import later, tr
from coder.model.persons import Role, SeenPerson

SURE = 0.5
"""Below this confidence nobody is called by a name."""

ROLE_NAMES: Mapping[Role | None, str] = {
    Role.CHILD: later("Child"),
    Role.PARENT: later("Parent"),
    Role.OTHER: later("Somebody else"),
    Role.NOBODY: later("Not a person"),
    None: later("Who?"),
}

# told apart by colour and by the kind of line: the colour-blind and a dim film need both
_COLOURS: Mapping[Role | None, str] = {
    Role.CHILD: "#EEDD88",
    Role.PARENT: "#77AADD",
    Role.OTHER: "#DDDDDD",
    Role.NOBODY: "#DDDDDD",
    None: "#FFAABB",
}
_LINES: Mapping[Role | None, Qt.PenStyle] = {
    Role.CHILD: Qt.PenStyle.SolidLine,
    Role.PARENT: Qt.PenStyle.SolidLine,
    Role.OTHER: Qt.PenStyle.DashLine,
    Role.NOBODY: Qt.PenStyle.DotLine,
    None: Qt.PenStyle.DashDotLine,
}
_ARROW_PX = 8.0


def shown_role(person: SeenPerson) -> Role | None:
    """Who a person is called: nobody is named as long as it is unsure."""
    return person.role if person.said or person.confidence >= SURE else None


def paint_persons(painter: QPainter, box: Box, persons: Sequence[SeenPerson], *, rays: bool) -> None:
    """Over a frame whose whole picture lies at `box`. rays: also where the gaze goes."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(scaled(QApplication.font(), 0.9))
    for person in persons:
        colour = QColor(_COLOURS[shown_role(person)])
        if rays and person.ray is not None:
            _paint_ray(painter, box, person.ray, colour)
        _paint_face(painter, placed(box, person), person, colour)
    painter.restore()


def placed(box: Box, person: SeenPerson) -> QRectF:
    """Where a person's face lies on the screen."""
    left, top = box.left + person.left * box.width, box.top + person.top * box.height
    return QRectF(left, top, (person.right - person.left) * box.width, (person.bottom - person.top) * box.height)


def _paint_face(painter: QPainter, face: QRectF, person: SeenPerson, colour: QColor) -> None:
    role = shown_role(person)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, ink in ((4.0, QColor(DARK.backdrop)), (2.0, colour)):  # an edge that is seen on any ground
        pen = QPen(ink, width)
        pen.setStyle(_LINES[role] if ink is colour else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawRoundedRect(face, 4, 4)
    name = tr(ROLE_NAMES[role])
    if person.said:
        name = f"{name} ✓"
    elif role is not None and person.confidence < 0.8:
        name = f"{name} ?"
    metrics = QFontMetricsF(painter.font())
    plate = QRectF(0, 0, metrics.horizontalAdvance(name) + 10, metrics.height() + 2)
    plate.moveBottomLeft(face.topLeft() - QPointF(0, 3))
    if plate.top() < 0:
        plate.moveTopLeft(face.bottomLeft() + QPointF(0, 3))
    ground = QColor(DARK.surface)
    ground.setAlphaF(0.85)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(plate, 3, 3)
    painter.setPen(colour)
    painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), name)


def _paint_ray(painter: QPainter, box: Box, ray: tuple[float, float, float, float], colour: QColor) -> None:
    x0, y0, x1, y1 = ray
    line = QLineF(
        box.left + x0 * box.width, box.top + y0 * box.height, box.left + x1 * box.width, box.top + y1 * box.height
    )
    if line.length() < _ARROW_PX:
        return
    along = line.unitVector()
    dx, dy = along.dx() * _ARROW_PX, along.dy() * _ARROW_PX
    tip = line.p2()
    head = QPolygonF(
        [
            tip,
            QPointF(tip.x() - dx - dy / 2, tip.y() - dy + dx / 2),
            QPointF(tip.x() - dx + dy / 2, tip.y() - dy - dx / 2),
        ]
    )
    for width, ink in ((5.0, QColor(DARK.backdrop)), (2.5, colour)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(line)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(head)
