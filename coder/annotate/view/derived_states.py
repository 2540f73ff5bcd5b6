"""Keeps the rows of derived states up to date: a while after an edit, never between a key and its picture."""

from collections.abc import Callable, Mapping
from time import perf_counter

from PyQt6.QtCore import QTimer

from coder.annotate.keymap import Do
from coder.annotate.view.content import BenchContent
from coder.annotate.view.rates import Motion
from coder.annotate.view.timeline import Timeline
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.problem import CoderError, CodingError, Problem

_WAIT_MS = 300
_PATIENCE = 20  # in a very long pass it takes longer: then it waits until the coder has paused for longer
_UNSEEN_MS = 15  # between two frames: no picture comes too late for it


class DerivedStates:
    """Computes anew what follows from the codes; a scheme without such states costs nothing.

    Where it takes so long that the film would stumble, it waits until the film stands.
    """

    def __init__(
        self,
        content: BenchContent,
        timeline: Timeline,
        motion: Watched[Motion],
        say: Callable[[str], None],
        refused: Callable[[CoderError], None],
    ) -> None:
        self._content = content
        self._timeline = timeline
        self._motion = motion
        self._took_ms = 0.0
        self._say, self._refused = say, refused
        self._shown = True
        self._stale = False
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._compute)
        if content.derived:
            content.desk.listen(lambda _edit: self._wait())
            motion.listen(self._on_motion)
            self._wait()

    def commands(self) -> Mapping[Do, Callable[[], None]]:
        """What the key does."""
        return {Do.DERIVED: self.toggle}

    def toggle(self) -> None:
        """Show or hide the rows; hidden ones are not computed."""
        if not self._content.derived:
            hint = tr("Only some rules of a scheme give states, such as two codes that hold at once.")
            self._refused(CodingError(Problem(tr("This scheme has no derived states to show."), hint=hint)))
            return
        self._shown = not self._shown
        self._timeline.show_derived(shown=self._shown)
        if self._shown and self._stale:
            self._compute()
        self._say(tr("Derived states are shown.") if self._shown else tr("Derived states are hidden."))

    def stop(self) -> None:
        """Compute nothing any more."""
        self._stale = False
        self._timer.stop()

    def _wait(self) -> None:
        self._stale = True
        self._timer.start()

    def _on_motion(self, motion: Motion) -> None:
        if self._stale and not motion.playing:
            self._timer.start()

    def _compute(self) -> None:
        if self._shown and not (self._motion.value.playing and self._took_ms > _UNSEEN_MS):
            self._stale = False
            began_s = perf_counter()
            self._timeline.set_derived(self._content.derive(self._content.desk.coding))
            self._took_ms = (perf_counter() - began_s) * 1000
            self._timer.setInterval(max(_WAIT_MS, round(_PATIENCE * self._took_ms)))
