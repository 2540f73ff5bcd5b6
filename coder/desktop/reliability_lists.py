"""Two lists beside the table of agreement: all numbers of a line, and the sessions behind it."""

from dataclasses import dataclass

from coder.desktop.reliability_texts import STANDING_TONES, interval_text, number_text, standing
from coder.desktop.reliability_words import count_name, said, statistic_name
from coder.desktop.reliability_work import Walked
from coder.desktop.tables import Column
from coder.language import grouped, later, plural, tr
from coder.model.agreement import Agreement
from coder.workflows.comparison import Pair


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One statistic of a tier. of: the code or detail that it is about, "" for the tier."""

    agreement: Agreement
    of: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One double-coded session. agreement: what the chosen statistic is there, None if it is not there."""

    pair: Pair
    agreement: Agreement | None
    walked: Walked | None


def remark(one: Agreement) -> str:
    """How an estimate was made, and what limits it."""
    found = one.estimate
    parts = [said(found.method)] if found.method else []
    return ". ".join([*parts, said(found.sentence)]) if found.sentence else ". ".join(parts)


def counts_text(one: Agreement) -> str:
    """Every count of an agreement: `sessions 5, seconds compared 230.0`."""
    return ", ".join(f"{count_name(name)} {_count(count)}" for name, count in one.counts.items())


def _count(count: float) -> str:
    return grouped(round(count)) if count == round(count) else f"{count:.1f}"


def _statistic(row: NumberRow) -> str:
    name = statistic_name(row.agreement.statistic)
    return f"{row.of}: {name}" if row.of else name


def _all(row: NumberRow) -> str:
    return f"{remark(row.agreement)}\n{counts_text(row.agreement)}".strip()


NUMBER_COLUMNS: tuple[Column[NumberRow], ...] = (
    Column(later("Statistic"), _statistic, tip=_all, wide=True),
    Column(later("Unit"), lambda row: said(row.agreement.unit), tip=_all, width_px=92),
    Column(
        later("Value"),
        lambda row: number_text(row.agreement.statistic, row.agreement.estimate.value),
        tip=_all,
        right=True,
        width_px=64,
    ),
    Column(
        later("95 % interval"),
        lambda row: interval_text(row.agreement.statistic, row.agreement.estimate),
        tip=_all,
        width_px=104,
    ),
    Column(later("From"), lambda row: grouped(row.agreement.estimate.n), tip=_all, right=True, width_px=56),
)


def _coders(row: SessionRow) -> str:
    return tr("{a} and {b}", a=row.pair.coder_a.name, b=row.pair.coder_b.name)


def _session_value(row: SessionRow) -> str:
    one = row.agreement
    return number_text(one.statistic, one.estimate.value) if one is not None else ""


def _session_tip(row: SessionRow) -> str:
    one = row.agreement
    return said(one.estimate.sentence) if one is not None else ""


def differences_text(row: SessionRow) -> str:
    """`12, 4 open`, `12 open`: how many differences there are, and how many are not settled."""
    if row.walked is None:
        return "…"
    if not row.walked.differences:
        return tr("none")
    if not row.walked.left:
        return plural("{count}, settled", "{count}, all settled", row.walked.differences)
    if row.walked.left == row.walked.differences:
        return tr("{left} open", left=grouped(row.walked.left))
    return tr("{all}, {left} open", all=grouped(row.walked.differences), left=grouped(row.walked.left))


def _differences_tone(row: SessionRow) -> str:
    if row.walked is None:
        return ""
    return "good" if not row.walked.left else ""


def _value_tone(row: SessionRow) -> str:
    tone = STANDING_TONES[standing(row.agreement)] if row.agreement is not None else ""
    return tone if tone in ("warning", "error") else ""


SESSION_COLUMNS: tuple[Column[SessionRow], ...] = (
    Column(later("Session"), lambda row: row.pair.session.name, tip=_session_tip, wide=True),
    Column(later("Coders"), _coders, tip=_coders, width_px=130),
    Column(later("Value"), _session_value, tip=_session_tip, right=True, width_px=72),
    Column(later("Differences"), differences_text, tone=_differences_tone, tip=_session_tip, width_px=120),
)


def session_rows(
    pairs: tuple[Pair, ...], like: Agreement | None, walked: dict[tuple[str, str], Walked]
) -> tuple[SessionRow, ...]:
    """The sessions behind an agreement, the one with most differences that are not settled first."""
    rows = [
        SessionRow(
            pair,
            _same(pair, like),
            walked.get((pair.pass_a.header.id, pair.pass_b.header.id)),
        )
        for pair in pairs
    ]
    return tuple(sorted(rows, key=lambda row: -(row.walked.left if row.walked else 0)))


def _same(pair: Pair, like: Agreement | None) -> Agreement | None:
    """The agreement of one session that the pooled one was made of."""
    if like is None:
        return None
    wanted = (like.statistic, like.tier, like.code, like.detail, like.unit)
    found = (one for one in pair.agreements if (one.statistic, one.tier, one.code, one.detail, one.unit) == wanted)
    return next(found, None)
