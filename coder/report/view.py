"""All that the pages of a report show, computed once for the browser's page and for the printed one."""

from collections.abc import Mapping

from coder.model.agreement import Agreement
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.statistic import (
    ACCURACY,
    AGREEMENT,
    BIAS,
    EVENT_KAPPA,
    F1,
    MEDIAN_LAG,
    SPECIFIC,
    TIME_UNIT_KAPPA,
)
from coder.report import (
    curves,
    difference_figures,
    evidence,
    findings,
    grids,
    line_figures,
    measure_tables,
    people,
    session_tables,
    sessions,
    tables,
    timeline,
    words,
)
from coder.report.data import ReportData, SchemePart, SessionPart
from coder.report.drift_figures import drift_in_short, drifting
from coder.report.forest import forest
from coder.report.method import method
from coder.report.movement import movement_sentence
from coder.report.paper import paper_sentences
from coder.report.provenance import provenance
from coder.report.sample import sample_lines

_IN_STATES = (TIME_UNIT_KAPPA, EVENT_KAPPA, ACCURACY, AGREEMENT, BIAS)
_IN_POINTS = (F1, BIAS, MEDIAN_LAG)
_OF_CODES = (SPECIFIC, F1)

View = Mapping[str, object]


def report_view(data: ReportData) -> View:
    """What both templates are given."""
    return {
        "data": data,
        "parts": [_scheme_view(part, data.software) for part in data.schemes],
        "measurements": [
            {
                "session": one.session.name,
                "sentence": findings.coverage_sentence(one),
                "coverage": one.coverage,
                "strips": curves.curve_strips(one.tracks, one.session.window),
                "sources": provenance(one.tracks),
            }
            for one in data.measurements
        ],
        "evidence": data.evidence,
        "evidence_parts": [evidence.evidence_view(one) for one in data.evidence.parts] if data.evidence else [],
        "evidence_movement": [movement_sentence(one) for one in data.evidence.movement] if data.evidence else [],
        "evidence_sources": [evidence.source_words(one) for one in data.evidence.sources] if data.evidence else [],
        "limits": findings.limits(data),
        "methods": method(data),
        "words": words,
        "grid": timeline,
        "curve_height": curves.HEIGHT,
        "plot": line_figures,
    }


def _scheme_view(part: SchemePart, software: str) -> View:
    scheme, pooled = part.scheme, part.pooled
    rows = [(tier, one) for tier in scheme.tiers for one in tables.headlines(pooled, tier)]
    views = [(tables.tier_row(pooled, tier, one, part.names), one.statistic) for tier, one in rows]
    details = (_tier_view(pooled, tier) for tier in scheme.tiers)
    ratings = (grids.rating_grid(pooled, tier) for tier in scheme.tiers)
    return {
        "scheme": scheme,
        "lead": findings.lead(part),
        "double_coded": findings.double_coded(part),
        "who_is_who": findings.who_is_who(part),
        "findings": findings.findings(part),
        "paper": paper_sentences(part, software),
        "sample": sample_lines(part),
        "forest": forest(pooled, scheme),
        "states": [row for row, statistic in views if statistic == TIME_UNIT_KAPPA],
        "points": [row for row, statistic in views if statistic == F1],
        "ratings": [grid for grid in ratings if grid is not None],
        "of_details": grids.detail_grid(pooled, scheme),
        "sums": [
            grid
            for grid in (grids.total_grid(part.totals, scheme), grids.measure_grid(part.measures))
            if grid is not None and len(part.counted) > 1  # of one session there is nothing to say
        ],
        "pairs": people.pair_table(part.by_pair, scheme),
        "against": people.consensus_table(part.against, scheme),
        "several": [people.several_table(one, scheme) for one in part.several],
        "pairs_in_short": people.pairs_in_short(part.by_pair, scheme),
        "drift_in_short": drift_in_short(part.drifts, scheme),
        "drifting": drifting(part.drifts, scheme),
        "curves": line_figures.curve_figures(part.curves, scheme),
        "details": [one for one in details if one is not None],
        "colours": timeline.keys(scheme),
        "by_session": sessions.session_table(part),
        "kinds": sessions.kind_table(part),
        "where_most": sessions.where_most(part, scheme),
        "sessions": [_session_view(at, one, scheme) for at, one in enumerate(part.sessions) if one.in_full],
    }


def _tier_view(pooled: tuple[Agreement, ...], tier: Tier) -> View | None:
    """Everything about one tier that is not in the tables of all tiers; None if nothing was compared on it."""
    is_rating = tier.kind is TierKind.RATING
    shown = _IN_POINTS if tier.kind is TierKind.POINT else _IN_STATES
    found = {
        "label": tier.label,
        "is_point": tier.kind is TierKind.POINT,
        "is_rating": is_rating,
        "heat": None,
        "codes": (),
        "more": None if is_rating else grids.code_grid(pooled, tier, _OF_CODES),
        "lines": () if is_rating else grids.lines(pooled, tier, shown),
        "differences": difference_figures.differences(pooled, tier),
    }
    detail = tables.detail(pooled, tier)
    if detail is not None:
        found |= {"heat": detail.heat, "codes": () if is_rating else detail.codes}
    return found if any(found[name] for name in ("heat", "codes", "more", "lines", "differences")) else None


def _session_view(at: int, one: SessionPart, scheme: Scheme) -> View:
    return {
        "at": at,
        "part": one,
        "shared_us": findings.shared_us(one),
        "strips": timeline.strips(one, scheme),
        "disagreements": session_tables.disagreement_rows(one, scheme),
        "unlisted": max(len(one.disagreements) - session_tables.LISTED, 0),
        "budgets": session_tables.budget_tables(one, scheme),
        "measures": measure_tables.measure_tables(one, scheme),
    }
