"""How often a "95 %" interval of kappa holds the true value: ours beside the textbook's asymptotic one.

    python benchmarks/coverage.py [--short]

Simulated sessions of 300 s in 1 s units: four states in bouts of about five seconds, two coders whose lapses also
last some seconds. The truth is kappa over 1,500 sessions. Both intervals are made from the same sessions.
"""

import argparse

import numpy as np
from numpy.typing import NDArray

from coder.model.agreement import Tally
from coder.model.statistic import TIME_UNIT_KAPPA
from coder.model.time import SECOND_US
from coder.reliability import cohen_kappa
from coder.reliability.estimates import estimate

STATES, UNITS = 4, 300


def session(draw: np.random.Generator) -> NDArray[np.int64]:
    """(UNITS,): the cell of the confusion table in each second."""
    state, lapsed, seen = int(draw.integers(STATES)), [False, False], [0, 0]
    cells = np.zeros(UNITS, dtype=np.int64)
    for unit in range(UNITS):
        if draw.random() < 0.2:
            state = (state + 1 + int(draw.integers(STATES - 1))) % STATES
        for coder in (0, 1):
            if draw.random() < 0.3:
                lapsed[coder], seen[coder] = bool(draw.random() < 0.15), int(draw.integers(STATES))
        a, b = (seen[coder] if lapsed[coder] else state for coder in (0, 1))
        cells[unit] = a * STATES + b
    return cells


def table(cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """(STATES, STATES) counts."""
    return np.bincount(cells, minlength=STATES**2).reshape(STATES, STATES).astype(np.float64)


def main() -> None:
    """Print one line for each number of sessions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="fewer simulations")
    rounds = 60 if parser.parse_args().short else 400
    draw = np.random.default_rng(0)
    true = cohen_kappa(table(np.concatenate([session(draw) for _ in range(1500)]))).value or 0.0
    print(f"true kappa {true:.3f}, {rounds} simulations each; a fair interval covers 95 %")
    for sessions in (1, 2, 3, 5, 10):
        ours = bare = 0
        for _ in range(rounds):
            drawn = [session(draw) for _ in range(sessions)]
            at = tuple(range(UNITS))
            tallies = [Tally(unit_us=SECOND_US, units=UNITS, at=at, cell=tuple(one.tolist())) for one in drawn]
            found, plain = estimate(TIME_UNIT_KAPPA, tallies, STATES), cohen_kappa(table(np.concatenate(drawn)))
            ours += (found.low or -1.0) <= true <= (found.high or 1.0)
            bare += (plain.low or -1.0) <= true <= (plain.high or 1.0)
        shares = f"ours {ours / rounds:6.1%}   asymptotic {bare / rounds:6.1%}"
        print(f"{sessions:>2} sessions   {shares}   {found.method}")


if __name__ == "__main__":
    main()
