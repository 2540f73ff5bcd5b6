"""Synchronising from the sound: both waveforms with the proposal applied, and as it is now."""

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coder.desktop.pieces import button, label, toggles
from coder.desktop.sync_hand import timed
from coder.desktop.sync_waves import Lane, Matched, SyncWaves
from coder.desktop.wave_rows import Wave
from coder.language import tr
from coder.workflows.side_by_side import OUTLINE_HZ, SideBySide


class SoundPane(QWidget):
    """The waveforms of a pair of films. Without a proposal they lie as they are."""

    def __init__(self, pair: SideBySide) -> None:
        super().__init__()
        self._now = pair.other.media
        proposal = pair.proposal
        self._proposed = None if proposal is None else timed(pair.other.media, proposal)
        matches = () if proposal is None else proposal.matches
        clock = pair.first.media
        self.waves = SyncWaves(
            Lane(clock.role, Wave(pair.first.outline, OUTLINE_HZ), clock),
            Lane(pair.other.media.role, Wave(pair.other.outline, OUTLINE_HZ), pair.other.media),
            [
                Matched(clock.to_file_us(match.session_us), match.session_us - match.lag_us, match.strength)
                for match in matches
            ],
        )
        sure = proposal is not None and proposal.enough
        self.before_button, self.after_button = toggles(
            tr("As it &is now"), tr("As &proposed") if sure else tr("Best &guess")
        )
        self.after_button.toggled.connect(lambda _on: self._show_timing())
        self.place_button = button(tr("Ne&xt matched place"), lambda: self.waves.go_to_place(self.waves.place + 1))
        self.all_button = button(tr("Sho&w all"), self.waves.show_all)
        self._where = label("", "muted")
        self.waves.place_chosen.connect(
            lambda place: self._where.setText(
                tr("place {number} of {count}", number=place + 1, count=len(matches))
            )
        )
        for one in (self.after_button, self.place_button):
            one.setEnabled(bool(matches))
        (self.after_button if sure else self.before_button).setChecked(True)
        self._lay_out()
        self.setFocusProxy(self.waves)

    def _show_timing(self) -> None:
        proposed = self._proposed if self.after_button.isChecked() else None
        self.waves.show_timing(proposed or self._now)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.before_button)
        row.addWidget(self.after_button)
        row.addSpacing(16)
        row.addWidget(self.place_button)
        row.addWidget(self.all_button)
        row.addWidget(self._where)
        row.addStretch(1)
        row.addWidget(label(tr("Wheel or + and − zoom, the arrows go along"), "muted"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.waves, 1)
