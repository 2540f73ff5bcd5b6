"""What the walk through the disagreements of two passes is given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from coder.annotate.desk import Desk, submitted
from coder.annotate.keymap import KeyChoices, Keymap
from coder.annotate.view.content import BenchContent, Camera, Options
from coder.annotate.view.lanes import Lanes
from coder.model.coding import CodingPass, Event
from coder.model.disagreement import Disagreement
from coder.model.edit import Edit
from coder.model.scheme import Scheme
from coder.model.study import Session
from coder.model.track import FeatureTrack


@dataclass(frozen=True)
class Side:
    """One of the two: who coded, and what."""

    letter: str
    name: str
    desk: Desk

    @cached_property
    def lanes(self) -> Lanes:
        """The pass sorted out by code."""
        return Lanes(self.desk)

    @cached_property
    def events(self) -> dict[str, Event]:
        """By id."""
        return {event.id: event for event in self.desk.coding}

    @property
    def title(self) -> str:
        """`A · Robin`."""
        return f"{self.letter} · {self.name}"


@dataclass(frozen=True, kw_only=True)
class WalkContent:
    """Two submitted passes of one session, to be looked at together; nothing of them can be changed here.

    differences: where they differ, in order of time. name_a, name_b: the coders. tracks, keys, options and
    keep_options are those of `BenchContent`.
    """

    scheme: Scheme
    session: Session
    cameras: tuple[Camera, ...]
    pass_a: CodingPass
    pass_b: CodingPass
    name_a: str
    name_b: str
    differences: Sequence[Disagreement]
    tracks: tuple[FeatureTrack, ...] = ()
    keys: KeyChoices = field(default_factory=KeyChoices)
    options: Options = field(default_factory=Options)
    keep_options: Callable[[Options], None] = lambda _: None

    @cached_property
    def a(self) -> Side:
        """The side that the classes of the disagreements are seen from."""
        return Side("A", self.name_a, Desk(self.pass_a, _refuse, self.scheme))

    @cached_property
    def b(self) -> Side:
        """The other one."""
        return Side("B", self.name_b, Desk(self.pass_b, _refuse, self.scheme))

    @cached_property
    def keymap(self) -> Keymap:
        """The keys in force on the bench."""
        return Keymap(self.scheme, self.keys)

    @cached_property
    def bench(self) -> BenchContent:
        """What the parts that are shared with the bench are given: A's pass, to be looked at."""
        return BenchContent(
            desk=self.a.desk,
            scheme=self.scheme,
            session=self.session,
            cameras=self.cameras,
            tracks=self.tracks,
            readonly=True,
            keys=self.keys,
            options=self.options,
            keep_options=self.keep_options,
        )


def _refuse(_edit: Edit) -> None:
    raise submitted()
