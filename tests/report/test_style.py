"""Contrast of the report's colours against WCAG 2.2 AA, in the light and in the dark."""

import re
from pathlib import Path

import pytest

import coder.report

CSS = (Path(coder.report.__file__).parent / "templates" / "report.css").read_text("utf-8")
TINT = 0.55


def palettes():
    """The colours by name: light, dark, printed."""
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    found = [
        {name: tuple(int(hexed[at : at + 2], 16) for at in (0, 2, 4)) for name, hexed in pairs}
        for pairs in (re.findall(r"--([\w-]+): #([0-9a-f]{6})", block) for block in blocks)
    ]
    return dict(zip(("light", "dark", "print"), found, strict=True))


def luminance(colour):
    parts = [value / 255 for value in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(top, bottom):
    return tuple(TINT * a + (1 - TINT) * b for a, b in zip(top, bottom, strict=True))


@pytest.mark.parametrize("name", palettes())
def test_text_can_be_read(name):
    colours = palettes()[name]
    for text in ("ink", "quiet", "accent"):
        for ground in ("paper", "panel"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for tag in ("good", "low", "act"):
        assert contrast(colours[tag], colours[f"{tag}-bg"]) >= 4.5, tag
    for tint in ("agree", "differ"):
        assert contrast(colours["ink"], mixed(colours[tint], colours["panel"])) >= 4.5, tint
    assert f"* {TINT:.0%}".replace("%", "%)") in CSS


@pytest.mark.parametrize("name", palettes())
def test_marks_and_curves_stand_out(name):
    colours = palettes()[name]
    assert contrast(colours["act"], colours["paper"]) >= 3
    assert contrast(colours["accent"], colours["panel"]) >= 3
