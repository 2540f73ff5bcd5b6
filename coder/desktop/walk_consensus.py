"""Asks, on the page of a walk, whether a consensus is made while moments are open; and makes it."""

from collections.abc import Callable

from PyQt6.QtWidgets import QFrame, QHBoxLayout

from coder.desktop.pieces import button, label
from coder.desktop.shared import Tools
from coder.language import plural, tr
from coder.model.problem import CoderError
from coder.model.study import Coder
from coder.store import StudyStore
from coder.workflows.consensus import make_consensus
from coder.workflows.settling import Walk


class ConsensusBar(QFrame):
    """Hidden until it has something to ask. made: the consensus is on the disk, by id. leave: keyboard back."""

    def __init__(
        self, store: StudyStore, tools: Tools, made: Callable[[str], None], leave: Callable[[], None]
    ) -> None:
        super().__init__()
        self._store, self._tools = store, tools
        self._made, self._leave = made, leave
        self._asked: tuple[Walk, Coder] | None = None
        self.setProperty("role", "banner")
        self.setAccessibleName(tr("Make a consensus"))
        self.text = label("", wrap=True)
        self.make_button = button(tr("&Make it now"), self._make)
        self.later_button = button(tr("Settle &more first"), self.later)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.make_button)
        row.addWidget(self.later_button)
        self.hide()

    def ask(self, walk: Walk, coder: Coder) -> None:
        """Make the consensus as a pass of `coder`; where moments are open, ask before."""
        self._asked = walk, coder
        left = len(walk.open)
        if not left:
            self._make()
            return
        self.text.setText(
            plural(
                "{count} disagreement is not settled. In the consensus that moment stays empty, to be coded on "
                "the bench, as what was settled for neither. Both passes stay as they are.",
                "{count} disagreements are not settled. In the consensus those moments stay empty, to be coded "
                "on the bench, as what was settled for neither. Both passes stay as they are.",
                left,
            )
        )
        self.show()
        self.make_button.setFocus()

    def later(self) -> None:
        """Put the question away."""
        self._asked = None
        self.hide()
        self._leave()

    def _make(self) -> None:
        if self._asked is None:
            return
        walk, coder = self._asked
        try:
            header = make_consensus(self._store, walk.pass_a.header.id, walk.pass_b.header.id, coder.id)
        except CoderError as error:
            self._tools.on_error(error)
            return
        self.later()
        self._made(header.id)
