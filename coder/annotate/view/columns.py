"""Groups of widgets below each other, in one column or in two."""

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

_EDGE_PX, _BETWEEN_PX = 8, 8


class Columns(QWidget):
    """Keeps each group whole and all groups in their order: down the first column, then down the second."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[QWidget] = []
        self._columns = (QVBoxLayout(), QVBoxLayout())
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        row.setSpacing(_EDGE_PX)
        for column in self._columns:
            column.setSpacing(_BETWEEN_PX)
            column.addStretch(1)
            row.addLayout(column)
        self._in_first = 0
        self._share()

    def add(self, *parts: QWidget) -> None:
        """One more group, below the others."""
        group = QWidget()
        inside = QVBoxLayout(group)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for part in parts:
            inside.addWidget(part)
        self._groups.append(group)
        self._place(len(self._groups))

    def height_in_one(self) -> int:
        """How high all groups are below each other."""
        return self._height(self._groups) + 2 * _EDGE_PX

    def spread(self, count: int) -> None:
        """Show one column, or two that are cut where the longer one is shortest."""
        cuts = range(1, len(self._groups)) if count > 1 else ()
        longer = {at: max(self._height(self._groups[:at]), self._height(self._groups[at:])) for at in cuts}
        in_first = min(longer, key=lambda at: longer[at], default=len(self._groups))
        if in_first != self._in_first:
            self._place(in_first)

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
        row.setStretch(1, 1 if self._in_first < len(self._groups) else 0)

    @staticmethod
    def _height(groups: list[QWidget]) -> int:
        heights = [group.sizeHint().height() + _BETWEEN_PX for group in groups]
        return sum(heights) - _BETWEEN_PX if heights else 0
