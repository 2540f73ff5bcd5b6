"""Laying a camera beside the first one: from the sound, or by hand; nothing is kept before it is accepted."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coder.desktop.pieces import Card, button, label, toggles
from coder.desktop.sync_hand import HandPane
from coder.desktop.sync_sound import SoundPane
from coder.desktop.timing_words import offset_words, skew_words, sureness_words
from coder.language import plural, tr
from coder.workflows.cameras import Proposal
from coder.workflows.side_by_side import SideBySide


class SyncPage(QWidget):
    """passes: how many the session has. accept(proposal): keep it. leave: nothing is kept. `shut` ends threads."""

    def __init__(
        self,
        pair: SideBySide,
        passes: int,
        accept: Callable[[Proposal], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self._pair = pair
        self._accept = accept
        self._by_hand: Proposal | None = None
        self.sound = SoundPane(pair)
        self.hand = HandPane(pair)
        self.sound_button, self.hand_button = toggles(tr("From the so&und"), tr("&By hand"))
        self.panes = QStackedWidget()
        self.panes.addWidget(self.sound)
        self.panes.addWidget(self.hand)
        self.words = label("", "heading", wrap=True)
        self.sureness = label("", wrap=True)
        self.note = label(_about_passes(passes), "muted", wrap=True)
        self.cancel_button = button(tr("&Cancel"), leave)
        self.cancel_button.setToolTip(tr("Nothing is changed (Esc)"))
        self.accept_button = button(tr("&Accept"), self._keep, "primary")
        self.hand.proposed.connect(self._take_marks)
        self.sound_button.toggled.connect(lambda _on: self._show_mode())
        QShortcut(QKeySequence("Esc"), self).activated.connect(leave)
        self._lay_out()
        self.note.setVisible(passes > 0)
        enough = pair.proposal is not None and pair.proposal.enough
        (self.sound_button if enough or len(pair.first.outline) else self.hand_button).setChecked(True)
        self._show_mode()

    @property
    def proposal(self) -> Proposal | None:
        """What is shown, to be accepted if it is sure enough; None if there is nothing."""
        if self.hand_button.isChecked():
            return self._by_hand
        found = self._pair.proposal
        return found if found is not None and found.enough else None

    def shut(self) -> None:
        """End the threads of the viewers."""
        self.hand.shut()

    def _keep(self) -> None:
        if self.proposal is not None:
            self._accept(self.proposal)

    def _take_marks(self, proposal: Proposal | None) -> None:
        self._by_hand = proposal
        self._show_words()

    def _show_mode(self) -> None:
        by_hand = self.hand_button.isChecked()
        self.panes.setCurrentWidget(self.hand if by_hand else self.sound)
        self.setFocusProxy(self.hand.first if by_hand else self.sound.waves)
        (self.hand.first if by_hand else self.sound.waves).setFocus()
        self._show_words()

    def _show_words(self) -> None:
        proposal = self.proposal
        self.accept_button.setEnabled(proposal is not None and proposal.enough)
        if proposal is not None:
            camera = self._pair.other.media.role
            self.words.setText(f"{offset_words(camera, proposal.offset_us)} {skew_words(proposal.skew_ppm)}")
            self.sureness.setText(sureness_words(proposal))
        elif self.hand_button.isChecked():
            self.words.setText(tr("Mark the same moment in both films."))
            self.sureness.setText(tr("Press M, or the button below each picture."))
        else:
            self.words.setText(tr("The sound does not say how these films lie side by side."))
            why = self._pair.remark if self._pair.proposal is None else sureness_words(self._pair.proposal)
            self.sureness.setText(tr("{why} Mark the same moment by hand.", why=why).strip())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        title = tr(
            "Synchronise “{other}” with “{first}”",
            other=self._pair.other.media.role,
            first=self._pair.first.media.role,
        )
        head.addWidget(label(title, "title"), 1)
        head.addWidget(self.sound_button, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.hand_button, 0, Qt.AlignmentFlag.AlignVCenter)
        card = Card("")
        card.heading.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        said = QVBoxLayout()
        said.setSpacing(4)
        for one in (self.words, self.sureness, self.note):
            said.addWidget(one)
        row.addLayout(said, 1)
        row.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.accept_button, 0, Qt.AlignmentFlag.AlignBottom)
        card.column.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.panes, 1)
        column.addWidget(card)


def _about_passes(passes: int) -> str:
    return plural(
        "This session has {count} pass. Its codes stay where they are, on the clock of the first film; only "
        "the other picture moves.",
        "This session has {count} passes. Their codes stay where they are, on the clock of the first film; only "
        "the other picture moves.",
        passes,
    )
