"""How an attempt compares with the master, in the form that agreement takes against a master.

What the trainee leaves out is wrong (`compare` with `against="master"`), and the estimated accuracy is that of one
observer who is compared with one who is never wrong, whose base rates are known (`observer_accuracy`).
"""

from collections.abc import Iterable
from dataclasses import replace

from coder.model.agreement import Agreement, Estimate, Status
from coder.model.coding import CodingPass
from coder.model.scheme import NOT_RATED, RATING, Scheme, TierKind
from coder.model.statistic import ACCURACY, KAPPA, SENSITIVITY, TIME_UNIT_KAPPA
from coder.model.training import Attempt, Score, Step
from coder.reliability import compare, observer_accuracy, pool
from coder.reliability.words import NOBODY


def score(
    step: Step,
    attempt: Attempt,
    done_at: str,
    master: CodingPass,
    coding: CodingPass,
    scheme: Scheme,
    *,
    limits: bool = True,
) -> Score:
    """The score of an attempt over the tiers in play.

    master: as `tolerance.beside` gives it. done_at: when the attempt was submitted, ISO 8601, UTC. limits: whether
    to compute intervals. A master's event counts as seen if it can be coded and is needed: one beside which it is
    as right to mark nothing counts only if the trainee marked it.
    """
    found = compare(master, coding, scheme, limits=limits, against="master")
    agreements = against_master(one for one in found if not step.tiers or one.tier in step.tiers)
    seen = {
        (one.tier, one.code): _times(one, one.code)
        for one in agreements
        if one.statistic == SENSITIVITY and one.code is not None and not one.detail
    }
    rated = {key: n for key, n in _rated(master, scheme).items() if not step.tiers or key[0] in step.tiers}
    return Score(
        clip=step.clip.name,
        step_id=step.id,
        done_at=done_at,
        agreements=agreements,
        seen=seen | rated,
        number=attempt.number,
        first_view=attempt.first_view,
    )


def pooled(scores: Iterable[Score]) -> tuple[Agreement, ...]:
    """The agreements of attempts at different clips made one: counts added up, limits over clips."""
    return against_master(pool(one for score in scores for one in score.agreements))


def against_master(agreements: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """The same with estimated accuracy solved from kappa for one observer beside a master, A."""
    there = tuple(agreements)
    kappas = {
        (one.tier, one.code, one.detail, one.unit): one.estimate
        for one in there
        if one.statistic == (KAPPA if one.detail else TIME_UNIT_KAPPA)
    }
    return tuple(
        replace(one, estimate=_accuracy(one, kappas[one.tier, one.code, one.detail, one.unit]))
        if one.statistic == ACCURACY
        else one
        for one in there
    )


def _accuracy(one: Agreement, kappa: Estimate) -> Estimate:
    """The estimate of an agreement's accuracy; that of its kappa where there is none to solve."""
    rates = _base_rates(one)
    if kappa.value is None or len(rates) < 2:
        return kappa
    found = observer_accuracy(kappa.value, rates, "master", limits=(kappa.low, kappa.high))
    # a limit at or below chance is the accuracy of guessing, as for the intervals of independent units
    low = 1 / len(rates) if found.low is None and found.high is not None else found.low
    few = kappa.status is not Status.OK or kappa.n < one.min_events
    return Estimate(
        value=found.value,
        n=kappa.n,
        low=low,
        high=found.high,
        status=found.status if found.value is None else Status.TOO_FEW if few else Status.OK,
        method=" ".join(part for part in (kappa.method, f"({found.method})" if kappa.method else "") if part),
        note=found.sentence if found.value is None else kappa.note,
    )


def _base_rates(one: Agreement) -> tuple[float, ...]:
    """How often the master has each category; "nobody" is none that could be right."""
    if one.confusion is None:
        return ()
    rows = zip(one.confusion.categories, one.confusion.table, strict=True)
    return tuple(sum(row) for name, row in rows if name != NOBODY)


def _times(one: Agreement, code: str) -> int:
    """How often the master has a code in a table of events, rows the master's."""
    if one.confusion is None:
        return 0
    return round(sum(one.confusion.table[one.confusion.categories.index(code)]))


def _rated(master: CodingPass, scheme: Scheme) -> dict[tuple[str, str], int]:
    """How often the master rates each item with a number."""
    return {
        (tier.id, code.id): sum(
            event.code == code.id and event.modifier(RATING) not in (None, NOT_RATED)
            for event in master.row(tier.id)
        )
        for tier in scheme.tiers
        if tier.kind is TierKind.RATING
        for code in tier.codes
    }
