"""The agenda of a training meeting: one or two pages that a supervisor brings along, with room to write on.

Its words come ready made, in the language of the coders; the order in which things need talk is given.
"""

from dataclasses import dataclass
from pathlib import Path

from coder.report.pages import in_parts, template
from coder.staging import write_whole


@dataclass(frozen=True)
class AgendaNote:
    """One settled difference to look at together. place: session and clock time; said: both coders' codes.

    verdict: how it was settled; note: what was written about it, and by whom.
    """

    place: str
    said: str
    verdict: str
    note: str


@dataclass(frozen=True)
class AgendaTopic:
    """One code that the coders differ in. facts: counts and what the others had instead, one sentence each.

    definition: what the scheme says; also: other codes that are in question here, with their definitions.
    """

    code: str
    tier: str
    facts: tuple[str, ...]
    definition: str
    also: tuple[tuple[str, str], ...]
    notes: tuple[AgendaNote, ...]
    more_notes: str


@dataclass(frozen=True)
class AgendaScheme:
    """The topics of one scheme. rest: (code, tier, counts) of those that are only listed."""

    title: str
    version: str
    lead: str
    topics: tuple[AgendaTopic, ...]
    rest: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class AgendaPage:
    """The whole agenda. say: the fixed words by name; remarks: what to know beside it. language: of the page."""

    language: str
    title: str
    study: str
    made: str
    schemes: tuple[AgendaScheme, ...]
    remarks: tuple[str, ...]
    say: dict[str, str]


def render_agenda(page: AgendaPage, out: Path) -> Path:
    """Write the agenda for browsers to `out` and return it. Raises CoderError if it cannot be written."""
    write_whole(out, agenda_html(page).encode())
    return out


def agenda_html(page: AgendaPage) -> str:
    """The agenda as one self-contained file for browsers."""
    return template("agenda.html.j2").render(page=page, say=page.say)


def agenda_plain(page: AgendaPage) -> tuple[str, ...]:
    """The same for Qt's documents, to be printed; each scheme begins on a page of its own."""
    return in_parts(template("agenda_plain.html.j2").render(page=page, say=page.say))
