"""What a person reads: one self-contained HTML file."""

from coder.report.data import CoderPass, Measurement, ReportData, SchemePart, SessionPart
from coder.report.render import render_report

__all__ = ["CoderPass", "Measurement", "ReportData", "SchemePart", "SessionPart", "render_report"]
