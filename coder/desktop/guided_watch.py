"""The first half of a guided step: the film runs from code to code of the master, and each is explained."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap
from coder.annotate.view.content import Painted
from coder.annotate.view.guided_view import GuidedView
from coder.desktop.guided_card import EventCard
from coder.desktop.guided_intro import intro, place, stop_at_each, way_on
from coder.desktop.guided_stops import Stop
from coder.desktop.pieces import button, label, scrolled
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import CodingError, Problem
from coder.workflows.training.results import Watched


class WatchPanel(QWidget):
    """Beside the film. `seen`: the numbers of the stops whose cards were shown. done: go on to what comes next.

    asked: how many questions follow.
    """

    def __init__(
        self,
        watched: Watched,
        keymap: Keymap,
        view: GuidedView,
        stops: tuple[Stop, ...],
        asked: int,
        done: Callable[[], object],
    ) -> None:
        super().__init__()
        self._watched, self._keymap, self._view, self._stops = watched, keymap, view, stops
        self._asked, self._done = asked, done
        self._active = False
        self._to: int | None = None  # the stop that the film runs to
        self._passed: int | None = None  # the frame that was painted last while it runs
        self.at = -1
        self.seen: set[int] = set()
        self.card = EventCard(watched, keymap, view.play_again)
        self.each = QCheckBox(stop_at_each(stops))
        self.each.setChecked(True)
        self.each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back = button("", lambda: self.go(-1))
        self.on = button("", lambda: self.go(+1))
        self.again = button("", self._press_again)
        self.primary = button("", self.press, "primary")
        self.count = label("", "muted", wrap=True)
        self._lay_out()
        view.painted.listen(self._on_painted)
        view.player.motion.listen(lambda _: self._on_motion())
        view.shown.listen(self._on_picked)

    # for the page

    def begin(self) -> None:
        """This half has the film from now on."""
        self._active = True
        self._view.hide_tier(None)
        if self.at >= 0:
            self._show(self.at, film=True)
        self._write()

    def restart(self) -> None:
        """Once more from the start of the clip."""
        self.at = -1
        self._cards.setCurrentIndex(0)
        self._view.shown.set(None)
        self._view.stand_at(self._watched.coding.window.start_us)
        self.begin()

    def leave(self) -> None:
        """The film belongs to somebody else."""
        self._active, self._to = False, None

    def enter(self) -> None:
        """What Enter does: on to the next code; once all were seen, on to what comes after this half."""
        if len(self.seen) == len(self._stops) and not self._view.player.playing:
            self._done()
        else:
            self.play()

    def play(self) -> None:
        """Run to the next code, or stand still if the film runs."""
        view = self._view
        if view.player.playing and view.player.loop.value is not None and self.at >= 0:
            view.stand_at(self._stops[self.at].at_us)  # enough of looking again: back to where it was
        elif view.player.playing:
            view.player.pause()
        elif view.player.front.failed:
            self.go(+1)
        elif not view.ready or view.here is None:
            view.refuse(CodingError(Problem(tr("The film is still being opened."), hint=tr("Wait a moment."))))
        else:
            self._run(self._next(view.here))

    def go(self, by: int) -> None:
        """Explain the next code (by 1) or the one before (by -1), wherever the film is."""
        to = self.at + by
        if 0 <= to < len(self._stops):
            self._show(to, film=True)
        else:
            what = tr("There is no code before this one.") if by < 0 else tr("This was the last code.")
            self._view.refuse(CodingError(Problem(what)))

    def look_again(self) -> None:
        """Play what is explained again and again, with what comes right before it."""
        if self.at < 0:
            self._view.refuse(CodingError(Problem(tr("Nothing is explained yet."))))
        else:
            self._to = None
            self._view.play_again(self._stops[self.at].around)

    def press(self) -> None:
        """What the button does that leads on."""
        self.enter()
        self._view.take_keys()

    # within

    def _press_again(self) -> None:
        self.look_again()
        self._view.take_keys()

    def _next(self, here: int) -> int:
        """The stop to run to from a frame: several may lie on one."""
        if self.at >= 0 and self._frame(self._stops[self.at]) == here:
            return self.at + 1
        return bisect_left(self._stops, here, key=self._frame)

    def _run(self, to: int) -> None:
        view, end_us = self._view, max(self._watched.coding.window.end_us - 1, 0)
        if to < len(self._stops) and self._frame(self._stops[to]) == view.here:
            self._show(to, film=False)
        elif to == len(self._stops) and view.here == view.frame_of(end_us):
            self._say_the_end()
        else:
            self._to = to if to < len(self._stops) and self.each.isChecked() else None
            self._passed = view.here
            view.play_to(self._stops[to].at_us if self._to is not None else end_us)

    def _say_the_end(self) -> None:
        unseen = next((at for at in range(len(self._stops)) if at not in self.seen), None)
        if unseen is None:
            self._view.strip.say(tr("This was the last code. Enter goes on."))
        else:
            self._view.strip.say(tr("This code was not shown yet."))
            self._show(unseen, film=True)

    def _show(self, at: int, *, film: bool) -> None:
        stop = self._stops[at]
        self.at = at
        self.seen.add(at)
        self.card.show_stop(stop)
        self._cards.setCurrentIndex(1)
        self._view.shown.set(stop.event)
        if film:
            self._view.stand_at(stop.at_us)
        self._write()

    def _frame(self, stop: Stop) -> int:
        return self._view.frame_of(stop.at_us)

    def _on_painted(self, painted: Painted | None) -> None:
        """While the film runs forwards, explain what it comes to."""
        player = self._view.player
        if not self._active or painted is None or self._passed is None or player.loop.value is not None:
            return
        if self._to is not None and painted.index >= self._frame(self._stops[self._to]):
            at, self._to = self._to, None
            self._show(at, film=False)
        elif self._to is None and player.playing:
            first = bisect_right(self._stops, self._passed, key=self._frame)
            last = bisect_right(self._stops, painted.index, key=self._frame)
            self._passed = painted.index
            self.seen.update(range(first, last))
            if first < last:
                self._show(last - 1, film=False)

    def _on_motion(self) -> None:
        """The film has begun to run, however it was asked to, or stands."""
        painted = self._view.painted.value
        if self._view.player.playing and self._passed is None and painted is not None:
            self._passed = painted.index
        elif not self._view.player.playing:
            self._passed = None
        self._write()

    def _on_picked(self, event: Event | None) -> None:
        """Somebody has clicked on an event of the timeline."""
        at = next((n for n, stop in enumerate(self._stops) if event is not None and stop.event.id == event.id), -1)
        if self._active and at not in (-1, self.at):
            self._show(at, film=True)

    def _write(self) -> None:
        every, left = len(self._stops), len(self._stops) - len(self.seen)
        self.count.setText(place(self._stops, self.at, left))
        self.back.setEnabled(self.at > 0)
        self.on.setEnabled(self.at + 1 < every)
        self.again.setEnabled(self.at >= 0)
        if self._view.player.playing:
            self.primary.setText(tr("Pause ({key})", key=shown(self._keymap.first_key(Do.PLAY))))
        else:
            self.primary.setText(way_on(self._keymap, self._stops, self.at, left, self._asked))

    def _lay_out(self) -> None:
        keymap = self._keymap
        self.back.setText(tr("← Before ({key})", key=shown(keymap.first_key(Do.EVENT_BACK))))
        self.on.setText(tr("After → ({key})", key=shown(keymap.first_key(Do.EVENT_ON))))
        self.again.setText(tr("Look again ({key})", key=shown(keymap.first_key(Do.REPLAY))))
        for one in (self.back, self.on, self.again, self.primary):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the film
        self._cards = QStackedWidget()
        self._cards.addWidget(scrolled(intro(self._watched, keymap, self._stops, self._asked), tr("What to do")))
        self._cards.addWidget(self.card)
        ways = QHBoxLayout()
        ways.addWidget(self.back, 1)
        ways.addWidget(self.on, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self.count)
        foot.addWidget(self.each)
        foot.addWidget(self.again)
        foot.addLayout(ways)
        foot.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._cards, 1)
        column.addLayout(foot)
