"""How the page of a walk is put together: its head, list and question on the left, film and verdicts right."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from coder.annotate.view.arrangement import column
from coder.desktop.forms import Choice
from coder.desktop.pieces import OneLine, button, label, page_head
from coder.language import tr
from coder.model.study import Coder
from coder.workflows.settling import Walk


class WalkHead(QWidget):
    """Back, whose passes these are, who settles, and the consensus. leave: gives the keyboard back to the list."""

    def __init__(
        self,
        walk: Walk,
        coders: Sequence[Coder],
        actor: Coder | None,
        on_back: Callable[[], object],
        consensus: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.back_button.setToolTip(tr("Everything is saved"))
        made = walk.consensus is not None
        self.consensus_button = button(tr("Open the &consensus") if made else tr("Make a &consensus…"), consensus)
        nobody: list[tuple[str, Coder | None]] = [] if actor is not None else [("–", None)]
        self.actor = Choice[Coder | None]([*nobody, *((one.name, one) for one in coders)], actor)
        self.actor.setAccessibleName(tr("Settled by"))
        self.actor.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.actor.activated.connect(lambda _at: leave())
        by = label(tr("&Settled by"))
        by.setBuddy(self.actor)
        title = OneLine(tr("Disagreements: {session}", session=walk.session.name), "heading")
        line = OneLine(
            tr(
                "A is {coder_a}, B is {coder_b} · {scheme}",
                coder_a=walk.coder_a.name,
                coder_b=walk.coder_b.name,
                scheme=walk.scheme.title,
            ),
            "muted",
        )
        row = page_head(self.back_button, title, line)
        row.setContentsMargins(12, 4, 12, 4)
        parts: tuple[QWidget, ...] = (by, self.actor, self.consensus_button)
        for part in parts:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        for one in (self.back_button, self.consensus_button):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the list
        self.setLayout(row)


def spread_out(listed: QWidget, question: QWidget, film: QWidget, decide: QWidget) -> QSplitter:
    """The list above what is in question on the left, the film above the verdicts on the right."""
    listing = QWidget()
    stack = QVBoxLayout(listing)
    stack.setContentsMargins(12, 4, 8, 8)
    stack.addWidget(listed)
    left, whole = QSplitter(Qt.Orientation.Vertical), QSplitter(Qt.Orientation.Horizontal)
    for splitter, parts in ((left, (listing, question)), (whole, (left, column(film, decide)))):
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        for part in parts:
            splitter.addWidget(part)
    left.setSizes([380, 260])
    whole.setSizes([610, 756])
    whole.setStretchFactor(0, 2)
    whole.setStretchFactor(1, 3)
    return whole
