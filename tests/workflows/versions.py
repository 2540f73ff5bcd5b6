"""A small scheme in several versions, and passes drawn so that they can be seen: one letter a second."""

from dataclasses import replace
from pathlib import Path

from coder.formats import parse_scheme
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.recoding import Word
from coder.model.scheme import OUTCOME, RATING, Scheme
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span

PLAY = (Path(__file__).parent / "play.toml").read_text("utf-8")
STATES = {
    "g": ("mood", "glad"),
    "c": ("mood", "calm"),
    "s": ("mood", "sad"),
    "L": ("place", "lap"),
    "F": ("place", "floor"),
}
POINTS = {"C": ("calls", "call"), "t": ("replies", "talk"), "T": ("replies", "touch")}


def changed(version: str, *changes: tuple[str, str]) -> str:
    """The text of the scheme as another version: each change replaces words that stand in it exactly once."""
    text = PLAY.replace('version = "1.0"', f'version = "{version}"')
    for old, new in changes:
        assert text.count(old) == 1, f"{text.count(old)} times in the scheme: {old}"
        text = text.replace(old, new)
    return text


def version(number: str, *changes: tuple[str, str]) -> Scheme:
    """The scheme as another version, read."""
    return parse_scheme(changed(number, *changes), "play.toml")


def drawn(*rows: str) -> CodingPass:
    """A pass made with version 1.0; an event's id is its letter and the second where it begins, such as g0."""
    events = [event for row in rows for event in _events(row)]
    length = max((len(row) for row in rows), default=1)
    identity = parse_scheme(PLAY, "play.toml").id
    return CodingPass.of(PassHeader("p", "s", identity, "a", Purpose.MAIN, Span(0, length * SECOND_US)), events)


def _events(row: str) -> list[Event]:
    found, start = [], 0
    for end in range(1, len(row) + 1):
        letter = row[start]
        if letter in POINTS:
            found.append(Event(f"{letter}{start}", *POINTS[letter], Span.moment(start * SECOND_US)))
        elif end < len(row) and row[end] == letter:
            continue
        elif letter in STATES:
            found.append(Event(f"{letter}{start}", *STATES[letter], Span(start * SECOND_US, end * SECOND_US)))
        start = end
    return found


def letters(coding: CodingPass, tier: str, events: tuple[Event, ...]) -> str:
    """A tier of recoded events, drawn again by the first letter of each code; a bar between equal neighbours."""
    row = CodingPass.of(coding.header, events).row(tier)
    cells = [" "] * (coding.window.duration_us // SECOND_US)
    for event in row:
        for second in range(
            event.onset_us // SECOND_US, max(event.offset_us - 1, event.onset_us) // SECOND_US + 1
        ):
            cells[second] = event.code[0]
    return "".join(cells)


def with_details(coding: CodingPass, event_id: str, **details: str) -> CodingPass:
    """The pass with details of one event; `answer`, `note`, `outcome` and `rating` are known by these names."""
    events = []
    for event in coding:
        if event.id == event_id:
            answer, note = details.pop("answer", ""), details.pop("note", "")
            names = {"outcome": OUTCOME, "rating": RATING}
            pairs = tuple(sorted((names.get(name, name), value) for name, value in details.items()))
            events.append(replace(event, modifiers=pairs, answer=answer, note=note))
            continue
        events.append(event)
    return CodingPass.of(coding.header, events)


def rated(coding: CodingPass, rating: str, note: str = "") -> CodingPass:
    """The pass with a rating of warmth over its whole window, with one moment that justifies it."""
    moment = Span(0, coding.window.end_us // 2)
    event = Event("r", "warmth", "warm", coding.window, ((RATING, rating),), note, moments=(moment,))
    return CodingPass.of(coding.header, [*coding, event])


GLAD, CALM, SAD = (Word("mood", code) for code in ("glad", "calm", "sad"))
CALL = Word("calls", "call")
