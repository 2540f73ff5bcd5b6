"""How the parts of the bench share its window."""

import base64
from collections.abc import Callable, Mapping

from PyQt6.QtCore import QByteArray, Qt
from PyQt6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

NARROW_PX = 350
"""The right side of a scheme whose codes fit into one column."""

_WIDE, _WIDE_PX = "side-wide", 540
_BESIDE, _BELOW = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class Arrangement:
    """Film above timeline on the left; codes, definition and details on the right; one line below everything.

    instead: what stands in the place of all that is on the right while `show_instead` says so.
    wide: there are many codes. Then definition and details stand side by side below them, else below each other.
    """

    def __init__(
        self,
        bench: QWidget,
        *,
        film: tuple[QWidget, ...],
        time: tuple[QWidget, ...],
        right: tuple[QWidget, QWidget, QWidget],
        instead: QWidget,
        below: QWidget,
        wide: bool,
    ) -> None:
        self._splitters = {
            "left": QSplitter(_BELOW),
            "whole": QSplitter(_BESIDE),
        }
        self._kept: set[str] = set()
        self._before_pad: list[int] = []
        left, whole, codes = self._splitters["left"], self._splitters["whole"], right[0]
        words = self._splitters["words"] = QSplitter(_BESIDE if wide else _BELOW)
        self._side = _WIDE if wide else "side"
        side = self._splitters[self._side] = QSplitter(_BELOW)
        _fill(words, right[1:], (1, 1))
        _fill(left, (column(*film), column(*time)), (1, 0))
        _fill(side, (codes, words), (0, 1))
        self._right = QStackedWidget()
        for page in (side, instead):
            self._right.addWidget(page)
        _fill(whole, (left, self._right), (1, 0))
        side.setMinimumWidth(280)
        whole.setSizes([804, _WIDE_PX] if wide else [1000, 344])
        words.setSizes([250, 290] if wide else [125, 225])
        side.setSizes([410, 230] if wide else [NARROW_PX, 350])
        stack = QVBoxLayout(bench)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(whole, 1)
        stack.addWidget(below)

    def sizes(self) -> dict[str, str]:
        """How the parts share the window, as text to keep."""
        return {
            name: base64.b64encode(splitter.saveState().data()).decode()
            for name, splitter in self._splitters.items()
        }

    def set_sizes(self, sizes: Mapping[str, str]) -> None:
        """Share the window as `sizes` said; what is missing or damaged is left as it is."""
        for name, splitter in self._splitters.items():
            if name in sizes and splitter.restoreState(QByteArray.fromBase64(sizes[name].encode())):
                self._kept.add(name)

    def give_room(self, time_px: int, wide_px: Callable[[], int], codes_px: Callable[[int], int]) -> None:
        """At the first sight: timeline and codes get what they need, within limits, where nobody chose before.

        wide_px: the width at which the codes stand in two columns. codes_px: the height that they need if they can
        have at most so much.
        """
        left, side, whole = self._splitters["left"], self._splitters[self._side], self._splitters["whole"]
        if "whole" not in self._kept and self._side == _WIDE:
            most_px = round(whole.width() * 0.42)
            beside_px = min(max(wide_px(), _WIDE_PX), most_px)
            whole.setSizes([whole.width() - beside_px, beside_px])
        if "left" not in self._kept:
            timeline = min(time_px, round(left.height() * 0.42))
            left.setSizes([left.height() - timeline, timeline])
        if self._side not in self._kept:
            most_px = round(side.height() * 0.65)
            codes = min(codes_px(most_px), most_px)
            side.setSizes([codes, side.height() - codes])
        self._kept |= {"left", "whole", self._side}

    def show_instead(self, shown: bool) -> None:
        """Show what stands in the place of the right side, or that side again."""
        self._right.setCurrentIndex(int(shown))

    def show_pad(self, shown: bool) -> None:
        """The pad needs more of the height than the palette; without it all is as it was before."""
        side = self._splitters[self._side]
        if shown:
            self._before_pad = side.sizes()
            side.setSizes([side.height(), 0])  # the others keep their least height
        elif self._before_pad:
            side.setSizes(self._before_pad)


def column(*parts: QWidget) -> QWidget:
    """Parts below each other; all but the last take what room there is."""
    box = QWidget()
    stack = QVBoxLayout(box)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(0)
    for part in parts:
        stack.addWidget(part, 0 if part is parts[-1] else 1)
    return box


def _fill(splitter: QSplitter, parts: tuple[QWidget, ...], shares: tuple[int, ...]) -> None:
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    for part, share in zip(parts, shares, strict=True):
        splitter.addWidget(part)
        splitter.setStretchFactor(splitter.count() - 1, share)
