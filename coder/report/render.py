"""The report as one HTML file that needs nothing else: no script, no picture, no address outside."""

from pathlib import Path

from coder.report import curves, findings, measure_tables, session_tables, tables, timeline, words
from coder.report.data import ReportData, SchemePart
from coder.report.pages import template
from coder.report.provenance import provenance
from coder.staging import write_whole


def render_report(data: ReportData, out: Path) -> Path:
    """Write the report to `out`, replacing what is there only once the whole is safely on disk.

    Returns `out`. Raises CoderError if the file cannot be written; what was there before is untouched.
    """
    write_whole(out, report_html(data).encode())
    return out


def report_html(data: ReportData) -> str:
    """The report as text."""
    page = template("report.html.j2")
    return page.render(
        data=data,
        parts=[_scheme_view(part) for part in data.schemes],
        measurements=[
            {
                "session": one.session.name,
                "sentence": findings.coverage_sentence(one),
                "coverage": one.coverage,
                "strips": curves.curve_strips(one.tracks, one.session.window),
                "sources": provenance(one.tracks),
            }
            for one in data.measurements
        ],
        limits=findings.limits(data),
        words=words,
        grid=timeline,
        curve_height=curves.HEIGHT,
    )


def _scheme_view(part: SchemePart) -> dict[str, object]:
    scheme, pooled = part.scheme, part.pooled
    rows = [(tier, one) for tier in scheme.tiers for one in tables.headlines(pooled, tier)]
    views = [(tables.tier_row(pooled, tier, one, part.names), one.statistic) for tier, one in rows]
    details = (tables.detail(pooled, tier) for tier in scheme.tiers)
    return {
        "scheme": scheme,
        "lead": findings.lead(part),
        "double_coded": findings.double_coded(part),
        "who_is_who": findings.who_is_who(part),
        "findings": findings.findings(part),
        "states": [row for row, statistic in views if statistic == tables.KAPPA],
        "points": [row for row, statistic in views if statistic == tables.F1],
        "methods": sorted({one.estimate.method for one in pooled if one.estimate.method}),
        "details": [detail for detail in details if detail is not None],
        "colours": timeline.keys(scheme),
        "by_session": _by_session(part),
        "sessions": [
            {
                "part": one,
                "shared_us": findings.shared_us(one),
                "strips": timeline.strips(one, scheme),
                "disagreements": session_tables.disagreement_rows(one, scheme),
                "unlisted": max(len(one.disagreements) - session_tables.LISTED, 0),
                "budgets": session_tables.budget_tables(one, scheme),
                "measures": measure_tables.measure_tables(one, scheme),
            }
            for one in part.sessions
        ],
    }


def _by_session(part: SchemePart) -> dict[str, object]:
    """Session by session the headline of each tier; empty if there is but one session."""
    if len(part.sessions) < 2:
        return {}
    chosen = [one for tier in part.scheme.tiers for one in tables.headlines(part.pooled, tier)[:1]]
    heads = [(part.scheme.tier(one.tier).label, f"{one.statistic}, {one.unit}") for one in chosen]
    rows = []
    for session in part.sessions:
        found = [tables.find(session.agreements, one.statistic, one.tier, one.code, one.unit) for one in chosen]
        cells = [tables.Cell("", "", False, "not compared") if one is None else tables.cell(one) for one in found]
        rows.append((session, cells))
    return {"heads": heads, "rows": rows}
