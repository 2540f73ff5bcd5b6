"""95 % limits of the intraclass correlations, from their mean squares (Shrout & Fleiss 1979; McGraw & Wong 1996).

Each is computed for one rater's rating; `stepped_up` gives those of the mean of k raters.
"""

from dataclasses import dataclass, replace

from scipy.special import fdtri


@dataclass(frozen=True)
class Limits:
    """Both limits and their method; without limits, why there are none."""

    low: float | None = None
    high: float | None = None
    method: str = ""
    note: str = ""


_EXACT = Limits(note="Ratings of one target never differ, so there is no interval.")
_NO_END = "Downwards there is no limit: so few targets leave anything possible."
_ALIKE = Limits(note="The targets do not differ at all, so there is no interval.")


def one_way(between: float, within: float, n: int, df: int, k: float, *, equal: bool) -> Limits:
    """Of ICC(1). df: of the mean square within. k: raters; k0 where their number is not equal."""
    method = "F" if equal else "F with k0, approximate for unequal numbers of raters"
    return _by_f(between, within, n - 1, df, k, method)


def consistency(between: float, error: float, n: int, k: int) -> Limits:
    """Of ICC(C,1)."""
    return _by_f(between, error, n - 1, (n - 1) * (k - 1), k, "F")


def _by_f(between: float, error: float, df: int, df_error: int, k: float, method: str) -> Limits:
    if error == 0 or between == 0:
        return _EXACT if between else _ALIKE
    f = between / error
    low, high = f / _quantile(df, df_error), f * _quantile(df_error, df)
    return Limits((low - 1) / (low + k - 1), (high - 1) / (high + k - 1), method)


def absolute(value: float, between: float, coders: float, error: float, n: int, k: int) -> Limits:
    """Of ICC(A,1) = value, with Satterthwaite's degrees of freedom."""
    if between == 0:
        return _ALIKE
    if value == 1:
        return _EXACT
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    below = (a * coders) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1))
    if below == 0:
        return Limits(note="Too little varies here for an interval.")
    df = (a * coders + b * error) ** 2 / below
    rest = k * coders + (k * n - k - n) * error
    wide, narrow = _quantile(n - 1, df), _quantile(df, n - 1)
    low = n * (between - wide * error) / (wide * rest + n * between)
    high = n * (narrow * between - error) / (rest + n * narrow * between)
    return Limits(low, high, "F with Satterthwaite's degrees of freedom")


def stepped_up(limits: Limits, k: float) -> Limits:
    """Of the mean of k raters, from those of one (Spearman-Brown)."""
    if limits.low is None or limits.high is None:
        return limits
    low, high = limits.low, limits.high
    method = f"{limits.method}, stepped up"
    if 1 + low * (k - 1) < 1e-12:  # a limit of one rater at which the mean of k has no variance left
        above = k * high / (1 + high * (k - 1)) if 1 + high * (k - 1) > 1e-12 else None
        return Limits(None, above, method if above is not None else "", _NO_END)
    low, high = (k * limit / (1 + limit * (k - 1)) for limit in (low, high))
    return replace(limits, low=low, high=high, method=method)


def _quantile(df: float, df_below: float) -> float:
    return float(fdtri(df, df_below, 0.975))
