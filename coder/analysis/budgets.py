"""Time budgets: how often and how long each code was seen, in the time that could be coded."""

from collections.abc import Iterable, Sequence

from coder.analysis.derived import ground, state
from coder.analysis.material import Material
from coder.analysis.spans import Spans, shared
from coder.analysis.spans import total_us as _total
from coder.model.budget import CodeBudget, TimeBudget
from coder.model.codable import gaps, uncodable, union
from coder.model.coding import CodingPass
from coder.model.scheme import Derived, Scheme, Tier, TierKind
from coder.model.time import SECOND_US, Span


def time_budgets(coding: CodingPass, scheme: Scheme) -> tuple[TimeBudget, ...]:
    """The budget of every tier but the rated ones, then of every derived state that is two codes together."""
    tiers = (time_budget(coding, scheme, tier) for tier in scheme.tiers if tier.kind is not TierKind.RATING)
    return (*tiers, *_derived_budgets(coding, scheme))


def time_budget(coding: CodingPass, scheme: Scheme, tier: Tier) -> TimeBudget:
    """The budget of one tier, uncodable time taken out.

    A bout that the window or uncodable time cuts counts with the part that is left; a gap in a tier with a default
    holds the default.
    """
    window = coding.window
    codable = gaps(uncodable(coding, scheme, tier, window), window)
    codable_us = _total(codable)
    codes = [code.id for code in tier.codes if not code.uncodable]
    row = coding.row(tier.id)
    if tier.kind is TierKind.POINT:
        inside = [event for event in row if any(span.contains(event.onset_us) for span in codable)]
        counts = {code: sum(event.code == code for event in inside) for code in codes}
        points = tuple(_points(code, counts[code], codable_us) for code in codes)
        return _budget(tier, window, codable_us, points)
    bouts = {code: [event.span for event in row if event.code == code] for code in codes}
    empty = gaps((event.span for event in row), window)
    if tier.default is not None:  # a gap beside a default code that was keyed is one bout with it
        bouts[tier.default] = list(union((*bouts[tier.default], *empty)))
    states = tuple(_states(code, _inside(bouts[code], codable), codable_us) for code in codes)
    filled = tier.default is not None or not tier.exclusive
    uncoded_us = None if filled else _total(shared(empty, codable))
    return _budget(tier, window, codable_us, states, uncoded_us)


def _derived_budgets(coding: CodingPass, scheme: Scheme) -> Iterable[TimeBudget]:
    together = [derived for derived in scheme.derived if derived.rule == "both"]
    if not together:
        return
    material = Material(coding, scheme)
    for derived in together:
        codable_us = _total(ground(material, derived))
        states = _states(derived.id, state(material, derived), codable_us)
        yield _budget(derived, coding.window, codable_us, (states,))


def _budget(
    part: Tier | Derived,
    window: Span,
    codable_us: int,
    codes: tuple[CodeBudget, ...],
    uncoded_us: int | None = None,
) -> TimeBudget:
    return TimeBudget(
        name=part.id, label=part.label, window=window, codable_us=codable_us, uncoded_us=uncoded_us, codes=codes
    )


def _inside(bouts: Sequence[Span], codable: Spans) -> list[Span]:
    return [part for bout in bouts for part in shared((bout,), codable)]


def _states(code: str, bouts: Sequence[Span], codable_us: int) -> CodeBudget:
    total_us = _total(bouts)
    return CodeBudget(
        code=code,
        count=len(bouts),
        total_us=total_us,
        share=total_us / codable_us if codable_us else None,
        mean_us=round(total_us / len(bouts)) if bouts else None,
        longest_us=max((bout.duration_us for bout in bouts), default=None),
        per_minute=_per_minute(len(bouts), codable_us),
    )


def _points(code: str, count: int, codable_us: int) -> CodeBudget:
    rate = _per_minute(count, codable_us)
    return CodeBudget(
        code=code, count=count, total_us=None, share=None, mean_us=None, longest_us=None, per_minute=rate
    )


def _per_minute(count: int, codable_us: int) -> float | None:
    return count * 60 * SECOND_US / codable_us if codable_us else None
