"""The head of a rating panel: which segment is rated, how far, and how often it was watched."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from coder.annotate.view.small_button import small_button
from coder.language import plural, tr
from coder.model.time import Span, clock


@dataclass(frozen=True, slots=True)
class Segment:
    """number: from 0, of `count`. rated: how many of the `items` have a rating. watched: so often, to its end."""

    span: Span
    number: int
    count: int
    rated: int
    items: int
    watched: int


class SegmentHead(QWidget):
    """Shows the segment; its arrows go to the others. wanted: how often it is to be watched, 0 for no matter."""

    def __init__(self, go: Callable[[int], None], hints: tuple[str, str], wanted: int) -> None:
        super().__init__()
        self._wanted = wanted
        self.where, self.count, self.watched = QLabel(), QLabel(), QLabel()
        self._back = _arrow("‹", hints[0], partial(go, -1))
        self._on = _arrow("›", hints[1], partial(go, +1))
        self.where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.where.setWordWrap(True)
        for label in (self.count, self.watched):
            label.setProperty("role", "muted")
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setContentsMargins(8, 0, 8, 0)
        line = QHBoxLayout()
        line.setContentsMargins(8, 2, 8, 0)
        line.setSpacing(6)
        line.addWidget(self._back)
        line.addWidget(self.where, 1)
        line.addWidget(self._on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(1)
        column.addLayout(line)
        column.addWidget(self.count)
        column.addWidget(self.watched)
        self.watched.setVisible(wanted > 0)

    def show_segment(self, segment: Segment) -> None:
        """Show this one from now on."""
        span = {"start": _short(segment.span.start_us), "end": _short(segment.span.end_us)}
        words = tr("{start} to {end}", **span)
        if segment.count > 1:
            at = segment.number + 1
            words = tr("Segment {number} of {all} · {start} to {end}", number=at, all=segment.count, **span)
        self.where.setText(words)
        self.where.setToolTip(words)
        self._back.setEnabled(segment.number > 0)
        self._on.setEnabled(segment.number + 1 < segment.count)
        for arrow in (self._back, self._on):
            arrow.setVisible(segment.count > 1)
        self.count.setText(tr("{rated} of {all} rated", rated=segment.rated, all=segment.items))
        self.watched.setText(self._watched_text(segment.watched))

    def _watched_text(self, times: int) -> str:
        if times < self._wanted:
            return plural(
                "Watched {times} of {count} time from start to end",
                "Watched {times} of {count} times from start to end",
                self._wanted,
                times=times,
            )
        return plural(
            "✓ Watched {count} time from start to end", "✓ Watched {count} times from start to end", times
        )


def _short(at_us: int) -> str:
    """A time without its thousandths where it has none."""
    return clock(at_us).removesuffix(".000")


def _arrow(text: str, hint: str, act: Callable[[], None]) -> QToolButton:
    made = small_button(text, hint)
    made.clicked.connect(act)
    return made
