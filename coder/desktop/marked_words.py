"""Two texts side by side with what differs marked: struck out where it was, underlined where it is."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from html import escape

from coder.annotate.view.theme import Theme

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def marked(before: str, after: str, theme: Theme) -> tuple[str, str]:
    """Both texts as HTML, word by word. Colour says nothing that stroke and line do not say too."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    sides: tuple[list[str], list[str]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words, gone in ((sides[0], old[a:b], True), (sides[1], new[c:d], False)):
            text = escape("".join(words)).replace("\n", "<br>")
            side.append(text if kind == "equal" or not text.strip() else _mark(text, theme, gone=gone))
    return "".join(sides[0]) or "–", "".join(sides[1]) or "–"


def side_by_side(heads: tuple[str, str], rows: Iterable[tuple[str, str, str]], theme: Theme) -> str:
    """A page of two columns. rows: what it is, how it was, how it is, the latter two as HTML."""
    return f'<table width="100%" cellspacing="0" cellpadding="4">{"".join(_lines(heads, rows, theme))}</table>'


def _lines(heads: tuple[str, str], rows: Iterable[tuple[str, str, str]], theme: Theme) -> Iterator[str]:
    yield f"<tr>{''.join(f'<td width=50%><b>{escape(head)}</b></td>' for head in heads)}</tr>"
    for name, before, after in rows:
        yield f'<tr><td colspan="2" style="color: {theme.muted}; padding-top: 8px">{escape(name)}</td></tr>'
        yield f'<tr><td valign="top">{before}</td><td valign="top">{after}</td></tr>'


def _mark(text: str, theme: Theme, *, gone: bool) -> str:
    ink, ground, line = (
        (theme.error, theme.error_soft, "line-through") if gone else (theme.good, theme.good_soft, "underline")
    )
    return f'<span style="color: {ink}; background-color: {ground}; text-decoration: {line}">{text}</span>'
