"""Groups of widgets below each other, in one column or in two."""

from collections.abc import Iterator

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

_EDGE_PX = 8
BETWEEN_PX = 3 * _EDGE_PX
"""What two columns leave free: the edges, and the room between them."""
ROOMY_PX = 8
"""Between two groups, where there is room."""


class Columns(QWidget):
    """Keeps each group whole and all groups in their order: down the first column, then down the second."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[QWidget] = []
        self._gap_px = ROOMY_PX
        self._columns = (QVBoxLayout(), QVBoxLayout())
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        row.setSpacing(_EDGE_PX)
        for column in self._columns:
            column.addStretch(1)
            row.addLayout(column)
        self.set_gap(ROOMY_PX)
        self._in_first = 0
        self._share()

    def add(self, *parts: QWidget) -> QWidget:
        """One more group, below the others."""
        group = QWidget()
        inside = QVBoxLayout(group)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for part in parts:
            inside.addWidget(part)
        self._groups.append(group)
        self._place(len(self._groups))
        return group

    def set_gap(self, gap_px: int) -> None:
        """The room between two groups."""
        self._gap_px = gap_px
        for column in self._columns:
            column.setSpacing(gap_px)

    def height_in(self, columns: int) -> int:
        """How high all groups are in so many columns."""
        cut = self._cut(columns)
        return max(self._height(self._groups[:cut]), self._height(self._groups[cut:])) + 2 * _EDGE_PX

    def spread(self, columns: int) -> None:
        """Show one column, or two that are cut where the longer one is shortest."""
        cut = self._cut(columns)
        if cut != self._in_first:
            self._place(cut)

    def _cut(self, columns: int) -> int:
        cuts = range(1, len(self._groups)) if columns > 1 else ()
        longer = {at: max(self._height(self._groups[:at]), self._height(self._groups[at:])) for at in cuts}
        return min(longer, key=lambda at: longer[at], default=len(self._groups))

    def _place(self, in_first: int) -> None:
        self._in_first = in_first
        for column, groups in zip(self._columns, (self._groups[:in_first], self._groups[in_first:]), strict=True):
            for at, group in enumerate(groups):
                column.insertWidget(at, group)
        self._share()

    def _share(self) -> None:
        """Both columns are equally wide; an empty one takes no room."""
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.setStretch(0, 1)
        row.setStretch(1, 1 if any(self._seen(self._groups[self._in_first :])) else 0)

    def _height(self, groups: list[QWidget]) -> int:
        heights = [group.sizeHint().height() + self._gap_px for group in self._seen(groups)]
        return sum(heights) - self._gap_px if heights else 0

    @staticmethod
    def _seen(groups: list[QWidget]) -> Iterator[QWidget]:
        return (group for group in groups if not group.isHidden())
