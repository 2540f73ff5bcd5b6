"""Figures for pages that know no SVG inside the text: each becomes a picture, with the colours of print in it."""

import base64
import re
from html import unescape
from pathlib import Path

from markupsafe import Markup

PAGE_PX = 640
"""How wide a figure is on the page; a pixel is 1/96 of an inch."""

_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_PANEL, _AGREE, _DIFFER = (0xF2, 0xF1, 0xED), (0x2A, 0x8C, 0x82), (0xC8, 0x56, 0x2B)
_TINT = 0.55
_HATCH = (
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="hatch" x1="0" y1="0" x2="0" y2="5"/></pattern></defs>'
)


def picture(svg: Markup, width: int = PAGE_PX) -> Markup:
    """An image of a figure, `width` pixels wide. Raises ValueError if the figure names no size."""
    found = _BOX.search(svg)
    if found is None:
        raise ValueError("a figure has no viewBox that begins at 0 0")
    across, down = map(float, found.groups())
    inside = _TITLE.sub("", str(svg)[svg.index(">") + 1 :])
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:g} {down:g}" width="{across:g}" '
        f'height="{down:g}"><style>{_style()}</style>{_HATCH}{inside}'
    )
    address = "data:image/svg+xml;base64," + base64.b64encode(whole.encode()).decode()
    return Markup('<img src="{}" width="{}" height="{}">').format(address, width, round(down * width / across))


def text_of(image: str) -> str:
    """All words that stand in a picture, for whoever looks for them."""
    data = base64.b64decode(image.partition("base64,")[2].partition('"')[0]).decode()
    return unescape(" ".join(re.findall(r"<text[^>]*>(.*?)</text>", data, re.DOTALL)))


def tint(heat: float, *, agreed: bool) -> str:
    """The ground of a cell of a confusion table, as `report.css` mixes it. heat: 0 … 1."""
    share = heat * _TINT
    top = _AGREE if agreed else _DIFFER
    mixed = (round(share * a + (1 - share) * b) for a, b in zip(top, _PANEL, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _style() -> str:
    return Path(__file__).with_name("templates").joinpath("picture.css").read_text("utf-8")
