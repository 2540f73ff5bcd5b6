"""The keys that go somewhere: to events, boundaries and disagreements before and after the frame on the screen."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coder.annotate.families import InPlay
from coder.annotate.keymap import Do
from coder.annotate.view import seeking
from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import row_tiers
from coder.annotate.view.selection import Selection
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.coding import Event
from coder.model.disagreement import Disagreement
from coder.model.problem import CodingError, Problem
from coder.model.scheme import TierKind


@dataclass(frozen=True, slots=True)
class Ways:
    """How to get there. to: show the frame at a time. beside: the onset of the frame some frames after a time."""

    to: Callable[[int], None]
    beside: Callable[[int, int], int]
    say: Callable[[str], None]
    refused: Callable[[CodingError], None]


class GoKeys:
    """Takes the frame on the screen as the place to start from, and looks in the tiers that are in play."""

    def __init__(
        self,
        content: BenchContent,
        lanes: Lanes,
        selection: Selection,
        painted: Watched[Painted | None],
        in_play: Watched[InPlay],
        ways: Ways,
    ) -> None:
        self._content = content
        self._lanes = lanes
        self._selection = selection
        self._painted = painted
        self._in_play = in_play
        self._ways = ways

    def commands(self) -> dict[Do, Callable[[], None]]:
        """What the keys do."""
        return {
            Do.EVENT_BACK: lambda: self._try(self._event_back),
            Do.EVENT_ON: lambda: self._try(self._event_on),
            Do.BOUNDARY_BACK: lambda: self._try(self._boundary_back),
            Do.BOUNDARY_ON: lambda: self._try(self._boundary_on),
            Do.DIFFERENCE_BACK: lambda: self._try(self._difference_back),
            Do.DIFFERENCE_ON: lambda: self._try(self._difference_on),
            # Where a tier in play has intervals or segments, its own keys take the place of these two.
            Do.INTERVAL_BACK: lambda: self._try(_no_intervals),
            Do.INTERVAL_ON: lambda: self._try(_no_intervals),
        }

    def _event_back(self) -> None:
        found = seeking.event_before(self._rows(), self._here_us())
        if found is None:
            raise _nothing(tr("No event begins before this frame."))
        self._go_and_select(found)

    def _event_on(self) -> None:
        found = seeking.event_from(self._rows(), self._next_us())
        if found is None:
            raise _nothing(tr("No event begins after this frame."))
        self._go_and_select(found)

    def _boundary_back(self) -> None:
        found = seeking.boundary_before(self._lane_rows(), self._here_us())
        if found is None:
            raise _nothing(tr("There is no boundary before this frame."))
        self._ways.to(found)

    def _boundary_on(self) -> None:
        found = seeking.boundary_from(self._lane_rows(), self._next_us())
        if found is None or self._ways.beside(found, 0) == self._here_us():  # an offset at the film's end
            raise _nothing(tr("There is no boundary after this frame."))
        self._ways.to(found)

    def _difference_back(self) -> None:
        differences = self._differences()
        at = bisect_left(differences, self._here_us(), key=_begin) - 1
        if at < 0:
            raise _nothing(tr("There is no disagreement before this frame."))
        self._show(differences, at)

    def _difference_on(self) -> None:
        differences = self._differences()
        at = bisect_left(differences, self._next_us(), key=_begin)
        if at == len(differences):
            raise _nothing(tr("There is no disagreement after this frame."))
        self._show(differences, at)

    def _go_and_select(self, event: Event) -> None:
        self._ways.to(event.onset_us)
        self._selection.choose(event)

    def _show(self, differences: Sequence[Disagreement], at: int) -> None:
        found = differences[at]
        self._ways.to(found.span.start_us)
        tier = self._content.scheme.tier(found.tier)
        codes = [
            tr("nothing") if code is None else f"“{tier.code(code).label}”"
            for code in (found.code_a, found.code_b)
        ]
        values = {"n": at + 1, "all": len(differences), "tier": tier.label, "a": codes[0], "b": codes[1]}
        self._ways.say(tr("Disagreement {n} of {all} · {tier}: {a} against {b}", **values))

    def _differences(self) -> Sequence[Disagreement]:
        if not self._content.differences:
            raise CodingError(
                Problem(
                    tr("There are no disagreements to go to."),
                    hint=tr("They are shown once two passes of the session may be compared."),
                )
            )
        return self._content.differences

    def _rows(self) -> Iterator[Sequence[Event]]:
        coding, in_play = self._content.desk.coding, self._in_play.value
        return (coding.row(tier.id) for tier in row_tiers(self._content.scheme) if tier.id in in_play)

    def _lane_rows(self) -> Iterator[Sequence[Event]]:
        for tier in row_tiers(self._content.scheme):
            if tier.id in self._in_play.value and tier.kind is not TierKind.RATING:
                yield from self._lanes.rows(tier)

    def _here_us(self) -> int:
        painted = self._painted.value
        if painted is None:
            raise CodingError(Problem(tr("There is no picture to start from."), hint=tr("Wait for it.")))
        return painted.at_us

    def _next_us(self) -> int:
        """Where the next frame begins: what lies inside this one is on the screen already."""
        here_us = self._here_us()
        return max(self._ways.beside(here_us, 1), here_us + 1)

    def _try(self, go: Callable[[], None]) -> None:
        try:
            go()
        except CodingError as error:
            self._ways.refused(error)


def _begin(difference: Disagreement) -> int:
    return difference.span.start_us


def _no_intervals() -> None:
    raise _nothing(tr("No tier in play has intervals or segments to go to."))


def _nothing(what: str) -> CodingError:
    return CodingError(Problem(what))
