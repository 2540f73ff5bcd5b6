"""Masters as files: a plain table (CSV) that a person can write, or sealed.

The plain table is the import format of events with two columns more: `onset_zone` and `offset_zone`, the stretch
within which that edge may lie (`2.400000-2.720000`, seconds, both ends included). `note` is the reason for the code,
`either` names codes that are as right. `coder import` reads it too and passes the zones over.
"""

from dataclasses import dataclass
from pathlib import Path

from coder.model.coding import Event
from coder.model.scheme import Scheme, SchemeId
from coder.model.time import Span
from coder.model.training import Master, Zone


@dataclass(frozen=True, slots=True)
class MasterFile:
    """What a master's file says of one clip, cut to the clip's stretch; times are on the film's clock.

    path: as the course names it. sha256: of the file's content. window: the clip's stretch; None if it is all of
    the film, whose length the file does not know. version, origin: as a sealed file says; a plain one is version 1.
    """

    path: str
    sha256: str
    scheme: SchemeId
    events: tuple[Event, ...]
    zones: tuple[Zone, ...] = ()
    window: Span | None = None
    version: int = 1
    origin: str = ""

    def over(self, window: Span) -> Master:
        """The master over the session's window. Raises FormatError if it has codes outside it."""
        raise NotImplementedError


def read_master(path: Path, scheme: Scheme, stretch: Span | None = None, named: str = "") -> MasterFile:
    """The master in a file, plain or sealed, cut to a stretch of the film.

    named: how the course calls the file. Raises FormatError with all that is wrong with it.
    """
    raise NotImplementedError


def master_text(master: Master, scheme: Scheme) -> str:
    """A master as a plain table (CSV), without a byte order mark; `read_master` gives it back."""
    raise NotImplementedError


def sealed_text(master: Master) -> str:
    """A master, sealed: the same master always gives the same text; `parse_sealed` gives it back, ids included."""
    raise NotImplementedError


def parse_sealed(text: str, name: str) -> Master:
    """The master in a sealed text. name: what problems call it.

    Raises FormatError if it is not sealed by this program, or damaged.
    """
    raise NotImplementedError
