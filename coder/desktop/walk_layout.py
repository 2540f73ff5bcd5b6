"""How the page of a walk is put together: its head, list and question on the left, film and verdicts right."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from coder.annotate.view.arrangement import column
from coder.desktop.forms import Choice
from coder.desktop.pieces import OneLine, button, label, page_head
from coder.language import tr
from coder.model.study import Coder
from coder.workflows.review import Review


class WalkHead(QWidget):
    """Back, whose passes these are, who settles, and the consensus. leave: gives the keyboard back to the list.

    One pass alone has no consensus.
    """

    def __init__(
        self,
        review: Review,
        coders: Sequence[Coder],
        actor: Coder | None,
        on_back: Callable[[], object],
        consensus: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.back_button.setToolTip(tr("Everything is saved"))
        walk = review.walk
        made = walk is not None and walk.consensus is not None
        self.consensus_button = button(tr("Open the &consensus") if made else tr("Make a &consensus…"), consensus)
        nobody: list[tuple[str, Coder | None]] = [] if actor is not None else [("–", None)]
        self.actor = Choice[Coder | None]([*nobody, *((one.name, one) for one in coders)], actor)
        self.actor.setAccessibleName(tr("Settled by"))
        self.actor.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.actor.activated.connect(lambda _at: leave())
        by = label(tr("&Settled by"))
        by.setBuddy(self.actor)
        if walk is None:
            self.consensus_button.hide()
        title = OneLine(tr("To look at again: {session}", session=review.session.name), "heading")
        line = OneLine(_whose(review), "muted")
        row = page_head(self.back_button, title, line)
        row.setContentsMargins(12, 4, 12, 4)
        parts: tuple[QWidget, ...] = (by, self.actor, self.consensus_button)
        for part in parts:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        for one in (self.back_button, self.consensus_button):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the list
        self.setLayout(row)


def _whose(review: Review) -> str:
    """Whose passes these are, with what scheme; and why evidence is silent, if it is."""
    names, title = [coder.name for coder in review.coders], review.scheme.title
    if len(names) > 1:
        who = tr("A is {coder_a}, B is {coder_b} · {scheme}", coder_a=names[0], coder_b=names[1], scheme=title)
    else:
        who = tr("Coded by {coder} · {scheme}", coder=names[0], scheme=title)
    return f"{who} · {review.remark}" if review.remark else who


def spread_out(
    listed: QWidget, question: QWidget, *film: QWidget, shares: tuple[int, int] = (380, 260)
) -> QSplitter:
    """The list above what is in question on the left; on the right the film, below it what there is to decide.

    shares: of the list and of what is in question, in pixels of a low window.
    """
    listing = QWidget()
    stack = QVBoxLayout(listing)
    stack.setContentsMargins(12, 4, 8, 8)
    stack.addWidget(listed)
    left, whole = QSplitter(Qt.Orientation.Vertical), QSplitter(Qt.Orientation.Horizontal)
    for splitter, parts in ((left, (listing, question)), (whole, (left, column(*film)))):
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        for part in parts:
            splitter.addWidget(part)
    left.setSizes(list(shares))
    whole.setSizes([610, 756])
    whole.setStretchFactor(0, 2)
    whole.setStretchFactor(1, 3)
    return whole
