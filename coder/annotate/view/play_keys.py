"""The commands that play, step, loop, and look at the pictures."""

from collections.abc import Callable
from dataclasses import dataclass

from coder.annotate.keymap import Do
from coder.annotate.view.editing import nothing_selected
from coder.annotate.view.fullscreen import FullScreen
from coder.annotate.view.player import Player
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import CoderError, CodingError, Problem
from coder.model.time import SECOND_US, Span, parse_clock

# A moment is looped with so much before and after it.
_AROUND_US = SECOND_US

_NOTCHES = 2


def film_commands(
    player: Player, window: Callable[[], Span], type_time: Callable[[], None], *, held: bool
) -> dict[Do, Callable[[], None]]:
    """What plays and steps any film, goes to a place in it and enlarges its picture.

    window: where it begins and ends. type_time: put the focus where a time is typed. held: the key repeats.
    """
    choices = player.choices
    return {
        Do.PLAY: player.pause if player.playing else player.play,
        Do.PAUSE: player.pause,
        Do.SHUTTLE_BACK: lambda: player.shuttle(-1),
        Do.SHUTTLE_ON: lambda: player.shuttle(+1),
        Do.SLOWER: lambda: player.faster(-1),
        Do.FASTER: lambda: player.faster(+1),
        Do.BACK_FRAME: lambda: player.step(-1, held=held),
        Do.NEXT_FRAME: lambda: player.step(+1, held=held),
        Do.BACK_STRIDE: lambda: player.stride(-1, held=held),
        Do.NEXT_STRIDE: lambda: player.stride(+1, held=held),
        Do.BACK_SECOND: lambda: player.step_seconds(-1, held=held),
        Do.NEXT_SECOND: lambda: player.step_seconds(+1, held=held),
        Do.REPLAY: player.replay,
        Do.MUTE: choices.mute,
        Do.GO_START: lambda: player.go_to(window().start_us),
        Do.GO_END: lambda: player.go_to(window().end_us - 1),
        Do.GO_TIME: type_time,
        Do.PICTURE_LARGER: lambda: player.picture.enlarge(+_NOTCHES),
        Do.PICTURE_SMALLER: lambda: player.picture.enlarge(-_NOTCHES),
        Do.PICTURE_WHOLE: player.whole_picture,
        Do.BRIGHTER: lambda: choices.brighten(+1),
        Do.DARKER: lambda: choices.brighten(-1),
    }


def go_to_typed(player: Player, text: str, refuse: Callable[[CoderError], None]) -> None:
    """Go to a time that a person typed, or say why it is none."""
    try:
        player.go_to(parse_clock(text))
    except ValueError as error:
        refuse(CodingError(Problem(f"{error}.")))


@dataclass(frozen=True, slots=True)
class PlayKeys:
    """window: the coded one. type_time: put the focus where a time is typed. refuse: say what cannot be done."""

    player: Player
    screen: FullScreen
    selected: Watched[Event | None]
    window: Callable[[], Span]
    type_time: Callable[[], None]
    refuse: Callable[[CoderError], None]

    def commands(self, *, held: bool) -> dict[Do, Callable[[], None]]:
        """What each command does. held: its key repeats."""
        player = self.player
        return {
            **film_commands(player, self.window, self.type_time, held=held),
            Do.STEP_SOUND: player.choices.sound_steps,
            Do.LOOP: self._loop,
            Do.LOOP_FROM: player.loop_from,
            Do.LOOP_TO: player.loop_to,
            Do.GO_ONSET: self._go_to_onset,
            Do.NEXT_CAMERA: self._next_camera,
            Do.PERSONS: self._persons,
            Do.FULL_SCREEN: self.screen.toggle,
        }

    def _next_camera(self) -> None:
        if self.player.cameras.next_ready() is None:
            self.refuse(CodingError(Problem(tr("There is no other camera that can be shown."))))
        else:
            self.player.next_camera()

    def _persons(self) -> None:
        if self.player.shows_persons:
            self.player.choices.next_persons()
        else:
            what = tr("Who is seen in the pictures cannot be shown here.")
            hint = tr("It is shown once the pictures are measured and everybody has submitted.")
            self.refuse(CodingError(Problem(what, hint=hint)))

    def _go_to_onset(self) -> None:
        if self.selected.value is None:
            self.refuse(nothing_selected())
        else:
            self.player.go_to(self.selected.value.onset_us)

    def _loop(self) -> None:
        span = self._selected_span()
        if span is None and self.player.loop.value is None:
            hint = tr("Select the one to loop, or set the ends of a loop.")
            self.refuse(CodingError(Problem(tr("No event is selected."), hint=hint)))
        else:
            self.player.toggle_loop(span)

    def _selected_span(self) -> Span | None:
        event = self.selected.value
        if event is None:
            return None
        if event.span.is_moment:
            return Span(max(event.onset_us - _AROUND_US, 0), event.onset_us + _AROUND_US)
        return event.span
