"""What the walk through one pass, or through two, is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from coder.annotate.desk import Desk, submitted
from coder.annotate.keymap import KeyChoices, Keymap
from coder.annotate.view.asked import Asked
from coder.annotate.view.content import BenchContent, Camera, FindPersons, Options
from coder.annotate.view.lanes import Lanes
from coder.language import tr
from coder.model.coding import CodingPass, Event
from coder.model.disagreement import Disagreement
from coder.model.edit import Edit
from coder.model.evidence import Question
from coder.model.scheme import Scheme
from coder.model.study import Session
from coder.model.track import FeatureTrack


@dataclass(frozen=True)
class Side:
    """One who coded, and what. letter: A or B; "" where there is only one."""

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
        """`A · Robin`, or the name alone."""
        return f"{self.letter} · {self.name}" if self.letter else self.name


@dataclass(frozen=True, slots=True)
class Said:
    """Words about what is asked. heading: "" for none."""

    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class WalkContent:
    """A submitted pass of a session, or two, to be looked at; nothing of them can be changed here.

    pass_b: None where there is one alone. differences: where two differ, in order of time. questions: what
    evidence asks about, in order of time. facts: what was measured where something is asked about, in sentences.
    levels: where a rule decides, by tier, code and id of the signal. name_a, name_b: the coders. letters: what two
    are told apart by beside their names. said: words about what is asked, above the cards of both, A's note
    among them; None: there are none, and A's note stands with its code. marks_name: what the row of differences is
    called. tracks, persons, keys, options and keep_options are those of `BenchContent`.
    """

    scheme: Scheme
    session: Session
    cameras: tuple[Camera, ...]
    pass_a: CodingPass
    pass_b: CodingPass | None
    name_a: str
    name_b: str
    differences: Sequence[Disagreement]
    questions: Sequence[Question] = ()
    persons: FindPersons | None = None
    facts: Callable[[Asked], Sequence[str]] = lambda _: ()
    levels: Mapping[tuple[str, str, str], float] = field(default_factory=dict)
    letters: tuple[str, str] = ("A", "B")
    said: Callable[[Asked], Sequence[Said]] | None = None
    marks_name: str = field(default_factory=lambda: tr("Disagreements"))
    tracks: tuple[FeatureTrack, ...] = ()
    keys: KeyChoices = field(default_factory=KeyChoices)
    options: Options = field(default_factory=Options)
    keep_options: Callable[[Options], None] = lambda _: None

    @cached_property
    def a(self) -> Side:
        """The side that the classes of the disagreements are seen from."""
        letter = self.letters[0] if self.pass_b is not None else ""
        return Side(letter, self.name_a, Desk(self.pass_a, _refuse, self.scheme))

    @cached_property
    def b(self) -> Side | None:
        """The other one."""
        if self.pass_b is None:
            return None
        return Side(self.letters[1], self.name_b, Desk(self.pass_b, _refuse, self.scheme))

    @property
    def sides(self) -> tuple[Side, ...]:
        """A, and B if there are two."""
        return (self.a,) if self.b is None else (self.a, self.b)

    def side_of(self, question: Question) -> Side:
        """Whose pass a question is about."""
        return next((side for side in self.sides if side.desk.coding.header.id == question.pass_id), self.a)

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
            persons=self.persons,
            readonly=True,
            keys=self.keys,
            options=self.options,
            keep_options=self.keep_options,
        )


def _refuse(_edit: Edit) -> None:
    raise submitted()
