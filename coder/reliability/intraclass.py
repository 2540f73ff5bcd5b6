"""Intraclass correlations: how much of what ratings vary in is what the rated sessions differ in.

Shrout & Fleiss 1979; McGraw & Wong 1996. Two-way where the same coders rated every target: A asks for the same
numbers, C for the same order of them. One-way where coders differ from target to target. 1: of one coder's rating,
k: of the mean of all coders' ratings. Negative values stay as they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from coder.model.agreement import Estimate, Status
from coder.reliability import intraclass_limits
from coder.reliability.formulas import Floats
from coder.reliability.given import Ratings, numbers_in, numbers_of

TARGETS_AT_LEAST = 5
_ROUNDING = 1e-24
FORMS: Mapping[str, str] = MappingProxyType(
    {
        "ICC(1)": "one-way random, absolute agreement, single rater",
        "ICC(A,1)": "two-way, absolute agreement, single rater",
        "ICC(C,1)": "two-way, consistency, single rater",
        "ICC(k)": "one-way random, absolute agreement, mean of k raters",
        "ICC(A,k)": "two-way, absolute agreement, mean of k raters",
        "ICC(C,k)": "two-way, consistency, mean of k raters",
    }
)
_FEW = "Fewer than {} targets were rated."
_ONE_RATER = "No target was rated twice, so nothing can be compared."
_NO_COMPLETE = "Fewer than two targets were rated by every coder."
_ALIKE = "All targets were rated alike, by everyone."
_NO_FORM = "The targets differ too little from each other for this form."


@dataclass(frozen=True, kw_only=True)
class IccEstimate(Estimate):
    """One form of the ICC; n: targets. raters: per target, for unequal numbers k0 (not whole).

    form: the exact form in words. ratings: how many it rests on. left_out: targets that it had to leave out.
    between, within, coders, error: mean squares (BMS, WMS, JMS, EMS); coders and error only where two-way.
    """

    form: str
    raters: float | None = None
    ratings: int = 0
    left_out: int = 0
    between: float | None = None
    within: float | None = None
    coders: float | None = None
    error: float | None = None

    @property
    def k0(self) -> float | None:
        """`raters` by the name that it has where their number is not equal."""
        return self.raters


def icc(values: Ratings) -> Mapping[str, IccEstimate]:
    """All six forms of targets × raters: ICC(1), ICC(A,1), ICC(C,1), ICC(k), ICC(A,k), ICC(C,k).

    None where a rating is missing: the one-way forms use all ratings, the two-way forms the targets that everyone
    rated. With fewer than 5 targets the status says so beside the value. Intervals: F; of A,1 with Satterthwaite's
    degrees of freedom, of A,k by stepping those up. Raises ValueError for ratings that are no numbers.
    """
    numbers = numbers_of(values)
    known = ~np.isnan(numbers)
    one_way = _one_way(numbers[known], known.sum(1))
    two_way = _two_way(numbers)
    found = dict(zip(("ICC(1)", "ICC(k)"), one_way, strict=True)) | two_way
    return MappingProxyType({form: found[form] for form in FORMS})


def icc_oneway(groups: Iterable[Iterable[object]]) -> IccEstimate:
    """ICC(1) of targets with any number of ratings each, by whomever (one-way, unbalanced).

    k0 = (N - Σ k_i² / N) / (n - 1) stands for the number of raters. The interval is that of equal groups with k0,
    and labelled approximate where they are not. Raises ValueError for ratings that are no numbers.
    """
    rows = [numbers_in(group) for group in groups]
    known = [row[~np.isnan(row)] for row in rows]
    sizes = np.array([len(row) for row in known], dtype=np.int64)
    single, _ = _one_way(np.concatenate([np.empty(0), *known]), sizes)
    return single


def _one_way(values: Floats, sizes: NDArray[np.int64]) -> tuple[IccEstimate, IccEstimate]:
    """ICC(1) and ICC(k). values: all ratings, target after target; sizes: how many each target has."""
    left_out, sizes = int((sizes == 0).sum()), sizes[sizes > 0]
    n, ratings = len(sizes), len(values)
    single = IccEstimate(value=None, n=n, form=FORMS["ICC(1)"], ratings=ratings, left_out=left_out)
    mean = replace(single, form=FORMS["ICC(k)"])
    if n < 2 or ratings == n:
        status = Status.TOO_FEW if ratings > n else Status.NO_EVENTS
        why = "" if not n else _ONE_RATER if ratings == n else _FEW.format(2)
        return _without(single, status, why), _without(mean, status, why)
    k0 = (ratings - float((sizes**2).sum()) / ratings) / (n - 1)
    target = np.repeat(np.arange(n), sizes)
    means = np.bincount(target, weights=values) / sizes
    between = float(sizes @ (means - values.mean()) ** 2) / (n - 1)
    within = float(((values - means[target]) ** 2).sum()) / (ratings - n)
    least = _ROUNDING * float(np.abs(values).max()) ** 2
    between, within = (square if square > least else 0.0 for square in (between, within))
    single, mean = (replace(one, raters=k0, between=between, within=within) for one in (single, mean))
    limits = intraclass_limits.one_way(between, within, n, ratings - n, k0, equal=bool((sizes == sizes[0]).all()))
    return (
        _made(single, between - within, between + (k0 - 1) * within, limits),
        _made(mean, between - within, between, intraclass_limits.stepped_up(limits, k0)),
    )


def _two_way(numbers: Floats) -> dict[str, IccEstimate]:
    """The forms A and C, of the targets that every rater rated."""
    complete = numbers[~np.isnan(numbers).any(1)]
    (n, k), left_out = complete.shape, len(numbers) - len(complete)
    empty = IccEstimate(value=None, n=n, form="", ratings=n * k, left_out=left_out)
    if n < 2 or k < 2:
        status = Status.TOO_FEW if n and k >= 2 else Status.NO_EVENTS
        why = "" if not len(numbers) else _ONE_RATER if k < 2 else _NO_COMPLETE
        empty = replace(empty, status=status, note=why)
        return {form: replace(empty, form=text) for form, text in FORMS.items() if "," in form}
    between, within, coders, error = _squares(complete)
    empty = replace(empty, raters=float(k), between=between, within=within, coders=coders, error=error)
    forms = {form: replace(empty, form=text) for form, text in FORMS.items()}
    above, apart = between - error, (coders - error) / n
    single = between + (k - 1) * error
    alike = intraclass_limits.Limits()
    if single + k * apart > 0:
        alike = intraclass_limits.absolute(above / (single + k * apart), between, coders, error, n, k)
    order = intraclass_limits.consistency(between, error, n, k)
    return {
        "ICC(A,1)": _made(forms["ICC(A,1)"], above, single + k * apart, alike),
        "ICC(C,1)": _made(forms["ICC(C,1)"], above, single, order),
        "ICC(A,k)": _made(forms["ICC(A,k)"], above, between + apart, intraclass_limits.stepped_up(alike, k)),
        "ICC(C,k)": _made(forms["ICC(C,k)"], above, between, intraclass_limits.stepped_up(order, k)),
    }


def _squares(ratings: Floats) -> tuple[float, float, float, float]:
    """BMS, WMS, JMS, EMS of complete (targets, raters); what is only rounding is 0."""
    n, k = ratings.shape
    grand, of_targets, of_raters = ratings.mean(), ratings.mean(1, keepdims=True), ratings.mean(0)
    found = (
        k * float(((of_targets - grand) ** 2).sum()) / (n - 1),
        float(((ratings - of_targets) ** 2).sum()) / (n * (k - 1)),
        n * float(((of_raters - grand) ** 2).sum()) / (k - 1),
        float(((ratings - of_targets - of_raters + grand) ** 2).sum()) / ((n - 1) * (k - 1)),
    )
    least = _ROUNDING * float(np.abs(ratings).max()) ** 2
    between, within, coders, error = (square if square > least else 0.0 for square in found)
    return between, within, coders, error


def _made(form: IccEstimate, above: float, below: float, limits: intraclass_limits.Limits) -> IccEstimate:
    """The form with value, limits and status. A variance that is not positive gives no share of it."""
    if form.between == 0 and not form.within:
        return _without(form, Status.NO_VARIANCE, _ALIKE)
    if below <= 1e-12 * (abs(above) + abs(form.within or 0)):
        return _without(form, Status.NO_VARIANCE, _NO_FORM)
    few = form.n < TARGETS_AT_LEAST
    flags = (_FEW.format(TARGETS_AT_LEAST) if few else "", limits.note)
    return replace(
        form,
        value=above / below,
        low=limits.low,
        high=limits.high,
        method=limits.method,
        status=Status.TOO_FEW if few else Status.OK,
        note=" ".join(flag for flag in flags if flag),
    )


def _without(form: IccEstimate, status: Status, note: str) -> IccEstimate:
    return replace(form, status=status, note=note)
