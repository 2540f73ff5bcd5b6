"""What came of matching two rows of point events: pairs, what is left over, F1, how far the pairs lie apart."""

from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median

import numpy as np

from coder.model.agreement import Estimate, Status
from coder.reliability.intervals import wilson

Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Matching(Estimate):
    """Two rows of point events side by side. Pairs and indices point into the rows as they were given, ascending.

    value: F1 = 2 TP / (n_A + n_B), undefined if neither coder has an event; n: n_A + n_B. pairs: same code, the
    TP. confusions: what was left, paired whatever the code. only_a, only_b: without any partner. lags_us: B - A of
    each of `pairs`. Cohen's kappa of point events is not defined: nobody can count the events that neither marked.
    """

    pairs: tuple[Pair, ...]
    confusions: tuple[Pair, ...]
    only_a: tuple[int, ...]
    only_b: tuple[int, ...]
    lags_us: tuple[int, ...]

    @property
    def n_a(self) -> int:
        """Events of coder A."""
        return len(self.pairs) + len(self.confusions) + len(self.only_a)

    @property
    def n_b(self) -> int:
        """Events of coder B."""
        return len(self.pairs) + len(self.confusions) + len(self.only_b)

    @property
    def f1(self) -> float | None:
        """The value by its name; None if neither coder has an event."""
        return self.value

    @property
    def sensitivity(self) -> float | None:
        """With A as the master: the share of the master's events that B found; None if A has none."""
        return len(self.pairs) / self.n_a if self.n_a else None

    @property
    def precision(self) -> float | None:
        """With A as the master: the share of B's events that the master has; None if B has none."""
        return len(self.pairs) / self.n_b if self.n_b else None

    @property
    def sensitivity_limits(self) -> tuple[float, float] | None:
        """Wilson's interval of the sensitivity."""
        return wilson(len(self.pairs), self.n_a) if self.n_a else None

    @property
    def precision_limits(self) -> tuple[float, float] | None:
        """Wilson's interval of the precision."""
        return wilson(len(self.pairs), self.n_b) if self.n_b else None

    @property
    def bias_us(self) -> float | None:
        """The mean lag B - A; None if nothing was matched."""
        return fmean(self.lags_us) if self.lags_us else None

    @property
    def median_lag_us(self) -> float | None:
        """The median of |B - A|; None if nothing was matched."""
        return median(map(abs, self.lags_us)) if self.lags_us else None

    @property
    def late_lag_us(self) -> float | None:
        """The 90th percentile of |B - A| (linear between ranks); None if nothing was matched."""
        return float(np.percentile(np.abs(self.lags_us), 90)) if self.lags_us else None


def f1_estimate(matched: int, n_a: int, n_b: int) -> Estimate:
    """F1 of so many matched events, with an interval for events that are independent of each other.

    Of all events that either coder saw, J = TP / (n_A + n_B - TP) were seen by both, and F1 = 2 J / (1 + J): the
    limits are Wilson's of J, put through the same curve; se, by the delta method, says nothing where J is 0 or 1.
    For events in time prefer the interval over sessions.
    """
    n, seen = n_a + n_b, n_a + n_b - matched
    if n == 0:
        return Estimate(value=None, n=0, status=Status.NO_EVENTS)
    share = matched / seen
    low, high = (2 * limit / (1 + limit) for limit in wilson(matched, seen))
    return Estimate(
        value=2 * matched / n,
        n=n,
        low=low,
        high=high,
        se=2 / (1 + share) ** 2 * sqrt(share * (1 - share) / seen) or None,
        method="Wilson of the shared events, events taken as independent",
    )
