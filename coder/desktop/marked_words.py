"""Two texts side by side with what differs marked: struck out where it was, underlined where it is."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from html import escape

from coder.annotate.view.theme import Theme

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def marked(before: str, after: str) -> tuple[str, str]:
    """Both texts as HTML, word by word; the look of the marks is in `style`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    sides: tuple[list[str], list[str]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words, mark in ((sides[0], old[a:b], "s"), (sides[1], new[c:d], "u")):
            text = escape("".join(words)).replace("\n", "<br>")
            side.append(text if kind == "equal" or not text.strip() else f"<{mark}>{text}</{mark}>")
    return "".join(sides[0]) or "–", "".join(sides[1]) or "–"


def style(theme: Theme) -> str:
    """The style sheet of a page of marked texts. Colour says nothing that stroke and line do not say too."""
    rules = {
        "s": {"color": theme.error, "background-color": theme.error_soft},
        "u": {"color": theme.good, "background-color": theme.good_soft},
        "h4": {"color": theme.muted, "font-weight": "normal"},
    }
    return "\n".join(_rule(tag, values) for tag, values in rules.items())


def _rule(tag: str, values: dict[str, str]) -> str:
    return f"{tag} {{ {'; '.join(f'{name}: {value}' for name, value in values.items())} }}"


def side_by_side(heads: tuple[str, str], rows: Iterable[tuple[str, str, str]]) -> str:
    """A page of two columns. rows: what it is, how it was, how it is, the latter two as HTML."""
    return "".join(_lines(heads, rows))


def _lines(heads: tuple[str, str], rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield '<table width="100%" cellspacing="0" cellpadding="4">'
    cells = [f'<td width="50%"><b>{escape(head)}</b></td>' for head in heads]
    yield f"<tr>{''.join(cells)}</tr>"
    for name, before, after in rows:
        yield f'<tr><td colspan="2"><h4>{escape(name)}</h4></td></tr>'
        yield f'<tr><td valign="top">{before}</td><td valign="top">{after}</td></tr>'
    yield "</table>"
