"""The table of agreement: per tier and code the number, its interval as a bar, counts, and how it stands."""

from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import QLineF, QModelIndex, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QWidget

from coder.annotate.view.ink import fill_of
from coder.desktop.interval_bar import Bar, bar_of
from coder.desktop.look import scaled, theme_now
from coder.desktop.reliability_rows import AgreementRow, Depth
from coder.desktop.reliability_texts import (
    STANDING_TONES,
    STANDING_WORDS,
    Standing,
    interval_text,
    number_text,
    sentence,
)
from coder.desktop.tables import CELL_PX, BadgeDelegate, Column, Rows, Table, mark_focus
from coder.language import grouped, later, tr

_ROW_PX = 29
_INDENT_PX = {Depth.TIER: 0, Depth.STATISTIC: 14, Depth.HEAD: 14, Depth.CODE: 28}
_SWATCH_PX = 10
_DOT_PX = 4.5
_NAME, _BAR = 0, 2
_BAR_MOST_PX = 260


def _value(row: AgreementRow) -> str:
    one = row.agreement
    return number_text(one.statistic, one.estimate.value) if one is not None else ""


def _interval(row: AgreementRow) -> str:
    return interval_text(row.agreement.statistic, row.agreement.estimate) if row.agreement is not None else ""


def _n(row: AgreementRow) -> str:
    return grouped(row.agreement.estimate.n) if row.agreement is not None else ""


def _standing(row: AgreementRow) -> str:
    return tr(STANDING_WORDS[row.stands]) if row.stands is not None and _told(row) else ""


def _tone(row: AgreementRow) -> str:
    return STANDING_TONES[row.stands] if row.stands is not None and _told(row) else ""


def _told(row: AgreementRow) -> bool:
    """A tier tells of its lines only what calls for something to be done, or that all is well."""
    judged = (Standing.REACHED, Standing.BELOW, Standing.UNDER_FLOOR)
    return row.stands in judged or (row.depth is not Depth.TIER and row.stands is not Standing.NO_TARGET)


def _tip(row: AgreementRow) -> str:
    return sentence(row.agreement) if row.agreement is not None else row.label


AGREEMENT_COLUMNS: tuple[Column[AgreementRow], ...] = (
    Column(later("Tier and code"), lambda row: row.label, tip=_tip, wide=True),
    Column(later("Value"), _value, tip=_tip, right=True, width_px=80, least_px=64),
    Column(later("95 % interval"), _interval, tip=_tip, width_px=120, least_px=84),
    Column(later("From"), _n, tip=_tip, right=True, width_px=56),
    Column(later("Target"), _standing, tone=_tone, tip=_tip, width_px=124, least_px=96),
)


class LowTable(Table):
    """A table with lower rows than usual, for many numbers."""

    def _shape(self, model: Rows[Any]) -> None:
        super()._shape(model)
        rows = self.verticalHeader()
        if rows is not None:
            rows.setDefaultSectionSize(scaled(_ROW_PX))


class AgreementTable(LowTable):
    """Lines of agreement; Enter goes on to the chosen line's charts."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Rows[AgreementRow](AGREEMENT_COLUMNS), name, parent)
        model = self.model()
        if model is not None:
            model.setParent(self)
        self.setItemDelegate(AgreementDelegate(self))

    def show_rows(self, rows: Sequence[AgreementRow]) -> None:
        """Show these lines; headings have the whole width."""
        self.clearSpans()
        self.rows.show(rows)
        for at, row in enumerate(rows):
            if row.depth is Depth.HEAD:
                self.setSpan(at, 0, 1, len(AGREEMENT_COLUMNS))

    def _ample_px(self, at: int, column: Column[Any]) -> int:
        """Bars grow with the table, names take the rest."""
        ample = super()._ample_px(at, column)
        return min(max(ample, self.width() // 5), scaled(_BAR_MOST_PX)) if at == _BAR else ample

    @property
    def rows(self) -> Rows[AgreementRow]:
        """The lines."""
        return self.lines

    @property
    def chosen_row(self) -> AgreementRow | None:
        """The chosen line."""
        rows = self.rows.rows
        return rows[self.row] if 0 <= self.row < len(rows) else None


class AgreementDelegate(BadgeDelegate):
    """Paints names as a tree, intervals as bars, all else as every table does."""

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """One cell."""
        model = index.model()
        if painter is None or not isinstance(model, Rows):
            return
        row = model.rows[index.row()]
        assert isinstance(row, AgreementRow)
        if index.column() == _NAME:
            self._blank(painter, option, index)
            _paint_name(painter, option, row)
            mark_focus(painter, option)
        elif index.column() == _BAR:
            self._blank(painter, option, index)
            _paint_bar(painter, option, row)
        else:
            super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem | None, index: QModelIndex) -> None:
        """What is too little to judge by is grey."""
        super().initStyleOption(option, index)
        model = index.model()
        if option is not None and isinstance(model, Rows):
            row = model.rows[index.row()]
            if isinstance(row, AgreementRow) and _grey(row):
                option.palette.setColor(option.palette.ColorRole.Text, QColor(theme_now().muted))
                option.palette.setColor(option.palette.ColorRole.HighlightedText, QColor(theme_now().muted))

    def _blank(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        bare.state &= ~QStyle.StateFlag.State_HasFocus
        style = option.widget.style() if option.widget else QApplication.style()
        if style is not None:
            style.drawControl(style.ControlElement.CE_ItemViewItem, bare, painter, option.widget)


def _grey(row: AgreementRow) -> bool:
    return row.depth is Depth.HEAD or row.stands in (
        Standing.TOO_FEW,
        Standing.UNDEFINED,
        Standing.NOT_COMPARABLE,
    )


def _paint_name(painter: QPainter, option: QStyleOptionViewItem, row: AgreementRow) -> None:
    theme = theme_now()
    cell = QRectF(option.rect).adjusted(CELL_PX + scaled(_INDENT_PX[row.depth]), 0, -4, 0)
    painter.save()
    font = QFont(option.font)
    if row.depth is Depth.TIER:
        font.setWeight(QFont.Weight.DemiBold)
    if row.place >= 0 and row.agreement is not None and row.agreement.code is not None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line_strong), 1))
        painter.setBrush(fill_of(row.tier, row.agreement.code))
        painter.drawRoundedRect(
            QRectF(cell.left(), cell.center().y() - _SWATCH_PX / 2, _SWATCH_PX, _SWATCH_PX), 3, 3
        )
    if row.depth is Depth.CODE:
        cell.setLeft(cell.left() + _SWATCH_PX + 8)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted if _grey(row) else theme.text))
    shown = QFontMetricsF(font).elidedText(row.label, Qt.TextElideMode.ElideRight, cell.width())
    painter.drawText(cell, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
    painter.restore()


def _paint_bar(painter: QPainter, option: QStyleOptionViewItem, row: AgreementRow) -> None:
    if row.agreement is None:
        return
    cell = QRectF(option.rect).adjusted(CELL_PX, 0, -CELL_PX, 0)
    bar = bar_of(row.agreement, cell.left() + _DOT_PX, cell.right() - _DOT_PX)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, bar, cell)
    _paint_estimate(painter, bar, cell.center().y(), row.stands or Standing.UNDEFINED)
    painter.restore()


def _paint_ground(painter: QPainter, bar: Bar, cell: QRectF) -> None:
    """The axis, what the target allows as a band with its edge, the floor as short strokes."""
    theme, middle, half = theme_now(), cell.center().y(), cell.height() * 0.28
    if bar.allowed is not None:
        left, right = bar.allowed
        painter.fillRect(QRectF(left, middle - half, right - left, 2 * half), QColor(theme.good_soft))
        painter.setPen(QPen(QColor(theme.good), 1.5))
        for edge in {left, right} - {bar.left, bar.right}:
            painter.drawLine(QLineF(edge, middle - half, edge, middle + half))
    painter.setPen(QPen(QColor(theme.line_strong), 1))
    painter.drawLine(QLineF(bar.left, middle, bar.right, middle))
    for end in (bar.left, bar.right, *(() if bar.zero is None else (bar.zero,))):
        painter.drawLine(QLineF(end, middle - 3, end, middle + 3))
    painter.setPen(QPen(QColor(theme.error), 1.5, Qt.PenStyle.DotLine))
    for floor in bar.floor:
        painter.drawLine(QLineF(floor, middle - half, floor, middle + half))


def _paint_estimate(painter: QPainter, bar: Bar, middle: float, stands: Standing) -> None:
    """A full dot: on target or without one; a ring: below; a triangle: below the floor; grey: not to be judged."""
    theme = theme_now()
    if bar.middle is None:
        return
    ink = QColor(_inks()[stands])
    painter.setPen(QPen(ink, 2))
    if bar.low is not None and bar.high is not None:
        painter.drawLine(QLineF(bar.low, middle, bar.high, middle))
        for end, cut, outward in ((bar.low, bar.cut_low, 1), (bar.high, bar.cut_high, -1)):
            if cut:
                painter.drawPolyline(
                    QPolygonF(
                        [
                            QPointF(end + 4 * outward, middle - 4),
                            QPointF(end, middle),
                            QPointF(end + 4 * outward, middle + 4),
                        ]
                    )
                )
            else:
                painter.drawLine(QLineF(end, middle - 4, end, middle + 4))
    spot = QPointF(bar.middle, middle)
    hollow = stands in (Standing.BELOW, Standing.TOO_FEW)
    painter.setBrush(QColor(theme.surface) if hollow else ink)
    if stands is Standing.UNDER_FLOOR:
        up = _DOT_PX * 1.2
        painter.drawPolygon(QPolygonF([spot + QPointF(0, up), spot + QPointF(-up, -up), spot + QPointF(up, -up)]))
    else:
        painter.drawEllipse(spot, _DOT_PX, _DOT_PX)


def _inks() -> dict[Standing, str]:
    theme = theme_now()
    return {
        Standing.REACHED: theme.good,
        Standing.BELOW: theme.warning,
        Standing.UNDER_FLOOR: theme.error,
        Standing.NO_TARGET: theme.accent,
        Standing.TOO_FEW: theme.line_strong,
        Standing.UNDEFINED: theme.line_strong,
        Standing.NOT_COMPARABLE: theme.line_strong,
    }
