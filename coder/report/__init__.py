"""What a person reads: self-contained HTML files, and the same to be printed."""

from coder.report.data import (
    CoderPass,
    EvidenceData,
    EvidencePart,
    Measurement,
    MeasurePart,
    Movement,
    PairPart,
    ReportData,
    Sample,
    SchemePart,
    SessionPart,
)
from coder.report.render import render_report, report_plain
from coder.report.sample import blind_words
from coder.report.sessions import told_in_full

__all__ = [
    "CoderPass",
    "EvidenceData",
    "EvidencePart",
    "MeasurePart",
    "Measurement",
    "Movement",
    "PairPart",
    "ReportData",
    "Sample",
    "SchemePart",
    "SessionPart",
    "blind_words",
    "render_report",
    "report_plain",
    "told_in_full",
]
