"""Coding by intervals on the bench: the film stops at each interval's end, and a quiet line asks for its code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from coder.annotate.desk import Desk
from coder.annotate.families import InPlay
from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap
from coder.annotate.sampling import Frame, Interval, beside, interval_at, looked_at, sampled, stop_after
from coder.annotate.view.chips import Chip
from coder.annotate.view.content import Painted
from coder.annotate.view.player import Player
from coder.annotate.view.watched import Watched
from coder.language import later, tr
from coder.model.coding import Event
from coder.model.scheme import Code, Sampling, Tier


@dataclass(frozen=True, slots=True)
class Looking:
    """What the coder sees: the frame on the screen, the selected event, the tiers in play."""

    painted: Watched[Painted | None]
    selected: Watched[Event | None]
    in_play: Watched[InPlay]


_UNDER_WAY = {
    Sampling.PARTIAL: later("{tier}: interval {number} of {all}, for what is seen in some of it"),
    Sampling.WHOLE: later("{tier}: interval {number} of {all}, for what lasts all through it"),
    Sampling.MOMENTARY: later("{tier}: interval {number} of {all}, judged at its last frame"),
}
_ASKED = {
    Sampling.PARTIAL: later("{tier}: interval {number} of {all}. What was seen in some of it?"),
    Sampling.WHOLE: later("{tier}: interval {number} of {all}. What lasted all through it?"),
    Sampling.MOMENTARY: later("{tier}: interval {number} of {all}. What is seen at this very frame?"),
}


class ByInterval:
    """Plays from interval to interval, and shows the line that asks. press: code, as the key of a code does."""

    def __init__(
        self,
        desk: Desk,
        keymap: Keymap,
        player: Player,
        looking: Looking,
        press: Callable[[Tier, Code], None],
        *,
        locked: bool,
    ) -> None:
        self._desk = desk
        self._player = player
        self._looking = looking
        self._lines = {tier.id: IntervalLine(tier, keymap, press, locked=locked) for tier in sampled(desk.scheme)}
        self.lines = QWidget()
        column = QVBoxLayout(self.lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in self._lines.values():
            column.addWidget(line)
        self.lines.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if self._lines:
            looking.painted.listen(lambda _: self._look())
            looking.in_play.listen(lambda _: self._look())
            desk.listen(lambda _: self._look())
        self._look()

    def commands(self) -> Mapping[Do, Callable[[], None]]:
        """What the keys do while a tier of intervals is in play; nothing else than usual if none is."""
        if self._lead() is None:
            return {}
        go = {Do.INTERVAL_BACK: partial(self._go, -1), Do.INTERVAL_ON: partial(self._go, +1)}
        return go if self._player.playing else {**go, Do.PLAY: self._play}

    def _tiers(self) -> tuple[Tier, ...]:
        return sampled(self._desk.scheme, self._looking.in_play.value.tiers)

    def _lead(self) -> Tier | None:
        """The tier whose intervals are gone through: that of the selected event, else the first."""
        tiers, event = self._tiers(), self._looking.selected.value
        chosen = (tier for tier in tiers if event is not None and tier.id == event.tier)
        return next(chosen, tiers[0] if tiers else None)

    def _frame(self) -> Frame | None:
        painted = self._looking.painted.value
        return Frame(painted.at_us, self._player.beside(painted.at_us, +1)) if painted is not None else None

    def _play(self) -> None:
        """To the nearest end of an interval; behind the last one as far as the film goes."""
        frame = self._frame()
        end_us = stop_after(self._tiers(), self._desk.coding.window, frame) if frame is not None else None
        if end_us is None:
            self._player.play()
        else:
            self._player.play_until(end_us)

    def _go(self, step: int) -> None:
        tier, painted = self._lead(), self._looking.painted.value
        if tier is None or painted is None:
            return
        span = beside(tier, self._desk.coding.window, painted.at_us, step)
        if span is not None:
            self._player.go_to(looked_at(tier, span))

    def _look(self) -> None:
        frame, in_play = self._frame(), self._looking.in_play.value
        for tier in sampled(self._desk.scheme):
            line = self._lines[tier.id]
            line.setVisible(tier.id in in_play)
            if tier.id in in_play:
                line.show_interval(interval_at(self._desk.coding, tier, frame) if frame is not None else None)


class IntervalLine(QWidget):
    """One line for one tier: which interval is on the screen, what is asked, its codes with their keys."""

    def __init__(self, tier: Tier, keymap: Keymap, press: Callable[[Tier, Code], None], *, locked: bool) -> None:
        super().__init__()
        self._tier = tier
        self._space = shown(keymap.command(Do.PLAY).keys[0]) if keymap.command(Do.PLAY).keys else ""
        self._interval: Interval | None = None
        self._words = QLabel()
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._chips: dict[str, Chip] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 12, 3)
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        for code in tier.codes:
            key = keymap.key_of(tier.id, code.id)
            chip = Chip(code.label, key, of=tier.label, chosen=False, press=partial(press, tier, code))
            chip.setEnabled(not locked)
            chip.clicked.connect(lambda _: self._tick())  # a click alone ticks nothing: what is saved does
            self._chips[code.id] = chip
            row.addWidget(chip)
        self.setAccessibleName(tier.label)
        self._say(None)

    @property
    def text(self) -> str:
        """What the line says now."""
        return self._words.text()

    def show_interval(self, interval: Interval | None) -> None:
        """Tell of an interval; None: the frame on the screen lies in none."""
        if interval != self._interval:
            self._interval = interval
            self._say(interval)

    def _say(self, interval: Interval | None) -> None:
        text = line_text(interval, self._space) if interval is not None else ""
        asks = interval is not None and interval.at_end and not interval.codes
        self._words.setText(text or tr("{tier}: no interval here", tier=self._tier.label))
        self._words.setToolTip(self._words.text())
        self._words.setProperty("role", "asked" if asks else "muted")
        style = self._words.style()
        if style is not None:
            style.polish(self._words)
        for chip in self._chips.values():
            chip.setVisible(interval is not None)
        self._tick()

    def _tick(self) -> None:
        codes = self._interval.codes if self._interval is not None else frozenset()
        for code_id, chip in self._chips.items():
            chip.setChecked(code_id in codes)


def line_text(interval: Interval, play_key: str) -> str:
    """The words for an interval: where it is, what its codes mean, and at its end the question."""
    values = {"tier": interval.tier.label, "number": interval.number, "all": interval.count}
    if not interval.at_end:
        return tr(_UNDER_WAY[interval.tier.sampling or Sampling.PARTIAL], **values)
    if not interval.codes:
        return tr(_ASKED[interval.tier.sampling or Sampling.PARTIAL], **values)
    if interval.last:
        return tr("{tier}: interval {number} of {all}, the last", **values)
    return tr("{tier}: interval {number} of {all}. {key} plays the next.", **values, key=play_key)
