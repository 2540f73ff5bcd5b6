"""Masters as files: a plain table (CSV) that a person can write, or sealed; and cut to the stretch of a clip."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from coder.formats.events_csv import MAX_BYTES
from coder.formats.files import read_text
from coder.formats.master_cut import cut
from coder.formats.master_table import MasterReader, master_text, rows_of
from coder.formats.sealing import is_sealed, sealed, unsealed
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import FormatError, Problem
from coder.model.scheme import Scheme, SchemeId
from coder.model.time import Span, clock
from coder.model.training import Master, Zone

__all__ = ["MasterFile", "cut_to", "master_text", "parse_sealed", "read_master", "sealed_text"]

SEALED_SUFFIX = ".master"

_MASTER = TypeAdapter(Master)


@dataclass(frozen=True, slots=True)
class MasterFile:
    """What a master's file says of one clip, cut to the clip's stretch; times are on the film's clock.

    path: as the course names it. sha256: of the file's content. window: the clip's stretch; None if it is all of
    the film, whose length the file does not know. version, origin: as a sealed file says; a plain one has version
    1 and does not say.
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
        """The master over the session's window. Raises FormatError if it covers less, or has codes outside."""
        if self.window is not None and self.window.intersection(window) != window:
            raise _too_short(self.path, self.window)
        for event in self.events:
            if event.onset_us < window.start_us or event.offset_us > window.end_us:
                what = tr(
                    "The master has “{code}” until {time}, and the clip ends at {end}.",
                    code=event.code,
                    time=clock(event.offset_us),
                    end=clock(window.end_us),
                )
                raise FormatError(Problem(what, self.path, tr("Check that it is the master of this film.")))
        return Master(self.version, self.scheme, window, self.events, self.zones, self.origin)


def read_master(path: Path, scheme: Scheme, stretch: Span | None = None, named: str = "") -> MasterFile:
    """The master in a file, plain or sealed, cut to a stretch of the film.

    named: how the course calls the file. Raises FormatError with all that is wrong with it.
    """
    name = named or path.name
    text = read_text(path, MAX_BYTES, FormatError)
    reader = MasterReader(name, scheme)
    whole = MasterFile(name, sha256(text.encode()).hexdigest(), scheme.id, ())
    if is_sealed(text):
        master = _fitting(parse_sealed(text, name), reader, name)
        whole = replace(whole, events=master.events, zones=master.zones)
        whole = replace(whole, window=master.window, version=master.version, origin=master.origin)
    else:
        events = reader.events(text)
        if reader.problems:
            raise FormatError(*reader.problems)
        whole = replace(whole, events=tuple(events), zones=tuple(reader.zones))
    return whole if stretch is None else cut_to(whole, scheme, stretch)


def cut_to(whole: MasterFile, scheme: Scheme, stretch: Span) -> MasterFile:
    """The part of a master that lies in a stretch; see `cut`. Raises FormatError, too, if it does not cover it."""
    if whole.window is not None and whole.window.intersection(stretch) != stretch:
        raise _too_short(whole.path, whole.window)
    events, zones = cut(whole.events, whole.zones, scheme, stretch, whole.path)
    return replace(whole, events=events, zones=zones, window=stretch)


def _too_short(name: str, window: Span) -> FormatError:
    what = tr(
        "The master covers {start} to {end}, and the clip leaves that stretch.",
        start=clock(window.start_us),
        end=clock(window.end_us),
    )
    return FormatError(Problem(what, name, tr("Shorten the clip.")))


def sealed_text(master: Master) -> str:
    """A master, sealed: the same master always gives the same text; `parse_sealed` gives it back, ids included."""
    return sealed(_MASTER.dump_json(master).decode())


def parse_sealed(text: str, name: str) -> Master:
    """The master in a sealed text. name: what problems call it.

    Raises FormatError if it is not sealed by this program, or damaged.
    """
    plain = unsealed(text, name)
    try:
        return _MASTER.validate_json(plain, strict=True)
    except ValidationError:
        raise FormatError(
            Problem(tr("There is no master under this seal."), name, tr("Check that it is the right file."))
        ) from None


def _fitting(master: Master, reader: MasterReader, name: str) -> Master:
    """The master, if it fits the scheme in every row. Raises FormatError with all that does not."""
    if master.scheme != reader.scheme.id:
        what = tr(
            "The master was coded with {theirs}, and the course is for {ours}.",
            theirs=master.scheme,
            ours=reader.scheme.id,
        )
        raise FormatError(Problem(what, name, tr("Use the scheme that the master was coded with.")))
    ids = {event.id for event in master.events}
    orphans = any(zone.event not in ids for zone in master.zones)
    if len(ids) < len(master.events) or orphans:
        what = tr("The sealed master contradicts itself.")
        raise FormatError(Problem(what, name, tr("Ask for the file again.")))
    reader.read(rows_of(master.events, master.zones))
    if reader.problems:
        raise FormatError(*reader.problems)
    return master
