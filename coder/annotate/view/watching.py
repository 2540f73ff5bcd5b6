"""What the ratings need of the film: the stretch that was just seen, and playing a moment once."""

from coder.annotate.moments import just_seen
from coder.annotate.view.editing import Editing
from coder.annotate.view.player import Player
from coder.model.time import Span


class Watching:
    """Free of widgets."""

    def __init__(self, player: Player, editing: Editing) -> None:
        self._player = player
        self._editing = editing

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
