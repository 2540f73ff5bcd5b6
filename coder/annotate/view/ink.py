"""What several widgets draw alike: key caps, code swatches, and the theme they take their colours from."""

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PyQt6.QtWidgets import QApplication

from coder.annotate.view.theme import LIGHT, Theme, theme_of
from coder.model.scheme import Code, Tier, TierKind


def theme() -> Theme:
    """The theme of the running application."""
    app = QApplication.instance()
    return theme_of(app) if isinstance(app, QApplication) else LIGHT


def fill_of(tier: Tier, code_id: str) -> QColor:
    """The fill of a code: by its place among the codes of its tier."""
    codes = [code for code in tier.codes if not code.uncodable]
    for n, code in enumerate(codes):
        if code.id == code_id:
            return theme().code_colour(n)
    return theme().code_colour(0, uncodable=True)


def scaled(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """The same typeface in another size."""
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() * factor)
    if weight is not None:
        other.setWeight(weight)
    return other


def draw_key(painter: QPainter, box: QRectF, text: str, *, muted: bool = False) -> None:
    """A key cap: a rounded box with a thicker lower edge and the key's name."""
    colours = theme()
    painter.setPen(QPen(QColor(colours.line_strong), 1))
    painter.setBrush(QColor(colours.surface))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.drawLine(box.bottomLeft() + _up(4), box.bottomRight() + _up(-4))
    painter.setPen(QColor(colours.muted if muted else colours.text))
    painter.drawText(box.adjusted(0, 0, 0, -1), int(Qt.AlignmentFlag.AlignCenter), text)


def draw_swatch(painter: QPainter, box: QRectF, tier: Tier, code: Code) -> None:
    """The fill of a code, hatched for "not codable"; a point code is round."""
    colours = theme()
    painter.setPen(QPen(QColor(colours.line_strong), 1))
    painter.setBrush(fill_of(tier, code.id))
    radius = box.height() / 2 if tier.kind is TierKind.POINT else 3
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    if code.uncodable:
        painter.setBrush(hatch(colours.code_ink, 0.45))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def draw_hatched(painter: QPainter, box: QRectF) -> None:
    """The ground behind the name of a code that says "not codable": diagonal lines, faint enough to read on."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hatch(theme().muted, 0.28))
    painter.drawRoundedRect(box, 4, 4)


def hatch(colour: str, alpha: float = 1.0) -> QBrush:
    """Diagonal lines: what cannot be told by colour alone."""
    ink = QColor(colour)
    ink.setAlphaF(alpha)
    return QBrush(ink, Qt.BrushStyle.BDiagPattern)


def _up(dx: float) -> QPointF:
    return QPointF(dx, -1.0)
