"""Who agrees with whom: pairs of coders, coders against the consensus, three and more coders."""

from collections.abc import Sequence
from dataclasses import dataclass

from coder.model.agreement import Agreement, Several
from coder.model.scheme import Scheme
from coder.model.statistic import BIAS, F1, PRECISION, SENSITIVITY
from coder.report import statistic_words, words
from coder.report.data import PairPart
from coder.report.grids import Grid, several_grid
from coder.report.tables import Cell, cell, estimate_cell, find, headlines, judged

_IN_SHORT = 4


@dataclass(frozen=True)
class PairTable:
    """One line for each pair of coders. heads: (tier, statistic); rows: (who, sessions, cells)."""

    caption: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str, tuple[Cell | None, ...]], ...]


@dataclass(frozen=True)
class SeveralTable:
    """Three and more coders of one tier. together: all of them; rows: (coder, cells), None for itself."""

    tier: str
    caption: str
    together: Grid | None
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


def pair_table(pairs: Sequence[PairPart], scheme: Scheme) -> PairTable | None:
    """Each two coders apart; None where the pooled numbers are of one pair anyway."""
    caption = "Each two coders over the sessions that both coded. Of a pair with few sessions little can be said."
    return _table(pairs, scheme, caption, ()) if len(pairs) > 1 else None


def pairs_in_short(pairs: Sequence[PairPart], scheme: Scheme) -> str:
    """Which pairs of coders miss the target of a tier; "" if there is but one pair, or none does."""
    if len(pairs) < 2:
        return ""
    poor = [
        (f"{pair.coder_a} and {pair.coder_b}", tier.label, goal)
        for pair in pairs
        for tier in scheme.tiers
        for headline in headlines(pair.agreements, tier)[:1]
        if words.verdict(goal := judged(pair.agreements, tier, headline))[0] in ("low", "act")
    ]
    if not poor:
        return "Each two coders apart, none misses a target."
    poor.sort(key=lambda one: (one[2].estimate.value or 0) - (one[2].target or 0))
    named = [
        f"{who} on {tier} ({statistic_words.said(one.statistic).name} {_number(one)})"
        for who, tier, one in poor[:_IN_SHORT]
    ]
    more = f", and {len(poor) - _IN_SHORT} more" if len(poor) > _IN_SHORT else ""
    return f"Each two coders apart, these miss the target: {'; '.join(named)}{more}."


def _number(one: Agreement) -> str:
    return words.coefficient(one.estimate.value) if one.estimate.value is not None else "not defined"


def consensus_table(against: Sequence[PairPart], scheme: Scheme) -> PairTable | None:
    """Each coder against what was agreed on; of points also how many were found and how many of them are right."""
    caption = (
        "Each coder’s own pass against the consensus of the same session, which was made from it: it shows where "
        "a coder departs from what was agreed on, and is no independent measure of accuracy."
    )
    return _table(against, scheme, caption, (SENSITIVITY, PRECISION, BIAS)) if against else None


def _table(pairs: Sequence[PairPart], scheme: Scheme, caption: str, beside: Sequence[str]) -> PairTable:
    wanted: list[tuple[str, str, str | None]] = []
    for tier in scheme.tiers:
        found = next((first[:1] for one in pairs if (first := headlines(one.agreements, tier))), [])
        wanted += [(tier.id, one.statistic, one.code) for one in found]
        wanted += [(tier.id, name, None) for one in found if one.statistic == F1 for name in beside]
    columns = [one for one in wanted if any(_of(pair.agreements, one) for pair in pairs)]
    heads = tuple(_head(one, scheme) for one in columns)
    rows = tuple(
        (
            pair.coder_b if pair.coder_a == "" else f"{pair.coder_a} and {pair.coder_b}",
            words.counted(pair.sessions, "session"),
            tuple(_pair_cell(pair, one) for one in columns),
        )
        for pair in pairs
    )
    return PairTable(caption, heads, rows)


def _pair_cell(pair: PairPart, wanted: tuple[str, str, str | None]) -> Cell | None:
    found = _of(pair.agreements, wanted)
    return None if found is None else cell(found)


def _of(agreements: Sequence[Agreement], wanted: tuple[str, str, str | None]) -> Agreement | None:
    tier, statistic, code = wanted
    return find(agreements, statistic, tier, code)


def _head(wanted: tuple[str, str, str | None], scheme: Scheme) -> tuple[str, str]:
    tier, statistic, code = wanted
    name = (
        scheme.tier(tier).label if code is None else f"{scheme.tier(tier).label}: {scheme.code(tier, code).label}"
    )
    return name, statistic_words.said(statistic).name


def several_table(found: Several, scheme: Scheme) -> SeveralTable:
    """All coders together, and each two of them."""
    how = statistic_words.said(found.statistic)
    rows = tuple(
        (name, tuple(None if one is None else estimate_cell(one, how.printed) for one in row))
        for name, row in zip(found.coders, found.pairwise, strict=True)
    )
    caption = (
        f"{words.joined(list(found.coders))} in {words.counted(found.sessions, 'session')}: {how.name} "
        f"of each two of them."
    )
    return SeveralTable(scheme.tier(found.tier).label, caption, several_grid(found, scheme), found.coders, rows)
