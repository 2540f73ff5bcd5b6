"""How often a "95 %" interval of independent units holds the true value.

    python benchmarks/coverage_units.py [--short]

Ratings and matched events whose true agreement is known, drawn again and again. Unequal groups for the one-way
ICC; two raters of an interval scale, three coders of three codes (base rates .6, .3, .1, each right in 80 % of
the units) for alpha, Light and Fleiss; events that either coder sees in 80 % of the cases for F1.
"""

import argparse
from collections.abc import Callable

import numpy as np

from coder.model.agreement import Estimate
from coder.reliability import fleiss_kappa, icc_oneway, krippendorff_alpha, light_kappa, match_points

DRAW = np.random.default_rng(5)
RATES = np.array([0.6, 0.3, 0.1])
RIGHT = 0.8
SIZES = (20, 60)


def covered(truth: float, made: Callable[[], Estimate], runs: int) -> float:
    """The share of intervals that hold the truth, of those that there are."""
    found = [made() for _ in range(runs)]
    limits = [(one.low, one.high) for one in found if one.low is not None and one.high is not None]
    return sum(low <= truth <= high for low, high in limits) / len(limits)


def groups(n: int) -> list[list[float]]:
    """Targets with one to five ratings each; half of the variance is theirs."""
    return [(target + DRAW.normal(size=DRAW.integers(1, 6))).tolist() for target in DRAW.normal(size=n)]


def two_raters(n: int) -> list[list[float]]:
    """Two ratings of each unit; half of the variance is the unit's."""
    ratings: list[list[float]] = (DRAW.normal(size=(n, 1)) + DRAW.normal(size=(n, 2))).tolist()
    return ratings


def three_coders(n: int) -> list[list[int]]:
    """Three codes of each unit."""
    truth = DRAW.choice(3, n, p=RATES)[:, None]
    wrong = (truth + DRAW.integers(1, 3, (n, 3))) % 3
    codes: list[list[int]] = np.where(DRAW.random((n, 3)) < RIGHT, truth, wrong).tolist()
    return codes


def true_kappa() -> float:
    """Of two such coders."""
    sees = np.full((3, 3), (1 - RIGHT) / 2) + np.eye(3) * (RIGHT - (1 - RIGHT) / 2)
    margins = RATES @ sees
    agreed, chance = float((RATES @ sees**2).sum()), float(margins @ margins)
    return (agreed - chance) / (1 - chance)


def events(n: int) -> list[tuple[str, int]]:
    """What a coder who sees 80 % of n events, ten microseconds apart, has marked."""
    return [("x", int(at) * 10) for at in np.flatnonzero(DRAW.random(n) < RIGHT)]


def fleiss(n: int) -> Estimate:
    """Fleiss' kappa of three such coders."""
    return fleiss_kappa([[unit.count(code) for code in range(3)] for unit in three_coders(n)])


def main() -> None:
    """Print one line for each coefficient."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="fewer simulations")
    runs = 60 if parser.parse_args().short else 600
    rows: dict[str, tuple[float, Callable[[int], Estimate]]] = {
        "ICC(1), unequal groups: F with k0": (0.5, lambda n: icc_oneway(groups(n))),
        "alpha, interval: jackknife over units": (0.5, lambda n: krippendorff_alpha(two_raters(n), "interval")),
        "alpha, nominal: jackknife over units": (true_kappa(), lambda n: krippendorff_alpha(three_coders(n))),
        "mean pairwise kappa: jackknife over units": (true_kappa(), lambda n: light_kappa(three_coders(n))),
        "Fleiss' kappa: Gwet's variance": (true_kappa(), fleiss),
        "F1: Wilson of the shared events": (RIGHT, lambda n: match_points(events(n), events(n), 1)),
    }
    print(f"{runs} runs; share of intervals that hold the truth")
    for name, (truth, made) in rows.items():
        shares = (f"{n} units {covered(truth, lambda n=n: made(n), runs):.0%}" for n in SIZES)  # noqa: B023  used at once
        print(f"{name:45}", "   ".join(shares))


if __name__ == "__main__":
    main()
