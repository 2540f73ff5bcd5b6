"""Second implementations, written as the definitions read: loops over pairs and units, nothing clever."""

from itertools import combinations, permutations
from statistics import fmean

import numpy as np
import pandas as pd
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm


def distance(level, c, k, values):
    """δ² of two ratings; values: all that were given, for the ordinal level."""
    if level == "nominal":
        return float(c != k)
    if level == "interval":
        return float(c - k) ** 2
    if level == "ratio":
        return ((c - k) / (c + k)) ** 2 if c + k else 0.0
    low, high = min(c, k), max(c, k)
    count = {g: values.count(g) for g in set(values)}
    between = sum(n for g, n in count.items() if low <= g <= high)
    return (between - (count[c] + count[k]) / 2) ** 2


def alpha(rows, level):
    """Krippendorff's alpha from the coincidences of values, pair by pair."""
    units = [[value for value in row if value is not None] for row in rows]
    units = [unit for unit in units if len(unit) >= 2]
    values = [value for unit in units for value in unit]
    n = len(values)
    observed = sum(
        distance(level, c, k, values) / (len(unit) - 1) for unit in units for c, k in permutations(unit, 2)
    )
    expected = sum(distance(level, c, k, values) for c, k in permutations(values, 2))
    return 1 - (n - 1) * observed / expected if expected else None


def gwet(rows, categories, weight):
    """AC with a weight for each two places of categories, unit by unit: value and standard error."""
    q = len(categories)
    units = [[categories.index(value) for value in row if value is not None] for row in rows]
    units = [unit for unit in units if unit]
    n = len(units)
    both = [unit for unit in units if len(unit) >= 2]
    pi = [fmean(unit.count(k) / len(unit) for unit in units) for k in range(q)]
    total = sum(weight(i, j) for i in range(q) for j in range(q))
    pe = total / (q * (q - 1)) * sum(share * (1 - share) for share in pi)

    def agreed(unit):
        return fmean(weight(i, j) for i, j in permutations(unit, 2))

    value = (fmean(map(agreed, both)) - pe) / (1 - pe)
    own = []
    for unit in units:
        mine = n / len(both) * (agreed(unit) - pe) / (1 - pe) if len(unit) >= 2 else 0.0
        chance = total / (q * (q - 1)) * sum(unit.count(k) / len(unit) * (1 - pi[k]) for k in range(q))
        own.append(mine - 2 * (1 - value) * (chance - pe) / (1 - pe))
    return value, (sum((one - value) ** 2 for one in own) / (n * (n - 1))) ** 0.5


def kappa(a, b):
    """Cohen's kappa of two rows of codes; None if undefined."""
    n = len(a)
    po = sum(x == y for x, y in zip(a, b, strict=True)) / n
    pe = sum((a.count(code) / n) * (b.count(code) / n) for code in {*a, *b})
    return None if pe == 1 else (po - pe) / (1 - pe)


def conger(rows):
    """Conger's kappa: mean agreement and mean chance over all pairs of coders."""
    coders = list(zip(*rows, strict=True))
    n = len(rows)
    pairs = list(combinations(coders, 2))
    po = fmean(sum(x == y for x, y in zip(a, b, strict=True)) / n for a, b in pairs)
    pe = fmean(sum((a.count(c) / n) * (b.count(c) / n) for c in {*a, *b}) for a, b in pairs)
    return None if pe == 1 else (po - pe) / (1 - pe)


def mean_squares(ratings):
    """BMS, WMS, JMS, EMS by the analysis of variance of statsmodels."""
    n, k = np.shape(ratings)
    long = pd.DataFrame(
        {
            "score": np.ravel(ratings).astype(float),
            "target": np.repeat(np.arange(n), k).astype(str),
            "rater": np.tile(np.arange(k), n).astype(str),
        }
    )
    two_way = anova_lm(ols("score ~ C(target) + C(rater)", long).fit())["mean_sq"]
    one_way = anova_lm(ols("score ~ C(target)", long).fit())["mean_sq"]
    return two_way["C(target)"], one_way["Residual"], two_way["C(rater)"], two_way["Residual"]


def icc(ratings):
    """The six forms as McGraw & Wong write them."""
    n, k = np.shape(ratings)
    bms, wms, jms, ems = mean_squares(ratings)
    return {
        "ICC(1)": (bms - wms) / (bms + (k - 1) * wms),
        "ICC(A,1)": (bms - ems) / (bms + (k - 1) * ems + k * (jms - ems) / n),
        "ICC(C,1)": (bms - ems) / (bms + (k - 1) * ems),
        "ICC(k)": (bms - wms) / bms,
        "ICC(A,k)": (bms - ems) / (bms + (jms - ems) / n),
        "ICC(C,k)": (bms - ems) / bms,
    }


def icc_oneway(groups):
    """ICC(1) of unequal groups, by sums of squares in loops."""
    n, total = len(groups), sum(map(len, groups))
    grand = fmean(value for group in groups for value in group)
    between = sum(len(group) * (fmean(group) - grand) ** 2 for group in groups) / (n - 1)
    within = sum((value - fmean(group)) ** 2 for group in groups for value in group) / (total - n)
    k0 = (total - sum(len(group) ** 2 for group in groups) / total) / (n - 1)
    return (between - within) / (between + (k0 - 1) * within), k0


def alignment(a, b):
    """Needleman & Wunsch over the whole matrix; costs 0, 1, 1.5; ties: pair, A alone, B alone. Steps and cost."""
    cost = np.zeros((len(a) + 1, len(b) + 1))
    cost[:, 0], cost[0] = 1.5 * np.arange(len(a) + 1), 1.5 * np.arange(len(b) + 1)
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            pair = cost[i - 1, j - 1] + (a[i - 1] != b[j - 1])
            cost[i, j] = min(pair, cost[i - 1, j] + 1.5, cost[i, j - 1] + 1.5)
    i, j, steps = len(a), len(b), []
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + (a[i - 1] != b[j - 1]):
            i, j = i - 1, j - 1
            steps.append((i, j))
        elif i and cost[i, j] == cost[i - 1, j] + 1.5:
            i -= 1
            steps.append((i, None))
        else:
            j -= 1
            steps.append((None, j))
    return tuple(reversed(steps)), float(cost[-1, -1])
