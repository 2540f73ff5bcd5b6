"""The key card: all keys of a scheme on one sheet of paper, to lie beside the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.report.pages import template
from coder.staging import write_whole


@dataclass(frozen=True, slots=True)
class KeyLine:
    """Keys as they are printed on their caps, and what they do."""

    keys: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Lines under a heading. codes: the keys of the scheme, which are looked for first."""

    heading: str
    lines: tuple[KeyLine, ...]
    codes: bool = False


@dataclass(frozen=True, slots=True)
class CardWords:
    """What the card says in the reader's language. language: two letters."""

    title: str
    line: str
    language: str


def render_key_card(words: CardWords, groups: Sequence[KeyGroup], out: Path) -> Path:
    """Write the card as one HTML file that prints on one A4 page. Raises CoderError if it cannot be written."""
    page = template("key_card.html.j2").render(words=words, groups=[one for one in groups if one.lines])
    write_whole(out, page.encode())
    return out
