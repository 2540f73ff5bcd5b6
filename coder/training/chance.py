"""How often chance alone gives as much: exact tails, so that nothing is made of a few cases."""

from collections.abc import Iterable
from math import comb, erfc, sqrt
from typing import NamedTuple

from scipy.special import bdtrc


def at_least(count: int, of: int, share: float) -> float:
    """P(X ≥ count) for X binomial: in each `of` cases with probability `share`.

    With a share of one half this is the sign test (one-sided).
    """
    if not 0 < count <= of:
        return 1.0 if count <= 0 else 0.0
    return float(bdtrc(count - 1, of, share))


class Draws(NamedTuple):
    """So many were drawn from `of` cases, of which `marked` are marked."""

    draws: int
    marked: int
    of: int


def drawn(count: int, strata: Iterable[Draws]) -> float:
    """P(X ≥ count) for the marked ones among all that were drawn, each stratum by chance alone (hypergeometric).

    With one stratum this is Fisher's exact test (one-sided); with several the exact form of the test of Mantel and
    Haenszel: whether what was drawn is marked more often than the rest of its own stratum.
    """
    ways = [1]
    for draws, marked, of in strata:
        here = [comb(marked, k) * comb(of - marked, draws - k) for k in range(min(draws, marked) + 1)]
        ways = [
            sum(ways[k] * here[at - k] for k in range(len(ways)) if 0 <= at - k < len(here))
            for at in range(len(ways) + len(here) - 1)
        ]
    return min(sum(ways[count:]) / sum(ways), 1.0)


def rising(values: list[float]) -> float:
    """P(S ≥ s) of Mann and Kendall's S under no trend, exact.

    S counts the pairs of which the later value is greater, less the others. Ties count as falling, which errs to
    the safe side.
    """
    n = len(values)
    s = sum(1 if later > sooner else -1 for i, sooner in enumerate(values) for later in values[i + 1 :])
    ways = [1]  # permutations of the first i values by their number of pairs out of order
    for i in range(2, n + 1):
        ways = [sum(ways[max(k - i + 1, 0) : k + 1]) for k in range(len(ways) + i - 1)]
    pairs = n * (n - 1) // 2
    return sum(count for out, count in enumerate(ways) if pairs - 2 * out >= s) / sum(ways)


def growing(missed: list[int], of: list[int]) -> float:
    """P of the trend test of Cochran and Armitage, one-sided: shares that grow from one attempt to the next.

    Normal approximation with continuity correction (Armitage 1955). 1 where nothing varies.
    """
    total, all_missed, places = sum(of), sum(missed), range(len(of))
    if not 0 < all_missed < total:
        return 1.0
    share = all_missed / total
    mean = sum(n * place for n, place in zip(of, places, strict=True)) / total
    trend = sum(k * (place - mean) for k, place in zip(missed, places, strict=True))
    spread = share * (1 - share) * sum(n * (place - mean) ** 2 for n, place in zip(of, places, strict=True))
    return 0.5 * erfc((trend - 0.5) / sqrt(2 * spread)) if spread else 1.0
