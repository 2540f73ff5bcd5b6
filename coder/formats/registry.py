"""The exchange formats for coded events: what a format is, and which ones there are.

The next format, step by step:

1. Write one module, `coder/formats/events_<name>.py`, with a class that has the five parts of `EventFormat` and an
   instance of it. Write through `coder.staging.write_whole`, so that no half file is ever left.
2. Reading is strict: gather every mistake with its place and raise one FormatError with all of them. A mistake of
   the file is never another exception, and nothing is guessed in silence.
3. Register the instance in pyproject.toml, here or in a package of your own:

       [project.entry-points."coder.formats"]
       csv = "coder.formats.events_csv:CSV"

4. Test that what was written is read back the same (see tests/formats/test_events_csv.py).
"""

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Protocol, runtime_checkable

from coder.formats.scheme_flaw import did_you_mean
from coder.language import tr
from coder.model.coding import CodingPass, Event
from coder.model.problem import FormatError, Problem
from coder.model.scheme import Scheme
from coder.model.time import Span

GROUP = "coder.formats"


@runtime_checkable
class EventFormat(Protocol):
    """A file format for the events of one pass.

    id: its name on the command line. label: its name in a window. suffixes: of its files, in small letters, with
    the point; the first is given to new files.
    """

    @property
    def id(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def suffixes(self) -> tuple[str, ...]: ...

    def read(self, path: Path, scheme: Scheme, window: Span | None = None) -> tuple[Event, ...]:
        """The events of a file, each with a new id. window: events outside it are mistakes.

        Raises FormatError with all the file's problems.
        """
        ...

    def write(self, coding: CodingPass, scheme: Scheme, path: Path, *, session: str = "", coder: str = "") -> None:
        """Write a pass. session, coder: what to call them in the file; their ids if "".

        Raises FormatError, with an old file untouched, if that fails.
        """
        ...


def event_formats(entries: Iterable[EntryPoint] | None = None) -> dict[str, EventFormat]:
    """All registered formats by id. entries: instead of those of the installed packages.

    Raises FormatError if a registered format cannot be loaded or is none.
    """
    found: dict[str, EventFormat] = {}
    for entry in entry_points(group=GROUP) if entries is None else entries:
        hint = tr("Update or remove the package that registers it as “{entry}”.", entry=entry.value)
        try:
            loaded = entry.load()
        except Exception as error:
            what = tr("The format “{entry}” cannot be loaded: {error}.", entry=entry.name, error=error)
            raise FormatError(Problem(what, hint=hint)) from error
        if not isinstance(loaded, EventFormat):
            raise FormatError(
                Problem(tr("“{entry}” is registered as a format and is none.", entry=entry.name), hint=hint)
            )
        found[loaded.id] = loaded
    return found


def find_format(name_or_path: str, formats: dict[str, EventFormat]) -> EventFormat:
    """The format of that id, or the one whose suffix a path has. Raises FormatError if there is none."""
    if name_or_path in formats:
        return formats[name_or_path]
    suffix = Path(name_or_path).suffix.lower()
    for one in formats.values():
        if suffix in one.suffixes:
            return one
    what = tr("There is no format for “{name}”.", name=name_or_path)
    raise FormatError(Problem(what, hint=did_you_mean(name_or_path, formats)))
