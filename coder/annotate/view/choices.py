"""What a person has chosen for the bench on this machine, and the keys that change it."""

from collections.abc import Callable
from dataclasses import replace

from coder.annotate.view.content import Options
from coder.annotate.view.watched import Watched
from coder.media.frame import MOST_LIFT


class Choices:
    """Holds the `options`: the player follows them, the transport shows them, `keep` is told of each change."""

    def __init__(self, options: Options, keep: Callable[[Options], None]) -> None:
        self.options = Watched(options)
        self.options.listen(keep)

    def brighten(self, by: int) -> None:
        """Lift dim film by so many steps more, or less below 0."""
        now = self.options.value
        self.options.set(replace(now, brightness=min(max(now.brightness + by, 0), MOST_LIFT)))

    def as_filmed(self) -> None:
        """No brighter than filmed."""
        self.options.set(replace(self.options.value, brightness=0))

    def next_persons(self) -> None:
        """Over the pictures: nothing, who is who, and where they look."""
        self.options.set(replace(self.options.value, persons=(self.options.value.persons + 1) % 3))

    def mute(self) -> None:
        """Sound on or off."""
        self.options.set(replace(self.options.value, muted=not self.options.value.muted))

    def sound_steps(self) -> None:
        """A snatch of sound with each step, or none."""
        self.options.set(replace(self.options.value, step_sound=not self.options.value.step_sound))
