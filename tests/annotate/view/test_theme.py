"""The themes keep the contrast that WCAG AA asks for."""

import pytest
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from coder.annotate.view.theme import LIGHT, THEMES, Theme, apply_theme

TEXT_ON_SURFACE = [
    ("text", "window"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "accent_soft"),
    ("muted", "window"),
    ("muted", "surface"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent", "surface"),
    ("good", "good_soft"),
    ("warning", "warning_soft"),
    ("error", "error_soft"),
    ("code_ink", "uncodable"),
]
LINES_ON_SURFACE = [
    ("line_strong", "surface"),
    ("accent", "window"),
    ("playhead", "surface"),
    ("curve", "surface"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_knows_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_text_is_legible(theme: Theme) -> None:
    poor = {
        pair: round(contrast(getattr(theme, pair[0]), getattr(theme, pair[1])), 2)
        for pair in TEXT_ON_SURFACE
        if contrast(getattr(theme, pair[0]), getattr(theme, pair[1])) < 4.5
    }
    poor |= {(fill, "ink"): 0.0 for fill in theme.codes if contrast(theme.code_ink, fill) < 4.5}
    assert not poor


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_lines_and_marks_stand_out(theme: Theme) -> None:
    poor = {
        pair: round(contrast(getattr(theme, pair[0]), getattr(theme, pair[1])), 2)
        for pair in LINES_ON_SURFACE
        if contrast(getattr(theme, pair[0]), getattr(theme, pair[1])) < 3
    }
    assert not poor


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_a_box_that_is_ticked_shows_a_tick(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    """Not only another colour: whoever cannot see it would not know."""
    apply_theme(qapp, theme)
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setChecked(True)
    picture = box.grab().toImage()
    places = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
    tick = sum(picture.pixelColor(x, y) == QColor(theme.on_accent) for x, y in places)
    apply_theme(qapp, LIGHT)
    assert 5 <= tick <= 60  # of the 256 pixels of the box
