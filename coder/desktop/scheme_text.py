"""What stands in the reading view: a scheme as its codebook, or what is wrong with a file and where."""

from html import escape

from coder.desktop.look import application, theme_now
from coder.language import plural, tr
from coder.model.problem import Problem
from coder.model.scheme import Scheme
from coder.report.codebook import Tones
from coder.workflows.codebook import plain_codebook
from coder.workflows.scheme_library import Entry, original


def reading_html(entry: Entry) -> str:
    """The text of one entry of the library."""
    if entry.scheme is None:
        return faulty_html(entry)
    return scheme_html(original(entry))


def faulty_html(entry: Entry) -> str:
    """The problems with their places, then the file line by line."""
    count = len(entry.problems)
    parts = [
        f"<h1>{escape(entry.title)}</h1>",
        f"<h2>{escape(plural('{count} thing needs mending', '{count} things need mending', count))}</h2>",
        "<ul>" + "".join(_problem(one) for one in entry.problems) + "</ul>",
    ]
    if entry.text:
        parts += [f"<h2>{escape(tr('The file'))}</h2>", f"<pre>{_numbered(entry.text)}</pre>"]
    return "".join(parts)


def scheme_html(scheme: Scheme) -> str:
    """The scheme's codebook, without pictures, in the colours of the window and the size of its text."""
    theme = theme_now()
    text_pt = application().font().pointSizeF()
    tones = Tones(theme.muted, theme.line, theme.accent_soft, theme.accent, text_pt)
    return plain_codebook(scheme, tones)


def _problem(problem: Problem) -> str:
    place = f"{escape(problem.where)}<br>" if problem.where else ""
    return f"<li>{place}<b>{escape(problem.what)}</b> {escape(problem.hint)}</li>"


def _numbered(text: str) -> str:
    lines = text.split("\n")  # as problems count them
    width = len(str(len(lines)))
    return "\n".join(f"{number:>{width}}  {escape(line)}" for number, line in enumerate(lines, 1))
