"""The sessions of a report: which are told in full, and what is said of all of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coder.model.agreement import Agreement
from coder.model.disagreement import DisagreementKind
from coder.model.scheme import Scheme
from coder.report import tables, words
from coder.report.data import SchemePart, SessionPart
from coder.report.session_tables import settled_words

IN_FULL = 5
IN_ROWS = 40

_KIND_HEADS = {
    DisagreementKind.MISSED: "only A",
    DisagreementKind.EXTRA: "only B",
    DisagreementKind.CODE: "other code",
    DisagreementKind.EARLY: "B earlier",
    DisagreementKind.LATE: "B later",
    DisagreementKind.MODIFIER: "other detail",
    DisagreementKind.RATING: "other rating",
}


@dataclass(frozen=True)
class SessionTable:
    """The headline of each tier, session by session.

    heads: (tier, statistic). rows: (place in the report, session, cells). left_out: sessions without a row.
    """

    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, SessionPart, tuple[tables.Cell, ...]], ...]
    left_out: int


@dataclass(frozen=True)
class KindTable:
    """How many differences of each kind each tier has. settled: of all together, in words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], str], ...]
    settled: str


def told_in_full(disputed_us: Sequence[int]) -> frozenset[int]:
    """The places of the sessions that are told in full: all of a few, of many those with most in dispute."""
    places = sorted(range(len(disputed_us)), key=lambda place: -disputed_us[place])
    return frozenset(places[:IN_FULL])


def disputed_us(part: SessionPart) -> int:
    """What the differences of a session weigh together."""
    return sum(one.weight_us for one in part.disagreements)


def session_table(part: SchemePart) -> SessionTable | None:
    """None if there is but one session. Of many those with most in dispute, in the order of the study."""
    if len(part.sessions) < 2:
        return None
    chosen = [one for tier in part.scheme.tiers for one in tables.headlines(part.pooled, tier)[:1]]
    heads = tuple((part.scheme.tier(one.tier).label, f"{one.statistic}, {one.unit}") for one in chosen)
    shown = set(sorted(range(len(part.sessions)), key=lambda at: -disputed_us(part.sessions[at]))[:IN_ROWS])
    limits = all(session.in_full for session in part.sessions)
    rows = tuple(
        (at, session, tuple(_cell(session.agreements, one, limits=limits) for one in chosen))
        for at, session in enumerate(part.sessions)
        if at in shown
    )
    return SessionTable(heads, rows, len(part.sessions) - len(rows))


def _cell(agreements: Sequence[Agreement], like: Agreement, *, limits: bool) -> tables.Cell:
    """limits: show them; where only some sessions are told in full, no row has them."""
    found = tables.find(agreements, like.statistic, like.tier, like.code, like.unit)
    if found is None:
        return tables.Cell("", "", False, "not compared")
    return tables.cell(found) if limits else replace(tables.cell(found), limits="")


def kind_table(part: SchemePart) -> KindTable | None:
    """Differences by tier and kind over all sessions; None if there is none."""
    counted = Counter((one.tier, one.kind) for session in part.sessions for one in session.disagreements)
    if not counted:
        return None
    kinds = [kind for kind in _KIND_HEADS if any(found is kind for _, found in counted)]
    rows = []
    for tier in part.scheme.tiers:
        numbers = [counted[tier.id, kind] for kind in kinds]
        if any(numbers):
            rows.append((tier.label, tuple(map(words.count, numbers)), words.count(sum(numbers))))
    return KindTable(tuple(_KIND_HEADS[kind] for kind in kinds), tuple(rows), _settled(part, counted.total()))


def _settled(part: SchemePart, total: int) -> str:
    decided: Counter[str] = Counter()
    for session in part.sessions:
        decided.update(settled_words(one, "A", "B") for one in session.settled.values())
    del decided[""]
    if not decided:
        return f"Of {words.counted(total, 'difference')} no one has been settled yet."
    told = words.joined([f"{words.count(number)} × {verdict}" for verdict, number in decided.most_common()])
    return f"Settled: {words.count(decided.total())} of {words.count(total)}: {told}."


def where_most(part: SchemePart, scheme: Scheme) -> str:
    """Which sessions have pages of their own, where not all have."""
    full = sum(session.in_full for session in part.sessions)
    if full == len(part.sessions):
        return ""
    return (
        f"Of {words.count(len(part.sessions))} comparisons with “{scheme.title}” the {full} with most in dispute "
        f"follow in full. The others are in the pooled numbers; the program shows each of them."
    )
