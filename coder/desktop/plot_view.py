"""A chart on the screen: dots with their intervals, gone through with the arrow keys, each read out in words."""

from dataclasses import dataclass

from PyQt6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from coder.desktop.chart_scale import Axis, nearest, tick_text, ticks
from coder.desktop.look import scaled, theme_now
from coder.desktop.plot import Plot
from coder.language import tr

_DOT_PX = 4.5
_RING_PX = 9.0
_MOST_TIMES = 9
_CAP_PX = 4.0
_GAP_PX = 6.0
_TICK_ROOM_PX = 56


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of a chart lie: the field of the dots, and both axes on it."""

    field: QRectF
    x: Axis
    y: Axis


class PlotView(QWidget):
    """Shows a `Plot`. Left and Right go from dot to dot, Home and End to the ends, Enter opens one.

    pointed(str): a dot is pointed to, and what it says. opened(int): a dot was opened, by its number.
    """

    pointed = pyqtSignal(str)
    opened = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self.plot: Plot | None = None
        self.at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def show_plot(self, plot: Plot) -> None:
        """Show another chart, pointing to the dot that it names."""
        self.plot = plot
        self.setAccessibleName(plot.name)
        self.point_to(plot.at)

    def point_to(self, number: int) -> None:
        """Point to a dot, the nearest there is."""
        dots = self.plot.dots if self.plot else ()
        self.at = min(max(number, 0), len(dots) - 1)
        said = dots[self.at].said if dots else ""
        self.setAccessibleDescription(tr("{point} Left and Right go from point to point.", point=said))
        self.pointed.emit(said)
        self.update()

    def frame(self) -> Frame:
        """The field and its axes at the size that the chart has now."""
        plot = self.plot
        assert plot is not None
        metrics = QFontMetricsF(self.font())
        low, high = plot.y_range
        marks = ticks(low, high, 6)
        widest = max((metrics.horizontalAdvance(tick_text(one, marks)) for one in marks), default=20.0)
        names = [metrics.horizontalAdvance(one.label) for one in plot.levels]
        left, right = widest + 2 * _GAP_PX, max([8.0, *(name + 2 * _GAP_PX for name in names)])
        top, bottom = metrics.height() + 2 * _GAP_PX, 2 * metrics.height() + 2 * _GAP_PX
        field = QRectF(left, top, max(self.width() - left - right, 40.0), max(self.height() - top - bottom, 30.0))
        x_low, x_high = plot.x_range
        return Frame(
            field,
            Axis(x_low, x_high, field.left(), field.right()),
            Axis(low, high, field.bottom(), field.top()),
        )

    # Qt's events

    def sizeHint(self) -> QSize:
        return QSize(480, scaled(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(260, scaled(150))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Left, Right, Home, End and Enter."""
        if event is None or self.plot is None or not self.plot.dots:
            return super().keyPressEvent(event)
        last = len(self.plot.dots) - 1
        places = {
            Qt.Key.Key_Left: self.at - 1,
            Qt.Key.Key_Right: self.at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in places:
            self.point_to(places[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.at)
        else:
            super().keyPressEvent(event)
        return None

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Point to the nearest dot."""
        if event is not None and self.plot is not None and self.plot.dots:
            axis = self.frame().x
            self.point_to(nearest((axis.px(dot.x) for dot in self.plot.dots), event.position().x()))

    def mouseDoubleClickEvent(self, _event: QMouseEvent | None) -> None:
        """Open the dot that is pointed to."""
        if self.at >= 0:
            self.opened.emit(self.at)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        if self.plot is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        Drawing(painter, self.plot, self.frame(), QRectF(self.rect())).draw(self.at, focused=self.hasFocus())
        painter.end()


class Drawing:
    """One painting of a plot."""

    def __init__(self, painter: QPainter, plot: Plot, frame: Frame, whole: QRectF) -> None:
        self._painter, self._plot, self._frame, self._whole = painter, plot, frame, whole
        self._theme = theme_now()
        self._metrics = QFontMetricsF(painter.font())

    def draw(self, at: int, *, focused: bool) -> None:
        """Everything, from the back to the front. at: the dot that is pointed to."""
        self._band()
        self._y_axis()
        self._x_axis()
        self._levels()
        self._upright()
        self._lines()
        for number in range(len(self._plot.dots)):
            self._dot(number, pointed=number == at, focused=focused)
        if focused:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.setPen(QPen(QColor(self._theme.accent), 2))
            self._painter.drawRoundedRect(self._whole.adjusted(1, 1, -1, -1), 6, 6)

    def _band(self) -> None:
        low, high = self._plot.band
        if low is None and high is None:
            return
        field, y = self._frame.field, self._frame.y
        top = y.kept_px(high) if high is not None else field.top()
        bottom = y.kept_px(low) if low is not None else field.bottom()
        self._painter.fillRect(
            QRectF(field.left(), top, field.width(), bottom - top), QColor(self._theme.good_soft)
        )

    def _y_axis(self) -> None:
        field, y = self._frame.field, self._frame.y
        marks = ticks(y.low, y.high, max(2, min(6, int(field.height() // (2 * self._metrics.height())))))
        for value in marks:
            at = y.px(value)
            self._line(self._theme.line, 1, QLineF(field.left(), at, field.right(), at))
            self._text(
                QRectF(0, at - self._metrics.height() / 2, field.left() - _GAP_PX, self._metrics.height()),
                tick_text(value, marks),
                self._theme.muted,
                Qt.AlignmentFlag.AlignRight,
            )
        self._text(
            QRectF(_GAP_PX, 0, self._whole.width() * 0.6, field.top() - _GAP_PX),
            self._plot.y_title,
            self._theme.muted,
            Qt.AlignmentFlag.AlignLeft,
        )
        if self._plot.line_name:
            self._legend()

    def _legend(self) -> None:
        width = self._metrics.horizontalAdvance(self._plot.line_name)
        right, middle = self._whole.right() - _GAP_PX, (self._frame.field.top() - _GAP_PX) / 2
        self._text(
            QRectF(right - width, 0, width + 1, self._frame.field.top() - _GAP_PX),
            self._plot.line_name,
            self._theme.muted,
            Qt.AlignmentFlag.AlignLeft,
        )
        self._line(self._theme.curve, 2.5, QLineF(right - width - 30, middle, right - width - 6, middle))

    def _x_axis(self) -> None:
        field, x = self._frame.field, self._frame.x
        self._line(self._theme.line_strong, 1, QLineF(field.bottomLeft(), field.bottomRight()))
        named = self._plot.x_texts
        if not named:
            marks = ticks(x.low, x.high, max(2, int(field.width() // _TICK_ROOM_PX)))
            named = tuple((value, tick_text(value, marks)) for value in marks)
        room = field.width() / max(len(named), 1) - _GAP_PX if self._plot.x_texts else float(_TICK_ROOM_PX)
        every = max(1, round(_TICK_ROOM_PX / max(room, 1.0))) if self._plot.x_texts else 1
        height = self._metrics.height()
        for value, text in named[::every]:
            at = x.px(value)
            self._line(self._theme.line_strong, 1, QLineF(at, field.bottom(), at, field.bottom() + 4))
            wide = max(room * every, _TICK_ROOM_PX)
            left = min(max(at - wide / 2, self._whole.left()), self._whole.right() - wide)
            shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
            self._text(
                QRectF(left, field.bottom() + 4, wide, height),
                shown,
                self._theme.muted,
                Qt.AlignmentFlag.AlignHCenter,
            )
        self._text(
            QRectF(field.left(), field.bottom() + 4 + height, field.width(), height + 2),
            self._plot.x_title,
            self._theme.muted,
            Qt.AlignmentFlag.AlignHCenter,
        )

    def _levels(self) -> None:
        field, y = self._frame.field, self._frame.y
        height, lowest = self._metrics.height(), self._whole.bottom()
        for level in sorted(self._plot.levels, key=lambda one: one.value):
            if not y.holds(level.value):
                continue
            at = y.px(level.value)
            style = Qt.PenStyle.SolidLine if level.strong else Qt.PenStyle.DashLine
            self._line(self._theme.line_strong, 1.5, QLineF(field.left(), at, field.right(), at), style)
            top = min(at - height / 2, lowest - height)  # names never lie on each other
            self._text(
                QRectF(field.right() + _GAP_PX, top, self._whole.right() - field.right() - _GAP_PX, height),
                level.label,
                self._theme.text if level.strong else self._theme.muted,
                Qt.AlignmentFlag.AlignLeft,
            )
            lowest = top

    def _upright(self) -> None:
        if self._plot.upright is None:
            return
        value, name = self._plot.upright
        field, at = self._frame.field, self._frame.x.px(value)
        self._line(self._theme.playhead, 1.5, QLineF(at, field.top(), at, field.bottom()), Qt.PenStyle.DashLine)
        width = self._metrics.horizontalAdvance(name) + 2
        left = at + _GAP_PX if at + _GAP_PX + width < field.right() else at - _GAP_PX - width
        box = QRectF(left, field.bottom() - self._metrics.height() - 2, width, self._metrics.height())
        ground = QColor(self._theme.surface)
        ground.setAlphaF(0.85)
        self._painter.fillRect(box, ground)
        self._text(box, name, self._theme.text, Qt.AlignmentFlag.AlignLeft)

    def _lines(self) -> None:
        x, y = self._frame.x, self._frame.y
        if self._plot.joined:
            before: QPointF | None = None
            for dot in self._plot.dots:
                here = QPointF(x.px(dot.x), y.kept_px(dot.y)) if dot.y is not None else None
                if before is not None and here is not None:
                    self._line(self._theme.line_strong, 1.2, QLineF(before, here))
                before = here
        if len(self._plot.line) > 1:
            points = [QPointF(x.px(at), y.kept_px(value)) for at, value in self._plot.line]
            self._painter.setPen(QPen(QColor(self._theme.curve), 2.5))
            self._painter.drawPolyline(QPolygonF(points))

    def _dot(self, number: int, *, pointed: bool, focused: bool) -> None:
        dot = self._plot.dots[number]
        theme, x, y = self._theme, self._frame.x.px(dot.x), self._frame.y
        ink = QColor(theme.error if dot.struck else theme.accent)
        if dot.y is None:
            self._text(
                QRectF(x - 10, self._frame.field.bottom() - self._metrics.height(), 20, self._metrics.height()),
                "–",
                theme.muted,
                Qt.AlignmentFlag.AlignHCenter,
            )
            middle = QPointF(x, self._frame.field.bottom() - self._metrics.height() / 2)
        else:
            middle = QPointF(x, y.kept_px(dot.y))
            if dot.low is not None and dot.high is not None:
                low, high = y.kept_px(dot.low), y.kept_px(dot.high)
                self._line(ink.name(), 1.5, QLineF(x, low, x, high))
                for end in (low, high):
                    self._line(ink.name(), 1.5, QLineF(x - _CAP_PX, end, x + _CAP_PX, end))
            self._painter.setPen(QPen(ink, 1.5))
            self._painter.setBrush(ink if not dot.struck else QColor(theme.surface))
            if dot.struck:
                up = _DOT_PX * 1.5
                self._painter.drawPolygon(
                    QPolygonF([middle + QPointF(0, -up), middle + QPointF(up, up), middle + QPointF(-up, up)])
                )
            else:
                radius = _DOT_PX * min(dot.times, _MOST_TIMES) ** 0.5
                self._painter.drawEllipse(middle, radius, radius)
        if pointed:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.setPen(QPen(QColor(theme.accent if focused else theme.line_strong), 2))
            ring = _RING_PX + _DOT_PX * (min(dot.times, _MOST_TIMES) ** 0.5 - 1)
            self._painter.drawEllipse(middle, ring, ring)

    def _line(self, colour: str, width: float, line: QLineF, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        self._painter.setPen(QPen(QColor(colour), width, style))
        self._painter.drawLine(line)

    def _text(self, box: QRectF, text: str, colour: str, side: Qt.AlignmentFlag) -> None:
        self._painter.setPen(QColor(colour))
        self._painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), text)
