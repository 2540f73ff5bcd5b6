"""What is left to mend, and the way from one thing to the next."""

from collections.abc import Callable

from PyQt6.QtCore import QTimer

from coder.annotate.desk import Desk
from coder.annotate.families import InPlay
from coder.annotate.findings import Finding
from coder.annotate.live import LiveReview
from coder.annotate.view.watched import Watched

_WAIT_MS = 60


class Mending:
    """The findings of the pass, told a moment after an edit, when its picture has been painted.

    The whole pass is read once, after the window has been shown; from then on an edit costs what it touches.
    """

    def __init__(
        self,
        desk: Desk,
        in_play: Watched[InPlay],
        jump: Callable[[Finding, int, int], None],
        clean: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._in_play = in_play
        self._jump = jump
        self._clean = clean
        self._live: LiveReview | None = None
        self._last: Finding | None = None
        self._listeners: list[Callable[[], None]] = []
        self._order = {tier.id: n for n, tier in enumerate(desk.scheme.tiers)}
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._tell)
        self._timer.start()

    @property
    def count(self) -> int:
        """How many things there are to mend."""
        return len(self._review().findings)

    @property
    def at_hand(self) -> Finding | None:
        """What was jumped to last, while it is still to be mended."""
        return self._last if self._last in self._review().findings else None

    @property
    def hindering(self) -> int:
        """How many of them stand in the way of submitting."""
        return self._review().hindering

    def first(self, most: int) -> tuple[Finding, ...]:
        """The first so many, in order of tier and time."""
        return tuple(self._review().findings[:most])

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` after the findings have changed."""
        self._listeners.append(listener)

    def go_to(self, finding: Finding) -> None:
        """Jump to a finding."""
        found = list(self._review().findings)
        self._last = finding
        self._jump(finding, found.index(finding) + 1 if finding in found else 0, len(found))

    def next(self) -> None:
        """Jump to the one after that which was jumped to last; after the last, to the first.

        The tiers in play are mended before the others.
        """
        everything = list(self._review().findings)
        found = [one for one in everything if one.tier in self._in_play.value] or everything
        if not found:
            self._clean()
            return
        after = found
        if self._last in found:
            after = found[found.index(self._last) + 1 :]
        elif self._last is not None:  # it is mended: go on from its place
            last = self._place(self._last)
            after = [one for one in found if self._place(one) >= last]
        self.go_to((after or found)[0])

    def stop(self) -> None:
        """Tell nothing any more."""
        self._timer.stop()

    def _place(self, finding: Finding) -> tuple[int, int]:
        return self._order[finding.tier], finding.span.start_us

    def _review(self) -> LiveReview:
        if self._live is None:
            self._live = LiveReview(self._desk)
            self._live.listen(self._timer.start)
        return self._live

    def _tell(self) -> None:
        self._review()
        for listener in tuple(self._listeners):
            listener()
