"""All that is wrong with the scheme that is edited, each with its place; Enter or a click goes there."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QListWidget, QListWidgetItem

from coder.desktop.look import scaled
from coder.desktop.pieces import Card, label
from coder.desktop.scheme_field_words import label_of
from coder.desktop.scheme_outline import name_of
from coder.formats.scheme_draft import SchemeDraft
from coder.formats.scheme_fields import names_in
from coder.formats.toml_places import Path
from coder.language import plural, tr
from coder.model.problem import Problem

_PADDING_PX = (28, 12)
"""What a row needs beside its text: across, and along (the theme pads rows, and Qt keeps a margin of its own)."""
_HIGHEST_PX = 10_000


class ProblemsCard(Card):
    """go_to(path): the place of a problem was chosen."""

    def __init__(self, go_to: Callable[[Path], None]) -> None:
        super().__init__(tr("Problems"))
        self.problems: tuple[tuple[Path, Problem], ...] = ()
        self._go_to = go_to
        self.list = _Sentences(self._open)
        self.none = label(tr("Nothing is wrong: this scheme can be saved and coded with."), "muted", wrap=True)
        self.column.addWidget(self.none)
        self.column.addWidget(self.list, 1)
        self.column.addStretch(0)

    def show_problems(self, draft: SchemeDraft, problems: Sequence[tuple[Path, Problem]]) -> None:
        """Show these in place of the old ones, with the same row chosen."""
        self.problems = tuple(problems)
        row = self.list.currentRow()
        self.list.clear()
        for path, problem in problems:
            self.list.addItem(QListWidgetItem(f"{place_of(draft, path)}\n{problem.what} {problem.hint}".strip()))
        self.list.setCurrentRow(min(max(row, 0), len(problems) - 1))
        self.list.setVisible(bool(problems))
        self.list.fit()
        self.none.setVisible(not problems)
        count = plural("{count} problem", "{count} problems", len(problems))
        self.heading.setText(count if problems else tr("Problems"))

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.problems):
            self._go_to(self.problems[row][0])


class _Sentences(QListWidget):
    """Sentences that wrap; Enter opens."""

    def __init__(self, open_row: Callable[[int], None]) -> None:
        super().__init__()
        self._open = open_row
        self.setAccessibleName(tr("Problems of the scheme"))
        self.setProperty("role", "bare")
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(lambda item: self._open(self.row(item)))

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        """Enter goes to the place."""
        if e is not None and e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentRow())
        else:
            super().keyPressEvent(e)

    def resizeEvent(self, e: QResizeEvent | None) -> None:
        """Another width needs other heights."""
        super().resizeEvent(e)
        self.fit()

    def fit(self) -> None:
        """Give each row the height of its sentences: Qt forgets the padding of rows and cuts the last line."""
        view = self.viewport()
        across, along = scaled(_PADDING_PX[0]), scaled(_PADDING_PX[1])
        width = (view.width() if view is not None else self.width()) - 2 * self.spacing()
        room = QRect(0, 0, max(width - across, 1), _HIGHEST_PX)
        for row in range(self.count()):
            if (item := self.item(row)) is not None:
                box = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
                item.setSizeHint(QSize(width, box.height() + along))

    def sizeHint(self) -> QSize:
        """Small: the page gives what is there."""
        return QSize(200, 100)


def place_of(draft: SchemeDraft, path: Path) -> str:
    """`Child’s gaze › Parent’s face › Key`: a place in the words of the editor."""
    words = []
    for at in range(1, len(path) + 1):
        step = path[at - 1]
        if isinstance(step, int) and isinstance(draft.value(path[:at]), dict):
            words.append(name_of(draft, path[:at]))
        elif isinstance(step, str) and not (at < len(path) and isinstance(draft.value(path[: at + 1]), dict)):
            names = names_in(path[: at - 1])
            words.append(label_of(names[-1] if names else "", step))
    return " › ".join(words) or tr("Scheme")
