"""The report as one HTML file that needs nothing else: no script, no picture, no address outside."""

from pathlib import Path

from coder.report.data import ReportData
from coder.report.pages import in_parts, template
from coder.report.view import report_view
from coder.staging import write_whole


def render_report(data: ReportData, out: Path) -> Path:
    """Write the report to `out`, replacing what is there only once the whole is safely on disk.

    Returns `out`. Raises CoderError if the file cannot be written; what was there before is untouched.
    """
    write_whole(out, report_html(data).encode())
    return out


def report_html(data: ReportData) -> str:
    """The report as text, for browsers."""
    return template("report.html.j2").render(report_view(data))


def report_plain(data: ReportData) -> tuple[str, ...]:
    """The same for Qt's documents, which know less of HTML; to be printed. Figures are pictures in SVG.

    In parts, each of which begins on a page of its own: one for each session that is told in full among them.
    """
    return in_parts(template("report_plain.html.j2").render(report_view(data)))
