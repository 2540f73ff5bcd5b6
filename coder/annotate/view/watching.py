"""What the ratings need of the film: what was just seen, a moment played once, how often a segment was watched."""

from collections.abc import Mapping

from coder.annotate.moments import just_seen
from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.editing import Editing
from coder.annotate.view.player import Player
from coder.annotate.view.rates import Motion
from coder.annotate.view.watched import Watched
from coder.annotate.viewing import FASTEST, MOST_LEFT_OUT_US, Watch, viewings_of, watched_segments
from coder.model.problem import CoderError
from coder.model.time import Span


class Watching:
    """Free of widgets. `times`: how often each segment has been watched; a viewing is kept when it is finished."""

    def __init__(
        self, content: BenchContent, player: Player, editing: Editing, painted: Watched[Painted | None]
    ) -> None:
        self._content = content
        self._player = player
        self._editing = editing
        self._painted = painted
        self.times: Watched[Mapping[Span, int]] = Watched(viewings_of(content.viewings))
        self._running = False
        self._before: Painted | None = None
        segments = () if content.locked else watched_segments(content.desk.coding, content.scheme)
        self._watch = Watch(segments)
        if segments:
            player.motion.listen(self._on_motion)
            painted.listen(self._on_painted)

    def seen(self) -> Span:
        """What one key marks: the loop, or the last seconds up to the frame on the screen.

        Raises CodingError if there is no picture.
        """
        at_us = self._editing.at_us()
        front = self._player.front
        frame = Span(at_us, max(at_us, front.offset_us(front.frame_at(at_us))))
        return just_seen(frame, self._player.options.value.replay_us, self._player.loop.value)

    def play(self, moment: Span) -> None:
        """Play a moment from its start, and stand still at its end."""
        self._player.go_to(moment.start_us)
        self._player.play_until(moment.end_us)

    def _on_motion(self, motion: Motion) -> None:
        self._running = motion.playing and 0 < motion.rate <= FASTEST
        self._before = self._painted.value if self._running else None

    def _on_painted(self, painted: Painted | None) -> None:
        if not self._running or painted is None:
            return
        before, self._before = self._before, painted
        skipped = before is None or not 0 < painted.at_us - before.at_us <= MOST_LEFT_OUT_US
        start_us = painted.at_us if before is None or skipped else before.at_us
        front = self._player.front
        film = Span(front.onset_us(0), front.offset_us(front.last))
        for segment in self._watch.saw(Span(start_us, max(start_us, front.offset_us(painted.index))), film):
            self._keep(segment)

    def _keep(self, segment: Span) -> None:
        try:
            self._content.keep_viewing(segment)
        except CoderError as error:
            self._editing.refuse(error)
        else:
            self.times.set({**self.times.value, segment: self.times.value.get(segment, 0) + 1})
