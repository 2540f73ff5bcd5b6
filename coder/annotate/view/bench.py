"""The bench: picture, transport, timeline, palette and inspector around one pass."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from coder.annotate.commands import HOLDABLE, PLAYING
from coder.annotate.keymap import CodeKey, Command, Do, OptionKey
from coder.annotate.view.arrangement import NARROW_PX, Arrangement
from coder.annotate.view.below_film import FIRST_PX, BelowFilm, BelowNews, first_scale
from coder.annotate.view.beside_film import BesideFilm, beside_wishes
from coder.annotate.view.by_interval import ByInterval, Looking
from coder.annotate.view.content import BenchContent, Painted, Place
from coder.annotate.view.editing import Editing, EditingNews
from coder.annotate.view.family import Families
from coder.annotate.view.fullscreen import FullScreen, WallPlace
from coder.annotate.view.keyhelp import KeyHelp, sections
from coder.annotate.view.keys import key_texts
from coder.annotate.view.play_keys import PlayKeys, go_to_typed
from coder.annotate.view.player import Player, PlayerNews
from coder.annotate.view.selection import Selection
from coder.annotate.view.strip import Strip, reaction_badge, sentence
from coder.annotate.view.transport import PlayerState, Transport
from coder.annotate.view.watched import Watched
from coder.annotate.view.watching import Watching
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import CoderError, CodingError
from coder.model.time import Span

_WAVE_ROOM_PX = 60


class Bench(QWidget):
    """Codes one pass. Holds nothing worth saving: every edit is saved before it is painted.

    on_error: told of what is more than a refused stroke (the film cannot be read, an edit cannot be saved); the
    bench has shown it already. Call `shut` before letting the bench go.
    """

    def __init__(self, content: BenchContent, on_error: Callable[[CoderError], None]) -> None:
        super().__init__()
        self._content = content
        self._on_error = on_error
        self.keymap = content.keymap
        self.selection = Selection()
        self.selected, self.also = self.selection.primary, self.selection.also
        self.painted: Watched[Painted | None] = Watched(None)
        self._scale = Watched(first_scale(content))
        locked = content.locked
        self.strip = Strip(tr("Read only") if locked else reaction_badge(content.reaction_us))
        self.families = Families(content.scheme, self.keymap, content.place, self.strip.say)
        self.in_play = self.families.in_play
        news = PlayerNews(self._on_ready, self._on_film_failed, self._on_outline)
        self.player = Player(content, self.painted, news)
        self.editing = Editing(
            content,
            self.selection,
            self.painted,
            EditingNews(self.strip.say, self._on_refused),
            beside=self.player.beside,
            nearest=self.player.nearest,
            rate=lambda: self.player.rate if self.player.playing else 0.0,
        )
        state = PlayerState(self.player.motion, self.player.options, self.player.loop, self.player.left_out)
        self.transport = Transport(
            self.keymap,
            self.painted,
            self.do,
            self.player.set_rate,
            self._go_to_typed,
            self._focus_timeline,
            state,
        )
        pictures = WallPlace(self.player.cameras.wall, self.keymap.first_key(Do.FULL_SCREEN))
        self.full_screen = FullScreen(
            pictures,
            self.keyPressEvent,
            said=lambda: "    ".join(filter(None, (self.side.prompt.words, self.strip.text))),
            frame=lambda: self.transport.frame_text,
            wants_bench=lambda: self.key_help.isVisible() or isinstance(self.focusWidget(), QLineEdit),
        )
        self.painted.listen(lambda _: self.full_screen.refresh())
        self._play_keys = PlayKeys(
            self.player,
            self.full_screen,
            self.selected,
            lambda: self._window,
            self.transport.type_time,
            self._on_refused,
        )
        self.time = BelowFilm(
            content,
            self._scale,
            self.selection,
            self.painted,
            self.in_play,
            self.editing,
            self.player,
            BelowNews(self.strip.say, self._on_refused, self.do),
        )
        self.timeline, self.overview = self.time.timeline, self.time.overview
        watching = Watching(content, self.player, self.editing, self.painted)
        wishes = beside_wishes(self.editing, self._focus_timeline, self.player, watching, self.strip.say)
        self.side = BesideFilm(
            content.desk,
            self.time.lanes,
            self.keymap,
            self.families,
            self.selection,
            self.painted,
            wishes,
            locked=locked,
        )
        self.palette_of_codes, self.definition = self.side.palette, self.side.definition
        self.inspector = self.side.inspector
        self.strip.begin_with(self.side.prompt)
        looking = Looking(self.painted, self.selected, self.in_play)
        self.by_interval = ByInterval(content.desk, self.keymap, self.player, looking, wishes.press, locked=locked)
        self.key_help = KeyHelp(self, sections(content.scheme, self.keymap))
        self._arrangement = Arrangement(
            self,
            film=(pictures, self.by_interval.lines, self.transport),
            time=(self.timeline, self.overview),
            right=(self.side.codes, self.definition, self.side.details),
            instead=self.side.answers.panel,
            below=self.strip,
            wide=self.palette_of_codes.wants_room(NARROW_PX),
        )
        self.side.codes.pad_shown.listen(self._arrangement.show_pad)
        self.side.answers.on.listen(self._arrangement.show_instead)
        self.in_play.listen(self._keep_place)
        self.painted.listen(self._keep_place)
        self._scale.listen(self._keep_place)
        self.setFocusProxy(self.timeline)
        # A click on anything that does not take keys itself gives them back to coding, from a text field too.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.strip.say(content.remark)
        if locked:
            submitted = tr("This pass is submitted: look, but nothing can be changed.")
            reading = tr("This pass is open for reading only: look, but nothing can be changed.")
            self.strip.say(submitted if content.desk.locked else reading)
        if self.keymap.problems:
            self.strip.refuse("  ".join(str(problem) for problem in self.keymap.problems), lasts=True)

    # for the window around the bench

    def do(self, do: Do, *, held: bool = False) -> None:
        """Run a command, as its key does. held: its key repeats."""
        self.time.led_by(do)
        if self.keymap.command(do).group != PLAYING:  # who stops the film wants to read what was refused
            self.strip.calm()
        self._commands(held=held)[do]()

    def select(self, event: Event | None) -> None:
        """Select an event of the pass; what was being typed belongs to the one selected before."""
        self._focus_timeline()
        self.selected.set(event)

    def go_to(self, at_us: int) -> None:
        """Show the frame at a session time."""
        self.player.go_to(at_us)

    def place(self) -> Place:
        """Where the coder is: the frame on the screen, what the timeline shows, which tiers are in play."""
        painted, scale = self.painted.value, self._scale.value
        at_us = painted.at_us if painted is not None else self._window.start_us
        return self.families.placed(Place(at_us, scale.start_us, scale.us_per_px * scale.width_px / FIRST_PX))

    def _keep_place(self, _changed: object) -> None:
        if self.painted.value is not None:  # before the first frame nobody is anywhere
            self._content.keep_place(self.place())

    def sizes(self) -> dict[str, str]:
        """How the parts share the window, as text to keep."""
        return self._arrangement.sizes()

    def set_sizes(self, sizes: Mapping[str, str]) -> None:
        """Share the window as `sizes` said; what is missing or damaged is left as it is."""
        self._arrangement.set_sizes(sizes)

    def shut(self) -> None:
        """Stop playing and end all threads; may be called twice."""
        self.full_screen.close()
        self.player.shut()
        self.time.stop()
        self.side.mending.stop()

    # Qt's events

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        meaning = self.keymap.first_meaning(key_texts(a0), self.selected.value)
        do = meaning.do if isinstance(meaning, Command) else None
        if a0.isAutoRepeat() and do not in HOLDABLE:
            return
        if self.key_help.isVisible() and do not in (Do.KEYS, Do.DESELECT):
            return  # what is coded must be seen
        if self.side.answers.takes(key_texts(a0)):
            return
        if isinstance(meaning, Command):
            self.do(meaning.do, held=a0.isAutoRepeat())
        elif isinstance(meaning, CodeKey):
            self._code(meaning)
        elif isinstance(meaning, OptionKey):
            self.editing.option(meaning.modifier.id, meaning.value)
        elif not self.side.rating.take(key_texts(a0)):
            super().keyPressEvent(a0)

    def showEvent(self, a0: QShowEvent | None) -> None:
        super().showEvent(a0)
        time_px = self.timeline.content_height() + self.overview.height() + _WAVE_ROOM_PX
        self._arrangement.give_room(time_px, self.side.codes.wide_px, self.side.codes.needed_px)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self.key_help.setGeometry(self.rect().adjusted(24, 24, -24, -24))

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        self.shut()
        super().closeEvent(a0)

    # commands

    def _commands(self, *, held: bool) -> dict[Do, Callable[[], None]]:
        return {
            Do.DESELECT: self._deselect,
            Do.KEYS: self.key_help.toggle,
            **self.editing.commands(),
            **self._play_keys.commands(held=held),
            **self.families.commands(),
            **self.side.commands(),
            **self.time.commands(),
            **self.side.rating.commands(),
            **self.by_interval.commands(),
            **self.side.answers.commands(),
        }

    def _code(self, meaning: CodeKey) -> None:
        try:
            self.families.check(meaning)
        except CodingError as error:
            self._on_refused(error)
        else:
            self.editing.code(meaning.tier.id, meaning.code.id)

    @property
    def _window(self) -> Span:
        return self._content.desk.coding.window

    def _deselect(self) -> None:
        if self.key_help.isVisible():
            self.key_help.toggle()
        elif not self.side.later():
            self.selected.set(None)
        self._focus_timeline()

    def _go_to_typed(self, text: str) -> None:
        go_to_typed(self.player, text, self._on_refused)

    def _focus_timeline(self) -> None:
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    # what the parts tell

    def _on_ready(self, frame_count: int) -> None:
        self.transport.set_count(frame_count)
        self.timeline.repaint_rows()  # its ruler shows the frames of the film in front

    def _on_outline(self, outline: NDArray[np.int16]) -> None:
        self.time.set_outline(outline)

    def _on_film_failed(self, error: CoderError) -> None:
        self.strip.refuse(sentence(error), lasts=True)
        self._on_error(error)

    def _on_refused(self, error: CoderError) -> None:
        self.strip.refuse(sentence(error), lasts=not isinstance(error, CodingError))
        self.inspector.refresh()
        if not isinstance(error, CodingError):
            self.player.pause()  # on the frame that could not be coded, to code it again
            self._on_error(error)
