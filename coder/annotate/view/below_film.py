"""What stands below the film: timeline and overview, and the keys that select, go, zoom and edit groups."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPoint
from PyQt6.QtWidgets import QWidget

from coder.annotate.commands import GOING, PLAYING
from coder.annotate.families import InPlay
from coder.annotate.keymap import Do
from coder.annotate.view.canvas import TimelineState
from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.derived_states import DerivedStates
from coder.annotate.view.editing import Editing
from coder.annotate.view.frames import FrameMark
from coder.annotate.view.go_keys import GoKeys, Ways
from coder.annotate.view.grouping import Grouping
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.listening import Listening
from coder.annotate.view.menu import MenuWishes, event_menu, open_menu
from coder.annotate.view.opening import OUTLINE_HZ
from coder.annotate.view.overview import Overview
from coder.annotate.view.player import Player
from coder.annotate.view.pointer import PointerWishes
from coder.annotate.view.scale import Scale
from coder.annotate.view.select_keys import SelectKeys
from coder.annotate.view.selection import Selection
from coder.annotate.view.timeline import Timeline, TimelineWishes
from coder.annotate.view.watched import Watched
from coder.annotate.view.wave import Spectrum, Wave, on_session_clock
from coder.language import tr
from coder.media.spectrogram import FACTOR, STEP_US, Levels
from coder.model.coding import Event
from coder.model.problem import CoderError, CodingError, MediaError, Problem
from coder.model.time import SECOND_US, Span

FIRST_PX = 1000
"""The width for which it is kept what the timeline showed."""

_FIRST_SIGHT_US = 120 * SECOND_US


@dataclass(frozen=True, slots=True)
class BelowNews:
    """Whom this side tells: what happened, and what could not be done. do: runs a command of the bench."""

    say: Callable[[str], None]
    refused: Callable[[CoderError], None]
    do: Callable[[Do], None]


class BelowFilm:
    """The parts below the film, and what their keys do."""

    def __init__(
        self,
        content: BenchContent,
        scale: Watched[Scale],
        selection: Selection,
        painted: Watched[Painted | None],
        in_play: Watched[InPlay],
        editing: Editing,
        player: Player,
        told: BelowNews,
    ) -> None:
        self._content = content
        self._player = player
        self._editing = editing
        self._selection = selection
        self._told = told
        self.lanes = Lanes(content.desk)
        self.grouping = Grouping(
            content, selection, editing, told.say, told.refused, beside=player.beside, nearest=player.nearest
        )
        self._select_keys = SelectKeys(content, selection, painted, in_play, told.refused)
        ways = Ways(player.go_to, player.beside, told.say, told.refused)
        self._go_keys = GoKeys(content, self.lanes, selection, painted, in_play, ways)
        loop: Watched[Span | None] = player.loop
        pointer = PointerWishes(
            lambda at_us: player.go_to(at_us, quick=True), editing.place, self.grouping.move, player.nearest
        )
        self.timeline = Timeline(
            content,
            TimelineState(scale, selection, painted, in_play, loop),
            self.lanes,
            TimelineWishes(pointer, self._open_menu, self.frame_at),
        )
        self.overview = Overview(content, scale, painted)
        self._derived = DerivedStates(content, self.timeline, player.motion, told.say, told.refused)
        self._listening = Listening(content.cache)
        self._listening.heard.connect(self._on_heard)
        self._listening.failed.connect(self._on_unheard)
        self._listening.progressed.connect(self._on_hearing)

    def commands(self) -> Mapping[Do, Callable[[], None]]:
        """What the keys of this side do."""
        timeline = self.timeline
        return {
            Do.ZOOM_IN: lambda: timeline.zoom(1.5),
            Do.ZOOM_OUT: lambda: timeline.zoom(1 / 1.5),
            Do.ZOOM_ALL: timeline.zoom_all,
            Do.ZOOM_FRAMES: timeline.zoom_frames,
            Do.SOUND_ROW: self.next_sound,
            **self._derived.commands(),
            **self._select_keys.commands(),
            **self._go_keys.commands(),
            **self.grouping.commands(),
        }

    def led_by(self, do: Do) -> None:
        """A command is about to run: one that plays, steps or goes somewhere brings the playhead into sight."""
        if self._content.keymap.command(do).group in (PLAYING, GOING):
            self.timeline.come_back()

    def set_outline(self, outline: NDArray[np.int16]) -> None:
        """Show the outline of the sound of the first film."""
        start_us, step_us = on_session_clock(self._content.media, SECOND_US / OUTLINE_HZ)
        self.timeline.set_wave(Wave(outline, start_us, step_us))

    def frame_at(self, at_us: int) -> FrameMark | None:
        """The frame of the film in front at a session time."""
        front = self._player.front
        if not front.ready:
            return None
        number = front.frame_at(at_us)
        return FrameMark(number, Span(front.onset_us(number), front.offset_us(number)))

    def next_sound(self) -> None:
        """Waveform, spectrogram, both: the next of them, of the first film whichever is in front.

        The spectrogram is computed when first asked for.
        """
        index = self._player.cameras.all[0].index
        if index is None or not (self.timeline.sound.wave or self.timeline.sound.spectrum):
            what, hint = tr("There is no sound to show."), tr("The film has none, or it is being read.")
            self._told.refused(CodingError(Problem(what, hint=hint)))
            return
        self.timeline.show_sound(self.timeline.sound.next())
        if self.timeline.sound.spectrum and not self._listening.started:
            self._on_hearing(0.0)
            self._listening.start(index)

    def stop(self) -> None:
        """End the thread that listens, and compute nothing any more."""
        self._listening.stop()
        self._derived.stop()

    def _on_heard(self, levels: Levels) -> None:
        start_us, step_us = on_session_clock(self._content.media, STEP_US)
        self.timeline.set_spectrum(Spectrum(levels, FACTOR, start_us, step_us))

    def _on_hearing(self, share: float) -> None:
        self.timeline.set_spectrum(None, tr("Computing the spectrogram … {share}", share=f"{share:.0%}"))

    def _on_unheard(self, error: MediaError) -> None:
        self.timeline.set_spectrum(None, str(error))

    def _open_menu(self, event: Event, at: QPoint) -> None:
        wishes = MenuWishes(self._told.do, self.grouping.recode, self.grouping.copy_to)
        content = self._content
        items = event_menu(content.scheme, content.keymap, self._selection, event, wishes, locked=content.locked)
        open_menu(_window(self.timeline), items, at)


def first_scale(content: BenchContent) -> Scale:
    """What the timeline shows at first: what it showed before, else the beginning of the session."""
    place, bounds = content.place, content.bounds
    if place is not None and place.us_per_px > 0:
        return Scale(place.start_us, place.us_per_px, FIRST_PX)
    first = Span(bounds.start_us, min(bounds.end_us, bounds.start_us + _FIRST_SIGHT_US))
    return Scale.fitting(first, FIRST_PX)


def _window(part: QWidget) -> QWidget:
    return part.window() or part
