"""Synchronising by hand: the same moment marked in both films, once or several times."""

from dataclasses import dataclass, replace

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coder.desktop.frame_viewer import FrameViewer
from coder.desktop.look import scaled
from coder.desktop.pieces import Card, button, label
from coder.desktop.tables import Column, Rows, Table
from coder.language import later, tr
from coder.model.study import Media
from coder.model.time import MILLISECOND_US, clock
from coder.workflows.cameras import Proposal, marks_proposal
from coder.workflows.side_by_side import SideBySide

_LEAST_PX = 76  # the header and one pair; there is room for more than one at the usual size of text


@dataclass(frozen=True, slots=True)
class Pair:
    """A moment in both films. session_us: on the session's clock; other_us: on the other film's own; off_us: how
    much later it is in the first film than the proposed timing would have it.
    """

    session_us: int
    other_us: int
    off_us: int = 0


PAIR_COLUMNS: tuple[Column[Pair], ...] = (
    Column(later("On the session’s clock"), lambda pair: clock(pair.session_us), width_px=190),
    Column(later("On the other film’s own clock"), lambda pair: clock(pair.other_us), width_px=230),
    Column(
        later("Off by"),
        lambda pair: _off_text(round(pair.off_us / MILLISECOND_US)),
        tip=lambda _pair: tr("How far this pair lies from the timing that all pairs together propose"),
        right=True,
        width_px=110,
    ),
)


class HandPane(QWidget):
    """Two viewers and the pairs that were marked. proposed: another proposal, None without a pair."""

    proposed = pyqtSignal(object)

    def __init__(self, pair: SideBySide) -> None:
        super().__init__()
        self._first, self._other = pair.first.media, pair.other.media
        self._timing = self._other
        self.pairs: list[Pair] = []
        self._marked: dict[FrameViewer, int] = {}
        self.first = FrameViewer(self._first.role, pair.first.index, lambda: self._mark(self.first))
        self.other = FrameViewer(self._other.role, pair.other.index, lambda: self._mark(self.other))
        self.table = Table(Rows[Pair](PAIR_COLUMNS, self), tr("Moments marked in both films"))
        self.remove_button = button(tr("&Remove"), self._remove)
        self.follow_button = button(tr("Show the same moment in the &other film"), self.follow)
        self.follow_button.setToolTip(tr("By the timing as it is known now (G)"))
        QShortcut(QKeySequence("G"), self).activated.connect(self.follow)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self._lay_out()
        self._start()
        self._show_pairs()

    def follow(self) -> None:
        """Show the moment of the viewer that has the keyboard, the first without it, in the other viewer too."""
        here, there = (
            (self.other, self.first)
            if self.other.isAncestorOf(self.focusWidget() or self.first)
            else (self.first, self.other)
        )
        if here.at_us is None:
            return
        if here is self.first:
            there.go_to_time(self._timing.to_file_us(self._first.to_session_us(here.at_us)))
        else:
            there.go_to_time(self._first.to_file_us(self._timing.to_session_us(here.at_us)))

    def shut(self) -> None:
        """End the threads of both viewers."""
        self.first.shut()
        self.other.shut()

    def _start(self) -> None:
        """Both in the middle of what they share, as far as is known."""
        begin = max(media.to_session_us(0) for media in (self._first, self._other))
        end = min(media.to_session_us(media.duration_us) for media in (self._first, self._other))
        middle = max((begin + end) // 2, 0)
        self.first.go_to_time(self._first.to_file_us(middle))
        self.other.go_to_time(self._other.to_file_us(middle))

    def _mark(self, viewer: FrameViewer) -> None:
        if viewer.at_us is None:
            return
        self._marked[viewer] = viewer.at_us
        viewer.show_marked(viewer.shown)
        if len(self._marked) == 2:
            session_us = self._first.to_session_us(self._marked[self.first])
            self.pairs.append(Pair(session_us, self._marked[self.other]))
            self.pairs.sort(key=lambda pair: pair.session_us)
            self._marked.clear()
            self.first.show_marked(None)
            self.other.show_marked(None)
            self._propose()

    def _remove(self) -> None:
        if 0 <= self.table.row < len(self.pairs):
            del self.pairs[self.table.row]
            self._propose()

    def _propose(self) -> None:
        proposal: Proposal | None = None
        self._timing = self._other
        if self.pairs:
            marks = [(pair.session_us, pair.other_us) for pair in self.pairs]
            proposal = marks_proposal(self._first, self._other, marks)
            self._timing = timed(self._other, proposal)
        self.pairs = [
            replace(pair, off_us=pair.session_us - self._timing.to_session_us(pair.other_us))
            for pair in self.pairs
        ]
        self._show_pairs()
        self.proposed.emit(proposal)

    def _show_pairs(self) -> None:
        row = self.table.row
        self.table.lines.show(self.pairs)
        self.table.choose(min(max(row, 0), len(self.pairs) - 1))
        self.remove_button.setEnabled(bool(self.pairs))
        self._none.setVisible(not self.pairs)
        self.table.setVisible(bool(self.pairs))

    def _lay_out(self) -> None:
        viewers = QHBoxLayout()
        viewers.setSpacing(16)
        viewers.addWidget(self.first, 1)
        viewers.addWidget(self.other, 1)
        card = Card(tr("Marked pairs"), (self.follow_button, self.remove_button))
        self._none = label(
            tr(
                "Find a sudden moment that both cameras saw, such as a clap or a block that falls, and mark it in "
                "each film. One pair says when the film begins; a second one, far from it, how fast it runs."
            ),
            "muted",
            wrap=True,
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.table.setMinimumHeight(scaled(_LEAST_PX))
        card.column.addWidget(self._none)
        card.column.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(viewers, 5)
        column.addWidget(card, 3)


def _off_text(off_ms: int) -> str:
    return f"{off_ms:+} ms" if off_ms else "0 ms"


def timed(media: Media, proposal: Proposal) -> Media:
    """The film as it would lie on the session's clock."""
    return replace(media, offset_us=proposal.offset_us, skew_ppm=proposal.skew_ppm)
