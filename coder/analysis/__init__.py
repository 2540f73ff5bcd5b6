"""What one pass says in sum: time budgets, derived states, measures, what follows what. Pure numbers.

`coder.analysis.budget_table` is imported by name, because pandas is slow to load and no window needs it.
"""

from coder.analysis.budgets import time_budget, time_budgets
from coder.analysis.derived import derived_states, in_time
from coder.analysis.lagged import LagSequential, lag_sequential
from coder.analysis.measures import measures

__all__ = [
    "LagSequential",
    "derived_states",
    "in_time",
    "lag_sequential",
    "measures",
    "time_budget",
    "time_budgets",
]
